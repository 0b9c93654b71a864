//! Respond: each start opens one clock, and the first matching stop closes it.

use super::limits::{Start, limit_of};
use super::{Clock, Ended, Ending};
use crate::case::Case;
use crate::history::Moment;
use rulebook::{ClockRule, Match, Respond};

pub(super) fn derive<'h, 'a, 'r>(
    case: &Case<'h, 'a, 'r>,
    kind: usize,
    rule: &'r ClockRule,
    respond: &'r Respond,
) -> Vec<Clock<'h, 'a, 'r>> {
    let mut starts: Vec<&'h Moment<'a>> = respond.starts.iter().flat_map(|start| case.selected(start)).collect();
    if respond.starts.len() > 1 {
        starts.sort_unstable_by_key(|moment| moment.place);
        starts.dedup_by_key(|moment| moment.place);
    }
    starts.into_iter().filter_map(|start| clock(case, kind, rule, respond, start)).collect()
}

fn clock<'h, 'a, 'r>(
    case: &Case<'h, 'a, 'r>,
    kind: usize,
    rule: &'r ClockRule,
    respond: &'r Respond,
    start: &'h Moment<'a>,
) -> Option<Clock<'h, 'a, 'r>> {
    let at = Start { at: start.occurred(), date: start.date, place: 1, opening: None };
    let (limit, due) = limit_of(case, rule, at)?;
    let by_instant = limit.limit.is_hours();
    let stop = first_of(case, &respond.stops, start, by_instant);
    let cancel = first_of(case, &respond.cancels, start, by_instant);
    let ended = match (stop, cancel) {
        // At the same instant the stop wins.
        (stop, Some(cancel)) if stop.is_none_or(|stop| cancel.occurred() < stop.occurred()) => {
            Some(Ended { at: cancel.occurred(), how: Ending::Cancelled, by: Some(cancel) })
        }
        (Some(stop), _) => Some(Ended { at: stop.occurred(), how: Ending::Stopped, by: Some(stop) }),
        (None, _) => None,
    };
    Some(Clock {
        kind,
        rule,
        limit,
        place: 1,
        started: start.occurred(),
        started_by: Some(start),
        episode: start.episode(),
        opening: None,
        due,
        ended,
    })
}

/// The first event that any of the matches finds.
fn first_of<'h, 'a, 'r>(
    case: &Case<'h, 'a, 'r>,
    matches: &'r [Match],
    start: &Moment<'a>,
    by_instant: bool,
) -> Option<&'h Moment<'a>> {
    let first = |found: &'r Match| match found {
        Match::Subject(pattern) => {
            let events = case.index.matches(*pattern);
            let from = events.partition_point(|event| {
                if by_instant { event.occurred() < start.occurred() } else { event.date < start.date }
            });
            events.get(from).copied()
        }
        Match::Link(link) => case
            .index
            .first_reached(start, &link.steps, &|event| !link.not_before_start || event.occurred() >= start.occurred()),
    };
    matches.iter().filter_map(first).min_by_key(|event| event.place)
}
