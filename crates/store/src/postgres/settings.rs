//! What processes remember, and whether the database can be used.

use super::Postgres;
use super::error::failed;
use crate::store::{Mode, StoreError, StoreResult};
use sqlx::postgres::PgConnection;

const DOING: &str = "reading or remembering a setting";

pub(super) async fn get(postgres: &Postgres, name: &str) -> StoreResult<Option<String>> {
    read(&mut *postgres.connections.read().await?, name).await
}

pub(super) async fn set(postgres: &Postgres, name: &str, value: &str) -> StoreResult<()> {
    let mut transaction = postgres.connections.begin().await?;
    write(&mut transaction, name, value).await?;
    transaction.commit().await.map_err(failed(DOING))
}

pub(super) async fn read(connection: &mut PgConnection, name: &str) -> StoreResult<Option<String>> {
    let value = sqlx::query_scalar("SELECT value FROM setting WHERE name = $1").bind(name);
    value.fetch_optional(connection).await.map_err(failed(DOING))
}

pub(super) async fn write(connection: &mut PgConnection, name: &str, value: &str) -> StoreResult<()> {
    let remember = "INSERT INTO setting (name, value) VALUES ($1, $2)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sqlx::query(remember).bind(name).bind(value).execute(connection).await.map_err(failed(DOING))?;
    Ok(())
}

/// Asks a question; and where the database was opened to write, whether the server lets anybody write.
pub(super) async fn ready(postgres: &Postgres) -> StoreResult<()> {
    let mut connection = postgres.connections.read().await?;
    read(&mut connection, "ready").await?;
    if postgres.connections.mode() == Mode::Read {
        return Ok(());
    }
    let read_only: bool = sqlx::query_scalar("SELECT current_setting('transaction_read_only')::boolean")
        .fetch_one(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    if read_only {
        let why = "the database is a standby, which cannot be written to: give the address of the server that can";
        return Err(StoreError::Unusable(why.to_owned()));
    }
    Ok(())
}
