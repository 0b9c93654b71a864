use std::fmt;

use super::Instant;
use crate::Date;
use crate::civil::{MICROS_OF_DAY, MICROS_OF_SECOND};
use crate::digits::digit;

/// RFC 3339 in UTC: `2021-04-01T09:00:00Z`; a fraction only where it is not 0, and then without trailing zeros.
/// Years beyond 9999 have more digits, years before 0 a minus sign.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_none() && f.precision().is_none() {
            return write_to(f, *self);
        }
        let mut text = String::new();
        write_to(&mut text, *self)?;
        f.pad(&text)
    }
}

fn write_to(out: &mut impl fmt::Write, instant: Instant) -> fmt::Result {
    // The days of 2^64 microseconds fit into an i32.
    let date = Date::from_days(instant.micros().div_euclid(MICROS_OF_DAY) as i32);
    let micros = instant.micros().rem_euclid(MICROS_OF_DAY);
    let seconds = (micros / MICROS_OF_SECOND) as u32;
    let fraction = (micros % MICROS_OF_SECOND) as u32;
    write!(out, "{date}")?;
    write_time(out, seconds, fraction)
}

/// The place of the `Z` where there is no fraction, in the text with one.
const END_WITHOUT_FRACTION: usize = 9;
/// The place of the `Z` after all six digits.
const END: usize = 16;

/// `T09:00:00Z` or `T09:00:00.123456Z`, of the seconds of the day and the microseconds of the second.
fn write_time(out: &mut impl fmt::Write, seconds: u32, fraction: u32) -> fmt::Result {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let [h1, h2, m1, m2] = [digit(hours, 10), digit(hours, 1), digit(minutes, 10), digit(minutes, 1)];
    let [s1, s2] = [digit(seconds, 10), digit(seconds, 1)];
    let [f1, f2, f3] = [100_000, 10_000, 1_000].map(|place| digit(fraction, place));
    let [f4, f5, f6] = [100, 10, 1].map(|place| digit(fraction, place));
    let mut text = [b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'.', f1, f2, f3, f4, f5, f6, b'Z'];
    let mut end = if fraction == 0 { END_WITHOUT_FRACTION } else { END };
    while text.get(end - 1) == Some(&b'0') && end > END_WITHOUT_FRACTION {
        end -= 1;
    }
    if let Some(place) = text.get_mut(end) {
        *place = b'Z';
    }
    let text = text.get(..=end).unwrap_or_default();
    out.write_str(str::from_utf8(text).unwrap_or_default())
}
