//! The way of a manager through the pages.

use super::{AT, Page, TABLE};
use crate::api::site::Site;
use engine::By;
use services::MONTHS_SHOWN;

#[tokio::test]
async fn from_the_county_to_a_child_and_back_to_the_same_place() {
    let site = Site::of(AT, TABLE).await;
    let county = Page::get(&site, "/").await;
    let says = county
        .texts("tr.govuk-table__row a")
        .into_iter()
        .find(|says| says.ends_with("overdue, Gloucester, Child protection"));
    let says = says.expect("something overdue");
    let list = county.link(&says);
    assert_eq!(list, "/worklist?locality=Gloucester&area=child_protection&status=overdue");
    let worklist = Page::get(&site, &list).await;
    let count: usize = says.split(' ').next().and_then(|count| count.parse().ok()).expect("a count");
    assert_eq!(worklist.all("tr[data-clock]").len(), count);
    let child = Page::get(&site, &worklist.link("Child 00000000")).await;
    assert_eq!(child.texts("dd")[0], "SW1Safeguarding_1, Gloucester");
    let explained = child.texts(".explained").concat();
    assert!(explained.contains("overdue by 13 days (9 working days)"), "{explained}");
    assert!(explained.contains("Limit10 working days"), "{explained}");
    let back = child.link("Back to the worklist");
    let (address, anchor) = back.split_once('#').expect("an anchor");
    assert_eq!(address, list);
    assert_eq!(worklist.all(&format!("tr#{anchor}")).len(), 1);
    site.stop().await;
}

#[tokio::test]
async fn a_child_as_at_and_as_known_on_another_day() {
    let site = Site::of(AT, TABLE).await;
    let path = format!("/subjects/{}", testkit::child(2));
    let now = Page::get(&site, &path).await;
    assert!(
        now.texts(".timeline__item")
            .iter()
            .any(|event| event.contains("Visit completed") && event.contains("recorded 14 days later"))
    );
    let known = Page::get(&site, &format!("{path}?known=2021-01-19")).await;
    assert!(!known.texts(".timeline__item").iter().any(|event| event.contains("Visit completed")));
    let then = Page::get(&site, &format!("{path}?at=2021-01-05")).await;
    assert_eq!(
        then.texts(".govuk-inset-text"),
        ["This page shows the case as at Tue 5 January 2021 at 23:59. Show it as it is now"]
    );
    let before = Page::get(&site, &format!("{path}?at=2020-01-05")).await;
    assert!(before.texts("main p").concat().contains("Nothing is on record as at Sun 5 January 2020"));
    site.stop().await;
}

#[tokio::test]
async fn a_merged_child_leads_to_the_one_it_was_merged_into() {
    let table = format!("{TABLE}\n 2021-01-10T10:00 child.merged 1 | child=2");
    let site = Site::of(AT, &table).await;
    let page = Page::get(&site, &format!("/subjects/{}", testkit::child(2))).await;
    assert!(page.texts(".govuk-inset-text").concat().contains("was merged into this one"));
    assert!(page.texts("dd").concat().contains(&testkit::child(1)));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_opens_into_the_children_behind_it() {
    let site = Site::of("2021-02-10T12:00", TABLE).await;
    let digest = site.services.current().expect("a read model").rules.digest.to_string();
    while site.services.store().figure_sets(&digest).await.expect("sets").len() < MONTHS_SHOWN + 1 {
        tokio::task::yield_now().await;
    }
    let kept =
        site.services.store().figures(&digest, &["2021-01".to_owned()], Some("cp_visit_timely"), By::County).await;
    let (_, figure) = kept.expect("figures").remove(0);
    let shown = figure.value.displayed().expect("a figure");
    let list = Page::get(&site, "/measures").await;
    let measure = list.all("a[href='/measures/cp_visit_timely']").len();
    assert_eq!(measure, 1);
    let bands = list.texts("tr").into_iter().find(|row| row.contains("Completed single assessments by working days"));
    assert_eq!(bands.expect("a row").matches("several figures").count(), 2);
    let page = Page::get(&site, "/measures/cp_visit_timely").await;
    assert_eq!(page.texts("dd strong")[0], format!("{shown}%"));
    assert_eq!(page.all("svg circle, svg path").len(), page.texts(".chart").concat().matches("January 2021: ").count());
    let part = page.texts("main a").into_iter().find(|says| says.starts_with("Not in the numerator")).expect("a part");
    let late = Page::get(&site, &page.link(&part)).await;
    assert_eq!(
        part,
        format!(
            "Not in the numerator ({})",
            late.texts("td:last-child").iter().filter(|adds| *adds == "Not in the numerator").count()
        )
    );
    let child = Page::get(&site, &late.link("Child 00000000")).await;
    assert!(child.link("Back to the measure").starts_with("/measures/cp_visit_timely?period=2021-01&part=out"));
    let quality = Page::get(&site, "/quality").await;
    assert!(quality.texts("tbody th").contains(&"Safeguarding_2".to_owned()));
    site.stop().await;
}
