//! domain.md section 3: when a state holds, when it opened, and which episode it shows.

use testkit::check;

#[test]
fn it_holds_from_the_instant_of_the_start_until_not_including_that_of_the_end() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-20T10:00 plan.ended p1
        ? measure cp_children 2021-01 at 2021-01-04T09:59:59.999999
        = County 0
        ? measure cp_children 2021-01 at 2021-01-04T10:00
        = County 1
        ? measure cp_children 2021-01 at 2021-01-20T09:59:59.999999
        = County 1
        ? measure cp_children 2021-01 at 2021-01-20T10:00
        = County 0
        ",
    );
}

/// Whichever of the two events of that instant was recorded first.
#[test]
fn an_episode_that_begins_as_another_ends_does_not_close_it() {
    for (ended, began) in [("2021-02-10", "2021-02-11"), ("2021-02-11", "2021-02-10")] {
        check(&format!(
            "
            2021-01-04T10:00 plan.started p1 cp
            2021-02-08T10:00 plan.ended p1      | recorded={ended}
            2021-02-08T10:00 plan.started p2 cp | recorded={began}
            2021-03-01T10:00 conference.held review
            ? clock cp_review at 2021-03-31
            = cp_review met 2021-01-04T10:00Z due 2021-04-04 stopped 2021-03-01T10:00Z (p1)
            = cp_review on_track 2021-03-01T10:00Z due 2021-09-01 (p1)
            "
        ));
    }
}

#[test]
fn a_microsecond_between_closes_it_and_opens_it_again() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-02-08T10:00 plan.ended p1
        2021-02-08T10:00:00.000001 plan.started p2 cp
        ? clock cp_review at 2021-03-31
        = cp_review cancelled 2021-01-04T10:00Z due 2021-04-04 cancelled 2021-02-08T10:00Z (p1)
        = cp_review on_track 2021-02-08T10:00:00.000001Z due 2021-05-08 (p2)
        ",
    );
}

#[test]
fn it_closes_when_none_of_its_episodes_is_left() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-11T10:00 plan.started p2 cp
        2021-02-08T10:00 plan.ended p1
        2021-03-01T10:00 plan.ended p2
        2021-03-08T10:00 plan.started p3 cp
        ? clock cp_review at 2021-03-31
        = cp_review cancelled 2021-01-04T10:00Z due 2021-04-04 cancelled 2021-03-01T10:00Z (p1)
        = cp_review on_track 2021-03-08T10:00Z due 2021-06-08 (p3)
        ",
    );
}

#[test]
fn the_first_start_and_the_first_end_of_an_episode_count() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-11T10:00 plan.started p1 cp
        2021-02-08T10:00 plan.ended p1
        2021-02-15T10:00 plan.ended p1
        2021-02-22T10:00 plan.started p1 cp
        ? clock cp_review at 2021-03-31
        = cp_review cancelled 2021-01-04T10:00Z due 2021-04-04 cancelled 2021-02-08T10:00Z (p1)
        ",
    );
}

#[test]
fn an_end_that_is_not_after_the_start_and_the_state_never_held() {
    for end in ["2021-01-04T10:00", "2021-01-04T09:59:59.999999", "2020-12-01T10:00"] {
        check(&format!(
            "
            2021-01-04T10:00 plan.started p1 cp
            {end} plan.ended p1
            2021-01-20T10:00 plan.ended p1
            ? clock cp_review at 2021-01-10
            = nothing
            ? measure cp_children 2021-01 at 2021-01-10
            = County 0
            "
        ));
    }
}

#[test]
fn an_end_without_a_start_and_a_start_of_another_noun_open_nothing() {
    check(
        "
        2021-01-04T10:00 plan.ended p1 cp
        2021-01-04T10:00 case.closed p1
        2021-01-04T10:00 missing.started m1
        2021-01-04T10:00 early_help.started h1
        ? measure open_children cp_children early_help_open 2021-01
        = cp_children County 0
        = early_help_open County 1
        = open_children County 0
        ",
    );
}

/// The end calls the plan one of child in need; its start says child protection.
#[test]
fn a_plan_is_of_the_kind_of_its_start() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cp
        2021-01-20T10:00 plan.ended p1 cin
        2021-01-05T10:00 plan.ended p2 cp | child=2
        2021-01-06T10:00 plan.ended p3 cin | child=3
        ? measure cp_children cp_ends 2021-01
        = cp_children County 0
        = cp_ends County 2
        ",
    );
}

/// in_need shows the referral that was open, first in history order, when the child protection plan ended.
#[test]
fn a_combined_state_opens_when_its_condition_becomes_true() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-11T10:00 plan.started p1 cp
        2021-02-01T10:00 referral.received r2 s17
        2021-02-02T10:00 referral.received r3 s17
        2021-02-08T10:00 case.closed r1
        2021-03-01T10:00 plan.ended p1
        ? clock cin_visit at 2021-03-02
        = cin_visit cancelled 2021-01-04T10:00Z due 2021-02-01 cancelled 2021-01-11T10:00Z (r1)
        = cin_visit on_track 2021-03-01T10:00Z due 2021-03-29 (r2)
        ",
    );
}

/// Care begins at the very instant at which the child protection plan ends, and the referral stays open.
#[test]
fn one_part_that_ends_as_another_begins_leaves_no_gap_in_what_they_exclude() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-11T10:00 plan.started p1 cp
        2021-02-08T10:00 plan.ended p1
        2021-02-08T10:00 care.started c1
        2021-03-01T10:00 care.ended c1
        ? clock cin_visit at 2021-03-02
        = cin_visit cancelled 2021-01-04T10:00Z due 2021-02-01 cancelled 2021-01-11T10:00Z (r1)
        = cin_visit on_track 2021-03-01T10:00Z due 2021-03-29 (r1)
        ",
    );
}

#[test]
fn a_child_in_need_plan_rests_while_a_protection_plan_or_care_lasts() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cin
        2021-01-11T10:00 care.started c1
        2021-02-08T10:00 care.ended c1
        ? clock cin_review at 2021-02-09
        = cin_review cancelled 2021-01-04T10:00Z due 2021-02-15 cancelled 2021-01-11T10:00Z (p1)
        = cin_review on_track 2021-02-08T10:00Z due 2021-03-22 (p1)
        ",
    );
}

/// From a referral to care to leaving care the child is open without a break, and no episode is shown.
#[test]
fn open_is_one_state_across_its_parts() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-02-01T10:00 care.started c1
        2021-02-02T10:00 case.closed r1
        2021-03-01T10:00 care.ended c1
        2021-03-01T10:00 care_leaver.started l1
        ? clock supervision at 2021-03-02
        = supervision due_soon 2021-01-04T10:00Z due 2021-03-04
        2021-03-01T12:00 care_leaver.ended l1
        ? clock supervision at 2021-03-02
        = supervision cancelled 2021-01-04T10:00Z due 2021-03-04 cancelled 2021-03-01T12:00Z
        ",
    );
}

#[test]
fn each_part_makes_a_child_open_and_early_help_missing_and_other_plans_do_not() {
    check(
        "
        2021-01-04T10:00 referral.received x         | child=1
        2021-01-04T10:00 plan.started x cp           | child=2
        2021-01-04T10:00 care.started x              | child=3
        2021-01-04T10:00 care_leaver.started x       | child=4
        2021-01-04T10:00 plan.started x cin          | child=5
        2021-01-04T10:00 private_fostering.started x | child=6
        2021-01-04T10:00 missing.started x           | child=7
        2021-01-04T10:00 early_help.started x        | child=8
        2021-01-04T10:00 plan.started x my_plan      | child=9
        2021-01-04T10:00 contact.received x          | child=10
        2021-01-04T10:00 carer.approved x            | carer=1
        ? measure open_children 2021-01
        = County 6
        ",
    );
}

#[test]
fn a_leaver_is_not_in_need() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-11T10:00 care_leaver.started l1
        ? measure in_need_children 2021-01 at 2021-01-10
        = County 1
        ? measure in_need_children 2021-01 at 2021-01-11
        = County 0
        ",
    );
}

/// Born on 14 January 2016: five at 00:00 on 14 January 2021. The second plan is then the first of those open.
#[test]
fn a_birthday_opens_a_state_limited_to_ages_once_at_has_reached_it() {
    check(
        "
        2016-01-20T10:00 child.registered 2016-01-14
        2021-01-04T10:00 plan.started p1 cp
        2021-01-11T10:00 plan.started p2 cp
        2021-01-12T10:00 plan.ended p1
        2021-01-13T10:00 visit.completed cp seen_alone=true
        ? clock cp_seen_alone at 2021-01-13
        = nothing
        ? clock cp_seen_alone at 2021-01-14T00:00
        = cp_seen_alone on_track 2021-01-14T00:00Z due 2021-01-28 (p2)
        ? clock cp_visit at 2021-01-14T00:00
        = cp_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-13T10:00Z (p1)
        = cp_visit on_track 2021-01-13T10:00Z due 2021-01-27 (p1)
        ",
    );
}

/// Born on 10 July 2003: eighteen at midnight in London on 10 July 2021, 23:00 in UTC on the 9th.
#[test]
fn a_birthday_closes_it_at_local_midnight() {
    check(
        "
        2003-07-20T10:00 child.registered 2003-07-10
        2021-07-01T10:00 plan.started p1 cp
        ? clock cp_seen_alone at 2021-07-09T22:59:59.999999
        = cp_seen_alone due_soon 2021-07-01T10:00Z due 2021-07-15 (p1)
        ? clock cp_seen_alone at 2021-07-09T23:00
        = cp_seen_alone cancelled 2021-07-01T10:00Z due 2021-07-15 cancelled 2021-07-09T23:00Z (p1)
        ",
    );
}

#[test]
fn who_was_born_on_29_february_is_older_on_1_march() {
    check(
        "
        2016-03-20T10:00 child.registered 2016-02-29
        2021-01-04T10:00 plan.started p1 cp
        ? clock cp_seen_alone at 2021-02-28
        = nothing
        ? clock cp_seen_alone at 2021-03-01T00:00
        = cp_seen_alone on_track 2021-03-01T00:00Z due 2021-03-15 (p1)
        ",
    );
}

#[test]
fn a_state_that_ends_before_the_birthday_never_counts() {
    check(
        "
        2016-03-20T10:00 child.registered 2016-02-01
        2021-01-04T10:00 plan.started p1 cp
        2021-01-31T23:59:59.999999 plan.ended p1
        2020-01-06T10:00 plan.started p1 cp | child=2
        2020-01-06T10:00 plan.started p1 cp | child=3
        2020-01-06T10:00 child.registered expected_date=2020-06-01 | child=3
        ? clock cp_seen_alone at 2021-03-31
        = nothing
        ",
    );
}

#[test]
fn carers_have_states_of_their_own() {
    check(
        "
        2020-03-02T10:00 carer.approved a1 | carer=1
        2020-03-02T10:00 care.started c1   | child=2
        2021-02-01T10:00 carer.ended a1    | carer=1
        ? clock carer_review care_assessment at 2020-12-31
        = child/2: care_assessment on_track 2020-03-02T10:00Z due 2021-03-02 (c1)
        = carer/1: carer_review on_track 2020-03-02T10:00Z due 2021-03-02 (a1)
        ? clock carer_review at 2021-02-28
        = carer/1: carer_review cancelled 2020-03-02T10:00Z due 2021-03-02 cancelled 2021-02-01T10:00Z (a1)
        ",
    );
}
