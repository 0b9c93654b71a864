//! The live feed: what has changed in the lists, as it happens.

use calendar::Instant;
use engine::Row;
use rulebook::Rulebook;
use std::sync::Arc;
use store::ledger::Position;
use store::read_model::{ChangedClock, Difference};
use tokio::sync::broadcast;

/// How many changes a slow listener may be behind before it is told only that it missed some.
const KEPT: usize = 1_024;

/// Something that changed in the lists. Whoever misses one asks for the list anew: a change is a hint, and the read
/// model is what counts.
#[derive(Clone, Debug)]
pub struct Change {
    /// The position of the ledger that the read model has reached.
    pub position: Position,
    /// The instant that the rows are as at.
    pub at: Instant,
    /// Clocks that are no longer so.
    pub removed: Vec<Row>,
    /// Clocks that are so now. One that changed is among both.
    pub added: Vec<Row>,
    /// Clocks that turned overdue because time went by.
    pub overdue: Vec<Row>,
    /// Whether anything else may have changed: a new day began, or another read model is read.
    pub all: bool,
}

/// Where changes are told.
#[derive(Clone)]
pub struct Feed(broadcast::Sender<Arc<Change>>);

impl Feed {
    pub fn new() -> Feed {
        Feed(broadcast::channel(KEPT).0)
    }

    pub fn listen(&self) -> broadcast::Receiver<Arc<Change>> {
        self.0.subscribe()
    }

    /// Tells whoever listens; that nobody does is fine.
    pub fn tell(&self, change: Change) {
        let _ = self.0.send(Arc::new(change));
    }

    pub fn has_listeners(&self) -> bool {
        self.0.receiver_count() > 0
    }
}

/// A difference as rows at an instant.
pub fn change(difference: Difference, position: Position, at: Instant, rulebook: &Rulebook) -> Change {
    let rows = |clocks: Vec<ChangedClock>| {
        clocks.into_iter().map(|changed| changed.clock.row(changed.subject, at, rulebook)).collect()
    };
    Change {
        position,
        at,
        removed: rows(difference.removed),
        added: rows(difference.added),
        overdue: Vec::new(),
        all: false,
    }
}
