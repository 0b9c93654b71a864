//! The worklist: the clocks that a question lets through, grouped by child, with the filter that asks it.

pub mod asked;
#[cfg(test)]
pub mod examples;
mod export;
mod filter;

use crate::address::{self, anchor, clock_key, short_name};
use crate::app::App;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use crate::reading::{Reading, read};
use crate::words;
use askama::Template;
use asked::Asked;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use calendar::Instant;
use engine::{Row, Status};
use rulebook::Rulebook;
use store::query::{Cursor, Group, Order};

pub use export::{csv, xlsx};
use filter::FilterPanel;

/// How many children one page shows.
const CHILDREN_ON_A_PAGE: u32 = 25;

/// The page.
#[derive(Template)]
#[template(path = "worklist.html")]
pub struct WorklistPage {
    /// What is around it.
    pub frame: Frame,
    /// How many clocks there are, on all pages together.
    pub count: u64,
    /// The filter.
    pub filter: FilterPanel,
    /// What each column is called, and how to sort by it.
    pub columns: Vec<Column>,
    /// The children of this page with their clocks.
    pub children: Vec<ChildRows>,
    /// The first page, where this is another.
    pub first: Option<String>,
    /// The next page, where there is one.
    pub next: Option<String>,
    /// What the link to it says.
    pub next_title: String,
    /// The same clocks as CSV.
    pub csv: String,
    /// The same clocks as a workbook.
    pub xlsx: String,
    /// The live feed of the same question.
    pub live: String,
}

/// A column of the list.
pub struct Column {
    /// What it is called.
    pub title: &'static str,
    /// The list sorted by it; none: it cannot be.
    pub href: Option<String>,
    /// Whether the list is sorted by it.
    pub sorted: bool,
}

/// A child, or carer or worker, and its clocks.
pub struct ChildRows {
    /// A short name.
    pub name: String,
    /// Its page, which leads back here; none: it has none.
    pub href: Option<String>,
    /// Its clocks.
    pub clocks: Vec<ClockRow>,
}

/// A clock in the list.
pub struct ClockRow {
    /// Its key in the API and the live feed.
    pub key: String,
    /// The anchor of the row.
    pub anchor: String,
    /// What it is called.
    pub title: String,
    /// The status in class names.
    pub class: &'static str,
    /// When it is due.
    pub due: String,
    /// How it stands, in words.
    pub words: String,
    /// The locality.
    pub locality: String,
    /// The team.
    pub team: String,
    /// The worker.
    pub worker: String,
}

impl WorklistPage {
    /// `132 clocks`.
    pub fn counted(&self) -> String {
        words::counted(self.count, "clock", "clocks")
    }
}

/// Shows the page.
pub async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let asked = Asked::read(&query.unwrap_or_default()).map_err(PageError::BadRequest)?;
    let now = app.services.now();
    let (services, store) = (&app.services, app.services.store());
    let after = asked.after.clone().map(Cursor);
    let (question, after) = (&asked, after.as_ref());
    let Reading { found: (page, count, holders), current, .. } = read(services, |current| async move {
        let query = question.query(&current, now).map_err(PageError::BadRequest)?;
        let page = store.groups(current.slot, &query, question.sort, after, CHILDREN_ON_A_PAGE, current.rulebook());
        let count = store.count(current.slot, &query);
        let (page, count) = tokio::try_join!(page, count)?;
        Ok::<_, PageError>((page, count, services.holders(&current).await?))
    })
    .await?;
    let rulebook = current.rulebook();
    let frame = Frame::of(&app, Section::Worklist, &current, now).await?;
    let here = asked.href("/worklist");
    let first_page = asked.at_the_first();
    answer(&WorklistPage {
        frame,
        count,
        filter: FilterPanel::of(&asked, &holders, rulebook),
        columns: columns(&asked),
        children: page.rows.into_iter().map(|group| child(group, &here, now, rulebook)).collect(),
        first: asked.after.is_some().then(|| first_page.href("/worklist")),
        next_title: format!("Next {CHILDREN_ON_A_PAGE} children"),
        next: page.next.map(|Cursor(after)| Asked { after: Some(after), ..asked.clone() }.href("/worklist")),
        csv: first_page.href("/worklist.csv"),
        xlsx: first_page.href("/worklist.xlsx"),
        live: live(&first_page, current.checkpoint),
    })
}

/// The live feed of a list, which is told at once where the list is already another than the one of that position.
fn live(asked: &Asked, position: u64) -> String {
    let feed = asked.href("/api/v1/live");
    let and = if feed.contains('?') { '&' } else { '?' };
    format!("{feed}{and}position={position}")
}

fn columns(asked: &Asked) -> Vec<Column> {
    let sortable = |title, order: Order| Column {
        title,
        href: Some(asked.sorted_by(order).href("/worklist")),
        sorted: asked.sort == order,
    };
    let fixed = |title| Column { title, href: None, sorted: false };
    vec![
        sortable("Child", Order::Subject),
        sortable("Clock", Order::Clock),
        sortable("Due", Order::Due),
        fixed("How it stands"),
        sortable("Locality and team", Order::Holder),
        fixed("Worker"),
    ]
}

fn child(group: Group, here: &str, at: Instant, rulebook: &Rulebook) -> ChildRows {
    let clocks: Vec<ClockRow> = group.rows.iter().map(|row| clock(row, at, rulebook)).collect();
    let back = clocks.first().map_or_else(|| here.to_owned(), |clock| format!("{here}#{}", clock.anchor));
    ChildRows { name: short_name(&group.subject), href: address::subject(&group.subject, Some(&back)), clocks }
}

fn clock(row: &Row, at: Instant, rulebook: &Rulebook) -> ClockRow {
    let key = clock_key(row, rulebook);
    ClockRow {
        anchor: anchor(&key),
        key,
        title: rulebook.clocks.get(row.kind).map_or_else(String::new, |rule| rule.title.clone()),
        class: words::status_class(row.status),
        due: words::due_when(row),
        words: words::clock_status(row, at),
        locality: row.locality.to_string(),
        team: row.team.as_ref().map_or_else(|| "no team".to_owned(), ToString::to_string),
        worker: row.worker.as_ref().map_or_else(|| "no worker".to_owned(), ToString::to_string),
    }
}

/// The statuses that the list shows where the address names none.
pub(crate) const USUAL: [Status; 2] = [Status::Overdue, Status::DueSoon];
