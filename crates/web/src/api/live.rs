//! The live feed: server-sent events that say how a list changes.

use super::Api;
use super::parameters::{Asked, CLOCKS, Holds, Named, STANDING, takes};
use super::problem::{ApiError, Problem};
use super::worklist::{clock_query, question};
use crate::address::clock_key;
use crate::health::{Listener, Metrics};
use crate::words;
use crate::worklist::asked;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use calendar::Instant;
use engine::{Row, Status};
use futures_util::{Stream, StreamExt as _};
use rulebook::Rulebook;
use serde::Serialize;
use services::{Change, Services};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use store::query::ClockQuery;
use tokio::sync::OwnedSemaphorePermit;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use utoipa::ToSchema;

/// How often something is sent where nothing changes, so that a broken connection is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

takes!(LiveParameters, CLOCKS, STANDING, SINCE, UNUSED);

/// What list is followed.
const SINCE: &[Named] = &[Named {
    name: "position",
    holds: Holds::Number,
    says: "The `position` of the list that is at hand. Where it is no longer the present one, that is told at once.",
}];

/// What the address of a worklist may have as well.
const UNUSED: &[Named] = &[
    Named { name: "sort", holds: Holds::Text, says: "Changes nothing: a worklist's address can be used as it is." },
    Named { name: "after", holds: Holds::Text, says: "Changes nothing, as `sort`." },
];

/// How a list changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListChange {
    /// The position of the ledger that the list was derived from.
    position: u64,
    /// The instant that it is as at.
    at: String,
    /// How many clocks the list has now.
    count: u64,
    /// The clocks that are in the list now and were not.
    entered: Vec<String>,
    /// The clocks that were in the list and are no longer. One that is among both has changed.
    left: Vec<String>,
    /// The clocks of the list that have become overdue, or are so by other words.
    overdue: Vec<Words>,
    /// Whether anything else may have changed: ask for the list anew.
    all: bool,
}

/// How a clock stands, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Words {
    /// The clock's id.
    id: String,
    /// The words.
    words: String,
}

/// Follows a list.
///
/// Server-sent events called `change`, each with how the list of the same filter changed; sent only when it did.
/// Whoever connects again with `Last-Event-ID`, or gives a `position` that the read model has left, is told at once that
/// anything may have changed.
#[utoipa::path(get, path = "/live", tag = "worklist", params(LiveParameters), responses(
    (status = 200, description = "Server-sent events; the data of each is a change.", body = ListChange, content_type = "text/event-stream"),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "As many listen already as can, or there is nothing to show yet.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn live(
    State(api): State<Api>,
    asked: Asked<LiveParameters>,
    metrics: Option<Extension<Metrics>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let (question, known) = (question(&asked.text)?, asked.number("position")?);
    clock_query(&question, &*api.current()?, api.services().now())?;
    let room = Arc::clone(&api.listeners).try_acquire_owned();
    let room = room.map_err(|_| ApiError::TooMany("As many follow the lists as can at once."))?;
    let follower = Arc::new(Follower {
        services: api.services().clone(),
        question,
        _room: room,
        _counted: metrics.map(|Extension(metrics)| metrics.listener()),
    });
    let changes = BroadcastStream::new(api.services().listen());
    // Asked after listening has begun, so that nothing falls between.
    let present = api.current()?.checkpoint;
    let has_missed = headers.contains_key("last-event-id") || known.is_some_and(|position| position != present);
    let missed = has_missed.then_some(Err(BroadcastStreamRecvError::Lagged(0)));
    let heard = futures_util::stream::iter(missed).chain(changes);
    let events = heard.filter_map(move |heard| {
        let follower = Arc::clone(&follower);
        async move { follower.event(heard).await.map(Ok) }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

struct Follower {
    services: Services,
    question: asked::Asked,
    _room: OwnedSemaphorePermit,
    _counted: Option<Listener>,
}

impl Follower {
    /// What is sent of something heard; nothing where it concerns other lists.
    async fn event(&self, heard: Result<Arc<Change>, BroadcastStreamRecvError>) -> Option<Event> {
        match self.change(heard.ok()).await {
            Ok(Some(change)) => {
                let event = Event::default().event("change").id(change.position.to_string()).json_data(&change);
                event.inspect_err(|error| tracing::error!(%error, "a change could not be written")).ok()
            }
            Ok(None) => None,
            Err(error) => {
                // The next change says the count again; whoever must know now asks for the list.
                error.told();
                None
            }
        }
    }

    /// How the list changed. `heard` is none where something was missed.
    async fn change(&self, heard: Option<Arc<Change>>) -> Result<Option<ListChange>, ApiError> {
        let current = self.services.current().ok_or(ApiError::Starting)?;
        let at = heard.as_ref().map_or_else(|| self.services.now(), |change| change.at);
        let query = clock_query(&self.question, &current, at)?;
        let listed = match &heard {
            Some(change) => of_list(change, &query, current.rulebook()),
            None => ListChange { all: true, ..ListChange::default() },
        };
        if listed == ListChange::default() {
            return Ok(None);
        }
        let position = heard.map_or(current.checkpoint, |change| change.position);
        let count = self.services.store().count(current.slot, &query).await?;
        Ok(Some(ListChange { position, at: at.to_string(), count, ..listed }))
    }
}

/// What of a change concerns a list.
fn of_list(change: &Change, query: &ClockQuery, rulebook: &Rulebook) -> ListChange {
    let mut listed = ListChange { all: change.all, ..ListChange::default() };
    let of_filter = |rows: &[Row]| -> BTreeMap<String, Row> {
        let rows = rows.iter().filter(|row| query.lets_through(row));
        rows.map(|row| (clock_key(row, rulebook), row.clone())).collect()
    };
    let (removed, added) = (of_filter(&change.removed), of_filter(&change.added));
    for (id, row) in &added {
        let words = said(row, change.at);
        match removed.get(id).map(|before| said(before, change.at)) {
            None => listed.entered.push(id.clone()),
            Some(before) if before == words => {}
            Some(_) if row.status == Status::Overdue => listed.overdue.push(Words { id: id.clone(), words }),
            Some(_) => {
                listed.entered.push(id.clone());
                listed.left.push(id.clone());
            }
        }
    }
    listed.left.extend(removed.keys().filter(|id| !added.contains_key(*id)).cloned());
    for row in &change.overdue {
        let id = clock_key(row, rulebook);
        // Whatever turns overdue was due on that day or in that hour, and so was due soon.
        let before = Row { status: Status::DueSoon, overdue: None, ..row.clone() };
        match (query.lets_through(&before), query.lets_through(row)) {
            (true, true) => listed.overdue.push(Words { id, words: said(row, change.at) }),
            (false, true) => listed.entered.push(id),
            (true, false) => listed.left.push(id),
            (false, false) => {}
        }
    }
    listed
}

fn said(row: &Row, at: Instant) -> String {
    words::clock_status(row, at)
}
