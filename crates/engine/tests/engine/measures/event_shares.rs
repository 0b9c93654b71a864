//! Attributes of events.

use testkit::check;

/// A field that is absent satisfies no condition, also not "other than".
#[test]
fn conferences_with_views_and_advocates() {
    check(
        "
        2021-01-04T10:00 conference.held initial views=my_views
        2021-01-05T10:00 conference.held review views=none advocacy_referral=true
        2021-01-06T10:00 conference.held review advocacy_referral=false
        2021-01-07T10:00 conference.held review views=advocate
        ? measure cp_views cp_advocacy 2021-01
        = cp_advocacy County 1/4 25.0
        = cp_views County 2/4 50.0
        ",
    );
}

#[test]
fn virtual_visits() {
    check(
        "
        2021-01-04T10:00 visit.completed cp,cin mode=virtual
        2021-01-05T10:00 visit.completed cp
        2021-01-06T10:00 visit.completed cp mode=virtual seen=false
        2021-01-07T10:00 visit.completed cin
        2021-01-08T10:00 visit.completed statutory mode=virtual
        ? measure cp_visit_virtual cin_visit_virtual 2021-01
        = cin_visit_virtual County 1/2 50.0
        = cp_visit_virtual County 1/2 50.0
        ",
    );
}

/// The toolkit names the contact, whenever it was; as at `at`.
#[test]
fn a_toolkit_for_professional_contacts_about_neglect() {
    check(
        "
        2021-01-04T10:00 contact.received k1 professional=true reasons=neglect,other
        2021-02-04T10:00 neglect_toolkit.completed contact=k1
        2021-01-04T10:00 contact.received k2 professional=true reasons=neglect
        2021-01-03T10:00 neglect_toolkit.completed contact=k2
        2021-01-04T10:00 contact.received k3 professional=true reasons=neglect
        2021-01-05T10:00 neglect_toolkit.completed
        2021-01-04T10:00 contact.received k4 professional=false reasons=neglect
        2021-01-04T10:00 contact.received k5 professional=true reasons=other
        2021-01-04T10:00 contact.received k6 reasons=neglect
        2021-01-04T10:00 contact.received k7 professional=true reasons=neglect missing_notification=true
        ? measure contact_neglect_toolkit 2021-01
        = County 1/3 33.3
        ? measure contact_neglect_toolkit 2021-01 at 2021-02-28
        = County 2/3 66.7
        ",
    );
}

#[test]
fn attendance_of_those_invited() {
    check(
        "
        2021-01-04T10:00 strategy_discussion.held s1 invited=health,police attended=police
        2021-01-05T10:00 strategy_discussion.held s2 invited=health attended=health,social_care
        2021-01-06T10:00 strategy_discussion.held s3 attended=health kind=review
        2021-01-06T10:00 strategy_discussion.held s4 invited=police
        ? measure strategy_attendance_health strategy_attendance_police strategy_attendance_social_care 2021-01
        = strategy_attendance_health County 1/2 50.0
        = strategy_attendance_police County 1/2 50.0
        = strategy_attendance_social_care County 0/0 n/a
        ",
    );
}

/// Of children of four or over at the review; under_4 is other than not_participated.
#[test]
fn participation_in_reviews() {
    check(
        "
        2017-01-20T10:00 child.registered 2017-01-11
        2021-01-10T10:00 review.held care participation=attended
        2021-01-11T10:00 review.held care participation=under_4
        2021-01-12T10:00 review.held care participation=not_participated
        2021-01-13T10:00 review.held care
        2021-01-14T10:00 review.held cp participation=attended
        2021-01-14T10:00 review.held care participation=attended | child=2
        ? measure care_participation 2021-01
        = County 1/3 33.3 worse of 95
        ",
    );
}

/// Two working days after Wednesday 6 January is Friday the 8th; at 00:00 on the 9th it is too late.
#[test]
fn visits_recorded_late() {
    check(
        "
        2021-01-06T10:00 visit.completed cp            | recorded=2021-01-08T23:59:59.999999
        2021-01-06T11:00 visit.completed cp            | recorded=2021-01-09T00:00
        2021-01-06T12:00 visit.completed cp seen=false | recorded=2021-01-20T00:00
        2021-01-06T13:00 visit.completed cp            | recorded=2021-01-05T00:00
        2021-01-06T14:00 care.started c1               | recorded=2021-01-11T00:00
        ? measure recording_delay care_recording_delay 2021-01
        = care_recording_delay County 1/1 100.0
        = recording_delay County 1/3 33.3
        ",
    );
}

/// Of an event that supersedes, the first recorded of its chain counts, as far as that is known.
#[test]
fn a_correction_does_not_make_a_visit_recorded_late() {
    check(
        "
        2021-01-06T10:00 visit.completed cp | id=v1 recorded=2021-01-07T10:00
        2021-01-06T11:00 visit.completed cp | id=v2 recorded=2021-01-20T10:00 supersedes=v1
        2021-01-06T12:00 visit.completed cp | id=v3 recorded=2021-01-21T10:00 supersedes=v2
        2021-01-06T10:00 visit.completed cp | id=w2 recorded=2021-01-20T10:00 supersedes=w1 child=2
        2021-01-06T10:00 visit.completed cp | id=u1 recorded=2021-01-07T10:00 child=3
        2021-01-06T10:00 visit.completed cp | id=u2 recorded=2021-01-20T10:00 child=3 supersedes=u1
        2021-01-22T10:00 event.retracted u1 | child=3
        ? measure recording_delay 2021-01
        = County 1/3 33.3
        2021-01-06T10:00 visit.completed cp | id=w1 recorded=2021-01-07T10:00 child=2
        ? measure recording_delay 2021-01
        = County 0/3 0.0
        ",
    );
}

#[test]
fn audits() {
    check(
        "
        2021-01-06T10:00 case_audit.completed outstanding assessment=good planning=inadequate
        2021-01-07T10:00 case_audit.completed good assessment=requires_improvement
        2021-01-08T10:00 case_audit.completed inadequate
        2021-01-11T10:00 case_audit.completed requires_improvement
        ? measure audits_completed audits_good audits_inadequate 2021-01
        = audits_completed County 4
        = audits_good County 2/4 50.0 better of 50
        = audits_inadequate County 1/4 25.0 worse of 10
        ? measure audits_assessment_good audits_planning_good audits_oversight_good 2021-01
        = audits_assessment_good County 1/2 50.0 better of 50
        = audits_oversight_good County 0/0 n/a n/a of 50
        = audits_planning_good County 0/1 0.0 worse of 50
        ",
    );
}

#[test]
fn stepping_down_and_up() {
    check(
        "
        2021-01-06T10:00 case.closed r1 stepped_down_to=early_help
        2021-01-07T10:00 case.closed r2 stepped_down_to=universal
        2021-01-08T10:00 case.closed r3
        2021-01-08T10:00 early_help.ended h1 stepped_up
        2021-01-08T10:00 early_help.ended h2
        ? measure stepped_down stepped_up 2021-01
        = stepped_down County 1/3 33.3
        = stepped_up County 1/2 50.0
        ",
    );
}
