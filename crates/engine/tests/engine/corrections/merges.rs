//! Merges: two histories become one.

use testkit::check;

#[test]
fn events_of_both_belong_to_the_survivor() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-01-06T10:00 visit.completed initial  | child=2
        2021-01-07T10:00 child.merged 2           | child=1
        2021-01-08T10:00 case.closed r1           | child=1
        ? clock initial_visit_s17 at 2021-01-31
        = child/2: initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-06
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
}

#[test]
fn a_merge_obeys_known_and_not_at() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-03-01T10:00 child.merged 2           | child=1 recorded=2021-01-05T10:00
        ? clock initial_visit_s17 at 2021-01-04T12:00
        = child/2: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ? clock initial_visit_s17 at 2021-01-04T12:00 known 2021-01-04
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

#[test]
fn a_survivor_needs_no_events_of_its_own() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-07T10:00 child.merged 9
        ? clock initial_visit_s17 at 2021-01-05
        = child/9: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ? measure referrals in_need_children 2021-01
        = in_need_children County 1
        = referrals County 1
        ",
    );
}

#[test]
fn a_chain_of_merges_ends_at_its_last_survivor_whichever_was_recorded_first() {
    for (first, second) in [("2021-01-08", "2021-01-09"), ("2021-01-09", "2021-01-08")] {
        check(&format!(
            "
            2021-01-04T10:00 referral.received r1 s17 | child=1
            2021-01-05T10:00 visit.completed cin      | child=2
            2021-01-06T10:00 visit.completed initial  | child=3
            {first} child.merged 2                    | child=1
            {second} child.merged 3                   | child=2
            ? clock initial_visit_s17 cin_visit at 2021-01-31
            = child/3: initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
            = child/3: cin_visit met 2021-01-04T10:00Z due 2021-02-01 stopped 2021-01-05T10:00Z (r1)
            = child/3: cin_visit met 2021-01-05T10:00Z due 2021-02-02 stopped 2021-01-06T10:00Z (r1)
            = child/3: cin_visit due_soon 2021-01-06T10:00Z due 2021-02-03 (r1)
            "
        ));
    }
}

/// 1 into 2, then 1 into 3: by then 1 is 2, so 2 is joined to 3 as well.
#[test]
fn a_second_merge_takes_the_present_survivor_along() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-01-04T11:00 referral.received r2 s17 | child=2
        2021-01-08T10:00 child.merged 2           | child=1
        2021-01-09T10:00 child.merged 3           | child=1
        ? clock initial_visit_s17 at 2021-01-05
        = child/3: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        = child/3: initial_visit_s17 due_soon 2021-01-04T11:00Z due 2021-01-11 (r2)
        ? clock initial_visit_s17 at 2021-01-05 known 2021-01-08
        = child/2: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        = child/2: initial_visit_s17 due_soon 2021-01-04T11:00Z due 2021-01-11 (r2)
        ",
    );
}

/// The second merge joins 2 to the present survivor of 1, which is 2: it does nothing.
#[test]
fn of_a_circle_of_merges_the_first_recorded_counts() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-01-08T10:00 child.merged 2           | child=1
        2021-01-09T10:00 child.merged 1           | child=2
        ? clock initial_visit_s17 at 2021-01-05
        = child/2: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-01-08T10:00 child.merged 1           | child=2 id=a
        2021-01-08T10:00 child.merged 2           | child=1 id=b
        2021-01-08T10:00 child.merged 3           | child=2 id=c
        2021-01-08T10:00 child.merged 2           | child=3 id=d
        ? clock initial_visit_s17 at 2021-01-05
        = child/3: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

#[test]
fn a_child_merged_into_itself_stays_as_it_is() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-08T10:00 child.merged 1
        ? clock initial_visit_s17 at 2021-01-05
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

#[test]
fn a_retracted_merge_is_as_if_it_had_never_been() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-01-06T10:00 visit.completed initial  | child=2
        2021-01-08T10:00 child.merged 2           | child=1 id=m
        2021-01-09T10:00 child.merged 3           | child=2
        2021-01-10T10:00 event.retracted m        | child=3 id=x
        ? clock initial_visit_s17 at 2021-01-05
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        2021-01-11T10:00 event.retracted x
        ? clock initial_visit_s17 at 2021-01-31
        = child/3: initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn a_replaced_merge_counts_by_its_last_version_alone() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-01-04T11:00 referral.received r2 s17 | child=2
        2021-01-08T10:00 child.merged 2           | child=1 id=m
        2021-01-09T10:00 child.merged 3           | child=1 supersedes=m
        ? clock initial_visit_s17 at 2021-01-05
        = child/2: initial_visit_s17 due_soon 2021-01-04T11:00Z due 2021-01-11 (r2)
        = child/3: initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        ",
    );
}

/// The referral of child 1 and the closing of child 2 name one episode once the children are one.
#[test]
fn episodes_match_by_name_across_both() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17 | child=1
        2021-01-05T10:00 case.closed r1           | child=2
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        2021-01-06T10:00 child.merged 2           | child=1
        ? clock initial_visit_s17 at 2021-01-31
        = child/2: initial_visit_s17 cancelled 2021-01-04T10:00Z due 2021-01-11 cancelled 2021-01-05T10:00Z (r1)
        ",
    );
}

#[test]
fn a_merge_is_seen_in_the_figures_of_subjects() {
    check(
        "
        2021-01-04T10:00 missing.started m1       | child=1
        2021-01-05T10:00 missing.started m2       | child=2
        ? measure missing_children missing_episodes 2021-01
        = missing_children County 2
        = missing_episodes County 2
        2021-01-06T10:00 child.merged 2           | child=1
        ? measure missing_children missing_episodes 2021-01
        = missing_children County 1
        = missing_episodes County 2
        ",
    );
}
