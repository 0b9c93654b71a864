//! Of several faults the first by reason counts, then the first by field.

use serde_json::{Value, json};
use vocabulary::{Checker, EventType, Reason, Refusal};

use crate::support::*;

const FIELDS: [&str; 13] = [
    "/specversion",
    "/id",
    "/source",
    "/type",
    "/subject",
    "/time",
    "/recordedtime",
    "/receivedtime",
    "/supersedes",
    "/data/purposes",
    "/data/seen",
    "/data/seen_alone",
    "/data/mode",
];

#[test]
fn of_bad_fields_the_first_counts() {
    for (position, first) in FIELDS.iter().enumerate() {
        let bad = FIELDS[position..].iter().fold(visit(), |event, pointer| with(event, pointer, 7.into()));
        let reason = if position < 4 { "malformed" } else { "bad_field" };
        expect(&bad, &format!("{reason} {first}"));
    }
}

#[test]
fn of_missing_fields_the_first_counts() {
    let required: Vec<_> = FIELDS
        .into_iter()
        .filter(|pointer| !["/recordedtime", "/receivedtime", "/supersedes", "/data/seen_alone"].contains(pointer))
        .collect();
    for (position, first) in required.iter().enumerate() {
        let lacking = required[position..].iter().fold(visit(), |event, pointer| without(event, pointer));
        let reason = if position < 4 { "malformed" } else { "missing_field" };
        expect(&lacking, &format!("{reason} {first}"));
    }
}

/// The visit with faults by their reasons: `malformed` in the source, `unknown` in the type, `missing` in the mode,
/// `bad` in the subject, `future` in what was recorded, `before` in the time.
fn faulty(faults: &str) -> Value {
    faults.split(' ').fold(visit(), |event, fault| match fault {
        "malformed" => with(event, "/source", "".into()),
        "unknown" => with(event, "/type", "contact.imagined".into()),
        "missing" => without(event, "/data/mode"),
        "bad" => with(event, "/subject", "child/7".into()),
        "future" => with(event, "/recordedtime", "2021-03-01T00:00:00Z".into()),
        "before" => with(event, "/time", "1899-12-31T23:59:59Z".into()),
        other => panic!("{other}"),
    })
}

#[test]
fn of_reasons_the_first_counts() {
    let cases = [
        ("malformed unknown missing bad future before", "malformed /source"),
        ("unknown missing bad future before", "unknown_type /type"),
        ("missing bad future before", "missing_field /data/mode"),
        ("bad future before", "bad_field /subject"),
        ("future before", "future /recordedtime"),
        ("before", "before_1900 /time"),
    ];
    for (faults, expected) in cases {
        expect(&faulty(faults), expected);
    }
}

#[test]
fn the_envelope_comes_before_the_data() {
    expect(&without(without(visit(), "/time"), "/data/purposes"), "missing_field /time");
    expect(&with(with(visit(), "/supersedes", "".into()), "/data/purposes", 1.into()), "bad_field /supersedes");
}

#[test]
fn data_that_is_no_object_is_one_fault() {
    for other in [json!([]), json!("x"), json!(1), json!(false)] {
        let event = with(visit(), "/data", other);
        expect(&event, "bad_field /data");
        expect(&without(event.clone(), "/time"), "missing_field /time");
        expect(&with(event.clone(), "/supersedes", "".into()), "bad_field /supersedes");
        expect(&with(event.clone(), "/type", "core_group.held".into()), "bad_field /data");
    }
    expect(&with(visit(), "/data", Value::Null), "missing_field /data/purposes");
    expect(&without(visit(), "/data"), "missing_field /data/purposes");
    expect(&without(full(EventType::CoreGroupHeld), "/data"), "ok");
    expect(&with(full(EventType::CoreGroupHeld), "/data", Value::Null), "ok");
}

#[test]
fn a_null_attribute_is_absent() {
    for pointer in ["/recordedtime", "/receivedtime", "/supersedes", "/datacontenttype"] {
        expect(&with(visit(), pointer, Value::Null), "ok");
    }
    expect(&with(visit(), "/time", Value::Null), "missing_field /time");
    expect(&with(visit(), "/subject", Value::Null), "missing_field /subject");
}

#[test]
fn times_have_their_form() {
    let good = ["2021-01-12t10:30:00z", "2021-01-12T10:30:00.5+01:00", "2021-01-12T10:30:00.1234567891-00:30"];
    let bad = [
        "",
        "2021-01-12",
        "2021-01-12 10:30:00Z",
        "2021-01-12T10:30:00",
        "2021-01-12T10:30Z",
        "2021-01-12T10:30:60Z",
        "2021-01-12T24:00:00Z",
        "2021-02-30T10:30:00Z",
        "0000-01-12T10:30:00Z",
        "2021-01-12T10:30:00.Z",
    ];
    for pointer in ["/time", "/recordedtime", "/receivedtime"] {
        for time in good {
            let long_ago = with(without(visit(), "/recordedtime"), "/time", "2020-01-01T00:00:00Z".into());
            expect(&with(long_ago, pointer, time.into()), "ok");
        }
        for time in bad {
            expect(&with(visit(), pointer, time.into()), &format!("bad_field {pointer}"));
        }
    }
}

#[test]
fn five_minutes_ahead_are_accepted() {
    let received = |time: &str, recorded: Option<&str>| {
        let event = with(visit(), "/receivedtime", "2021-01-08T10:00:00Z".into());
        with(with(event, "/time", time.into()), "/recordedtime", recorded.into())
    };
    expect(&received("2021-01-08T10:05:00Z", None), "ok");
    expect(&received("2021-01-08T11:05:00+01:00", None), "ok");
    expect(&received("2021-01-08T10:05:00.0000009Z", None), "ok");
    expect(&received("2021-01-08T10:05:00.000001Z", None), "future /time");
    expect(&received("2021-01-08T10:05:01Z", Some("2021-01-08T10:00:00Z")), "future /time");
    expect(&received("2021-01-08T10:00:00Z", Some("2021-01-08T10:05:00Z")), "ok");
    expect(&received("2021-01-08T10:00:00Z", Some("2021-01-08T10:05:00.000001Z")), "future /recordedtime");
    expect(&received("2021-01-08T10:05:01Z", Some("2021-01-08T10:05:01Z")), "future /time");
    expect(&received("9999-12-31T23:59:59-23:59", None), "future /time");
}

#[test]
fn the_receipt_that_is_told_counts_where_the_event_has_none() {
    let line = visit().to_string();
    let at = |received: &str| verdict(&Checker::new().check(line.as_bytes(), instant(received)));
    assert_eq!(at("2021-01-12T15:57:00Z"), "ok");
    assert_eq!(at("2021-01-12T15:56:59Z"), "future /recordedtime");
    assert_eq!(at("2021-01-12T10:24:59Z"), "future /time");
}

#[test]
fn before_1900_is_about_when_it_happened() {
    let occurred = |time: &str| with(visit(), "/time", time.into());
    expect(&occurred("1900-01-01T00:00:00Z"), "ok");
    expect(&occurred("1899-12-31T23:59:59.999999Z"), "before_1900 /time");
    expect(&occurred("1900-01-01T00:59:59+01:00"), "before_1900 /time");
    expect(&occurred("1899-12-31T23:30:00-01:00"), "ok");
    expect(&occurred("0001-01-01T00:00:00+23:59"), "before_1900 /time");
    expect(&with(visit(), "/recordedtime", "1066-10-14T09:00:00Z".into()), "ok");
}

#[test]
fn reasons_are_in_order() {
    let reasons: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    let expected =
        ["malformed", "unknown_type", "missing_field", "bad_field", "future", "before_1900", "conflicting_id"];
    assert_eq!(reasons, expected);
    assert!(Reason::ALL.is_sorted());
    let Refusal { reason, field, .. } = Refusal::conflicting_id();
    assert_eq!((reason, field.as_deref()), (Reason::ConflictingId, Some("/id")));
}
