//! How events find others of the same subject by the names they share: `link`, `via`, `having` and `lacking`.

use super::condition::no_field;
use super::context::Context;
use super::draft::{Draft, all_types, kinds_of, types_with};
use super::fields::{Fields, Node};
use super::kinds::Kinds;
use super::reference;
use crate::model::{Between, Having, NamedField, Selector, Step, TypeSet};
use vocabulary::{EventType, FieldKind};

/// Where links begin: events of these types, about subjects of these kinds.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub(super) types: TypeSet,
    pub(super) kinds: Kinds,
}

impl Origin {
    /// Events of these types, whomever they are about.
    pub(super) fn of(types: TypeSet) -> Origin {
        Origin { types, kinds: kinds_of(types) }
    }
}

/// Reads a reference to events that other events of the subject may decide, too. `types` are those meant where `event`
/// is left out.
pub(super) fn draft(cx: &mut Context<'_>, node: Node<'_>, key: &str, types: Option<TypeSet>) -> Option<Draft> {
    if let Some(word) = node.as_text() {
        return reference::named(cx, word, node.at);
    }
    let mut fields = reference::fields(cx, node, key)?;
    let draft = selecting(cx, &mut fields, types);
    fields.finish(&mut cx.notes);
    draft
}

/// Reads the events and `having`, `lacking` and `allocated`.
fn selecting(cx: &mut Context<'_>, fields: &mut Fields<'_>, types: Option<TypeSet>) -> Option<Draft> {
    let draft = reference::of_fields(cx, fields, types);
    let conditions = (fields.take("having"), fields.take("lacking"));
    let allocated = fields.take("allocated").map(|node| node.bool("allocated", &mut cx.notes));
    // Where the events are mistaken, what they must have is read as if they were any.
    let from = Origin::of(draft.as_ref().map_or_else(all_types, Draft::types));
    let having = conditions.0.map(|node| havings(cx, node, "having", from));
    let lacking = conditions.1.map(|node| havings(cx, node, "lacking", from));
    let mut draft = draft?;
    draft.having.extend(having.unwrap_or_else(|| Some(Vec::new()))?);
    draft.lacking.extend(lacking.unwrap_or_else(|| Some(Vec::new()))?);
    if let Some(allocated) = allocated {
        draft.allocated = Some(allocated?);
    }
    Some(draft)
}

/// Makes a selector of a draft within those subject kinds.
pub(super) fn selector(cx: &mut Context<'_>, mut draft: Draft, scope: Kinds, at: usize) -> Option<Selector> {
    let having = std::mem::take(&mut draft.having);
    let lacking = std::mem::take(&mut draft.lacking);
    let allocated = draft.allocated.take();
    let draft = reference::within(cx, draft, scope, at)?;
    Some(Selector { pattern: cx.pattern(draft, at)?, having, lacking, allocated })
}

fn havings(cx: &mut Context<'_>, node: Node<'_>, key: &str, from: Origin) -> Option<Vec<Having>> {
    let nodes = reference::some(cx, node, key)?;
    let havings: Vec<_> = nodes.into_iter().map(|node| having(cx, node, key, from)).collect();
    havings.into_iter().collect()
}

/// Reads a condition on other events of the subject.
pub(super) fn having(cx: &mut Context<'_>, node: Node<'_>, key: &str, from: Origin) -> Option<Having> {
    let scope = from.kinds;
    if node.as_table().is_none() {
        let like = "a table like { event = \"case.closed\", link = \"episode\" }";
        cx.notes.wrong(node.at, format!("`{key}` must be {like}, not {}", node.is()));
        return None;
    }
    let mut fields = node.fields(format!("`{key}`"), &mut cx.notes)?;
    let steps = steps(cx, &mut fields, key, from, None);
    let none = fields.take("none_between").map(|node| reference::patterns(cx, node, "none_between", scope));
    let some = fields.take("some_between").map(|node| reference::patterns(cx, node, "some_between", scope));
    let (at, label) = (fields.at, fields.label.clone());
    fields.finish(&mut cx.notes);
    let between = match (none, some) {
        (Some(events), None) => Some(Between { events: events?, some: false }),
        (None, Some(events)) => Some(Between { events: events?, some: true }),
        (None, None) => None,
        (Some(_), Some(_)) => {
            cx.notes.wrong(at, format!("{label} takes `none_between` or `some_between`, not both"));
            return None;
        }
    };
    Some(Having { steps: steps?, between })
}

/// Reads the events of a table with its `link` and `via`, as steps from events of the types `from`. `link` may be left
/// out where there is a `default` and no `via`.
pub(super) fn steps(
    cx: &mut Context<'_>,
    fields: &mut Fields<'_>,
    key: &str,
    from: Origin,
    default: Option<&str>,
) -> Option<Vec<Step>> {
    let to = reference::of_fields(cx, fields, None);
    let via = fields.take("via");
    let link = link(cx, fields, if via.is_some() { None } else { default });
    let at = fields.at;
    let (mut steps, from) = match via {
        Some(node) => vias(cx, node, from)?,
        None => (Vec::new(), from),
    };
    let to = reference::only_plain(cx, to?, key, at)?;
    steps.push(step(cx, from, to, link?, at)?);
    Some(steps)
}

/// Reads the steps between, and the types at which they arrive.
fn vias(cx: &mut Context<'_>, node: Node<'_>, from: Origin) -> Option<(Vec<Step>, Origin)> {
    let mut steps = Vec::new();
    let mut from = from;
    for node in reference::some(cx, node, "via")? {
        let mut fields = node.fields("`via`", &mut cx.notes)?;
        let to = reference::of_fields(cx, &mut fields, None);
        let link = link(cx, &mut fields, None);
        fields.finish(&mut cx.notes);
        let to = reference::only_plain(cx, to?, "via", node.at)?;
        let step = step(cx, from, to, link?, node.at)?;
        from.types = cx.patterns.types(step.to);
        steps.push(step);
    }
    Some((steps, from))
}

/// The names of the fields that must be equal, each with its place.
struct Names {
    theirs: (String, usize),
    ours: (String, usize),
}

/// Reads `link`: one name for both events, or a table of their field and ours.
fn link(cx: &mut Context<'_>, fields: &mut Fields<'_>, default: Option<&str>) -> Option<Names> {
    let both = |name: &str, at| Names { theirs: (name.to_owned(), at), ours: (name.to_owned(), at) };
    let Some(node) = fields.take("link") else {
        if default.is_none() {
            cx.notes.wrong(fields.at, format!("no `link` in {}", fields.label));
        }
        return default.map(|name| both(name, fields.at));
    };
    if let Some(name) = node.as_text() {
        return Some(both(name, node.at));
    }
    let mut pairs = node.as_table().into_iter().flat_map(|table| table.iter());
    match (pairs.next(), pairs.next()) {
        (Some((theirs, ours)), None) => {
            let ours = Node::new(ours);
            let name = ours.text("link", &mut cx.notes)?;
            let theirs = (theirs.get_ref().to_string(), theirs.span().start);
            Some(Names { theirs, ours: (name.to_owned(), ours.at) })
        }
        _ => {
            cx.notes.wrong(node.at, "`link` is the name of a field, or one pair { theirs = \"ours\" }");
            None
        }
    }
}

/// One step, if both ends have the fields and the events can be about the same subject.
fn step(cx: &mut Context<'_>, from: Origin, mut to: Draft, names: Names, at: usize) -> Option<Step> {
    let (theirs, theirs_at) = &names.theirs;
    if to.wild {
        to.arms.retain(|arm| arm.event_type.slot(theirs).is_some());
    }
    let to = reference::within(cx, to, from.kinds, at)?;
    let theirs_fit = all_link(cx, to.types(), theirs, *theirs_at);
    let (ours, ours_at) = &names.ours;
    let having = types_with(from.types, ours);
    // Of several types of start some may have no such field: those are then linked to nothing.
    let ours_fit = all_link(cx, if having.is_empty() { from.types } else { having }, ours, *ours_at);
    if !(theirs_fit && ours_fit) {
        return None;
    }
    Some(Step { to: cx.pattern(to, at)?, theirs: NamedField::new(theirs), ours: NamedField::new(ours) })
}

/// Whether every type has the field and it is a text.
fn all_link(cx: &mut Context<'_>, types: TypeSet, name: &str, at: usize) -> bool {
    let mut sound = true;
    for event_type in types.types() {
        match event_type.fields().iter().find(|field| field.name == name).map(|field| field.kind) {
            Some(FieldKind::Text | FieldKind::Name) => {}
            Some(
                FieldKind::Bool
                | FieldKind::Date
                | FieldKind::Number { .. }
                | FieldKind::Whole { .. }
                | FieldKind::Choice(_)
                | FieldKind::Choices(_)
                | FieldKind::TextList
                | FieldKind::Subject(_)
                | FieldKind::Any,
            ) => {
                let message =
                    format!("`{name}` of `{}` is no name of an episode, so it links nothing", event_type.name());
                cx.notes.wrong(at, message);
                sound = false;
            }
            None => {
                cx.notes.wrong(at, no_field(name, event_type, link_fields(event_type)));
                sound = false;
            }
        }
    }
    sound
}

/// The fields of a type that can link.
fn link_fields(event_type: EventType) -> Vec<&'static str> {
    let links = |kind| matches!(kind, FieldKind::Text | FieldKind::Name);
    event_type.fields().iter().filter(|field| links(field.kind)).map(|field| field.name).collect()
}

/// The step to events of the same episode.
pub(super) fn same_episode(cx: &mut Context<'_>, from: Origin, to: Draft, at: usize) -> Option<Step> {
    let end = || ("episode".to_owned(), at);
    step(cx, from, to, Names { theirs: end(), ours: end() }, at)
}
