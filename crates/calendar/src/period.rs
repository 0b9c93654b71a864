use std::fmt;

use crate::{Date, Instant, london};

/// The kinds of period.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PeriodKind {
    /// A calendar month: `2021-01`.
    Month,
    /// A quarter of a financial year: `2020-Q4` is January to March 2021.
    Quarter,
    /// A financial year, from 1 April: `2020-FY` is April 2020 to March 2021.
    FinancialYear,
    /// The twelve months that end with a month: `2021-01-R12`.
    RollingYear,
}

impl PeriodKind {
    /// How many months it lasts.
    const fn months(self) -> i32 {
        match self {
            PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::FinancialYear | PeriodKind::RollingYear => 12,
        }
    }

    /// How many months lie between one and the next.
    const fn step_months(self) -> i32 {
        match self {
            PeriodKind::Month | PeriodKind::RollingYear => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::FinancialYear => 12,
        }
    }
}

/// A period of whole local months (Europe/London) that measures are asked for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Period {
    first: Date,
    last: Date,
    text: String,
    kind: PeriodKind,
}

impl Period {
    /// Reads `2021-01`, `2020-Q4`, `2020-FY` or `2021-01-R12`, years 0001 to 9999.
    ///
    /// # Errors
    /// Any other text; the error says what is wrong with it and what the forms are.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        read(text).map_err(|why| PeriodError { text: text.to_owned(), why })
    }

    /// The local date of its first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The local date of its last day, whose target counts (domain.md, section 4).
    pub fn last(&self) -> Date {
        self.last
    }

    /// Its kind.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// As it is written: `2020-Q4`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its first instant.
    pub fn start(&self) -> Instant {
        london::start_of_day(self.first)
    }

    /// Its last instant: the last microsecond of its last local day (domain.md, section 1).
    pub fn end(&self) -> Instant {
        london::end_of_day(self.last)
    }

    /// The one before of the same kind; of a rolling year, the one that ends one month earlier.
    pub fn previous(&self) -> Period {
        let first = self.first.plus_months(-self.kind.step_months());
        Period::beginning(first, self.kind)
    }

    /// The period of the kind that begins on a date, which must be one on which such a period begins.
    fn beginning(first: Date, kind: PeriodKind) -> Period {
        let last = first.plus_months(kind.months()).plus_days(-1);
        let financial_year = first.plus_months(-3).year();
        let text = match kind {
            PeriodKind::Month => month_text(first),
            PeriodKind::Quarter => {
                let quarter = (first.plus_months(-3).month() - 1) / 3 + 1;
                format!("{financial_year:04}-Q{quarter}")
            }
            PeriodKind::FinancialYear => format!("{financial_year:04}-FY"),
            PeriodKind::RollingYear => format!("{}-R12", month_text(last)),
        };
        Period { first, last, text, kind }
    }
}

/// As it is written: `2020-Q4`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

fn month_text(date: Date) -> String {
    let (year, month, _) = date.ymd();
    format!("{year:04}-{month:02}")
}

/// Why a text is no period; reads as a sentence with the text and the forms that are understood.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PeriodError {
    text: String,
    why: &'static str,
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not a period: {}; the forms are 2021-01, 2020-Q4 (January to March 2021), 2020-FY (April 2020 \
             to March 2021) and 2021-01-R12 (the twelve months up to January 2021)",
            self.text, self.why
        )
    }
}

impl std::error::Error for PeriodError {}

fn read(text: &str) -> Result<Period, &'static str> {
    let mut parts = text.split('-');
    let year = parts.next().and_then(year).ok_or("it does not begin with a year of four digits, 0001 to 9999")?;
    let within = parts.next().ok_or("after the year there is no month, quarter or FY")?;
    let span = parts.next();
    if parts.next().is_some() {
        return Err("it has too many parts");
    }
    let (month, kind) = match (within, span) {
        ("FY", None) => (4, PeriodKind::FinancialYear),
        ("Q1", None) => (4, PeriodKind::Quarter),
        ("Q2", None) => (7, PeriodKind::Quarter),
        ("Q3", None) => (10, PeriodKind::Quarter),
        ("Q4", None) => (13, PeriodKind::Quarter),
        ("FY", Some(_)) => return Err("nothing follows FY"),
        (_, None) => (month(within)?, PeriodKind::Month),
        (_, Some("R12")) => (month(within)? - 11, PeriodKind::RollingYear),
        (_, Some(_)) => return Err("after the month only R12 may follow"),
    };
    let january = Date::new(year, 1, 1).ok_or("there is no such year")?;
    Ok(Period::beginning(january.plus_months(month - 1), kind))
}

fn year(text: &str) -> Option<i32> {
    let year = digits(text, 4)?;
    (year > 0).then_some(year)
}

fn month(text: &str) -> Result<i32, &'static str> {
    if text.starts_with('Q') {
        return Err("the quarter must be Q1 to Q4, and nothing follows it");
    }
    digits(text, 2).filter(|month| (1..=12).contains(month)).ok_or("the month must be 01 to 12")
}

fn digits(text: &str, count: usize) -> Option<i32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
