//! Day numbers and year, month, day of the proleptic Gregorian calendar.
//!
//! The year is taken to begin in March, so that a leap day is the last day of its year and the lengths of the
//! months follow one linear formula; four hundred such years always have the same number of days.

/// Days in 400 years.
const DAYS_OF_ERA: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

pub(crate) const MICROS_OF_SECOND: i64 = 1_000_000;
pub(crate) const MICROS_OF_HOUR: i64 = 3_600 * MICROS_OF_SECOND;
pub(crate) const MICROS_OF_DAY: i64 = 24 * MICROS_OF_HOUR;

/// Days from 1970-01-01 to the date, which must be one of the calendar (month 1 to 12).
#[inline]
pub(crate) const fn days_of(year: i64, month: u8, day: u8) -> i64 {
    let (year, month) = if month > 2 { (year, month as u32 - 3) } else { (year - 1, month as u32 + 9) };
    let centuries = year.div_euclid(100);
    // Shifts are divisions by 4 that round down, also before the year 0.
    let leap_days = (year >> 2) - centuries + (centuries >> 2);
    let day_of_year = (153 * month + 2) / 5 + day as u32;
    year * 365 + leap_days + day_of_year as i64 - 1 - DAYS_TO_1970
}

/// Year, month and day of a number of days since 1970-01-01.
#[inline]
pub(crate) const fn ymd_of(days: i64) -> (i64, u8, u8) {
    let days = days + DAYS_TO_1970;
    let era = days.div_euclid(DAYS_OF_ERA);
    // Within an era everything fits into 32 bits, which divide faster.
    let day_of_era = days.rem_euclid(DAYS_OF_ERA) as u32;
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let year = era * 400 + year_of_era as i64;
    if month_from_march < 10 {
        (year, month_from_march as u8 + 3, day)
    } else {
        (year + 1, month_from_march as u8 - 9, day)
    }
}

/// Whether the year has a 29 February.
#[inline]
pub(crate) const fn is_leap(year: i64) -> bool {
    // A multiple of 4 is one of 100 if it is one of 25, and a multiple of 100 is one of 400 if it is one of 16.
    year & 3 == 0 && (year & 15 == 0 || year % 25 != 0)
}

/// The last day of the month (28 to 31); 0 for a month that is none, so that no day is ever within it.
#[inline]
pub(crate) const fn last_day_of(year: i64, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// The day of the last Sunday in a month of 31 days.
pub(crate) const fn last_sunday_of_31(year: i64, month: u8) -> u8 {
    let last = days_of(year, month, 31);
    // Day 0, 1970-01-01, was a Thursday, four days after a Sunday.
    31 - (last + 4).rem_euclid(7) as u8
}

/// The English name of the month; empty for a month that is none.
pub(crate) const fn month_name(month: u8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        12 => "December",
        _ => "",
    }
}

/// The nearest number of days that a date can have.
#[inline]
pub(crate) const fn saturate(days: i64) -> i32 {
    if days > i32::MAX as i64 {
        i32::MAX
    } else if days < i32::MIN as i64 {
        i32::MIN
    } else {
        days as i32
    }
}
