//! The quarantine and the findings.

use super::site::Site;
use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{child, json_lines};

const AT: &str = "2021-01-31T10:00";

fn visit() -> String {
    json_lines("2021-01-06T10:00 visit.completed initial").remove(0)
}

/// A site in whose quarantine there are a visit without data, something that is not UTF-8, and one word.
async fn with_refused() -> Site {
    let site = Site::new(AT).await;
    let without_mode = visit().replace("\"mode\"", "\"made\"");
    for body in [without_mode.into_bytes(), vec![0xff, 0x00], b"word".to_vec()] {
        let answer = site.post("/api/v1/events", "application/cloudevents+json", body).await;
        assert_eq!(answer.json().get("status"), Some(&json!("quarantined")));
    }
    site
}

fn steps(answer: &Value) -> Vec<&str> {
    let steps = answer.get("steps").and_then(Value::as_array).expect("steps");
    steps.iter().filter_map(|step| step.get("what").and_then(Value::as_str)).collect()
}

#[tokio::test]
async fn what_was_refused_is_listed_and_shown() {
    let site = with_refused().await;
    let list = site.get("/api/v1/quarantine").await.json();
    assert_eq!(list.get("open"), Some(&json!(3)));
    let numbers = |list: &Value| -> Vec<u64> {
        let rows = list.get("rows").and_then(Value::as_array).expect("rows");
        rows.iter().filter_map(|row| row.get("number").and_then(Value::as_u64)).collect()
    };
    assert_eq!(numbers(&list), [1, 2, 3]);
    let page = site.get("/api/v1/quarantine?limit=2").await.json();
    assert_eq!((numbers(&page), page.get("next")), (vec![1, 2], Some(&json!(2))));
    let page = site.get("/api/v1/quarantine?limit=2&after=2").await.json();
    assert_eq!((numbers(&page), page.get("next")), (vec![3], Some(&Value::Null)));
    let first = site.get("/api/v1/quarantine/1").await.json();
    assert_eq!(first.get("reason"), Some(&json!("missing_field")));
    assert_eq!(first.get("field"), Some(&json!("/data/mode")));
    assert_eq!(first.get("text"), Some(&json!(visit().replace("\"mode\"", "\"made\""))));
    let second = site.get("/api/v1/quarantine/2").await.json();
    assert_eq!((second.get("text"), second.get("hexadecimal")), (Some(&Value::Null), Some(&json!("ff00"))));
    for number in ["4", "0", "x", "-1"] {
        site.get(&format!("/api/v1/quarantine/{number}")).await.problem(404);
    }
    site.get("/api/v1/quarantine?standing=closed").await.problem(400);
    site.stop().await;
}

#[tokio::test]
async fn a_corrected_text_is_taken_and_stays_on_record() {
    let site = with_refused().await;
    let path = "/api/v1/quarantine/1/correct";
    let again = site.post_json(path, json!({"text": "{}", "by": "SW1"})).await.json();
    assert_eq!((steps(&again), again.get("open")), (vec!["refused_again"], Some(&json!(true))));
    let corrected = site.post_json(path, json!({"text": visit(), "by": "SW1"})).await.json();
    assert_eq!((steps(&corrected), corrected.get("open")), (vec!["refused_again", "corrected"], Some(&json!(false))));
    assert_eq!(corrected.pointer("/steps/1/position"), Some(&json!(1)));
    assert_eq!(corrected.pointer("/steps/1/by"), Some(&json!("SW1")));
    let kept = site.services.store().events_from(1, 10).await.expect("events");
    assert_eq!(kept.first().map(|stored| stored.bytes.to_vec()), Some(visit().into_bytes()));
    site.caught_up().await;
    site.post_json(path, json!({"text": visit()})).await.problem(409);
    let settled = site.get("/api/v1/quarantine?standing=settled").await.json();
    assert_eq!(settled.pointer("/rows/0/number"), Some(&json!(1)));
    assert_eq!(settled.get("open"), Some(&json!(2)));
    site.stop().await;
}

#[tokio::test]
async fn what_came_too_early_is_released_later() {
    let site = Site::new(AT).await;
    let early = visit().replace("2021-01-06T10:00:00Z", "2021-02-01T10:00:00Z");
    let told = site.post("/api/v1/events", "application/json", early).await.json();
    assert_eq!(told.get("reason"), Some(&json!("future")));
    let path = "/api/v1/quarantine/1/release";
    assert_eq!(steps(&site.post_json(path, json!({})).await.json()), ["refused_again"]);
    site.hands.set(testkit::instant("2021-02-02T10:00"));
    assert_eq!(steps(&site.post_json(path, json!({"by": "SW1"})).await.json()), ["refused_again", "released"]);
    site.caught_up().await;
    site.post_json(path, json!({})).await.problem(409);
    site.stop().await;
}

#[tokio::test]
async fn discarding_needs_a_reason() {
    let site = with_refused().await;
    let path = "/api/v1/quarantine/3/discard";
    site.post_json(path, json!({"reason": " "})).await.problem(400);
    site.post_json(path, json!({})).await.problem(400);
    site.post_json(path, json!({"reason": "x".repeat(2_001)})).await.problem(400);
    let discarded = site.post_json(path, json!({"reason": "a test", "by": "SW1"})).await.json();
    assert_eq!(steps(&discarded), ["discarded"]);
    assert_eq!(discarded.pointer("/steps/0/reason"), Some(&json!("a test")));
    site.post_json(path, json!({"reason": "again"})).await.problem(409);
    site.post_json("/api/v1/quarantine/9/discard", json!({"reason": "x"})).await.problem(404);
    site.stop().await;
}

#[tokio::test]
async fn only_json_settles_anything() {
    let site = with_refused().await;
    for what in ["correct", "release", "discard"] {
        let path = format!("/api/v1/quarantine/1/{what}");
        for media_type in ["application/x-www-form-urlencoded", "text/plain", ""] {
            site.post(&path, media_type, "{}").await.problem(415);
        }
        site.post(&path, "application/json", "{").await.problem(400);
    }
    assert_eq!(site.services.store().quarantine_open().await.expect("a store"), 3);
    site.stop().await;
}

#[tokio::test]
async fn findings_are_counted_and_listed() {
    let site = Site::of(
        AT,
        "2021-01-06T10:00 plan.ended p1 cp completed\n2021-01-07T10:00 plan.ended p9 cp completed | child=2",
    )
    .await;
    let counts = site.get("/api/v1/findings").await.json();
    let expected = json!({"finding": "end_without_start", "count": 2});
    assert!(counts.get("counts").and_then(Value::as_array).expect("counts").contains(&expected), "{counts}");
    assert_eq!(counts.get("rows"), Some(&json!([])));
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let address = format!("/api/v1/findings?finding=end_without_start&limit=1{after}");
        let page = site.get(&address).await.json();
        let rows = page.get("rows").and_then(Value::as_array).expect("rows");
        found.extend(rows.iter().filter_map(|row| row.get("subject").cloned()));
        match page.get("next").and_then(Value::as_str) {
            Some(next) => after = format!("&after={}", next.replace('/', "%2F")),
            None => break,
        }
    }
    assert_eq!(found, [json!(child(1)), json!(child(2))]);
    assert_eq!(site.get("/api/v1/findings?finding=nothing").await.status, StatusCode::OK);
    site.stop().await;
}
