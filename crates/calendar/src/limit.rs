use std::fmt;

use crate::{Date, Instant};

/// How much time may go by (domain.md, section 2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Limit {
    /// Hours of elapsed time between two instants.
    Hours(u32),
    /// Working days after the local date of the start.
    WorkingDays(u32),
    /// Days after the local date of the start.
    Days(u32),
    /// Weeks after the local date of the start.
    Weeks(u32),
    /// Calendar months, clipped to the end of the month.
    Months(u32),
    /// Calendar years, clipped to the end of the month.
    Years(u32),
}

impl Limit {
    /// Whether the limit is elapsed time, so that there is an instant but no due date.
    pub const fn is_hours(self) -> bool {
        matches!(self, Limit::Hours(_))
    }

    /// How many of its unit.
    pub const fn count(self) -> u32 {
        match self {
            Limit::Hours(n)
            | Limit::WorkingDays(n)
            | Limit::Days(n)
            | Limit::Weeks(n)
            | Limit::Months(n)
            | Limit::Years(n) => n,
        }
    }
}

/// `10 working days`, `1 month`, `24 hours`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self {
            Limit::Hours(_) => "hour",
            Limit::WorkingDays(_) => "working day",
            Limit::Days(_) => "day",
            Limit::Weeks(_) => "week",
            Limit::Months(_) => "month",
            Limit::Years(_) => "year",
        };
        let count = self.count();
        let plural = if count == 1 { "" } else { "s" };
        f.pad(&format!("{count} {unit}{plural}"))
    }
}

/// Which day is day 1 of a limit that counts dates (domain.md, section 2: councils differ).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CountFrom {
    /// The day after the start is day 1.
    #[default]
    NextDay,
    /// The start date itself is day 1; of working days, the first one on or after it. Without effect on hours and on
    /// a limit of 0.
    StartDay,
}

/// When something is due.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Due {
    /// The last local date (Europe/London) that is in time; none for a limit in hours.
    pub date: Option<Date>,
    /// The first instant that is too late.
    pub at: Instant,
}
