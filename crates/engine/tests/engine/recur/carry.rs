//! Carry: the last act before the opening starts the first clock. Counting from later than the opening.

use testkit::check;

#[test]
fn the_last_act_before_the_opening_starts_the_first_clock_as_the_second_of_the_sequence() {
    check(
        "
        2020-04-01T10:00 review.held pathway
        2020-10-05T10:00 plan.started p1 pathway
        2021-01-20T10:00 care_leaver.started l1
        2021-03-01T10:00 review.held pathway
        ? clock leaver_pathway_plan at 2021-03-31
        = leaver_pathway_plan met 2020-10-05T10:00Z due 2021-04-05 stopped 2021-03-01T10:00Z (l1)
        = leaver_pathway_plan on_track 2021-03-01T10:00Z due 2021-09-01 (l1)
        ",
    );
}

#[test]
fn of_several_on_the_last_date_the_earliest_is_carried() {
    check(
        "
        2020-10-04T10:00 plan.started p0 pathway
        2020-10-05T09:00 plan.started p1 pathway
        2020-10-05T10:00 review.held pathway
        2021-01-20T10:00 care_leaver.started l1
        ? clock leaver_pathway_plan at 2021-01-31
        = leaver_pathway_plan on_track 2020-10-05T09:00Z due 2021-04-05 (l1)
        ",
    );
}

/// The first clock is due on the day it first applies.
#[test]
fn without_one_the_first_clock_starts_at_the_opening() {
    check(
        "
        2021-01-20T10:00 care_leaver.started l1
        ? clock leaver_pathway_plan at 2021-01-20
        = leaver_pathway_plan due_soon 2021-01-20T10:00Z due 2021-01-20 (l1)
        ? clock leaver_pathway_plan at 2021-01-21T00:00
        = leaver_pathway_plan overdue 2021-01-20T10:00Z due 2021-01-20 +1d/1wd (l1)
        ",
    );
}

#[test]
fn an_act_on_the_date_of_the_opening_is_not_carried_but_closes_the_first_clock() {
    check(
        "
        2021-01-20T09:00 plan.started p1 pathway
        2021-01-20T10:00 care_leaver.started l1
        ? clock leaver_pathway_plan at 2021-01-31
        = leaver_pathway_plan met 2021-01-20T10:00Z due 2021-01-20 stopped 2021-01-20T09:00Z (l1)
        = leaver_pathway_plan on_track 2021-01-20T09:00Z due 2021-07-20 (l1)
        ",
    );
}

#[test]
fn an_act_is_carried_and_another_on_the_opening_date_closes_it() {
    check(
        "
        2020-06-01T10:00 plan.started p1 pathway
        2021-01-20T09:00 review.held pathway
        2021-01-20T10:00 care_leaver.started l1
        ? clock leaver_pathway_plan at 2021-01-31
        = leaver_pathway_plan late 2020-06-01T10:00Z due 2020-12-01 stopped 2021-01-20T09:00Z (l1)
        = leaver_pathway_plan on_track 2021-01-20T09:00Z due 2021-07-20 (l1)
        ",
    );
}

/// Each span carries the last act before its own opening, also one of an earlier span.
#[test]
fn an_act_may_be_carried_into_two_spans() {
    check(
        "
        2020-10-05T10:00 plan.started p1 pathway
        2021-01-20T10:00 care_leaver.started l1
        2021-01-25T10:00 care_leaver.ended l1
        2021-02-01T10:00 care_leaver.started l2
        ? clock leaver_pathway_plan at 2021-02-02
        = leaver_pathway_plan cancelled 2020-10-05T10:00Z due 2021-04-05 cancelled 2021-01-25T10:00Z (l1)
        = leaver_pathway_plan on_track 2020-10-05T10:00Z due 2021-04-05 (l2)
        ",
    );
}

/// Old enough already: counts from 00:00 of the day three months after care began, clipped to the end of February.
#[test]
fn care_pathway_plan_counts_three_months_after_care_opened() {
    check(
        "
        2004-06-20T10:00 child.registered 2004-06-15
        2020-11-30T10:00 care.started c1
        ? clock care_pathway_plan at 2021-02-27
        = nothing
        ? next at 2021-02-27
        = 2021-02-28T00:00Z
        ? clock care_pathway_plan at 2021-02-28T00:00
        = care_pathway_plan due_soon 2021-02-28T00:00Z due 2021-02-28 (c1)
        2021-02-27T23:30 plan.started p1 pathway
        ? clock care_pathway_plan at 2021-02-28
        = care_pathway_plan on_track 2021-02-27T23:30Z due 2021-08-27 (c1)
        2021-02-28T09:00 review.held pathway
        ? clock care_pathway_plan at 2021-02-28
        = care_pathway_plan met 2021-02-27T23:30Z due 2021-08-27 stopped 2021-02-28T09:00Z (c1)
        = care_pathway_plan on_track 2021-02-28T09:00Z due 2021-08-28 (c1)
        ",
    );
}

/// Born on 30 November 2004: there is no 30 February, so 16 years and 3 months are reached on 1 March 2021.
#[test]
fn care_pathway_plan_counts_from_sixteen_and_three_months_if_that_is_later() {
    check(
        "
        2004-12-20T10:00 child.registered 2004-11-30
        2020-03-02T10:00 care.started c1
        ? clock care_pathway_plan at 2021-02-28
        = nothing
        ? clock care_pathway_plan at 2021-03-01T00:00
        = care_pathway_plan due_soon 2021-03-01T00:00Z due 2021-03-01 (c1)
        2022-11-01T10:00 plan.started p1 pathway
        ? clock care_pathway_plan at 2022-11-30T00:00
        = care_pathway_plan late 2021-03-01T00:00Z due 2021-03-01 stopped 2022-11-01T10:00Z (c1)
        = care_pathway_plan cancelled 2022-11-01T10:00Z due 2023-05-01 cancelled 2022-11-30T00:00Z (c1)
        ",
    );
}

/// The episode is one of those open when it begins to count, not when care opened.
#[test]
fn care_pathway_plan_shows_the_episode_open_when_it_begins_to_count() {
    check(
        "
        2004-06-20T10:00 child.registered 2004-06-15
        2020-11-30T10:00 care.started c1
        2021-01-04T10:00 care.started c2
        2021-01-05T10:00 care.ended c1
        ? clock care_pathway_plan care_assessment at 2021-03-01
        = care_pathway_plan overdue 2021-02-28T00:00Z due 2021-02-28 +1d/1wd (c2)
        = care_assessment on_track 2020-11-30T10:00Z due 2021-11-30 (c1)
        ",
    );
}

#[test]
fn care_that_ends_before_it_counts_never_asks_for_a_plan() {
    check(
        "
        2004-06-20T10:00 child.registered 2004-06-15
        2020-11-30T10:00 care.started c1
        2021-02-28T00:00 care.ended c1
        2020-11-30T10:00 care.started c1 | child=2
        ? clock care_pathway_plan at 2021-03-31
        = nothing
        ",
    );
}
