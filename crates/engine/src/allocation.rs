//! Whose a subject is (domain.md section 5).

use crate::history::{History, Moment};
use crate::interval::{Interval, NEVER};
use calendar::Instant;
use vocabulary::{AllocationRole, AllocationStarted, Data};

/// The name of the group of those who have no locality, no team or no worker.
pub const UNALLOCATED: &str = "Unallocated";

/// Locality, team and worker. Where there never was an allocation: locality [`UNALLOCATED`], no team, no worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whose<'h> {
    /// The locality.
    pub locality: &'h str,
    /// The team.
    pub team: Option<&'h str>,
    /// The worker; none: a team's duty list.
    pub worker: Option<&'h str>,
}

impl Whose<'_> {
    /// Nobody's.
    pub const NOBODY: Whose<'static> = Whose { locality: UNALLOCATED, team: None, worker: None };
}

/// A primary allocation.
#[derive(Clone, Copy, Debug)]
pub struct Allocation<'h, 'a> {
    /// Its start.
    pub moment: &'h Moment<'a>,
    /// What the start says.
    pub data: &'a AllocationStarted,
    /// When it was in force: until the next primary one, or until it was ended.
    pub in_force: Interval,
}

impl<'h> Allocation<'h, '_> {
    /// Whose the subject is by it.
    pub fn whose(&self) -> Whose<'h> {
        Whose { locality: &self.data.locality, team: Some(&self.data.team), worker: self.worker() }
    }

    /// The worker, if it names one.
    pub fn worker(&self) -> Option<&'h str> {
        self.data.worker.as_deref()
    }
}

/// The primary allocations of a subject, in history order.
#[derive(Clone, Debug, Default)]
pub struct Allocations<'h, 'a>(Vec<Allocation<'h, 'a>>);

impl<'h, 'a> Allocations<'h, 'a> {
    /// The primary allocations in a history. An `allocation.ended` ends the one that began before its instant; one
    /// that begins at that very instant (a hand-over) stays.
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other types say nothing of allocation")]
    pub fn of(history: &'h History<'a>) -> Allocations<'h, 'a> {
        let mut allocations: Vec<Allocation<'h, 'a>> = Vec::new();
        for moment in history.moments() {
            let event: &'a vocabulary::Event = moment.event;
            match &event.data {
                Data::AllocationStarted(data) if data.role != Some(AllocationRole::Secondary) => {
                    if let Some(last) = allocations.last_mut() {
                        last.in_force.to = last.in_force.to.min(moment.occurred());
                    }
                    allocations.push(Allocation {
                        moment,
                        data,
                        in_force: Interval { from: moment.occurred(), to: NEVER },
                    });
                }
                Data::AllocationEnded(_) => {
                    let began_before = allocations.iter_mut().rev().find(|one| one.in_force.from < moment.occurred());
                    if let Some(ended) = began_before {
                        ended.in_force.to = ended.in_force.to.min(moment.occurred());
                    }
                }
                _ => {}
            }
        }
        Allocations(allocations)
    }

    /// The allocations, in history order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Allocation<'h, 'a>> {
        self.0.iter()
    }

    /// The one in force at an instant.
    pub fn in_force(&self, at: Instant) -> Option<&Allocation<'h, 'a>> {
        self.latest(at).filter(|allocation| allocation.in_force.contains(at))
    }

    /// Whose the subject is at an instant: by the latest one, in force or not; before the first, by the earliest
    /// after it.
    pub fn whose(&self, at: Instant) -> Whose<'h> {
        self.latest(at).or_else(|| self.0.first()).map_or(Whose::NOBODY, Allocation::whose)
    }

    fn latest(&self, at: Instant) -> Option<&Allocation<'h, 'a>> {
        let after = self.0.partition_point(|allocation| allocation.in_force.from <= at);
        self.0.get(after.checked_sub(1)?)
    }
}
