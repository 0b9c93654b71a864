//! A ledger in a data folder: loading, asking, exporting, verifying, rebuilding.

use crate::server::Server;
use crate::support::{Folder, Run, line, sightline};

pub fn ok(run: Run) -> String {
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    run.out
}

/// The events of a small synthetic county as a file.
pub fn county_file(folder: &Folder) -> String {
    let simulated = ok(sightline(&["simulate", "--children", "40", "--years", "1", "--until", "2021-01-31"]));
    folder.file("county.ndjson", simulated)
}

fn source(folder: &Folder) -> String {
    format!("sqlite:{}", folder.path("data/sightline.sqlite"))
}

#[test]
fn a_ledger_gives_the_bytes_that_the_file_gives() {
    let folder = Folder::new();
    let file = county_file(&folder);
    let data = folder.path("data");
    ok(sightline(&["load", "--data", &data, &file]));
    same_answers(&file, &source(&folder));
}

/// Asks two sources the same, and expects the same bytes.
pub fn same_answers(file: &str, ledger: &str) {
    let subject: serde_json::Value =
        serde_json::from_str(&ok(sightline(&["worklist", "--source", file, "--at", "2021-01-31", "--format", "json"])))
            .expect("JSON");
    let subject = subject[0]["subject"].as_str().expect("a row").to_owned();
    let questions: [&[&str]; 6] = [
        &["worklist", "--at", "2021-01-31", "--status", "all", "--format", "json"],
        &["worklist", "--at", "2021-01-31", "--known", "2021-01-10", "--format", "csv"],
        &["measures", "--period", "2021-01", "--by", "team", "--format", "json"],
        &["measures", "--period", "2020-Q4", "--at", "2021-01-31", "--format", "csv"],
        &["explain", "--subject", &subject, "--at", "2021-01-31", "--format", "json"],
        &["quarantine", "--format", "json"],
    ];
    for question in questions {
        let asked = |source: &str| {
            let run = sightline(&[question, &["--source", source]].concat());
            (run.status, run.out)
        };
        assert_eq!(asked(file), asked(ledger), "{question:?}");
    }
}

#[test]
fn what_is_loaded_again_changes_nothing_and_what_is_exported_comes_back() {
    let folder = Folder::new();
    let (file, data) = (county_file(&folder), folder.path("data"));
    let first = ok(sightline(&["load", "--data", &data, &file]));
    let exported = ok(sightline(&["export", "--source", &source(&folder)]));
    let again = ok(sightline(&["load", "--data", &data, &file]));
    assert!(again.starts_with("0 events appended"), "{first}{again}");
    assert_eq!(ok(sightline(&["export", "--source", &source(&folder)])), exported);
    // An export loaded into another folder is the same accepted events in the same order, each received when it was
    // first received, so that it exports the same lines. The ledger keeps those lines, which have `receivedtime`, and
    // not the ones that were loaded first: the tree is another.
    let (copy, other) = (folder.file("export.ndjson", &exported), folder.path("other"));
    ok(sightline(&["load", "--data", &other, &copy]));
    let other = format!("sqlite:{other}/sightline.sqlite");
    assert_eq!(ok(sightline(&["export", "--source", &other])), exported);
    assert_eq!(ok(sightline(&["export", "--source", &copy])), exported);
    let from = ok(sightline(&["export", "--source", &other, "--from", "3"]));
    assert_eq!(from, exported.split_inclusive('\n').skip(2).collect::<String>());
}

#[test]
fn refused_lines_are_kept_whole_and_listed_as_those_of_the_file() {
    let folder = Folder::new();
    let lines = [
        line("1", "visit.completed", "2021-01-12T10:30:00Z", r#"{"purposes":["cp"],"seen":true,"mode":"virtual"}"#),
        "no event".to_owned(),
        line("2", "visit.completed", "2021-01-12T10:30:00Z", r#"{"purposes":["cp"],"seen":true,"mode":"walk"}"#),
        line("1", "visit.completed", "2021-01-13T10:30:00Z", r#"{"purposes":["cp"],"seen":true,"mode":"virtual"}"#),
        "no event".to_owned(),
    ];
    let file = folder.file("events.ndjson", lines.join("\n"));
    let loaded = sightline(&["load", "--data", &folder.path("data"), &file]);
    assert_eq!(loaded.status, 1, "{}", loaded.err);
    assert!(loaded.out.starts_with("1 event appended, 0 there already, 4 refused"), "{}", loaded.out);
    let (kept, kept_too) = (folder.path("kept.ndjson"), folder.path("kept-too.ndjson"));
    let of_file = sightline(&["quarantine", "--source", &file, "--format", "json", "--quarantine", &kept]);
    let of_ledger =
        sightline(&["quarantine", "--source", &source(&folder), "--format", "json", "--quarantine", &kept_too]);
    assert_eq!((of_file.status, of_file.out), (of_ledger.status, of_ledger.out));
    assert_eq!(std::fs::read(kept).expect("kept"), std::fs::read(kept_too).expect("kept"));
    let worklist = sightline(&["worklist", "--source", &source(&folder)]);
    assert_eq!(worklist.status, 1);
    assert!(worklist.err.contains("4 lines were refused"), "{}", worklist.err);
}

#[test]
fn verifying_holds_and_says_the_tree_head_and_rebuilding_changes_no_row() {
    let folder = Folder::new();
    ok(sightline(&["load", "--data", &folder.path("data"), &county_file(&folder)]));
    let verified = ok(sightline(&["verify", "--source", &source(&folder)]));
    assert!(verified.contains("everything is as it was written"), "{verified}");
    ok(sightline(&["rebuild", "--source", &source(&folder)]));
    assert_eq!(ok(sightline(&["verify", "--source", &source(&folder)])), verified);
}

#[test]
fn what_is_no_ledger_is_named() {
    let folder = Folder::new();
    let file = folder.file("events.ndjson", "");
    for arguments in [["verify", "--source", &file], ["rebuild", "--source", &file]] {
        let run = sightline(&arguments);
        assert_eq!(run.status, 2);
        assert!(run.err.contains("names no ledger"), "{}", run.err);
    }
    let missing = format!("sqlite:{}", folder.path("nothing.sqlite"));
    let run = sightline(&["worklist", "--source", &missing]);
    assert_eq!(run.status, 2, "{}", run.err);
    assert!(!std::path::Path::new(&folder.path("nothing.sqlite")).exists(), "reading makes no file");
    let text =
        format!("sqlite:{}", folder.file("text.sqlite", "this is no database, however long it may be".repeat(99)));
    let run = sightline(&["worklist", "--source", &text]);
    assert_eq!(run.status, 2, "{}", run.err);
    assert!(run.err.contains("text.sqlite"), "{}", run.err);
}

#[test]
fn a_server_listens_to_nobody_else_unless_told_so() {
    let folder = Folder::new();
    let run = sightline(&["serve", "--data", &folder.path("data"), "--listen", "0.0.0.0:0"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("--allow-remote"), "{}", run.err);
}

#[test]
fn a_server_stops_cleanly_when_told_and_goes_on_where_it_was() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["--authority", "Gloucestershire"]);
    server.ready();
    let (status, county) = server.get("/");
    assert_eq!(status, 200);
    assert!(county.contains("Gloucestershire"));
    assert_eq!(server.terminate(), 0);
    ok(sightline(&["load", "--data", &folder.path("data"), &county_file(&folder)]));
    let server = Server::start(&folder, &[]);
    server.ready();
    let exported = ok(sightline(&["export", "--source", &source(&folder)]));
    assert_eq!(server.get("/api/v1/events?from=1"), (200, exported), "the command reads beside the server");
}
