//! What pages and answers are shown from.

use crate::rules::Rules;
use calendar::{Date, Instant};
use engine::{Status, WorklistFilter, due_soon_until};
use rulebook::Rulebook;
use store::ledger::Position;
use store::query::ClockQuery;
use store::read_model::Slot;

/// The read model that is read, and the rulebook that it was derived under.
#[derive(Clone, Debug)]
pub struct Current {
    /// Where it is.
    pub slot: Slot,
    /// All events up to this position are in it.
    pub checkpoint: Position,
    /// When its derivation began.
    pub begun: Instant,
    /// The rulebook.
    pub rules: Rules,
}

impl Current {
    /// The rulebook.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rules.rulebook
    }

    /// The question for the clocks that a filter lets through at an instant; without statuses for those that are
    /// overdue or due soon, as everywhere.
    pub fn query(&self, at: Instant, mut filter: WorklistFilter) -> ClockQuery {
        if filter.statuses.is_empty() {
            filter.statuses = vec![Status::Overdue, Status::DueSoon];
        }
        let soon: Date = due_soon_until(at, self.rulebook());
        ClockQuery { at, soon, filter, late_from: None, late_to: None }
    }
}
