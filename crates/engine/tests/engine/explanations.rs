//! Why a clock is what it is: the days counted out, and the events behind it.

use crate::rules::note_within;
use testkit::{ask, check, events};

#[test]
fn a_clock_that_was_met_with_the_days_that_did_not_count() {
    check(
        r#"
        2021-04-01T10:00 referral.received r1
        2021-04-06T10:00 visit.completed initial | id=v
        ? explain initial_visit_s17 at 2021-04-30
        = initial_visit_s17 met 2021-04-01T10:00Z due 2021-04-12 stopped 2021-04-06T10:00Z (r1)
        = 5 working days after Thu 1 April 2021; 2 April Good Friday and 5 April Easter Monday not counted; due Mon 12 April
        = started 2021-04-01T10:00Z: started by referral.received of episode r1 (event e1)
        = stopped 2021-04-06T10:00Z: stopped by visit.completed (event v)
        "#,
    );
}

#[test]
fn a_limit_in_hours() {
    check(
        r#"
        2021-03-27T10:00 contact.received k1
        ? explain contact_initial_decision at 2021-03-31
        = contact_initial_decision overdue 2021-03-27T10:00Z due 2021-03-28T10:00Z +84h (k1)
        = 24 hours after Sat 27 March 2021 10:00; the clocks go forward in between; too late from Sun 28 March 11:00
        = started 2021-03-27T10:00Z: started by contact.received of episode k1 (event e1)
        "#,
    );
}

#[test]
fn a_clock_that_was_cancelled() {
    check(
        r#"
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 case.closed r1 | id=c
        ? explain initial_visit_s17 at 2021-01-31
        = initial_visit_s17 cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-06T10:00Z (r1)
        = 5 working days after Mon 4 January 2021; due Mon 11 January
        = started 2021-01-04T10:00Z: started by referral.received of episode r1 (event e1)
        = cancelled 2021-01-06T10:00Z: cancelled by case.closed of episode r1 (event c)
        "#,
    );
}

#[test]
fn a_state_that_opened_and_closed() {
    check(
        r#"
        2021-01-04T10:00 referral.received r1
        2021-01-11T10:00 plan.started p1 cp
        2021-02-08T10:00 plan.ended p1
        2021-02-09T10:00 case.closed r1
        ? explain cin_visit at 2021-02-28
        = cin_visit cancelled 2021-01-04T10:00Z due 2021-02-01 cancelled 2021-01-11T10:00Z (r1)
        = 20 working days after Mon 4 January 2021; due Mon 1 February
        = started 2021-01-04T10:00Z: "Child in need" opened with referral.received of episode r1 (event e1)
        = cancelled 2021-01-11T10:00Z: cancelled, as "Child in need" closed with plan.started of episode p1 (event e2)
        = cin_visit cancelled 2021-02-08T10:00Z due 2021-03-08 cancelled 2021-02-09T10:00Z (r1)
        = 20 working days after Mon 8 February 2021; due Mon 8 March
        = started 2021-02-08T10:00Z: "Child in need" opened with plan.ended of episode p1 (event e3)
        = cancelled 2021-02-09T10:00Z: cancelled, as "Child in need" closed with case.closed of episode r1 (event e4)
        "#,
    );
}

#[test]
fn a_sequence_that_began_again() {
    check(
        r#"
        2021-01-04T10:00 care.started c1
        2021-01-06T10:00 visit.completed statutory
        2021-01-20T10:00 placement.started h2
        ? explain care_visit at 2021-01-21
        = care_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (c1)
        = 1 week after Mon 4 January 2021; due Mon 11 January
        = started 2021-01-04T10:00Z: "In care" opened with care.started of episode c1 (event e1)
        = stopped 2021-01-06T10:00Z: stopped by visit.completed (event e2)
        = care_visit due_soon 2021-01-20T10:00Z due 2021-01-27 (c1)
        = 1 week after Wed 20 January 2021; due Wed 27 January
        = restarted 2021-01-20T10:00Z: the sequence began again with placement.started of episode h2 (event e3)
        = care_visit cancelled 2021-01-06T10:00Z due 2021-02-17 cancelled 2021-01-20T10:00Z (c1)
        = 6 weeks after Wed 6 January 2021; due Wed 17 February
        = started 2021-01-06T10:00Z: started by visit.completed (event e2)
        = cancelled 2021-01-20T10:00Z: cancelled, as the sequence began again with placement.started of episode h2 (event e3)
        "#,
    );
}

#[test]
fn an_act_that_was_carried() {
    check(
        r#"
        2020-08-31T10:00 plan.started p1 pathway
        2021-01-20T10:00 care_leaver.started l1
        ? explain leaver_pathway_plan at 2021-01-21
        = leaver_pathway_plan on_track 2020-08-31T10:00Z due 2021-02-28 (l1)
        = 6 months after Mon 31 August 2020; February 2021 has no day 31, so its last day is taken; due Sun 28 February 2021
        = started 2020-08-31T10:00Z: carried from plan.started of episode p1 (event e1), before the state opened
        "#,
    );
}

#[test]
fn a_birthday_that_opened_and_one_that_closed() {
    check(
        r#"
        2016-02-01T10:00 child.registered 2016-01-14
        2021-01-04T10:00 plan.started p1 cp
        ? explain cp_seen_alone at 2021-01-14
        = cp_seen_alone on_track 2021-01-14T00:00Z due 2021-01-28 (p1)
        = 10 working days after Thu 14 January 2021; due Thu 28 January
        = started 2021-01-14T00:00Z: began to count for "Child protection plan" on this date, by age or by time since it opened
        2003-02-01T10:00 child.registered 2003-01-14 | child=2
        2021-01-04T10:00 plan.started p1 cp          | child=2
        ? explain cp_seen_alone at 2021-01-14
        = cp_seen_alone on_track 2021-01-14T00:00Z due 2021-01-28 (p1)
        = 10 working days after Thu 14 January 2021; due Thu 28 January
        = started 2021-01-14T00:00Z: began to count for "Child protection plan" on this date, by age or by time since it opened
        = child/2: cp_seen_alone cancelled 2021-01-04T10:00Z due 2021-01-18 cancelled 2021-01-14T00:00Z (p1)
        = 10 working days after Mon 4 January 2021; due Mon 18 January
        = started 2021-01-04T10:00Z: "Child protection plan" opened with plan.started of episode p1 (event e4)
        = cancelled 2021-01-14T00:00Z: cancelled, as "Child protection plan" no longer counted from this date, by age
        "#,
    );
}

#[test]
fn a_state_that_counts_from_later() {
    check(
        r#"
        2004-06-20T10:00 child.registered 2004-06-15
        2020-11-30T10:00 care.started c1
        ? explain care_pathway_plan at 2021-03-01
        = care_pathway_plan overdue 2021-02-28T00:00Z due 2021-02-28 +1d/1wd (c1)
        = due on the day itself, Sun 28 February 2021
        = started 2021-02-28T00:00Z: began to count for "In care" on this date, by age or by time since it opened
        "#,
    );
}

#[test]
fn limits_of_other_units() {
    let cases = [
        (
            "{ working_days = 3, count_from = \"start_day\" }",
            "3 working days counting Fri 8 January 2021 as day 1; due Tue 12 January",
        ),
        ("{ days = 0 }", "due on the day itself, Fri 8 January 2021"),
        ("{ weeks = 6 }", "6 weeks after Fri 8 January 2021; due Fri 19 February"),
        ("{ years = 1 }", "1 year after Fri 8 January 2021; due Sat 8 January 2022"),
    ];
    for (limit, expected) in cases {
        let table = events("2021-01-08T10:00 referral.received r1");
        let rules = note_within(limit, "");
        assert_eq!(ask(&table).under(&rules).at("2021-01-08").explain("note")[1], expected);
    }
}
