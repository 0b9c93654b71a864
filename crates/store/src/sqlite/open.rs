//! Opening the file, and refusing what is no ledger or cannot be used.

use super::building::Building;
use super::connection::{Connections, Durability, reader_options, writer_options};
use super::error::failed;
use super::{Sqlite, migrations, slots};
use crate::store::{Mode, StoreError, StoreResult};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnection;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What SQLite's header says this file is for: "Sigh" in ASCII.
const APPLICATION: u32 = 0x5369_6768;

/// Where the header of a SQLite file says so, and how long it is.
const APPLICATION_AT: usize = 68;
const HEADER: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

impl Sqlite {
    /// Opens a file. To write, it is created where there is none, and brought up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] where the file or its folder is not there or cannot be written to, is no ledger, or was
    /// written by another version; [`StoreError::Damaged`] where it was cut short or changed. The text says what to do.
    pub async fn open(path: &Path, mode: Mode) -> StoreResult<Sqlite> {
        let is_there = inspect(path)?;
        let connections = match mode {
            Mode::Write => open_to_write(path).await?,
            Mode::Read if is_there => open_to_read(path).await?,
            Mode::Read => {
                return Err(StoreError::Unusable(format!("there is no ledger at {}", path.display())));
            }
        };
        let sqlite = Sqlite { connections, holders: Default::default(), building: Building::beside(path) };
        sqlite.must_be_whole().await?;
        Ok(sqlite)
    }

    /// The last event and the last tree head belong together: they were committed together.
    async fn must_be_whole(&self) -> StoreResult<()> {
        let ends =
            "SELECT (SELECT coalesce(max(position), 0) FROM event), (SELECT coalesce(max(size), 0) FROM tree_head)";
        let mut connection = self.connections.read().await?;
        let (events, size): (i64, i64) =
            sqlx::query_as(ends).fetch_one(&mut *connection).await.map_err(failed("reading the end of the ledger"))?;
        if events == size {
            return Ok(());
        }
        Err(StoreError::Damaged(format!(
            "the ledger has {events} events, but its last tree head is of {size}. It was changed from outside; restore \
             it from a copy"
        )))
    }
}

async fn open_to_write(path: &Path) -> StoreResult<Connections> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(StoreError::Unusable(format!("there is no folder {}: create it first", folder.display())));
    }
    let doing = "opening the database to write to it";
    let mut connection = writer_options(path).connect().await.map_err(failed(doing))?;
    make_ours(&mut connection).await?;
    let connections = Connections::writing(path, connection);
    let mut transaction = connections.begin(Durability::Full).await?;
    migrations::apply(&mut transaction).await?;
    slots::prepare(&mut transaction).await?;
    transaction.commit("preparing the tables").await?;
    Ok(connections)
}

/// Gives a new file its mark, and lets readers and the writer work at the same time. The mark comes first, so that it
/// is in the file itself whatever happens next.
async fn make_ours(connection: &mut SqliteConnection) -> StoreResult<()> {
    let doing = "preparing the database";
    let pages: i64 =
        sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *connection).await.map_err(failed(doing))?;
    if pages == 0 {
        let mark = sqlx::AssertSqlSafe(format!("PRAGMA application_id = {APPLICATION}"));
        sqlx::raw_sql(mark).execute(&mut *connection).await.map_err(failed(doing))?;
    }
    let journal: String =
        sqlx::query_scalar("PRAGMA journal_mode = WAL").fetch_one(&mut *connection).await.map_err(failed(doing))?;
    if journal == "wal" {
        return Ok(());
    }
    let why = "the database is on a file system that SQLite cannot keep its log on: put it on a local disk";
    Err(StoreError::Unusable(why.to_owned()))
}

async fn open_to_read(path: &Path) -> StoreResult<Connections> {
    let doing = "opening the database to read it";
    let mut connection = reader_options(path, true).connect().await.map_err(failed(doing))?;
    migrations::must_be_current(&mut connection).await?;
    slots::must_be_current(&mut connection).await?;
    Ok(Connections::reading(path))
}

/// Whether there is a file with something in it. Refuses one that is not ours before SQLite touches it.
fn inspect(path: &Path) -> StoreResult<bool> {
    let unreadable =
        |error: std::io::Error| StoreError::Unusable(format!("{} cannot be read: {error}", path.display()));
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(unreadable(error)),
    };
    let mut header = Vec::with_capacity(HEADER);
    file.take(HEADER as u64).read_to_end(&mut header).map_err(unreadable)?;
    if header.is_empty() {
        return Ok(false);
    }
    if !header.starts_with(MAGIC) {
        return Err(StoreError::Unusable(format!(
            "{} is no ledger: it is no SQLite database. Name another file, or restore it from a copy",
            path.display()
        )));
    }
    let mark = header.get(APPLICATION_AT..).and_then(|rest| rest.first_chunk::<4>());
    match mark.filter(|_| header.len() == HEADER) {
        None => Err(StoreError::Damaged(format!("{} was cut short; restore it from a copy", path.display()))),
        Some(mark) if u32::from_be_bytes(*mark) == APPLICATION => Ok(true),
        Some(_) => Err(StoreError::Unusable(format!(
            "{} is no ledger: it is a SQLite database of something else. Name another file",
            path.display()
        ))),
    }
}
