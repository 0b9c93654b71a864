//! What every database must do, as functions that take a way to make an empty store. A second database is put through
//! the same by another module like `sqlite`.

use crate::derived::{at, derive};
use crate::lists;
use crate::sent::{all_subjects, events, expected_families, families, incoming, received, table, walked_families};
use calendar::Instant;
use engine::{By, Figure, FigureStatus, FigureValue, KeptClock, Ratio};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::figures::{FigureSet, Recording};
use store::ledger::{Incoming, Taken};
use store::merkle::{Frontier, leaf};
use store::quarantine::{Action, Standing};
use store::query::Holder;
use store::read_model::{Derived, ReadModel, Slot, SubjectRows};
use store::{Store, StoreError, Writer, rulebook_digest};
use testkit::nasty::{Corrections, Nasty, history};
use vocabulary::{Number, Reason, Subject, SubjectKind};

/// Puts a database through all of it. `make` gives a new, empty store each time.
pub fn conformance(make: impl AsyncFn() -> Arc<dyn Store>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        an_empty_store(&*make().await).await;
        the_ledger(&*make().await).await;
        repetitions_and_conflicts(&*make().await).await;
        the_quarantine(&*make().await).await;
        settling(&*make().await).await;
        copying(&*make().await, &*make().await).await;
        one_reading_model_after_another(&*make().await).await;
        a_projection(&*make().await).await;
        kept_figures(&*make().await).await;
        settings(&*make().await).await;
        the_writer(make().await).await;
        lists::no_such_place(&*make().await).await;
    });
    property(24, deliveries(), |(history, order, sizes)| {
        runtime.block_on(async { deliver(&*make().await, history, order, sizes).await });
    });
    property(24, (history(Corrections::Some), cuts()), |(history, cuts)| {
        runtime.block_on(async { project_in_pieces(&*make().await, history, cuts).await });
    });
    let store = runtime.block_on(async {
        let store = make().await;
        lists::fill(&*store).await;
        store
    });
    property(96, lists::asked(), |asked| runtime.block_on(lists::agree(&*store, asked)));
}

fn property<S: Strategy>(cases: u32, strategy: S, holds: impl Fn(S::Value)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&strategy, |value| {
        holds(value);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

async fn an_empty_store(store: &dyn Store) {
    let head = store.head().await.unwrap();
    assert_eq!((head.size, head.root, head.at), (0, Frontier::new().root(), None));
    assert!(store.events_from(1, 10).await.unwrap().is_empty());
    assert!(store.tree_heads(0, 10).await.unwrap().is_empty());
    assert!(store.families_after(None, 10).await.unwrap().is_empty());
    assert_eq!(store.position_of("a", "e1").await.unwrap(), None);
    assert_eq!(store.read_model().await.unwrap(), None);
    assert_eq!(store.quarantine_open().await.unwrap(), 0);
    assert!(store.take(Vec::new(), received(0)).await.unwrap().is_empty());
    assert_eq!(store.check(1, 0).await.unwrap(), [""; 0]);
    store.ready().await.unwrap();
}

const HISTORY: &str = "
    2021-01-04T10:00 referral.received r1 s17
    2021-01-05T10:00 visit.completed initial | child=2
    2021-01-06T10:00 visit.completed initial
    2021-01-07T10:00 worker.updated 1 | worker=SW1
";

async fn the_ledger(store: &dyn Store) {
    let sent = table(HISTORY);
    let (first, rest) = sent.split_at(1);
    assert_eq!(store.take(first.to_vec(), received(1)).await.unwrap(), [Taken::Appended(1)]);
    let taken = store.take(rest.to_vec(), received(2)).await.unwrap();
    assert_eq!(taken, [Taken::Appended(2), Taken::Appended(3), Taken::Appended(4)]);

    let stored = store.events_from(1, 100).await.unwrap();
    assert_eq!(stored.iter().map(|stored| stored.position).collect::<Vec<_>>(), [1, 2, 3, 4]);
    for (stored, sent) in stored.iter().zip(&sent) {
        assert_eq!((&stored.bytes, stored.received), (&sent.bytes, sent.received));
        let event = sent.checked.as_ref().unwrap();
        assert_eq!(store.position_of(&event.source, &event.id).await.unwrap(), Some(stored.position));
        assert_eq!(store.subject_number(&event.subject).await.unwrap(), Some(stored.subject));
    }
    assert_eq!(stored.iter().map(|stored| stored.subject).collect::<Vec<_>>(), [1, 2, 1, 3]);
    assert_eq!(store.events_from(3, 1).await.unwrap(), &stored[2..3]);
    assert_eq!(store.events_of(&[1], 4).await.unwrap(), [stored[0].clone(), stored[2].clone()]);
    assert_eq!(store.events_of(&[3, 1, 1], 3).await.unwrap(), [stored[0].clone(), stored[2].clone()]);
    assert_eq!(store.subjects_between(2, 3).await.unwrap(), [1, 2]);
    let subjects = store.subjects(&[3, 9, 1]).await.unwrap();
    let texts: Vec<(u32, String)> = subjects.iter().map(|(number, subject)| (*number, subject.to_string())).collect();
    assert_eq!(texts, [(3, "worker/SW1".to_owned()), (1, testkit::child(1))]);
    assert_eq!(store.subjects_of_kind(SubjectKind::Child).await.unwrap(), [1, 2]);
    assert_eq!(store.subjects_of_kind(SubjectKind::Worker).await.unwrap(), [3]);
    assert!(store.subjects_of_kind(SubjectKind::Carer).await.unwrap().is_empty());
    assert_eq!(store.families_after(None, 1).await.unwrap(), [vec![1]]);
    assert_eq!(store.families_after(None, 3).await.unwrap(), [vec![1], vec![2]]);
    assert_eq!(store.families_after(Some(1), 100).await.unwrap(), [vec![2], vec![3]]);
    tree_heads_are_right(store, &[1, 4]).await;
    assert_eq!(store.check(1, 4).await.unwrap(), [""; 0]);
    assert_eq!(store.check(5, 5).await.unwrap(), ["There is no event at position 5."]);
}

/// Every tree head is that of the events up to its size, and there is one for each of those sizes.
async fn tree_heads_are_right(store: &dyn Store, sizes: &[u64]) {
    let heads = store.tree_heads(0, 1_000).await.unwrap();
    assert_eq!(heads.iter().map(|head| head.size).collect::<Vec<_>>(), sizes);
    let mut roots: BTreeMap<u64, [u8; 32]> = BTreeMap::new();
    let mut frontier = Frontier::new();
    for stored in store.events_from(1, 100_000).await.unwrap() {
        frontier.append(leaf(stored.received, &stored.bytes));
        roots.insert(frontier.size(), frontier.root());
    }
    for head in &heads {
        assert_eq!(Some(&head.root), roots.get(&head.size));
    }
    let last = heads.last().copied();
    assert_eq!(Some(store.head().await.unwrap()), last);
    if let [.., before, last] = heads.as_slice() {
        assert_eq!(store.tree_heads(before.size, 5).await.unwrap(), [*last]);
    }
}

async fn repetitions_and_conflicts(store: &dyn Store) {
    let sent = table(HISTORY);
    let again = incoming(std::str::from_utf8(&sent[0].bytes).unwrap(), received(5));
    let other = incoming(&String::from_utf8(sent[0].bytes.to_vec()).unwrap().replace("s17", "s47"), received(5));
    let batch = vec![sent[0].clone(), again.clone(), other.clone(), sent[1].clone()];
    let taken = store.take(batch, received(1)).await.unwrap();
    assert_eq!(taken[..2], [Taken::Appended(1), Taken::Repeated(1)]);
    let Taken::Quarantined { number: 1, refusal } = &taken[2] else { panic!("{taken:?}") };
    assert_eq!(refusal.reason, Reason::ConflictingId);
    assert_eq!(taken[3], Taken::Appended(2));
    let taken = store.take(vec![again, other], received(9)).await.unwrap();
    assert_eq!(taken[0], Taken::Repeated(1));
    assert!(matches!(taken[1], Taken::Quarantined { number: 1, .. }), "{taken:?}");
    assert_eq!(store.events_from(1, 10).await.unwrap()[0].received, received(0));
    tree_heads_are_right(store, &[2]).await;
}

async fn the_quarantine(store: &dyn Store) {
    let bad = incoming("not an event \u{e9}", received(1));
    let at_line = Incoming { line: Some(7), ..bad.clone() };
    let good = table(HISTORY);
    let taken =
        store.take(vec![bad.clone(), good[0].clone(), at_line.clone(), bad.clone()], received(2)).await.unwrap();
    let numbers: Vec<Option<u64>> = taken.iter().map(number).collect();
    assert_eq!(numbers, [Some(1), None, Some(2), Some(1)]);
    let again = store.take(vec![at_line, bad.clone()], received(3)).await.unwrap();
    assert_eq!(again.iter().map(number).collect::<Vec<_>>(), [Some(2), Some(1)]);

    let all = store.quarantined(Standing::All, 0, 10).await.unwrap();
    assert_eq!(all.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(all[0].bytes, bad.bytes);
    assert_eq!((all[0].received, all[0].line, all[1].line), (received(1), None, Some(7)));
    assert_eq!(Err(all[0].refusal.clone()), bad.checked);
    assert!(all[0].is_open() && all[0].steps.is_empty());
    assert_eq!(store.quarantine_open().await.unwrap(), 2);

    assert!(store.discard(1, "sent by mistake", "ann", received(4)).await.unwrap());
    assert!(!store.discard(1, "again", "ann", received(5)).await.unwrap());
    assert!(!store.discard(9, "nothing there", "ann", received(5)).await.unwrap());
    assert_eq!(store.quarantine_open().await.unwrap(), 1);
    let settled = store.quarantined(Standing::Settled, 0, 10).await.unwrap();
    assert_eq!(settled.iter().map(|one| one.number).collect::<Vec<_>>(), [1]);
    assert_eq!(settled[0].steps[0].what, Action::Discarded("sent by mistake".to_owned()));
    assert_eq!((settled[0].steps[0].at, settled[0].steps[0].by.as_str()), (received(4), "ann"));
    let open = store.quarantined(Standing::Open, 0, 10).await.unwrap();
    assert_eq!(open.iter().map(|one| one.number).collect::<Vec<_>>(), [2]);
    assert_eq!(store.quarantined(Standing::All, 1, 10).await.unwrap(), open);
    assert_eq!(store.quarantined_one(2).await.unwrap().as_ref(), open.first());
    assert_eq!(store.quarantined_one(3).await.unwrap(), None);
    assert_eq!(store.quarantined_one(0).await.unwrap(), None);
    // What was settled and comes once more is listed anew.
    let anew = store.take(vec![bad], received(6)).await.unwrap();
    assert_eq!(anew.iter().map(number).collect::<Vec<_>>(), [Some(3)]);
    assert_eq!(store.check(1, 1).await.unwrap(), [""; 0]);
}

fn number(taken: &Taken) -> Option<u64> {
    if let Taken::Quarantined { number, .. } = taken { Some(*number) } else { None }
}

async fn settling(store: &dyn Store) {
    let good = table(HISTORY);
    store
        .take(vec![incoming("1", received(1)), incoming("2", received(1)), incoming("3", received(1))], received(1))
        .await
        .unwrap();
    let still_bad = incoming("{}", received(2));
    let refused = store.settle(1, still_bad.clone(), true, "ann", received(2)).await.unwrap();
    let Some(Action::RefusedAgain(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(Err(refusal), still_bad.checked);
    assert_eq!(store.quarantine_open().await.unwrap(), 3);
    assert_eq!(store.quarantined(Standing::All, 0, 10).await.unwrap().len(), 3, "no new number");
    let corrected = store.settle(1, good[0].clone(), true, "ann", received(3)).await.unwrap();
    assert_eq!(corrected, Some(Action::Corrected(1)));
    assert_eq!(store.settle(1, good[1].clone(), true, "ann", received(4)).await.unwrap(), None, "settled already");
    assert_eq!(store.settle(8, good[1].clone(), true, "ann", received(4)).await.unwrap(), None, "no such number");
    assert_eq!(store.head().await.unwrap().size, 1, "nothing else was appended");
    let released = store.settle(2, good[0].clone(), false, "", received(5)).await.unwrap();
    assert_eq!(released, Some(Action::Released(1)), "the same again is as good as new");
    let other = incoming(&String::from_utf8(good[0].bytes.to_vec()).unwrap().replace("s17", "s47"), received(5));
    let conflict = store.settle(3, other, true, "ann", received(6)).await.unwrap();
    assert!(matches!(&conflict, Some(Action::RefusedAgain(refusal)) if refusal.reason == Reason::ConflictingId));
    let one = store.quarantined_one(1).await.unwrap().unwrap();
    assert_eq!(one.steps.iter().map(|step| step.what.as_str()).collect::<Vec<_>>(), ["refused_again", "corrected"]);
    assert!(!one.is_open());
    assert_eq!(store.check(1, 1).await.unwrap(), [""; 0]);
    tree_heads_are_right(store, &[1]).await;
}

/// A history, the order in which its events come (some twice), and the sizes of the batches.
async fn copying(from: &dyn Store, to: &dyn Store) {
    let [first, second] = <[Incoming; 2]>::try_from(table(
        "2021-01-04T10:00 referral.received r1 s17
         2021-01-05T10:00 visit.completed initial | child=2",
    ))
    .unwrap();
    let bad = || incoming("bad", received(0));
    from.take(vec![first, bad(), bad()], received(0)).await.unwrap();
    from.take(vec![incoming("worse", received(1)), incoming("worst", received(1))], received(1)).await.unwrap();
    from.settle(1, incoming("still bad", received(2)), true, "ann", received(2)).await.unwrap();
    assert!(from.discard(1, "no use", "bob", received(3)).await.unwrap());
    // The same bytes again, now that they are settled.
    from.take(vec![incoming("bad", received(4))], received(4)).await.unwrap();
    from.settle(3, second, true, "ann", received(5)).await.unwrap();
    let size = from.head().await.unwrap().size;
    for stored in from.events_from(1, 100).await.unwrap() {
        let text = std::str::from_utf8(&stored.bytes).unwrap();
        to.take(vec![incoming(text, stored.received)], stored.received).await.unwrap();
    }
    assert_eq!(to.head().await.unwrap().root, from.head().await.unwrap().root);
    let all = from.quarantined(Standing::All, 0, 100).await.unwrap();
    let (some, rest) = all.split_at(2);
    to.copy_quarantined(some.to_vec()).await.unwrap();
    to.copy_quarantined(rest.to_vec()).await.unwrap();
    for standing in [Standing::All, Standing::Open, Standing::Settled] {
        let expected = from.quarantined(standing, 0, 100).await.unwrap();
        assert!(!expected.is_empty());
        assert_eq!(to.quarantined(standing, 0, 100).await.unwrap(), expected);
    }
    assert_eq!(size, 2);
    to.copy_quarantined(all).await.expect_err("these numbers are there already");
}

fn deliveries() -> impl Strategy<Value = (Nasty, Vec<Index>, Vec<usize>)> {
    (
        history(Corrections::Some),
        proptest::collection::vec(any::<Index>(), 40),
        proptest::collection::vec(1..9_usize, 50),
    )
}

fn cuts() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(1..9_usize, 24)
}

fn sent(history: &Nasty) -> Vec<Incoming> {
    table(&format!("{history:?}"))
}

/// Whatever the order and the batches, the ledger holds each event once as it came first, and families are those of all
/// links there are.
async fn deliver(store: &dyn Store, history: Nasty, order: Vec<Index>, sizes: Vec<usize>) {
    let all = sent(&history);
    let mut left = all.clone();
    let mut coming = Vec::new();
    for index in order {
        if left.is_empty() {
            coming.push(all[index.index(all.len())].clone());
        } else {
            coming.push(left.remove(index.index(left.len())));
        }
    }
    let mut rest = coming.as_slice();
    let mut taken = Vec::new();
    for size in sizes {
        let (batch, after) = rest.split_at(size.min(rest.len()));
        rest = after;
        taken.extend(store.take(batch.to_vec(), received(1)).await.unwrap());
    }
    let mut expected: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (incoming, taken) in coming.iter().zip(taken) {
        let next = expected.len() as u64 + 1;
        let position = *expected.entry(incoming.bytes.to_vec()).or_insert(next);
        assert_eq!(taken, if position == next { Taken::Appended(position) } else { Taken::Repeated(position) });
    }
    assert_eq!(expected.len(), all.len());
    let stored = store.events_from(1, 1_000).await.unwrap();
    assert_eq!(stored.len(), all.len());
    for stored in &stored {
        assert_eq!(expected.get(stored.bytes.as_ref()), Some(&stored.position));
    }
    let expected = expected_families(&events(&all));
    assert_eq!(families(store).await, expected);
    assert_eq!(walked_families(store, 1).await, expected);
    assert_eq!(walked_families(store, 7).await, expected);
    assert_eq!(store.check(1, stored.len() as u64).await.unwrap(), [""; 0]);
}

async fn one_reading_model_after_another(store: &dyn Store) {
    store.take(table(HISTORY), received(0)).await.unwrap();
    let numbers = all_subjects(store).await;
    let rows = derive(store, &numbers, 4).await.subjects;
    let model = store.begin_read_model("first", 4, received(1)).await.unwrap();
    assert_eq!((model.begun, model.checkpoint, &model.rulebook), (received(1), 4, &rulebook_digest("first")));
    assert_eq!(store.rulebook_text(&model.rulebook).await.unwrap().as_deref(), Some("first"));
    assert_eq!(store.rulebook_text("nothing").await.unwrap(), None);
    assert_eq!(store.read_model().await.unwrap(), None, "not before it is switched to");
    store.fill(model.slot, rows.clone()).await.unwrap();
    store.finish(model.slot).await.unwrap();
    store.switch_to(model.slot).await.unwrap();
    assert_eq!(store.read_model().await.unwrap(), Some(model.clone()));
    let kept = store.rows_of(model.slot, &numbers).await.unwrap();
    assert_eq!(kept, ordered(rows.clone()).into_iter().map(|rows| (rows, 4)).collect::<Vec<_>>());
    assert_eq!(store.check_tallies(model.slot).await.unwrap(), [""; 0]);

    let second = store.begin_read_model("second", 4, received(2)).await.unwrap();
    assert_eq!(second.slot, model.slot.other());
    let (one, others) = rows.split_at(1);
    store.fill(second.slot, one.to_vec()).await.unwrap();
    assert_eq!(store.read_model().await.unwrap(), Some(model.clone()), "the first is read until the switch");
    // Given up and begun again: nothing of it remains.
    let second = store.begin_read_model("second", 4, received(3)).await.unwrap();
    store.fill(second.slot, others.to_vec()).await.unwrap();
    store.finish(second.slot).await.unwrap();
    store.finish(second.slot).await.unwrap();
    store.switch_to(second.slot).await.unwrap();
    assert_eq!(store.read_model().await.unwrap(), Some(second.clone()));
    assert_eq!(store.rows_of(second.slot, &numbers).await.unwrap().len(), others.len());
    assert!(store.rows_of(model.slot, &numbers).await.unwrap().is_empty(), "the old place is empty");
    let lost = store.fill(model.slot, one.to_vec()).await;
    assert!(matches!(lost, Err(StoreError::Overtaken)), "{lost:?}");
    assert!(matches!(store.switch_to(model.slot).await, Err(StoreError::Overtaken)));
}

/// A read model that has come to a position.
fn reached(model: &ReadModel, checkpoint: u64) -> ReadModel {
    ReadModel { checkpoint, ..model.clone() }
}

fn ordered(mut rows: Vec<SubjectRows>) -> Vec<SubjectRows> {
    rows.sort_by_key(|rows| rows.number);
    rows
}

async fn a_projection(store: &dyn Store) {
    store.take(table(HISTORY), received(0)).await.unwrap();
    let model = store.begin_read_model("x", 0, received(1)).await.unwrap();
    store.finish(model.slot).await.unwrap();
    let derived = derive(store, &[1, 2], 4).await;
    let difference = store.project(&reached(&model, 0), derived.clone(), 4).await.unwrap();
    let clocks: usize = derived.subjects.iter().map(|rows| rows.clocks.len()).sum();
    assert!(clocks > 0 && difference.removed.is_empty());
    assert_eq!(difference.added.len(), clocks);
    let overtaken = store.project(&reached(&model, 0), derived.clone(), 4).await;
    assert!(matches!(overtaken, Err(StoreError::Overtaken)), "{overtaken:?}");
    let another = ReadModel { begun: received(2), ..reached(&model, 4) };
    let overtaken = store.project(&another, derived.clone(), 5).await;
    assert!(matches!(overtaken, Err(StoreError::Overtaken)), "of another read model in that place: {overtaken:?}");
    let nothing = store.project(&reached(&model, 4), derived.clone(), 5).await.unwrap();
    assert!(nothing.removed.is_empty() && nothing.added.is_empty(), "what did not change is in neither");

    let changes: Vec<Instant> = derived.subjects.iter().filter_map(|rows| rows.changes_at).collect();
    let first = changes.iter().min().copied();
    assert_eq!(store.next_change(model.slot, at()).await.unwrap(), first);
    let changing = store.changing(model.slot, first.unwrap_or(at()), 10).await.unwrap();
    assert_eq!(changing.is_empty(), first.is_none());

    let mut fewer = derived.clone();
    fewer.subjects.retain(|rows| rows.number != 1);
    let difference = store.project(&reached(&model, 5), fewer, 6).await.unwrap();
    assert!(difference.added.is_empty() && !difference.removed.is_empty());
    assert!(difference.removed.iter().all(|changed| changed.subject.to_string() == testkit::child(1)));
    assert!(store.rows_of(model.slot, &[1]).await.unwrap().is_empty(), "whoever is not derived has no rows");
    assert_eq!(store.check_tallies(model.slot).await.unwrap(), [""; 0]);
}

/// Events that come in pieces, each projected, leave the same rows as a fill of all, and the differences add up to it.
async fn project_in_pieces(store: &dyn Store, history: Nasty, cuts: Vec<usize>) {
    let all = sent(&history);
    let model = store.begin_read_model("x", 0, received(0)).await.unwrap();
    store.finish(model.slot).await.unwrap();
    store.switch_to(model.slot).await.unwrap();
    let mut clocks: Vec<(Subject, KeptClock)> = Vec::new();
    let mut checkpoint = 0;
    let mut rest = all.as_slice();
    for cut in cuts {
        let (batch, after) = rest.split_at(cut.min(rest.len()));
        rest = after;
        store.take(batch.to_vec(), received(1)).await.unwrap();
        let head = store.head().await.unwrap().size;
        let touched = store.subjects_between(checkpoint + 1, head).await.unwrap();
        let derived = derive(store, &touched, head).await;
        let difference = store.project(&reached(&model, checkpoint), derived, head).await.unwrap();
        for removed in difference.removed {
            let gone = (removed.subject, removed.clock);
            let place = clocks.iter().position(|clock| *clock == gone).expect("what is removed was there");
            clocks.swap_remove(place);
        }
        clocks.extend(difference.added.into_iter().map(|added| (added.subject, added.clock)));
        checkpoint = head;
    }
    assert_eq!(store.read_model().await.unwrap().map(|model| model.checkpoint), Some(checkpoint));
    let numbers = all_subjects(store).await;
    let whole = derive(store, &numbers, checkpoint).await;
    let filled = store.begin_read_model("x", checkpoint, received(2)).await.unwrap();
    store.fill(filled.slot, whole.subjects).await.unwrap();
    store.finish(filled.slot).await.unwrap();
    let rows = async |slot: Slot| {
        let rows = store.rows_of(slot, &numbers).await.unwrap();
        rows.into_iter().map(|(rows, _)| rows).collect::<Vec<_>>()
    };
    let (projected, filled_rows) = (rows(model.slot).await, rows(filled.slot).await);
    assert_eq!(projected, filled_rows);
    let kept = projected.iter().flat_map(|rows| rows.clocks.iter().map(|clock| (rows.subject.clone(), clock.clone())));
    let kept: Vec<(Subject, KeptClock)> = kept.collect();
    assert_eq!(kept.len(), clocks.len());
    assert!(kept.iter().all(|clock| clocks.contains(clock)));
    for slot in [model.slot, filled.slot] {
        assert_eq!(store.check_tallies(slot).await.unwrap(), [""; 0]);
    }
    assert_eq!(store.holders(model.slot).await.unwrap(), store.holders(filled.slot).await.unwrap());
    assert_eq!(store.finding_counts(model.slot).await.unwrap(), store.finding_counts(filled.slot).await.unwrap());
    lists::all_findings(store, model.slot, &projected).await;
    store
        .project(&reached(&model, checkpoint), Derived { numbers, subjects: Vec::new() }, checkpoint + 1)
        .await
        .unwrap();
    assert!(store.holders(model.slot).await.unwrap().is_empty(), "nothing is counted any more");
    assert_eq!(store.check_tallies(model.slot).await.unwrap(), [""; 0]);
}

fn figure(measure: &str, group: &str, band: Option<&str>, value: FigureValue) -> Figure {
    let (target, status) = (Number::new(81.7), Some(FigureStatus::Within));
    Figure {
        measure: measure.to_owned(),
        group: group.to_owned(),
        band: band.map(str::to_owned),
        value,
        target,
        status,
    }
}

fn figure_set(rulebook: &str, period: &str) -> FigureSet {
    let share = FigureValue::Share { numerator: 3, denominator: u64::MAX, missing: Some(0) };
    let mean = FigureValue::Mean(Ratio::new(-170_141_183_460_469_231_731_687_303_715_884_105_727, 3));
    let bare = Figure { target: None, status: None, ..figure("b", "County", Some("0-18"), FigureValue::Count(7)) };
    FigureSet {
        rulebook: rulebook.to_owned(),
        period: period.to_owned(),
        at: received(1),
        position: 9,
        computed: received(2),
        figures: vec![
            (By::County, figure("b", "County", None, share)),
            (By::County, bare),
            (By::County, figure("a", "County", None, mean)),
            (By::Locality, figure("a", "Gloucester", None, FigureValue::Mean(None))),
            (By::Worker, figure("a", "SW1", None, FigureValue::Share { numerator: 1, denominator: 2, missing: None })),
        ],
        holders: vec![
            Holder { locality: "G".into(), team: None, worker: None },
            Holder { locality: "G".into(), team: Some("T".into()), worker: Some("W".into()) },
        ],
        behind: vec![("a".to_owned(), vec![1, 2, 3]), ("b".to_owned(), Vec::new())],
        recording: vec![
            Recording {
                locality: "G".to_owned(),
                team: None,
                same_day: 1,
                next_working_day: 2,
                within_five: 3,
                later: 4,
            },
            Recording { locality: "G".to_owned(), team: Some("T".to_owned()), ..Recording::default() },
        ],
    }
}

async fn kept_figures(store: &dyn Store) {
    let set = figure_set("r1", "2021-01");
    store.keep_figures(figure_set("r1", "2020-12")).await.unwrap();
    store.keep_figures(FigureSet { figures: Vec::new(), holders: Vec::new(), ..set.clone() }).await.unwrap();
    store.keep_figures(set.clone()).await.unwrap();
    store.keep_figures(FigureSet { figures: Vec::new(), ..figure_set("r2", "2021-01") }).await.unwrap();
    let heads = store.figure_sets("r1").await.unwrap();
    assert_eq!(heads.iter().map(|head| head.period.as_str()).collect::<Vec<_>>(), ["2020-12", "2021-01"]);
    assert_eq!((heads[1].at, heads[1].computed, heads[1].position), (set.at, set.computed, set.position));
    let periods = ["2021-01".to_owned(), "2019-01".to_owned()];
    for by in [By::County, By::Locality, By::Team, By::Worker] {
        let of_by = set.figures.iter().filter(|(other, _)| *other == by).map(|(_, figure)| figure);
        let expected: Vec<(String, Figure)> = of_by.map(|figure| ("2021-01".to_owned(), figure.clone())).collect();
        assert_eq!(store.figures("r1", &periods, None, by).await.unwrap(), expected);
        let of_a: Vec<_> = expected.into_iter().filter(|(_, figure)| figure.measure == "a").collect();
        assert_eq!(store.figures("r1", &periods, Some("a"), by).await.unwrap(), of_a);
    }
    let both = ["2021-01".to_owned(), "2020-12".to_owned()];
    assert_eq!(store.figures("r1", &both, Some("a"), By::County).await.unwrap().len(), 2);
    assert!(store.figures("r2", &both, None, By::County).await.unwrap().is_empty());
    let behind = store.behind("r1", "2021-01", "a").await.unwrap();
    assert_eq!(behind, Some((vec![1, 2, 3], set.holders.clone())));
    assert_eq!(store.behind("r1", "2021-01", "c").await.unwrap(), None);
    assert_eq!(store.recording("r1", "2021-01").await.unwrap(), set.recording);
    assert!(store.recording("r3", "2021-01").await.unwrap().is_empty());
}

async fn settings(store: &dyn Store) {
    assert_eq!(store.setting("speed").await.unwrap(), None);
    store.set_setting("speed", "2").await.unwrap();
    store.set_setting("speed", "3").await.unwrap();
    assert_eq!(store.setting("speed").await.unwrap().as_deref(), Some("3"));
    store.ready().await.unwrap();
}

/// Many who send at once share commits, and each hears of their own.
async fn the_writer(store: Arc<dyn Store>) {
    let (writer, task) = Writer::start(Arc::clone(&store), || received(1), || {}, std::future::pending());
    let mut sending = Vec::new();
    for child in 1..=40 {
        let writer = writer.clone();
        let line = format!("2021-01-04T10:00 referral.received r1 s17 | child={child} id=n{child}");
        sending.push(tokio::spawn(async move { writer.take(table(&line)).await.unwrap() }));
    }
    let mut positions = Vec::new();
    for sent in sending {
        match sent.await.unwrap().as_slice() {
            [Taken::Appended(position)] => positions.push(*position),
            other => panic!("{other:?}"),
        }
    }
    positions.sort_unstable();
    assert_eq!(positions, (1..=40).collect::<Vec<u64>>());
    drop(writer);
    task.await.unwrap();
    assert_eq!(store.check(1, 40).await.unwrap(), [""; 0]);
}
