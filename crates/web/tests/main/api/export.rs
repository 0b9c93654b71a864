//! Events out again.

use super::site::Site;
use axum::http::StatusCode;
use serde_json::json;
use testkit::json_lines;

const AT: &str = "2021-01-31T10:00";

fn table(children: usize) -> String {
    (1..=children).map(|child| format!("2021-01-04T10:00 referral.received r1 s17 | child={child}\n")).collect()
}

#[tokio::test]
async fn every_event_comes_out_as_it_came_in() {
    let site = Site::of(AT, &table(2_500)).await;
    let answer = site.get("/api/v1/events").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/x-ndjson"));
    let mut expected = Vec::new();
    for line in json_lines(&table(2_500)) {
        exchange::export::write_line(line.as_bytes(), testkit::instant(AT), &mut expected).expect("an event");
    }
    assert!(answer.body == expected, "the export differs");
    let last = site.get("/api/v1/events?from=2500").await;
    assert_eq!(last.text().lines().count(), 1);
    assert!(expected.ends_with(&last.body));
    assert_eq!(site.get("/api/v1/events?from=2501").await.text(), "");
    site.get("/api/v1/events?from=x").await.problem(400);
    site.stop().await;
}

#[tokio::test]
async fn an_empty_ledger_has_no_lines() {
    let site = Site::new(AT).await;
    assert_eq!(site.get("/api/v1/events").await.text(), "");
    site.stop().await;
}

#[tokio::test]
async fn what_comes_out_can_be_sent_again() {
    let site = Site::of(AT, &table(3)).await;
    let lines = site.get("/api/v1/events").await.body;
    let again = site.post("/api/v1/events", "application/x-ndjson", lines).await.text();
    let expected = (1..=3).map(|position| json!({"status": "repeated", "position": position}));
    let found = again.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a result"));
    assert!(found.eq(expected), "{again}");
    site.stop().await;
}
