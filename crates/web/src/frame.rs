//! What every page has around its content: the header, the navigation, what the page is as at, and what is under way.

use crate::app::App;
use crate::assets;
use crate::error::PageError;
use crate::words;
use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};
use calendar::Instant;
use services::Current;

/// The part of the site that a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The county.
    County,
    /// The worklist.
    Worklist,
    /// The measures.
    Measures,
    /// Data quality.
    Quality,
    /// The system.
    System,
    /// None of them.
    None,
}

/// The parts with their addresses and names, as the navigation shows them.
const NAVIGATION: [(Section, &str, &str); 5] = [
    (Section::County, "/", "County"),
    (Section::Worklist, "/worklist", "Worklist"),
    (Section::Measures, "/measures", "Measures"),
    (Section::Quality, "/quality", "Data quality"),
    (Section::System, "/system", "System"),
];

/// What every page has around its content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The part of the site that the page belongs to.
    pub section: Section,
    /// What the authority is called; empty where nobody has said.
    pub authority: String,
    /// What the page is as at; none where it shows nothing that changes.
    pub as_at: Option<AsAt>,
    /// What is under way, or wrong.
    pub notices: Vec<Notice>,
}

/// What a page is as at.
#[derive(Clone, Debug)]
pub struct AsAt {
    /// The instant.
    pub instant: String,
    /// How fresh the data is.
    pub fresh: String,
    /// The rulebook that it is shown under.
    pub rulebook: String,
}

/// Something under way, or wrong, that a reader of figures must know.
#[derive(Clone, Debug)]
pub struct Notice {
    /// In a sentence.
    pub text: String,
    /// How far it is: done, and of how many.
    pub progress: Option<(u64, u64)>,
}

impl Notice {
    /// How far it is, in words.
    pub fn progress_words(&self) -> String {
        self.progress.map_or_else(String::new, |(done, total)| {
            format!("{} of {} events", words::number(done), words::number(total))
        })
    }
}

impl Frame {
    /// The frame of a page that shows nothing of the data.
    pub fn bare(app: &App, section: Section) -> Frame {
        Frame { section, authority: app.authority.to_string(), as_at: None, notices: Vec::new() }
    }

    /// The frame of a page that shows the data as at an instant.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn of(app: &App, section: Section, current: &Current, at: Instant) -> Result<Frame, PageError> {
        let head = app.services.store().head().await?;
        let rulebook = current.rulebook();
        let as_at = AsAt {
            instant: words::instant(at),
            fresh: fresh(head.at, app.services.now(), head.size.saturating_sub(current.checkpoint)),
            rulebook: format!("{}, version {}", rulebook.name, rulebook.version),
        };
        Ok(Frame { as_at: Some(as_at), notices: notices(app, current), ..Frame::bare(app, section) })
    }

    /// The parts of the site: address, name, and whether the page belongs to it.
    pub fn navigation(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        let here = self.section;
        NAVIGATION.into_iter().map(move |(section, href, name)| (href, name, section == here))
    }

    /// The address of the style sheet.
    pub fn style(&self) -> &'static str {
        assets::style()
    }

    /// The address of the script.
    pub fn script(&self) -> &'static str {
        assets::script()
    }

    /// The address of the icon.
    pub fn icon(&self) -> &'static str {
        assets::icon()
    }
}

/// How fresh the data is: when something last arrived, and what of it is not shown yet.
fn fresh(last: Option<Instant>, now: Instant, behind: u64) -> String {
    let arrived = match last {
        None => "No events have arrived yet".to_owned(),
        Some(last) => {
            let ago = u64::try_from(now.micros().saturating_sub(last.micros()) / 1_000_000).unwrap_or(0);
            match ago {
                0 => "Data arrived just now".to_owned(),
                ago => format!("Data last arrived {} ago", words::seconds(ago)),
            }
        }
    };
    match behind {
        0 => arrived,
        behind => format!("{arrived}; {} not shown yet", words::counted(behind, "event is", "events are")),
    }
}

fn notices(app: &App, current: &Current) -> Vec<Notice> {
    let mut notices = Vec::new();
    let sentence = |text: String| Notice { text, progress: None };
    if let Some(fault) = app.services.clock_fault() {
        notices.push(sentence(format!("Nothing can be recorded: {fault}.")));
    }
    if let Some(trouble) = app.services.trouble() {
        notices
            .push(sentence(format!("What arrives is kept, but not shown: {trouble}. This is tried again by itself.")));
    }
    if let Some(progress) = app.services.rebuilding() {
        let other_rules = current.rules.digest != app.services.rules().digest;
        let text = if other_rules {
            let new = &app.services.rules().rulebook;
            format!(
                "The rulebook has changed. Until everything is derived under {}, version {}, this page shows the one before.",
                new.name, new.version
            )
        } else {
            "Everything is being derived anew. This page shows what was there before, without what arrives meanwhile."
                .to_owned()
        };
        notices.push(Notice { text, progress: Some(progress) });
    }
    let figures = app.services.figures_progress();
    if !figures.periods.is_empty() {
        let months: Vec<String> = figures.periods.iter().map(|period| period_words(period)).collect();
        let text = format!("The monthly figures are being computed: {}.", months.join(", "));
        notices.push(Notice { text, progress: Some((figures.done, figures.total)) });
    }
    if let Some(trouble) = figures.trouble {
        notices.push(sentence(format!(
            "The monthly figures could not be computed: {trouble}. This is tried again by itself."
        )));
    }
    notices
}

/// A period as people say it; a month by its name.
pub fn period_words(period: &str) -> String {
    match calendar::Period::parse(period) {
        Ok(read) if read.kind() == calendar::PeriodKind::Month => words::month(read.first()),
        Ok(_) | Err(_) => period.to_owned(),
    }
}

/// A page as an answer.
///
/// # Errors
///
/// Where the template cannot be written.
pub fn answer(page: &impl Template) -> Result<Response, PageError> {
    Ok(Html(page.render()?).into_response())
}
