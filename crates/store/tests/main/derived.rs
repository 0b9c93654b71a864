//! Rows of the read model for these tests: derived by the engine as services do, or made up.

use calendar::Instant;
use engine::{Case, History, KeptClock, Record};
use rulebook::{Rulebook, default_rulebook};
use store::Store;
use store::ledger::SubjectNumber;
use store::read_model::{Derived, FindingRow, SubjectRows};
use testkit::accepted;
use vocabulary::{Checker, Event};

/// The instant that all derived rows are as at: before most histories of the kit end, so that clocks run.
pub fn at() -> Instant {
    testkit::instant("2021-03-01T12:00")
}

/// The rows of whole families, from their events up to a position.
pub async fn derive(store: &dyn Store, subjects: &[SubjectNumber], to: u64) -> Derived {
    let mut derived = Derived::default();
    for family in store.families(subjects).await.unwrap() {
        let stored = store.events_of(&family, to).await.unwrap();
        let mut checker = Checker::new();
        let events: Vec<Event> =
            stored.iter().map(|stored| checker.check_received(&stored.bytes, stored.received).unwrap()).collect();
        derived.subjects.extend(rows(store, &events).await);
        derived.numbers.extend(family);
    }
    derived
}

async fn rows(store: &dyn Store, events: &[Event]) -> Vec<SubjectRows> {
    let rulebook = default_rulebook();
    let mut all: Vec<SubjectRows> = {
        let accepted = accepted(events);
        let record = Record::as_known(&accepted, None);
        let histories: Vec<History<'_>> =
            record.bundles().iter().filter_map(|bundle| History::of(bundle, at())).collect();
        histories.iter().map(|history| rows_of(&Case::of(history, rulebook), rulebook)).collect()
    };
    for rows in &mut all {
        rows.number = store.subject_number(&rows.subject).await.unwrap().expect("a number");
    }
    all
}

fn rows_of(case: &Case<'_, '_, '_>, rulebook: &Rulebook) -> SubjectRows {
    let whose = case.whose(at());
    let states = rulebook.states.iter().take(case.history().moments().len()).map(|state| state.id.clone());
    SubjectRows {
        number: 0,
        subject: case.subject().clone(),
        derived_at: at(),
        changes_at: case.next_change(),
        locality: whose.locality.into(),
        team: whose.team.map(Into::into),
        worker: whose.worker.map(Into::into),
        date_of_birth: case.history().date_of_birth(),
        states: states.collect(),
        events: case.history().moments().len() as u64,
        clocks: KeptClock::all(case),
        findings: engine::findings(case)
            .into_iter()
            .map(|finding| FindingRow {
                kind: finding.kind.as_str().to_owned(),
                event: finding.event.map(|event| (event.source.to_string(), event.id.to_string())),
                detail: finding.detail,
            })
            .collect(),
    }
}
