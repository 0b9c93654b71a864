//! domain.md section 2: hours are elapsed time; all other limits count local dates.

use crate::rules::reply_within;
use testkit::{check, check_under};

#[test]
fn hours_are_elapsed_time_and_due_at_is_too_late() {
    check(
        "
        2021-01-08T16:00 contact.received k1
        2021-01-09T15:59:59.999999 contact.decided k1
        2021-01-08T16:00 contact.received k2
        2021-01-09T16:00 contact.decided k2
        ? clock contact_initial_decision at 2021-01-31
        = contact_initial_decision met 2021-01-08T16:00Z due 2021-01-09T16:00Z stopped 2021-01-09T15:59:59.999999Z (k1)
        = contact_initial_decision late 2021-01-08T16:00Z due 2021-01-09T16:00Z stopped 2021-01-09T16:00Z (k2)
        ",
    );
}

/// In the night to 28 March 2021 the clocks go forward: 24 hours later is an hour later by the clock.
#[test]
fn hours_do_not_mind_when_the_clocks_change() {
    check(
        "
        2021-03-27T10:00 contact.received k1
        ? clock contact_initial_decision at 2021-03-28T09:59:59
        = contact_initial_decision due_soon 2021-03-27T10:00Z due 2021-03-28T10:00Z (k1)
        ? clock contact_initial_decision at 2021-03-28T10:00
        = contact_initial_decision overdue 2021-03-27T10:00Z due 2021-03-28T10:00Z +0h (k1)
        ",
    );
}

#[test]
fn hours_overdue_are_whole_hours_gone_by() {
    check(
        "
        2021-01-08T16:00 contact.received k1
        ? clock contact_initial_decision at 2021-01-09T16:59:59.999999
        = contact_initial_decision overdue 2021-01-08T16:00Z due 2021-01-09T16:00Z +0h (k1)
        ? clock contact_initial_decision at 2021-01-09T17:00
        = contact_initial_decision overdue 2021-01-08T16:00Z due 2021-01-09T16:00Z +1h (k1)
        ? clock contact_initial_decision at 2021-01-31
        = contact_initial_decision overdue 2021-01-08T16:00Z due 2021-01-09T16:00Z +535h (k1)
        ",
    );
}

#[test]
fn the_worked_examples_of_the_page() {
    check(
        "
        2021-04-01T10:00 early_help.started h1 service=family_support
        2021-02-27T10:00 plan.started p1 cp | child=2
        ? clock early_help_visit at 2021-02-01
        = nothing
        ? clock early_help_visit cp_visit at 2021-04-19
        = child/2: cp_visit overdue 2021-02-27T10:00Z due 2021-03-12 +38d/24wd (p1)
        = early_help_visit due_soon 2021-04-01T10:00Z due 2021-04-19 (h1)
        ? clock early_help_visit at 2021-04-20T00:00
        = early_help_visit overdue 2021-04-01T10:00Z due 2021-04-19 +1d/1wd (h1)
        ",
    );
}

/// The due date's last microsecond is in time; in summer that is 22:59:59.999999 in UTC.
#[test]
fn a_stop_on_the_due_date_is_timely_until_local_midnight() {
    check(
        "
        2021-06-07T10:00           referral.received r1 s17
        2021-06-14T22:59:59.999999 visit.completed initial
        2021-06-07T10:00           referral.received r2 s17 | child=2
        2021-06-14T23:00           visit.completed initial  | child=2
        ? clock initial_visit_s17 at 2021-06-30
        = initial_visit_s17 met 2021-06-07T10:00Z due 2021-06-14 stopped 2021-06-14T22:59:59.999999Z (r1)
        = child/2: initial_visit_s17 late 2021-06-07T10:00Z due 2021-06-14 stopped 2021-06-14T23:00Z (r2)
        ",
    );
}

/// 23:30 UTC on 6 June is already Monday 7 June in London.
#[test]
fn the_start_counts_by_its_local_date() {
    check(
        "
        2021-06-06T22:30 referral.received r1 s17
        2021-06-06T23:30 referral.received r2 s17 | child=2
        ? clock initial_visit_s17 at 2021-06-10
        = initial_visit_s17 due_soon 2021-06-06T22:30Z due 2021-06-11 (r1)
        = child/2: initial_visit_s17 due_soon 2021-06-06T23:30Z due 2021-06-14 (r2)
        ",
    );
}

#[test]
fn months_and_years_are_clipped_to_the_end_of_the_month() {
    let cases = [
        ("{ months = 6 }", "2020-08-31", "2021-02-28", "on_track"),
        ("{ months = 6 }", "2019-08-31", "2020-02-29", "on_track"),
        ("{ months = 1 }", "2021-01-30", "2021-02-28", "on_track"),
        ("{ months = 1 }", "2021-02-28", "2021-03-28", "on_track"),
        ("{ months = 12 }", "2020-02-29", "2021-02-28", "on_track"),
        ("{ years = 1 }", "2020-02-29", "2021-02-28", "on_track"),
        ("{ years = 4 }", "2020-02-29", "2024-02-29", "on_track"),
        ("{ weeks = 6 }", "2021-01-04", "2021-02-15", "on_track"),
        ("{ weeks = 1 }", "2021-01-04", "2021-01-11", "due_soon"),
        ("{ days = 0 }", "2021-01-04", "2021-01-04", "due_soon"),
        ("{ days = 1 }", "2021-01-04", "2021-01-05", "due_soon"),
        ("{ working_days = 1 }", "2021-01-08", "2021-01-11", "due_soon"),
        ("{ working_days = 1 }", "2021-01-09", "2021-01-11", "due_soon"),
        ("{ working_days = 3 }", "2021-12-24", "2021-12-31", "due_soon"),
        ("{ working_days = 1 }", "2020-05-07", "2020-05-11", "due_soon"),
        ("{ working_days = 6 }", "2021-01-04", "2021-01-12", "on_track"),
    ];
    for (limit, start, due, status) in cases {
        check_under(
            &reply_within(limit),
            &format!(
                "
                {start}T10:00 contact.received k1
                ? clock reply at {start}T10:00
                = reply {status} {start}T10:00Z due {due} (k1)
                "
            ),
        );
    }
}

/// Councils differ on whether the start day itself is day 1.
#[test]
fn the_start_day_may_be_day_1() {
    let cases = [
        ("{ working_days = 1, count_from = \"start_day\" }", "2021-01-08", "2021-01-08"),
        ("{ working_days = 2, count_from = \"start_day\" }", "2021-01-08", "2021-01-11"),
        ("{ working_days = 1, count_from = \"start_day\" }", "2021-01-09", "2021-01-11"),
        ("{ working_days = 1, count_from = \"next_day\" }", "2021-01-08", "2021-01-11"),
        ("{ days = 1, count_from = \"start_day\" }", "2021-01-08", "2021-01-08"),
        ("{ days = 3, count_from = \"start_day\" }", "2021-01-08", "2021-01-10"),
        ("{ weeks = 1, count_from = \"start_day\" }", "2021-01-04", "2021-01-10"),
        ("{ days = 0, count_from = \"start_day\" }", "2021-01-08", "2021-01-08"),
    ];
    for (limit, start, due) in cases {
        check_under(
            &reply_within(limit),
            &format!(
                "
                {start}T10:00 contact.received k1
                ? clock reply at {start}T10:00
                = reply due_soon {start}T10:00Z due {due} (k1)
                "
            ),
        );
    }
}

/// For limits in days a stop earlier on the start's own date will do; the day before will not.
#[test]
fn a_stop_of_the_subject_is_not_before_the_start_by_date_for_days() {
    check_under(
        &reply_within("{ working_days = 1 }"),
        "
        2021-01-08T16:00 contact.received k1
        2021-01-07T23:59:59 case_note.recorded
        ? clock reply at 2021-01-08
        = reply due_soon 2021-01-08T16:00Z due 2021-01-11 (k1)
        2021-01-08T00:00 case_note.recorded
        ? clock reply at 2021-01-08
        = reply met 2021-01-08T16:00Z due 2021-01-11 stopped 2021-01-08T00:00Z (k1)
        ",
    );
}

#[test]
fn a_stop_of_the_subject_is_not_before_the_start_by_instant_for_hours() {
    check_under(
        &reply_within("{ hours = 24 }"),
        "
        2021-01-08T16:00 contact.received k1
        2021-01-08T15:59:59.999999 case_note.recorded
        ? clock reply at 2021-01-08
        = reply due_soon 2021-01-08T16:00Z due 2021-01-09T16:00Z (k1)
        2021-01-08T16:00 case_note.recorded
        ? clock reply at 2021-01-08
        = reply met 2021-01-08T16:00Z due 2021-01-09T16:00Z stopped 2021-01-08T16:00Z (k1)
        ",
    );
}

/// The start's date is the local one: 23:30 UTC on 6 June is 7 June, as is the stop at 23:10.
#[test]
fn the_date_of_a_start_and_a_stop_are_local() {
    check_under(
        &reply_within("{ days = 1 }"),
        "
        2021-06-06T23:30 contact.received k1
        2021-06-06T22:50 case_note.recorded
        ? clock reply at 2021-06-07
        = reply due_soon 2021-06-06T23:30Z due 2021-06-08 (k1)
        2021-06-06T23:10 case_note.recorded
        ? clock reply at 2021-06-07
        = reply met 2021-06-06T23:30Z due 2021-06-08 stopped 2021-06-06T23:10Z (k1)
        ",
    );
}

#[test]
fn closure_days_of_the_authority_are_no_working_days() {
    let closed = format!(
        "{}\n{}",
        "[[closure_day]]\ndate = 2021-01-06\nname = \"Offices closed\"",
        r#"
        [[clock]]
        id = "reply"
        title = "Reply"
        area = "oversight"
        shape = "respond"
        match = "subject"
        start = "contact.received"
        stop = "case_note.recorded"
        limit = { working_days = 2 }
        source = "A test."
        "#
    );
    check_under(
        &crate::rules::rulebook(&closed),
        "
        2021-01-04T10:00 contact.received k1
        ? clock reply at 2021-01-08
        = reply overdue 2021-01-04T10:00Z due 2021-01-07 +1d/1wd (k1)
        ? clock reply at 2021-01-04
        = reply due_soon 2021-01-04T10:00Z due 2021-01-07 (k1)
        ",
    );
}

/// Good Friday and Easter Monday 2021 lie after the due date: days pass, working days do not.
#[test]
fn days_overdue_and_working_days_overdue() {
    check(
        "
        2021-03-24T10:00 referral.received r1 s17
        ? clock initial_visit_s17 at 2021-03-31
        = initial_visit_s17 due_soon 2021-03-24T10:00Z due 2021-03-31 (r1)
        ? clock initial_visit_s17 at 2021-04-01
        = initial_visit_s17 overdue 2021-03-24T10:00Z due 2021-03-31 +1d/1wd (r1)
        ? clock initial_visit_s17 at 2021-04-05
        = initial_visit_s17 overdue 2021-03-24T10:00Z due 2021-03-31 +5d/1wd (r1)
        ? clock initial_visit_s17 at 2021-04-06T08:00
        = initial_visit_s17 overdue 2021-03-24T10:00Z due 2021-03-31 +6d/2wd (r1)
        ",
    );
}
