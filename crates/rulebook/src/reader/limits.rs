//! How long a clock has, and when that is the limit.

use super::common;
use super::context::Context;
use super::facts;
use super::fields::{Fields, Node};
use super::kinds::Kinds;
use super::reference;
use super::suggest::{one_of_names, shown};
use crate::model::{InForce, LimitRule, LimitWhen, SequenceLimit, StateId};
use calendar::{CountFrom, Limit};

/// The units of a limit: the name, the least and the most, and what it makes. Nothing is due in more than a century.
type Unit = (&'static str, u32, u32, fn(u32) -> Limit);

const UNITS: &[Unit] = &[
    ("hours", 1, 876_000, Limit::Hours),
    ("working_days", 1, 26_000, Limit::WorkingDays),
    ("days", 0, 36_500, Limit::Days),
    ("weeks", 1, 5_200, Limit::Weeks),
    ("months", 1, 1_200, Limit::Months),
    ("years", 1, 100, Limit::Years),
];

/// The most limits of one clock. None of the default rulebook has more than three.
const MOST_LIMITS: usize = 100;

/// What limits need to know of their clock.
#[derive(Clone, Copy)]
pub(super) struct Of {
    /// Whether the clock recurs, so that there is a sequence and an opening.
    pub(super) recurs: bool,
    pub(super) kinds: Kinds,
    pub(super) in_force: InForce,
    /// Whether it is meant that there may be no limit, and so no clock.
    pub(super) may_be_none: bool,
}

/// Reads `limit`: one table or several, the first whose conditions hold.
pub(super) fn limits(cx: &mut Context<'_>, node: Node<'_>, of: Of) -> Option<Vec<LimitRule>> {
    let nodes = reference::some(cx, node, "limit")?;
    if let Some(node) = nodes.get(MOST_LIMITS) {
        let message = format!("a clock has at most {MOST_LIMITS} limits");
        cx.notes.wrong(node.at, message);
        return None;
    }
    let places: Vec<usize> = nodes.iter().map(|node| node.at).collect();
    let read: Vec<_> = nodes.into_iter().map(|node| limit(cx, node, of)).collect();
    let limits: Vec<LimitRule> = read.into_iter().collect::<Option<_>>()?;
    check_cover(cx, &limits, &places, of);
    Some(limits)
}

fn limit(cx: &mut Context<'_>, node: Node<'_>, of: Of) -> Option<LimitRule> {
    if node.as_table().is_none() {
        cx.notes.wrong(node.at, format!("`limit` must be a table like {{ working_days = 10 }}, not {}", node.is()));
        return None;
    }
    let mut fields = node.fields("`limit`", &mut cx.notes)?;
    let limit = amount(cx, &mut fields);
    let when = when(cx, &mut fields, of);
    let source = fields.take("source").map(|node| cx.source(node));
    let words = [("next_day", CountFrom::NextDay), ("start_day", CountFrom::StartDay)];
    let count_from = fields.take("count_from");
    if let (Some(node), Some(Limit::Hours(_))) = (count_from, limit) {
        cx.notes.wrong(node.at, "`count_from` says which day is day 1, but hours count from the instant");
    }
    let count_from = count_from.map(|node| super::fields::choice(node, "count_from", &words, &mut cx.notes));
    fields.finish(&mut cx.notes);
    Some(LimitRule {
        limit: limit?,
        count_from: common::missing_or_sound(count_from)?.unwrap_or_default(),
        when: when?,
        source: common::missing_or_sound(source)?,
    })
}

/// Reads a table that is nothing but an amount, like `{ working_days = 2 }`.
pub(super) fn bare(cx: &mut Context<'_>, node: Node<'_>, key: &str) -> Option<Limit> {
    let mut fields = node.fields(format!("`{key}`"), &mut cx.notes)?;
    let limit = amount(cx, &mut fields);
    fields.finish(&mut cx.notes);
    limit
}

/// Reads exactly one of the units.
fn amount(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<Limit> {
    let given: Vec<_> = UNITS.iter().filter_map(|unit| fields.take(unit.0).map(|node| (unit, node))).collect();
    match given.as_slice() {
        [((name, least, most, limit), node)] => node.whole(name, *least, *most, &mut cx.notes).map(limit),
        _ => {
            let units: Vec<String> = UNITS.iter().map(|unit| format!("`{}`", unit.0)).collect();
            let found = if given.is_empty() { "none" } else { "several" };
            let message = format!("{} needs one of {}, and has {found}", fields.label, units.join(", "));
            cx.notes.wrong(fields.at, message);
            None
        }
    }
}

/// Reads the conditions.
fn when(cx: &mut Context<'_>, fields: &mut Fields<'_>, of: Of) -> Option<LimitWhen> {
    let in_force = common::in_force(fields, &mut cx.notes);
    let ages = fields.take("ages").map(|node| common::ages(node, of.kinds, &mut cx.notes));
    let states = fields.take("states").map(|node| states(cx, node, of.kinds));
    let fact = fields.take("fact").map(|node| facts::condition(cx, node, of.kinds));
    let (sequence, opening) = (fields.take("sequence"), fields.take("since_opening"));
    let mut sound = true;
    for (node, key) in [(sequence, "sequence"), (opening, "since_opening")] {
        if let (Some(node), false) = (node, of.recurs) {
            cx.notes.wrong(node.at, format!("`{key}` is for clocks of shape `recur`"));
            sound = false;
        }
    }
    let words = [("first", SequenceLimit::First), ("second", SequenceLimit::Second)];
    let sequence = sequence.map(|node| super::fields::choice(node, "sequence", &words, &mut cx.notes));
    let opening = opening.map(|node| common::months(node, "since_opening", &mut cx.notes));
    let when = LimitWhen {
        in_force: in_force?,
        sequence: common::missing_or_sound(sequence)?,
        ages: common::missing_or_sound(ages)?,
        since_opening: common::missing_or_sound(opening)?,
        states: common::missing_or_sound(states)?.unwrap_or_default(),
        fact: common::missing_or_sound(fact)?,
    };
    sound.then_some(when)
}

fn states(cx: &mut Context<'_>, node: Node<'_>, kinds: Kinds) -> Option<Vec<StateId>> {
    let nodes = reference::some(cx, node, "states")?;
    let states: Vec<_> = nodes.into_iter().map(|node| state(cx, node, "states", kinds).map(|found| found.0)).collect();
    states.into_iter().collect()
}

/// The state of that name, and whose state it is.
pub(super) fn state(cx: &mut Context<'_>, node: Node<'_>, key: &str, scope: Kinds) -> Option<(StateId, Kinds)> {
    let name = node.text(key, &mut cx.notes)?;
    let Some(known) = cx.states.get(name).copied() else {
        let hint = one_of_names(&cx.notes, name, cx.states.keys().copied());
        cx.notes.wrong(node.at, format!("no state `{}`{hint}", shown(name)));
        return None;
    };
    let state = known?;
    if state.kinds.and(scope).is_none() {
        let message = format!("state `{name}` is about {}, but this is about {}", state.kinds.spoken(), scope.spoken());
        cx.notes.wrong(node.at, message);
        return None;
    }
    Some((state.id, state.kinds))
}

/// Whether nothing but dates is asked.
fn only_dates(when: &LimitWhen) -> bool {
    LimitWhen { in_force: when.in_force, ..LimitWhen::default() } == *when
}

/// Some limit must hold for every clock, and each for some: a limit without conditions ends the list, or limits by
/// date that leave no day out.
fn check_cover(cx: &mut Context<'_>, limits: &[LimitRule], places: &[usize], of: Of) {
    let mut by_date = Vec::new();
    for (position, limit) in limits.iter().enumerate() {
        if only_dates(&limit.when) {
            by_date.push(limit.when.in_force);
        }
        if covers(&by_date, of.in_force) {
            if let Some(at) = places.get(position + 1) {
                cx.notes.doubtful(*at, "this limit is never used: the ones before it hold for every clock");
            }
            return;
        }
    }
    if let (Some(at), false) = (places.last(), of.may_be_none) {
        let hint = "end with a limit without conditions, or write otherwise = \"no_clock\" if that is meant";
        cx.notes.wrong(*at, format!("where no limit's conditions hold there would be no clock: {hint}"));
    }
}

/// Whether the spans leave out no day of the whole.
fn covers(spans: &[InForce], whole: InForce) -> bool {
    let mut spans: Vec<(i64, i64)> = spans.iter().map(|span| days(*span)).collect();
    spans.sort_unstable();
    let (mut next, end) = days(whole);
    for (from, until) in spans {
        if from <= next {
            next = next.max(until.saturating_add(1));
        }
    }
    next > end
}

/// The first and the last day, as far away as it goes where a side is open.
fn days(span: InForce) -> (i64, i64) {
    let from = span.from.map_or(i64::MIN, |date| i64::from(date.days()));
    let until = span.until.map_or(i64::MAX - 1, |date| i64::from(date.days()));
    (from, until)
}

/// Doubtful: targets of which several are in force on one day, or none between two.
pub(super) fn check_sequence(cx: &mut Context<'_>, spans: &[(InForce, usize)]) {
    let mut spans: Vec<(i64, i64, usize)> =
        spans.iter().map(|(span, at)| (days(*span), *at)).map(|((from, until), at)| (from, until, at)).collect();
    spans.sort_unstable();
    for pair in spans.windows(2) {
        let [(_, until, _), (from, _, at)] = pair else {
            continue;
        };
        if from <= until {
            cx.notes.doubtful(*at, "two targets are in force on one day; the first of the list is used");
        } else if *from > until.saturating_add(1) {
            cx.notes.doubtful(*at, "no target is in force on the days before this one's `from`");
        }
    }
}
