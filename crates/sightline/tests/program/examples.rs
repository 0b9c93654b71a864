//! The worked examples of the rules, each a file of `tests/vectors`: events, questions, answers.

use crate::support::{Folder, sightline};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_worked_example_holds() {
    let mut files: Vec<PathBuf> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors"))
        .expect("the folder of examples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    assert!(files.len() >= 50, "only {} examples found", files.len());
    let wrong: Vec<String> = files.iter().flat_map(|file| differences(file)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What an example's answers differ in; nothing where it holds.
fn differences(file: &Path) -> Vec<String> {
    let name = file.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
    let example: Value = serde_json::from_str(&fs::read_to_string(file).expect("a readable file")).expect("JSON");
    let folder = Folder::new();
    let source = folder.file("events.ndjson", lines(&example));
    let status = example["exit_status"].as_i64().unwrap_or(0);
    let mut wrong = Vec::new();
    for ask in example["asks"].as_array().expect("questions") {
        let mut arguments: Vec<&str> =
            ask["args"].as_array().expect("arguments").iter().filter_map(Value::as_str).collect();
        arguments.extend(["--source", &source]);
        let run = sightline(&arguments);
        let question = format!("{name}: {}", arguments.join(" "));
        if i64::from(run.status) != status {
            wrong.push(format!("{question}: exit status {}, expected {status}: {}", run.status, run.err));
        }
        let expected = ask["expect"].as_array().expect("rows");
        let answer: Vec<Value> = serde_json::from_str(&run.out).unwrap_or_default();
        if answer.len() != expected.len() {
            wrong.push(format!("{question}: {} rows, expected {}: {}", answer.len(), expected.len(), run.out));
            continue;
        }
        for (row, expected) in answer.iter().zip(expected) {
            for (key, value) in expected.as_object().expect("an object") {
                if row.get(key).unwrap_or(&Value::Null) != value {
                    wrong.push(format!("{question}: {key} is {}, expected {value}", row[key.as_str()]));
                }
            }
        }
    }
    wrong
}

fn lines(example: &Value) -> String {
    let events = example["events"].as_array().expect("events").iter().map(Value::to_string);
    let raw = example["raw_lines"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    events.chain(raw).map(|line| format!("{line}\n")).collect()
}
