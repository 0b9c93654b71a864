//! Instants, local dates, working days, limits, ages and periods: every rule about time that Sightline needs.
//!
//! The crate knows nothing of events, clocks or rules. It reads no clock, no file and no setting, and depends on
//! nothing but the standard library: the bank holidays and the clock changes of London are data and rules in here.
//! Local time is Europe/London throughout (domain.md, section 2). No function panics, whatever it is given: what
//! would leave the range of a type stops at its end.

mod age;
mod bank_holidays;
mod civil;
mod date;
mod digits;
mod instant;
mod limit;
pub mod london;
mod period;
mod weekday;
mod working_days;

pub use age::Age;
pub use date::Date;
pub use instant::{Instant, InstantError};
pub use limit::{CountFrom, Due, Limit};
pub use period::{Period, PeriodError, PeriodKind};
pub use weekday::Weekday;
pub use working_days::WorkingDays;
