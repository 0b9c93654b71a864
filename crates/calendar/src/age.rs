use std::fmt;

use crate::Date;

/// An age in full years and months, the months 0 to 11.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Age {
    /// Full years.
    pub years: u16,
    /// Full months beyond the years, 0 to 11.
    pub months: u8,
}

impl Age {
    /// The local date on which somebody born on that date reaches the age: the same day of the month, and where that
    /// month has no such day, the first of the next (29 February becomes 1 March; domain.md, section 2).
    pub const fn reached_on(self, date_of_birth: Date) -> Date {
        let months = self.years as i64 * 12 + self.months as i64;
        let clipped = date_of_birth.plus_long_months(months);
        if clipped.day() < date_of_birth.day() { clipped.plus_days(1) } else { clipped }
    }

    /// Reads `5y`, `16y3m` or `3m`: digits only, up to 999 years, and up to 11 months beside years. Months alone may
    /// be up to 99 and become years and months (`18m` is 1 year 6 months). `None` for any other text.
    pub fn parse(text: &str) -> Option<Age> {
        let (years, months) = match text.split_once('y') {
            Some((years, "")) => (number(years, 3)?, 0),
            Some((years, rest)) => {
                let months = number(rest.strip_suffix('m')?, 2)?;
                (number(years, 3)?, Some(months).filter(|&m| m < 12)?)
            }
            None => {
                let months = number(text.strip_suffix('m')?, 2)?;
                (months / 12, months % 12)
            }
        };
        let months = u8::try_from(months).ok()?;
        Some(Age { years, months })
    }
}

/// A number of one to `most` digits.
fn number(text: &str, most: usize) -> Option<u16> {
    let plain = text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// `16 years 3 months`, `5 years`, `3 months`; the age of a newborn is `0 years`.
impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let years = counted(self.years, "year");
        let months = counted(self.months.into(), "month");
        match (self.years, self.months) {
            (_, 0) => f.pad(&years),
            (0, _) => f.pad(&months),
            _ => f.pad(&format!("{years} {months}")),
        }
    }
}

fn counted(count: u16, unit: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}
