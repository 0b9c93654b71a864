use calendar::{CountFrom, Date, Limit, WorkingDays};

use crate::{date, instant};
use CountFrom::{NextDay, StartDay};

fn check(start: &str, limit: Limit, count_from: CountFrom, expected: &str) {
    check_in(&WorkingDays::england_and_wales(), start, limit, count_from, expected);
}

fn check_in(calendar: &WorkingDays, start: &str, limit: Limit, count_from: CountFrom, expected: &str) {
    assert_eq!(calendar.explain_count(instant(start), limit, count_from), expected);
}

#[test]
fn working_days() {
    check(
        "2021-04-01T10:00:00+01:00",
        Limit::WorkingDays(10),
        NextDay,
        "10 working days after Thu 1 April 2021; 2 April Good Friday and 5 April Easter Monday not counted; \
         due Mon 19 April",
    );
    check(
        "2021-02-27T11:00:00Z",
        Limit::WorkingDays(10),
        NextDay,
        "10 working days after Sat 27 February 2021; due Fri 12 March",
    );
    check(
        "2020-05-07T10:00:00Z",
        Limit::WorkingDays(1),
        NextDay,
        "1 working day after Thu 7 May 2020; 8 May Early May bank holiday (VE day) not counted; due Mon 11 May",
    );
    check(
        "2021-12-24T10:00:00Z",
        Limit::WorkingDays(5),
        NextDay,
        "5 working days after Fri 24 December 2021; 27 December Christmas Day (substitute day), 28 December Boxing \
         Day (substitute day) and 3 January 2022 New Year's Day (substitute day) not counted; due Wed 5 January 2022",
    );
}

#[test]
fn hours() {
    check(
        "2021-01-08T16:00:00Z",
        Limit::Hours(24),
        NextDay,
        "24 hours after Fri 8 January 2021 16:00; too late from Sat 9 January 16:00",
    );
    check(
        "2021-12-31T16:00:00Z",
        Limit::Hours(24),
        StartDay,
        "24 hours after Fri 31 December 2021 16:00; too late from Sat 1 January 2022 16:00",
    );
    check(
        "2021-03-27T16:00:00Z",
        Limit::Hours(24),
        NextDay,
        "24 hours after Sat 27 March 2021 16:00; the clocks go forward in between; too late from Sun 28 March 17:00",
    );
    check(
        "2021-10-30T15:00:00Z",
        Limit::Hours(24),
        NextDay,
        "24 hours after Sat 30 October 2021 16:00; the clocks go back in between; too late from Sun 31 October 15:00",
    );
}

#[test]
fn days_weeks_months_and_years() {
    check("2021-01-04T10:00:00Z", Limit::Months(3), NextDay, "3 months after Mon 4 January 2021; due Sun 4 April");
    check("2021-04-01T10:00:00Z", Limit::Days(10), NextDay, "10 days after Thu 1 April 2021; due Sun 11 April");
    check(
        "2021-12-20T10:00:00Z",
        Limit::Weeks(2),
        NextDay,
        "2 weeks after Mon 20 December 2021; due Mon 3 January 2022",
    );
    check(
        "2021-08-31T10:00:00Z",
        Limit::Months(6),
        NextDay,
        "6 months after Tue 31 August 2021; February 2022 has no day 31, so its last day is taken; \
         due Mon 28 February 2022",
    );
    check(
        "2020-02-29T10:00:00Z",
        Limit::Years(1),
        NextDay,
        "1 year after Sat 29 February 2020; February 2021 has no day 29, so its last day is taken; \
         due Sun 28 February 2021",
    );
}

#[test]
fn the_local_date_counts() {
    check("2021-06-30T23:30:00Z", Limit::Days(1), NextDay, "1 day after Thu 1 July 2021; due Fri 2 July");
}

#[test]
fn the_day_itself() {
    check("2021-04-01T10:00:00Z", Limit::WorkingDays(0), NextDay, "due on the day itself, Thu 1 April 2021");
    check("2021-04-01T10:00:00Z", Limit::Days(0), StartDay, "due on the day itself, Thu 1 April 2021");
}

#[test]
fn the_start_day_as_day_1() {
    check(
        "2021-04-01T10:00:00Z",
        Limit::WorkingDays(10),
        StartDay,
        "10 working days counting Thu 1 April 2021 as day 1; 2 April Good Friday and 5 April Easter Monday not \
         counted; due Fri 16 April",
    );
    check(
        "2021-02-27T11:00:00Z",
        Limit::WorkingDays(10),
        StartDay,
        "10 working days from Sat 27 February 2021, counting Mon 1 March as day 1; due Fri 12 March",
    );
    check(
        "2021-04-05T11:00:00Z",
        Limit::WorkingDays(1),
        StartDay,
        "1 working day from Mon 5 April 2021, counting Tue 6 April as day 1; 5 April Easter Monday not counted; \
         due Tue 6 April",
    );
    check(
        "2021-01-04T10:00:00Z",
        Limit::Months(3),
        StartDay,
        "3 months counting Mon 4 January 2021 as day 1; due Sat 3 April",
    );
}

#[test]
fn closures() {
    let closed = |from: &str, days: i32, name: &str| {
        let first = date(from);
        (0..days).map(move |day| first.plus_days(day)).map(|day| (day, name.to_owned())).collect::<Vec<_>>()
    };
    let shut = closed("2024-12-27", 7, "Offices closed");
    let calendar = WorkingDays::with_closures(shut);
    check_in(
        &calendar,
        "2024-12-23T10:00:00Z",
        Limit::WorkingDays(2),
        NextDay,
        "2 working days after Mon 23 December 2024; 25 December Christmas Day, 26 December Boxing Day, 27 to 31 \
         December Offices closed, 1 January 2025 New Year's Day and 2 January 2025 Offices closed not counted; \
         due Fri 3 January 2025",
    );
    let calendar = WorkingDays::with_closures(closed("2021-07-29", 6, "Flood"));
    check_in(
        &calendar,
        "2021-07-28T10:00:00Z",
        Limit::WorkingDays(1),
        NextDay,
        "1 working day after Wed 28 July 2021; 29 July to 3 August Flood not counted; due Wed 4 August",
    );
}

#[test]
fn a_long_list_is_cut() {
    check(
        "2021-01-04T10:00:00Z",
        Limit::WorkingDays(400),
        NextDay,
        "400 working days after Mon 4 January 2021; 2 April Good Friday, 5 April Easter Monday, 3 May Early May bank \
         holiday, 31 May Spring bank holiday, 30 August Summer bank holiday, 27 December Christmas Day (substitute \
         day), 28 December Boxing Day (substitute day), 3 January 2022 New Year's Day (substitute day), 15 April 2022 \
         Good Friday, 18 April 2022 Easter Monday, 2 May 2022 Early May bank holiday, 2 June 2022 Spring bank holiday \
         and 1 more day not counted; due Thu 4 August 2022",
    );
}

#[test]
fn where_bank_holidays_are_not_known() {
    check(
        "2035-12-28T10:00:00Z",
        Limit::WorkingDays(2),
        NextDay,
        "2 working days after Fri 28 December 2035; bank holidays are known from 2010 to 2035 only; \
         due Tue 1 January 2036",
    );
    check("2036-01-01T10:00:00Z", Limit::Days(1), NextDay, "1 day after Tue 1 January 2036; due Wed 2 January");
}

#[test]
fn the_calendar_shows_its_days_off() {
    let calendar = WorkingDays::with_closures([(Date::from_days(0), "The beginning".to_owned())]);
    assert!(format!("{calendar:?}").starts_with(r#"{"1970-01-01": "The beginning", "2010-01-01": "New Year's Day", "#));
}
