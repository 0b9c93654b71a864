//! The worklist and its counts.

use super::site::Site;
use axum::http::StatusCode;
use serde_json::{Value, json};

const AT: &str = "2021-01-31T10:00";

const TABLE: &str = "
    2021-01-04T10:00 allocation.started Gloucester Safeguarding_1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
    2021-01-05T10:00 allocation.started Stroud Safeguarding_2 worker=SW2 | child=2
    2021-01-05T10:00 plan.started p2 cp | child=2
    2021-01-06T10:00 referral.received r3 s17 | child=3
    2021-01-30T09:00 contact.received c1 rag=red | child=4
";

fn rows(worklist: &Value) -> &Vec<Value> {
    worklist.get("rows").and_then(Value::as_array).expect("rows")
}

/// Every page of a list, as one list of rows.
async fn whole_list(site: &Site, address: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut next = Some(address.to_owned());
    while let Some(address) = next {
        let answer = site.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let page = answer.json();
        found.extend(rows(&page).clone());
        let link = answer.header("link");
        next = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")).map(str::to_owned);
        assert_eq!(next.is_some(), page.get("next") != Some(&Value::Null));
    }
    found
}

#[tokio::test]
async fn rows_are_those_of_the_command_line() {
    let site = Site::of(AT, TABLE).await;
    let events = testkit::accepted(&testkit::events(TABLE));
    let record = engine::Record::as_known(&events, None);
    let rulebook = rulebook::default_rulebook();
    for (query, statuses) in [
        ("", vec![engine::Status::Overdue, engine::Status::DueSoon]),
        ("?status=all&limit=2", engine::Status::ALL.to_vec()),
        ("?status=on_track&limit=1", vec![engine::Status::OnTrack]),
    ] {
        let filter = engine::WorklistFilter { statuses, ..Default::default() };
        let mut expected = Vec::new();
        testkit::each_case(&record, testkit::instant(AT), rulebook, |case| expected.extend(filter.rows(case)));
        engine::sort_rows(&mut expected);
        assert!(!expected.is_empty());
        let mut text = Vec::new();
        exchange::answers::worklist_json(&expected, rulebook, &mut text).expect("text");
        let expected: Vec<Value> = serde_json::from_slice(&text).expect("rows");
        let mut found = whole_list(&site, &format!("/api/v1/worklist{query}")).await;
        for row in &mut found {
            let id = row.as_object_mut().expect("a row").remove("id").expect("an id");
            let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
            let start = format!("{}~{}~{}~{}~", text("subject"), text("clock"), text("started_at"), text("episode"));
            assert!(id.as_str().expect("text").starts_with(&start), "{id}");
        }
        assert_eq!(found, expected, "{query}");
    }
    site.stop().await;
}

#[tokio::test]
async fn an_answer_names_its_moment_and_its_count() {
    let site = Site::of(AT, TABLE).await;
    let list = site.get("/api/v1/worklist?clock=cp_visit&status=all&limit=1").await.json();
    assert_eq!(list.get("at"), Some(&json!("2021-01-31T10:00:00Z")));
    assert_eq!(list.get("position"), Some(&json!(6)));
    assert_eq!(list.get("count"), Some(&json!(2)));
    assert_eq!(rows(&list).len(), 1);
    site.stop().await;
}

#[tokio::test]
async fn filters() {
    let site = Site::of(AT, TABLE).await;
    let check = async |query: &str, children: &[u64]| {
        let found = whole_list(&site, &format!("/api/v1/worklist?status=all&{query}")).await;
        let mut subjects: Vec<&str> =
            found.iter().filter_map(|row| row.get("subject").and_then(Value::as_str)).collect();
        subjects.sort_unstable();
        subjects.dedup();
        let expected: Vec<String> = children.iter().map(|child| testkit::child(*child)).collect();
        assert_eq!(subjects, expected, "{query}");
    };
    check("area=child_protection", &[1, 2]).await;
    check("area=child_protection&locality=Stroud", &[2]).await;
    check("team=Safeguarding_1&team=Safeguarding_2&area=child_protection", &[1, 2]).await;
    check("worker=SW1&clock=cp_visit", &[1]).await;
    check("clock=initial_visit_s17", &[3]).await;
    check("area=care", &[]).await;
    check("clock=cp_visit&late=1-", &[1, 2]).await;
    check("clock=cp_visit&late=13-", &[1]).await;
    site.stop().await;
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let site = Site::of(AT, TABLE).await;
    let check = async |query: &str, expected: &str| {
        for address in ["/api/v1/worklist", "/api/v1/live"] {
            let detail = site.get(&format!("{address}?{query}")).await.problem(400);
            assert!(detail.contains(expected), "{query}: {detail}");
        }
    };
    check("clock=cp_vist", "no clock `cp_vist`; did you mean `cp_visit`?").await;
    check("status=overdo", "overdo").await;
    check("area=housing", "housing").await;
    check("localty=Stroud", "no parameter `localty` here; did you mean `locality`?").await;
    check("late=x", "“x”").await;
    for (query, expected) in [("limit=0", "1 to 1000"), ("limit=1001", "1 to 1000"), ("limit=ten", "whole number")] {
        let detail = site.get(&format!("/api/v1/worklist?{query}")).await.problem(400);
        assert!(detail.contains(expected), "{detail}");
    }
    let detail = site.get("/api/v1/worklist?after=nowhere").await.problem(400);
    assert!(detail.contains("no place in this list"), "{detail}");
    site.stop().await;
}

#[tokio::test]
async fn counts_are_the_lengths_of_the_lists() {
    let site = Site::of(AT, TABLE).await;
    let counts = site.get("/api/v1/counts").await.json();
    let list = |key: &str| counts.get(key).and_then(Value::as_array).expect("counts").clone();
    let mut sums = (0, 0);
    for (key, name) in [("areas", "area"), ("clocks", "clock")] {
        assert!(!list(key).is_empty());
        for count in list(key) {
            let text = |key: &str| count.get(key).and_then(Value::as_str).expect("text").to_owned();
            for status in ["on_track", "due_soon", "overdue"] {
                let number = count.get(status).and_then(Value::as_u64).expect("a number");
                let query = format!("locality={}&{name}={}&status={status}", text("locality"), text(name));
                let listed = site.get(&format!("/api/v1/worklist?{query}")).await.json();
                assert_eq!(listed.get("count"), Some(&json!(number)), "{query}");
                assert_eq!(rows(&listed).len() as u64, number, "{query}");
                if key == "areas" { sums.0 += number } else { sums.1 += number }
            }
        }
    }
    assert_eq!(sums.0, sums.1);
    let all = site.get("/api/v1/worklist?status=on_track&status=due_soon&status=overdue").await.json();
    assert_eq!(all.get("count"), Some(&json!(sums.0)));
    site.get("/api/v1/counts?status=overdue").await.problem(400);
    site.stop().await;
}

#[tokio::test]
async fn holders_and_kinds() {
    let site = Site::of(AT, TABLE).await;
    let holders = site.get("/api/v1/holders").await.json();
    let expected = json!({"locality": "Stroud", "team": "Safeguarding_2", "worker": "SW2"});
    assert!(holders.get("holders").and_then(Value::as_array).expect("holders").contains(&expected));
    let clocks = site.get("/api/v1/clocks").await.json();
    let clocks = clocks.get("clocks").and_then(Value::as_array).expect("clocks").clone();
    assert_eq!(clocks.len(), rulebook::default_rulebook().clocks.len());
    let visit = clocks.iter().find(|clock| clock.get("id") == Some(&json!("cp_visit"))).expect("cp_visit");
    assert_eq!(visit.get("area"), Some(&json!("child_protection")));
    site.stop().await;
}
