//! One accepted event.

use std::sync::Arc;

use calendar::Instant;

use crate::{Data, Digest, EventType, Subject, Text};

/// One accepted event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Names the event within its source for ever.
    pub id: Text,
    /// Where it comes from. Equal sources of one [`Checker`](crate::Checker) that follow each other are one allocation.
    pub source: Arc<str>,
    /// Who or what it is about.
    pub subject: Subject,
    /// When it happened.
    pub occurred: Instant,
    /// When somebody wrote it down; when it was received, where the event does not say.
    pub recorded: Instant,
    /// Whether the event itself says when it was recorded.
    pub recorded_given: bool,
    /// When the ledger took it.
    pub received: Instant,
    /// The id of the event, of the same source, that it replaces.
    pub supersedes: Option<Text>,
    /// Of its content: equal if the envelopes are equal as JSON values, `receivedtime` apart.
    pub digest: Digest,
    /// What happened.
    pub data: Data,
}

impl Event {
    /// The type of the event.
    pub const fn event_type(&self) -> EventType {
        self.data.event_type()
    }
}
