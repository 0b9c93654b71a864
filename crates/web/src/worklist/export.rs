//! The worklist as files: exactly the clocks that the page's question lets through, on all its pages.

use super::asked::Asked;
use crate::app::App;
use crate::error::PageError;
use crate::reading::{Unsettled, is_still_read};
use crate::words;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use calendar::london::{local_date, local_time_text};
use calendar::{Date, Instant};
use engine::{Overdue, Row};
use exchange::answers::worklist_csv;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use rulebook::Rulebook;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use services::Current;
use std::fmt;
use std::sync::Arc;
use store::query::{ClockQuery, Cursor, Order};

/// How many rows are read at once.
const ROWS_AT_ONCE: u32 = 5_000;

/// The most rows of a workbook, which is made whole in memory: some fifty megabytes.
const MOST_ROWS_OF_A_WORKBOOK: usize = 100_000;

/// The clocks as CSV, the same bytes as from the command line, sent as they are read. A failure on the way cuts the
/// answer off, so that nobody takes a part for the whole.
pub async fn csv(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let list = List::of(app, &query.unwrap_or_default())?;
    let (first, list) = list.next_rows().await?;
    let head = csv_bytes(&first, &list.current, true)?;
    let rest = stream::try_unfold(list, |list| async {
        if list.at_end {
            return Ok::<_, PageError>(None);
        }
        let (rows, list) = list.next_rows().await?;
        Ok(Some((csv_bytes(&rows, &list.current, false)?, list)))
    });
    let body = stream::iter([Ok(head)]).chain(rest.map_err(|error| {
        error.log();
        axum::Error::new(CutOff)
    }));
    Ok(file(Body::from_stream(body), "text/csv; charset=utf-8", "worklist.csv"))
}

/// Rows as CSV, with the header or without.
fn csv_bytes(rows: &[Row], current: &Current, with_header: bool) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    worklist_csv(rows, current.rulebook(), &mut bytes).map_err(|error| PageError::Broken(error.into()))?;
    if !with_header {
        let header = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        bytes.drain(..header);
    }
    Ok(bytes)
}

/// An answer that ends before its time; the log says why.
#[derive(Debug)]
struct CutOff;

impl fmt::Display for CutOff {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the list could not be read to its end")
    }
}

impl std::error::Error for CutOff {}

/// The clocks as a workbook.
pub async fn xlsx(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let mut list = List::of(app, &query.unwrap_or_default())?;
    let mut all = Vec::new();
    while !list.at_end {
        let (rows, rest) = list.next_rows().await?;
        list = rest;
        all.extend(rows);
        if all.len() > MOST_ROWS_OF_A_WORKBOOK {
            let most = words::number(MOST_ROWS_OF_A_WORKBOOK as u64);
            let what = format!("These are more than {most} clocks. Choose more filters, or download them as CSV.");
            return Err(PageError::BadRequest(what));
        }
    }
    // Writing a large workbook takes a while, and holds up nobody.
    let written = tokio::task::spawn_blocking(move || workbook(&all, list.current.rulebook(), list.question.at)).await;
    let bytes = written.map_err(|error| PageError::Broken(error.into()))?;
    let bytes = bytes.map_err(|error| PageError::Broken(error.into()))?;
    let content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file(Body::from(bytes), content_type, "worklist.xlsx"))
}

fn file(body: Body, content_type: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, content_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body)
        .into_response()
}

/// All clocks that a question lets through, in the order of the command line, read piece by piece.
struct List {
    app: App,
    current: Arc<Current>,
    question: ClockQuery,
    after: Option<Cursor>,
    at_end: bool,
}

impl List {
    fn of(app: App, query: &str) -> Result<List, PageError> {
        let asked = Asked::read(query).map_err(PageError::BadRequest)?;
        let current = app.current()?;
        let question = asked.query(&current, app.services.now()).map_err(PageError::BadRequest)?;
        Ok(List { app, current, question, after: None, at_end: false })
    }

    /// The next rows, and what is left of the list.
    async fn next_rows(self) -> Result<(Vec<Row>, List), PageError> {
        let (store, current) = (self.app.services.store(), &self.current);
        let after = self.after.as_ref();
        let page =
            store.clocks(current.slot, &self.question, Order::Due, after, ROWS_AT_ONCE, current.rulebook()).await?;
        if !is_still_read(&self.app.services, current).await? {
            return Err(PageError::Unsettled(Unsettled::Moving));
        }
        Ok((page.rows, List { at_end: page.next.is_none(), after: page.next, ..self }))
    }
}

/// The columns: heading and width in characters.
const COLUMNS: [(&str, f64); 15] = [
    ("Clock", 36.0),
    ("Subject", 44.0),
    ("Episode", 24.0),
    ("Status", 14.0),
    ("How it stands", 40.0),
    ("Started", 17.0),
    ("Due date", 12.0),
    ("Too late from", 17.0),
    ("Stopped", 17.0),
    ("Days overdue", 14.0),
    ("Working days overdue", 22.0),
    ("Hours overdue", 15.0),
    ("Locality", 20.0),
    ("Team", 24.0),
    ("Worker", 14.0),
];

/// Formats of cells.
struct Formats {
    head: Format,
    date: Format,
    time: Format,
}

fn workbook(rows: &[Row], rulebook: &Rulebook, at: Instant) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats {
        head: Format::new().set_bold(),
        date: Format::new().set_num_format("dd/mm/yyyy"),
        time: Format::new().set_num_format("dd/mm/yyyy hh:mm"),
    };
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Worklist")?;
    for (column, (title, width)) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, title, &formats.head)?;
        sheet.set_column_width(column, width)?;
    }
    for (line, row) in (1u32..).zip(rows) {
        write_row(sheet, line, row, rulebook, at, &formats)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last_row, (COLUMNS.len() as u16).saturating_sub(1))?;
    workbook.save_to_buffer()
}

/// Writes one row. Texts are written as texts, so that none is ever read as a formula; times are local.
fn write_row(
    sheet: &mut Worksheet,
    line: u32,
    row: &Row,
    rulebook: &Rulebook,
    at: Instant,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let title = rulebook.clocks.get(row.kind).map_or("", |rule| rule.title.as_str());
    let subject = row.subject.to_string();
    let stands = words::clock_status(row, at);
    let texts = [
        (0, title),
        (1, subject.as_str()),
        (2, row.episode.as_deref().unwrap_or_default()),
        (3, words::status_title(row.status)),
        (4, stands.as_str()),
        (12, row.locality.as_str()),
        (13, row.team.as_deref().unwrap_or_default()),
        (14, row.worker.as_deref().unwrap_or_default()),
    ];
    for (column, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(line, column, text)?;
    }
    for (column, instant) in [(5, Some(row.started_at)), (7, Some(row.due_at)), (8, row.stopped_at)] {
        if let Some(instant) = instant {
            write_instant(sheet, line, column, instant, formats)?;
        }
    }
    if let Some(date) = row.due_date {
        write_date(sheet, line, 6, date, formats)?;
    }
    let numbers = match row.overdue {
        None => [None, None, None],
        Some(Overdue::Days { days, working_days }) => [Some(days), Some(working_days), None],
        Some(Overdue::Hours(hours)) => [None, None, Some(hours)],
    };
    for (column, number) in (9u16..).zip(numbers) {
        if let Some(number) = number {
            sheet.write_number(line, column, number as f64)?;
        }
    }
    Ok(())
}

/// Writes a date, or its text where spreadsheets have no such date: theirs begin in 1900.
fn write_date(sheet: &mut Worksheet, line: u32, column: u16, date: Date, formats: &Formats) -> Result<(), XlsxError> {
    match excel_date(date) {
        Some(value) => sheet.write_datetime_with_format(line, column, &value, &formats.date)?,
        None => sheet.write_string(line, column, date.to_string())?,
    };
    Ok(())
}

/// Writes an instant to the minute, in local time.
fn write_instant(
    sheet: &mut Worksheet,
    line: u32,
    column: u16,
    instant: Instant,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let time = local_time_text(instant);
    let parts = time.split_once(':').and_then(|(hours, minutes)| Some((hours.parse().ok()?, minutes.parse().ok()?)));
    let value =
        excel_date(local_date(instant)).zip(parts).map(|(date, (hours, minutes))| date.and_hms(hours, minutes, 0));
    match value {
        Some(Ok(value)) => sheet.write_datetime_with_format(line, column, &value, &formats.time)?,
        Some(Err(_)) | None => sheet.write_string(line, column, instant.to_string())?,
    };
    Ok(())
}

fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = date.ymd();
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, month, day).ok()
}
