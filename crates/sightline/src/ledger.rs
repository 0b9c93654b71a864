//! Ledgers named by `--source`, `--data` or `--postgres`.

use crate::arguments::Place;
use anyhow::{Context, bail};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::postgres::Postgres;
use store::sqlite::Sqlite;
use store::{Mode, Store};

/// What names an embedded ledger.
const EMBEDDED: &str = "sqlite:";

/// What names one in PostgreSQL.
const POSTGRES: [&str; 2] = ["postgres://", "postgresql://"];

/// The file in a data folder that holds ledger and read model.
const FILE: &str = "sightline.sqlite";

/// Whether a source names a ledger, and not a file of events.
pub fn is_ledger(source: &str) -> bool {
    source.starts_with(EMBEDDED) || is_postgres(source)
}

fn is_postgres(source: &str) -> bool {
    POSTGRES.iter().any(|scheme| source.starts_with(scheme))
}

/// A source as it may be shown: without a password.
pub fn shown(source: &str) -> String {
    let Some((scheme, rest)) = source.split_once("://").filter(|_| is_postgres(source)) else {
        return source.to_owned();
    };
    // What is in the query may be a password as well.
    let rest = rest.split_once('?').map_or(rest, |(place, _)| place);
    match rest.rsplit_once('@') {
        Some((who, place)) => format!("{scheme}://{}@{place}", who.split_once(':').map_or(who, |(user, _)| user)),
        None => format!("{scheme}://{rest}"),
    }
}

/// Opens a ledger that must be there.
pub async fn open(source: &str, mode: Mode) -> anyhow::Result<Arc<dyn Store>> {
    let failed = || format!("{} could not be opened", shown(source));
    if let Some(path) = source.strip_prefix(EMBEDDED) {
        return Ok(Arc::new(Sqlite::open(Path::new(path), mode).await.with_context(failed)?));
    }
    if is_postgres(source) {
        return Ok(Arc::new(Postgres::open(source, mode).await.with_context(failed)?));
    }
    bail!("{source} names no ledger; expected {EMBEDDED} and the path of its file, or postgres://…");
}

/// Opens the ledger in a data folder, and makes both where they are not there.
pub async fn open_folder(folder: &Path) -> anyhow::Result<Arc<dyn Store>> {
    std::fs::create_dir_all(folder).with_context(|| format!("the folder {} could not be made", folder.display()))?;
    let path = file(folder);
    let store = Sqlite::open(&path, Mode::Write).await;
    let store = store.with_context(|| format!("the ledger {} could not be opened", path.display()))?;
    Ok(Arc::new(store))
}

/// Opens the ledger at a place, to write to it.
pub async fn open_place(place: &Place) -> anyhow::Result<Arc<dyn Store>> {
    match (&place.postgres, &place.data) {
        (Some(url), _) => open(url, Mode::Write).await,
        (None, Some(folder)) => open_folder(folder).await,
        (None, None) => bail!("name a ledger: --data DIR or --postgres URL"),
    }
}

/// What `--source` calls the ledger at a place, as it may be shown.
pub fn source(place: &Place) -> String {
    let folder = || place.data.as_deref().map(|folder| format!("{EMBEDDED}{}", file(folder).display()));
    place.postgres.as_deref().map(shown).or_else(folder).unwrap_or_default()
}

/// A place as people call it: the folder or the database.
pub fn called(place: &Place) -> String {
    let folder = || place.data.as_deref().map(|folder| folder.display().to_string());
    place.postgres.as_deref().map(shown).or_else(folder).unwrap_or_default()
}

/// The ledger's file in a data folder.
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Runs something that waits, on as many threads as there are.
pub fn run<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("the program could not start its threads")?.block_on(work)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn passwords_are_not_shown() {
        for (source, expected) in [
            ("sqlite:a:b@c.sqlite", "sqlite:a:b@c.sqlite"),
            ("events.ndjson", "events.ndjson"),
            ("postgres://localhost/county", "postgres://localhost/county"),
            ("postgres://ann@db:5432/county", "postgres://ann@db:5432/county"),
            ("postgres://ann:pa:ss@db/county?sslmode=require", "postgres://ann@db/county"),
            ("postgresql:///county?password=x", "postgresql:///county"),
        ] {
            assert_eq!(shown(source), expected);
        }
    }
}
