//! Facts: the latest of certain events, or the start of the current one of certain episodes.

use super::common;
use super::context::Context;
use super::fields::{Fields, Node};
use super::kinds::Kinds;
use super::reference;
use super::states;
use crate::model::{Fact, PatternId, Since, TypeSet};

/// The moments that return every year.
pub(super) const MOMENTS: &[(&str, Since)] = &[("september", Since::September)];

/// Reads `latest` and `since`, or `current`.
pub(super) fn fact(cx: &mut Context<'_>, fields: &mut Fields<'_>, scope: Kinds) -> Option<Fact> {
    let since = fields.take("since");
    let moment = since.map(|node| super::fields::choice(node, "since", MOMENTS, &mut cx.notes));
    match (fields.take("latest"), fields.take("current")) {
        (Some(node), None) => {
            let events = reference::pattern(cx, node, "latest", scope)?;
            Some(Fact::Latest { events, since: common::missing_or_sound(moment)? })
        }
        (None, Some(node)) => {
            if let Some(since) = since {
                cx.notes.wrong(since.at, "`since` goes with `latest`, not with `current`");
            }
            states::episodes(cx, node, "current", scope).map(Fact::Current)
        }
        _ => {
            cx.notes.wrong(fields.at, format!("{} needs either `latest` or `current`", fields.label));
            None
        }
    }
}

/// The types of event that a fact can be.
pub(super) fn types(cx: &Context<'_>, fact: &Fact) -> TypeSet {
    cx.patterns.types(match fact {
        Fact::Latest { events, .. } => *events,
        Fact::Current(episodes) => episodes.starts,
    })
}

/// Reads a condition on a fact; `event` may be left out, since the fact says which events are meant.
pub(super) fn asked(
    cx: &mut Context<'_>,
    node: Node<'_>,
    key: &str,
    types: TypeSet,
    scope: Kinds,
) -> Option<PatternId> {
    let draft = reference::plain(cx, node, key, Some(types))?;
    let draft = reference::within(cx, draft, scope, node.at)?;
    if !draft.types().meets(types) {
        cx.notes.wrong(node.at, format!("`{key}` asks for other events than the fact"));
        return None;
    }
    cx.pattern(draft, node.at)
}

/// Reads a fact together with what it must satisfy.
pub(super) fn condition(cx: &mut Context<'_>, node: Node<'_>, scope: Kinds) -> Option<(Fact, PatternId)> {
    let mut fields = node.fields("`fact`", &mut cx.notes)?;
    let fact = fact(cx, &mut fields, scope);
    let satisfies = fields.need("satisfies", &mut cx.notes);
    fields.finish(&mut cx.notes);
    let fact = fact?;
    let types = types(cx, &fact);
    let satisfies = asked(cx, satisfies?, "satisfies", types, scope)?;
    Some((fact, satisfies))
}
