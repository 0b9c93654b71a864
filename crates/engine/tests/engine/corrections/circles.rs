//! Corrections that name each other in a circle: only those that name an earlier event have effect.

use testkit::check;

#[test]
fn two_events_that_replace_each_other() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v recorded=2021-01-10T10:00 supersedes=w
        2021-01-07T10:00 visit.completed initial | id=w recorded=2021-01-11T10:00 supersedes=v
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-10
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn recorded_at_one_instant_the_ids_decide_what_is_earlier() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=w recorded=2021-01-10T10:00 supersedes=v
        2021-01-07T10:00 visit.completed initial | id=v recorded=2021-01-10T10:00 supersedes=w
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

/// c names a, which is earlier; a and b name later ones. So c replaces a, and b is a fact of its own.
#[test]
fn three_events_that_replace_each_other() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=a recorded=2021-01-10T10:00 supersedes=b
        2021-01-07T10:00 visit.completed initial | id=b recorded=2021-01-11T10:00 supersedes=c
        2021-01-08T10:00 visit.completed initial | id=c recorded=2021-01-12T10:00 supersedes=a
        ? clock cin_visit at 2021-01-31
        = cin_visit met 2021-01-04T10:00Z due 2021-02-01 stopped 2021-01-07T10:00Z (r1)
        = cin_visit met 2021-01-07T10:00Z due 2021-02-04 stopped 2021-01-08T10:00Z (r1)
        = cin_visit due_soon 2021-01-08T10:00Z due 2021-02-05 (r1)
        ",
    );
}

#[test]
fn an_event_that_names_itself_corrects_nothing() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v supersedes=v
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        2021-01-07T10:00 event.retracted x       | id=x supersedes=v
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
}

/// The visit v is replaced by the retraction x, which shows whether x stands.
#[test]
fn two_retractions_that_name_each_other() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-10T10:00 event.retracted y       | id=x supersedes=v
        2021-01-11T10:00 event.retracted x       | id=y
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-12T10:00 event.retracted y       | id=x supersedes=v
        2021-01-11T10:00 event.retracted x       | id=y
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
}

#[test]
fn a_replacement_and_the_retraction_of_it_that_it_replaces() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v recorded=2021-01-10T10:00 supersedes=x
        2021-01-11T10:00 event.retracted v       | id=x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v recorded=2021-01-12T10:00 supersedes=x
        2021-01-11T10:00 event.retracted v       | id=x
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

/// A circle of three retractions: z names y, which is earlier, and x names z, y names x. Of x < y < z by recorded only
/// y -> x and z -> y name an earlier one: z hides y, so x stands and hides nothing in the circle.
#[test]
fn a_circle_of_three_retractions() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-10T10:00 event.retracted z       | id=x supersedes=v
        2021-01-11T10:00 event.retracted x       | id=y
        2021-01-12T10:00 event.retracted y       | id=z
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ? clock initial_visit_s17 at 2021-01-31 known 2021-01-11
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

/// Outside the circle a correction has effect whatever is earlier: only those in it are asked.
#[test]
fn a_correction_of_an_event_in_a_circle_has_effect() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v recorded=2021-01-10T10:00 supersedes=w
        2021-01-07T10:00 visit.completed initial | id=w recorded=2021-01-11T10:00 supersedes=v
        2021-01-09T10:00 event.retracted w
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

/// The retraction r and the visit w both replace v, and w is the later version. The retraction s hides w, and r, which
/// counts only while w is hidden, would hide s: a circle by way of a fact with two versions. Of its corrections, too,
/// only those that name an earlier event have effect.
#[test]
fn a_circle_by_way_of_two_versions_of_one_fact() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-10T10:00 event.retracted s       | id=r supersedes=v
        2021-01-07T10:00 visit.completed initial | id=w supersedes=v recorded=2021-01-11T10:00
        2021-01-12T10:00 event.retracted w       | id=s
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 overdue 2021-01-04T10:00Z due 2021-01-11 +20d/14wd (r1)
        ",
    );
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-06T10:00 visit.completed initial | id=v
        2021-01-10T10:00 event.retracted s       | id=r supersedes=v
        2021-01-07T10:00 visit.completed initial | id=w supersedes=v recorded=2021-01-12T10:00
        2021-01-11T10:00 event.retracted w       | id=s
        ? clock initial_visit_s17 at 2021-01-31
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-07T10:00Z (r1)
        ",
    );
}
