//! How pages say things. Times are local London time.

use calendar::london::{local_date, local_time_text};
use calendar::{Date, Instant};
use engine::{Direction, FigureStatus, FigureValue, Overdue, Row, Status, Travel};

const MICROS_OF_HOUR: i64 = 3_600_000_000;

/// A whole number with commas: `12,345`.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number and what is counted: `1 clock`, `1,200 clocks`.
pub fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { several })
}

/// `Mon 18 January 2021`.
pub fn date(date: Date) -> String {
    date.spoken()
}

/// `Mon 18 January 2021 at 10:30`.
pub fn instant(instant: Instant) -> String {
    format!("{} at {}", date(local_date(instant)), local_time_text(instant))
}

/// A month, `January 2021`, by its first day.
pub fn month(first: Date) -> String {
    // Spoken dates end with the month and the year.
    let spoken = first.spoken();
    spoken.splitn(3, ' ').nth(2).unwrap_or(&spoken).to_owned()
}

/// How a clock stands, in words. Due today is not overdue.
pub fn clock_status(row: &Row, at: Instant) -> String {
    let ended =
        |what: &str| row.stopped_at.map_or_else(|| what.to_owned(), |when| format!("{what} on {}", instant(when)));
    match row.status {
        Status::Overdue => row.overdue.map_or_else(|| "overdue".to_owned(), overdue),
        Status::OnTrack | Status::DueSoon => due(row, at),
        Status::Met => ended("done in time"),
        Status::Late => ended("done late"),
        Status::Cancelled => ended("cancelled"),
    }
}

fn overdue(overdue: Overdue) -> String {
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    match overdue {
        Overdue::Days { days, working_days } => format!(
            "overdue by {} ({})",
            counted(whole(days), "day", "days"),
            counted(whole(working_days), "working day", "working days")
        ),
        Overdue::Hours(hours) if hours < 1 => "overdue by less than an hour".to_owned(),
        Overdue::Hours(hours) => format!("overdue by {}", counted(whole(hours), "hour", "hours")),
    }
}

fn due(row: &Row, at: Instant) -> String {
    let Some(date) = row.due_date else {
        let hours = u64::try_from((row.due_at.micros().saturating_sub(at.micros())) / MICROS_OF_HOUR).unwrap_or(0);
        return match hours {
            0 => "due within the hour".to_owned(),
            hours => format!("due in {}", counted(hours, "hour", "hours")),
        };
    };
    match i64::from(date.days()) - i64::from(local_date(at).days()) {
        ..=0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        days => format!("due in {days} days"),
    }
}

/// When a clock is due: the date, or for a limit in hours the time.
pub fn due_when(row: &Row) -> String {
    row.due_date.map_or_else(|| instant(row.due_at), date)
}

/// What people call a status.
pub const fn status_title(status: Status) -> &'static str {
    match status {
        Status::OnTrack => "On track",
        Status::DueSoon => "Due soon",
        Status::Overdue => "Overdue",
        Status::Met => "Done in time",
        Status::Late => "Done late",
        Status::Cancelled => "Cancelled",
    }
}

/// A status in class names.
pub const fn status_class(status: Status) -> &'static str {
    match status {
        Status::OnTrack => "on-track",
        Status::DueSoon => "due-soon",
        Status::Overdue => "overdue",
        Status::Met => "met",
        Status::Late => "late",
        Status::Cancelled => "cancelled",
    }
}

/// A figure: `86.7%`, `1,023`, `14.8`, `n/a`.
pub fn figure(value: FigureValue) -> String {
    match (value, value.displayed()) {
        (FigureValue::Count(count), _) => number(count),
        (_, None) => "n/a".to_owned(),
        (FigureValue::Share { .. }, Some(percent)) => format!("{percent}%"),
        (FigureValue::Mean(_), Some(mean)) => mean,
    }
}

/// Against the target, in words.
pub const fn figure_status(status: FigureStatus) -> &'static str {
    match status {
        FigureStatus::Better => "Better than target",
        FigureStatus::Within => "Within tolerance",
        FigureStatus::Worse => "Worse than target",
    }
}

/// The colour of the tag that says how a figure stands.
pub const fn figure_status_colour(status: FigureStatus) -> &'static str {
    match status {
        FigureStatus::Better => "green",
        FigureStatus::Within => "yellow",
        FigureStatus::Worse => "red",
    }
}

/// Which way a figure goes: `Improved for 3 months, the best of 12`.
pub fn travel(travel: Travel) -> String {
    let direction = match travel.direction {
        Direction::Improved => "Improved",
        Direction::Declined => "Declined",
        Direction::Static => "No change",
    };
    let months = if travel.in_a_row > 1 { format!(" for {} months", travel.in_a_row) } else { String::new() };
    let place = match (travel.best, travel.worst) {
        (true, _) => ", the best of the last 12 months",
        (_, true) => ", the worst of the last 12 months",
        (false, false) => "",
    };
    format!("{direction}{months}{place}")
}

/// The name of an event type as people say it: `visit.completed` is "Visit completed".
pub fn event_type(name: &str) -> String {
    let mut text = name.replace(['.', '_'], " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// A length of time from seconds: `3 seconds`, `5 minutes`, `2 hours`, `4 days`.
pub fn seconds(seconds: u64) -> String {
    match seconds {
        0..60 => counted(seconds, "second", "seconds"),
        60..3_600 => counted(seconds / 60, "minute", "minutes"),
        3_600..172_800 => counted(seconds / 3_600, "hour", "hours"),
        _ => counted(seconds / 86_400, "day", "days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{Subject, Text};

    fn row(status: Status, due_date: Option<&str>, due_at: &str, overdue: Option<Overdue>) -> Row {
        Row {
            kind: 0,
            subject: Subject::Child(1),
            episode: None,
            status,
            started_at: Instant::from_micros(0),
            due_date: due_date.and_then(Date::parse),
            due_at: Instant::parse(due_at).expect("an instant"),
            stopped_at: None,
            overdue,
            locality: Text::new("Stroud"),
            team: None,
            worker: None,
            place: 1,
        }
    }

    #[test]
    fn clocks() {
        let at = Instant::parse("2021-01-18T12:00:00Z").expect("an instant");
        let check = |row: Row, expected: &str| assert_eq!(clock_status(&row, at), expected);
        let days = |days, working_days| Some(Overdue::Days { days, working_days });
        check(
            row(Status::Overdue, Some("2021-01-15"), "2021-01-16T00:00:00Z", days(3, 1)),
            "overdue by 3 days (1 working day)",
        );
        check(
            row(Status::Overdue, Some("2021-01-17"), "2021-01-18T00:00:00Z", days(1, 0)),
            "overdue by 1 day (0 working days)",
        );
        check(
            row(Status::Overdue, None, "2021-01-18T11:30:00Z", Some(Overdue::Hours(0))),
            "overdue by less than an hour",
        );
        check(row(Status::Overdue, None, "2021-01-18T10:30:00Z", Some(Overdue::Hours(1))), "overdue by 1 hour");
        check(row(Status::DueSoon, Some("2021-01-18"), "2021-01-19T00:00:00Z", None), "due today");
        check(row(Status::DueSoon, Some("2021-01-19"), "2021-01-20T00:00:00Z", None), "due tomorrow");
        check(row(Status::OnTrack, Some("2021-02-18"), "2021-02-19T00:00:00Z", None), "due in 31 days");
        check(row(Status::DueSoon, None, "2021-01-18T12:59:59Z", None), "due within the hour");
        check(row(Status::DueSoon, None, "2021-01-20T12:00:00Z", None), "due in 48 hours");
    }

    #[test]
    fn numbers() {
        let check = |value, expected: &str| assert_eq!(number(value), expected);
        check(0, "0");
        check(999, "999");
        check(1_000, "1,000");
        check(12_345_678, "12,345,678");
    }

    #[test]
    fn times() {
        let summer = Instant::parse("2021-07-01T10:30:00Z").expect("an instant");
        assert_eq!(instant(summer), "Thu 1 July 2021 at 11:30");
        assert_eq!(month(local_date(summer)), "July 2021");
        assert_eq!(seconds(59), "59 seconds");
        assert_eq!(seconds(7_200), "2 hours");
        assert_eq!(event_type("visit.completed"), "Visit completed");
    }
}
