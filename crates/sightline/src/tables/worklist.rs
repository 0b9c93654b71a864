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
    let mut lines = table(&["Due", "Status", "Late", "Clock", "Subject", "Locality", "Team", "Worker"]);
    for row in rows {
        let clock = rulebook.clocks.get(row.kind).map_or("", |rule| &rule.title);
        lines.add_row([
            Cell::new(due(row)),
            coloured(row.status.as_str().replace('_', " "), colour(row.status)),
            Cell::new(late(row)),
            Cell::new(clock),
            Cell::new(&row.subject),
            Cell::new(&row.locality),
            Cell::new(row.team.as_deref().unwrap_or_default()),
            Cell::new(row.worker.as_deref().unwrap_or_default()),
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

fn late(row: &Row) -> String {
    let counted = |number: i64, what: &str| if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") };
    match row.overdue {
        None => String::new(),
        Some(Overdue::Days { days, .. }) => counted(days, "day"),
        Some(Overdue::Hours(hours)) => counted(hours, "hour"),
    }
}

pub(super) fn colour(status: Status) -> Option<Color> {
    match status {
        Status::Overdue | Status::Late => Some(Color::Red),
        Status::DueSoon => Some(Color::Yellow),
        Status::Met => Some(Color::Green),
        Status::OnTrack | Status::Cancelled => None,
    }
}
