use calendar::{Age, Date};
use proptest::prelude::*;

use crate::date;

fn check(born: &str, age: &str, expected: &str) {
    let reached = Age::parse(age).unwrap().reached_on(date(born));
    assert_eq!(reached, date(expected), "{age} of {born}: {reached}");
}

#[test]
fn the_same_day_of_the_month_or_the_first_of_the_next() {
    check("2005-06-15", "16y", "2021-06-15");
    check("2005-06-15", "16y3m", "2021-09-15");
    check("2021-01-31", "1m", "2021-03-01");
    check("2021-01-31", "3m", "2021-05-01");
    check("2021-12-31", "2m", "2022-03-01");
    check("2021-12-29", "2m", "2022-03-01");
    check("2023-12-29", "2m", "2024-02-29");
    check("2023-12-30", "2m", "2024-03-01");
    check("2004-02-29", "16y", "2020-02-29");
    check("2004-02-29", "17y", "2021-03-01");
    check("2004-02-29", "18y", "2022-03-01");
    check("2005-11-30", "16y3m", "2022-03-01");
    check("2005-12-31", "0y", "2005-12-31");
}

#[test]
fn texts_of_ages() {
    for (text, years, months, written) in [
        ("5y", 5, 0, "5 years"),
        ("1y", 1, 0, "1 year"),
        ("16y3m", 16, 3, "16 years 3 months"),
        ("1y1m", 1, 1, "1 year 1 month"),
        ("3m", 0, 3, "3 months"),
        ("18m", 1, 6, "1 year 6 months"),
        ("0y", 0, 0, "0 years"),
        ("0m", 0, 0, "0 years"),
        ("5y0m", 5, 0, "5 years"),
    ] {
        let age = Age::parse(text).unwrap();
        assert_eq!(age, Age { years, months }, "{text}");
        assert_eq!(age.to_string(), written);
    }
}

#[test]
fn texts_that_are_no_age() {
    for text in [
        "", "5", "y", "m", "ym", "5Y", "5 y", " 5y", "5y ", "-5y", "+5y", "5.5y", "16y12m", "16y3", "16ym", "3m16y",
        "16y3m1", "1000y", "100m", "٣y", "16y 3m", "16yy", "3mm",
    ] {
        assert_eq!(Age::parse(text), None, "{text:?}");
    }
}

#[test]
fn ages_in_order() {
    let age = |text| Age::parse(text).unwrap();
    assert!(age("11m") < age("1y") && age("16y") < age("16y3m") && age("16y3m") < age("17y"));
}

proptest! {
    #[test]
    fn an_older_age_is_reached_no_earlier(days in -50_000..50_000, years in 0..130_u16, months in 0..12_u8) {
        let born = Date::from_days(days);
        let (age, next) = (Age { years, months }, Age { years: years + 1, months });
        prop_assert!(age.reached_on(born) >= born);
        prop_assert!(age.reached_on(born) < next.reached_on(born));
        // Never on a later day of the month than that of the birth, but on the first.
        let day = age.reached_on(born).day();
        prop_assert!(day == born.day() || day == 1);
    }

    #[test]
    fn nothing_panics(days: i32, years: u16, months: u8, text in "[0-9ym]{0,8}") {
        let _ = Age { years, months }.reached_on(Date::from_days(days));
        let _ = Age::parse(&text);
    }
}
