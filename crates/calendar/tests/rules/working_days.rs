use calendar::{Date, WorkingDays};
use proptest::prelude::*;

use crate::date;

/// The n-th working day after a date, and back.
fn check(from: &str, n: u32, expected: &str) {
    let calendar = WorkingDays::england_and_wales();
    let due = calendar.add(date(from), n);
    assert_eq!(due, date(expected), "{from} + {n}: {due}");
    assert_eq!(calendar.between(date(from), due), n as i32, "from {from} to {expected}");
}

/// Closures inside the years covered, at their borders and far outside; at weekends, on holidays, and twice.
fn closures() -> Vec<(Date, String)> {
    [
        ("1950-01-02", "Long ago"),
        ("2009-12-29", "Closed"),
        ("2009-12-31", "Closed"),
        ("2010-01-04", "Closed"),
        ("2010-01-02", "A Saturday"),
        ("2021-04-06", "Closed after Easter"),
        ("2021-04-06", "Named twice"),
        ("2021-04-05", "A holiday too"),
        ("2035-12-31", "Closed"),
        ("2036-01-01", "New year"),
        ("2036-01-02", "New year"),
        ("2036-01-04", "Closed"),
        ("2099-12-31", "Far away"),
    ]
    .map(|(day, name)| (date(day), name.to_owned()))
    .to_vec()
}

#[test]
fn the_worked_examples() {
    check("2021-01-08", 1, "2021-01-11");
    check("2021-04-01", 10, "2021-04-19");
    check("2021-02-27", 10, "2021-03-12");
    check("2020-05-01", 1, "2020-05-04");
    check("2020-05-07", 1, "2020-05-11");
    check("2021-12-24", 1, "2021-12-29");
    check("2021-01-04", 20, "2021-02-01");
}

#[test]
fn none_is_the_day_itself() {
    check("2021-04-01", 0, "2021-04-01");
    check("2021-04-03", 0, "2021-04-03");
}

#[test]
fn across_the_borders_of_the_years_covered() {
    check("2009-12-24", 1, "2009-12-25");
    check("2009-12-31", 1, "2010-01-04");
    check("2009-12-21", 10, "2010-01-05");
    check("2035-12-24", 1, "2035-12-27");
    check("2035-12-31", 1, "2036-01-01");
    check("2035-12-21", 10, "2036-01-08");
    check("2036-01-01", 5, "2036-01-08");
    check("1900-01-01", 5, "1900-01-08");
}

#[test]
fn working_days_overdue() {
    let calendar = WorkingDays::england_and_wales();
    for (after, upto, expected) in [
        ("2021-01-11", "2021-01-12", 1),
        ("2021-01-11", "2021-01-16", 4),
        ("2020-05-04", "2020-05-07", 3),
        ("2021-04-01", "2021-04-05", 0),
        ("2021-04-01", "2021-04-01", 0),
        ("2021-04-19", "2021-04-01", 0),
    ] {
        assert_eq!(calendar.between(date(after), date(upto)), expected, "{after} to {upto}");
    }
}

#[test]
fn closures_are_not_working_days() {
    let calendar = WorkingDays::with_closures(closures());
    for (day, expected) in [
        ("1950-01-02", Some("Long ago")),
        ("2009-12-31", Some("Closed")),
        ("2010-01-02", None),
        ("2021-04-05", Some("Easter Monday")),
        ("2021-04-06", Some("Closed after Easter")),
        ("2036-01-01", Some("New year")),
        ("2099-12-31", Some("Far away")),
    ] {
        assert_eq!(calendar.not_working_because(date(day)), expected, "{day}");
        assert!(!calendar.is_working_day(date(day)), "{day}");
    }
    assert_eq!(calendar.add(date("2021-04-01"), 1), date("2021-04-07"));
    assert_eq!(calendar.add(date("2009-12-28"), 2), date("2010-01-05"));
    assert_eq!(calendar.add(date("2035-12-28"), 1), date("2036-01-03"));
    assert_eq!(calendar.add(date("2036-01-03"), 1), date("2036-01-07"));
    assert_eq!(calendar.add(date("1949-12-30"), 1), date("1950-01-03"));
}

/// Walks day by day, which is slow and plain.
#[test]
fn counting_agrees_with_a_walk() {
    let calendar = WorkingDays::with_closures(closures());
    for (from, to) in [("1949-12-01", "1950-02-01"), ("2009-06-01", "2036-06-01"), ("2099-12-01", "2100-02-01")] {
        let (first, end) = (date(from), date(to));
        let (mut day, mut so_far) = (first, 0);
        while day < end {
            day = day.plus_days(1);
            let off = day.weekday().is_weekend() || calendar.not_working_because(day).is_some();
            assert_eq!(calendar.is_working_day(day), !off, "{day}");
            if !off {
                so_far += 1;
                assert_eq!(calendar.add(first, so_far), day, "{first} + {so_far}");
            }
            assert_eq!(calendar.between(first, day), so_far as i32, "{first} to {day}");
        }
    }
}

#[test]
fn absurd_numbers_stop_at_the_end_of_time() {
    let calendar = WorkingDays::with_closures(closures());
    let (least, most) = (Date::from_days(i32::MIN), Date::from_days(i32::MAX));
    assert_eq!(calendar.add(date("2021-04-01"), u32::MAX), most);
    assert_eq!(calendar.add(most, 1), most);
    assert_eq!(calendar.add(most, u32::MAX), most);
    assert_eq!(calendar.add(least, 1), least.plus_days(1));
    assert_eq!(calendar.between(least, most), i32::MAX);
    assert_eq!(calendar.between(most, least), 0);
    assert!(calendar.is_working_day(least) || least.weekday().is_weekend());
}

#[test]
fn closures_at_the_end_of_time() {
    let ends = [i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX];
    let closed = ends.map(|days| (Date::from_days(days), "Closed".to_owned()));
    let calendar = WorkingDays::with_closures(closed);
    assert!(ends.iter().all(|days| !calendar.is_working_day(Date::from_days(*days))));
    assert_eq!(calendar.add(date("2021-04-01"), 10), date("2021-04-19"));
    assert_eq!(calendar.add(Date::from_days(i32::MAX), u32::MAX), Date::from_days(i32::MAX));
}

/// Dates around the years covered, and some anywhere.
fn any_date() -> impl Strategy<Value = Date> {
    prop_oneof![12_000..26_000, -4_000_000..4_000_000].prop_map(Date::from_days)
}

proptest! {
    #[test]
    fn between_takes_back_what_add_gave(from in any_date(), n in 0..200_000_u32) {
        let calendar = WorkingDays::with_closures(closures());
        let due = calendar.add(from, n);
        prop_assert_eq!(calendar.between(from, due), n as i32);
        prop_assert!(n == 0 || calendar.is_working_day(due));
    }

    #[test]
    fn add_takes_back_what_between_gave(from in any_date(), upto in any_date()) {
        let calendar = WorkingDays::with_closures(closures());
        let upto = upto.max(from);
        let count = calendar.between(from, upto);
        let last = calendar.add(from, count as u32);
        prop_assert!(last <= upto);
        prop_assert_eq!(calendar.between(last, upto), 0);
        prop_assert!(calendar.add(from, count as u32 + 1) > upto);
    }

    #[test]
    fn nothing_panics(days: i32, other: i32, n: u32) {
        let calendar = WorkingDays::with_closures([(Date::from_days(other), "Closed".to_owned())]);
        let from = Date::from_days(days);
        prop_assert!(calendar.add(from, n) >= from);
        prop_assert!(calendar.between(from, Date::from_days(other)) >= 0);
        let _ = calendar.is_working_day(from);
    }
}
