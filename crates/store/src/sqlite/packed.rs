//! Many small rows read as one: handing a row from the database's thread to ours costs more than making it.

use super::columns::json_of;
use super::error::failed;
use super::filter::Sql;
use crate::store::StoreResult;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteConnection;

/// Begins a question whose rows are packed, each the columns as a list of JSON. What follows says from where, in what
/// order and how many; then [`END`].
pub(super) fn begin(columns: &str) -> String {
    format!(
        "SELECT '[' || coalesce(group_concat(packed, ','), '') || ']' FROM (SELECT json_array({columns}) AS packed "
    )
}

/// Ends a question that [`begin`] began. A limit keeps the order of the rows where they are packed.
pub(super) const END: &str = ")";

/// Asks the question.
pub(super) async fn fetch<T: DeserializeOwned>(
    mut sql: Sql,
    connection: &mut SqliteConnection,
    doing: &'static str,
) -> StoreResult<Vec<T>> {
    let packed: String = sql.build_query_scalar().fetch_one(connection).await.map_err(failed(doing))?;
    json_of(&packed)
}
