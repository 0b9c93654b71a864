//! One process at a time derives a read model anew: two would fill the same place.

use crate::difference::Tallied;
use crate::questions::rows::ClockToWrite;
use crate::store::{StoreError, StoreResult};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the file is called that a building process holds, after the database's own name.
const SUFFIX: &str = "-building";

/// Whether this process derives a read model anew. The lock ends with the process, however that ends.
pub(super) struct Building {
    path: PathBuf,
    held: Mutex<Option<Held>>,
}

/// What a process has that derives a read model anew.
struct Held {
    /// Only held.
    _lock: File,
    /// What was filled in, to be written when all is: every piece would change nearly all of the tallies' rows again.
    tallied: Tallied,
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
        if let Some(held) = held.as_mut() {
            held.tallied = Tallied::default();
            return Ok(());
        }
        let file = File::create(&self.path).map_err(|error| self.cannot(&error))?;
        match file.try_lock() {
            Ok(()) => *held = Some(Held { _lock: file, tallied: Tallied::default() }),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Overtaken),
            Err(TryLockError::Error(error)) => return Err(self.cannot(&error)),
        }
        Ok(())
    }

    /// Counts clocks that were filled in.
    pub(super) fn count(&self, clocks: &[ClockToWrite<'_>]) {
        if let Some(held) = self.held().as_mut() {
            clocks.iter().for_each(|row| held.tallied.add(row.clock, row.ids));
        }
    }

    /// All that was counted since the beginning, which is then to be written.
    pub(super) fn take_tallied(&self) -> Tallied {
        self.held().as_mut().map(|held| std::mem::take(&mut held.tallied)).unwrap_or_default()
    }

    /// Lets others begin.
    pub(super) fn end(&self) {
        *self.held() = None;
    }

    /// A thread that panicked here left a whole value.
    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cannot(&self, error: &std::io::Error) -> StoreError {
        StoreError::Unusable(format!("{} cannot be locked: {error}", self.path.display()))
    }
}
