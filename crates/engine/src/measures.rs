//! Measures: what each subject contributes to them, and the figures that come of it (domain.md section 6).

mod clocks;
mod events;
mod facts;
mod figures;
mod states;
mod tally;
mod travel;
mod workforce;

use crate::allocation::Whose;
use crate::case::Case;
use calendar::london::local_date;
use calendar::{Date, Instant, Period};
use rulebook::{Measure, Rulebook, What};
use vocabulary::{Number, Subject};

pub(crate) use facts::latest_fact;
pub use figures::{COUNTY, Figure, FigureStatus, FigureValue, Ratio, band, figures};
pub use tally::{By, Cell, Tally};
pub use travel::{Direction, Travel, travel};
pub use workforce::Workforce;

/// The question that measures answer: a period, cut at an instant.
#[derive(Clone, Debug)]
pub struct Frame<'r> {
    /// The rules.
    pub rulebook: &'r Rulebook,
    /// The period, which bounds the events.
    pub period: Period,
    /// Its first instant.
    pub start: Instant,
    /// Its last instant.
    pub end: Instant,
    /// The instant at which the question cuts.
    pub at: Instant,
    /// The local date of `at`.
    pub at_date: Date,
}

impl<'r> Frame<'r> {
    /// A period as at an instant.
    pub fn of(rulebook: &'r Rulebook, period: Period, at: Instant) -> Frame<'r> {
        let (start, end) = (period.start(), period.end());
        Frame { rulebook, period, start, end, at, at_date: local_date(at) }
    }

    /// Whether an instant lies in the period.
    pub fn contains(&self, instant: Instant) -> bool {
        self.start <= instant && instant <= self.end
    }
}

/// What one clock, event or subject adds to a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part<'c> {
    /// One in the denominator.
    Share {
        /// Whether it is in the numerator.
        met: bool,
        /// Whether nothing is recorded that could tell.
        missing: bool,
    },
    /// One counted.
    One,
    /// One counted in the band of that position.
    Band(usize),
    /// One counted for that value.
    Value(&'c str),
    /// A value of which the mean is taken.
    Amount(Number),
    /// A child held by that worker; the worker's own part follows when all children are counted.
    Held(&'c str),
}

/// A part, whose it is, and who is behind it.
#[derive(Clone, Copy, Debug)]
pub struct Contribution<'c> {
    /// The position of the measure in the rulebook.
    pub measure: usize,
    /// The subject behind it.
    pub subject: &'c Subject,
    /// The locality, team and worker that it counts for.
    pub whose: Whose<'c>,
    /// What it adds.
    pub part: Part<'c>,
}

/// Takes contributions: a tally, or a list of the children behind a figure.
pub trait Sink {
    /// Takes one.
    fn take(&mut self, contribution: Contribution<'_>);
}

/// Gives all that a subject contributes to the measures at those positions in the rulebook.
pub fn contribute(
    case: &Case<'_, '_, '_>,
    frame: &Frame<'_>,
    workforce: &Workforce,
    measures: &[usize],
    sink: &mut dyn Sink,
) {
    for position in measures {
        let Some(measure) = case.rulebook().measures.get(*position) else { continue };
        let mut giving = Giving { case, frame, workforce, position: *position, sink };
        giving.measure(measure);
    }
}

/// One measure asked of one subject.
pub(crate) struct Giving<'x, 'h, 'a, 'r> {
    pub case: &'x Case<'h, 'a, 'r>,
    pub frame: &'x Frame<'x>,
    pub workforce: &'x Workforce,
    pub position: usize,
    pub sink: &'x mut dyn Sink,
}

impl<'r> Giving<'_, '_, '_, 'r> {
    fn measure(&mut self, measure: &'r Measure) {
        match &measure.what {
            What::Timeliness { clocks, basis, filter } => self.timeliness(clocks, *basis, filter),
            What::ClockCount { clocks, running, filter } => self.clock_count(clocks, *running, filter),
            What::ClockBands { clocks, running, bands } => self.clock_bands(clocks, *running, bands),
            What::EventCount { events, counted } => self.event_count(events, *counted),
            What::EventValues { events, field } => self.event_values(events, field),
            What::EventShare(share) => self.event_share(share),
            What::LookBack(look_back) => self.look_back(look_back),
            What::Conversion(conversion) => self.conversion(conversion),
            What::StateCount(of) => self.state_count(of),
            What::StateShare(share) => self.state_share(share),
            What::StateLookBack(look_back) => self.state_look_back(look_back),
            What::Duration { of, episode, limit, longer } => self.duration(of, episode.as_ref(), *limit, *longer),
            What::Mean { of, fact, field } => self.mean(of, fact, field),
            What::Unallocated { of, longer_than_days } => self.unallocated(of, *longer_than_days),
            What::Caseload { state, .. } | What::CaseloadBands { state, .. } => self.held(*state),
            What::External => {}
        }
    }

    fn give(&mut self, whose: Whose<'_>, part: Part<'_>) {
        let (measure, subject) = (self.position, self.case.subject());
        self.sink.take(Contribution { measure, subject, whose, part });
    }

    fn share(&mut self, whose: Whose<'_>, met: bool) {
        self.give(whose, Part::Share { met, missing: false });
    }
}
