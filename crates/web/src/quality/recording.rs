//! How late each team records what happened.

use crate::words;
use calendar::{Instant, Period};
use services::months_shown;
use std::fmt::Write as _;
use store::figures::Recording;

/// A month that can be shown.
pub struct MonthChoice {
    /// As in addresses.
    pub value: String,
    /// Its name.
    pub title: String,
    /// Whether it is shown.
    pub chosen: bool,
}

/// How late a team recorded.
pub struct TeamRow {
    /// The locality.
    pub locality: String,
    /// The team.
    pub team: String,
    /// How many events.
    pub events: String,
    /// The share recorded on the day.
    pub same_day: String,
    /// The share recorded later, by the end of the next working day.
    pub next_working_day: String,
    /// The share recorded later than that, by the end of the fifth.
    pub within_five: String,
    /// The share recorded later still.
    pub later: String,
}

/// The month that is shown, the last whole one unless an address names another, and those that can be.
pub fn months(asked: Option<&str>, now: Instant) -> Result<(Period, Vec<MonthChoice>), String> {
    let shown = months_shown(now);
    let period = match asked {
        None => shown.get(1).or(shown.first()),
        Some(text) => shown.iter().find(|period| period.as_str() == text),
    };
    let names: Vec<&str> = shown.iter().map(Period::as_str).collect();
    let period = period.cloned().ok_or_else(|| format!("These months are shown: {}.", names.join(", ")))?;
    let choices = shown.iter().map(|one| MonthChoice {
        value: one.as_str().to_owned(),
        title: words::month(one.first()),
        chosen: *one == period,
    });
    let choices = choices.collect();
    Ok((period, choices))
}

/// A row for each team, by locality and team.
pub fn rows(mut recorded: Vec<Recording>) -> Vec<TeamRow> {
    recorded.sort_by(|one, other| (&one.locality, &one.team).cmp(&(&other.locality, &other.team)));
    recorded.into_iter().map(row).collect()
}

fn row(one: Recording) -> TeamRow {
    let all = one.same_day + one.next_working_day + one.within_five + one.later;
    TeamRow {
        locality: one.locality,
        team: one.team.unwrap_or_else(|| "No team".to_owned()),
        events: words::number(all),
        same_day: percent(one.same_day, all),
        next_working_day: percent(one.next_working_day, all),
        within_five: percent(one.within_five, all),
        later: percent(one.later, all),
    }
}

/// A share with one decimal, rounded half up; nothing of nothing is no share.
fn percent(part: u64, all: u64) -> String {
    if all == 0 {
        return "n/a".to_owned();
    }
    let tenths = (u128::from(part) * 2_000 + u128::from(all)) / (u128::from(all) * 2);
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = write!(text, "{}.{}%", tenths / 10, tenths % 10);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let check = |part, all, expected: &str| assert_eq!(percent(part, all), expected);
        check(0, 0, "n/a");
        check(1, 3, "33.3%");
        check(2, 3, "66.7%");
        check(1, 2_000, "0.1%");
        check(7, 7, "100.0%");
    }

    #[test]
    fn teams_in_order() {
        let one = |locality: &str, team: Option<&str>| Recording {
            locality: locality.to_owned(),
            team: team.map(str::to_owned),
            same_day: 3,
            next_working_day: 1,
            within_five: 0,
            later: 0,
        };
        let rows = rows(vec![one("Stroud", Some("B")), one("Stroud", None), one("Cotswolds", Some("Z"))]);
        let names: Vec<String> =
            rows.iter().map(|row| format!("{} {} {}", row.locality, row.team, row.same_day)).collect();
        assert_eq!(names, ["Cotswolds Z 75.0%", "Stroud No team 75.0%", "Stroud B 75.0%"]);
    }
}
