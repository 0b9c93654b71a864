//! Measures: the kept figures, and who is behind them.

use super::site::Site;
use engine::By;
use serde_json::{Value, json};
use services::{MONTHS_SHOWN, months_shown};
use testkit::{child, instant};

const AT: &str = "2021-02-10T12:00";

const TABLE: &str = "
    2021-01-04T10:00 allocation.started Gloucester Safeguarding_1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
    2021-01-12T10:00 visit.completed cp seen_alone=true
    2021-01-04T10:00 allocation.started Stroud Safeguarding_2 | child=2
    2021-01-04T10:00 plan.started p1 cp | child=2
";

/// A site whose figures are all computed.
async fn computed() -> Site {
    let site = Site::of(AT, TABLE).await;
    let digest = site.services.current().expect("a read model").rules.digest.to_string();
    while site.services.store().figure_sets(&digest).await.expect("sets").len() < MONTHS_SHOWN + 1 {
        tokio::task::yield_now().await;
    }
    site
}

/// As the program prints them.
fn printed(ids: &[&str], period: &str, by: By) -> Vec<Value> {
    let events = testkit::accepted(&testkit::events(TABLE));
    let record = engine::Record::as_known(&events, None);
    let rulebook = rulebook::default_rulebook();
    let period = calendar::Period::parse(period).expect("a period");
    let frame = engine::Frame::of(rulebook, period.clone(), period.end().min(instant(AT)));
    let position = |id: &&str| rulebook.measures.iter().position(|measure| measure.id == *id).expect("a measure");
    let measures: Vec<usize> =
        if ids.is_empty() { (0..rulebook.measures.len()).collect() } else { ids.iter().map(position).collect() };
    let figures = engine::figures(&testkit::tally(&record, &frame, &measures, by), &frame, &measures);
    let mut text = Vec::new();
    exchange::answers::figures_json(&figures, period.as_str(), &mut text).expect("text");
    serde_json::from_slice(&text).expect("figures")
}

fn list<'a>(answer: &'a Value, key: &str) -> &'a Vec<Value> {
    answer.get(key).and_then(Value::as_array).expect("a list")
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_command_line() {
    let site = computed().await;
    for (by, name) in [(By::County, "county"), (By::Locality, "locality"), (By::Team, "team"), (By::Worker, "worker")] {
        let answer = site.get(&format!("/api/v1/measures?period=2021-01&by={name}")).await.json();
        assert_eq!(*list(&answer, "figures"), printed(&[], "2021-01", by), "by {name}");
        assert_eq!(list(&answer, "measures").len(), rulebook::default_rulebook().measures.len());
        assert_eq!(answer.pointer("/computed/position"), Some(&json!(5)));
    }
    let one = site.get("/api/v1/measures/cp_visit_timely?by=locality").await.json();
    let months = months_shown(instant(AT));
    let expected: Vec<Value> =
        months.iter().flat_map(|month| printed(&["cp_visit_timely"], month.as_str(), By::Locality)).collect();
    assert_eq!(*list(&one, "figures"), expected);
    assert_eq!(list(&one, "computed").len(), MONTHS_SHOWN + 1);
    assert_eq!(one.pointer("/measure/id"), Some(&json!("cp_visit_timely")));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_behind_a_figure() {
    let site = computed().await;
    let behind = async |query: &str| {
        site.get(&format!("/api/v1/measures/cp_visit_timely/behind?period=2021-01{query}")).await.json()
    };
    let all = behind("").await;
    let figure = printed(&["cp_visit_timely"], "2021-01", By::County).remove(0);
    assert_eq!(all.get("count"), figure.get("denominator"));
    let met = list(&all, "rows").iter().filter(|row| row.get("met") == Some(&json!(true))).count();
    assert_eq!(Some(&json!(met)), figure.get("numerator"));
    let stroud = behind("&by=locality&group=Stroud").await;
    assert!(!list(&stroud, "rows").is_empty());
    assert!(list(&stroud, "rows").iter().all(|row| row.get("subject") == Some(&json!(child(2)))));
    let nobody = behind("&by=worker&group=Unallocated").await;
    assert_eq!(list(&nobody, "rows"), list(&stroud, "rows"));
    let (mut paged, mut after) = (Vec::new(), json!(0));
    while after != Value::Null {
        let page = behind(&format!("&limit=1&after={after}")).await;
        paged.extend(list(&page, "rows").clone());
        after = page.get("next").expect("next").clone();
    }
    assert_eq!(paged, *list(&all, "rows"));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_recording_is_counted() {
    let site = computed().await;
    let answer = site.get("/api/v1/recording?period=2021-01").await.json();
    let teams = list(&answer, "teams");
    let gloucester = teams.iter().find(|team| team.get("locality") == Some(&json!("Gloucester"))).expect("Gloucester");
    assert_eq!(gloucester.get("team"), Some(&json!("Safeguarding_1")));
    let sum = |key: &str| teams.iter().filter_map(|team| team.get(key)).filter_map(Value::as_u64).sum::<u64>();
    assert_eq!(sum("same_day") + sum("next_working_day") + sum("within_five") + sum("later"), 5);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said() {
    let site = computed().await;
    let detail = site.get("/api/v1/measures/cp_visit_timly").await.problem(404);
    assert!(detail.contains("did you mean `cp_visit_timely`"), "{detail}");
    site.get("/api/v1/measures/nothing/behind").await.problem(404);
    for query in ["period=2019-01", "period=January", "by=street", "group=Stroud"] {
        site.get(&format!("/api/v1/measures/cp_visit_timely/behind?{query}")).await.problem(400);
    }
    site.get("/api/v1/recording?period=2019-01").await.problem(400);
    site.stop().await;
}
