use std::fmt;

use super::Instant;
use crate::civil::{self, MICROS_OF_DAY, MICROS_OF_SECOND};
use crate::digits;

/// Why a text is no instant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InstantError {
    /// Not of the form `2021-04-01T10:00:00Z`, with a fraction or not, with `Z` or an offset such as `+01:00`.
    Form,
    /// The calendar has no such day, or the year is 0000.
    Day,
    /// No such time of day; a second of 60 is none.
    Time,
    /// An offset beyond 23:59.
    Offset,
}

impl fmt::Display for InstantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            InstantError::Form => "not a date and time with its offset, such as 2021-04-01T10:00:00+01:00",
            InstantError::Day => "no such day in the calendar",
            InstantError::Time => "no such time of day (hours to 23, minutes and seconds to 59)",
            InstantError::Offset => "no such offset from UTC (hours to 23, minutes to 59)",
        })
    }
}

impl std::error::Error for InstantError {}

/// How many digits of a fraction count.
const DIGITS_OF_MICROS: u32 = 6;

/// Reads the text from left to right, its first sixteen bytes eight at a time. This is the hottest path of the
/// program.
#[inline]
pub(super) fn parse(text: &[u8]) -> Result<Instant, InstantError> {
    let (&date, rest) = text.split_first_chunk().ok_or(InstantError::Form)?;
    let (&day_and_time, rest) = rest.split_first_chunk().ok_or(InstantError::Form)?;
    let (&seconds, rest) = rest.split_first_chunk().ok_or(InstantError::Form)?;
    let local = date_and_time(date, day_and_time, seconds)?;
    let (fraction, rest) = fraction(rest)?;
    Ok(Instant::from_micros(local + fraction - offset(rest)?))
}

/// Microseconds of `2021-04-`, `01T10:00` and `:00`, as if it were UTC.
#[inline]
fn date_and_time(date: [u8; 8], day_and_time: [u8; 8], seconds: [u8; 3]) -> Result<i64, InstantError> {
    let [century, _, year, _, _, month, _, _] = digits::pairs(date, *b"0000-00-").ok_or(InstantError::Form)?;
    let [day, _, _, hour, _, _, minute, _] =
        digits::pairs(small_t(day_and_time), *b"00t00:00").ok_or(InstantError::Form)?;
    let [second, ..] = digits::pairs(with_colon_last(seconds), *b"00:00000").ok_or(InstantError::Form)?;
    let year = i64::from(century) * 100 + i64::from(year);
    // Most days are no later than the 28th and need no look at the month's length, but the month may be none.
    let month_is_short = day > 28 && day > civil::last_day_of(year, month);
    if year == 0 || month == 0 || month > 12 || day == 0 || month_is_short {
        return Err(InstantError::Day);
    }
    if hour > 23 || minute > 59 || second > 59 {
        return Err(InstantError::Time);
    }
    let seconds = u32::from(hour) * 3_600 + u32::from(minute) * 60 + u32::from(second);
    let days = civil::days_of(year, month, day);
    Ok(days * MICROS_OF_DAY + i64::from(seconds) * MICROS_OF_SECOND)
}

/// The `T` as a small letter, whichever it was; no other byte becomes a `t`.
#[inline]
const fn small_t([d1, d2, t, h1, h2, colon, m1, m2]: [u8; 8]) -> [u8; 8] {
    [d1, d2, t | 0x20, h1, h2, colon, m1, m2]
}

/// `:00` as `00:00000`, to be looked at like the rest.
#[inline]
const fn with_colon_last([colon, s1, s2]: [u8; 3]) -> [u8; 8] {
    [s1, s2, colon, b'0', b'0', b'0', b'0', b'0']
}

/// The microseconds of `.123` and what follows it; 0 where there is no point.
#[inline]
fn fraction(rest: &[u8]) -> Result<(i64, &[u8]), InstantError> {
    let Some((b'.', digits)) = rest.split_first() else {
        return Ok((0, rest));
    };
    let mut rest = digits;
    let mut micros = 0;
    let mut missing = DIGITS_OF_MICROS;
    while let Some((byte @ b'0'..=b'9', after)) = rest.split_first() {
        // Further digits are dropped (domain.md, section 1).
        if missing > 0 {
            micros = micros * 10 + i64::from(byte - b'0');
            missing -= 1;
        }
        rest = after;
    }
    if missing == DIGITS_OF_MICROS {
        return Err(InstantError::Form);
    }
    for _ in 0..missing {
        micros *= 10;
    }
    Ok((micros, rest))
}

/// The microseconds by which the offset is ahead of UTC; the text must end with it.
#[inline]
fn offset(rest: &[u8]) -> Result<i64, InstantError> {
    match *rest {
        [b'Z' | b'z'] => Ok(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
                return Err(InstantError::Form);
            }
            let (hours, minutes) = (digits::two(h1, h2), digits::two(m1, m2));
            if hours > 23 || minutes > 59 {
                return Err(InstantError::Offset);
            }
            let micros = (i64::from(hours) * 60 + i64::from(minutes)) * 60 * MICROS_OF_SECOND;
            Ok(if sign == b'-' { -micros } else { micros })
        }
        _ => Err(InstantError::Form),
    }
}
