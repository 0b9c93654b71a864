//! domain.md section 5: whose a subject is.

use testkit::check;

#[test]
fn the_latest_primary_allocation_not_ended() {
    check(
        "
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-11T10:00 allocation.started S S1
        2021-01-12T10:00 allocation.started T T1 worker=SW9 role=secondary
        2021-01-13T10:00 allocation.started S S2 worker=SW2 role=primary
        ? whose at 2021-01-10
        = G/G1/SW1
        ? whose at 2021-01-11T10:00
        = S/S1
        ? whose at 2021-01-12
        = S/S1
        ? whose at 2021-01-13
        = S/S2/SW2
        ",
    );
}

#[test]
fn before_the_first_it_is_the_earliest_after_unless_that_lies_after_at() {
    check(
        "
        2021-01-04T10:00 contact.received k1
        2021-01-11T10:00 allocation.started G G1
        2021-01-18T10:00 allocation.started S S1
        ? whose at 2021-01-05
        = Unallocated
        ? clock contact_initial_decision at 2021-01-05
        = contact_initial_decision overdue 2021-01-04T10:00Z due 2021-01-05T10:00Z +13h (k1)
        ? measure contacts 2021-01 at 2021-01-10 by locality
        = County 1
        = Unallocated 1
        ? measure contacts 2021-01 by locality
        = County 1
        = G 1
        ",
    );
}

#[test]
fn none_in_force_the_latest_before_counts() {
    check(
        "
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-11T10:00 allocation.started S S1 worker=SW2
        2021-01-13T10:00 allocation.ended
        2021-01-25T10:00 allocation.started T T1 worker=SW3
        ? whose at 2021-01-20
        = S/S1/SW2
        ? whose at 2021-01-25T10:00
        = T/T1/SW3
        ",
    );
}

/// The end of a hand-over at one instant ends the allocation that began before it, whichever was recorded first.
#[test]
fn a_hand_over_at_one_instant() {
    for (ended, began) in [("2021-01-12", "2021-01-13"), ("2021-01-13", "2021-01-12")] {
        check(&format!(
            "
            2021-01-01T10:00 referral.received r1
            2021-01-04T10:00 allocation.started G G1 worker=SW1
            2021-01-11T10:00 allocation.ended                   | recorded={ended}
            2021-01-11T10:00 allocation.started S S1 worker=SW2 | recorded={began}
            ? whose at 2021-01-11T10:00
            = S/S1/SW2
            ? measure unallocated 2021-01 at 2021-01-11T10:00
            = County 0 better of 0
            "
        ));
    }
}

/// The end comes after two starts: it ends the second, and the first never comes back.
#[test]
fn an_earlier_allocation_never_comes_back() {
    check(
        "
        2021-01-01T10:00 referral.received r1
        2021-01-04T10:00 allocation.started G G1 worker=SW1
        2021-01-05T10:00 allocation.started S S1 worker=SW2
        2021-01-06T10:00 allocation.ended
        ? whose at 2021-01-06
        = S/S1/SW2
        ? measure unallocated 2021-01 at 2021-01-06
        = County 1 worse of 0
        2021-01-07T10:00 allocation.ended
        ? measure unallocated 2021-01 at 2021-01-07
        = County 1 worse of 0
        ",
    );
}

#[test]
fn an_end_before_any_start_ends_nothing() {
    check(
        "
        2021-01-01T10:00 referral.received r1
        2021-01-04T10:00 allocation.ended
        2021-01-05T10:00 allocation.started G G1 worker=SW1
        2021-01-05T10:00 allocation.ended
        ? measure unallocated 2021-01
        = County 0 better of 0
        ",
    );
}

#[test]
fn running_clocks_are_whose_they_are_at_at_and_ended_ones_whose_they_were() {
    check(
        "
        2021-01-01T10:00 allocation.started G G1 worker=SW1
        2021-01-04T10:00 referral.received stopped
        2021-01-04T10:00 referral.received cancelled s47
        2021-01-04T12:00 case.closed cancelled
        2021-01-06T10:00 visit.completed initial
        2021-01-06T10:00:00.000001 allocation.started S S1 worker=SW2
        2021-01-11T10:00 referral.received running
        2021-01-12T10:00 allocation.started T T1 worker=SW3
        ? clock initial_visit_s17 initial_visit_s47 at 2021-01-12
        = initial_visit_s47 cancelled 2021-01-04T10:00Z due 2021-01-05 cancelled 2021-01-04T12:00Z (cancelled) G/G1/SW1
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (stopped) G/G1/SW1
        = initial_visit_s17 due_soon 2021-01-11T10:00Z due 2021-01-18 (running) T/T1/SW3
        ? measure in_need_children 2021-01 by locality
        = County 1
        = T 1
        ",
    );
}

/// Events belong to whoever had the child then; their subjects to whoever has it at `at`.
#[test]
fn counted_events_and_their_subjects() {
    check(
        "
        2021-01-01T10:00 allocation.started G G1 worker=SW1
        2021-01-04T10:00 missing.started m1
        2021-01-04T11:00 allocation.started S S1
        2021-01-05T10:00 missing.started m2
        2021-01-06T10:00 return_interview.completed m1
        2021-01-20T10:00 allocation.started T T1 worker=SW3
        ? measure missing_episodes missing_children return_interview_held return_interview_children 2021-01 by worker
        = missing_children County 1
        = missing_children SW3 1
        = missing_episodes County 2
        = missing_episodes SW1 1
        = missing_episodes Unallocated 1
        = return_interview_children County 1/1 100.0
        = return_interview_children SW3 1/1 100.0
        = return_interview_held County 1/2 50.0 worse of 82
        = return_interview_held SW1 1/1 100.0 better of 82
        = return_interview_held Unallocated 0/1 0.0 worse of 82
        ",
    );
}

#[test]
fn one_team_name_in_two_localities_is_one_group() {
    check(
        "
        2021-01-01T10:00 allocation.started G Duty
        2021-01-04T10:00 contact.received k1
        2021-01-01T10:00 allocation.started S Duty | child=2
        2021-01-04T10:00 contact.received k1       | child=2
        2021-01-04T10:00 contact.received k1       | child=3
        ? measure contacts 2021-01 by team
        = County 3
        = Duty 2
        = Unallocated 1
        ? measure contacts 2021-01 by locality
        = County 3
        = G 1
        = S 1
        = Unallocated 1
        ",
    );
}

#[test]
fn carers_have_allocations_too() {
    check(
        "
        2020-03-02T10:00 carer.approved a1         | carer=1
        2020-03-02T10:00 allocation.started G F1 worker=SW1 | carer=1
        ? clock carer_review at 2021-01-31
        = carer/1: carer_review on_track 2020-03-02T10:00Z due 2021-03-02 (a1) G/F1/SW1
        ? measure carer_review_timely 2021-01 by team
        = County 1/1 100.0 better of 85
        = F1 1/1 100.0 better of 85
        ",
    );
}

/// Merged children share their allocations; the later one counts.
#[test]
fn merged_children_are_whose_the_latest_allocation_says() {
    check(
        "
        2021-01-04T10:00 allocation.started G G1 | child=1
        2021-01-11T10:00 allocation.started S S1 | child=2
        2021-01-12T10:00 child.merged 1          | child=2
        ? whose at 2021-01-31
        = S/S1
        ? whose at 2021-01-10
        = G/G1
        ",
    );
}
