//! Events out again: the ledger as lines.

use super::Api;
use super::parameters::{Asked, Holds, Named, takes};
use super::problem::{ApiError, Problem};
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use std::io;
use std::sync::Arc;
use store::Store;
use store::ledger::Position;

/// How many events are read at once: some hundred kilobytes.
const EVENTS_AT_ONCE: u32 = 1_000;

takes!(ExportParameters, &[Named { name: "from", holds: Holds::Number, says: "The first position; 1 without it." }]);

/// Exports the ledger.
///
/// The accepted events in the order of the ledger, one a line, as they were received, with `receivedtime`: those that
/// are there when it begins. The same bytes as `sightline export`.
#[utoipa::path(get, path = "/events", tag = "events", operation_id = "export_events", params(ExportParameters), responses(
    (status = 200, description = "One event a line.", body = String, content_type = "application/x-ndjson"),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn events(State(api): State<Api>, asked: Asked<ExportParameters>) -> Result<Response, ApiError> {
    let from = asked.number("from")?.unwrap_or(1).max(1);
    let store = Arc::clone(api.services().store());
    let to = store.head().await?.size;
    let lines = futures_util::stream::try_unfold(from, move |from| page(Arc::clone(&store), from, to));
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(lines)).into_response())
}

/// The lines of the next events, and where to go on; none where all up to `to` are given. An error ends the answer
/// short of its end, which the client notices.
async fn page(store: Arc<dyn Store>, from: Position, to: Position) -> Result<Option<(Bytes, Position)>, io::Error> {
    if from > to {
        return Ok(None);
    }
    let lines = lines(&*store, from, to).await;
    lines.map(Some).map_err(|error| io::Error::other(error.told().into_detail()))
}

async fn lines(store: &dyn Store, from: Position, to: Position) -> Result<(Bytes, Position), ApiError> {
    let events = store.events_from(from, EVENTS_AT_ONCE).await?;
    let mut text = Vec::new();
    let mut next = from;
    for event in events.iter().take_while(|event| event.position <= to) {
        exchange::export::write_line(&event.bytes, event.received, &mut text)?;
        next = event.position + 1;
    }
    if next == from {
        let why = format!("the ledger ends before position {from}, and has {to} events");
        return Err(ApiError::Store(store::StoreError::Damaged(why)));
    }
    Ok((text.into(), next))
}
