use calendar::{Date, WorkingDays};

use crate::date;

/// Every day off from Monday to Friday of one year, as `MM-DD`.
fn check(year: i32, expected: &str) {
    let calendar = WorkingDays::england_and_wales();
    let first = Date::new(year, 1, 1).unwrap();
    let days = (0..366).map(|days| first.plus_days(days)).filter(|day| day.year() == year);
    let off = days.filter(|day| !day.weekday().is_weekend() && !calendar.is_working_day(*day));
    let off: Vec<String> = off.map(|day| day.to_string()[5..].to_owned()).collect();
    assert_eq!(off.join(" "), expected, "{year}");
}

fn check_name(day: &str, expected: &str) {
    let calendar = WorkingDays::england_and_wales();
    assert_eq!(calendar.not_working_because(date(day)), Some(expected), "{day}");
    assert!(!calendar.is_working_day(date(day)), "{day}");
}

#[test]
fn every_date_of_the_years_that_are_certain() {
    check(2010, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
    check(2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27");
    check(2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26");
    check(2013, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
    check(2014, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26");
    check(2015, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    check(2016, "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27");
    check(2017, "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
    check(2018, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26");
    check(2019, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26");
    check(2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28");
    check(2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
    check(2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27");
    check(2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26");
    check(2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
    check(2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26");
    check(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    check(2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
}

#[test]
fn the_years_to_come_by_the_same_rules() {
    check(2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
    check(2029, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26");
    check(2030, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26");
    check(2031, "01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26");
    check(2032, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
    check(2033, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27");
    check(2034, "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26");
    check(2035, "01-01 03-23 03-26 05-07 05-28 08-27 12-25 12-26");
}

#[test]
fn outside_these_years_there_are_only_weekends() {
    check(2009, "");
    check(2036, "");
    check(1, "");
    check(9999, "");
}

/// The dates of Easter Sunday as the Church of England publishes them.
#[test]
fn easter() {
    let calendar = WorkingDays::england_and_wales();
    for sunday in [
        "2010-04-04",
        "2011-04-24",
        "2012-04-08",
        "2013-03-31",
        "2014-04-20",
        "2015-04-05",
        "2016-03-27",
        "2017-04-16",
        "2018-04-01",
        "2019-04-21",
        "2020-04-12",
        "2021-04-04",
        "2022-04-17",
        "2023-04-09",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2031-04-13",
        "2032-03-28",
        "2033-04-17",
        "2034-04-09",
        "2035-03-25",
    ] {
        let (friday, monday) = (date(sunday).plus_days(-2), date(sunday).plus_days(1));
        assert_eq!(calendar.not_working_because(friday), Some("Good Friday"), "{sunday}");
        assert_eq!(calendar.not_working_because(monday), Some("Easter Monday"), "{sunday}");
    }
}

#[test]
fn names_of_an_ordinary_year() {
    check_name("2024-01-01", "New Year's Day");
    check_name("2024-03-29", "Good Friday");
    check_name("2024-04-01", "Easter Monday");
    check_name("2024-05-06", "Early May bank holiday");
    check_name("2024-05-27", "Spring bank holiday");
    check_name("2024-08-26", "Summer bank holiday");
    check_name("2024-12-25", "Christmas Day");
    check_name("2024-12-26", "Boxing Day");
}

#[test]
fn names_of_substitutes() {
    // Saturday, Sunday.
    check_name("2011-01-03", "New Year's Day (substitute day)");
    check_name("2012-01-02", "New Year's Day (substitute day)");
    // Christmas Day on a Friday, a Saturday, a Sunday.
    check_name("2020-12-25", "Christmas Day");
    check_name("2020-12-28", "Boxing Day (substitute day)");
    check_name("2021-12-27", "Christmas Day (substitute day)");
    check_name("2021-12-28", "Boxing Day (substitute day)");
    check_name("2022-12-26", "Boxing Day");
    check_name("2022-12-27", "Christmas Day (substitute day)");
}

#[test]
fn names_of_days_of_one_year_alone() {
    check_name("2011-04-29", "Royal wedding");
    check_name("2012-06-04", "Spring bank holiday");
    check_name("2012-06-05", "Queen's Diamond Jubilee");
    check_name("2020-05-08", "Early May bank holiday (VE day)");
    check_name("2022-06-02", "Spring bank holiday");
    check_name("2022-06-03", "Platinum Jubilee bank holiday");
    check_name("2022-09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II");
    check_name("2023-05-08", "Bank holiday for the coronation of King Charles III");
}

#[test]
fn days_that_were_moved_away_are_worked() {
    let calendar = WorkingDays::england_and_wales();
    for day in ["2012-05-28", "2020-05-04", "2022-05-30", "2021-12-24", "2021-12-29"] {
        assert!(calendar.is_working_day(date(day)), "{day}");
        assert_eq!(calendar.not_working_because(date(day)), None, "{day}");
    }
}

#[test]
fn a_weekend_has_no_name() {
    let calendar = WorkingDays::england_and_wales();
    for day in ["2021-12-25", "2021-12-26", "2022-01-01", "2021-04-04", "2021-01-09"] {
        assert!(!calendar.is_working_day(date(day)), "{day}");
        assert_eq!(calendar.not_working_because(date(day)), None, "{day}");
    }
}

#[test]
fn the_years_covered() {
    assert!(!WorkingDays::covers(date("2009-12-31")));
    assert!(WorkingDays::covers(date("2010-01-01")));
    assert!(WorkingDays::covers(date("2035-12-31")));
    assert!(!WorkingDays::covers(date("2036-01-01")));
}
