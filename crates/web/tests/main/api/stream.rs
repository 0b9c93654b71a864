//! Events in as a stream of lines: each answered when it is committed, and no more read than that.

use super::site::Site;
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::json_lines;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tower::ServiceExt as _;

const AT: &str = "2021-01-31T10:00";
const LINES: &str = "application/x-ndjson";

fn referrals(count: usize) -> Vec<String> {
    let table: String =
        (1..=count).map(|child| format!("2021-01-04T10:00 referral.received r1 s17 | child={child}\n")).collect();
    json_lines(&table)
}

fn results(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a result")).collect()
}

#[tokio::test]
async fn a_result_for_every_line() {
    let site = Site::new(AT).await;
    let lines = referrals(1_300);
    let body = format!("\n{}\r\n \n{{\n{}", lines.join("\n"), lines.first().expect("a line"));
    let answer = site.post("/api/v1/events", LINES, body).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::ACCEPTED, LINES));
    let found = results(&answer.text());
    assert_eq!(found.len(), 1_302);
    for (position, result) in (1..).zip(found.iter().take(1_300)) {
        assert_eq!(*result, json!({"status": "appended", "position": position}));
    }
    assert_eq!(found.get(1_300).and_then(|one| one.get("reason")), Some(&json!("malformed")));
    assert_eq!(found.get(1_301), Some(&json!({"status": "repeated", "position": 1})));
    site.stop().await;
}

#[tokio::test]
async fn each_line_is_answered_before_the_next_is_sent() {
    let site = Site::new(AT).await;
    let (sender, pieces) = mpsc::channel::<Result<Bytes, Infallible>>(1);
    let request = Request::post("/api/v1/events").header("content-type", LINES);
    let request = request.body(Body::from_stream(ReceiverStream::new(pieces))).expect("a request");
    let response = site.router.clone().oneshot(request).await.expect("an answer");
    let mut answers = response.into_body().into_data_stream();
    for (position, line) in (1..).zip(referrals(3)) {
        sender.send(Ok(format!("{line}\n").into())).await.expect("taken");
        let answer = answers.next().await.expect("a result").expect("bytes");
        assert_eq!(results(&String::from_utf8_lossy(&answer)), [json!({"status": "appended", "position": position})]);
        assert_eq!(site.services.store().head().await.expect("a head").size, position);
    }
    drop(sender);
    assert!(answers.next().await.is_none());
    site.stop().await;
}

#[tokio::test]
async fn no_more_is_read_than_is_committed() {
    let site = Site::new(AT).await;
    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let pieces = futures_util::stream::iter(referrals(3_000)).map(move |line| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok::<_, Infallible>(Bytes::from(format!("{line}\n")))
    });
    let request = Request::post("/api/v1/events").header("content-type", LINES);
    let request = request.body(Body::from_stream(pieces)).expect("a request");
    let response = site.router.clone().oneshot(request).await.expect("an answer");
    let mut answers = response.into_body().into_data_stream();
    assert_eq!(read.load(Ordering::SeqCst), 0);
    let first = answers.next().await.expect("results").expect("bytes");
    assert_eq!(results(&String::from_utf8_lossy(&first)).len(), 500);
    assert!(read.load(Ordering::SeqCst) <= 501, "{read:?}");
    assert_eq!(site.services.store().head().await.expect("a head").size, 500);
    drop(answers);
    site.stop().await;
}

#[tokio::test]
async fn a_line_that_is_too_long_is_refused_and_the_next_is_taken() {
    let site = Site::new(AT).await;
    let line = referrals(1).remove(0);
    let mut pieces: Vec<Result<Bytes, Infallible>> = vec![Ok("{\"id\":\"".into())];
    pieces.extend((0..17).map(|_| Ok(Bytes::from(vec![b'x'; 1 << 20]))));
    pieces.push(Ok(format!("\"}}\n{line}\n").into()));
    let answer = site.post("/api/v1/events", LINES, Body::from_stream(futures_util::stream::iter(pieces))).await;
    let found = results(&answer.text());
    assert_eq!(found.len(), 2);
    let told = found.first().expect("a result");
    assert_eq!(told.get("status"), Some(&json!("not_kept")));
    assert_eq!(told.get("reason"), Some(&json!("malformed")));
    let detail = told.get("detail").and_then(Value::as_str).expect("a detail");
    assert!(detail.contains(&format!("found {}", (17 << 20) + 9)), "{detail}");
    assert!(detail.contains("too long to be kept"), "{detail}");
    assert_eq!(found.get(1), Some(&json!({"status": "appended", "position": 1})));
    site.stop().await;
}

#[tokio::test]
async fn a_stream_that_breaks_off_says_so() {
    let site = Site::new(AT).await;
    let line = referrals(1).remove(0);
    let (sender, pieces) = mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    let request = Request::post("/api/v1/events").header("content-type", LINES);
    let request = request.body(Body::from_stream(ReceiverStream::new(pieces))).expect("a request");
    let response = site.router.clone().oneshot(request).await.expect("an answer");
    let mut answers = response.into_body().into_data_stream();
    sender.send(Ok(format!("{line}\n{{\"id").into())).await.expect("taken");
    answers.next().await.expect("a result").expect("bytes");
    sender.send(Err(std::io::Error::other("broken"))).await.expect("taken");
    let last = answers.next().await.expect("a result").expect("bytes");
    let last = results(&String::from_utf8_lossy(&last)).remove(0);
    assert_eq!(last.get("status"), Some(&json!("not_taken")));
    assert!(answers.next().await.is_none());
    assert_eq!(site.services.store().head().await.expect("a head").size, 1);
    assert_eq!(site.services.store().quarantine_open().await.expect("a store"), 0);
    site.stop().await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_ends_the_stream() {
    let site = Site::new(AT).await;
    let lines = referrals(2);
    let (sender, pieces) = mpsc::channel::<Result<Bytes, Infallible>>(1);
    let request = Request::post("/api/v1/events").header("content-type", LINES);
    let request = request.body(Body::from_stream(ReceiverStream::new(pieces))).expect("a request");
    let response = site.router.clone().oneshot(request).await.expect("an answer");
    let mut answers = response.into_body().into_data_stream();
    sender.send(Ok(format!("{}\n", lines.first().expect("a line")).into())).await.expect("taken");
    answers.next().await.expect("a result").expect("bytes");
    site.caught_up().await;
    site.hands.set(testkit::instant("2021-01-30T10:00"));
    while site.services.clock_fault().is_none() {
        tokio::task::yield_now().await;
    }
    sender.send(Ok(format!("{}\n", lines.get(1).expect("a line")).into())).await.expect("taken");
    let last = answers.next().await.expect("a result").expect("bytes");
    let last = results(&String::from_utf8_lossy(&last)).remove(0);
    assert_eq!(last.get("status"), Some(&json!("not_taken")));
    assert!(answers.next().await.is_none());
    assert_eq!(site.services.store().head().await.expect("a head").size, 1);
    site.stop().await;
}

#[tokio::test]
async fn streams_are_not_without_number() {
    let site = Site::new(AT).await;
    let mut open = Vec::new();
    for _ in 0..4 {
        let request = Request::post("/api/v1/events").header("content-type", LINES);
        let request = request.body(Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>()));
        let response = site.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        open.push(response);
    }
    assert!(site.post("/api/v1/events", LINES, "").await.problem(503).contains("streams of events"));
    drop(open);
    assert_eq!(site.post("/api/v1/events", LINES, "").await.status, StatusCode::ACCEPTED);
    site.stop().await;
}
