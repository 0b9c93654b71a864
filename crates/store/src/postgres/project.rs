//! Replacing the rows of subjects by what was derived again, as little as differs.

use super::Postgres;
use super::connection::{Connections, Transaction, ask};
use super::copy::{write_clocks, write_findings, write_subjects};
use super::error::failed;
use super::holders;
use super::slots::sql;
use crate::columns::signed;
use crate::difference::{Changes, Place, Tallied};
use crate::ledger::{Position, SubjectNumber};
use crate::questions::rows::Kept;
use crate::questions::sql::{Dialect, letter};
use crate::read_model::{Derived, Difference, ReadModel, Slot};
use crate::store::{StoreError, StoreResult};
use std::collections::BTreeMap;

const DOING: &str = "projecting into the read model";

/// Begins to write what is derived: after a crash of the server the last of it may be undone, together with all that came
/// after it.
pub(super) async fn begin_derived(connections: &Connections) -> StoreResult<Transaction> {
    let mut transaction = connections.begin().await?;
    let soon = sqlx::raw_sql("SET LOCAL synchronous_commit = off").execute(&mut *transaction);
    soon.await.map_err(failed(DOING))?;
    Ok(transaction)
}

pub(super) async fn project(
    postgres: &Postgres,
    model: &ReadModel,
    derived: Derived,
    to: Position,
) -> StoreResult<Difference> {
    let slot = model.slot;
    let mut transaction = begin_derived(&postgres.connections).await?;
    if !move_on(&mut transaction, model, to).await? {
        transaction.rollback().await.map_err(failed(DOING))?;
        return Err(StoreError::Overtaken);
    }
    let mut numbers = derived.numbers.clone();
    numbers.extend(derived.subjects.iter().map(|rows| rows.number));
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        transaction.commit().await.map_err(failed(DOING))?;
        return Ok(Difference::default());
    }
    let asked = Kept::asked(Dialect::Postgres, slot, &numbers);
    let kept = Kept::read(&ask(&mut transaction, asked, DOING).await?)?;
    let numbered = holders::number(&postgres.holders, &mut transaction, &derived.subjects).await?;
    let changes = Changes::between(&kept, &derived, &numbered)?;
    delete(&mut transaction, slot, &numbers, &changes).await?;
    write_subjects(&mut transaction, slot, &derived.subjects, &numbered, to).await?;
    write_clocks(&mut transaction, slot, &changes.clocks, to).await?;
    write_findings(&mut transaction, slot, &changes.findings, to).await?;
    add_to_tallies(&mut transaction, slot, changes.tallied).await?;
    transaction.commit().await.map_err(failed(DOING))?;
    postgres.holders.remember(numbered);
    Ok(changes.difference)
}

/// Moves the checkpoint; whether it was where it should be, and of that read model. Who comes at the same time waits here.
async fn move_on(transaction: &mut Transaction, model: &ReadModel, to: Position) -> StoreResult<bool> {
    let moved = "UPDATE read_model SET checkpoint = $1
                 WHERE slot = $2 AND begun = $3 AND rulebook = $4 AND checkpoint = $5";
    let moved = sqlx::query(moved)
        .bind(signed(to))
        .bind(letter(model.slot))
        .bind(model.begun.micros())
        .bind(model.rulebook.as_str())
        .bind(signed(model.checkpoint))
        .execute(&mut **transaction)
        .await
        .map_err(failed(DOING))?;
    Ok(moved.rows_affected() == 1)
}

/// Deletes what is no more and what is written again.
async fn delete(
    transaction: &mut Transaction,
    slot: Slot,
    numbers: &[SubjectNumber],
    changes: &Changes<'_>,
) -> StoreResult<()> {
    let numbers: Vec<i64> = numbers.iter().copied().map(i64::from).collect();
    let subjects = "DELETE FROM subject_row_{x} WHERE number = ANY($1)";
    let subjects = sqlx::query(sql(slot, subjects)).bind(&numbers).execute(&mut **transaction);
    subjects.await.map_err(failed(DOING))?;
    let clocks = changes.clocks.iter().map(|row| (row.subject, row.ordinal));
    delete_places(transaction, slot, "clock", changes.gone_clocks.iter().copied().chain(clocks)).await?;
    let findings = changes.findings.iter().map(|row| (row.subject, row.ordinal));
    delete_places(transaction, slot, "finding", changes.gone_findings.iter().copied().chain(findings)).await
}

async fn delete_places(
    transaction: &mut Transaction,
    slot: Slot,
    table: &str,
    places: impl Iterator<Item = Place>,
) -> StoreResult<()> {
    let (subjects, ordinals): (Vec<i64>, Vec<i64>) =
        places.map(|(subject, ordinal)| (i64::from(subject), ordinal)).unzip();
    if subjects.is_empty() {
        return Ok(());
    }
    let delete = format!(
        "DELETE FROM {table}_{{x}} AS kept USING unnest($1::bigint[], $2::bigint[]) AS gone (subject, ordinal)
         WHERE kept.subject = gone.subject AND kept.ordinal = gone.ordinal"
    );
    let delete = sqlx::query(sql(slot, &delete)).bind(&subjects).bind(&ordinals).execute(&mut **transaction);
    delete.await.map_err(failed(DOING))?;
    Ok(())
}

/// Adds to all tallies.
pub(super) async fn add_to_tallies(transaction: &mut Transaction, slot: Slot, tallied: Tallied) -> StoreResult<()> {
    let running = tallied.running();
    let all = tallied.all.into_iter().map(|((outcome, holder, kind), by)| ([outcome, holder, kind], by));
    add_to_tally(transaction, slot, "tally", ["outcome", "holder", "kind"], all.collect()).await?;
    let due = tallied.due.into_iter();
    let due = due.map(|((locality, kind, due_at, due_day), by)| ([locality, kind, due_at, due_day], by));
    add_to_tally(transaction, slot, "due_tally", ["locality", "kind", "due_at", "due_day"], due.collect()).await?;
    let running = running.into_iter().map(|((locality, kind), by)| ([locality, kind], by));
    add_to_tally(transaction, slot, "running_tally", ["locality", "kind"], running.collect()).await
}

/// Adds to the rows of a tally; those that count nothing any more are deleted. In the order of the keys, so that two
/// processes that count the same wait for each other once, and not in a circle.
async fn add_to_tally<const COLUMNS: usize>(
    transaction: &mut Transaction,
    slot: Slot,
    table: &str,
    columns: [&str; COLUMNS],
    changes: BTreeMap<[i64; COLUMNS], i64>,
) -> StoreResult<()> {
    let changes: Vec<([i64; COLUMNS], i64)> = changes.into_iter().filter(|(_, by)| *by != 0).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let names = columns.join(", ");
    let arrays: Vec<String> = (1..=COLUMNS + 1).map(|number| format!("${number}::bigint[]")).collect();
    let arrays = arrays.join(", ");
    let add = format!(
        "INSERT INTO {table}_{{x}} AS kept ({names}, clocks) SELECT * FROM unnest({arrays})
         ON CONFLICT ({names}) DO UPDATE SET clocks = kept.clocks + excluded.clocks"
    );
    let delete = format!(
        "DELETE FROM {table}_{{x}} WHERE clocks = 0 AND ({names}) IN (SELECT * FROM unnest({}))",
        arrays.rsplit_once(", ").map_or("", |(keys, _)| keys)
    );
    let column = |number: usize| changes.iter().filter_map(move |(key, _)| key.get(number).copied());
    let keys: Vec<Vec<i64>> = (0..COLUMNS).map(|number| column(number).collect()).collect();
    let by: Vec<i64> = changes.iter().map(|(_, by)| *by).collect();
    let mut query = sqlx::query(sql(slot, &add));
    for key in &keys {
        query = query.bind(key);
    }
    query.bind(&by).execute(&mut **transaction).await.map_err(failed(DOING))?;
    if by.iter().any(|by| *by < 0) {
        let mut query = sqlx::query(sql(slot, &delete));
        for key in &keys {
            query = query.bind(key);
        }
        query.execute(&mut **transaction).await.map_err(failed(DOING))?;
    }
    Ok(())
}
