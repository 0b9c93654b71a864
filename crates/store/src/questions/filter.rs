//! The one place where a [`ClockQuery`] becomes conditions of SQL: lists, groups, counts and tallies are all chosen here.

use super::rows::{RUNNING, kind_code, outcome_code};
use super::sql::Sql;
use crate::query::ClockQuery;
use calendar::london::{local_date, start_of_day};
use calendar::{Date, Instant};
use engine::{Outcome, Status};

/// Which clocks a query lets through, by what became of them.
pub(super) struct Wanted {
    /// Of the running ones; none: none of them.
    pub(super) running: Option<Running>,
    /// Of the ended ones: all with these outcomes, as they are kept.
    pub(super) ended: Vec<i64>,
}

/// Which running clocks a query lets through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Running {
    at: Instant,
    soon: Date,
    on_track: bool,
    due_soon: bool,
    overdue: bool,
    /// Of overdue ones: the last due day that is late enough.
    latest: Option<Date>,
    /// Of overdue ones: the first due day that is not too late.
    earliest: Option<Date>,
}

impl Wanted {
    /// Whether it lets nothing through.
    pub(super) fn is_nothing(&self) -> bool {
        self.running.is_none() && self.ended.is_empty()
    }

    /// Has a subject's clocks be found among those of an index that has all that are wanted and the fewest others.
    pub(super) fn push_index_of_subject(&self, sql: &mut Sql) {
        if self.running.is_some() && self.ended.is_empty() {
            sql.indexed_by("clock_{x}_running");
        }
    }

    /// What a query lets through.
    pub(super) fn of(query: &ClockQuery) -> Wanted {
        let wants = |status| query.filter.statuses.contains(&status);
        let running = Running {
            on_track: wants(Status::OnTrack),
            due_soon: wants(Status::DueSoon),
            overdue: wants(Status::Overdue),
            ..Running::all(query)
        };
        let running =
            if running.is_by_lateness() { Running { on_track: false, due_soon: false, ..running } } else { running };
        let outcomes =
            [(Status::Met, Outcome::Met), (Status::Late, Outcome::Late), (Status::Cancelled, Outcome::Cancelled)];
        let ended = outcomes.into_iter().filter(|(status, _)| wants(*status) && !running.is_by_lateness());
        Wanted {
            running: running.is_any().then_some(running),
            ended: ended.map(|(_, outcome)| outcome_code(outcome)).collect(),
        }
    }
}

impl Running {
    /// All that are late enough, whatever their status.
    pub(super) fn all(query: &ClockQuery) -> Running {
        let today = local_date(query.at);
        let before = |days: u32| today.plus_days(-i32::try_from(days).unwrap_or(i32::MAX));
        let latest = query.late_from.map(before);
        let earliest = query.late_to.map(before);
        let every = latest.is_none() && earliest.is_none();
        let (at, soon) = (query.at, query.soon);
        Running { at, soon, on_track: every, due_soon: every, overdue: true, latest, earliest }
    }

    /// Whether it lets every running clock through.
    pub(super) fn is_every(&self) -> bool {
        self.on_track && self.due_soon && self.overdue && !self.is_by_lateness()
    }

    fn is_by_lateness(&self) -> bool {
        self.latest.is_some() || self.earliest.is_some()
    }

    fn is_any(&self) -> bool {
        self.on_track || self.due_soon || self.overdue
    }

    /// Adds the conditions on `due_at` and `due_day` of a table.
    pub(super) fn push(&self, sql: &mut Sql, table: &str) {
        if self.is_every() {
            return;
        }
        let (at, soon) = (self.at.micros(), self.soon.days());
        sql.push(" AND (FALSE");
        if self.overdue {
            sql.push(format!(" OR ({table}.due_at <= ")).number(at);
            if let Some(latest) = self.latest {
                sql.push(format!(" AND {table}.due_day <= ")).number(latest.days());
            }
            if let Some(earliest) = self.earliest {
                sql.push(format!(" AND {table}.due_day >= ")).number(earliest.days());
            }
            sql.push(")");
        }
        if self.due_soon {
            sql.push(format!(" OR ({table}.due_at > ")).number(at);
            sql.push(format!(" AND {table}.due_day <= ")).number(soon).push(")");
        }
        if self.on_track {
            sql.push(format!(" OR ({table}.due_at > ")).number(at);
            sql.push(format!(" AND {table}.due_day > ")).number(soon).push(")");
        }
        sql.push(")");
        self.push_range(sql, table);
    }

    /// Adds what follows for `due_at` alone, which is what the index is ordered by. It follows as `due_at` is never
    /// after the start of the day after the due day.
    fn push_range(&self, sql: &mut Sql, table: &str) {
        if !self.overdue {
            sql.push(format!(" AND {table}.due_at > ")).number(self.at.micros());
        }
        if !self.on_track {
            let last = if self.due_soon { start_of_day(self.soon.plus_days(1)).max(self.at) } else { self.at };
            sql.push(format!(" AND {table}.due_at <= ")).number(last.micros());
        }
    }

    /// Only those that are overdue, of those wanted.
    pub(super) fn overdue(self) -> Running {
        Running { on_track: false, due_soon: false, ..self }
    }

    /// Only those that are due soon, of those wanted.
    pub(super) fn due_soon(self) -> Running {
        Running { on_track: false, overdue: false, ..self }
    }
}

/// Whether a query asks for teams or workers, which few clocks have, rather than at most for localities.
pub(super) fn is_by_holder(query: &ClockQuery) -> bool {
    !query.filter.teams.is_empty() || !query.filter.workers.is_empty()
}

/// Adds the condition on the kind of clock.
pub(super) fn push_kinds(sql: &mut Sql, table: &str, query: &ClockQuery) {
    if !query.filter.kinds.is_empty() {
        let kinds: Vec<i64> = query.filter.kinds.iter().map(|kind| kind_code(*kind)).collect();
        sql.push(format!(" AND {table}.kind IN (")).numbers(&kinds).push(")");
    }
}

/// Adds the condition on whoever clocks count for.
pub(super) fn push_holders(sql: &mut Sql, table: &str, query: &ClockQuery) {
    let filter = &query.filter;
    if filter.localities.is_empty() && !is_by_holder(query) {
        return;
    }
    sql.push(format!(
        " AND {table}.holder IN (SELECT wanted.id FROM holder AS wanted {{join}} locality AS wanted_locality
          ON wanted_locality.id = wanted.locality WHERE TRUE"
    ));
    // An empty text is no team and no worker, which nobody can ask for.
    let asked = [
        ("wanted_locality.locality", &filter.localities, false),
        ("wanted.team", &filter.teams, true),
        ("wanted.worker", &filter.workers, true),
    ];
    for (column, names, must_be) in asked {
        if !names.is_empty() {
            sql.push(format!(" AND {column} IN (")).texts(names).push(")");
            if must_be {
                sql.push(format!(" AND {column} <> ''"));
            }
        }
    }
    sql.push(")");
}

/// Adds the condition on the locality, of a table that has it itself.
pub(super) fn push_localities(sql: &mut Sql, table: &str, query: &ClockQuery) {
    if !query.filter.localities.is_empty() {
        sql.push(format!(" AND {table}.locality IN (SELECT id FROM locality WHERE locality IN ("));
        sql.texts(&query.filter.localities).push("))");
    }
}

/// Adds all conditions on a clock, whatever became of it.
pub(super) fn push_lets_through(sql: &mut Sql, table: &str, query: &ClockQuery, wanted: &Wanted) {
    if let (Some(running), []) = (&wanted.running, wanted.ended.as_slice()) {
        // Without an alternative, so that an index of running clocks alone serves.
        sql.push(format!(" AND {table}.outcome = {RUNNING}"));
        running.push(sql, table);
    } else {
        sql.push(" AND (FALSE");
        if let Some(running) = &wanted.running {
            sql.push(format!(" OR ({table}.outcome = {RUNNING}"));
            running.push(sql, table);
            sql.push(")");
        }
        for outcome in &wanted.ended {
            sql.push(format!(" OR {table}.outcome = {outcome}"));
        }
        sql.push(")");
    }
    push_kinds(sql, table, query);
    push_holders(sql, table, query);
}
