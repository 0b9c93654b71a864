//! What differs between the clocks that were and those that are.

use super::holders::Ids;
use super::rows::{KeptRow, RUNNING, code, kind_code};
use engine::KeptClock;
use hashbrown::HashMap;

/// Clocks that may be the same have the same of these.
type Likeness = (usize, i64, i64, u32);

fn likeness(clock: &KeptClock) -> Likeness {
    (clock.kind, clock.started_at.micros(), clock.due_at.micros(), clock.place)
}

/// Takes away from two lists of one subject's clocks those that are in both, as often as they are in both, and leaves
/// the rest of each in order.
pub(super) fn differing<'c>(
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
pub(super) struct Tallied {
    /// By outcome, holder and kind.
    pub(super) all: HashMap<(i64, i64, i64), i64>,
    /// Of running clocks, by locality, kind, `due_at` and due day.
    pub(super) due: HashMap<(i64, i64, i64, i64), i64>,
}

impl Tallied {
    /// Of running clocks, by locality and kind.
    pub(super) fn running(&self) -> HashMap<(i64, i64), i64> {
        let mut running: HashMap<(i64, i64), i64> = HashMap::new();
        for ((locality, kind, _, _), by) in &self.due {
            *running.entry((*locality, *kind)).or_default() += by;
        }
        running
    }

    /// Counts a clock that was.
    pub(super) fn take_away(&mut self, row: &KeptRow) {
        self.count(&row.clock, row.ids, -1);
    }

    /// Counts a clock that is.
    pub(super) fn add(&mut self, clock: &KeptClock, ids: Ids) {
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
