//! The live feed.

use super::site::Site;
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Monday. The visits of child 1 and 2 are due on 18 January 2021.
const AT: &str = "2021-01-18T10:00";

const TABLE: &str = "
    2021-01-04T10:00 allocation.started Gloucester Safeguarding_1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
    2021-01-04T10:00 allocation.started Stroud Safeguarding_2 worker=SW2 | child=2
    2021-01-04T10:00 plan.started p1 cp | child=2
";

struct Feed(BodyDataStream);

/// One message: its id and what it says.
struct Message {
    id: String,
    data: Value,
}

async fn listen(site: &Site, query: &str, last: Option<&str>) -> Feed {
    let mut request = Request::get(format!("/api/v1/live{query}"));
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let request = request.body(Body::empty()).expect("a request");
    let response = site.router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers().get("content-type").map(|value| value.as_bytes()), Some(&b"text/event-stream"[..]));
    Feed(response.into_body().into_data_stream())
}

impl Feed {
    async fn next(&mut self) -> Message {
        let bytes = self.0.next().await.expect("a message").expect("bytes");
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        let field =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(field("event: "), "change");
        Message { id: field("id: ").to_owned(), data: serde_json::from_str(field("data: ")).expect("a change") }
    }
}

fn ids(data: &Value, key: &str) -> Vec<String> {
    let ids = data.get(key).and_then(Value::as_array).expect("a list");
    ids.iter().map(|id| id.as_str().expect("an id").to_owned()).collect()
}

fn visit_of(child: u64) -> String {
    format!("{}~cp_visit~2021-01-04T10:00:00Z~p1~1", testkit::child(child))
}

#[tokio::test]
async fn a_row_leaves_when_it_is_done() {
    let site = Site::of(AT, TABLE).await;
    let first = site.get("/api/v1/worklist?clock=cp_visit").await.json();
    assert_eq!(first.pointer("/rows/0/id"), Some(&json!(visit_of(1))));
    let mut feed = listen(&site, "?clock=cp_visit", None).await;
    site.take("2021-01-18T09:00 visit.completed cp | id=v1").await;
    let Message { id, data } = feed.next().await;
    assert_eq!(id, "5");
    assert_eq!(data.get("position"), Some(&json!(5)));
    assert_eq!(ids(&data, "left"), [visit_of(1)]);
    assert_eq!(ids(&data, "entered"), [""; 0]);
    assert_eq!((data.get("count"), data.get("all")), (Some(&json!(1)), Some(&json!(false))));
    drop(feed);
    site.stop().await;
}

#[tokio::test]
async fn what_concerns_other_lists_is_not_told() {
    let site = Site::of(AT, TABLE).await;
    let mut stroud = listen(&site, "?clock=cp_visit&locality=Stroud&sort=child&after=x", None).await;
    let mut met = listen(&site, "?clock=cp_visit&status=met", None).await;
    site.take("2021-01-18T09:00 visit.completed cp | id=v1").await;
    site.take("2021-01-18T09:30 visit.completed cp | id=v2 child=2").await;
    assert_eq!(ids(&stroud.next().await.data, "left"), [visit_of(2)]);
    assert_eq!(ids(&met.next().await.data, "entered"), [visit_of(1)]);
    assert_eq!(ids(&met.next().await.data, "entered"), [visit_of(2)]);
    drop((stroud, met));
    site.stop().await;
}

#[tokio::test]
async fn a_change_that_changes_no_words_is_not_told() {
    let site = Site::of(AT, TABLE).await;
    let mut feed = listen(&site, "?clock=cp_visit", None).await;
    // The clock is held by another worker now, and is due on the same day.
    site.take("2021-01-18T08:00 allocation.started Gloucester Safeguarding_1 worker=SW9 | id=a2").await;
    site.take("2021-01-18T09:00 visit.completed cp | id=v1").await;
    assert_eq!(ids(&feed.next().await.data, "left"), [visit_of(1)]);
    drop(feed);
    site.stop().await;
}

#[tokio::test]
async fn a_new_day_changes_everything() {
    let site = Site::of(AT, TABLE).await;
    let mut feed = listen(&site, "?clock=cp_visit&status=overdue", None).await;
    site.hands.set(testkit::instant("2021-01-19T00:00"));
    let data = feed.next().await.data;
    assert_eq!(data.get("all"), Some(&json!(true)));
    assert_eq!(data.get("count"), Some(&json!(2)));
    assert_eq!(ids(&data, "entered"), [visit_of(1), visit_of(2)]);
    drop(feed);
    site.stop().await;
}

#[tokio::test]
async fn a_clock_turns_overdue_on_the_second() {
    let at = "2021-01-18T10:30";
    let site = Site::of(at, "2021-01-18T10:00 contact.received c1 | child=7").await;
    let kind = "status=all&limit=1000";
    let all = site.get(&format!("/api/v1/worklist?{kind}")).await.json();
    let rows = all.get("rows").and_then(Value::as_array).expect("rows");
    let hours = rows.iter().find(|row| row.get("due_date").is_none()).expect("a clock with a limit in hours");
    let text = |key: &str| hours.get(key).and_then(Value::as_str).expect("text").to_owned();
    let (id, clock, due) = (text("id"), text("clock"), text("due_at"));
    let due = calendar::Instant::parse(&due).expect("an instant");
    // The day of `due_at` has begun, so that nothing but this clock changes.
    let midnight = calendar::london::start_of_day(calendar::london::local_date(due));
    site.hands.set(midnight);
    let mut both = listen(&site, &format!("?clock={clock}"), None).await;
    let mut overdue = listen(&site, &format!("?clock={clock}&status=overdue"), None).await;
    let mut soon = listen(&site, &format!("?clock={clock}&status=due_soon"), Some("1")).await;
    assert_eq!(soon.next().await.data.get("all"), Some(&json!(true)));
    site.hands.set(due);
    // The new day is told as well, before this or with it.
    let last = async |feed: &mut Feed, key: &str| loop {
        let data = feed.next().await.data;
        if data.get(key) != Some(&json!([])) {
            return data;
        }
    };
    let data = last(&mut both, "overdue").await;
    assert_eq!(data.get("overdue"), Some(&json!([{"id": id, "words": "overdue by less than an hour"}])));
    assert_eq!(ids(&data, "left"), [""; 0]);
    assert_eq!(ids(&last(&mut overdue, "entered").await, "entered"), std::slice::from_ref(&id));
    assert_eq!(ids(&last(&mut soon, "left").await, "left"), [id]);
    drop((both, overdue, soon));
    site.stop().await;
}

#[tokio::test]
async fn whoever_comes_back_asks_for_the_list_anew() {
    let site = Site::of(AT, TABLE).await;
    let Message { id, data } = listen(&site, "?clock=cp_visit", Some("2")).await.next().await;
    assert_eq!(id, "4");
    assert_eq!((data.get("all"), data.get("count")), (Some(&json!(true)), Some(&json!(2))));
    site.stop().await;
}

#[tokio::test]
async fn what_happened_before_listening_is_told() {
    let site = Site::of(AT, TABLE).await;
    let list = site.get("/api/v1/worklist?clock=cp_visit").await.json();
    assert_eq!(list.get("position"), Some(&json!(4)));
    site.take("2021-01-18T09:00 visit.completed cp | id=v1").await;
    let mut late = listen(&site, "?clock=cp_visit&position=4", None).await;
    let data = late.next().await.data;
    assert_eq!((data.get("all"), data.get("count")), (Some(&json!(true)), Some(&json!(1))));
    let mut present = listen(&site, "?clock=cp_visit&position=5", None).await;
    site.take("2021-01-18T09:30 visit.completed cp | id=v2 child=2").await;
    assert_eq!(ids(&present.next().await.data, "left"), [visit_of(2)]);
    drop((late, present));
    site.stop().await;
}

#[tokio::test]
async fn listeners_are_not_without_number() {
    let site = Site::of(AT, TABLE).await;
    let mut feeds = Vec::new();
    for _ in 0..200 {
        feeds.push(listen(&site, "", None).await);
    }
    let answer = site.get("/api/v1/live").await;
    answer.problem(503);
    assert_eq!(answer.header("retry-after"), "5");
    let metrics = site.get("/metrics").await.text();
    assert!(metrics.contains("sightline_live_listeners 200"), "{metrics}");
    drop(feeds);
    listen(&site, "", None).await;
    site.stop().await;
}
