//! The order of a history, what `at` and `known` let through, and events that come twice.

use engine::{Accepted, Offer, Record};
use testkit::{accepted, ask, check, events};

#[test]
fn at_and_known_include_their_own_instant() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | recorded=2021-01-05T10:00
        ? clock initial_visit_s17 at 2021-01-04T09:59:59.999999
        = nothing
        ? clock initial_visit_s17 at 2021-01-04T10:00
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ? clock initial_visit_s17 at 2021-01-06 known 2021-01-05T09:59:59.999999
        = nothing
        ? clock initial_visit_s17 at 2021-01-06 known 2021-01-05T10:00
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

/// In summer the last microsecond of a local day is 22:59:59.999999 in UTC.
#[test]
fn a_bare_date_is_the_last_microsecond_of_the_local_day() {
    check(
        "
        2021-07-05T22:59:59.999999 referral.received r1 s17
        2021-07-05T23:00           referral.received r2 s17
        ? clock initial_visit_s17 at 2021-07-05
        = initial_visit_s17 due_soon 2021-07-05T22:59:59.999999Z due 2021-07-12 (r1)
        ? clock initial_visit_s17 at 2021-07-06
        = initial_visit_s17 due_soon 2021-07-05T22:59:59.999999Z due 2021-07-12 (r1)
        = initial_visit_s17 due_soon 2021-07-05T23:00Z due 2021-07-13 (r2)
        ",
    );
}

/// Two starts of one plan at one instant: the one recorded first says what kind it is.
#[test]
fn events_of_one_instant_stand_in_the_order_they_were_recorded_then_by_source_then_by_id() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cin | recorded=2021-01-06T10:00 id=a
        2021-01-04T10:00 plan.started p1 cp  | recorded=2021-01-05T10:00 id=b
        ? measure cin_plan_children cp_children 2021-01
        = cin_plan_children County 0
        = cp_children County 1
        ",
    );
    check(
        "
        2021-01-04T10:00 plan.started p1 cin | source=b id=a
        2021-01-04T10:00 plan.started p1 cp  | source=a id=b
        ? measure cin_plan_children cp_children 2021-01
        = cin_plan_children County 0
        = cp_children County 1
        ",
    );
    check(
        "
        2021-01-04T10:00 plan.started p1 cin | id=b
        2021-01-04T10:00 plan.started p1 cp  | id=a
        ? measure cin_plan_children cp_children 2021-01
        = cin_plan_children County 0
        = cp_children County 1
        ",
    );
}

#[test]
fn what_does_not_say_when_it_was_recorded_was_recorded_when_received() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | recorded=- received=2021-01-08T10:00
        ? clock initial_visit_s17 at 2021-01-05 known 2021-01-07
        = nothing
        ? clock initial_visit_s17 at 2021-01-05 known 2021-01-08
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

#[test]
fn of_copies_the_earliest_received_counts() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | id=k recorded=- received=2021-01-08T10:00
        2021-01-04T10:00 referral.received r1 s17 | id=k recorded=- received=2021-01-06T10:00
        2021-01-04T10:00 referral.received r1 s17 | id=k recorded=-
        ? clock initial_visit_s17 at 2021-01-05 known 2021-01-05
        = nothing
        ? clock initial_visit_s17 at 2021-01-05 known 2021-01-06
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ? measure referrals 2021-01
        = County 1
        ",
    );
}

#[test]
fn a_copy_received_earlier_does_not_change_what_the_event_says_of_its_recording() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | id=k recorded=2021-01-07T10:00 received=2021-01-08T10:00
        2021-01-04T10:00 referral.received r1 s17 | id=k recorded=2021-01-07T10:00 received=2021-01-07T10:00
        ? clock initial_visit_s17 at 2021-01-05 known 2021-01-07T09:00
        = nothing
        ? clock initial_visit_s17 at 2021-01-05 known 2021-01-07T10:00
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

#[test]
fn of_a_known_id_with_other_content_the_first_to_arrive_is_kept() {
    let table = "
        2021-01-04T10:00 referral.received r1 s17 | id=k
        2021-01-04T10:00 referral.received r1 s17 | id=k received=2021-03-01T00:00
        2021-01-04T10:00 referral.received r1 s47 | id=k
        2021-01-04T10:00 referral.received r1 s47 | id=k source=b
    ";
    let mut accepted = Accepted::new();
    let offers: Vec<Offer> = events(table).into_iter().map(|event| accepted.offer(event)).collect();
    assert_eq!(offers, [Offer::New, Offer::Repeated, Offer::Conflicting, Offer::New]);
    let kept: Vec<_> = accepted.events().to_vec();
    assert_eq!(ask(&kept).at("2021-01-04").clock("initial_visit_s17").len(), 1);
    assert_eq!(ask(&kept).at("2021-01-04").clock("initial_visit_s47").len(), 1);
}

#[test]
fn no_events_no_answers() {
    let accepted = accepted(&[]);
    let record = Record::as_known(&accepted, None);
    assert!(record.is_empty());
    assert_eq!(record.bundles().len(), 0);
    assert_eq!(
        ask(&[]).measures(&["cp_visit_timely", "contacts"], "2021-01", engine::By::Locality),
        ["contacts County 0", "cp_visit_timely County 0/0 n/a n/a of 90",]
    );
}

/// The first instant that is accepted and the last: nothing overflows. Only weekends are no working days so far out.
#[test]
fn the_ends_of_time() {
    check(
        "
        1900-01-01T00:00 referral.received r1
        9999-12-31T23:59:59.999999 visit.completed initial | received=9999-12-31T23:59:59
        9999-12-31T10:00 carer.approved a1                 | received=9999-12-31T23:59:59 carer=1
        ? clock initial_visit_s17 at 1900-01-09T00:00
        = initial_visit_s17 overdue 1900-01-01T00:00Z due 1900-01-08 +1d/1wd (r1)
        ? clock initial_visit_s17 at 9999-12-31
        = initial_visit_s17 late 1900-01-01T00:00Z due 1900-01-08 stopped 9999-12-31T23:59:59.999999Z (r1)
        ? clock carer_dbs carer_supervision at 9999-12-31
        = carer/1: carer_supervision on_track 9999-12-31T10:00Z due 10000-02-11 (a1)
        = carer/1: carer_dbs on_track 9999-12-31T10:00Z due 10002-12-31 (a1)
        ? measure initial_visit_s17_timely 1900-01 at 9999-12-31
        = County 0/1 0.0 worse of 85
        ",
    );
}
