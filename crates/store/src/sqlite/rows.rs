//! The rows of subjects as they are kept: written in bulk, and read back whole.

use super::Sqlite;
use super::bulk::{Insert, Values};
use super::columns::{json, signed, small, subject, subject_number, unless_empty, unsigned};
use super::error::failed;
use super::filter::Sql;
use super::holders::{self, Ids, Numbered};
use super::packed;
use super::slots::{sql, text};
use crate::ledger::{Position, SubjectNumber};
use crate::query::Holder;
use crate::read_model::{FindingRow, Slot, SubjectRows};
use crate::store::{StoreError, StoreResult};
use calendar::{Date, Instant};
use engine::{KeptClock, Outcome};
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;

const READING: &str = "reading the read model";
const WRITING: &str = "writing the read model";

/// The columns of a clock, read as [`ClockColumns`]: from a table `clock` and its `holder` and `locality`.
pub(super) const CLOCK_COLUMNS: &str = "clock.subject, clock.ordinal, clock.kind, clock.episode, clock.started_at,
    clock.due_date, clock.due_at, clock.outcome, clock.ended_at, clock.place, clock.holder, holder.locality,
    locality.locality, holder.team, holder.worker";

/// How to get from a clock to the names that [`CLOCK_COLUMNS`] has.
pub(super) const CLOCK_NAMES: &str =
    "CROSS JOIN holder ON holder.id = clock.holder CROSS JOIN locality ON locality.id = holder.locality";

/// How a running clock and each outcome are kept.
pub(super) const RUNNING: i64 = 0;

/// How an outcome is kept.
pub(super) const fn outcome_code(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Met => 1,
        Outcome::Late => 2,
        Outcome::Cancelled => 3,
    }
}

/// How what became of a clock is kept.
pub(super) fn code(clock: &KeptClock) -> i64 {
    clock.ended.map_or(RUNNING, |(_, outcome)| outcome_code(outcome))
}

/// A kind of clock as it is kept.
pub(super) fn kind_code(kind: usize) -> i64 {
    i64::try_from(kind).unwrap_or(i64::MAX)
}

/// A kind of clock that was kept.
pub(super) fn kind(code: i64) -> StoreResult<usize> {
    usize::try_from(code).map_err(|_| StoreError::Damaged(format!("a clock is of kind {code}")))
}

/// A clock with its place.
#[derive(Clone, Debug)]
pub(super) struct KeptRow {
    pub(super) subject: SubjectNumber,
    pub(super) ordinal: i64,
    pub(super) ids: Ids,
    pub(super) clock: KeptClock,
}

/// The columns of [`CLOCK_COLUMNS`], as they come.
pub(super) type ClockColumns =
    (i64, i64, i64, String, i64, Option<i32>, i64, i64, Option<i64>, i64, i64, i64, String, String, String);

/// A clock from its columns.
pub(super) fn kept_row(columns: ClockColumns) -> StoreResult<KeptRow> {
    let (
        subject,
        ordinal,
        kind_code,
        episode,
        started_at,
        due_date,
        due_at,
        code,
        ended_at,
        place,
        holder,
        locality_id,
        locality,
        team,
        worker,
    ) = columns;
    let Holder { locality, team, worker } = holders::of_columns(&locality, team, worker);
    Ok(KeptRow {
        subject: subject_number(subject)?,
        ordinal,
        ids: Ids { holder, locality: locality_id },
        clock: KeptClock {
            kind: kind(kind_code)?,
            episode: unless_empty(episode),
            started_at: Instant::from_micros(started_at),
            due_date: due_date.map(Date::from_days),
            due_at: Instant::from_micros(due_at),
            ended: ended(code, ended_at)?,
            locality,
            team,
            worker,
            place: small(place)?,
        },
    })
}

fn ended(code: i64, at: Option<i64>) -> StoreResult<Option<(Instant, Outcome)>> {
    let outcome = match code {
        RUNNING => None,
        1 => Some(Outcome::Met),
        2 => Some(Outcome::Late),
        3 => Some(Outcome::Cancelled),
        other => return Err(StoreError::Damaged(format!("a clock ended as {other}, which there is not"))),
    };
    match (outcome, at) {
        (None, None) => Ok(None),
        (Some(outcome), Some(at)) => Ok(Some((Instant::from_micros(at), outcome))),
        (None, Some(_)) | (Some(_), None) => {
            Err(StoreError::Damaged("a clock has ended without an instant, or the other way round".to_owned()))
        }
    }
}

/// The clocks of subjects, by subject and then in the order of the worklist.
pub(super) async fn clocks_of(
    connection: &mut SqliteConnection,
    slot: Slot,
    numbers: &[SubjectNumber],
) -> StoreResult<Vec<KeptRow>> {
    let mut sql = Sql::new(packed::begin(CLOCK_COLUMNS));
    sql.push("FROM (SELECT DISTINCT value FROM json_each(").push_bind(json(&numbers));
    sql.push(text(slot, ")) AS asked CROSS JOIN clock_{x} AS clock ON clock.subject = asked.value "));
    sql.push(CLOCK_NAMES).push(packed::END);
    let clocks: Vec<ClockColumns> = packed::fetch(sql, connection, READING).await?;
    let mut clocks: Vec<KeptRow> = clocks.into_iter().map(kept_row).collect::<StoreResult<_>>()?;
    clocks.sort_unstable_by_key(|row| (row.subject, row.ordinal));
    Ok(clocks)
}

/// The findings of subjects, by subject and then in the engine's order, with their places.
pub(super) async fn findings_of(
    connection: &mut SqliteConnection,
    slot: Slot,
    numbers: &[SubjectNumber],
) -> StoreResult<Vec<(SubjectNumber, i64, FindingRow)>> {
    let findings = "SELECT finding.subject, finding.ordinal, finding.kind, finding.source, finding.id, finding.detail
                    FROM (SELECT DISTINCT value FROM json_each(?)) AS asked
                    CROSS JOIN finding_{x} AS finding ON finding.subject = asked.value
                    ORDER BY finding.subject, finding.ordinal";
    type Columns = (i64, i64, String, Option<String>, Option<String>, String);
    let findings: Vec<Columns> = sqlx::query_as(sql(slot, findings))
        .bind(json(&numbers))
        .fetch_all(connection)
        .await
        .map_err(failed(READING))?;
    let findings = findings.into_iter().map(|(subject, ordinal, kind, source, id, detail)| {
        Ok((subject_number(subject)?, ordinal, FindingRow { kind, event: source.zip(id), detail }))
    });
    findings.collect()
}

/// A row to write: a clock with its place and all that is not the clock's own.
pub(super) struct ClockToWrite<'r> {
    pub(super) subject: SubjectNumber,
    pub(super) ordinal: i64,
    pub(super) clock: &'r KeptClock,
    pub(super) ids: Ids,
}

/// A finding to write.
pub(super) struct FindingToWrite<'r> {
    pub(super) subject: SubjectNumber,
    pub(super) ordinal: i64,
    pub(super) finding: &'r FindingRow,
}

/// What rows are written over.
#[derive(Clone, Copy, Debug)]
pub(super) enum Over {
    /// Nothing. A failure leaves a part of the statement written, for the transaction to undo: a statement that could be
    /// undone alone would first copy every page that it changes.
    Nothing,
    /// What was there at their places.
    Earlier,
}

impl Over {
    const fn insert(self) -> &'static str {
        match self {
            Over::Nothing => "INSERT OR FAIL",
            Over::Earlier => "INSERT OR REPLACE",
        }
    }
}

/// Writes what is said of subjects themselves.
pub(super) async fn write_subjects(
    connection: &mut SqliteConnection,
    slot: Slot,
    over: Over,
    rows: &[SubjectRows],
    numbered: &Numbered,
    position: Position,
) -> StoreResult<()> {
    let head = "{insert} INTO subject_row_{x}
                (number, derived_at, changes_at, holder, date_of_birth, states, events, position)";
    let insert =
        Insert { head: &text(slot, head).replace("{insert}", over.insert()), columns: 8, tail: "", doing: WRITING };
    let rows: Vec<(&SubjectRows, i64)> = rows
        .iter()
        .map(|rows| Ok((rows, numbered.of(&holders::of_subject(rows))?.holder)))
        .collect::<StoreResult<_>>()?;
    let add = |values: &mut Values, (rows, holder): &(&SubjectRows, i64)| {
        values
            .add(rows.number)
            .add(rows.derived_at.micros())
            .add(rows.changes_at.map(Instant::micros))
            .add(*holder)
            .add(rows.date_of_birth.map(Date::days))
            .add(rows.states.join(" "))
            .add(signed(rows.events))
            .add(signed(position));
    };
    insert.rows(connection, &rows, add).await
}

/// Writes clocks.
pub(super) async fn write_clocks(
    connection: &mut SqliteConnection,
    slot: Slot,
    over: Over,
    rows: &[ClockToWrite<'_>],
    position: Position,
) -> StoreResult<()> {
    let head = "{insert} INTO clock_{x} (subject, ordinal, kind, episode, started_at, due_date, due_at,
                due_day, outcome, ended_at, holder, place, position)";
    let insert =
        Insert { head: &text(slot, head).replace("{insert}", over.insert()), columns: 13, tail: "", doing: WRITING };
    let add = |values: &mut Values, row: &ClockToWrite<'_>| {
        let clock = row.clock;
        values
            .add(row.subject)
            .add(row.ordinal)
            .add(kind_code(clock.kind))
            .add(clock.episode.as_deref().unwrap_or_default())
            .add(clock.started_at.micros())
            .add(clock.due_date.map(Date::days))
            .add(clock.due_at.micros())
            .add(clock.due_day().days())
            .add(code(clock))
            .add(clock.ended.map(|(at, _)| at.micros()))
            .add(row.ids.holder)
            .add(clock.place)
            .add(signed(position));
    };
    insert.rows(connection, rows, add).await
}

/// Writes findings.
pub(super) async fn write_findings(
    connection: &mut SqliteConnection,
    slot: Slot,
    over: Over,
    rows: &[FindingToWrite<'_>],
    position: Position,
) -> StoreResult<()> {
    let head = "{insert} INTO finding_{x} (subject, ordinal, kind, source, id, detail, position)";
    let insert =
        Insert { head: &text(slot, head).replace("{insert}", over.insert()), columns: 7, tail: "", doing: WRITING };
    let add = |values: &mut Values, row: &FindingToWrite<'_>| {
        let event = row.finding.event.as_ref();
        values
            .add(row.subject)
            .add(row.ordinal)
            .add(row.finding.kind.as_str())
            .add(event.map(|(source, _)| source.as_str()))
            .add(event.map(|(_, id)| id.as_str()))
            .add(row.finding.detail.as_str())
            .add(signed(position));
    };
    insert.rows(connection, rows, add).await
}

/// The clocks of some rows, to be written.
pub(super) fn clocks_to_write<'r>(rows: &'r [SubjectRows], numbered: &Numbered) -> StoreResult<Vec<ClockToWrite<'r>>> {
    let clocks =
        rows.iter().flat_map(|rows| (0..).zip(&rows.clocks).map(move |(ordinal, clock)| (rows, ordinal, clock)));
    let to_write = clocks.map(|(rows, ordinal, clock)| {
        let ids = numbered.of(&holders::of_clock(clock))?;
        Ok(ClockToWrite { subject: rows.number, ordinal, clock, ids })
    });
    to_write.collect()
}

/// The findings of some rows, to be written.
pub(super) fn findings_to_write(rows: &[SubjectRows]) -> Vec<FindingToWrite<'_>> {
    let findings = rows.iter().flat_map(|rows| (0..).zip(&rows.findings).map(move |found| (rows.number, found)));
    findings.map(|(subject, (ordinal, finding))| FindingToWrite { subject, ordinal, finding }).collect()
}

type SubjectColumns = (i64, String, i64, Option<i64>, String, String, String, Option<i32>, String, i64, i64);

/// The rows of those subjects that have any, by number, all as of one moment.
pub(super) async fn of(
    sqlite: &Sqlite,
    slot: Slot,
    numbers: &[SubjectNumber],
) -> StoreResult<Vec<(SubjectRows, Position)>> {
    let mut connection = sqlite.connections.read().await?;
    let mut moment = sqlx::Connection::begin(&mut *connection).await.map_err(failed(READING))?;
    let subjects = "SELECT row.number, subject.subject, row.derived_at, row.changes_at, locality.locality,
                           holder.team, holder.worker, row.date_of_birth, row.states, row.events, row.position
                    FROM (SELECT DISTINCT value FROM json_each(?)) AS asked
                    CROSS JOIN subject_row_{x} AS row ON row.number = asked.value
                    CROSS JOIN subject ON subject.number = row.number
                    CROSS JOIN holder ON holder.id = row.holder CROSS JOIN locality ON locality.id = holder.locality
                    ORDER BY row.number";
    let subjects: Vec<SubjectColumns> = sqlx::query_as(sql(slot, subjects))
        .bind(json(&numbers))
        .fetch_all(&mut *moment)
        .await
        .map_err(failed(READING))?;
    let mut all: Vec<(SubjectRows, Position)> = subjects.into_iter().map(subject_rows).collect::<StoreResult<_>>()?;
    let numbers: Vec<SubjectNumber> = all.iter().map(|(rows, _)| rows.number).collect();
    let places: HashMap<SubjectNumber, usize> = numbers.iter().copied().zip(0..).collect();
    for row in clocks_of(&mut moment, slot, &numbers).await? {
        if let Some((rows, _)) = places.get(&row.subject).and_then(|place| all.get_mut(*place)) {
            rows.clocks.push(row.clock);
        }
    }
    for (number, _, finding) in findings_of(&mut moment, slot, &numbers).await? {
        if let Some((rows, _)) = places.get(&number).and_then(|place| all.get_mut(*place)) {
            rows.findings.push(finding);
        }
    }
    moment.commit().await.map_err(failed(READING))?;
    Ok(all)
}

fn subject_rows(columns: SubjectColumns) -> StoreResult<(SubjectRows, Position)> {
    let (number, text, derived_at, changes_at, locality, team, worker, date_of_birth, states, events, position) =
        columns;
    let Holder { locality, team, worker } = holders::of_columns(&locality, team, worker);
    let rows = SubjectRows {
        number: subject_number(number)?,
        subject: subject(&text)?,
        derived_at: Instant::from_micros(derived_at),
        changes_at: changes_at.map(Instant::from_micros),
        locality,
        team,
        worker,
        date_of_birth: date_of_birth.map(Date::from_days),
        states: states.split_whitespace().map(str::to_owned).collect(),
        events: unsigned(events)?,
        clocks: Vec::new(),
        findings: Vec::new(),
    };
    Ok((rows, unsigned(position)?))
}
