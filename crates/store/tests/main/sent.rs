//! What is sent to a store in these tests, and what it should make of it.

use bytes::Bytes;
use calendar::Instant;
use std::collections::{BTreeMap, BTreeSet};
use store::ledger::{Incoming, SubjectNumber};
use store::{Family, Store};
use testkit::json_lines;
use vocabulary::{Checker, Data, Event};

/// When the tests' events are received, so many seconds after the first.
pub fn received(seconds: i64) -> Instant {
    testkit::received().plus_micros(seconds * 1_000_000)
}

/// A text as it is sent, checked.
pub fn incoming(text: &str, received: Instant) -> Incoming {
    let checked = Checker::new().check_received(text.as_bytes(), received);
    Incoming { bytes: Bytes::copy_from_slice(text.as_bytes()), received, line: None, checked }
}

/// The events of a table, as they are sent.
pub fn table(table: &str) -> Vec<Incoming> {
    json_lines(table).iter().map(|line| incoming(line, received(0))).collect()
}

/// The events in what was sent.
pub fn events(sent: &[Incoming]) -> Vec<Event> {
    sent.iter().filter_map(|incoming| incoming.checked.clone().ok()).collect()
}

/// The families of all subjects of a store, as texts, found by asking for every subject.
pub async fn families(store: &dyn Store) -> BTreeSet<BTreeSet<String>> {
    let numbers: Vec<SubjectNumber> = all_subjects(store).await;
    let families = store.families(&numbers).await.unwrap();
    let total: usize = families.iter().map(Vec::len).sum();
    assert_eq!(total, numbers.len(), "every subject is in one family: {families:?}");
    for family in &families {
        assert!(family.is_sorted(), "{family:?}");
        assert_eq!(store.families(&family[family.len() - 1..]).await.unwrap(), std::slice::from_ref(family));
    }
    as_texts(store, families).await
}

/// The same, found by walking through them.
pub async fn walked_families(store: &dyn Store, events: u64) -> BTreeSet<BTreeSet<String>> {
    let mut all: Vec<Family> = Vec::new();
    loop {
        let after = all.last().map(|family| family[0]);
        let some = store.families_after(after, events).await.unwrap();
        if some.is_empty() {
            return as_texts(store, all).await;
        }
        all.extend(some);
    }
}

async fn as_texts(store: &dyn Store, families: Vec<Family>) -> BTreeSet<BTreeSet<String>> {
    let mut texts = BTreeSet::new();
    for family in families {
        let subjects = store.subjects(&family).await.unwrap();
        texts.insert(subjects.into_iter().map(|(_, subject)| subject.to_string()).collect());
    }
    texts
}

/// The numbers of all subjects. They are given without gaps.
pub async fn all_subjects(store: &dyn Store) -> Vec<SubjectNumber> {
    let some: Vec<SubjectNumber> = (1..=1_000).collect();
    store.subjects(&some).await.unwrap().into_iter().map(|(number, _)| number).collect()
}

/// What the families of those events are: a plain union over subjects and the events that they name.
pub fn expected_families(events: &[Event]) -> BTreeSet<BTreeSet<String>> {
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    fn top(joined: &BTreeMap<String, String>, name: &str) -> String {
        let mut name = name.to_owned();
        while joined[&name] != name {
            name = joined[&name].clone();
        }
        name
    }
    let mut join = |one: String, other: String| {
        for name in [&one, &other] {
            joined.entry(name.clone()).or_insert_with(|| name.clone());
        }
        let (one, other) = (top(&joined, &one), top(&joined, &other));
        joined.insert(one, other);
    };
    let event_name = |source: &str, id: &str| format!("event {source} {id}");
    for event in events {
        let subject = event.subject.to_string();
        join(subject.clone(), event_name(&event.source, &event.id));
        if let Data::ChildMerged(merge) = &event.data {
            join(subject.clone(), merge.into.to_string());
        }
        if let Data::EventRetracted(retraction) = &event.data {
            join(subject.clone(), event_name(&event.source, &retraction.id));
        }
        if let Some(id) = &event.supersedes {
            join(subject.clone(), event_name(&event.source, id));
        }
    }
    let mut families: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in joined.keys().filter(|name| !name.starts_with("event ")) {
        families.entry(top(&joined, name)).or_default().insert(name.clone());
    }
    families.into_values().collect()
}
