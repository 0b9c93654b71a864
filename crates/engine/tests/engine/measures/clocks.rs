//! Measures over clocks: the four bases, counts and bands.

use crate::rules::rulebook;
use testkit::{check, check_under};

/// July 2021 in London is from 23:00 on 30 June up to and including 22:59:59.999999 on 31 July in UTC.
#[test]
fn a_clock_started_in_the_period_by_local_time() {
    check(
        "
        2021-06-30T22:59:59.999999 contact.received k1
        2021-06-30T23:00           contact.received k2
        2021-07-31T22:59:59.999999 contact.received k3
        2021-07-31T23:00           contact.received k4
        2021-07-01T08:00           contact.decided k1
        2021-07-01T08:00           contact.decided k2
        2021-08-01T08:00           contact.decided k3
        2021-08-01T08:00           contact.decided k4
        ? measure initial_decision_timely 2021-06 at 2021-12-31
        = County 1/1 100.0 better of 90
        ? measure initial_decision_timely 2021-07 at 2021-12-31
        = County 2/2 100.0 better of 90
        ? measure initial_decision_timely 2021-08 at 2021-12-31
        = County 1/1 100.0 better of 90
        ? measure initial_decision_timely 2021-07
        = County 1/1 100.0 better of 90
        ",
    );
}

/// As at the 11th nobody is late yet; a day later the running one is overdue; the stop of the 20th makes it late.
#[test]
fn started_counts_running_ones_only_once_they_are_overdue() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-20T10:00 visit.completed initial
        2021-01-04T10:00 referral.received r1    | child=2
        2021-01-05T10:00 visit.completed initial | child=2
        2021-01-04T10:00 referral.received r1    | child=3
        2021-01-05T10:00 case.closed r1          | child=3
        ? measure initial_visit_s17_timely 2021-01 at 2021-01-04
        = County 0/0 n/a n/a of 85
        ? measure initial_visit_s17_timely 2021-01 at 2021-01-11
        = County 1/1 100.0 better of 85
        ? measure initial_visit_s17_timely 2021-01 at 2021-01-12T00:00
        = County 1/2 50.0 worse of 85
        ? measure initial_visit_s17_timely 2021-01
        = County 1/2 50.0 worse of 85
        ",
    );
}

#[test]
fn two_kinds_of_clock_in_one_measure() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-04T10:00 referral.received r2 s47
        2021-01-11T10:00 visit.completed initial
        ? measure initial_visit_timely initial_visit_s17_timely initial_visit_s47_timely 2021-01
        = initial_visit_s17_timely County 1/1 100.0 better of 85
        = initial_visit_s47_timely County 0/1 0.0 worse of 85
        = initial_visit_timely County 1/2 50.0 worse of 85
        ",
    );
}

/// Stopped at the first and the last instant of February, started whenever; cancelled and running ones do not count.
#[test]
fn stopped_goes_by_the_stop() {
    check(
        "
        2021-01-04T10:00 s47.started q1
        2021-01-31T23:59:59.999999 s47.completed q1
        2021-01-05T10:00 s47.started q2
        2021-02-01T00:00 s47.completed q2
        2021-02-15T10:00 s47.started q3
        2021-02-28T23:59:59.999999 s47.completed q3
        2021-02-16T10:00 s47.started q4
        2021-03-01T00:00 s47.completed q4
        2021-03-10T10:00 s47.started q5
        2021-02-20T10:00 s47.completed q5
        2021-02-01T10:00 s47.started q6
        ? measure s47_timely 2021-01 at 2021-12-31
        = County 0/1 0.0 worse of 90
        ? measure s47_timely 2021-02 at 2021-12-31
        = County 2/3 66.7 worse of 90
        ? measure s47_timely 2021-03 at 2021-12-31
        = County 1/1 100.0 better of 90
        ? measure s47_timely 2020-Q4 at 2021-12-31
        = County 3/5 60.0 worse of 90
        ",
    );
}

/// Due on 31 January: met, late or overdue count; cancelled and not yet overdue do not.
#[test]
fn due_goes_by_the_due_date() {
    let rules = rulebook(
        r#"
        [[clock]]
        id = "reply"
        title = "Reply"
        area = "oversight"
        shape = "respond"
        match = "episode"
        start = "contact.received"
        stop = "contact.decided"
        cancel = { event = "mash_enquiry.started", link = "episode" }
        limit = { days = 10 }
        source = "A test."

        [[clock]]
        id = "soon"
        title = "Soon"
        area = "oversight"
        shape = "respond"
        match = "episode"
        start = "contact.received"
        stop = "contact.decided"
        limit = { hours = 24 }
        source = "A test."

        [[measure]]
        id = "by_days"
        title = "Due"
        area = "oversight"
        kind = "timeliness"
        clock = "reply"
        basis = "due"

        [[measure]]
        id = "by_hours"
        title = "Due"
        area = "oversight"
        kind = "timeliness"
        clock = "soon"
        basis = "due"
        "#,
    );
    check_under(
        &rules,
        "
        2021-01-21T10:00 contact.received met
        2021-01-31T10:00 contact.decided met
        2021-01-21T10:00 contact.received late
        2021-02-01T10:00 contact.decided late
        2021-01-21T10:00 contact.received overdue
        2021-01-21T10:00 contact.received cancelled
        2021-01-22T10:00 mash_enquiry.started cancelled
        2021-01-22T10:00 contact.received february
        2021-01-25T10:00 contact.decided february
        2020-12-21T10:00 contact.received december
        ? measure by_days 2021-01
        = County 1/1 100.0
        ? measure by_days 2021-01 at 2021-02-28
        = County 1/3 33.3
        ? measure by_days 2021-02 at 2021-02-28
        = County 1/1 100.0
        ? measure by_days 2020-12 at 2021-02-28
        = County 0/1 0.0
        ? measure by_hours 2021-01 at 2021-02-28
        = County 0/5 0.0
        ",
    );
    check_under(
        &rules,
        "
        2021-07-30T23:30 contact.received k1
        2021-07-30T22:30 contact.received k2
        ? measure by_hours 2021-07 at 2021-12-31
        = County 0/1 0.0
        ? measure by_hours 2021-08 at 2021-12-31
        = County 0/1 0.0
        ",
    );
}

#[test]
fn a_snapshot_is_of_clocks_running_at_at() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-11T10:00 plan.started p1 cp | child=2
        2021-01-20T10:00 plan.ended p1      | child=2
        2021-01-18T10:00 plan.started p1 cp | child=3
        ? measure cp_visit_timely 2021-01 at 2021-01-18
        = County 3/3 100.0 better of 90
        ? measure cp_visit_timely 2021-01 at 2021-01-19T00:00
        = County 2/3 66.7 worse of 90
        ? measure cp_visit_timely 2021-01
        = County 1/2 50.0 worse of 90
        ",
    );
}

#[test]
fn each_group_counts_its_own_clocks_and_groups_with_none_are_not_shown() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-25T10:00 plan.started p1 cp      | child=2
        2021-01-25T10:00 allocation.started G G2 | child=2
        2021-01-25T10:00 plan.started p1 cp      | child=3
        2021-01-04T10:00 allocation.started S S1 | child=4
        ? measure cp_visit_timely 2021-01 by locality
        = County 2/3 66.7 worse of 90
        = G 1/2 50.0 worse of 90
        = Unallocated 1/1 100.0 better of 90
        ? measure cp_visit_timely 2021-01 by worker
        = County 2/3 66.7 worse of 90
        = SW1 0/1 0.0 worse of 90
        = Unallocated 2/2 100.0 better of 90
        ",
    );
}

#[test]
fn by_age_at_at_and_not_at_all_without_a_date_of_birth() {
    check(
        "
        2016-03-20T10:00 child.registered 2016-02-01
        2021-01-04T10:00 care.started c1
        2021-01-04T10:00 care.started c1 | child=2
        2021-01-04T10:00 care.started c1 | child=3
        2010-03-20T10:00 child.registered 2010-01-01 | child=3
        ? measure health_assessment_timely health_assessment_under_5_timely health_assessment_5_over_timely 2021-01
        = health_assessment_5_over_timely County 1/1 100.0 better of 95
        = health_assessment_timely County 3/3 100.0 better of 95
        = health_assessment_under_5_timely County 1/1 100.0 better of 95
        ? measure health_assessment_under_5_timely health_assessment_5_over_timely 2021-02 at 2021-02-01T00:00
        = health_assessment_5_over_timely County 2/2 100.0 better of 95
        = health_assessment_under_5_timely County 0/0 n/a n/a of 95
        ",
    );
}

/// Under 19; 19, 20 and 21; 22 and over: each band begins and ends at a birthday.
#[test]
fn bands_of_age_of_care_leavers() {
    let born = |child: u32, date: &str| {
        format!(
            "2004-01-01T10:00 child.registered {date} | child={child}
            2021-01-04T10:00 care_leaver.started l1 | child={child}
            "
        )
    };
    let table: String = [
        born(1, "2002-02-01"),
        born(2, "2002-01-31"),
        born(3, "1999-02-01"),
        born(4, "1999-01-31"),
        "2021-01-04T10:00 care_leaver.started l1 | child=5".to_owned(),
    ]
    .concat();
    check(&format!(
        "{table}
        ? measure leaver_pathway_plan_timely leaver_pathway_plan_16_18_timely leaver_pathway_plan_19_21_timely leaver_pathway_plan_over_21_timely 2021-01
        = leaver_pathway_plan_16_18_timely County 0/1 0.0 worse of 90
        = leaver_pathway_plan_19_21_timely County 0/2 0.0 worse of 90
        = leaver_pathway_plan_over_21_timely County 0/1 0.0 worse of 90
        = leaver_pathway_plan_timely County 0/5 0.0 worse of 90
        "
    ));
}

#[test]
fn the_first_of_a_sequence_and_later_ones() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cin
        2021-02-16T10:00 review.held cin
        2021-03-01T10:00 review.held cin
        2021-01-04T10:00 plan.started p1 cin | child=2
        ? measure cin_review_first_held_timely cin_review_next_held_timely 2020-Q4
        = cin_review_first_held_timely County 0/1 0.0
        = cin_review_next_held_timely County 1/1 100.0
        ? measure cin_review_first_overdue cin_review_next_overdue cin_review_timely 2021-05
        = cin_review_first_overdue County 1
        = cin_review_next_overdue County 0
        = cin_review_timely County 1/2 50.0 worse of 85
        ? measure cin_review_first_overdue cin_review_next_overdue 2021-06
        = cin_review_first_overdue County 1
        = cin_review_next_overdue County 1
        ",
    );
}

/// A carried plan is the second of its sequence; the second health assessment is a review of the first.
#[test]
fn second_and_later() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-02-08T10:00 health_assessment.completed initial
        2021-02-15T10:00 health_assessment.completed review
        2021-02-16T10:00 health_assessment.completed initial
        ? measure rha_timely iha_timely 2021-02
        = iha_timely County 0/1 0.0
        = rha_timely County 2/2 100.0
        ",
    );
}

#[test]
fn overdue_now_and_started_in_the_period() {
    check(
        "
        2020-12-31T10:00 referral.received r0
        2021-01-04T10:00 referral.received r1
        2021-01-29T10:00 referral.received r2
        2021-01-29T10:00 referral.received r3 s47
        2021-01-04T10:00 referral.received r4    | child=2
        2021-02-02T10:00 visit.completed initial | child=2
        ? measure initial_visit_outstanding 2021-01
        = County 2
        ? measure initial_visit_outstanding 2021-01 at 2021-02-02
        = County 2
        ? measure initial_visit_outstanding 2020-12 at 2021-02-02
        = County 1
        ",
    );
}

/// 60 working days after 1 June 2020 are over on 24 August.
#[test]
fn more_working_days_than() {
    check(
        "
        2020-06-01T10:00 assessment.started a1
        ? measure assessment_open_over_60 2020-08 at 2020-08-24
        = County 0
        ? measure assessment_open_over_60 2020-08 at 2020-08-25
        = County 1
        2020-08-24T10:00 assessment.completed a1
        ? measure assessment_open_over_60 2020-08 at 2020-08-25
        = County 0
        ",
    );
}

/// Working days from the start's local date: 1 June 2020 plus 10, 11, 20, 21 … as the calendar has them.
#[test]
fn bands_of_working_days_taken() {
    let stops = [
        "2020-05-31",
        "2020-06-01",
        "2020-06-15",
        "2020-06-16",
        "2020-06-29",
        "2020-06-30",
        "2020-07-13",
        "2020-07-14",
        "2020-08-03",
        "2020-08-04",
        "2020-08-21",
        "2020-08-24",
        "2020-10-05",
        "2020-10-06",
        "2020-11-17",
    ];
    let lines = stops.iter().zip(1..).map(|(stop, number)| {
        format!("2020-06-01T10:00 assessment.started a{number}\n{stop}T10:00 assessment.completed a{number}\n")
    });
    check(&format!(
        "{}
        2020-06-01T10:00 assessment.started running
        2020-06-01T10:00 assessment.started later
        2021-04-01T10:00 assessment.completed later
        ? measure assessment_duration 2020-FY
        = County 0-10: 3
        = County 11-20: 2
        = County 21-30: 2
        = County 31-45: 2
        = County 46-59: 2
        = County 60-89: 2
        = County 90+: 2
        ? measure assessment_duration 2020-07 by locality
        = County 0-10: 0
        = County 11-20: 0
        = County 21-30: 1
        = County 31-45: 1
        = County 46-59: 0
        = County 60-89: 0
        = County 90+: 0
        = Unallocated 21-30: 1
        = Unallocated 31-45: 1
        ",
        lines.collect::<String>()
    ));
}

#[test]
fn bands_of_working_days_so_far() {
    check(
        "
        2020-06-01T10:00 assessment.started a1
        2020-06-01T10:00 assessment.started a2
        2020-06-16T10:00 assessment.completed a2
        2020-06-16T10:00 assessment.started a3
        ? measure assessment_open_duration 2020-06 at 2020-06-15
        = County 0-10: 2
        = County 11-20: 0
        = County 21-30: 0
        = County 31-45: 0
        = County 46-59: 0
        = County 60-89: 0
        = County 90+: 0
        ? measure assessment_open_duration assessments_open 2020-06 at 2020-06-16
        = assessment_open_duration County 0-10: 1
        = assessment_open_duration County 11-20: 1
        = assessment_open_duration County 21-30: 0
        = assessment_open_duration County 31-45: 0
        = assessment_open_duration County 46-59: 0
        = assessment_open_duration County 60-89: 0
        = assessment_open_duration County 90+: 0
        = assessments_open County 2
        ",
    );
}

/// Seen by anybody, in any way, after the clock's start instant; and only where the visit is overdue.
#[test]
fn seen_otherwise() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-04T10:00:00.000001 visit.completed iro mode=virtual
        2021-01-04T10:00 care.started c1                   | child=2
        2021-01-04T10:00 visit.completed cin               | child=2
        2021-01-04T10:00 care.started c1                   | child=3
        2021-01-06T10:00 visit.completed cin seen=false    | child=3
        2021-01-28T10:00 care.started c1                   | child=4
        2021-01-29T10:00 visit.completed cin               | child=4
        ? measure care_visit_seen_otherwise care_visit_timely 2021-01
        = care_visit_seen_otherwise County 1
        = care_visit_timely County 1/4 25.0 worse of 95
        ",
    );
}
