//! The OpenAPI document, and a page to read it.

use super::Api;
use super::answer::{Held, text};
use super::parameters::Asked;
use super::problem::ApiError;
use super::worklist::NoParameters;
use crate::frame::{Frame, Section};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{Html, IntoResponse as _, Response};
use serde_json::{Map, Value};

/// Gives this document.
#[utoipa::path(get, path = "/openapi.json", tag = "system", responses(
    (status = 200, description = "The OpenAPI document.", body = serde_json::Value),
    (status = 304, description = "What is held already still holds."),
))]
pub async fn document(State(api): State<Api>, _: Asked<NoParameters>, held: Held) -> Result<Response, ApiError> {
    let document = serde_json::to_string(&*api.document)?;
    Ok(text(&held, None, HeaderValue::from_static("application/json"), document))
}

/// Shows this document as a page.
pub async fn reader(State(api): State<Api>) -> Result<Response, ApiError> {
    let document = serde_json::to_value(&*api.document)?;
    let reader = Reader {
        frame: Frame::bare(&api.app, Section::None),
        says: string(&document, "/info/description"),
        groups: groups(&document),
        shapes: shapes(&document),
    };
    Ok(Html(reader.render()?).into_response())
}

#[derive(Template)]
#[template(path = "api/reader.html")]
struct Reader {
    frame: Frame,
    says: String,
    groups: Vec<Group>,
    shapes: Vec<Shape>,
}

/// The operations of one tag.
struct Group {
    says: String,
    operations: Vec<Operation>,
}

/// What one address does with one method.
struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    says: String,
    parameters: Vec<Field>,
    takes: Vec<Media>,
    answers: Vec<Answer>,
}

/// A parameter, or a key of an object.
struct Field {
    name: String,
    kind: Kind,
    says: String,
}

/// What something holds: in words, and the object that it is or has.
#[derive(Default)]
struct Kind {
    words: String,
    shape: Option<String>,
}

/// A body of one media type.
struct Media {
    name: String,
    kind: Kind,
}

/// What is answered with one status.
struct Answer {
    status: String,
    says: String,
    media: Vec<Media>,
}

/// An object that bodies have, by name.
struct Shape {
    name: String,
    says: String,
    fields: Vec<Field>,
}

fn groups(document: &Value) -> Vec<Group> {
    let operations = members(document, "/paths").flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path, method, operation))
    });
    let operations: Vec<(&String, &String, &Value)> = operations.collect();
    let group = |tag: &Value| {
        let name = string(tag, "/name");
        let of_tag = operations.iter().filter(|(_, _, operation)| string(operation, "/tags/0") == name);
        let operations = of_tag.map(|(path, method, found)| operation(path, method, found)).collect();
        Group { says: string(tag, "/description"), operations }
    };
    list(document, "/tags").map(group).collect()
}

fn operation(path: &str, method: &str, found: &Value) -> Operation {
    let parameter = |parameter: &Value| Field {
        name: string(parameter, "/name"),
        kind: parameter.get("schema").map(kind).unwrap_or_default(),
        says: string(parameter, "/description"),
    };
    let answer = |(status, answer): (&String, &Value)| Answer {
        status: status.clone(),
        says: string(answer, "/description"),
        media: media(answer),
    };
    Operation {
        id: string(found, "/operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: string(found, "/summary"),
        says: string(found, "/description"),
        parameters: list(found, "/parameters").map(parameter).collect(),
        takes: found.get("requestBody").map(media).unwrap_or_default(),
        answers: members(found, "/responses").map(answer).collect(),
    }
}

fn media(body: &Value) -> Vec<Media> {
    let media = |(name, content): (&String, &Value)| Media {
        name: name.clone(),
        kind: content.get("schema").map(kind).unwrap_or_default(),
    };
    members(body, "/content").map(media).collect()
}

fn shapes(document: &Value) -> Vec<Shape> {
    let shape = |(name, schema): (&String, &Value)| Shape {
        name: name.clone(),
        says: string(schema, "/description"),
        fields: fields(schema),
    };
    members(document, "/components/schemas").map(shape).collect()
}

/// The keys of an object; of one that is put together of several, or is one of several, those of all.
fn fields(schema: &Value) -> Vec<Field> {
    let own = members(schema, "/properties").map(|(name, property)| Field {
        name: name.clone(),
        kind: kind(property),
        says: string(property, "/description"),
    });
    let parts = list(schema, "/allOf").chain(list(schema, "/oneOf")).flat_map(|part| {
        let of_part = fields(part);
        if of_part.is_empty() {
            vec![Field { name: String::new(), kind: kind(part), says: String::new() }]
        } else {
            of_part
        }
    });
    own.chain(parts).collect()
}

fn kind(schema: &Value) -> Kind {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        return Kind { words: String::new(), shape: Some(name.to_owned()) };
    }
    if let Some(items) = schema.get("items") {
        let Kind { words, shape } = kind(items);
        return Kind { words: format!("list of {words}").trim_end().to_owned(), shape };
    }
    let either: Vec<Kind> = list(schema, "/oneOf").map(kind).collect();
    if !either.is_empty() {
        let words: Vec<&str> =
            either.iter().map(|kind| kind.words.as_str()).filter(|words| !words.is_empty()).collect();
        let words = words.join(" or ");
        return Kind { words, shape: either.into_iter().find_map(|kind| kind.shape) };
    }
    let one_of: Vec<&str> = list(schema, "/enum").filter_map(Value::as_str).collect();
    if !one_of.is_empty() {
        return Kind { words: one_of.join(", "), shape: None };
    }
    let types = schema.get("type").into_iter().flat_map(|found| match found {
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        Value::String(one) => vec![one.as_str()],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    });
    let words: Vec<&str> = types.map(type_words).collect();
    Kind { words: words.join(" or "), shape: None }
}

fn type_words(name: &str) -> &str {
    match name {
        "string" => "text",
        "integer" => "whole number",
        "boolean" => "true or false",
        other => other,
    }
}

fn string(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'v>(value: &'v Value, pointer: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn members<'v>(value: &'v Value, pointer: &str) -> impl Iterator<Item = (&'v String, &'v Value)> + use<'v> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}
