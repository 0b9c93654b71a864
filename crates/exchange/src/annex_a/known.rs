//! What earlier imports have already told.

use calendar::{Date, london};
use hashbrown::{HashMap, HashSet};
use vocabulary::{Data, Event, EventType, PlanKind, Subject, Text};

use super::SOURCE;
use super::keys::Key;

/// The facts that stand after earlier imports, by child.
#[derive(Default)]
pub(super) struct Known<'a> {
    children: HashMap<&'a Subject, Vec<Head<'a>>>,
    /// The highest version by the part of the ids before the `#`.
    versions: HashMap<&'a str, u32>,
}

/// The version of a fact that no other replaces.
#[derive(Clone)]
pub(super) struct Head<'a> {
    pub(super) event: &'a Event,
    pub(super) key: Key,
}

/// A time known to have begun: in care, or with a plan.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Span {
    pub(super) episode: Text,
    pub(super) start: Date,
    pub(super) end: Option<Date>,
}

impl Span {
    /// Whether the day lies within it.
    pub(super) fn holds(&self, day: Date) -> bool {
        self.start <= day && self.end.is_none_or(|end| end > day)
    }
}

impl<'a> Known<'a> {
    /// Takes the events of this importer among all.
    pub(super) fn new(events: &'a [Event]) -> Self {
        let ours = || events.iter().filter(|event| *event.source == *SOURCE);
        let replaced: HashSet<&Text> = ours().filter_map(|event| event.supersedes.as_ref()).collect();
        let mut known = Self::default();
        for event in ours() {
            if let Some((stem, version)) = split(&event.id) {
                let highest = known.versions.entry(stem).or_default();
                *highest = version.max(*highest);
            }
            if replaced.contains(&event.id) {
                continue;
            }
            let recorded = london::local_date(event.recorded);
            if let Some(key) = Key::of(&event.data, event.occurred, recorded) {
                known.children.entry(&event.subject).or_default().push(Head { event, key });
            }
        }
        known
    }

    /// What is known of a child.
    pub(super) fn child(&self, subject: &Subject) -> &[Head<'a>] {
        self.children.get(subject).map_or(&[], Vec::as_slice)
    }

    /// The children of whom anything is known.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &'a Subject> {
        self.children.keys().copied()
    }

    /// The highest version under a stem; 0 where there is none.
    pub(super) fn last_version(&self, stem: &str) -> u32 {
        self.versions.get(stem).copied().unwrap_or(0)
    }
}

/// The stem and the version of an id: `9396243/child.registered#2`.
pub(super) fn split(id: &str) -> Option<(&str, u32)> {
    let (stem, version) = id.rsplit_once('#')?;
    Some((stem, version.parse().ok()?))
}

/// The event of a type for an episode, if it is known.
pub(super) fn of_episode<'h, 'a>(heads: &'h [Head<'a>], event_type: EventType, episode: &str) -> Option<&'h Head<'a>> {
    heads.iter().find(|head| {
        head.event.data.event_type() == event_type && head.event.data.episode().is_some_and(|known| known == episode)
    })
}

/// The times in care that are known.
pub(super) fn care_spans(heads: &[Head<'_>]) -> Vec<Span> {
    spans(heads, |data| matches!(data, Data::CareStarted(_)), EventType::CareEnded)
}

/// The child protection plans that are known.
pub(super) fn protection_spans(heads: &[Head<'_>]) -> Vec<Span> {
    let is_start = |data: &Data| matches!(data, Data::PlanStarted(plan) if plan.kind == PlanKind::Cp);
    spans(heads, is_start, EventType::PlanEnded)
}

fn spans(heads: &[Head<'_>], is_start: impl Fn(&Data) -> bool, end: EventType) -> Vec<Span> {
    let mut spans = Vec::new();
    for head in heads {
        let (true, Some(episode)) = (is_start(&head.event.data), head.event.data.episode()) else {
            continue;
        };
        let end = of_episode(heads, end, episode).map(|head| head.day());
        spans.push(Span { episode: episode.clone(), start: head.day(), end });
    }
    spans
}

impl Head<'_> {
    /// The local date on which it happened.
    pub(super) fn day(&self) -> Date {
        london::local_date(self.event.occurred)
    }

    /// The day of the workbook that told it.
    pub(super) fn recorded(&self) -> Date {
        london::local_date(self.event.recorded)
    }
}
