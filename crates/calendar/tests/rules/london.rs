use calendar::{Date, Instant, london};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use proptest::prelude::*;

use crate::{date, instant};

const HOUR: i64 = 3_600_000_000;
/// 1900-01-01 to 2100-12-31, in UTC.
const COMPARED: std::ops::Range<i64> = -2_208_988_800_000_000..4_133_980_800_000_000;

fn oracle() -> TimeZone {
    TimeZoneDatabase::bundled().get("Europe/London").unwrap()
}

/// Compares the local date and time of one instant with the time zone database.
fn check_with(zone: &TimeZone, micros: i64) {
    let expected = Timestamp::from_microsecond(micros).unwrap().to_zoned(zone.clone());
    let instant = Instant::from_micros(micros);
    let local = format!("{} {}", london::local_date(instant), london::local_time_text(instant));
    assert_eq!(local, expected.strftime("%Y-%m-%d %H:%M").to_string(), "{instant}");
}

/// Local date and time of an instant.
fn check(text: &str, expected: &str) {
    let instant = instant(text);
    let local = format!("{} {}", london::local_date(instant), london::local_time_text(instant));
    assert_eq!(local, expected, "{text}");
}

/// First and last instant of a local day.
fn check_day(text: &str, first: &str, last: &str) {
    assert_eq!(london::start_of_day(date(text)), instant(first), "start of {text}");
    assert_eq!(london::end_of_day(date(text)), instant(last), "end of {text}");
}

#[test]
fn winter_and_summer() {
    check("2021-01-08T16:00:00Z", "2021-01-08 16:00");
    check("2021-06-30T22:59:59.999999Z", "2021-06-30 23:59");
    check("2021-06-30T23:00:00Z", "2021-07-01 00:00");
    check("2021-03-31T22:59:59Z", "2021-03-31 23:59");
    check("2021-03-31T23:00:00Z", "2021-04-01 00:00");
}

#[test]
fn both_clock_changes() {
    check("2021-03-28T00:59:59.999999Z", "2021-03-28 00:59");
    check("2021-03-28T01:00:00Z", "2021-03-28 02:00");
    check("2021-10-31T00:59:59.999999Z", "2021-10-31 01:59");
    check("2021-10-31T01:00:00Z", "2021-10-31 01:00");
    check_day("2021-03-27", "2021-03-27T00:00:00Z", "2021-03-27T23:59:59.999999Z");
    check_day("2021-03-28", "2021-03-28T00:00:00Z", "2021-03-28T22:59:59.999999Z");
    check_day("2021-03-29", "2021-03-28T23:00:00Z", "2021-03-29T22:59:59.999999Z");
    check_day("2021-10-30", "2021-10-29T23:00:00Z", "2021-10-30T22:59:59.999999Z");
    check_day("2021-10-31", "2021-10-30T23:00:00Z", "2021-10-31T23:59:59.999999Z");
    check_day("2021-11-01", "2021-11-01T00:00:00Z", "2021-11-01T23:59:59.999999Z");
}

#[test]
fn years_with_a_time_of_their_own() {
    check("1899-07-01T12:00:00Z", "1899-07-01 12:00");
    check("1841-07-01T12:00:00Z", "1841-07-01 12:00");
    check("1916-05-21T01:59:59Z", "1916-05-21 01:59");
    check("1916-05-21T02:00:00Z", "1916-05-21 03:00");
    check("1943-01-15T12:00:00Z", "1943-01-15 13:00");
    check("1943-06-15T12:00:00Z", "1943-06-15 14:00");
    check("1947-04-15T12:00:00Z", "1947-04-15 14:00");
    check("1968-12-25T12:00:00Z", "1968-12-25 13:00");
    check("1970-01-01T00:00:00Z", "1970-01-01 01:00");
    check("1971-10-31T01:59:59Z", "1971-10-31 02:59");
    check("1971-10-31T02:00:00Z", "1971-10-31 02:00");
    check_day("1943-06-15", "1943-06-14T22:00:00Z", "1943-06-15T21:59:59.999999Z");
    check_day("1970-01-01", "1969-12-31T23:00:00Z", "1970-01-01T22:59:59.999999Z");
}

#[test]
fn the_rule_goes_on_after_the_table() {
    check("2100-12-31T23:59:59Z", "2100-12-31 23:59");
    check("2101-01-01T00:00:00Z", "2101-01-01 00:00");
    check("2101-03-27T00:59:59Z", "2101-03-27 00:59");
    check("2101-03-27T01:00:00Z", "2101-03-27 02:00");
    check("2101-10-30T00:59:59Z", "2101-10-30 01:59");
    check("2101-10-30T01:00:00Z", "2101-10-30 01:00");
    check("9999-07-01T23:30:00Z", "9999-07-02 00:30");
}

#[test]
fn every_change_is_that_of_the_time_zone_database() {
    let zone = oracle();
    let first = Timestamp::from_microsecond(COMPARED.start).unwrap();
    let changes = zone.following(first).map(|change| change.timestamp().as_microsecond());
    let changes: Vec<i64> = changes.take_while(|change| *change < COMPARED.end).collect();
    assert!(changes.len() > 365, "{} changes", changes.len());
    for change in changes {
        for micros in [change - 1, change, change + 1, change - HOUR, change + HOUR] {
            check_with(&zone, micros);
        }
        let offset = |micros| zone.to_offset(Timestamp::from_microsecond(micros).unwrap());
        let hour = change.rem_euclid(24 * HOUR) / HOUR;
        // The database has entries that give the same time a new name or rule.
        let changes_nothing = offset(change - 1) == offset(change);
        assert!(changes_nothing || hour == 1 || hour == 2, "a local midnight may be skipped or repeated");
    }
}

#[test]
fn every_hour_is_that_of_the_time_zone_database() {
    let zone = oracle();
    // Every seventh hour comes to each hour of the day within a week.
    let mut micros = COMPARED.start;
    while micros < COMPARED.end {
        let expected = zone.to_offset(Timestamp::from_microsecond(micros).unwrap()).seconds();
        let local = micros + i64::from(expected) * 1_000_000;
        let days = local.div_euclid(24 * HOUR) as i32;
        assert_eq!(london::local_date(Instant::from_micros(micros)).days(), days);
        let start = i64::from(days) * 24 * HOUR;
        let start_offset = zone.to_offset(Timestamp::from_microsecond(start).unwrap()).seconds();
        let expected_start = start - i64::from(start_offset) * 1_000_000;
        assert_eq!(london::start_of_day(Date::from_days(days)).micros(), expected_start);
        micros += 7 * HOUR;
    }
}

#[test]
fn the_ends_of_the_range() {
    for micros in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
        let instant = Instant::from_micros(micros);
        let day = london::local_date(instant);
        assert!(london::start_of_day(day) <= instant);
        assert!(london::end_of_day(day) >= instant);
        assert_eq!(london::local_time_text(instant).len(), 5);
    }
    for days in [i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX] {
        let day = Date::from_days(days);
        assert!(london::start_of_day(day) <= london::end_of_day(day));
    }
}

proptest! {
    #[test]
    fn as_the_time_zone_database(micros in COMPARED) {
        check_with(&oracle(), micros);
    }

    #[test]
    fn a_day_begins_and_ends_on_itself(days in -100_000_000..100_000_000) {
        let day = Date::from_days(days);
        let (start, end) = (london::start_of_day(day), london::end_of_day(day));
        prop_assert_eq!(london::local_date(start), day);
        prop_assert_eq!(london::local_date(end), day);
        prop_assert_eq!(london::local_date(start.plus_micros(-1)), day.plus_days(-1));
        prop_assert_eq!(end.plus_micros(1), london::start_of_day(day.plus_days(1)));
    }

    #[test]
    fn nothing_panics(micros: i64, days: i32) {
        let instant = Instant::from_micros(micros);
        let _ = (london::local_date(instant), london::local_time_text(instant));
        prop_assert!(london::start_of_day(Date::from_days(days)) <= london::end_of_day(Date::from_days(days)));
    }
}
