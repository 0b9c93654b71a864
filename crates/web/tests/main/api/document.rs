//! The document says what the router does, no more and no less.

use super::site::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;
use std::collections::BTreeSet;

const AT: &str = "2021-01-31T10:00";

/// Every method and path under /api/v1.
const ROUTES: &[&str] = &[
    "GET /api/v1/clocks",
    "GET /api/v1/counts",
    "GET /api/v1/events",
    "GET /api/v1/findings",
    "GET /api/v1/holders",
    "GET /api/v1/live",
    "GET /api/v1/measures",
    "GET /api/v1/measures/{id}",
    "GET /api/v1/measures/{id}/behind",
    "GET /api/v1/openapi.json",
    "GET /api/v1/quarantine",
    "GET /api/v1/quarantine/{number}",
    "GET /api/v1/recording",
    "GET /api/v1/rulebook",
    "GET /api/v1/subjects/{kind}/{id}",
    "GET /api/v1/subjects/{kind}/{id}/events",
    "GET /api/v1/system",
    "GET /api/v1/worklist",
    "POST /api/v1/events",
    "POST /api/v1/quarantine/{number}/correct",
    "POST /api/v1/quarantine/{number}/discard",
    "POST /api/v1/quarantine/{number}/release",
];

fn documented(document: &Value) -> BTreeSet<String> {
    let paths = document.get("paths").and_then(Value::as_object).expect("paths");
    let of_path = |(path, item): (&String, &Value)| -> Vec<String> {
        let methods = item.as_object().expect("methods");
        methods.keys().map(|method| format!("{} {path}", method.to_uppercase())).collect()
    };
    paths.iter().flat_map(of_path).collect()
}

#[tokio::test]
async fn the_document_has_every_route() {
    let site = Site::new(AT).await;
    assert_eq!(documented(site.document().await).into_iter().collect::<Vec<_>>(), ROUTES);
    site.stop().await;
}

/// The router itself says which paths it has: one that is not in the document is a mistake.
#[tokio::test]
async fn the_router_has_no_route_beside_the_document() {
    let site = Site::new(AT).await;
    let shown = format!("{:?}", site.router);
    let of_api: BTreeSet<&str> = shown.split('"').filter(|text| text.starts_with("/api/v1")).collect();
    let mut expected: BTreeSet<&str> = ROUTES.iter().filter_map(|route| route.split(' ').nth(1)).collect();
    expected.extend(["/api/v1", "/api/v1/", "/api/v1/{*rest}"]);
    assert_eq!(of_api, expected);
    site.stop().await;
}

#[tokio::test]
async fn every_route_of_the_document_answers() {
    let site = Site::new(AT).await;
    for route in ROUTES {
        let (method, path) = route.split_once(' ').expect("a method and a path");
        let path = path.replace("{kind}", "child").replace("{id}", "x").replace("{number}", "1");
        let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        // The feed has no end, and is not read here.
        let response = tower::ServiceExt::oneshot(site.router.clone(), request).await.expect("an answer");
        assert_ne!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{route}");
        if response.status() == StatusCode::NOT_FOUND {
            let body = axum::body::to_bytes(response.into_body(), 10_000).await.expect("a body");
            assert!(!String::from_utf8_lossy(&body).contains("nothing at this address"), "{route}");
        }
    }
    site.stop().await;
}

#[tokio::test]
async fn the_document_is_openapi_and_names_the_version() {
    let site = Site::new(AT).await;
    let document = site.document().await;
    assert_eq!(document.get("openapi"), Some(&Value::from("3.1.0")));
    assert_eq!(document.pointer("/info/version"), Some(&Value::from("1.2.3")));
    site.stop().await;
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let site = Site::new(AT).await;
    let mut found = Vec::new();
    let document = site.document().await;
    references(document, &mut found);
    assert!(found.len() > 10);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("a reference within the document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    site.stop().await;
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_reader_shows_every_route_and_leads_to_every_object() {
    let site = Site::new(AT).await;
    for address in ["/api/v1", "/api/v1/"] {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = scraper::Html::parse_document(&answer.text());
        let select = |selector: &str| scraper::Selector::parse(selector).expect("a selector");
        let titles: BTreeSet<String> = page.select(&select("h3 code")).map(|title| title.text().collect()).collect();
        assert_eq!(titles, ROUTES.iter().map(|route| (*route).to_owned()).collect());
        assert_eq!(page.select(&select("h1")).count(), 1);
        let ids: BTreeSet<&str> = page.select(&select("[id]")).filter_map(|found| found.value().id()).collect();
        assert_eq!(page.select(&select("[id]")).count(), ids.len(), "an id stands twice");
        let links: Vec<&str> =
            page.select(&select("main a[href^='#']")).filter_map(|link| link.value().attr("href")).collect();
        assert!(links.len() > ROUTES.len());
        for link in links {
            assert!(ids.contains(link.trim_start_matches('#')), "{link}");
        }
        assert_eq!(page.select(&select("script:not([src]), style, [style]")).count(), 0);
    }
    site.stop().await;
}
