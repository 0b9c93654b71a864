//! The worklist while it changes under the reader: nothing jumps, everything is said, and a new list agrees.

use super::axe::violations;
use super::browser::{Browser, NARROW, Scripts, WIDE};
use super::histories::{NOW, three_localities};
use super::journey::journey;
use super::site::Site;
use serde_json::{Value, json};

const VISITS: &str = "/worklist?clock=cp_visit";

/// A child whose visit was due on Mon 18 January, and one whose visit is due today.
const OVERDUE: &str = "[data-clock^='child/00000000-0000-4000-8000-000000000005~cp_visit~']";
const DUE_TODAY: &str = "[data-clock^='child/00000000-0000-4000-8000-000000000013~cp_visit~']";

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_is_recorded_meanwhile() {
    journey("live-visit", Scripts::Run, NOW, &three_localities(), async |browser, site| {
        open(browser, site, WIDE, "tbody:last-of-type th a").await;
        let before = place(browser).await;

        site.receives("2021-01-20T09:30 visit.completed cp | child=5 source=live").await;
        browser.with_text(&format!("{OVERDUE} [data-words]"), "done").await;
        let told = "1 clock has gone. This list now has 16 clocks. Show the new list";
        browser.with_text("[aria-live=polite]", told).await;
        assert_eq!(place(browser).await, before, "nothing jumps, and the focus stays");

        browser.follow("Show the new list").await;
        browser.shows("Worklist: 16 clocks").await;
        assert!(browser.all(OVERDUE).await.is_empty());
        agrees(browser, site, 16).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_passes() {
    journey("live-day", Scripts::Run, NOW, &three_localities(), async |browser, site| {
        open(browser, site, WIDE, "tbody:last-of-type th a").await;
        let before = place(browser).await;
        assert_eq!(words(browser, DUE_TODAY).await, "due today");

        site.time_is("2021-01-21T00:00:00Z");
        browser.with_text(&format!("{DUE_TODAY} [data-words]"), "overdue by 1 day (1 working day)").await;
        let told = "3 clocks have become overdue. This list now has 17 clocks. Show the new list";
        browser.with_text("[aria-live=polite]", told).await;
        assert_eq!(place(browser).await, before, "nothing jumps, and the focus stays");

        browser.follow("Show the new list").await;
        browser.shows("Worklist: 17 clocks").await;
        assert_eq!(words(browser, DUE_TODAY).await, "overdue by 1 day (1 working day)");
        agrees(browser, site, 17).await;
    })
    .await;
}

/// On a telephone what is said has several lines, and stands above the list. Words of a row may take another line, but
/// what the reader is at stays where it is.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_jumps_on_a_narrow_screen() {
    journey("live-narrow", Scripts::Run, NOW, &three_localities(), async |browser, site| {
        open(browser, site, NARROW, "tbody th a").await;
        let before = place(browser).await;

        site.receives("2021-01-20T09:30 visit.completed cp | child=5 source=live").await;
        browser
            .with_text("[aria-live=polite]", "1 clock has gone. This list now has 16 clocks. Show the new list")
            .await;
        let after = place(browser).await;
        assert_eq!(
            (&after["focus"], &after["top"]),
            (&before["focus"], &before["top"]),
            "the focus stays in its place"
        );
        assert_eq!(violations(browser).await, Vec::<String>::new());
    })
    .await;
}

/// Whoever comes back to the list sees it as it is by then, also by the browser's own way back.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_gone_back_to() {
    journey("live-back", Scripts::Run, NOW, &three_localities(), async |browser, site| {
        open(browser, site, WIDE, "tbody:last-of-type th a").await;
        browser.one("tbody:last-of-type th a").await.click().await.expect("a child");
        browser.shows("Child 00000000").await;
        site.receives("2021-01-20T09:30 visit.completed cp | child=5 source=live").await;
        browser.back().await;
        browser.shows("Worklist: 16 clocks").await;
        agrees(browser, site, 16).await;
    })
    .await;
}

/// Opens the list of all 17 visits, and waits until it is followed. A link in it has the focus.
async fn open(browser: &Browser, site: &Site, width: u32, link: &str) {
    browser.is_as_wide_as(width).await;
    browser.goto(VISITS).await;
    browser.shows("Worklist: 17 clocks").await;
    site.is_followed().await;
    browser.one(link).await.focus().await.expect("a link takes the focus");
}

/// Where everything stands in the window: each row, and what has the focus.
async fn place(browser: &Browser) -> Value {
    let script = "
        const rows = [...document.querySelectorAll('[data-clock]')];
        return {
            rows: rows.map(row => [row.dataset.clock, row.getBoundingClientRect().top]),
            focus: document.activeElement.href,
            top: document.activeElement.getBoundingClientRect().top,
        };";
    browser.script(script, vec![]).await
}

async fn words(browser: &Browser, row: &str) -> String {
    browser.one(&format!("{row} [data-words]")).await.text().await.expect("words")
}

/// The list, its heading, its file, and the API have the same number of clocks.
async fn agrees(browser: &Browser, site: &Site, count: usize) {
    assert_eq!(browser.all("[data-clock]").await.len(), count);
    let file = site.get("/worklist.csv?clock=cp_visit").await;
    assert_eq!(file.lines().count(), count + 1, "the file has a line for each, and its head");
    let api: Value = serde_json::from_str(&site.get("/api/v1/worklist?clock=cp_visit").await).expect("JSON");
    assert_eq!(api["count"], json!(count));
    assert_eq!(api["rows"].as_array().map(Vec::len), Some(count));
}
