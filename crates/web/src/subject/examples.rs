//! A subject's page from example events.

use super::view::Question;
use super::{AskedDays, Instants};
use crate::frame::Section;
use crate::gallery::{Example, example, frame};
use calendar::Instant;
use engine::Accepted;
use vocabulary::{Checker, Subject};

const CHILD: &str = "child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11";

/// Events of a child on a protection plan: type, when it happened, when it was recorded, data.
const EVENTS: [(&str, &str, &str, &str); 6] = [
    ("child.registered", "2020-12-01T09:00:00Z", "2020-12-01T09:00:00Z", r#"{"date_of_birth": "2012-05-17"}"#),
    (
        "allocation.started",
        "2020-12-01T10:00:00Z",
        "2020-12-01T10:00:00Z",
        r#"{"locality": "Stroud", "team": "Safeguarding 1", "worker": "SW1"}"#,
    ),
    (
        "plan.started",
        "2020-12-02T10:00:00Z",
        "2020-12-02T11:00:00Z",
        r#"{"episode": "plan-1", "kind": "cp", "category": "neglect"}"#,
    ),
    (
        "visit.completed",
        "2020-12-10T14:00:00Z",
        "2020-12-22T09:00:00Z",
        r#"{"purposes": ["cp"], "seen": true, "seen_alone": false, "mode": "face_to_face"}"#,
    ),
    (
        "plan.ended",
        "2021-01-08T10:00:00Z",
        "2021-01-08T10:00:00Z",
        r#"{"episode": "plan-2", "kind": "cin", "reason": "completed"}"#,
    ),
    ("core_group.held", "2021-01-11T10:00:00Z", "2021-01-11T10:00:00Z", "{}"),
];

pub fn all() -> Vec<Example> {
    vec![
        page("subject", "back=%2Fworklist%3Flocality%3DStroud%23clock-1"),
        page("subject, as at", "at=2020-12-20&known=2020-12-20"),
        page("subject, wrong days", "at=2020-13-20&known=yesterday"),
        page("subject, not there", "at=2019-01-01"),
    ]
}

fn accepted() -> Accepted {
    let received = Instant::parse("2021-01-18T10:00:00Z").expect("an instant");
    let mut accepted = Accepted::new();
    for (number, (name, time, recorded, data)) in EVENTS.iter().enumerate() {
        let text = format!(
            r#"{{"specversion": "1.0", "id": "e{number}", "source": "urn:example:lcs", "type": "{name}", "subject": "{CHILD}", "time": "{time}", "recordedtime": "{recorded}", "data": {data}}}"#
        );
        accepted.offer(Checker::new().check(text.as_bytes(), received).expect("an event"));
    }
    accepted
}

fn page(name: &'static str, query: &str) -> Example {
    let subject = Subject::parse(CHILD).expect("a child");
    let asked = AskedDays::read(query).expect("a question");
    let Instants { at, known, wrong } = asked.instants();
    let is_past = at.is_some() || known.is_some();
    let at = at.unwrap_or(Instant::parse("2021-01-18T10:30:00Z").expect("an instant"));
    let question = Question { subject: &subject, asked, at, known, is_past, wrong };
    match question.page(frame(Section::Worklist), &accepted(), rulebook::default_rulebook()) {
        Ok(page) => example(name, &page),
        Err(not_there) => example(name, &*not_there),
    }
}

fn html(name: &str) -> String {
    all().into_iter().find(|example| example.name == name).expect("a page").html
}

#[test]
fn late_recording_and_its_days_are_shown() {
    assert!(html("subject").contains("recorded 12 days later"));
    let then = html("subject, as at");
    assert!(!then.contains("Visit completed"), "it was not on record by then");
    assert!(then.contains("as at Sun 20 December 2020 at 23:59, as known on Sun 20 December 2020"));
}

#[test]
fn findings_and_explanations_are_shown() {
    let page = html("subject");
    assert!(page.contains("Plan.ended of episode plan-2, of which no plan.started is on record."));
    assert!(page.contains("Child protection visit"));
    assert!(page.contains("Limit</dt><dd class=\"govuk-summary-list__value\">10 working days"));
}

#[test]
fn wrong_days_are_said_beside_their_fields() {
    let page = html("subject, wrong days");
    assert_eq!(page.matches("must be a real date, like 2021-01-31").count(), 4);
}
