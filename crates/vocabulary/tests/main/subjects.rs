//! Subjects: their text, kinds and order.

use proptest::prelude::*;
use vocabulary::{EventType, Subject, SubjectKind, Text};

use crate::support::*;

#[test]
fn a_subject_has_a_text() {
    let uuid = 0x0b7c_1f0a_6a0e_5a51_9a0e_3f1d_5c8f_2b11;
    let cases = [
        (format!("child/{UUID}"), Subject::Child(uuid)),
        (format!("carer/{UUID}"), Subject::Carer(uuid)),
        ("worker/SW1".to_owned(), Subject::Worker("SW1".into())),
        ("locality/Forest of Dean / North".to_owned(), Subject::Locality("Forest of Dean / North".into())),
        ("authority/gcc".to_owned(), Subject::Authority("gcc".into())),
    ];
    for (text, subject) in cases {
        assert_eq!(Subject::parse(&text), Some(subject.clone()));
        assert_eq!(subject.to_string(), text);
        assert!(text.starts_with(subject.kind().as_str()));
    }
    assert_eq!(Subject::parse(&format!("child/{}", UUID.to_uppercase())), Some(Subject::Child(uuid)));
}

#[test]
fn other_texts_are_no_subjects() {
    let bare = UUID.replace('-', "");
    let cases = [
        "",
        "child",
        "child/",
        "worker/",
        "locality/",
        "authority/",
        "worker",
        "team/7",
        UUID,
        &format!("Child/{UUID}"),
        &format!("child/{UUID} "),
        &format!("child/{UUID}0"),
        &format!("child/{{{UUID}}}"),
        &format!("child/{bare}"),
        &format!("child/{bare}0000"),
        &format!("child/urn:uuid:{UUID}"),
        &format!("child/{}", UUID.replace('b', "g")),
        &format!("child/{}", UUID.replace('-', "_")),
        &format!("child/{}", UUID.replace("0b7c1f0", "0b7c1fé")),
    ];
    for text in cases {
        assert_eq!(Subject::parse(text), None, "{text}");
    }
}

#[test]
fn every_byte_but_the_hexadecimal_digits_is_refused() {
    for byte in 0..=127_u8 {
        let text = format!("child/{}{}", byte as char, &UUID[1..]);
        assert_eq!(Subject::parse(&text).is_some(), byte.is_ascii_hexdigit(), "{byte}");
    }
}

#[test]
fn a_type_takes_its_kinds_of_subject_only() {
    for event_type in EventType::ALL {
        for kind in SubjectKind::ALL {
            let event = with(least(*event_type), "/subject", subject(*kind).into());
            let taken = event_type.subject_kinds().contains(kind);
            expect(&event, if taken { "ok" } else { "bad_field /subject" });
        }
        expect(&with(least(*event_type), "/subject", 7.into()), "bad_field /subject");
        expect(&with(least(*event_type), "/subject", "".into()), "bad_field /subject");
    }
}

fn subjects() -> impl Strategy<Value = Subject> {
    let name = "\\PC{1,4}".prop_map(Text::from);
    (0..5, prop_oneof![any::<u128>(), 0..3_u128], name).prop_map(|(kind, uuid, name)| match kind {
        0 => Subject::Child(uuid),
        1 => Subject::Carer(uuid),
        2 => Subject::Worker(name),
        3 => Subject::Locality(name),
        _ => Subject::Authority(name),
    })
}

proptest! {
    #[test]
    fn the_text_reads_back(subject in subjects()) {
        prop_assert_eq!(Subject::parse(&subject.to_string()), Some(subject));
    }

    #[test]
    fn the_order_is_that_of_the_texts(one in subjects(), other in subjects()) {
        prop_assert_eq!(one.cmp(&other), one.to_string().cmp(&other.to_string()));
    }
}
