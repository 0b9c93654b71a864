//! The checked rulebook: what the engine runs. Built only by the reader, which refuses what does not make sense,
//! so everything here holds together: every id is in range, every field exists on its event type.

mod clock;
mod measure;
mod pattern;
mod state;

pub use clock::{Area, ClockRule, LimitRule, LimitWhen, Link, Match, Recur, Respond, SequenceLimit, Shape};
pub use measure::{
    AsAtAge, Basis, ClockFilter, Comparator, Conversion, Counted, Elapsed, EventShare, Fact, LookBack, Measure,
    Polarity, Previous, Running, Sequence, Since, StateFilter, StateLookBack, StateShare, Target, Threshold, What,
    Window,
};
pub use pattern::{
    Arm, Between, Having, Months, NamedField, Pattern, PatternId, PatternsByType, Selector, Step, Test, TypeSet,
};
pub use state::{Ages, Episodes, State, StateId};

use calendar::{Date, WorkingDays};

/// Dates between which something is in force, both included. Open where absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    /// The first day in force.
    pub from: Option<Date>,
    /// The last day in force.
    pub until: Option<Date>,
}

impl InForce {
    /// Whether `date` lies within.
    pub fn holds_on(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

/// A whole rulebook, checked.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// What the authority calls it.
    pub name: String,
    /// The version its authors gave it.
    pub version: String,
    /// A running clock is due soon when its due date is no later than this many working days after the day of the question.
    pub due_soon: u32,
    /// Working days, with the authority's own closure days.
    pub working_days: WorkingDays,
    /// Every distinct event pattern; [`PatternId`] is the position.
    pub patterns: Vec<Pattern>,
    /// The same by event type, so that one pass over a history finds the events of all of them.
    pub patterns_by_type: PatternsByType,
    /// Every state, parts before the states that are made of them; [`StateId`] is the position.
    pub states: Vec<State>,
    /// Every kind of clock, in the order of their ids' bytes.
    pub clocks: Vec<ClockRule>,
    /// Every measure, in the order of their ids' bytes.
    pub measures: Vec<Measure>,
}

impl Rulebook {
    /// The pattern of that id. Total: an id comes from this rulebook, and an empty pattern that matches nothing
    /// stands in for any other.
    pub fn pattern(&self, id: PatternId) -> &Pattern {
        static NOTHING: Pattern = Pattern::nothing();
        self.patterns.get(id.index()).unwrap_or(&NOTHING)
    }

    /// The state of that id.
    pub fn state(&self, id: StateId) -> Option<&State> {
        self.states.get(id.index())
    }

    /// Every state with its id, parts before the states that are made of them.
    pub fn states_with_ids(&self) -> impl Iterator<Item = (StateId, &State)> {
        (0u16..).map(StateId).zip(&self.states)
    }

    /// The kind of clock called `id`.
    pub fn clock(&self, id: &str) -> Option<&ClockRule> {
        let at = self.clocks.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok()?;
        self.clocks.get(at)
    }

    /// The measure called `id`.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        let at = self.measures.binary_search_by(|measure| measure.id.as_str().cmp(id)).ok()?;
        self.measures.get(at)
    }
}
