//! Questions to the read model, put together once for all databases.
//!
//! Every question is answered with one text: a list of JSON, as handing over rows one by one costs more than finding
//! them, and as one statement is of one moment. Lists, groups, counts and tallies are chosen in one place,
//! [`filter`].

mod cursor;
mod filter;
pub(crate) mod findings;
pub(crate) mod holders;
pub(crate) mod lists;
pub(crate) mod rows;
pub(crate) mod sql;
pub(crate) mod tallies;

use crate::read_model::Slot;
use crate::store::{StoreError, StoreResult};
use async_trait::async_trait;
use serde::de::DeserializeOwned;
use sql::{Dialect, Sql};

/// A database that answers questions.
#[async_trait]
pub(crate) trait Ask: Sync {
    /// What it understands.
    fn dialect(&self) -> Dialect;

    /// Its answer: one text.
    async fn ask(&self, sql: Sql, doing: &'static str) -> StoreResult<String>;
}

/// A question to a place.
fn question(database: &dyn Ask, slot: Slot) -> Sql {
    Sql::new(database.dialect(), slot)
}

/// Asks, and reads the answer.
async fn answer<T: DeserializeOwned>(database: &dyn Ask, sql: Sql, doing: &'static str) -> StoreResult<T> {
    read(&database.ask(sql, doing).await?)
}

/// Reads an answer.
pub(crate) fn read<T: DeserializeOwned>(answer: &str) -> StoreResult<T> {
    serde_json::from_str(answer).map_err(|error| StoreError::Damaged(format!("an answer cannot be read: {error}")))
}
