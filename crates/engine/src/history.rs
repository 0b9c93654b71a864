//! One subject's history as at an instant.

use crate::corrections::Bundle;
use calendar::london::local_date;
use calendar::{Date, Instant};
use vocabulary::{AssessmentKind, Choice, Data, Event, InitialOrReview, Subject};

/// An event in a history.
#[derive(Clone, Debug)]
pub struct Moment<'a> {
    /// The event.
    pub event: &'a Event,
    /// The local date on which it occurred.
    pub date: Date,
    /// Its place in the history, from 0.
    pub place: u32,
    /// The kind it has where the vocabulary lets that be inherited, as (slot, position in the field's list): an
    /// assessment's, a plan end's, a strategy discussion's.
    pub kind: Option<(usize, u8)>,
    /// When it was first recorded; of an event that replaces others, the first of its chain.
    pub first_recorded: Instant,
}

impl Moment<'_> {
    /// When it happened.
    pub fn occurred(&self) -> Instant {
        self.event.occurred
    }

    /// The event's own episode, where its type has one.
    pub fn episode(&self) -> Option<&str> {
        self.event.data.episode().map(|episode| episode.as_str())
    }
}

/// One subject's events up to `at`, in order of `occurred`, then `recorded`, then `source`, then `id` (domain.md
/// section 1).
#[derive(Clone, Debug)]
pub struct History<'a> {
    subject: &'a Subject,
    moments: Vec<Moment<'a>>,
    date_of_birth: Option<Date>,
    at: Instant,
    next_event: Option<Instant>,
    replaced_twice: Vec<&'a Event>,
}

impl<'a> History<'a> {
    /// The history of a bundle as at `at`. None for an empty bundle.
    pub fn of(bundle: &Bundle<'_, 'a>, at: Instant) -> Option<History<'a>> {
        let subject = bundle.subject()?;
        let mut events: Vec<(&'a Event, Instant)> = bundle.events().collect();
        events.sort_unstable_by(|(one, _), (other, _)| history_order(one, other));
        let date_of_birth = date_of_birth(&events);
        let past = events.partition_point(|(event, _)| event.occurred <= at);
        let next_event = events.get(past).map(|(event, _)| event.occurred);
        events.truncate(past);
        let mut moments: Vec<Moment<'a>> = (0u32..)
            .zip(events)
            .map(|(place, (event, first_recorded))| Moment {
                event,
                date: local_date(event.occurred),
                place,
                kind: None,
                first_recorded,
            })
            .collect();
        resolve_kinds(&mut moments);
        let replaced_twice = bundle.replaced_twice().collect();
        Some(History { subject, moments, date_of_birth, at, next_event, replaced_twice })
    }

    /// Whose history it is; of merged subjects, the survivor.
    pub fn subject(&self) -> &'a Subject {
        self.subject
    }

    /// The events that are there at `at`.
    pub fn moments(&self) -> &[Moment<'a>] {
        &self.moments
    }

    /// The date of birth that the last registration or update gives, also one dated after `at`.
    pub fn date_of_birth(&self) -> Option<Date> {
        self.date_of_birth
    }

    /// The instant the history is as at.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// When the first event that is on record but has not happened by `at` happens.
    pub fn next_event(&self) -> Option<Instant> {
        self.next_event
    }

    /// Events of the subject that two or more events say they replace.
    pub fn replaced_twice(&self) -> &[&'a Event] {
        &self.replaced_twice
    }
}

fn history_order(one: &Event, other: &Event) -> std::cmp::Ordering {
    (one.occurred, one.recorded)
        .cmp(&(other.occurred, other.recorded))
        .then_with(|| (*one.source).cmp(&*other.source))
        .then_with(|| one.id.cmp(&other.id))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "all other types say nothing of birth")]
fn date_of_birth(events: &[(&Event, Instant)]) -> Option<Date> {
    events.iter().rev().find_map(|(event, _)| match &event.data {
        Data::ChildRegistered(child) => child.date_of_birth,
        Data::ChildUpdated(child) => child.date_of_birth,
        _ => None,
    })
}

/// What an event without a kind of its own inherits its kind from.
struct Kinds<'a> {
    /// (episode, position in the field's list) of the first start of each episode, ordered by episode.
    of_starts: Vec<(&'a str, u8)>,
}

impl<'a> Kinds<'a> {
    fn of(starts: impl Iterator<Item = (&'a str, u8)>) -> Kinds<'a> {
        let mut of_starts: Vec<(&str, u8)> = starts.collect();
        // Stable, so that of several starts of one episode the first in history order stays in front.
        of_starts.sort_by(|one, other| one.0.cmp(other.0));
        of_starts.dedup_by(|later, first| later.0 == first.0);
        Kinds { of_starts }
    }

    fn of_episode(&self, episode: &str) -> Option<u8> {
        let place = self.of_starts.binary_search_by(|start| start.0.cmp(episode)).ok()?;
        self.of_starts.get(place).map(|start| start.1)
    }
}

/// Gives every event the kind that events.md lets it inherit: an assessment is single unless its start says
/// otherwise, a strategy discussion (also a second request of it) initial unless its first request does, the end of a
/// plan has the kind of the start.
#[expect(clippy::wildcard_enum_match_arm, reason = "all other types have the kind that they state, or none")]
fn resolve_kinds(moments: &mut [Moment<'_>]) {
    let single = AssessmentKind::Single.position();
    let initial = InitialOrReview::Initial.position();
    let assessments = Kinds::of(moments.iter().filter_map(|moment| match &moment.event.data {
        Data::AssessmentStarted(start) => Some((start.episode.as_str(), start.kind.map_or(single, Choice::position))),
        _ => None,
    }));
    let requests = Kinds::of(moments.iter().filter_map(|moment| match &moment.event.data {
        Data::StrategyDiscussionRequested(request) => {
            Some((request.episode.as_str(), request.kind.map_or(initial, Choice::position)))
        }
        _ => None,
    }));
    let plans = Kinds::of(moments.iter().filter_map(|moment| match &moment.event.data {
        Data::PlanStarted(start) => Some((start.episode.as_str(), start.kind.position())),
        _ => None,
    }));
    for moment in moments {
        let kind = match &moment.event.data {
            Data::AssessmentStarted(start) => start.kind.is_none().then_some(single),
            Data::AssessmentCompleted(end) => {
                end.kind.is_none().then(|| assessments.of_episode(&end.episode).unwrap_or(single))
            }
            Data::StrategyDiscussionRequested(request) => {
                request.kind.is_none().then(|| requests.of_episode(&request.episode).unwrap_or(initial))
            }
            Data::StrategyDiscussionHeld(held) => {
                held.kind.is_none().then(|| requests.of_episode(&held.episode).unwrap_or(initial))
            }
            Data::PlanEnded(end) => plans.of_episode(&end.episode),
            _ => None,
        };
        let slot = moment.event.data.event_type().slot("kind");
        moment.kind = slot.zip(kind);
    }
}
