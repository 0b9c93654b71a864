//! One process at a time derives a read model anew: two would fill the same place.

use super::connection::Connections;
use super::error::failed;
use crate::difference::Tallied;
use crate::questions::rows::ClockToWrite;
use crate::store::{StoreError, StoreResult};
use calendar::Instant;
use sqlx::PgConnection;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The number of the lock that a building process holds, on a connection of its own; it ends with that connection.
const LOCK: i64 = 0x5369_6768_0002;

/// Whether this process derives a read model anew.
#[derive(Default)]
pub(super) struct Building(Mutex<Option<Held>>);

/// What a process has that derives a read model anew.
struct Held {
    /// Only held.
    _lock: PgConnection,
    /// When the read model was begun that is being filled in.
    begun: Instant,
    /// What was filled in, to be written when all is: every piece would change nearly all of the tallies' rows again.
    tallied: Tallied,
}

impl Building {
    /// Begins, or begins again. [`StoreError::Overtaken`] while another process does.
    pub(super) async fn begin(&self, connections: &Connections, begun: Instant) -> StoreResult<()> {
        if let Some(held) = self.held().as_mut() {
            held.begun = begun;
            held.tallied = Tallied::default();
            return Ok(());
        }
        let doing = "reserving the place beside the read model";
        let mut lock = connections.alone().await?;
        let is_ours: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
            .bind(LOCK)
            .fetch_one(&mut lock)
            .await
            .map_err(failed(doing))?;
        if !is_ours {
            return Err(StoreError::Overtaken);
        }
        *self.held() = Some(Held { _lock: lock, begun, tallied: Tallied::default() });
        Ok(())
    }

    /// When the read model was begun that this process fills in.
    pub(super) fn begun(&self) -> Option<Instant> {
        self.held().as_ref().map(|held| held.begun)
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
