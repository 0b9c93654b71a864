//! The live feed: what is told when an event comes, and when time goes by.

use crate::support::Place;
use engine::Status;
use services::Change;
use std::sync::Arc;
use testkit::{events, instant};
use tokio::sync::broadcast::Receiver;

const OPEN: &str = "
    2021-01-04T10:00 child.registered date_of_birth=2010-05-01
    2021-01-04T10:00 allocation.started locality=Gloucester team=Safeguarding_1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
";

async fn next(feed: &mut Receiver<Arc<Change>>) -> Arc<Change> {
    feed.recv().await.expect("a change")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_ends_one_clock_and_starts_the_next() {
    let place = Place::new().await;
    let started = place.start("2021-01-11T09:00").await;
    started.send(&events(OPEN)).await;
    let mut feed = started.services.listen();
    let all = events(&format!("{OPEN}2021-01-11T08:00 visit.completed cp"));
    started.send(&all[3..]).await;
    let change = next(&mut feed).await;
    let rulebook = rulebook::default_rulebook();
    let visit = rulebook.clocks.iter().position(|rule| rule.id == "cp_visit").expect("a kind");
    let of_visit = |rows: &[engine::Row]| -> Vec<Status> {
        rows.iter().filter(|row| row.kind == visit).map(|row| row.status).collect()
    };
    assert_eq!(change.position, 4);
    assert_eq!(of_visit(&change.removed).len(), 1, "the running clock is no longer so");
    let mut added = of_visit(&change.added);
    added.sort();
    assert_eq!(added.len(), 2, "it is met now, and the next one runs");
    assert_eq!(added[1], Status::Met);
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_turns_overdue_on_the_second_without_any_event() {
    let place = Place::new().await;
    let started = place.start("2021-01-11T09:00").await;
    started.send(&events(OPEN)).await;
    let mut feed = started.services.listen();
    let current = started.current();
    let due = place.store.next_due(current.slot, started.services.now()).await.expect("a store").expect("a clock");
    started.hands.set(due);
    let change = loop {
        let change = next(&mut feed).await;
        if !change.overdue.is_empty() {
            break change;
        }
    };
    assert!(change.overdue.iter().all(|row| row.status == Status::Overdue && row.due_at == due));
    assert_eq!(change.at, due);
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_day_is_told_also_where_nothing_turned_overdue() {
    let place = Place::new().await;
    let started = place.start("2021-01-05T09:00").await;
    let mut feed = started.services.listen();
    started.hands.set(instant("2021-01-06T00:00"));
    let change = next(&mut feed).await;
    assert!(change.all && change.overdue.is_empty());
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_stops_intake_and_says_so() {
    let place = Place::new().await;
    let started = place.start("2021-01-11T09:00").await;
    started.send(&events(OPEN)).await;
    while started.services.clock_fault().is_some() {
        tokio::task::yield_now().await;
    }
    started.stop().await;
    let place = place.again().await;
    let started = place.start("2021-01-10T09:00").await;
    let fault = started.services.clock_fault().expect("a fault");
    assert_eq!(fault.last, instant("2021-01-11T09:00"));
    let refused = started.services.take(crate::support::incoming(&events(OPEN))).await.expect_err("nothing is taken");
    assert!(refused.to_string().contains("set the clock right"), "{refused}");
    started.hands.set(instant("2021-01-11T09:00:01"));
    assert_eq!(started.send(&events(OPEN)).await.len(), 3, "what was refused is taken when the clock is right");
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_waits_for_nobody_who_still_holds_the_services() {
    let place = Place::new().await;
    let started = place.start("2021-01-11T09:00").await;
    let held = started.services.clone();
    started.stop().await;
    let refused = held.take(crate::support::incoming(&events(OPEN))).await.expect_err("nothing is taken any more");
    assert!(refused.to_string().contains("stopping"), "{refused}");
}
