//! Reading the read model while it is being written.

use super::problem::ApiError;
use services::{Current, Services};
use std::sync::Arc;
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

/// Asks the read model one or several things, and asks again where it moved on in between, so that a list and its count
/// are of one moment.
///
/// # Errors
///
/// Those of `ask`; and where there is no read model yet, or none that stands still for long enough.
pub async fn read<T, F>(services: &Services, ask: impl Fn(Arc<Current>) -> F) -> Result<Reading<T>, ApiError>
where
    F: Future<Output = Result<T, ApiError>>,
{
    for _ in 0..MOST_TRIES {
        let current = services.current().ok_or(ApiError::Starting)?;
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
    Err(ApiError::TooMany("The worklists change faster than they can be read."))
}

fn is_of(model: &ReadModel, current: &Current) -> bool {
    model.slot == current.slot && model.begun == current.begun && *model.rulebook == *current.rules.digest
}
