//! Targets: what is in force on the period's last day, and the status judged on the exact ratio.

use crate::rules::rulebook;
use testkit::{check, check_under};

/// One measure: the share of contacts that came from professionals.
fn share_of_professionals(keys: &str) -> rulebook::Rulebook {
    rulebook(&format!(
        r#"
        tolerance_percent = 5
        [[measure]]
        id = "professional"
        title = "Professional"
        area = "oversight"
        kind = "event_share"
        events = "contact.received"
        satisfies = {{ where = {{ professional = true }} }}
        {keys}
        "#
    ))
}

/// So many contacts, of which so many came from professionals.
fn contacts(professional: usize, all: usize) -> String {
    let line = |number| {
        let is_professional = number < professional;
        format!("2021-01-04T10:00 contact.received k{number} professional={is_professional}\n")
    };
    (0..all).map(line).collect()
}

#[test]
fn better_within_and_worse() {
    let cases = [
        ("target = 85", 85, 100, "85.0 better of 85"),
        ("target = 85", 81, 100, "81.0 within of 85"),
        ("target = 85", 807, 1000, "80.7 worse of 85"),
        ("target = 85", 323, 400, "80.8 within of 85"),
        ("better = \"lower\"\ntarget = 19", 19, 100, "19.0 better of 19"),
        ("better = \"lower\"\ntarget = 19", 197, 1000, "19.7 within of 19"),
        ("better = \"lower\"\ntarget = 19", 399, 2000, "20.0 within of 19"),
        ("better = \"lower\"\ntarget = 19", 1, 5, "20.0 worse of 19"),
        ("better = \"plan\"\ntarget = 50", 1, 2, "50.0 better of 50"),
        ("better = \"plan\"\ntarget = 50", 21, 40, "52.5 within of 50"),
        ("better = \"plan\"\ntarget = 50", 19, 40, "47.5 within of 50"),
        ("better = \"plan\"\ntarget = 50", 527, 1000, "52.7 worse of 50"),
        ("better = \"plan\"\ntarget = 50", 473, 1000, "47.3 worse of 50"),
        ("better = \"lower\"\ntarget = 0", 0, 7, "0.0 better of 0"),
        ("better = \"lower\"\ntarget = 0", 1, 1000, "0.1 worse of 0"),
        ("target = 100\ntolerance_percent = 0", 999, 1000, "99.9 worse of 100"),
        ("target = 80\ntolerance_percent = 12.5", 7, 10, "70.0 within of 80"),
        ("target = 21.5", 43, 200, "21.5 better of 21.5"),
    ];
    for (keys, numerator, denominator, expected) in cases {
        check_under(
            &share_of_professionals(keys),
            &format!(
                "{}
                ? measure professional 2021-01
                = County {numerator}/{denominator} {expected}
                ",
                contacts(numerator, denominator)
            ),
        );
    }
}

/// The ratio is judged, not what is shown: 2/3 of a target of 66.7 is worse than it, though both show 66.7.
#[test]
fn the_exact_ratio_is_judged_and_shown_rounded_half_up() {
    let cases = [
        ("target = 66.7\ntolerance_percent = 0", 2, 3, "66.7 worse of 66.7"),
        ("target = 66.6\ntolerance_percent = 0", 2, 3, "66.7 better of 66.6"),
        ("", 1, 8, "12.5"),
        ("", 1, 16, "6.3"),
        ("", 1, 2000, "0.1"),
        ("", 1, 2001, "0.0"),
        ("", 1999, 2000, "100.0"),
    ];
    for (keys, numerator, denominator, expected) in cases {
        check_under(
            &share_of_professionals(keys),
            &format!(
                "{}
                ? measure professional 2021-01
                = County {numerator}/{denominator} {expected}
                ",
                contacts(numerator, denominator)
            ),
        );
    }
}

#[test]
fn a_target_changes_with_the_last_day_of_the_period() {
    check(
        "
        2022-01-04T10:00 plan.started p1 cin
        ? measure cin_review_timely 2022-03
        = County 0/1 0.0 worse of 85
        ? measure cin_review_timely 2022-04
        = County 0/1 0.0 worse of 90
        ? measure cin_review_timely 2021-Q4
        = County 0/1 0.0 worse of 85
        ? measure cin_review_timely 2021-FY
        = County 0/1 0.0 worse of 85
        ? measure cin_review_timely 2022-04-R12
        = County 0/1 0.0 worse of 90
        ? measure cin_review_timely 2022-03-R12
        = County 0/1 0.0 worse of 85
        ",
    );
}

/// A target of a count is a count.
#[test]
fn counts_and_means_have_targets_too() {
    let rules = rulebook(
        r#"
        [[state]]
        id = "care"
        title = "Care"
        start = "care.started"
        end = "care.ended"

        [[measure]]
        id = "contacts"
        title = "Contacts"
        area = "oversight"
        kind = "event_count"
        events = "contact.received"
        better = "lower"
        target = 20

        [[measure]]
        id = "score"
        title = "Score"
        area = "oversight"
        kind = "mean"
        state = "care"
        latest = "sdq.completed"
        field = "score"
        better = "lower"
        target = 14
        "#,
    );
    for (contacts, status) in [(20, "better"), (21, "within"), (22, "worse")] {
        check_under(
            &rules,
            &format!(
                "{}
                2021-01-04T10:00 care.started c1
                2021-01-04T10:00 sdq.completed 14
                2021-01-04T10:00 care.started c1  | child=2
                2021-01-04T10:00 sdq.completed 15 | child=2
                ? measure contacts score 2021-01
                = contacts County {contacts} {status} of 20
                = score County mean 14.5 within of 14
                ? measure score 2020-12
                = County mean n/a n/a of 14
                ",
                self::contacts(0, contacts)
            ),
        );
    }
}

#[test]
fn a_measure_that_is_not_in_force_has_no_figure() {
    check_under(
        &share_of_professionals("from = 2021-01-31\nuntil = 2021-02-28"),
        "
        2021-01-04T10:00 contact.received k1
        ? measure professional 2020-12
        = nothing
        ? measure professional 2021-01
        = County 0/1 0.0
        ? measure professional 2021-02
        = County 0/0 n/a
        ? measure professional 2021-03
        = nothing
        ",
    );
}

#[test]
fn targets_of_each_group_are_judged_alike() {
    check(
        "
        2021-01-01T10:00 allocation.started G G1
        2021-01-04T10:00 plan.started p1 cp
        2021-01-25T10:00 plan.started p1 cp | child=2
        ? measure cp_visit_timely 2021-01 by team
        = County 1/2 50.0 worse of 90
        = G1 0/1 0.0 worse of 90
        = Unallocated 1/1 100.0 better of 90
        ",
    );
}
