//! Deriving the read model anew, beside the one that is read.

use crate::derive;
use crate::projector::{ended, off_the_runtime};
use crate::rules::Rules;
use calendar::Instant;
use std::sync::Arc;
use store::ledger::{Position, SubjectNumber};
use store::read_model::{ReadModel, SubjectRows};
use store::{Store, StoreResult};
use tokio::sync::mpsc;

/// How many events are read, derived and written together: some megabytes.
const EVENTS_AT_ONCE: u64 = 12_000;

/// How many such pieces wait between one stage and the next.
const WAITING: usize = 2;

/// Derives a whole read model beside the one that is read, from the events that are there now. `progress` is told how
/// many of how many events are in it. The new one is whole, but not yet the one that is read; what came meanwhile is
/// to be projected into it.
///
/// # Errors
///
/// Where the store fails; the read model that is read stays as it is.
pub async fn rebuild(
    store: &Arc<dyn Store>,
    rules: &Rules,
    now: Instant,
    progress: impl Fn(u64, u64) + Send + Sync,
) -> StoreResult<ReadModel> {
    let to = store.head().await?.size;
    let model = store.begin_read_model(&rules.text, to, now).await?;
    let (read, mut to_derive) = mpsc::channel(WAITING);
    let (derived, mut to_write) = mpsc::channel::<(u64, Vec<SubjectRows>)>(WAITING);
    // By itself, so that rows are taken over on one core while others are handed to the database on another. It ends when
    // nobody takes what it reads.
    let reading = tokio::spawn(read_families(Arc::clone(store), to, read));
    let reading = async { ended(reading.await)? };
    let rulebook = Arc::clone(&rules.rulebook);
    let deriving = async move {
        while let Some(families) = to_derive.recv().await {
            let rulebook = Arc::clone(&rulebook);
            let piece = off_the_runtime(move || {
                let families: Vec<derive::FamilyEvents> = families;
                let events = families.iter().map(|family| family.events.len() as u64).sum();
                Ok((events, derive::derive(&families, now, &rulebook)?))
            });
            // The writer ends early only by an error, and that is the one to report.
            if derived.send(piece.await?).await.is_err() {
                break;
            }
        }
        Ok(())
    };
    let writing = async {
        let mut done = 0;
        progress(done, to);
        while let Some((events, rows)) = to_write.recv().await {
            store.fill(model.slot, rows).await?;
            done += events;
            progress(done, to);
        }
        Ok(())
    };
    tokio::try_join!(reading, deriving, writing)?;
    store.finish(model.slot).await?;
    Ok(model)
}

async fn read_families(
    store: Arc<dyn Store>,
    to: Position,
    read: mpsc::Sender<Vec<derive::FamilyEvents>>,
) -> StoreResult<()> {
    let mut after: Option<SubjectNumber> = None;
    loop {
        let families = store.families_after(after, EVENTS_AT_ONCE).await?;
        let Some(last) = families.last().and_then(|family| family.first().copied()) else { return Ok(()) };
        after = Some(last);
        let families = derive::events_of(&*store, families, to).await?;
        if read.send(families).await.is_err() {
            return Ok(());
        }
    }
}
