//! Assessments, and the plan that may follow.

use testkit::check;

#[test]
fn an_assessment_is_single_unless_it_says_otherwise() {
    check(
        "
        2021-01-04T10:00 assessment.started a1
        2021-01-04T10:00 assessment.started a2 kind=single
        2021-01-04T10:00 assessment.started a3 kind=cla
        2021-01-05T10:00 assessment.completed a2
        ? clock single_assessment at 2021-01-31
        = single_assessment on_track 2021-01-04T10:00Z due 2021-03-08 (a1)
        = single_assessment met 2021-01-04T10:00Z due 2021-03-08 stopped 2021-01-05T10:00Z (a2)
        ? measure assessments_started assessments_completed 2021-01
        = assessments_completed County 1
        = assessments_started County 2
        ",
    );
}

/// Of two starts of one assessment the first says what kind the completion is of.
#[test]
fn a_completion_has_its_own_kind_or_that_of_the_first_start() {
    check(
        "
        2021-01-04T10:00 assessment.started a1 kind=cla
        2021-01-05T10:00 assessment.started a1 kind=single
        2021-01-06T10:00 assessment.completed a1
        2021-01-04T10:00 assessment.started a1 kind=cla   | child=2
        2021-01-06T10:00 assessment.completed a1 kind=single | child=2
        2021-01-06T10:00 assessment.completed a1          | child=3
        2021-01-07T10:00 assessment.started a1 kind=cla   | child=4
        2021-01-06T10:00 assessment.completed a1          | child=4
        ? measure assessments_completed 2021-01
        = County 2
        ? measure assessments_completed 2021-01 at 2021-01-06
        = County 3
        ",
    );
}

#[test]
fn closing_the_referral_that_the_start_names_cancels_the_assessment() {
    check(
        "
        2021-01-04T10:00 assessment.started a1 referral=r1
        2021-01-05T10:00 assessment.started a2 referral=r2
        2021-01-06T10:00 assessment.started a3
        2021-01-01T10:00 case.closed r1
        2021-01-07T10:00 assessment.completed a1
        2021-01-08T10:00 case.closed r3
        ? clock single_assessment at 2021-01-31
        = single_assessment cancelled 2021-01-04T10:00Z due 2021-03-08 cancelled 2021-01-01T10:00Z (a1)
        = single_assessment on_track 2021-01-05T10:00Z due 2021-03-09 (a2)
        = single_assessment on_track 2021-01-06T10:00Z due 2021-03-10 (a3)
        ",
    );
}

#[test]
fn from_the_referral_the_first_completed_of_its_single_assessments_stops() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-05T10:00 assessment.started a1 referral=r1
        2021-01-06T10:00 assessment.started a2 referral=r1
        2021-01-07T10:00 assessment.started a3 referral=r1 kind=cla
        2021-01-08T10:00 assessment.completed a3 kind=cla
        2021-01-15T10:00 assessment.completed a2
        2021-01-18T10:00 assessment.completed a1
        2021-01-04T10:00 referral.received r1                       | child=2
        2021-01-05T10:00 assessment.started a1                      | child=2
        2021-01-04T10:00 referral.received r1                       | child=3
        2021-01-05T10:00 assessment.started a1 referral=r1 kind=cla | child=3
        ? clock single_assessment_from_referral at 2021-01-31
        = single_assessment_from_referral met 2021-01-04T10:00Z due 2021-03-08 stopped 2021-01-15T10:00Z (r1)
        ? clock single_assessment_from_referral at 2021-01-04
        = nothing
        ",
    );
}

/// An assessment linked by name has no condition of time; a closing before its completion cancels.
#[test]
fn from_the_referral_names_alone_count() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-02T10:00 assessment.started a1 referral=r1
        2021-01-03T10:00 assessment.completed a1
        2021-01-03T11:00 case.closed r1
        2021-01-04T10:00 referral.received r1              | child=2
        2021-01-05T10:00 assessment.started a1 referral=r1 | child=2
        2021-01-06T10:00 case.closed r1                    | child=2
        2021-01-07T10:00 assessment.completed a1           | child=2
        ? clock single_assessment_from_referral at 2021-01-31
        = single_assessment_from_referral met 2021-01-04T10:00Z due 2021-03-08 stopped 2021-01-03T10:00Z (r1)
        = child/2: single_assessment_from_referral cancelled 2021-01-04T10:00Z due 2021-03-08 cancelled 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn each_checkpoint_is_met_by_a_review_for_that_day() {
    check(
        "
        2021-01-04T10:00 assessment.started a1 referral=r1
        2021-01-14T10:00 assessment.reviewed a1 8
        2021-01-15T10:00 assessment.reviewed a1 8
        2021-02-02T10:00 assessment.reviewed a1 20
        2021-02-03T10:00 assessment.completed a1
        ? clock assessment_checkpoint_8 assessment_checkpoint_20 assessment_checkpoint_30 at 2021-02-28
        = assessment_checkpoint_8 met 2021-01-04T10:00Z due 2021-01-14 stopped 2021-01-14T10:00Z (a1)
        = assessment_checkpoint_20 late 2021-01-04T10:00Z due 2021-02-01 stopped 2021-02-02T10:00Z (a1)
        = assessment_checkpoint_30 cancelled 2021-01-04T10:00Z due 2021-02-15 cancelled 2021-02-03T10:00Z (a1)
        ",
    );
}

#[test]
fn the_earlier_of_two_kinds_of_cancel_counts() {
    check(
        "
        2021-01-04T10:00 assessment.started a1 referral=r1
        2021-01-06T10:00 assessment.completed a1
        2021-01-05T10:00 case.closed r1
        ? clock assessment_checkpoint_8 at 2021-02-28
        = assessment_checkpoint_8 cancelled 2021-01-04T10:00Z due 2021-01-14 cancelled 2021-01-05T10:00Z (a1)
        ",
    );
}

#[test]
fn a_child_in_need_plan_is_due_after_each_of_three_starts() {
    check(
        "
        2021-01-04T10:00 assessment.completed a1 outcome=cin_plan
        2020-12-01T10:00 plan.started p1 cp                    | child=2
        2021-01-04T10:00 plan.ended p1 cin step_down_cin       | child=2
        2020-12-01T10:00 care.started c1                       | child=3
        2021-01-04T10:00 care.ended c1 step_down_cin           | child=3
        2021-01-04T10:00 plan.ended p1 cp step_down_cin        | child=4
        ? clock cin_plan_in_place at 2021-01-05
        = cin_plan_in_place on_track 2021-01-04T10:00Z due 2021-01-18 (a1)
        = child/2: cin_plan_in_place on_track 2021-01-04T10:00Z due 2021-01-18 (p1)
        = child/3: cin_plan_in_place on_track 2021-01-04T10:00Z due 2021-01-18 (c1)
        = child/4: cin_plan_in_place on_track 2021-01-04T10:00Z due 2021-01-18 (p1)
        ",
    );
}

#[test]
fn other_assessments_plans_and_reasons_ask_for_no_child_in_need_plan() {
    check(
        "
        2021-01-04T10:00 assessment.completed a1 outcome=early_help
        2021-01-04T10:00 assessment.completed a2 kind=cla outcome=cin_plan
        2021-01-04T10:00 plan.ended p1 cin step_down_cin
        2020-12-01T10:00 plan.started p2 my_plan
        2021-01-04T10:00 plan.ended p2 cp step_down_cin
        2021-01-04T10:00 plan.ended p3 cp completed
        2021-01-04T10:00 care.ended c1 returned_home
        ? clock cin_plan_in_place at 2021-01-31
        = nothing
        ",
    );
}

/// By date: the plan of that morning stops the clock of that afternoon, and the closing of that morning cancels it.
#[test]
fn one_plan_closes_all_and_what_ends_the_case_cancels() {
    check(
        "
        2021-01-04T10:00 assessment.completed a1 outcome=cin_plan
        2021-01-05T10:00 assessment.completed a2 outcome=cin_plan
        2021-01-08T15:00 assessment.completed a3 outcome=cin_plan
        2021-01-08T10:00 plan.started p1 cin
        2021-01-04T15:00 assessment.completed a1 outcome=cin_plan | child=2
        2021-01-04T10:00 case.closed r1                           | child=2
        2021-01-04T10:00 assessment.completed a1 outcome=cin_plan | child=3
        2021-01-06T10:00 plan.started p1 cp                       | child=3
        2021-01-07T10:00 plan.started p2 cin                      | child=3
        2021-01-04T10:00 assessment.completed a1 outcome=cin_plan | child=4
        2021-01-07T10:00 care.started c1                          | child=4
        2021-01-07T10:00 plan.started p1 cin                      | child=4
        2021-01-04T10:00 assessment.completed a1 outcome=cin_plan | child=5
        2021-01-05T10:00 plan.started p1 pathway                  | child=5
        2021-01-03T10:00 plan.started p2 cin                      | child=5
        ? clock cin_plan_in_place at 2021-01-31
        = cin_plan_in_place met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-08T10:00Z (a1)
        = child/2: cin_plan_in_place cancelled 2021-01-04T15:00Z due 2021-01-18 cancelled 2021-01-04T10:00Z (a1)
        = child/3: cin_plan_in_place cancelled 2021-01-04T10:00Z due 2021-01-18 cancelled 2021-01-06T10:00Z (a1)
        = child/4: cin_plan_in_place met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-07T10:00Z (a1)
        = child/5: cin_plan_in_place overdue 2021-01-04T10:00Z due 2021-01-18 +13d/9wd (a1)
        = cin_plan_in_place met 2021-01-05T10:00Z due 2021-01-19 stopped 2021-01-08T10:00Z (a2)
        = cin_plan_in_place met 2021-01-08T15:00Z due 2021-01-22 stopped 2021-01-08T10:00Z (a3)
        ",
    );
}
