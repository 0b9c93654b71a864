//! The quality of the data: what was refused, what is odd, and how late things are recorded.

#[cfg(test)]
pub mod examples;
mod findings;
mod quarantine;
mod recording;

use crate::address::Fields;
use crate::app::App;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use crate::words;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use store::quarantine::Standing;

pub use findings::show as show_findings;
pub use quarantine::{MOST_BYTES_OF_A_FORM, correct, discard, release, show_all, show_one};

use findings::KindCount;
use quarantine::RefusedLine;
use recording::{MonthChoice, TeamRow};

/// The page.
#[derive(Template)]
#[template(path = "quality.html")]
pub struct QualityPage {
    /// What is around it.
    pub frame: Frame,
    /// How many refused events wait for somebody.
    pub open: u64,
    /// The first of them.
    pub refused: Vec<RefusedLine>,
    /// How many findings there are of each kind.
    pub kinds: Vec<KindCount>,
    /// The month whose recording is shown.
    pub month: String,
    /// The months that can be shown.
    pub months: Vec<MonthChoice>,
    /// How late each team recorded.
    pub teams: Vec<TeamRow>,
}

impl QualityPage {
    /// How many refused events wait, in words.
    pub fn open_words(&self) -> String {
        words::counted(self.open, "event waits", "events wait")
    }
}

/// How many refused events the page itself shows.
const REFUSED_SHOWN: u32 = 10;

/// Shows the page.
pub async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let fields = Fields::read(&query.unwrap_or_default()).map_err(PageError::BadRequest)?;
    let current = app.current()?;
    let now = app.services.now();
    let store = app.services.store();
    let (period, months) = recording::months(fields.one("period"), now).map_err(PageError::BadRequest)?;
    let refused = store.quarantined(Standing::Open, 0, REFUSED_SHOWN).await?;
    let counts = store.finding_counts(current.slot).await?;
    let recorded = store.recording(&current.rules.digest, period.as_str()).await?;
    answer(&QualityPage {
        open: store.quarantine_open().await?,
        refused: refused.iter().map(RefusedLine::of).collect(),
        kinds: counts.into_iter().map(|(kind, count)| KindCount::of(&kind, count)).collect(),
        month: words::month(period.first()),
        months,
        teams: recording::rows(recorded),
        frame: Frame::of(&app, Section::Quality, &current, now).await?,
    })
}
