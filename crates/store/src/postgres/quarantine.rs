//! What was refused, and what people did about it.

use super::Postgres;
use super::connection::Transaction;
use super::error::failed;
use super::place::{at_once, lock, place};
use crate::columns::{signed, unsigned};
use crate::ledger::{Incoming, Taken};
use crate::placing::Placed;
use crate::quarantine::{Action, Quarantined, Standing, Step};
use crate::refusing::{
    ActionColumns, NewlyRefused, QuarantinedColumns, Refused, Same, StepColumns, quarantined, settled, taken,
};
use crate::store::StoreResult;
use calendar::Instant;
use sqlx::postgres::{PgBindIterExt as _, PgConnection};
use std::collections::HashMap;

const DOING: &str = "keeping what was refused";

/// Puts what was refused into the quarantine, and says of everything what became of it. What is open there already, the
/// same bytes at the same line, keeps its number.
pub(super) async fn put_in(
    transaction: &mut Transaction,
    batch: &[Incoming],
    placed: Vec<Placed>,
) -> StoreResult<Vec<Taken>> {
    let refused = Refused::of(batch, &placed);
    let numbers = if refused.is_empty() { Vec::new() } else { number(transaction, refused).await? };
    taken(placed, numbers)
}

/// The numbers of what was refused, in order; what is new there is written.
async fn number(connection: &mut PgConnection, refused: Refused<'_>) -> StoreResult<Vec<u64>> {
    let open = open_ones(connection, &refused).await?;
    let last = "SELECT coalesce(max(number), 0) FROM quarantined";
    let last: i64 = sqlx::query_scalar(last).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    let (numbers, new) = refused.number(open, last)?;
    write(connection, &new).await?;
    Ok(numbers)
}

/// The numbers of those that are open already.
async fn open_ones(connection: &mut PgConnection, refused: &Refused<'_>) -> StoreResult<HashMap<Same, i64>> {
    let open =
        "SELECT open.digest, open.line, open.number FROM unnest($1::bytea[], $2::bigint[]) AS asked (digest, line)
                JOIN quarantine_open AS open ON open.digest = asked.digest AND open.line = asked.line";
    let open: Vec<(Vec<u8>, i64, i64)> = sqlx::query_as(open)
        .bind(refused.sames().map(|(digest, _)| digest.as_slice()).bind_iter())
        .bind(refused.sames().map(|(_, line)| *line).bind_iter())
        .fetch_all(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(open.into_iter().map(|(digest, line, number)| ((digest, line), number)).collect())
}

async fn write(connection: &mut PgConnection, new: &[NewlyRefused<'_>]) -> StoreResult<()> {
    let quarantined = "INSERT INTO quarantined (number, received, line, digest, bytes, reason, field, detail)
                       SELECT number, received, line, digest, bytes, reason, field, detail
                       FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[], $6::text[],
                                   $7::text[], $8::text[])
                       AS new (number, received, line, digest, bytes, reason, field, detail)";
    let open = "INSERT INTO quarantine_open (digest, line, number)
                SELECT digest, line, number FROM unnest($1::bytea[], $2::bigint[], $3::bigint[])
                AS new (digest, line, number)";
    let mut rest = new;
    while !rest.is_empty() {
        let (some, after) = rest.split_at(at_once(rest.iter().map(|one| one.incoming.bytes.len())));
        rest = after;
        sqlx::query(quarantined)
            .bind(some.iter().map(|one| one.number).bind_iter())
            .bind(some.iter().map(|one| one.incoming.received.micros()).bind_iter())
            .bind(some.iter().map(|one| one.incoming.line.map(signed)).bind_iter())
            .bind(some.iter().map(|one| one.same.0.as_slice()).bind_iter())
            .bind(some.iter().map(|one| &*one.incoming.bytes).bind_iter())
            .bind(some.iter().map(|one| one.refusal.reason.as_str()).bind_iter())
            .bind(some.iter().map(|one| one.refusal.field.as_deref()).bind_iter())
            .bind(some.iter().map(|one| one.refusal.detail.as_str()).bind_iter())
            .execute(&mut *connection)
            .await
            .map_err(failed(DOING))?;
        sqlx::query(open)
            .bind(some.iter().map(|one| one.same.0.as_slice()).bind_iter())
            .bind(some.iter().map(|one| one.same.1).bind_iter())
            .bind(some.iter().map(|one| one.number).bind_iter())
            .execute(&mut *connection)
            .await
            .map_err(failed(DOING))?;
    }
    Ok(())
}

pub(super) async fn listed(
    postgres: &Postgres,
    standing: Standing,
    after: u64,
    limit: u32,
) -> StoreResult<Vec<Quarantined>> {
    let which = match standing {
        Standing::Open => "EXISTS (SELECT FROM quarantine_open AS open WHERE open.number = quarantined.number)",
        Standing::Settled => "NOT EXISTS (SELECT FROM quarantine_open AS open WHERE open.number = quarantined.number)",
        Standing::All => "TRUE",
    };
    read(postgres, which, signed(after), limit).await
}

pub(super) async fn one(postgres: &Postgres, number: u64) -> StoreResult<Option<Quarantined>> {
    let Some(before) = number.checked_sub(1) else { return Ok(None) };
    let next = read(postgres, "TRUE", signed(before), 1).await?.pop();
    Ok(next.filter(|next| next.number == number))
}

pub(super) async fn open(postgres: &Postgres) -> StoreResult<u64> {
    let mut connection = postgres.connections.read().await?;
    let count = sqlx::query_scalar("SELECT count(*) FROM quarantine_open").fetch_one(&mut *connection);
    unsigned(count.await.map_err(failed(DOING))?)
}

async fn read(postgres: &Postgres, which: &'static str, after: i64, limit: u32) -> StoreResult<Vec<Quarantined>> {
    let mut moment = postgres.connections.moment().await?;
    let list = format!(
        "SELECT number, received, line, bytes, reason, field, detail FROM quarantined
         WHERE number > $1 AND {which} ORDER BY number LIMIT $2"
    );
    let list: Vec<QuarantinedColumns> = sqlx::query_as(sqlx::AssertSqlSafe(list))
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&mut *moment)
        .await
        .map_err(failed(DOING))?;
    let steps = "SELECT number, at, by, what, position, reason, field, detail FROM quarantine_step
                 WHERE number = ANY ($1) ORDER BY number, ordinal";
    let steps: Vec<StepColumns> = sqlx::query_as(steps)
        .bind(list.iter().map(|columns| columns.0).bind_iter())
        .fetch_all(&mut *moment)
        .await
        .map_err(failed(DOING))?;
    moment.commit().await.map_err(failed(DOING))?;
    quarantined(list, steps)
}

pub(super) async fn discard(
    postgres: &Postgres,
    number: u64,
    reason: &str,
    by: &str,
    now: Instant,
) -> StoreResult<bool> {
    let mut transaction = postgres.connections.begin().await?;
    lock(&mut transaction).await?;
    if !is_open(&mut transaction, number).await? {
        transaction.rollback().await.map_err(failed(DOING))?;
        return Ok(false);
    }
    let step = Step { at: now, by: by.to_owned(), what: Action::Discarded(reason.to_owned()) };
    write_step(&mut transaction, number, &step).await?;
    transaction.commit().await.map_err(failed(DOING))?;
    Ok(true)
}

pub(super) async fn settle(
    postgres: &Postgres,
    number: u64,
    incoming: Incoming,
    corrected: bool,
    by: &str,
    now: Instant,
) -> StoreResult<Option<Action>> {
    let mut transaction = postgres.connections.begin().await?;
    lock(&mut transaction).await?;
    if !is_open(&mut transaction, number).await? {
        transaction.rollback().await.map_err(failed(DOING))?;
        return Ok(None);
    }
    let placed = place(&mut transaction, &[incoming], now).await?.pop();
    let what = settled(placed, corrected)?;
    let step = Step { at: now, by: by.to_owned(), what };
    write_step(&mut transaction, number, &step).await?;
    transaction.commit().await.map_err(failed(DOING))?;
    Ok(Some(step.what))
}

pub(super) async fn copy(postgres: &Postgres, copied: Vec<Quarantined>) -> StoreResult<()> {
    let mut transaction = postgres.connections.begin().await?;
    lock(&mut transaction).await?;
    // One after the other, as the same bytes can be open only once at a time.
    for Quarantined { number, received, line, bytes, refusal, steps } in copied {
        let incoming = Incoming { bytes, received, line, checked: Err(refusal.clone()) };
        write(&mut transaction, &[NewlyRefused::with(signed(number), &incoming, &refusal)]).await?;
        for step in &steps {
            write_step(&mut transaction, number, step).await?;
        }
    }
    transaction.commit().await.map_err(failed(DOING))
}

async fn is_open(connection: &mut PgConnection, number: u64) -> StoreResult<bool> {
    let open = sqlx::query_scalar("SELECT EXISTS (SELECT FROM quarantine_open WHERE number = $1)");
    open.bind(signed(number)).fetch_one(connection).await.map_err(failed(DOING))
}

async fn write_step(connection: &mut PgConnection, number: u64, step: &Step) -> StoreResult<()> {
    let action = ActionColumns::of(&step.what);
    let insert = "INSERT INTO quarantine_step (number, ordinal, at, by, what, position, reason, field, detail)
                  VALUES ($1, (SELECT coalesce(max(ordinal), 0) + 1 FROM quarantine_step WHERE number = $1),
                          $2, $3, $4, $5, $6, $7, $8)";
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
        let close = sqlx::query("DELETE FROM quarantine_open WHERE number = $1").bind(signed(number));
        close.execute(connection).await.map_err(failed(DOING))?;
    }
    Ok(())
}
