//! The worklist: clocks as rows, chosen and ordered as command-line.md says.

use crate::allocation::Whose;
use crate::case::Case;
use crate::clocks::{Clock, Status, due_day};
use crate::interval::NEVER;
use calendar::london::local_date;
use calendar::{Date, Due, Instant};
use rulebook::Rulebook;
use std::cmp::Ordering;
use vocabulary::{Subject, Text};

/// One clock in a worklist.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The position of the kind of clock in the rulebook.
    pub kind: usize,
    /// Whose it is about.
    pub subject: Subject,
    /// The episode of the start, or of the state.
    pub episode: Option<Text>,
    /// What it is at `at`.
    pub status: Status,
    /// When it started.
    pub started_at: Instant,
    /// The due date; none for a limit in hours.
    pub due_date: Option<Date>,
    /// When it is too late.
    pub due_at: Instant,
    /// When it was stopped or cancelled.
    pub stopped_at: Option<Instant>,
    /// How late it is; none unless it is overdue.
    pub overdue: Option<Overdue>,
    /// The locality it counts for.
    pub locality: Text,
    /// The team, if any.
    pub team: Option<Text>,
    /// The worker, if any.
    pub worker: Option<Text>,
    /// The place in the sequence.
    pub place: u32,
}

/// A clock as it is kept between questions: all that a row says, but for what the instant of asking makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptClock {
    /// The position of the kind of clock in the rulebook.
    pub kind: usize,
    /// The episode of the start, or of the state.
    pub episode: Option<Text>,
    /// When it started.
    pub started_at: Instant,
    /// The due date; none for a limit in hours.
    pub due_date: Option<Date>,
    /// When it is too late.
    pub due_at: Instant,
    /// When and how it ended; none: it runs.
    pub ended: Option<(Instant, Outcome)>,
    /// The locality it counts for.
    pub locality: Text,
    /// The team, if any.
    pub team: Option<Text>,
    /// The worker, if any.
    pub worker: Option<Text>,
    /// The place in the sequence.
    pub place: u32,
}

/// What became of a clock that ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Stopped before `due_at`.
    Met,
    /// Stopped at or after `due_at`.
    Late,
    /// Cancelled.
    Cancelled,
}

impl KeptClock {
    /// All clocks of a case, in the order of the worklist.
    pub fn all(case: &Case<'_, '_, '_>) -> Vec<KeptClock> {
        let subject = case.subject();
        let mut clocks: Vec<KeptClock> =
            case.all_clocks().map(|clock| KeptClock::of(clock, &case.whose_clock(clock))).collect();
        clocks.sort_unstable_by(|one, other| one.key(subject).cmp(&other.key(subject)));
        clocks
    }

    /// The clock, which counts for these.
    pub(crate) fn of(clock: &Clock<'_, '_, '_>, whose: &Whose<'_>) -> KeptClock {
        KeptClock {
            kind: clock.kind,
            episode: clock.episode.map(Text::new),
            started_at: clock.started,
            due_date: clock.due.date,
            due_at: clock.due.at,
            ended: clock.ended.map(|ended| ended.at).zip(clock.outcome()),
            locality: Text::new(whose.locality),
            team: whose.team.map(Text::new),
            worker: whose.worker.map(Text::new),
            place: clock.place,
        }
    }

    /// The due date; for a limit in hours the local date of `due_at`. What is due soon is decided by it.
    pub fn due_day(&self) -> Date {
        due_day(self.due())
    }

    /// What it is at `at`; `soon` is the last due date that counts as due soon.
    pub fn status(&self, at: Instant, soon: Date) -> Status {
        Status::of(self.ended.map(|(_, outcome)| outcome), self.due(), at, soon)
    }

    fn due(&self) -> Due {
        Due { date: self.due_date, at: self.due_at }
    }

    /// The row that it is at `at`. Only right as long as the case has not changed since, by an event or by itself.
    pub fn row(self, subject: Subject, at: Instant, rulebook: &Rulebook) -> Row {
        let status = self.status(at, due_soon_until(at, rulebook));
        Row {
            kind: self.kind,
            subject,
            status,
            overdue: (status == Status::Overdue).then(|| overdue(self.due(), at, rulebook)),
            episode: self.episode,
            started_at: self.started_at,
            due_date: self.due_date,
            due_at: self.due_at,
            stopped_at: self.ended.map(|(at, _)| at),
            locality: self.locality,
            team: self.team,
            worker: self.worker,
            place: self.place,
        }
    }

    /// What clocks are ordered by, as rows are.
    fn key<'k>(&'k self, subject: &'k Subject) -> Key<'k> {
        Key {
            due_at: self.due_at,
            kind: self.kind,
            subject,
            started_at: self.started_at,
            episode: self.episode.as_deref(),
            place: self.place,
            stopped_at: self.ended.map_or(NEVER, |(at, _)| at),
        }
    }
}

/// The last due date that counts as due soon at `at`.
pub fn due_soon_until(at: Instant, rulebook: &Rulebook) -> Date {
    rulebook.working_days.add(local_date(at), rulebook.due_soon)
}

/// How late an overdue clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overdue {
    /// Of a limit in days.
    Days {
        /// The local date of `at` less the due date.
        days: i64,
        /// Working days after the due date up to and including the local date of `at`.
        working_days: i64,
    },
    /// Of a limit in hours: whole hours since `due_at`.
    Hours(i64),
}

/// Which clocks are shown. Empty lists let everything through, but for `statuses`.
#[derive(Clone, Debug, Default)]
pub struct WorklistFilter {
    /// The positions of the kinds of clock; empty: all.
    pub kinds: Vec<usize>,
    /// The statuses.
    pub statuses: Vec<Status>,
    /// The localities, any of which; empty: all.
    pub localities: Vec<String>,
    /// The teams.
    pub teams: Vec<String>,
    /// The workers.
    pub workers: Vec<String>,
}

impl WorklistFilter {
    /// The rows of a case that the filter lets through, in no particular order.
    pub fn rows(&self, case: &Case<'_, '_, '_>) -> Vec<Row> {
        let rulebook = case.rulebook();
        let soon = due_soon_until(case.at(), rulebook);
        let every: Vec<usize>;
        let kinds = if self.kinds.is_empty() {
            every = (0..rulebook.clocks.len()).collect();
            &every
        } else {
            &self.kinds
        };
        let mut rows = Vec::new();
        for clock in kinds.iter().flat_map(|kind| case.clocks(*kind)) {
            if self.statuses.contains(&clock.status(case.at(), soon)) {
                let whose = case.whose_clock(clock);
                if self.lets_through(&whose) {
                    rows.push(KeptClock::of(clock, &whose).row(case.subject().clone(), case.at(), rulebook));
                }
            }
        }
        rows
    }

    fn lets_through(&self, whose: &Whose<'_>) -> bool {
        let any = |wanted: &[String], found: Option<&str>| {
            wanted.is_empty() || found.is_some_and(|found| wanted.iter().any(|one| one == found))
        };
        any(&self.localities, Some(whose.locality)) && any(&self.teams, whose.team) && any(&self.workers, whose.worker)
    }
}

fn overdue(due: Due, at: Instant, rulebook: &Rulebook) -> Overdue {
    match due.date {
        Some(due) => {
            let today = local_date(at);
            Overdue::Days {
                days: i64::from(today.days()) - i64::from(due.days()),
                working_days: i64::from(rulebook.working_days.between(due, today)),
            }
        }
        None => Overdue::Hours((at.micros() - due.at.micros()) / 3_600_000_000),
    }
}

/// Puts rows in order: by `due_at`, clock, subject, `started_at`, episode (none first), the place in the sequence, then
/// stopped ones by when they stopped before running ones.
pub fn sort_rows(rows: &mut [Row]) {
    rows.sort_unstable_by(order);
}

pub(crate) fn order(one: &Row, other: &Row) -> Ordering {
    key(one).cmp(&key(other))
}

/// What rows are ordered by. Kinds of clock stand in the rulebook in the order of their ids' bytes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'k> {
    due_at: Instant,
    kind: usize,
    subject: &'k Subject,
    started_at: Instant,
    episode: Option<&'k str>,
    place: u32,
    stopped_at: Instant,
}

fn key(row: &Row) -> Key<'_> {
    Key {
        due_at: row.due_at,
        kind: row.kind,
        subject: &row.subject,
        started_at: row.started_at,
        episode: row.episode.as_deref(),
        place: row.place,
        stopped_at: row.stopped_at.unwrap_or(NEVER),
    }
}
