//! Writing many rows with few statements.

use super::error::failed;
use crate::store::{StoreError, StoreResult};
use sqlx::encode::Encode;
use sqlx::sqlite::{Sqlite as Database, SqliteArguments, SqliteConnection};
use sqlx::types::Type;
use sqlx::{Arguments as _, AssertSqlSafe};
use std::fmt::Write as _;
use std::sync::Arc;

/// How many rows a statement writes: as many as remain of the first that fits. Few sizes, so that few statements are
/// kept prepared; the largest times the columns of any table stays below SQLite's limit of 32,766 values.
const SIZES: [usize; 4] = [512, 64, 8, 1];

/// A statement that writes rows.
pub(super) struct Insert<'s> {
    /// What stands before the values, such as `INSERT INTO source (id, source)`.
    pub(super) head: &'s str,
    /// How many values a row has.
    pub(super) columns: usize,
    /// What stands after the values, such as `ON CONFLICT DO NOTHING`.
    pub(super) tail: &'s str,
    /// What is being done, for messages.
    pub(super) doing: &'static str,
}

/// The values of rows, in order.
#[derive(Default)]
pub(super) struct Values {
    arguments: SqliteArguments,
    refused: Option<sqlx::Error>,
}

impl Values {
    /// Adds the next value.
    pub(super) fn add<'t, T: Encode<'t, Database> + Type<Database>>(&mut self, value: T) -> &mut Values {
        if let Err(error) = self.arguments.add(value) {
            self.refused = Some(sqlx::Error::Encode(error));
        }
        self
    }
}

impl Insert<'_> {
    /// Writes the rows, of each the values that `add` adds.
    pub(super) async fn rows<T: Sync>(
        &self,
        connection: &mut SqliteConnection,
        rows: &[T],
        add: impl Fn(&mut Values, &T) + Send + Sync,
    ) -> StoreResult<()> {
        let mut rest = rows;
        for size in SIZES {
            if rest.len() < size {
                continue;
            }
            let sql = self.sql(size);
            while let Some((some, after)) = rest.split_at_checked(size) {
                rest = after;
                let mut values = Values::default();
                values.arguments.reserve(size * self.columns, 0);
                some.iter().for_each(|row| add(&mut values, row));
                if let Some(error) = values.refused {
                    return Err(StoreError::Database { doing: self.doing, error });
                }
                sqlx::query_with(AssertSqlSafe(Arc::clone(&sql)), values.arguments)
                    .execute(&mut *connection)
                    .await
                    .map_err(failed(self.doing))?;
            }
        }
        Ok(())
    }

    fn sql(&self, rows: usize) -> Arc<str> {
        let row = format!("({})", vec!["?"; self.columns].join(","));
        let mut sql = String::with_capacity(self.head.len() + self.tail.len() + (row.len() + 1) * rows + 16);
        // Writing to a text cannot fail.
        let _ = write!(sql, "{} VALUES {} {}", self.head, vec![row.as_str(); rows].join(","), self.tail);
        sql.into()
    }
}
