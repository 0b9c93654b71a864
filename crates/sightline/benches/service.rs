//! How fast the embedded service is, with a small county and one ten times as large: loading, rebuilding, verifying,
//! pages, and from a POST to the read model. Prints what the machine is beside the figures; measures and asserts nothing.
//!
//! `SIGHTLINE_CHILDREN` says how many open children the large county has (3,000 make about a million events in three
//! years).

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement that cannot be made ends at once, with what is wrong"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sightline");

/// How many children a large county has open, where nobody says.
const CHILDREN: u64 = 3_000;

/// How often each page is asked for.
const ASKED: usize = 500;

/// How many events a second are posted, and for how long.
const POSTED_PER_SECOND: u32 = 100;
const POSTED: u64 = 2_000;

/// How many clients post.
const CLIENTS: u64 = 8;

fn main() {
    // The harness of the unit tests passes options of its own; `--test` asks only whether it runs.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let children = std::env::var("SIGHTLINE_CHILDREN").ok().and_then(|text| text.parse().ok()).unwrap_or(CHILDREN);
    let folder = tempfile::tempdir().expect("a temporary folder");
    print_machine(folder.path());
    for children in [children / 10, children] {
        county(folder.path(), children);
    }
}

fn print_machine(folder: &Path) {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(" of an unknown kind");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("machine: {cores} cores{model}; load average {}", read("/proc/loadavg").trim());
    let mut synced: Vec<Duration> = (0..50).map(|_| time_of_sync(folder)).collect();
    println!("a write of 4 KiB with fsync: {}", spread(&mut synced));
}

fn time_of_sync(folder: &Path) -> Duration {
    let mut file = fs::OpenOptions::new().create(true).append(true).open(folder.join("sync")).expect("a file");
    let begun = Instant::now();
    file.write_all(&[1; 4096]).expect("written");
    file.sync_data().expect("synced");
    begun.elapsed()
}

fn county(folder: &Path, children: u64) {
    let events = folder.join(format!("{children}.ndjson"));
    let out = fs::File::create(&events).expect("a file");
    let children_text = children.to_string();
    run(&["simulate", "--children", &children_text, "--years", "3", "--until", "2021-01-31"], Stdio::from(out));
    let lines = BufReader::new(fs::File::open(&events).expect("a file")).lines().count() as u64;
    println!("\n{children} open children, {lines} lines of events");
    let data = folder.join(format!("data-{children}"));
    let (data, source) = (text(&data), format!("sqlite:{}", text(&data.join("sightline.sqlite"))));
    for (what, arguments) in [
        ("load", vec!["load", "--data", &data, &text(&events)]),
        ("rebuild", vec!["rebuild", "--source", &source]),
        ("verify", vec!["verify", "--source", &source]),
    ] {
        let (took, most) = timed(&arguments);
        let rate = lines as f64 / took.as_secs_f64();
        println!("{what:<28} {:.2} s, {rate:.0} events/s, at most {most} MB resident", took.as_secs_f64());
    }
    fs::remove_file(&events).expect("removed");
    serve(&data);
    fs::remove_dir_all(&data).expect("removed");
}

fn serve(data: &str) {
    let begun = Instant::now();
    let mut server = Command::new(PROGRAM)
        .args(["serve", "--listen", "127.0.0.1:0", "--data", data])
        .env("SIGHTLINE_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("standard output")).read_line(&mut line).expect("a line");
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
    let url = url.trim_end_matches('/');
    let client = client();
    while client.get(format!("{url}/readyz")).call().expect("an answer").status() != 200 {
        std::thread::sleep(Duration::from_millis(5));
    }
    println!("{:<28} {:?} after the start", "ready", begun.elapsed());
    wait_for_figures(&client, url);
    for path in ["/", "/worklist", "/api/v1/worklist?limit=50", "/api/v1/counts"] {
        let mut times: Vec<Duration> = (0..ASKED).map(|_| ask(&client, &format!("{url}{path}"))).collect();
        println!("GET {path:<24} {}", spread(&mut times));
    }
    println!("{:<28} {} MB resident, at most {} MB", "server", memory(&server, "VmRSS"), memory(&server, "VmHWM"));
    let mut visible = post(url);
    println!("POST to read model, {POSTED_PER_SECOND}/s   {}", spread(&mut visible));
    server.kill().expect("killed");
    server.wait().expect("ended");
}

/// Waits until nothing is computed beside the pages.
fn wait_for_figures(client: &ureq::Agent, url: &str) {
    let begun = Instant::now();
    loop {
        let periods = &system(client, url)["figures"]["periods"];
        if periods.as_array().is_none_or(Vec::is_empty) && begun.elapsed() > Duration::from_secs(2) {
            println!("{:<28} {:?} after it was ready", "figures of 13 months", begun.elapsed());
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn ask(client: &ureq::Agent, url: &str) -> Duration {
    let begun = Instant::now();
    let mut answer = client.get(url).call().expect("an answer");
    assert_eq!(answer.status(), 200, "{url}");
    answer.body_mut().read_to_vec().expect("a body");
    begun.elapsed()
}

/// Posts events at a steady rate; the time of each from when it was to be sent until the read model has it.
fn post(url: &str) -> Vec<Duration> {
    let (next, times) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let client = client();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= POSTED {
                        return;
                    }
                    let at =
                        begun + Duration::from_secs(1) / POSTED_PER_SECOND * u32::try_from(number).unwrap_or(u32::MAX);
                    std::thread::sleep(at.saturating_duration_since(Instant::now()));
                    let position = send(&client, url, number);
                    while checkpoint(&client, url) < position {}
                    times.lock().expect("nobody panics").push(at.elapsed());
                }
            });
        }
    });
    times.into_inner().expect("nobody panics")
}

fn send(client: &ureq::Agent, url: &str, number: u64) -> u64 {
    let event = format!(
        r#"{{"specversion":"1.0","id":"bench-{number}","source":"urn:example:bench","type":"visit.completed","subject":"child/00000000-0000-4000-8000-{:012}","time":"2021-02-01T10:00:00Z","data":{{"purposes":["cp"],"seen":true,"mode":"face_to_face"}}}}"#,
        number % 500
    );
    let mut answer = client
        .post(format!("{url}/api/v1/events"))
        .header("Content-Type", "application/cloudevents+json")
        .send(event.as_bytes())
        .expect("an answer");
    let text = answer.body_mut().read_to_string().expect("text");
    let answer: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    answer["position"].as_u64().expect("a position")
}

fn checkpoint(client: &ureq::Agent, url: &str) -> u64 {
    system(client, url)["read_model"]["checkpoint"].as_u64().expect("a checkpoint")
}

fn system(client: &ureq::Agent, url: &str) -> serde_json::Value {
    let mut answer = client.get(format!("{url}/api/v1/system")).call().expect("an answer");
    serde_json::from_str(&answer.body_mut().read_to_string().expect("text")).expect("JSON")
}

fn client() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

fn run(arguments: &[&str], out: Stdio) {
    let status = Command::new(PROGRAM).args(arguments).stdout(out).status().expect("the program runs");
    assert!(status.success(), "{arguments:?}: {status}");
}

/// Runs the program; how long it took, and how many megabytes it had resident at most.
fn timed(arguments: &[&str]) -> (Duration, u64) {
    let begun = Instant::now();
    let mut child = Command::new(PROGRAM).args(arguments).stdout(Stdio::null()).spawn().expect("the program starts");
    let mut most = 0;
    let status = loop {
        most = memory(&child, "VmHWM").max(most);
        match child.try_wait().expect("a status") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    assert!(status.success(), "{arguments:?}: {status}");
    (begun.elapsed(), most)
}

/// A figure of a process's memory in megabytes.
fn memory(child: &Child, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 1000).min(times.len() - 1)];
    format!("median {:.2?}, 99 % within {:.2?}, at most {:.2?}", at(500), at(990), at(1000))
}

fn text(path: &Path) -> String {
    PathBuf::from(path).to_str().expect("a path of plain characters").to_owned()
}
