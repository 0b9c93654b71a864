//! Figures of measures that were computed from the whole ledger and are kept.

use crate::ledger::Position;
use crate::query::Holder;
use calendar::Instant;
use engine::{By, Figure};

/// All figures of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureSet {
    /// The digest of the rulebook's text, in hexadecimal.
    pub rulebook: String,
    /// The period, as people write it: `2021-01`.
    pub period: String,
    /// The instant at which it was cut.
    pub at: Instant,
    /// The position of the ledger that it was computed from.
    pub position: Position,
    /// When it was computed.
    pub computed: Instant,
    /// The figures by what they are grouped; the county's are among those of [`By::County`] alone.
    pub figures: Vec<(By, Figure)>,
    /// Everyone that anything counts for: what `behind` names by position.
    pub holders: Vec<Holder>,
    /// Per measure, by its id: everyone behind its figures ([`crate::behind`]).
    pub behind: Vec<(String, Vec<u8>)>,
    /// How late events were recorded that occurred in the period.
    pub recording: Vec<Recording>,
}

/// What is known of a set of figures without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureSetHead {
    /// The digest of the rulebook's text, in hexadecimal.
    pub rulebook: String,
    /// The period.
    pub period: String,
    /// The instant at which it was cut.
    pub at: Instant,
    /// The position of the ledger that it was computed from.
    pub position: Position,
    /// When it was computed.
    pub computed: Instant,
}

/// How late a team recorded what occurred in a period. Days are local dates of recording less occurring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// The locality at the time of the event.
    pub locality: String,
    /// The team at that time; none: no team.
    pub team: Option<String>,
    /// Recorded on the day.
    pub same_day: u64,
    /// Recorded by the end of the next working day.
    pub next_working_day: u64,
    /// Recorded by the end of the fifth working day.
    pub within_five: u64,
    /// Recorded later than that.
    pub later: u64,
}
