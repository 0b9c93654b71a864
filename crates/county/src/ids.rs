//! The ids of events.

use vocabulary::{SubjectKind, Text};

/// Where all events of the county come from.
pub(crate) const SOURCE: &str = "urn:sightline:county";

/// The id of a subject's event: from the system that holds such subjects, the subject's number and the event's.
pub(crate) fn id(kind: SubjectKind, subject: u64, event: u32) -> Text {
    let system = match kind {
        SubjectKind::Worker => "hr-",
        SubjectKind::Carer => "fostering-",
        SubjectKind::Child | SubjectKind::Locality | SubjectKind::Authority => "lcs-",
    };
    let mut digits = [b'-'; 32];
    let mut places = digits.iter_mut().rev();
    let subject_digits = |number: u64, least: usize, places: &mut dyn Iterator<Item = &mut u8>| {
        let (mut rest, mut length) = (number, 0);
        while rest > 0 || length < least {
            let Some(place) = places.next() else { break };
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            length += 1;
        }
        length
    };
    let mut length = subject_digits(event.into(), 4, &mut places);
    places.next();
    length += 1 + subject_digits(subject, 6, &mut places);
    let digits = digits.get(digits.len() - length..).unwrap_or_default();
    [system, std::str::from_utf8(digits).unwrap_or_default()].into_iter().collect()
}
