//! Beginning, filling in and switching read models.

use super::Postgres;
use super::connection::Transaction;
use super::copy::{write_clocks, write_findings, write_subjects};
use super::error::failed;
use super::holders;
use super::project::{add_to_tallies, begin_derived};
use super::slots::{self, as_projector, sql};
use crate::columns::{signed, subject_number, unsigned};
use crate::ledger::{Position, SubjectNumber};
use crate::questions::rows::{clocks_to_write, findings_to_write};
use crate::questions::sql::{letter, of_letter};
use crate::read_model::{ReadModel, Slot, SubjectRows};
use crate::rulebook_digest;
use crate::store::{StoreError, StoreResult};
use calendar::Instant;

const DOING: &str = "reading or switching the read model";

/// How many subjects are copied in one transaction.
const SUBJECTS_AT_ONCE: usize = 2_000;

pub(super) async fn current(postgres: &Postgres) -> StoreResult<Option<ReadModel>> {
    let mut connection = postgres.connections.read().await?;
    let current = "SELECT slot, rulebook, begun, checkpoint FROM read_model WHERE is_current";
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

pub(super) async fn rulebook_text(postgres: &Postgres, digest: &str) -> StoreResult<Option<String>> {
    let mut connection = postgres.connections.read().await?;
    let text = sqlx::query_scalar("SELECT text FROM rulebook WHERE digest = $1").bind(digest);
    text.fetch_optional(&mut *connection).await.map_err(failed(DOING))
}

pub(super) async fn begin(
    postgres: &Postgres,
    rulebook: &str,
    checkpoint: Position,
    now: Instant,
) -> StoreResult<ReadModel> {
    postgres.building.begin(&postgres.connections, now).await?;
    let mut transaction = begin_derived(&postgres.connections).await?;
    as_projector(&mut transaction).await?;
    let is_read: Option<String> = sqlx::query_scalar("SELECT slot FROM read_model WHERE is_current FOR UPDATE")
        .fetch_optional(&mut *transaction)
        .await
        .map_err(failed(DOING))?;
    let is_read = is_read.map(|letter| of_letter(&letter)).transpose()?;
    let slot = is_read.map_or(Slot::A, Slot::other);
    forget(&mut transaction, slot).await?;
    slots::make(&mut transaction, slot).await?;
    let digest = rulebook_digest(rulebook);
    sqlx::query("INSERT INTO rulebook (digest, text) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(digest.as_str())
        .bind(rulebook)
        .execute(&mut *transaction)
        .await
        .map_err(failed(DOING))?;
    let insert =
        "INSERT INTO read_model (slot, rulebook, begun, checkpoint, is_current) VALUES ($1, $2, $3, $4, false)";
    sqlx::query(insert)
        .bind(letter(slot))
        .bind(digest.as_str())
        .bind(now.micros())
        .bind(signed(checkpoint))
        .execute(&mut *transaction)
        .await
        .map_err(failed(DOING))?;
    transaction.commit().await.map_err(failed(DOING))?;
    Ok(ReadModel { slot, rulebook: digest, begun: now, checkpoint })
}

async fn forget(transaction: &mut Transaction, slot: Slot) -> StoreResult<()> {
    let forget = sqlx::query("DELETE FROM read_model WHERE slot = $1").bind(letter(slot));
    forget.execute(&mut **transaction).await.map_err(failed(DOING))?;
    Ok(())
}

pub(super) async fn fill(postgres: &Postgres, slot: Slot, rows: Vec<SubjectRows>) -> StoreResult<()> {
    for some in rows.chunks(SUBJECTS_AT_ONCE) {
        let mut transaction = begin_derived(&postgres.connections).await?;
        as_projector(&mut transaction).await?;
        let position = checkpoint(postgres, &mut transaction, slot).await?;
        let numbered = holders::number(&postgres.holders, &mut transaction, some).await?;
        write_subjects(&mut transaction, slot, some, &numbered, position).await?;
        let clocks = clocks_to_write(some, &numbered)?;
        write_clocks(&mut transaction, slot, &clocks, position).await?;
        write_findings(&mut transaction, slot, &findings_to_write(some), position).await?;
        transaction.commit().await.map_err(failed("filling in the read model"))?;
        postgres.building.count(&clocks);
        postgres.holders.remember(numbered);
    }
    Ok(())
}

/// The checkpoint of the read model that this process fills in; [`StoreError::Overtaken`] where somebody else has begun
/// another there meanwhile.
async fn checkpoint(postgres: &Postgres, transaction: &mut Transaction, slot: Slot) -> StoreResult<Position> {
    let begun = postgres.building.begun().ok_or(StoreError::Overtaken)?;
    let checkpoint: Option<i64> =
        sqlx::query_scalar("SELECT checkpoint FROM read_model WHERE slot = $1 AND begun = $2 FOR SHARE")
            .bind(letter(slot))
            .bind(begun.micros())
            .fetch_optional(&mut **transaction)
            .await
            .map_err(failed(DOING))?;
    unsigned(checkpoint.ok_or(StoreError::Overtaken)?)
}

pub(super) async fn finish(postgres: &Postgres, slot: Slot) -> StoreResult<()> {
    let mut transaction = begin_derived(&postgres.connections).await?;
    as_projector(&mut transaction).await?;
    checkpoint(postgres, &mut transaction, slot).await?;
    add_to_tallies(&mut transaction, slot, postgres.building.take_tallied()).await?;
    slots::finish(&mut transaction, slot).await?;
    transaction.commit().await.map_err(failed("indexing the read model"))
}

pub(super) async fn switch_to(postgres: &Postgres, slot: Slot) -> StoreResult<()> {
    let mut transaction = postgres.connections.begin().await?;
    as_projector(&mut transaction).await?;
    let switched: Option<i64> = sqlx::query_scalar("SELECT checkpoint FROM read_model WHERE slot = $1 FOR UPDATE")
        .bind(letter(slot))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(failed(DOING))?;
    switched.ok_or(StoreError::Overtaken)?;
    forget(&mut transaction, slot.other()).await?;
    slots::empty(&mut transaction, slot.other()).await?;
    let switch = sqlx::query("UPDATE read_model SET is_current = true WHERE slot = $1").bind(letter(slot));
    switch.execute(&mut *transaction).await.map_err(failed(DOING))?;
    transaction.commit().await.map_err(failed(DOING))?;
    postgres.building.end();
    Ok(())
}

pub(super) async fn changing(
    postgres: &Postgres,
    slot: Slot,
    now: Instant,
    limit: u32,
) -> StoreResult<Vec<SubjectNumber>> {
    let mut connection = postgres.connections.read().await?;
    let changing = "SELECT number FROM subject_row_{x} WHERE changes_at <= $1 ORDER BY changes_at, number LIMIT $2";
    let numbers: Vec<i64> = sqlx::query_scalar(sql(slot, changing))
        .bind(now.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    numbers.into_iter().map(subject_number).collect()
}

pub(super) async fn next_change(postgres: &Postgres, slot: Slot, after: Instant) -> StoreResult<Option<Instant>> {
    let mut connection = postgres.connections.read().await?;
    let next = sqlx::query_scalar(sql(slot, "SELECT min(changes_at) FROM subject_row_{x} WHERE changes_at > $1"));
    let next: Option<i64> = next.bind(after.micros()).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    Ok(next.map(Instant::from_micros))
}
