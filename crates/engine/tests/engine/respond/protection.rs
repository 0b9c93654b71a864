//! Strategy discussions, enquiries and initial conferences.

use testkit::check;

#[test]
fn strategy_discussions_that_are_asked_for_as_initial_ones() {
    check(
        "
        2021-01-08T10:00 strategy_discussion.requested s1
        2021-01-11T10:00 strategy_discussion.held s1 kind=review
        2021-01-08T10:00 strategy_discussion.requested s2 kind=initial
        2021-01-12T10:00 strategy_discussion.held s2
        2021-01-08T10:00 strategy_discussion.requested s3 kind=review
        ? clock strategy_discussion at 2021-01-31
        = strategy_discussion met 2021-01-08T10:00Z due 2021-01-11 stopped 2021-01-11T10:00Z (s1)
        = strategy_discussion late 2021-01-08T10:00Z due 2021-01-11 stopped 2021-01-12T10:00Z (s2)
        ",
    );
}

#[test]
fn a_discussion_held_is_of_its_own_kind_or_its_requests_or_initial() {
    check(
        "
        2021-01-04T10:00 strategy_discussion.held s1
        2021-01-04T10:00 strategy_discussion.requested s2 kind=review
        2021-01-05T10:00 strategy_discussion.held s2
        2021-01-04T10:00 strategy_discussion.requested s3 kind=review
        2021-01-05T10:00 strategy_discussion.held s3 kind=initial
        2021-01-04T10:00 strategy_discussion.requested s4
        2021-01-05T10:00 strategy_discussion.held s4
        2021-01-05T10:00 strategy_discussion.held s5 kind=review
        ? measure strategy_discussions 2021-01
        = County 3
        ",
    );
}

#[test]
fn a_section_47_enquiry() {
    check(
        "
        2021-01-04T10:00 s47.started q1
        2021-01-25T10:00 s47.completed q1
        2021-01-04T10:00 s47.started q2
        2021-01-26T00:00 s47.completed q2
        ? clock s47_enquiry at 2021-01-31
        = s47_enquiry met 2021-01-04T10:00Z due 2021-01-25 stopped 2021-01-25T10:00Z (q1)
        = s47_enquiry late 2021-01-04T10:00Z due 2021-01-25 stopped 2021-01-26T00:00Z (q2)
        ",
    );
}

#[test]
fn an_initial_conference_is_due_after_a_discussion_that_decides_on_an_enquiry() {
    check(
        "
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47
        2021-01-04T10:00 strategy_discussion.held s2 outcome=assessment
        2021-01-04T10:00 strategy_discussion.held s3 outcome=s47 kind=review
        2021-01-20T10:00 conference.held review
        2021-01-25T10:00 conference.held initial
        ? clock icpc at 2021-01-31
        = icpc met 2021-01-04T10:00Z due 2021-01-25 stopped 2021-01-25T10:00Z (s1)
        ",
    );
}

/// The enquiry is found by its start, by its completion, or by both; only one that leads elsewhere cancels.
#[test]
fn the_enquiry_that_names_the_discussion_and_leads_elsewhere_cancels() {
    check(
        "
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47
        2021-01-05T10:00 s47.started q1 strategy_discussion=s1
        2021-01-06T10:00 s47.completed q1 outcome=assessment
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47                      | child=2
        2021-01-06T10:00 s47.completed q1 strategy_discussion=s1                      | child=2
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47                      | child=3
        2021-01-05T10:00 s47.started q1 strategy_discussion=s1                        | child=3
        2021-01-06T10:00 s47.completed q1 outcome=icpc                                | child=3
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47                      | child=4
        2021-01-05T10:00 s47.started q1 strategy_discussion=s2                        | child=4
        2021-01-06T10:00 s47.completed q1 outcome=assessment                          | child=4
        2021-01-07T10:00 s47.completed q2 outcome=assessment                          | child=4
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47                      | child=5
        2021-01-01T10:00 s47.completed q1 strategy_discussion=s1 outcome=assessment   | child=5
        ? clock icpc at 2021-01-31
        = icpc cancelled 2021-01-04T10:00Z due 2021-01-25 cancelled 2021-01-06T10:00Z (s1)
        = child/2: icpc cancelled 2021-01-04T10:00Z due 2021-01-25 cancelled 2021-01-06T10:00Z (s1)
        = child/3: icpc overdue 2021-01-04T10:00Z due 2021-01-25 +6d/4wd (s1)
        = child/4: icpc overdue 2021-01-04T10:00Z due 2021-01-25 +6d/4wd (s1)
        = child/5: icpc cancelled 2021-01-04T10:00Z due 2021-01-25 cancelled 2021-01-01T10:00Z (s1)
        ",
    );
}

/// Two enquiries of one discussion: the first of them that leads elsewhere cancels.
#[test]
fn of_several_enquiries_the_earliest_that_leads_elsewhere_cancels() {
    check(
        "
        2021-01-04T10:00 strategy_discussion.held s1 outcome=s47
        2021-01-05T10:00 s47.started q1 strategy_discussion=s1
        2021-01-05T11:00 s47.started q2 strategy_discussion=s1
        2021-01-07T10:00 s47.completed q1 outcome=no_further_action
        2021-01-06T10:00 s47.completed q2 outcome=assessment
        2021-01-06T10:00 conference.held initial | recorded=2021-01-20T10:00
        ? clock icpc at 2021-01-31
        = icpc met 2021-01-04T10:00Z due 2021-01-25 stopped 2021-01-06T10:00Z (s1)
        ? clock icpc at 2021-01-31 known 2021-01-19
        = icpc cancelled 2021-01-04T10:00Z due 2021-01-25 cancelled 2021-01-06T10:00Z (s1)
        ",
    );
}

/// The conference of the discussion's own date counts, though it was held before it that day.
#[test]
fn a_conference_on_the_date_of_the_discussion_counts() {
    check(
        "
        2021-01-04T15:00 strategy_discussion.held s1 outcome=s47
        2021-01-03T10:00 conference.held initial
        2021-01-04T10:00 conference.held initial
        ? clock icpc at 2021-01-31
        = icpc met 2021-01-04T15:00Z due 2021-01-25 stopped 2021-01-04T10:00Z (s1)
        ",
    );
}
