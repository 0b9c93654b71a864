//! domain.md section 4: statuses, and what is in force when; command-line.md: the order of rows and their filters.

use crate::rules::{note_within, reply_within, rulebook};
use testkit::{check, check_under};

#[test]
fn all_six() {
    check(
        "
        2021-01-04T10:00 referral.received met
        2021-01-06T10:00 visit.completed initial
        2021-01-04T10:00 referral.received late      | child=2
        2021-01-12T00:00 visit.completed initial     | child=2
        2021-01-04T10:00 referral.received cancelled | child=3
        2021-01-05T10:00 case.closed cancelled       | child=3
        2021-01-04T10:00 referral.received overdue   | child=4
        2021-01-11T10:00 referral.received due_soon  | child=5
        2021-01-11T10:00 assessment.started on_track | child=6
        ? clock initial_visit_s17 single_assessment at 2021-01-12
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (met)
        = child/2: initial_visit_s17 late 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-12T00:00Z (late)
        = child/3: initial_visit_s17 cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-05T10:00Z (cancelled)
        = child/4: initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +1d/1wd (overdue)
        = child/5: initial_visit_s17 due_soon 2021-01-11T10:00Z due 2021-01-18 (due_soon)
        = child/6: single_assessment on_track 2021-01-11T10:00Z due 2021-03-15 (on_track)
        ",
    );
}

/// The fifth working day after Thursday 1 April 2021 is Monday 12 April: Good Friday and Easter Monday do not count.
#[test]
fn due_soon_is_the_fifth_working_day_after_today_or_before() {
    check(
        "
        2021-03-15T10:00 s47.started q1
        2021-03-16T10:00 s47.started q2
        2021-03-17T10:00 s47.started q3
        2021-03-18T10:00 s47.started q4
        2021-03-19T10:00 s47.started q5
        2021-03-22T10:00 s47.started q6
        ? clock s47_enquiry at 2021-04-01T00:00
        = s47_enquiry due_soon 2021-03-15T10:00Z due 2021-04-07 (q1)
        = s47_enquiry due_soon 2021-03-16T10:00Z due 2021-04-08 (q2)
        = s47_enquiry due_soon 2021-03-17T10:00Z due 2021-04-09 (q3)
        = s47_enquiry due_soon 2021-03-18T10:00Z due 2021-04-12 (q4)
        = s47_enquiry on_track 2021-03-19T10:00Z due 2021-04-13 (q5)
        = s47_enquiry on_track 2021-03-22T10:00Z due 2021-04-14 (q6)
        ",
    );
}

/// Of a limit in hours the local date of `due_at` is asked: 23:30 in UTC on 12 July is 13 July in London.
#[test]
fn due_soon_of_hours_goes_by_the_local_date() {
    let rules = reply_within("{ hours = 240 }");
    check_under(
        &rules,
        "
        2021-07-02T22:30 contact.received k1
        2021-07-02T23:30 contact.received k2
        ? clock reply at 2021-07-05T12:00
        = reply due_soon 2021-07-02T22:30Z due 2021-07-12T22:30Z (k1)
        = reply on_track 2021-07-02T23:30Z due 2021-07-12T23:30Z (k2)
        ",
    );
}

#[test]
fn the_number_of_working_days_is_the_rulebooks() {
    let rules = rulebook(
        r#"
        due_soon_working_days = 0
        [[clock]]
        id = "reply"
        title = "Reply"
        area = "oversight"
        shape = "respond"
        match = "subject"
        start = "contact.received"
        stop = "case_note.recorded"
        limit = { days = 3 }
        source = "A test."
        "#,
    );
    check_under(
        &rules,
        "
        2021-01-04T10:00 contact.received k1
        ? clock reply at 2021-01-06
        = reply on_track 2021-01-04T10:00Z due 2021-01-07 (k1)
        ? clock reply at 2021-01-07
        = reply due_soon 2021-01-04T10:00Z due 2021-01-07 (k1)
        ? clock reply at 2021-01-08T00:00
        = reply overdue 2021-01-04T10:00Z due 2021-01-07 +1d/1wd (k1)
        ",
    );
}

/// 26 weeks until 31 March 2021, 16 weeks from 1 April; 23:30 in UTC on 31 March is 1 April in London.
#[test]
fn a_limit_changes_with_the_local_date_of_the_start() {
    check(
        "
        2021-03-31T22:30 pre_proceedings.started c1
        2021-03-31T23:30 pre_proceedings.started c2
        ? clock pre_proceedings at 2021-04-30
        = pre_proceedings on_track 2021-03-31T23:30Z due 2021-07-22 (c2)
        = pre_proceedings on_track 2021-03-31T22:30Z due 2021-09-29 (c1)
        ",
    );
}

/// Each clock of a sequence has what is in force on its own start; while the rule is not, there is none.
#[test]
fn a_whole_rule_may_be_in_force_for_a_time() {
    let rules = note_within(
        "[{ until = 2021-01-31, days = 5 }, { from = 2021-02-01, days = 9 }]",
        "from = 2021-01-10\nuntil = 2021-02-10",
    );
    check_under(
        &rules,
        "
        2021-01-04T10:00 referral.received r1
        2021-01-12T10:00 case_note.recorded
        2021-01-31T10:00 case_note.recorded
        2021-02-01T10:00 case_note.recorded
        2021-02-11T10:00 case_note.recorded
        ? clock note at 2021-02-28
        = note late 2021-01-12T10:00Z due 2021-01-17 stopped 2021-01-31T10:00Z (r1)
        = note met 2021-01-31T10:00Z due 2021-02-05 stopped 2021-02-01T10:00Z (r1)
        = note late 2021-02-01T10:00Z due 2021-02-10 stopped 2021-02-11T10:00Z (r1)
        ",
    );
}

#[test]
fn rows_are_ordered_by_due_at_clock_subject_start_episode_and_place() {
    check(
        "
        2021-01-04T10:00 s47.started q2
        2021-01-04T10:00 s47.started q10
        2021-01-04T09:00 s47.started q3
        2021-01-04T10:00 s47.started q1             | child=2
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47
        ? clock s47_enquiry icpc at 2021-01-04
        = icpc on_track 2021-01-04T10:00Z due 2021-01-25 (s1)
        = s47_enquiry on_track 2021-01-04T09:00Z due 2021-01-25 (q3)
        = s47_enquiry on_track 2021-01-04T10:00Z due 2021-01-25 (q10)
        = s47_enquiry on_track 2021-01-04T10:00Z due 2021-01-25 (q2)
        = child/2: s47_enquiry on_track 2021-01-04T10:00Z due 2021-01-25 (q1)
        ",
    );
}

#[test]
fn filters_choose_by_kind_status_and_the_clocks_own_allocation() {
    check(
        "
        2021-01-01T10:00 allocation.started G G1 worker=SW1
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 visit.completed initial
        2021-01-08T10:00 allocation.started S S1 worker=SW2
        2021-01-11T10:00 referral.received r2
        2021-01-04T10:00 referral.received r1 | child=2
        ? clock initial_visit_s17 at 2021-01-12 locality G
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1) G/G1/SW1
        ? clock initial_visit_s17 at 2021-01-12 worker SW2
        = initial_visit_s17 due_soon 2021-01-11T10:00Z due 2021-01-18 (r2) S/S1/SW2
        ? clock initial_visit_s17 at 2021-01-12 locality S locality Unallocated status overdue
        = child/2: initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +1d/1wd (r1)
        ? clock initial_visit_s17 at 2021-01-12 locality S team G1
        = nothing
        ? clock initial_visit_s17 at 2021-01-12 team S1 status due_soon,met
        = initial_visit_s17 due_soon 2021-01-11T10:00Z due 2021-01-18 (r2) S/S1/SW2
        ? clock at 2021-01-06 status overdue
        = child/2: allocation overdue 2021-01-04T10:00Z due 2021-01-05 +1d/1wd (r1)
        ",
    );
}
