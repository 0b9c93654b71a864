//! The long-running work between the ledger and whoever asks: intake, the projector, the live feed, rebuilding,
//! figures, and verifying.
//!
//! Knows nothing of SQL, HTTP, pages or files. It may ask a [`Clock`] for the present instant, and is the only library
//! that may. Everything it derives can be derived again; what must not be lost is committed by the store before it is
//! said to be taken.

mod clock;
mod current;
mod derive;
mod feed;
mod figures;
mod history;
mod intake;
mod projector;
mod rebuild;
mod rules;
mod running;
mod verify;

pub use clock::{Clock, Hands};
pub use current::Current;
pub use feed::Change;
pub use figures::{MONTHS_SHOWN, months_shown};
pub use history::{SubjectEvents, events_of_subject};
pub use intake::{check_file_lines, check_received};
pub use projector::{Work, WorkDone};
pub use rebuild::rebuild;
pub use rules::{Rules, RulesError};
pub use running::{ClockFault, Running, Services, TakeError};
pub use verify::{Verified, VerifyStep, verify};
