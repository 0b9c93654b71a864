//! Findings of one kind, with the children on whom they were found.

use crate::address::{self, Fields, short_name, with_query};
use crate::app::App;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use crate::reading::{Reading, read};
use crate::words;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use store::query::Cursor;
use store::read_model::ListedFinding;

/// How many findings one page shows.
const FINDINGS_ON_A_PAGE: u32 = 50;

/// The page.
#[derive(Template)]
#[template(path = "quality/findings.html")]
pub struct FindingsPage {
    /// What is around it.
    pub frame: Frame,
    /// What the kind is called.
    pub title: String,
    /// How many there are in all.
    pub count: String,
    /// The findings of this page.
    pub rows: Vec<FindingLine>,
    /// The first page, where this is another.
    pub first: Option<String>,
    /// The next page.
    pub next: Option<String>,
}

/// A kind of finding, and how many there are.
pub struct KindCount {
    /// What it is called.
    pub title: String,
    /// How many.
    pub count: String,
    /// The list.
    pub href: String,
}

impl KindCount {
    /// Of a kind.
    pub fn of(kind: &str, count: u64) -> KindCount {
        KindCount { title: kind_title(kind), count: words::number(count), href: format!("/quality/findings/{kind}") }
    }
}

/// A finding.
pub struct FindingLine {
    /// A short name of the subject.
    pub name: String,
    /// Its page; none: it has none.
    pub href: Option<String>,
    /// Whose it is.
    pub holder: String,
    /// What is odd.
    pub detail: String,
}

/// What people call a kind of finding, by the engine's name.
pub fn kind_title(kind: &str) -> String {
    match kind {
        "end_without_start" => "Ended, but never started".to_owned(),
        "end_before_start" => "Ended before it started".to_owned(),
        "started_twice" => "Started twice".to_owned(),
        "episode_collision" => "One episode name in two merged histories".to_owned(),
        "overlapping_plans" => "Overlapping plans of one kind".to_owned(),
        "no_allocation" => "Open case without an allocation".to_owned(),
        "no_date_of_birth" => "No date of birth".to_owned(),
        "replaced_twice" => "Replaced twice".to_owned(),
        "recorded_months_late" => "Recorded two months late or more".to_owned(),
        // A kind that a later version of the engine finds.
        other => words::event_type(other),
    }
}

/// Shows the page.
pub async fn show(
    State(app): State<App>,
    Path(kind): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let fields = Fields::read(&query.unwrap_or_default()).map_err(PageError::BadRequest)?;
    let after = fields.one("after").map(|after| Cursor(after.to_owned()));
    let (store, of_kind, from) = (app.services.store(), kind.as_str(), after.as_ref());
    let Reading { found: (count, page), current, .. } = read(&app.services, |current| async move {
        let counts = store.finding_counts(current.slot).await?;
        let (_, count) = counts.into_iter().find(|(known, _)| known == of_kind).ok_or(PageError::NotFound)?;
        Ok::<_, PageError>((count, store.findings(current.slot, of_kind, from, FINDINGS_ON_A_PAGE).await?))
    })
    .await?;
    let path = format!("/quality/findings/{kind}");
    let here = with_query(&path, fields.one("after").map(|after| ("after", after)));
    answer(&FindingsPage {
        title: kind_title(&kind),
        count: words::counted(count, "finding", "findings"),
        rows: page.rows.iter().map(|found| line(found, &here)).collect(),
        first: after.is_some().then(|| path.clone()),
        next: page.next.map(|Cursor(after)| with_query(&path, [("after", after.as_str())])),
        frame: Frame::of(&app, Section::Quality, &current, app.services.now()).await?,
    })
}

fn line(found: &ListedFinding, here: &str) -> FindingLine {
    let team = found.team.as_deref().map(|team| format!(", {team}")).unwrap_or_default();
    FindingLine {
        name: short_name(&found.subject),
        href: address::subject(&found.subject, Some(here)),
        holder: format!("{}{team}", found.locality),
        detail: found.finding.detail.clone(),
    }
}
