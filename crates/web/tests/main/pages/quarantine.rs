//! What was refused, and what people do about it.

use super::{AT, Page};
use crate::api::site::{Answer, Site};
use axum::http::StatusCode;

/// What is done, with which fields, and what is said of it.
type Wrong = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const FORM: &str = "application/x-www-form-urlencoded";

/// A site in whose quarantine there is a visit without its mode, and one word.
async fn with_refused() -> Site {
    let site = Site::new(AT).await;
    let visit = testkit::json_lines("2021-01-06T10:00 visit.completed initial").remove(0);
    for body in [visit.replace("\"mode\"", "\"made\""), "word".to_owned()] {
        site.post("/api/v1/events", "application/cloudevents+json", body).await;
    }
    site
}

async fn post(site: &Site, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut form = form_urlencoded::Serializer::new(String::new());
    site.post(path, FORM, form.extend_pairs(fields).finish()).await
}

#[tokio::test]
async fn a_corrected_text_is_accepted_and_what_was_done_is_shown() {
    let site = with_refused().await;
    let list = Page::get(&site, "/quality").await;
    let item = Page::get(&site, &list.link("1")).await;
    assert_eq!(item.texts("dd")[2], "missing_field in /data/mode");
    let text = item.texts("textarea").remove(0).replace("\"made\"", "\"mode\"");
    let fields = [("text", text.as_str()), ("corrected_by", "A. Manager")];
    let answer = post(&site, "/quality/quarantine/1/correct", &fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/quality/quarantine/1"));
    let item = Page::get(&site, "/quality/quarantine/1").await;
    let steps = item.texts("main ol.govuk-list li");
    assert_eq!(steps, ["Sun 31 January 2021 at 10:00, by A. Manager: Corrected, and accepted at position 1."]);
    assert!(item.all("form").is_empty(), "it is settled");
    let settled = Page::get(&site, "/quality/quarantine?standing=settled").await;
    assert_eq!(settled.texts("tbody tr td:last-child"), ["Corrected"]);
    site.caught_up().await;
    assert_eq!(site.services.store().head().await.expect("a head").size, 1);
    site.stop().await;
}

#[tokio::test]
async fn what_is_refused_again_stays_open() {
    let site = with_refused().await;
    post(&site, "/quality/quarantine/2/release", &[("released_by", "A. Manager")]).await;
    let item = Page::get(&site, "/quality/quarantine/2").await;
    assert_eq!(item.texts("dd")[0], "Refused again");
    assert_eq!(item.all("form").len(), 3);
    post(&site, "/quality/quarantine/2/discard", &[("reason", "a <b>test</b>"), ("discarded_by", "A. Manager")]).await;
    let item = Page::get(&site, "/quality/quarantine/2").await;
    let steps = item.texts("main ol.govuk-list li");
    assert!(steps.last().is_some_and(|step| step.ends_with("Discarded: a <b>test</b>")), "{steps:?}");
    assert_eq!(site.services.store().quarantine_open().await.expect("a count"), 1);
    site.stop().await;
}

#[tokio::test]
async fn a_form_with_something_missing_says_so_and_keeps_what_was_typed() {
    let site = with_refused().await;
    let wrong: [Wrong; 3] = [
        ("correct", &[("text", "my text"), ("corrected_by", " ")], "Enter your name: what is done stays on record"),
        ("release", &[], "Enter your name: what is done stays on record"),
        ("discard", &[("discarded_by", "A. Manager")], "Enter why it is discarded, in at most 1000 characters"),
    ];
    for (action, fields, expected) in wrong {
        let answer = post(&site, &format!("/quality/quarantine/1/{action}"), fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{action}");
        let page = Page { html: scraper::Html::parse_document(&answer.text()) };
        assert_eq!(page.texts(".govuk-error-summary__list a"), [expected]);
        let kept = page.texts("textarea").concat()
            + &page.all("input").iter().filter_map(|one| one.attr("value")).collect::<String>();
        assert!(fields.iter().all(|(_, value)| kept.contains(value)), "{action}: {kept}");
    }
    assert_eq!(site.services.store().quarantine_open().await.expect("a count"), 2);
    site.stop().await;
}
