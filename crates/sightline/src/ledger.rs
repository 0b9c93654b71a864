//! Ledgers named by `--source` or `--data`.

use anyhow::{Context, bail};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;
use store::sqlite::{Mode, Sqlite};

/// What names an embedded ledger.
const EMBEDDED: &str = "sqlite:";

/// The file in a data folder that holds ledger and read model.
const FILE: &str = "sightline.sqlite";

/// The embedded ledger that a source names; none: it names a file of events.
pub fn embedded(source: &str) -> anyhow::Result<Option<&Path>> {
    if source.starts_with("postgres:") || source.starts_with("postgresql:") {
        bail!("{source} names a PostgreSQL ledger, and this version reads files of events and embedded ledgers only");
    }
    Ok(source.strip_prefix(EMBEDDED).map(Path::new))
}

/// Opens a ledger that must be there.
pub async fn open(source: &str, mode: Mode) -> anyhow::Result<Arc<dyn Store>> {
    let Some(path) = embedded(source)? else {
        bail!("{source} names no ledger; expected {EMBEDDED} and the path of its file");
    };
    let store = Sqlite::open(path, mode).await.with_context(|| format!("{source} could not be opened"))?;
    Ok(Arc::new(store))
}

/// Opens the ledger in a data folder, and makes both where they are not there.
pub async fn open_folder(folder: &Path) -> anyhow::Result<Arc<dyn Store>> {
    std::fs::create_dir_all(folder).with_context(|| format!("the folder {} could not be made", folder.display()))?;
    let path = file(folder);
    let store = Sqlite::open(&path, Mode::Write).await;
    let store = store.with_context(|| format!("the ledger {} could not be opened", path.display()))?;
    Ok(Arc::new(store))
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
