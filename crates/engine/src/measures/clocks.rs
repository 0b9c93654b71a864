//! Measures over clocks.

use super::{Giving, Part};
use crate::clocks::Clock;
use calendar::Date;
use calendar::london::local_date;
use rulebook::{Basis, ClockFilter, Elapsed, Running, Sequence};

impl<'h, 'a, 'r> Giving<'_, 'h, 'a, 'r> {
    pub(super) fn timeliness(&mut self, kinds: &[usize], basis: Basis, filter: &ClockFilter) {
        self.each_clock(kinds, filter, |giving, clock| {
            if giving.counts(clock, basis) {
                let met = match basis {
                    Basis::Snapshot => !clock.is_overdue(giving.frame.at),
                    Basis::Started | Basis::Stopped | Basis::Due => clock.is_met(),
                };
                giving.share(giving.case.whose_clock(clock), met);
            }
        });
    }

    pub(super) fn clock_count(&mut self, kinds: &[usize], running: Running, filter: &ClockFilter) {
        self.each_clock(kinds, filter, |giving, clock| {
            let counts = match running {
                Running::All => clock.is_running(),
                Running::Overdue => clock.is_overdue(giving.frame.at),
            };
            if counts {
                giving.give(giving.case.whose_clock(clock), Part::One);
            }
        });
    }

    pub(super) fn clock_bands(&mut self, kinds: &[usize], running: bool, bands: &[u32]) {
        self.each_clock(kinds, &ClockFilter::default(), |giving, clock| {
            let stopped = clock.stopped().filter(|stop| giving.frame.contains(stop.at));
            if if running { clock.is_running() } else { stopped.is_some() } {
                let days = giving.working_days_run(clock);
                let band = bands.iter().position(|last| days <= i64::from(*last)).unwrap_or(bands.len());
                giving.give(giving.case.whose_clock(clock), Part::Band(band));
            }
        });
    }

    /// Whether a clock is in the denominator.
    fn counts(&self, clock: &Clock<'h, 'a, 'r>, basis: Basis) -> bool {
        let overdue = clock.is_overdue(self.frame.at);
        match basis {
            Basis::Started => self.frame.contains(clock.started) && (clock.stopped().is_some() || overdue),
            Basis::Stopped => clock.stopped().is_some_and(|stop| self.frame.contains(stop.at)),
            Basis::Due => {
                let due = clock.due_date();
                let within = self.frame.period.first() <= due && due <= self.frame.period.last();
                within && (clock.stopped().is_some() || overdue)
            }
            Basis::Snapshot => clock.is_running(),
        }
    }

    fn each_clock(
        &mut self,
        kinds: &[usize],
        filter: &ClockFilter,
        mut visit: impl FnMut(&mut Self, &Clock<'h, 'a, 'r>),
    ) {
        let case = self.case;
        for clock in kinds.iter().flat_map(|kind| case.clocks(*kind)) {
            if self.passes(clock, filter) {
                visit(self, clock);
            }
        }
    }

    fn passes(&self, clock: &Clock<'h, 'a, 'r>, filter: &ClockFilter) -> bool {
        filter.sequence.is_none_or(|sequence| (clock.place == 1) == (sequence == Sequence::First))
            && filter.ages.is_none_or(|ages| self.case.is_aged(&ages, self.frame.at))
            && (!filter.started_in_period || self.frame.contains(clock.started))
            && filter.elapsed.is_none_or(|elapsed| match elapsed {
                Elapsed::MoreWorkingDaysThan(days) => self.working_days_run(clock) > i64::from(days),
                Elapsed::DaysOrMore(days) => self.days_run(clock) >= i64::from(days),
            })
            && filter.with_event.is_none_or(|pattern| {
                self.case.index.matches(pattern).last().is_some_and(|last| last.occurred() > clock.started)
            })
    }

    /// Working days after the start's local date up to and including that of `at`, of an ended clock that of the end.
    fn working_days_run(&self, clock: &Clock<'h, 'a, 'r>) -> i64 {
        let days = &self.frame.rulebook.working_days;
        i64::from(days.between(local_date(clock.started), self.last_day(clock)))
    }

    fn days_run(&self, clock: &Clock<'h, 'a, 'r>) -> i64 {
        i64::from(self.last_day(clock).days()) - i64::from(local_date(clock.started).days())
    }

    fn last_day(&self, clock: &Clock<'h, 'a, 'r>) -> Date {
        clock.ended.map_or(self.frame.at_date, |ended| local_date(ended.at))
    }
}
