//! The two places for a read model, each a set of tables of its own, which belong to the projector.

use super::connection::Transaction;
use super::error::failed;
use crate::questions::sql::letter;
use crate::read_model::Slot;
use crate::store::StoreResult;
use sqlx::AssertSqlSafe;

const EMPTY: &str = include_str!("../../../../migrations/postgres/slot.sql");
const FINISH: &str = include_str!("../../../../migrations/postgres/slot_finish.sql");

/// The tables of a place.
const TABLES: [&str; 6] = ["subject_row", "clock", "finding", "tally", "due_tally", "running_tally"];

const DOING: &str = "making room for a read model";

/// A statement on the tables of a place: `{x}` stands for its letter.
pub(super) fn sql(slot: Slot, template: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(template.replace("{x}", letter(slot)))
}

/// Has what follows in the transaction be done, and owned, by the projector, whoever is logged in for it.
pub(super) async fn as_projector(transaction: &mut Transaction) -> StoreResult<()> {
    let role = sqlx::raw_sql("SET LOCAL ROLE sightline_projector").execute(&mut **transaction);
    role.await.map_err(failed(DOING))?;
    Ok(())
}

/// Makes the tables of a place anew, empty and without indexes.
pub(super) async fn make(transaction: &mut Transaction, slot: Slot) -> StoreResult<()> {
    sqlx::raw_sql(sql(slot, EMPTY)).execute(&mut **transaction).await.map_err(failed(DOING))?;
    Ok(())
}

/// Empties a place if it was ever made. Its tables stay, so that whoever is about to read them finds nothing rather than
/// no table.
pub(super) async fn empty(transaction: &mut Transaction, slot: Slot) -> StoreResult<()> {
    let made = "SELECT to_regclass('derived.clock_{x}') IS NOT NULL";
    let made: bool = sqlx::query_scalar(sql(slot, made)).fetch_one(&mut **transaction).await.map_err(failed(DOING))?;
    if !made {
        return Ok(());
    }
    let tables: Vec<String> = TABLES.iter().map(|table| format!("derived.{table}_{{x}}")).collect();
    let truncate = sql(slot, &format!("TRUNCATE {}", tables.join(", ")));
    sqlx::raw_sql(truncate).execute(&mut **transaction).await.map_err(failed(DOING))?;
    Ok(())
}

/// Indexes what is in a place.
pub(super) async fn finish(transaction: &mut Transaction, slot: Slot) -> StoreResult<()> {
    let doing = "indexing the read model";
    sqlx::raw_sql(sql(slot, FINISH)).execute(&mut **transaction).await.map_err(failed(doing))?;
    Ok(())
}
