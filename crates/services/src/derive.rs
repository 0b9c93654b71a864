//! From the events of families to the rows of the read model.

use calendar::Instant;
use engine::{Accepted, Case, History, KeptClock, Offer, Record, findings};
use rayon::prelude::*;
use rulebook::Rulebook;
use std::collections::HashMap;
use store::ledger::{Position, Stored, SubjectNumber};
use store::read_model::{FindingRow, SubjectRows};
use store::{Family, Store, StoreError, StoreResult};
use vocabulary::{Checker, Subject};

/// A family with its events, and its members by name.
pub struct FamilyEvents {
    pub members: Family,
    pub subjects: Vec<(SubjectNumber, Subject)>,
    pub events: Vec<Stored>,
}

/// How many subjects are asked for at once.
const SUBJECTS_AT_ONCE: usize = 5_000;

/// The events of families up to a position.
pub async fn events_of(store: &dyn Store, families: Vec<Family>, to: Position) -> StoreResult<Vec<FamilyEvents>> {
    let numbers: Vec<SubjectNumber> = families.iter().flatten().copied().collect();
    let mut family_of: HashMap<SubjectNumber, usize> = HashMap::with_capacity(numbers.len());
    for (place, family) in families.iter().enumerate() {
        family_of.extend(family.iter().map(|number| (*number, place)));
    }
    let mut all: Vec<FamilyEvents> = families
        .into_iter()
        .map(|members| FamilyEvents { members, subjects: Vec::new(), events: Vec::new() })
        .collect();
    for some in numbers.chunks(SUBJECTS_AT_ONCE) {
        for (number, subject) in store.subjects(some).await? {
            let family = family_of.get(&number).and_then(|place| all.get_mut(*place));
            family.ok_or_else(|| unknown(number))?.subjects.push((number, subject));
        }
        for event in store.events_of(some, to).await? {
            let family = family_of.get(&event.subject).and_then(|place| all.get_mut(*place));
            family.ok_or_else(|| unknown(event.subject))?.events.push(event);
        }
    }
    Ok(all)
}

fn unknown(number: SubjectNumber) -> StoreError {
    StoreError::Damaged(format!("an answer names subject number {number}, which was not asked for"))
}

/// The events as the engine takes them.
pub fn accept(events: &[Stored]) -> StoreResult<Accepted> {
    let mut checker = Checker::new();
    let mut accepted = Accepted::new();
    for stored in events {
        let event = checker.check_received(&stored.bytes, stored.received).map_err(|refusal| {
            StoreError::Damaged(format!("the event at position {} is not acceptable: {refusal}", stored.position))
        })?;
        if accepted.offer(event) != Offer::New {
            return Err(StoreError::Damaged(format!("the event at position {} is there twice", stored.position)));
        }
    }
    Ok(accepted)
}

/// The rows of families as at an instant, by number, on as many threads as there are.
pub fn derive(families: &[FamilyEvents], at: Instant, rulebook: &Rulebook) -> StoreResult<Vec<SubjectRows>> {
    let each = families.par_iter().with_min_len(16).map(|family| derive_family(family, at, rulebook));
    let rows: Vec<Vec<SubjectRows>> = each.collect::<StoreResult<_>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// The rows of one family as at an instant.
pub fn derive_family(family: &FamilyEvents, at: Instant, rulebook: &Rulebook) -> StoreResult<Vec<SubjectRows>> {
    let accepted = accept(&family.events)?;
    let record = Record::as_known(&accepted, None);
    let mut rows = Vec::new();
    for bundle in record.bundles() {
        let Some(history) = History::of(&bundle, at) else { continue };
        let case = Case::of(&history, rulebook);
        let number = family.subjects.iter().find(|(_, subject)| subject == case.subject());
        let Some((number, _)) = number else {
            let why = format!("{} has events and no number", case.subject());
            return Err(StoreError::Damaged(why));
        };
        rows.push(subject_rows(*number, &case, bundle.len() as u64));
    }
    rows.sort_unstable_by_key(|rows| rows.number);
    Ok(rows)
}

fn subject_rows(number: SubjectNumber, case: &Case<'_, '_, '_>, events: u64) -> SubjectRows {
    let whose = case.whose(case.at());
    let holds = case.rulebook().states_with_ids().filter(|(id, _)| case.holds(*id, case.at()));
    SubjectRows {
        number,
        subject: case.subject().clone(),
        derived_at: case.at(),
        changes_at: case.next_change(),
        locality: whose.locality.into(),
        team: whose.team.map(Into::into),
        worker: whose.worker.map(Into::into),
        date_of_birth: case.history().date_of_birth(),
        states: holds.map(|(_, state)| state.id.clone()).collect(),
        events,
        clocks: KeptClock::all(case),
        findings: findings(case).into_iter().map(finding_row).collect(),
    }
}

fn finding_row(finding: engine::Finding<'_>) -> FindingRow {
    FindingRow {
        kind: finding.kind.as_str().to_owned(),
        event: finding.event.map(|event| (event.source.to_string(), event.id.to_string())),
        detail: finding.detail,
    }
}
