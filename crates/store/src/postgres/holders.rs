//! Giving holders their numbers.

use super::error::failed;
use crate::query::Holder;
use crate::questions::holders::{Ids, Known, Numbered};
use crate::read_model::SubjectRows;
use crate::store::StoreResult;
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use vocabulary::Text;

const DOING: &str = "reading or writing localities, teams and workers";

/// The numbers of all holders of the rows; new ones are written.
pub(super) async fn number(
    known: &Known,
    connection: &mut PgConnection,
    rows: &[SubjectRows],
) -> StoreResult<Numbered> {
    let (mut numbered, missing) = known.look_up(rows);
    if !missing.is_empty() {
        let texts = Texts::of(&missing);
        write(connection, &texts).await?;
        numbered.extend(read(connection, missing, &texts).await?);
    }
    Ok(numbered)
}

/// Holders by columns, with what each is found by.
struct Texts {
    localities: Vec<String>,
    locality_keys: Vec<Vec<u8>>,
    teams: Vec<String>,
    workers: Vec<String>,
    holder_keys: Vec<Vec<u8>>,
}

impl Texts {
    fn of(holders: &[Holder]) -> Texts {
        let text = |text: &Option<Text>| text.as_ref().map_or_else(String::new, Text::to_string);
        Texts {
            localities: holders.iter().map(|holder| holder.locality.to_string()).collect(),
            locality_keys: holders.iter().map(|holder| key(&[&holder.locality])).collect(),
            teams: holders.iter().map(|holder| text(&holder.team)).collect(),
            workers: holders.iter().map(|holder| text(&holder.worker)).collect(),
            holder_keys: holders
                .iter()
                .map(|holder| key(&[&holder.locality, &text(&holder.team), &text(&holder.worker)]))
                .collect(),
        }
    }
}

/// The SHA-256 of texts, each ended by U+0000, which none of them has.
fn key(texts: &[&str]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text);
        digest.update([0]);
    }
    digest.finalize().to_vec()
}

/// In the order of the keys, so that two processes that write the same wait for each other once, and not in a circle.
async fn write(connection: &mut PgConnection, texts: &Texts) -> StoreResult<()> {
    let localities = "INSERT INTO locality (locality, locality_key)
                      SELECT DISTINCT ON (key) name, key FROM unnest($1::text[], $2::bytea[]) AS given (name, key)
                      ORDER BY key ON CONFLICT DO NOTHING";
    sqlx::query(localities)
        .bind(&texts.localities)
        .bind(&texts.locality_keys)
        .execute(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    let holders = "INSERT INTO holder (locality, team, worker, holder_key)
                   SELECT locality.id, given.team, given.worker, given.key
                   FROM unnest($1::bytea[], $2::text[], $3::text[], $4::bytea[])
                        AS given (locality_key, team, worker, key)
                   JOIN locality ON locality.locality_key = given.locality_key
                   ORDER BY given.key ON CONFLICT DO NOTHING";
    sqlx::query(holders)
        .bind(&texts.locality_keys)
        .bind(&texts.teams)
        .bind(&texts.workers)
        .bind(&texts.holder_keys)
        .execute(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(())
}

async fn read(connection: &mut PgConnection, holders: Vec<Holder>, texts: &Texts) -> StoreResult<Vec<(Holder, Ids)>> {
    let numbers = "SELECT holder.id, holder.locality FROM unnest($1::bytea[]) WITH ORDINALITY AS given (key, place)
                   JOIN holder ON holder.holder_key = given.key ORDER BY given.place";
    let numbers: Vec<(i64, i64)> =
        sqlx::query_as(numbers).bind(&texts.holder_keys).fetch_all(connection).await.map_err(failed(DOING))?;
    let ids = numbers.into_iter().map(|(holder, locality)| Ids { holder, locality });
    // All were written just before, so that there is one number for each, in order.
    Ok(holders.into_iter().zip(ids).collect())
}
