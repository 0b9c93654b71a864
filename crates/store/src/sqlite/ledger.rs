//! Taking events, and reading them back.

use super::Sqlite;
use super::connection::Durability;
use super::error::failed;
use super::place::place;
use super::quarantine;
use crate::columns::{hash, signed, subject_number, unsigned};
use crate::ledger::{Incoming, Position, Stored, Taken, TreeHead};
use crate::merkle::Frontier;
use crate::store::StoreResult;
use bytes::Bytes;
use calendar::Instant;

const DOING: &str = "reading the ledger";

pub(super) async fn take(sqlite: &Sqlite, batch: Vec<Incoming>, now: Instant) -> StoreResult<Vec<Taken>> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let mut transaction = sqlite.connections.begin(Durability::Full).await?;
    let placed = place(&mut transaction, &batch, now).await?;
    let taken = quarantine::put_in(&mut transaction, &batch, placed).await?;
    transaction.commit("committing events").await?;
    Ok(taken)
}

pub(super) async fn head(sqlite: &Sqlite) -> StoreResult<TreeHead> {
    let mut connection = sqlite.connections.read().await?;
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

pub(super) async fn tree_heads(sqlite: &Sqlite, after: u64, limit: u32) -> StoreResult<Vec<TreeHead>> {
    let mut connection = sqlite.connections.read().await?;
    let heads: Vec<(i64, Vec<u8>, i64)> =
        sqlx::query_as("SELECT size, root, at FROM tree_head WHERE size > ? ORDER BY size LIMIT ?")
            .bind(signed(after))
            .bind(limit)
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

pub(super) async fn events_from(sqlite: &Sqlite, from: Position, limit: u32) -> StoreResult<Vec<Stored>> {
    let mut connection = sqlite.connections.read().await?;
    let events = "SELECT position, received, subject, bytes FROM event WHERE position >= ? ORDER BY position LIMIT ?";
    let events: Vec<StoredColumns> = sqlx::query_as(events)
        .bind(signed(from))
        .bind(limit)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    events.into_iter().map(stored).collect()
}

pub(super) async fn position_of(sqlite: &Sqlite, source: &str, id: &str) -> StoreResult<Option<Position>> {
    let mut connection = sqlite.connections.read().await?;
    let position = "SELECT position FROM event WHERE source = (SELECT id FROM source WHERE source = ?) AND id = ?";
    let position: Option<i64> = sqlx::query_scalar(position)
        .bind(source)
        .bind(id)
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    position.map(unsigned).transpose()
}
