//! What was refused, and what people did about it.

use super::Sqlite;
use super::bulk::{Insert, Values};
use super::connection::Durability;
use super::error::failed;
use super::place::place;
use crate::columns::{json, signed, unsigned};
use crate::ledger::{Incoming, Taken};
use crate::merkle::hex;
use crate::placing::Placed;
use crate::quarantine::{Action, Quarantined, Standing, Step};
use crate::refusing::{
    ActionColumns, NewlyRefused, QuarantinedColumns, Refused, Same, StepColumns, quarantined, settled, taken,
};
use crate::store::StoreResult;
use calendar::Instant;
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;

const DOING: &str = "keeping what was refused";

/// Puts what was refused into the quarantine, and says of everything what became of it. What is open there already, the
/// same bytes at the same line, keeps its number.
pub(super) async fn put_in(
    connection: &mut SqliteConnection,
    batch: &[Incoming],
    placed: Vec<Placed>,
) -> StoreResult<Vec<Taken>> {
    let refused = Refused::of(batch, &placed);
    let numbers = if refused.is_empty() { Vec::new() } else { number(connection, refused).await? };
    taken(placed, numbers)
}

/// The numbers of what was refused, in order; what is new there is written.
async fn number(connection: &mut SqliteConnection, refused: Refused<'_>) -> StoreResult<Vec<u64>> {
    let open = open_ones(connection, refused.sames()).await?;
    let last = "SELECT coalesce(max(number), 0) FROM quarantined";
    let last: i64 = sqlx::query_scalar(last).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    let (numbers, new) = refused.number(open, last)?;
    write(connection, &new).await?;
    Ok(numbers)
}

/// The numbers of those that are open already.
async fn open_ones(
    connection: &mut SqliteConnection,
    sames: impl Iterator<Item = &Same>,
) -> StoreResult<HashMap<Same, i64>> {
    // Of each: the digest in hexadecimal, 64 figures, and the line after them.
    let asked: Vec<String> = sames.map(|(digest, line)| format!("{}{line}", hex(digest))).collect();
    let open = "SELECT open.digest, open.line, open.number FROM json_each(?) AS asked CROSS JOIN quarantine_open AS open
                ON open.digest = unhex(substr(asked.value, 1, 64)) AND open.line = CAST(substr(asked.value, 65) AS INTEGER)";
    let open: Vec<(Vec<u8>, i64, i64)> =
        sqlx::query_as(open).bind(json(&asked)).fetch_all(connection).await.map_err(failed(DOING))?;
    Ok(open.into_iter().map(|(digest, line, number)| ((digest, line), number)).collect())
}

async fn write(connection: &mut SqliteConnection, new: &[NewlyRefused<'_>]) -> StoreResult<()> {
    let head = "INSERT INTO quarantined (number, received, line, digest, bytes, reason, field, detail)";
    let quarantined = Insert { head, columns: 8, tail: "", doing: DOING };
    let add = |values: &mut Values, one: &NewlyRefused<'_>| {
        values
            .add(one.number)
            .add(one.incoming.received.micros())
            .add(one.incoming.line.map(signed))
            .add(one.same.0.as_slice())
            .add(&*one.incoming.bytes)
            .add(one.refusal.reason.as_str())
            .add(one.refusal.field.as_deref())
            .add(one.refusal.detail.as_str());
    };
    quarantined.rows(connection, new, add).await?;
    let head = "INSERT INTO quarantine_open (digest, line, number)";
    let open = Insert { head, columns: 3, tail: "", doing: DOING };
    let add = |values: &mut Values, one: &NewlyRefused<'_>| {
        values.add(one.same.0.as_slice()).add(one.same.1).add(one.number);
    };
    open.rows(connection, new, add).await
}

pub(super) async fn listed(
    sqlite: &Sqlite,
    standing: Standing,
    after: u64,
    limit: u32,
) -> StoreResult<Vec<Quarantined>> {
    let which = match standing {
        Standing::Open => "number IN (SELECT number FROM quarantine_open)",
        Standing::Settled => "number NOT IN (SELECT number FROM quarantine_open)",
        Standing::All => "TRUE",
    };
    let mut connection = sqlite.connections.read().await?;
    read(&mut connection, which, signed(after), limit).await
}

pub(super) async fn one(sqlite: &Sqlite, number: u64) -> StoreResult<Option<Quarantined>> {
    let Some(before) = number.checked_sub(1) else { return Ok(None) };
    let mut connection = sqlite.connections.read().await?;
    let next = read(&mut connection, "TRUE", signed(before), 1).await?.pop();
    Ok(next.filter(|next| next.number == number))
}

pub(super) async fn open(sqlite: &Sqlite) -> StoreResult<u64> {
    let mut connection = sqlite.connections.read().await?;
    let count = sqlx::query_scalar("SELECT count(*) FROM quarantine_open").fetch_one(&mut *connection);
    unsigned(count.await.map_err(failed(DOING))?)
}

async fn read(
    connection: &mut SqliteConnection,
    which: &'static str,
    after: i64,
    limit: u32,
) -> StoreResult<Vec<Quarantined>> {
    let list = format!(
        "SELECT number, received, line, bytes, reason, field, detail FROM quarantined
         WHERE number > ? AND {which} ORDER BY number LIMIT ?"
    );
    let list: Vec<QuarantinedColumns> = sqlx::query_as(sqlx::AssertSqlSafe(list))
        .bind(after)
        .bind(limit)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    let numbers: Vec<i64> = list.iter().map(|columns| columns.0).collect();
    let steps = "SELECT number, at, by, what, position, reason, field, detail FROM quarantine_step
                 WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number, ordinal";
    let steps: Vec<StepColumns> =
        sqlx::query_as(steps).bind(json(&numbers)).fetch_all(connection).await.map_err(failed(DOING))?;
    quarantined(list, steps)
}

pub(super) async fn discard(sqlite: &Sqlite, number: u64, reason: &str, by: &str, now: Instant) -> StoreResult<bool> {
    let mut transaction = sqlite.connections.begin(Durability::Full).await?;
    if !is_open(&mut transaction, number).await? {
        transaction.undo().await?;
        return Ok(false);
    }
    let step = Step { at: now, by: by.to_owned(), what: Action::Discarded(reason.to_owned()) };
    write_step(&mut transaction, number, &step).await?;
    transaction.commit(DOING).await?;
    Ok(true)
}

pub(super) async fn settle(
    sqlite: &Sqlite,
    number: u64,
    incoming: Incoming,
    corrected: bool,
    by: &str,
    now: Instant,
) -> StoreResult<Option<Action>> {
    let mut transaction = sqlite.connections.begin(Durability::Full).await?;
    if !is_open(&mut transaction, number).await? {
        transaction.undo().await?;
        return Ok(None);
    }
    let placed = place(&mut transaction, &[incoming], now).await?.pop();
    let what = settled(placed, corrected)?;
    let step = Step { at: now, by: by.to_owned(), what };
    write_step(&mut transaction, number, &step).await?;
    transaction.commit(DOING).await?;
    Ok(Some(step.what))
}

pub(super) async fn copy(sqlite: &Sqlite, copied: Vec<Quarantined>) -> StoreResult<()> {
    let mut transaction = sqlite.connections.begin(Durability::Full).await?;
    // One after the other, as the same bytes can be open only once at a time.
    for Quarantined { number, received, line, bytes, refusal, steps } in copied {
        let incoming = Incoming { bytes, received, line, checked: Err(refusal.clone()) };
        write(&mut transaction, &[NewlyRefused::with(signed(number), &incoming, &refusal)]).await?;
        for step in &steps {
            write_step(&mut transaction, number, step).await?;
        }
    }
    transaction.commit(DOING).await
}

async fn is_open(connection: &mut SqliteConnection, number: u64) -> StoreResult<bool> {
    let open = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM quarantine_open WHERE number = ?)");
    open.bind(signed(number)).fetch_one(connection).await.map_err(failed(DOING))
}

async fn write_step(connection: &mut SqliteConnection, number: u64, step: &Step) -> StoreResult<()> {
    let action = ActionColumns::of(&step.what);
    let insert = "INSERT INTO quarantine_step (number, ordinal, at, by, what, position, reason, field, detail)
                  VALUES (?1, (SELECT coalesce(max(ordinal), 0) + 1 FROM quarantine_step WHERE number = ?1),
                          ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    sqlx::query(insert)
        .bind(signed(number))
        .bind(step.at.micros())
        .bind(step.by.as_str())
        .bind(step.what.as_str())
        .bind(action.position)
        .bind(action.reason)
        .bind(action.field)
        .bind(action.detail)
        .execute(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    if !action.keeps_open {
        let close = sqlx::query("DELETE FROM quarantine_open WHERE number = ?").bind(signed(number));
        close.execute(connection).await.map_err(failed(DOING))?;
    }
    Ok(())
}
