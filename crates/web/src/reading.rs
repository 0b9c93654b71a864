//! Reading the read model while it is being written.

use services::{Current, Services};
use std::sync::Arc;
use store::StoreError;
use store::ledger::Position;
use store::read_model::ReadModel;

/// How often a question is asked again because the read model moved on while it was answered. Answers take a few
/// milliseconds; under the heaviest load events are projected together, some times a second.
const MOST_TRIES: usize = 20;

/// Answers to one question that belong together.
pub struct Reading<T> {
    /// The answers.
    pub found: T,
    /// The position of the ledger that the read model had reached.
    pub position: Position,
    /// What was read.
    pub current: Arc<Current>,
}

/// Why there is nothing to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// There is no read model yet.
    Starting,
    /// It does not stand still for long enough.
    Moving,
}

impl Unsettled {
    /// In a sentence, for people.
    pub const MOVING: &str = "The worklists change faster than they can be read.";
}

/// Asks the read model one or several things, and asks again where it moved on in between, so that a list and its count
/// are of one moment, and none is read of a place that was emptied meanwhile.
///
/// # Errors
///
/// Those of `ask`; and where there is no read model yet, or none that stands still for long enough.
pub async fn read<T, E, F>(services: &Services, ask: impl Fn(Arc<Current>) -> F) -> Result<Reading<T>, E>
where
    E: From<StoreError> + From<Unsettled>,
    F: Future<Output = Result<T, E>>,
{
    for _ in 0..MOST_TRIES {
        let current = services.current().ok_or(Unsettled::Starting)?;
        let before = services.store().read_model().await?;
        if !before.as_ref().is_some_and(|model| is_of(model, &current)) {
            // Another read model has just become the one that is read, and the service is about to say so.
            tokio::task::yield_now().await;
            continue;
        }
        let found = ask(Arc::clone(&current)).await?;
        let after = services.store().read_model().await?;
        match after {
            Some(after) if Some(&after) == before.as_ref() => {
                return Ok(Reading { found, position: after.checkpoint, current });
            }
            Some(_) | None => {}
        }
    }
    Err(Unsettled::Moving.into())
}

/// Whether a read model is still the one that is read. What was read of one that no longer is may be a part.
///
/// # Errors
///
/// Where the store fails.
pub async fn is_still_read(services: &Services, current: &Current) -> Result<bool, StoreError> {
    Ok(services.store().read_model().await?.is_some_and(|model| is_of(&model, current)))
}

fn is_of(model: &ReadModel, current: &Current) -> bool {
    model.slot == current.slot && model.begun == current.begun && *model.rulebook == *current.rules.digest
}
