//! Events in, one and in batches.

use super::site::Site;
use axum::http::StatusCode;
use serde_json::{Value, json};
use store::ledger::Stored;
use testkit::json_lines;

const AT: &str = "2021-01-31T10:00";
const ONE: &str = "application/cloudevents+json";
const BATCH: &str = "application/cloudevents-batch+json";
const JSON: &str = "application/json";

const TABLE: &str = "
    2021-01-04T10:00 referral.received r1 s17
    2021-01-06T10:00 visit.completed initial
";

fn line(number: usize) -> String {
    json_lines(TABLE).swap_remove(number)
}

async fn ledger(site: &Site) -> Vec<Stored> {
    site.services.store().events_from(1, 1_000).await.expect("events")
}

#[tokio::test]
async fn one_event() {
    let site = Site::new(AT).await;
    for media_type in [ONE, JSON, "Application/CloudEvents+JSON; charset=utf-8"] {
        let answer = site.post("/api/v1/events", media_type, line(0)).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        let status = if media_type == ONE { "appended" } else { "repeated" };
        assert_eq!(answer.json(), json!({"status": status, "position": 1}));
    }
    site.stop().await;
}

#[tokio::test]
async fn exact_bytes_reach_the_ledger() {
    let site = Site::new(AT).await;
    let odd = |line: String| line.replacen("\"id\":", " \"id\" :\t", 1).replacen("{", "{\r\n ", 1);
    let (one, two) = (odd(line(0)), line(1));
    let answer = site.post("/api/v1/events", BATCH, format!(" [\n{one} ,\t{two}\n]\n")).await;
    assert_eq!(answer.json(), json!([{"status": "appended", "position": 1}, {"status": "appended", "position": 2}]));
    let kept: Vec<Vec<u8>> = ledger(&site).await.into_iter().map(|stored| stored.bytes.to_vec()).collect();
    assert_eq!(kept, [one.into_bytes(), two.into_bytes()]);
    site.stop().await;
}

#[tokio::test]
async fn a_batch_has_a_result_for_each_in_order() {
    let site = Site::new(AT).await;
    let other = line(0).replace("s17", "s47");
    let unknown = line(1).replace("visit.completed", "visit.complete").replace("\"e2\"", "\"e3\"");
    let batch = format!("[{},{other},7,{},{unknown},{}]", line(0), line(0), line(1));
    let answer = site.post("/api/v1/events", JSON, batch).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let found = answer.json();
    let told: Vec<(&str, Option<u64>, &str)> = found
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            let text = |key: &str| one.get(key).and_then(Value::as_str).unwrap_or_default();
            let place = one.get("position").or(one.get("number")).and_then(Value::as_u64);
            (text("status"), place, text("reason"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("appended", Some(1), ""),
            ("quarantined", Some(1), "conflicting_id"),
            ("quarantined", Some(2), "malformed"),
            ("repeated", Some(1), ""),
            ("quarantined", Some(3), "unknown_type"),
            ("appended", Some(2), ""),
        ]
    );
    assert_eq!(ledger(&site).await.len(), 2);
    site.stop().await;
}

#[tokio::test]
async fn a_single_body_that_is_not_json_is_refused_and_kept() {
    let site = Site::new(AT).await;
    for (number, body) in (1..).zip(["{", "", "\u{feff}{}", "[1]"]) {
        let answer = site.post("/api/v1/events", ONE, body).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        let told = answer.json();
        assert_eq!(told.get("status"), Some(&json!("quarantined")), "{body}");
        assert_eq!(told.get("reason"), Some(&json!("malformed")), "{body}");
        assert_eq!(told.get("number"), Some(&json!(number)));
    }
    let kept = site.services.store().quarantined_one(1).await.expect("a store").expect("kept");
    assert_eq!(&*kept.bytes, b"{");
    site.stop().await;
}

#[tokio::test]
async fn a_batch_that_cannot_be_told_apart_is_refused_whole() {
    let site = Site::new(AT).await;
    let detail = site.post("/api/v1/events", BATCH, format!("[{},{{x}}]", line(0))).await.problem(400);
    let at = line(0).len() + 3;
    assert!(detail.contains(&format!("at byte {at} ")), "{detail}");
    site.post("/api/v1/events", BATCH, "{}").await.problem(400);
    assert!(ledger(&site).await.is_empty());
    assert_eq!(site.services.store().quarantine_open().await.expect("a store"), 0);
    site.stop().await;
}

#[tokio::test]
async fn limits() {
    let site = Site::new(AT).await;
    let many = format!("[{}]", vec!["1"; 1_001].join(","));
    assert!(site.post("/api/v1/events", BATCH, many).await.problem(413).contains("1001 events"));
    let large = format!("[\"{}\"]", "x".repeat(8 << 20));
    for media_type in [BATCH, JSON] {
        assert!(site.post("/api/v1/events", media_type, large.clone()).await.problem(413).contains("8 MiB"));
    }
    assert!(site.post("/api/v1/events", ONE, "x".repeat((16 << 20) + 1)).await.problem(413).contains("16 MiB"));
    assert_eq!(site.post("/api/v1/events", BATCH, "[]").await.json(), json!([]));
    assert_eq!(site.services.store().quarantine_open().await.expect("a store"), 0);
    site.stop().await;
}

#[tokio::test]
async fn what_a_page_of_another_site_could_send_is_not_taken() {
    let site = Site::new(AT).await;
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        let detail = site.post("/api/v1/events", media_type, line(0)).await.problem(415);
        assert!(detail.contains("application/cloudevents+json"), "{detail}");
    }
    assert!(ledger(&site).await.is_empty());
    site.stop().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_takes_nothing() {
    let site = Site::of(AT, TABLE).await;
    site.hands.set(testkit::instant("2021-01-30T10:00"));
    for media_type in [ONE, "application/x-ndjson"] {
        let answer = site.post("/api/v1/events", media_type, line(0)).await;
        assert!(answer.problem(503).contains("set the clock right"));
        assert_eq!(answer.header("retry-after"), "5");
    }
    assert_eq!(ledger(&site).await.len(), 2);
    site.stop().await;
}
