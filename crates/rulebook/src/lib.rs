//! Rules as data: what an analyst writes in TOML, checked against the vocabulary, in the form that the engine runs.
//!
//! Knows nothing of events that happened, of stores, files or the present time. [`read`] either gives a whole
//! [`Rulebook`] in which every name is resolved, or every mistake in the text with its line and column; no text makes
//! it panic. Guarded by `tests/`: one literal table of mistakes and messages, and random edits of the default file.

pub mod model;
mod reader;

pub use model::*;
pub use reader::{DEFAULT, MOST_BYTES, Mistake, Read, default_rulebook, did_you_mean, read};
