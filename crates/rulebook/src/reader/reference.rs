//! References to events: a type, a list of types, a wildcard or a named event, with conditions.

use super::condition::{self, Side};
use super::context::Context;
use super::draft::{Draft, all_types, kinds_of};
use super::fields::{Fields, Node};
use super::kinds::Kinds;
use super::suggest::{one_of_names, shown};
use crate::model::{PatternId, TypeSet};
use vocabulary::EventType;

/// Reads a reference to events that one event alone decides, within `scope`, as a pattern.
pub(super) fn pattern(cx: &mut Context<'_>, node: Node<'_>, key: &str, scope: Kinds) -> Option<PatternId> {
    let draft = plain(cx, node, key, None)?;
    let draft = within(cx, draft, scope, node.at)?;
    cx.pattern(draft, node.at)
}

/// Like [`pattern`], for one or several references.
pub(super) fn patterns(cx: &mut Context<'_>, node: Node<'_>, key: &str, scope: Kinds) -> Option<Vec<PatternId>> {
    let nodes = some(cx, node, key)?;
    // Every one is read before the first mistake ends it, so that all mistakes are found.
    let patterns: Vec<_> = nodes.into_iter().map(|node| pattern(cx, node, key, scope)).collect();
    patterns.into_iter().collect()
}

/// The elements of a list that must not be empty, or the one value.
pub(super) fn some<'a>(cx: &mut Context<'_>, node: Node<'a>, key: &str) -> Option<Vec<Node<'a>>> {
    let nodes = node.each();
    if nodes.is_empty() {
        cx.notes.wrong(node.at, format!("`{key}` is empty"));
        return None;
    }
    Some(nodes)
}

/// Reads a reference to events that one event alone decides. `types` are those meant where `event` is left out.
pub(super) fn plain(cx: &mut Context<'_>, node: Node<'_>, key: &str, types: Option<TypeSet>) -> Option<Draft> {
    let draft = match node.as_text() {
        Some(word) => named(cx, word, node.at)?,
        None => {
            let mut fields = fields(cx, node, key)?;
            let draft = of_fields(cx, &mut fields, types);
            fields.finish(&mut cx.notes);
            draft?
        }
    };
    only_plain(cx, draft, key, node.at)
}

/// The fields of a reference that is no plain text.
pub(super) fn fields<'a>(cx: &mut Context<'_>, node: Node<'a>, key: &str) -> Option<Fields<'a>> {
    if node.as_table().is_none() {
        let like = "an event like \"visit.completed\", or a table like { event = \"visit.completed\" }";
        cx.notes.wrong(node.at, format!("`{key}` must be {like}, not {}", node.is()));
        return None;
    }
    node.fields(format!("`{key}`"), &mut cx.notes)
}

/// Refuses a draft that asks for other events.
pub(super) fn only_plain(cx: &mut Context<'_>, draft: Draft, key: &str, at: usize) -> Option<Draft> {
    if draft.is_plain() {
        return Some(draft);
    }
    cx.notes.wrong(at, format!("`{key}` takes events by their own fields only, not by other events"));
    None
}

/// Reads `event`, `except`, `where` and `unless`.
pub(super) fn of_fields(cx: &mut Context<'_>, fields: &mut Fields<'_>, types: Option<TypeSet>) -> Option<Draft> {
    let draft = match (fields.take("event"), types) {
        (Some(node), _) => events(cx, node),
        // All types stand for events that are mistaken: a condition is then wrong only if it fits none of them.
        (None, Some(types)) => Some(Draft::of_types(types, types == all_types())),
        (None, None) => {
            cx.notes.wrong(fields.at, format!("no `event` in {}", fields.label));
            None
        }
    };
    let draft = match (fields.take("except"), draft) {
        (Some(node), Some(draft)) => except(cx, node, draft),
        (_, draft) => draft,
    };
    let conditions = [(fields.take("where"), Side::Where), (fields.take("unless"), Side::Unless)];
    let mut draft = draft?;
    let mut sound = true;
    for (node, side) in conditions {
        if let Some(node) = node {
            sound &= condition::add(node, side, &mut draft, &mut cx.notes);
        }
    }
    sound.then_some(draft)
}

/// Reads the value of `event`.
fn events(cx: &mut Context<'_>, node: Node<'_>) -> Option<Draft> {
    if let Some(word) = node.as_text() {
        return named(cx, word, node.at);
    }
    let Some(nodes) = node.as_list() else {
        cx.notes.wrong(node.at, format!("`event` must be a text or a list of texts, not {}", node.is()));
        return None;
    };
    if nodes.is_empty() {
        cx.notes.wrong(node.at, "`event` is empty");
        return None;
    }
    let mut types = TypeSet::NONE;
    let mut wild = false;
    let mut sound = true;
    for node in nodes {
        match node.text("event", &mut cx.notes).and_then(|word| types_of(cx, word, node.at)) {
            Some(found) => {
                wild |= found.wild;
                types = types.union(found.types());
            }
            None => sound = false,
        }
    }
    sound.then(|| Draft::of_types(types, wild))
}

/// The events that a word means: a named event, a type or a wildcard.
pub(super) fn named(cx: &mut Context<'_>, word: &str, at: usize) -> Option<Draft> {
    match cx.events.get(word) {
        Some(known) => known.clone(),
        None => types_of(cx, word, at),
    }
}

/// The types that a type's name or a wildcard means.
fn types_of(cx: &mut Context<'_>, word: &str, at: usize) -> Option<Draft> {
    if let Some((before, after)) = word.split_once('*') {
        let meant = |event_type: &EventType| {
            let name = event_type.name();
            name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
        };
        let types = EventType::ALL.iter().copied().filter(meant).fold(TypeSet::NONE, TypeSet::with);
        if types.is_empty() {
            cx.notes.wrong(at, format!("no event is called like `{}`", shown(word)));
            return None;
        }
        return Some(Draft::of_types(types, true));
    }
    if let Some(event_type) = EventType::from_name(word) {
        return Some(Draft::of_types(TypeSet::NONE.with(event_type), false));
    }
    let message = if cx.events.contains_key(word) {
        format!("`{word}` is a named event, which cannot stand in a list of types")
    } else {
        let types = EventType::ALL.iter().map(|event_type| event_type.name());
        let hint = one_of_names(&cx.notes, word, types.chain(cx.events.keys().copied()));
        format!("no event `{}`{hint}", shown(word))
    };
    cx.notes.wrong(at, message);
    None
}

/// Takes types away.
fn except(cx: &mut Context<'_>, node: Node<'_>, mut draft: Draft) -> Option<Draft> {
    let nodes = some(cx, node, "except")?;
    let mut sound = true;
    for node in nodes {
        match node.text("except", &mut cx.notes).and_then(|word| types_of(cx, word, node.at)) {
            Some(out) => draft.arms.retain(|arm| !out.types().contains(arm.event_type)),
            None => sound = false,
        }
    }
    if draft.arms.is_empty() && sound {
        cx.notes.wrong(node.at, "`except` leaves no event");
        return None;
    }
    sound.then_some(draft)
}

/// Limits a draft to those subject kinds: types of a wildcard that are never about one of them are left out, others
/// are a mistake.
pub(super) fn within(cx: &mut Context<'_>, mut draft: Draft, scope: Kinds, at: usize) -> Option<Draft> {
    let outside = |event_type: EventType| Kinds::of_type(event_type).and(scope).is_none();
    if draft.wild {
        draft.arms.retain(|arm| !outside(arm.event_type));
    }
    let stray = draft.types().types().find(|event_type| outside(*event_type));
    if let Some(event_type) = stray {
        let about = Kinds::of_type(event_type).spoken();
        let message = format!("`{}` is about {about}, but this is about {}", event_type.name(), scope.spoken());
        cx.notes.wrong(at, message);
        return None;
    }
    if draft.arms.is_empty() {
        cx.notes.wrong(at, format!("none of these events is about {}", scope.spoken()));
        return None;
    }
    Some(draft)
}

/// The kinds that all events of a draft can be about together with `scope`: those that every type allows. A wildcard
/// is limited to the scope instead.
pub(super) fn kinds(draft: &Draft, scope: Kinds) -> Kinds {
    if draft.wild {
        return kinds_of(draft.types()).and(scope);
    }
    draft.types().types().fold(scope, |kinds, event_type| kinds.and(Kinds::of_type(event_type)))
}
