//! The pages, as a browser without scripts sees them.

mod crawl;
mod headers;
mod journeys;
mod quarantine;
mod worklist;

use crate::api::site::Site;
use axum::http::StatusCode;
use scraper::{ElementRef, Html, Selector};

pub const AT: &str = "2021-01-31T10:00";

/// Two children on protection plans, a referral, a red contact, and a foster carer.
pub const TABLE: &str = "
    2021-01-04T10:00 allocation.started Gloucester Safeguarding_1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
    2021-01-05T10:00 allocation.started Stroud Safeguarding_2 worker=SW2 | child=2
    2021-01-05T10:00 plan.started p2 cp | child=2
    2021-01-06T10:00 visit.completed cp | child=2 recorded=2021-01-20T09:00
    2021-01-06T10:00 referral.received r3 s17 | child=3
    2021-01-30T09:00 contact.received c1 rag=red | child=4
    2020-06-01T10:00 carer.approved h1 | carer=5
";

/// A page that was got.
pub struct Page {
    pub html: Html,
}

impl Page {
    /// Gets a page that must be there.
    pub async fn get(site: &Site, path: &str) -> Page {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        Page { html: Html::parse_document(&answer.text()) }
    }

    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).expect("a selector")).collect()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text).collect()
    }

    pub fn heading(&self) -> String {
        self.texts("h1").concat()
    }

    /// Where the link leads that says that.
    #[track_caller]
    pub fn link(&self, says: &str) -> String {
        let found = self.all("a").into_iter().find(|link| text(*link) == says);
        let href = found.and_then(|link| link.attr("href"));
        href.unwrap_or_else(|| panic!("no link says {says:?}: {:?}", self.texts("a"))).to_owned()
    }
}

pub fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
