//! What is written is read again.

use proptest::prelude::*;
use vocabulary::{Checker, CoreGroupHeld, Data, Event, EventType, NewEvent, Subject};

use crate::support::*;

/// The event as a producer would write it.
fn written(event: &Event) -> String {
    let new = NewEvent {
        id: &event.id,
        source: &event.source,
        subject: &event.subject,
        occurred: event.occurred,
        recorded: event.recorded_given.then_some(event.recorded),
        received: Some(event.received),
        supersedes: event.supersedes.as_deref(),
        data: &event.data,
    };
    let mut line = Vec::new();
    new.write_json(&mut line);
    String::from_utf8(line).unwrap()
}

#[test]
fn the_keys_are_in_the_order_of_the_vocabulary() {
    let event = accept(&with(visit(), "/supersedes", "old \"one\"".into()));
    assert_eq!(
        written(&event),
        concat!(
            r#"{"specversion":"1.0","id":"lcs-visit-889120","source":"urn:example:lcs","type":"visit.completed","#,
            r#""subject":"child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11","time":"2021-01-12T10:30:00Z","#,
            r#""recordedtime":"2021-01-12T16:02:00Z","receivedtime":"2021-02-01T00:00:00Z","#,
            r#""supersedes":"old \"one\"","datacontenttype":"application/json","#,
            r#""data":{"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}}"#,
        )
    );
}

#[test]
fn what_is_absent_is_not_written() {
    let new = NewEvent {
        id: "1",
        source: "s",
        subject: &Subject::Child(0),
        occurred: instant("2021-01-12T10:30:00.25Z"),
        recorded: None,
        received: None,
        supersedes: None,
        data: &Data::from(CoreGroupHeld {}),
    };
    let mut line = b"before ".to_vec();
    new.write_json(&mut line);
    assert_eq!(
        String::from_utf8(line).unwrap(),
        concat!(
            r#"before {"specversion":"1.0","id":"1","source":"s","type":"core_group.held","#,
            r#""subject":"child/00000000-0000-0000-0000-000000000000","time":"2021-01-12T10:30:00.25Z","#,
            r#""datacontenttype":"application/json","data":{}}"#,
        )
    );
}

#[test]
fn every_type_is_read_as_it_was_written() {
    for event_type in EventType::ALL {
        for event in [full(*event_type), least(*event_type)] {
            let event = accept(&event);
            let again = check(written(&event)).unwrap();
            assert_eq!(Event { digest: event.digest, ..again }, event);
            let data = serde_json::to_value(&event.data).unwrap();
            assert_eq!(
                data.as_object().unwrap().len(),
                data.as_object().unwrap().values().filter(|v| !v.is_null()).count()
            );
        }
    }
}

proptest! {
    #[test]
    fn any_event_is_read_as_it_was_written((_, event) in events()) {
        let event = accept(&event);
        let again = Checker::new().check(written(&event).as_bytes(), instant("2000-01-01T00:00:00Z")).unwrap();
        prop_assert_eq!(Event { digest: event.digest, ..again }, event);
    }
}
