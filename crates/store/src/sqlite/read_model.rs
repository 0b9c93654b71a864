//! Beginning, filling in and switching read models.

use super::Sqlite;
use super::connection::Durability;
use super::error::failed;
use super::holders;
use super::project::add_to_tallies;
use super::rows::{Over, write_clocks, write_findings, write_subjects};
use super::slots::{self, sql};
use crate::columns::{signed, subject_number, unsigned};
use crate::ledger::{Position, SubjectNumber};
use crate::questions::rows::{clocks_to_write, findings_to_write};
use crate::questions::sql::{letter, of_letter};
use crate::read_model::{ReadModel, Slot, SubjectRows};

use crate::rulebook_digest;
use crate::store::{StoreError, StoreResult};
use calendar::Instant;
use sqlx::sqlite::SqliteConnection;

const DOING: &str = "reading or switching the read model";

/// How many rows a transaction fills in: well below a quarter of a second, so that the ledger is not kept waiting.
const ROWS_AT_ONCE: usize = 40_000;

pub(super) async fn current(sqlite: &Sqlite) -> StoreResult<Option<ReadModel>> {
    let mut connection = sqlite.connections.read().await?;
    let current = "SELECT slot, rulebook, begun, checkpoint FROM read_model WHERE is_current = 1";
    let current: Option<(String, String, i64, i64)> =
        sqlx::query_as(current).fetch_optional(&mut *connection).await.map_err(failed(DOING))?;
    let model = current.map(|(slot, rulebook, begun, checkpoint)| {
        Ok(ReadModel {
            slot: of_letter(&slot)?,
            rulebook,
            begun: Instant::from_micros(begun),
            checkpoint: unsigned(checkpoint)?,
        })
    });
    model.transpose()
}

pub(super) async fn rulebook_text(sqlite: &Sqlite, digest: &str) -> StoreResult<Option<String>> {
    let mut connection = sqlite.connections.read().await?;
    let text = sqlx::query_scalar("SELECT text FROM rulebook WHERE digest = ?").bind(digest);
    text.fetch_optional(&mut *connection).await.map_err(failed(DOING))
}

pub(super) async fn begin(
    sqlite: &Sqlite,
    rulebook: &str,
    checkpoint: Position,
    now: Instant,
) -> StoreResult<ReadModel> {
    sqlite.building.begin()?;
    let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
    let is_read = "SELECT slot FROM read_model WHERE is_current = 1";
    let is_read: Option<String> =
        sqlx::query_scalar(is_read).fetch_optional(&mut *transaction).await.map_err(failed(DOING))?;
    let is_read = is_read.map(|letter| of_letter(&letter)).transpose()?;
    let slot = is_read.map_or(Slot::A, Slot::other);
    clear(&mut transaction, slot).await?;
    let digest = rulebook_digest(rulebook);
    sqlx::query("INSERT INTO rulebook (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(digest.as_str())
        .bind(rulebook)
        .execute(&mut *transaction)
        .await
        .map_err(failed(DOING))?;
    sqlx::query("INSERT INTO read_model (slot, rulebook, begun, checkpoint, is_current) VALUES (?, ?, ?, ?, 0)")
        .bind(letter(slot))
        .bind(digest.as_str())
        .bind(now.micros())
        .bind(signed(checkpoint))
        .execute(&mut *transaction)
        .await
        .map_err(failed(DOING))?;
    transaction.commit(DOING).await?;
    Ok(ReadModel { slot, rulebook: digest, begun: now, checkpoint })
}

/// Empties a place.
async fn clear(connection: &mut SqliteConnection, slot: Slot) -> StoreResult<()> {
    let forget = sqlx::query("DELETE FROM read_model WHERE slot = ?").bind(letter(slot));
    forget.execute(&mut *connection).await.map_err(failed(DOING))?;
    slots::empty(connection, slot).await
}

pub(super) async fn fill(sqlite: &Sqlite, slot: Slot, rows: Vec<SubjectRows>) -> StoreResult<()> {
    let mut rest = rows.as_slice();
    while !rest.is_empty() {
        let (some, after) = rest.split_at_checked(some_rows(rest)).unwrap_or((rest, &[]));
        rest = after;
        let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
        let position = checkpoint(&mut transaction, slot).await?;
        let numbered = holders::number(&sqlite.holders, &mut transaction, some).await?;
        write_subjects(&mut transaction, slot, Over::Nothing, some, &numbered, position).await?;
        let clocks = clocks_to_write(some, &numbered)?;
        write_clocks(&mut transaction, slot, Over::Nothing, &clocks, position).await?;
        write_findings(&mut transaction, slot, Over::Nothing, &findings_to_write(some), position).await?;
        transaction.commit("filling in the read model").await?;
        sqlite.building.count(&clocks);
        sqlite.holders.remember(numbered);
    }
    Ok(())
}

/// How many subjects have so many rows that they fill a transaction. At least one.
fn some_rows(rows: &[SubjectRows]) -> usize {
    let mut total = 0;
    let fitting = rows.iter().take_while(|one| {
        total += 1 + one.clocks.len() + one.findings.len();
        total <= ROWS_AT_ONCE
    });
    fitting.count().max(1)
}

async fn checkpoint(connection: &mut SqliteConnection, slot: Slot) -> StoreResult<Position> {
    let checkpoint = sqlx::query_scalar("SELECT checkpoint FROM read_model WHERE slot = ?").bind(letter(slot));
    let checkpoint: Option<i64> = checkpoint.fetch_optional(connection).await.map_err(failed(DOING))?;
    // Somebody else has begun and switched meanwhile.
    unsigned(checkpoint.ok_or(StoreError::Overtaken)?)
}

pub(super) async fn finish(sqlite: &Sqlite, slot: Slot) -> StoreResult<()> {
    let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
    add_to_tallies(&mut transaction, slot, sqlite.building.take_tallied()).await?;
    transaction.commit("counting what was filled in").await?;
    let doing = "indexing the read model";
    for statement in slots::finishing(slot) {
        let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
        sqlx::raw_sql(statement).execute(&mut *transaction).await.map_err(failed(doing))?;
        transaction.commit(doing).await?;
    }
    let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
    sqlx::raw_sql("PRAGMA optimize").execute(&mut *transaction).await.map_err(failed(doing))?;
    transaction.commit(doing).await
}

pub(super) async fn switch_to(sqlite: &Sqlite, slot: Slot) -> StoreResult<()> {
    let mut transaction = sqlite.connections.begin(Durability::Full).await?;
    checkpoint(&mut transaction, slot).await?;
    clear(&mut transaction, slot.other()).await?;
    let switch = sqlx::query("UPDATE read_model SET is_current = 1 WHERE slot = ?").bind(letter(slot));
    switch.execute(&mut *transaction).await.map_err(failed(DOING))?;
    transaction.commit(DOING).await?;
    sqlite.building.end();
    Ok(())
}

pub(super) async fn changing(sqlite: &Sqlite, slot: Slot, now: Instant, limit: u32) -> StoreResult<Vec<SubjectNumber>> {
    let mut connection = sqlite.connections.read().await?;
    let changing = "SELECT number FROM subject_row_{x} WHERE changes_at <= ? ORDER BY changes_at, number LIMIT ?";
    let numbers: Vec<i64> = sqlx::query_scalar(sql(slot, changing))
        .bind(now.micros())
        .bind(limit)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    numbers.into_iter().map(subject_number).collect()
}

pub(super) async fn next_change(sqlite: &Sqlite, slot: Slot, after: Instant) -> StoreResult<Option<Instant>> {
    let mut connection = sqlite.connections.read().await?;
    let next = sqlx::query_scalar(sql(slot, "SELECT min(changes_at) FROM subject_row_{x} WHERE changes_at > ?"));
    let next: Option<i64> = next.bind(after.micros()).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    Ok(next.map(Instant::from_micros))
}
