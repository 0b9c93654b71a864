//! Events as producers write them.

use calendar::Instant;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::{Data, Subject};

/// An event to be written as one CloudEvent.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// Names the event within its source for ever.
    pub id: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// Who or what it is about.
    pub subject: &'a Subject,
    /// When it happened.
    pub occurred: Instant,
    /// When somebody wrote it down, if that is known.
    pub recorded: Option<Instant>,
    /// When the ledger took it; only for exports.
    pub received: Option<Instant>,
    /// The id of the event, of the same source, that it replaces.
    pub supersedes: Option<&'a str>,
    /// What happened.
    pub data: &'a Data,
}

impl NewEvent<'_> {
    /// Appends the event as one line of JSON, without the newline.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let written = serde_json::to_writer(out, self);
        // Memory takes every byte, and all keys are strings, so that there is nothing to fail.
        debug_assert!(written.is_ok());
    }
}

impl Serialize for NewEvent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("specversion", "1.0")?;
        map.serialize_entry("id", self.id)?;
        map.serialize_entry("source", self.source)?;
        map.serialize_entry("type", self.data.event_type().name())?;
        map.serialize_entry("subject", self.subject)?;
        map.serialize_entry("time", &Time(self.occurred))?;
        if let Some(recorded) = self.recorded {
            map.serialize_entry("recordedtime", &Time(recorded))?;
        }
        if let Some(received) = self.received {
            map.serialize_entry("receivedtime", &Time(received))?;
        }
        if let Some(supersedes) = self.supersedes {
            map.serialize_entry("supersedes", supersedes)?;
        }
        map.serialize_entry("datacontenttype", "application/json")?;
        map.serialize_entry("data", self.data)?;
        map.end()
    }
}

/// A time as it is written.
struct Time(Instant);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
