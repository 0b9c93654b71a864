mod parse;
mod write;

use crate::civil::MICROS_OF_HOUR;

pub use parse::InstantError;

/// An instant with microsecond precision: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// It reaches some 290,000 years either way; arithmetic stops at those ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(i64);

impl Instant {
    /// The last instant there is.
    pub(crate) const MAX: Instant = Instant(i64::MAX);

    /// The instant that many microseconds after 1970-01-01T00:00:00Z (before it, if negative).
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z, negative before it.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 date and time with its offset, such as `2021-04-01T10:00:00+01:00`.
    ///
    /// `T` and `Z` may be small letters. Years are 0001 to 9999 as written. A fraction has a point and at least one
    /// digit; digits after the sixth are dropped, not rounded (domain.md, section 1).
    ///
    /// # Errors
    /// A text of another form (also with a space in place of the `T`, or without an offset), a day that the calendar
    /// does not have, and a time or offset beyond 23:59 and 59 seconds; a second of 60 is refused (section 7).
    #[inline]
    pub fn parse(text: &str) -> Result<Instant, InstantError> {
        parse::parse(text.as_bytes())
    }

    /// The instant so many microseconds later (earlier, if negative).
    pub const fn plus_micros(self, micros: i64) -> Instant {
        Instant(self.0.saturating_add(micros))
    }

    /// The instant so many hours of elapsed time later (earlier, if negative).
    pub const fn plus_hours(self, hours: i64) -> Instant {
        self.plus_micros(hours.saturating_mul(MICROS_OF_HOUR))
    }
}
