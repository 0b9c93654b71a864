//! How the system stands: the ledger, the read model, the figures, and the rulebook.

#[cfg(test)]
pub mod examples;

use crate::app::App;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer, period_words};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use calendar::Instant;
use services::Current;
use store::ledger::TreeHead;
use store::merkle::hex;

/// The page.
#[derive(Template)]
#[template(path = "system.html")]
pub struct SystemPage {
    /// What is around it.
    pub frame: Frame,
    /// The version of the program.
    pub version: String,
    /// The ledger, the read model and the rulebook, each under its heading.
    pub parts: Vec<SystemPart>,
    /// The figures that are kept.
    pub figures: Vec<FiguresLine>,
}

/// A part of the system.
pub struct SystemPart {
    /// What it is called.
    pub title: &'static str,
    /// What is known of it.
    pub lines: Vec<SystemLine>,
}

/// Something known of a part.
pub struct SystemLine {
    /// What about.
    pub of: &'static str,
    /// What.
    pub text: String,
    /// Whether it is a code to be compared, not read.
    pub is_code: bool,
    /// Where more is.
    pub href: Option<&'static str>,
}

/// Figures that are kept.
pub struct FiguresLine {
    /// The period.
    pub period: String,
    /// The instant at which it was cut.
    pub at: String,
    /// The position of the ledger that it was computed from.
    pub position: String,
    /// When it was computed.
    pub computed: String,
}

/// Shows the page.
pub async fn show(State(app): State<App>) -> Result<Response, PageError> {
    let current = app.current()?;
    let now = app.services.now();
    let store = app.services.store();
    let head = store.head().await?;
    let open = store.quarantine_open().await?;
    let late = lag(&app, &current, &head, now).await?;
    let figures = store.figure_sets(&current.rules.digest).await?;
    let figures = figures.into_iter().rev().map(|set| FiguresLine {
        period: period_words(&set.period),
        at: words::instant(set.at),
        position: words::number(set.position),
        computed: words::instant(set.computed),
    });
    answer(&SystemPage {
        frame: Frame::of(&app, Section::System, &current, now).await?,
        version: app.version.to_string(),
        parts: vec![ledger(&head, open), read_model(&app, &current, late), rules(&current)],
        figures: figures.collect(),
    })
}

fn line(of: &'static str, text: String) -> SystemLine {
    SystemLine { of, text, is_code: false, href: None }
}

fn code(of: &'static str, text: String) -> SystemLine {
    SystemLine { is_code: true, ..line(of, text) }
}

fn ledger(head: &TreeHead, open: u64) -> SystemPart {
    let committed = head.at.map_or_else(|| "Nothing yet".to_owned(), words::instant);
    let waiting = SystemLine {
        href: Some("/quality/quarantine"),
        ..line("Refused, and waiting for somebody", words::counted(open, "event", "events"))
    };
    SystemPart {
        title: "Ledger",
        lines: vec![
            line("Events", words::number(head.size)),
            line("Last commit", committed),
            code("Tree head", hex(&head.root)),
            waiting,
        ],
    }
}

/// How far the read model is behind: in events, and in seconds since the first of them was received.
struct Lag {
    events: u64,
    seconds: u64,
}

async fn lag(app: &App, current: &Current, head: &TreeHead, now: Instant) -> Result<Lag, PageError> {
    let events = head.size.saturating_sub(current.checkpoint);
    let waiting = match events {
        0 => None,
        _ => app.services.store().events_from(current.checkpoint.saturating_add(1), 1).await?.pop(),
    };
    let micros = waiting.map_or(0, |first| now.micros().saturating_sub(first.received.micros()));
    Ok(Lag { events, seconds: u64::try_from(micros / 1_000_000).unwrap_or(0) })
}

fn read_model(app: &App, current: &Current, lag: Lag) -> SystemPart {
    let behind = format!(
        "{}, {}",
        words::counted(lag.events, "event", "events"),
        words::counted(lag.seconds, "second", "seconds")
    );
    let mut lines = vec![
        line("Shows events up to position", words::number(current.checkpoint)),
        line("Behind the ledger by", behind),
        line("Derived anew", words::instant(current.begun)),
    ];
    if let Some((done, total)) = app.services.rebuilding() {
        lines.push(line("Being derived anew", format!("{} of {} events", words::number(done), words::number(total))));
    }
    if let Some(trouble) = app.services.trouble() {
        lines.push(line("Trouble", trouble));
    }
    SystemPart { title: "Read model", lines }
}

fn rules(current: &Current) -> SystemPart {
    let rulebook = current.rulebook();
    let text = SystemLine { href: Some("/system/rulebook"), ..line("Text", "Read the rulebook".to_owned()) };
    SystemPart {
        title: "Rulebook",
        lines: vec![
            line("Name", format!("{}, version {}", rulebook.name, rulebook.version)),
            line("In effect here since", words::instant(current.begun)),
            line("Clocks", words::number(rulebook.clocks.len() as u64)),
            line("Measures", words::number(rulebook.measures.len() as u64)),
            code("Digest", current.rules.digest.to_string()),
            text,
        ],
    }
}

/// The text of the rulebook.
#[derive(Template)]
#[template(path = "system/rulebook.html")]
pub struct RulebookPage {
    /// What is around it.
    pub frame: Frame,
    /// What it is called.
    pub name: String,
    /// The digest of the text.
    pub digest: String,
    /// The text.
    pub text: String,
}

/// Shows the text of the rulebook that everything is shown under.
pub async fn show_rulebook(State(app): State<App>) -> Result<Response, PageError> {
    let current = app.current()?;
    let rulebook = current.rulebook();
    answer(&RulebookPage {
        name: format!("{}, version {}", rulebook.name, rulebook.version),
        digest: current.rules.digest.to_string(),
        text: current.rules.text.to_string(),
        frame: Frame::of(&app, Section::System, &current, app.services.now()).await?,
    })
}

/// The text of the rulebook as a file, to be changed and tried.
pub async fn rulebook_file(State(app): State<App>) -> Result<Response, PageError> {
    let current = app.current()?;
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rulebook.toml\""),
    ];
    Ok((headers, current.rules.text.to_string()).into_response())
}
