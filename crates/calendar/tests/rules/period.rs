use calendar::{Period, PeriodKind};
use proptest::prelude::*;

use crate::{date, instant};

fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

/// First and last date, and the period before.
fn check(text: &str, first: &str, last: &str, previous: &str) {
    let period = period(text);
    assert_eq!((period.first(), period.last()), (date(first), date(last)), "{text}");
    assert_eq!(period.to_string(), text);
    assert_eq!(period.as_str(), text);
    assert_eq!(period.previous(), self::period(previous), "before {text}");
}

#[test]
fn the_forms() {
    check("2021-01", "2021-01-01", "2021-01-31", "2020-12");
    check("2020-02", "2020-02-01", "2020-02-29", "2020-01");
    check("2021-12", "2021-12-01", "2021-12-31", "2021-11");
    check("2020-Q1", "2020-04-01", "2020-06-30", "2019-Q4");
    check("2020-Q2", "2020-07-01", "2020-09-30", "2020-Q1");
    check("2020-Q3", "2020-10-01", "2020-12-31", "2020-Q2");
    check("2020-Q4", "2021-01-01", "2021-03-31", "2020-Q3");
    check("2020-FY", "2020-04-01", "2021-03-31", "2019-FY");
    check("2021-01-R12", "2020-02-01", "2021-01-31", "2020-12-R12");
    check("2021-12-R12", "2021-01-01", "2021-12-31", "2021-11-R12");
    check("2021-02-R12", "2020-03-01", "2021-02-28", "2021-01-R12");
}

#[test]
fn the_kinds() {
    for (text, kind) in [
        ("2021-01", PeriodKind::Month),
        ("2020-Q4", PeriodKind::Quarter),
        ("2020-FY", PeriodKind::FinancialYear),
        ("2021-01-R12", PeriodKind::RollingYear),
    ] {
        assert_eq!(period(text).kind(), kind, "{text}");
        assert_eq!(period(text).previous().kind(), kind, "{text}");
    }
}

#[test]
fn instants_are_local() {
    for (text, start, end) in [
        ("2021-01", "2021-01-01T00:00:00Z", "2021-01-31T23:59:59.999999Z"),
        ("2021-06", "2021-05-31T23:00:00Z", "2021-06-30T22:59:59.999999Z"),
        ("2021-03", "2021-03-01T00:00:00Z", "2021-03-31T22:59:59.999999Z"),
        ("2021-10", "2021-09-30T23:00:00Z", "2021-10-31T23:59:59.999999Z"),
        ("2020-Q4", "2021-01-01T00:00:00Z", "2021-03-31T22:59:59.999999Z"),
        ("2020-FY", "2020-03-31T23:00:00Z", "2021-03-31T22:59:59.999999Z"),
        ("2021-07-R12", "2020-07-31T23:00:00Z", "2021-07-31T22:59:59.999999Z"),
    ] {
        assert_eq!(period(text).start(), instant(start), "start of {text}");
        assert_eq!(period(text).end(), instant(end), "end of {text}");
    }
}

#[test]
fn the_error_says_what_is_wrong() {
    for (text, why) in [
        ("", "does not begin with a year"),
        ("21-01", "does not begin with a year"),
        ("0000-01", "does not begin with a year"),
        ("+021-01", "does not begin with a year"),
        ("January 2021", "does not begin with a year"),
        ("2021", "after the year there is no month"),
        ("2021-", "the month must be 01 to 12"),
        ("2021-1", "the month must be 01 to 12"),
        ("2021-00", "the month must be 01 to 12"),
        ("2021-13", "the month must be 01 to 12"),
        ("2021-13-R12", "the month must be 01 to 12"),
        ("2021-fy", "the month must be 01 to 12"),
        ("2020-Q5", "the quarter must be Q1 to Q4"),
        ("2020-Q4-R12", "the quarter must be Q1 to Q4"),
        ("2021-01-31", "after the month only R12 may follow"),
        ("2021-01-R6", "after the month only R12 may follow"),
        ("2020-FY-R12", "nothing follows FY"),
        ("2021-01-R12-", "too many parts"),
    ] {
        let error = Period::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{text:?} is not a period: ")), "{error}");
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn the_first_and_the_last_year() {
    assert_eq!(period("9999-FY").last().to_string(), "10000-03-31");
    assert_eq!(period("0001-01").previous().to_string(), "0000-12");
    assert_eq!(period("0001-01-R12").first().to_string(), "0000-02-01");
}

proptest! {
    #[test]
    fn reading_never_panics(text in ".{0,12}", near in "[0-9]{4}-[0-9QFYR-]{1,8}") {
        for text in [text, near] {
            if let Ok(period) = Period::parse(&text) {
                prop_assert_eq!(period.to_string(), text);
                prop_assert!(period.start() < period.end());
                prop_assert!(period.previous().start() < period.start());
            }
        }
    }

    #[test]
    fn months_quarters_and_years_follow_without_a_gap(year in 1..9999, form in "(0[1-9]|1[0-2]|Q[1-4]|FY)") {
        let period = period(&format!("{year:04}-{form}"));
        prop_assert_eq!(period.previous().end().plus_micros(1), period.start());
    }
}
