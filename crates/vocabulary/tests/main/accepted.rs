//! Every type: what is accepted, what must be there, and what each field takes.

use proptest::prelude::*;
use serde_json::{Value, json};
use vocabulary::{
    AuditGrade, ChoiceSet, Data, EventType, FieldKind, ReportPublished, Text, Value as FieldValue, VisitCompleted,
    VisitMode, VisitPurpose, WholeValues,
};

use crate::support::*;

#[test]
fn an_event_says_what_was_written() {
    let event = accept(&visit());
    assert_eq!(event.id, "lcs-visit-889120");
    assert_eq!(&*event.source, "urn:example:lcs");
    assert_eq!(event.subject.to_string(), format!("child/{UUID}"));
    assert_eq!(event.event_type(), EventType::VisitCompleted);
    assert_eq!(event.occurred, instant("2021-01-12T10:30:00Z"));
    assert_eq!(event.recorded, instant("2021-01-12T16:02:00Z"));
    assert!(event.recorded_given);
    assert_eq!(event.received, instant("2021-02-01T00:00:00Z"));
    assert_eq!(event.supersedes, None);
    let data = VisitCompleted {
        purposes: ChoiceSet::from([VisitPurpose::Cp]),
        seen: true,
        seen_alone: Some(true),
        mode: VisitMode::FaceToFace,
    };
    assert_eq!(event.data, Data::from(data));
}

#[test]
fn times_that_are_absent_come_from_the_receipt() {
    let event = accept(&without(visit(), "/recordedtime"));
    assert_eq!((event.recorded, event.recorded_given), (event.received, false));

    let event = accept(&with(without(visit(), "/recordedtime"), "/receivedtime", "2021-01-13T00:00:00Z".into()));
    assert_eq!(event.received, instant("2021-01-13T00:00:00Z"));
    assert_eq!(event.recorded, event.received);
}

#[test]
fn every_type_is_accepted_with_all_its_fields_and_with_no_more_than_it_needs() {
    for event_type in EventType::ALL {
        let all = accept(&full(*event_type));
        let slots = event_type.fields().len();
        assert!((0..slots).all(|slot| all.data.value(slot) != FieldValue::Absent), "{}", event_type.name());
        assert_eq!(all.data.value(slots), FieldValue::Absent);
        assert_eq!(all.data.event_type(), *event_type);

        let least = accept(&least(*event_type));
        for (slot, field) in event_type.fields().iter().enumerate() {
            assert_eq!(least.data.value(slot) != FieldValue::Absent, needed(*event_type, field), "{}", field.name);
        }
    }
}

#[test]
fn a_required_field_that_is_absent_or_null_is_missing() {
    for event_type in EventType::ALL {
        for field in event_type.fields().iter().filter(|field| needed(*event_type, field)) {
            let pointer = format!("/data/{}", field.name);
            let missing = format!("missing_field {pointer}");
            expect(&without(least(*event_type), &pointer), &missing);
            expect(&with(least(*event_type), &pointer, Value::Null), &missing);
        }
    }
}

#[test]
fn an_optional_field_that_is_null_is_absent() {
    for event_type in EventType::ALL {
        for (slot, field) in event_type.fields().iter().enumerate().filter(|(_, field)| !field.required) {
            let mut event = with(full(*event_type), &format!("/data/{}", field.name), Value::Null);
            if field.name == "seen" {
                event = without(event, "/data/seen_alone");
            }
            assert_eq!(accept(&event).data.value(slot), FieldValue::Absent);
        }
    }
}

#[test]
fn every_value_of_a_list_is_accepted_and_no_other() {
    for event_type in EventType::ALL {
        for (slot, field) in event_type.fields().iter().enumerate() {
            let pointer = format!("/data/{}", field.name);
            let listed = matches!(field.kind, FieldKind::Choices(_));
            let (FieldKind::Choice(names) | FieldKind::Choices(names)) = field.kind else { continue };
            let of = |name: &str| if listed { json!([name]) } else { json!(name) };
            for (position, name) in names.iter().enumerate() {
                let event = accept(&with(full(*event_type), &pointer, of(name)));
                let value = match listed {
                    false => FieldValue::Choice(position as u8),
                    true => FieldValue::Choices(1 << position),
                };
                assert_eq!(event.data.value(slot), value);
                expect(&with(full(*event_type), &pointer, of(&name.to_uppercase())), &format!("bad_field {pointer}"));
            }
            expect(&with(full(*event_type), &pointer, of("")), &format!("bad_field {pointer}"));
        }
    }
}

#[test]
fn a_field_of_another_kind_is_bad() {
    let others = [json!(true), json!("?"), json!(1e15), json!(-1), json!(["x", 1]), json!([["x"]]), json!({})];
    for event_type in EventType::ALL {
        for field in event_type.fields() {
            let pointer = format!("/data/{}", field.name);
            for other in others.iter().filter(|other| !takes(&field.kind, other)) {
                expect(&with(full(*event_type), &pointer, (*other).clone()), &format!("bad_field {pointer}"));
            }
        }
    }
}

/// Whether the field takes the value, which no list, date or subject of the vocabulary has.
fn takes(kind: &FieldKind, value: &Value) -> bool {
    let text = matches!(kind, FieldKind::Text | FieldKind::Name) && value.is_string();
    let bool = *kind == FieldKind::Bool && value.is_boolean();
    let within = |least, most| value.as_f64().is_some_and(|number| (least..=most).contains(&number));
    let number = matches!(kind, FieldKind::Number { least, most } if within(*least, *most));
    text || bool || number || *kind == FieldKind::Any
}

#[test]
fn strings_that_name_something_are_not_empty() {
    for event_type in EventType::ALL {
        for field in event_type.fields() {
            let pointer = format!("/data/{}", field.name);
            let event = with(full(*event_type), &pointer, "".into());
            let taken = field.kind == FieldKind::Text;
            expect(&event, &if taken { "ok".to_owned() } else { format!("bad_field {pointer}") });
            // What must be there must also say something.
            assert!(!(field.required && field.kind == FieldKind::Text));
        }
    }
    expect(&with(visit(), "/supersedes", "".into()), "bad_field /supersedes");
    expect(&with(visit(), "/supersedes", 1.into()), "bad_field /supersedes");
    assert_eq!(accept(&with(visit(), "/supersedes", "x".into())).supersedes.as_deref(), Some("x"));
}

#[test]
fn whole_numbers_have_neither_fraction_nor_exponent() {
    let written = |number: &str| visit_like("sdq.completed", &format!(r#"{{"score":{number}}}"#));
    for number in ["0", "20", "40"] {
        expect_line(&written(number), "ok");
    }
    for number in ["20.0", "2e1", "2E+1", "-1", "41", "0.5", "\"20\"", "256", "18446744073709551616", "-0"] {
        expect_line(&written(number), "bad_field /data/score");
    }
    for (number, verdict) in [("8", "ok"), ("20", "ok"), ("30", "ok"), ("9", "bad_field /data/checkpoint")] {
        let data = format!(r#"{{"episode":"a","checkpoint":{number}}}"#);
        expect_line(&visit_like("assessment.reviewed", &data), verdict);
    }
    for (number, verdict) in [("1", "bad_field /data/level"), ("2", "ok"), ("4", "ok"), ("5", "bad_field /data/level")]
    {
        let data = format!(r#"{{"episode":"a","level":{number}}}"#);
        expect_line(&visit_like("early_help.started", &data), verdict);
    }
}

#[test]
fn numbers_keep_to_their_bounds() {
    let cases = [
        ("attendance.recorded", "percent", "0", "ok"),
        ("attendance.recorded", "percent", "100.0", "ok"),
        ("attendance.recorded", "percent", "1e2", "ok"),
        ("attendance.recorded", "percent", "-0", "ok"),
        ("attendance.recorded", "percent", "100.1", "bad_field /data/percent"),
        ("attendance.recorded", "percent", "-0.1", "bad_field /data/percent"),
        ("worker.updated", "fte", "1.0", "ok"),
        ("worker.updated", "fte", "1.01", "bad_field /data/fte"),
    ];
    for (event_type, field, number, verdict) in cases {
        expect_line(&visit_like(event_type, &format!(r#"{{"{field}":{number}}}"#)), verdict);
    }
    for number in ["-3", "0.25", "1e300", "123456789012345678901234567890"] {
        let data = format!(r#"{{"kind":"suspension","days":{number}}}"#);
        expect_line(&visit_like("exclusion.recorded", &data), "ok");
    }
}

/// The visit's envelope with another type, a subject that suits it, and data as they are written.
fn visit_like(event_type: &str, data: &str) -> String {
    let kind = EventType::from_name(event_type).unwrap().subject_kinds()[0];
    let event = with(with(visit(), "/type", event_type.into()), "/subject", subject(kind).into());
    with(event, "/data", "DATA".into()).to_string().replace("\"DATA\"", data)
}

#[test]
fn dates_are_of_the_calendar() {
    let born = |date: &str| {
        event(EventType::ChildRegistered, [("date_of_birth".to_owned(), date.into())].into_iter().collect())
    };
    expect(&born("2020-02-29"), "ok");
    for date in ["2021-02-29", "2021-2-9", "2021-02-09T00:00:00Z", "0000-01-01", "20210209", " 2021-02-09", ""] {
        expect(&born(date), "bad_field /data/date_of_birth");
    }
}

#[test]
fn a_registration_needs_one_of_its_dates() {
    let registered = |data: Value| event(EventType::ChildRegistered, data.as_object().unwrap().clone());
    expect(&registered(json!({ "expected_date": "2021-05-01" })), "ok");
    expect(&registered(json!({ "date_of_birth": null, "expected_date": "2021-05-01" })), "ok");
    expect(&registered(json!({ "sex": "unknown" })), "missing_field /data/date_of_birth");
    expect(&registered(json!({ "date_of_birth": null, "expected_date": null })), "missing_field /data/date_of_birth");
    expect(&registered(json!({ "date_of_birth": "soon" })), "bad_field /data/date_of_birth");
    expect(&without(least(EventType::ChildRegistered), "/data"), "missing_field /data/date_of_birth");
    expect(&without(full(EventType::ChildUpdated), "/data"), "ok");
}

#[test]
fn nobody_is_seen_alone_who_is_not_seen() {
    let seen = |seen: Value, alone: Value| with(with(visit(), "/data/seen", seen), "/data/seen_alone", alone);
    expect(&seen(false.into(), true.into()), "bad_field /data/seen_alone");
    expect(&seen(false.into(), false.into()), "ok");
    expect(&seen(false.into(), Value::Null), "ok");
    expect(&seen(true.into(), false.into()), "ok");
    // Of two bad fields the first in the table counts.
    let unseen = seen(false.into(), true.into());
    expect(&with(unseen.clone(), "/data/mode", "telephone".into()), "bad_field /data/seen_alone");
    expect(&with(unseen.clone(), "/data/purposes", "cp".into()), "bad_field /data/purposes");
    expect(&with(unseen, "/data/seen", "no".into()), "bad_field /data/seen");
}

#[test]
fn unknown_fields_are_ignored() {
    let event = with(with(visit(), "/data/weather", json!({ "rain": [1, 2] })), "/traceparent", "00-1".into());
    assert_eq!(accept(&event).data, accept(&visit()).data);
    let event = with(visit(), "/data/episode", 7.into());
    assert_eq!(accept(&event).data.episode(), None);
}

#[test]
fn a_list_may_be_empty_and_may_say_a_thing_twice() {
    let visits = |purposes: Value| with(visit(), "/data/purposes", purposes);
    let Data::VisitCompleted(empty) = accept(&visits(json!([]))).data else { panic!() };
    assert!(empty.purposes.is_empty());
    let Data::VisitCompleted(twice) = accept(&visits(json!(["iro", "cp", "iro"]))).data else { panic!() };
    assert_eq!(twice.purposes.iter().collect::<Vec<_>>(), [VisitPurpose::Cp, VisitPurpose::Iro]);
    expect(&visits(json!(["cp", null])), "bad_field /data/purposes");
    expect(&visits(json!("cp")), "bad_field /data/purposes");
}

#[test]
fn fields_of_any_kind_are_kept_as_they_are() {
    let event = with(least(EventType::ReportPublished), "/data/figures", json!({ "a": [1, 2.5, -3, null, true, "x"] }));
    let Data::ReportPublished(ReportPublished { figures, .. }) = accept(&event).data else { panic!() };
    assert_eq!(figures, event["data"]["figures"]);
}

#[test]
fn a_detail_says_what_was_expected_and_found() {
    let cases = [
        ("/data/mode", json!("telephone"), r#"expected one of face_to_face, virtual; found "telephone""#),
        ("/data/seen", json!("yes"), r#"expected true or false; found "yes""#),
        (
            "/data/purposes",
            json!(["cp", "tea"]),
            "expected a list of initial, cin, cp, statutory, care_leaver, private_fostering, exploitation, \
             early_help, iro; found \"tea\" in it",
        ),
        ("/subject", json!("child/1"), r#"expected child/ and a UUID; found "child/1""#),
        ("/specversion", json!(1.0), r#"expected "1.0"; found 1.0"#),
        ("/type", json!("x.y"), r#"expected a type of the vocabulary; found "x.y""#),
        ("/data", json!([]), "expected an object; found a list"),
        (
            "/data/mode",
            "é".repeat(50).into(),
            &format!("expected one of face_to_face, virtual; found \"{}\"…", "é".repeat(40)),
        ),
    ];
    for (pointer, value, detail) in cases {
        assert_eq!(check(with(visit(), pointer, value).to_string()).unwrap_err().detail, detail);
    }
}

#[test]
fn names_slots_and_positions_agree() {
    for (position, event_type) in EventType::ALL.iter().enumerate() {
        assert_eq!(event_type.index(), position);
        assert_eq!(EventType::from_name(event_type.name()), Some(*event_type));
        for (slot, field) in event_type.fields().iter().enumerate() {
            assert_eq!(event_type.slot(field.name), Some(slot));
        }
        let episode = event_type.slot("episode");
        let data = accept(&full(*event_type)).data;
        assert_eq!(data.episode().map(Text::as_str), episode.map(|_| "x"));
        if let Some(slot) = episode {
            assert_eq!(data.value(slot), FieldValue::Text("x"));
        }
    }
    assert_eq!(EventType::COUNT, EventType::ALL.len());
    assert_eq!(EventType::from_name("visit.complete"), None);
    assert_eq!(EventType::VisitCompleted.slot("episode"), None);
}

#[test]
fn choices_know_their_names_and_places() {
    assert_eq!(AuditGrade::ALL.len(), 4);
    assert_eq!(AuditGrade::RequiresImprovement.as_str(), "requires_improvement");
    assert_eq!(AuditGrade::RequiresImprovement.index(), 2);
    let set: ChoiceSet<_> = [AuditGrade::Good, AuditGrade::Inadequate].into();
    assert!(set.contains(AuditGrade::Good) && !set.contains(AuditGrade::Outstanding));
    assert_eq!(set.bits(), 0b1010);
    assert!(WholeValues::OneOf(&[8, 20]).contains(20) && !WholeValues::Range { least: 2, most: 4 }.contains(5));
}

proptest! {
    #[test]
    fn what_fits_the_table_is_accepted((event_type, event) in events()) {
        let accepted = accept(&event);
        prop_assert_eq!(accepted.event_type(), event_type);
    }

    #[test]
    fn no_other_name_is_a_type(name in "[a-z_.]{0,30}") {
        prop_assert_eq!(EventType::from_name(&name).map(EventType::name), EventType::ALL.iter().map(|t| t.name()).find(|known| *known == name));
    }
}
