//! What can be asked of the clocks in the read model. List, count and tally are one definition: all three are built
//! from one [`ClockQuery`].

use calendar::london::local_date;
use calendar::{Date, Instant};
use engine::{Row, Status, WorklistFilter};
use vocabulary::{Subject, Text};

/// Which clocks, as at an instant.
#[derive(Clone, Debug)]
pub struct ClockQuery {
    /// The instant of the question.
    pub at: Instant,
    /// The last due date that counts as due soon at that instant.
    pub soon: Date,
    /// Kinds (positions in the rulebook of the read model), statuses, localities, teams and workers, as in the worklist
    /// of the command line.
    pub filter: WorklistFilter,
    /// Only clocks that are overdue by at least this many days: local date of `at` less due date (of a limit in hours,
    /// less the local date of `due_at`).
    pub late_from: Option<u32>,
    /// Only clocks that are overdue by at most this many days.
    pub late_to: Option<u32>,
}

impl ClockQuery {
    /// Whether the query lets a row through that is as at its instant: the same as the databases decide, for rows that
    /// are already at hand.
    pub fn lets_through(&self, row: &Row) -> bool {
        let any = |wanted: &[String], found: Option<&str>| {
            wanted.is_empty() || found.is_some_and(|found| wanted.iter().any(|one| one == found))
        };
        (self.filter.kinds.is_empty() || self.filter.kinds.contains(&row.kind))
            && self.filter.statuses.contains(&row.status)
            && any(&self.filter.localities, Some(&row.locality))
            && any(&self.filter.teams, row.team.as_deref())
            && any(&self.filter.workers, row.worker.as_deref())
            && self.is_late_enough(row)
    }

    fn is_late_enough(&self, row: &Row) -> bool {
        if self.late_from.is_none() && self.late_to.is_none() {
            return true;
        }
        let due = row.due_date.unwrap_or_else(|| local_date(row.due_at));
        let days = i64::from(local_date(self.at).days()) - i64::from(due.days());
        row.status == Status::Overdue
            && self.late_from.is_none_or(|from| days >= i64::from(from))
            && self.late_to.is_none_or(|to| days <= i64::from(to))
    }
}

/// By what a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the command line orders: by `due_at`, clock, subject, `started_at`, episode, place in the sequence.
    #[default]
    Due,
    /// By subject, then as `Due`.
    Subject,
    /// By kind of clock, then as `Due`.
    Clock,
    /// By locality, team and worker, then as `Due`.
    Holder,
}

/// A place in a list: that of the row after which the next page begins. Opaque to whoever pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; none: this is the last.
    pub next: Option<Cursor>,
}

/// The clocks of one subject in a list that is grouped by subject.
#[derive(Clone, Debug)]
pub struct Group {
    /// Whose.
    pub subject: Subject,
    /// All of its clocks that the query lets through, in the order of the worklist. At least one.
    pub rows: Vec<Row>,
}

/// How many clocks of one kind one holder has, by what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The position of the kind of clock in the rulebook.
    pub kind: usize,
    /// The locality.
    pub locality: Text,
    /// Running, before `due_at` and not due soon.
    pub on_track: u64,
    /// Due soon.
    pub due_soon: u64,
    /// Overdue.
    pub overdue: u64,
}

/// A locality, team and worker that clocks are counted for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holder {
    /// The locality.
    pub locality: Text,
    /// The team, if any.
    pub team: Option<Text>,
    /// The worker, if any.
    pub worker: Option<Text>,
}
