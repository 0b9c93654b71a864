//! Events that were refused: one is corrected, one is tried again when its time has come, one is discarded.

use super::browser::{Browser, Scripts};
use super::histories::{NOW, on_plans};
use super::journey::journey;
use super::site::{Site, lines};
use bytes::Bytes;

/// A visit whose mode no one knows, one that is yet to come, and something that is no event of the vocabulary.
fn refused() -> Vec<Bytes> {
    let visits = lines(
        "
        2021-01-20T09:00 visit.completed cp mode=in_person | child=1 source=visits
        2021-01-20T12:00 visit.completed cp                | child=2 source=visits recorded=2021-01-20T12:00
        ",
    );
    let unknown = Bytes::from_static(
        br#"{"specversion":"1.0","id":"x1","source":"visits","type":"visit.planned","subject":"child/00000000-0000-4000-8000-000000000003","time":"2021-01-20T09:00:00Z","data":{}}"#,
    );
    visits.into_iter().chain([unknown]).collect()
}

fn events() -> String {
    on_plans(1..=3, "Gloucester", "G1", "SW1", "2021-01-04")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_settled() {
    journey("quarantine", Scripts::Run, NOW, &events(), walk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_settled_without_scripts() {
    journey("quarantine-without-scripts", Scripts::Blocked, NOW, &events(), walk).await;
}

async fn walk(browser: &Browser, site: &Site) {
    for (event, (number, reason)) in refused().into_iter().zip([(1, "bad_field"), (2, "future"), (3, "unknown_type")]) {
        let result = site.post(event).await;
        assert_eq!(result["status"], "quarantined", "{result}");
        assert_eq!((&result["number"], &result["reason"]), (&number.into(), &reason.into()), "{result}");
    }
    browser.goto("/quality").await;
    browser.shows("Data quality").await;
    assert_eq!(visits(browser).await, ["1", "2", "3"]);

    open(browser, 1).await;
    let text = browser.one("textarea[name=text]").await;
    let corrected =
        text.value().await.expect("a text").expect("what was received").replace("in_person", "face_to_face");
    text.clear().await.expect("a field that can be cleared");
    text.send_keys(corrected).await.expect("a field that takes text");
    press(browser, "corrected_by", "Accept the corrected text").await;
    settled(browser, "Corrected", "by A Manager: Corrected, and accepted at position 7.").await;
    assert_eq!(visits(browser).await, ["2", "3"], "the corrected visit counts");

    open(browser, 2).await;
    press(browser, "released_by", "Try it again").await;
    settled(browser, "Refused again", "by A Manager: Tried again, and refused again: future").await;
    site.time_is("2021-01-20T12:30:00Z");
    press(browser, "released_by", "Try it again").await;
    settled(browser, "Released", "by A Manager: Tried again as it is, and accepted at position 8.").await;
    assert_eq!(visits(browser).await, ["3"], "the visit counts when it has taken place");

    open(browser, 3).await;
    browser.one("input[name=reason]").await.send_keys("Only plans").await.expect("a field that takes text");
    press(browser, "discarded_by", "Discard it").await;
    settled(browser, "Discarded", "by A Manager: Discarded: Only plans").await;

    browser.goto("/quality/quarantine").await;
    browser.with_text("main p", "There are none.").await;
    browser.follow("Settled").await;
    browser.with_text("td", "Discarded").await;
    assert_eq!(browser.texts("tbody th").await, ["1", "2", "3"], "all of it stays on record");
}

/// The children whose visit is overdue, by number.
async fn visits(browser: &Browser) -> Vec<String> {
    let here = browser.address().await;
    browser.goto("/worklist?clock=cp_visit&status=overdue").await;
    let mut children = Vec::new();
    for row in browser.all("[data-clock]").await {
        let clock = row.attr("data-clock").await.expect("an attribute").expect("a clock");
        let (child, _) = clock.split_once('~').expect("a subject");
        children.push(child.rsplit('0').next().expect("a number").to_owned());
    }
    browser.goto(&here).await;
    children
}

/// Opens what was refused under a number, from the page on data quality.
async fn open(browser: &Browser, number: u64) {
    browser.goto("/quality").await;
    browser.follow(&number.to_string()).await;
    browser.shows(&format!("Refused event {number}")).await;
}

/// Gives a name and presses a button.
async fn press(browser: &Browser, name: &str, button: &str) {
    let name = browser.one(&format!("input[name={name}]")).await;
    name.clear().await.expect("a field that can be cleared");
    name.send_keys("A Manager").await.expect("a field that takes a name");
    browser.press(button).await;
}

/// Waits until the page says how it stands, and what was done last.
async fn settled(browser: &Browser, standing: &str, step: &str) {
    browser.with_text("dd", standing).await;
    let steps = browser.texts("main ol li").await;
    assert!(steps.last().is_some_and(|last| last.contains(step)), "{step} is not the last of {steps:#?}");
}
