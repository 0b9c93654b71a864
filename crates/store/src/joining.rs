//! Joining families: who must be derived together, because their events correct each other or were merged. What every
//! database decides in the same way, of what it has read before it writes.

use crate::placing::ByKey;
use std::collections::{BTreeMap, HashMap};
use vocabulary::{Data, Event};

/// The events, of the same source, that an event names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named<'b> {
    /// The one that it replaces.
    supersedes: Option<&'b str>,
    /// The one that it retracts.
    retracts: Option<&'b str>,
}

/// What an event names.
pub(crate) fn names(event: &Event) -> Named<'_> {
    let retracts = if let Data::EventRetracted(retraction) = &event.data { Some(retraction.id.as_str()) } else { None };
    Named { supersedes: event.supersedes.as_deref(), retracts }
}

impl<'b> Named<'b> {
    /// The ids.
    pub(crate) fn ids(self) -> impl Iterator<Item = &'b str> {
        self.supersedes.into_iter().chain(self.retracts)
    }
}

/// An event that was appended, as far as families go.
pub(crate) struct Arrival<'b> {
    pub(crate) source: i64,
    pub(crate) id: &'b str,
    pub(crate) subject: i64,
    pub(crate) names: Named<'b>,
    /// Whom a merge makes the survivor.
    pub(crate) into: Option<i64>,
}

impl Arrival<'_> {
    /// Whether it names another event or subject.
    pub(crate) fn links(&self) -> bool {
        self.into.is_some() || self.names != Named::default()
    }
}

/// The events that arrivals name.
pub(crate) fn named<'a, 'b>(arrivals: &'a [Arrival<'b>]) -> impl Iterator<Item = (i64, &'b str)> + use<'a, 'b> {
    arrivals.iter().flat_map(|arrival| arrival.names.ids().map(|id| (arrival.source, id)))
}

/// The events that are to be looked up among those that others wait for: those that arrivals name, and the arrivals.
pub(crate) fn waited_for<'a, 'b>(arrivals: &'a [Arrival<'b>]) -> impl Iterator<Item = (i64, &'b str)> + use<'a, 'b> {
    named(arrivals).chain(arrivals.iter().map(|arrival| (arrival.source, arrival.id)))
}

/// The subjects that are of one family, in pairs, given the subjects of named events that have arrived. `awaited` has
/// one of the subjects that wait for each event, and is brought up to date: what arrived goes, what has not come stays
/// or is added.
pub(crate) fn pairs<'b>(
    arrivals: &[Arrival<'b>],
    arrived: &ByKey<'b, i64>,
    awaited: &mut ByKey<'b, i64>,
) -> Vec<(i64, i64)> {
    let mut pairs: Vec<(i64, i64)> = Vec::new();
    for arrival in arrivals {
        pairs.extend(arrival.into.map(|into| (arrival.subject, into)));
        if let Some(waiting) = awaited.remove(&(arrival.source, arrival.id)) {
            pairs.push((arrival.subject, waiting));
        }
        for id in arrival.names.ids() {
            let key = (arrival.source, id);
            let other = match arrived.get(&key) {
                Some(there) => *there,
                None => *awaited.entry(key).or_insert(arrival.subject),
            };
            pairs.push((arrival.subject, other));
        }
    }
    pairs.retain(|(one, other)| one != other);
    pairs
}

/// The families that are no more, with those that they are part of now, given the families of the subjects of pairs.
pub(crate) fn changes(of_subject: HashMap<i64, i64>, pairs: &[(i64, i64)]) -> BTreeMap<i64, i64> {
    let mut joined = Joined { families: HashMap::new(), of_subject };
    for (one, other) in pairs {
        joined.join(*one, *other);
    }
    joined.changes()
}

/// Families that become one: each number is that of a family, and leads to a lower one that it is joined to.
struct Joined {
    families: HashMap<i64, i64>,
    of_subject: HashMap<i64, i64>,
}

impl Joined {
    /// The present family of a family. Ends, as each step leads to a lower number.
    fn present(&mut self, family: i64) -> i64 {
        let mut present = family;
        while let Some(lower) = self.families.get(&present) {
            present = *lower;
        }
        let mut passed = family;
        while let Some(next) = self.families.get_mut(&passed) {
            passed = std::mem::replace(next, present);
        }
        present
    }

    fn join(&mut self, one: i64, other: i64) {
        let family = |subject| self.of_subject.get(&subject).copied().unwrap_or(subject);
        let (one, other) = (family(one), family(other));
        let (one, other) = (self.present(one), self.present(other));
        if one != other {
            self.families.insert(one.max(other), one.min(other));
        }
    }

    fn changes(mut self) -> BTreeMap<i64, i64> {
        let gone: Vec<i64> = self.families.keys().copied().collect();
        gone.into_iter().map(|family| (family, self.present(family))).collect()
    }
}
