use calendar::{Date, Weekday};
use proptest::prelude::*;

use crate::date;

fn check_months(from: &str, months: i32, expected: &str) {
    assert_eq!(date(from).plus_months(months).to_string(), expected, "{from} + {months} months");
}

fn check_years(from: &str, years: i32, expected: &str) {
    assert_eq!(date(from).plus_years(years).to_string(), expected, "{from} + {years} years");
}

#[test]
fn months_are_clipped_to_their_end() {
    check_months("2021-08-31", 6, "2022-02-28");
    check_months("2023-08-31", 6, "2024-02-29");
    check_months("2021-01-31", 1, "2021-02-28");
    check_months("2021-01-31", 3, "2021-04-30");
    check_months("2021-02-28", 1, "2021-03-28");
    check_months("2021-01-04", 0, "2021-01-04");
    check_months("2021-11-30", 3, "2022-02-28");
    check_months("2021-03-31", -1, "2021-02-28");
    check_months("2021-01-31", -12, "2020-01-31");
    check_months("0001-01-31", -12, "0000-01-31");
    check_months("0001-01-31", -13, "-001-12-31".trim_start());
}

#[test]
fn years_are_clipped_in_february() {
    check_years("2020-02-29", 1, "2021-02-28");
    check_years("2020-02-29", 4, "2024-02-29");
    check_years("2020-02-29", -120, "1900-02-28");
    check_years("2021-03-01", 18, "2039-03-01");
}

#[test]
fn only_real_dates_are_read() {
    assert_eq!(Date::parse("1970-01-01").map(Date::days), Some(0));
    assert_eq!(Date::parse("2000-02-29").map(Date::days), Some(11_016));
    assert_eq!(Date::parse("0001-01-01").map(Date::days), Some(-719_162));
    assert_eq!(Date::parse("9999-12-31").map(Date::days), Some(2_932_896));
    for text in [
        "",
        "2021",
        "2021-01",
        "2021-1-1",
        "2021-01-1",
        "2021-01-011",
        "2021-13-01",
        "2021-00-01",
        "2021-01-00",
        "2021-02-29",
        "1900-02-29",
        "2021-04-31",
        "0000-01-01",
        "10000-01-01",
        "-001-01-01",
        "2021/01/01",
        "20210101",
        " 2021-01-01",
        "2021-01-01 ",
        "2021-01-01T00:00:00Z",
        "2021-01-1٣",
        "202a-01-01",
        "2021-01-a1",
        "2021-01-1/",
    ] {
        assert_eq!(Date::parse(text), None, "{text:?}");
    }
}

#[test]
fn dates_from_numbers() {
    assert_eq!(Date::new(2021, 4, 1), Some(date("2021-04-01")));
    assert_eq!(Date::new(2021, 2, 29), None);
    assert_eq!(Date::new(2021, 0, 1), None);
    assert_eq!(Date::new(2021, 13, 1), None);
    assert_eq!(Date::new(2021, 1, 0), None);
    assert_eq!(Date::new(-4, 2, 29).map(|date| date.to_string()).as_deref(), Some("-004-02-29"));
    assert_eq!(Date::new(i32::MAX, 1, 1), None);
    assert_eq!(Date::new(i32::MIN, 1, 1), None);
}

#[test]
fn the_ends_of_the_range() {
    let (least, most) = (Date::from_days(i32::MIN), Date::from_days(i32::MAX));
    assert_eq!(most.ymd(), (5_881_580, 7, 11));
    assert_eq!(least.ymd(), (-5_877_641, 6, 23));
    assert_eq!(Date::new(5_881_580, 7, 11), Some(most));
    assert_eq!(Date::new(5_881_580, 7, 12), None);
    assert_eq!(most.plus_days(1), most);
    assert_eq!(most.plus_months(i32::MAX), most);
    assert_eq!(most.plus_years(i32::MAX), most);
    assert_eq!(least.plus_days(-1), least);
    assert_eq!(least.plus_months(i32::MIN), least);
    assert_eq!(least.plus_years(i32::MIN), least);
}

#[test]
fn the_week() {
    for (text, weekday, spoken) in [
        ("2021-04-01", Weekday::Thursday, "Thu 1 April 2021"),
        ("2021-04-02", Weekday::Friday, "Fri 2 April 2021"),
        ("2021-02-27", Weekday::Saturday, "Sat 27 February 2021"),
        ("2021-02-28", Weekday::Sunday, "Sun 28 February 2021"),
        ("2024-12-30", Weekday::Monday, "Mon 30 December 2024"),
        ("1899-12-26", Weekday::Tuesday, "Tue 26 December 1899"),
        ("0001-01-03", Weekday::Wednesday, "Wed 3 January 1"),
    ] {
        assert_eq!(date(text).weekday(), weekday, "{text}");
        assert_eq!(date(text).spoken(), spoken);
        assert!(spoken.starts_with(weekday.short()));
        assert!(weekday.name().starts_with(weekday.short()));
    }
}

#[test]
fn every_day_of_four_centuries_follows_the_one_before() {
    let mut previous = Date::new(1799, 12, 31).unwrap();
    let mut expected = jiff::civil::date(1800, 1, 1);
    while expected.year() < 2200 {
        let day = previous.plus_days(1);
        assert_eq!(day.to_string(), expected.to_string());
        assert_eq!(Date::parse(&expected.to_string()), Some(day));
        assert_eq!(i32::from(expected.weekday().to_monday_zero_offset()), day.weekday() as i32);
        previous = day;
        expected = expected.tomorrow().unwrap();
    }
}

proptest! {
    #[test]
    fn parts_make_the_date_again(days: i32) {
        let date = Date::from_days(days);
        let (year, month, day) = date.ymd();
        prop_assert_eq!((year, month, day), (date.year(), date.month(), date.day()));
        prop_assert_eq!(Date::new(year, month, day), Some(date));
    }

    #[test]
    fn what_is_written_reads_back(days in -719_162..=2_932_896) {
        let date = Date::from_days(days);
        prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
    }

    #[test]
    fn reading_never_panics(text in ".{0,12}", near in "[0-9-]{9,11}") {
        let _ = (Date::parse(&text), Date::parse(&near));
    }

    #[test]
    fn months_as_jiff_adds_them(days in -100_000..100_000, months in -1_000..1_000) {
        let from = Date::from_days(days);
        let expected = jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(days);
        let expected = expected + jiff::Span::new().months(months);
        prop_assert_eq!(from.plus_months(months).to_string(), expected.to_string());
    }
}
