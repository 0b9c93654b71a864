//! Clocks: one deadline for one subject (domain.md section 4).

mod limits;
mod recur;
mod respond;

use crate::case::Case;
use crate::history::Moment;
use crate::worklist::Outcome;
use calendar::london::local_date;
use calendar::{Date, Due, Instant};
use rulebook::{ClockRule, LimitRule, Shape};

pub(crate) use recur::next_opening_or_closing;

/// One deadline for one subject, as at the instant asked about.
#[derive(Clone, Debug)]
pub struct Clock<'h, 'a, 'r> {
    /// The position of its kind in the rulebook.
    pub kind: usize,
    /// Its kind.
    pub rule: &'r ClockRule,
    /// The limit in force at its start.
    pub limit: &'r LimitRule,
    /// Its place in the sequence, from 1; of a clock that responds, 1.
    pub place: u32,
    /// When it started.
    pub started: Instant,
    /// The event that started it: a start, an act, a restart. None: the opening of the state.
    pub started_by: Option<&'h Moment<'a>>,
    /// The episode of the start, or of the state.
    pub episode: Option<&'h str>,
    /// The opening of the state, of a clock that recurs.
    pub opening: Option<Instant>,
    /// When it is too late.
    pub due: Due,
    /// How it ended; none: it runs.
    pub ended: Option<Ended<'h, 'a>>,
}

/// The end of a clock.
#[derive(Clone, Copy, Debug)]
pub struct Ended<'h, 'a> {
    /// When.
    pub at: Instant,
    /// How.
    pub how: Ending,
    /// The event that ended it. None: the closing of the state.
    pub by: Option<&'h Moment<'a>>,
}

/// How a clock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By a stop or an act.
    Stopped,
    /// By a cancel, the closing of the state, or a restart.
    Cancelled,
}

/// What a clock is at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Running, before `due_at`.
    OnTrack,
    /// On track, and due within the rulebook's number of working days.
    DueSoon,
    /// Running, at or after `due_at`.
    Overdue,
    /// Stopped before `due_at`.
    Met,
    /// Stopped at or after `due_at`.
    Late,
    /// Cancelled.
    Cancelled,
}

impl Status {
    /// All, in the order of domain.md.
    pub const ALL: [Status; 6] =
        [Status::OnTrack, Status::DueSoon, Status::Overdue, Status::Met, Status::Late, Status::Cancelled];

    /// The name in the command line and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::OnTrack => "on_track",
            Status::DueSoon => "due_soon",
            Status::Overdue => "overdue",
            Status::Met => "met",
            Status::Late => "late",
            Status::Cancelled => "cancelled",
        }
    }

    /// What a clock is at `at` that ended so or runs; `soon` is the last due date that counts as due soon.
    pub(crate) fn of(ended: Option<Outcome>, due: Due, at: Instant, soon: Date) -> Status {
        match ended {
            Some(Outcome::Met) => Status::Met,
            Some(Outcome::Late) => Status::Late,
            Some(Outcome::Cancelled) => Status::Cancelled,
            None if at >= due.at => Status::Overdue,
            None if due_day(due) <= soon => Status::DueSoon,
            None => Status::OnTrack,
        }
    }
}

/// The due date; for a limit in hours the local date of `due_at`.
pub(crate) fn due_day(due: Due) -> Date {
    due.date.unwrap_or_else(|| local_date(due.at))
}

impl<'h, 'a> Clock<'h, 'a, '_> {
    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether it runs and is too late at an instant.
    pub fn is_overdue(&self, at: Instant) -> bool {
        self.is_running() && at >= self.due.at
    }

    /// Whether it was stopped, in time or late.
    pub fn stopped(&self) -> Option<Ended<'h, 'a>> {
        self.ended.filter(|ended| ended.how == Ending::Stopped)
    }

    /// Whether it was stopped in time.
    pub fn is_met(&self) -> bool {
        self.outcome() == Some(Outcome::Met)
    }

    /// The due date; for a limit in hours the local date of `due_at`.
    pub fn due_date(&self) -> Date {
        due_day(self.due)
    }

    /// What it is at `at`; `soon` is the last due date that counts as due soon.
    pub fn status(&self, at: Instant, soon: Date) -> Status {
        Status::of(self.outcome(), self.due, at, soon)
    }

    /// What became of it; none: it runs.
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        self.ended.map(|ended| match ended.how {
            Ending::Cancelled => Outcome::Cancelled,
            Ending::Stopped if ended.at < self.due.at => Outcome::Met,
            Ending::Stopped => Outcome::Late,
        })
    }
}

/// The clocks of one kind, in the order in which they started.
pub(crate) fn derive<'h, 'a, 'r>(case: &Case<'h, 'a, 'r>, kind: usize, rule: &'r ClockRule) -> Vec<Clock<'h, 'a, 'r>> {
    match &rule.shape {
        Shape::Respond(respond) => respond::derive(case, kind, rule, respond),
        Shape::Recur(recur) => recur::derive(case, kind, rule, recur),
    }
}
