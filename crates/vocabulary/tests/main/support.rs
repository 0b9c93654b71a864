//! Events to start from, and one way to say what becomes of them.

use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};
use vocabulary::{Checker, Event, EventType, Field, FieldKind, Instant, Refusal, SubjectKind, WholeValues};

pub const UUID: &str = "0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11";

/// What a check gives, in short: `ok`, or the reason and the field.
pub fn verdict(result: &Result<Event, Refusal>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(Refusal { reason, field: Some(field), .. }) => format!("{reason} {field}"),
        Err(Refusal { reason, field: None, .. }) => reason.to_string(),
    }
}

pub fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// Checks a line that was received on 1 February 2021.
pub fn check(line: impl AsRef<[u8]>) -> Result<Event, Refusal> {
    Checker::new().check(line.as_ref(), instant("2021-02-01T00:00:00Z"))
}

pub fn accept(event: &Value) -> Event {
    check(event.to_string()).unwrap_or_else(|refusal| panic!("{refusal}\n{event}"))
}

/// Asserts what becomes of an event: `ok`, or the reason and the field.
#[track_caller]
pub fn expect(event: &Value, expected: &str) {
    expect_line(&event.to_string(), expected);
}

/// Asserts what becomes of a line: `ok`, or the reason and the field.
#[track_caller]
pub fn expect_line(line: &str, expected: &str) {
    let result = check(line);
    assert_eq!(verdict(&result), expected, "{result:?} of {line}");
    if let Err(refusal) = result {
        assert!(refusal.detail.starts_with("expected "), "{}", refusal.detail);
    }
}

/// A visit that says everything.
pub fn visit() -> Value {
    json!({
        "specversion": "1.0",
        "id": "lcs-visit-889120",
        "source": "urn:example:lcs",
        "type": "visit.completed",
        "subject": format!("child/{UUID}"),
        "time": "2021-01-12T10:30:00Z",
        "recordedtime": "2021-01-12T16:02:00Z",
        "datacontenttype": "application/json",
        "data": { "purposes": ["cp"], "seen": true, "seen_alone": true, "mode": "face_to_face" },
    })
}

/// The event with the value at a JSON pointer set, or put there.
pub fn with(mut event: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    event.pointer_mut(parent).unwrap()[key] = value;
    event
}

/// The event without the member at a JSON pointer.
pub fn without(mut event: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    event.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key);
    event
}

/// An event of the type with these data.
pub fn event(event_type: EventType, data: Map<String, Value>) -> Value {
    let kind = event_type.subject_kinds()[0];
    with(with(with(visit(), "/type", event_type.name().into()), "/subject", subject(kind).into()), "/data", data.into())
}

/// An event of the type with all its fields.
pub fn full(event_type: EventType) -> Value {
    event(event_type, data_of(event_type, |_| true))
}

/// An event of the type with no field that it can do without.
pub fn least(event_type: EventType) -> Value {
    event(event_type, data_of(event_type, |field| needed(event_type, field)))
}

/// Whether an event of the type must have the field, at least where it has no other.
pub fn needed(event_type: EventType, field: &Field) -> bool {
    field.required || (event_type == EventType::ChildRegistered && field.name == "date_of_birth")
}

fn data_of(event_type: EventType, wanted: impl Fn(&Field) -> bool) -> Map<String, Value> {
    let fields = event_type.fields().iter().filter(|field| wanted(field));
    fields.map(|field| (field.name.to_owned(), example(&field.kind))).collect()
}

pub fn subject(kind: SubjectKind) -> String {
    match kind {
        SubjectKind::Child | SubjectKind::Carer => format!("{}/{UUID}", kind.as_str()),
        SubjectKind::Worker | SubjectKind::Locality | SubjectKind::Authority => {
            format!("{}/Forest of Dean", kind.as_str())
        }
    }
}

/// A value that the field takes.
pub fn example(kind: &FieldKind) -> Value {
    match *kind {
        FieldKind::Text | FieldKind::Name => "x".into(),
        FieldKind::Bool => true.into(),
        FieldKind::Date => "2020-02-29".into(),
        FieldKind::Number { .. } => json!(0.5),
        FieldKind::Whole { values: WholeValues::Range { most, .. } } => most.into(),
        FieldKind::Whole { values: WholeValues::OneOf(numbers) } => numbers[0].into(),
        FieldKind::Choice(names) => names[0].into(),
        FieldKind::Choices(names) => json!(names),
        FieldKind::TextList => json!(["neglect", ""]),
        FieldKind::Subject(kind) => subject(kind).into(),
        FieldKind::Any => json!({ "a": [1, null, "x"] }),
    }
}

/// Values that the field takes.
pub fn examples(kind: &FieldKind) -> BoxedStrategy<Value> {
    match *kind {
        FieldKind::Text => "\\PC{0,30}".prop_map(Value::from).boxed(),
        FieldKind::Name => "\\PC{1,30}".prop_map(Value::from).boxed(),
        FieldKind::Bool => any::<bool>().prop_map(Value::from).boxed(),
        FieldKind::Date => (1_u16..=9999, 1_u8..=12, 1_u8..=28)
            .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}").into())
            .boxed(),
        FieldKind::Number { least, most } => {
            prop_oneof![least.max(-1e12)..=most.min(1e12), Just(least.max(0.0))].prop_map(Value::from).boxed()
        }
        FieldKind::Whole { values: WholeValues::Range { least, most } } => (least..=most).prop_map(Value::from).boxed(),
        FieldKind::Whole { values: WholeValues::OneOf(numbers) } => select(numbers).prop_map(Value::from).boxed(),
        FieldKind::Choice(names) => select(names).prop_map(Value::from).boxed(),
        FieldKind::Choices(names) => subsequence(names, 0..=names.len()).prop_map(|names| json!(names)).boxed(),
        FieldKind::TextList => prop::collection::vec("\\PC{0,9}", 0..4).prop_map(|texts| json!(texts)).boxed(),
        FieldKind::Subject(kind) => any::<bool>()
            .prop_map(
                move |upper| if upper { format!("{}/{}", kind.as_str(), UUID.to_uppercase()) } else { subject(kind) },
            )
            .prop_map(Value::from)
            .boxed(),
        FieldKind::Any => select(&[0, 1, 2, 3][..])
            .prop_map(|which| [json!({ "a": [null, 1] }), json!([]), json!(-1.5), json!("x")][which].clone())
            .boxed(),
    }
}

/// Accepted events of every type with any of their optional fields.
pub fn events() -> impl Strategy<Value = (EventType, Value)> {
    any::<Index>().prop_map(|index| *index.get(EventType::ALL)).prop_flat_map(|event_type| {
        let fields: Vec<_> = event_type.fields().iter().map(|field| optional_member(event_type, field)).collect();
        fields.prop_map(move |fields| {
            let mut data: Map<String, Value> = fields.into_iter().flatten().collect();
            if data.get("seen") == Some(&false.into()) {
                data.remove("seen_alone");
            }
            (event_type, event(event_type, data))
        })
    })
}

fn optional_member(event_type: EventType, field: &'static Field) -> impl Strategy<Value = Option<(String, Value)>> {
    let there = if needed(event_type, field) { Just(true).boxed() } else { any::<bool>().boxed() };
    (there, examples(&field.kind)).prop_map(|(there, value)| there.then(|| (field.name.to_owned(), value)))
}
