//! Episodes and states.

use super::common::{self, Entry};
use super::condition::{self, Side};
use super::context::{Context, NamedEpisodes, NamedState};
use super::draft::{Draft, kinds_of};
use super::fields::{Fields, Node};
use super::kinds::{Kinds, NAMES};
use super::notes::Notes;
use super::reference;
use super::suggest::{one_of_names, shown};
use crate::model::{Episodes, State, StateId, TypeSet};
use std::collections::{BTreeMap, BTreeSet};

/// The most states that a rulebook may have. The default one has a dozen.
const MOST_STATES: usize = 1_000;

/// Reads `[episodes]`.
pub(super) fn read_episodes<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>) {
    for (name, node) in common::named(cx, node, "episodes") {
        let episodes = episodes_of(cx, node, &format!("episodes `{name}`"));
        cx.episodes.insert(name, episodes);
    }
}

/// Reads the name of episodes, or a table that says which.
pub(super) fn episodes(cx: &mut Context<'_>, node: Node<'_>, key: &str, scope: Kinds) -> Option<Episodes> {
    let found = match node.as_text() {
        None => episodes_of(cx, node, &format!("`{key}`"))?,
        Some(name) => match cx.episodes.get(name) {
            Some(known) => known.clone()?,
            None => {
                let hint = one_of_names(&cx.notes, name, cx.episodes.keys().copied());
                cx.notes.wrong(node.at, format!("no episodes called `{}` in [episodes]{hint}", shown(name)));
                return None;
            }
        },
    };
    if found.kinds.and(scope).is_none() {
        let message =
            format!("these episodes are about {}, but this is about {}", found.kinds.spoken(), scope.spoken());
        cx.notes.wrong(node.at, message);
        return None;
    }
    Some(found.episodes)
}

fn episodes_of(cx: &mut Context<'_>, node: Node<'_>, label: &str) -> Option<NamedEpisodes> {
    let mut fields = node.fields(label, &mut cx.notes)?;
    let found = own_episodes(cx, &mut fields);
    if ["start", "end", "where", "unless"].iter().all(|key| fields.peek(key).is_none()) {
        cx.notes.wrong(fields.at, format!("no `start` in {}", fields.label));
    }
    fields.finish(&mut cx.notes);
    found
}

/// Reads `start`, `end`, `where` and `unless`, if there is any of them.
fn own_episodes(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<NamedEpisodes> {
    let conditions = [(fields.take("where"), Side::Where), (fields.take("unless"), Side::Unless)];
    let (start, end) = (fields.take("start"), fields.take("end"));
    let start = start.map(|node| (node, bare_types(cx, node, "start")));
    let end = end.map(|node| (node, bare_types(cx, node, "end")));
    let stray = conditions.iter().find_map(|(node, _)| *node).or(end.as_ref().map(|(node, _)| *node));
    if let (None, Some(node)) = (&start, stray) {
        cx.notes.wrong(node.at, format!("{} has an `end` or conditions, but no `start`", fields.label));
    }
    let (node, starts) = start?;
    if end.is_none() {
        cx.notes.wrong(fields.at, format!("no `end` in {}", fields.label));
    }
    let starts = starts?;
    let mut which = Draft::of_types(starts, false);
    let mut sound = true;
    for (node, side) in conditions {
        if let Some(node) = node {
            sound &= condition::add(node, side, &mut which, &mut cx.notes);
        }
    }
    let ends = end?.1?;
    let kinds = kinds_of(starts).and(kinds_of(ends));
    if kinds.is_none() {
        cx.notes.wrong(node.at, "nothing can begin with this start and end with this end: they are about others");
        return None;
    }
    let episodes = Episodes {
        starts: cx.pattern(Draft::of_types(starts, false), node.at)?,
        ends: cx.pattern(Draft::of_types(ends, false), node.at)?,
        which: cx.pattern(which, node.at)?,
    };
    sound.then_some(NamedEpisodes { episodes, kinds })
}

/// One type or several, all with an episode and none with conditions: these are asked of the start, in `where`.
fn bare_types(cx: &mut Context<'_>, node: Node<'_>, key: &str) -> Option<TypeSet> {
    let mut types = TypeSet::NONE;
    let mut sound = true;
    for node in reference::some(cx, node, key)? {
        match bare_type(cx, node, key) {
            Some(more) => types = types.union(more),
            None => sound = false,
        }
    }
    sound.then_some(types)
}

fn bare_type(cx: &mut Context<'_>, node: Node<'_>, key: &str) -> Option<TypeSet> {
    let word = node.text(key, &mut cx.notes)?;
    let draft = reference::named(cx, word, node.at)?;
    if !draft.is_plain() || draft.arms.iter().any(|arm| !arm.all.is_empty() || !arm.none.is_empty()) {
        cx.notes.wrong(node.at, format!("`{key}` takes types of event; conditions stand in `where`"));
        return None;
    }
    let bare = draft.types().types().find(|event_type| event_type.slot("episode").is_none());
    if let Some(event_type) = bare {
        cx.notes.wrong(node.at, format!("`{}` has no episode that could begin or end", event_type.name()));
        return None;
    }
    Some(draft.types())
}

/// A state as written: the names of its parts are not resolved yet.
struct Written<'a> {
    title: Option<String>,
    at: usize,
    subject: Option<Kinds>,
    own: Option<NamedEpisodes>,
    /// Whether there are keys for episodes of its own, sound or not.
    has_own: bool,
    /// Whether nothing could make it hold.
    is_empty: bool,
    any: Vec<(&'a str, usize)>,
    all: Vec<(&'a str, usize)>,
    none: Vec<(&'a str, usize)>,
    shows: Option<(&'a str, usize)>,
}

/// Reads every `[[state]]`, parts before what is made of them.
pub(super) fn read_states<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>) -> Vec<State> {
    let mut entries = common::entries(cx, node, "state");
    if let Some(entry) = entries.get(MOST_STATES) {
        cx.notes.wrong(entry.fields.at, format!("a rulebook has at most {MOST_STATES} states"));
        entries.truncate(MOST_STATES);
    }
    let mut written: BTreeMap<&str, Written<'_>> = BTreeMap::new();
    for entry in entries {
        let (id, known) = (entry.id, entry.is_known);
        let one = write_down(cx, entry);
        if known {
            written.insert(id, one);
        }
    }
    check_names(cx, &written);
    let mut order = Order { written: &written, done: BTreeSet::new(), path: Vec::new(), order: Vec::new() };
    written.keys().for_each(|id| order.visit(id, &mut cx.notes));
    let mut states = Vec::new();
    for id in order.order {
        let Some(one) = written.get(id) else { continue };
        let state = resolved(cx, id, one, states.len());
        cx.states.insert(id, state.as_ref().map(|(_, named)| *named));
        states.extend(state.map(|(state, _)| state));
    }
    states
}

fn write_down<'a>(cx: &mut Context<'a>, entry: Entry<'a>) -> Written<'a> {
    let mut fields = entry.fields;
    let title = fields.need_text("title", &mut cx.notes).map(str::to_owned);
    let subject = fields.choice("subject", NAMES, &mut cx.notes).map(Kinds::only);
    let own = own_episodes(cx, &mut fields);
    let has_own = ["start", "end", "where", "unless"].iter().any(|key| fields.peek(key).is_some());
    let parts = ["any", "all", "none"].map(|key| names(cx, &mut fields, key));
    let shows = fields.take("shows");
    let shows = shows.and_then(|node| node.text("shows", &mut cx.notes).map(|name| (name, node.at)));
    let at = fields.at;
    let [any, all, none] = parts;
    let is_empty = !has_own && any.is_empty() && all.is_empty();
    if is_empty {
        let message = format!("{} needs a `start` and an `end`, or states in `any` or `all`", fields.label);
        cx.notes.wrong(at, message);
    }
    fields.finish(&mut cx.notes);
    Written { title, at, subject, own, has_own, is_empty, any, all, none, shows }
}

/// A list of names of states.
fn names<'a>(cx: &mut Context<'a>, fields: &mut Fields<'a>, key: &'static str) -> Vec<(&'a str, usize)> {
    let Some(nodes) = fields.take(key).and_then(|node| reference::some(cx, node, key)) else {
        return Vec::new();
    };
    let name = |node: Node<'a>| node.text(key, &mut cx.notes).map(|name| (name, node.at));
    nodes.into_iter().filter_map(name).collect()
}

impl<'a> Written<'a> {
    fn parts(&self) -> impl Iterator<Item = (&'a str, usize)> {
        self.any.iter().chain(&self.all).chain(&self.none).copied()
    }
}

fn check_names(cx: &mut Context<'_>, written: &BTreeMap<&str, Written<'_>>) {
    for (id, one) in written {
        for (name, at) in one.parts().chain(one.shows) {
            if !written.contains_key(name) {
                let hint = one_of_names(&cx.notes, name, written.keys().copied());
                cx.notes.wrong(at, format!("no state `{}`{hint}", shown(name)));
            }
        }
        let shown = one.shows.and_then(|(name, at)| written.get(name).map(|shown| (name, at, shown)));
        if let Some((name, at, shown)) = shown {
            if !shown.has_own {
                cx.notes.wrong(at, format!("state `{name}` has no episodes of its own to show"));
            } else if *id != name && !is_part(name, one, written) {
                cx.notes.wrong(at, format!("`shows` names `{name}`, which is no part of state `{id}`"));
            }
        }
    }
}

/// Puts parts before what is made of them, and finds states that are made of themselves.
struct Order<'w, 'a> {
    written: &'w BTreeMap<&'a str, Written<'a>>,
    done: BTreeSet<&'a str>,
    /// From the state asked first down to the part looked at.
    path: Vec<&'a str>,
    order: Vec<&'a str>,
}

impl<'a> Order<'_, 'a> {
    /// Goes as deep as states are made of states, at most [`MOST_STATES`].
    fn visit(&mut self, id: &'a str, notes: &mut Notes<'_>) {
        let written = self.written;
        let Some(one) = written.get(id).filter(|_| !self.done.contains(id)) else {
            return;
        };
        self.path.push(id);
        for (name, at) in one.parts() {
            match self.path.iter().position(|above| *above == name) {
                Some(position) => notes.wrong(at, self.circle(name, position)),
                None => self.visit(name, notes),
            }
        }
        self.path.pop();
        self.done.insert(id);
        self.order.push(id);
    }

    fn circle(&self, name: &str, position: usize) -> String {
        let way: Vec<String> = self.path.iter().skip(position + 1).take(8).map(|part| format!("`{part}`")).collect();
        let through = if way.is_empty() { String::new() } else { format!(" through {}", way.join(", ")) };
        format!("state `{name}` is made of itself{through}")
    }
}

/// Whether a state is a part of another, directly or through others.
fn is_part(name: &str, of: &Written<'_>, written: &BTreeMap<&str, Written<'_>>) -> bool {
    let mut seen: BTreeSet<&str> = of.parts().map(|(part, _)| part).collect();
    let mut next: Vec<&str> = seen.iter().copied().collect();
    while let Some(part) = next.pop() {
        let further = written.get(part).into_iter().flat_map(Written::parts);
        next.extend(further.map(|(part, _)| part).filter(|part| seen.insert(*part)));
    }
    seen.contains(name)
}

/// The state with its parts resolved; none where it or a part had mistakes.
fn resolved(cx: &mut Context<'_>, id: &str, one: &Written<'_>, position: usize) -> Option<(State, NamedState)> {
    let state_id = StateId(u16::try_from(position).ok()?);
    let lookup = |names: &[(&str, usize)]| -> Option<Vec<StateId>> {
        names.iter().map(|(name, _)| cx.states.get(name).copied().flatten().map(|state| state.id)).collect()
    };
    let (any, all, none) = (lookup(&one.any)?, lookup(&one.all)?, lookup(&one.none)?);
    let parts = one.parts().filter_map(|(name, _)| cx.states.get(name).copied().flatten());
    let kinds = parts.fold(Kinds::ANY, |kinds, part| kinds.and(part.kinds));
    let own = if one.has_own { Some(one.own.as_ref()?) } else { None };
    if one.is_empty {
        return None;
    }
    let kinds = own.map_or(kinds, |own| kinds.and(own.kinds)).and(one.subject.unwrap_or(Kinds::ANY));
    let subject = kinds.single();
    if subject.is_none() {
        let message = if kinds.is_none() {
            format!("the parts of state `{id}` are about different kinds of subject")
        } else {
            format!("state `{id}` could be about {}; say which with `subject`", kinds.spoken())
        };
        cx.notes.wrong(one.at, message);
    }
    let shows = match one.shows {
        Some((name, _)) if name == id => Some(state_id),
        Some((name, _)) => Some(cx.states.get(name).copied().flatten()?.id),
        None => own.map(|_| state_id),
    };
    let title = one.title.clone()?;
    let episodes = own.map(|own| own.episodes.clone());
    let state = State { id: id.to_owned(), title, subject: subject?, episodes, any, all, none, shows };
    Some((state, NamedState { id: state_id, kinds }))
}
