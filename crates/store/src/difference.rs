//! What differs between the rows of subjects that were and those that are.

use crate::ledger::SubjectNumber;
use crate::questions::holders::{Ids, Numbered, of_clock};
use crate::questions::rows::{
    ClockToWrite, FindingToWrite, Kept, KeptRow, RUNNING, clocks_to_write, code, findings_to_write, kind_code,
};
use crate::read_model::{ChangedClock, Derived, Difference, FindingRow};
use crate::store::StoreResult;
use engine::KeptClock;
use hashbrown::HashMap;
use std::collections::{BTreeMap, HashSet};
use vocabulary::Subject;

/// The place of a row: its subject, and its ordinal there.
pub(crate) type Place = (SubjectNumber, i64);

/// What is to be written so that the rows that are kept become those that were derived: as little as differs.
pub(crate) struct Changes<'d> {
    /// What listeners are told.
    pub(crate) difference: Difference,
    /// What is to be added to the tallies.
    pub(crate) tallied: Tallied,
    /// Subjects that have no rows any more.
    pub(crate) gone_subjects: Vec<SubjectNumber>,
    /// Places at which there are no clocks any more.
    pub(crate) gone_clocks: Vec<Place>,
    /// Places at which there are no findings any more.
    pub(crate) gone_findings: Vec<Place>,
    /// Clocks that are new or differ from those at their places.
    pub(crate) clocks: Vec<ClockToWrite<'d>>,
    /// Findings that are new or differ from those at their places.
    pub(crate) findings: Vec<FindingToWrite<'d>>,
}

impl<'d> Changes<'d> {
    /// Between what is kept of the subjects and what was derived of them.
    pub(crate) fn between(kept: &Kept, derived: &'d Derived, numbered: &Numbered) -> StoreResult<Changes<'d>> {
        let (difference, tallied) = compare(kept, derived, numbered)?;
        let there: HashSet<SubjectNumber> = derived.subjects.iter().map(|rows| rows.number).collect();
        let (clocks, gone_clocks) = differing_clocks(kept, derived, numbered)?;
        let (findings, gone_findings) = differing_findings(kept, derived);
        let gone = kept.subjects.iter().map(|(rows, _)| rows.number).filter(|number| !there.contains(number));
        Ok(Changes { difference, tallied, gone_subjects: gone.collect(), gone_clocks, gone_findings, clocks, findings })
    }
}

fn differing_clocks<'d>(
    kept: &Kept,
    derived: &'d Derived,
    numbered: &Numbered,
) -> StoreResult<(Vec<ClockToWrite<'d>>, Vec<Place>)> {
    let mut old: HashMap<Place, &KeptClock> =
        kept.clocks.iter().map(|row| ((row.subject, row.ordinal), &row.clock)).collect();
    let mut new = clocks_to_write(&derived.subjects, numbered)?;
    new.retain(|row| old.remove(&(row.subject, row.ordinal)).is_none_or(|kept| kept != row.clock));
    Ok((new, old.into_keys().collect()))
}

fn differing_findings<'d>(kept: &Kept, derived: &'d Derived) -> (Vec<FindingToWrite<'d>>, Vec<Place>) {
    let mut old: HashMap<Place, &FindingRow> =
        kept.findings.iter().map(|(subject, ordinal, finding)| ((*subject, *ordinal), finding)).collect();
    let mut new = findings_to_write(&derived.subjects);
    new.retain(|row| old.remove(&(row.subject, row.ordinal)).is_none_or(|kept| kept != row.finding));
    (new, old.into_keys().collect())
}

/// What changed, and what that does to the tallies.
fn compare(kept: &Kept, derived: &Derived, numbered: &Numbered) -> StoreResult<(Difference, Tallied)> {
    let mut subjects: BTreeMap<SubjectNumber, &Subject> =
        kept.subjects.iter().map(|(rows, _)| (rows.number, &rows.subject)).collect();
    subjects.extend(derived.subjects.iter().map(|rows| (rows.number, &rows.subject)));
    let mut before: BTreeMap<SubjectNumber, Vec<&KeptRow>> = BTreeMap::new();
    for row in &kept.clocks {
        before.entry(row.subject).or_default().push(row);
    }
    let after: HashMap<SubjectNumber, &[KeptClock]> =
        derived.subjects.iter().map(|rows| (rows.number, rows.clocks.as_slice())).collect();
    let mut difference = Difference::default();
    let mut tallied = Tallied::default();
    for (number, subject) in subjects {
        let rows = before.remove(&number).unwrap_or_default();
        let clocks = after.get(&number).copied().unwrap_or_default();
        let (removed, added) = differing(rows.iter().map(|row| &row.clock), clocks.iter());
        let changed = |clock: &KeptClock| ChangedClock { subject: subject.clone(), clock: clock.clone() };
        difference.removed.extend(removed.into_iter().map(changed));
        difference.added.extend(added.into_iter().map(changed));
        rows.iter().for_each(|row| tallied.take_away(row));
        for clock in clocks {
            tallied.add(clock, numbered.of(&of_clock(clock))?);
        }
    }
    Ok((difference, tallied))
}

/// Clocks that may be the same have the same of these.
type Likeness = (usize, i64, i64, u32);

fn likeness(clock: &KeptClock) -> Likeness {
    (clock.kind, clock.started_at.micros(), clock.due_at.micros(), clock.place)
}

/// Takes away from two lists of one subject's clocks those that are in both, as often as they are in both, and leaves
/// the rest of each in order.
fn differing<'c>(
    old: impl Iterator<Item = &'c KeptClock>,
    new: impl Iterator<Item = &'c KeptClock>,
) -> (Vec<&'c KeptClock>, Vec<&'c KeptClock>) {
    let old: Vec<&KeptClock> = old.collect();
    let mut unmatched: HashMap<Likeness, Vec<usize>> = HashMap::new();
    for (place, clock) in old.iter().enumerate() {
        unmatched.entry(likeness(clock)).or_default().push(place);
    }
    let mut matched = vec![false; old.len()];
    let mut added = Vec::new();
    for clock in new {
        let alike = unmatched.get_mut(&likeness(clock));
        let same = alike.and_then(|places| {
            let at = places.iter().position(|place| old.get(*place).is_some_and(|other| *other == clock))?;
            Some(places.swap_remove(at))
        });
        match same.and_then(|place| matched.get_mut(place)) {
            Some(matched) => *matched = true,
            None => added.push(clock),
        }
    }
    let removed = old.into_iter().zip(matched).filter(|(_, matched)| !matched).map(|(clock, _)| clock).collect();
    (removed, added)
}

/// What is to be added to the tallies; below 0: to be taken away.
#[derive(Default)]
pub(crate) struct Tallied {
    /// By outcome, holder and kind.
    pub(crate) all: HashMap<(i64, i64, i64), i64>,
    /// Of running clocks, by locality, kind, `due_at` and due day.
    pub(crate) due: HashMap<(i64, i64, i64, i64), i64>,
}

impl Tallied {
    /// Of running clocks, by locality and kind.
    pub(crate) fn running(&self) -> HashMap<(i64, i64), i64> {
        let mut running: HashMap<(i64, i64), i64> = HashMap::new();
        for ((locality, kind, _, _), by) in &self.due {
            *running.entry((*locality, *kind)).or_default() += by;
        }
        running
    }

    /// Counts a clock that was.
    fn take_away(&mut self, row: &KeptRow) {
        self.count(&row.clock, row.ids, -1);
    }

    /// Counts a clock that is.
    pub(crate) fn add(&mut self, clock: &KeptClock, ids: Ids) {
        self.count(clock, ids, 1);
    }

    fn count(&mut self, clock: &KeptClock, ids: Ids, by: i64) {
        let (outcome, kind) = (code(clock), kind_code(clock.kind));
        *self.all.entry((outcome, ids.holder, kind)).or_default() += by;
        if outcome == RUNNING {
            let due = (ids.locality, kind, clock.due_at.micros(), i64::from(clock.due_day().days()));
            *self.due.entry(due).or_default() += by;
        }
    }
}
