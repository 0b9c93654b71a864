//! The published schemas and the checks agree, apart from what the schemas' `$comment` names.

use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use vocabulary::{EventType, FieldKind, Reason, Refusal, schema};

use crate::support::*;

static SCHEMAS: LazyLock<Vec<Validator>> = LazyLock::new(|| {
    EventType::ALL.iter().map(|event_type| jsonschema::validator_for(&schema(*event_type)).unwrap()).collect()
});

/// Asserts that the schema of the type and the checks say the same of an event, and gives what they say.
fn agree(event_type: EventType, event: &Value) -> bool {
    let valid = SCHEMAS[event_type.index()].is_valid(event);
    let checked = check(event.to_string());
    let timeless = |refusal: &Refusal| !matches!(refusal.reason, Reason::Future | Reason::Before1900);
    let accepted = !checked.as_ref().is_err_and(timeless);
    assert_eq!(valid, accepted, "{} of {event}", verdict(&checked));
    valid
}

#[test]
fn a_schema_is_a_schema() {
    for event_type in EventType::ALL {
        let schema = schema(*event_type);
        assert!(jsonschema::meta::is_valid(&schema), "{schema}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["properties"]["type"]["const"], event_type.name());
        for field in event_type.fields() {
            assert_eq!(schema["properties"]["data"]["properties"][field.name]["description"], field.doc);
            assert!(field.doc.ends_with('.') && !field.doc.starts_with(' '), "{}", field.doc);
        }
    }
}

#[test]
fn every_type_is_valid_with_all_its_fields_and_with_no_more_than_it_needs() {
    for event_type in EventType::ALL {
        assert!(agree(*event_type, &full(*event_type)));
        assert!(agree(*event_type, &least(*event_type)));
        assert!(!SCHEMAS[event_type.index()].is_valid(&with(visit(), "/type", "x".into())));
    }
}

#[test]
fn every_field_of_every_type_agrees_on_every_odd_value() {
    for event_type in EventType::ALL {
        let fields = event_type.fields().iter().map(|field| format!("/data/{}", field.name));
        let attributes = ATTRIBUTES.iter().map(|pointer| (*pointer).to_owned());
        for pointer in attributes.chain(fields) {
            for start in [full(*event_type), least(*event_type)] {
                agree(*event_type, &without(start.clone(), &pointer));
                for value in ODD.iter().filter(|value| pointer != "/data" || !value.is_object()) {
                    if comparable(*event_type, &pointer, value) {
                        agree(*event_type, &with(start.clone(), &pointer, value.clone()));
                    }
                }
            }
        }
    }
}

/// Whether a schema can say what the checks do: it takes 20.0 for the whole number 20.
fn comparable(event_type: EventType, pointer: &str, value: &Value) -> bool {
    let whole = |field: &vocabulary::Field| {
        matches!(field.kind, FieldKind::Whole { .. }) && pointer.strip_prefix("/data/") == Some(field.name)
    };
    !(value.is_f64() && event_type.fields().iter().any(whole))
}

const ATTRIBUTES: [&str; 10] = [
    "/specversion",
    "/id",
    "/source",
    "/type",
    "/subject",
    "/time",
    "/recordedtime",
    "/receivedtime",
    "/supersedes",
    "/data",
];

/// Values that are wrong almost everywhere, and right in places.
static ODD: LazyLock<Vec<Value>> =
    LazyLock::new(|| {
        let mut odd = vec![json!(null), json!(true), json!(false), json!([]), json!({}), json!(""), json!("\n")];
        odd.extend([0, 1, 2, 3, 4, 5, 8, 20, 30, 40, 41, 100, 101, -1].map(Value::from));
        odd.extend([0.5, 1.0, 1.5, 20.0, 99.9, 1e300, -0.5].map(Value::from));
        odd.extend([
            json!([""]),
            json!([null]),
            json!(["cp", "health"]),
            json!(["cp", "cin"]),
            json!(["health", 7]),
            json!({"a": 1}),
        ]);
        odd.extend(TEXTS.map(Value::from));
        odd.extend(TIMES.map(Value::from));
        odd.extend([UUID.to_uppercase().as_str(), UUID].iter().flat_map(|id| {
            ["child", "carer", "worker", "authority", "Child"].map(|kind| json!(format!("{kind}/{id}")))
        }));
        odd
    });

const TEXTS: [&str; 22] = [
    "1.0",
    "cp",
    "cin",
    "initial",
    "review",
    "red",
    "face_to_face",
    "virtual",
    "primary",
    "other",
    "none",
    "health",
    "CP",
    "cp ",
    "child/",
    "worker/",
    "worker/\n",
    "locality/é",
    "authority/x/y",
    "team/x",
    "worker",
    "neglect",
];

/// Times and dates without days that the calendar does not have.
const TIMES: [&str; 26] = [
    "2021-01-12T10:30:00Z",
    "2021-01-12T10:30:00Z\n",
    " 2021-01-12T10:30:00Z",
    "2021-01-12t10:30:00z",
    "2021-01-12T10:30:00.1Z",
    "2021-01-12T10:30:00.123456789012Z",
    "2021-01-12T10:30:00.Z",
    "2021-01-12T10:30:00,5Z",
    "2021-01-12T10:30:00+23:59",
    "2021-01-12T10:30:00-00:00",
    "2021-01-12T10:30:00+24:00",
    "2021-01-12T10:30:00+0100",
    "2021-01-12T10:30:00+01:60",
    "2021-01-12T10:30:60Z",
    "2021-01-12T10:60:00Z",
    "2021-01-12T24:00:00Z",
    "2021-01-12T10:30Z",
    "2021-01-12 10:30:00Z",
    "2021-01-12T10:30:00",
    "0000-01-12T10:30:00Z",
    "2021-13-12T10:30:00Z",
    "2021-00-12T10:30:00Z",
    "2021-01-32T10:30:00Z",
    "2021-01-00",
    "2021-01-31",
    "0000-01-31",
];

/// An event and the type it was made for: one of the valid ones with up to three odd changes.
fn mutated() -> impl Strategy<Value = (EventType, Value)> {
    let change = (any::<Index>(), select(&ODD[..]), 0..4);
    (events(), prop::collection::vec(change, 0..4)).prop_map(|((event_type, event), changes)| {
        let event = changes.into_iter().fold(event, |event, change| changed(event_type, event, change));
        (event_type, event)
    })
}

fn changed(event_type: EventType, event: Value, (at, value, kind): (Index, Value, i32)) -> Value {
    let mut pointers: Vec<String> = ATTRIBUTES.iter().map(|pointer| (*pointer).to_owned()).collect();
    if event["data"].is_object() {
        pointers.extend(event_type.fields().iter().map(|field| format!("/data/{}", field.name)));
    }
    let pointer = at.get(&pointers);
    match kind {
        0 => without(event, pointer),
        1 => with(event, pointer, Value::Null),
        _ if comparable(event_type, pointer, &value) && !(pointer == "/data" && value.is_object()) => {
            with(event, pointer, value)
        }
        _ => with(event, "/unknown", value),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_schema_and_the_checks_agree((event_type, event) in mutated()) {
        agree(event_type, &event);
    }
}
