//! From histories to clocks, worklists, measures, findings and explanations: a pure function of
//! *(history, rulebook, calendar, at, known)*.
//!
//! The way through: [`Accepted`] takes events in any order and keeps each once; [`Record`] is what of them stands as
//! known at an instant, corrections applied, in one bundle per subject; [`History`] is one subject's bundle as at an
//! instant; [`Case`] answers for it under a rulebook: its clocks, its states, its part in every measure.

mod accepted;
mod allocation;
mod case;
mod clocks;
mod corrections;
mod episodes;
mod explain;
mod findings;
mod history;
mod index;
mod interval;
mod measures;
mod select;
mod worklist;

pub use accepted::{Accepted, Offer};
pub use allocation::{Allocations, UNALLOCATED, Whose};
pub use case::Case;
pub use clocks::{Clock, Ended, Ending, Status};
pub use corrections::{Bundle, Record};
pub use explain::{Cause, Effect, Explanation, explain};
pub use findings::{Finding, FindingKind, findings};
pub use history::{History, Moment};
pub use measures::{
    By, COUNTY, Cell, Contribution, Direction, Figure, FigureStatus, FigureValue, Frame, Part, Ratio, Sink, Tally,
    Travel, Workforce, band, contribute, figures, travel,
};
pub use worklist::{KeptClock, Outcome, Overdue, Row, WorklistFilter, due_soon_until, sort_rows};
