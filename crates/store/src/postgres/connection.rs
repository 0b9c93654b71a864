//! The connections to the server.

use super::error::failed;
use crate::questions::sql::{Sql, Value};
use crate::store::{Mode, StoreResult};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, Postgres as Database};
use sqlx::{AssertSqlSafe, ConnectOptions as _};
use std::time::Duration;

/// How many connections a process has at most.
const MOST: u32 = 8;

/// How long a question waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(30);

/// What a process is called in the server's list of activity, unless its address says otherwise.
const NAME: &str = "sightline";

/// What every connection is set to, whatever the server, the database or the role say.
const SETTINGS: [(&str, &str); 7] = [
    ("search_path", "sightline,derived"),
    ("timezone", "UTC"),
    // Each statement of a transaction sees what was committed before it, also behind a lock that it waited for.
    ("default_transaction_isolation", "read committed"),
    // Statements are planned for their own arguments: one that was planned while a table was empty would read all of it
    // for each row of a batch once it is full.
    ("plan_cache_mode", "force_custom_plan"),
    // Whoever hangs in the middle of a write is thrown out, so that others can go on.
    ("idle_in_transaction_session_timeout", "10s"),
    // Compiling a question takes longer than answering it: none reads much of a table for a page or a batch.
    ("jit", "off"),
    // A batch of events is looked over in memory when it is inserted.
    ("work_mem", "16MB"),
];

/// A transaction that writes. Dropped before it is committed, it is undone.
pub(super) type Transaction = sqlx::Transaction<'static, Database>;

/// All connections to one database.
pub(super) struct Connections {
    pool: PgPool,
    options: PgConnectOptions,
    mode: Mode,
}

impl Connections {
    /// To the database that the options name. Connects when a connection is first asked for.
    pub(super) fn new(options: PgConnectOptions, mode: Mode) -> Connections {
        let name = options.get_application_name().unwrap_or(NAME).to_owned();
        let options = options.application_name(&name).options(SETTINGS).disable_statement_logging();
        let pool =
            PgPoolOptions::new().max_connections(MOST).acquire_timeout(ACQUIRE).connect_lazy_with(options.clone());
        Connections { pool, options, mode }
    }

    /// For what the database was opened.
    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    /// A connection that reads.
    pub(super) async fn read(&self) -> StoreResult<PoolConnection<Database>> {
        self.pool.acquire().await.map_err(failed("waiting for a connection"))
    }

    /// Begins several questions about one moment.
    pub(super) async fn moment(&self) -> StoreResult<Transaction> {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        self.pool.begin_with(begin).await.map_err(failed("beginning to read"))
    }

    /// Begins to write.
    pub(super) async fn begin(&self) -> StoreResult<Transaction> {
        self.pool.begin().await.map_err(failed("beginning to write"))
    }

    /// A connection that nobody else is given.
    pub(super) async fn alone(&self) -> StoreResult<PgConnection> {
        self.options.connect().await.map_err(failed("connecting"))
    }
}

/// Asks a question on a connection.
pub(super) async fn ask(connection: &mut PgConnection, sql: Sql, doing: &'static str) -> StoreResult<String> {
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
