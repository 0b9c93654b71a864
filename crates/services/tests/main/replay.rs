//! Live equals replay: whatever the order, the batches and the restarts, the lists are those of the events alone.

use crate::support::{Place, all, all_rows, incoming, replayed};
use engine::{Status, WorklistFilter};
use proptest::prelude::*;
use store::Store;
use store::query::{ClockQuery, Order};
use testkit::nasty::{Corrections, Nasty, history};
use vocabulary::Event;

const AT: &str = "2021-06-30T12:00";

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build();
    runtime.expect("a runtime").block_on(work)
}

/// A history, cut into batches and put into another order.
fn sent() -> impl Strategy<Value = (Nasty, Vec<usize>, usize)> {
    (history(Corrections::Some), prop::collection::vec(any::<usize>(), 60), 1usize..9)
}

fn in_order_of(events: &[Event], keys: &[usize]) -> Vec<Event> {
    let mut keyed: Vec<(usize, Event)> = keys.iter().cycle().copied().zip(events.iter().cloned()).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, event)| event).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_lists_are_those_of_the_events_in_any_order_and_batches((nasty, keys, size) in sent()) {
        let events = nasty.events();
        let shuffled = in_order_of(&events, &keys);
        block_on(async {
            let place = Place::new().await;
            let started = place.start(AT).await;
            for batch in shuffled.chunks(size) {
                started.send(batch).await;
                // What comes again changes nothing.
                started.send(batch).await;
            }
            let expected = replayed(&events, started.services.now(), &all());
            prop_assert_eq!(started.rows().await, expected);
            let verified = services::verify(&place.store, |_, _, _| ()).await.expect("a ledger to verify");
            prop_assert!(verified.holds(), "{:?}", verified.wrong);
            started.stop().await;
            Ok(())
        })?;
    }

    #[test]
    fn time_that_goes_by_changes_the_lists_as_a_replay_does((nasty, keys, size) in sent()) {
        let events = nasty.events();
        let (first, second) = events.split_at(events.len() / 2);
        block_on(async {
            let place = Place::new().await;
            let started = place.start("2021-01-20T09:00").await;
            started.send(&in_order_of(first, &keys)).await;
            for day in ["2021-02-01T00:00", "2021-03-28T01:00", AT, "2024-02-29T00:00"] {
                started.hands.set(testkit::instant(day));
                for batch in second.chunks(size * 4) {
                    started.send(batch).await;
                }
                brought_up_to_date(&started).await;
                let known = if second.is_empty() { first } else { events.as_slice() };
                let expected = replayed(known, started.services.now(), &all());
                prop_assert_eq!(started.rows().await, expected, "{}", day);
            }
            started.stop().await;
            Ok(())
        })?;
    }

    #[test]
    fn a_list_is_as_long_as_its_count_and_as_the_engine_says(
        (nasty, _, _) in sent(),
        kinds in prop::collection::vec(0usize..55, 0..4),
        statuses in prop::sample::subsequence(Status::ALL.to_vec(), 1..=6),
        holders in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        late in prop::option::of((0u32..40, 0u32..60)),
    ) {
        let events = nasty.events();
        block_on(async {
            let place = Place::new().await;
            let started = place.start(AT).await;
            started.send(&events).await;
            let current = started.current();
            let found = place.store.holders(current.slot).await.expect("holders");
            let mut filter = WorklistFilter { kinds, statuses, ..WorklistFilter::default() };
            for index in holders.iter().filter(|_| !found.is_empty()) {
                let holder = index.get(&found);
                filter.localities.push(holder.locality.to_string());
                filter.teams.extend(holder.team.as_ref().map(ToString::to_string));
            }
            let mut query = current.query(started.services.now(), filter.clone());
            if let Some((from, to)) = late {
                (query.late_from, query.late_to) = (Some(from), Some(to));
            }
            let mut expected = replayed(&events, started.services.now(), &filter);
            expected.retain(|row| query.lets_through(row));
            let rows = all_rows(&*place.store, &current, &query).await;
            prop_assert_eq!(&rows, &expected);
            let count = place.store.count(current.slot, &query).await.expect("a count");
            prop_assert_eq!(count, expected.len() as u64);
            prop_assert_eq!(grouped(&*place.store, &current, &query).await, expected.len());
            started.stop().await;
            Ok(())
        })?;
    }
}

/// Waits until nothing changes by itself any more.
async fn brought_up_to_date(started: &crate::support::Started) {
    let (now, current) = (started.services.now(), started.current());
    while !place_is_still(started, &current, now).await {
        tokio::task::yield_now().await;
    }
}

async fn place_is_still(
    started: &crate::support::Started,
    current: &services::Current,
    now: calendar::Instant,
) -> bool {
    let changing = started.services.store().changing(current.slot, now, 1).await.expect("what changes");
    changing.is_empty()
}

async fn grouped(store: &dyn Store, current: &services::Current, query: &ClockQuery) -> usize {
    let (mut rows, mut after, mut seen) = (0, None, std::collections::HashSet::new());
    loop {
        let page = store.groups(current.slot, query, Order::Due, after.as_ref(), 2, current.rulebook()).await;
        let page = page.expect("a page");
        for group in page.rows {
            assert!(seen.insert(group.subject.clone()), "{} is listed twice", group.subject);
            assert!(group.rows.iter().all(|row| row.subject == group.subject && query.lets_through(row)));
            rows += group.rows.len();
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return rows,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_goes_on_from_the_checkpoint() {
    let events = testkit::events(TABLE);
    let place = Place::new().await;
    let started = place.start(AT).await;
    started.send(&events[..3]).await;
    started.stop().await;
    // Appended while nobody projects.
    place.store.take(incoming(&events[3..]), testkit::instant(AT)).await.expect("appended");
    let place = place.again().await;
    let started = place.start(AT).await;
    started.services.projected(events.len() as u64).await;
    assert_eq!(started.rows().await, replayed(&events, started.services.now(), &all()));
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_rulebook_derives_everything_anew_by_itself() {
    let events = testkit::events(TABLE);
    let place = Place::new().await;
    let started = place.start(AT).await;
    started.send(&events).await;
    let before = started.current();
    started.stop().await;
    let changed = rulebook::DEFAULT.replacen("due_soon_working_days = ", "# changed\ndue_soon_working_days = ", 1);
    assert_ne!(changed, rulebook::DEFAULT);
    let started = place.start_under(AT, &changed).await;
    let rules = services::Rules::read(&changed).expect("a rulebook");
    while started.current().rules.digest != rules.digest {
        tokio::task::yield_now().await;
    }
    assert_ne!(started.current().slot, before.slot);
    assert_eq!(started.rows().await, replayed(&events, started.services.now(), &all()));
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_model_that_another_process_switched_to_is_shown_and_kept_up_to_date() {
    let events = testkit::events(TABLE);
    let place = Place::new().await;
    let started = place.start(AT).await;
    started.send(&events[..3]).await;
    let before = started.current();
    let other = place.opened_again().await;
    let rules = services::Rules::read(rulebook::DEFAULT).expect("a rulebook");
    let model = services::rebuild(&other, &rules, started.services.now(), |_, _| ()).await.expect("a read model");
    other.switch_to(model.slot).await.expect("switched");
    // No event says so.
    while started.current().slot == before.slot {
        tokio::task::yield_now().await;
    }
    assert_eq!(started.rows().await, replayed(&events[..3], started.services.now(), &all()));
    // The place that is no longer read is projected into no more, also where it has the same checkpoint.
    let model = services::rebuild(&other, &rules, started.services.now(), |_, _| ()).await.expect("a read model");
    other.switch_to(model.slot).await.expect("switched");
    started.send(&events[3..]).await;
    assert_eq!(started.rows().await, replayed(&events, started.services.now(), &all()));
    let verified = services::verify(&place.store, |_, _, _| ()).await.expect("a ledger to verify");
    assert!(verified.holds(), "{:?}", verified.wrong);
    started.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_services_with_different_rulebooks_the_last_one_s_holds() {
    let events = testkit::events(TABLE);
    let other_rules = rulebook::DEFAULT.replacen("version = ", "# another\nversion = ", 1);
    assert!(other_rules != rulebook::DEFAULT);
    let place = Place::new().await;
    let first = place.start(AT).await;
    first.send(&events[..3]).await;
    let second = place.on_the_same_store().await.start_under(AT, &other_rules).await;
    let digest = services::Rules::read(&other_rules).expect("a rulebook").digest;
    while [&first, &second].iter().any(|service| service.current().rules.digest != digest) {
        tokio::task::yield_now().await;
    }
    let begun = second.current().begun;
    for (sender, events) in [(&first, &events[3..5]), (&second, &events[5..])] {
        sender.send(events).await;
    }
    let head = first.services.store().head().await.expect("a head").size;
    first.services.projected(head).await;
    second.services.projected(head).await;
    for service in [&first, &second] {
        assert_eq!(service.rows().await, replayed(&events, service.services.now(), &all()));
        // Nobody has derived anything anew since.
        assert_eq!(service.current().begun, begun);
    }
    first.stop().await;
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_at_a_time_derives_anew() {
    let place = Place::new().await;
    let other = place.opened_again().await;
    let model = place.store.begin_read_model("x", 0, testkit::instant(AT)).await.expect("begun");
    let overtaken = other.begin_read_model("x", 0, testkit::instant(AT)).await;
    assert!(matches!(overtaken, Err(store::StoreError::Overtaken)), "{overtaken:?}");
    place.store.begin_read_model("x", 0, testkit::instant(AT)).await.expect("begun again by the same");
    place.store.finish(model.slot).await.expect("finished");
    place.store.switch_to(model.slot).await.expect("switched");
    other.begin_read_model("x", 0, testkit::instant(AT)).await.expect("begun by the other");
}

const TABLE: &str = "
    2021-01-04T10:00 child.registered date_of_birth=2010-05-01
    2021-01-04T10:00 allocation.started locality=Gloucester team=Safeguarding_1 worker=SW1
    2021-01-04T10:00 referral.received r1 s17
    2021-01-05T10:00 plan.started p1 cp
    2021-01-12T10:00 visit.completed cp
    2021-02-12T10:00 visit.completed cp
";
