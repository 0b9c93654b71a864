//! Taking events, and reading them back.

use super::Postgres;
use super::error::failed;
use super::place::{key_of, lock, place};
use super::quarantine;
use crate::columns::{hash, signed, subject_number, unsigned};
use crate::ledger::{Incoming, Position, Stored, SubjectNumber, Taken, TreeHead};
use crate::merkle::Frontier;
use crate::store::StoreResult;
use bytes::Bytes;
use calendar::Instant;

const DOING: &str = "reading the ledger";

pub(super) async fn take(postgres: &Postgres, batch: Vec<Incoming>, now: Instant) -> StoreResult<Vec<Taken>> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let mut transaction = postgres.connections.begin().await?;
    lock(&mut transaction).await?;
    let placed = place(&mut transaction, &batch, now).await?;
    let taken = quarantine::put_in(&mut transaction, &batch, placed).await?;
    transaction.commit().await.map_err(failed("committing events"))?;
    Ok(taken)
}

pub(super) async fn head(postgres: &Postgres) -> StoreResult<TreeHead> {
    let mut connection = postgres.connections.read().await?;
    let last: Option<(i64, Vec<u8>, i64)> =
        sqlx::query_as("SELECT size, root, at FROM tree_head ORDER BY size DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await
            .map_err(failed(DOING))?;
    last.map_or_else(|| Ok(TreeHead { size: 0, root: Frontier::new().root(), at: None }), tree_head)
}

fn tree_head((size, root, at): (i64, Vec<u8>, i64)) -> StoreResult<TreeHead> {
    Ok(TreeHead { size: unsigned(size)?, root: hash(&root)?, at: Some(Instant::from_micros(at)) })
}

pub(super) async fn tree_heads(postgres: &Postgres, after: u64, limit: u32) -> StoreResult<Vec<TreeHead>> {
    let mut connection = postgres.connections.read().await?;
    let heads: Vec<(i64, Vec<u8>, i64)> =
        sqlx::query_as("SELECT size, root, at FROM tree_head WHERE size > $1 ORDER BY size LIMIT $2")
            .bind(signed(after))
            .bind(i64::from(limit))
            .fetch_all(&mut *connection)
            .await
            .map_err(failed(DOING))?;
    heads.into_iter().map(tree_head).collect()
}

type StoredColumns = (i64, i64, i64, Vec<u8>);

fn stored((position, received, subject, bytes): StoredColumns) -> StoreResult<Stored> {
    Ok(Stored {
        position: unsigned(position)?,
        received: Instant::from_micros(received),
        subject: subject_number(subject)?,
        bytes: Bytes::from(bytes),
    })
}

pub(super) async fn events_from(postgres: &Postgres, from: Position, limit: u32) -> StoreResult<Vec<Stored>> {
    let mut connection = postgres.connections.read().await?;
    let events = "SELECT position, received, subject, bytes FROM event WHERE position >= $1 ORDER BY position LIMIT $2";
    let events: Vec<StoredColumns> = sqlx::query_as(events)
        .bind(signed(from))
        .bind(i64::from(limit))
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    events.into_iter().map(stored).collect()
}

/// The events of the subjects up to a position, in the order of the ledger.
pub(super) async fn events_of(
    postgres: &Postgres,
    subjects: &[SubjectNumber],
    to: Position,
) -> StoreResult<Vec<Stored>> {
    let mut connection = postgres.connections.read().await?;
    let subjects: Vec<i64> = subjects.iter().copied().map(i64::from).collect();
    let events = "SELECT position, received, subject, bytes FROM event WHERE subject = ANY ($1) AND position <= $2";
    let events: Vec<StoredColumns> = sqlx::query_as(events)
        .bind(subjects)
        .bind(signed(to))
        .fetch_all(&mut *connection)
        .await
        .map_err(failed("reading the events of subjects"))?;
    let mut events: Vec<Stored> = events.into_iter().map(stored).collect::<StoreResult<_>>()?;
    events.sort_unstable_by_key(|event| event.position);
    Ok(events)
}

pub(super) async fn position_of(postgres: &Postgres, source: &str, id: &str) -> StoreResult<Option<Position>> {
    let mut connection = postgres.connections.read().await?;
    let position = "SELECT position FROM event
                    WHERE source = (SELECT id FROM source WHERE source_key = $1) AND id_key = $2";
    let position: Option<i64> = sqlx::query_scalar(position)
        .bind(key_of(source))
        .bind(key_of(id))
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    position.map(unsigned).transpose()
}
