//! Which events fall: those retracted, and those replaced by a later version that counts.
//!
//! An event and all that replaces it are versions of one fact. Of those not retracted the last counts, by
//! (`recorded`, but never earlier than that of what it replaces; steps from the original; source; id). A retraction
//! has effect only while it counts itself.

#![expect(clippy::indexing_slicing, reason = "node numbers are made by the graph and never come from data")]

use super::graph::{Node, circles, nodes};
use crate::accepted::Accepted;
use calendar::Instant;
use hashbrown::{HashMap, HashSet};
use vocabulary::Event;

/// What came of the corrections.
#[derive(Default)]
pub(super) struct Settled {
    /// The events that do not count, by number.
    pub fallen: HashSet<u32>,
    /// For events that replace others: when the first of their chain was recorded.
    pub first_recorded: HashMap<u32, Instant>,
    /// Events that two or more say they replace, by number.
    pub replaced_twice: Vec<u32>,
}

/// The place of an event among the versions of its fact.
type VersionKey<'a> = (Instant, usize, &'a str, &'a str);

/// A node's place in its chain of replacements.
#[derive(Clone, Copy)]
struct Chained {
    original: usize,
    steps: usize,
    /// Its `recorded`, but never earlier than that of what it replaces.
    recorded: Option<Instant>,
    first_recorded: Option<Instant>,
}

pub(super) fn settle(accepted: &Accepted, seen: &dyn Fn(&Event) -> bool) -> Settled {
    let nodes = nodes(accepted, seen);
    if nodes.is_empty() {
        return Settled::default();
    }
    let chained = chain(&nodes);
    let versions = Versions::of(&nodes, &chained);
    let effective = versions.effective_retractions(&nodes);
    let counting = versions.counting(&effective);
    let mut settled = Settled::default();
    for (number, node) in nodes.iter().enumerate() {
        let Some((event, _)) = node.event else { continue };
        if counting[chained[number].original] != Some(number) {
            settled.fallen.insert(event);
        }
        if let (Some(_), Some(first)) = (node.replaces, chained[number].first_recorded) {
            settled.first_recorded.insert(event, first);
        }
    }
    settled.replaced_twice = replaced_twice(&nodes, &|node| versions.is_retracted(node, &effective));
    settled
}

/// Follows every chain to its original. Iterative, as chains can be as long as a file.
fn chain(nodes: &[Node<'_>]) -> Vec<Chained> {
    let mut chained: Vec<Option<Chained>> = vec![None; nodes.len()];
    for start in 0..nodes.len() {
        let mut way = Vec::new();
        let mut node = start;
        while chained[node].is_none() {
            way.push(node);
            match nodes[node].replaces {
                Some(replaced) => node = replaced,
                None => break,
            }
        }
        while let Some(node) = way.pop() {
            let own = nodes[node].event.map(|(_, event)| event.recorded);
            let replaced = nodes[node].replaces.and_then(|replaced| chained[replaced]);
            chained[node] = Some(match replaced {
                None => Chained { original: node, steps: 0, recorded: own, first_recorded: own },
                Some(replaced) => Chained {
                    original: replaced.original,
                    steps: replaced.steps + 1,
                    recorded: own.max(replaced.recorded),
                    first_recorded: match (own, replaced.first_recorded) {
                        (Some(own), Some(first)) => Some(own.min(first)),
                        (one, other) => one.or(other),
                    },
                },
            });
        }
    }
    // The loop above leaves no node without a place: every way ends at one that has it or replaces nothing.
    let lone = |node| Chained { original: node, steps: 0, recorded: None, first_recorded: None };
    chained.into_iter().enumerate().map(|(node, place)| place.unwrap_or_else(|| lone(node))).collect()
}

/// The versions of each fact in order, and who retracts whom.
struct Versions<'a> {
    /// For every node with an event: its key among the versions.
    keys: Vec<Option<VersionKey<'a>>>,
    /// For every original: the versions of its fact, in order, as nodes.
    facts: Vec<Vec<usize>>,
    /// For every node: the retractions that name it, as nodes.
    retractors: Vec<Vec<usize>>,
    original: Vec<usize>,
}

impl<'a> Versions<'a> {
    fn of(nodes: &[Node<'a>], chained: &[Chained]) -> Versions<'a> {
        let key = |(node, chained): (&Node<'a>, &Chained)| {
            let (_, event) = node.event?;
            Some((chained.recorded?, chained.steps, &*event.source, event.id.as_str()))
        };
        let keys: Vec<Option<VersionKey<'a>>> = nodes.iter().zip(chained).map(key).collect();
        let mut facts = vec![Vec::new(); nodes.len()];
        let mut retractors = vec![Vec::new(); nodes.len()];
        for (number, node) in nodes.iter().enumerate() {
            if node.event.is_some() {
                facts[chained[number].original].push(number);
            }
            if let Some(retracted) = node.retracts {
                retractors[retracted].push(number);
            }
        }
        for versions in &mut facts {
            versions.sort_by(|one, other| keys[*one].cmp(&keys[*other]));
        }
        Versions { keys, facts, retractors, original: chained.iter().map(|place| place.original).collect() }
    }

    /// The node and the later versions of its fact.
    fn from(&self, node: usize) -> &[usize] {
        let versions = &self.facts[self.original[node]];
        let place = versions.partition_point(|other| self.keys[*other] < self.keys[node]);
        &versions[place..]
    }

    /// Whether a retraction that has effect names the node.
    fn is_retracted(&self, node: usize, effective: &[bool]) -> bool {
        self.retractors[node].iter().any(|retractor| effective[*retractor])
    }

    /// Whether the node counts: it is not retracted, and every later version is.
    fn counts(&self, node: usize, effective: &[bool]) -> bool {
        !self.is_retracted(node, effective)
            && self.from(node).iter().all(|version| *version == node || self.is_retracted(*version, effective))
    }

    /// For every original: the version of its fact that counts, the last that is not retracted.
    fn counting(&self, effective: &[bool]) -> Vec<Option<usize>> {
        let stands = |version: &usize| !self.is_retracted(*version, effective);
        self.facts.iter().map(|versions| versions.iter().rev().copied().find(stands)).collect()
    }

    /// Which retractions have effect. Each depends on the retractions of its own fact's versions, from itself on;
    /// those are settled first. Where that goes in a circle, only retractions that name an earlier version keep
    /// their effect, which leaves none.
    fn effective_retractions(&self, nodes: &[Node<'a>]) -> Vec<bool> {
        let depends = |named: &dyn Fn(usize) -> Option<usize>| {
            let mut edges = Vec::new();
            for node in (0..nodes.len()).filter(|node| named(*node).is_some()) {
                for version in self.from(node) {
                    let retractors = self.retractors[*version].iter().filter(|one| named(**one) == Some(*version));
                    edges.extend(retractors.map(|retractor| (node, *retractor)));
                }
            }
            edges
        };
        let all = depends(&|node| nodes[node].retracts);
        let circle = circles(nodes.len(), all.iter().copied());
        let mut circular = vec![false; nodes.len()];
        for (from, to) in &all {
            circular[*from] |= circle[*from] == circle[*to];
        }
        let kept =
            |node: usize| nodes[node].retracts.filter(|named| !circular[node] || self.keys[*named] < self.keys[node]);
        let order = circles(nodes.len(), depends(&kept).into_iter());
        let mut by_order: Vec<usize> = (0..nodes.len()).filter(|node| kept(*node).is_some()).collect();
        by_order.sort_by_key(|node| order[*node]);
        let mut effective = vec![false; nodes.len()];
        for node in by_order {
            effective[node] = self.counts(node, &effective);
        }
        effective
    }
}

/// The events that two or more replacements name; one that is retracted has no effect and does not count.
fn replaced_twice(nodes: &[Node<'_>], is_retracted: &dyn Fn(usize) -> bool) -> Vec<u32> {
    let mut times: HashMap<usize, u32> = HashMap::new();
    for (number, node) in nodes.iter().enumerate() {
        if let Some(replaced) = node.replaces.filter(|_| !is_retracted(number)) {
            *times.entry(replaced).or_default() += 1;
        }
    }
    let mut twice: Vec<u32> =
        times.iter().filter(|(_, times)| **times > 1).filter_map(|(node, _)| Some(nodes[*node].event?.0)).collect();
    twice.sort_unstable();
    twice
}
