//! The worklist and its counts.

use super::Api;
use super::answer::{Held, json};
use super::parameters::{Asked, CLOCKS, PAGE, SORT, STANDING, takes};
use super::problem::{ApiError, Problem};
use super::schemas::ClockRow;
use crate::address::{clock_key, with_query};
use crate::areas;
use crate::reading::{Reading, read};
use crate::worklist::asked;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use calendar::Instant;
use engine::Row;
use rulebook::Rulebook;
use serde::Serialize;
use services::Current;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::query::{ClockQuery, Count};
use utoipa::ToSchema;

takes!(WorklistParameters, super::parameters::CLOCKS, STANDING, SORT, PAGE);
takes!(CountsParameters, CLOCKS);
takes!(NoParameters,);

/// One page of the worklist.
#[derive(Serialize, ToSchema)]
pub struct Worklist {
    /// The instant that it is as at.
    at: String,
    /// The position of the ledger that it was derived from.
    position: u64,
    /// How many clocks the whole list has.
    count: u64,
    /// The clocks of the page.
    rows: Vec<ClockRow>,
    /// `after` of the next page; null: this is the last.
    next: Option<String>,
}

/// Lists clocks.
///
/// The running clocks that are overdue or due soon, or those that are asked for, one page at a time.
#[utoipa::path(get, path = "/worklist", tag = "worklist", params(WorklistParameters), responses(
    (status = 200, description = "A page of the worklist; `Link` leads to the next.", body = Worklist),
    (status = 304, description = "What is held already still holds."),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "There is nothing to show yet.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn worklist(
    State(api): State<Api>,
    asked: Asked<WorklistParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (question, limit, after) = (question(&asked.text)?, asked.limit()?, asked.after());
    let (at, store) = (api.services().now(), api.services().store());
    let (question, after) = (&question, after.as_ref());
    let Reading { found: (page, count), position, current } = read(api.services(), |current| async move {
        let query = clock_query(question, &current, at)?;
        let page = store.clocks(current.slot, &query, question.sort, after, limit, current.rulebook()).await?;
        Ok::<_, ApiError>((page, store.count(current.slot, &query).await?))
    })
    .await?;
    let rows = rows(&page.rows, current.rulebook())?;
    let next = page.next.map(|cursor| cursor.0);
    let link = next.as_deref().map(|next| next_link(&asked.text, next));
    let mut response = json(&held, at, &Worklist { at: at.to_string(), position, count, rows, next })?;
    if let Some(link) = link.and_then(|link| HeaderValue::try_from(link).ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// What a query string asks of the worklist.
///
/// # Errors
///
/// Says what is not understood.
pub fn question(text: &str) -> Result<asked::Asked, ApiError> {
    asked::Asked::read(text).map_err(ApiError::BadRequest)
}

/// The question as the read model takes it.
///
/// # Errors
///
/// Names a clock that the rulebook does not have, and the one that may be meant.
pub fn clock_query(question: &asked::Asked, current: &Current, at: Instant) -> Result<ClockQuery, ApiError> {
    let rulebook = current.rulebook();
    if let Some(unknown) = question.clocks.iter().find(|id| rulebook.clock(id).is_none()) {
        let meant = rulebook::did_you_mean(unknown, rulebook.clocks.iter().map(|rule| rule.id.as_str()));
        return Err(ApiError::BadRequest(format!("The rulebook has no clock `{unknown}`{meant}.")));
    }
    question.query(current, at).map_err(ApiError::BadRequest)
}

fn rows(rows: &[Row], rulebook: &Rulebook) -> Result<Vec<ClockRow>, ApiError> {
    let row = |row: &Row| {
        let id = clock_key(row, rulebook);
        ClockRow::of(exchange::answers::worklist_row_json(&id, row, rulebook)).map_err(ApiError::from)
    };
    rows.iter().map(row).collect()
}

/// The link to the next page (RFC 8288).
fn next_link(query: &str, next: &str) -> String {
    let fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let others = fields.iter().filter(|(key, _)| key != "after").map(|(key, value)| (key.as_str(), value.as_str()));
    format!("<{}>; rel=\"next\"", with_query("/api/v1/worklist", others.chain([("after", next)])))
}

/// How many running clocks there are.
#[derive(Serialize, ToSchema)]
pub struct Counts {
    /// The instant that they are as at.
    at: String,
    /// The position of the ledger that they were derived from.
    position: u64,
    /// By locality and area of work.
    areas: Vec<AreaCount>,
    /// By locality and kind of clock.
    clocks: Vec<ClockCount>,
}

/// The running clocks of a locality and an area of work.
#[derive(Serialize, ToSchema)]
pub struct AreaCount {
    /// The locality.
    locality: String,
    /// The area of work.
    area: &'static str,
    /// How they stand.
    #[serde(flatten)]
    standing: Standing,
}

/// The running clocks of a locality and a kind.
#[derive(Serialize, ToSchema)]
pub struct ClockCount {
    /// The locality.
    locality: String,
    /// The kind of clock, by its id in the rulebook.
    clock: String,
    /// How they stand.
    #[serde(flatten)]
    standing: Standing,
}

/// Running clocks by how they stand.
#[derive(Clone, Copy, Default, Serialize, ToSchema)]
pub struct Standing {
    /// Before `due_at` and not due soon.
    on_track: u64,
    /// Due soon.
    due_soon: u64,
    /// Overdue.
    overdue: u64,
}

impl Standing {
    fn of(count: &Count) -> Standing {
        Standing { on_track: count.on_track, due_soon: count.due_soon, overdue: count.overdue }
    }

    fn add(&mut self, other: Standing) {
        self.on_track += other.on_track;
        self.due_soon += other.due_soon;
        self.overdue += other.overdue;
    }
}

/// Counts running clocks.
///
/// By locality and area of work, and by locality and kind of clock. Equal to the lengths of the lists.
#[utoipa::path(get, path = "/counts", tag = "worklist", params(CountsParameters), responses(
    (status = 200, description = "The counts.", body = Counts),
    (status = 304, description = "What is held already still holds."),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn counts(State(api): State<Api>, asked: Asked<CountsParameters>, held: Held) -> Result<Response, ApiError> {
    let question = question(&asked.text)?;
    let (at, store, question) = (api.services().now(), api.services().store(), &question);
    let Reading { found: mut counts, position, current } = read(api.services(), |current: Arc<Current>| async move {
        let query = clock_query(question, &current, at)?;
        Ok::<_, ApiError>(store.counts(current.slot, &query).await?)
    })
    .await?;
    counts.sort_unstable_by(|one, other| (&one.locality, one.kind).cmp(&(&other.locality, other.kind)));
    let (areas, clocks) = grouped(&counts, current.rulebook());
    json(&held, at, &Counts { at: at.to_string(), position, areas, clocks })
}

fn grouped(counts: &[Count], rulebook: &Rulebook) -> (Vec<AreaCount>, Vec<ClockCount>) {
    let mut areas: BTreeMap<(&str, usize), Standing> = BTreeMap::new();
    let mut clocks = Vec::new();
    for count in counts {
        let Some(rule) = rulebook.clocks.get(count.kind) else { continue };
        let place = areas::ALL.iter().position(|area| *area == rule.area).unwrap_or(areas::ALL.len());
        let standing = Standing::of(count);
        areas.entry((&count.locality, place)).or_default().add(standing);
        clocks.push(ClockCount { locality: count.locality.to_string(), clock: rule.id.clone(), standing });
    }
    let area = |((locality, place), standing): ((&str, usize), Standing)| {
        let area = areas::ALL.get(place)?.as_str();
        Some(AreaCount { locality: locality.to_owned(), area, standing })
    };
    (areas.into_iter().filter_map(area).collect(), clocks)
}

/// Everyone that clocks are counted for.
#[derive(Serialize, ToSchema)]
pub struct Holders {
    /// The instant that they are as at.
    at: String,
    /// The position of the ledger that they were derived from.
    position: u64,
    /// The holders.
    holders: Vec<HolderRow>,
}

/// A locality, team and worker that clocks are counted for.
#[derive(Serialize, ToSchema)]
pub struct HolderRow {
    /// The locality.
    pub locality: String,
    /// The team, if any.
    pub team: Option<String>,
    /// The worker, if any.
    pub worker: Option<String>,
}

impl HolderRow {
    /// Of a holder.
    pub fn of(holder: &store::query::Holder) -> HolderRow {
        let text = |text: &Option<vocabulary::Text>| text.as_ref().map(ToString::to_string);
        HolderRow { locality: holder.locality.to_string(), team: text(&holder.team), worker: text(&holder.worker) }
    }
}

/// Lists who holds clocks.
///
/// Every locality, team and worker that clocks are counted for: the values that filters can take.
#[utoipa::path(get, path = "/holders", tag = "worklist", responses(
    (status = 200, description = "The holders.", body = Holders),
    (status = 304, description = "What is held already still holds."),
))]
pub async fn holders(State(api): State<Api>, _: Asked<NoParameters>, held: Held) -> Result<Response, ApiError> {
    let (at, store) = (api.services().now(), api.services().store());
    let Reading { found, position, .. } =
        read(api.services(), |current| async move { Ok::<_, ApiError>(store.holders(current.slot).await?) }).await?;
    let holders = found.iter().map(HolderRow::of).collect();
    json(&held, at, &Holders { at: at.to_string(), position, holders })
}

/// The kinds of clock.
#[derive(Serialize, ToSchema)]
pub struct Clocks {
    /// The instant of the answer.
    at: String,
    /// The kinds of clock, by id.
    clocks: Vec<ClockKind>,
}

/// A kind of clock.
#[derive(Serialize, ToSchema)]
pub struct ClockKind {
    /// Its id in the rulebook.
    id: String,
    /// What people call it.
    title: String,
    /// The area of work.
    area: &'static str,
    /// Whose clock it is: `child`, `carer`, `worker`, `locality` or `authority`.
    subject: &'static str,
    /// Where the rule comes from: a link or a sentence.
    source: String,
    /// The first day in force.
    in_force_from: Option<String>,
    /// The last day in force.
    in_force_until: Option<String>,
}

/// Lists the kinds of clock.
///
/// Those of the rulebook that the worklist is shown under.
#[utoipa::path(get, path = "/clocks", tag = "worklist", responses(
    (status = 200, description = "The kinds of clock.", body = Clocks),
    (status = 304, description = "What is held already still holds."),
))]
pub async fn clocks(State(api): State<Api>, _: Asked<NoParameters>, held: Held) -> Result<Response, ApiError> {
    let (at, current) = (api.services().now(), api.current()?);
    let day = |day: Option<calendar::Date>| day.map(|day| day.to_string());
    let kinds = current.rulebook().clocks.iter().map(|rule| ClockKind {
        id: rule.id.clone(),
        title: rule.title.clone(),
        area: rule.area.as_str(),
        subject: rule.subject.as_str(),
        source: rule.source.clone(),
        in_force_from: day(rule.in_force.from),
        in_force_until: day(rule.in_force.until),
    });
    json(&held, at, &Clocks { at: at.to_string(), clocks: kinds.collect() })
}
