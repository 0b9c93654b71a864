//! The worklist as a table.

use super::{coloured, finished, table};
use calendar::Instant;
use calendar::london::{local_date, local_time_text};
use comfy_table::{Cell, Color};
use engine::{Overdue, Row, Status};
use rulebook::Rulebook;

/// The rows, and under them how many there are of each status.
pub fn worklist(rows: &[Row], at: Instant, rulebook: &Rulebook) -> String {
    let day = local_date(at).spoken();
    if rows.is_empty() {
        return format!("No clock matches, as at {day} {}.\n", local_time_text(at));
    }
    let mut lines = table(&["Due", "Status", "Clock", "Subject", "Held by"]);
    for row in rows {
        let clock = rulebook.clocks.get(row.kind).map_or("", |rule| &rule.title);
        lines.add_row([
            Cell::new(due(row)),
            coloured(status(row), colour(row.status)),
            Cell::new(clock),
            Cell::new(&row.subject),
            Cell::new(held_by(row)),
        ]);
    }
    let counted = |status: &Status| {
        let count = rows.iter().filter(|row| row.status == *status).count();
        (count > 0).then(|| format!("{count} {}", status.as_str().replace('_', " ")))
    };
    let counts: Vec<String> = Status::ALL.iter().filter_map(counted).collect();
    format!("{}{}, as at {day} {}\n", finished(&lines), counts.join(", "), local_time_text(at))
}

fn due(row: &Row) -> String {
    match row.due_date {
        Some(date) => date.to_string(),
        None => format!("{} {}", local_date(row.due_at), local_time_text(row.due_at)),
    }
}

/// "overdue 13 days", "due soon".
fn status(row: &Row) -> String {
    let counted = |number: i64, what: &str| if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") };
    let status = row.status.as_str().replace('_', " ");
    match row.overdue {
        None => status,
        Some(Overdue::Days { days, .. }) => format!("{status} {}", counted(days, "day")),
        Some(Overdue::Hours(hours)) => format!("{status} {}", counted(hours, "hour")),
    }
}

fn held_by(row: &Row) -> String {
    let parts = [Some(row.locality.as_str()), row.team.as_deref(), row.worker.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn colour(status: Status) -> Option<Color> {
    match status {
        Status::Overdue | Status::Late => Some(Color::Red),
        Status::DueSoon => Some(Color::Yellow),
        Status::Met => Some(Color::Green),
        Status::OnTrack | Status::Cancelled => None,
    }
}
