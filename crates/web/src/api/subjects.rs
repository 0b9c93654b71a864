//! One subject: why its clocks are what they are, as at and as known at any instant, and its events.

use super::Api;
use super::answer::{Held, json, text};
use super::parameters::{Asked, Holds, Named, takes};
use super::problem::{ApiError, Problem};
use super::schemas::{CloudEvent, Explanation};
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::response::Response;
use calendar::Instant;
use engine::{Case, History, Record, explain, findings};
use exchange::answers::{Explained, explanation_json};
use serde::Serialize;
use services::{Current, SubjectEvents, events_of_subject};
use store::ledger::Stored;
use utoipa::ToSchema;
use vocabulary::Subject;

/// When, and as known when.
const TIMES: &[Named] = &[
    Named { name: "at", holds: Holds::Instant, says: "As at this instant, or the end of this day; now without it." },
    Named {
        name: "known",
        holds: Holds::Instant,
        says: "Only what was recorded by this instant, or by the end of this day; everything without it.",
    },
    Named { name: "clock", holds: Holds::Text, says: "Only this kind of clock." },
];

/// Which page of events.
const EVENTS: &[Named] = &[
    Named { name: "after", holds: Holds::Number, says: "Only events after this position: `next` of the page before." },
    Named {
        name: "limit",
        holds: Holds::Number,
        says: "How many events the page may have: 1 to 1000, 100 without it.",
    },
];

takes!(ExplanationParameters, TIMES);
takes!(EventsParameters, EVENTS);

/// Explains the clocks of a subject.
///
/// Every clock with the events behind it, the rule and its source, and the days counted out.
#[utoipa::path(get, path = "/subjects/{kind}/{id}", tag = "subjects",
    params(
        ("kind" = String, Path, description = "`child` or `carer`"),
        ("id" = String, Path, description = "The UUID"),
        ExplanationParameters,
    ),
    responses(
        (status = 200, description = "The explanation, as `sightline explain --format json` prints it.", body = Explanation),
        (status = 304, description = "What is held already still holds."),
        (status = 400, description = "A parameter is not understood.",
            body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is on record of the subject, or nothing was by then.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn explanation(
    State(api): State<Api>,
    Path((kind, id)): Path<(String, String)>,
    asked: Asked<ExplanationParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (subject, current) = (subject(&kind, &id)?, api.current()?);
    let at = asked.instant("at")?.unwrap_or_else(|| api.services().now());
    let known = asked.instant("known")?;
    let clock = asked.one("clock").map(|id| position(&id, &current)).transpose()?;
    let found = events_of_subject(&**api.services().store(), &subject, current.checkpoint).await?;
    let found = found.ok_or_else(|| not_on_record(&subject))?;
    let question = Question { subject, at, known, clock };
    // A long history takes some milliseconds, which other requests need not wait for.
    let explained = tokio::task::spawn_blocking(move || question.explain(&found, &current)).await??;
    Ok(text(&held, Some(at), HeaderValue::from_static("application/json"), explained))
}

struct Question {
    subject: Subject,
    at: Instant,
    known: Option<Instant>,
    clock: Option<usize>,
}

impl Question {
    fn explain(&self, events: &SubjectEvents, current: &Current) -> Result<String, ApiError> {
        let record = Record::as_known(&events.accepted, self.known);
        let history = record.bundle(&self.subject).and_then(|bundle| History::of(&bundle, self.at));
        let history = history.ok_or_else(|| not_on_record(&self.subject))?;
        let case = Case::of(&history, current.rulebook());
        let (clocks, findings) = (explain(&case, self.clock), findings(&case));
        let explained = Explained { case: &case, known: self.known, clocks: &clocks, findings: &findings };
        Ok(explanation_json(&explained))
    }
}

fn subject(kind: &str, id: &str) -> Result<Subject, ApiError> {
    let name = format!("{kind}/{id}");
    Subject::parse(&name).ok_or_else(|| {
        ApiError::NotFound(format!(
            "`{name}` is no subject; expected child/ or carer/ and a UUID, or such as worker/SW1."
        ))
    })
}

fn not_on_record(subject: &Subject) -> ApiError {
    ApiError::NotFound(format!("No event of {subject} is on record for what was asked."))
}

fn position(id: &str, current: &Current) -> Result<usize, ApiError> {
    let clocks = &current.rulebook().clocks;
    clocks.iter().position(|rule| rule.id == id).ok_or_else(|| {
        let meant = rulebook::did_you_mean(id, clocks.iter().map(|rule| rule.id.as_str()));
        ApiError::BadRequest(format!("The rulebook has no clock `{id}`{meant}."))
    })
}

/// One page of a subject's events.
#[derive(Serialize, ToSchema)]
pub struct SubjectEventPage {
    /// The instant of the answer.
    at: String,
    /// The events, in the order of the ledger.
    events: Vec<LedgerEvent>,
    /// `after` of the next page; null: this is the last.
    next: Option<u64>,
}

/// An event in the ledger.
#[derive(Serialize, ToSchema)]
pub struct LedgerEvent {
    /// Its position.
    position: u64,
    /// The event, as it was received, with `receivedtime`.
    event: CloudEvent,
}

/// Lists the events of a subject.
///
/// Also those of subjects that were merged with it, and of whom events correct its own; in the order of the ledger.
#[utoipa::path(get, path = "/subjects/{kind}/{id}/events", tag = "subjects", operation_id = "subject_events",
    params(
        ("kind" = String, Path, description = "`child`, `carer`, `worker`, `locality` or `authority`"),
        ("id" = String, Path, description = "The UUID, or the id or name"),
        EventsParameters,
    ),
    responses(
        (status = 200, description = "A page of the events.", body = SubjectEventPage),
        (status = 304, description = "What is held already still holds."),
        (status = 404, description = "Nothing is on record of the subject.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn events(
    State(api): State<Api>,
    Path((kind, id)): Path<(String, String)>,
    asked: Asked<EventsParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (subject, at, store) = (subject(&kind, &id)?, api.services().now(), api.services().store());
    let (after, limit) = (asked.number("after")?.unwrap_or(0), asked.limit()? as usize);
    let number = store.subject_number(&subject).await?.ok_or_else(|| not_on_record(&subject))?;
    let family: Vec<_> = store.families(&[number]).await?.into_iter().flatten().collect();
    let head = store.head().await?.size;
    let all = store.events_of(&family, head).await?;
    if all.is_empty() {
        return Err(not_on_record(&subject));
    }
    let mut later = all.iter().filter(|event| event.position > after).peekable();
    let events: Vec<LedgerEvent> = later.by_ref().take(limit).map(LedgerEvent::of).collect::<Result<_, _>>()?;
    let next = later.peek().and(events.last()).map(|event| event.position);
    json(&held, at, &SubjectEventPage { at: at.to_string(), events, next })
}

impl LedgerEvent {
    fn of(stored: &Stored) -> Result<LedgerEvent, ApiError> {
        let mut line = Vec::new();
        exchange::export::write_line(&stored.bytes, stored.received, &mut line)?;
        let text = String::from_utf8(line).map_err(|error| ApiError::Broken(error.into()))?;
        Ok(LedgerEvent { position: stored.position, event: CloudEvent::of(text.trim_end().to_owned())? })
    }
}
