//! The worklist: clocks as rows, chosen and ordered as command-line.md says.

use crate::allocation::Whose;
use crate::case::Case;
use crate::clocks::{Clock, Status};
use crate::interval::NEVER;
use calendar::london::local_date;
use calendar::{Date, Instant};
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
        let soon = rulebook.working_days.add(case.at_date, rulebook.due_soon);
        let every: Vec<usize>;
        let kinds = if self.kinds.is_empty() {
            every = (0..rulebook.clocks.len()).collect();
            &every
        } else {
            &self.kinds
        };
        let mut rows = Vec::new();
        for clock in kinds.iter().flat_map(|kind| case.clocks(*kind)) {
            let status = clock.status(case.at(), soon);
            if self.statuses.contains(&status) {
                let whose = case.whose_clock(clock);
                if self.lets_through(&whose) {
                    rows.push(row(case, clock, status, &whose));
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

/// A clock as a row.
pub(crate) fn row(case: &Case<'_, '_, '_>, clock: &Clock<'_, '_, '_>, status: Status, whose: &Whose<'_>) -> Row {
    Row {
        kind: clock.kind,
        subject: case.subject().clone(),
        episode: clock.episode.map(Text::new),
        status,
        started_at: clock.started,
        due_date: clock.due.date,
        due_at: clock.due.at,
        stopped_at: clock.ended.map(|ended| ended.at),
        overdue: (status == Status::Overdue).then(|| overdue(case, clock)),
        locality: Text::new(whose.locality),
        team: whose.team.map(Text::new),
        worker: whose.worker.map(Text::new),
        place: clock.place,
    }
}

fn overdue(case: &Case<'_, '_, '_>, clock: &Clock<'_, '_, '_>) -> Overdue {
    match clock.due.date {
        Some(due) => {
            let today = local_date(case.at());
            Overdue::Days {
                days: i64::from(today.days()) - i64::from(due.days()),
                working_days: i64::from(case.rulebook().working_days.between(due, today)),
            }
        }
        None => Overdue::Hours((case.at().micros() - clock.due.at.micros()) / 3_600_000_000),
    }
}

/// Puts rows in order: by `due_at`, clock, subject, `started_at`, episode (none first), the place in the sequence, then
/// stopped ones by when they stopped before running ones.
pub fn sort_rows(rows: &mut [Row]) {
    rows.sort_unstable_by(order);
}

pub(crate) fn order(one: &Row, other: &Row) -> Ordering {
    // Kinds of clock stand in the rulebook in the order of their ids' bytes.
    let stopped = |row: &Row| row.stopped_at.unwrap_or(NEVER);
    one.due_at
        .cmp(&other.due_at)
        .then_with(|| one.kind.cmp(&other.kind))
        .then_with(|| one.subject.cmp(&other.subject))
        .then_with(|| one.started_at.cmp(&other.started_at))
        .then_with(|| one.episode.cmp(&other.episode))
        .then_with(|| one.place.cmp(&other.place))
        .then_with(|| stopped(one).cmp(&stopped(other)))
}
