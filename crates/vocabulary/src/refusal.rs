//! Why an event is not accepted.

use std::fmt;

/// The most bytes that one event may have (section 7 of the domain).
pub const MOST_BYTES_PER_EVENT: usize = 16 * 1024 * 1024;

/// The reasons for which an event goes to quarantine. Of several faults the first in this order is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reason {
    /// The bytes are no CloudEvent in JSON.
    Malformed,
    /// The vocabulary has no such type.
    UnknownType,
    /// A field that must be there is absent or null.
    MissingField,
    /// A field has the wrong type, value or kind of subject.
    BadField,
    /// It occurred, or was recorded, more than 5 minutes after it was received.
    Future,
    /// It occurred before 1900.
    Before1900,
    /// The (source, id) was already accepted with other content.
    ConflictingId,
}

impl Reason {
    /// Every reason, in order.
    pub const ALL: &'static [Self] = &[
        Self::Malformed,
        Self::UnknownType,
        Self::MissingField,
        Self::BadField,
        Self::Future,
        Self::Before1900,
        Self::ConflictingId,
    ];

    /// The code that is shown and stored, such as `bad_field`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownType => "unknown_type",
            Self::MissingField => "missing_field",
            Self::BadField => "bad_field",
            Self::Future => "future",
            Self::Before1900 => "before_1900",
            Self::ConflictingId => "conflicting_id",
        }
    }

    /// The reason of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.as_str() == code)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The one fault for which an event is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// The field at fault as a JSON pointer; none where the text as a whole is.
    pub field: Option<String>,
    /// One sentence: what was expected and what was found.
    pub detail: String,
}

impl Refusal {
    /// For an event of more than [`MOST_BYTES_PER_EVENT`]; `bytes` is its length.
    pub fn too_long(bytes: u64) -> Self {
        Self::of_text(format!("expected at most {MOST_BYTES_PER_EVENT} bytes; found {bytes}"))
    }

    /// For an event whose (source, id) was already accepted with other content.
    pub fn conflicting_id() -> Self {
        let detail = "expected an id that is new to its source; found one already accepted with other content";
        Self::of_field(Reason::ConflictingId, "/id", detail.to_owned())
    }

    /// For a text that is not JSON as the vocabulary takes it.
    pub(crate) fn of_text(detail: String) -> Self {
        Self { reason: Reason::Malformed, field: None, detail }
    }

    /// For a fault of one field. No name in the vocabulary has a `~` or `/`, so that a pointer needs no escapes.
    pub(crate) fn of_field(reason: Reason, pointer: &str, detail: String) -> Self {
        Self { reason, field: Some(pointer.to_owned()), detail }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{} {field}: {}", self.reason, self.detail),
            None => write!(f, "{}: {}", self.reason, self.detail),
        }
    }
}

impl std::error::Error for Refusal {}
