//! What stands as known at an instant: retractions, replacements and merges applied (domain.md section 1).
//!
//! Corrections obey `known` alone, never `at`, and may name events of other subjects, so they are settled over all
//! events together, before any history is looked at. Only events that correct, or are corrected, are touched; all
//! others stand if they were recorded by then.

mod graph;
mod merges;
mod verdicts;

use crate::accepted::Accepted;
use calendar::Instant;
use hashbrown::HashMap;
use vocabulary::{Event, Subject};

/// The accepted events as known at an instant, in one bundle per subject (merged subjects together).
pub struct Record<'a> {
    accepted: &'a Accepted,
    /// (number of the surviving subject, number of the event), ordered.
    standing: Vec<(u32, u32)>,
    /// For events that replace others: when the first of their chain was recorded.
    first_recorded: HashMap<u32, Instant>,
    /// Events that two or more seen events say they replace.
    replaced_twice: Vec<u32>,
    /// For events of merged subjects: nothing to look up in the common case that nobody was merged.
    merged: HashMap<u32, u32>,
}

/// The standing events of one subject, in no particular order.
#[derive(Clone, Copy)]
pub struct Bundle<'r, 'a> {
    record: &'r Record<'a>,
    entries: &'r [(u32, u32)],
}

impl<'a> Record<'a> {
    /// Settles all corrections. `known` absent: everything on record is known.
    pub fn as_known(accepted: &'a Accepted, known: Option<Instant>) -> Record<'a> {
        let seen = |event: &Event| known.is_none_or(|known| event.recorded <= known);
        let settled = verdicts::settle(accepted, &seen);
        let stands = |number: u32, event: &Event| seen(event) && !settled.fallen.contains(&number);
        let merged = merges::survivors(accepted, &stands);
        let mut standing: Vec<(u32, u32)> = (0u32..)
            .zip(accepted.events())
            .zip(accepted.subject_numbers())
            .filter(|((number, event), _)| stands(*number, event))
            .map(|((number, _), subject)| (merged.get(subject).copied().unwrap_or(*subject), number))
            .collect();
        standing.sort_unstable();
        Record {
            accepted,
            standing,
            first_recorded: settled.first_recorded,
            replaced_twice: settled.replaced_twice,
            merged,
        }
    }

    /// One bundle per subject that has events, in no particular order of subjects.
    pub fn bundles(&self) -> Vec<Bundle<'_, 'a>> {
        self.standing.chunk_by(|one, other| one.0 == other.0).map(|entries| Bundle { record: self, entries }).collect()
    }

    /// The bundle of the subject, or of the one into which it was merged.
    pub fn bundle(&self, subject: &Subject) -> Option<Bundle<'_, 'a>> {
        let number = self.accepted.find_subject(subject)?;
        let survivor = self.merged.get(&number).copied().unwrap_or(number);
        let from = self.standing.partition_point(|entry| entry.0 < survivor);
        let to = self.standing.partition_point(|entry| entry.0 <= survivor);
        let entries = self.standing.get(from..to)?;
        (!entries.is_empty()).then_some(Bundle { record: self, entries })
    }

    /// How many events stand.
    pub fn len(&self) -> usize {
        self.standing.len()
    }

    /// Whether no event stands.
    pub fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }
}

impl<'r, 'a> Bundle<'r, 'a> {
    /// Whose events these are; of merged subjects, the survivor.
    pub fn subject(&self) -> Option<&'a Subject> {
        let (survivor, _) = self.entries.first()?;
        self.record.accepted.subjects().get(*survivor as usize)
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no event; never so for a bundle that a record gives.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The events, each with the instant at which the first of its chain of replacements was recorded.
    pub(crate) fn events(&self) -> impl Iterator<Item = (&'a Event, Instant)> + use<'r, 'a> {
        let record = self.record;
        self.entries.iter().filter_map(move |(_, number)| {
            let event = record.accepted.event(*number)?;
            let first = record.first_recorded.get(number).copied().unwrap_or(event.recorded);
            Some((event, first))
        })
    }

    /// The events of this subject that two or more seen events say they replace.
    pub(crate) fn replaced_twice(&self) -> impl Iterator<Item = &'a Event> + use<'r, 'a> {
        let (record, survivor) = (self.record, self.entries.first().map(|entry| entry.0));
        record.replaced_twice.iter().filter_map(move |number| {
            let subject = record.accepted.subject_numbers().get(*number as usize)?;
            let holder = record.merged.get(subject).copied().unwrap_or(*subject);
            (Some(holder) == survivor).then(|| record.accepted.event(*number)).flatten()
        })
    }
}
