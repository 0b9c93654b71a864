//! An explanation recomputes the due date of its row, and names what ended it.

use super::{accept, histories};
use calendar::london::{local_date, start_of_day};
use calendar::{CountFrom, Date, Instant, Limit, WorkingDays};
use engine::{Effect, Record, Status, explain};
use proptest::prelude::*;
use rulebook::default_rulebook;
use testkit::each_case;
use testkit::nasty::{Corrections, an_instant, history};

/// The first instant too late, day by day: as one would count on a calendar. None of the default limits counts the
/// start day as day 1.
fn too_late(start: Instant, limit: Limit, days: &WorkingDays) -> Instant {
    let first = local_date(start);
    let due = match limit {
        Limit::Hours(hours) => return start.plus_micros(i64::from(hours) * 3_600_000_000),
        Limit::WorkingDays(n) => {
            let after = (1..).map(|further| first.plus_days(further));
            after.filter(|day| days.is_working_day(*day)).nth(n as usize - 1).expect("a day")
        }
        Limit::Days(n) => first.plus_days(n as i32),
        Limit::Weeks(n) => first.plus_days(n as i32 * 7),
        Limit::Months(n) => months_after(first, n),
        Limit::Years(n) => months_after(first, n * 12),
    };
    start_of_day(due.plus_days(1))
}

fn months_after(date: Date, months: u32) -> Date {
    let (year, month, day) = date.ymd();
    let month = u32::from(month) - 1 + months;
    let (year, month) = (year + (month / 12) as i32, (month % 12) as u8 + 1);
    (1..=day).rev().find_map(|day| Date::new(year, month, day)).expect("a day of that month")
}

proptest! {
    #![proptest_config(histories(300))]

    #[test]
    fn an_explanation_leads_to_its_row(nasty in history(Corrections::Some), at in an_instant()) {
        let rulebook = default_rulebook();
        let accepted = accept(&nasty.events());
        let mut wrong = Vec::new();
        each_case(&Record::as_known(&accepted, None), at, rulebook, |case| {
            for explanation in explain(case, None) {
                let row = &explanation.row;
                let limit = explanation.limit;
                let due = too_late(row.started_at, limit.limit, &rulebook.working_days);
                let spoken = row.due_date.unwrap_or_else(|| local_date(row.due_at)).spoken();
                let without_year = spoken.rsplit_once(' ').map(|(day, _)| day).expect("a year");
                let last = explanation.causes.last().map(|cause| (cause.effect, cause.at));
                let ended = match (row.status, row.stopped_at) {
                    (Status::Met | Status::Late, Some(stopped)) => last == Some((Effect::Stopped, stopped)),
                    (Status::Cancelled, Some(stopped)) => last == Some((Effect::Cancelled, stopped)),
                    (_, None) => explanation.causes.len() == 1 && last.is_some_and(|last| last.1 == row.started_at),
                    (_, Some(_)) => false,
                };
                let is_right = limit.count_from == CountFrom::NextDay
                    && due == row.due_at
                    && explanation.day_count.contains(without_year)
                    && ended
                    && explanation.causes.iter().all(|cause| !cause.sentence.is_empty());
                if !is_right {
                    wrong.push(format!("{explanation:?}"));
                }
            }
        });
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
