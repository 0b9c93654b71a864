use std::fmt;

use crate::Weekday;
use crate::civil::{self, saturate};
use crate::digits::{self, digit};

/// A date of the proleptic Gregorian calendar, without time or zone, kept as days since 1970-01-01.
///
/// It reaches some 5.8 million years either way; arithmetic stops at those ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(i32);

impl Date {
    /// The date that many days after 1970-01-01 (before it, if negative).
    pub const fn from_days(days: i32) -> Date {
        Date(days)
    }

    /// Days since 1970-01-01, negative before it.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// The date of a year, a month (1 to 12) and a day (from 1); `None` where the calendar has no such day or it
    /// lies outside the range of the type.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        if day == 0 || day > civil::last_day_of(year as i64, month) {
            return None;
        }
        let days = civil::days_of(year as i64, month, day);
        if days < i32::MIN as i64 || days > i32::MAX as i64 {
            return None;
        }
        Some(Date(days as i32))
    }

    /// Reads `YYYY-MM-DD`, years 0001 to 9999 and nothing before, after or in between; `None` for any other text
    /// and for a day that the calendar does not have.
    pub fn parse(text: &str) -> Option<Date> {
        let (&year_and_month, day) = text.as_bytes().split_first_chunk()?;
        let [century, _, year, _, _, month, _, _] = digits::pairs(year_and_month, *b"0000-00-")?;
        let &[d1 @ b'0'..=b'9', d2 @ b'0'..=b'9'] = day else {
            return None;
        };
        match i32::from(century) * 100 + i32::from(year) {
            0 => None,
            year => Date::new(year, month, digits::two(d1, d2)),
        }
    }

    /// Year, month (1 to 12) and day (1 to 31).
    pub const fn ymd(self) -> (i32, u8, u8) {
        let (year, month, day) = civil::ymd_of(self.0 as i64);
        // The years of 2^32 days fit into an i32 many times over.
        (year as i32, month, day)
    }

    /// The year; 0 and below before the year 1.
    pub const fn year(self) -> i32 {
        self.ymd().0
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.ymd().1
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.ymd().2
    }

    /// The day of the week.
    pub const fn weekday(self) -> Weekday {
        Weekday::of_days(self.0)
    }

    /// The date so many days later (earlier, if negative).
    pub const fn plus_days(self, days: i32) -> Date {
        Date(self.0.saturating_add(days))
    }

    /// The same day so many months later (earlier, if negative), or the last day of that month where it is too
    /// short: 31 August + 6 months is 28 or 29 February (domain.md, section 2).
    pub const fn plus_months(self, months: i32) -> Date {
        self.plus_long_months(months as i64)
    }

    /// The same day so many years later (earlier, if negative); 29 February becomes 28 February where that year
    /// has none.
    pub const fn plus_years(self, years: i32) -> Date {
        self.plus_long_months(years as i64 * 12)
    }

    /// [`Date::plus_months`] for counts that do not fit into an `i32`.
    pub(crate) const fn plus_long_months(self, months: i64) -> Date {
        let (year, month, day) = civil::ymd_of(self.0 as i64);
        let months = year * 12 + month as i64 - 1 + months;
        let year = months.div_euclid(12);
        let month = (months - year * 12) as u8 + 1;
        // Every month has 28 days; only for later ones its length matters.
        let day = if day > 28 && day > civil::last_day_of(year, month) { civil::last_day_of(year, month) } else { day };
        Date(saturate(civil::days_of(year, month, day)))
    }

    /// For reading aloud, with the year: `Thu 1 April 2021`.
    pub fn spoken(self) -> String {
        format!("{} {}", self.spoken_without_year(), self.year())
    }

    /// `Thu 1 April`, where the year goes without saying.
    pub(crate) fn spoken_without_year(self) -> String {
        format!("{} {}", self.weekday().short(), self.day_and_month())
    }

    /// `1 April`.
    pub(crate) fn day_and_month(self) -> String {
        let (_, month, day) = self.ymd();
        format!("{day} {}", civil::month_name(month))
    }
}

/// `YYYY-MM-DD`; years before 0 have a minus sign, years after 9999 more digits.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        let (Ok(year @ ..=9_999), month, day) = (u32::try_from(year), month.into(), day.into()) else {
            return f.pad(&format!("{year:04}-{month:02}-{day:02}"));
        };
        let [y1, y2, y3, y4] = [1_000, 100, 10, 1].map(|place| digit(year, place));
        let [m1, m2] = [digit(month, 10), digit(month, 1)];
        let [d1, d2] = [digit(day, 10), digit(day, 1)];
        let text = [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2];
        f.pad(str::from_utf8(&text).unwrap_or_default())
    }
}
