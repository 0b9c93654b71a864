use calendar::{CountFrom, Date, Due, Instant, Limit, WorkingDays};
use proptest::prelude::*;

use crate::{date, instant};
use CountFrom::{NextDay, StartDay};

/// Due date and first instant that is too late, or that instant alone for hours.
fn check(start: &str, limit: Limit, count_from: CountFrom, expected: &str) {
    let due = WorkingDays::england_and_wales().due(instant(start), limit, count_from);
    let expected = match expected.split_once(' ') {
        Some((day, at)) => Due { date: Some(date(day)), at: instant(at) },
        None => Due { date: None, at: instant(expected) },
    };
    assert_eq!(due, expected, "{limit} from {start}, {count_from:?}: {}", due.at);
}

#[test]
fn the_worked_examples() {
    check("2021-01-08T16:00:00Z", Limit::Hours(24), NextDay, "2021-01-09T16:00:00Z");
    check("2021-01-08T16:00:00Z", Limit::WorkingDays(1), NextDay, "2021-01-11 2021-01-12T00:00:00Z");
    check("2021-04-01T10:00:00+01:00", Limit::WorkingDays(10), NextDay, "2021-04-19 2021-04-19T23:00:00Z");
    check("2021-02-27T11:00:00Z", Limit::WorkingDays(10), NextDay, "2021-03-12 2021-03-13T00:00:00Z");
    check("2020-05-01T10:00:00Z", Limit::WorkingDays(1), NextDay, "2020-05-04 2020-05-04T23:00:00Z");
    check("2020-05-07T10:00:00Z", Limit::WorkingDays(1), NextDay, "2020-05-11 2020-05-11T23:00:00Z");
    check("2021-12-24T10:00:00Z", Limit::WorkingDays(1), NextDay, "2021-12-29 2021-12-30T00:00:00Z");
    check("2021-01-04T10:00:00Z", Limit::WorkingDays(20), NextDay, "2021-02-01 2021-02-02T00:00:00Z");
    check("2021-02-01T10:00:00Z", Limit::Months(3), NextDay, "2021-05-01 2021-05-01T23:00:00Z");
    check("2021-04-30T10:00:00Z", Limit::Months(6), NextDay, "2021-10-30 2021-10-30T23:00:00Z");
    check("2021-08-31T10:00:00Z", Limit::Months(6), NextDay, "2022-02-28 2022-03-01T00:00:00Z");
    check("2023-08-31T10:00:00Z", Limit::Months(6), NextDay, "2024-02-29 2024-03-01T00:00:00Z");
}

#[test]
fn the_local_date_of_the_start_is_day_0() {
    // In summer 23:30 UTC is half past midnight of the next day.
    check("2021-06-30T22:30:00Z", Limit::Days(1), NextDay, "2021-07-01 2021-07-01T23:00:00Z");
    check("2021-06-30T23:30:00Z", Limit::Days(1), NextDay, "2021-07-02 2021-07-02T23:00:00Z");
    check("2021-01-04T23:30:00Z", Limit::Weeks(2), NextDay, "2021-01-18 2021-01-19T00:00:00Z");
    check("2020-02-29T10:00:00Z", Limit::Years(1), NextDay, "2021-02-28 2021-03-01T00:00:00Z");
}

#[test]
fn hours_are_elapsed_time_also_when_the_clocks_change() {
    check("2021-03-27T16:00:00Z", Limit::Hours(24), NextDay, "2021-03-28T16:00:00Z");
    check("2021-10-30T16:00:00+01:00", Limit::Hours(24), NextDay, "2021-10-31T15:00:00Z");
    check("2021-01-08T16:00:00.123456Z", Limit::Hours(4), StartDay, "2021-01-08T20:00:00.123456Z");
}

#[test]
fn days_have_the_length_that_they_have() {
    check("2021-03-27T16:00:00Z", Limit::Days(1), NextDay, "2021-03-28 2021-03-28T23:00:00Z");
    check("2021-10-30T16:00:00Z", Limit::Days(1), NextDay, "2021-10-31 2021-11-01T00:00:00Z");
}

#[test]
fn the_start_day_as_day_1() {
    check("2021-04-01T10:00:00Z", Limit::WorkingDays(10), StartDay, "2021-04-16 2021-04-16T23:00:00Z");
    check("2021-04-01T10:00:00Z", Limit::WorkingDays(1), StartDay, "2021-04-01 2021-04-01T23:00:00Z");
    check("2021-04-02T10:00:00Z", Limit::WorkingDays(1), StartDay, "2021-04-06 2021-04-06T23:00:00Z");
    check("2021-02-27T11:00:00Z", Limit::WorkingDays(10), StartDay, "2021-03-12 2021-03-13T00:00:00Z");
    check("2021-02-26T11:00:00Z", Limit::WorkingDays(10), StartDay, "2021-03-11 2021-03-12T00:00:00Z");
    check("2021-01-04T10:00:00Z", Limit::Days(1), StartDay, "2021-01-04 2021-01-05T00:00:00Z");
    check("2021-01-04T10:00:00Z", Limit::Days(10), StartDay, "2021-01-13 2021-01-14T00:00:00Z");
    check("2021-01-04T10:00:00Z", Limit::Weeks(1), StartDay, "2021-01-10 2021-01-11T00:00:00Z");
    check("2021-01-04T10:00:00Z", Limit::Months(3), StartDay, "2021-04-03 2021-04-03T23:00:00Z");
    check("2021-01-04T10:00:00Z", Limit::Years(1), StartDay, "2022-01-03 2022-01-04T00:00:00Z");
}

#[test]
fn a_limit_of_nothing_is_due_on_the_day_itself() {
    for count_from in [NextDay, StartDay] {
        for limit in [Limit::WorkingDays(0), Limit::Days(0), Limit::Weeks(0), Limit::Months(0), Limit::Years(0)] {
            check("2021-04-02T10:00:00Z", limit, count_from, "2021-04-02 2021-04-02T23:00:00Z");
        }
        check("2021-04-02T10:00:00Z", Limit::Hours(0), count_from, "2021-04-02T10:00:00Z");
    }
}

#[test]
fn limits_as_text() {
    for (limit, expected) in [
        (Limit::Hours(24), "24 hours"),
        (Limit::Hours(1), "1 hour"),
        (Limit::WorkingDays(10), "10 working days"),
        (Limit::WorkingDays(1), "1 working day"),
        (Limit::Days(0), "0 days"),
        (Limit::Weeks(6), "6 weeks"),
        (Limit::Months(1), "1 month"),
        (Limit::Years(2), "2 years"),
    ] {
        assert_eq!(limit.to_string(), expected);
        assert_eq!(limit.is_hours(), expected.contains("hour"));
    }
}

fn any_limit() -> impl Strategy<Value = Limit> {
    let kinds = [Limit::Hours, Limit::WorkingDays, Limit::Days, Limit::Weeks, Limit::Months, Limit::Years];
    let count = prop_oneof![0..100_u32, any::<u32>()];
    (prop::sample::select(kinds.to_vec()), count).prop_map(|(kind, count)| kind(count))
}

proptest! {
    #[test]
    fn nothing_panics_and_nothing_is_due_before_its_start(micros: i64, limit in any_limit(), next: bool) {
        let count_from = if next { NextDay } else { StartDay };
        let start = Instant::from_micros(micros);
        let calendar = WorkingDays::england_and_wales();
        let due = calendar.due(start, limit, count_from);
        prop_assert!(due.at >= start);
        prop_assert_eq!(due.date.is_none(), limit.is_hours());
        prop_assert!(!calendar.explain_count(start, limit, count_from).is_empty());
    }

    #[test]
    fn the_start_day_as_day_1_is_never_later(days in 0..40_000, limit in any_limit()) {
        let start = calendar::london::start_of_day(Date::from_days(days));
        let calendar = WorkingDays::england_and_wales();
        let (next, own) = (calendar.due(start, limit, NextDay), calendar.due(start, limit, StartDay));
        prop_assert!(own.at <= next.at);
    }
}
