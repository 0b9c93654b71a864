//! Limits that differ by sequence, by age, by time since the opening, by a state or a fact.

use crate::rules::note_within;
use testkit::{check, check_under};

#[test]
fn by_the_place_in_the_sequence() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-20T10:00 review.held care
        2021-04-01T10:00 review.held care
        2021-09-01T10:00 review.held care
        ? clock care_review at 2021-09-01
        = care_review met 2021-01-04T10:00Z due 2021-02-01 stopped 2021-01-20T10:00Z (c1)
        = care_review met 2021-01-20T10:00Z due 2021-04-20 stopped 2021-04-01T10:00Z (c1)
        = care_review met 2021-04-01T10:00Z due 2021-10-01 stopped 2021-09-01T10:00Z (c1)
        = care_review on_track 2021-09-01T10:00Z due 2022-03-01 (c1)
        ",
    );
}

/// Born on 10 March 2016: on the fifth birthday the child is five. An unknown age has the last value.
#[test]
fn by_age_at_the_clocks_start() {
    check(
        "
        2016-03-20T10:00 child.registered 2016-03-10
        2020-12-01T10:00 care.started c1
        2021-01-20T10:00 health_assessment.completed initial
        2021-03-09T10:00 health_assessment.completed review
        2021-03-10T00:00 health_assessment.completed review
        2021-02-01T10:00 care.started c1                     | child=2
        2021-02-10T10:00 health_assessment.completed initial | child=2
        ? clock health_assessment at 2021-03-31
        = health_assessment late 2020-12-01T10:00Z due 2020-12-31 stopped 2021-01-20T10:00Z (c1)
        = child/2: health_assessment met 2021-02-01T10:00Z due 2021-03-01 stopped 2021-02-10T10:00Z (c1)
        = health_assessment met 2021-01-20T10:00Z due 2021-07-20 stopped 2021-03-09T10:00Z (c1)
        = health_assessment met 2021-03-09T10:00Z due 2021-09-09 stopped 2021-03-10T00:00Z (c1)
        = child/2: health_assessment on_track 2021-02-10T10:00Z due 2022-02-10 (c1)
        = health_assessment on_track 2021-03-10T00:00Z due 2022-03-10 (c1)
        ",
    );
}

/// One year after 29 February 2020 is 28 February 2021.
#[test]
fn by_time_since_the_state_opened() {
    check(
        "
        2020-02-29T10:00 private_fostering.started f1
        2021-02-27T10:00 visit.completed private_fostering
        2021-02-28T00:00 visit.completed private_fostering
        ? clock private_fostering_visit at 2021-02-28
        = private_fostering_visit late 2020-02-29T10:00Z due 2020-03-07 stopped 2021-02-27T10:00Z (f1)
        = private_fostering_visit met 2021-02-27T10:00Z due 2021-04-10 stopped 2021-02-28T00:00Z (f1)
        = private_fostering_visit on_track 2021-02-28T00:00Z due 2021-05-23 (f1)
        ",
    );
}

/// At the very start of the plan it is in force; at its very end no more.
#[test]
fn by_a_state_in_force_at_the_clocks_start() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-11T10:00 plan.started p1 cp
        2021-01-11T10:00 supervision.recorded
        2021-02-08T10:00 supervision.recorded
        2021-02-08T10:00 plan.ended p1
        ? clock supervision at 2021-02-08
        = supervision met 2021-01-11T10:00Z due 2021-02-11 stopped 2021-02-08T10:00Z
        = supervision met 2021-01-04T10:00Z due 2021-03-04 stopped 2021-01-11T10:00Z
        = supervision on_track 2021-02-08T10:00Z due 2021-04-08
        ",
    );
}

/// The state that opens the clock is in force at its start; a supervision of that date before it was before the state.
#[test]
fn a_clock_that_starts_with_the_state_itself() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-04T10:00 care.started c1 | child=2
        2021-01-04T10:00 plan.started p1 cp     | child=3
        2021-01-04T09:00 supervision.recorded   | child=3
        ? clock supervision at 2021-01-04
        = supervision on_track 2021-01-04T10:00Z due 2021-02-04
        = child/2: supervision on_track 2021-01-04T10:00Z due 2021-02-04
        = child/3: supervision met 2021-01-04T10:00Z due 2021-02-04 stopped 2021-01-04T09:00Z
        = child/3: supervision on_track 2021-01-04T09:00Z due 2021-03-04
        ",
    );
}

#[test]
fn by_the_latest_fact_at_the_clocks_start() {
    let fact = r#"{ latest = "sdq.completed", satisfies = { where = { score = { at_least = 17 } } } }"#;
    check_under(
        &note_within(&format!("[{{ fact = {fact}, days = 5 }}, {{ days = 20 }}]"), ""),
        "
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 sdq.completed 17
        2021-01-06T10:00 case_note.recorded
        2021-01-08T10:00 case_note.recorded
        2021-01-08T10:00 sdq.completed 16
        2021-01-09T10:00 case_note.recorded
        ? clock note at 2021-01-09
        = note met 2021-01-06T10:00Z due 2021-01-11 stopped 2021-01-08T10:00Z (r1)
        = note met 2021-01-04T10:00Z due 2021-01-24 stopped 2021-01-06T10:00Z (r1)
        = note met 2021-01-08T10:00Z due 2021-01-28 stopped 2021-01-09T10:00Z (r1)
        = note on_track 2021-01-09T10:00Z due 2021-01-29 (r1)
        ",
    );
}

#[test]
fn limits_in_hours_recur_too() {
    check_under(
        &note_within("{ hours = 48 }", ""),
        "
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 case_note.recorded
        ? clock note at 2021-01-08T12:30
        = note late 2021-01-04T10:00Z due 2021-01-06T10:00Z stopped 2021-01-06T10:00Z (r1)
        = note overdue 2021-01-06T10:00Z due 2021-01-08T10:00Z +2h (r1)
        ",
    );
}
