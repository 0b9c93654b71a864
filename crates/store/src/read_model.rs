//! The read model: what is derived from the ledger, kept so that lists and counts are quick.
//!
//! There are two places for it, so that a new one can be built beside the one that is read. Every row names the position
//! that the ledger had when it was derived; rows and checkpoint are committed together.

use crate::ledger::{Position, SubjectNumber};
use calendar::{Date, Instant};
use engine::KeptClock;
use vocabulary::{Subject, Text};

/// One of the two places for a read model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The first.
    A,
    /// The second.
    B,
}

impl Slot {
    /// The other one.
    pub const fn other(self) -> Slot {
        match self {
            Slot::A => Slot::B,
            Slot::B => Slot::A,
        }
    }
}

/// What is known of a read model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadModel {
    /// Where it is.
    pub slot: Slot,
    /// The digest of the text of the rulebook under which it was derived, in hexadecimal.
    pub rulebook: String,
    /// When its derivation began.
    pub begun: Instant,
    /// All events up to this position are in it.
    pub checkpoint: Position,
}

impl ReadModel {
    /// Whether another is the same read model, however far each has come.
    pub fn is_same(&self, other: &ReadModel) -> bool {
        (self.slot, self.begun, &self.rulebook) == (other.slot, other.begun, &other.rulebook)
    }
}

/// All rows of one subject, as derived at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectRows {
    /// The subject, by number; of merged subjects, the survivor.
    pub number: SubjectNumber,
    /// The subject.
    pub subject: Subject,
    /// The instant that the rows are as at. They hold until `changes_at`, unless an event comes.
    pub derived_at: Instant,
    /// When the clocks next change without an event; none: never.
    pub changes_at: Option<Instant>,
    /// Whose the subject is.
    pub locality: Text,
    /// The team, if any.
    pub team: Option<Text>,
    /// The worker, if any.
    pub worker: Option<Text>,
    /// The date of birth, where one is on record.
    pub date_of_birth: Option<Date>,
    /// The states that hold, by their ids in the rulebook, in its order.
    pub states: Vec<String>,
    /// How many events it has.
    pub events: u64,
    /// The clocks, in the order of the worklist.
    pub clocks: Vec<KeptClock>,
    /// The data-quality findings, in the engine's order.
    pub findings: Vec<FindingRow>,
}

/// One data-quality finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRow {
    /// The engine's name of what is odd, such as `end_without_start`.
    pub kind: String,
    /// Source and id of the event that shows it; none where something is not there.
    pub event: Option<(String, String)>,
    /// What is odd, in a sentence.
    pub detail: String,
}

/// A finding with its subject, as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFinding {
    /// Whose.
    pub subject: Subject,
    /// The locality of the subject.
    pub locality: Text,
    /// The team of the subject, if any.
    pub team: Option<Text>,
    /// The finding.
    pub finding: FindingRow,
}

/// Subjects that were derived again: the whole of what a projection writes at once.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// Everyone whose rows may have changed; whoever is not in `subjects` has no rows any more.
    pub numbers: Vec<SubjectNumber>,
    /// The new rows.
    pub subjects: Vec<SubjectRows>,
}

/// A clock that a projection wrote or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedClock {
    /// Whose.
    pub subject: Subject,
    /// The clock.
    pub clock: KeptClock,
}

/// What a projection changed. A clock that changed is among both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The clocks that are no longer so.
    pub removed: Vec<ChangedClock>,
    /// The clocks that are so now.
    pub added: Vec<ChangedClock>,
}
