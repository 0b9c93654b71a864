//! Subjects and their families: who must be derived together, because their events correct each other or were merged.

use super::Postgres;
use super::error::failed;
use super::place::{Keys, key_of};
use crate::columns::{signed, subject, subject_number as number_of, unsigned};
use crate::joining::{self, Arrival};
use crate::ledger::{Position, SubjectNumber};
use crate::placing::ByKey;
use crate::store::{Family, StoreResult};
use sqlx::postgres::{PgBindIterExt as _, PgConnection};
use vocabulary::{Subject, SubjectKind};

const DOING: &str = "reading subjects and families";
const JOINING: &str = "joining families";

/// How many subjects are walked through with one question.
const SUBJECTS_AT_ONCE: usize = 1_000;

/// Joins the families of arrivals, in order, with those of the events and subjects that they name or that wait for them.
/// The events are in the ledger already.
pub(super) async fn join(connection: &mut PgConnection, arrivals: &[Arrival<'_>], awaiting: bool) -> StoreResult<()> {
    let arrived = subjects_of_events(connection, &joining::named(arrivals).collect()).await?;
    let before =
        if awaiting { awaited(connection, &joining::waited_for(arrivals).collect()).await? } else { ByKey::new() };
    let mut awaited = before.clone();
    let pairs = joining::pairs(arrivals, &arrived, &mut awaited);
    write_awaited(connection, &before, &awaited).await?;
    write_families(connection, &pairs).await
}

/// The subjects of those of the events that are in the ledger.
async fn subjects_of_events<'k>(connection: &mut PgConnection, keys: &Keys<'k>) -> StoreResult<ByKey<'k, i64>> {
    let asked = "SELECT asked.place - 1, event.subject
                 FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS asked (source, id_key, place)
                 JOIN event ON event.source = asked.source AND event.id_key = asked.id_key";
    by_key(connection, keys, asked).await
}

/// One of the subjects that wait for each of the events, where any does.
async fn awaited<'k>(connection: &mut PgConnection, keys: &Keys<'k>) -> StoreResult<ByKey<'k, i64>> {
    let asked = "SELECT asked.place - 1, awaited.subject
                 FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS asked (source, id_key, place)
                 JOIN awaited ON awaited.source = asked.source AND awaited.id_key = asked.id_key";
    by_key(connection, keys, asked).await
}

/// What the question, whose parameters are the keys, says of each: its place among them and a number.
pub(super) async fn by_key<'k>(
    connection: &mut PgConnection,
    keys: &Keys<'k>,
    asked: &'static str,
) -> StoreResult<ByKey<'k, i64>> {
    if keys.is_empty() {
        return Ok(ByKey::new());
    }
    let found: Vec<(i64, i64)> = sqlx::query_as(asked)
        .bind(keys.sources())
        .bind(keys.id_keys())
        .fetch_all(connection)
        .await
        .map_err(failed(JOINING))?;
    Ok(found.into_iter().filter_map(|(place, number)| Some((keys.at(place)?, number))).collect())
}

async fn write_awaited(
    connection: &mut PgConnection,
    before: &ByKey<'_, i64>,
    after: &ByKey<'_, i64>,
) -> StoreResult<()> {
    let come: Keys<'_> = before.keys().filter(|key| !after.contains_key(*key)).copied().collect();
    if !come.is_empty() {
        let delete = "DELETE FROM awaited USING unnest($1::bigint[], $2::bytea[]) AS come (source, id_key)
                      WHERE awaited.source = come.source AND awaited.id_key = come.id_key";
        let delete = sqlx::query(delete).bind(come.sources()).bind(come.id_keys());
        delete.execute(&mut *connection).await.map_err(failed(JOINING))?;
    }
    let new = || after.iter().filter(|(key, _)| !before.contains_key(*key));
    let keys: Keys<'_> = new().map(|(key, _)| *key).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let insert = "INSERT INTO awaited (source, id, id_key, subject)
                  SELECT source, id, id_key, subject
                  FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bigint[]) AS new (source, id, id_key, subject)";
    sqlx::query(insert)
        .bind(keys.sources())
        .bind(keys.ids())
        .bind(keys.id_keys())
        .bind(new().map(|(_, subject)| *subject).collect::<Vec<i64>>())
        .execute(connection)
        .await
        .map_err(failed(JOINING))?;
    Ok(())
}

async fn write_families(connection: &mut PgConnection, pairs: &[(i64, i64)]) -> StoreResult<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let numbers: Vec<i64> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let of_subject: Vec<(i64, i64)> = sqlx::query_as("SELECT number, family FROM subject WHERE number = ANY ($1)")
        .bind(numbers)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(JOINING))?;
    let changes = joining::changes(of_subject.into_iter().collect(), pairs);
    if changes.is_empty() {
        return Ok(());
    }
    let update = "UPDATE subject SET family = joined.present FROM unnest($1::bigint[], $2::bigint[])
                  AS joined (family, present) WHERE subject.family = joined.family";
    sqlx::query(update)
        .bind(changes.keys().copied().bind_iter())
        .bind(changes.values().copied().bind_iter())
        .execute(connection)
        .await
        .map_err(failed(JOINING))?;
    Ok(())
}

pub(super) async fn subject_number(postgres: &Postgres, subject: &Subject) -> StoreResult<Option<SubjectNumber>> {
    let mut connection = postgres.connections.read().await?;
    let number: Option<i64> = sqlx::query_scalar("SELECT number FROM subject WHERE subject_key = $1")
        .bind(key_of(&subject.to_string()))
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    number.map(number_of).transpose()
}

/// Numbers as an array.
fn array(numbers: &[SubjectNumber]) -> Vec<i64> {
    numbers.iter().copied().map(i64::from).collect()
}

pub(super) async fn subjects(
    postgres: &Postgres,
    numbers: &[SubjectNumber],
) -> StoreResult<Vec<(SubjectNumber, Subject)>> {
    let mut connection = postgres.connections.read().await?;
    let asked = "SELECT subject.number, subject.subject
                 FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (number, place)
                 JOIN subject ON subject.number = asked.number ORDER BY asked.place";
    let found: Vec<(i64, String)> =
        sqlx::query_as(asked).bind(array(numbers)).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    found.into_iter().map(|(number, text)| Ok((number_of(number)?, subject(&text)?))).collect()
}

pub(super) async fn subjects_of_kind(postgres: &Postgres, kind: SubjectKind) -> StoreResult<Vec<SubjectNumber>> {
    let mut connection = postgres.connections.read().await?;
    let of_kind = "SELECT number FROM subject WHERE kind = $1 ORDER BY number";
    let numbers: Vec<i64> =
        sqlx::query_scalar(of_kind).bind(kind.as_str()).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    numbers.into_iter().map(number_of).collect()
}

pub(super) async fn families(postgres: &Postgres, of: &[SubjectNumber]) -> StoreResult<Vec<Family>> {
    let mut connection = postgres.connections.read().await?;
    let members = "SELECT family, number FROM subject WHERE family IN
                       (SELECT family FROM subject WHERE number = ANY ($1))
                   ORDER BY family, number";
    let members: Vec<(i64, i64)> =
        sqlx::query_as(members).bind(array(of)).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    let by_family = members.chunk_by(|one, other| one.0 == other.0);
    by_family.map(|family| family.iter().map(|(_, number)| number_of(*number)).collect()).collect()
}

pub(super) async fn families_after(
    postgres: &Postgres,
    after: Option<SubjectNumber>,
    events: u64,
) -> StoreResult<Vec<Family>> {
    // Families may grow meanwhile.
    let mut moment = postgres.connections.moment().await?;
    let mut last = (after.map_or(0, i64::from), i64::MAX);
    let mut walk = Walk { families: Vec::new(), family: None, total: 0, enough: events };
    loop {
        let members = members_after(&mut moment, last).await?;
        for (family, number, count) in &members {
            if !walk.take(*family, *number, *count)? {
                return Ok(walk.families);
            }
            last = (*family, *number);
        }
        if members.len() < SUBJECTS_AT_ONCE {
            return Ok(walk.families);
        }
    }
}

/// The family, number and events of subjects after one, by family and number.
async fn members_after(connection: &mut PgConnection, last: (i64, i64)) -> StoreResult<Vec<(i64, i64, i64)>> {
    let members = "SELECT family, number, (SELECT count(*) FROM event WHERE event.subject = subject.number)
                   FROM subject WHERE (family, number) > ($1, $2) ORDER BY family, number LIMIT $3";
    sqlx::query_as(members)
        .bind(last.0)
        .bind(last.1)
        .bind(signed(SUBJECTS_AT_ONCE as u64))
        .fetch_all(connection)
        .await
        .map_err(failed(DOING))
}

/// Families until they have enough events together.
struct Walk {
    families: Vec<Family>,
    family: Option<i64>,
    total: u64,
    enough: u64,
}

impl Walk {
    /// Takes the next subject with its events; or says that it is of a family that is one too many.
    fn take(&mut self, family: i64, number: i64, events: i64) -> StoreResult<bool> {
        if self.family != Some(family) {
            if self.total >= self.enough && !self.families.is_empty() {
                return Ok(false);
            }
            self.families.push(Family::new());
            self.family = Some(family);
        }
        self.total += unsigned(events)?;
        if let Some(family) = self.families.last_mut() {
            family.push(number_of(number)?);
        }
        Ok(true)
    }
}

pub(super) async fn subjects_between(
    postgres: &Postgres,
    from: Position,
    to: Position,
) -> StoreResult<Vec<SubjectNumber>> {
    let mut connection = postgres.connections.read().await?;
    let between = "SELECT DISTINCT subject FROM event WHERE position BETWEEN $1 AND $2 ORDER BY subject";
    let numbers: Vec<i64> = sqlx::query_scalar(between)
        .bind(signed(from))
        .bind(signed(to))
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    numbers.into_iter().map(number_of).collect()
}
