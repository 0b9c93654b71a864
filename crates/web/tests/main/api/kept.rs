//! Answers that are held: asked again they are confirmed, and never when anything differs.

use super::site::Site;
use axum::http::StatusCode;

const AT: &str = "2021-01-18T10:00";

const TABLE: &str = "
    2021-01-04T10:00 allocation.started Gloucester Safeguarding_1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
";

#[tokio::test]
async fn what_still_holds_is_confirmed() {
    let site = Site::of(AT, TABLE).await;
    let child = format!("/api/v1/subjects/{}", testkit::child(1));
    let events = format!("{child}/events");
    for path in [
        "/api/v1/worklist",
        "/api/v1/counts",
        "/api/v1/holders",
        "/api/v1/clocks",
        "/api/v1/measures/cp_visit_timely",
        "/api/v1/quarantine",
        "/api/v1/findings",
        "/api/v1/rulebook",
        "/api/v1/openapi.json",
        &child,
        &events,
    ] {
        site.hands.set(testkit::instant(AT));
        let first = site.get(path).await;
        assert_eq!(first.status, StatusCode::OK);
        assert_eq!(first.header("cache-control"), "private, no-cache");
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{tag}");
        // A moment later nothing has changed but the moment.
        site.hands.set(testkit::instant("2021-01-18T10:00:01"));
        let again = site.get_unless(path, &format!("\"other\", {tag}")).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!((again.body.len(), again.header("etag")), (0, tag.as_str()));
    }
    site.stop().await;
}

#[tokio::test]
async fn what_has_changed_is_sent() {
    let site = Site::of(AT, TABLE).await;
    let list = "/api/v1/worklist?clock=cp_visit";
    let tag = site.get(list).await.header("etag").to_owned();
    site.take("2021-01-18T09:00 referral.received r1 s17 | child=9 id=r1").await;
    let changed = site.get_unless(list, &tag).await;
    assert_eq!(changed.status, StatusCode::OK, "the position has moved on");
    let tag = changed.header("etag").to_owned();
    // The visit is due today until midnight, and overdue from then on, without any event.
    site.hands.set(testkit::instant("2021-01-18T23:59:59.999999"));
    assert_eq!(site.get_unless(list, &tag).await.status, StatusCode::NOT_MODIFIED);
    site.hands.set(testkit::instant("2021-01-19T00:00"));
    let overdue = site.get_unless(list, &tag).await;
    assert_eq!(overdue.status, StatusCode::OK);
    assert!(overdue.text().contains("\"overdue\""));
    assert_eq!(site.get_unless(list, &tag).await.status, StatusCode::OK);
    site.stop().await;
}
