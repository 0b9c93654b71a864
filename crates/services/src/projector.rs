//! The projector: keeps the read model at the end of the ledger.
//!
//! The main path is: something was appended, or an instant came at which clocks change by themselves; the subjects
//! concerned are derived again with their families, and the difference is written with the checkpoint. It keeps no
//! state of its own, so that it can be stopped anywhere and goes on from the checkpoint.

use crate::derive;
use crate::feed::{Feed, change};
use crate::rules::Rules;
use calendar::Instant;
use std::collections::HashSet;
use std::sync::Arc;
use store::ledger::{Position, SubjectNumber};
use store::read_model::{Derived, ReadModel, Slot};
use store::{Store, StoreError, StoreResult};
use tokio::task::JoinError;

/// The most events that are projected in one commit.
const MOST_EVENTS: u64 = 4_000;

/// The most subjects that are derived again at once because time went by.
const MOST_CHANGING: u32 = 1_000;

/// From so many events behind on, deriving everything anew is quicker than event by event, if they are also
/// [a large part](LARGE_PART) of the ledger.
const MANY_BEHIND: u64 = 20_000;

/// One part in so many of the ledger.
const LARGE_PART: u64 = 4;

/// What a projector works with.
#[derive(Clone)]
pub struct Work {
    /// Where everything is.
    pub store: Arc<dyn Store>,
    /// The rules.
    pub rules: Rules,
    /// Where changes are told.
    pub(crate) feed: Feed,
}

/// What a round of projecting did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkDone {
    /// Everything is in the read model.
    UpToDate,
    /// Something was done, and there may be more.
    Some,
    /// There is so much to do that the read model is better derived anew.
    TooMuch,
    /// Another process has switched to another read model: this one is read no more.
    Replaced,
}

impl Work {
    /// For a command that works on a store alone: nobody listens.
    pub fn alone(store: Arc<dyn Store>, rules: Rules) -> Work {
        Work { store, rules, feed: Feed::new() }
    }

    /// Projects the next events into a read model, or what changed by itself by `now`.
    ///
    /// # Errors
    ///
    /// Where the store fails. [`StoreError::Overtaken`] is no failure: somebody else did the work.
    pub async fn once(&self, model: &mut ReadModel, now: Instant) -> StoreResult<WorkDone> {
        let head = self.store.head().await?.size;
        let behind = head.saturating_sub(model.checkpoint);
        if behind > MANY_BEHIND && behind > head / LARGE_PART {
            return Ok(WorkDone::TooMuch);
        }
        if behind > 0 {
            let to = head.min(model.checkpoint + MOST_EVENTS);
            let numbers = self.store.subjects_between(model.checkpoint + 1, to).await?;
            return self.project(model, numbers, to, now).await;
        }
        let changing = self.store.changing(model.slot, now, MOST_CHANGING).await?;
        if changing.is_empty() {
            return Ok(WorkDone::UpToDate);
        }
        self.project(model, changing, model.checkpoint, now).await
    }

    async fn project(
        &self,
        model: &mut ReadModel,
        numbers: Vec<SubjectNumber>,
        to: Position,
        now: Instant,
    ) -> StoreResult<WorkDone> {
        let derived = self.derive(&numbers, to, now).await?;
        match self.store.project(model, derived, to).await {
            Ok(difference) => {
                model.checkpoint = to;
                if self.feed.has_listeners() {
                    self.feed.tell(change(difference, to, now, &self.rules.rulebook));
                }
                Ok(WorkDone::Some)
            }
            // Another process did this part; what is read now is where to go on.
            Err(StoreError::Overtaken) => match self.store.read_model().await? {
                Some(latest) if latest.is_same(model) => {
                    model.checkpoint = latest.checkpoint;
                    Ok(WorkDone::Some)
                }
                Some(_) | None => Ok(WorkDone::Replaced),
            },
            Err(error) => Err(error),
        }
    }

    async fn derive(&self, numbers: &[SubjectNumber], to: Position, now: Instant) -> StoreResult<Derived> {
        let families = self.store.families(numbers).await?;
        let families = derive::events_of(&*self.store, families, to).await?;
        let members: HashSet<SubjectNumber> =
            families.iter().flat_map(|family| family.members.iter().copied()).collect();
        let rulebook = Arc::clone(&self.rules.rulebook);
        let subjects = off_the_runtime(move || derive::derive(&families, now, &rulebook)).await?;
        Ok(Derived { numbers: members.into_iter().collect(), subjects })
    }

    /// When there is something to do without a new event: the next instant at which clocks change by themselves.
    pub async fn next_change(&self, slot: Slot, after: Instant) -> StoreResult<Option<Instant>> {
        self.store.next_change(slot, after).await
    }
}

/// Runs work that computes where it holds up nobody.
pub async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> StoreResult<T> + Send + 'static,
) -> StoreResult<T> {
    ended(tokio::task::spawn_blocking(work).await)?
}

/// What a task came to.
pub(crate) fn ended<T>(task: Result<T, JoinError>) -> StoreResult<T> {
    match task {
        Ok(done) => Ok(done),
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(StoreError::Unusable("the service is stopping".to_owned())),
    }
}
