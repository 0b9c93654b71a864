//! The data of an event from the words of a table.

use crate::table::subject;
use serde_json::{Map, Value, json};
use vocabulary::{EventType, Field, FieldKind};

/// Reads the words after the type: values of the required fields in order, then `name=value`.
pub fn data_of<'w>(event_type: EventType, words: impl Iterator<Item = &'w str>, line: &str) -> Map<String, Value> {
    let fields = event_type.fields();
    let required: Vec<&Field> = fields.iter().filter(|field| field.required).collect();
    let in_order: Vec<&Field> = if required.is_empty() { fields.iter().collect() } else { required.clone() };
    let mut data: Map<String, Value> = Map::new();
    let mut next = in_order.into_iter();
    for word in words {
        let (field, text) = match word.split_once('=') {
            Some((name, text)) => (named(fields, name, line), text),
            None => {
                let field = next.next();
                (field.unwrap_or_else(|| panic!("{line}\nis no event: nothing takes the word {word}")), word)
            }
        };
        match text {
            "_" => {}
            "-" => {
                data.insert(field.name.to_owned(), Value::Null);
            }
            _ => {
                data.insert(field.name.to_owned(), value_of(field, text, line));
            }
        }
    }
    for field in required {
        if !data.contains_key(field.name) {
            data.insert(field.name.to_owned(), default_of(field, line));
        }
    }
    data
}

fn named<'f>(fields: &'f [Field], name: &str, line: &str) -> &'f Field {
    let field = fields.iter().find(|field| field.name == name);
    field.unwrap_or_else(|| panic!("{line}\nis no event: the type has no field {name}"))
}

fn value_of(field: &Field, text: &str, line: &str) -> Value {
    match field.kind {
        FieldKind::Text | FieldKind::Name | FieldKind::Date | FieldKind::Choice(_) => json!(text),
        FieldKind::Choices(_) | FieldKind::TextList => text.split(',').map(Value::from).collect(),
        FieldKind::Subject(kind) => json!(subject(line, kind.as_str(), text)),
        FieldKind::Bool | FieldKind::Number { .. } | FieldKind::Whole { .. } | FieldKind::Any => {
            let value = serde_json::from_str(text);
            value.unwrap_or_else(|_| panic!("{line}\nis no event: {}={text} is no JSON", field.name))
        }
    }
}

/// What a required field is that the table does not speak of: as little as can be.
fn default_of(field: &Field, line: &str) -> Value {
    match field.kind {
        FieldKind::Text | FieldKind::Name => json!("x"),
        FieldKind::Bool => json!(true),
        FieldKind::Choice(names) => {
            let quiet = ["other", "no_further_action"].into_iter().find(|quiet| names.contains(quiet));
            json!(quiet.or(names.first().copied()))
        }
        FieldKind::Choices(names) => json!(names.first().into_iter().collect::<Vec<_>>()),
        FieldKind::Date
        | FieldKind::Number { .. }
        | FieldKind::Whole { .. }
        | FieldKind::TextList
        | FieldKind::Subject(_)
        | FieldKind::Any => panic!("{line}\nis no event: it needs {}", field.name),
    }
}
