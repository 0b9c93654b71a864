//! Turns bytes into events, or says why not.

use std::sync::Arc;

use calendar::Instant;

use crate::digest::digest;
use crate::envelope::{self, Attributes, Envelope};
use crate::json::{self, Json, Object};
use crate::reader::{BadValue, Members};
use crate::{Data, Digest, Event, EventType, MOST_BYTES_PER_EVENT, Reason, Refusal, Text};

/// How far an event may be ahead of its receipt: 5 minutes, for clocks that disagree.
const MOST_MICROS_AHEAD: i64 = 5 * 60 * 1_000_000;

/// 1900-01-01T00:00:00Z in microseconds.
const FIRST_OF_1900: i64 = -2_208_988_800_000_000;

/// Checks bytes into events. Holds nothing but memory to use again; each thread has its own.
#[derive(Debug, Default)]
pub struct Checker {
    /// The bytes of the last digest.
    buffer: Vec<u8>,
    /// The last source: most events come from the same as the one before.
    source: Option<Arc<str>>,
}

impl Checker {
    /// A checker that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks one event in JSON. `received` counts where the event has no `receivedtime`.
    ///
    /// # Errors
    ///
    /// The one fault that comes first: by the order of [`Reason`], then by that of the fields.
    pub fn check(&mut self, line: &[u8], received: Instant) -> Result<Event, Refusal> {
        self.check_with(line, |said| said.unwrap_or(received))
    }

    /// Checks one event that the ledger took at `received`, whatever a `receivedtime` in it says: only files that an
    /// export wrote are believed about that.
    ///
    /// # Errors
    ///
    /// As [`Checker::check`].
    pub fn check_received(&mut self, line: &[u8], received: Instant) -> Result<Event, Refusal> {
        self.check_with(line, |_| received)
    }

    fn check_with(&mut self, line: &[u8], received: impl FnOnce(Option<Instant>) -> Instant) -> Result<Event, Refusal> {
        let tree = json::parse(text(line)?).map_err(Refusal::of_text)?;
        let Json::Object(object) = &tree else {
            return Err(Refusal::of_text(format!("expected an object; found {}", tree.excerpt())));
        };
        let envelope = Envelope::of(object);
        let identity = envelope.identity()?;
        let event_type =
            EventType::from_name(identity.event_type).ok_or_else(|| envelope::unknown_type(identity.event_type))?;
        let (attributes, data) = fields(&envelope, event_type)?;
        let received = received(attributes.received);
        in_time(&attributes, received)?;
        Ok(Event {
            id: Text::new(identity.id),
            source: self.source(identity.source),
            subject: attributes.subject,
            occurred: attributes.occurred,
            recorded: attributes.recorded.unwrap_or(received),
            recorded_given: attributes.recorded.is_some(),
            received,
            supersedes: attributes.supersedes,
            digest: self.digest(object),
            data,
        })
    }

    /// The source, in the allocation of the one before where it is the same.
    fn source(&mut self, source: &str) -> Arc<str> {
        match &self.source {
            Some(last) if **last == *source => Arc::clone(last),
            Some(_) | None => Arc::clone(self.source.insert(Arc::from(source))),
        }
    }

    fn digest(&mut self, object: &Object<'_>) -> Digest {
        digest(object, &mut self.buffer)
    }
}

/// The bytes as text of a length that is taken.
fn text(line: &[u8]) -> Result<&str, Refusal> {
    if line.len() > MOST_BYTES_PER_EVENT {
        return Err(Refusal::too_long(line.len() as u64));
    }
    std::str::from_utf8(line).map_err(|error| {
        let offset = error.valid_up_to();
        Refusal::of_text(format!("expected UTF-8; found other bytes at offset {offset}"))
    })
}

/// Reads all fields: first what is missing in the envelope and in the data, then what is bad there.
fn fields(envelope: &Envelope<'_>, event_type: EventType) -> Result<(Attributes, Data), Refusal> {
    let none = Object::new();
    let data = match envelope.data() {
        Some(Json::Object(object)) => Ok(object),
        Some(other) => Err(other),
        None => Ok(&none),
    };
    let members = data.map(|object| Members::of(event_type.description(), object));
    envelope.nothing_missing()?;
    if let Some((field, expected)) = members.as_ref().ok().and_then(Members::missing) {
        return Err(envelope::missing(&in_data(field), &expected));
    }
    let attributes = envelope.attributes(event_type)?;
    let members = members.map_err(|other| envelope::bad("/data", "an object", other))?;
    Ok((attributes, data_of(event_type, &members)?))
}

/// Reads the data; of two faults that of the field that comes first counts.
fn data_of(event_type: EventType, members: &Members<'_>) -> Result<Data, Refusal> {
    let together = members.bad_together();
    let bad = match (Data::read(event_type, &mut members.reader()), together) {
        (Ok(data), None) => return Ok(data),
        (Ok(_), Some(together)) => together,
        (Err(bad), Some(together)) if together.slot < bad.slot => together,
        (Err(bad), Some(_) | None) => bad,
    };
    let BadValue { field, detail, .. } = bad;
    Err(Refusal::of_field(Reason::BadField, &in_data(field), detail))
}

/// The JSON pointer of a field of the data.
fn in_data(field: &str) -> String {
    format!("/data/{field}")
}

/// Checks the times against each other.
fn in_time(attributes: &Attributes, received: Instant) -> Result<(), Refusal> {
    not_ahead("/time", attributes.occurred, received)?;
    if let Some(recorded) = attributes.recorded {
        not_ahead("/recordedtime", recorded, received)?;
    }
    if attributes.occurred.micros() < FIRST_OF_1900 {
        let detail = format!("expected a time from 1900-01-01T00:00:00Z on; found {}", attributes.occurred);
        return Err(Refusal::of_field(Reason::Before1900, "/time", detail));
    }
    Ok(())
}

/// Checks that a time is not too far ahead of the receipt.
fn not_ahead(pointer: &str, instant: Instant, received: Instant) -> Result<(), Refusal> {
    if instant.micros() <= received.micros().saturating_add(MOST_MICROS_AHEAD) {
        return Ok(());
    }
    let detail = format!("expected at most 5 minutes after {received}, when it was received; found {instant}");
    Err(Refusal::of_field(Reason::Future, pointer, detail))
}
