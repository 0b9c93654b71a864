//! Test support: histories as readable tables, questions about them, and the answers as short lines of text.
//!
//! Used by tests only; no other crate depends on it but for its tests. It asks the engine as the program does and
//! turns what comes out into text, so that hundreds of literal cases stand while the engine's types change.
//!
//! - [`events`] reads a table of events; [`json_lines`] gives the same as the bytes that producers send.
//! - [`ask`] asks about events; [`Asked`] has one function per kind of question.
//! - [`check`] runs a whole case: a table of events, questions, and the expected answers, in one text.
//! - [`nasty`] makes small histories full of oddities, for properties.
//! - [`postgres`] runs a real server for a test process.

#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a mistake in a test's own text must fail that test at once, with the line that is wrong"
)]

mod answers;
mod ask;
mod case;
mod data;
pub mod nasty;
pub mod postgres;
mod table;

pub use ask::{Asked, accepted, ask, each_case, instant, tally, workforce};
pub use case::{check, check_under};
pub use table::{child, events, json_lines, received};
