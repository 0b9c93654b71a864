//! What every answer tells the browser, and what is kept.

use super::{AT, Page, TABLE};
use crate::api::site::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode};

#[tokio::test]
async fn every_answer_is_guarded() {
    let site = Site::of(AT, TABLE).await;
    let style = Page::get(&site, "/").await.all("link[rel=stylesheet]")[0].attr("href").expect("an address").to_owned();
    for path in
        ["/", "/worklist", "/worklist.csv", "/nothing", "/worklist?status=x", "/healthz", "/api/v1/worklist", &style]
    {
        let answer = site.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{path}: {policy}");
        for (name, expected) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), expected, "{path}");
        }
    }
    site.stop().await;
}

#[tokio::test]
async fn pages_are_not_kept_and_assets_are_for_ever() {
    let site = Site::of(AT, TABLE).await;
    let page = Page::get(&site, "/").await;
    assert_eq!(site.get("/").await.header("cache-control"), "no-store");
    let addresses = page.all("head link[href], head script[src]").into_iter();
    let addresses: Vec<&str> = addresses.filter_map(|one| one.attr("href").or(one.attr("src"))).collect();
    assert_eq!(addresses.len(), 3);
    for address in addresses {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(!answer.body.is_empty());
        let again = site.get_unless(address, answer.header("etag")).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(site.get_unless(address, "\"other\"").await.status, StatusCode::OK);
    }
    site.stop().await;
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let site = Site::of(AT, TABLE).await;
    site.post("/api/v1/events", "application/cloudevents+json", "word").await;
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://example.org")]
    {
        let request =
            Request::post("/quality/quarantine/1/discard").header("host", "127.0.0.1:8080").header(name, value);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = site.send(request.body(Body::from("reason=x&discarded_by=y")).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("This form was not sent from here"));
    }
    assert_eq!(site.services.store().quarantine_open().await.expect("a count"), 1);
    site.stop().await;
}
