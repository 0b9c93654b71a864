//! Running the program.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder with files, gone when dropped.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(TempDir::new().expect("a temporary folder"))
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("a file written");
        path.to_str().expect("a path of plain characters").to_owned()
    }

    /// The path of a file that may not be there.
    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a path of plain characters").to_owned()
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program.
pub fn sightline(arguments: &[&str]) -> Run {
    sightline_with(arguments, b"")
}

/// Runs the program with bytes on standard input.
pub fn sightline_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
    // A program that refuses its arguments does not read what it is given.
    let _ = writer.join().expect("the writer ends");
    Run {
        status: status.code().expect("an exit status"),
        out: String::from_utf8(stdout).expect("text"),
        err: String::from_utf8(stderr).expect("text"),
    }
}

/// An event as a line: id, type, time, data.
pub fn line(id: &str, event_type: &str, time: &str, data: &str) -> String {
    format!(
        r#"{{"specversion":"1.0","id":"{id}","source":"urn:example:lcs","type":"{event_type}","subject":"child/00000000-0000-4000-8000-000000000001","time":"{time}","recordedtime":"{time}","data":{data}}}"#
    )
}
