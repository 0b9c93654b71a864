//! One process at a time derives a read model anew: two would fill the same place.

use crate::store::{StoreError, StoreResult};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the file is called that a building process holds, after the database's own name.
const SUFFIX: &str = "-building";

/// Whether this process derives a read model anew. The lock ends with the process, however that ends.
pub(super) struct Building {
    path: PathBuf,
    held: Mutex<Option<File>>,
}

impl Building {
    /// Of a database.
    pub(super) fn beside(database: &Path) -> Building {
        let mut name = database.as_os_str().to_owned();
        name.push(SUFFIX);
        Building { path: name.into(), held: Mutex::default() }
    }

    /// Begins, or begins again. [`StoreError::Overtaken`] while another process does.
    pub(super) fn begin(&self) -> StoreResult<()> {
        let mut held = self.held();
        if held.is_some() {
            return Ok(());
        }
        let file = File::create(&self.path).map_err(|error| self.cannot(&error))?;
        match file.try_lock() {
            Ok(()) => *held = Some(file),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Overtaken),
            Err(TryLockError::Error(error)) => return Err(self.cannot(&error)),
        }
        Ok(())
    }

    /// Lets others begin.
    pub(super) fn end(&self) {
        *self.held() = None;
    }

    /// A thread that panicked here left a whole value.
    fn held(&self) -> MutexGuard<'_, Option<File>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cannot(&self, error: &std::io::Error) -> StoreError {
        StoreError::Unusable(format!("{} cannot be locked: {error}", self.path.display()))
    }
}
