//! Killed at any moment under load: nothing acknowledged is missing, nothing is twice, and the ledger verifies.

use crate::server::{Server, agent};
use crate::support::{Folder, line, sightline};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How many clients send at once.
const SENDERS: u64 = 4;

/// How many times it is killed, where `SIGHTLINE_KILLS` does not say more: a person runs some hundreds.
const KILLS: u64 = 12;

/// Numbers that follow from a seed (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// What the server has said it took: the position of every id.
type Acknowledged = Mutex<BTreeMap<String, u64>>;

/// One client: sends batches until the server is gone, and writes down what was acknowledged. What was not is sent
/// again to the next server, as a case system would.
fn send(
    url: &str,
    numbers: &mut Numbers,
    next: &AtomicU64,
    again: &Mutex<Vec<u64>>,
    told: &Acknowledged,
    over: &AtomicBool,
) {
    let agent = agent();
    while !over.load(Ordering::Relaxed) {
        let size = 1 + numbers.below(20);
        let mut batch: Vec<u64> = Vec::new();
        {
            let mut again = again.lock().expect("nobody panics");
            let from = again.len().saturating_sub(size as usize);
            batch.extend(again.drain(from..));
        }
        while (batch.len() as u64) < size {
            batch.push(next.fetch_add(1, Ordering::Relaxed));
        }
        let events: Vec<String> = batch.iter().map(|number| event(*number)).collect();
        let body = format!("[{}]", events.join(","));
        let sent = agent
            .post(format!("{url}/api/v1/events"))
            .header("Content-Type", "application/cloudevents-batch+json")
            .send(body.as_bytes());
        let answer = sent.ok().filter(|answer| answer.status() == 202);
        let Some(text) = answer.and_then(|mut answer| answer.body_mut().read_to_string().ok()) else {
            again.lock().expect("nobody panics").extend(batch);
            continue;
        };
        let results: serde_json::Value = serde_json::from_str(&text).expect("an answer in JSON");
        let results = results.as_array().expect("a result per event");
        assert_eq!(results.len(), batch.len(), "{text}");
        let mut told = told.lock().expect("nobody panics");
        for (number, result) in batch.iter().zip(results) {
            assert!(matches!(result["status"].as_str(), Some("appended" | "repeated")), "{text}");
            let position = result["position"].as_u64().expect("a position");
            let before = told.insert(id(*number), position);
            assert!(before.is_none_or(|before| before == position), "{} has two positions", id(*number));
        }
    }
}

fn id(number: u64) -> String {
    format!("e{number}")
}

fn event(number: u64) -> String {
    let subject = format!("00000000-0000-4000-8000-{:012}", number % 40);
    let time = format!("2021-01-{:02}T10:{:02}:00Z", 1 + number % 28, number % 60);
    let data = r#"{"purposes":["cp"],"seen":true,"mode":"face_to_face"}"#;
    line(&id(number), "visit.completed", &time, data).replace("00000000-0000-4000-8000-000000000001", &subject)
}

#[test]
fn killed_at_any_moment_it_loses_nothing_and_doubles_nothing() {
    let kills = std::env::var("SIGHTLINE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let seed = std::env::var("SIGHTLINE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_210_131);
    println!("seed {seed}, {kills} kills");
    let folder = Folder::new();
    let mut numbers = Numbers(seed);
    let (next, again, told) = (AtomicU64::new(0), Mutex::new(Vec::new()), Acknowledged::default());
    for _ in 0..kills {
        let server = Server::start(&folder, &[]);
        server.ready();
        let enough = told.lock().expect("nobody panics").len() as u64 + numbers.below(400);
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for sender in 0..SENDERS {
                let mut numbers = Numbers(numbers.below(u64::MAX) ^ sender);
                let (url, next, again, told, over) = (server.url.clone(), &next, &again, &told, &over);
                scope.spawn(move || send(&url, &mut numbers, next, again, told, over));
            }
            while (told.lock().expect("nobody panics").len() as u64) < enough {
                std::thread::yield_now();
            }
            server.kill();
            over.store(true, Ordering::Relaxed);
        });
    }
    let source = format!("sqlite:{}", folder.path("data/sightline.sqlite"));
    let verified = sightline(&["verify", "--source", &source]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
    let exported = sightline(&["export", "--source", &source]);
    assert_eq!(exported.status, 0, "{}", exported.err);
    let mut positions: BTreeMap<String, u64> = BTreeMap::new();
    for (position, line) in (1..).zip(exported.out.lines()) {
        let event: serde_json::Value = serde_json::from_str(line).expect("an event");
        let id = event["id"].as_str().expect("an id").to_owned();
        assert!(positions.insert(id, position).is_none(), "there twice: {line}");
    }
    let told = told.into_inner().expect("nobody panics");
    assert!(told.len() > kills as usize, "there was load: {}", told.len());
    for (id, position) in told {
        assert_eq!(positions.get(&id), Some(&position), "{id} was acknowledged");
    }
}
