//! Kinds of clock.

use super::common::{self, Entry};
use super::context::{Context, NamedClock};
use super::draft::{Draft, all_types};
use super::fields::{Fields, Node};
use super::kinds::{Kinds, NAMES};
use super::limits::{self, Of};
use super::links::{self, Origin};
use super::reference;
use crate::model::{ClockRule, Link, Match, Recur, Respond, Selector, Shape, TypeSet};
use vocabulary::SubjectKind;

/// How a clock's stops and cancels find it unless they say otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Matching {
    Subject,
    Episode,
}

const MATCHINGS: &[(&str, Matching)] = &[("subject", Matching::Subject), ("episode", Matching::Episode)];

#[derive(Clone, Copy)]
enum ShapeName {
    Respond,
    Recur,
}

const SHAPES: &[(&str, ShapeName)] = &[("respond", ShapeName::Respond), ("recur", ShapeName::Recur)];

/// Reads every `[[clock]]`, in the order of their ids.
pub(super) fn read<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>) -> Vec<ClockRule> {
    let mut clocks = Vec::new();
    for entry in common::entries(cx, node, "clock") {
        let (id, known) = (entry.id, entry.is_known);
        let rule = clock(cx, entry);
        let named = rule.as_ref().map(|rule: &ClockRule| NamedClock {
            position: clocks.len(),
            kinds: Kinds::only(rule.subject),
            source: rule.source.clone(),
            recurs: matches!(rule.shape, Shape::Recur(_)),
        });
        if known {
            cx.clocks.insert(id, named);
        }
        clocks.extend(rule);
    }
    clocks
}

fn clock(cx: &mut Context<'_>, entry: Entry<'_>) -> Option<ClockRule> {
    let mut fields = entry.fields;
    let about = common::about(cx, &mut fields);
    let source = fields.need("source", &mut cx.notes).and_then(|node| cx.source(node));
    let subject = fields.choice("subject", NAMES, &mut cx.notes).map_or(Kinds::ANY, Kinds::only);
    let otherwise = fields.choice("otherwise", &[("no_clock", true)], &mut cx.notes);
    let limit = fields.need("limit", &mut cx.notes);
    let shape = fields.need_choice("shape", SHAPES, &mut cx.notes)?;
    let read = match shape {
        ShapeName::Respond => respond(cx, &mut fields, subject),
        ShapeName::Recur => recur(cx, &mut fields, subject),
    };
    let kinds = read.as_ref().map_or(subject, |(_, kind)| Kinds::only(*kind));
    fields.finish(&mut cx.notes);
    let of = Of {
        recurs: matches!(shape, ShapeName::Recur),
        kinds,
        in_force: about.in_force.unwrap_or_default(),
        may_be_none: otherwise.unwrap_or(false),
    };
    let limits = limit.and_then(|node| limits::limits(cx, node, of));
    let (shape, subject) = read?;
    Some(ClockRule {
        id: entry.id.to_owned(),
        title: about.title?,
        area: about.area?,
        subject,
        source: source?,
        in_force: about.in_force?,
        limits: limits?,
        shape,
    })
}

/// Reads the keys of a clock that a start opens and a stop closes.
fn respond(cx: &mut Context<'_>, fields: &mut Fields<'_>, subject: Kinds) -> Option<(Shape, SubjectKind)> {
    let matching = fields.need_choice("match", MATCHINGS, &mut cx.notes);
    let start = fields.need("start", &mut cx.notes);
    let (stop, cancel) = (fields.need("stop", &mut cx.notes), fields.take("cancel"));
    let drafts = start.and_then(|node| drafts(cx, node, "start"));
    let kind = drafts.as_ref().and_then(|drafts| common_kind(cx, fields, drafts, subject));
    // Where the starts are mistaken, the ends are still read for their own mistakes, as if anything could start.
    let types = drafts.as_ref().map_or_else(all_types, |drafts| {
        drafts.iter().fold(TypeSet::NONE, |types, (draft, _)| types.union(draft.types()))
    });
    let scope = kind.map_or(subject, Kinds::only);
    let from = Origin { types, kinds: scope };
    let ends = Ends { from, matching: matching.unwrap_or(Matching::Subject) };
    let stops = stop.and_then(|node| ends.read(cx, node, "stop"));
    let cancels = cancel.map(|node| ends.read(cx, node, "cancel"));
    let starts: Vec<Option<Selector>> =
        drafts?.into_iter().map(|(draft, at)| links::selector(cx, draft, scope, at)).collect();
    let starts = starts.into_iter().collect::<Option<_>>()?;
    let cancels = common::missing_or_sound(cancels)?.unwrap_or_default();
    matching?;
    Some((Shape::Respond(Respond { starts, stops: stops?, cancels }), kind?))
}

/// Drafts with their places.
fn drafts(cx: &mut Context<'_>, node: Node<'_>, key: &str) -> Option<Vec<(Draft, usize)>> {
    let nodes = reference::some(cx, node, key)?;
    let drafts: Vec<_> =
        nodes.into_iter().map(|node| links::draft(cx, node, key, None).map(|draft| (draft, node.at))).collect();
    drafts.into_iter().collect()
}

/// Whose clock it is: the one kind that all starts can be about.
fn common_kind(
    cx: &mut Context<'_>,
    fields: &Fields<'_>,
    drafts: &[(Draft, usize)],
    subject: Kinds,
) -> Option<SubjectKind> {
    let mut kinds = subject;
    for (draft, at) in drafts {
        let narrowed = reference::kinds(draft, kinds);
        if reference::kinds(draft, subject).is_none() {
            // Noted where the start is read within its scope.
            return None;
        }
        if narrowed.is_none() {
            let message = format!("this start is never about {}, as the others are", kinds.spoken());
            cx.notes.wrong(*at, message);
            return None;
        }
        kinds = narrowed;
    }
    let kind = kinds.single();
    if kind.is_none() {
        let message = format!("{} could be about {}; say which with `subject`", fields.label, kinds.spoken());
        cx.notes.wrong(fields.at, message);
    }
    kind
}

/// What the stops and cancels of a clock have in common.
struct Ends {
    /// The starts.
    from: Origin,
    matching: Matching,
}

impl Ends {
    fn read(&self, cx: &mut Context<'_>, node: Node<'_>, key: &'static str) -> Option<Vec<Match>> {
        let nodes = reference::some(cx, node, key)?;
        let matches: Vec<_> = nodes.into_iter().map(|node| self.one(cx, node, key)).collect();
        matches.into_iter().collect()
    }

    fn one(&self, cx: &mut Context<'_>, node: Node<'_>, key: &'static str) -> Option<Match> {
        let Some(table) = node.as_table() else {
            return self.short(cx, node, key);
        };
        let mut fields = node.fields(format!("`{key}`"), &mut cx.notes)?;
        let matching = fields.choice("match", MATCHINGS, &mut cx.notes).unwrap_or(self.matching);
        let links = matching == Matching::Episode || table.contains_key("link") || table.contains_key("via");
        if links {
            let default = (matching == Matching::Episode).then_some("episode");
            let steps = links::steps(cx, &mut fields, key, self.from, default);
            let not_before_start = fields.flag("not_before_start", &mut cx.notes);
            fields.finish(&mut cx.notes);
            return Some(Match::Link(Link { steps: steps?, not_before_start }));
        }
        let draft = reference::of_fields(cx, &mut fields, None);
        if let Some(node) = fields.take("not_before_start") {
            cx.notes
                .wrong(node.at, "a match by subject is never before the start; `not_before_start` goes with `link`");
        }
        let _ = (fields.take("link"), fields.take("via"));
        fields.finish(&mut cx.notes);
        self.by_subject(cx, draft?, key, node.at)
    }

    /// An event by its name alone.
    fn short(&self, cx: &mut Context<'_>, node: Node<'_>, key: &'static str) -> Option<Match> {
        let draft = reference::plain(cx, node, key, None)?;
        match self.matching {
            Matching::Subject => self.by_subject(cx, draft, key, node.at),
            Matching::Episode => {
                let step = links::same_episode(cx, self.from, draft, node.at)?;
                Some(Match::Link(Link { steps: vec![step], not_before_start: false }))
            }
        }
    }

    fn by_subject(&self, cx: &mut Context<'_>, draft: Draft, key: &str, at: usize) -> Option<Match> {
        let draft = reference::only_plain(cx, draft, key, at)?;
        let draft = reference::within(cx, draft, self.from.kinds, at)?;
        cx.pattern(draft, at).map(Match::Subject)
    }
}

/// Reads the keys of a clock that runs again and again while a state holds.
fn recur(cx: &mut Context<'_>, fields: &mut Fields<'_>, subject: Kinds) -> Option<(Shape, SubjectKind)> {
    let state = fields.need("state", &mut cx.notes).and_then(|node| limits::state(cx, node, "state", subject));

    let after = fields.take("counts_after").map(|node| common::months(node, "counts_after", &mut cx.notes));
    let carry = fields.flag("carry", &mut cx.notes);
    let scope = state.map_or(Kinds::ANY, |(_, kinds)| kinds);
    let ages = fields.take("ages").map(|node| common::ages(node, scope, &mut cx.notes));
    let acts = fields.need("act", &mut cx.notes).and_then(|node| reference::patterns(cx, node, "act", scope));
    let restarts = fields.take("restart").map(|node| reference::patterns(cx, node, "restart", scope));
    let (state, kinds) = state?;
    let shape = Recur {
        state,
        ages: common::missing_or_sound(ages)?,
        counts_after: common::missing_or_sound(after)?,
        carry,
        acts: acts?,
        restarts: common::missing_or_sound(restarts)?.unwrap_or_default(),
    };
    Some((Shape::Recur(shape), kinds.single()?))
}
