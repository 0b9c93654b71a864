//! The bank holidays of England and Wales, 2010 to 2035, from the rules that make them.
//!
//! Sources: the Banking and Financial Dealings Act 1971 and the royal proclamations under it, in the wording of
//! <https://www.gov.uk/bank-holidays>. A holiday at a weekend is not listed, its substitute is. A day proclaimed later
//! belongs into `in_may` if it moves a holiday and into `once_only` if it is one more; until then an authority can
//! have it as a closure day.

use std::ops::RangeInclusive;

use crate::{Date, Weekday};

/// The years for which the holidays are known.
pub(crate) const YEARS: RangeInclusive<i32> = 2010..=2035;

type Holiday = (Date, &'static str);

/// Every holiday of the years covered, in order of date.
pub(crate) fn all() -> Vec<Holiday> {
    let mut holidays: Vec<Holiday> = YEARS.flat_map(of_year).collect();
    holidays.sort_unstable();
    holidays
}

fn of_year(year: i32) -> impl Iterator<Item = Holiday> {
    let summer = last_monday_of_31(year, 8).map(|date| (date, "Summer bank holiday"));
    new_year(year)
        .into_iter()
        .chain(easter(year).into_iter().flatten())
        .chain(in_may(year).into_iter().flatten())
        .chain(summer)
        .chain(christmas(year).into_iter().flatten())
        .chain(once_only(year).iter().filter_map(move |&day| on(year, day)))
}

fn on(year: i32, (month, day, name): (u8, u8, &'static str)) -> Option<Holiday> {
    Date::new(year, month, day).map(|date| (date, name))
}

/// 1 January, or the Monday after where that is a Saturday or Sunday.
fn new_year(year: i32) -> Option<Holiday> {
    let substitute = "New Year's Day (substitute day)";
    let day = match Date::new(year, 1, 1)?.weekday() {
        Weekday::Saturday => (1, 3, substitute),
        Weekday::Sunday => (1, 2, substitute),
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => {
            (1, 1, "New Year's Day")
        }
    };
    on(year, day)
}

fn easter(year: i32) -> [Option<Holiday>; 2] {
    let sunday = easter_sunday(year);
    [sunday.map(|date| (date.plus_days(-2), "Good Friday")), sunday.map(|date| (date.plus_days(1), "Easter Monday"))]
}

/// The first and the last Monday of May, but for the years in which they were moved.
fn in_may(year: i32) -> [Option<Holiday>; 2] {
    let early = match year {
        2020 => on(year, (5, 8, "Early May bank holiday (VE day)")),
        _ => first_monday(year, 5).map(|date| (date, "Early May bank holiday")),
    };
    let spring = match year {
        2012 => Date::new(year, 6, 4),
        2022 => Date::new(year, 6, 2),
        _ => last_monday_of_31(year, 5),
    };
    [early, spring.map(|date| (date, "Spring bank holiday"))]
}

/// 25 and 26 December. A substitute is the next day that is neither at the weekend nor the other holiday, so where
/// Christmas Day is a Sunday, Boxing Day keeps its Monday and the substitute is the Tuesday.
fn christmas(year: i32) -> [Option<Holiday>; 2] {
    let (day, boxing_day) = ("Christmas Day", "Boxing Day");
    let substitute = "Christmas Day (substitute day)";
    let substitute_boxing_day = "Boxing Day (substitute day)";
    let days = match Date::new(year, 12, 25).map(Date::weekday) {
        Some(Weekday::Friday) => [(12, 25, day), (12, 28, substitute_boxing_day)],
        Some(Weekday::Saturday) => [(12, 27, substitute), (12, 28, substitute_boxing_day)],
        Some(Weekday::Sunday) => [(12, 26, boxing_day), (12, 27, substitute)],
        Some(Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday) | None => {
            [(12, 25, day), (12, 26, boxing_day)]
        }
    };
    days.map(|day| on(year, day))
}

/// Holidays proclaimed for one year alone.
fn once_only(year: i32) -> &'static [(u8, u8, &'static str)] {
    match year {
        2011 => &[(4, 29, "Royal wedding")],
        2012 => &[(6, 5, "Queen's Diamond Jubilee")],
        2022 => &[
            (6, 3, "Platinum Jubilee bank holiday"),
            (9, 19, "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        ],
        2023 => &[(5, 8, "Bank holiday for the coronation of King Charles III")],
        _ => &[],
    }
}

fn first_monday(year: i32, month: u8) -> Option<Date> {
    let seventh = Date::new(year, month, 7)?;
    Some(seventh.plus_days(-days_since_monday(seventh)))
}

fn last_monday_of_31(year: i32, month: u8) -> Option<Date> {
    let last = Date::new(year, month, 31)?;
    Some(last.plus_days(-days_since_monday(last)))
}

fn days_since_monday(date: Date) -> i32 {
    date.weekday() as i32
}

/// The Sunday after the first full moon of the church's tables on or after 21 March, as the Calendar (New Style) Act
/// 1750 has it. The moon's age comes from the year's place in the cycle of nineteen years, corrected by the century
/// for the leap days left out and for the drift of that cycle.
fn easter_sunday(year: i32) -> Option<Date> {
    let golden = year % 19;
    let century = year / 100;
    let moon_drift = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - moon_drift + 15) % 30;
    // The tables never put the full moon on the latest day twice in one cycle, nor later than 18 April.
    let late = epact == 29 || (epact == 28 && golden > 10);
    let full_moon = Date::new(year, 3, 21)?.plus_days(epact - i32::from(late));
    Some(full_moon.plus_days(7 - (days_since_monday(full_moon) + 1) % 7))
}
