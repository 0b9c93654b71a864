//! Data quality: what is valid but odd, and what was recorded late.

use super::Api;
use super::answer::{Held, json};
use super::measures::period;
use super::parameters::{Asked, Holds, Named, PAGE, takes};
use super::problem::{ApiError, Problem};
use crate::reading::{Reading, read};
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use store::read_model::ListedFinding;
use utoipa::ToSchema;

const FINDING: Named = Named {
    name: "finding",
    holds: Holds::Text,
    says: "The kind of finding that is listed, such as `end_without_start`. Without it none is listed, and all are counted.",
};

const PERIOD: Named = Named {
    name: "period",
    holds: Holds::Text,
    says: "The month, such as `2021-01`: the present one or one of the twelve before. The present one without it.",
};

takes!(FindingsParameters, &[FINDING], PAGE);
takes!(RecordingParameters, &[PERIOD]);

/// What is valid but odd.
#[derive(Serialize, ToSchema)]
pub struct Findings {
    /// The instant of the answer.
    at: String,
    /// The position of the ledger that they were derived from.
    position: u64,
    /// How many findings of each kind there are.
    counts: Vec<FindingCount>,
    /// The findings of the kind asked for; empty where none is.
    rows: Vec<FindingOf>,
    /// `after` of the next page; null: this is the last.
    next: Option<String>,
}

/// How many findings of a kind there are.
#[derive(Serialize, ToSchema)]
pub struct FindingCount {
    /// The kind.
    finding: String,
    /// How many.
    count: u64,
}

/// A finding with its subject.
#[derive(Serialize, ToSchema)]
pub struct FindingOf {
    /// Whose.
    subject: String,
    /// The locality of the subject.
    locality: String,
    /// The team of the subject, if any.
    team: Option<String>,
    /// The kind.
    finding: String,
    /// The source of the event that shows it; null where something is not there.
    source: Option<String>,
    /// The id of that event.
    event: Option<String>,
    /// What is odd, in a sentence.
    detail: String,
}

impl FindingOf {
    fn of(listed: ListedFinding) -> FindingOf {
        let (source, event) = listed.finding.event.unzip();
        FindingOf {
            subject: listed.subject.to_string(),
            locality: listed.locality.to_string(),
            team: listed.team.map(|team| team.to_string()),
            finding: listed.finding.kind,
            source,
            event,
            detail: listed.finding.detail,
        }
    }
}

/// Counts and lists findings.
#[utoipa::path(get, path = "/findings", tag = "quality", params(FindingsParameters), responses(
    (status = 200, description = "The counts, and a page of the kind asked for.", body = Findings),
    (status = 304, description = "What is held already still holds."),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn findings(
    State(api): State<Api>,
    asked: Asked<FindingsParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (at, store) = (api.services().now(), api.services().store());
    let (kind, after, limit) = (asked.one("finding"), asked.after(), asked.limit()?);
    let (kind, after) = (kind.as_deref(), after.as_ref());
    let Reading { found: (counts, page), position, .. } = read(api.services(), |current| async move {
        let counts = store.finding_counts(current.slot).await?;
        let page = match kind {
            Some(kind) => Some(store.findings(current.slot, kind, after, limit).await?),
            None => None,
        };
        Ok::<_, ApiError>((counts, page))
    })
    .await?;
    let counts = counts.into_iter().map(|(finding, count)| FindingCount { finding, count }).collect();
    let (rows, next) = page.map(|page| (page.rows, page.next.map(|cursor| cursor.0))).unwrap_or_default();
    let rows = rows.into_iter().map(FindingOf::of).collect();
    json(&held, at, &Findings { at: at.to_string(), position, counts, rows, next })
}

/// How late events of a month were recorded.
#[derive(Serialize, ToSchema)]
pub struct Recording {
    /// The instant of the answer.
    at: String,
    /// The month in which they occurred.
    period: String,
    /// By locality and team.
    teams: Vec<TeamRecording>,
}

/// How late a team recorded what occurred in a month, in numbers of events.
#[derive(Serialize, ToSchema)]
pub struct TeamRecording {
    /// The locality.
    locality: String,
    /// The team; null: no team.
    team: Option<String>,
    /// Recorded on the day.
    same_day: u64,
    /// Recorded by the end of the next working day.
    next_working_day: u64,
    /// Recorded by the end of the fifth working day.
    within_five: u64,
    /// Recorded later than that.
    later: u64,
}

/// Counts how late events were recorded.
#[utoipa::path(get, path = "/recording", tag = "quality", params(RecordingParameters), responses(
    (status = 200, description = "The counts by locality and team; empty where they are not computed yet.", body = Recording),
    (status = 304, description = "What is held already still holds."),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn recording(
    State(api): State<Api>,
    asked: Asked<RecordingParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (at, current) = (api.services().now(), api.current()?);
    let period = period(asked.one("period"), at)?;
    let mut found = api.services().store().recording(&current.rules.digest, &period).await?;
    found.sort_by(|one, other| (&one.locality, &one.team).cmp(&(&other.locality, &other.team)));
    let team = |of: store::figures::Recording| TeamRecording {
        locality: of.locality,
        team: of.team,
        same_day: of.same_day,
        next_working_day: of.next_working_day,
        within_five: of.within_five,
        later: of.later,
    };
    json(&held, at, &Recording { at: at.to_string(), period, teams: found.into_iter().map(team).collect() })
}
