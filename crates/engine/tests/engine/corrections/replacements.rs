//! Replacements: an event and all that replaces it are versions of one fact, of which one counts.

use testkit::check;

#[test]
fn a_replacement_counts_from_when_it_is_known() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1
        2021-01-12T10:00 visit.completed initial | id=v2 supersedes=v1 recorded=2021-01-20T10:00
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-19
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 late 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-12T10:00Z (r1)
        ",
    );
}

#[test]
fn retracting_the_head_of_a_chain_brings_back_the_one_before() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1
        2021-01-07T10:00 visit.completed initial | id=v2 supersedes=v1
        2021-01-08T10:00 visit.completed initial | id=v3 supersedes=v2
        2021-01-20T10:00 event.retracted v3
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        2021-01-20T10:00 event.retracted v2
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-20T10:00 event.retracted v1
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
}

#[test]
fn retracting_the_original_changes_nothing_while_a_version_stands() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1
        2021-01-07T10:00 visit.completed initial | id=v2 supersedes=v1
        2021-01-20T10:00 event.retracted v1
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        ",
    );
}

/// v3 was recorded before v2, which it replaces: it follows v2 all the same. While v2 is not known, v3 and v1 are two
/// facts.
#[test]
fn a_replacement_recorded_before_what_it_replaces() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1 recorded=2021-01-10T10:00
        2021-01-07T10:00 visit.completed initial | id=v2 supersedes=v1 recorded=2021-01-20T10:00
        2021-01-08T10:00 visit.completed initial | id=v3 supersedes=v2 recorded=2021-01-15T10:00
        ? clock initial_visit_s17 cin_visit at 2021-01-31 known 2021-01-17
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        = cin_visit met 2021-01-04T10:00Z due 2021-02-01 stopped 2021-01-06T10:00Z (r1)
        = cin_visit met 2021-01-06T10:00Z due 2021-02-03 stopped 2021-01-08T10:00Z (r1)
        = cin_visit due_soon 2021-01-08T10:00Z due 2021-02-05 (r1)
        ? clock initial_visit_s17 cin_visit at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-08T10:00Z (r1)
        = cin_visit met 2021-01-04T10:00Z due 2021-02-01 stopped 2021-01-08T10:00Z (r1)
        = cin_visit due_soon 2021-01-08T10:00Z due 2021-02-05 (r1)
        ",
    );
}

#[test]
fn of_two_branches_the_later_recorded_counts() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-05T10:00 visit.completed initial | id=v1
        2021-01-06T10:00 visit.completed initial | id=v3 supersedes=v1 recorded=2021-01-21T10:00
        2021-01-07T10:00 visit.completed initial | id=v2 supersedes=v1 recorded=2021-01-22T10:00
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        2021-01-23T10:00 event.retracted v2
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-23T10:00 event.retracted v3
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-05T10:00Z (r1)
        ",
    );
}

/// A branch of two steps against one of one step, all recorded at one instant: the steps decide, then the id.
#[test]
fn of_branches_recorded_at_one_instant_the_longer_counts_then_the_id() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-05T10:00 visit.completed initial | id=v1 recorded=2021-01-20T10:00
        2021-01-06T10:00 visit.completed initial | id=v2 recorded=2021-01-20T10:00 supersedes=v1
        2021-01-07T10:00 visit.completed initial | id=v9 recorded=2021-01-20T10:00 supersedes=v1
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        2021-01-08T10:00 visit.completed initial | id=v3 recorded=2021-01-20T10:00 supersedes=v2
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-08T10:00Z (r1)
        ",
    );
}

/// v2 was recorded long after v1's other replacement v9, and v3, which replaces v2, before it: v3 is never earlier
/// than v2, so its branch counts.
#[test]
fn a_branch_is_as_late_as_the_latest_recorded_in_it() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-05T10:00 visit.completed initial | id=v1 recorded=2021-01-05T10:00
        2021-01-06T10:00 visit.completed initial | id=v2 recorded=2021-01-25T10:00 supersedes=v1
        2021-01-07T10:00 visit.completed initial | id=v3 recorded=2021-01-15T10:00 supersedes=v2
        2021-01-08T10:00 visit.completed initial | id=v9 recorded=2021-01-20T10:00 supersedes=v1
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        2021-01-26T10:00 event.retracted v3
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-26T10:00 event.retracted v2
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-08T10:00Z (r1)
        ",
    );
}

#[test]
fn replacements_of_an_event_that_has_not_arrived_are_one_fact() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v2 supersedes=v1
        2021-01-07T10:00 visit.completed initial | id=v3 supersedes=v1
        2021-01-08T10:00 visit.completed initial | id=v4 supersedes=v2 recorded=2021-01-07T10:00
        ? clock cin_visit at 2021-01-31
        = cin_visit met 2021-01-04T10:00Z due 2021-02-01 stopped 2021-01-08T10:00Z (r1)
        = cin_visit due_soon 2021-01-08T10:00Z due 2021-02-05 (r1)
        2021-01-05T10:00 visit.completed initial | id=v1
        ? clock cin_visit at 2021-01-31
        = cin_visit met 2021-01-04T10:00Z due 2021-02-01 stopped 2021-01-08T10:00Z (r1)
        = cin_visit due_soon 2021-01-08T10:00Z due 2021-02-05 (r1)
        ",
    );
}

#[test]
fn the_original_that_arrives_last_may_be_the_last_recorded() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v2 supersedes=v1
        2021-01-05T10:00 visit.completed initial | id=v1 recorded=2021-01-20T10:00
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-19
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn the_version_that_counts_is_there_only_from_its_own_time_on() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1
        2021-01-08T10:00 visit.completed initial | id=v2 supersedes=v1 recorded=2021-01-06T11:00
        ? clock initial_visit_s17 at 2021-01-08T09:59
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ? clock initial_visit_s17 at 2021-01-08T10:00
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-08T10:00Z (r1)
        ? next at 2021-01-07
        = 2021-01-08T10:00Z
        ",
    );
}

#[test]
fn a_replacement_may_change_the_type() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1
        2021-01-06T10:00 visit.attempted initial | supersedes=v1 recorded=2021-01-08T10:00
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
}

#[test]
fn a_replacement_may_change_the_subject() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-04T10:00 referral.received r2 s17 | child=2
        2021-01-06T10:00 visit.completed initial  | id=v1
        2021-01-06T11:00 visit.completed initial  | id=v2 child=2 supersedes=v1
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        = child/2: initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T11:00Z (r2)
        2021-01-07T10:00 event.retracted v2
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        = child/2: initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r2)
        ",
    );
}

#[test]
fn a_replacement_may_take_the_last_event_of_a_subject_away() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | id=v1
        2021-01-04T10:00 referral.received r1 s17 | id=v2 child=2 supersedes=v1
        ? measure in_need_children referrals 2021-01
        = in_need_children County 1
        = referrals County 1
        ? clock initial_visit_s17 at 2021-01-05
        = child/2: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

#[test]
fn a_replacement_names_events_of_its_own_source() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1
        2021-01-08T10:00 visit.completed initial | id=v2 source=b supersedes=v1
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

/// A retraction hides the version it names wherever that stands in the chain, also before it is the one that counts.
#[test]
fn a_retraction_of_a_version_that_is_replaced_holds_when_its_successor_goes() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v1
        2021-01-07T10:00 visit.completed initial | id=v2 supersedes=v1
        2021-01-08T10:00 visit.completed initial | id=v3 supersedes=v2
        2021-01-20T10:00 event.retracted v2      | id=x
        2021-01-21T10:00 event.retracted v3
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-22T10:00 event.retracted x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        ",
    );
}
