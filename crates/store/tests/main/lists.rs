//! Lists, groups, counts and tallies, all against the rows themselves.

use crate::sent::{received, table};
use calendar::london::{local_date, start_of_day};
use calendar::{Date, Instant};
use engine::{KeptClock, Outcome, Row, Status, WorklistFilter, due_soon_until, sort_rows};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::sample::subsequence;
use rulebook::default_rulebook;
use std::collections::{BTreeMap, BTreeSet};
use store::query::{ClockQuery, Count, Cursor, Group, Holder, Order};
use store::read_model::{FindingRow, Slot, SubjectRows};
use store::{Store, StoreError};
use vocabulary::Subject;

/// The children that the rows are of: numbered so that the order of numbers is not that of texts.
const CHILDREN: u32 = 45;

/// A sequence of numbers that look drawn, the same every time.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()].clone()
    }
}

fn today() -> Date {
    Date::parse("2021-03-01").unwrap()
}

const HOLDERS: [(&str, Option<&str>, Option<&str>); 6] = [
    ("G", Some("G1"), Some("SW1")),
    ("G", Some("G1"), None),
    ("G", Some("G2"), Some("SW2")),
    ("S", Some("G1"), Some("SW1")),
    ("S", None, None),
    ("Unallocated", None, None),
];

fn clock(drawn: &mut Drawn) -> KeptClock {
    let day = today().plus_days(i32::try_from(drawn.below(24)).unwrap() - 12);
    let in_hours = drawn.below(5) == 0;
    let hour = i64::try_from(drawn.below(24)).unwrap();
    let (locality, team, worker) = drawn.one_of(&HOLDERS);
    let due_at = if in_hours { start_of_day(day).plus_hours(hour) } else { start_of_day(day.plus_days(1)) };
    let ended = drawn.one_of(&[None, None, Some(Outcome::Met), Some(Outcome::Late), Some(Outcome::Cancelled)]);
    KeptClock {
        kind: usize::try_from(drawn.below(5)).unwrap() * 3,
        episode: drawn.one_of(&[None, Some("x".into()), Some("y".into())]),
        started_at: start_of_day(day.plus_days(-10)),
        due_date: (!in_hours).then_some(day),
        due_at,
        ended: ended.map(|outcome| (start_of_day(day).plus_hours(hour), outcome)),
        locality: locality.into(),
        team: team.map(Into::into),
        worker: worker.map(Into::into),
        place: u32::try_from(drawn.below(3)).unwrap(),
    }
}

fn at() -> Instant {
    start_of_day(today()).plus_hours(10)
}

/// All rows, by subject, as they were filled in.
fn made_up() -> Vec<(Subject, Vec<KeptClock>)> {
    let mut drawn = Drawn(11);
    let children = (1..=CHILDREN).map(|child| {
        let subject = Subject::parse(&testkit::child(u64::from(child * 37 % 101))).unwrap();
        let mut clocks: Vec<KeptClock> = (0..drawn.below(14)).map(|_| clock(&mut drawn)).collect();
        let end = |clock: &KeptClock| clock.ended.map_or(Instant::from_micros(i64::MAX), |(at, _)| at);
        clocks.sort_by(|one, other| {
            let key = |clock: &KeptClock| (clock.due_at, clock.kind, clock.started_at);
            key(one)
                .cmp(&key(other))
                .then_with(|| (&one.episode, one.place, end(one)).cmp(&(&other.episode, other.place, end(other))))
        });
        (subject, clocks)
    });
    children.collect()
}

/// Fills a read model with made-up clocks and makes it the one that is read.
pub async fn fill(store: &dyn Store) {
    let lines: Vec<String> = (1..=CHILDREN)
        .map(|child| format!("2021-01-04T10:00 referral.received r1 s17 | child={}\n", child * 37 % 101))
        .collect();
    store.take(table(&lines.concat()), received(0)).await.unwrap();
    let mut rows = Vec::new();
    for (subject, clocks) in made_up() {
        let number = store.subject_number(&subject).await.unwrap().expect("a number");
        let (locality, team, worker) = HOLDERS[clocks.len() % HOLDERS.len()];
        rows.push(SubjectRows {
            number,
            subject,
            derived_at: at(),
            changes_at: None,
            locality: locality.into(),
            team: team.map(Into::into),
            worker: worker.map(Into::into),
            date_of_birth: Some(today()),
            states: vec!["one".to_owned(), "two".to_owned()],
            events: 1,
            clocks,
            findings: Vec::new(),
        });
    }
    let model = store.begin_read_model("x", u64::from(CHILDREN), received(0)).await.unwrap();
    store.fill(model.slot, rows).await.unwrap();
    store.finish(model.slot).await.unwrap();
    store.switch_to(model.slot).await.unwrap();
}

/// A question, in what order, and in pages of how many.
#[derive(Clone, Debug)]
pub struct Asked {
    query: ClockQuery,
    order: Order,
    limit: u32,
}

fn names(all: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        3 => Just(Vec::new()),
        2 => subsequence(all, 1..=all.len()).prop_map(|names| names.into_iter().map(str::to_owned).collect()),
    ]
}

/// Questions of every sort.
pub fn asked() -> impl Strategy<Value = Asked> {
    let kinds = prop_oneof![Just(Vec::new()), subsequence(vec![0, 3, 6, 9, 12, 1], 1..4)];
    let filter = (
        kinds,
        subsequence(Status::ALL.to_vec(), 0..=6),
        names(&["G", "S", "Unallocated", "Nowhere"]),
        names(&["G1", "G2", ""]),
        names(&["SW1", "SW2"]),
    );
    let filter = filter.prop_map(|(kinds, statuses, localities, teams, workers)| WorklistFilter {
        kinds,
        statuses,
        localities,
        teams,
        workers,
    });
    let late = || proptest::option::weighted(0.2, 0..10_u32);
    let hours = select(vec![0, 10, 23, 24, 24 * 5, -24 * 4]);
    let orders = select(vec![Order::Due, Order::Due, Order::Subject, Order::Clock, Order::Holder]);
    let limit = prop_oneof![1..7_u32, Just(1_000)];
    (filter, late(), late(), hours, orders, limit).prop_map(|(filter, late_from, late_to, hours, order, limit)| {
        let at = start_of_day(today()).plus_hours(hours);
        let soon = due_soon_until(at, default_rulebook());
        Asked { query: ClockQuery { at, soon, filter, late_from, late_to }, order, limit }
    })
}

/// All rows as at an instant, in the order of the worklist.
fn rows_at(at: Instant) -> Vec<Row> {
    let rulebook = default_rulebook();
    let rows = made_up()
        .into_iter()
        .flat_map(|(subject, clocks)| clocks.into_iter().map(move |clock| clock.row(subject.clone(), at, rulebook)));
    let mut rows: Vec<Row> = rows.collect();
    sort_rows(&mut rows);
    rows
}

fn sort_by(order: Order, rows: &mut [Row]) {
    sort_rows(rows);
    match order {
        Order::Due => {}
        Order::Subject => rows.sort_by(|one, other| one.subject.cmp(&other.subject)),
        Order::Clock => rows.sort_by_key(|row| row.kind),
        Order::Holder => rows.sort_by(|one, other| {
            let holder = |row: &Row| (row.locality.clone(), row.team.clone(), row.worker.clone());
            holder(one).cmp(&holder(other))
        }),
    }
}

/// List, groups, count, tally and the rows themselves say the same.
pub async fn agree(store: &dyn Store, asked: Asked) {
    let slot = store.read_model().await.unwrap().expect("a read model").slot;
    let mut expected: Vec<Row> =
        rows_at(asked.query.at).into_iter().filter(|row| asked.query.lets_through(row)).collect();
    sort_by(asked.order, &mut expected);
    assert_eq!(store.count(slot, &asked.query).await.unwrap(), expected.len() as u64);
    assert_eq!(all_clocks(store, slot, &asked).await, expected);
    let groups = all_groups(store, slot, &asked).await;
    let mut seen = BTreeSet::new();
    let firsts: Vec<Subject> =
        expected.iter().map(|row| row.subject.clone()).filter(|subject| seen.insert(subject.clone())).collect();
    assert_eq!(groups.iter().map(|group| group.subject.clone()).collect::<Vec<_>>(), firsts);
    for group in groups {
        let mut of_subject: Vec<Row> = expected.iter().filter(|row| row.subject == group.subject).cloned().collect();
        sort_rows(&mut of_subject);
        assert_eq!(group.rows, of_subject);
    }
    assert_eq!(store.counts(slot, &asked.query).await.unwrap(), expected_counts(&asked.query));
    what_is_due(store, slot, &asked).await;
    let all: BTreeSet<Holder> = rows_at(at())
        .into_iter()
        .map(|row| Holder { locality: row.locality, team: row.team, worker: row.worker })
        .collect();
    assert_eq!(store.holders(slot).await.unwrap(), all.into_iter().collect::<Vec<_>>());
}

async fn all_clocks(store: &dyn Store, slot: Slot, asked: &Asked) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = store
            .clocks(slot, &asked.query, asked.order, after.as_ref(), asked.limit, default_rulebook())
            .await
            .unwrap();
        assert!(page.rows.len() <= asked.limit as usize);
        assert!(page.next.is_none() || page.rows.len() == asked.limit as usize, "only the last page is short");
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

async fn all_groups(store: &dyn Store, slot: Slot, asked: &Asked) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = store
            .groups(slot, &asked.query, asked.order, after.as_ref(), asked.limit, default_rulebook())
            .await
            .unwrap();
        assert!(page.rows.len() <= asked.limit as usize);
        groups.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return groups;
        }
    }
}

fn expected_counts(query: &ClockQuery) -> Vec<Count> {
    let running = vec![Status::OnTrack, Status::DueSoon, Status::Overdue];
    let filter = WorklistFilter { statuses: running, ..query.filter.clone() };
    let query = ClockQuery { filter, ..query.clone() };
    let mut counts: BTreeMap<(usize, String), Count> = BTreeMap::new();
    for row in rows_at(query.at).into_iter().filter(|row| query.lets_through(row)) {
        let empty = Count { kind: row.kind, locality: row.locality.clone(), on_track: 0, due_soon: 0, overdue: 0 };
        let count = counts.entry((row.kind, row.locality.to_string())).or_insert(empty);
        match row.status {
            Status::OnTrack => count.on_track += 1,
            Status::DueSoon => count.due_soon += 1,
            Status::Overdue => count.overdue += 1,
            Status::Met | Status::Late | Status::Cancelled => panic!("{row:?} does not run"),
        }
    }
    counts.into_values().collect()
}

async fn what_is_due(store: &dyn Store, slot: Slot, asked: &Asked) {
    let after = asked.query.at;
    let to = after.plus_hours(30);
    let mut running = rows_at(to);
    running.retain(|row| row.stopped_at.is_none());
    let next = running.iter().map(|row| row.due_at).filter(|due_at| *due_at > after).min();
    assert_eq!(store.next_due(slot, after).await.unwrap(), next);
    running.retain(|row| row.due_at > after && row.due_at <= to);
    running.truncate(asked.limit as usize);
    assert!(running.iter().all(|row| row.status == Status::Overdue && local_date(to) >= today().plus_days(-20)));
    assert_eq!(store.turned_overdue(slot, after, to, asked.limit, default_rulebook()).await.unwrap(), running);
}

/// A cursor that is cut, made up, or of another list is refused, and never leads anywhere else.
pub async fn no_such_place(store: &dyn Store) {
    fill(store).await;
    let slot = store.read_model().await.unwrap().expect("a read model").slot;
    let filter = WorklistFilter { statuses: Status::ALL.to_vec(), ..WorklistFilter::default() };
    let query = ClockQuery { at: at(), soon: today(), filter, late_from: None, late_to: None };
    let page = store.clocks(slot, &query, Order::Due, None, 3, default_rulebook()).await.unwrap();
    let Cursor(place) = page.next.expect("a next page");
    for bad in ["", "0", "zz", "+1", "00", &place[2..], &place[..place.len() - 2], &"7".repeat(100_000), "ä"] {
        let found = store.clocks(slot, &query, Order::Due, Some(&Cursor(bad.to_owned())), 3, default_rulebook()).await;
        assert!(matches!(found, Err(StoreError::NoSuchPlace)), "{bad}: {found:?}");
    }
    let other = Cursor(place);
    assert!(matches!(
        store.clocks(slot, &query, Order::Clock, Some(&other), 3, default_rulebook()).await,
        Err(StoreError::NoSuchPlace)
    ));
    assert!(matches!(store.findings(slot, "x", Some(&other), 3).await, Err(StoreError::NoSuchPlace)));
    let none = store.clocks(slot, &query, Order::Due, None, 0, default_rulebook()).await.unwrap();
    assert!(none.rows.is_empty());
}

/// The lists of findings, page by page, are the findings of the rows.
pub async fn all_findings(store: &dyn Store, slot: Slot, rows: &[SubjectRows]) {
    let mut expected: BTreeMap<String, Vec<(Subject, FindingRow)>> = BTreeMap::new();
    for rows in rows {
        for finding in &rows.findings {
            expected.entry(finding.kind.clone()).or_default().push((rows.subject.clone(), finding.clone()));
        }
    }
    let counts: Vec<(String, u64)> = expected.iter().map(|(kind, all)| (kind.clone(), all.len() as u64)).collect();
    assert_eq!(store.finding_counts(slot).await.unwrap(), counts);
    for (kind, expected) in expected {
        let mut found = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let page = store.findings(slot, &kind, after.as_ref(), 2).await.unwrap();
            found.extend(page.rows.into_iter().map(|listed| (listed.subject, listed.finding)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, expected);
    }
}
