//! Giving events their places: the one way into the ledger.

use super::connection::Transaction;
use super::error::failed;
use super::families;
use crate::columns::{signed, unsigned};
use crate::ledger::{Incoming, Position};
use crate::merkle::Frontier;
use crate::placing::{
    ByKey, End, EndColumns, New, Numbering, Placed, arrivals, decide, digest_of, events, grow, key, subjects,
};
use crate::store::StoreResult;
use calendar::Instant;
use sha2::{Digest as _, Sha256};
use sqlx::postgres::{PgBindIterExt as _, PgConnection};
use std::collections::HashMap;
use vocabulary::{Digest, Subject};

const DOING: &str = "appending events";

/// The number of the lock that is held by whoever writes to the ledger or the quarantine, until the commit.
const LOCK: i64 = 0x5369_6768_0001;

/// How many bytes of events and ids a statement takes before the next one begins. A statement may have a thousand
/// million; the server has all of one in memory, several times.
const MOST_BYTES_AT_ONCE: usize = 32 * 1024 * 1024;

/// Waits until nobody else writes to the ledger or the quarantine, in this process or another; then nobody does until
/// the transaction ends. Sees to it that its commit is on disk when it is said to be, whatever the server's default.
pub(super) async fn lock(transaction: &mut Transaction) -> StoreResult<()> {
    let lock = "SELECT pg_advisory_xact_lock($1),
                CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', TRUE) END";
    sqlx::query(lock).bind(LOCK).execute(&mut **transaction).await.map_err(failed("waiting to write to the ledger"))?;
    Ok(())
}

/// Appends what is new, in order, within the transaction that the connection is in, after [`lock`].
pub(super) async fn place(connection: &mut PgConnection, batch: &[Incoming], now: Instant) -> StoreResult<Vec<Placed>> {
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

async fn end(connection: &mut PgConnection) -> StoreResult<End> {
    let ends = "SELECT coalesce((SELECT max(position) FROM event), 0), head.size, head.root, head.frontier,
                coalesce((SELECT max(id) FROM source), 0), coalesce((SELECT max(number) FROM subject), 0),
                EXISTS (SELECT FROM awaited)
                FROM (VALUES (0)) AS one LEFT JOIN
                    (SELECT size, root, frontier FROM tree_head ORDER BY size DESC LIMIT 1) AS head ON TRUE";
    type Ends = (i64, Option<i64>, Option<Vec<u8>>, Option<Vec<u8>>, i64, i64, bool);
    let (events, size, root, frontier, last_source, last_subject, awaiting): Ends =
        sqlx::query_as(ends).fetch_one(connection).await.map_err(failed(DOING))?;
    let frontier = EndColumns { events, size, root, frontier }.frontier()?;
    Ok(End { frontier, last_source, last_subject, awaiting })
}

/// The sources of the batch by name; new ones are written.
async fn sources<'b>(
    connection: &mut PgConnection,
    batch: &'b [Incoming],
    end: &mut End,
) -> StoreResult<HashMap<&'b str, i64>> {
    let mut sources = Numbering::of(events(batch).map(|event| &*event.source));
    if sources.wanted().is_empty() {
        return Ok(HashMap::new());
    }
    let asked = "SELECT asked.place - 1, source.id FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (key, place)
                 JOIN source ON source.source_key = asked.key";
    let found: Vec<(i64, i64)> = sqlx::query_as(asked)
        .bind(sources.wanted().iter().map(|name| key_of(name)).bind_iter())
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    found.into_iter().for_each(|(place, id)| sources.found(place, id));
    let (sources, new) = sources.number(&mut end.last_source);
    if !new.is_empty() {
        let insert = "INSERT INTO source (id, source, source_key)
                      SELECT id, source, source_key FROM unnest($1::bigint[], $2::text[], $3::bytea[])
                      AS new (id, source, source_key)";
        sqlx::query(insert)
            .bind(new.iter().map(|(id, _)| *id).bind_iter())
            .bind(new.iter().map(|(_, name)| *name).bind_iter())
            .bind(new.iter().map(|(_, name)| key_of(name)).bind_iter())
            .execute(connection)
            .await
            .map_err(failed(DOING))?;
    }
    Ok(sources)
}

/// The events of the batch that the ledger has already.
async fn known<'b>(
    connection: &mut PgConnection,
    batch: &'b [Incoming],
    sources: &HashMap<&'b str, i64>,
) -> StoreResult<ByKey<'b, (Position, Digest)>> {
    let keys: Keys<'_> = events(batch).map(|event| key(event, sources)).collect::<StoreResult<_>>()?;
    let mut known = ByKey::with_capacity(batch.len());
    if keys.is_empty() {
        return Ok(known);
    }
    let asked = "SELECT asked.place - 1, event.position, event.digest
                 FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS asked (source, id_key, place)
                 JOIN event ON event.source = asked.source AND event.id_key = asked.id_key";
    let found: Vec<(i64, i64, Vec<u8>)> = sqlx::query_as(asked)
        .bind(keys.sources())
        .bind(keys.id_keys())
        .fetch_all(connection)
        .await
        .map_err(failed(DOING))?;
    for (place, position, digest) in found {
        if let Some(key) = keys.at(place) {
            known.insert(key, (unsigned(position)?, digest_of(position, &digest)?));
        }
    }
    Ok(known)
}

/// Gives the subjects of new events their numbers, and those of whoever they are merged into; new ones are written.
async fn number_subjects<'b>(
    connection: &mut PgConnection,
    new: &mut [New<'b>],
    end: &mut End,
) -> StoreResult<HashMap<&'b Subject, i64>> {
    let mut numbers = Numbering::of(subjects(new));
    let texts: Vec<String> = numbers.wanted().iter().map(ToString::to_string).collect();
    let asked = "SELECT asked.place - 1, subject.number
                 FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (key, place)
                 JOIN subject ON subject.subject_key = asked.key";
    let found: Vec<(i64, i64)> = sqlx::query_as(asked)
        .bind(texts.iter().map(|text| key_of(text)).bind_iter())
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    found.into_iter().for_each(|(place, number)| numbers.found(place, number));
    let (numbers, added) = numbers.number(&mut end.last_subject);
    write_subjects(connection, &added).await?;
    for one in new {
        one.subject = numbers.get(&one.event.subject).copied().unwrap_or_default();
    }
    Ok(numbers)
}

async fn write_subjects(connection: &mut PgConnection, added: &[(i64, &Subject)]) -> StoreResult<()> {
    if added.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = added.iter().map(|(_, subject)| subject.to_string()).collect();
    // Whoever is new is a family alone, until a link joins it to another.
    let insert = "INSERT INTO subject (number, subject, subject_key, family)
                  SELECT number, subject, subject_key, number FROM unnest($1::bigint[], $2::text[], $3::bytea[])
                  AS new (number, subject, subject_key)";
    sqlx::query(insert)
        .bind(added.iter().map(|(number, _)| *number).bind_iter())
        .bind(texts.iter().bind_iter())
        .bind(texts.iter().map(|text| key_of(text)).bind_iter())
        .execute(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(())
}

async fn write_events(connection: &mut PgConnection, new: &[New<'_>]) -> StoreResult<()> {
    let mut rest = new;
    while !rest.is_empty() {
        let lengths = rest.iter().map(|one| one.incoming.bytes.len() + one.event.id.len());
        let (some, after) = rest.split_at(at_once(lengths));
        rest = after;
        write_events_at_once(connection, some).await?;
    }
    Ok(())
}

/// How many of things of so many bytes each one statement takes: at least one.
pub(super) fn at_once(lengths: impl Iterator<Item = usize>) -> usize {
    let mut before = 0_usize;
    let fits = |length: &usize| {
        let fits = before < MOST_BYTES_AT_ONCE;
        before = before.saturating_add(*length);
        fits
    };
    lengths.take_while(fits).count()
}

async fn write_events_at_once(connection: &mut PgConnection, new: &[New<'_>]) -> StoreResult<()> {
    let insert = "INSERT INTO event
                  (position, source, id, id_key, subject, type, occurred, recorded, received, digest, bytes)
                  SELECT position, source, id, id_key, subject, type, occurred, recorded, received, digest, bytes
                  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[], $5::bigint[], $6::text[],
                              $7::bigint[], $8::bigint[], $9::bigint[], $10::bytea[], $11::bytea[])
                  AS new (position, source, id, id_key, subject, type, occurred, recorded, received, digest, bytes)";
    sqlx::query(insert)
        .bind(new.iter().map(|one| one.position).bind_iter())
        .bind(new.iter().map(|one| one.source).bind_iter())
        .bind(new.iter().map(|one| one.event.id.as_str()).bind_iter())
        .bind(new.iter().map(|one| key_of(&one.event.id)).bind_iter())
        .bind(new.iter().map(|one| one.subject).bind_iter())
        .bind(new.iter().map(|one| one.event.event_type().name()).bind_iter())
        .bind(new.iter().map(|one| one.event.occurred.micros()).bind_iter())
        .bind(new.iter().map(|one| one.event.recorded.micros()).bind_iter())
        .bind(new.iter().map(|one| one.incoming.received.micros()).bind_iter())
        .bind(new.iter().map(|one| one.event.digest.0.to_be_bytes()).bind_iter())
        .bind(new.iter().map(|one| &*one.incoming.bytes).bind_iter())
        .execute(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(())
}

async fn write_head(connection: &mut PgConnection, frontier: &Frontier, now: Instant) -> StoreResult<()> {
    sqlx::query("INSERT INTO tree_head (size, root, frontier, at) VALUES ($1, $2, $3, $4)")
        .bind(signed(frontier.size()))
        .bind(frontier.root().as_slice())
        .bind(frontier.to_bytes())
        .bind(now.micros())
        .execute(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(())
}

/// What a text is found by.
pub(super) fn key_of(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Keys (source, id) that are asked for. A question takes them as two arrays.
pub(super) struct Keys<'k>(Vec<(i64, &'k str)>);

impl<'k> Keys<'k> {
    /// Whether none are asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sources.
    pub(super) fn sources(&self) -> Vec<i64> {
        self.0.iter().map(|(source, _)| *source).collect()
    }

    /// What the ids are found by.
    pub(super) fn id_keys(&self) -> Vec<[u8; 32]> {
        self.0.iter().map(|(_, id)| key_of(id)).collect()
    }

    /// The ids.
    pub(super) fn ids(&self) -> Vec<&'k str> {
        self.0.iter().map(|(_, id)| *id).collect()
    }

    /// The key at a place, counted from 0.
    pub(super) fn at(&self, place: i64) -> Option<(i64, &'k str)> {
        self.0.get(usize::try_from(place).ok()?).copied()
    }
}

impl<'k> FromIterator<(i64, &'k str)> for Keys<'k> {
    fn from_iter<I: IntoIterator<Item = (i64, &'k str)>>(asked: I) -> Keys<'k> {
        Keys(asked.into_iter().collect())
    }
}
