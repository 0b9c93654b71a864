//! The event vocabulary: which events there are, what they say, and how bytes become events.
//!
//! Knows nothing of files, networks, stores, rules or the present time, and uses no random numbers: when an event was
//! received is told to it. Whatever the bytes, [`Checker::check`] gives an event or the one reason why not, and never
//! panics. The tables under `tables` are the only place that says what a type's fields are; types, checks, values,
//! JSON and JSON Schemas all come from them.

mod checker;
mod choice;
mod choices;
mod described;
mod digest;
mod envelope;
mod event;
mod field;
mod held;
mod json;
mod macros;
mod number;
mod reader;
mod refusal;
mod schema;
mod subject;
mod tables;
mod types;
mod write;

pub use calendar::{Date, Instant};
pub use checker::Checker;
pub use choice::{Choice, ChoiceSet};
pub use choices::*;
pub use digest::Digest;
pub use event::Event;
pub use field::{Field, FieldKind, Value, WholeValues};
pub use number::Number;
pub use refusal::{MOST_BYTES_PER_EVENT, Reason, Refusal};
pub use schema::schema;
pub use smol_str::SmolStr as Text;
pub use subject::{Subject, SubjectKind};
pub use tables::*;
pub use types::{Data, EventType};
pub use write::NewEvent;
