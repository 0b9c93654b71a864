//! Exit statuses, sources, what is refused, and what the commands print.

use crate::support::{Folder, line, sightline, sightline_with};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::process::{Command, Stdio};

const SUBJECT: &str = "child/00000000-0000-4000-8000-000000000001";

fn plan() -> String {
    line("p", "plan.started", "2021-01-04T10:00:00Z", r#"{"episode":"p1","kind":"cp"}"#)
}

fn visit() -> String {
    let data = r#"{"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#;
    line("v", "visit.completed", "2021-01-11T09:00:00Z", data)
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).expect("written");
    encoder.finish().expect("finished")
}

const ASK: [&str; 7] = ["worklist", "--at", "2021-01-31", "--status", "all", "--format", "json"];

fn worklist(sources: &[&str]) -> String {
    let mut arguments = ASK.to_vec();
    for source in sources {
        arguments.extend(["--source", source]);
    }
    let run = sightline(&arguments);
    assert_eq!(run.status, 0, "{}", run.err);
    run.out
}

#[test]
fn the_same_events_give_the_same_bytes_whichever_the_source() {
    let folder = Folder::new();
    let (plan, visit) = (plan(), visit());
    let both = format!("{plan}\n{visit}\n");
    let expected = worklist(&[&folder.file("both.ndjson", &both)]);
    assert!(expected.contains("cp_visit"), "{expected}");
    let check = |sources: &[&str]| assert_eq!(worklist(sources), expected, "{sources:?}");
    check(&[&folder.file("both.ndjson.gz", gzipped(&both))]);
    check(&[&folder.file("compressed without saying so", gzipped(&both))]);
    check(&[&folder.file("blank.ndjson", format!("\r\n{plan}\r\n  \n{visit}"))]);
    check(&[&folder.file("backwards.ndjson", format!("{visit}\n{plan}\n{visit}\n"))]);
    // A source whose last line has no end does not run into the next.
    check(&[&folder.file("one.ndjson", &visit), &folder.file("two.ndjson", &plan)]);
    let mut arguments = ASK.to_vec();
    arguments.extend(["--source", "-"]);
    assert_eq!(sightline_with(&arguments, both.as_bytes()).out, expected);
}

#[test]
fn refused_lines_are_counted_kept_whole_and_listed() {
    let folder = Folder::new();
    let long = format!("\"{}\"", "x".repeat(17 * 1024 * 1024));
    let bad: Vec<u8> = [b"{not json".as_slice(), b"\xff\xfe", long.as_bytes()].join(&b'\n');
    let text = [plan().as_bytes(), &bad, visit().as_bytes()].join(&b'\n');
    let (source, kept) = (folder.file("events.ndjson", text), folder.path("refused.ndjson"));
    let run = sightline(&[&ASK[..], &["--source", &source, "--quarantine", &kept]].concat());
    assert_eq!(run.status, 1);
    assert!(run.out.contains("\"cp_visit\""), "the result is printed all the same");
    assert!(run.err.contains("3 lines were refused"), "{}", run.err);
    assert_eq!(std::fs::read(&kept).expect("the refused lines"), [&bad[..], b"\n"].concat());
    let run = sightline(&["quarantine", "--source", &source, "--format", "csv"]);
    assert_eq!(run.status, 1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 4, "{}", run.out);
    for (line, begin) in
        lines.iter().zip(["line,reason,field,detail", "2,malformed,,", "3,malformed,,", "4,malformed,,"])
    {
        assert!(line.starts_with(begin), "{line}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused_or_read_and_never_more() {
    let folder = Folder::new();
    let whole = format!("{}\n", visit());
    for cut in (0..whole.len()).step_by(7) {
        let run = sightline_with(&["quarantine", "--source", "-", "--format", "json"], &whole.as_bytes()[..cut]);
        assert_eq!(run.status, i32::from(cut > 0), "cut at {cut}: {}", run.out);
    }
    let gz = gzipped(&whole);
    for cut in [1, 5, 12, gz.len() / 2, gz.len() - 1] {
        let run = sightline(&["quarantine", "--source", &folder.file("cut.gz", &gz[..cut])]);
        assert!(run.status == 2 || cut == 1, "cut at {cut}: {run:?}");
        assert!(cut == 1 || run.err.contains("could not be read"), "{}", run.err);
    }
}

#[test]
fn wrong_use_ends_with_2_and_says_what_to_do() {
    let folder = Folder::new();
    let source = folder.file("events.ndjson", plan());
    let check = |arguments: &[&str], says: &str| {
        let run = sightline(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.out.is_empty(), "{}", run.out);
        assert!(run.err.contains(says), "{}", run.err);
    };
    check(&["worklist", "--source", &source, "--clock", "cp_visitt"], "did you mean `cp_visit`?");
    check(
        &["measures", "--source", &source, "--period", "2021-01", "--measure", "contact"],
        "did you mean `contacts`?",
    );
    check(&["measures", "--source", &source, "--period", "2021-13"], "2021-13");
    check(&["worklist", "--source", &source, "--at", "yesterday"], "2021-01-31");
    check(&["worklist"], "--source");
    check(&["worklist", "--source", &folder.path("nothing.ndjson")], "could not be opened");
    check(&["worklist", "--source", "sqlite:x"], "there is no ledger at x");
    check(&["worklist", "--source", "postgres://127.0.0.1:1/x"], "postgres://127.0.0.1:1/x could not be opened");
    check(&["explain", "--source", &source, "--subject", "1"], "child/");
    check(&["explain", "--source", &source, "--subject", "child/00000000-0000-4000-8000-000000000009"], "no event of");
    check(&["schema", "visit.complete"], "did you mean `visit.completed`?");
    check(&["worklist", "--source", &source, "--rulebook", &folder.file("bad.toml", "name = 1")], "rulebook check");
}

#[test]
fn a_rulebook_can_be_shown_changed_and_used() {
    let folder = Folder::new();
    let shown = sightline(&["rulebook", "show"]).out;
    let rules = folder.file("rules.toml", shown.replace("due_soon_working_days = 5", "due_soon_working_days = 0"));
    let run = sightline(&["rulebook", "check", &rules]);
    assert_eq!((run.status, run.out.contains("no mistakes")), (0, true), "{}", run.out);
    let source = folder.file("events.ndjson", plan());
    let ask = ["worklist", "--source", &source, "--at", "2021-01-15", "--clock", "cp_visit", "--format", "json"];
    assert!(sightline(&ask).out.contains("due_soon"));
    assert_eq!(sightline(&[&ask[..], &["--rulebook", &rules]].concat()).out, "[]\n");
    let wrong = folder.file("wrong.toml", shown.replace("seen_alone = true", "seen_alon = true"));
    let run = sightline(&["rulebook", "check", &wrong]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("did you mean `seen_alone`?"), "{}", run.out);
}

#[test]
fn an_explanation_names_events_rule_and_days() {
    let folder = Folder::new();
    let source = folder.file("events.ndjson", format!("{}\n{}\n", plan(), visit()));
    let ask = ["explain", "--source", &source, "--subject", SUBJECT, "--clock", "cp_visit", "--at", "2021-01-31"];
    let text = sightline(&ask).out;
    for part in
        ["(event p)", "(event v)", "10 working days after Mon 4 January 2021; due Mon 18 January", "not fixed by law"]
    {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&sightline(&[&ask[..], &["--format", "json"]].concat()).out).expect("JSON");
    assert_eq!(json["clocks"][0]["causes"][1]["events"][0]["id"], "v");
    assert_eq!(json["clocks"][1]["status"], "overdue");
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let folder = Folder::new();
    let many: String = (0..5000)
        .map(|n| line(&format!("c{n}"), "contact.received", "2021-01-04T10:00:00Z", r#"{"episode":"k"}"#) + "\n")
        .collect();
    let source = folder.file("many.ndjson", many);
    let mut child = Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(ASK)
        .args(["--source", &source])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_simulated_county_is_the_same_for_a_seed_and_accepted_whole() {
    let simulate = ["simulate", "--children", "20", "--years", "1", "--until", "2021-01-31", "--seed"];
    let county = |seed: &str| sightline(&[&simulate[..], &[seed]].concat()).out;
    let events = county("7");
    assert_eq!(events, county("7"));
    assert_ne!(events, county("8"));
    let run = sightline_with(&["quarantine", "--source", "-"], events.as_bytes());
    assert_eq!((run.status, run.out.as_str()), (0, "No line was refused.\n"));
}
