//! Recur: while a state holds, the act must happen at least every so often.

use super::limits::{Start, limit_of};
use super::{Clock, Ended, Ending};
use crate::case::Case;
use crate::history::Moment;
use crate::interval::{Interval, NEVER};
use calendar::london::{local_date, start_of_day};
use calendar::{Date, Instant};
use rulebook::{ClockRule, Recur};

pub(super) fn derive<'h, 'a, 'r>(
    case: &Case<'h, 'a, 'r>,
    kind: usize,
    rule: &'r ClockRule,
    recur: &'r Recur,
) -> Vec<Clock<'h, 'a, 'r>> {
    if case.state(recur.state).is_empty() {
        return Vec::new();
    }
    let acts = case.index.matches_any(&recur.acts);
    let restarts = case.index.matches_any(&recur.restarts);
    let mut clocks = Vec::new();
    for span in spans(case, recur).filter(|span| span.from <= case.at()) {
        // A birthday, or an age's end, that `at` has not reached has not closed it.
        let to = if span.to > case.at() { NEVER } else { span.to };
        let episode = case.shown_episode(recur.state, span.from);
        let opening = local_date(span.from);
        let mut run =
            Run { case, kind, rule, episode, opening, span: Interval { from: span.from, to }, clocks: &mut clocks };
        run.through(recur.carry, &acts, &restarts);
    }
    clocks
}

/// When a recurring kind next opens or closes by a date alone, after `at`.
pub(crate) fn next_opening_or_closing(case: &Case<'_, '_, '_>, recur: &Recur) -> Option<Instant> {
    let changes = spans(case, recur).filter_map(|span| {
        let change = if span.from > case.at() { span.from } else { span.to };
        (change > case.at() && change != NEVER).then_some(change)
    });
    changes.min()
}

/// When the kind counts: the state, limited to ages and to the time after which it counts. Also what begins or ends
/// after `at`.
fn spans<'c>(case: &'c Case<'_, '_, '_>, recur: &Recur) -> impl Iterator<Item = Interval> + 'c {
    let aged = match &recur.ages {
        None => Some((Instant::from_micros(i64::MIN), NEVER)),
        Some(ages) => case.aged_between(ages),
    };
    let counts_after = recur.counts_after;
    case.state(recur.state).iter().filter_map(move |held| {
        let (aged_from, aged_to) = aged?;
        let counts = counts_after.map_or(held.from, |months| start_of_day(months.after(local_date(held.from))));
        let span = Interval { from: held.from.max(aged_from).max(counts), to: held.to.min(aged_to) };
        (span.from < span.to).then_some(span)
    })
}

/// One span of a state, from its opening to its closing.
struct Run<'x, 'h, 'a, 'r> {
    case: &'x Case<'h, 'a, 'r>,
    kind: usize,
    rule: &'r ClockRule,
    episode: Option<&'h str>,
    opening: Date,
    span: Interval,
    clocks: &'x mut Vec<Clock<'h, 'a, 'r>>,
}

/// Where the running clock of a sequence began.
#[derive(Clone, Copy)]
struct Running<'h, 'a> {
    at: Instant,
    by: Option<&'h Moment<'a>>,
    place: u32,
}

impl<'h, 'a> Run<'_, 'h, 'a, '_> {
    /// The first sequence begins at the opening, each further one at a restart.
    fn through(&mut self, carry: bool, acts: &[&'h Moment<'a>], restarts: &[&'h Moment<'a>]) {
        let before = acts.partition_point(|act| act.date < self.opening);
        let (earlier, acts) = acts.split_at_checked(before).unwrap_or((&[], acts));
        let first = carry.then(|| last_day_of(earlier)).flatten();
        let mut running = match first {
            Some(act) => Running { at: act.occurred(), by: Some(act), place: 2 },
            None => Running { at: self.span.from, by: None, place: 1 },
        };
        let mut rest = acts;
        // After the instant of the opening and before that of the closing.
        let from = restarts.partition_point(|restart| restart.occurred() <= self.span.from);
        let to = restarts.partition_point(|restart| restart.occurred() < self.span.to);
        let restarts = restarts.get(from..to).unwrap_or(&[]);
        // Several restarts at one instant are one: the first in history order.
        for restart in restarts.chunk_by(|one, other| one.occurred() == other.occurred()).filter_map(<[_]>::first) {
            let until = rest.partition_point(|act| act.occurred() < restart.occurred());
            let (now, then) = rest.split_at_checked(until).unwrap_or((rest, &[]));
            running = self.sequence(running, now).unwrap_or(running);
            self.end(running, Some(Ended { at: restart.occurred(), how: Ending::Cancelled, by: Some(restart) }));
            running = Running { at: restart.occurred(), by: Some(restart), place: 1 };
            rest = then;
        }
        let until = rest.partition_point(|act| act.occurred() <= self.span.to);
        let last = self.sequence(running, rest.get(..until).unwrap_or(rest));
        match last {
            Some(running) if self.span.to == NEVER => self.end(running, None),
            Some(running) => self.end(running, Some(Ended { at: self.span.to, how: Ending::Cancelled, by: None })),
            None => {}
        }
    }

    /// Lets the acts of a sequence close one clock after the other. Several acts on one local date count as one, the
    /// earliest. Gives the clock that still runs; none where the last act came at the very closing.
    fn sequence(&mut self, first: Running<'h, 'a>, acts: &[&'h Moment<'a>]) -> Option<Running<'h, 'a>> {
        let mut running = first;
        for act in acts.chunk_by(|one, other| one.date == other.date).filter_map(<[_]>::first) {
            self.end(running, Some(Ended { at: act.occurred(), how: Ending::Stopped, by: Some(act) }));
            if act.occurred() == self.span.to {
                return None;
            }
            running = Running { at: act.occurred(), by: Some(act), place: running.place + 1 };
        }
        Some(running)
    }

    fn end(&mut self, running: Running<'h, 'a>, ended: Option<Ended<'h, 'a>>) {
        let date = running.by.map_or(self.opening, |moment| moment.date);
        let start = Start { at: running.at, date, place: running.place, opening: Some(self.opening) };
        if let Some((limit, due)) = limit_of(self.case, self.rule, start) {
            self.clocks.push(Clock {
                kind: self.kind,
                rule: self.rule,
                limit,
                place: running.place,
                started: running.at,
                started_by: running.by,
                episode: self.episode,
                opening: Some(self.span.from),
                due,
                ended,
            });
        }
    }
}

/// The earliest act of the last date on which there is one.
fn last_day_of<'h, 'a>(acts: &[&'h Moment<'a>]) -> Option<&'h Moment<'a>> {
    let last = acts.last()?.date;
    acts.get(acts.partition_point(|act| act.date < last)).copied()
}
