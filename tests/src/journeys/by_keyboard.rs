//! The worklist by keyboard alone: filter, sort and page, and whatever has the focus can be seen.

use super::browser::{Browser, Scripts};
use super::histories::{NOW, on_plans};
use super::journey::journey;
use super::site::Site;
use serde_json::json;
use thirtyfour::Key;

/// The most stops on the way to anything: a page of the list has fewer, with its filter.
const MOST_STOPS: usize = 400;

/// More children than fit on a page, and some who are filtered out.
fn events() -> String {
    let teams = [(1..=35, "Gloucester", "G1"), (36..=38, "Stroud", "S1")];
    teams.map(|(children, locality, team)| on_plans(children, locality, team, "SW1", "2021-01-04")).concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worklist_by_keyboard() {
    journey("keyboard", Scripts::Run, NOW, &events(), walk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worklist_by_keyboard_without_scripts() {
    journey("keyboard-without-scripts", Scripts::Blocked, NOW, &events(), walk).await;
}

async fn walk(browser: &Browser, _: &Site) {
    browser.goto("/worklist").await;
    browser.key(Key::Tab).await;
    assert!(has_focus(browser, ".govuk-skip-link").await, "the first stop skips to the content");
    browser.key(Key::Enter).await;
    assert_eq!(browser.address().await, "/worklist#main-content");

    stop_at(browser, "input[name=locality][value=Gloucester]").await;
    browser.types(" ").await;
    stop_at(browser, "input[name=clock][value=cp_visit]").await;
    browser.types(" ").await;
    stop_at(browser, "form button[type=submit]").await;
    browser.key(Key::Enter).await;
    browser.shows("Worklist: 35 clocks").await;
    assert_eq!(browser.all("[data-clock]").await.len(), 25);

    stop_at(browser, "thead a[href*='sort=child']").await;
    browser.key(Key::Enter).await;
    browser.with_text("th[aria-sort=ascending]", "Child").await;
    browser.shows("Worklist: 35 clocks").await;

    stop_at(browser, "a[rel=next]").await;
    browser.key(Key::Enter).await;
    browser.one("[data-clock*='-000000000035~']").await;
    browser.shows("Worklist: 35 clocks").await;
    assert_eq!(browser.all("[data-clock]").await.len(), 10);

    stop_at(browser, ".active-filters a:not([href*='locality='])").await;
    browser.key(Key::Enter).await;
    browser.shows("Worklist: 38 clocks").await;
    let address = browser.address().await;
    assert!(address.contains("sort=child"), "the order is kept in {address}");
    assert!(!address.contains("after="), "a new list begins at its first page: {address}");
}

/// Presses Tab until something has the focus. Each stop on the way must be in sight, and not under anything else.
async fn stop_at(browser: &Browser, css: &str) {
    for _ in 0..MOST_STOPS {
        browser.key(Key::Tab).await;
        let hidden = browser.script(HIDDEN, vec![]).await;
        assert!(hidden.is_null(), "the focus cannot be seen on {hidden}");
        if has_focus(browser, css).await {
            return;
        }
    }
    panic!("no stop is at {css}");
}

async fn has_focus(browser: &Browser, css: &str) -> bool {
    browser.script("return document.activeElement.matches(arguments[0]);", vec![json!(css)]).await == true
}

/// Gives what has the focus if none of it can be seen.
const HIDDEN: &str = "
    const stop = document.activeElement;
    const inSight = [...stop.getClientRects()].some(box => {
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const top = document.elementFromPoint(x, y);
        return top !== null && (stop.contains(top) || top.contains(stop) || top.control === stop);
    });
    return inSight || stop === document.body ? null : stop.outerHTML;";
