//! Workers: who has left, how much they work, whose they are, and how many children they hold.

use super::{Contribution, Frame, Part, Sink};
use crate::allocation::{UNALLOCATED, Whose};
use crate::case::Case;
use crate::interval::{Interval, Intervals, NEVER};
use calendar::Instant;
use hashbrown::HashMap;
use rulebook::What;
use vocabulary::{Data, Number, Subject};

/// What is known of one worker as at the instant asked about.
#[derive(Clone, Debug)]
pub struct Worker {
    left: Intervals,
    fte: Option<Number>,
    locality: String,
    team: Option<String>,
}

/// All workers of whom something is on record. Built from the workers' own cases before the children's are asked, as
/// a child whose worker has left has nobody.
#[derive(Clone, Debug, Default)]
pub struct Workforce(HashMap<String, Worker>);

impl Workforce {
    /// Adds what a worker's case says. The case of any other subject adds nothing.
    pub fn add(&mut self, case: &Case<'_, '_, '_>) {
        let Subject::Worker(id) = case.subject() else { return };
        let mut fte = None;
        let mut left: Vec<(Instant, bool)> = Vec::new();
        for moment in case.history().moments() {
            if let Data::WorkerUpdated(update) = &moment.event.data {
                fte = Some(update.fte);
                left.extend(update.left.map(|left| (moment.occurred(), left)));
            }
        }
        let whose = case.whose(case.at());
        let worker =
            Worker { left: gone(&left), fte, locality: whose.locality.to_owned(), team: whose.team.map(str::to_owned) };
        self.0.insert(id.to_string(), worker);
    }

    /// Both together; of different workers.
    #[must_use]
    pub fn and(mut self, other: Workforce) -> Workforce {
        self.0.extend(other.0);
        self
    }

    /// The parts of an interval in which the worker had not left, in order.
    pub(super) fn there(&self, worker: &str, interval: Interval) -> Vec<Interval> {
        let whole = Intervals::union_of(vec![interval]);
        match self.0.get(worker) {
            None => whole.iter().collect(),
            Some(worker) => whole.without(&worker.left).iter().collect(),
        }
    }

    fn whose<'w>(&'w self, worker: &'w str) -> Whose<'w> {
        let known = self.0.get(worker);
        Whose {
            locality: known.map_or(UNALLOCATED, |known| &known.locality),
            team: known.and_then(|known| known.team.as_deref()),
            worker: Some(worker),
        }
    }

    fn has_left(&self, worker: &str, at: Instant) -> bool {
        self.0.get(worker).is_some_and(|worker| worker.left.at(at).is_some())
    }
}

/// When somebody who said so at those instants was gone.
fn gone(said: &[(Instant, bool)]) -> Intervals {
    let until = said.iter().skip(1).map(|(instant, _)| *instant).chain([NEVER]);
    let spells = said.iter().zip(until).filter(|((_, left), _)| *left);
    Intervals::union_of(spells.map(|((from, _), to)| Interval { from: *from, to }).collect())
}

/// Gives the workers' parts of a measure of caseload, when all children have been counted: `held` is the number of
/// children per worker.
#[expect(clippy::wildcard_enum_match_arm, reason = "children are held for measures of caseload only")]
pub(super) fn give_caseloads(
    held: &HashMap<String, u64>,
    position: usize,
    frame: &Frame<'_>,
    workforce: &Workforce,
    sink: &mut dyn Sink,
) {
    let Some(measure) = frame.rulebook.measures.get(position) else { return };
    for (worker, children) in held {
        if workforce.has_left(worker, frame.at) {
            continue;
        }
        let known = workforce.0.get(worker).and_then(|worker| worker.fte);
        let part = match &measure.what {
            What::Caseload { at_most, .. } => Some(share(*children, *at_most, known)),
            What::CaseloadBands { bands, .. } => known.and_then(|fte| band(*children, bands, fte)),
            _ => None,
        };
        if let Some(part) = part {
            let subject = Subject::Worker(worker.as_str().into());
            sink.take(Contribution { measure: position, subject: &subject, whose: workforce.whose(worker), part });
        }
    }
}

/// At most so many children per full-time equivalent; none or 0 of it does not satisfy.
fn share(children: u64, at_most: u32, fte: Option<Number>) -> Part<'static> {
    let met = fte.is_some_and(|fte| {
        let (mantissa, places) = fte.ratio();
        mantissa > 0 && i128::from(children) * 10i128.pow(places) <= i128::from(at_most) * mantissa
    });
    Part::Share { met, missing: fte.is_none() }
}

/// The band of children per full-time equivalent, rounded up; a worker with 0 of it is left out.
fn band(children: u64, bands: &[u32], fte: Number) -> Option<Part<'static>> {
    let (mantissa, places) = fte.ratio();
    if mantissa <= 0 {
        return None;
    }
    let per_fte = (i128::from(children) * 10i128.pow(places) + mantissa - 1) / mantissa;
    let position = bands.iter().position(|last| per_fte <= i128::from(*last)).unwrap_or(bands.len());
    Some(Part::Band(position))
}
