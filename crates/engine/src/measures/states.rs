//! Measures over the subjects in a state at `at`.

use super::facts::{first_day, latest_fact};
use super::{Giving, Part};
use crate::episodes::{Episode, episodes};
use crate::history::Moment;
use crate::interval::Interval;
use calendar::Instant;
use calendar::london::{local_date, start_of_day};
use rulebook::{
    Episodes, Fact, Months, NamedField, PatternId, StateFilter, StateId, StateLookBack, StateShare, Threshold, Window,
};
use vocabulary::Value;

impl<'a> Giving<'_, '_, 'a, '_> {
    pub(super) fn state_count(&mut self, of: &StateFilter) {
        if self.opened(of).is_some() {
            self.give(self.case.whose(self.frame.at), Part::One);
        }
    }

    pub(super) fn state_share(&mut self, share: &StateShare) {
        if self.opened(&share.of).is_none() {
            return;
        }
        let fact = latest_fact(self.case, &share.fact, self.frame.at);
        let is = |pattern: PatternId| fact.is_some_and(|moment| self.case.index.is(moment, pattern));
        if share.among.is_none_or(is) {
            let part = Part::Share { met: is(share.satisfies), missing: fact.is_none() };
            self.give(self.case.whose(self.frame.at), part);
        }
    }

    pub(super) fn state_look_back(&mut self, look_back: &StateLookBack) {
        let Some(opening) = self.opened(&look_back.of) else { return };
        let window = self.window(look_back.window, opening);
        let found = match look_back.events {
            Some(pattern) => self.events_within(pattern, window),
            None => self.workers_within(window),
        };
        let met = match look_back.threshold {
            Threshold::AtLeast(least) => found >= least as usize,
            Threshold::FewerThan(bound) => found < bound as usize,
        };
        self.share(self.case.whose(self.frame.at), met);
    }

    pub(super) fn duration(&mut self, of: &StateFilter, episode: Option<&Episodes>, limit: Months, longer: bool) {
        let Some(opening) = self.opened(of) else { return };
        let since = match episode {
            None => Some(local_date(opening)),
            Some(which) => latest_fact(self.case, &Fact::Current(which.clone()), self.frame.at).map(|start| start.date),
        };
        let met = since.is_some_and(|since| {
            let reached = limit.after(since);
            if longer { reached < self.frame.at_date } else { reached <= self.frame.at_date }
        });
        self.share(self.case.whose(self.frame.at), met);
    }

    pub(super) fn mean(&mut self, of: &StateFilter, fact: &Fact, field: &NamedField) {
        if self.opened(of).is_none() {
            return;
        }
        let latest = latest_fact(self.case, fact, self.frame.at);
        if let Some(Value::Number(value)) = latest.map(|moment| field.value(&moment.event.data)) {
            self.give(self.case.whose(self.frame.at), Part::Amount(value));
        }
    }

    pub(super) fn unallocated(&mut self, of: &StateFilter, longer_than_days: Option<u32>) {
        let Some(opening) = self.opened(of) else { return };
        let at = self.frame.at;
        let mut since = opening;
        for allocation in self.case.allocations.iter() {
            let Some(worker) = allocation.worker() else { continue };
            for there in self.workforce.there(worker, allocation.in_force) {
                if there.contains(at) {
                    return;
                }
                since = since.max(there.to);
            }
        }
        let long = longer_than_days.is_none_or(|days| {
            let days = i32::try_from(days).unwrap_or(i32::MAX);
            local_date(since).plus_days(days) < self.frame.at_date
        });
        if long {
            self.give(self.case.whose(at), Part::One);
        }
    }

    /// Counts the child for the worker that holds it; the worker's part follows when all children are counted.
    pub(super) fn held(&mut self, state: StateId) {
        let at = self.frame.at;
        if self.case.holds(state, at)
            && let Some(worker) = self.case.allocations.in_force(at).and_then(|allocation| allocation.worker())
        {
            self.give(self.case.whose(at), Part::Held(worker));
        }
    }

    /// The opening of the state in which the subject is at `at`, if the filter lets it in.
    fn opened(&self, of: &StateFilter) -> Option<Instant> {
        let opening = self.case.state(of.state).at(self.frame.at)?.from;
        let lets_in = of.ages.is_none_or(|ages| self.case.is_aged(&ages, self.frame.at))
            && of.open_for.is_none_or(|months| months.after(local_date(opening)) <= self.frame.at_date)
            && of.with_open.as_ref().is_none_or(|which| self.has_open(which))
            && of.without_open.as_ref().is_none_or(|which| !self.has_open(which));
        lets_in.then_some(opening)
    }

    fn has_open(&self, which: &Episodes) -> bool {
        episodes(&self.case.index, which).iter().any(Episode::is_open)
    }

    /// From an instant up to, not including, another.
    fn window(&self, window: Window, opening: Instant) -> Interval {
        let after_at = self.frame.at.plus_micros(1);
        let since = |date| Interval { from: start_of_day(date), to: after_at };
        match window {
            Window::Last(months) => since(months.before(self.frame.at_date).plus_days(1)),
            Window::Since(moment) => since(first_day(moment, self.frame.at_date)),
            Window::Ever => Interval { from: Instant::from_micros(i64::MIN), to: after_at },
            Window::Period => Interval { from: self.frame.start, to: after_at.min(self.frame.end.plus_micros(1)) },
            Window::BeforeOpening(months) => {
                Interval { from: start_of_day(months.before(local_date(opening))), to: opening }
            }
        }
    }

    fn events_within(&self, pattern: PatternId, window: Interval) -> usize {
        let events: &[&Moment<'a>] = self.case.index.matches(pattern);
        let before = |bound: Instant| events.partition_point(|event| event.occurred() < bound);
        before(window.to).saturating_sub(before(window.from))
    }

    fn workers_within(&self, window: Interval) -> usize {
        let during = |held: Interval| held.from < window.to && window.from < held.to && held.from < held.to;
        let mut workers: Vec<&str> = self
            .case
            .allocations
            .iter()
            .filter(|allocation| during(allocation.in_force))
            .filter_map(|allocation| allocation.worker())
            .collect();
        workers.sort_unstable();
        workers.dedup();
        workers.len()
    }
}
