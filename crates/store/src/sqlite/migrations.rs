//! The tables, made step by step. A step that was applied is never edited, which its digest shows.

use super::connection::Transaction;
use super::error::failed;
use crate::store::{StoreError, StoreResult};
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteConnection;

/// What this is called in messages.
const DOING: &str = "preparing the tables";

struct Migration {
    number: i64,
    name: &'static str,
    sql: &'static str,
}

const MIGRATIONS: [Migration; 4] = [
    Migration { number: 1, name: "ledger", sql: include_str!("../../../../migrations/sqlite/0001_ledger.sql") },
    Migration { number: 2, name: "quarantine", sql: include_str!("../../../../migrations/sqlite/0002_quarantine.sql") },
    Migration { number: 3, name: "read_model", sql: include_str!("../../../../migrations/sqlite/0003_read_model.sql") },
    Migration { number: 4, name: "figures", sql: include_str!("../../../../migrations/sqlite/0004_figures.sql") },
];

const APPLIED: &str = "CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    -- SHA-256 of the file that was applied.
    digest BLOB NOT NULL
) STRICT";

impl Migration {
    fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.sql.as_bytes()).to_vec()
    }
}

/// Applies what has not been applied yet, all in the given transaction.
pub(super) async fn apply(transaction: &mut Transaction<'_>) -> StoreResult<()> {
    sqlx::query(APPLIED).execute(&mut **transaction).await.map_err(failed(DOING))?;
    let applied = applied(transaction).await?;
    for migration in MIGRATIONS.iter().skip(applied) {
        sqlx::raw_sql(migration.sql).execute(&mut **transaction).await.map_err(failed(DOING))?;
        sqlx::query("INSERT INTO migration (number, name, digest) VALUES (?, ?, ?)")
            .bind(migration.number)
            .bind(migration.name)
            .bind(migration.digest())
            .execute(&mut **transaction)
            .await
            .map_err(failed(DOING))?;
    }
    Ok(())
}

/// Refuses tables that this program does not know, or that are older than it.
pub(super) async fn must_be_current(connection: &mut SqliteConnection) -> StoreResult<()> {
    let table = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'";
    let is_there: i64 = sqlx::query_scalar(table).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    let applied = if is_there == 0 { 0 } else { applied(connection).await? };
    if applied < MIGRATIONS.len() {
        let why = "the database was written by an older version: start `sightline serve` on its folder once, which \
                   brings it up to date";
        return Err(StoreError::Unusable(why.to_owned()));
    }
    Ok(())
}

/// How many steps have been applied: the first so many of ours, as they are.
async fn applied(connection: &mut SqliteConnection) -> StoreResult<usize> {
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT number, digest FROM migration ORDER BY number")
        .fetch_all(connection)
        .await
        .map_err(failed(DOING))?;
    if rows.len() > MIGRATIONS.len() {
        let why = "the database was written by a newer version of this program: use that one";
        return Err(StoreError::Unusable(why.to_owned()));
    }
    for (migration, (number, digest)) in MIGRATIONS.iter().zip(&rows) {
        if migration.number != *number || migration.digest() != *digest {
            return Err(StoreError::Unusable(format!(
                "the database was made by a version of this program that is neither older nor newer: step {} of its \
                 tables, {}, differs. Export the ledger with that version and load it with this one",
                migration.number, migration.name
            )));
        }
    }
    Ok(rows.len())
}
