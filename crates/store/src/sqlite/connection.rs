//! The connection that writes and those that read.

use super::error::failed;
use crate::questions::sql::{Sql, Value};
use crate::store::{StoreError, StoreResult};
use sqlx::sqlite::{Sqlite as Database, SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions as _, pool::PoolConnection};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};

/// How many connections read at the same time.
const READERS: u32 = 4;

/// How long a statement waits for another process to let go of the file. Within this process nothing waits so.
const BUSY: Duration = Duration::from_secs(10);

/// How long a question waits for a connection that reads.
const ACQUIRE: Duration = Duration::from_secs(30);

/// The page cache of the connection that writes, in KiB: the upper levels of the ledger's indexes.
const WRITER_CACHE_KIB: u32 = 48 * 1024;

/// The page cache of each connection that reads, in KiB. Small, as every commit of the writer empties it; the pages
/// themselves stay in the operating system's memory.
const READER_CACHE_KIB: u32 = 4 * 1024;

/// After how many pages in the log they are written back: 128 MiB. Ids and subjects come in no order, so that a batch
/// changes pages all over the indexes; the later they are written back, the more changes each write takes with it. After
/// a crash the log is read through, which takes a fraction of a second.
const CHECKPOINT_PAGES: u32 = 32_768;

/// What remains of the log after it was written back, in bytes.
const LOG_LIMIT: u32 = 128 * 1024 * 1024;

/// How many rows a question has ready before they are taken.
const ROWS_AHEAD: usize = 512;

/// How much a commit withstands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Durability {
    /// A loss of power.
    Full,
    /// The end of the process. After a loss of power it may be undone, together with all that came after it.
    Derived,
}

/// All connections to one file.
pub(super) struct Connections {
    /// None inside: the last transaction did not end well, and its connection was closed. None outside: only for reading.
    writer: Option<(Mutex<Option<SqliteConnection>>, SqliteConnectOptions)>,
    readers: SqlitePool,
}

impl Connections {
    /// For reading and writing.
    pub(super) fn writing(path: &Path, connection: SqliteConnection) -> Connections {
        let writer = Some((Mutex::new(Some(connection)), writer_options(path)));
        Connections { writer, readers: readers(path, false) }
    }

    /// For reading only.
    pub(super) fn reading(path: &Path) -> Connections {
        Connections { writer: None, readers: readers(path, true) }
    }

    /// A connection that reads.
    pub(super) async fn read(&self) -> StoreResult<PoolConnection<Database>> {
        self.readers.acquire().await.map_err(failed("waiting for a connection"))
    }

    /// Waits for its turn and begins to write.
    pub(super) async fn begin(&self, durability: Durability) -> StoreResult<Transaction<'_>> {
        let home = self.writer()?.lock().await;
        self.begin_in(home, durability).await
    }

    /// Begins to write unless somebody is writing.
    pub(super) async fn try_begin(&self, durability: Durability) -> StoreResult<Option<Transaction<'_>>> {
        match self.writer()?.try_lock() {
            Ok(home) => self.begin_in(home, durability).await.map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Writes what is in the log back into the file, on a connection that reads, so that nobody who writes waits for it.
    pub(super) async fn write_back(&self) -> StoreResult<()> {
        let mut connection = self.read().await?;
        let back = sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut *connection);
        back.await.map_err(failed("writing the log back"))?;
        Ok(())
    }

    fn writer(&self) -> StoreResult<&Mutex<Option<SqliteConnection>>> {
        let writer = self.writer.as_ref().map(|(writer, _)| writer);
        writer.ok_or_else(|| StoreError::Unusable("the database was opened for reading only".to_owned()))
    }

    async fn begin_in<'w>(
        &self,
        mut home: MutexGuard<'w, Option<SqliteConnection>>,
        durability: Durability,
    ) -> StoreResult<Transaction<'w>> {
        let mut connection = match (home.take(), &self.writer) {
            (Some(connection), _) => connection,
            (None, Some((_, options))) => options.connect().await.map_err(failed("opening the database"))?,
            (None, None) => return Err(StoreError::Unusable("the database was opened for reading only".to_owned())),
        };
        let begin = match durability {
            Durability::Full => "PRAGMA synchronous = FULL; BEGIN IMMEDIATE",
            Durability::Derived => "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE",
        };
        sqlx::raw_sql(begin).execute(&mut connection).await.map_err(failed("beginning to write"))?;
        Ok(Transaction { home, connection })
    }
}

/// A transaction that writes. Dropped before it is committed, its connection is closed, which undoes it whatever state
/// it is in; the next one gets a new connection.
pub(super) struct Transaction<'w> {
    home: MutexGuard<'w, Option<SqliteConnection>>,
    connection: SqliteConnection,
}

impl Transaction<'_> {
    /// Makes it last.
    pub(super) async fn commit(self, doing: &'static str) -> StoreResult<()> {
        self.end("COMMIT", doing).await
    }

    /// Undoes it.
    pub(super) async fn undo(self) -> StoreResult<()> {
        self.end("ROLLBACK", "undoing what was written").await
    }

    async fn end(mut self, how: &'static str, doing: &'static str) -> StoreResult<()> {
        sqlx::query(how).execute(&mut self.connection).await.map_err(failed(doing))?;
        *self.home = Some(self.connection);
        Ok(())
    }
}

impl Deref for Transaction<'_> {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

/// How the connection that writes is opened. It creates the file where there is none.
pub(super) fn writer_options(path: &Path) -> SqliteConnectOptions {
    options(path, WRITER_CACHE_KIB)
        .create_if_missing(true)
        // INSERT OR REPLACE then asks the triggers that refuse to delete.
        .pragma("recursive_triggers", "on")
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES.to_string())
        .pragma("journal_size_limit", LOG_LIMIT.to_string())
        .pragma("analysis_limit", "400")
        // Large indexes are sorted on both sides of a machine's two cores.
        .pragma("threads", "2")
}

/// How a connection that reads is opened.
pub(super) fn reader_options(path: &Path, read_only: bool) -> SqliteConnectOptions {
    options(path, READER_CACHE_KIB).read_only(read_only).pragma("query_only", "on")
}

fn options(path: &Path, cache_kib: u32) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .row_buffer_size(ROWS_AHEAD)
        .pragma("cache_size", format!("-{cache_kib}"))
        .disable_statement_logging()
}

fn readers(path: &Path, read_only: bool) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(reader_options(path, read_only))
}

/// Asks a question on a connection.
pub(super) async fn ask(connection: &mut SqliteConnection, sql: Sql, doing: &'static str) -> StoreResult<String> {
    let (text, values) = sql.finish();
    let mut query = sqlx::query_scalar(AssertSqlSafe(text));
    for value in values {
        query = match value {
            Value::Number(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
        };
    }
    query.fetch_one(connection).await.map_err(failed(doing))
}
