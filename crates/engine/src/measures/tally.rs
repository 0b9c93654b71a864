//! Adding up contributions, for the county and for each group.

use super::workforce::give_caseloads;
use super::{Contribution, Frame, Part, Sink, Workforce};
use crate::allocation::{UNALLOCATED, Whose};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// By what figures are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The county alone.
    County,
    /// By locality.
    Locality,
    /// By team; one name in two localities is one group.
    Team,
    /// By worker.
    Worker,
}

impl By {
    fn group<'c>(self, whose: &Whose<'c>) -> Option<&'c str> {
        match self {
            By::County => None,
            By::Locality => Some(whose.locality),
            By::Team => Some(whose.team.unwrap_or(UNALLOCATED)),
            By::Worker => Some(whose.worker.unwrap_or(UNALLOCATED)),
        }
    }
}

/// What has been added up for one measure and group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Those in the numerator.
    pub numerator: u64,
    /// Those in the denominator; of counts, those counted; of means, those with a value.
    pub denominator: u64,
    /// Those in the denominator of whom nothing is recorded.
    pub missing: u64,
    /// The sum of the values, in units of 10⁻¹⁸.
    pub sum: i128,
    /// Those counted per band, by its position.
    pub bands: BTreeMap<usize, u64>,
    /// Those counted per value.
    pub values: BTreeMap<String, u64>,
}

/// The decimal places of [`Cell::sum`].
pub const SUM_PLACES: u32 = 18;

impl Cell {
    fn take(&mut self, part: Part<'_>) {
        self.denominator += 1;
        match part {
            Part::Share { met, missing } => {
                self.numerator += u64::from(met);
                self.missing += u64::from(missing);
            }
            Part::One | Part::Held(_) => {}
            Part::Band(position) => *self.bands.entry(position).or_default() += 1,
            Part::Value(value) => match self.values.get_mut(value) {
                Some(count) => *count += 1,
                None => {
                    self.values.insert(value.to_owned(), 1);
                }
            },
            Part::Amount(amount) => {
                let (mantissa, places) = amount.ratio();
                let scaled = mantissa.saturating_mul(10i128.pow(SUM_PLACES.saturating_sub(places)));
                self.sum = self.sum.saturating_add(scaled);
            }
        }
    }

    fn add(&mut self, other: Cell) {
        self.numerator += other.numerator;
        self.denominator += other.denominator;
        self.missing += other.missing;
        self.sum = self.sum.saturating_add(other.sum);
        for (position, count) in other.bands {
            *self.bands.entry(position).or_default() += count;
        }
        for (value, count) in other.values {
            *self.values.entry(value).or_default() += count;
        }
    }
}

/// Contributions added up per measure. Two tallies of different subjects add up to that of all of them.
#[derive(Clone, Debug)]
pub struct Tally {
    by: By,
    county: HashMap<usize, Cell>,
    groups: HashMap<usize, HashMap<String, Cell>>,
    /// Per measure of caseload: children per worker.
    held: HashMap<usize, HashMap<String, u64>>,
}

impl Tally {
    /// Nothing added up yet.
    pub fn new(by: By) -> Tally {
        Tally { by, county: HashMap::new(), groups: HashMap::new(), held: HashMap::new() }
    }

    /// Adds another tally, of other subjects.
    pub fn add(&mut self, other: Tally) {
        for (measure, cell) in other.county {
            self.county.entry(measure).or_default().add(cell);
        }
        for (measure, groups) in other.groups {
            let mine = self.groups.entry(measure).or_default();
            for (group, cell) in groups {
                mine.entry(group).or_default().add(cell);
            }
        }
        for (measure, workers) in other.held {
            let mine = self.held.entry(measure).or_default();
            for (worker, children) in workers {
                *mine.entry(worker).or_default() += children;
            }
        }
    }

    /// Adds the workers' parts, when all children have been counted.
    pub fn close(&mut self, frame: &Frame<'_>, workforce: &Workforce) {
        for (measure, workers) in std::mem::take(&mut self.held) {
            give_caseloads(&workers, measure, frame, workforce, self);
        }
    }

    /// What was added up for the whole county.
    pub fn county(&self, measure: usize) -> Cell {
        self.county.get(&measure).cloned().unwrap_or_default()
    }

    /// What was added up for each group, in no particular order.
    pub fn groups(&self, measure: usize) -> impl Iterator<Item = (&str, &Cell)> {
        self.groups.get(&measure).into_iter().flatten().map(|(group, cell)| (group.as_str(), cell))
    }
}

impl Sink for Tally {
    fn take(&mut self, contribution: Contribution<'_>) {
        let Contribution { measure, whose, part, .. } = contribution;
        if let Part::Held(worker) = part {
            *self.held.entry(measure).or_default().entry_ref(worker).or_default() += 1;
            return;
        }
        self.county.entry(measure).or_default().take(part);
        if let Some(group) = self.by.group(&whose) {
            self.groups.entry(measure).or_default().entry_ref(group).or_default().take(part);
        }
    }
}
