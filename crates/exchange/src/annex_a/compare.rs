//! What is new or changed against earlier imports.
//!
//! An event's id is its fact's key and a version, such as `9396243/plan.started/cp/2020-04-27#2`. The first time a
//! fact is seen it is version 1; a version that says something else replaces the one before. So A that becomes B and
//! then A again is version 3, and ends as A.

use std::fmt;
use std::io::{self, Write};

use calendar::{Date, Instant, london};
use hashbrown::{HashMap, HashSet};
use vocabulary::{Data, EventType, NewEvent, Subject, Text};

use super::SOURCE;
use super::facts::{Fact, Facts};
use super::keys::{Key, ListsRead, Told, first_listed, told};
use super::known::{Head, Known, of_episode, split};

/// A day that moved by no more than so many is the same matter with its date put right, if it is the only one of
/// its kind that the workbook no longer has and the only one that it has for the first time.
const MOST_DAYS_MOVED: u32 = 31;

/// An event to be written.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    /// Its id.
    pub id: Text,
    /// The id of the event that it replaces.
    pub supersedes: Option<Text>,
    /// The child.
    pub subject: Subject,
    /// When it happened.
    pub occurred: Instant,
    /// The end of the workbook's day.
    pub recorded: Instant,
    /// What happened.
    pub data: Data,
}

/// An event of an earlier import that the workbook should still state and does not. It is not retracted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vanished {
    /// Its id.
    pub id: Text,
    /// Its type.
    pub event_type: &'static str,
    /// The day on which it happened.
    pub day: Date,
    /// The child.
    pub subject: Subject,
}

/// `9396243/plan.started/cp/2020-04-27#1: plan.started of 2020-04-27 is no longer in the workbook (child/…)`
impl fmt::Display for Vanished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, event_type, day, subject } = self;
        write!(f, "{id}: {event_type} of {day} is no longer in the workbook ({subject})")
    }
}

/// What an import brings.
#[derive(Default, Debug)]
pub struct Changes {
    /// The events, in the order in which they happened.
    pub events: Vec<Written>,
    /// What the workbook no longer states.
    pub vanished: Vec<Vanished>,
    /// How many facts were known already.
    pub unchanged: usize,
    /// How many facts were known otherwise, but from a later workbook, and stay so.
    pub outdated: usize,
    /// What is to be said beside it.
    pub notices: Vec<String>,
}

impl Changes {
    /// Writes the events, one a line.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write_ndjson(&self, out: &mut impl Write) -> io::Result<()> {
        let mut line = Vec::new();
        for event in &self.events {
            line.clear();
            event.write_json(&mut line);
            line.push(b'\n');
            out.write_all(&line)?;
        }
        Ok(())
    }

    /// Brings everything into its order: the events as they happened, whichever child they are of.
    pub(super) fn sort(&mut self) {
        self.events.sort_by(|one, other| (one.occurred, &one.id).cmp(&(other.occurred, &other.id)));
        self.vanished.sort_by(|one, other| one.id.cmp(&other.id));
    }
}

impl Written {
    /// Appends the event as one line of JSON, without the newline.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        NewEvent {
            id: &self.id,
            source: SOURCE,
            subject: &self.subject,
            occurred: self.occurred,
            recorded: Some(self.recorded),
            received: None,
            supersedes: self.supersedes.as_deref(),
            data: &self.data,
        }
        .write_json(out);
    }
}

/// The comparison of one child's facts.
pub(super) struct Comparison<'a, 'k> {
    known: &'a Known<'k>,
    heads: &'a [Head<'k>],
    subject: &'a Subject,
    as_at: Date,
    lists: ListsRead,
    changes: &'a mut Changes,
    /// The versions given in this comparison, by stem.
    given: HashMap<String, u32>,
}

/// What the workbook states, as far as it bears on what it does not.
struct Stated {
    keys: HashSet<Key>,
    /// The latest day of each series and each family of series.
    days: HashMap<Text, Date>,
    /// The latest fact of each series of which a workbook has only the latest.
    latest: HashMap<Text, Fact>,
}

impl<'a, 'k> Comparison<'a, 'k> {
    pub(super) fn new(
        known: &'a Known<'k>,
        subject: &'a Subject,
        as_at: Date,
        lists: ListsRead,
        changes: &'a mut Changes,
    ) -> Self {
        Self { known, heads: known.child(subject), subject, as_at, lists, changes, given: HashMap::new() }
    }

    /// Adds the child's new and changed facts to the changes, and what has vanished. `child` is the council's
    /// identifier, as ids have it.
    pub(super) fn run(mut self, child: &str, facts: Facts) {
        // Several facts may have been put right to the same.
        let mut heads: HashMap<&Key, Vec<&Head<'_>>> = HashMap::new();
        for head in self.heads {
            heads.entry(&head.key).or_default().push(head);
        }
        let stated = Stated::of(&facts.list);
        let missing: Vec<&Head<'_>> = self
            .heads
            .iter()
            .filter(|head| !stated.keys.contains(&head.key) && !facts.untouched.contains(&head.key))
            .filter(|head| !self.is_of_later_workbook(head) && self.lists.would_state(&head.key))
            .filter(|head| !self.is_past(head, &stated))
            .collect();
        let mut new = Vec::new();
        for fact in facts.list {
            match heads.get(&fact.key) {
                Some(heads) => self.same_key(heads, fact),
                None if told(&fact.data) == Some(Told::Observed) => self.observed(child, fact),
                None => new.push(fact),
            }
        }
        for head in &missing {
            if !self.correct(head, &missing, &mut new, &stated) {
                self.changes.vanished.push(Vanished {
                    id: head.event.id.clone(),
                    event_type: head.event.data.event_type().name(),
                    day: head.day(),
                    subject: head.event.subject.clone(),
                });
            }
        }
        for fact in new {
            self.write_new(child, fact);
        }
    }

    /// A fact whose key is known: unchanged, or another version of it.
    fn same_key(&mut self, heads: &[&Head<'_>], fact: Fact) {
        let is_same_time = |head: &Head<'_>| match told(&fact.data) {
            // Their time is not in the workbook but assumed.
            Some(Told::Once | Told::Observed) => true,
            Some(Told::Day | Told::LatestDay) | None => head.event.occurred == fact.occurred,
        };
        if heads.iter().any(|head| head.event.data == fact.data && is_same_time(head)) {
            self.changes.unchanged += 1;
        } else if let Some(head) = heads.first() {
            self.replace(head, fact);
        }
    }

    /// What is seen in a workbook is news only if the workbook before it did not show the same.
    fn observed(&mut self, child: &str, fact: Fact) {
        let before = self
            .heads
            .iter()
            .filter(|head| head.key.series == fact.key.series && head.key.date() <= Some(self.as_at))
            .max_by_key(|head| head.key.date());
        if before.is_some_and(|before| before.event.data == fact.data) {
            self.changes.unchanged += 1;
        } else {
            self.write_new(child, fact);
        }
    }

    /// Puts the day of a missing fact right: replaces it by what it has become. Returns whether it did.
    fn correct(&mut self, head: &Head<'_>, missing: &[&Head<'_>], new: &mut Vec<Fact>, stated: &Stated) -> bool {
        let series = &head.key.series;
        let is_of_series = |fact: &Fact| fact.key.series == *series;
        match told(&head.event.data) {
            // The latest of a kind can only move on. Where it moved back, it was wrong.
            Some(Told::LatestDay) => {
                let Some(latest) = stated.latest.get(series) else {
                    return false;
                };
                let fact = match new.iter().position(is_of_series) {
                    Some(position) => new.swap_remove(position),
                    None => latest.clone(),
                };
                self.replace(head, fact);
                true
            }
            Some(Told::Day) => {
                let are_single = missing.iter().filter(|other| other.key.series == *series).count() == 1
                    && new.iter().filter(|fact| is_of_series(fact)).count() == 1;
                let is_near = |fact: &Fact| match (head.key.date(), fact.key.date()) {
                    (Some(before), Some(now)) => before.days().abs_diff(now.days()) <= MOST_DAYS_MOVED,
                    _ => false,
                };
                // Referrals of before are not listed, also where their case is open.
                let is_listed = !matches!(head.event.data, Data::ReferralReceived(_))
                    || head.key.series.contains('/')
                    || head.day() >= first_listed(self.as_at);
                match new.iter().position(|fact| is_of_series(fact) && is_near(fact)) {
                    Some(position) if are_single && is_listed => {
                        let fact = new.swap_remove(position);
                        self.replace(head, fact);
                        true
                    }
                    Some(_) | None => false,
                }
            }
            Some(Told::Once | Told::Observed) | None => false,
        }
    }

    /// Whether a workbook as at a later day told it.
    fn is_of_later_workbook(&self, head: &Head<'_>) -> bool {
        head.recorded() > self.as_at
    }

    /// Whether it is no wonder that the workbook does not state it any more.
    fn is_past(&self, head: &Head<'_>, stated: &Stated) -> bool {
        let series = &head.key.series;
        if head.key.beginning().is_some_and(|beginning| stated.keys.contains(&beginning)) {
            // What it ended is stated, and so is open again.
            return false;
        }
        let is_listed = self.is_open(head) || head.day() >= first_listed(self.as_at);
        match told(&head.event.data) {
            Some(Told::Once) => !self.is_open(head),
            Some(Told::Day) => !is_listed,
            Some(Told::LatestDay) => {
                let family = family(&head.key);
                let day = head.key.date();
                let is_followed = stated.days.get(series).copied() > day
                    || family != *series && stated.days.get(&family).copied() >= day;
                is_followed || !stated.latest.contains_key(series) && !is_listed
            }
            Some(Told::Observed) => {
                let is_later = |key: &Key| key.series == *series && key.date() > head.key.date();
                // Nobody wonders whose a child is that is in none of the lists.
                stated.keys.is_empty()
                    || stated.keys.iter().any(is_later)
                    || self.heads.iter().any(|other| is_later(&other.key))
            }
            None => true,
        }
    }

    /// Whether it began something that is not known to have ended: a workbook has all that is open, however old.
    fn is_open(&self, head: &Head<'_>) -> bool {
        const OPEN: [(EventType, EventType); 4] = [
            (EventType::ReferralReceived, EventType::CaseClosed),
            (EventType::PlanStarted, EventType::PlanEnded),
            (EventType::CareStarted, EventType::CareEnded),
            (EventType::CareLeaverStarted, EventType::CareLeaverEnded),
        ];
        let started = head.event.data.event_type();
        let ended = OPEN.iter().find(|(start, _)| *start == started);
        let (Some((_, ended)), Some(episode)) = (ended, head.event.data.episode()) else {
            return false;
        };
        of_episode(self.heads, *ended, episode).is_none()
    }

    fn write_new(&mut self, child: &str, fact: Fact) {
        let stem = format!("{child}/{}", fact.key);
        self.write(&stem, None, fact);
    }

    fn replace(&mut self, head: &Head<'_>, fact: Fact) {
        if self.is_of_later_workbook(head) {
            // It knows better.
            self.changes.outdated += 1;
            return;
        }
        let stem = split(&head.event.id).map_or(head.event.id.as_str(), |(stem, _)| stem);
        self.write(stem, Some(head.event.id.clone()), fact);
    }

    fn write(&mut self, stem: &str, supersedes: Option<Text>, fact: Fact) {
        let version = self.given.entry(stem.to_owned()).or_insert_with(|| self.known.last_version(stem));
        *version = version.saturating_add(1);
        self.changes.events.push(Written {
            id: Text::from(format!("{stem}#{version}")),
            supersedes,
            subject: self.subject.clone(),
            occurred: fact.occurred,
            recorded: london::end_of_day(self.as_at),
            data: fact.data,
        });
    }
}

impl Stated {
    fn of(facts: &[Fact]) -> Self {
        let mut stated = Self { keys: HashSet::new(), days: HashMap::new(), latest: HashMap::new() };
        for fact in facts {
            stated.keys.insert(fact.key.clone());
            let Some(day) = fact.key.date() else {
                continue;
            };
            for name in [fact.key.series.clone(), family(&fact.key)] {
                let latest = stated.days.entry(name).or_insert(day);
                *latest = day.max(*latest);
            }
            if told(&fact.data) == Some(Told::LatestDay) {
                let latest = stated.latest.entry(fact.key.series.clone()).or_insert_with(|| fact.clone());
                if fact.key.date() > latest.key.date() {
                    *latest = fact.clone();
                }
            }
        }
        stated
    }
}

/// Visits of all purposes are one family: the workbook has the latest, and of two on one day the more telling.
fn family(key: &Key) -> Text {
    match key.series.split_once('/') {
        Some((visit, _)) if visit == EventType::VisitCompleted.name() => Text::new(visit),
        Some(_) | None => key.series.clone(),
    }
}
