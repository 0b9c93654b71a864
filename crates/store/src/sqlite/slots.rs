//! The two places for a read model, each a set of tables of its own.

use super::error::failed;
use crate::questions::sql::letter;
use crate::read_model::Slot;
use crate::store::{StoreError, StoreResult};
use sha2::{Digest as _, Sha256};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;

const EMPTY: &str = include_str!("../../../../migrations/sqlite/slot.sql");
const FINISH: &str = include_str!("../../../../migrations/sqlite/slot_finish.sql");

/// The setting that says which tables the places have.
const TABLES: &str = "read_model_tables";

const DOING: &str = "making room for a read model";

/// A text of SQL on the tables of a place: `{x}` stands for its letter.
pub(super) fn text(slot: Slot, template: &str) -> String {
    template.replace("{x}", letter(slot))
}

/// A statement on the tables of a place.
pub(super) fn sql(slot: Slot, template: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(text(slot, template))
}

/// Makes the tables of a place anew, empty and without indexes.
pub(super) async fn empty(connection: &mut SqliteConnection, slot: Slot) -> StoreResult<()> {
    sqlx::raw_sql(sql(slot, EMPTY)).execute(connection).await.map_err(failed(DOING))?;
    Ok(())
}

/// The statements that index and count what is in a place, each to be run by itself.
pub(super) fn finishing(slot: Slot) -> Vec<AssertSqlSafe<String>> {
    let code: Vec<&str> = FINISH.lines().filter(|line| !line.starts_with("--")).collect();
    let statements = code.join("\n");
    statements.split(';').filter(|one| !one.trim().is_empty()).map(|one| sql(slot, one)).collect()
}

/// Empties both places if other tables than ours are there: what was derived into them is to be derived again.
pub(super) async fn prepare(connection: &mut SqliteConnection) -> StoreResult<()> {
    if are_current(connection).await? {
        return Ok(());
    }
    sqlx::query("DELETE FROM read_model").execute(&mut *connection).await.map_err(failed(DOING))?;
    empty(connection, Slot::A).await?;
    empty(connection, Slot::B).await?;
    super::settings::write(connection, TABLES, &tables()).await
}

/// Refuses places with other tables than ours.
pub(super) async fn must_be_current(connection: &mut SqliteConnection) -> StoreResult<()> {
    if are_current(connection).await? {
        return Ok(());
    }
    let why = "the read model was made by another version: start `sightline serve` on its folder once, which derives it \
               again";
    Err(StoreError::Unusable(why.to_owned()))
}

async fn are_current(connection: &mut SqliteConnection) -> StoreResult<bool> {
    Ok(super::settings::read(connection, TABLES).await?.is_some_and(|kept| kept == tables()))
}

fn tables() -> String {
    crate::merkle::hex(&Sha256::new().chain_update(EMPTY).chain_update(FINISH).finalize())
}
