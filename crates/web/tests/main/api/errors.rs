//! What goes wrong is told as problem details, and never from inside.

use super::site::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode};

const AT: &str = "2021-01-31T10:00";

#[tokio::test]
async fn nothing_there() {
    let site = Site::new(AT).await;
    for path in ["/api/v1/nothing", "/api/v1/worklist/", "/api/v1/worklist/x", "/api/v1/a/b/c/d/e"] {
        assert!(site.get(path).await.problem(404).contains("/api/v1"), "{path}");
    }
    site.stop().await;
}

#[tokio::test]
async fn other_methods() {
    let site = Site::new(AT).await;
    for (method, path) in [("DELETE", "/api/v1/events"), ("POST", "/api/v1/worklist"), ("PUT", "/api/v1/quarantine/1")]
    {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        let answer = site.send(request).await;
        answer.problem(405);
        assert!(!answer.header("allow").is_empty(), "{method} {path}");
    }
    site.stop().await;
}

#[tokio::test]
async fn every_address_refuses_what_it_does_not_take() {
    let site = Site::new(AT).await;
    for path in [
        "clocks",
        "counts",
        "events",
        "findings",
        "holders",
        "live",
        "measures",
        "quarantine",
        "recording",
        "rulebook",
        "system",
        "worklist",
        "openapi.json",
    ] {
        let detail = site.get(&format!("/api/v1/{path}?nothing=1")).await.problem(400);
        assert!(detail.contains("no parameter `nothing`"), "{path}: {detail}");
    }
    site.stop().await;
}

#[tokio::test]
async fn hostile_addresses_are_answered() {
    let site = Site::new(AT).await;
    for path in [
        "/api/v1/subjects/child/%00",
        "/api/v1/subjects/child/%ff",
        "/api/v1/measures/%27%3B--",
        "/api/v1/quarantine/99999999999999999999",
        "/api/v1/worklist?after=%00%ff",
        "/api/v1/worklist?late=99999999999-",
        "/api/v1/events?from=18446744073709551615",
        "/api/v1/quarantine?after=18446744073709551615",
        "/api/v1/subjects/worker/..%2f..%2f",
    ] {
        let answer = site.get(path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
    }
    let many = "locality=x&".repeat(500);
    site.get(&format!("/api/v1/worklist?{many}")).await.problem(400);
    assert_eq!(site.get("/api/v1/system").await.status, StatusCode::OK);
    site.stop().await;
}

#[tokio::test]
async fn before_there_is_anything_to_show() {
    let site = Site::unready(AT).await;
    for path in ["worklist", "counts", "holders", "clocks", "live", "measures", "findings", "rulebook"] {
        let answer = site.get(&format!("/api/v1/{path}")).await;
        assert!(answer.problem(503).contains("still being derived"), "{path}");
        assert_eq!(answer.header("retry-after"), "5");
    }
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(ready.text().contains("still being derived"));
    // What needs no read model is answered all the same.
    for path in ["/healthz", "/metrics", "/api/v1/system", "/api/v1/events", "/api/v1/quarantine", "/api/v1"] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
    site.stop().await;
}

/// Nothing is taken, and nothing of the inside is told.
#[tokio::test]
async fn what_cannot_be_committed_is_not_acknowledged() {
    let site = Site::read_only(AT).await;
    let line = testkit::json_lines("2021-01-04T10:00 referral.received r1 s17").remove(0);
    for kind in ["application/json", "application/x-ndjson"] {
        let answer = site.post("/api/v1/events", kind, line.clone()).await;
        let said = "Nothing of this was taken: it could not be committed. Send it again in a moment.";
        assert_eq!(answer.problem(503), said, "{kind}");
        assert_eq!(answer.header("retry-after"), "5", "{kind}");
    }
    // A stream without an end has begun to be answered before its first line comes.
    let pieces = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(line)]);
    let stream = site.post("/api/v1/events", "application/x-ndjson", Body::from_stream(pieces)).await;
    assert_eq!(stream.status, StatusCode::ACCEPTED);
    assert!(stream.text().contains("\"status\":\"not_taken\""), "{}", stream.text());
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    for answer in [stream, ready, site.get("/api/v1/system").await] {
        assert!(!answer.text().to_lowercase().contains("sqlite"), "{}", answer.text());
    }
    site.stop().await;
}
