//! One subject: explanations and events.

use super::site::Site;
use axum::http::StatusCode;
use engine::{Case, History, Record};
use exchange::answers::{Explained, explanation_json};
use serde_json::{Value, json};
use testkit::{child, instant};
use vocabulary::Subject;

const AT: &str = "2021-01-31T10:00";

const TABLE: &str = "
    2021-01-04T10:00 plan.started p1 cp
    2021-01-12T10:00 visit.completed cp seen_alone=true | recorded=2021-01-20T09:00
    2021-01-15T10:00 plan.started p1 cp | child=2
    2021-01-16T10:00 child.merged into=3 | child=2
";

/// As the program prints it.
fn printed(subject: &str, at: &str, known: Option<&str>, clock: Option<&str>) -> String {
    let events = testkit::accepted(&testkit::events(TABLE));
    let rulebook = rulebook::default_rulebook();
    let known = known.map(instant);
    let record = Record::as_known(&events, known);
    let bundle = record.bundle(&Subject::parse(subject).expect("a subject")).expect("a bundle");
    let history = History::of(&bundle, instant(at)).expect("a history");
    let case = Case::of(&history, rulebook);
    let kind = clock.map(|id| rulebook.clocks.iter().position(|rule| rule.id == id).expect("a clock"));
    let (clocks, findings) = (engine::explain(&case, kind), engine::findings(&case));
    explanation_json(&Explained { case: &case, known, clocks: &clocks, findings: &findings })
}

#[tokio::test]
async fn explanations_are_those_of_the_command_line() {
    let site = Site::of(AT, TABLE).await;
    let (one, two) = (child(1), child(2));
    let check = async |query: &str, expected: String| {
        let answer = site.get(&format!("/api/v1/subjects/{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.text(), expected, "{query}");
    };
    check(&one, printed(&one, AT, None, None)).await;
    check(&format!("{one}?clock=cp_visit"), printed(&one, AT, None, Some("cp_visit"))).await;
    let day = "2021-01-18T23:59:59.999999";
    check(&format!("{one}?at=2021-01-18"), printed(&one, day, None, None)).await;
    let known = "2021-01-19T09:00";
    check(&format!("{one}?known={known}:00Z"), printed(&one, AT, Some(known), None)).await;
    check(&two, printed(&two, AT, None, None)).await;
    assert!(site.get(&format!("/api/v1/subjects/{two}")).await.text().contains(&child(3)));
    site.stop().await;
}

#[tokio::test]
async fn nobody_there() {
    let site = Site::of(AT, TABLE).await;
    for path in [child(9), "child/x".to_owned(), "house/1".to_owned(), format!("{}?at=1999-01-01", child(1))] {
        let answer = site.get(&format!("/api/v1/subjects/{path}")).await;
        if path.contains("?at") {
            // Nothing had happened yet: an empty history, or nobody.
            assert!(answer.status == StatusCode::OK || answer.status == StatusCode::NOT_FOUND);
        } else {
            answer.problem(404);
        }
    }
    site.get(&format!("/api/v1/subjects/{}?known=1999-01-01", child(1))).await.problem(404);
    site.get(&format!("/api/v1/subjects/{}/events", child(9))).await.problem(404);
    for query in ["at=yesterday", "known=2021-02-30", "clock=cp_vist", "when=now"] {
        site.get(&format!("/api/v1/subjects/{}?{query}", child(1))).await.problem(400);
    }
    site.stop().await;
}

#[tokio::test]
async fn events_of_a_subject_come_page_by_page() {
    let site = Site::of(AT, TABLE).await;
    let page = async |query: &str| site.get(&format!("/api/v1/subjects/{}/events{query}", child(1))).await.json();
    let first = page("?limit=1").await;
    assert_eq!(first.get("next"), Some(&json!(1)));
    assert_eq!(first.pointer("/events/0/event/receivedtime"), Some(&json!("2021-01-31T10:00:00Z")));
    let second = page("?limit=1&after=1").await;
    assert_eq!(second.get("next"), Some(&Value::Null));
    assert_eq!(second.pointer("/events/0/event/type"), Some(&json!("visit.completed")));
    assert_eq!(second.pointer("/events/0/position"), Some(&json!(2)));
    let merged = site.get(&format!("/api/v1/subjects/{}/events", child(3))).await.json();
    assert_eq!(merged.get("events").and_then(Value::as_array).map(Vec::len), Some(2));
    site.stop().await;
}
