//! What domain.md says, as tables of events, questions and answers, one module per part of it; and properties that
//! hold for any events.

#[cfg(test)]
mod corrections;
