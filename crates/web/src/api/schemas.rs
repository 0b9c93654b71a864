//! Objects that the command line prints as well, and that are therefore written by `exchange`: their text, and what the
//! document says of them.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// A clock as `sightline worklist --format json` prints it, with its id.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct ClockRow(Box<RawValue>);

/// A figure as `sightline measures --format json` prints it.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct FigureRow(Box<RawValue>);

/// What `sightline explain --format json` prints of a subject.
#[derive(Clone, Debug)]
pub struct Explanation;

/// An event: a CloudEvent (1.0) of the vocabulary, in JSON.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct CloudEvent(Box<RawValue>);

impl ClockRow {
    /// Of the text that `exchange` wrote.
    ///
    /// # Errors
    ///
    /// Where it is no JSON.
    pub fn of(text: String) -> Result<ClockRow, serde_json::Error> {
        RawValue::from_string(text).map(ClockRow)
    }
}

impl FigureRow {
    /// Of the text that `exchange` wrote.
    ///
    /// # Errors
    ///
    /// Where it is no JSON.
    pub fn of(text: String) -> Result<FigureRow, serde_json::Error> {
        RawValue::from_string(text).map(FigureRow)
    }
}

impl CloudEvent {
    /// Of the text that `exchange` wrote.
    ///
    /// # Errors
    ///
    /// Where it is no JSON.
    pub fn of(text: String) -> Result<CloudEvent, serde_json::Error> {
        RawValue::from_string(text).map(CloudEvent)
    }
}

/// The keys of a clock, which are always there, but for those of limits in days and of limits in hours.
fn clock_keys() -> ObjectBuilder {
    let object = ObjectBuilder::new();
    let object = required(object, "clock", text("The kind of clock, by its id in the rulebook."));
    let object = required(object, "subject", text("Whose it is: `child/…` or `carer/…`."));
    let object = required(object, "episode", maybe_text("The episode of the start, or of the state."));
    let object = required(object, "status", choice(&["on_track", "due_soon", "overdue", "met", "late", "cancelled"]));
    let object = required(object, "started_at", instant("When it started."));
    let object = object.property("due_date", day("The due date; not there for a limit in hours."));
    let object = required(object, "due_at", instant("When it is too late."));
    let object = required(object, "stopped_at", maybe_text("When it was stopped or cancelled."));
    let object = object.property("days_overdue", maybe_number("Days after the due date; not there for hours."));
    let object = object.property("working_days_overdue", maybe_number("Working days after the due date."));
    let object = object.property("hours_overdue", maybe_number("Whole hours; only there for a limit in hours."));
    let object = required(object, "locality", text("The locality that it counts for."));
    let object = required(object, "team", maybe_text("The team that it counts for."));
    required(object, "worker", maybe_text("The worker that it counts for."))
}

impl PartialSchema for ClockRow {
    fn schema() -> RefOr<Schema> {
        let says = "The clock's key: subject, clock, start, episode and place in the sequence, with `~` between.";
        required(clock_keys(), "id", text(says)).description(Some("A clock.")).into()
    }
}

impl ToSchema for ClockRow {}

impl PartialSchema for FigureRow {
    fn schema() -> RefOr<Schema> {
        let object = ObjectBuilder::new().description(Some("A figure of a measure."));
        let object = required(object, "measure", text("The measure, by its id in the rulebook."));
        let object = required(object, "period", text("The period, such as `2021-01`."));
        let object = required(object, "group", text("`County`, or the locality, team or worker."));
        let object = object.property("band", text("The band or value; only there for distributions."));
        let object = object.property("numerator", number("Those that satisfy; only there for shares."));
        let object = object.property("denominator", number("Those asked; only there for shares."));
        let object = object.property("percent", maybe_text("With one decimal; only there for shares."));
        let object = object.property("missing", number("Those of whom nothing is recorded; attributes of a state."));
        let either = SchemaType::from_iter([Type::Integer, Type::String, Type::Null]);
        let object = object.property("value", ObjectBuilder::new().schema_type(either).build());
        let target = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Number, Type::Null])).build();
        let object = required(object, "target", target);
        required(object, "status", maybe_text("`better`, `within` or `worse`, where there is a target.")).into()
    }
}

impl ToSchema for FigureRow {}

impl PartialSchema for CloudEvent {
    fn schema() -> RefOr<Schema> {
        let says =
            "A CloudEvent (1.0) in JSON, of a type of the vocabulary; `sightline schema` prints the schema of each.";
        let object = ObjectBuilder::new().description(Some(says));
        let object = required(object, "specversion", choice(&["1.0"]));
        let object = required(object, "id", text("Names the event within its source for ever."));
        let object = required(object, "source", text("Where it comes from."));
        let object = required(object, "type", text("The type, such as `visit.completed`."));
        let object = required(object, "subject", text("Who or what it is about, such as `child/…`."));
        let object = required(object, "time", instant("When it happened."));
        let object = object.property("recordedtime", maybe_text("When somebody wrote it down."));
        let object = object.property("receivedtime", maybe_text("When the ledger took it; only in exports."));
        let object = object.property("supersedes", maybe_text("The id of the event that it replaces."));
        let data = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Object, Type::Null])).build();
        object.property("data", data).into()
    }
}

impl ToSchema for CloudEvent {}

impl PartialSchema for Explanation {
    fn schema() -> RefOr<Schema> {
        let object = ObjectBuilder::new().description(Some("A subject and why its clocks are what they are."));
        let object = required(object, "subject", text("The subject; of merged subjects the survivor."));
        let object = required(object, "at", instant("The instant of the question."));
        let object = required(object, "known", maybe_text("As known when; null: everything on record."));
        let object = required(object, "date_of_birth", maybe_text("The date of birth, where one is on record."));
        let object = required(object, "events", number("How many events there are."));
        let object = required(object, "next_change", maybe_text("When the clocks next change without an event."));
        let object = required(object, "locality", text("Whose it is: the locality."));
        let object = required(object, "team", maybe_text("The team."));
        let object = required(object, "worker", maybe_text("The worker."));
        let object = required(object, "clocks", list(explained_clock()));
        required(object, "findings", list(finding())).into()
    }
}

impl ToSchema for Explanation {}

fn explained_clock() -> Object {
    let rule = ObjectBuilder::new();
    let rule = required(rule, "title", text("What people call it."));
    let rule = required(rule, "limit", text("The limit in force at the start."));
    let rule = required(rule, "in_force_from", maybe_text("The first day in force."));
    let rule = required(rule, "in_force_until", maybe_text("The last day in force."));
    let rule = required(rule, "source", text("Where the rule comes from."));
    let event = ObjectBuilder::new();
    let event = required(event, "source", text("Where the event comes from."));
    let event = required(event, "id", text("Its id there."));
    let event = required(event, "type", text("Its type."));
    let event = required(event, "occurred", instant("When it happened."));
    let event = required(event, "recorded", instant("When it was recorded."));
    let cause = ObjectBuilder::new();
    let cause = required(cause, "effect", choice(&["started", "restarted", "stopped", "cancelled"]));
    let cause = required(cause, "at", instant("When."));
    let cause = required(cause, "because", text("In a sentence."));
    let cause = required(cause, "events", list(event.build()));
    let object = required(clock_keys(), "rule", rule.build());
    let object = required(object, "day_count", text("The days counted out."));
    required(object, "causes", list(cause.build())).build()
}

fn finding() -> Object {
    let object = required(ObjectBuilder::new(), "finding", text("What is odd, such as `end_without_start`."));
    let object = required(object, "event", maybe_text("The id of the event that shows it."));
    required(object, "detail", text("What is odd, in a sentence.")).build()
}

fn required(object: ObjectBuilder, name: &str, property: impl Into<RefOr<Schema>>) -> ObjectBuilder {
    object.property(name, property).required(name)
}

fn list(items: Object) -> Schema {
    ArrayBuilder::new().items(items).into()
}

fn text(says: &str) -> Object {
    of_type(Type::String.into(), says)
}

fn number(says: &str) -> Object {
    of_type(Type::Integer.into(), says)
}

fn maybe_text(says: &str) -> Object {
    of_type(SchemaType::from_iter([Type::String, Type::Null]), says)
}

fn maybe_number(says: &str) -> Object {
    of_type(SchemaType::from_iter([Type::Integer, Type::Null]), says)
}

fn instant(says: &str) -> Object {
    of_type(Type::String.into(), &format!("{says} UTC, RFC 3339."))
}

fn day(says: &str) -> Object {
    of_type(Type::String.into(), &format!("{says} As 2021-01-31."))
}

fn choice(names: &[&str]) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names.iter().copied())).build()
}

fn of_type(of: SchemaType, says: &str) -> Object {
    ObjectBuilder::new().schema_type(of).description(Some(says)).build()
}
