//! Running the program as a server.

use crate::support::Folder;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long anything may take before the test fails: far longer than it ever does.
const LONG: Duration = Duration::from_secs(120);

/// A server on a free port, killed when dropped.
pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    /// Starts `sightline serve` on a data folder, and waits until it says where it is.
    pub fn start(folder: &Folder, arguments: &[&str]) -> Server {
        Server::start_at(&["--data", &folder.path("data")], arguments)
    }

    /// The same on a ledger anywhere.
    pub fn start_at(place: &[&str], arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sightline"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(place)
            .args(arguments)
            .env("SIGHTLINE_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("standard output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let url = line.split_whitespace().find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("no address in: {line}")).trim_end_matches('/').to_owned();
        Server { child, url }
    }

    /// Kills it on the spot, as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Asks it to stop, and gives its exit status.
    pub fn terminate(mut self) -> i32 {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        self.child.wait().expect("ended").code().expect("an exit status")
    }

    /// The status and body of a GET.
    pub fn get(&self, path: &str) -> (u16, String) {
        let mut response = agent().get(format!("{}{path}", self.url)).call().expect("an answer");
        (response.status().as_u16(), response.body_mut().read_to_string().expect("text"))
    }

    /// Waits until it is ready.
    pub fn ready(&self) {
        let begun = std::time::Instant::now();
        while self.get("/readyz").0 != 200 {
            assert!(begun.elapsed() < LONG, "not ready: {}", self.get("/readyz").1);
            std::thread::yield_now();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A client that takes every status as an answer.
pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(LONG)).build().into()
}
