//! Subjects and their families: who must be derived together, because their events correct each other or were merged.

use super::Sqlite;
use super::bulk::{Insert, Values};
use super::error::failed;
use super::keys::{ASKED, Keys, SOURCE};
use crate::columns::{json, signed, subject, subject_number as number_of, unsigned};
use crate::joining::{self, Arrival};
use crate::ledger::{Position, SubjectNumber};
use crate::placing::ByKey;
use crate::store::{Family, StoreResult};
use futures_util::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
use vocabulary::{Subject, SubjectKind};

const DOING: &str = "reading subjects and families";
const JOINING: &str = "joining families";

/// Joins the families of arrivals, in order, with those of the events and subjects that they name or that wait for them.
/// The events are in the ledger already.
pub(super) async fn join(
    connection: &mut SqliteConnection,
    arrivals: &[Arrival<'_>],
    awaiting: bool,
) -> StoreResult<()> {
    let named: Keys<'_> = joining::named(arrivals).collect();
    let arrived = subjects_of_events(connection, &named).await?;
    let before =
        if awaiting { awaited(connection, &joining::waited_for(arrivals).collect()).await? } else { ByKey::new() };
    let mut awaited = before.clone();
    let pairs = joining::pairs(arrivals, &arrived, &mut awaited);
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
    let come: Keys<'_> = before.keys().filter(|key| !after.contains_key(*key)).copied().collect();
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
    let changes = joining::changes(of_subject.into_iter().collect(), pairs);
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
