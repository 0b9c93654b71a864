//! What goes into the ledger and comes out of it.

use crate::merkle::Hash;
use bytes::Bytes;
use calendar::Instant;
use vocabulary::{Event, Refusal};

/// The place of an event in the ledger, from 1, without gaps.
pub type Position = u64;

/// The number of a subject in the ledger: of whoever an event was about, in the order in which they were first seen.
pub type SubjectNumber = u32;

/// Something that was sent, checked, on its way into the ledger or the quarantine.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The bytes, exactly as they were received.
    pub bytes: Bytes,
    /// When they were received. An event carries the same instant.
    pub received: Instant,
    /// The line of the file that they are, counted from 1; none where there was no file.
    pub line: Option<u64>,
    /// The event that they are, or why they are none.
    pub checked: Result<Event, Refusal>,
}

/// What became of something that was sent. It is given only when the database has committed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was appended.
    Appended(Position),
    /// The same event was in the ledger already; nothing changed.
    Repeated(Position),
    /// It was refused and is in the quarantine, whole.
    Quarantined {
        /// Its number there.
        number: u64,
        /// Why.
        refusal: Refusal,
    },
}

/// An event as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place.
    pub position: Position,
    /// When the ledger took it.
    pub received: Instant,
    /// The subject that it names, by number.
    pub subject: SubjectNumber,
    /// The bytes, exactly as they were received.
    pub bytes: Bytes,
}

/// The end of the ledger after a commit: how much there is, and a hash over all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// How many events there are, which is the position of the last.
    pub size: u64,
    /// The root of the Merkle tree over all of them (RFC 6962, section 2.1).
    pub root: Hash,
    /// When it was committed; none for an empty ledger.
    pub at: Option<Instant>,
}
