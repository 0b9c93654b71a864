//! Giving events their places: what every database decides in the same way, of what it has read before it writes.

use crate::columns::{signed, unsigned};
use crate::joining::{Arrival, names};
use crate::ledger::{Incoming, Position};
use crate::merkle::{Frontier, Hash, leaf};
use crate::store::{StoreError, StoreResult};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash as Hashed;
use vocabulary::{Data, Digest, Event, Refusal, Subject};

/// What is known of events, by the number of their source and their id.
pub(crate) type ByKey<'k, T> = HashMap<(i64, &'k str), T>;

/// What became of something that was sent, before the quarantine has taken what was refused.
pub(crate) enum Placed {
    /// It was appended.
    Appended(Position),
    /// It was there already.
    Repeated(Position),
    /// It is no event, or conflicts with one.
    Refused(Refusal),
}

/// The end of the ledger, as of a transaction.
pub(crate) struct End {
    pub(crate) frontier: Frontier,
    pub(crate) last_source: i64,
    pub(crate) last_subject: i64,
    /// Whether any event waits for one that has not come.
    pub(crate) awaiting: bool,
}

/// An event that is appended.
pub(crate) struct New<'b> {
    pub(crate) position: i64,
    pub(crate) source: i64,
    pub(crate) subject: i64,
    pub(crate) incoming: &'b Incoming,
    pub(crate) event: &'b Event,
}

/// What the end of the ledger says of itself, from the database: how many events there are, and the size, root and
/// frontier of the last tree head.
pub(crate) struct EndColumns {
    pub(crate) events: i64,
    pub(crate) size: Option<i64>,
    pub(crate) root: Option<Vec<u8>>,
    pub(crate) frontier: Option<Vec<u8>>,
}

impl EndColumns {
    /// The frontier to append to. What was written is read with suspicion: it must give the root that stands beside it,
    /// and be of all events that there are.
    pub(crate) fn frontier(self) -> StoreResult<Frontier> {
        let frontier = match (self.size, self.root, self.frontier) {
            (Some(size), Some(root), Some(frontier)) => {
                kept_frontier(unsigned(size)?, &crate::columns::hash(&root)?, &frontier)?
            }
            _ => Frontier::new(),
        };
        if frontier.size() == unsigned(self.events)? {
            return Ok(frontier);
        }
        let (events, size) = (self.events, frontier.size());
        Err(StoreError::Damaged(format!("the ledger has {events} events, but its last tree head is of {size}")))
    }
}

fn kept_frontier(size: u64, root: &Hash, bytes: &[u8]) -> StoreResult<Frontier> {
    let frontier = Frontier::from_bytes(size, bytes).filter(|frontier| frontier.root() == *root);
    frontier.ok_or_else(|| StoreError::Damaged(format!("the tree head of {size} events is not what was written")))
}

/// Appends the leaves of new events to the tree.
pub(crate) fn grow(frontier: &mut Frontier, new: &[New<'_>]) {
    for one in new {
        frontier.append(leaf(one.incoming.received, &one.incoming.bytes));
    }
}

/// The events of a batch, without what was refused.
pub(crate) fn events(batch: &[Incoming]) -> impl Iterator<Item = &Event> {
    batch.iter().filter_map(|incoming| incoming.checked.as_ref().ok())
}

/// The key of an event.
pub(crate) fn key<'b>(event: &'b Event, sources: &HashMap<&'b str, i64>) -> StoreResult<(i64, &'b str)> {
    let source = sources.get(&*event.source).copied();
    let source = source.ok_or_else(|| StoreError::Damaged(format!("the source {} has no number", event.source)))?;
    Ok((source, event.id.as_str()))
}

/// A digest that was kept of the event at a position.
pub(crate) fn digest_of(position: i64, bytes: &[u8]) -> StoreResult<Digest> {
    let digest = <[u8; 16]>::try_from(bytes);
    let digest = digest.map_err(|_| StoreError::Damaged(format!("the event at {position} has no digest")))?;
    Ok(Digest(u128::from_be_bytes(digest)))
}

/// Says of each what becomes of it, and which are new, with their positions. Subjects have no numbers yet.
pub(crate) fn decide<'b>(
    batch: &'b [Incoming],
    sources: &HashMap<&'b str, i64>,
    mut known: ByKey<'b, (Position, Digest)>,
    size: u64,
) -> StoreResult<(Vec<Placed>, Vec<New<'b>>)> {
    let mut placed = Vec::with_capacity(batch.len());
    let mut new = Vec::with_capacity(batch.len());
    let mut last = size;
    for incoming in batch {
        let event = match &incoming.checked {
            Ok(event) => event,
            Err(refusal) => {
                placed.push(Placed::Refused(refusal.clone()));
                continue;
            }
        };
        let key = key(event, sources)?;
        placed.push(match known.entry(key) {
            Entry::Occupied(there) if there.get().1 == event.digest => Placed::Repeated(there.get().0),
            Entry::Occupied(_) => Placed::Refused(Refusal::conflicting_id()),
            Entry::Vacant(free) => {
                last += 1;
                free.insert((last, event.digest));
                new.push(New { position: signed(last), source: key.0, subject: 0, incoming, event });
                Placed::Appended(last)
            }
        });
    }
    Ok((placed, new))
}

/// Whom a merge names as the survivor.
pub(crate) fn merged_into(event: &Event) -> Option<&Subject> {
    if let Data::ChildMerged(merge) = &event.data { Some(&merge.into) } else { None }
}

/// Everyone that new events are about or that a merge among them names.
pub(crate) fn subjects<'n, 'b>(new: &'n [New<'b>]) -> impl Iterator<Item = &'b Subject> + use<'n, 'b> {
    new.iter().flat_map(|one| std::iter::once(&one.event.subject).chain(merged_into(one.event)))
}

/// New events as far as families go; whoever they name has a number by now. None: no family can change.
pub(crate) fn arrivals<'b>(
    new: &[New<'b>],
    subjects: &HashMap<&Subject, i64>,
    awaiting: bool,
) -> Option<Vec<Arrival<'b>>> {
    let arrivals = new.iter().map(|one| Arrival {
        source: one.source,
        id: &one.event.id,
        subject: one.subject,
        names: names(one.event),
        into: merged_into(one.event).and_then(|into| subjects.get(into)).copied(),
    });
    let arrivals: Vec<Arrival<'_>> = arrivals.collect();
    (awaiting || arrivals.iter().any(Arrival::links)).then_some(arrivals)
}

/// Names to be called by numbers: sources or subjects.
pub(crate) struct Numbering<K> {
    numbers: HashMap<K, i64>,
    wanted: Vec<K>,
}

/// No name has this number.
const UNKNOWN: i64 = 0;

impl<K: Copy + Eq + Hashed> Numbering<K> {
    /// Of those names, each once.
    pub(crate) fn of(names: impl Iterator<Item = K>) -> Numbering<K> {
        let mut numbering = Numbering { numbers: HashMap::new(), wanted: Vec::new() };
        for name in names {
            if let Entry::Vacant(vacant) = numbering.numbers.entry(name) {
                vacant.insert(UNKNOWN);
                numbering.wanted.push(name);
            }
        }
        numbering
    }

    /// The names, in the order in which they come first.
    pub(crate) fn wanted(&self) -> &[K] {
        &self.wanted
    }

    /// Takes the number that the name at that place has already.
    pub(crate) fn found(&mut self, place: i64, number: i64) {
        if let Some(name) = usize::try_from(place).ok().and_then(|place| self.wanted.get(place)) {
            self.numbers.insert(*name, number);
        }
    }

    /// Gives the others the numbers after the last: all numbers by name, and those that are new, in order.
    pub(crate) fn number(mut self, last: &mut i64) -> (HashMap<K, i64>, Vec<(i64, K)>) {
        let mut new = Vec::new();
        for name in self.wanted {
            if let Some(number @ &mut UNKNOWN) = self.numbers.get_mut(&name) {
                *last += 1;
                *number = *last;
                new.push((*last, name));
            }
        }
        (self.numbers, new)
    }
}
