//! JSON Schemas of the events, from the same tables that the checks use.

use serde_json::{Map, Value, json};

use crate::field::Rule;
use crate::{EventType, Field, FieldKind, SubjectKind, WholeValues};

/// What the checks refuse beyond what a schema can say.
const BEYOND: &str = "Beyond this schema the program refuses: text that is not UTF-8, keys that come twice in one \
    object, more than 64 levels of nesting, numbers beyond a double, U+0000 in any string or key, more than 16 MiB; \
    dates that the calendar does not have; time or recordedtime more than 5 minutes after the receipt; time before \
    1900-01-01T00:00:00Z; a (source, id) already accepted with other content; and whole numbers written with a \
    fraction, with an exponent or as -0.";

/// A UUID of either case.
const UUID: &str = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}";

/// A date of the years 0001 to 9999; whether the month has the day is left open.
const DATE: &str = "(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";

/// A time of day with its offset.
const TIME: &str =
    "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";

/// The JSON Schema (2020-12) of a whole event of the type: the envelope and its data.
pub fn schema(event_type: EventType) -> Value {
    let needs_data =
        event_type.fields().iter().any(|field| field.required) || matches!(event_type.rule(), Some(Rule::Either(..)));
    let mut required = vec!["specversion", "id", "source", "type", "subject", "time"];
    required.extend(needs_data.then_some("data"));
    let time = json!({ "type": "string", "pattern": format!("^{DATE}[Tt]{TIME}$") });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": BEYOND,
        "title": event_type.name(),
        "description": event_type.about(),
        "type": "object",
        "required": required,
        "properties": {
            "specversion": { "const": "1.0" },
            "id": name(),
            "source": name(),
            "type": { "const": event_type.name() },
            "subject": subject(event_type.subject_kinds()),
            "time": time,
            "recordedtime": or_null(time.clone()),
            "receivedtime": or_null(time.clone()),
            "supersedes": or_null(name()),
            "data": if needs_data { data(event_type) } else { or_null(data(event_type)) },
        },
    })
}

/// The schema of a type's data.
fn data(event_type: EventType) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    let properties: Map<_, _> = event_type.fields().iter().map(property).collect();
    schema.insert("properties".to_owned(), properties.into());
    let required: Vec<&str> =
        event_type.fields().iter().filter(|field| field.required).map(|field| field.name).collect();
    schema.insert("required".to_owned(), required.into());
    schema.extend(event_type.rule().map(rule));
    schema.into()
}

/// The schema of one field with its name.
fn property(field: &Field) -> (String, Value) {
    let mut schema = of_kind(&field.kind);
    if !field.required {
        schema = or_null(schema);
    }
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), field.doc.into());
    }
    (field.name.to_owned(), schema)
}

/// The schema of what a field takes.
fn of_kind(kind: &FieldKind) -> Value {
    match *kind {
        FieldKind::Text => json!({ "type": "string" }),
        FieldKind::Name => name(),
        FieldKind::Bool => json!({ "type": "boolean" }),
        FieldKind::Date => json!({ "type": "string", "pattern": format!("^{DATE}$") }),
        FieldKind::Number { least, most } => number(least, most),
        FieldKind::Whole { values: WholeValues::Range { least, most } } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        FieldKind::Whole { values: WholeValues::OneOf(numbers) } => json!({ "type": "integer", "enum": numbers }),
        FieldKind::Choice(names) => json!({ "type": "string", "enum": names }),
        FieldKind::Choices(names) => json!({ "type": "array", "items": { "enum": names } }),
        FieldKind::TextList => json!({ "type": "array", "items": { "type": "string" } }),
        FieldKind::Subject(kind) => subject(&[kind]),
        FieldKind::Any => {
            json!({ "type": ["boolean", "number", "string", "array", "object"], "not": { "const": "" } })
        }
    }
}

/// A string that is not empty.
fn name() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// A number, with its bounds where it has any.
fn number(least: f64, most: f64) -> Value {
    if least.is_finite() {
        json!({ "type": "number", "minimum": least, "maximum": most })
    } else {
        json!({ "type": "number" })
    }
}

/// A subject of one of the kinds.
fn subject(kinds: &[SubjectKind]) -> Value {
    let forms = kinds.iter().map(|kind| {
        let id = if kind.has_uuid() { &format!("{UUID}$") } else { "[\\s\\S]" };
        format!("{}/{id}", kind.as_str())
    });
    json!({ "type": "string", "pattern": format!("^(?:{})", forms.collect::<Vec<_>>().join("|")) })
}

/// The schema of a field that may be absent, which null is too.
fn or_null(mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        let types = schema.get("type").cloned().unwrap_or_default();
        schema.insert("type".to_owned(), json!([types, "null"]));
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            values.push(Value::Null);
        }
    }
    schema
}

/// What the fields must be together, as a keyword and its value.
fn rule(rule: Rule) -> (String, Value) {
    match rule {
        Rule::Either(one, other) => {
            let there =
                |name: &str| json!({ "required": [name], "properties": { name: { "not": { "type": "null" } } } });
            ("anyOf".to_owned(), json!([there(one), there(other)]))
        }
        Rule::TrueOnlyWith { field, with } => {
            let both = json!({ field: { "const": true }, with: { "const": false } });
            ("not".to_owned(), json!({ "required": [field, with], "properties": both }))
        }
    }
}
