//! Episodes: what began with one event and ended with another of the same name (domain.md section 3).

use crate::history::Moment;
use crate::index::Index;
use crate::interval::{Interval, NEVER};
use calendar::Instant;
use rulebook::Episodes;

/// An episode that held for some time.
#[derive(Clone, Copy, Debug)]
pub struct Episode<'h, 'a> {
    /// Its first start.
    pub start: &'h Moment<'a>,
    /// Its first end, where there is one.
    pub end: Option<&'h Moment<'a>>,
    /// The latest end of it and of those that began before it.
    pub latest_end: Instant,
}

impl Episode<'_, '_> {
    /// When it held.
    pub fn interval(&self) -> Interval {
        Interval { from: self.start.occurred(), to: self.end.map_or(NEVER, Moment::occurred) }
    }

    /// Whether it has not ended.
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }
}

/// The episodes that are meant, by the place of their start. For each name the first start and the first end count;
/// one whose end is not after its start never held.
pub fn episodes<'h, 'a>(index: &Index<'h, 'a, '_>, which: &Episodes) -> Vec<Episode<'h, 'a>> {
    let starts = first_of_each(index.matches(which.starts));
    if starts.is_empty() {
        return Vec::new();
    }
    let ends = first_of_each(index.matches(which.ends));
    let end_of = |name: &str| {
        let place = ends.binary_search_by(|(theirs, _)| (*theirs).cmp(name)).ok()?;
        ends.get(place).map(|(_, end)| *end)
    };
    let mut held: Vec<Episode<'h, 'a>> = starts
        .into_iter()
        .filter(|(_, start)| index.is(start, which.which))
        .map(|(name, start)| Episode { start, end: end_of(name), latest_end: NEVER })
        .filter(|episode| episode.end.is_none_or(|end| end.occurred() > episode.start.occurred()))
        .collect();
    held.sort_unstable_by_key(|episode| episode.start.place);
    let mut latest = Instant::from_micros(i64::MIN);
    for episode in &mut held {
        latest = latest.max(episode.interval().to);
        episode.latest_end = latest;
    }
    held
}

/// The first event of each episode name, ordered by name.
pub fn first_of_each<'h, 'a>(moments: &[&'h Moment<'a>]) -> Vec<(&'h str, &'h Moment<'a>)> {
    let mut named: Vec<(&'h str, &'h Moment<'a>)> =
        moments.iter().filter_map(|moment| Some((moment.episode()?, *moment))).collect();
    // Stable: of one name the first in history order stays in front.
    named.sort_by(|one, other| one.0.cmp(other.0));
    named.dedup_by(|later, first| later.0 == first.0);
    named
}
