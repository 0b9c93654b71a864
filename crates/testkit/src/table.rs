//! Tables of events: one line an event.
//!
//! ```text
//! 2021-01-04T10:00 referral.received r1 s17 | child=2 recorded=2021-01-05T09:00 id=v2 supersedes=v1 source=b
//! ```
//!
//! - The time is UTC, with or without seconds; a date alone means noon. `Z` or an offset may follow.
//! - After the type stand the values of its required fields, in the order of the vocabulary, then others as
//!   `name=value`. `_` and what is not said stand for a default: true, `other`, no further action, or the first of the
//!   list; of a text `x`. A type without required fields takes its fields in order instead. A list is `cp,initial`.
//!   A child or carer is a number. `-` leaves a field out.
//! - After `|` stands what the envelope says: `child=2` or `carer=`, `worker=`, `locality=`, `authority=` (default child 1), `id`
//!   (default e1, e2 …, by the place in the table), `source` (default `a`), `recorded` (default: when it occurred;
//!   `-` leaves it out), `received`, `supersedes`.
//! - Blank lines and lines that begin with `#` are passed over.

use crate::data::data_of;
use serde_json::{Map, Value};
use vocabulary::{Checker, Event, EventType, Instant};

/// When events were received that do not say so themselves: later than all that tests tell of.
pub fn received() -> Instant {
    Instant::parse("2099-12-31T00:00:00Z").expect("a time")
}

/// The events of a table. A line that is no valid event fails the test.
pub fn events(table: &str) -> Vec<Event> {
    let mut checker = Checker::new();
    json_lines(table)
        .iter()
        .map(|line| {
            let checked = checker.check(line.as_bytes(), received());
            checked.unwrap_or_else(|refusal| panic!("{line}\nis refused: {refusal:?}"))
        })
        .collect()
}

/// The events of a table, each as a line of JSON.
pub fn json_lines(table: &str) -> Vec<String> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.zip(1..).map(|(line, number)| cloud_event(line, number).to_string()).collect()
}

/// The child of that number, as the vocabulary writes it.
pub fn child(number: u64) -> String {
    uuid_of("child", number)
}

pub(crate) fn uuid_of(kind: &str, number: u64) -> String {
    format!("{kind}/00000000-0000-4000-8000-{number:012}")
}

/// A time of a table, as RFC 3339.
pub(crate) fn time(text: &str) -> String {
    let Some((date, clock)) = text.split_once('T') else {
        return format!("{text}T12:00:00Z");
    };
    let zone_at = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone_at);
    let seconds = if clock.matches(':').count() == 1 { ":00" } else { "" };
    format!("{date}T{clock}{seconds}{}", if zone.is_empty() { "Z" } else { zone })
}

fn cloud_event(line: &str, number: usize) -> Value {
    let (what, about) = line.split_once('|').unwrap_or((line, ""));
    let mut words = what.split_whitespace();
    let (Some(occurred), Some(name)) = (words.next(), words.next()) else {
        panic!("{line}\nis no event: expected a time and a type");
    };
    let Some(event_type) = EventType::from_name(name) else {
        panic!("{line}\nis no event: there is no type {name}");
    };
    let mut event = Map::new();
    for (key, value) in [
        ("specversion", "1.0".to_owned()),
        ("id", format!("e{number}")),
        ("source", "a".to_owned()),
        ("type", name.to_owned()),
        ("subject", child(1)),
        ("time", time(occurred)),
        ("recordedtime", time(occurred)),
    ] {
        event.insert(key.to_owned(), Value::String(value));
    }
    for attribute in about.split_whitespace() {
        let (key, value) = envelope(attribute, line);
        event.insert(key, value);
    }
    let data = data_of(event_type, words, line);
    event.insert("data".to_owned(), Value::Object(data));
    Value::Object(event)
}

/// An attribute of the envelope, from the words after the bar.
fn envelope(attribute: &str, line: &str) -> (String, Value) {
    let Some((key, value)) = attribute.split_once('=') else {
        panic!("{line}\nis no event: `{attribute}` is no name=value");
    };
    match key {
        "child" | "carer" => ("subject".to_owned(), subject(line, key, value).into()),
        "worker" | "locality" | "authority" => ("subject".to_owned(), format!("{key}/{value}").into()),
        "recorded" if value == "-" => ("recordedtime".to_owned(), Value::Null),
        "recorded" | "received" => (format!("{key}time"), time(value).into()),
        "id" | "source" | "supersedes" => (key.to_owned(), value.into()),
        _ => panic!("{line}\nis no event: the envelope has no {key}"),
    }
}

pub(crate) fn subject(line: &str, kind: &str, number: &str) -> String {
    let number = number.parse().unwrap_or_else(|_| panic!("{line}\nis no event: a {kind} is a number, not {number}"));
    uuid_of(kind, number)
}
