//! Workbooks from tables of text, and results as text.

use calendar::{Date, Instant, london};
use exchange::annex_a::{Changes, Import, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use vocabulary::{Checker, Event};

/// The day of a workbook, where a test does not say otherwise.
pub const AS_AT: &str = "2021-03-31";

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A sheet: its name, and its rows as lines with `|` between cells.
///
/// A cell is a date if it looks like one, a number if it is one, a formula if it begins with `=` (its stored value
/// follows `→`), an error if it begins with `#`, and a text otherwise; `'` before it makes it a text. A line of
/// dashes is a row without cells.
pub type Sheet<'a> = (&'a str, &'a str);

pub fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let date_format = Format::new().set_num_format("dd/mm/yyyy");
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, line) in rows.trim().lines().enumerate() {
            let row = u32::try_from(row).unwrap();
            for (column, cell) in line.split('|').map(str::trim).enumerate() {
                let column = u16::try_from(column).unwrap();
                if cell.is_empty() || cell == "---" {
                    continue;
                }
                if let Some(text) = cell.strip_prefix('\'') {
                    sheet.write_string(row, column, text).unwrap();
                } else if let Some((formula, result)) = cell.split_once('→') {
                    let formula = Formula::new(formula.trim()).set_result(result.trim());
                    sheet.write_formula(row, column, formula).unwrap();
                } else if cell.starts_with('#') {
                    sheet.write_formula(row, column, Formula::new("=NA()").set_result(cell)).unwrap();
                } else if Date::parse(cell).is_some() {
                    let date = ExcelDateTime::parse_from_str(cell).unwrap();
                    sheet.write_datetime_with_format(row, column, &date, &date_format).unwrap();
                } else if let Ok(number) = cell.parse::<f64>() {
                    sheet.write_number(row, column, number).unwrap();
                } else {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

pub fn import(sheets: &[Sheet<'_>]) -> Import {
    import_at(sheets, AS_AT)
}

pub fn import_at(sheets: &[Sheet<'_>], as_at: &str) -> Import {
    read(&workbook(sheets), day(as_at)).unwrap()
}

/// Checks that the changes are what a ledger takes, and gives them as it holds them.
pub fn accepted(changes: &Changes) -> Vec<Event> {
    let mut bytes = Vec::new();
    changes.write_ndjson(&mut bytes).unwrap();
    let mut checker = Checker::new();
    let events: Vec<Event> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| {
            let text = String::from_utf8_lossy(line);
            let received = changes.events.first().unwrap().recorded;
            checker.check(line, received).unwrap_or_else(|refusal| panic!("{refusal:?}: {text}"))
        })
        .collect();
    assert_eq!(events.len(), changes.events.len());
    for (event, written) in events.iter().zip(&changes.events) {
        assert_eq!((&event.id, &event.data, event.occurred), (&written.id, &written.data, written.occurred));
        assert!(event.occurred <= event.recorded, "{} happens after the day of the workbook", event.id);
    }
    events
}

/// The events as lines: local time, id without the version if that is 1, what it replaces, data.
pub fn shown(changes: &Changes) -> String {
    let mut lines = String::new();
    for event in &changes.events {
        let replaces = event.supersedes.as_ref().map_or(String::new(), |id| format!(" replaces {id}"));
        let id = event.id.strip_suffix("#1").unwrap_or(&event.id);
        let data = serde_json::to_string(&event.data).unwrap();
        lines.push_str(&format!("{} {id}{replaces} {data}\n", local(event.occurred)));
    }
    lines
}

fn local(instant: Instant) -> String {
    let date = london::local_date(instant);
    let minutes = (instant.micros() - london::start_of_day(date).micros()) / 60_000_000;
    format!("{date} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// Lines without spaces at their ends, without empty ones.
fn tidy(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[track_caller]
pub fn assert_lines(actual: &str, expected: &str) {
    let (actual, expected) = (tidy(actual), tidy(expected));
    assert!(actual == expected, "got:\n{actual}\n\nexpected:\n{expected}");
}

/// Checks the events of a workbook that has no problems. Registrations and allocations are left out: they come with
/// every list and have tests of their own.
#[track_caller]
pub fn check(sheets: &[Sheet<'_>], expected: &str) {
    let import = import(sheets);
    assert_lines(&problems(&import), "");
    check_events(&import, expected);
}

/// Checks the events of a workbook and the cells that could not be used.
#[track_caller]
pub fn check_with_problems(sheets: &[Sheet<'_>], expected: &str, expected_problems: &str) {
    let import = import(sheets);
    check_events(&import, expected);
    assert_lines(&problems(&import), expected_problems);
}

#[track_caller]
fn check_events(import: &Import, expected: &str) {
    let changes = import.events(&[]).unwrap();
    accepted(&changes);
    let shown = shown(&changes);
    let lines: Vec<&str> =
        shown.lines().filter(|line| !line.contains("/child.") && !line.contains("/allocation.")).collect();
    assert_lines(&lines.join("\n"), expected);
}

pub fn problems(import: &Import) -> String {
    import.problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}
