//! Which clocks and which subjects a measure is about.

use super::common;
use super::context::Context;
use super::fields::{Fields, Node};
use super::kinds::Kinds;
use super::limits;
use super::reference;
use super::states;
use super::suggest::{one_of_names, shown};
use crate::model::{ClockFilter, Elapsed, Months, Sequence, StateFilter};

/// The clocks of a measure.
pub(super) struct Clocks {
    /// Their positions in the rulebook.
    pub(super) positions: Vec<usize>,
    /// Whose clocks they are.
    kinds: Kinds,
    /// Whether all of them recur.
    recur: bool,
}

/// Reads `clock`: one id or several.
pub(super) fn clocks(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<Clocks> {
    let node = fields.need("clock", &mut cx.notes)?;
    let nodes = reference::some(cx, node, "clock")?;
    let mut clocks = Clocks { positions: Vec::new(), kinds: Kinds::NONE, recur: true };
    let mut sound = true;
    for node in nodes {
        match clock(cx, node) {
            Some((position, kinds, recurs)) if !clocks.positions.contains(&position) => {
                clocks.positions.push(position);
                clocks.kinds = clocks.kinds.or(kinds);
                clocks.recur &= recurs;
            }
            Some(_) => cx.notes.doubtful(node.at, "this clock is in the list already"),
            None => sound = false,
        }
    }
    sound.then_some(clocks)
}

fn clock(cx: &mut Context<'_>, node: Node<'_>) -> Option<(usize, Kinds, bool)> {
    let id = node.text("clock", &mut cx.notes)?;
    match cx.clocks.get(id) {
        Some(known) => known.as_ref().map(|clock| (clock.position, clock.kinds, clock.recurs)),
        None => {
            let hint = one_of_names(&cx.notes, id, cx.clocks.keys().copied());
            cx.notes.wrong(node.at, format!("no clock `{}`{hint}", shown(id)));
            None
        }
    }
}

/// Reads the further conditions on clocks.
pub(super) fn clock_filter(
    cx: &mut Context<'_>,
    fields: &mut Fields<'_>,
    clocks: Option<&Clocks>,
) -> Option<ClockFilter> {
    let words = [("first", Sequence::First), ("later", Sequence::Later)];
    let sequence = fields.take("sequence");
    if let (Some(node), Some(Clocks { recur: false, .. })) = (sequence, clocks) {
        cx.notes.wrong(node.at, "`sequence` is for clocks of shape `recur`");
    }
    let sequence = sequence.map(|node| super::fields::choice(node, "sequence", &words, &mut cx.notes));
    let kinds = clocks.map_or(Kinds::ANY, |clocks| clocks.kinds);
    let ages = fields.take("ages").map(|node| common::ages(node, kinds, &mut cx.notes));
    let started_in_period = fields.flag("started_in_period", &mut cx.notes);
    let elapsed = elapsed(cx, fields);
    let event = fields.take("with_event").map(|node| reference::pattern(cx, node, "with_event", kinds));
    Some(ClockFilter {
        sequence: common::missing_or_sound(sequence)?,
        ages: common::missing_or_sound(ages)?,
        started_in_period,
        elapsed: common::missing_or_sound(elapsed)?,
        with_event: common::missing_or_sound(event)?,
    })
}

/// Reads how long a clock must have run.
fn elapsed(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<Option<Elapsed>> {
    let working = fields.take("more_working_days_than");
    let days = fields.take("at_least_days");
    if let (Some(_), Some(node)) = (working, days) {
        cx.notes.wrong(node.at, "`at_least_days` and `more_working_days_than` do not go together");
        return Some(None);
    }
    if let Some(node) = working {
        let days = node.whole("more_working_days_than", 0, 26_000, &mut cx.notes);
        return Some(days.map(Elapsed::MoreWorkingDaysThan));
    }
    days.map(|node| node.whole("at_least_days", 0, 36_500, &mut cx.notes).map(Elapsed::DaysOrMore))
}

/// Reads which subjects in which state are meant, and whose state it is; of any kind where the state is mistaken.
pub(super) fn state_filter(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> (Option<StateFilter>, Kinds) {
    let state = fields.need("state", &mut cx.notes);
    let state = state.and_then(|node| limits::state(cx, node, "state", Kinds::ANY));
    let scope = state.map_or(Kinds::ANY, |(_, kinds)| kinds);
    let ages = fields.take("ages").map(|node| common::ages(node, scope, &mut cx.notes));
    let open_for = months(cx, fields, "open_for");
    let with_open = fields.take("with_open").map(|node| states::episodes(cx, node, "with_open", scope));
    let without_open = fields.take("without_open").map(|node| states::episodes(cx, node, "without_open", scope));
    let filter = || {
        Some(StateFilter {
            state: state?.0,
            ages: common::missing_or_sound(ages)?,
            open_for: common::missing_or_sound(open_for)?,
            with_open: common::missing_or_sound(with_open)?,
            without_open: common::missing_or_sound(without_open)?,
        })
    };
    (filter(), scope)
}

/// A span of months under a key, if it is there.
pub(super) fn months(cx: &mut Context<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<Option<Months>> {
    fields.take(key).map(|node| common::months(node, key, &mut cx.notes))
}

/// Reads `bands`: the last value of each band but the last, ascending.
pub(super) fn bands(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<Vec<u32>> {
    let node = fields.need("bands", &mut cx.notes)?;
    let Some(nodes) = node.as_list().filter(|nodes| !nodes.is_empty()) else {
        cx.notes.wrong(node.at, "`bands` must be a list of whole numbers, the last value of each band");
        return None;
    };
    let mut last = None;
    let mut bands = Vec::new();
    for node in nodes {
        let band = node.whole("bands", 0, 100_000, &mut cx.notes);
        if band.is_some() && band <= last {
            cx.notes.wrong(node.at, "`bands` must ascend");
            return None;
        }
        last = band.or(last);
        bands.push(band);
    }
    bands.into_iter().collect()
}
