//! Replacing the rows of subjects by what was derived again, as little as differs.

use super::Sqlite;
use super::bulk::{Insert, Values};
use super::connection::{Durability, Transaction, ask};
use super::error::failed;
use super::holders;
use super::rows::{Over, write_clocks, write_findings, write_subjects};
use super::slots::{sql, text};
use crate::columns::{json, signed};
use crate::difference::{Changes, Place, Tallied};
use crate::ledger::Position;
use crate::questions::holders::Numbered;
use crate::questions::rows::Kept;
use crate::questions::sql::{Dialect, letter};
use crate::read_model::{Derived, Difference, ReadModel, Slot};
use crate::store::{StoreError, StoreResult};
use sqlx::sqlite::SqliteConnection;

const DOING: &str = "projecting into the read model";

pub(super) async fn project(
    sqlite: &Sqlite,
    model: &ReadModel,
    derived: Derived,
    to: Position,
) -> StoreResult<Difference> {
    let slot = model.slot;
    let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
    if !move_on(&mut transaction, model, to).await? {
        transaction.undo().await?;
        return Err(StoreError::Overtaken);
    }
    let mut numbers = derived.numbers.clone();
    numbers.extend(derived.subjects.iter().map(|rows| rows.number));
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        transaction.commit(DOING).await?;
        return Ok(Difference::default());
    }
    let asked = Kept::asked(Dialect::Sqlite, slot, &numbers);
    let kept = Kept::read(&ask(&mut transaction, asked, DOING).await?)?;
    let numbered = holders::number(&sqlite.holders, &mut transaction, &derived.subjects).await?;
    let changes = Changes::between(&kept, &derived, &numbered)?;
    replace_rows(&mut transaction, slot, &changes, &derived, &numbered, to).await?;
    add_to_tallies(&mut transaction, slot, changes.tallied).await?;
    transaction.commit(DOING).await?;
    sqlite.holders.remember(numbered);
    Ok(changes.difference)
}

/// Moves the checkpoint; whether it was where it should be, and of that read model.
async fn move_on(connection: &mut SqliteConnection, model: &ReadModel, to: Position) -> StoreResult<bool> {
    let moved = "UPDATE read_model SET checkpoint = ? WHERE slot = ? AND begun = ? AND rulebook = ? AND checkpoint = ?";
    let moved = sqlx::query(moved)
        .bind(signed(to))
        .bind(letter(model.slot))
        .bind(model.begun.micros())
        .bind(model.rulebook.as_str())
        .bind(signed(model.checkpoint))
        .execute(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(moved.rows_affected() == 1)
}

/// Writes the rows that differ from those at their places, and deletes those at places that are no more.
async fn replace_rows(
    transaction: &mut Transaction<'_>,
    slot: Slot,
    changes: &Changes<'_>,
    derived: &Derived,
    numbered: &Numbered,
    position: Position,
) -> StoreResult<()> {
    delete_places(transaction, slot, "clock_{x}", &changes.gone_clocks).await?;
    delete_places(transaction, slot, "finding_{x}", &changes.gone_findings).await?;
    if !changes.gone_subjects.is_empty() {
        let delete = "DELETE FROM subject_row_{x} WHERE number IN (SELECT value FROM json_each(?))";
        let delete = sqlx::query(sql(slot, delete)).bind(json(&changes.gone_subjects));
        delete.execute(&mut **transaction).await.map_err(failed(DOING))?;
    }
    write_subjects(transaction, slot, Over::Earlier, &derived.subjects, numbered, position).await?;
    write_clocks(transaction, slot, Over::Earlier, &changes.clocks, position).await?;
    write_findings(transaction, slot, Over::Earlier, &changes.findings, position).await
}

async fn delete_places(
    connection: &mut SqliteConnection,
    slot: Slot,
    table: &str,
    places: &[Place],
) -> StoreResult<()> {
    if places.is_empty() {
        return Ok(());
    }
    let delete =
        format!("DELETE FROM {table} WHERE (subject, ordinal) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))");
    let delete = sqlx::query(sql(slot, &delete)).bind(json(&places));
    delete.execute(connection).await.map_err(failed(DOING))?;
    Ok(())
}

/// Adds to all tallies.
pub(super) async fn add_to_tallies(connection: &mut SqliteConnection, slot: Slot, tallied: Tallied) -> StoreResult<()> {
    let running = tallied.running();
    let all = tallied.all.into_iter().map(|((outcome, holder, kind), by)| ([outcome, holder, kind], by));
    add_to_tally(connection, slot, "tally_{x}", ["outcome", "holder", "kind"], all.collect()).await?;
    let due = tallied.due.into_iter();
    let due = due.map(|((locality, kind, due_at, due_day), by)| ([locality, kind, due_at, due_day], by));
    add_to_tally(connection, slot, "due_tally_{x}", ["locality", "kind", "due_at", "due_day"], due.collect()).await?;
    let running = running.into_iter().map(|((locality, kind), by)| ([locality, kind], by));
    add_to_tally(connection, slot, "running_tally_{x}", ["locality", "kind"], running.collect()).await
}

/// Adds to the rows of a tally; those that count nothing any more are deleted.
async fn add_to_tally<const COLUMNS: usize>(
    connection: &mut SqliteConnection,
    slot: Slot,
    table: &str,
    columns: [&str; COLUMNS],
    mut changes: Vec<([i64; COLUMNS], i64)>,
) -> StoreResult<()> {
    changes.retain(|(_, by)| *by != 0);
    let names = columns.join(", ");
    let head = text(slot, &format!("INSERT INTO {table} ({names}, clocks)"));
    let tail = "ON CONFLICT DO UPDATE SET clocks = clocks + excluded.clocks";
    let insert = Insert { head: &head, columns: COLUMNS + 1, tail, doing: DOING };
    let add = |values: &mut Values, (key, by): &([i64; COLUMNS], i64)| {
        key.iter().for_each(|value| _ = values.add(*value));
        values.add(*by);
    };
    insert.rows(connection, &changes, add).await?;
    let fallen: Vec<&[i64]> = changes.iter().filter(|(_, by)| *by < 0).map(|(key, _)| key.as_slice()).collect();
    if fallen.is_empty() {
        return Ok(());
    }
    let values: Vec<String> = (0..COLUMNS).map(|column| format!("value ->> {column}")).collect();
    let delete = format!(
        "DELETE FROM {table} WHERE clocks = 0 AND ({names}) IN (SELECT {} FROM json_each(?))",
        values.join(", ")
    );
    let delete = sqlx::query(sql(slot, &delete)).bind(json(&fallen));
    delete.execute(connection).await.map_err(failed(DOING))?;
    Ok(())
}
