//! Answers as short lines.

use calendar::Instant;
use engine::{Figure, FigureValue, Overdue, Row, Status, Whose};
use rulebook::Rulebook;
use vocabulary::Subject;

/// What a figure's line begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The group.
    Figure,
    /// The measure, then the group.
    MeasureAndFigure,
}

/// `cp_visit overdue 2021-01-04T10:30Z due 2021-01-18 +13d/9wd (p1) Gloucester/G1/SW1`: the clock, its status, its
/// start, the due date (of hours: the first instant too late), then what applies of: the stop or cancel, how late it
/// is, the episode, whose it is. Subjects other than child 1 stand in front.
pub fn clock_line(row: &Row, rulebook: &Rulebook) -> String {
    let rule = rulebook.clocks.get(row.kind).map_or("?", |rule| &rule.id);
    let mut line = format!(
        "{}{rule} {} {} due {}",
        subject_text(&row.subject),
        row.status.as_str(),
        instant_text(row.started_at),
        row.due_date.map_or_else(|| instant_text(row.due_at), |date| date.to_string()),
    );
    if let Some(stopped) = row.stopped_at {
        let how = if row.status == Status::Cancelled { "cancelled" } else { "stopped" };
        line.push_str(&format!(" {how} {}", instant_text(stopped)));
    }
    match row.overdue {
        Some(Overdue::Days { days, working_days }) => line.push_str(&format!(" +{days}d/{working_days}wd")),
        Some(Overdue::Hours(hours)) => line.push_str(&format!(" +{hours}h")),
        None => {}
    }
    if let Some(episode) = &row.episode {
        line.push_str(&format!(" ({episode})"));
    }
    let whose = Whose { locality: &row.locality, team: row.team.as_deref(), worker: row.worker.as_deref() };
    if whose != Whose::NOBODY {
        line.push_str(&format!(" {}", whose_text(&whose)));
    }
    line
}

/// `County 1/4 25.0 worse than 21.5`, `County 7`, `County 0-18: 2`, `County mean 14.8`, with `missing 3` where some are.
pub fn figure_line(figure: &Figure, shown: Shown) -> String {
    let mut line = match shown {
        Shown::Figure => figure.group.clone(),
        Shown::MeasureAndFigure => format!("{} {}", figure.measure, figure.group),
    };
    if let Some(band) = &figure.band {
        line.push_str(&format!(" {band}:"));
    }
    let displayed = figure.value.displayed().unwrap_or_else(|| "n/a".to_owned());
    line.push_str(&match figure.value {
        FigureValue::Share { numerator, denominator, .. } => format!(" {numerator}/{denominator} {displayed}"),
        FigureValue::Count(_) => format!(" {displayed}"),
        FigureValue::Mean(_) => format!(" mean {displayed}"),
    });
    if let FigureValue::Share { missing: Some(missing), .. } = figure.value {
        line.push_str(&format!(" missing {missing}"));
    }
    if let Some(target) = figure.target {
        let status = figure.status.map_or("n/a", |status| status.as_str());
        line.push_str(&format!(" {status} of {}", target.get()));
    }
    line
}

/// `Gloucester/G1/SW1`, without what there is not.
pub fn whose_text(whose: &Whose<'_>) -> String {
    let parts = [Some(whose.locality), whose.team, whose.worker];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// An instant in UTC, without seconds that are 0.
pub fn instant_text(instant: Instant) -> String {
    let text = instant.to_string();
    text.strip_suffix(":00Z").map_or(text.clone(), |minutes| format!("{minutes}Z"))
}

/// Nothing for child 1; otherwise `child/2: `, a UUID made by a table as its number.
pub fn subject_text(subject: &Subject) -> String {
    let text = subject.to_string();
    let number =
        text.split_once("/00000000-0000-4000-8000-").map(|(kind, digits)| (kind, digits.trim_start_matches('0')));
    match number {
        Some(("child", "1")) => String::new(),
        Some((kind, number)) => format!("{kind}/{number}: "),
        None => format!("{text}: "),
    }
}
