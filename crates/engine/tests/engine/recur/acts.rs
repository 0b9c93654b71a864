//! Which acts count, and what opening and closing do.

use testkit::check;

#[test]
fn each_act_closes_the_running_clock_and_starts_the_next() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-12T10:00 visit.completed cp
        2021-02-01T10:00 visit.completed cp
        ? clock cp_visit at 2021-02-02
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-12T10:00Z (p1)
        = cp_visit late 2021-01-12T10:00Z due 2021-01-26 stopped 2021-02-01T10:00Z (p1)
        = cp_visit on_track 2021-02-01T10:00Z due 2021-02-15 (p1)
        ",
    );
}

#[test]
fn only_what_the_kind_asks_for_is_an_act() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-05T10:00 visit.completed cp seen=false
        2021-01-06T10:00 visit.completed cin
        2021-01-07T10:00 visit.attempted cp
        2021-01-08T10:00 visit.completed statutory,cp mode=virtual
        2021-01-11T10:00 conference.held initial
        2021-01-12T10:00 core_group.held
        ? clock cp_visit cp_review core_group at 2021-01-12
        = core_group met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-12T10:00Z (p1)
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-08T10:00Z (p1)
        = cp_visit on_track 2021-01-08T10:00Z due 2021-01-22 (p1)
        = core_group on_track 2021-01-12T10:00Z due 2021-02-23 (p1)
        = cp_review on_track 2021-01-04T10:00Z due 2021-04-04 (p1)
        ",
    );
}

#[test]
fn a_statutory_visit_is_face_to_face_and_being_in_touch_is_anything() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-05T10:00 visit.completed statutory mode=virtual
        2021-01-06T10:00 visit.completed statutory seen=false
        2021-01-04T10:00 care_leaver.started l1               | child=2
        2021-01-05T10:00 visit.completed care_leaver seen=false | child=2
        2021-01-06T10:00 care_leaver.contacted letter         | child=2
        ? clock care_visit leaver_in_touch at 2021-01-06
        = care_visit due_soon 2021-01-04T10:00Z due 2021-01-11 (c1)
        = child/2: leaver_in_touch met 2021-01-04T10:00Z due 2021-07-04 stopped 2021-01-05T10:00Z (l1)
        = child/2: leaver_in_touch met 2021-01-05T10:00Z due 2021-07-05 stopped 2021-01-06T10:00Z (l1)
        = child/2: leaver_in_touch on_track 2021-01-06T10:00Z due 2021-07-06 (l1)
        ",
    );
}

/// 23:30 UTC on 8 June is 9 June in London, so it and the visit of the next morning are one; that of 22:30 is another.
#[test]
fn several_acts_on_one_local_date_are_one_the_earliest() {
    check(
        "
        2021-06-01T10:00 plan.started p1 cp
        2021-06-09T10:00 visit.completed cp
        2021-06-08T23:30 visit.completed cp
        2021-06-08T22:30 visit.completed cp
        2021-06-08T22:40 visit.completed cp
        ? clock cp_visit at 2021-06-10
        = cp_visit met 2021-06-01T10:00Z due 2021-06-15 stopped 2021-06-08T22:30Z (p1)
        = cp_visit met 2021-06-08T22:30Z due 2021-06-22 stopped 2021-06-08T23:30Z (p1)
        = cp_visit on_track 2021-06-08T23:30Z due 2021-06-23 (p1)
        ",
    );
}

/// The next clock has the act's time, which lies before the opening.
#[test]
fn an_act_on_the_date_of_the_opening_counts_also_before_it() {
    check(
        "
        2021-01-03T23:59:59 visit.completed cp
        2021-01-04T09:00 visit.completed cp
        2021-01-04T11:00 visit.completed cp
        2021-01-04T10:00 plan.started p1 cp
        ? clock cp_visit at 2021-01-05
        = cp_visit on_track 2021-01-04T09:00Z due 2021-01-18 (p1)
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-04T09:00Z (p1)
        ",
    );
}

#[test]
fn an_act_at_the_very_opening_closes_the_first_clock() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-04T10:00 visit.completed cp
        ? clock cp_visit at 2021-01-05
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-04T10:00Z (p1)
        = cp_visit on_track 2021-01-04T10:00Z due 2021-01-18 (p1)
        ",
    );
}

#[test]
fn closing_the_state_cancels_the_running_clock() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-12T10:00 visit.completed cp
        2021-02-01T10:00 plan.ended p1
        2021-02-01T11:00 visit.completed cp
        ? clock cp_visit at 2021-02-02
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-12T10:00Z (p1)
        = cp_visit cancelled 2021-01-12T10:00Z due 2021-01-26 cancelled 2021-02-01T10:00Z (p1)
        ",
    );
}

#[test]
fn an_act_at_the_very_closing_counts_and_no_further_clock_starts() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-12T10:00 visit.completed cp
        2021-01-12T10:00 plan.ended p1
        ? clock cp_visit at 2021-02-02
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-12T10:00Z (p1)
        ",
    );
}

/// Two visits on the date of the closing are one, the earlier; the clock it starts is cancelled by the closing.
#[test]
fn an_act_at_the_closing_is_one_with_an_earlier_one_of_that_date() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-12T09:00 visit.completed cp
        2021-01-12T10:00 visit.completed cp
        2021-01-12T10:00 plan.ended p1
        ? clock cp_visit at 2021-02-02
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-12T09:00Z (p1)
        = cp_visit cancelled 2021-01-12T09:00Z due 2021-01-26 cancelled 2021-01-12T10:00Z (p1)
        ",
    );
}

/// The visit of 09:00 lies in the first span and on the date of the second opening: it counts in both.
#[test]
fn two_spans_on_one_date_may_share_an_act() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-12T09:00 visit.completed cp
        2021-01-12T10:00 plan.ended p1
        2021-01-12T14:00 plan.started p2 cp
        2021-01-12T15:00 visit.completed cp
        ? clock cp_visit at 2021-01-13
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-12T09:00Z (p1)
        = cp_visit cancelled 2021-01-12T09:00Z due 2021-01-26 cancelled 2021-01-12T10:00Z (p1)
        = cp_visit on_track 2021-01-12T09:00Z due 2021-01-26 (p2)
        = cp_visit met 2021-01-12T14:00Z due 2021-01-26 stopped 2021-01-12T09:00Z (p2)
        ",
    );
}

#[test]
fn an_act_between_two_spans_on_one_date_counts_in_the_second() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-12T10:00 plan.ended p1
        2021-01-12T12:00 visit.completed cp
        2021-01-12T14:00 plan.started p2 cp
        ? clock cp_visit at 2021-01-13
        = cp_visit cancelled 2021-01-04T10:00Z due 2021-01-18 cancelled 2021-01-12T10:00Z (p1)
        = cp_visit on_track 2021-01-12T12:00Z due 2021-01-26 (p2)
        = cp_visit met 2021-01-12T14:00Z due 2021-01-26 stopped 2021-01-12T12:00Z (p2)
        ",
    );
}

/// The opening event counts; allocations, the child's record, corrections and other subjects' events do not. The
/// closing event is an act at the very closing.
#[test]
fn case_activity_is_any_event_of_the_child_but_a_few() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-05T10:00 allocation.started G G1
        2021-01-05T11:00 allocation.ended
        2021-01-06T10:00 child.updated 2010-05-01
        2021-01-06T11:00 child.merged 1
        2021-01-07T10:00 event.retracted nothing
        2021-01-07T11:00 surgery.reason_recorded cp_visit family_refused
        2021-01-07T12:00 surgery.scheduled s1 G x         | locality=G
        2021-01-07T13:00 case_note.recorded               | child=2
        2021-01-08T10:00 case_note.recorded
        2021-01-11T10:00 feedback.received complaint
        2021-01-13T10:00 case.closed r1
        ? clock case_activity at 2021-01-31
        = case_activity met 2021-01-04T10:00Z due 2021-02-15 stopped 2021-01-04T10:00Z G/G1
        = case_activity met 2021-01-04T10:00Z due 2021-02-15 stopped 2021-01-08T10:00Z G/G1
        = case_activity met 2021-01-08T10:00Z due 2021-02-19 stopped 2021-01-11T10:00Z G/G1
        = case_activity met 2021-01-11T10:00Z due 2021-02-22 stopped 2021-01-13T10:00Z G/G1
        ",
    );
}

#[test]
fn a_note_of_the_morning_is_one_with_the_closing_of_that_date() {
    check(
        "
        2021-01-04T09:00 contact.received k1
        2021-01-04T10:00 referral.received r1
        2021-01-13T08:00 case_note.recorded
        2021-01-13T10:00 case.closed r1
        ? clock case_activity at 2021-01-31
        = case_activity met 2021-01-04T09:00Z due 2021-02-15 stopped 2021-01-13T08:00Z
        = case_activity met 2021-01-04T10:00Z due 2021-02-15 stopped 2021-01-04T09:00Z
        = case_activity cancelled 2021-01-13T08:00Z due 2021-02-24 cancelled 2021-01-13T10:00Z
        ",
    );
}

#[test]
fn carers_are_reviewed_checked_visited_and_supervised() {
    check(
        "
        2020-03-02T10:00 carer.approved a1                 | carer=1
        2020-04-01T10:00 carer_check.completed dbs         | carer=1
        2020-04-02T10:00 carer_visit.completed             | carer=1
        2020-04-03T10:00 carer_visit.completed true        | carer=1
        2020-04-06T10:00 carer_supervision.recorded        | carer=1
        ? clock carer_dbs carer_medical carer_unannounced_visit carer_supervision carer_review at 2020-04-07
        = carer/1: carer_supervision met 2020-03-02T10:00Z due 2020-04-13 stopped 2020-04-06T10:00Z (a1)
        = carer/1: carer_supervision on_track 2020-04-06T10:00Z due 2020-05-18 (a1)
        = carer/1: carer_review on_track 2020-03-02T10:00Z due 2021-03-02 (a1)
        = carer/1: carer_unannounced_visit met 2020-03-02T10:00Z due 2021-03-02 stopped 2020-04-03T10:00Z (a1)
        = carer/1: carer_unannounced_visit on_track 2020-04-03T10:00Z due 2021-04-03 (a1)
        = carer/1: carer_medical on_track 2020-03-02T10:00Z due 2022-03-02 (a1)
        = carer/1: carer_dbs met 2020-03-02T10:00Z due 2023-03-02 stopped 2020-04-01T10:00Z (a1)
        = carer/1: carer_dbs on_track 2020-04-01T10:00Z due 2023-04-01 (a1)
        ",
    );
}
