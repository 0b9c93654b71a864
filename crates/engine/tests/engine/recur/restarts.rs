//! Restarts: the sequence begins again, and acts count by instant from then on.

use crate::rules::note_within;
use testkit::{check, check_under};

#[test]
fn a_placement_begins_the_visits_anew() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-04T10:00 placement.started h1
        2021-01-06T10:00 visit.completed statutory
        2021-01-20T10:00 placement.started h2
        2021-01-28T10:00 visit.completed statutory
        ? clock care_visit at 2021-01-31
        = care_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (c1)
        = care_visit late 2021-01-20T10:00Z due 2021-01-27 stopped 2021-01-28T10:00Z (c1)
        = care_visit cancelled 2021-01-06T10:00Z due 2021-02-17 cancelled 2021-01-20T10:00Z (c1)
        = care_visit on_track 2021-01-28T10:00Z due 2021-03-11 (c1)
        ",
    );
}

/// On one date: a visit before the restart belongs to the old sequence, one after it to the new; each counts.
#[test]
fn acts_on_the_date_of_a_restart_count_by_instant() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-06T10:00 visit.completed statutory
        2021-01-20T09:00 visit.completed statutory
        2021-01-20T10:00 placement.started h2
        2021-01-20T11:00 visit.completed statutory
        2021-01-20T12:00 visit.completed statutory
        ? clock care_visit at 2021-01-21
        = care_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (c1)
        = care_visit met 2021-01-20T10:00Z due 2021-01-27 stopped 2021-01-20T11:00Z (c1)
        = care_visit met 2021-01-06T10:00Z due 2021-02-17 stopped 2021-01-20T09:00Z (c1)
        = care_visit cancelled 2021-01-20T09:00Z due 2021-03-03 cancelled 2021-01-20T10:00Z (c1)
        = care_visit on_track 2021-01-20T11:00Z due 2021-03-03 (c1)
        ",
    );
}

#[test]
fn a_visit_before_the_restart_of_that_date_does_not_meet_the_new_clock() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-20T09:00 visit.completed statutory
        2021-01-20T10:00 placement.started h2
        ? clock care_visit at 2021-01-21
        = care_visit late 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-20T09:00Z (c1)
        = care_visit due_soon 2021-01-20T10:00Z due 2021-01-27 (c1)
        = care_visit cancelled 2021-01-20T09:00Z due 2021-03-03 cancelled 2021-01-20T10:00Z (c1)
        ",
    );
}

#[test]
fn at_one_instant_the_restart_comes_first() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-08T10:00 visit.completed statutory | recorded=2021-01-08T11:00
        2021-01-08T10:00 placement.started h2      | recorded=2021-01-09T11:00
        ? clock care_visit at 2021-01-11
        = care_visit cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-08T10:00Z (c1)
        = care_visit met 2021-01-08T10:00Z due 2021-01-15 stopped 2021-01-08T10:00Z (c1)
        = care_visit on_track 2021-01-08T10:00Z due 2021-02-19 (c1)
        ",
    );
}

#[test]
fn several_restarts_at_one_instant_are_one_and_on_one_date_each_counts() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-08T10:00 placement.started h2
        2021-01-08T10:00 placement.started h3
        2021-01-08T14:00 placement.started h4
        ? clock care_visit at 2021-01-11
        = care_visit cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-08T10:00Z (c1)
        = care_visit cancelled 2021-01-08T10:00Z due 2021-01-15 cancelled 2021-01-08T14:00Z (c1)
        = care_visit due_soon 2021-01-08T14:00Z due 2021-01-15 (c1)
        ",
    );
}

#[test]
fn a_restart_at_or_before_the_opening_or_at_or_after_the_closing_is_none() {
    check(
        "
        2021-01-04T09:00 placement.started h0
        2021-01-04T10:00 placement.started h1
        2021-01-04T10:00 care.started c1
        2021-01-08T10:00 placement.started h2
        2021-01-08T10:00 care.ended c1
        2021-01-08T11:00 placement.started h3
        ? clock care_visit at 2021-01-11
        = care_visit cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-08T10:00Z (c1)
        ",
    );
}

#[test]
fn an_act_before_the_opening_on_its_date_still_counts_before_a_restart_of_that_date() {
    check(
        "
        2021-01-04T09:00 visit.completed statutory
        2021-01-04T10:00 care.started c1
        2021-01-04T11:00 placement.started h1
        ? clock care_visit at 2021-01-05
        = care_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-04T09:00Z (c1)
        = care_visit due_soon 2021-01-04T11:00Z due 2021-01-11 (c1)
        = care_visit cancelled 2021-01-04T09:00Z due 2021-02-15 cancelled 2021-01-04T11:00Z (c1)
        ",
    );
}

#[test]
fn a_visit_at_the_closing_on_the_date_of_a_restart() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-08T10:00 placement.started h1
        2021-01-08T12:00 visit.completed statutory
        2021-01-08T12:00 care.ended c1
        ? clock care_visit at 2021-01-11
        = care_visit cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-08T10:00Z (c1)
        = care_visit met 2021-01-08T10:00Z due 2021-01-15 stopped 2021-01-08T12:00Z (c1)
        ",
    );
}

/// A carried act starts the first sequence alone: after a restart the first limit holds.
#[test]
fn a_restart_after_a_carried_act() {
    let rules = note_within(
        "[{ sequence = \"first\", days = 1 }, { sequence = \"second\", days = 20 }, { days = 40 }]",
        "carry = true\nrestart = \"placement.started\"",
    );
    check_under(
        &rules,
        "
        2021-01-01T10:00 case_note.recorded
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 placement.started h1
        2021-01-07T10:00 case_note.recorded
        2021-01-08T10:00 case_note.recorded
        ? clock note at 2021-01-08
        = note met 2021-01-06T10:00Z due 2021-01-07 stopped 2021-01-07T10:00Z (r1)
        = note cancelled 2021-01-01T10:00Z due 2021-01-21 cancelled 2021-01-06T10:00Z (r1)
        = note met 2021-01-07T10:00Z due 2021-01-27 stopped 2021-01-08T10:00Z (r1)
        = note on_track 2021-01-08T10:00Z due 2021-02-17 (r1)
        ",
    );
}

/// The same event may be act and restart: the restart comes first, and then the act meets the clock it began.
#[test]
fn an_event_that_is_both_act_and_restart() {
    let rules =
        note_within("{ days = 10 }", "restart = { event = \"case_note.recorded\", where = { kind = \"anew\" } }");
    check_under(
        &rules,
        "
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 case_note.recorded anew
        ? clock note at 2021-01-06
        = note cancelled 2021-01-04T10:00Z due 2021-01-14 cancelled 2021-01-06T10:00Z (r1)
        = note met 2021-01-06T10:00Z due 2021-01-16 stopped 2021-01-06T10:00Z (r1)
        = note on_track 2021-01-06T10:00Z due 2021-01-16 (r1)
        ",
    );
}
