//! Measures: a number for a period and a group (domain.md section 6).

use super::{Ages, Area, Episodes, Having, InForce, Months, NamedField, PatternId, Selector, StateId};
use calendar::{Date, Limit};
use vocabulary::Number;

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The name in the rulebook, the command line and the API.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The part of the service.
    pub area: Area,
    /// Where the definition or the target comes from: a link or a sentence.
    pub source: String,
    /// Which way is better.
    pub better: Polarity,
    /// The tolerance, in percent of the target.
    pub tolerance: Number,
    /// The targets; the first that is in force on the last day of the period is used.
    pub targets: Vec<Target>,
    /// When the measure as a whole is in force, asked of the last day of the period.
    pub in_force: InForce,
    /// What others achieve.
    pub comparators: Vec<Comparator>,
    /// What is counted.
    pub what: What,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// The closest to the target is best.
    Plan,
}

/// A target and when it is in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// When.
    pub in_force: InForce,
    /// The target: percent, or a count or mean.
    pub value: Number,
}

/// What others achieve.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparator {
    /// Who: a peer group, the nation.
    pub name: String,
    /// As at which day.
    pub date: Date,
    /// Their figure.
    pub value: Number,
}

/// What a measure counts.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The share of clocks met in time.
    Timeliness {
        /// The positions of the kinds of clock in the rulebook, taken together.
        clocks: Vec<usize>,
        /// Which clocks count.
        basis: Basis,
        /// Which of them.
        filter: ClockFilter,
    },
    /// The number of clocks running at `at`.
    ClockCount {
        /// The positions of the kinds of clock in the rulebook, taken together.
        clocks: Vec<usize>,
        /// All running ones, or those overdue.
        running: Running,
        /// Which of them.
        filter: ClockFilter,
    },
    /// Clocks by how many working days they took, or have run for.
    ClockBands {
        /// The positions of the kinds of clock in the rulebook, taken together.
        clocks: Vec<usize>,
        /// True: clocks running at `at`; false: clocks stopped in the period.
        running: bool,
        /// The last value of each band but the last, ascending.
        bands: Vec<u32>,
    },
    /// The number of events in the period, or of their subjects.
    EventCount {
        /// The events.
        events: Selector,
        /// Events, or their subjects.
        counted: Counted,
    },
    /// Events of the period by the value of a field.
    EventValues {
        /// The events.
        events: Selector,
        /// The field, a choice or a text.
        field: NamedField,
    },
    /// The share of events in the period that satisfy a condition.
    EventShare(EventShare),
    /// The share of events in the period that earlier ones precede.
    LookBack(LookBack),
    /// The number of subjects in a state at `at`.
    StateCount(StateFilter),
    /// The share of subjects in a state at `at` whose latest fact satisfies a condition.
    StateShare(StateShare),
    /// The share of subjects in a state at `at` with enough (or few enough) events behind them.
    StateLookBack(StateLookBack),
    /// The share of subjects in a state at `at` that have been so for longer than a limit.
    Duration {
        /// The subjects.
        of: StateFilter,
        /// What is measured: the state's opening, or the start of the current one of these episodes.
        episode: Option<Episodes>,
        /// How long.
        limit: Months,
        /// True: longer than the limit; false: the limit or longer.
        longer: bool,
    },
    /// The share of starts in the period that the outcome follows.
    Conversion(Conversion),
    /// The mean of the latest values.
    Mean {
        /// The subjects.
        of: StateFilter,
        /// Where the value is found.
        fact: Fact,
        /// The field, a number.
        field: NamedField,
    },
    /// The share of workers whose children are not too many.
    Caseload {
        /// The state in which a child counts.
        state: StateId,
        /// At most so many children per full-time equivalent.
        at_most: u32,
    },
    /// Workers by their children per full-time equivalent.
    CaseloadBands {
        /// The state in which a child counts.
        state: StateId,
        /// The last value of each band but the last, ascending.
        bands: Vec<u32>,
    },
    /// The number of subjects in a state with no worker who could see them.
    Unallocated {
        /// The subjects.
        of: StateFilter,
        /// Where given: only those for whom it has been so for longer than this many days.
        longer_than_days: Option<u32>,
    },
    /// Values from elsewhere; nothing is computed.
    External,
}

/// Which clocks a measure of timeliness is about (domain.md section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Started in the period.
    Started,
    /// Stopped in the period.
    Stopped,
    /// Due in the period.
    Due,
    /// Running at `at`.
    Snapshot,
}

/// Which running clocks are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    /// All.
    All,
    /// Those overdue at `at`.
    Overdue,
}

/// The place in the sequence of a recurring clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// The first.
    First,
    /// The second or a later one.
    Later,
}

/// Ages at `at`; a subject with no date of birth is left out.
pub type AsAtAge = Ages;

/// Further conditions on the clocks of a measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClockFilter {
    /// The place in the sequence.
    pub sequence: Option<Sequence>,
    /// The subject's age at `at`.
    pub ages: Option<AsAtAge>,
    /// Only clocks started in the period.
    pub started_in_period: bool,
    /// How long since the start (at `at`, of a stopped clock: at the stop).
    pub elapsed: Option<Elapsed>,
    /// Only clocks with such an event after the clock's start instant.
    pub with_event: Option<PatternId>,
}

/// How long a clock has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elapsed {
    /// More than this many working days after the start.
    MoreWorkingDaysThan(u32),
    /// Started this many days or more before the local date.
    DaysOrMore(u32),
}

/// What is counted of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The events.
    Events,
    /// Their subjects, each once.
    Subjects,
}

/// The share of events that satisfy a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct EventShare {
    /// The denominator.
    pub events: Selector,
    /// Ages at the event's instant; a subject with no date of birth is left out.
    pub ages: Option<Ages>,
    /// The numerator: those of the events that this selects too.
    pub satisfies: Option<Selector>,
    /// The numerator: those recorded at or after the `due_at` of this limit from when they occurred.
    pub recorded_late: Option<Limit>,
}

/// Events and what came before them.
#[derive(Clone, Debug, PartialEq)]
pub struct LookBack {
    /// The denominator.
    pub events: Selector,
    /// A further condition of the denominator.
    pub previous: Option<Previous>,
    /// The earlier events.
    pub earlier: PatternId,
    /// How far back; absent: ever.
    pub within: Option<Months>,
    /// How many at least.
    pub at_least: u32,
}

/// A condition on the latest earlier event of a pattern, however long ago: it had an end before this event's instant,
/// with or without something between.
#[derive(Clone, Debug, PartialEq)]
pub struct Previous {
    /// The earlier events, of which the latest (strictly before, last in history order) is asked.
    pub pattern: PatternId,
    /// What it must have; the event reached must lie strictly before this event's instant.
    pub having: Having,
}

/// Subjects in a state at `at`.
#[derive(Clone, Debug, PartialEq)]
pub struct StateFilter {
    /// The state.
    pub state: StateId,
    /// The age at `at`; a subject with no date of birth is left out.
    pub ages: Option<AsAtAge>,
    /// Only where the opening's local date plus this is no later than the local date of `at`.
    pub open_for: Option<Months>,
    /// Only those with one of these episodes open.
    pub with_open: Option<Episodes>,
    /// Only those with none of these episodes open.
    pub without_open: Option<Episodes>,
}

/// Where the latest value of something is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// The latest of these events.
    Latest {
        /// The events.
        events: PatternId,
        /// Only those since then.
        since: Option<Since>,
    },
    /// The start of the latest begun of those episodes that have not ended.
    Current(Episodes),
}

/// A moment that returns every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// 00:00 of the last 1 September on or before the local date of `at`: the school year.
    September,
}

/// The share of subjects in a state whose latest fact satisfies a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct StateShare {
    /// The subjects.
    pub of: StateFilter,
    /// Where the fact is found.
    pub fact: Fact,
    /// Only subjects whose fact matches this; a subject with no fact is then left out.
    pub among: Option<PatternId>,
    /// The condition, asked of the fact.
    pub satisfies: PatternId,
}

/// The share of subjects in a state by the events behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct StateLookBack {
    /// The subjects.
    pub of: StateFilter,
    /// What is counted; none: distinct workers with a primary allocation in force at any time of the window.
    pub events: Option<PatternId>,
    /// Since when.
    pub window: Window,
    /// How many.
    pub threshold: Threshold,
}

/// How far back events count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// From the day after (the local date of `at` less this) up to `at`.
    Last(Months),
    /// Ever, up to `at`.
    Ever,
    /// Since then, up to `at`.
    Since(Since),
    /// In the period, up to `at`.
    Period,
    /// From 00:00 of the local date this long before the present opening's up to, not including, the opening.
    BeforeOpening(Months),
}

/// How many events there must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// At least so many.
    AtLeast(u32),
    /// Fewer than so many.
    FewerThan(u32),
}

/// Starts and what became of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The starts.
    pub starts: Selector,
    /// The outcome, up to `at`.
    pub outcome: Having,
    /// The starts, or their subjects (with at least one such outcome).
    pub counted: Counted,
}
