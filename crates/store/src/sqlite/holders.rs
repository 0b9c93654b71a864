//! Whoever clocks count for, each kept once and called by a number.

use super::Sqlite;
use super::columns::{json, unless_empty};
use super::error::failed;
use super::slots::sql;
use crate::query::Holder;
use crate::read_model::{Slot, SubjectRows};
use crate::store::{StoreError, StoreResult};
use engine::KeptClock;
use hashbrown::HashMap;
use sqlx::sqlite::SqliteConnection;
use std::sync::{PoisonError, RwLock};
use vocabulary::Text;

const DOING: &str = "reading or writing localities, teams and workers";

/// What a holder is called by. Numbers are given once and for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ids {
    /// The holder.
    pub(super) holder: i64,
    /// Its locality.
    pub(super) locality: i64,
}

/// The numbers that this process has seen committed.
#[derive(Default)]
pub(super) struct Known(RwLock<HashMap<Holder, Ids>>);

impl Known {
    /// Remembers numbers whose transaction was committed.
    pub(super) fn remember(&self, numbered: Numbered) {
        // A thread that panicked here left a map that is whole: entries go in one by one.
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.extend(numbered.0);
    }

    fn look_up(&self, wanted: impl Iterator<Item = Holder>) -> (HashMap<Holder, Ids>, Vec<Holder>) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut found: HashMap<Holder, Option<Ids>> = HashMap::new();
        for holder in wanted {
            let ids = known.get(&holder).copied();
            found.insert(holder, ids);
        }
        let missing = found.iter().filter(|(_, ids)| ids.is_none()).map(|(holder, _)| holder.clone()).collect();
        (found.into_iter().filter_map(|(holder, ids)| Some((holder, ids?))).collect(), missing)
    }
}

/// The numbers of all holders of some rows.
pub(super) struct Numbered(HashMap<Holder, Ids>);

impl Numbered {
    /// The numbers of a holder.
    pub(super) fn of(&self, holder: &Holder) -> StoreResult<Ids> {
        let ids = self.0.get(holder).copied();
        ids.ok_or_else(|| StoreError::Damaged(format!("{holder:?} has no number")))
    }
}

/// For whom a clock counts.
pub(super) fn of_clock(clock: &KeptClock) -> Holder {
    Holder { locality: clock.locality.clone(), team: clock.team.clone(), worker: clock.worker.clone() }
}

/// Whose a subject is.
pub(super) fn of_subject(rows: &SubjectRows) -> Holder {
    Holder { locality: rows.locality.clone(), team: rows.team.clone(), worker: rows.worker.clone() }
}

/// From three columns.
pub(super) fn of_columns(locality: &str, team: String, worker: String) -> Holder {
    Holder { locality: Text::new(locality), team: unless_empty(team), worker: unless_empty(worker) }
}

/// The numbers of all holders of the rows; new ones are written.
pub(super) async fn number(
    known: &Known,
    connection: &mut SqliteConnection,
    rows: &[SubjectRows],
) -> StoreResult<Numbered> {
    let holders = rows.iter().flat_map(|rows| rows.clocks.iter().map(of_clock).chain([of_subject(rows)]));
    let (mut numbered, missing) = known.look_up(holders);
    if !missing.is_empty() {
        write(connection, &missing).await?;
        numbered.extend(read(connection, missing).await?);
    }
    Ok(Numbered(numbered))
}

/// Holders as lists of three texts.
fn as_json(holders: &[Holder]) -> String {
    let texts = |holder: &Holder| {
        [Some(&holder.locality), holder.team.as_ref(), holder.worker.as_ref()]
            .map(|text| text.map_or_else(String::new, Text::to_string))
    };
    json(&holders.iter().map(texts).collect::<Vec<_>>())
}

async fn write(connection: &mut SqliteConnection, holders: &[Holder]) -> StoreResult<()> {
    let localities = "INSERT INTO locality (locality) SELECT DISTINCT value ->> 0 FROM json_each(?) WHERE TRUE
                      ON CONFLICT DO NOTHING";
    let holders_of_them = "INSERT INTO holder (locality, team, worker)
                           SELECT locality.id, asked.value ->> 1, asked.value ->> 2 FROM json_each(?) AS asked
                           CROSS JOIN locality ON locality.locality = asked.value ->> 0 WHERE TRUE
                           ON CONFLICT DO NOTHING";
    for insert in [localities, holders_of_them] {
        sqlx::query(insert).bind(as_json(holders)).execute(&mut *connection).await.map_err(failed(DOING))?;
    }
    Ok(())
}

async fn read(connection: &mut SqliteConnection, holders: Vec<Holder>) -> StoreResult<Vec<(Holder, Ids)>> {
    let numbers = "SELECT asked.key, holder.id, locality.id FROM json_each(?) AS asked
                   CROSS JOIN locality ON locality.locality = asked.value ->> 0
                   CROSS JOIN holder ON holder.locality = locality.id
                       AND holder.team = asked.value ->> 1 AND holder.worker = asked.value ->> 2
                   ORDER BY asked.key";
    let numbers: Vec<(i64, i64, i64)> =
        sqlx::query_as(numbers).bind(as_json(&holders)).fetch_all(connection).await.map_err(failed(DOING))?;
    let ids = numbers.into_iter().map(|(_, holder, locality)| Ids { holder, locality });
    // All were written just before, so that there is one number for each, in order.
    Ok(holders.into_iter().zip(ids).collect())
}

pub(super) async fn listed(sqlite: &Sqlite, slot: Slot) -> StoreResult<Vec<Holder>> {
    let mut connection = sqlite.connections.read().await?;
    let list = "SELECT locality.locality, holder.team, holder.worker
                FROM holder CROSS JOIN locality ON locality.id = holder.locality
                WHERE EXISTS (SELECT 1 FROM tally_{x} AS tally
                              WHERE tally.outcome IN (0, 1, 2, 3) AND tally.holder = holder.id)";
    let list: Vec<(String, String, String)> =
        sqlx::query_as(sql(slot, list)).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    let mut list: Vec<Holder> =
        list.into_iter().map(|(locality, team, worker)| of_columns(&locality, team, worker)).collect();
    list.sort_unstable();
    Ok(list)
}
