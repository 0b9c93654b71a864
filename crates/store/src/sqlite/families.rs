//! Subjects and their families: who must be derived together, because their events correct each other or were merged.

use super::Sqlite;
use super::bulk::{Insert, Values};
use crate::columns::{json, signed, subject, subject_number as number_of, unsigned};
use super::error::failed;
use super::keys::{ASKED, ByKey, Keys, SOURCE};
use crate::ledger::{Position, SubjectNumber};
use crate::store::{Family, StoreResult};
use futures_util::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
use std::collections::{BTreeMap, HashMap};
use vocabulary::{Data, Event, Subject, SubjectKind};

const DOING: &str = "reading subjects and families";
const JOINING: &str = "joining families";

/// The events, of the same source, that an event names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Named<'b> {
    /// The one that it replaces.
    supersedes: Option<&'b str>,
    /// The one that it retracts.
    retracts: Option<&'b str>,
}

/// What an event names.
pub(super) fn names(event: &Event) -> Named<'_> {
    let retracts = if let Data::EventRetracted(retraction) = &event.data { Some(retraction.id.as_str()) } else { None };
    Named { supersedes: event.supersedes.as_deref(), retracts }
}

impl<'b> Named<'b> {
    /// The ids.
    pub(super) fn ids(self) -> impl Iterator<Item = &'b str> {
        self.supersedes.into_iter().chain(self.retracts)
    }
}

/// An event that was appended, as far as families go.
pub(super) struct Arrival<'b> {
    pub(super) source: i64,
    pub(super) id: &'b str,
    pub(super) subject: i64,
    pub(super) names: Named<'b>,
    /// Whom a merge makes the survivor.
    pub(super) into: Option<i64>,
}

/// Families that become one: each number is that of a family, and leads to a lower one that it is joined to.
#[derive(Default)]
struct Joined {
    families: HashMap<i64, i64>,
    of_subject: HashMap<i64, i64>,
}

impl Joined {
    /// The present family of a family. Ends, as each step leads to a lower number.
    fn present(&mut self, family: i64) -> i64 {
        let mut present = family;
        while let Some(lower) = self.families.get(&present) {
            present = *lower;
        }
        let mut passed = family;
        while let Some(next) = self.families.get_mut(&passed) {
            passed = std::mem::replace(next, present);
        }
        present
    }

    fn join(&mut self, one: i64, other: i64) {
        let family = |subject| self.of_subject.get(&subject).copied().unwrap_or(subject);
        let (one, other) = (family(one), family(other));
        let (one, other) = (self.present(one), self.present(other));
        if one != other {
            self.families.insert(one.max(other), one.min(other));
        }
    }

    /// The families that are no more, with those that they are part of now.
    fn changes(mut self) -> BTreeMap<i64, i64> {
        let gone: Vec<i64> = self.families.keys().copied().collect();
        gone.into_iter().map(|family| (family, self.present(family))).collect()
    }
}

/// Joins the families of arrivals, in order, with those of the events and subjects that they name or that wait for them.
/// The events are in the ledger already.
pub(super) async fn join(
    connection: &mut SqliteConnection,
    arrivals: &[Arrival<'_>],
    awaiting: bool,
) -> StoreResult<()> {
    let mut named = Keys::default();
    let mut waited_for = Keys::default();
    for arrival in arrivals {
        for id in arrival.names.ids() {
            named.add(arrival.source, id);
            waited_for.add(arrival.source, id);
        }
        if awaiting {
            waited_for.add(arrival.source, arrival.id);
        }
    }
    let arrived = subjects_of_events(connection, &named).await?;
    let before = if awaiting { awaited(connection, &waited_for).await? } else { ByKey::new() };
    let mut awaited = before.clone();
    let mut pairs: Vec<(i64, i64)> = Vec::new();
    for arrival in arrivals {
        pairs.extend(arrival.into.map(|into| (arrival.subject, into)));
        if let Some(waiting) = awaited.remove(&(arrival.source, arrival.id)) {
            pairs.push((arrival.subject, waiting));
        }
        for id in arrival.names.ids() {
            let key = (arrival.source, id);
            let other = match arrived.get(&key) {
                Some(there) => *there,
                None => *awaited.entry(key).or_insert(arrival.subject),
            };
            pairs.push((arrival.subject, other));
        }
    }
    pairs.retain(|(one, other)| one != other);
    write_awaited(connection, &before, &awaited).await?;
    write_families(connection, &pairs).await
}

/// The subjects of those of the events that are in the ledger.
async fn subjects_of_events<'k>(connection: &mut SqliteConnection, keys: &Keys<'k>) -> StoreResult<ByKey<'k, i64>> {
    let asked = format!(
        "SELECT {SOURCE}, ids.key, event.subject
         FROM {ASKED} CROSS JOIN event INDEXED BY event_id ON event.source = {SOURCE} AND event.id = ids.value"
    );
    by_key(connection, keys, asked).await
}

/// One of the subjects that wait for each of the events, where any does.
async fn awaited<'k>(connection: &mut SqliteConnection, keys: &Keys<'k>) -> StoreResult<ByKey<'k, i64>> {
    let asked = format!(
        "SELECT {SOURCE}, ids.key, awaited.subject
         FROM {ASKED} CROSS JOIN awaited ON awaited.source = {SOURCE} AND awaited.id = ids.value"
    );
    by_key(connection, keys, asked).await
}

async fn by_key<'k>(connection: &mut SqliteConnection, keys: &Keys<'k>, asked: String) -> StoreResult<ByKey<'k, i64>> {
    if keys.is_empty() {
        return Ok(ByKey::new());
    }
    let found: Vec<(i64, i64, i64)> =
        sqlx::query_as(AssertSqlSafe(asked)).bind(keys.json()).fetch_all(connection).await.map_err(failed(JOINING))?;
    let found = found.into_iter();
    Ok(found.filter_map(|(source, place, subject)| Some(((source, keys.id(source, place)?), subject))).collect())
}

async fn write_awaited(
    connection: &mut SqliteConnection,
    before: &ByKey<'_, i64>,
    after: &ByKey<'_, i64>,
) -> StoreResult<()> {
    let mut come = Keys::default();
    for (source, id) in before.keys().filter(|key| !after.contains_key(*key)) {
        come.add(*source, id);
    }
    if !come.is_empty() {
        let delete = AssertSqlSafe(format!(
            "DELETE FROM awaited WHERE (source, id) IN (SELECT {SOURCE}, ids.value FROM {ASKED})"
        ));
        sqlx::query(delete).bind(come.json()).execute(&mut *connection).await.map_err(failed(JOINING))?;
    }
    let mut new: Vec<(i64, &str, i64)> = Vec::new();
    for ((source, id), subject) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        new.push((*source, id, *subject));
    }
    let insert = Insert { head: "INSERT INTO awaited (source, id, subject)", columns: 3, tail: "", doing: JOINING };
    let add = |values: &mut Values, (source, id, subject): &(i64, &str, i64)| {
        values.add(*source).add(*id).add(*subject);
    };
    insert.rows(connection, &new, add).await
}

async fn write_families(connection: &mut SqliteConnection, pairs: &[(i64, i64)]) -> StoreResult<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let numbers: Vec<i64> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let families = "SELECT number, family FROM subject WHERE number IN (SELECT value FROM json_each(?))";
    let of_subject: Vec<(i64, i64)> =
        sqlx::query_as(families).bind(json(&numbers)).fetch_all(&mut *connection).await.map_err(failed(JOINING))?;
    let mut joined = Joined { families: HashMap::new(), of_subject: of_subject.into_iter().collect() };
    for (one, other) in pairs {
        joined.join(*one, *other);
    }
    let changes = joined.changes();
    if changes.is_empty() {
        return Ok(());
    }
    let update = "UPDATE subject SET family = joined.value FROM json_each(?) AS joined
                  WHERE subject.family = CAST(joined.key AS INTEGER)";
    sqlx::query(update).bind(json(&changes)).execute(connection).await.map_err(failed(JOINING))?;
    Ok(())
}

pub(super) async fn subject_number(sqlite: &Sqlite, subject: &Subject) -> StoreResult<Option<SubjectNumber>> {
    let mut connection = sqlite.connections.read().await?;
    let number: Option<i64> = sqlx::query_scalar("SELECT number FROM subject WHERE subject = ?")
        .bind(subject.to_string())
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    number.map(number_of).transpose()
}

pub(super) async fn subjects(sqlite: &Sqlite, numbers: &[SubjectNumber]) -> StoreResult<Vec<(SubjectNumber, Subject)>> {
    let mut connection = sqlite.connections.read().await?;
    let asked = "SELECT subject.number, subject.subject FROM json_each(?) AS asked CROSS JOIN subject
                 ON subject.number = asked.value ORDER BY asked.key";
    let found: Vec<(i64, String)> =
        sqlx::query_as(asked).bind(json(&numbers)).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    found.into_iter().map(|(number, text)| Ok((number_of(number)?, subject(&text)?))).collect()
}

pub(super) async fn subjects_of_kind(sqlite: &Sqlite, kind: SubjectKind) -> StoreResult<Vec<SubjectNumber>> {
    let mut connection = sqlite.connections.read().await?;
    // Of texts that begin with the kind and a slash, none comes before the slash and all come before what follows it.
    let of_kind = "SELECT number FROM subject WHERE subject >= ?1 || '/' AND subject < ?1 || '0' ORDER BY number";
    let numbers: Vec<i64> =
        sqlx::query_scalar(of_kind).bind(kind.as_str()).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    numbers.into_iter().map(number_of).collect()
}

pub(super) async fn families(sqlite: &Sqlite, of: &[SubjectNumber]) -> StoreResult<Vec<Family>> {
    let mut connection = sqlite.connections.read().await?;
    let members = "SELECT family, number FROM subject WHERE family IN
                       (SELECT family FROM subject WHERE number IN (SELECT value FROM json_each(?)))
                   ORDER BY family, number";
    let members: Vec<(i64, i64)> =
        sqlx::query_as(members).bind(json(&of)).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    let by_family = members.chunk_by(|one, other| one.0 == other.0);
    by_family.map(|family| family.iter().map(|(_, number)| number_of(*number)).collect()).collect()
}

pub(super) async fn families_after(
    sqlite: &Sqlite,
    after: Option<SubjectNumber>,
    events: u64,
) -> StoreResult<Vec<Family>> {
    let mut connection = sqlite.connections.read().await?;
    let members = "SELECT family, number, (SELECT count(*) FROM event WHERE event.subject = subject.number)
                   FROM subject INDEXED BY subject_family WHERE family > ? ORDER BY family, number";
    let mut members =
        sqlx::query_as::<_, (i64, i64, i64)>(members).bind(after.map_or(0, i64::from)).fetch(&mut *connection);
    let mut families: Vec<Family> = Vec::new();
    let mut last = None;
    let mut total = 0;
    while let Some((family, number, count)) = members.try_next().await.map_err(failed(DOING))? {
        if last != Some(family) {
            if total >= events && !families.is_empty() {
                break;
            }
            families.push(Family::new());
            last = Some(family);
        }
        total += unsigned(count)?;
        if let Some(family) = families.last_mut() {
            family.push(number_of(number)?);
        }
    }
    Ok(families)
}

pub(super) async fn subjects_between(sqlite: &Sqlite, from: Position, to: Position) -> StoreResult<Vec<SubjectNumber>> {
    let mut connection = sqlite.connections.read().await?;
    let between = "SELECT DISTINCT subject FROM event NOT INDEXED WHERE position BETWEEN ? AND ?";
    let mut numbers: Vec<SubjectNumber> = sqlx::query_scalar::<_, i64>(between)
        .bind(signed(from))
        .bind(signed(to))
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?
        .into_iter()
        .map(number_of)
        .collect::<StoreResult<_>>()?;
    numbers.sort_unstable();
    Ok(numbers)
}
