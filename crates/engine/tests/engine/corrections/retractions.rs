//! Retractions: they hide what they name, while they are not hidden themselves.

use testkit::check;

#[test]
fn a_retraction_obeys_known_and_not_at() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-02-20T10:00 event.retracted v       | recorded=2021-01-08T10:00
        ? clock initial_visit_s17 at 2021-01-07
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-08T10:00
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-08T09:59:59.999999
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn each_retraction_of_a_retraction_turns_it_round() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-12T10:00 event.retracted v       | id=x
        2021-01-13T10:00 event.retracted x       | id=y
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-12
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-14T10:00 event.retracted y       | id=z
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        2021-01-15T10:00 event.retracted z
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn of_two_retractions_one_is_enough() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-12T10:00 event.retracted v       | id=x
        2021-01-12T10:00 event.retracted v       | id=y
        2021-01-13T10:00 event.retracted x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        2021-01-13T10:00 event.retracted y
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn a_retraction_waits_for_what_it_names() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-05T10:00 event.retracted v
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        2021-01-06T10:00 visit.completed initial | id=v recorded=2021-01-07T10:00
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        2021-01-07T10:00 visit.completed initial | id=w
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        ",
    );
}

#[test]
fn a_retraction_names_events_of_its_own_source() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v source=a
        2021-01-08T10:00 visit.completed initial | id=v source=b
        2021-01-12T10:00 event.retracted v       | source=c
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-12T10:00 event.retracted v       | source=a
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-08T10:00Z (r1)
        ",
    );
}

#[test]
fn a_retraction_may_stand_under_any_subject() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-12T10:00 event.retracted v       | authority=gcc
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
}

#[test]
fn a_retraction_that_is_replaced_lets_go_of_what_it_named() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-07T10:00 visit.completed initial | id=w
        2021-01-12T10:00 event.retracted v       | id=x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        2021-01-13T10:00 event.retracted w       | id=y supersedes=x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-14T10:00 event.retracted y
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        ",
    );
}

#[test]
fn a_retraction_replaced_by_another_event_no_longer_hides() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-12T10:00 event.retracted v       | id=x
        2021-01-13T10:00 case_note.recorded      | supersedes=x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn a_retraction_that_replaces_an_event_hides_both() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-07T10:00 visit.completed initial | id=w
        2021-01-12T10:00 event.retracted w       | id=x supersedes=v
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        2021-01-13T10:00 event.retracted x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn a_retracted_start_takes_its_clock_along_and_a_retracted_end_opens_the_state_again() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-05T10:00 case.closed r1          | id=c
        ? clock initial_visit_s17 cin_visit at 2021-01-31
        = initial_visit_s17 cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-05T10:00Z (r1)
        = cin_visit cancelled 2021-01-04T10:00Z due 2021-02-01 cancelled 2021-01-05T10:00Z (r1)
        2021-01-06T10:00 event.retracted c
        ? clock initial_visit_s17 cin_visit at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        = cin_visit due_soon 2021-01-04T10:00Z due 2021-02-01 (r1)
        2021-01-06T10:00 event.retracted e1
        ? clock initial_visit_s17 cin_visit at 2021-01-31
        = nothing
        ",
    );
}
