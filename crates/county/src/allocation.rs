//! Whose the child is: teams, workers, workers who leave, and children who wait for the next one.

use vocabulary::{AllocationEnded, AllocationStarted, Text};

use crate::days::At;
use crate::figures::workforce as figures;
use crate::story::{Span, Story, Written};
use crate::workforce::Team;

/// How long before the county's years allocations are followed: longer than any that counts at their beginning.
const DAYS_BEFORE: i32 = 300;

impl Story<'_> {
    /// The allocations that follow from the teams that the story named, in the order in which it did.
    ///
    /// A team may be named for a time that is over before an earlier one's is: early help goes on while there is a new
    /// referral. The end of the earlier one is passed over then.
    pub(crate) fn allocations(&mut self) {
        let teams = std::mem::take(&mut self.teams);
        let mut ends = teams.iter().map(|&(from, _)| from).skip(1).chain([At::NEVER]);
        let mut is_allocated = false;
        for &(from, team) in &teams {
            let to = ends.next().unwrap_or(At::NEVER);
            if to <= from || from > self.shape.until {
                continue;
            }
            match team {
                Some(team) => is_allocated |= self.team(team, Span { from, to }, is_allocated),
                None if is_allocated => {
                    self.no_more(from, "case closed");
                    is_allocated = false;
                }
                None => {}
            }
        }
    }

    /// The allocations in one team; whether there was one.
    fn team(&mut self, team: Team, span: Span, is_allocated: bool) -> bool {
        let Span { from, to } = span;
        match team {
            Team::Mash | Team::EarlyHelp => {
                let (locality, team) = self.shape.workforce.duty(self.person.locality, team);
                self.duty(from, locality, team);
                true
            }
            Team::Assessment
            | Team::Safeguarding
            | Team::Permanence
            | Team::LeavingCare
            | Team::Disabled
            | Team::Fostering => {
                let begin = if team == Team::Assessment || !is_allocated {
                    self.soon_allocated(from)
                } else {
                    self.office_after(from, figures::TRANSFER_DAYS)
                };
                begin < to && self.workers(team, Span { from: begin, to })
            }
        }
    }

    /// When the first worker has the child.
    fn soon_allocated(&mut self, from: At) -> At {
        let at = self.done(from, &figures::ALLOCATED);
        let same_day = from.plus_minutes(self.draw.between(20, 200));
        let is_possible = same_day.day() == self.shape.days.working_day_from(from.day());
        if is_possible && self.draw.chance(figures::ALLOCATED_SAME_DAY) { same_day } else { at }
    }

    fn duty(&mut self, at: At, locality: Text, team: Text) {
        let started = AllocationStarted { locality, team, worker: None, manager: None, role: None };
        if at >= self.shape.window {
            self.tell(at, Written::AtOnce, started);
        }
    }

    /// One worker after the other.
    pub(crate) fn workers(&mut self, team: Team, span: Span) -> bool {
        /// A bound for the loop: a worker stays days at least.
        const MOST: usize = 1_000;
        let window = self.shape.window;
        if span.to <= window {
            return true;
        }
        let mut at = span.from.max(At::new(window.day() - DAYS_BEFORE, 9 * 60));
        let (mut before, mut last) = (None, None);
        for _ in 0..MOST {
            let shape = self.shape;
            let Some(post) = shape.workforce.post(self.person.locality, team, last, &mut self.draw) else {
                return false;
            };
            let worker = post.holder(at.day());
            last = Some(post);
            let started = AllocationStarted {
                locality: post.locality.clone(),
                team: post.team.clone(),
                worker: worker.map(|worker| worker.id.clone()),
                manager: Some(post.manager.clone()),
                role: None,
            };
            if at < window {
                before = Some((at, started));
            } else {
                self.allocated_before(&mut before);
                self.tell(at, Written::AtOnce, started);
            }
            let leaves = worker.map_or(At::NEVER, |worker| At::new(worker.to, 16 * 60));
            let passes_on = At::new(at.day() + self.waiting(figures::DAYS_UNTIL_PASSED_ON), 12 * 60);
            let over = leaves.min(passes_on.max(at.plus_minutes(60)));
            if over >= span.to || over > self.shape.until {
                break;
            }
            let mut gap = figures::HANDED_OVER_DAYS;
            if leaves <= over {
                gap = figures::REPLACED_DAYS;
                if self.draw.chance(figures::ENDED_WHEN_LEFT) {
                    // Nobody has the child on the county's first day if this was before.
                    if over < window {
                        before = None;
                    }
                    self.left(over);
                }
            }
            at = self.office_after(over, gap);
            if at >= span.to {
                break;
            }
        }
        self.allocated_before(&mut before);
        true
    }

    fn left(&mut self, at: At) {
        if at >= self.shape.window {
            self.no_more(at, "worker left");
        }
    }

    fn allocated_before(&mut self, before: &mut Option<(At, AllocationStarted)>) {
        if let Some((at, started)) = before.take() {
            self.tell_taken_over(|story| story.tell(at, Written::AtOnce, started));
        }
    }

    fn no_more(&mut self, at: At, reason: &'static str) {
        self.tell(at, Written::AtOnce, AllocationEnded { reason: Some(Text::new_static(reason)) });
    }
}
