//! That verifying finds what was changed.

use crate::support::{Place, incoming};
use services::verify;
use store::read_model::Derived;
use testkit::{events, instant};

const TABLE: &str = "
    2021-01-04T10:00 child.registered date_of_birth=2010-05-01
    2021-01-04T10:00 plan.started p1 cp
    2021-01-12T10:00 visit.completed cp
    2021-01-12T10:00 visit.completed cp | child=2
";

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_ledger_holds() {
    let place = Place::new().await;
    let started = place.start("2021-02-01").await;
    for event in events(TABLE) {
        started.send(&[event]).await;
    }
    let verified = verify(&place.store, |_, _, _| ()).await.expect("a ledger to verify");
    assert!(verified.holds(), "{:?}", verified.wrong);
    assert_eq!((verified.events, verified.tree_heads, verified.replayed_to), (4, 4, Some(4)));
    assert_eq!(verified.subjects, 2);
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_without_a_read_model_holds() {
    let place = Place::new().await;
    place.store.take(incoming(&events(TABLE)), instant("2021-02-01")).await.expect("appended");
    let verified = verify(&place.store, |_, _, _| ()).await.expect("a ledger to verify");
    assert!(verified.holds(), "{:?}", verified.wrong);
    assert_eq!(verified.replayed_to, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_no_replay_gives_is_found() {
    let place = Place::new().await;
    let started = place.start("2021-02-01").await;
    started.send(&events(TABLE)).await;
    let model = place.store.read_model().await.expect("a store").expect("a read model");
    started.stop().await;
    let number = place.store.subject_number(&events(TABLE)[0].subject).await.expect("a store").expect("a number");
    let (mut rows, _) = place.store.rows_of(model.slot, &[number]).await.expect("rows").pop().expect("one");
    let forged = rows.clocks.first_mut().expect("a clock");
    forged.due_at = calendar::Instant::from_micros(forged.due_at.micros() + 1);
    let derived = Derived { numbers: vec![number], subjects: vec![rows] };
    place.store.project(&model, derived, 4).await.expect("projected");
    let verified = verify(&place.store, |_, _, _| ()).await.expect("a ledger to verify");
    assert!(!verified.holds());
    assert!(verified.wrong[0].contains("a replay gives the clock"), "{:?}", verified.wrong);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_missing_are_found() {
    let place = Place::new().await;
    let started = place.start("2021-02-01").await;
    started.send(&events(TABLE)).await;
    let model = place.store.read_model().await.expect("a store").expect("a read model");
    started.stop().await;
    let number = place.store.subject_number(&events(TABLE)[0].subject).await.expect("a store").expect("a number");
    place.store.project(&model, Derived { numbers: vec![number], subjects: Vec::new() }, 4).await.expect("projected");
    let verified = verify(&place.store, |_, _, _| ()).await.expect("a ledger to verify");
    assert_eq!(verified.wrong.len(), 1, "{:?}", verified.wrong);
    assert!(verified.wrong[0].contains("has events and no rows"), "{:?}", verified.wrong);
}
