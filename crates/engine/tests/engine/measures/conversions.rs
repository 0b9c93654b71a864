//! Conversions: what became of the starts of a period, up to `at`.

use testkit::check;

/// From a strategy discussion to an enquiry to a conference to a plan, each by the name of the one before.
#[test]
fn the_yield_of_strategy_discussions() {
    check(
        "
        2021-01-04T10:00 strategy_discussion.held s1
        2021-01-05T10:00 s47.started q1 strategy_discussion=s1
        2021-02-05T10:00 conference.held initial s47=q1 outcome=cp_plan
        2021-01-04T10:00 strategy_discussion.held s2
        2021-01-06T10:00 s47.started q2 strategy_discussion=s2
        2021-01-20T10:00 conference.held initial s47=q2
        2021-01-04T10:00 strategy_discussion.held s3
        2021-01-04T10:00 strategy_discussion.held s4 kind=review
        2021-01-06T10:00 s47.started q4 strategy_discussion=s4
        2021-01-07T10:00 s47.started q5
        2021-01-21T10:00 conference.held review s47=q5 outcome=cp_plan
        2021-01-21T10:00 conference.held initial outcome=cp_plan
        ? measure s47_from_strategy icpc_from_s47 plan_from_icpc plan_from_strategy 2021-01
        = icpc_from_s47 County 1/4 25.0
        = plan_from_icpc County 1/2 50.0
        = plan_from_strategy County 0/3 0.0
        = s47_from_strategy County 2/3 66.7
        ? measure s47_from_strategy icpc_from_s47 plan_from_icpc plan_from_strategy 2021-01 at 2021-02-28
        = icpc_from_s47 County 2/4 50.0
        = plan_from_icpc County 1/2 50.0
        = plan_from_strategy County 1/3 33.3
        = s47_from_strategy County 2/3 66.7
        ",
    );
}

/// A link by a named episode has no condition of time.
#[test]
fn an_outcome_before_its_start_follows_it_by_name() {
    check(
        "
        2021-01-04T10:00 strategy_discussion.held s1
        2020-12-05T10:00 s47.started q1 strategy_discussion=s1
        ? measure s47_from_strategy 2021-01
        = County 1/1 100.0
        ",
    );
}

#[test]
fn closed_unseen_whenever_that_was() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-02-10T10:00 case.closed r1
        2021-01-04T10:00 referral.received r1    | child=2
        2021-01-20T10:00 visit.completed initial | child=2
        2021-02-10T10:00 case.closed r1          | child=2
        ? measure closed_unseen 2021-01
        = County 0/2 0.0
        ? measure closed_unseen 2021-01 at 2021-02-28
        = County 1/2 50.0
        ",
    );
}

/// The visit that was not on record when the month was closed.
#[test]
fn a_mature_cut_differs_from_what_was_known_then() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 visit.completed initial | recorded=2021-02-10T10:00
        2021-01-08T10:00 case.closed r1
        ? measure closed_unseen 2021-01 known 2021-01-31
        = County 1/1 100.0
        ? measure closed_unseen 2021-01
        = County 0/1 0.0
        ",
    );
}

#[test]
fn return_interviews_of_episodes_and_of_children() {
    check(
        "
        2021-01-04T10:00 missing.started m1
        2021-01-06T10:00 return_interview.completed m1 held
        2021-01-07T10:00 missing.started m2
        2021-01-08T10:00 return_interview.completed m2 refused
        2021-01-04T10:00 missing.started m1                    | child=2
        2021-01-08T10:00 return_interview.completed m9 held    | child=2
        2020-12-31T10:00 missing.started m1                    | child=3
        2021-01-01T10:00 return_interview.completed m1 held    | child=3
        ? measure return_interview_held return_interview_children 2021-01
        = return_interview_children County 1/2 50.0
        = return_interview_held County 1/3 33.3 worse of 82
        ",
    );
}
