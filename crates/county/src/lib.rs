//! A synthetic county: plausible histories of children known to its services, at any size, for demonstrations, load
//! tests and whoever has no data of their own.
//!
//! Knows nothing of files, networks, stores, clocks or measures, and not the present time: a [`Plan`] is all that it is
//! told, and the same plan gives the same bytes, on every machine. It never panics. What it is made after, the figures
//! of one month that really was, is in `figures`, in one place.
//!
//! # What a plan means
//!
//! - `children` is the number of children who are **open on the last day**, about. Every volume follows from it, in the
//!   proportions of January 2021: of 3,779 open children there are 444 referrals and 2,449 contacts a month, 787
//!   children in care, 199 fostering households. So there are many more children in all: those whose cases are closed,
//!   and those of whom there were only contacts; some 50,000 for 3,779 open ones and three years.
//! - The county's years begin `years` before the day after the last. Nothing is recorded before: on the first day the
//!   county takes over a register. Of what began before and matters still, the starts and ends of episodes, the facts
//!   and the last act of each kind are there, with the time at which they happened and recorded on that first day. So
//!   the state on the last day does not depend on the number of years.
//! - Nothing happens or is recorded after the last day. What was not yet written down then is not there: the last few
//!   days look a little worse than they were, as they do in truth.
//!
//! For a county that goes on while one looks, plan with a last day that is still to come, and hold every event back
//! until it is recorded.
//!
//! Each child's story is told alone, from random numbers of its own; the memory that takes grows with the longest story
//! and with the number of workers and carers, not with the number of children.

mod allocation;
mod care;
mod corrections;
mod days;
mod draw;
mod figures;
mod front_door;
mod habit;
mod health;
mod ids;
mod leaver;
mod lives;
mod missing;
mod need;
mod oversight;
mod protection;
mod shape;
mod staff;
mod story;
mod workforce;

use calendar::Instant;
use vocabulary::{Data, NewEvent, Subject, Text};

pub use shape::{MOST_CHILDREN, MOST_YEARS, Plan, PlanError};

use shape::Shape;
use story::{Identity, Record, Told};

/// How many children with events a county is expected to have; for showing progress.
///
/// # Errors
/// A plan that cannot be made.
pub fn expected_children(plan: Plan) -> Result<u64, PlanError> {
    Ok(Shape::new(plan)?.expected_children())
}

/// An event of the county.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    /// Its id, unique but for events that are delivered twice.
    pub id: Text,
    /// Whom it is about.
    pub subject: Subject,
    /// When it happened.
    pub occurred: Instant,
    /// When it was written down, never before it happened.
    pub recorded: Instant,
    /// The id of the event that it replaces.
    pub supersedes: Option<Text>,
    /// What happened.
    pub data: Data,
}

impl Made {
    /// The source of all events of the county.
    pub const SOURCE: &'static str = ids::SOURCE;

    /// Appends the event as one line of JSON, with the newline.
    pub fn write_line(&self, out: &mut Vec<u8>) {
        let event = NewEvent {
            id: &self.id,
            source: Made::SOURCE,
            subject: &self.subject,
            occurred: self.occurred,
            recorded: Some(self.recorded),
            received: None,
            supersedes: self.supersedes.as_deref(),
            data: &self.data,
        };
        event.write_json(out);
        out.push(b'\n');
    }
}

/// A county, told subject by subject: first its workers, then its carers, then its children.
pub struct County {
    shape: Shape,
    next: Next,
    told: Vec<Told>,
}

/// Whom to tell of next.
#[derive(Clone, Copy)]
enum Next {
    /// The worker of a post, by turn.
    Worker(usize, usize),
    /// The household of a home, by turn.
    Carer(usize, usize),
    /// The child with a number.
    Child(u64),
}

impl County {
    /// A county after a plan.
    ///
    /// # Errors
    /// A plan that cannot be made.
    pub fn new(plan: Plan) -> Result<County, PlanError> {
        Ok(County { shape: Shape::new(plan)?, next: Next::Worker(0, 0), told: Vec::new() })
    }

    /// How many children with events the county is expected to have.
    pub fn expected_children(&self) -> u64 {
        self.shape.expected_children()
    }

    /// Appends the events of the next worker, carer or child as lines of JSON, in the order in which they were
    /// recorded, and says how many there are; none when the county is complete.
    pub fn next_child(&mut self, out: &mut Vec<u8>) -> Option<u32> {
        let subjects = self.tell_next()?;
        let mut events = 0;
        for made in self.made(&subjects) {
            made.write_line(out);
            events += 1;
        }
        Some(events)
    }

    /// Appends the events of the next worker, carer or child, as [`County::next_child`] does, as values.
    pub fn next_made(&mut self, out: &mut Vec<Made>) -> Option<u32> {
        let subjects = self.tell_next()?;
        let before = out.len();
        out.extend(self.made(&subjects));
        u32::try_from(out.len() - before).ok()
    }

    /// Tells of the next subject that has events.
    fn tell_next(&mut self) -> Option<Subjects> {
        loop {
            let subjects = match self.next {
                Next::Worker(post, turn) => self.tell_worker(post, turn),
                Next::Carer(home, turn) => self.tell_carer(home, turn),
                Next::Child(number) if number < self.shape.children() => {
                    self.next = Next::Child(number + 1);
                    lives::tell(&self.shape, number, &mut self.told).map(Subjects::of_child)
                }
                Next::Child(_) => return None,
            };
            let until = self.shape.until;
            self.told.retain(|told| told.recorded <= until);
            if let Some(subjects) = subjects.filter(|_| !self.told.is_empty()) {
                self.told.sort_unstable_by_key(|told| (told.recorded, told.occurred, told.number));
                return Some(subjects);
            }
        }
    }

    fn tell_worker(&mut self, post: usize, turn: usize) -> Option<Subjects> {
        let told = staff::worker(&self.shape, post, turn, &mut self.told);
        self.next = match told {
            Some(_) => Next::Worker(post, turn + 1),
            None if post < self.shape.workforce.posts.len() => Next::Worker(post + 1, 0),
            None => Next::Carer(0, 0),
        };
        let (identity, id) = told?;
        let own = Subject::Worker(id);
        Some(Subjects { identity, double: own.clone(), own })
    }

    fn tell_carer(&mut self, home: usize, turn: usize) -> Option<Subjects> {
        let told = staff::carer(&self.shape, home, turn, &mut self.told);
        self.next = match told {
            Some(_) => Next::Carer(home, turn + 1),
            None if home < self.shape.workforce.homes.len() => Next::Carer(home + 1, 0),
            None => Next::Child(0),
        };
        let identity = told?;
        let own = Subject::Carer(identity.uuid);
        Some(Subjects { identity, double: own.clone(), own })
    }

    /// The events of whom was just told of; the memory is used again.
    fn made<'a>(&'a mut self, subjects: &'a Subjects) -> impl Iterator<Item = Made> + 'a {
        let shape = &self.shape;
        self.told.drain(..).flat_map(move |told| {
            let again = told.repeated.then(|| told.clone());
            again.into_iter().chain([told]).map(move |told| subjects.made(shape, told))
        })
    }
}

/// Whom a story is about, with the subjects of its events.
struct Subjects {
    identity: Identity,
    own: Subject,
    double: Subject,
}

impl Subjects {
    fn of_child(identity: Identity) -> Subjects {
        Subjects { identity, own: Subject::Child(identity.uuid), double: Subject::Child(identity.double) }
    }

    fn made(&self, shape: &Shape, told: Told) -> Made {
        let Identity { kind, number, .. } = self.identity;
        let subject = match told.record {
            Record::Own => &self.own,
            Record::Double => &self.double,
        };
        Made {
            id: ids::id(kind, number, told.number),
            subject: subject.clone(),
            occurred: shape.days.instant(told.occurred),
            recorded: shape.days.instant(told.recorded),
            supersedes: told.supersedes.map(|event| ids::id(kind, number, event)),
            data: told.data,
        }
    }
}
