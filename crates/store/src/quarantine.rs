//! What was refused: kept whole, with the reason, and with what people did about it.

use crate::ledger::Position;
use bytes::Bytes;
use calendar::Instant;
use vocabulary::Refusal;

/// Something that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its number, from 1.
    pub number: u64,
    /// When it was received.
    pub received: Instant,
    /// The line of the file that it was; none where there was no file.
    pub line: Option<u64>,
    /// The bytes, exactly as they were received.
    pub bytes: Bytes,
    /// Why it was refused.
    pub refusal: Refusal,
    /// What was done about it, in order; the last says how it stands.
    pub steps: Vec<Step>,
}

impl Quarantined {
    /// Whether nothing has settled it yet.
    pub fn is_open(&self) -> bool {
        self.steps.iter().all(|step| step.what.keeps_open())
    }
}

/// One thing that was done about something refused. Steps are only ever added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// Who said so, as they named themselves; empty where nobody is named.
    pub by: String,
    /// What.
    pub what: Action,
}

/// What can be done about something that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A corrected text of it was accepted, at that position.
    Corrected(Position),
    /// It was tried again as it is and accepted, at that position.
    Released(Position),
    /// It was tried again, or corrected, and refused again.
    RefusedAgain(Refusal),
    /// It was put aside for good, for that reason.
    Discarded(String),
}

impl Action {
    /// The name in the database and the API.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Action::Corrected(_) => "corrected",
            Action::Released(_) => "released",
            Action::RefusedAgain(_) => "refused_again",
            Action::Discarded(_) => "discarded",
        }
    }

    fn keeps_open(&self) -> bool {
        matches!(self, Action::RefusedAgain(_))
    }
}

/// Which of what was refused is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// What nothing has settled yet.
    Open,
    /// What was corrected, released or discarded.
    Settled,
    /// All of it.
    All,
}
