//! The rows of subjects as they are kept: written in bulk.

use super::bulk::{Insert, Values};
use super::slots::text;
use crate::columns::signed;
use crate::ledger::Position;
use crate::questions::holders::{self, Numbered};
use crate::questions::rows::{ClockToWrite, FindingToWrite, code, kind_code};
use crate::read_model::{Slot, SubjectRows};
use crate::store::StoreResult;
use calendar::{Date, Instant};
use sqlx::sqlite::SqliteConnection;

const WRITING: &str = "writing the read model";

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
