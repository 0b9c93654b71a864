//! Giving events their places: the one way into the ledger.

use super::bulk::Insert;
use super::error::failed;
use super::families;
use super::keys::{ASKED, Keys, SOURCE};
use crate::columns::{json, signed, unsigned};
use crate::ledger::{Incoming, Position};
use crate::merkle::Frontier;
use crate::placing::{
    ByKey, End, EndColumns, New, Numbering, Placed, arrivals, decide, digest_of, events, grow, key, subjects,
};
use crate::store::StoreResult;
use calendar::Instant;
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;
use vocabulary::{Digest, Subject};

const DOING: &str = "appending events";

/// Appends what is new, in order, within the transaction that the connection is in.
pub(super) async fn place(
    connection: &mut SqliteConnection,
    batch: &[Incoming],
    now: Instant,
) -> StoreResult<Vec<Placed>> {
    let mut end = end(connection).await?;
    let sources = sources(connection, batch, &mut end).await?;
    let known = known(connection, batch, &sources).await?;
    let (placed, mut new) = decide(batch, &sources, known, end.frontier.size())?;
    if new.is_empty() {
        return Ok(placed);
    }
    let subjects = number_subjects(connection, &mut new, &mut end).await?;
    write_events(connection, &new).await?;
    if let Some(arrivals) = arrivals(&new, &subjects, end.awaiting) {
        families::join(connection, &arrivals, end.awaiting).await?;
    }
    grow(&mut end.frontier, &new);
    write_head(connection, &end.frontier, now).await?;
    Ok(placed)
}

async fn end(connection: &mut SqliteConnection) -> StoreResult<End> {
    let ends = "SELECT coalesce((SELECT max(position) FROM event), 0), (SELECT max(size) FROM tree_head),
                (SELECT root FROM tree_head ORDER BY size DESC LIMIT 1),
                (SELECT frontier FROM tree_head ORDER BY size DESC LIMIT 1),
                coalesce((SELECT max(id) FROM source), 0), coalesce((SELECT max(number) FROM subject), 0),
                EXISTS (SELECT 1 FROM awaited)";
    type Ends = (i64, Option<i64>, Option<Vec<u8>>, Option<Vec<u8>>, i64, i64, bool);
    let (events, size, root, frontier, last_source, last_subject, awaiting): Ends =
        sqlx::query_as(ends).fetch_one(connection).await.map_err(failed(DOING))?;
    let frontier = EndColumns { events, size, root, frontier }.frontier()?;
    Ok(End { frontier, last_source, last_subject, awaiting })
}

/// The sources of the batch by name; new ones are written.
async fn sources<'b>(
    connection: &mut SqliteConnection,
    batch: &'b [Incoming],
    end: &mut End,
) -> StoreResult<HashMap<&'b str, i64>> {
    let mut sources = Numbering::of(events(batch).map(|event| &*event.source));
    if sources.wanted().is_empty() {
        return Ok(HashMap::new());
    }
    let asked = "SELECT asked.key, source.id FROM json_each(?) AS asked JOIN source ON source.source = asked.value";
    let found: Vec<(i64, i64)> =
        sqlx::query_as(asked).bind(json(&sources.wanted())).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    found.into_iter().for_each(|(place, id)| sources.found(place, id));
    let (sources, new) = sources.number(&mut end.last_source);
    let insert = Insert { head: "INSERT OR ROLLBACK INTO source (id, source)", columns: 2, tail: "", doing: DOING };
    insert.rows(connection, &new, |values, (id, name)| _ = values.add(*id).add(*name)).await?;
    Ok(sources)
}

/// The events of the batch that the ledger has already.
async fn known<'b>(
    connection: &mut SqliteConnection,
    batch: &'b [Incoming],
    sources: &HashMap<&'b str, i64>,
) -> StoreResult<ByKey<'b, (Position, Digest)>> {
    let mut keys = Keys::default();
    for event in events(batch) {
        let (source, id) = key(event, sources)?;
        keys.add(source, id);
    }
    let mut known = ByKey::with_capacity(batch.len());
    if keys.is_empty() {
        return Ok(known);
    }
    let asked = sqlx::AssertSqlSafe(format!(
        "SELECT {SOURCE}, ids.key, event.position, event.digest
         FROM {ASKED} CROSS JOIN event INDEXED BY event_id ON event.source = {SOURCE} AND event.id = ids.value"
    ));
    let found: Vec<(i64, i64, i64, Vec<u8>)> =
        sqlx::query_as(asked).bind(keys.json()).fetch_all(connection).await.map_err(failed(DOING))?;
    for (source, place, position, digest) in found {
        let digest = digest_of(position, &digest)?;
        if let Some(id) = keys.id(source, place) {
            known.insert((source, id), (unsigned(position)?, digest));
        }
    }
    Ok(known)
}

/// Gives the subjects of new events their numbers, and those of whoever they are merged into; new ones are written.
async fn number_subjects<'b>(
    connection: &mut SqliteConnection,
    new: &mut [New<'b>],
    end: &mut End,
) -> StoreResult<HashMap<&'b Subject, i64>> {
    let mut numbers = Numbering::of(subjects(new));
    let asked = "SELECT asked.key, subject.number FROM json_each(?) AS asked CROSS JOIN subject
                 ON subject.subject = asked.value";
    let found: Vec<(i64, i64)> =
        sqlx::query_as(asked).bind(json(&numbers.wanted())).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    found.into_iter().for_each(|(place, number)| numbers.found(place, number));
    let (numbers, added) = numbers.number(&mut end.last_subject);
    // Whoever is new is a family alone, until a link joins it to another.
    let head = "INSERT OR ROLLBACK INTO subject (number, subject, family)";
    let insert = Insert { head, columns: 3, tail: "", doing: DOING };
    let add = |values: &mut super::bulk::Values, (number, subject): &(i64, &Subject)| {
        values.add(*number).add(subject.to_string()).add(*number);
    };
    insert.rows(connection, &added, add).await?;
    for one in new {
        one.subject = numbers.get(&one.event.subject).copied().unwrap_or_default();
    }
    Ok(numbers)
}

async fn write_events(connection: &mut SqliteConnection, new: &[New<'_>]) -> StoreResult<()> {
    let head = "INSERT OR ROLLBACK INTO event
                (position, source, id, subject, type, occurred, recorded, received, digest, bytes)";
    let insert = Insert { head, columns: 10, tail: "", doing: DOING };
    let add = |values: &mut super::bulk::Values, one: &New<'_>| {
        values
            .add(one.position)
            .add(one.source)
            .add(one.event.id.as_str())
            .add(one.subject)
            .add(one.event.event_type().name())
            .add(one.event.occurred.micros())
            .add(one.event.recorded.micros())
            .add(one.incoming.received.micros())
            .add(one.event.digest.0.to_be_bytes().as_slice())
            .add(&*one.incoming.bytes);
    };
    insert.rows(connection, new, add).await
}

async fn write_head(connection: &mut SqliteConnection, frontier: &Frontier, now: Instant) -> StoreResult<()> {
    sqlx::query("INSERT INTO tree_head (size, root, frontier, at) VALUES (?, ?, ?, ?)")
        .bind(signed(frontier.size()))
        .bind(frontier.root().as_slice())
        .bind(frontier.to_bytes())
        .bind(now.micros())
        .execute(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(())
}
