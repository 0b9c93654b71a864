//! What a process remembers, and whether the database can be used.

use super::Sqlite;
use super::connection::Durability;
use super::error::failed;
use crate::store::StoreResult;
use sqlx::sqlite::SqliteConnection;

const DOING: &str = "reading or remembering a setting";

pub(super) async fn get(sqlite: &Sqlite, name: &str) -> StoreResult<Option<String>> {
    read(&mut *sqlite.connections.read().await?, name).await
}

pub(super) async fn set(sqlite: &Sqlite, name: &str, value: &str) -> StoreResult<()> {
    let mut transaction = sqlite.connections.begin(Durability::Full).await?;
    write(&mut transaction, name, value).await?;
    transaction.commit(DOING).await
}

pub(super) async fn read(connection: &mut SqliteConnection, name: &str) -> StoreResult<Option<String>> {
    let value = sqlx::query_scalar("SELECT value FROM setting WHERE name = ?").bind(name);
    value.fetch_optional(connection).await.map_err(failed(DOING))
}

pub(super) async fn write(connection: &mut SqliteConnection, name: &str, value: &str) -> StoreResult<()> {
    let remember = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value";
    sqlx::query(remember).bind(name).bind(value).execute(connection).await.map_err(failed(DOING))?;
    Ok(())
}

/// Asks a question, and writes something that is undone again, unless somebody is writing at this moment.
pub(super) async fn ready(sqlite: &Sqlite) -> StoreResult<()> {
    get(sqlite, "ready").await?;
    if let Some(mut transaction) = sqlite.connections.try_begin(Durability::Full).await? {
        write(&mut transaction, "ready", "").await?;
        transaction.undo().await?;
    }
    Ok(())
}
