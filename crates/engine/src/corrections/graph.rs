//! Which event names which: the corrections as a graph without circles.

#![expect(clippy::indexing_slicing, reason = "node numbers are made here and never come from data")]

use crate::accepted::Accepted;
use calendar::Instant;
use hashbrown::HashMap;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use vocabulary::{Data, Event};

/// What orders corrections that name each other in a circle: (recorded, source, id).
pub(super) type Rank<'a> = (Instant, &'a str, &'a str);

/// An event that corrects or is corrected, or the place of one that has not arrived.
pub(super) struct Node<'a> {
    /// The event and its number; none where it has not arrived (or is not seen).
    pub event: Option<(u32, &'a Event)>,
    /// The node that it replaces.
    pub replaces: Option<usize>,
    /// The node that it retracts.
    pub retracts: Option<usize>,
}

impl<'a> Node<'a> {
    /// Its rank; a node without an event names nothing, so its rank is never asked.
    pub fn rank(&self) -> Option<Rank<'a>> {
        self.event.map(|(_, event)| (event.recorded, &*event.source, event.id.as_str()))
    }
}

/// All seen corrections and what they name, circles broken: of corrections that name each other in a circle, only
/// those that name an event earlier by rank have effect.
pub(super) fn nodes<'a>(accepted: &'a Accepted, seen: &dyn Fn(&Event) -> bool) -> Vec<Node<'a>> {
    let mut making = Making { accepted, seen, nodes: Vec::new(), arrived: HashMap::new(), awaited: HashMap::new() };
    for (number, event) in (0u32..).zip(accepted.events()) {
        let retracted =
            if let Data::EventRetracted(retraction) = &event.data { Some(retraction.id.as_str()) } else { None };
        if (retracted.is_some() || event.supersedes.is_some()) && seen(event) {
            let node = making.node_of(number, event);
            making.nodes[node].replaces = event.supersedes.as_deref().map(|id| making.node_named(&event.source, id));
            making.nodes[node].retracts = retracted.map(|id| making.node_named(&event.source, id));
        }
    }
    let mut nodes = making.nodes;
    break_circles(&mut nodes);
    nodes
}

struct Making<'a, 's> {
    accepted: &'a Accepted,
    seen: &'s dyn Fn(&Event) -> bool,
    nodes: Vec<Node<'a>>,
    arrived: HashMap<u32, usize>,
    awaited: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> Making<'a, '_> {
    fn node_of(&mut self, number: u32, event: &'a Event) -> usize {
        let next = self.nodes.len();
        let node = *self.arrived.entry(number).or_insert(next);
        if node == next {
            self.nodes.push(Node { event: Some((number, event)), replaces: None, retracts: None });
        }
        node
    }

    fn node_named(&mut self, source: &'a str, id: &'a str) -> usize {
        let found = self.accepted.find(source, id).and_then(|number| Some((number, self.accepted.event(number)?)));
        match found {
            Some((number, event)) if (self.seen)(event) => self.node_of(number, event),
            _ => {
                let next = self.nodes.len();
                let node = *self.awaited.entry((source, id)).or_insert(next);
                if node == next {
                    self.nodes.push(Node { event: None, replaces: None, retracts: None });
                }
                node
            }
        }
    }
}

fn break_circles(nodes: &mut [Node<'_>]) {
    let edges = nodes
        .iter()
        .enumerate()
        .flat_map(|(from, node)| node.replaces.into_iter().chain(node.retracts).map(move |to| (from, to)));
    let circle = circles(nodes.len(), edges);
    for from in 0..nodes.len() {
        let keeps = |to: &usize| circle[from] != circle[*to] || nodes[*to].rank() < nodes[from].rank();
        let replaces = nodes[from].replaces.filter(keeps);
        let retracts = nodes[from].retracts.filter(keeps);
        nodes[from].replaces = replaces;
        nodes[from].retracts = retracts;
    }
}

/// For every node the number of the circle it is part of; nodes in no circle have a number of their own. Numbers
/// ascend from the nodes that name nothing to those that name them.
pub(super) fn circles(nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    for _ in 0..nodes {
        graph.add_node(());
    }
    for (from, to) in edges {
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }
    let mut circle = vec![0; nodes];
    for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        for member in members {
            circle[member.index()] = number;
        }
    }
    circle
}
