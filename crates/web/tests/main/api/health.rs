//! Health, readiness and metrics.

use super::site::Site;
use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{instant, json_lines};

const AT: &str = "2021-01-31T10:00";

const TABLE: &str = "
    2021-01-04T10:00 plan.started p1 cp
    2021-01-05T10:00 plan.started p1 cp | child=2
";

#[tokio::test]
async fn alive_and_ready() {
    let site = Site::of(AT, TABLE).await;
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    let ready = site.get("/readyz").await;
    assert_eq!((ready.status, ready.json()), (StatusCode::OK, json!({"ready": true, "why": []})));
    site.hands.set(instant("2021-01-30T10:00"));
    let not_ready = site.get("/readyz").await;
    assert_eq!(not_ready.status, StatusCode::SERVICE_UNAVAILABLE);
    let why = not_ready.json();
    let why = why.pointer("/why/0").and_then(Value::as_str).expect("a reason").to_owned();
    assert!(why.contains("set the clock right"), "{why}");
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    site.stop().await;
}

#[tokio::test]
async fn metrics_count_what_happened() {
    let site = Site::of(AT, TABLE).await;
    let one = json_lines("2021-01-06T10:00 visit.completed cp | id=v1").remove(0);
    for body in [one.clone(), one.clone(), "{".to_owned()] {
        site.post("/api/v1/events", "application/cloudevents+json", body).await;
    }
    site.post("/api/v1/events", "application/x-ndjson", format!("{one}\nword\n")).await;
    site.caught_up().await;
    site.get("/api/v1/worklist").await;
    site.get("/api/v1/nothing").await;
    site.get("/made/up/by/anybody").await;
    let answer = site.get("/metrics").await;
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    let text = answer.text();
    for line in [
        "sightline_events_taken_total{outcome=\"appended\",reason=\"\"} 1",
        "sightline_events_taken_total{outcome=\"repeated\",reason=\"\"} 2",
        "sightline_events_taken_total{outcome=\"quarantined\",reason=\"malformed\"} 2",
        "sightline_http_requests_total{method=\"GET\",route=\"/api/v1/worklist\",status=\"200\"} 1",
        "sightline_http_requests_total{method=\"GET\",route=\"/api/v1/{*rest}\",status=\"404\"} 1",
        "sightline_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "sightline_http_request_duration_seconds_count{route=\"/api/v1/worklist\"} 1",
        "sightline_ledger_events 3",
        "sightline_checkpoint 3",
        "sightline_lag_events 0",
        "sightline_quarantine_open 2",
        "sightline_store_answers 1",
        "sightline_live_listeners 0",
        "sightline_clock_fault 0",
        "# EOF",
    ] {
        assert!(text.lines().any(|found| found == line), "no line {line} in\n{text}");
    }
    site.stop().await;
}

#[tokio::test]
async fn the_system_is_shown() {
    let site = Site::of(AT, TABLE).await;
    let system = site.get("/api/v1/system").await.json();
    assert_eq!(system.pointer("/ledger/size"), Some(&json!(2)));
    assert_eq!(system.pointer("/read_model/checkpoint"), Some(&json!(2)));
    assert_eq!(system.pointer("/read_model/lag"), Some(&json!(0)));
    let head = site.services.store().head().await.expect("a head");
    assert_eq!(system.pointer("/ledger/root"), Some(&json!(store::merkle::hex(&head.root))));
    let digest = store::rulebook_digest(rulebook::DEFAULT);
    assert_eq!(system.pointer("/read_model/rulebook/digest"), Some(&json!(digest)));
    assert_eq!(site.get("/api/v1/rulebook").await.text(), rulebook::DEFAULT);
    site.stop().await;
}
