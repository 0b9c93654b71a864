//! Care, missing children, exploitation, courts.

use testkit::check;

#[test]
fn a_care_plan_and_an_initial_health_assessment_after_care_begins() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-18T10:00 plan.started p1 care
        2021-01-19T10:00 health_assessment.completed review
        2021-02-02T10:00 health_assessment.completed initial
        2021-01-04T10:00 care.started c1 | child=2
        2021-01-05T10:00 care.ended c2   | child=2
        2021-01-06T10:00 care.ended c1   | child=2
        ? clock care_plan initial_health_assessment at 2021-02-28
        = care_plan met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-18T10:00Z (c1)
        = child/2: care_plan cancelled 2021-01-04T10:00Z due 2021-01-18 cancelled 2021-01-06T10:00Z (c1)
        = initial_health_assessment late 2021-01-04T10:00Z due 2021-02-01 stopped 2021-02-02T10:00Z (c1)
        = child/2: initial_health_assessment cancelled 2021-01-04T10:00Z due 2021-02-01 cancelled 2021-01-06T10:00Z (c1)
        ",
    );
}

/// The interview is linked to its missing episode, so one before the child is back counts; a refusal is an answer.
#[test]
fn a_return_interview_within_72_hours() {
    check(
        "
        2021-01-04T10:00 missing.started m1
        2021-01-05T10:00 missing.ended m1
        2021-01-08T09:59 return_interview.completed m1 refused
        2021-01-06T10:00 missing.ended m2
        2021-01-06T09:00 return_interview.completed m2 held
        2021-01-07T10:00 missing.ended m3
        2021-01-07T11:00 return_interview.completed m4 held
        2021-01-07T10:00 missing.started m5
        ? clock return_interview at 2021-01-10
        = return_interview met 2021-01-05T10:00Z due 2021-01-08T10:00Z stopped 2021-01-08T09:59Z (m1)
        = return_interview met 2021-01-06T10:00Z due 2021-01-09T10:00Z stopped 2021-01-06T09:00Z (m2)
        = return_interview overdue 2021-01-07T10:00Z due 2021-01-10T10:00Z +13h (m3)
        ",
    );
}

#[test]
fn a_child_at_risk_of_exploitation_is_seen() {
    check(
        "
        2021-01-04T15:00 exploitation_screening.completed moderate
        2021-01-04T10:00 visit.completed cp mode=virtual
        2021-01-05T10:00 exploitation_screening.completed significant
        2021-01-06T10:00 visit.completed cp seen=false
        2021-01-05T10:00 exploitation_screening.completed mild
        2021-01-05T10:00 exploitation_screening.completed none
        ? clock exploitation_seen at 2021-01-12
        = exploitation_seen met 2021-01-04T15:00Z due 2021-01-11 stopped 2021-01-04T10:00Z
        = exploitation_seen due_soon 2021-01-05T10:00Z due 2021-01-12
        ",
    );
}

#[test]
fn proceedings_take_26_weeks() {
    check(
        "
        2021-01-04T10:00 proceedings.started c1
        2021-07-05T22:59 proceedings.ended c1
        2021-01-04T10:00 proceedings.started c2
        2021-07-05T23:00 proceedings.ended c2
        ? clock proceedings at 2021-12-31
        = proceedings met 2021-01-04T10:00Z due 2021-07-05 stopped 2021-07-05T22:59Z (c1)
        = proceedings late 2021-01-04T10:00Z due 2021-07-05 stopped 2021-07-05T23:00Z (c2)
        ",
    );
}
