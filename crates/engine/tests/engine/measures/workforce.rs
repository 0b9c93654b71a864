//! Workers: caseloads, children without one, and how often workers change.

use testkit::check;

/// So many open children held by one worker, from that child's number on.
fn held(worker: &str, first: u32, children: u32) -> String {
    let lines = (first..first + children).map(|child| {
        format!(
            "2021-01-04T10:00 referral.received r1 | child={child}
            2021-01-04T10:00 allocation.started G G1 worker={worker} | child={child}
            "
        )
    });
    lines.collect()
}

/// At most 18 children per full-time equivalent: 9 at half time will do, 10 will not.
#[test]
fn children_per_full_time_equivalent() {
    check(&format!(
        "{}{}{}{}{}{}
        2021-01-01T10:00 worker.updated 1   | worker=SW1
        2021-01-01T10:00 worker.updated 1   | worker=SW2
        2021-01-01T10:00 worker.updated 0.5 | worker=SW3
        2021-01-01T10:00 worker.updated 0.5 | worker=SW4
        2021-01-01T10:00 worker.updated 0   | worker=SW5
        2021-01-01T10:00 worker.updated 1   | worker=SW7
        ? measure caseload_18 2021-01
        = County 2/6 33.3 missing 1 worse of 95
        ? measure caseload_bands 2021-01
        = County 0-18: 2
        = County 19-22: 2
        = County 23-25: 0
        = County 26-30: 0
        = County 31+: 0
        ",
        held("SW1", 100, 18),
        held("SW2", 200, 19),
        held("SW3", 300, 9),
        held("SW4", 400, 10),
        held("SW5", 500, 1),
        held("SW6", 600, 1),
    ));
}

/// Children per full-time equivalent rounded up: 9.01 at half time would be 19; 11 at 0.6 are 18.3, so 19.
#[test]
fn bands_round_up() {
    check(&format!(
        "{}{}{}{}
        2021-01-01T10:00 worker.updated 0.6  | worker=SW1
        2021-01-01T10:00 worker.updated 0.44 | worker=SW2
        2021-01-01T10:00 worker.updated 0.2  | worker=SW3
        2021-01-01T10:00 worker.updated 0.1  | worker=SW4
        ? measure caseload_bands 2021-01
        = County 0-18: 0
        = County 19-22: 1
        = County 23-25: 1
        = County 26-30: 1
        = County 31+: 1
        ",
        held("SW1", 100, 11),
        held("SW2", 200, 11),
        held("SW3", 300, 6),
        held("SW4", 400, 4),
    ));
}

/// Only open children by a primary allocation in force count, and only workers who have not left.
#[test]
fn whose_children_count() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-04T10:00 allocation.started G G1 worker=SW2                | child=2
        2021-01-04T10:00 referral.received r1                              | child=3
        2021-01-04T10:00 allocation.started G G1 worker=SW3                | child=3
        2021-01-05T10:00 allocation.ended                                  | child=3
        2021-01-04T10:00 referral.received r1                              | child=4
        2021-01-04T10:00 allocation.started G G1 worker=SW4                | child=4
        2021-01-05T10:00 allocation.started G G1 worker=SW1 role=secondary | child=4
        2021-01-05T10:00 worker.updated 1 left=true                        | worker=SW4
        2021-01-04T10:00 referral.received r1                              | child=5
        2021-01-04T10:00 allocation.started G G1                           | child=5
        2021-01-01T10:00 worker.updated 1                                  | worker=SW1
        ? measure caseload_18 caseload_bands 2021-01 by worker
        = caseload_18 County 1/1 100.0 missing 0 better of 95
        = caseload_18 SW1 1/1 100.0 missing 0 better of 95
        = caseload_bands County 0-18: 1
        = caseload_bands County 19-22: 0
        = caseload_bands County 23-25: 0
        = caseload_bands County 26-30: 0
        = caseload_bands County 31+: 0
        = caseload_bands SW1 0-18: 1
        ? measure caseload_18 2021-01 by worker at 2021-01-04
        = County 1/3 33.3 missing 2 worse of 95
        = SW1 1/1 100.0 missing 0 better of 95
        = SW3 0/1 0.0 missing 1 worse of 95
        = SW4 0/1 0.0 missing 1 worse of 95
        ",
    );
}

/// Locality and team are the worker's own, not the children's.
#[test]
fn a_worker_counts_where_the_worker_is_allocated() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-04T10:00 referral.received r1               | child=2
        2021-01-04T10:00 allocation.started G G1 worker=SW2 | child=2
        2021-01-01T10:00 worker.updated 1                   | worker=SW1
        2021-01-01T10:00 allocation.started S S1            | worker=SW1
        ? measure caseload_18 2021-01 by locality
        = County 1/2 50.0 missing 1 worse of 95
        = S 1/1 100.0 missing 0 better of 95
        = Unallocated 0/1 0.0 missing 1 worse of 95
        ? measure caseload_18 2021-01 by team
        = County 1/2 50.0 missing 1 worse of 95
        = S1 1/1 100.0 missing 0 better of 95
        = Unallocated 0/1 0.0 missing 1 worse of 95
        ",
    );
}

/// The latest update gives the fte; the latest that says so, whether the worker has left.
#[test]
fn the_latest_update_of_a_worker() {
    check(&format!(
        "{}
        2021-01-01T10:00 worker.updated 1 left=true  | worker=SW1
        2021-01-02T10:00 worker.updated 0.5          | worker=SW1
        ? measure caseload_18 2021-01
        = County 0/0 n/a missing 0 n/a of 95
        2021-01-20T10:00 worker.updated 0.6 left=false | worker=SW1
        2021-01-21T10:00 worker.updated 0.5          | worker=SW1
        ? measure caseload_18 2021-01
        = County 0/1 0.0 missing 0 worse of 95
        ? measure caseload_18 2021-01 at 2021-01-20
        = County 1/1 100.0 missing 0 better of 95
        ",
        held("SW1", 1, 10),
    ));
}

#[test]
fn open_children_without_a_worker_who_could_see_them() {
    check(
        "
        2021-01-04T10:00 referral.received never
        2021-01-04T10:00 referral.received has_one          | child=2
        2021-01-04T10:00 allocation.started G G1 worker=SW1 | child=2
        2021-01-04T10:00 referral.received duty_list        | child=3
        2021-01-04T10:00 allocation.started G G1 worker=SW1 | child=3
        2021-01-05T10:00 allocation.started G G1            | child=3
        2021-01-04T10:00 referral.received ended            | child=4
        2021-01-04T10:00 allocation.started G G1 worker=SW1 | child=4
        2021-01-05T10:00 allocation.ended                   | child=4
        2021-01-04T10:00 referral.received worker_left      | child=5
        2021-01-04T10:00 allocation.started G G1 worker=SW5 | child=5
        2021-01-05T10:00 worker.updated 1 left=true         | worker=SW5
        2021-01-04T10:00 contact.received not_open          | child=6
        ? measure unallocated 2021-01
        = County 4 worse of 0
        ? measure unallocated 2021-01 at 2021-01-04
        = County 1 worse of 0
        ? measure unallocated 2021-01 by worker
        = County 4 worse of 0
        = SW1 1 worse of 0
        = SW5 1 worse of 0
        = Unallocated 2 worse of 0
        ",
    );
}

/// Without a worker from the 5th; the 5th plus 14 days is the 19th, which is before the 20th.
#[test]
fn unallocated_for_more_than_two_weeks() {
    check(
        "
        2021-01-01T10:00 referral.received r1
        2021-01-01T10:00 allocation.started G G1 worker=SW1
        2021-01-05T10:00 allocation.ended
        ? measure unallocated_2w 2021-01 at 2021-01-19
        = County 0 better of 0
        ? measure unallocated_2w 2021-01 at 2021-01-20T00:00
        = County 1 worse of 0
        ",
    );
}

/// A change of team without a worker is no break; an hour with a worker is one.
#[test]
fn the_time_without_a_worker_is_counted_without_a_break() {
    check(
        "
        2021-01-01T10:00 referral.received r1
        2021-01-01T10:00 allocation.started G G1
        2021-01-10T10:00 allocation.started S S1
        2021-01-01T10:00 referral.received r1               | child=2
        2021-01-10T10:00 allocation.started G G1 worker=SW1 | child=2
        2021-01-10T11:00 allocation.ended                   | child=2
        2021-01-01T10:00 referral.received r1               | child=3
        2021-01-01T10:00 allocation.started G G1 worker=SW3 | child=3
        2021-01-02T10:00 worker.updated 1 left=true         | worker=SW3
        2021-01-10T10:00 worker.updated 1 left=false        | worker=SW3
        2021-01-10T11:00 worker.updated 1 left=true         | worker=SW3
        ? measure unallocated unallocated_2w 2021-01 at 2021-01-24
        = unallocated County 3 worse of 0
        = unallocated_2w County 1 worse of 0
        ? measure unallocated unallocated_2w 2021-01 at 2021-01-25
        = unallocated County 3 worse of 0
        = unallocated_2w County 3 worse of 0
        ? measure unallocated 2021-01 at 2021-01-10T10:30
        = County 1 worse of 0
        ",
    );
}

/// At the earliest from the present opening of `open`, however long there was nobody before.
#[test]
fn the_time_without_a_worker_begins_with_the_opening() {
    check(
        "
        2020-06-01T10:00 referral.received r1
        2020-07-01T10:00 case.closed r1
        2021-01-10T10:00 referral.received r2
        ? measure unallocated_2w 2021-01 at 2021-01-24
        = County 0 better of 0
        ? measure unallocated_2w 2021-01 at 2021-01-25
        = County 1 worse of 0
        ",
    );
}

/// Six months before 31 January 2021 is 31 July 2020: an allocation in force at any time from 1 August, 23:00 in UTC on
/// the day before, counts.
#[test]
fn fewer_than_three_workers_in_six_months() {
    check(
        "
        2020-01-01T10:00 referral.received r1
        2020-01-01T10:00 allocation.started G G1 worker=SW1
        2020-07-31T23:00 allocation.started G G1 worker=SW2
        2020-10-01T10:00 allocation.started G G1 worker=SW3
        2020-01-01T10:00 referral.received r1               | child=2
        2020-01-01T10:00 allocation.started G G1 worker=SW1 | child=2
        2020-08-01T10:00 allocation.started G G1 worker=SW2 | child=2
        2020-10-01T10:00 allocation.started G G1 worker=SW3 | child=2
        2020-01-01T10:00 referral.received r1               | child=3
        2020-08-01T10:00 allocation.started G G1 worker=SW1 | child=3
        2020-09-01T10:00 allocation.started G G1            | child=3
        2020-10-01T10:00 allocation.started G G1 worker=SW2 | child=3
        2020-11-01T10:00 allocation.started G G1 worker=SW1 | child=3
        2020-11-01T10:00 allocation.started G G1 worker=SW4 role=secondary | child=3
        ? measure worker_stability 2021-01
        = County 2/3 66.7 worse of 90
        ",
    );
}

/// Replaced at the very instant at which it began, an allocation was never in force. SW5 is there until 10:00 on the
/// first day of the last window but one.
#[test]
fn an_allocation_of_no_length_is_no_worker() {
    check(
        "
        2020-01-01T10:00 care.started c1
        2020-08-01T10:00 allocation.started G G1 worker=SW1
        2020-09-01T10:00 allocation.started G G1 worker=SW2 | id=a
        2020-09-01T10:00 allocation.started G G1 worker=SW3 | id=b
        ? measure care_worker_stability 2021-01
        = County 1/1 100.0
        2020-01-31T23:59 allocation.started G G1 worker=SW4
        2020-02-01T00:00 allocation.started G G1 worker=SW5
        ? measure care_worker_stability 2021-01
        = County 0/1 0.0
        ? measure care_worker_stability 2021-01 at 2021-07-31
        = County 0/1 0.0
        ? measure care_worker_stability 2021-01 at 2021-08-01
        = County 1/1 100.0
        ",
    );
}
