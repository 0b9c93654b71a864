//! Look-back on a state, durations: what lies behind the subjects in a state at `at`.

use testkit::check;

/// Twelve months before 31 January 2021 is 31 January 2020: from the day after, 1 February 2020, up to `at`.
#[test]
fn the_window_begins_the_day_after() {
    check(
        "
        2019-01-04T10:00 care.started c1
        2020-02-01T00:00 placement.started h1
        2020-06-01T10:00 placement.started h2
        2021-01-31T12:00 placement.started h3
        2019-01-04T10:00 care.started c1      | child=2
        2020-01-31T23:59 placement.started h1 | child=2
        2020-06-01T10:00 placement.started h2 | child=2
        2021-01-31T12:00 placement.started h3 | child=2
        ? measure placements_three 2021-01
        = County 1/2 50.0 worse of 13
        ? measure placements_three 2021-01 at 2021-01-31T12:00
        = County 1/2 50.0 worse of 13
        ? measure placements_three 2021-01 at 2021-01-31T11:59:59.999999
        = County 0/2 0.0 better of 13
        ? measure placements_three 2021-01 at 2021-01-30
        = County 0/2 0.0 better of 13
        ",
    );
}

#[test]
fn missing_from_care() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2020-02-01T10:00 missing.started m1
        2021-01-04T10:00 care.started c1    | child=2
        2020-01-31T10:00 missing.started m1 | child=2
        2021-01-20T10:00 missing.started m1 | child=3
        ? measure care_missing_12m 2021-01
        = County 1/2 50.0 worse of 11.9
        ",
    );
}

#[test]
fn protection_plans_ever() {
    check(
        "
        2009-01-05T10:00 plan.started p1 cp
        2009-02-05T10:00 plan.ended p1
        2010-01-05T10:00 plan.started p2 cp
        2010-02-05T10:00 plan.ended p2
        2021-01-05T10:00 plan.started p3 cp
        2010-01-05T10:00 plan.started p1 cp | child=2
        2010-02-05T10:00 plan.ended p1      | child=2
        2021-01-05T10:00 plan.started p2 cp | child=2
        2021-01-05T10:00 plan.started p1 cp | child=3
        ? measure cp_ever_repeat cp_three_plans 2021-01
        = cp_ever_repeat County 2/3 66.7
        = cp_three_plans County 1/3 33.3
        ",
    );
}

/// Early help that ended in the twelve months before the present opening, as for events; not since then.
#[test]
fn early_help_again() {
    check(
        "
        2019-01-05T10:00 early_help.started h1
        2020-01-05T00:00 early_help.ended h1
        2021-01-05T10:00 early_help.started h2
        2019-01-05T10:00 early_help.started h1 | child=2
        2020-01-04T23:59 early_help.ended h1   | child=2
        2021-01-05T10:00 early_help.started h2 | child=2
        2020-01-05T10:00 early_help.started h1 | child=3
        2020-06-05T10:00 early_help.started h2 | child=3
        2020-12-05T10:00 early_help.ended h1   | child=3
        ? measure early_help_repeat early_help_open 2021-01
        = early_help_open County 3
        = early_help_repeat County 1/3 33.3
        ",
    );
}

#[test]
fn a_neglect_toolkit_for_open_plans_of_neglect() {
    check(
        "
        2021-01-05T10:00 plan.started p1 cp category=neglect
        2020-02-01T10:00 neglect_toolkit.completed
        2021-01-05T10:00 plan.started p1 cp category=neglect  | child=2
        2020-01-31T10:00 neglect_toolkit.completed            | child=2
        2021-01-05T10:00 plan.started p1 cp category=physical | child=3
        2021-01-05T10:00 neglect_toolkit.completed            | child=3
        2020-01-06T10:00 plan.started p1 cp category=neglect  | child=4
        2020-12-07T10:00 plan.started p2 cp category=sexual   | child=4
        2020-12-08T10:00 plan.ended p1                        | child=4
        2021-01-05T10:00 plan.started p1 cin category=neglect | child=5
        ? measure cp_neglect_toolkit cp_children 2021-01
        = cp_children County 4
        = cp_neglect_toolkit County 1/2 50.0
        ",
    );
}

/// A suspension since 1 September: at 00:00 in London, 23:00 in UTC the day before.
#[test]
fn suspended_this_school_year() {
    check(
        "
        2010-01-05T10:00 child.registered 2010-01-01
        2020-01-06T10:00 care.started c1
        2020-08-31T23:00 exclusion.recorded suspension
        2010-01-05T10:00 child.registered 2010-01-01            | child=2
        2020-01-06T10:00 care.started c1                        | child=2
        2020-08-31T22:59:59 exclusion.recorded suspension       | child=2
        2020-10-01T10:00 exclusion.recorded permanent           | child=2
        2005-01-05T10:00 child.registered 2005-01-31            | child=3
        2020-01-06T10:00 care.started c1                        | child=3
        2020-10-01T10:00 exclusion.recorded suspension          | child=3
        2020-01-06T10:00 care.started c1                        | child=4
        2020-10-01T10:00 exclusion.recorded suspension          | child=4
        ? measure suspended 2021-01
        = County 1/2 50.0
        ? measure suspended 2021-01 at 2021-01-30
        = County 2/3 66.7
        ? measure suspended 2020-08
        = County 1/3 33.3
        ? measure suspended 2021-09
        = County 0/2 0.0
        ",
    );
}

#[test]
fn a_statement_by_the_app_in_the_period() {
    check(
        "
        2020-12-01T10:00 referral.received r1
        2021-01-01T00:00 voice.statement_received channel=mind_of_my_own
        2020-12-01T10:00 referral.received r1                            | child=2
        2020-12-31T23:59 voice.statement_received channel=mind_of_my_own | child=2
        2020-12-01T10:00 referral.received r1                            | child=3
        2021-01-10T10:00 voice.statement_received channel=letter         | child=3
        2020-12-01T10:00 referral.received r1                            | child=4
        2021-01-20T10:00 voice.statement_received channel=mind_of_my_own | child=4
        2021-01-20T10:00 voice.statement_received channel=mind_of_my_own | child=5
        ? measure voice_app 2021-01
        = County 2/4 50.0
        ? measure voice_app 2021-01 at 2021-01-19
        = County 1/4 25.0
        ? measure voice_app 2021-01 at 2021-02-28
        = County 2/4 50.0
        ",
    );
}

/// The opening's local date plus twelve months must lie before the local date of `at`.
#[test]
fn in_need_for_longer_than_12_months() {
    check(
        "
        2020-01-30T23:59 referral.received r1
        2020-01-31T00:00 referral.received r1 | child=2
        ? measure cin_over_12m 2021-01
        = County 1/2 50.0 worse of 10
        ? measure cin_over_12m 2021-02 at 2021-02-01T00:00
        = County 2/2 100.0 worse of 10
        ? measure cin_over_24m 2022-01
        = County 1/2 50.0
        ",
    );
}

/// A child protection plan in between opens `in_need` anew.
#[test]
fn a_duration_counts_from_the_present_opening() {
    check(
        "
        2019-01-07T10:00 referral.received r1
        2020-02-03T10:00 plan.started p1 cp
        2020-03-02T10:00 plan.ended p1
        ? measure cin_over_12m 2021-01
        = County 0/1 0.0 better of 10
        ? measure cin_over_12m 2021-03
        = County 1/1 100.0 worse of 10
        ",
    );
}

/// 29 February plus twelve months is 28 February: longer from 1 March on.
#[test]
fn a_duration_from_29_february() {
    check(
        "
        2020-02-29T10:00 referral.received r1
        ? measure cin_over_12m 2021-02
        = County 0/1 0.0 better of 10
        ? measure cin_over_12m 2021-03 at 2021-03-01T00:00
        = County 1/1 100.0 worse of 10
        ",
    );
}

#[test]
fn children_with_an_open_short_break_plan_are_left_out() {
    check(
        "
        2019-01-07T10:00 referral.received r1
        2020-02-03T10:00 plan.started p1 cin short_break=true
        2019-01-07T10:00 referral.received r1                 | child=2
        2020-02-03T10:00 plan.started p1 cin short_break=true | child=2
        2020-03-03T10:00 plan.ended p1                        | child=2
        2019-01-07T10:00 referral.received r1                 | child=3
        2020-02-03T10:00 plan.started p1 cin short_break=false | child=3
        2019-01-07T10:00 referral.received r1                 | child=4
        2020-02-03T10:00 plan.started p1 my_plan short_break=true | child=4
        ? measure cin_over_12m in_need_children 2021-01
        = cin_over_12m County 2/2 100.0 worse of 10
        = in_need_children County 4
        ",
    );
}

#[test]
fn long_protection_plans_and_my_plans() {
    check(
        "
        2019-01-30T10:00 plan.started p1 cp
        2019-01-31T10:00 plan.started p1 cp           | child=2
        2020-01-30T10:00 plan.started p1 my_plan      | child=3
        2020-01-31T10:00 plan.started p1 my_plan_plus | child=4
        ? measure cp_over_2y my_plans_over_12m 2021-01
        = cp_over_2y County 1/2 50.0 worse of 2
        = my_plans_over_12m County 1/2 50.0
        ",
    );
}

/// In care for 2.5 years or more and under 16: the current placement begun 2 years or more ago; each bound included.
#[test]
fn settled_placements() {
    let in_care = |child: u32, born: &str, care: &str, placements: &str| {
        let lines = placements.lines().map(|line| format!("{line} | child={child}\n")).collect::<String>();
        format!(
            "2010-01-05T10:00 child.registered {born} | child={child}
            {care}T10:00 care.started c1 | child={child}
            {lines}"
        )
    };
    let table = [
        in_care(1, "2010-01-01", "2018-07-31", "2019-01-31T10:00 placement.started h1"),
        in_care(2, "2010-01-01", "2018-07-31", "2019-02-01T10:00 placement.started h1"),
        in_care(3, "2010-01-01", "2018-08-01", "2018-08-01T10:00 placement.started h1"),
        in_care(4, "2005-01-31", "2018-07-31", "2018-07-31T10:00 placement.started h1"),
        in_care(5, "2005-02-01", "2018-07-31", "2018-07-31T10:00 placement.started h1"),
        in_care(
            6,
            "2010-01-01",
            "2018-07-31",
            "2018-07-31T10:00 placement.started h1\n2020-07-31T10:00 placement.ended h1",
        ),
        in_care(
            7,
            "2010-01-01",
            "2018-07-31",
            "2018-07-31T10:00 placement.started h1\n2020-07-31T10:00 placement.started h2",
        ),
        in_care(
            8,
            "2010-01-01",
            "2018-07-31",
            "2018-07-31T10:00 placement.started h1\n2020-07-31T10:00 placement.started h2\n2020-08-31T10:00 placement.ended h2",
        ),
    ];
    check(&format!(
        "{}
        ? measure placement_settled 2021-01
        = County 3/6 50.0 worse of 65
        ",
        table.concat()
    ));
}
