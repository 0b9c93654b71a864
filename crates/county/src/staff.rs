//! The stories of workers and of foster carers' households.

use vocabulary::{
    AllocationEnded, AllocationStarted, CarerApproved, CarerCheckCompleted, CarerCheckKind, CarerEnded,
    CarerReviewHeld, CarerSupervisionRecorded, CarerVisitCompleted, Number, SubjectKind, Text, WorkerUpdated,
};

use crate::days::At;
use crate::draw::Draw;
use crate::figures::carers as figures;
use crate::shape::Shape;
use crate::story::{Identity, Span, Story, Told, Written};
use crate::workforce::{Household, Post, Team, Worker};

/// The streams of random numbers of stories of workers and carers, apart from all others.
const WORKERS: u64 = 3 << 60;
const CARERS: u64 = 4 << 60;
/// No post and no home has more people in turn.
const MOST_IN_TURN: u64 = 1_000;

/// Tells of a worker.
pub(crate) fn worker(shape: &Shape, post: usize, turn: usize, buffer: &mut Vec<Told>) -> Option<(Identity, Text)> {
    let at = shape.workforce.posts.get(post)?;
    let worker = at.people.get(turn)?;
    let number = post as u64 * MOST_IN_TURN + turn as u64;
    let draw = Draw::new(shape.seed, WORKERS + number);
    let mut story = Story::new(shape, draw, number, std::mem::take(buffer));
    story.tell_taken_over(|story| story.worker(at, worker));
    *buffer = story.told;
    Some((Identity { kind: SubjectKind::Worker, number, uuid: 0, double: 0 }, worker.id.clone()))
}

/// Tells of a household of foster carers.
pub(crate) fn carer(shape: &Shape, home: usize, turn: usize, buffer: &mut Vec<Told>) -> Option<Identity> {
    let household = shape.workforce.homes.get(home)?.get(turn)?;
    let number = home as u64 * MOST_IN_TURN + turn as u64;
    let draw = Draw::new(shape.seed, CARERS + number);
    let mut story = Story::new(shape, draw, number, std::mem::take(buffer));
    story.household(household);
    *buffer = story.told;
    Some(Identity { kind: SubjectKind::Carer, number, uuid: household.uuid, double: 0 })
}

impl Story<'_> {
    fn worker(&mut self, post: &Post, worker: &Worker) {
        let begins = At::new(worker.from, 9 * 60);
        self.tell(begins, Written::AtOnce, WorkerUpdated { fte: worker.fte, left: None });
        let allocated = AllocationStarted {
            locality: post.locality.clone(),
            team: post.team.clone(),
            worker: None,
            manager: Some(post.manager.clone()),
            role: None,
        };
        self.tell(begins, Written::AtOnce, allocated);
        let leaves = At::new(worker.to, 16 * 60);
        self.tell(leaves, Written::AtOnce, WorkerUpdated { fte: worker.fte, left: Some(true) });
    }

    fn household(&mut self, household: &Household) {
        let span = Span { from: At::new(household.from, 10 * 60), to: At::new(household.to, 15 * 60) };
        if span.to <= self.shape.window {
            return;
        }
        let (episode, places) = (Text::new_static("approval-1"), Some(Number::from(household.places)));
        self.tell(span.from, Written::AtOnce, CarerApproved { episode: episode.clone(), places });
        self.supervisors(household, span);
        self.repeat(span, figures::REVIEWS, |story, at, _| story.tell(at, Written::WithMinutes, CarerReviewHeld {}));
        self.checks(span);
        self.repeat(span, figures::UNANNOUNCED_VISITS, |story, at, _| {
            story.tell(at, Written::Afterwards, CarerVisitCompleted { unannounced: Some(true) });
        });
        self.repeat(span, figures::SUPERVISION, |story, at, _| {
            story.tell(at, Written::Afterwards, CarerSupervisionRecorded {});
        });
        self.tell(span.to, Written::AtOnce, CarerEnded { episode, places });
        self.tell(span.to, Written::AtOnce, AllocationEnded { reason: Some(Text::new_static("approval ended")) });
    }

    fn checks(&mut self, span: Span) {
        for (habit, kind) in [(figures::DBS, CarerCheckKind::Dbs), (figures::MEDICALS, CarerCheckKind::Medical)] {
            // The first is made before approval.
            let first = span.from.plus_minutes(-20 * 24 * 60);
            self.tell_taken_over(|story| story.tell(first, Written::Afterwards, CarerCheckCompleted { kind }));
            self.repeat(span, habit, |story, at, _| {
                story.tell(at, Written::Afterwards, CarerCheckCompleted { kind });
            });
        }
    }

    /// The social workers who supervise the household.
    fn supervisors(&mut self, household: &Household, span: Span) {
        self.person.locality = household.locality;
        self.workers(Team::Fostering, span);
    }
}
