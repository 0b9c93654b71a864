//! Every page against the accessibility guidelines, at the width of a telephone and of a desk: no violation, nothing to
//! be scrolled sideways, nothing asked of another machine, and nothing that the browser complains of.

use super::axe::violations;
use super::browser::{Browser, NARROW, Scripts, WIDE};
use super::histories::{NOW, on_plans, three_localities};
use super::journey::journey;
use super::site::{Site, lines};

/// The pages, each with the status of its answer.
const PAGES: &[(&str, u16)] = &[
    ("/", 200),
    ("/worklist", 200),
    ("/worklist?clock=cp_visit&sort=child&locality=Gloucester&late=-5", 200),
    ("/worklist?locality=Nowhere", 200),
    ("/worklist?status=all&clock=cp_visit", 200),
    ("/worklist?status=done", 400),
    ("/subjects/child/00000000-0000-4000-8000-000000000018", 200),
    ("/subjects/child/00000000-0000-4000-8000-000000000018?back=/worklist&at=2021-01-18&known=2021-01-18", 200),
    ("/subjects/child/00000000-0000-4000-8000-000000000018?at=2020-12-31", 200),
    ("/subjects/child/00000000-0000-4000-8000-000000000018?at=never", 400),
    ("/subjects/child/00000000-0000-4000-8000-000000000099", 404),
    ("/measures", 200),
    ("/measures/cp_visit_timely", 200),
    ("/measures/cp_visit_over_20?period=2020-12", 200),
    ("/measures/nothing", 404),
    ("/quality", 200),
    ("/quality/quarantine", 200),
    ("/quality/quarantine/1", 200),
    ("/quality/quarantine?standing=settled", 200),
    ("/system", 200),
    ("/system/rulebook", 200),
    ("/api/v1", 200),
    ("/nowhere", 404),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible() {
    journey("accessibility", Scripts::Run, NOW, &events(), async |browser, site| {
        refuse_something(site).await;
        site.has_figures().await;
        every_page_is_in_order(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_an_empty_ledger_is_accessible() {
    journey("accessibility-empty", Scripts::Run, NOW, "", async |browser, _| {
        let mut wrong = Vec::new();
        for path in
            ["/", "/worklist", "/measures", "/measures/cp_visit_timely", "/quality", "/quality/quarantine", "/system"]
        {
            check(browser, path, 200, &mut wrong).await;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// A page that is broken on purpose is found out.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_noticed() {
    journey("accessibility-noticed", Scripts::Run, NOW, "", async |browser, _| {
        browser.goto("/worklist").await;
        browser.is_as_wide_as(NARROW).await;
        let break_it = "
            document.documentElement.removeAttribute('lang');
            const picture = Object.assign(document.createElement('img'), { src: '/nothing.png' });
            picture.style.cssText = 'display: block; width: 400px; height: 1px';
            document.body.append(picture);";
        browser.script(break_it, vec![]).await;
        let mut wrong = Vec::new();
        look(browser, 200, "here", &mut wrong).await;
        let wrong = wrong.join("\n");
        for expected in ["html-has-lang", "image-alt", "sideways", "/nothing.png - Failed to load resource"] {
            assert!(wrong.contains(expected), "{expected} is not noticed in\n{wrong}");
        }
    })
    .await;
}

/// Four localities, and a child with a long history.
fn events() -> String {
    let long: String = (1..=40)
        .map(|week| {
            format!(
                "2020-{:02}-{:02}T10:00 visit.completed cp | child=18 source=long id=v{week}\n",
                week / 4 + 1,
                week % 4 * 7 + 1
            )
        })
        .collect();
    [three_localities(), on_plans(18..=90, "Tewkesbury", "T1", "SW4", "2020-03-02"), long].concat()
}

async fn refuse_something(site: &Site) {
    for event in lines("2021-01-20T09:00 visit.completed cp mode=in_person | child=18 source=refused") {
        assert_eq!(site.post(event).await["status"], "quarantined");
    }
}

/// All that is wrong with any page is said at once.
async fn every_page_is_in_order(browser: &Browser) {
    let mut wrong = Vec::new();
    for (path, status) in PAGES {
        check(browser, path, *status, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Looks at a page at both widths.
async fn check(browser: &Browser, path: &str, status: u16, wrong: &mut Vec<String>) {
    for width in [NARROW, WIDE] {
        browser.is_as_wide_as(width).await;
        browser.goto(path).await;
        look(browser, status, &format!("{path} at {width}"), wrong).await;
    }
}

/// Looks at the page that is open.
async fn look(browser: &Browser, status: u16, page: &str, wrong: &mut Vec<String>) {
    let mut say = |what: String| wrong.push(format!("{page}: {what}"));
    violations(browser).await.into_iter().for_each(&mut say);
    let sideways = browser.script(SIDEWAYS, vec![]).await;
    if sideways != 0 {
        say(format!("can be scrolled sideways by {sideways} pixels"));
    }
    for address in browser.loaded().await {
        if !address.starts_with(browser.base()) {
            say(format!("asks {address}"));
        }
    }
    // A browser reports the status of a page that is an error, and should.
    let expected = format!("the server responded with a status of {status}");
    browser.complaints().await.into_iter().filter(|complaint| !complaint.contains(&expected)).for_each(say);
}

/// By how much the page is wider than the window. What scrolls within the page does not count.
const SIDEWAYS: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
