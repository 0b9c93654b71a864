//! Look-back on events: what came before an event of the period.

use testkit::check;

/// From 00:00 of the local date twelve months before, up to, not including, the event's instant.
#[test]
fn the_window_of_re_referrals() {
    let cases = [
        ("2020-01-15T00:00", "2021-01-15T10:00", "1/1 100.0 worse"),
        ("2020-01-14T23:59:59.999999", "2021-01-15T10:00", "0/1 0.0 better"),
        ("2021-01-15T09:59:59.999999", "2021-01-15T10:00", "1/1 100.0 worse"),
        ("2021-01-15T10:00:00.000001", "2021-01-15T10:00", "1/1 100.0 worse"),
    ];
    for (earlier, event, share) in &cases[..2] {
        check(&format!(
            "
            {earlier} referral.received r1
            {event} referral.received r2
            ? measure rereferral 2021-01
            = County {share} of 24
            "
        ));
    }
    // The earlier one is itself a referral of the period, with none before it.
    for (earlier, event, _) in &cases[2..] {
        check(&format!(
            "
            {earlier} referral.received r1
            {event} referral.received r2
            ? measure rereferral 2021-01
            = County 1/2 50.0 worse of 24
            "
        ));
    }
}

/// Midnight of the window's first day is a local one: in July an hour earlier in UTC.
#[test]
fn the_window_begins_at_local_midnight() {
    check(
        "
        2020-07-14T23:00 referral.received r1
        2021-07-15T10:00 referral.received r2
        2020-07-14T22:59:59.999999 referral.received r1 | child=2
        2021-07-15T10:00 referral.received r2           | child=2
        ? measure rereferral 2021-07
        = County 1/2 50.0 worse of 24
        ",
    );
}

/// Twelve months before 29 February 2020 is 28 February 2019.
#[test]
fn months_before_are_clipped() {
    check(
        "
        2019-02-28T00:00 referral.received r1
        2020-02-29T10:00 referral.received r2
        2019-02-27T23:59 referral.received r1 | child=2
        2020-02-29T10:00 referral.received r2 | child=2
        ? measure rereferral 2020-02
        = County 1/2 50.0 worse of 24
        ",
    );
}

#[test]
fn events_of_one_instant_are_not_before_each_other() {
    check(
        "
        2021-01-15T10:00 referral.received r1
        2021-01-15T10:00 referral.received r2
        ? measure rereferral 2021-01
        = County 0/2 0.0 better of 24
        2021-01-15T10:00:00.000001 referral.received r3
        ? measure rereferral 2021-01
        = County 1/3 33.3 worse of 24
        ",
    );
}

#[test]
fn at_cuts_the_events_of_the_period() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-15T10:00 referral.received r2
        ? measure rereferral referrals 2021-01 at 2021-01-14
        = referrals County 1
        = rereferral County 0/1 0.0 better of 24
        ? measure rereferral referrals 2021-01
        = referrals County 2
        = rereferral County 1/2 50.0 worse of 24
        ? measure rereferral referrals 2021-02
        = referrals County 0
        = rereferral County 0/0 n/a n/a of 24
        ",
    );
}

/// An earlier plan ever; and within 24 months. Plans of other kinds are none.
#[test]
fn repeat_protection_plans() {
    check(
        "
        2010-01-04T10:00 plan.started p1 cp
        2021-01-15T10:00 plan.started p2 cp
        2019-01-15T00:00 plan.started p1 cp | child=2
        2021-01-15T10:00 plan.started p2 cp | child=2
        2019-01-14T23:59 plan.started p1 cp | child=3
        2021-01-15T10:00 plan.started p2 cp | child=3
        2020-01-15T10:00 plan.started p1 cin | child=4
        2021-01-15T10:00 plan.started p2 cp | child=4
        ? measure cp_repeat cp_repeat_2y 2021-01
        = cp_repeat County 3/4 75.0 worse of 24
        = cp_repeat_2y County 1/4 25.0 worse of 10
        ",
    );
}

#[test]
fn back_in_care_within_12_months() {
    check(
        "
        2020-01-15T08:00 care.ended c1
        2021-01-15T10:00 care.started c2
        2020-01-14T08:00 care.ended c1   | child=2
        2021-01-15T10:00 care.started c2 | child=2
        2021-01-15T10:00 care.ended c1   | child=3
        2021-01-15T10:00 care.started c2 | child=3
        ? measure care_readmission 2021-01
        = County 1/3 33.3 worse of 12.7
        ",
    );
}

#[test]
fn screened_before() {
    check(
        "
        2015-01-15T08:00 exploitation_screening.completed mild
        2021-01-15T10:00 exploitation_screening.completed mild
        2021-01-18T10:00 exploitation_screening.completed mild | child=2
        ? measure exploitation_repeat exploitation_screenings 2021-01
        = exploitation_repeat County 1/2 50.0
        = exploitation_screenings County 2
        ",
    );
}

/// The latest earlier referral, however long ago, must have been closed before this one's instant.
#[test]
fn re_referrals_by_whether_the_child_was_seen_before_the_last_one_closed() {
    check(
        "
        2015-01-05T10:00 referral.received seen_long_ago
        2015-01-06T10:00 visit.completed initial
        2015-01-07T10:00 case.closed seen_long_ago
        2021-01-15T10:00 referral.received r2
        2020-06-01T10:00 referral.received unseen            | child=2
        2020-06-05T10:00 case.closed unseen                  | child=2
        2021-01-15T10:00 referral.received r2                | child=2
        2020-06-01T10:00 referral.received still_open        | child=3
        2021-01-15T10:00 referral.received r2                | child=3
        2020-06-01T10:00 referral.received closed_then       | child=4
        2021-01-15T10:00 case.closed closed_then             | child=4
        2021-01-15T10:00 referral.received r2                | child=4
        2020-06-01T10:00 referral.received closed            | child=5
        2020-06-02T10:00 visit.completed initial             | child=5
        2020-06-05T10:00 case.closed closed                  | child=5
        2020-09-01T10:00 referral.received latest_is_open    | child=5
        2021-01-15T10:00 referral.received r3                | child=5
        2021-01-15T10:00 referral.received first_ever        | child=6
        ? measure rereferral rereferral_seen rereferral_unseen 2021-01
        = rereferral County 4/6 66.7 worse of 24
        = rereferral_seen County 0/1 0.0
        = rereferral_unseen County 1/1 100.0
        ",
    );
}

/// Closed and re-referred in one month: r2 follows r1, r3 follows r2.
#[test]
fn each_re_referral_is_judged_by_the_one_before_it() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-05T10:00 visit.completed initial
        2021-01-05T10:00 case.closed r1
        2021-01-11T10:00 referral.received r2
        2021-01-12T10:00 case.closed r2
        2021-01-18T10:00 referral.received r3
        ? measure rereferral_seen rereferral_unseen 2021-01
        = rereferral_seen County 1/1 100.0
        = rereferral_unseen County 1/1 100.0
        ",
    );
}
