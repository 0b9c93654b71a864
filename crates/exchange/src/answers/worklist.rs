//! The worklist.

use super::json::{Object, write_array};
use engine::{Overdue, Row};
use rulebook::Rulebook;
use std::io::{self, Write};

/// Writes the rows as a JSON array.
pub fn worklist_json(rows: &[Row], rulebook: &Rulebook, out: &mut dyn Write) -> io::Result<()> {
    write_array(rows, out, |row, object| row_object(row, rulebook, object))
}

/// One row as a JSON object: its id, by which lists name it, and then what [`worklist_json`] writes.
pub fn worklist_row_json(id: &str, row: &Row, rulebook: &Rulebook) -> String {
    let mut text = String::new();
    let mut object = Object::begin(&mut text);
    object.text("id", id);
    row_object(row, rulebook, &mut object);
    object.end();
    text
}

/// The name of the row's clock in the rulebook that made it.
fn clock_name<'r>(row: &Row, rulebook: &'r Rulebook) -> &'r str {
    rulebook.clocks.get(row.kind).map_or("", |rule| &rule.id)
}

/// Adds a row's keys.
pub(super) fn row_object(row: &Row, rulebook: &Rulebook, object: &mut Object<'_>) {
    let figures = Figures::of(row);
    object
        .text("clock", clock_name(row, rulebook))
        .shown("subject", &row.subject)
        .maybe("episode", row.episode.as_ref())
        .text("status", row.status.as_str())
        .shown("started_at", row.started_at);
    if let Some(date) = row.due_date {
        object.shown("due_date", date);
    }
    object.shown("due_at", row.due_at).maybe("stopped_at", row.stopped_at);
    if row.due_date.is_some() {
        object.number("days_overdue", figures.days).number("working_days_overdue", figures.working_days);
    } else {
        object.number("hours_overdue", figures.hours);
    }
    object.text("locality", &row.locality).maybe("team", row.team.as_ref()).maybe("worker", row.worker.as_ref());
}

#[derive(Default)]
struct Figures {
    days: Option<i64>,
    working_days: Option<i64>,
    hours: Option<i64>,
}

impl Figures {
    fn of(row: &Row) -> Figures {
        match row.overdue {
            None => Figures::default(),
            Some(Overdue::Days { days, working_days }) => {
                Figures { days: Some(days), working_days: Some(working_days), hours: None }
            }
            Some(Overdue::Hours(hours)) => Figures { hours: Some(hours), ..Figures::default() },
        }
    }
}

/// Writes the rows as CSV with a header; what a row has not is empty.
pub fn worklist_csv(rows: &[Row], rulebook: &Rulebook, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "clock",
        "subject",
        "episode",
        "status",
        "started_at",
        "due_date",
        "due_at",
        "stopped_at",
        "days_overdue",
        "working_days_overdue",
        "hours_overdue",
        "locality",
        "team",
        "worker",
    ])?;
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    for row in rows {
        let overdue = Figures::of(row);
        csv.write_record([
            clock_name(row, rulebook),
            &row.subject.to_string(),
            row.episode.as_deref().unwrap_or_default(),
            row.status.as_str(),
            &row.started_at.to_string(),
            &row.due_date.map(|date| date.to_string()).unwrap_or_default(),
            &row.due_at.to_string(),
            &row.stopped_at.map(|stopped| stopped.to_string()).unwrap_or_default(),
            &number(overdue.days),
            &number(overdue.working_days),
            &number(overdue.hours),
            &row.locality,
            row.team.as_deref().unwrap_or_default(),
            row.worker.as_deref().unwrap_or_default(),
        ])?;
    }
    csv.flush()
}
