//! The worklist: page, files and API are one answer.

use super::{AT, Page, TABLE, text};
use crate::api::site::Site;
use calamine::{Data, Reader as _};
use serde_json::Value;

const QUERIES: &[&str] = &[
    "",
    "?locality=Stroud",
    "?locality=Stroud&locality=Gloucester&status=all",
    "?area=child_protection&status=overdue",
    "?clock=cp_visit&status=on_track&status=met",
    "?team=Safeguarding_1&worker=SW1&sort=clock",
    "?late=1-20",
    "?status=all&sort=child",
    "?locality=Nowhere",
];

fn rows(page: &Page) -> Vec<String> {
    page.all("tr[data-clock]").into_iter().filter_map(|row| row.attr("data-clock").map(str::to_owned)).collect()
}

#[tokio::test]
async fn list_count_files_and_api_agree() {
    let site = Site::of(AT, TABLE).await;
    for query in QUERIES {
        let page = Page::get(&site, &format!("/worklist{query}")).await;
        let api = site.get(&format!("/api/v1/worklist{query}")).await.json();
        let api: Vec<&Value> = api.get("rows").and_then(Value::as_array).expect("rows").iter().collect();
        let mut ids: Vec<&str> = api.iter().filter_map(|row| row.get("id").and_then(Value::as_str)).collect();
        let mut shown = rows(&page);
        ids.sort_unstable();
        shown.sort_unstable();
        assert_eq!(shown, ids, "{query}");
        let count = if ids.len() == 1 { "1 clock".to_owned() } else { format!("{} clocks", ids.len()) };
        assert_eq!(page.heading(), format!("Worklist: {count}"), "{query}");
        let csv = site.get(&format!("/worklist.csv{query}")).await.text();
        assert_eq!(csv.lines().count(), ids.len() + 1, "{query}");
        assert_eq!(workbook(&site, query).await.len(), ids.len() + 1, "{query}");
    }
    site.stop().await;
}

#[tokio::test]
async fn the_csv_is_that_of_the_command_line() {
    let site = Site::of(AT, TABLE).await;
    let events = testkit::accepted(&testkit::events(TABLE));
    let record = engine::Record::as_known(&events, None);
    let rulebook = rulebook::default_rulebook();
    let statuses = vec![engine::Status::Overdue, engine::Status::DueSoon];
    let filter = engine::WorklistFilter { statuses, ..Default::default() };
    let mut expected = Vec::new();
    testkit::each_case(&record, testkit::instant(AT), rulebook, |case| expected.extend(filter.rows(case)));
    engine::sort_rows(&mut expected);
    let mut csv = Vec::new();
    exchange::answers::worklist_csv(&expected, rulebook, &mut csv).expect("text");
    let answer = site.get("/worklist.csv?sort=child").await;
    assert_eq!(answer.text(), String::from_utf8(csv).expect("text"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"worklist.csv\"");
    site.stop().await;
}

/// The rows of the workbook, the header first.
async fn workbook(site: &Site, query: &str) -> Vec<Vec<Data>> {
    let answer = site.get(&format!("/worklist.xlsx{query}")).await;
    let bytes = std::io::Cursor::new(answer.body.to_vec());
    let mut workbook = calamine::Xlsx::new(bytes).expect("a workbook");
    let formulas = workbook.worksheet_formula("Worklist").expect("a sheet");
    assert_eq!(formulas.used_cells().count(), 0);
    workbook.worksheet_range("Worklist").expect("a sheet").rows().map(<[Data]>::to_vec).collect()
}

#[tokio::test]
async fn a_workbook_has_dates_and_no_formulas() {
    let site = Site::of(AT, "2021-01-04T10:00 plan.started p1 cp").await;
    let allocation = testkit::json_lines("2021-01-04T10:00 allocation.started Stroud Team worker=SW1").remove(0);
    let allocation = allocation.replace("Stroud", "=HYPERLINK(1)").replace("SW1", "-1+2").replace("e1", "e2");
    site.post("/api/v1/events", "application/cloudevents+json", allocation).await;
    site.caught_up().await;
    let rows = workbook(&site, "?clock=cp_visit").await;
    let cell = |title: &str| {
        let column = rows[0].iter().position(|head| *head == Data::String(title.to_owned())).expect("a column");
        rows[1][column].clone()
    };
    assert_eq!(cell("Locality"), Data::String("=HYPERLINK(1)".to_owned()));
    assert_eq!(cell("Worker"), Data::String("-1+2".to_owned()));
    let Data::DateTime(due) = cell("Due date") else { panic!("{:?}", cell("Due date")) };
    // 18 January 2021, as spreadsheets count days.
    assert_eq!(due.as_f64(), 44_214.0);
    assert_eq!(cell("Days overdue"), Data::Float(13.0));
    site.stop().await;
}

#[tokio::test]
async fn due_today_is_not_overdue_and_turns_so_at_midnight() {
    let site = Site::of("2021-01-18T23:59:59", "2021-01-04T10:00 plan.started p1 cp").await;
    let stands = async || Page::get(&site, "/worklist?clock=cp_visit").await.texts("[data-words]");
    assert_eq!(stands().await, ["due today"]);
    assert_eq!(Page::get(&site, "/worklist?clock=cp_visit&status=overdue").await.heading(), "Worklist: 0 clocks");
    site.hands.set(testkit::instant("2021-01-19T00:00:00"));
    assert_eq!(stands().await, ["overdue by 1 day (1 working day)"]);
    assert_eq!(Page::get(&site, "/worklist?clock=cp_visit&status=overdue").await.heading(), "Worklist: 1 clock");
    site.stop().await;
}

#[tokio::test]
async fn pages_of_a_long_list_are_the_whole_list_once() {
    let plans: String =
        (1..=120).map(|child| format!("2021-01-04T10:00 plan.started p cp | child={child}\n")).collect();
    let site = Site::of(AT, &plans).await;
    let (mut found, mut next, mut pages) = (Vec::new(), Some("/worklist?status=all".to_owned()), 0);
    while let Some(address) = next {
        let page = Page::get(&site, &address).await;
        assert!(page.all("tbody.child").len() <= 25);
        found.extend(rows(&page));
        pages += 1;
        next = page.all("a[rel=next]").first().and_then(|link| link.attr("href").map(str::to_owned));
        if pages > 1 {
            assert_eq!(page.link("First page"), "/worklist?status=all");
        }
    }
    let count = found.len();
    found.sort_unstable();
    found.dedup();
    assert_eq!((pages, found.len()), (5, count));
    let heading = Page::get(&site, "/worklist?status=all").await.heading();
    assert_eq!(heading, format!("Worklist: {count} clocks"));
    site.stop().await;
}

#[tokio::test]
async fn a_childs_clocks_stand_together() {
    let site = Site::of(AT, TABLE).await;
    let page = Page::get(&site, "/worklist?status=all").await;
    let children: Vec<&str> = page.all("tbody.child th a").iter().filter_map(|link| link.attr("href")).collect();
    let mut once = children.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), children.len());
    for body in page.all("tbody.child") {
        let clocks = body.select(&scraper::Selector::parse("tr").expect("a selector")).count();
        let head = body.select(&scraper::Selector::parse("th").expect("a selector")).next().expect("a head");
        assert_eq!(head.attr("rowspan"), Some(clocks.to_string().as_str()), "{}", text(head));
    }
    site.stop().await;
}
