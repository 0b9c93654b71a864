//! Counts of events and distributions over their values.

use testkit::check;

#[test]
fn counts_of_events_and_of_their_subjects() {
    check(
        "
        2021-01-04T10:00 missing.started m1
        2021-01-05T10:00 missing.started m2
        2020-12-31T10:00 missing.started m1 | child=2
        2021-02-01T10:00 missing.started m2 | child=2
        ? measure missing_episodes missing_children 2021-01
        = missing_children County 1
        = missing_episodes County 2
        ? measure missing_episodes missing_children 2021-02-R12
        = missing_children County 2
        = missing_episodes County 4
        ? measure missing_episodes missing_children 2020-Q3
        = missing_children County 1
        = missing_episodes County 1
        ",
    );
}

#[test]
fn the_plain_counts() {
    check(
        "
        2021-01-04T10:00 plan.started p1 cin
        2021-01-04T10:00 plan.started p2 cp
        2021-01-05T10:00 plan.ended p2 cin
        2021-01-05T10:00 plan.ended p1 cp
        2021-01-04T10:00 care.started c1
        2021-01-05T10:00 care.ended c1
        2021-01-06T10:00 conference.held initial
        2021-01-06T10:00 conference.held review
        2021-01-06T10:00 s47.started q1
        2021-01-06T10:00 strategy_discussion.held s1
        2021-01-06T10:00 strategy_discussion.held s2 kind=review
        ? measure cin_starts cp_starts cp_ends care_starts care_ends icpcs s47_enquiries strategy_discussions 2021-01
        = care_ends County 1
        = care_starts County 1
        = cin_starts County 1
        = cp_ends County 1
        = cp_starts County 1
        = icpcs County 1
        = s47_enquiries County 1
        = strategy_discussions County 1
        ",
    );
}

/// The county has a row for every value of the list, groups only where there is something.
#[test]
fn distributions_over_the_values_of_a_field() {
    check(
        "
        2021-01-01T10:00 allocation.started G G1
        2021-01-04T10:00 early_help.ended h1 needs_met
        2021-01-04T10:00 early_help.ended h1 needs_met  | child=2
        2021-01-04T10:00 early_help.ended h1 stepped_up | child=2
        2021-02-01T10:00 early_help.ended h2 stepped_up | child=2
        ? measure early_help_end_reasons 2021-01 by locality
        = County consent_withdrawn: 0
        = County disengaged: 0
        = County needs_met: 2
        = County other_agency: 0
        = County partially_met: 0
        = County stepped_up: 1
        = G needs_met: 1
        = Unallocated needs_met: 1
        = Unallocated stepped_up: 1
        ",
    );
}

#[test]
fn outcomes_are_of_final_decisions_and_single_assessments() {
    check(
        "
        2021-01-04T10:00 contact.decided k1 initial referral
        2021-01-04T11:00 contact.decided k1 final advice
        2021-01-04T10:00 assessment.completed a1 outcome=care
        2021-01-04T10:00 assessment.completed a2 outcome=care kind=cla
        ? measure contact_outcomes assessment_outcomes 2021-01
        = assessment_outcomes County care: 1
        = assessment_outcomes County cin_plan: 0
        = assessment_outcomes County early_help: 0
        = assessment_outcomes County no_further_action: 0
        = assessment_outcomes County other_agency: 0
        = assessment_outcomes County strategy_discussion: 0
        = contact_outcomes County advice: 1
        = contact_outcomes County early_help: 0
        = contact_outcomes County existing_early_help: 0
        = contact_outcomes County no_further_action: 0
        = contact_outcomes County referral: 0
        ",
    );
}

#[test]
fn feedback_of_children_and_of_the_authority() {
    check(
        "
        2021-01-04T10:00 feedback.received complaint upheld=partly
        2021-01-05T10:00 feedback.received complaint upheld=yes | authority=gcc
        2021-01-06T10:00 feedback.received complaint upheld=no
        2021-01-06T10:00 feedback.received complaint
        2021-01-06T10:00 feedback.received compliment upheld=yes
        ? measure complaints compliments complaints_upheld 2021-01
        = complaints County 4
        = complaints_upheld County 2/4 50.0
        = compliments County 1
        ",
    );
}
