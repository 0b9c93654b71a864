//! One subject's case under a rulebook: states, clocks and allocations, each derived when first asked for.

use crate::allocation::{Allocations, Whose};
use crate::clocks::{Clock, derive, next_opening_or_closing};
use crate::episodes::{Episode, episodes};
use crate::history::History;
use crate::index::Index;
use crate::interval::Intervals;
use calendar::Instant;
use calendar::london::start_of_day;
use rulebook::{Ages, Rulebook, Shape, State, StateId};
use std::cell::OnceCell;
use vocabulary::{Subject, SubjectKind};

/// A subject's history under a rulebook.
pub struct Case<'h, 'a, 'r> {
    /// The events, quick to ask.
    pub(crate) index: Index<'h, 'a, 'r>,
    /// Whose it is, over time.
    pub(crate) allocations: Allocations<'h, 'a>,
    episodes: Vec<OnceCell<Vec<Episode<'h, 'a>>>>,
    states: Vec<OnceCell<Intervals>>,
    clocks: Vec<OnceCell<Vec<Clock<'h, 'a, 'r>>>>,
}

impl<'h, 'a, 'r> Case<'h, 'a, 'r> {
    /// The case of a history under a rulebook.
    pub fn of(history: &'h History<'a>, rulebook: &'r Rulebook) -> Case<'h, 'a, 'r> {
        Case {
            index: Index::of(history, rulebook),
            allocations: Allocations::of(history),
            episodes: empty_cells(rulebook.states.len()),
            states: empty_cells(rulebook.states.len()),
            clocks: empty_cells(rulebook.clocks.len()),
        }
    }

    /// The history.
    pub fn history(&self) -> &'h History<'a> {
        self.index.history()
    }

    /// The rulebook.
    pub fn rulebook(&self) -> &'r Rulebook {
        self.index.rulebook()
    }

    /// Whose case it is; of merged subjects, the survivor.
    pub fn subject(&self) -> &'a Subject {
        self.history().subject()
    }

    /// The kind of subject.
    pub fn subject_kind(&self) -> SubjectKind {
        self.subject().kind()
    }

    /// The instant asked about.
    pub fn at(&self) -> Instant {
        self.history().at()
    }

    /// The clocks of the kind at that position in the rulebook, in the order in which they started.
    pub fn clocks(&self, kind: usize) -> &[Clock<'h, 'a, 'r>] {
        let Some(rule) = self.rulebook().clocks.get(kind) else {
            return &[];
        };
        if rule.subject != self.subject_kind() {
            return &[];
        }
        self.clocks.get(kind).map_or(&[], |cell| cell.get_or_init(|| derive(self, kind, rule)))
    }

    /// All clocks, kind by kind.
    pub fn all_clocks(&self) -> impl Iterator<Item = &Clock<'h, 'a, 'r>> {
        (0..self.rulebook().clocks.len()).flat_map(|kind| self.clocks(kind))
    }

    /// Whose a clock is: of a running one at `at`, of one that ended at that instant.
    pub fn whose_clock(&self, clock: &Clock<'h, 'a, 'r>) -> Whose<'h> {
        self.allocations.whose(clock.ended.map_or(self.at(), |ended| ended.at))
    }

    /// Whose the subject is at an instant.
    pub fn whose(&self, instant: Instant) -> Whose<'h> {
        self.allocations.whose(instant)
    }

    /// When a state held, up to `at`; what holds at `at` has not ended.
    pub fn state(&self, id: StateId) -> &Intervals {
        static NEVER_HELD: Intervals = Intervals::NONE;
        let found = self.rulebook().state(id).zip(self.states.get(id.index()));
        found.map_or(&NEVER_HELD, |(state, cell)| cell.get_or_init(|| self.derive_state(id, state)))
    }

    /// Whether a state holds at an instant.
    pub fn holds(&self, id: StateId, instant: Instant) -> bool {
        self.state(id).at(instant).is_some()
    }

    /// The episodes of a state that has its own, by the place of their start.
    pub(crate) fn episodes(&self, id: StateId) -> &[Episode<'h, 'a>] {
        let own = self.rulebook().state(id).and_then(|state| state.episodes.as_ref());
        let found = own.zip(self.episodes.get(id.index()));
        found.map_or(&[], |(which, cell)| cell.get_or_init(|| episodes(&self.index, which)))
    }

    /// The episode shown for a clock of a state: of those open at the instant, the first in history order.
    pub(crate) fn shown_episode(&self, id: StateId, instant: Instant) -> Option<&'h str> {
        let shows = self.rulebook().state(id)?.shows?;
        let episodes = self.episodes(shows);
        // The first of which an end, its own or an earlier one's, is still to come: all before it have ended, and if
        // it has not begun, nor have those after it.
        let first = episodes.partition_point(|episode| episode.latest_end <= instant);
        let open = episodes.get(first).filter(|episode| episode.start.occurred() <= instant)?;
        open.start.episode()
    }

    /// Whether the age at an instant lies in `ages`. Never so without a date of birth.
    pub(crate) fn is_aged(&self, ages: &Ages, instant: Instant) -> bool {
        self.aged_between(ages).is_some_and(|(from, to)| from <= instant && instant < to)
    }

    /// The instants at which the ages begin and end: local midnight of the birthdays. None without a date of birth.
    pub(crate) fn aged_between(&self, ages: &Ages) -> Option<(Instant, Instant)> {
        let born = self.history().date_of_birth()?;
        let from = ages.from.map_or(Instant::from_micros(i64::MIN), |age| start_of_day(age.reached_on(born)));
        let to = ages.to.map_or(crate::interval::NEVER, |age| start_of_day(age.reached_on(born)));
        Some((from, to))
    }

    /// When the clocks next change without a new event: an event that is on record and has yet to happen, a birthday
    /// that opens or closes a state, a state that begins to count. That a clock becomes due soon or overdue is read
    /// from its due date and is no change. None: never.
    pub fn next_change(&self) -> Option<Instant> {
        let by_age =
            self.rulebook().clocks.iter().filter(|rule| rule.subject == self.subject_kind()).filter_map(|rule| {
                match &rule.shape {
                    Shape::Recur(recur) => next_opening_or_closing(self, recur),
                    Shape::Respond(_) => None,
                }
            });
        by_age.chain(self.history().next_event()).min()
    }

    fn derive_state(&self, id: StateId, state: &State) -> Intervals {
        if state.subject != self.subject_kind() {
            return Intervals::default();
        }
        let own = state.episodes.as_ref().map(|_| self.held_by_episodes(id));
        let any = (!state.any.is_empty())
            .then(|| Intervals::union_of(state.any.iter().flat_map(|part| self.state(*part).iter()).collect()));
        let mut holds = match (own, any) {
            (Some(own), Some(any)) => own.and(&any),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => Intervals::everything(),
        };
        for part in &state.all {
            holds = holds.and(self.state(*part));
        }
        for part in &state.none {
            if !holds.is_empty() {
                holds = holds.without(self.state(*part));
            }
        }
        holds
    }

    fn held_by_episodes(&self, id: StateId) -> Intervals {
        Intervals::union_of(self.episodes(id).iter().map(Episode::interval).collect())
    }
}

fn empty_cells<T>(count: usize) -> Vec<OnceCell<T>> {
    std::iter::repeat_with(OnceCell::new).take(count).collect()
}
