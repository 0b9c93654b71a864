//! Giving events their places: the one way into the ledger.

use super::bulk::Insert;
use crate::columns::{hash, json, signed, unsigned};
use super::error::failed;
use super::families::{self, Arrival, Named};
use super::keys::{ASKED, ByKey, Keys, SOURCE};
use crate::ledger::{Incoming, Position};
use crate::merkle::{Frontier, Hash, leaf};
use crate::store::{StoreError, StoreResult};
use calendar::Instant;
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use vocabulary::{Data, Digest, Event, Refusal, Subject};

const DOING: &str = "appending events";

/// What became of something that was sent, before the quarantine has taken what was refused.
pub(super) enum Placed {
    /// It was appended.
    Appended(Position),
    /// It was there already.
    Repeated(Position),
    /// It is no event, or conflicts with one.
    Refused(Refusal),
}

/// The end of the ledger, as of this transaction.
struct End {
    frontier: Frontier,
    last_source: i64,
    last_subject: i64,
    /// Whether any event waits for one that has not come.
    awaiting: bool,
}

/// An event that is appended.
struct New<'b> {
    position: i64,
    source: i64,
    subject: i64,
    incoming: &'b Incoming,
    event: &'b Event,
}

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
    link(connection, &new, &subjects, end.awaiting).await?;
    for one in &new {
        end.frontier.append(leaf(one.incoming.received, &one.incoming.bytes));
    }
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
    let frontier = match (size, root, frontier) {
        (Some(size), Some(root), Some(frontier)) => kept_frontier(unsigned(size)?, &hash(&root)?, &frontier)?,
        _ => Frontier::new(),
    };
    if frontier.size() != unsigned(events)? {
        let size = frontier.size();
        return Err(StoreError::Damaged(format!(
            "the ledger has {events} events, but its last tree head is of {size}"
        )));
    }
    Ok(End { frontier, last_source, last_subject, awaiting })
}

/// What was written is read with the same suspicion: a frontier must give the root that stands beside it.
fn kept_frontier(size: u64, root: &Hash, bytes: &[u8]) -> StoreResult<Frontier> {
    let frontier = Frontier::from_bytes(size, bytes).filter(|frontier| frontier.root() == *root);
    frontier.ok_or_else(|| StoreError::Damaged(format!("the tree head of {size} events is not what was written")))
}

/// The sources of the batch by name; new ones are written.
async fn sources<'b>(
    connection: &mut SqliteConnection,
    batch: &'b [Incoming],
    end: &mut End,
) -> StoreResult<HashMap<&'b str, i64>> {
    let mut sources: HashMap<&str, i64> = HashMap::new();
    let mut names: Vec<&str> = Vec::new();
    for event in events(batch) {
        if let Entry::Vacant(vacant) = sources.entry(&*event.source) {
            vacant.insert(0);
            names.push(&event.source);
        }
    }
    if names.is_empty() {
        return Ok(sources);
    }
    let asked = "SELECT asked.key, source.id FROM json_each(?) AS asked JOIN source ON source.source = asked.value";
    let found: Vec<(i64, i64)> =
        sqlx::query_as(asked).bind(json(&names)).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    for (place, id) in found {
        if let Some(name) = usize::try_from(place).ok().and_then(|place| names.get(place)) {
            sources.insert(name, id);
        }
    }
    let mut new: Vec<(i64, &str)> = Vec::new();
    for name in names {
        if let Some(id @ 0) = sources.get_mut(name) {
            end.last_source += 1;
            *id = end.last_source;
            new.push((*id, name));
        }
    }
    let insert = Insert { head: "INSERT OR ROLLBACK INTO source (id, source)", columns: 2, tail: "", doing: DOING };
    insert.rows(connection, &new, |values, (id, name)| _ = values.add(*id).add(*name)).await?;
    Ok(sources)
}

fn events(batch: &[Incoming]) -> impl Iterator<Item = &Event> {
    batch.iter().filter_map(|incoming| incoming.checked.as_ref().ok())
}

/// The key of an event.
fn key<'b>(event: &'b Event, sources: &HashMap<&'b str, i64>) -> StoreResult<(i64, &'b str)> {
    let source = sources.get(&*event.source).copied();
    let source = source.ok_or_else(|| StoreError::Damaged(format!("the source {} has no number", event.source)))?;
    Ok((source, event.id.as_str()))
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
        let digest = <[u8; 16]>::try_from(digest.as_slice());
        let digest = digest.map_err(|_| StoreError::Damaged(format!("the event at {position} has no digest")))?;
        if let Some(id) = keys.id(source, place) {
            known.insert((source, id), (unsigned(position)?, Digest(u128::from_be_bytes(digest))));
        }
    }
    Ok(known)
}

/// Says of each what becomes of it, and which are new, with their positions. Subjects have no numbers yet.
fn decide<'b>(
    batch: &'b [Incoming],
    sources: &HashMap<&'b str, i64>,
    mut known: ByKey<'b, (Position, Digest)>,
    size: u64,
) -> StoreResult<(Vec<Placed>, Vec<New<'b>>)> {
    let mut placed = Vec::with_capacity(batch.len());
    let mut new = Vec::with_capacity(batch.len());
    let mut last = size;
    for incoming in batch {
        let event = match &incoming.checked {
            Ok(event) => event,
            Err(refusal) => {
                placed.push(Placed::Refused(refusal.clone()));
                continue;
            }
        };
        let key = key(event, sources)?;
        placed.push(match known.entry(key) {
            Entry::Occupied(there) if there.get().1 == event.digest => Placed::Repeated(there.get().0),
            Entry::Occupied(_) => Placed::Refused(Refusal::conflicting_id()),
            Entry::Vacant(free) => {
                last += 1;
                free.insert((last, event.digest));
                new.push(New { position: signed(last), source: key.0, subject: 0, incoming, event });
                Placed::Appended(last)
            }
        });
    }
    Ok((placed, new))
}

/// Gives the subjects of new events their numbers, and those of whoever they are merged into; new ones are written.
async fn number_subjects<'b>(
    connection: &mut SqliteConnection,
    new: &mut [New<'b>],
    end: &mut End,
) -> StoreResult<HashMap<&'b Subject, i64>> {
    let mut numbers: HashMap<&Subject, i64> = HashMap::new();
    let mut subjects: Vec<&Subject> = Vec::new();
    for one in &*new {
        for subject in std::iter::once(&one.event.subject).chain(merged_into(one.event)) {
            if let Entry::Vacant(vacant) = numbers.entry(subject) {
                vacant.insert(0);
                subjects.push(subject);
            }
        }
    }
    let asked = "SELECT asked.key, subject.number FROM json_each(?) AS asked CROSS JOIN subject
                 ON subject.subject = asked.value";
    let found: Vec<(i64, i64)> =
        sqlx::query_as(asked).bind(json(&subjects)).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    for (place, number) in found {
        if let Some(subject) = usize::try_from(place).ok().and_then(|place| subjects.get(place)) {
            numbers.insert(subject, number);
        }
    }
    let mut added: Vec<(i64, &Subject)> = Vec::new();
    for subject in subjects {
        if let Some(number @ 0) = numbers.get_mut(subject) {
            end.last_subject += 1;
            *number = end.last_subject;
            added.push((*number, subject));
        }
    }
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

/// Whom a merge names as the survivor.
fn merged_into(event: &Event) -> Option<&Subject> {
    if let Data::ChildMerged(merge) = &event.data { Some(&merge.into) } else { None }
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

/// Joins the families of subjects whose events name each other.
async fn link(
    connection: &mut SqliteConnection,
    new: &[New<'_>],
    subjects: &HashMap<&Subject, i64>,
    awaiting: bool,
) -> StoreResult<()> {
    let arrivals: Vec<Arrival<'_>> = new
        .iter()
        .map(|one| Arrival {
            source: one.source,
            id: &one.event.id,
            subject: one.subject,
            names: families::names(one.event),
            into: merged_into(one.event).and_then(|into| subjects.get(into)).copied(),
        })
        .collect();
    if awaiting || arrivals.iter().any(|arrival| arrival.into.is_some() || arrival.names != Named::default()) {
        families::join(connection, &arrivals, awaiting).await?;
    }
    Ok(())
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
