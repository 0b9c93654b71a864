//! domain.md section 7: what is valid but odd is accepted and shown.

use testkit::check;

#[test]
fn nothing_odd() {
    check(
        "
        2010-02-01T10:00 child.registered 2010-01-20
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-04T10:00 referral.received r1
        2021-01-05T10:00 plan.started p1 cp
        2021-01-06T10:00 visit.completed initial
        2021-01-07T10:00 plan.ended p1
        2021-01-08T10:00 case.closed r1
        ? findings at 2021-01-31
        = nothing
        ",
    );
}

#[test]
fn an_end_without_a_start() {
    check(
        "
        2021-01-04T10:00 case.closed r1    | id=closed
        2021-01-05T10:00 plan.ended p1     | id=plan
        2021-01-06T10:00 missing.ended m1  | id=back
        2021-01-07T10:00 carer.ended a1    | id=carer carer=1
        2021-01-08T10:00 referral.received r2
        2021-01-08T10:00 allocation.started G G1
        ? findings at 2021-01-31
        = carer/1: end_without_start carer
        = end_without_start closed
        = end_without_start plan
        = end_without_start back
        ? findings at 2021-01-04
        = end_without_start closed
        ",
    );
}

#[test]
fn an_end_or_stop_before_its_start() {
    check(
        "
        2021-01-04T10:00 allocation.started G G1
        2021-01-08T10:00 referral.received r1
        2021-01-07T10:00 case.closed r1                | id=closed
        2021-01-08T10:00 contact.received k1
        2021-01-08T09:00 contact.decided k1            | id=decided
        2021-01-08T10:00 strategy_discussion.requested s1
        2021-01-08T09:30 strategy_discussion.held s1   | id=held
        2021-01-08T10:00 missing.ended m1              | id=back
        2021-01-08T10:00 missing.started m1
        2021-01-08T09:45 return_interview.completed m1 | id=interview
        ? findings at 2021-01-31
        = end_before_start closed
        = end_before_start decided
        = end_before_start held
        = end_before_start interview
        ",
    );
}

/// A visit of the start's own date, before it, stops the clock by rule: nothing is odd about it.
#[test]
fn a_stop_earlier_on_the_date_of_the_start_is_not_odd() {
    check(
        "
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-08T10:00 referral.received r1
        2021-01-08T09:00 visit.completed initial
        ? findings at 2021-01-31
        = nothing
        ",
    );
}

#[test]
fn a_second_start_of_an_episode() {
    check(
        "
        2021-01-04T10:00 allocation.started G G1
        2021-01-05T10:00 referral.received r1
        2021-01-06T10:00 referral.received r1 | id=again
        ? findings at 2021-01-31
        = started_twice again
        ",
    );
}

/// Both children had a referral r1; after the merge the second is a collision.
#[test]
fn one_name_in_two_histories_that_were_merged() {
    check(
        "
        2021-01-04T10:00 allocation.started G G1
        2021-01-05T10:00 referral.received r1
        2021-01-06T10:00 referral.received r1 | id=other child=2
        2021-01-07T10:00 child.merged 1       | child=2
        ? findings at 2021-01-31
        = episode_collision other
        ? findings at 2021-01-31 known 2021-01-06
        = child/2: no_allocation
        ",
    );
}

#[test]
fn plans_of_one_kind_that_overlap() {
    check(
        "
        2010-02-01T10:00 child.registered 2010-01-20
        2021-01-04T10:00 allocation.started G G1
        2021-01-05T10:00 plan.started p1 cp
        2021-01-06T10:00 plan.started p2 cp  | id=second
        2021-01-07T10:00 plan.started p3 cin
        2021-01-08T10:00 plan.ended p2
        2021-01-09T10:00 plan.ended p1
        2021-01-09T10:00 plan.started p4 cp
        ? findings at 2021-01-31
        = overlapping_plans second
        ",
    );
}

#[test]
fn no_allocation_and_no_date_of_birth() {
    check(
        "
        2021-01-05T10:00 plan.started p1 cp
        2021-01-05T10:00 early_help.started h1 | child=2
        2021-01-05T10:00 referral.received r1  | child=3
        ? findings at 2021-01-31
        = no_allocation
        = no_date_of_birth
        = child/3: no_allocation
        2021-01-06T10:00 allocation.started G G1
        2021-01-06T10:00 child.registered 2010-01-20
        ? findings at 2021-01-31
        = child/3: no_allocation
        ? findings at 2021-01-05
        = no_allocation
        = child/3: no_allocation
        ",
    );
}

#[test]
fn two_replacements_of_one_event() {
    check(
        "
        2021-01-05T10:00 case_note.recorded | id=v1
        2021-01-05T10:00 case_note.recorded | id=v2 supersedes=v1 recorded=2021-01-06T10:00
        ? findings at 2021-01-31
        = nothing
        2021-01-05T10:00 case_note.recorded | id=v3 supersedes=v1 recorded=2021-01-07T10:00
        ? findings at 2021-01-31
        = replaced_twice v1
        ? findings at 2021-01-31 known 2021-01-06
        = nothing
        ",
    );
}

/// Two months after 30 November, clipped to the end of the month, is 30 January.
#[test]
fn recorded_months_late() {
    check(
        "
        2020-11-30T10:00 review.held care | id=late recorded=2021-01-30T10:00
        2020-11-30T10:00 review.held care | id=not_yet recorded=2021-01-29T10:00
        ? findings at 2021-01-31
        = recorded_months_late late
        ",
    );
}

/// Two contacts decided at one instant before they came: each decision is one finding, whichever clocks it stops.
#[test]
fn each_odd_event_is_found_once() {
    check(
        "
        2021-01-08T10:00 contact.received k1
        2021-01-08T10:00 contact.received k2
        2021-01-08T09:00 contact.decided k1 | id=first
        2021-01-08T09:00 contact.decided k2 | id=second
        ? findings at 2021-01-31
        = end_before_start first
        = end_before_start second
        ",
    );
}

/// A replacement that is retracted replaces nothing.
#[test]
fn a_retracted_replacement_is_no_second_one() {
    check(
        "
        2021-01-05T10:00 case_note.recorded | id=v1
        2021-01-05T10:00 case_note.recorded | id=v2 supersedes=v1 recorded=2021-01-06T10:00
        2021-01-05T10:00 case_note.recorded | id=v3 supersedes=v1 recorded=2021-01-07T10:00
        2021-01-08T10:00 event.retracted v3
        ? findings at 2021-01-31
        = nothing
        ",
    );
}
