//! The events that are accepted: each once, whatever the order and however often they come.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use vocabulary::{Data, Event, Subject};

/// What became of an offered event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It is new and was taken.
    New,
    /// It was here already with the same content; nothing changes (domain.md section 7).
    Repeated,
    /// Its (source, id) was here already with other content; the first stays and this one is refused.
    Conflicting,
}

/// Accepted events, each (source, id) once. Knows nothing of time or rules.
#[derive(Default)]
pub struct Accepted {
    events: Vec<Event>,
    subject_of: Vec<u32>,
    subjects: Vec<Subject>,
    by_id: HashTable<Filed>,
    by_subject: HashTable<Filed>,
    hasher: DefaultHashBuilder,
}

/// The number of an event or subject under its hash. The hash stands beside it, so that the table grows without
/// looking at what the numbers stand for, and few others are compared in full.
struct Filed {
    hash: u64,
    number: u32,
}

impl Accepted {
    /// Nothing accepted yet.
    pub fn new() -> Accepted {
        Accepted::default()
    }

    /// Takes an event, unless its (source, id) is here already.
    ///
    /// Of copies the earliest `received` counts, and with it the `recorded` of an event that was sent without one.
    pub fn offer(&mut self, event: Event) -> Offer {
        let hash = self.hasher.hash_one((&*event.source, event.id.as_str()));
        if let Some(number) = self.find_hashed(hash, &event.source, &event.id) {
            return self.offer_again(number, &event);
        }
        let number = as_number(self.events.len());
        self.by_id.insert_unique(hash, Filed { hash, number }, |other| other.hash);
        let subject = self.subject_number(&event.subject);
        if let Data::ChildMerged(merge) = &event.data {
            // The survivor needs a number even where it has no event of its own yet.
            self.subject_number(&merge.into);
        }
        self.subject_of.push(subject);
        self.events.push(event);
        Offer::New
    }

    /// The number of the event with that source and id.
    pub fn find(&self, source: &str, id: &str) -> Option<u32> {
        self.find_hashed(self.hasher.hash_one((source, id)), source, id)
    }

    /// The events, in the order in which they were first taken.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The event of that number.
    pub fn event(&self, number: u32) -> Option<&Event> {
        self.events.get(number as usize)
    }

    /// The subjects, in the order in which they were first seen.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The number of the subject of the event of that number.
    pub(crate) fn subject_numbers(&self) -> &[u32] {
        &self.subject_of
    }

    /// The number of a subject that has events, or that a merge names.
    pub(crate) fn find_subject(&self, subject: &Subject) -> Option<u32> {
        self.find_subject_hashed(self.hasher.hash_one(subject), subject)
    }

    fn find_hashed(&self, hash: u64, source: &str, id: &str) -> Option<u32> {
        let same = |filed: &Filed| {
            let event = self.events.get(filed.number as usize);
            filed.hash == hash && event.is_some_and(|event| event.id == id && &*event.source == source)
        };
        self.by_id.find(hash, same).map(|filed| filed.number)
    }

    fn find_subject_hashed(&self, hash: u64, subject: &Subject) -> Option<u32> {
        let same = |filed: &Filed| filed.hash == hash && self.subjects.get(filed.number as usize) == Some(subject);
        self.by_subject.find(hash, same).map(|filed| filed.number)
    }

    fn offer_again(&mut self, number: u32, copy: &Event) -> Offer {
        let Some(kept) = self.events.get_mut(number as usize) else {
            return Offer::Conflicting;
        };
        if kept.digest != copy.digest {
            return Offer::Conflicting;
        }
        if copy.received < kept.received {
            kept.received = copy.received;
            if !kept.recorded_given {
                kept.recorded = copy.received;
            }
        }
        Offer::Repeated
    }

    /// The number of the subject, a new one where it was not seen before.
    fn subject_number(&mut self, subject: &Subject) -> u32 {
        let hash = self.hasher.hash_one(subject);
        if let Some(number) = self.find_subject_hashed(hash, subject) {
            return number;
        }
        let number = as_number(self.subjects.len());
        self.by_subject.insert_unique(hash, Filed { hash, number }, |other| other.hash);
        self.subjects.push(subject.clone());
        number
    }
}

/// A position as a number. Four thousand million events do not fit the memory of the machines this runs on; beyond
/// that the last number repeats, and the event is found by nobody rather than mistaken for another.
fn as_number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
