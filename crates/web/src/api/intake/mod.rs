//! Events in: `POST /api/v1/events`.

mod body;
mod lines;
mod outcome;
mod split;

use super::Api;
use super::problem::{ApiError, Problem};
use super::schemas::CloudEvent;
use crate::health::Metrics;
use axum::body::{Body, HttpBody as _};
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use outcome::Outcome;
use serde::Serialize;
use services::{Services, check_received};
use utoipa::ToSchema;
use vocabulary::MOST_BYTES_PER_EVENT;

/// The most events of one batch.
const MOST_EVENTS_OF_BATCH: usize = 1_000;

/// The most bytes of one batch.
const MOST_BYTES_OF_BATCH: usize = 8 * 1024 * 1024;

/// What a body is, by its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One event or an array of events.
    Whole {
        /// Which it is; none: its first byte says.
        batch: Option<bool>,
    },
    /// Lines of events, of any number.
    Lines,
}

impl Kind {
    fn of(headers: &HeaderMap) -> Result<Kind, ApiError> {
        let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/cloudevents+json" => Ok(Kind::Whole { batch: Some(false) }),
            "application/cloudevents-batch+json" => Ok(Kind::Whole { batch: Some(true) }),
            "application/json" => Ok(Kind::Whole { batch: None }),
            "application/x-ndjson" => Ok(Kind::Lines),
            _ => Err(ApiError::MediaType(
                "Events are taken as application/cloudevents+json, application/cloudevents-batch+json, \
                 application/json or application/x-ndjson. Say which with Content-Type."
                    .to_owned(),
            )),
        }
    }
}

/// What became of everything in a body.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum Outcomes {
    /// Of one event.
    One(Outcome),
    /// Of the events of a batch, in its order.
    Batch(Vec<Outcome>),
}

/// Takes events.
///
/// One event, a batch of up to 1,000 events and 8 MiB, or a stream of lines of any length. Answered only when the
/// ledger has committed them, with what became of each: for one event an object, for a batch an array of them in the
/// order of the batch, for a stream a line for each line that is not blank, as they are committed. An event that is
/// refused is kept in the quarantine, whole. The same event again changes nothing.
#[utoipa::path(post, path = "/events", tag = "events", operation_id = "take_events",
    request_body(content(
        (CloudEvent = "application/cloudevents+json"),
        (Vec<CloudEvent> = "application/cloudevents-batch+json"),
        (CloudEvent = "application/json"),
        (String = "application/x-ndjson"),
    )),
    responses(
        (status = 202, description = "What became of each, all committed.", content(
            (Outcomes = "application/json"),
            (Outcome = "application/x-ndjson"),
        )),
        (status = 400, description = "A batch whose events cannot be told apart. Nothing was taken.",
            body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large. Nothing was taken.",
            body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Events are not taken as this media type.",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was taken; send it again after `Retry-After` seconds.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn take(
    State(api): State<Api>,
    metrics: Option<Extension<Metrics>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let metrics = metrics.map(|Extension(metrics)| metrics);
    match Kind::of(&headers)? {
        Kind::Lines => lines::take(&api, metrics, body).await,
        Kind::Whole { batch } => {
            let outcomes = whole_body(&api, batch, body).await?;
            match &outcomes {
                Outcomes::One(outcome) => count(metrics.as_ref(), std::slice::from_ref(outcome)),
                Outcomes::Batch(outcomes) => count(metrics.as_ref(), outcomes),
            }
            Ok((StatusCode::ACCEPTED, axum::Json(outcomes)).into_response())
        }
    }
}

/// Takes a body that is one event or a batch.
async fn whole_body(api: &Api, batch: Option<bool>, body: Body) -> Result<Outcomes, ApiError> {
    let most = if batch == Some(true) { MOST_BYTES_OF_BATCH } else { MOST_BYTES_PER_EVENT };
    // Held until the events are committed, as long as the body is in memory.
    let _room = body::room(&api.bodies, body.size_hint().upper(), most).await?;
    let bytes = body::whole(body, most).await?;
    let is_array = || bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    if batch.unwrap_or_else(is_array) {
        return Ok(Outcomes::Batch(take_batch(api.services(), bytes).await?));
    }
    let incoming = check_received(vec![bytes], api.services().now());
    let outcome = outcomes(api.services(), incoming).await?.pop();
    outcome.map(Outcomes::One).ok_or_else(|| ApiError::Broken("the ledger said nothing of an event".into()))
}

/// Takes the events of a batch.
async fn take_batch(services: &Services, bytes: Bytes) -> Result<Vec<Outcome>, ApiError> {
    if bytes.len() > MOST_BYTES_OF_BATCH {
        return Err(body::too_large(MOST_BYTES_OF_BATCH));
    }
    let now = services.now();
    let incoming = tokio::task::spawn_blocking(move || {
        let events = split::events(&bytes, MOST_EVENTS_OF_BATCH)?;
        Ok::<_, ApiError>(check_received(events, now))
    });
    outcomes(services, incoming.await??).await
}

/// Takes events and says what became of each.
async fn outcomes(services: &Services, incoming: Vec<store::ledger::Incoming>) -> Result<Vec<Outcome>, ApiError> {
    if incoming.is_empty() {
        return Ok(Vec::new());
    }
    Ok(services.take(incoming).await?.into_iter().map(Outcome::of).collect())
}

fn count(metrics: Option<&Metrics>, outcomes: &[Outcome]) {
    if let Some(metrics) = metrics {
        outcomes.iter().for_each(|outcome| metrics.taken(outcome.status(), outcome.reason()));
    }
}
