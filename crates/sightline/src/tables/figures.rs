//! Figures as a table.

use super::{coloured, finished, table};
use calendar::london::{local_date, local_time_text};
use comfy_table::{Cell, CellAlignment, Color};
use engine::{Figure, FigureStatus, FigureValue, Frame};
use exchange::answers::decimal;

/// The figures, and under them what they are as at.
pub fn figures(figures: &[Figure], frame: &Frame<'_>) -> String {
    let at = frame.at;
    let when = format!("{}, as at {} {}", frame.period, local_date(at).spoken(), local_time_text(at));
    if figures.is_empty() {
        return format!("No measure is in force in {when}.\n");
    }
    let mut lines = table(&["Measure", "Group", "Figure", "Of", "Target", "Status"]);
    for figure in figures {
        let title = frame.rulebook.measure(&figure.measure).map_or(figure.measure.as_str(), |measure| &measure.title);
        let title = match &figure.band {
            Some(band) => format!("{title}: {band}"),
            None => title.to_owned(),
        };
        let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
        lines.add_row([
            Cell::new(title),
            Cell::new(&figure.group),
            right(shown(figure.value)),
            right(counted(figure.value)),
            right(figure.target.map(decimal).unwrap_or_default()),
            coloured(figure.status.map(FigureStatus::as_str).unwrap_or_default(), figure.status.map(colour)),
        ]);
    }
    format!("{}{when}\n", finished(&lines))
}

fn shown(value: FigureValue) -> String {
    let displayed = value.displayed().unwrap_or_else(|| "n/a".to_owned());
    match value {
        FigureValue::Share { denominator: 1.., .. } => format!("{displayed} %"),
        FigureValue::Share { .. } | FigureValue::Count(_) | FigureValue::Mean(_) => displayed,
    }
}

fn counted(value: FigureValue) -> String {
    match value {
        FigureValue::Share { numerator, denominator, missing } => {
            let missing = missing.filter(|missing| *missing > 0).map(|missing| format!(" ({missing} not recorded)"));
            format!("{numerator} of {denominator}{}", missing.unwrap_or_default())
        }
        FigureValue::Count(_) | FigureValue::Mean(_) => String::new(),
    }
}

fn colour(status: FigureStatus) -> Color {
    match status {
        FigureStatus::Better => Color::Green,
        FigureStatus::Within => Color::Yellow,
        FigureStatus::Worse => Color::Red,
    }
}
