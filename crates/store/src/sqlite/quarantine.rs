//! What was refused, and what people did about it.

use super::Sqlite;
use super::bulk::{Insert, Values};
use crate::columns::{json, signed, unsigned};
use super::connection::Durability;
use super::error::failed;
use super::place::{Placed, place};
use crate::ledger::{Incoming, Taken};
use crate::merkle::hex;
use crate::quarantine::{Action, Quarantined, Standing, Step};
use crate::store::{StoreError, StoreResult};
use bytes::Bytes;
use calendar::Instant;
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;
use vocabulary::{Reason, Refusal};

const DOING: &str = "keeping what was refused";

/// What the same bytes are known by: their SHA-256 and their line, 0 where there was no file.
type Same = (Vec<u8>, i64);

fn same(incoming: &Incoming) -> Same {
    (Sha256::digest(&incoming.bytes).to_vec(), incoming.line.map_or(0, signed))
}

/// Puts what was refused into the quarantine, and says of everything what became of it. What is open there already, the
/// same bytes at the same line, keeps its number.
pub(super) async fn put_in(
    connection: &mut SqliteConnection,
    batch: &[Incoming],
    placed: Vec<Placed>,
) -> StoreResult<Vec<Taken>> {
    let refused: Vec<(&Incoming, &Refusal)> = batch
        .iter()
        .zip(&placed)
        .filter_map(
            |(incoming, placed)| if let Placed::Refused(refusal) = placed { Some((incoming, refusal)) } else { None },
        )
        .collect();
    let mut numbers = if refused.is_empty() { Vec::new() } else { number(connection, &refused).await? }.into_iter();
    let taken = placed.into_iter().map(|placed| match placed {
        Placed::Appended(position) => Ok(Taken::Appended(position)),
        Placed::Repeated(position) => Ok(Taken::Repeated(position)),
        Placed::Refused(refusal) => {
            let number = numbers.next();
            let number = number.ok_or_else(|| StoreError::Damaged("something refused has no number".to_owned()))?;
            Ok(Taken::Quarantined { number, refusal })
        }
    });
    taken.collect()
}

/// The numbers of what was refused, in order; what is new there is written.
async fn number(connection: &mut SqliteConnection, refused: &[(&Incoming, &Refusal)]) -> StoreResult<Vec<u64>> {
    let sames: Vec<Same> = refused.iter().map(|(incoming, _)| same(incoming)).collect();
    let mut open = open_ones(connection, &sames).await?;
    let last = "SELECT coalesce(max(number), 0) FROM quarantined";
    let mut last: i64 = sqlx::query_scalar(last).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    let mut new: Vec<(i64, &Same, &Incoming, &Refusal)> = Vec::new();
    let mut numbers = Vec::with_capacity(refused.len());
    for (same, (incoming, refusal)) in sames.iter().zip(refused) {
        let number = *open.entry(same.clone()).or_insert_with(|| {
            last += 1;
            new.push((last, same, incoming, refusal));
            last
        });
        numbers.push(unsigned(number)?);
    }
    write(connection, &new).await?;
    Ok(numbers)
}

/// The numbers of those that are open already.
async fn open_ones(connection: &mut SqliteConnection, sames: &[Same]) -> StoreResult<HashMap<Same, i64>> {
    // Of each: the digest in hexadecimal, 64 figures, and the line after them.
    let asked: Vec<String> = sames.iter().map(|(digest, line)| format!("{}{line}", hex(digest))).collect();
    let open = "SELECT open.digest, open.line, open.number FROM json_each(?) AS asked CROSS JOIN quarantine_open AS open
                ON open.digest = unhex(substr(asked.value, 1, 64)) AND open.line = CAST(substr(asked.value, 65) AS INTEGER)";
    let open: Vec<(Vec<u8>, i64, i64)> =
        sqlx::query_as(open).bind(json(&asked)).fetch_all(connection).await.map_err(failed(DOING))?;
    Ok(open.into_iter().map(|(digest, line, number)| ((digest, line), number)).collect())
}

async fn write(connection: &mut SqliteConnection, new: &[(i64, &Same, &Incoming, &Refusal)]) -> StoreResult<()> {
    let head = "INSERT INTO quarantined (number, received, line, digest, bytes, reason, field, detail)";
    let quarantined = Insert { head, columns: 8, tail: "", doing: DOING };
    let add = |values: &mut Values, (number, same, incoming, refusal): &(i64, &Same, &Incoming, &Refusal)| {
        values
            .add(*number)
            .add(incoming.received.micros())
            .add(incoming.line.map(signed))
            .add(same.0.as_slice())
            .add(&*incoming.bytes)
            .add(refusal.reason.as_str())
            .add(refusal.field.as_deref())
            .add(refusal.detail.as_str());
    };
    quarantined.rows(connection, new, add).await?;
    let head = "INSERT INTO quarantine_open (digest, line, number)";
    let open = Insert { head, columns: 3, tail: "", doing: DOING };
    let add = |values: &mut Values, (number, same, _, _): &(i64, &Same, &Incoming, &Refusal)| {
        values.add(same.0.as_slice()).add(same.1).add(*number);
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

type QuarantinedColumns = (i64, i64, Option<i64>, Vec<u8>, String, Option<String>, String);
type StepColumns = (i64, i64, String, String, Option<i64>, Option<String>, Option<String>, Option<String>);

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
    let mut by_number: HashMap<i64, Vec<Step>> = HashMap::new();
    for columns in steps {
        by_number.entry(columns.0).or_default().push(step(columns)?);
    }
    let list = list.into_iter().map(|(number, received, line, bytes, reason, field, detail)| {
        Ok(Quarantined {
            number: unsigned(number)?,
            received: Instant::from_micros(received),
            line: line.map(unsigned).transpose()?,
            bytes: Bytes::from(bytes),
            refusal: refusal(&reason, field, detail)?,
            steps: by_number.remove(&number).unwrap_or_default(),
        })
    });
    list.collect()
}

fn refusal(code: &str, field: Option<String>, detail: String) -> StoreResult<Refusal> {
    let reason = Reason::from_code(code);
    let reason = reason.ok_or_else(|| StoreError::Damaged(format!("something was refused for {code}, no reason")))?;
    Ok(Refusal { reason, field, detail })
}

fn step((_, at, by, what, position, reason, field, detail): StepColumns) -> StoreResult<Step> {
    let detail = detail.unwrap_or_default();
    let what = match (what.as_str(), position, reason) {
        ("corrected", Some(position), _) => Action::Corrected(unsigned(position)?),
        ("released", Some(position), _) => Action::Released(unsigned(position)?),
        ("refused_again", _, Some(reason)) => Action::RefusedAgain(refusal(&reason, field, detail)?),
        ("discarded", _, _) => Action::Discarded(detail),
        _ => return Err(StoreError::Damaged(format!("a step in the quarantine is {what}, without what it needs"))),
    };
    Ok(Step { at: Instant::from_micros(at), by, what })
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
    let what = match placed {
        Some(Placed::Appended(position) | Placed::Repeated(position)) if corrected => Action::Corrected(position),
        Some(Placed::Appended(position) | Placed::Repeated(position)) => Action::Released(position),
        Some(Placed::Refused(refusal)) => Action::RefusedAgain(refusal),
        None => return Err(StoreError::Damaged("nothing became of an event".to_owned())),
    };
    let step = Step { at: now, by: by.to_owned(), what };
    write_step(&mut transaction, number, &step).await?;
    transaction.commit(DOING).await?;
    Ok(Some(step.what))
}

async fn is_open(connection: &mut SqliteConnection, number: u64) -> StoreResult<bool> {
    let open = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM quarantine_open WHERE number = ?)");
    open.bind(signed(number)).fetch_one(connection).await.map_err(failed(DOING))
}

async fn write_step(connection: &mut SqliteConnection, number: u64, step: &Step) -> StoreResult<()> {
    let (position, refusal, detail) = match &step.what {
        Action::Corrected(position) | Action::Released(position) => (Some(signed(*position)), None, None),
        Action::RefusedAgain(refusal) => (None, Some(refusal), Some(refusal.detail.as_str())),
        Action::Discarded(reason) => (None, None, Some(reason.as_str())),
    };
    let insert = "INSERT INTO quarantine_step (number, ordinal, at, by, what, position, reason, field, detail)
                  VALUES (?1, (SELECT coalesce(max(ordinal), 0) + 1 FROM quarantine_step WHERE number = ?1),
                          ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    sqlx::query(insert)
        .bind(signed(number))
        .bind(step.at.micros())
        .bind(step.by.as_str())
        .bind(step.what.as_str())
        .bind(position)
        .bind(refusal.map(|refusal| refusal.reason.as_str()))
        .bind(refusal.and_then(|refusal| refusal.field.as_deref()))
        .bind(detail)
        .execute(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    if !matches!(step.what, Action::RefusedAgain(_)) {
        let close = sqlx::query("DELETE FROM quarantine_open WHERE number = ?").bind(signed(number));
        close.execute(connection).await.map_err(failed(DOING))?;
    }
    Ok(())
}
