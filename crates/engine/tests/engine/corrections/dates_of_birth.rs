//! The date of birth: the last in history order that gives one, subject to `known` alone.

use testkit::check;

/// A clock for ages 5 to 18 shows whether a date of birth is there, and which.
const PLAN: &str = "2021-01-04T10:00 plan.started p1 cp";

#[test]
fn it_holds_for_every_date_and_not_only_after_the_registration() {
    check(&format!(
        "
        {PLAN}
        2021-06-01T10:00 child.registered 2010-05-01 | recorded=2021-01-10T10:00
        ? clock cp_seen_alone at 2021-01-11
        = cp_seen_alone due_soon 2021-01-04T10:00Z due 2021-01-18 (p1)
        ? clock cp_seen_alone at 2021-01-11 known 2021-01-09
        = nothing
        "
    ));
}

#[test]
fn the_last_that_occurred_counts_and_what_gives_none_is_passed_over() {
    check(&format!(
        "
        {PLAN}
        2021-01-01T10:00 child.registered 2010-05-01   | recorded=2021-01-05T10:00
        2020-12-01T10:00 child.updated 2020-06-01      | recorded=2021-01-06T10:00
        2021-02-01T10:00 child.updated sex=male
        ? clock cp_seen_alone at 2021-01-11
        = cp_seen_alone due_soon 2021-01-04T10:00Z due 2021-01-18 (p1)
        2021-02-01T10:00 child.updated 2020-06-01      | recorded=2021-01-07T10:00
        ? clock cp_seen_alone at 2021-01-11
        = nothing
        ? clock cp_seen_alone at 2021-01-11 known 2021-01-06
        = cp_seen_alone due_soon 2021-01-04T10:00Z due 2021-01-18 (p1)
        "
    ));
}

#[test]
fn one_that_is_retracted_or_only_expected_is_none() {
    check(&format!(
        "
        {PLAN}
        2021-01-01T10:00 child.registered 2010-05-01 | id=b
        2021-01-02T10:00 child.registered expected_date=2021-05-01
        ? clock cp_seen_alone at 2021-01-11
        = cp_seen_alone due_soon 2021-01-04T10:00Z due 2021-01-18 (p1)
        2021-01-03T10:00 event.retracted b
        ? clock cp_seen_alone at 2021-01-11
        = nothing
        "
    ));
}

#[test]
fn merged_children_share_it() {
    check(&format!(
        "
        {PLAN}
        2020-01-01T10:00 child.registered 2010-05-01 | child=2
        2021-01-05T10:00 child.merged 1              | child=2
        ? clock cp_seen_alone at 2021-01-11
        = cp_seen_alone due_soon 2021-01-04T10:00Z due 2021-01-18 (p1)
        "
    ));
}
