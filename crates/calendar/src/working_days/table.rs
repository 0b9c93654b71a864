use std::ops::Range;

use super::weekdays;
use crate::Date;
use crate::bank_holidays;
use crate::civil::saturate;

/// Working days numbered without gaps, both ways: from a date to its ordinal, and from an ordinal to its date.
///
/// The ordinal of a date is the number of working days up to and including it, from an arbitrary zero. It is the
/// ordinal among Monday to Friday less the days off so far: arithmetic and a binary search. Inside the years with
/// bank holidays, which nearly every question is about, the answers are kept ready.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Days off from Monday to Friday, in order.
    days_off: Vec<Date>,
    /// For each day off the number of working days before it, plus one: the ordinal that it would have, were it
    /// a working day.
    ordinals_off: Vec<i64>,
    /// Ordinals of the dates from the day before the first year on, less that of the first entry.
    ordinals: Vec<u16>,
    /// The dates of the ordinals after that of the first entry, in days after its date.
    dates: Vec<u16>,
    first_date: i32,
    first_ordinal: i64,
}

impl Table {
    /// Of days off from Monday to Friday in rising order, without a repetition.
    pub(super) fn new(days_off: impl Iterator<Item = Date>) -> Table {
        let days_off: Vec<Date> = days_off.collect();
        let off = days_off.iter().zip(0_i64..);
        let ordinals_off = off.map(|(date, earlier)| weekdays::ordinal(date.days()) - earlier);
        let range = covered_days();
        let mut table = Table {
            ordinals_off: ordinals_off.collect(),
            days_off,
            ordinals: Vec::new(),
            dates: Vec::new(),
            first_date: range.start,
            first_ordinal: 0,
        };
        table.fill(range);
        table
    }

    fn fill(&mut self, range: Range<i32>) {
        self.first_ordinal = self.search_ordinal(Date::from_days(range.start));
        let mut ordinal = 0;
        self.ordinals.push(ordinal);
        for (days, place) in range.zip(0_u16..).skip(1) {
            if self.search_working_day(Date::from_days(days)) {
                ordinal += 1;
                self.dates.push(place);
            }
            self.ordinals.push(ordinal);
        }
    }

    /// The number of working days up to and including the date, from an arbitrary zero.
    #[inline]
    pub(super) fn ordinal(&self, date: Date) -> i64 {
        match self.ready_ordinal(i64::from(date.days())) {
            Some(ordinal) => self.first_ordinal + i64::from(ordinal),
            None => self.search_ordinal(date),
        }
    }

    #[inline]
    fn ready_ordinal(&self, days: i64) -> Option<u16> {
        let place = usize::try_from(days - i64::from(self.first_date)).ok()?;
        self.ordinals.get(place).copied()
    }

    /// The working day with that ordinal; beyond the range of dates, the end of that range.
    #[inline]
    pub(super) fn nth(&self, ordinal: i64) -> Date {
        let place = usize::try_from(ordinal - self.first_ordinal - 1);
        match place.ok().and_then(|place| self.dates.get(place)) {
            Some(&days) => Date::from_days(self.first_date + i32::from(days)),
            None => self.search_nth(ordinal),
        }
    }

    #[inline]
    pub(super) fn is_working_day(&self, date: Date) -> bool {
        let days = i64::from(date.days());
        match (self.ready_ordinal(days), self.ready_ordinal(days - 1)) {
            (Some(ordinal), Some(before)) => ordinal != before,
            _ => self.search_working_day(date),
        }
    }

    fn search_working_day(&self, date: Date) -> bool {
        !date.weekday().is_weekend() && self.days_off.binary_search(&date).is_err()
    }

    fn search_ordinal(&self, date: Date) -> i64 {
        let off = self.days_off.partition_point(|&off| off <= date);
        weekdays::ordinal(date.days()) - off as i64
    }

    /// The days off before the day sought are those that would have its ordinal or a lower one; they push it that
    /// many days from Monday to Friday further on.
    fn search_nth(&self, ordinal: i64) -> Date {
        let off = self.ordinals_off.partition_point(|&off| off <= ordinal);
        Date::from_days(saturate(weekdays::nth(ordinal + off as i64)))
    }
}

/// From the day before the first to the last day of the years with bank holidays, as days since 1970-01-01.
fn covered_days() -> Range<i32> {
    let first = Date::new(*bank_holidays::YEARS.start(), 1, 1);
    let end = Date::new(*bank_holidays::YEARS.end() + 1, 1, 1);
    match (first, end) {
        (Some(first), Some(end)) => first.days() - 1..end.days(),
        _ => 0..0,
    }
}
