//! The attributes of a CloudEvent, found in its JSON object and checked one by one.

use calendar::Instant;

use crate::json::{Json, Object, excerpt};
use crate::{EventType, Reason, Refusal, Subject, Text};

/// The attributes that the vocabulary knows; a null one is absent.
#[derive(Default)]
pub(crate) struct Envelope<'t> {
    specversion: Option<&'t Json<'t>>,
    id: Option<&'t Json<'t>>,
    source: Option<&'t Json<'t>>,
    event_type: Option<&'t Json<'t>>,
    subject: Option<&'t Json<'t>>,
    time: Option<&'t Json<'t>>,
    recordedtime: Option<&'t Json<'t>>,
    receivedtime: Option<&'t Json<'t>>,
    supersedes: Option<&'t Json<'t>>,
    data: Option<&'t Json<'t>>,
}

/// What every CloudEvent has.
pub(crate) struct Identity<'t> {
    pub(crate) id: &'t str,
    pub(crate) source: &'t str,
    pub(crate) event_type: &'t str,
}

/// The attributes that a type has no say in but for the kinds of its subject.
pub(crate) struct Attributes {
    pub(crate) subject: Subject,
    pub(crate) occurred: Instant,
    pub(crate) recorded: Option<Instant>,
    pub(crate) received: Option<Instant>,
    pub(crate) supersedes: Option<Text>,
}

impl<'t> Envelope<'t> {
    /// Finds the attributes.
    pub(crate) fn of(object: &'t Object<'t>) -> Self {
        let mut envelope = Self::default();
        for member in object {
            let attribute = match member.key.as_ref() {
                "specversion" => &mut envelope.specversion,
                "id" => &mut envelope.id,
                "source" => &mut envelope.source,
                "type" => &mut envelope.event_type,
                "subject" => &mut envelope.subject,
                "time" => &mut envelope.time,
                "recordedtime" => &mut envelope.recordedtime,
                "receivedtime" => &mut envelope.receivedtime,
                "supersedes" => &mut envelope.supersedes,
                "data" => &mut envelope.data,
                _ => continue,
            };
            *attribute = Some(&member.value).filter(|value| !matches!(value, Json::Null));
        }
        envelope
    }

    /// The event's data, if there is any.
    pub(crate) const fn data(&self) -> Option<&'t Json<'t>> {
        self.data
    }

    /// Checks what makes an object a CloudEvent.
    pub(crate) fn identity(&self) -> Result<Identity<'t>, Refusal> {
        if self.specversion.and_then(Json::text) != Some("1.0") {
            return Err(not_a_cloud_event("/specversion", "\"1.0\"", self.specversion));
        }
        Ok(Identity {
            id: text_of_cloud_event("/id", self.id)?,
            source: text_of_cloud_event("/source", self.source)?,
            event_type: text_of_cloud_event("/type", self.event_type)?,
        })
    }

    /// Checks that the attributes that must be there are.
    pub(crate) fn nothing_missing(&self) -> Result<(), Refusal> {
        if self.subject.is_none() {
            return Err(missing("/subject", "a subject"));
        }
        if self.time.is_none() {
            return Err(missing("/time", "a time"));
        }
        Ok(())
    }

    /// Reads the attributes.
    pub(crate) fn attributes(&self, event_type: EventType) -> Result<Attributes, Refusal> {
        Ok(Attributes {
            subject: subject(self.subject, event_type)?,
            occurred: time("/time", self.time.unwrap_or(&Json::Null))?,
            recorded: self.recordedtime.map(|json| time("/recordedtime", json)).transpose()?,
            received: self.receivedtime.map(|json| time("/receivedtime", json)).transpose()?,
            supersedes: self.supersedes.map(supersedes).transpose()?,
        })
    }
}

/// The fault of a field that must be there and is not.
pub(crate) fn missing(pointer: &str, expected: &str) -> Refusal {
    Refusal::of_field(Reason::MissingField, pointer, format!("expected {expected}; found nothing"))
}

/// The fault of a field with a wrong value.
pub(crate) fn bad(pointer: &str, expected: &str, found: &Json<'_>) -> Refusal {
    Refusal::of_field(Reason::BadField, pointer, format!("expected {expected}; found {}", found.excerpt()))
}

/// The fault of an object that is no CloudEvent.
fn not_a_cloud_event(pointer: &str, expected: &str, found: Option<&Json<'_>>) -> Refusal {
    let found = found.map_or_else(|| "nothing".to_owned(), Json::excerpt);
    Refusal::of_field(Reason::Malformed, pointer, format!("expected {expected}; found {found}"))
}

/// One of the strings that make an object a CloudEvent.
fn text_of_cloud_event<'t>(pointer: &str, json: Option<&'t Json<'t>>) -> Result<&'t str, Refusal> {
    let text = json.and_then(Json::text).filter(|text| !text.is_empty());
    text.ok_or_else(|| not_a_cloud_event(pointer, "a string that is not empty", json))
}

/// Reads the subject.
fn subject(json: Option<&Json<'_>>, event_type: EventType) -> Result<Subject, Refusal> {
    let json = json.unwrap_or(&Json::Null);
    let subject = json.text().and_then(Subject::parse);
    let subject = subject.filter(|subject| event_type.subject_kinds().contains(&subject.kind()));
    subject.ok_or_else(|| bad("/subject", &subject_forms(event_type), json))
}

/// The forms that a type's subject can have, in words.
fn subject_forms(event_type: EventType) -> String {
    let forms = event_type.subject_kinds().iter().map(|kind| {
        let id = if kind.has_uuid() { "a UUID" } else { "a name" };
        format!("{}/ and {id}", kind.as_str())
    });
    forms.collect::<Vec<_>>().join(", or ")
}

/// Reads a time.
fn time(pointer: &str, json: &Json<'_>) -> Result<Instant, Refusal> {
    let instant = json.text().and_then(|text| Instant::parse(text).ok());
    instant.ok_or_else(|| bad(pointer, "an RFC 3339 time such as 2021-01-12T10:30:00Z", json))
}

/// Reads the id of the event that is replaced.
fn supersedes(json: &Json<'_>) -> Result<Text, Refusal> {
    let text = json.text().filter(|text| !text.is_empty());
    text.map(Text::new).ok_or_else(|| bad("/supersedes", "a string that is not empty", json))
}

/// The fault of a type that the vocabulary does not have.
pub(crate) fn unknown_type(name: &str) -> Refusal {
    let detail = format!("expected a type of the vocabulary; found {}", excerpt(name));
    Refusal::of_field(Reason::UnknownType, "/type", detail)
}
