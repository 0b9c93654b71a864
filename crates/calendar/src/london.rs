//! Local time in London: Greenwich mean time, and summer time with its two changes a year.
//!
//! Clocks change by the rows of `changes` up to 1995 and from 1996 at 01:00 UTC on the last Sundays of March and
//! October (the Summer Time Order 2002, and the European directives before it). Before 1916 local time is GMT. Every
//! change is at 01:00 or 02:00 UTC, so no local midnight is ever skipped or repeated.

mod changes;

use crate::civil::{self, MICROS_OF_DAY, MICROS_OF_HOUR};
use crate::{Date, Instant};

use changes::CHANGES;

/// The first year with summer time, where the table begins.
const FIRST_YEAR: i64 = 1916;
/// The first year of the rule that still holds.
const FIRST_YEAR_OF_RULE: i64 = 1996;
/// The last year that the table covers in full; after it the rule is worked out each time.
const LAST_YEAR: i64 = 2100;

const TABLE_START: i64 = civil::days_of(FIRST_YEAR, 1, 1) * MICROS_OF_DAY;
const TABLE_END: i64 = civil::days_of(LAST_YEAR + 1, 1, 1) * MICROS_OF_DAY;
/// A stretch of the table is 2^41 microseconds, 25 days and a half: shorter than the 28 days that are the least
/// between two changes (in spring 1947), so that each has at most one.
const STRETCH_BITS: u32 = 41;
/// Only whole stretches before the table's end: a change after that end would be missing from the last.
const STRETCHES: usize = ((TABLE_END - TABLE_START) >> STRETCH_BITS) as usize;

/// Local time during one stretch: hours ahead of UTC before and from the change within it, if it has one.
#[derive(Clone, Copy)]
struct Stretch {
    change_micros: i64,
    hours_before: u8,
    hours_from: u8,
}

static TABLE: [Stretch; STRETCHES] = table();

/// The local date at the instant.
#[inline]
pub fn local_date(instant: Instant) -> Date {
    let days = local_micros(instant).div_euclid(MICROS_OF_DAY);
    // The days of 2^64 microseconds fit into an i32.
    Date::from_days(days as i32)
}

/// The first instant of the local day.
#[inline]
pub fn start_of_day(date: Date) -> Instant {
    let midnight = (date.days() as i64).saturating_mul(MICROS_OF_DAY);
    // No change lies between local midnight and midnight in UTC, so both have the same offset.
    Instant::from_micros(midnight).plus_hours(-hours_ahead(midnight))
}

/// The last microsecond of the local day: what a bare date means (domain.md, section 1).
#[inline]
pub fn end_of_day(date: Date) -> Instant {
    match start_of_day(date.plus_days(1)) {
        // A day beyond the range of instants begins and ends where the range ends.
        Instant::MAX => Instant::MAX,
        next => next.plus_micros(-1),
    }
}

/// The local time of day for explanations: `09:30`, seconds cut off. The hour that autumn repeats reads the same both
/// times.
pub fn local_time_text(instant: Instant) -> String {
    let minutes = local_micros(instant).rem_euclid(MICROS_OF_DAY) / (MICROS_OF_HOUR / 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The hours by which London is ahead of UTC at the instant: 0, 1 or 2.
pub(crate) fn hours_ahead_of_utc(instant: Instant) -> i64 {
    hours_ahead(instant.micros())
}

#[inline]
fn local_micros(instant: Instant) -> i64 {
    let micros = instant.micros();
    micros.saturating_add(hours_ahead(micros) * MICROS_OF_HOUR)
}

#[inline]
fn hours_ahead(micros: i64) -> i64 {
    if micros < TABLE_START {
        return 0;
    }
    let number = micros.saturating_sub(TABLE_START) >> STRETCH_BITS;
    match TABLE.get(number as usize) {
        Some(stretch) if micros < stretch.change_micros => stretch.hours_before as i64,
        Some(stretch) => stretch.hours_from as i64,
        None => hours_ahead_by_rule(micros),
    }
}

fn hours_ahead_by_rule(micros: i64) -> i64 {
    let (year, _, _) = civil::ymd_of(micros.div_euclid(MICROS_OF_DAY));
    (spring_change(year) <= micros && micros < autumn_change(year)) as i64
}

const fn spring_change(year: i64) -> i64 {
    at_hour(year, 3, civil::last_sunday_of_31(year, 3), 1)
}

const fn autumn_change(year: i64) -> i64 {
    at_hour(year, 10, civil::last_sunday_of_31(year, 10), 1)
}

/// Saturates, as the rule is also asked about the last year of the range, which is not whole.
const fn at_hour(year: i64, month: u8, day: u8, hour: u8) -> i64 {
    civil::days_of(year, month, day).saturating_mul(MICROS_OF_DAY).saturating_add(hour as i64 * MICROS_OF_HOUR)
}

/// Lays the changes out over the stretches; done by the compiler.
const fn table() -> [Stretch; STRETCHES] {
    let mut table = [Stretch { change_micros: i64::MAX, hours_before: 0, hours_from: 0 }; STRETCHES];
    let mut slots: &mut [Stretch] = &mut table;
    let mut changes = Changes::all();
    let mut hours = 0;
    let mut end = TABLE_START;
    while let Some((slot, later)) = slots.split_first_mut() {
        end += 1 << STRETCH_BITS;
        slot.hours_before = hours;
        let (change_micros, hours_from) = changes.next();
        if change_micros < end {
            slot.change_micros = change_micros;
            hours = hours_from;
            changes = changes.after();
        }
        slot.hours_from = hours;
        slots = later;
    }
    table
}

/// The changes still to come: first the rows, then two a year by the rule.
#[derive(Clone, Copy)]
struct Changes {
    rows: &'static [(i64, u8, u8, u8, u8)],
    made_by_rule: i64,
}

impl Changes {
    const fn all() -> Changes {
        Changes { rows: &CHANGES, made_by_rule: 0 }
    }

    const fn next(self) -> (i64, u8) {
        if let Some(&(year, month, day, hour, hours_ahead)) = self.rows.first() {
            return (at_hour(year, month, day, hour), hours_ahead);
        }
        let year = FIRST_YEAR_OF_RULE + self.made_by_rule / 2;
        if self.made_by_rule % 2 == 0 { (spring_change(year), 1) } else { (autumn_change(year), 0) }
    }

    const fn after(self) -> Changes {
        match self.rows.split_first() {
            Some((_, rows)) => Changes { rows, ..self },
            None => Changes { made_by_rule: self.made_by_rule + 1, ..self },
        }
    }
}
