//! What was refused: the list, each whole, and what can be done about it.

use crate::address::{Fields, with_query};
use crate::app::App;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use crate::words;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use bytes::Bytes;
use services::{TakeError, check_received};
use store::ledger::Incoming;
use store::quarantine::{Action, Quarantined, Standing, Step};
use vocabulary::Refusal;

/// How many refused events one page shows.
const REFUSED_ON_A_PAGE: u32 = 50;

/// The longest text that can be corrected in a page, in bytes. Longer ones are corrected where they come from.
const MOST_BYTES_EDITED: usize = 256 * 1024;

/// How many bytes of a refused event a page shows.
const MOST_BYTES_SHOWN: usize = 64 * 1024;

/// The longest reason or name that is taken, in characters.
const MOST_CHARACTERS: usize = 1_000;

/// The most bytes of a form: each byte of a text may take three.
pub const MOST_BYTES_OF_A_FORM: usize = 4 * MOST_BYTES_EDITED;

/// The list.
#[derive(Template)]
#[template(path = "quality/quarantine.html")]
pub struct QuarantinePage {
    /// What is around it.
    pub frame: Frame,
    /// Which are shown: name, address, and whether it is this list.
    pub standings: Vec<(&'static str, &'static str, bool)>,
    /// The refused events of this page.
    pub rows: Vec<RefusedLine>,
    /// The first page, where this is another.
    pub first: Option<String>,
    /// The next page.
    pub next: Option<String>,
}

/// A refused event in a list.
pub struct RefusedLine {
    /// Its number.
    pub number: u64,
    /// Its page.
    pub href: String,
    /// When it was received.
    pub received: String,
    /// The reason, as the API names it.
    pub reason: &'static str,
    /// The field at fault.
    pub field: String,
    /// What was expected and what was found.
    pub detail: String,
    /// How it stands.
    pub standing: &'static str,
}

impl RefusedLine {
    /// Of a refused event.
    pub fn of(refused: &Quarantined) -> RefusedLine {
        RefusedLine {
            number: refused.number,
            href: format!("/quality/quarantine/{}", refused.number),
            received: words::instant(refused.received),
            reason: refused.refusal.reason.as_str(),
            field: refused.refusal.field.clone().unwrap_or_default(),
            detail: refused.refusal.detail.clone(),
            standing: standing(refused),
        }
    }
}

fn standing(refused: &Quarantined) -> &'static str {
    match refused.steps.last().map(|step| &step.what) {
        None => "Open",
        Some(Action::RefusedAgain(_)) => "Refused again",
        Some(Action::Corrected(_)) => "Corrected",
        Some(Action::Released(_)) => "Released",
        Some(Action::Discarded(_)) => "Discarded",
    }
}

/// Which are listed, with the names in addresses and in words.
const STANDINGS: [(Standing, &str, &str); 3] = [
    (Standing::Open, "/quality/quarantine", "Open"),
    (Standing::Settled, "/quality/quarantine?standing=settled", "Settled"),
    (Standing::All, "/quality/quarantine?standing=all", "All"),
];

/// Shows the list.
pub async fn show_all(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let fields = Fields::read(&query.unwrap_or_default()).map_err(PageError::BadRequest)?;
    let asked = match fields.one("standing") {
        None | Some("open") => Standing::Open,
        Some("settled") => Standing::Settled,
        Some("all") => Standing::All,
        Some(_) => return Err(PageError::BadRequest("What was refused is listed as open, settled or all.".to_owned())),
    };
    let after = fields.one("after").map_or(Ok(0), str::parse::<u64>);
    let after = after.map_err(|_| PageError::BadRequest("The place in the list must be a number.".to_owned()))?;
    let current = app.current()?;
    let refused = app.services.store().quarantined(asked, after, REFUSED_ON_A_PAGE).await?;
    let is_full = u32::try_from(refused.len()) == Ok(REFUSED_ON_A_PAGE);
    let last = refused.last().filter(|_| is_full).map(|last| last.number.to_string());
    let name = fields.one("standing").unwrap_or("open");
    answer(&QuarantinePage {
        standings: STANDINGS.map(|(standing, href, title)| (title, href, standing == asked)).to_vec(),
        rows: refused.iter().map(RefusedLine::of).collect(),
        first: (after > 0).then(|| with_query("/quality/quarantine", [("standing", name)])),
        next: last.map(|last| with_query("/quality/quarantine", [("standing", name), ("after", &last)])),
        frame: Frame::of(&app, Section::Quality, &current, app.services.now()).await?,
    })
}

/// A refused event.
#[derive(Template)]
#[template(path = "quality/item.html")]
pub struct ItemPage {
    /// What is around it.
    pub frame: Frame,
    /// Its number.
    pub number: u64,
    /// Whether something can be done about it.
    pub is_open: bool,
    /// How it stands.
    pub standing: &'static str,
    /// When it was received.
    pub received: String,
    /// The line of the file that it was.
    pub line: Option<String>,
    /// The reason, as the API names it.
    pub reason: &'static str,
    /// The field at fault.
    pub field: Option<String>,
    /// What was expected and what was found.
    pub detail: String,
    /// What it is.
    pub shown: Shown,
    /// What was done about it, in order.
    pub steps: Vec<StepLine>,
    /// What is wrong with a form that was sent.
    pub problems: Vec<Problem>,
    /// What was typed.
    pub typed: Typed,
}

impl ItemPage {
    /// What is wrong with a field of a form.
    pub fn problem(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.what.as_str())
    }
}

/// What was refused, for people to read.
pub struct Shown {
    /// The text, with signs for what cannot be shown.
    pub text: String,
    /// What must be known to read it.
    pub notes: Vec<String>,
    /// The text to correct; none: it is too long for a page.
    pub editable: Option<String>,
}

impl Shown {
    /// Of bytes, whatever they are.
    pub fn of(bytes: &[u8]) -> Shown {
        let mut notes = Vec::new();
        let whole = String::from_utf8_lossy(bytes);
        if std::str::from_utf8(bytes).is_err() {
            notes.push("It is not UTF-8: bytes that are no text show as \u{fffd}.".to_owned());
        }
        let ends = whole.char_indices().map(|(place, character)| place + character.len_utf8());
        let end = ends.take_while(|end| *end <= MOST_BYTES_SHOWN).last().unwrap_or(0);
        let (start, rest) = whole.split_at(end);
        if !rest.is_empty() {
            let (shown, all) = (words::number(start.len() as u64), words::number(bytes.len() as u64));
            notes.push(format!("Only the first {shown} of {all} bytes are shown."));
        }
        let text: String = start.chars().map(sign).collect();
        if text != start {
            notes.push("Characters that cannot be seen show as signs, such as \u{2400} for U+0000.".to_owned());
        }
        let editable = (bytes.len() <= MOST_BYTES_EDITED).then(|| whole.replace('\0', ""));
        if editable.is_none() {
            notes.push(
                "It is too long to be corrected here. Correct it where it comes from, and send it again.".to_owned(),
            );
        }
        Shown { text, notes, editable }
    }
}

/// A control character as its sign; signs that turn the direction of text as an escape.
fn sign(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{2426}',
        other => other,
    }
}

/// Something that was done about it.
pub struct StepLine {
    /// When, and by whom.
    pub when: String,
    /// What.
    pub what: String,
}

impl StepLine {
    /// Of a step.
    pub fn of(step: &Step) -> StepLine {
        let by = if step.by.is_empty() { String::new() } else { format!(", by {}", step.by) };
        StepLine { when: format!("{}{by}", words::instant(step.at)), what: done(&step.what) }
    }
}

fn done(action: &Action) -> String {
    match action {
        Action::Corrected(position) => format!("Corrected, and accepted at position {}.", words::number(*position)),
        Action::Released(position) => {
            format!("Tried again as it is, and accepted at position {}.", words::number(*position))
        }
        Action::RefusedAgain(refusal) => format!("Tried again, and refused again: {}.", refused(refusal)),
        Action::Discarded(reason) => format!("Discarded: {reason}"),
    }
}

fn refused(refusal: &Refusal) -> String {
    let field = refusal.field.as_deref().map(|field| format!(" in {field}")).unwrap_or_default();
    format!("{}{field}, {}", refusal.reason.as_str().replace('_', " "), refusal.detail)
}

/// Something wrong with a form.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The field.
    pub field: &'static str,
    /// What to do.
    pub what: String,
}

/// What was typed into the forms.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The corrected text.
    pub text: Option<String>,
    /// Who corrects.
    pub corrected_by: String,
    /// Who tries again.
    pub released_by: String,
    /// Who discards.
    pub discarded_by: String,
    /// Why it is discarded.
    pub reason: String,
}

async fn item(app: &App, number: u64, problems: Vec<Problem>, typed: Typed) -> Result<Response, PageError> {
    let refused = app.services.store().quarantined_one(number).await?.ok_or(PageError::NotFound)?;
    let current = app.current()?;
    let is_wrong = !problems.is_empty();
    let page = ItemPage {
        number,
        is_open: refused.is_open(),
        standing: standing(&refused),
        received: words::instant(refused.received),
        line: refused.line.map(words::number),
        reason: refused.refusal.reason.as_str(),
        field: refused.refusal.field.clone(),
        detail: refused.refusal.detail.clone(),
        shown: Shown::of(&refused.bytes),
        steps: refused.steps.iter().map(StepLine::of).collect(),
        problems,
        typed,
        frame: Frame::of(app, Section::Quality, &current, app.services.now()).await?,
    };
    let mut response = answer(&page)?;
    if is_wrong {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    Ok(response)
}

/// Shows a refused event.
pub async fn show_one(State(app): State<App>, Path(number): Path<u64>) -> Result<Response, PageError> {
    item(&app, number, Vec::new(), Typed::default()).await
}

/// Takes a corrected text in place of a refused event.
pub async fn correct(State(app): State<App>, Path(number): Path<u64>, form: String) -> Result<Response, PageError> {
    let form = Form::read(&form)?;
    let (text, by) = (form.text("text"), form.text("corrected_by"));
    let mut problems = form.name_problem("corrected_by", &by);
    if text.trim().is_empty() {
        problems.push(Problem { field: "text", what: "Enter the corrected text of the event".to_owned() });
    }
    if !problems.is_empty() {
        let typed = Typed { text: Some(text), corrected_by: by, ..Typed::default() };
        return item(&app, number, problems, typed).await;
    }
    settle(&app, number, Bytes::from(text), true, &by).await
}

/// Tries a refused event again as it is.
pub async fn release(State(app): State<App>, Path(number): Path<u64>, form: String) -> Result<Response, PageError> {
    let form = Form::read(&form)?;
    let by = form.text("released_by");
    let problems = form.name_problem("released_by", &by);
    if !problems.is_empty() {
        return item(&app, number, problems, Typed { released_by: by, ..Typed::default() }).await;
    }
    let refused = app.services.store().quarantined_one(number).await?.ok_or(PageError::NotFound)?;
    settle(&app, number, refused.bytes, false, &by).await
}

/// Puts a refused event aside for good.
pub async fn discard(State(app): State<App>, Path(number): Path<u64>, form: String) -> Result<Response, PageError> {
    let form = Form::read(&form)?;
    let (reason, by) = (form.text("reason"), form.text("discarded_by"));
    let mut problems = form.name_problem("discarded_by", &by);
    if reason.trim().is_empty() || reason.chars().count() > MOST_CHARACTERS {
        let what = format!("Enter why it is discarded, in at most {MOST_CHARACTERS} characters");
        problems.push(Problem { field: "reason", what });
    }
    if !problems.is_empty() {
        return item(&app, number, problems, Typed { reason, discarded_by: by, ..Typed::default() }).await;
    }
    let now = app.services.now();
    in_time(&app)?;
    app.services.store().discard(number, reason.trim(), by.trim(), now).await?;
    Ok(to_item(number))
}

/// What a form says.
struct Form(Fields);

impl Form {
    fn read(body: &str) -> Result<Form, PageError> {
        Fields::read(body).map(Form).map_err(PageError::BadRequest)
    }

    fn text(&self, name: &str) -> String {
        self.0.one(name).unwrap_or_default().to_owned()
    }

    fn name_problem(&self, field: &'static str, by: &str) -> Vec<Problem> {
        if by.trim().is_empty() || by.chars().count() > MOST_CHARACTERS {
            return vec![Problem { field, what: "Enter your name: what is done stays on record".to_owned() }];
        }
        Vec::new()
    }
}

/// Whether anything may be recorded: with a wrong clock it would be on record at a wrong time for ever.
fn in_time(app: &App) -> Result<(), PageError> {
    app.services.clock_fault().map_or(Ok(()), |fault| Err(PageError::Take(TakeError::Clock(fault))))
}

/// Tries bytes in place of what was refused, and shows what came of it. What is settled already stays as it is.
async fn settle(app: &App, number: u64, bytes: Bytes, corrected: bool, by: &str) -> Result<Response, PageError> {
    in_time(app)?;
    let now = app.services.now();
    let incoming: Option<Incoming> = check_received(vec![bytes], now).pop();
    if let Some(incoming) = incoming {
        app.services.store().settle(number, incoming, corrected, by.trim(), now).await?;
        app.services.appended();
    }
    Ok(to_item(number))
}

fn to_item(number: u64) -> Response {
    Redirect::to(&format!("/quality/quarantine/{number}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_shown_safely() {
        let check = |bytes: &[u8], text: &str, notes: usize| {
            let shown = Shown::of(bytes);
            assert_eq!((shown.text.as_str(), shown.notes.len()), (text, notes), "{:?}", shown.notes);
        };
        check(b"{\"id\": 1}\n", "{\"id\": 1}\n", 0);
        check(b"a\0b\x1b[31m", "a\u{2400}b\u{241b}[31m", 1);
        check(b"\xff{", "\u{fffd}{", 1);
        check("a\u{202e}b".as_bytes(), "a\u{2426}b", 1);
    }

    #[test]
    fn long_texts_are_cut_and_not_edited() {
        let shown = Shown::of(&vec![b'x'; MOST_BYTES_EDITED + 1]);
        assert_eq!((shown.text.len(), shown.editable.is_none(), shown.notes.len()), (MOST_BYTES_SHOWN, true, 2));
    }
}
