//! A running Sightline: a real store in a new folder, the services around it, and the pages on a free port.

use super::browser::LONGEST;
use bytes::Bytes;
use calendar::Instant;
use serde_json::Value;
use services::{Clock, Hands, Rules, Running, Services, check_received};
use std::sync::Arc;
use store::ledger::Taken;
use store::sqlite::Sqlite;
use store::{Mode, Store};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What pages call the authority.
pub const AUTHORITY: &str = "Test county";

/// A running Sightline.
pub struct Site {
    base: String,
    services: Services,
    running: Running,
    hands: Hands,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
    client: reqwest::Client,
    _folder: TempDir,
}

impl Site {
    /// Starts one whose clock stands at an instant, and whose ledger already holds the events of a table (see
    /// [`testkit`]).
    pub async fn start(now: &str, table: &str) -> Site {
        let folder = TempDir::new().expect("a folder for the ledger");
        let store = Sqlite::open(&folder.path().join("sightline.sqlite"), Mode::Write).await.expect("a new ledger");
        let store: Arc<dyn Store> = Arc::new(store);
        let (clock, hands) = Clock::by_hand(instant(now));
        let taken = store.take(check_received(lines(table), clock.now()), clock.now()).await.expect("events are kept");
        assert_eq!(taken.iter().find(|taken| !matches!(taken, Taken::Appended(_))), None, "every event is accepted");

        let rules = Rules::read(rulebook::DEFAULT).expect("a rulebook");
        let (services, running) = Services::start(store, clock, rules).await.expect("the services start");
        services.ready().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let about = web::About { authority: AUTHORITY.to_owned(), version: "0.0.0".to_owned() };
        let (stop, told_to_stop) = oneshot::channel::<()>();
        let server = tokio::spawn(web::serve(listener, services.clone(), about, async move {
            // Also where the test has ended without a word.
            let _ = told_to_stop.await;
        }));
        Site { base, services, running, hands, stop, server, client: reqwest::Client::new(), _folder: folder }
    }

    /// Stops everything.
    pub async fn stop(self) {
        let Site { services, running, stop, server, client, .. } = self;
        stop.send(()).expect("the server runs");
        // Neither a connection nor a handle is left that the server or the services would wait for.
        drop((client, services));
        server.await.expect("the server ends by itself").expect("the pages were served to the end");
        running.stop().await;
    }

    /// The address that paths are below.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Moves the hands of the clock.
    pub fn time_is(&self, now: &str) {
        self.hands.set(instant(now));
    }

    /// Sends the events of a table as a case system does, and waits until they are in the read model.
    pub async fn receives(&self, table: &str) {
        for line in lines(table) {
            let result = self.post(line).await;
            assert_eq!(result["status"], "appended", "{result}");
            self.services.projected(result["position"].as_u64().expect("a position")).await;
        }
    }

    /// Sends one event, and gives what the API says became of it.
    pub async fn post(&self, event: Bytes) -> Value {
        let request = self.client.post(format!("{}/api/v1/events", self.base));
        let request = request.header("content-type", "application/cloudevents+json").body(event);
        let answer = request.send().await.expect("an answer");
        let (status, text) = (answer.status(), answer.text().await.expect("a text"));
        assert_eq!(status, 202, "{text}");
        serde_json::from_str(&text).expect("JSON")
    }

    /// What an address of the site gives, as text.
    pub async fn get(&self, path: &str) -> String {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.expect("a text")
    }

    /// Waits until a page follows its list.
    pub async fn is_followed(&self) {
        let followed = async {
            while !self.get("/metrics").await.lines().any(|line| line == "sightline_live_listeners 1") {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LONGEST, followed).await.expect("a page follows its list");
    }

    /// Waits until the figures of every month that is shown are there.
    pub async fn has_figures(&self) {
        let (store, rules) = (self.services.store(), self.services.rules());
        let computed = async {
            while store.figure_sets(&rules.digest).await.expect("the figures").len() <= services::MONTHS_SHOWN {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LONGEST, computed).await.expect("the figures are computed");
    }
}

/// The events of a table, each as its sender writes it.
pub fn lines(table: &str) -> Vec<Bytes> {
    testkit::json_lines(table).into_iter().map(Bytes::from).collect()
}

fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
