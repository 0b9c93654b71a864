//! The rulebook that a service runs under.

use rulebook::{Mistake, Rulebook};
use std::fmt;
use std::sync::Arc;

/// A rulebook with the text that it was read from.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The rulebook.
    pub rulebook: Arc<Rulebook>,
    /// Its text.
    pub text: Arc<str>,
    /// The digest of the text, by which it is known.
    pub digest: Arc<str>,
}

/// A text that is no rulebook.
#[derive(Debug)]
pub struct RulesError(pub Vec<Mistake>);

impl fmt::Display for RulesError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.first() {
            Some(first) => write!(formatter, "the rulebook has {} mistakes, the first: {first}", self.0.len()),
            None => formatter.write_str("the rulebook could not be read"),
        }
    }
}

impl std::error::Error for RulesError {}

impl Rules {
    /// Reads a rulebook.
    ///
    /// # Errors
    ///
    /// All mistakes in it.
    pub fn read(text: &str) -> Result<Rules, RulesError> {
        let rulebook = rulebook::read(text).map_err(RulesError)?.rulebook;
        Ok(Rules { rulebook: Arc::new(rulebook), text: text.into(), digest: store::rulebook_digest(text).into() })
    }
}
