//! Giving holders their numbers.

use super::error::failed;
use crate::query::Holder;
use crate::questions::holders::{Ids, Known, Numbered, as_json};
use crate::read_model::SubjectRows;
use crate::store::StoreResult;
use sqlx::sqlite::SqliteConnection;

const DOING: &str = "reading or writing localities, teams and workers";

/// The numbers of all holders of the rows; new ones are written.
pub(super) async fn number(
    known: &Known,
    connection: &mut SqliteConnection,
    rows: &[SubjectRows],
) -> StoreResult<Numbered> {
    let (mut numbered, missing) = known.look_up(rows);
    if !missing.is_empty() {
        write(connection, &missing).await?;
        numbered.extend(read(connection, missing).await?);
    }
    Ok(numbered)
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
