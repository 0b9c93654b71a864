//! Ledgers in PostgreSQL: the same answers as from files and from the embedded ledger, and moving between the two.

use crate::ledger::{county_file, ok, same_answers};
use crate::server::{Server, agent};
use crate::support::{Folder, line, sightline};
use std::time::{Duration, Instant};
use testkit::postgres::PostgresServer;

/// The address of a new database without tables.
fn empty_database() -> String {
    PostgresServer::shared(|_| ()).bare_database()
}

/// What `verify` says of the tree of a ledger in which all is well.
fn tree_head(ledger: &str) -> String {
    let verified = ok(sightline(&["verify", "--source", ledger]));
    let head = verified.lines().find(|line| line.starts_with("tree head")).expect("a tree head");
    head.to_owned()
}

#[test]
fn a_ledger_in_postgresql_gives_the_bytes_that_the_file_gives() {
    let folder = Folder::new();
    let (file, url) = (county_file(&folder), empty_database());
    let early = sightline(&["load", "--postgres", &url, &file]);
    assert_eq!(early.status, 2, "{}", early.out);
    assert!(early.err.contains("sightline migrate --postgres"), "{}", early.err);
    let migrated = ok(sightline(&["migrate", "--postgres", &url]));
    assert!(migrated.contains("applied"), "{migrated}");
    let again = ok(sightline(&["migrate", "--postgres", &url]));
    assert!(again.starts_with("the tables are up to date"), "{again}");
    let loaded = ok(sightline(&["load", "--postgres", &url, &file]));
    assert!(loaded.contains(", 0 refused; the lists are up to date"), "{loaded}");
    same_answers(&file, &url);
    let rebuilt = ok(sightline(&["rebuild", "--source", &url]));
    assert!(rebuilt.starts_with("the read model was derived anew"), "{rebuilt}");
    tree_head(&url);
}

#[test]
fn a_ledger_moves_to_postgresql_and_back_with_its_tree_and_its_quarantine() {
    let folder = Folder::new();
    let refused = [line("x", "plan.started", "2021-01-04T10:00:00Z", "{}"), "not an event".to_owned()].join("\n");
    let (file, bad) = (county_file(&folder), folder.file("bad.ndjson", refused));
    let first = format!("sqlite:{}", folder.path("data/sightline.sqlite"));
    ok(sightline(&["load", "--data", &folder.path("data"), &file]));
    assert_eq!(sightline(&["load", "--data", &folder.path("data"), &bad]).status, 1);
    let url = empty_database();
    ok(sightline(&["migrate", "--postgres", &url]));
    let third = format!("sqlite:{}", folder.path("back.sqlite"));
    for (from, to) in [(&first, &url), (&url, &third)] {
        let copied = ok(sightline(&["ledger", "copy", "--from", from, "--to", to]));
        assert!(copied.contains("2 refused lines copied"), "{copied}");
        assert_eq!(tree_head(to), tree_head(&first));
        let quarantine = |ledger: &str| sightline(&["quarantine", "--format", "json", "--source", ledger]);
        assert_eq!((quarantine(to).status, quarantine(to).out), (1, quarantine(&first).out));
        ok(sightline(&["rebuild", "--source", to]));
        tree_head(to);
        let twice = sightline(&["ledger", "copy", "--from", from, "--to", to]);
        assert_eq!(twice.status, 2);
        assert!(twice.err.contains("is not empty"), "{}", twice.err);
    }
}

/// The worklist of a server once it has all events up to a position: without the instant that it is as at.
fn worklist_at(server: &Server, position: u64) -> serde_json::Value {
    let begun = Instant::now();
    loop {
        let (status, body) = server.get("/api/v1/worklist?status=all&limit=500");
        assert_eq!(status, 200, "{body}");
        let mut list: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        if list["position"] == position {
            list.as_object_mut().expect("an object").remove("at");
            return list;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "still at {}", list["position"]);
        std::thread::yield_now();
    }
}

#[test]
fn servers_on_one_database_take_and_show_the_same_and_survive_each_other() {
    let url = empty_database();
    ok(sightline(&["migrate", "--postgres", &url]));
    let start = || Server::start_at(&["--postgres", &url], &[]);
    let [first, second] = [start(), start()];
    first.ready();
    second.ready();
    let post = |server: &Server, number: u32| {
        let day = 4 + number;
        let event = line(
            &format!("e{number}"),
            "plan.started",
            &format!("2021-01-{day:02}T10:00:00Z"),
            &format!(r#"{{"episode":"p{number}","kind":"cp"}}"#),
        );
        let answer = agent()
            .post(format!("{}/api/v1/events", server.url))
            .content_type("application/cloudevents+json")
            .send(event)
            .expect("an answer");
        assert_eq!(answer.status(), 202);
    };
    for number in 0..10 {
        post(if number % 2 == 0 { &first } else { &second }, number);
    }
    let shown = worklist_at(&first, 10);
    assert!(shown["count"].as_u64() > Some(0), "{shown}");
    assert_eq!(worklist_at(&second, 10), shown);
    first.kill();
    post(&second, 10);
    let shown = worklist_at(&second, 11);
    let third = start();
    third.ready();
    assert_eq!(worklist_at(&third, 11), shown);
    assert_eq!(third.terminate(), 0);
    tree_head(&url);
}

#[test]
fn no_password_is_shown() {
    let url = "postgres://ann:secret@127.0.0.1:1/county";
    for arguments in [
        ["verify", "--source", url].as_slice(),
        &["rebuild", "--source", url],
        &["migrate", "--postgres", url],
        &["load", "--postgres", url, "x"],
        &["worklist", "--source", url],
        &["ledger", "copy", "--from", url, "--to", url],
    ] {
        let run = sightline(arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.out);
        assert!(run.err.contains("postgres://ann@127.0.0.1:1/county"), "{arguments:?}: {}", run.err);
        assert!(!run.err.contains("secret"), "{arguments:?}: {}", run.err);
    }
}
