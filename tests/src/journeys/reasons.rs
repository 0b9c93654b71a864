//! From the county to an overdue visit, to the reason for it, and back to the same place in the list.

use super::browser::{Browser, Scripts};
use super::histories::{NOW, three_localities};
use super::journey::journey;
use super::site::Site;
use serde_json::json;

/// The count in the county's table that leads to what is overdue in Gloucester's child protection.
const COUNT: &str = "a[href*='locality=Gloucester'][href*='area=child_protection'][href*='status=overdue']";

#[tokio::test(flavor = "multi_thread")]
async fn from_the_county_to_a_reason_and_back() {
    journey("reasons", Scripts::Run, NOW, &three_localities(), walk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_county_to_a_reason_and_back_without_scripts() {
    journey("reasons-without-scripts", Scripts::Blocked, NOW, &three_localities(), walk).await;
}

async fn walk(browser: &Browser, _: &Site) {
    browser.goto("/").await;
    browser.shows("County").await;
    let count = browser.one(COUNT).await;
    let counted = count.text().await.expect("a count");
    count.click().await.expect("a list");

    browser.one("tr[data-clock]").await;
    let rows = browser.all("tr[data-clock]").await.len();
    browser.shows(&format!("Worklist: {rows} clocks")).await;
    assert!(counted.starts_with(&format!("{rows} overdue")), "{counted} leads to {rows}");
    let list = browser.address().await;

    let last = "tr[data-clock*='-000000000012~cp_visit~']";
    let row = browser.one(last).await;
    row.scroll_into_view().await.expect("it scrolls");
    let scrolled = scrolled(browser).await;
    assert!(scrolled > 0.0, "the list is longer than the window");
    let anchor = row.id().await.expect("an id").expect("rows have an anchor");
    // The child's name stands in the first row of its group.
    let child = "//tr[contains(@data-clock, '-000000000012~')]/ancestor::tbody//th/a";
    browser.at_path(child).await.click().await.expect("a child");

    browser.shows("Child 00000000").await;
    let visit = browser.at_path("//section[.//h3='Child protection visit']").await.text().await.expect("a text");
    for reason in [
        "overdue by 2 days (2 working days)",
        "10 working days after Mon 4 January 2021",
        "By the end of Mon 18 January 2021",
        "opened with plan.started",
    ] {
        assert!(visit.contains(reason), "{reason} is not said in:\n{visit}");
    }

    browser.back().await;
    browser.shows(&format!("Worklist: {rows} clocks")).await;
    assert_eq!(browser.address().await, list);
    assert!((scrolled - self::scrolled(browser).await).abs() < 1.0, "the browser's way back keeps the place");

    browser.at_path(child).await.click().await.expect("a child");
    browser.follow("Back to the worklist").await;
    browser.shows(&format!("Worklist: {rows} clocks")).await;
    let back = browser.address().await;
    let (page, target) = back.split_once('#').expect("an anchor");
    assert_eq!(page, list, "the same filter");
    assert!(in_sight(browser, target).await, "{target} is in sight");
    let group = browser.at_path(&format!("//tr[@id='{target}']/ancestor::tbody[.//tr[@id='{anchor}']]")).await;
    assert!(group.is_displayed().await.expect("a row"), "the same child");
}

async fn scrolled(browser: &Browser) -> f64 {
    browser.script("return window.scrollY;", vec![]).await.as_f64().expect("a number")
}

async fn in_sight(browser: &Browser, id: &str) -> bool {
    let script = "
        const box = document.getElementById(arguments[0]).getBoundingClientRect();
        return box.top >= 0 && box.bottom <= window.innerHeight;";
    browser.script(script, vec![json!(id)]).await == true
}
