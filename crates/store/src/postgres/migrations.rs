//! The tables, made step by step. A step that was applied is never edited, which its digest shows.

use super::Postgres;
use super::connection::Connections;
use super::error::failed;
use super::open::options;
use crate::store::{Mode, StoreError, StoreResult};
use sha2::{Digest as _, Sha256};
use sqlx::Connection as _;
use sqlx::postgres::PgConnection;

/// What this is called in messages.
const DOING: &str = "preparing the tables";
const READING: &str = "looking which tables there are";

/// The number of the lock that is held while a step is applied.
const LOCK: i64 = 0x5369_6768_0003;

/// What to run on a database that is not up to date.
const RUN: &str = "run `sightline migrate --postgres URL` with its address, as a user that owns the tables";

struct Migration {
    number: i64,
    name: &'static str,
    sql: &'static str,
}

const MIGRATIONS: [Migration; 4] = [
    Migration { number: 1, name: "ledger", sql: include_str!("../../../../migrations/postgres/0001_ledger.sql") },
    Migration {
        number: 2,
        name: "quarantine",
        sql: include_str!("../../../../migrations/postgres/0002_quarantine.sql"),
    },
    Migration {
        number: 3,
        name: "read_model",
        sql: include_str!("../../../../migrations/postgres/0003_read_model.sql"),
    },
    Migration { number: 4, name: "figures", sql: include_str!("../../../../migrations/postgres/0004_figures.sql") },
];

const APPLIED: &str = "CREATE SCHEMA IF NOT EXISTS sightline;
    CREATE TABLE IF NOT EXISTS migration (
        number bigint PRIMARY KEY,
        name text COLLATE \"C\" NOT NULL,
        -- SHA-256 of the file that was applied.
        digest bytea NOT NULL
    )";

/// What [`Postgres::migrate`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// How many steps were applied now.
    pub applied: usize,
    /// How many there are.
    pub total: usize,
}

impl Migration {
    fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.sql.as_bytes()).to_vec()
    }
}

impl Postgres {
    /// Brings a database up to date, forwards only, each step by itself; from several processes at once, too. The user
    /// must own what is there. The first time it must be allowed to create schemas in the database, and roles where they
    /// are missing.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] where the database cannot be reached, does not let the user do so, or was written by
    /// another version that is no older one. The text says what to do.
    pub async fn migrate(url: &str) -> StoreResult<Migrated> {
        let mut connection = Connections::new(options(url, Mode::Write)?, Mode::Write).alone().await?;
        let mut count = 0;
        while apply_next(&mut connection).await? {
            count += 1;
        }
        connection.close().await.map_err(failed(DOING))?;
        Ok(Migrated { applied: count, total: MIGRATIONS.len() })
    }
}

/// Applies the first step that has not been applied, if there is one; says whether there was.
async fn apply_next(connection: &mut PgConnection) -> StoreResult<bool> {
    let mut transaction = connection.begin().await.map_err(failed(DOING))?;
    let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK);
    lock.execute(&mut *transaction).await.map_err(failed(DOING))?;
    if !is_there(&mut transaction).await? {
        sqlx::raw_sql(APPLIED).execute(&mut *transaction).await.map_err(refused)?;
    }
    let applied = applied(&mut transaction).await?;
    let Some(migration) = MIGRATIONS.get(applied) else { return Ok(false) };
    sqlx::raw_sql(migration.sql).execute(&mut *transaction).await.map_err(refused)?;
    sqlx::query("INSERT INTO migration (number, name, digest) VALUES ($1, $2, $3)")
        .bind(migration.number)
        .bind(migration.name)
        .bind(migration.digest())
        .execute(&mut *transaction)
        .await
        .map_err(refused)?;
    transaction.commit().await.map_err(failed(DOING))?;
    Ok(true)
}

/// Says of a user that may not prepare tables what it must be allowed.
fn refused(error: sqlx::Error) -> StoreError {
    match error.as_database_error() {
        Some(database) if database.code().as_deref() == Some("42501") => StoreError::Unusable(format!(
            "this user may not prepare the tables: {database}. Run it as the owner of the tables; the first time as a \
             user that may create schemas in this database, and roles"
        )),
        _ => failed(DOING)(error),
    }
}

/// Refuses tables that this program does not know, or that are older than it.
pub(super) async fn must_be_current(connection: &mut PgConnection) -> StoreResult<()> {
    if !is_there(connection).await? {
        return Err(StoreError::Unusable(format!("the database has no tables of Sightline yet: {RUN}")));
    }
    if applied(connection).await? < MIGRATIONS.len() {
        return Err(StoreError::Unusable(format!("the database was prepared by an older version: {RUN}")));
    }
    Ok(())
}

async fn is_there(connection: &mut PgConnection) -> StoreResult<bool> {
    let table = "SELECT to_regclass('sightline.migration') IS NOT NULL";
    sqlx::query_scalar(table).fetch_one(connection).await.map_err(failed(READING))
}

/// How many steps have been applied: the first so many of ours, as they are.
async fn applied(connection: &mut PgConnection) -> StoreResult<usize> {
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT number, digest FROM migration ORDER BY number")
        .fetch_all(connection)
        .await
        .map_err(failed(READING))?;
    if rows.len() > MIGRATIONS.len() {
        let why = "the database was prepared by a newer version of this program: use that one";
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
