//! Children, whose they are, and workers.

use crate::field::Rule;
use crate::macros::event_data;

event_data! {
    /// A child becomes known.
    ChildRegistered = "child.registered" of Child {
        /// The date of birth.
        date_of_birth: optional date,
        /// The date on which an unborn child is expected.
        expected_date: optional date,
        /// The sex.
        sex: optional choice(Sex),
        /// The ethnicity, a code of the Department for Education.
        ethnicity: optional text,
        /// Whether the child is disabled.
        disabled: optional flag,
        /// Whether the child seeks asylum unaccompanied.
        uasc: optional flag,
        /// Whether the home's postcode is on record.
        home_postcode_recorded: optional flag,
    } rule Rule::Either("date_of_birth", "expected_date");

    /// Something of what is known of a child changes; what is absent stays.
    ChildUpdated = "child.updated" of Child {
        /// The date of birth.
        date_of_birth: optional date,
        /// The date on which an unborn child is expected.
        expected_date: optional date,
        /// The sex.
        sex: optional choice(Sex),
        /// The ethnicity, a code of the Department for Education.
        ethnicity: optional text,
        /// Whether the child is disabled.
        disabled: optional flag,
        /// Whether the child seeks asylum unaccompanied.
        uasc: optional flag,
        /// Whether the home's postcode is on record.
        home_postcode_recorded: optional flag,
    }

    /// Two records turn out to be one child.
    ChildMerged = "child.merged" of Child {
        /// The child that stays.
        into: required subject(Child),
    }

    /// A team or a worker becomes responsible.
    AllocationStarted = "allocation.started" of Child or Carer or Worker {
        /// The locality.
        locality: required name,
        /// The team.
        team: required name,
        /// The worker's id; absent where it is on a team's duty list.
        worker: optional name,
        /// The worker's manager.
        manager: optional text,
        /// The role; absent it is the primary one.
        role: optional choice(AllocationRole),
    }

    /// The responsibility ends.
    AllocationEnded = "allocation.ended" of Child or Carer or Worker {
        /// Why.
        reason: optional text,
    }

    /// A worker's hours or employment change.
    WorkerUpdated = "worker.updated" of Worker {
        /// The part of full time that the worker works.
        fte: required number(0.0 to 1.0),
        /// Whether the worker has left.
        left: optional flag,
    }

    /// An event turns out to be wrong and is taken back.
    EventRetracted = "event.retracted" of Child or Carer or Worker or Locality or Authority {
        /// The id of the event, of the same source.
        id: required name,
        /// Why.
        reason: optional text,
    }
}
