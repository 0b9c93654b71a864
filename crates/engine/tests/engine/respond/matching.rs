//! How starts, stops and cancels find each other.

use testkit::check;

#[test]
fn by_episode_a_stop_before_its_start_counts() {
    check(
        "
        2021-01-08T16:00 contact.received k1
        2021-01-08T15:00 contact.decided k1
        ? clock contact_initial_decision at 2021-01-08T16:00
        = contact_initial_decision met 2021-01-08T16:00Z due 2021-01-09T16:00Z stopped 2021-01-08T15:00Z (k1)
        ",
    );
}

#[test]
fn by_episode_the_earliest_stop_counts_and_others_are_of_no_account() {
    check(
        "
        2021-01-08T16:00 contact.received k1
        2021-01-08T19:00 contact.decided k1 | recorded=2021-01-08T20:00
        2021-01-08T18:00 contact.decided k1 | recorded=2021-01-09T20:00
        2021-01-08T17:00 contact.decided k2
        ? clock contact_initial_decision at 2021-01-31
        = contact_initial_decision met 2021-01-08T16:00Z due 2021-01-09T16:00Z stopped 2021-01-08T18:00Z (k1)
        ",
    );
}

#[test]
fn each_start_event_opens_a_clock_also_of_one_episode() {
    check(
        "
        2021-01-08T16:00 contact.received k1
        2021-01-08T18:00 contact.received k1
        2021-01-08T19:00 contact.decided k1
        ? clock contact_initial_decision at 2021-01-31
        = contact_initial_decision met 2021-01-08T16:00Z due 2021-01-09T16:00Z stopped 2021-01-08T19:00Z (k1)
        = contact_initial_decision met 2021-01-08T18:00Z due 2021-01-09T18:00Z stopped 2021-01-08T19:00Z (k1)
        ",
    );
}

#[test]
fn by_subject_one_stop_closes_several_clocks() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-05T10:00 referral.received r2 s17
        2021-01-07T10:00 referral.received r3 s17
        2021-01-06T10:00 visit.completed initial
        2021-01-08T10:00 visit.completed initial
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        = initial_visit_s17 met 2021-01-05T10:00Z due 2021-01-12 stopped 2021-01-06T10:00Z (r2)
        = initial_visit_s17 met 2021-01-07T10:00Z due 2021-01-14 stopped 2021-01-08T10:00Z (r3)
        ",
    );
}

#[test]
fn by_subject_a_stop_of_another_child_closes_nothing() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | child=2
        ? clock initial_visit_s17 at 2021-01-06
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

#[test]
fn a_cancel_before_any_stop_cancels_and_a_stop_after_it_does_not_bring_the_clock_back() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 case.closed r1
        2021-01-06T10:00:00.000001 visit.completed initial
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn at_one_instant_the_stop_wins() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 case.closed r1          | recorded=2021-01-06T11:00
        2021-01-06T10:00 visit.completed initial | recorded=2021-01-08T11:00
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn a_stop_before_the_cancel_stops() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-20T10:00 visit.completed initial
        2021-01-21T10:00 case.closed r1
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 late 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-20T10:00Z (r1)
        ",
    );
}

#[test]
fn a_cancel_by_episode_has_no_condition_of_time_and_must_be_of_that_episode() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2020-12-30T10:00 case.closed r1
        2021-01-04T10:00 referral.received r2 s17 | child=2
        2021-01-05T10:00 case.closed r1           | child=2
        ? clock initial_visit_s17 at 2021-01-08
        = initial_visit_s17 cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2020-12-30T10:00Z (r1)
        = child/2: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r2)
        ",
    );
}

/// A stop after `at` is not there yet; neither is a cancel.
#[test]
fn what_has_not_happened_neither_stops_nor_cancels() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 case.closed r1
        2021-01-07T10:00 referral.received r2 s17
        2021-01-08T10:00 visit.completed initial
        ? clock initial_visit_s17 at 2021-01-06T09:59
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ? clock initial_visit_s17 at 2021-01-08T09:59
        = initial_visit_s17 cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-06T10:00Z (r1)
        = initial_visit_s17 due_soon 2021-01-07T10:00Z due 2021-01-14 (r2)
        ",
    );
}

/// Thirty contacts of one child, named so that one name begins another: each finds its own decision.
#[test]
fn however_many_there_are() {
    let contacts = (0..30).map(|number| format!("2021-01-04T10:00 contact.received k{number}\n"));
    let decisions = (0..30).rev().map(|number| {
        format!(
            "2021-01-05T09:{number:02} contact.decided k{number} final early_help
            2021-01-05T08:{number:02} contact.decided k{number} initial advice
            "
        )
    });
    let table: String = contacts.chain(decisions).collect();
    let mut numbers: Vec<u32> = (0..30).collect();
    numbers.sort_by_key(|number| number.to_string());
    let initial = numbers.iter().map(|number| {
        format!(
            "= contact_initial_decision met 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-05T08:{number:02}Z (k{number})\n"
        )
    });
    let early_help = numbers.iter().map(|number| {
        format!("= early_help_decision met 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-05T09:{number:02}Z (k{number})\n")
    });
    check(&format!(
        "{table}
        ? clock contact_initial_decision early_help_decision at 2021-01-31
        {}{}",
        initial.collect::<String>(),
        early_help.collect::<String>()
    ));
}

/// Twelve enquiries of twelve discussions, each found by two steps from its own.
#[test]
fn however_many_steps_and_names() {
    let line = |number: u32| {
        format!(
            "2021-01-04T10:00 strategy_discussion.held s{number} outcome=s47
            2021-01-05T10:00 s47.started q{number} strategy_discussion=s{number}
            2021-01-06T10:{number:02} s47.completed q{number} outcome=assessment
            "
        )
    };
    let mut numbers: Vec<u32> = (0..12).collect();
    let table: String = numbers.iter().map(|number| line(*number)).collect();
    numbers.sort_by_key(|number| number.to_string());
    let rows = numbers.iter().map(|number| {
        format!("= icpc cancelled 2021-01-04T10:00Z due 2021-01-25 cancelled 2021-01-06T10:{number:02}Z (s{number})\n")
    });
    check(&format!("{table}? clock icpc at 2021-01-31\n{}", rows.collect::<String>()));
}
