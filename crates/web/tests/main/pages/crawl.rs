//! Every link leads to a page.

use super::{AT, Page, TABLE};
use crate::api::site::Site;
use axum::http::StatusCode;
use scraper::{Html, Selector};
use std::collections::{BTreeSet, VecDeque};

/// How many addresses are followed at most; filters can be combined without end.
const MOST_FOLLOWED: usize = 400;

#[tokio::test]
async fn every_link_of_every_page_leads_somewhere() {
    let site = Site::of(AT, TABLE).await;
    site.post("/api/v1/events", "application/cloudevents+json", "word").await;
    let (mut known, mut waiting) = (BTreeSet::from(["/".to_owned()]), VecDeque::from(["/".to_owned()]));
    let mut followed = 0;
    while let Some(address) = waiting.pop_front().filter(|_| followed < MOST_FOLLOWED) {
        followed += 1;
        let answer = site.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = Html::parse_document(&answer.text());
        assert_eq!(page.select(&Selector::parse("h1").expect("a selector")).count(), 1, "{address}");
        for link in page.select(&Selector::parse("a[href^='/'], link[href], script[src]").expect("a selector")) {
            let href = link.attr("href").or(link.attr("src")).unwrap_or_default();
            let target = href.split('#').next().unwrap_or_default().to_owned();
            if !target.is_empty() && known.insert(target.clone()) {
                waiting.push_back(target);
            }
        }
    }
    for expected in ["/worklist.csv", "/measures/cp_visit_timely", "/quality/quarantine/1", "/system/rulebook.toml"] {
        assert!(known.contains(expected), "{expected} is nowhere linked");
    }
    assert!(known.iter().any(|address| address.starts_with("/subjects/carer/")));
    site.stop().await;
}

#[tokio::test]
async fn an_empty_ledger_has_pages_too() {
    let site = Site::new(AT).await;
    for (path, heading) in [
        ("/", "County"),
        ("/worklist", "Worklist: 0 clocks"),
        ("/measures", "Measures"),
        ("/measures/cp_visit_timely", "Child protection visits in time"),
        ("/quality", "Data quality"),
        ("/quality/quarantine", "Refused events"),
        ("/system", "System"),
        ("/system/rulebook", "Default rulebook, version 1"),
    ] {
        let page = Page::get(&site, path).await;
        assert!(!page.heading().is_empty());
        if path != "/measures/cp_visit_timely" {
            assert_eq!(page.heading(), heading, "{path}");
        }
    }
    site.stop().await;
}

#[tokio::test]
async fn what_is_not_there_is_a_page_with_a_way_on() {
    let site = Site::of(AT, TABLE).await;
    for path in [
        "/nothing",
        "/subjects/child/x",
        "/subjects/worker/SW1",
        "/subjects/child/00000000-0000-4000-8000-000000000099",
        "/measures/nothing",
        "/quality/findings/nothing",
        "/quality/quarantine/99",
        "/assets/sightline.0000.css",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let page = Html::parse_document(&answer.text());
        let links = Selector::parse("main a[href='/worklist']").expect("a selector");
        assert_eq!(page.select(&links).count(), 1, "{path}");
    }
    site.stop().await;
}

#[tokio::test]
async fn what_is_not_understood_is_said() {
    let site = Site::of(AT, TABLE).await;
    for (path, expected) in [
        ("/worklist?status=x", "“x” is no status."),
        ("/worklist?clock=x", "The rulebook has no clock called “x”."),
        ("/worklist?after=x", "There is no such place in the list."),
        ("/worklist.csv?late=x", "“x” is no range of days overdue."),
        ("/measures/cp_visit_timely?period=1999-01", "Figures are shown for these months:"),
        ("/measures/cp_visit_timely?by=x", "Figures are shown by locality, team or worker."),
        ("/quality?period=x", "These months are shown:"),
        ("/quality/quarantine?standing=x", "What was refused is listed as open, settled or all."),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.text().contains(expected), "{path}: {}", answer.text());
    }
    site.stop().await;
}
