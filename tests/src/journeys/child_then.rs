//! A child's page as it was on another day, and as it was known then.

use super::browser::{Browser, Scripts};
use super::histories::NOW;
use super::journey::journey;
use super::site::Site;

const CHILD: &str = "/subjects/child/00000000-0000-4000-8000-000000000001";

/// The visit of the 12th was recorded a week later.
const EVENTS: &str = "
    2021-01-04T09:00 allocation.started Gloucester G1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
    2021-01-12T10:30 visit.completed cp | recorded=2021-01-19T16:02
";

#[tokio::test(flavor = "multi_thread")]
async fn a_child_then_and_as_known_then() {
    journey("child-then", Scripts::Run, NOW, EVENTS, walk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_then_and_as_known_then_without_scripts() {
    journey("child-then-without-scripts", Scripts::Blocked, NOW, EVENTS, walk).await;
}

async fn walk(browser: &Browser, _: &Site) {
    browser.goto(CHILD).await;
    browser.shows("Child 00000000").await;
    assert_eq!(visit(browser).await, "due in 6 days");
    assert_eq!(happened(browser).await, ["Visit completed", "Plan started", "Allocation started"]);
    let late = browser.one(".timeline .govuk-tag").await.text().await.expect("a tag");
    assert_eq!(late, "recorded 7 days later");

    show(browser, "", "01182021").await;
    says(browser, "as known on Mon 18 January 2021").await;
    assert_eq!(visit(browser).await, "overdue by 2 days (2 working days)");
    assert_eq!(happened(browser).await, ["Plan started", "Allocation started"]);

    show(browser, "01152021", "").await;
    says(browser, "as at Fri 15 January 2021 at 23:59").await;
    assert_eq!(visit(browser).await, "due in 11 days");
    assert_eq!(happened(browser).await, ["Visit completed", "Plan started", "Allocation started"]);

    show(browser, "01082021", "01082021").await;
    says(browser, "as at Fri 8 January 2021 at 23:59, as known on Fri 8 January 2021").await;
    assert_eq!(visit(browser).await, "due in 10 days");

    show(browser, "12312020", "").await;
    browser.with_text("p", "Nothing is on record as at Thu 31 December 2020 at 23:59.").await;
    browser.follow("Show the case as it is now").await;
    assert_eq!(browser.address().await, CHILD);
    assert_eq!(visit(browser).await, "due in 6 days");
}

/// Fills in the form; a day is typed as the browser takes it, month first, and an empty one is cleared.
async fn show(browser: &Browser, at: &str, known: &str) {
    for (field, day) in [("at", at), ("known", known)] {
        let field = browser.one(&format!("input[name={field}]")).await;
        field.clear().await.expect("a field that can be cleared");
        field.send_keys(day).await.expect("a field that takes a day");
    }
    browser.press("Show the case on this day").await;
}

/// What the page says that it shows.
async fn says(browser: &Browser, then: &str) {
    let said = browser.one(".govuk-inset-text").await.text().await.expect("a text");
    assert!(said.contains(then), "{then} is not said in: {said}");
}

/// How the visit stands.
async fn visit(browser: &Browser) -> String {
    let words = "//section[.//h3='Child protection visit']//strong";
    browser.at_path(words).await.text().await.expect("words")
}

/// What happened, the latest first.
async fn happened(browser: &Browser) -> Vec<String> {
    browser.texts(".timeline h3").await
}
