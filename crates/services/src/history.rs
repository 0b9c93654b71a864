//! The events of one subject and of whoever they are corrected by or merged with, for pages that ask as at any day.

use crate::derive;
use engine::Accepted;
use std::collections::HashMap;
use store::ledger::Position;
use store::{Store, StoreResult};
use vocabulary::Subject;

/// All events of a subject's family.
pub struct SubjectEvents {
    /// The events, as the engine takes them.
    pub accepted: Accepted,
    /// The position of each in the ledger, in the same order.
    pub positions: Vec<Position>,
    /// The position up to which there was anything to read.
    pub to: Position,
}

impl SubjectEvents {
    /// The place in the ledger of the event with that source and id.
    pub fn position(&self, source: &str, id: &str) -> Option<Position> {
        let number = self.accepted.find(source, id)?;
        self.positions.get(number as usize).copied()
    }

    /// The places in the ledger of all events, by source and id.
    pub fn all_positions(&self) -> HashMap<(&str, &str), Position> {
        let named = self.accepted.events().iter().map(|event| (&*event.source, event.id.as_str()));
        named.zip(self.positions.iter().copied()).collect()
    }
}

/// Reads all events of a subject's family up to a position. None: nothing is on record of the subject.
///
/// # Errors
///
/// Where the store fails, or what it holds is not what was accepted.
pub async fn events_of_subject(
    store: &dyn Store,
    subject: &Subject,
    to: Position,
) -> StoreResult<Option<SubjectEvents>> {
    let Some(number) = store.subject_number(subject).await? else { return Ok(None) };
    let families = store.families(&[number]).await?;
    let Some(family) = derive::events_of(store, families, to).await?.pop() else { return Ok(None) };
    let positions = family.events.iter().map(|event| event.position).collect();
    Ok(Some(SubjectEvents { accepted: derive::accept(&family.events)?, positions, to }))
}
