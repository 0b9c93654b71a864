//! A child, or carer: whose case it is, what is open, every clock with its explanation, what happened, and what is odd;
//! now, or as at any day, as known on any day.

mod clocks;
#[cfg(test)]
pub mod examples;
mod timeline;
mod view;

use crate::address::{Back, Fields};
use crate::app::App;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use calendar::Instant;
use calendar::london::end_of_day;
use services::{SubjectEvents, events_of_subject};
use vocabulary::{Date, Subject};

pub use clocks::Source;

/// What an address asks of a subject's page.
#[derive(Clone, Debug, Default)]
pub struct AskedDays {
    /// As at which day, as it was typed.
    pub at: String,
    /// As known on which day, as it was typed.
    pub known: String,
    /// The page to go back to.
    pub back: Option<Back>,
    /// How many of the latest events are left out, because an earlier page showed them.
    pub skip: usize,
}

/// The instants of the question, or what is wrong with how they were typed: the field, and what to do.
struct Instants {
    at: Option<Instant>,
    known: Option<Instant>,
    wrong: Vec<(&'static str, String)>,
}

impl AskedDays {
    fn read(query: &str) -> Result<AskedDays, String> {
        let fields = Fields::read(query)?;
        let typed = |name| fields.one(name).unwrap_or_default().trim().to_owned();
        Ok(AskedDays {
            at: typed("at"),
            known: typed("known"),
            back: Back::read(fields.one("back")),
            skip: fields.one("skip").and_then(|skip| skip.parse().ok()).unwrap_or(0),
        })
    }

    fn instants(&self) -> Instants {
        let mut wrong = Vec::new();
        let mut read = |name, what: &str, typed: &str| {
            let instant = instant(typed);
            if instant.is_none() && !typed.is_empty() {
                wrong.push((name, format!("The day {what} must be a real date, like 2021-01-31")));
            }
            instant
        };
        let at = read("at", "to show the case as at", &self.at);
        let known = read("known", "by which things were known", &self.known);
        Instants { at, known, wrong }
    }
}

/// A bare date means the last instant of that local day; an instant means itself.
fn instant(typed: &str) -> Option<Instant> {
    Date::parse(typed).map(end_of_day).or_else(|| Instant::parse(typed).ok())
}

/// Shows the page.
pub async fn show(
    State(app): State<App>,
    Path((kind, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let subject = Subject::parse(&format!("{kind}/{id}")).filter(|subject| subject.kind().has_uuid());
    let subject = subject.ok_or(PageError::NotFound)?;
    let asked = AskedDays::read(&query.unwrap_or_default()).map_err(PageError::BadRequest)?;
    let current = app.current()?;
    let events = events_of_subject(&**app.services.store(), &subject, current.checkpoint).await?;
    let events: SubjectEvents = events.ok_or(PageError::NotFound)?;
    let Instants { at, known, wrong } = asked.instants();
    let is_wrong = !wrong.is_empty();
    let is_past = at.is_some() || known.is_some();
    let at = at.unwrap_or(app.services.now());
    let frame = Frame::of(&app, Section::Worklist, &current, at).await?;
    let question = view::Question { subject: &subject, asked, at, known, is_past, wrong };
    let mut response = match question.page(frame, &events.accepted, current.rulebook()) {
        Ok(page) => answer(&page)?,
        Err(not_there) => answer(&*not_there)?,
    };
    if is_wrong {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    Ok(response)
}
