//! Opening a database, and refusing one that cannot be used.

use super::connection::Connections;
use super::error::failed;
use super::{Postgres, migrations};
use crate::store::{Mode, StoreError, StoreResult};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};

const DOING: &str = "opening the database";

const NO_ADDRESS: &str = "the address of the PostgreSQL database cannot be understood: it is of the form \
    `postgres://user:password@host:5432/database`, and in the password whatever is not a letter or a digit is written \
    as `%` and two hexadecimal digits";

const UNKNOWN_PARAMETER: &str =
    "the address of the PostgreSQL database has a parameter, after `?`, that there is not. There are these";

/// The parameters that an address may have after `?`. Others would be logged with their value, which may be a password
/// behind a mistyped name.
const PARAMETERS: [&str; 18] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

impl Postgres {
    /// Opens a database, by its address: `postgres://user:password@host:5432/database`. Creates and changes no tables;
    /// [`Postgres::migrate`] does.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] where the server cannot be reached or does not let the user in, or the tables are
    /// missing, or were made by another version; [`StoreError::Damaged`] where they were changed from outside. The text
    /// says what to do.
    pub async fn open(url: &str, mode: Mode) -> StoreResult<Postgres> {
        let connections = Connections::new(options(url, mode)?, mode);
        let mut connection = connections.alone().await?;
        migrations::must_be_current(&mut connection).await?;
        must_be_whole(&mut connection).await?;
        connection.close().await.map_err(failed(DOING))?;
        Ok(Postgres { connections, holders: Default::default(), building: Default::default() })
    }
}

/// The last event and the last tree head belong together: they were committed together.
async fn must_be_whole(connection: &mut PgConnection) -> StoreResult<()> {
    let ends = "SELECT (SELECT coalesce(max(position), 0) FROM event), (SELECT coalesce(max(size), 0) FROM tree_head)";
    let (events, size): (i64, i64) =
        sqlx::query_as(ends).fetch_one(connection).await.map_err(failed("reading the end of the ledger"))?;
    if events == size {
        return Ok(());
    }
    Err(StoreError::Damaged(format!(
        "the ledger has {events} events, but its last tree head is of {size}. It was changed from outside; restore it \
         from a copy"
    )))
}

/// How a database is connected to. What is said of an address that is none does not repeat it: it may have a password.
pub(super) fn options(url: &str, mode: Mode) -> StoreResult<PgConnectOptions> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    if !matches!(scheme, Some("postgres" | "postgresql")) {
        return Err(StoreError::Unusable(NO_ADDRESS.to_owned()));
    }
    if let Some(why) = parameters(url).find(|name| !PARAMETERS.contains(name)).map(|_| UNKNOWN_PARAMETER) {
        return Err(StoreError::Unusable(format!("{why}: {}", PARAMETERS.join(", "))));
    }
    let options: PgConnectOptions = url.parse().map_err(|_| StoreError::Unusable(NO_ADDRESS.to_owned()))?;
    let read_only = if mode == Mode::Read { "on" } else { "off" };
    Ok(options.options([("default_transaction_read_only", read_only)]))
}

/// The names of the parameters of an address.
fn parameters(url: &str) -> impl Iterator<Item = &str> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split(['=', '[', '%']).next().unwrap_or(pair))
}
