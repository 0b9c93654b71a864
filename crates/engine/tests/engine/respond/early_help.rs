//! Contacts that go to early help, and early help itself.

use testkit::check;

/// Advice at first, then early help: the clock is there once the decision is, and that decision stops it.
#[test]
fn early_help_decision_is_of_contacts_that_went_to_early_help() {
    check(
        "
        2021-01-04T10:00 contact.received k1
        2021-01-04T12:00 contact.decided k1 initial advice
        2021-01-05T09:00 contact.decided k1 final early_help
        2021-01-05T11:00 contact.decided k1 final existing_early_help
        2021-01-04T10:00 contact.received k2
        2021-01-04T12:00 contact.decided k2 final referral
        ? clock early_help_decision at 2021-01-05T08:59
        = nothing
        ? clock early_help_decision at 2021-01-31
        = early_help_decision met 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-05T09:00Z (k1)
        ",
    );
}

#[test]
fn either_stage_and_either_outcome_will_do() {
    check(
        "
        2021-01-04T10:00 contact.received k1
        2021-01-05T10:00 contact.decided k1 initial existing_early_help
        2021-01-05T12:00 contact.decided k1 final no_further_action
        ? clock early_help_decision at 2021-01-31
        = early_help_decision late 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-05T10:00Z (k1)
        ",
    );
}

#[test]
fn early_help_begins_by_its_start_or_is_there_already() {
    check(
        "
        2021-01-04T10:00 contact.received k1
        2021-01-04T11:00 contact.decided k1 final early_help
        2021-01-07T09:59 early_help.started h1
        2021-01-04T10:00 contact.received k2                          | child=2
        2021-01-04T11:00 contact.decided k2 final existing_early_help | child=2
        2021-01-04T10:00 contact.received k3                          | child=3
        2021-01-04T11:00 contact.decided k3 final early_help          | child=3
        2021-01-04T10:00 contact.received k4                          | child=3
        2021-01-04T12:00 contact.decided k4 final existing_early_help | child=3
        ? clock early_help_episode at 2021-01-08
        = early_help_episode met 2021-01-04T10:00Z due 2021-01-07T10:00Z stopped 2021-01-07T09:59Z (k1)
        = child/2: early_help_episode met 2021-01-04T10:00Z due 2021-01-07T10:00Z stopped 2021-01-04T11:00Z (k2)
        = child/3: early_help_episode overdue 2021-01-04T10:00Z due 2021-01-07T10:00Z +37h (k3)
        = child/3: early_help_episode met 2021-01-04T10:00Z due 2021-01-07T10:00Z stopped 2021-01-04T12:00Z (k4)
        ",
    );
}

/// By instant, as the limit is in hours; the decision before the contact opens the clock and does not stop it.
#[test]
fn what_came_before_the_contact_does_not_begin_early_help() {
    check(
        "
        2021-01-04T10:00 contact.received k1
        2021-01-04T09:00 contact.decided k1 final existing_early_help
        2021-01-04T09:30 early_help.started h1
        ? clock early_help_decision early_help_episode at 2021-01-04
        = early_help_decision met 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-04T09:00Z (k1)
        = early_help_episode due_soon 2021-01-04T10:00Z due 2021-01-07T10:00Z (k1)
        2021-01-04T10:00 early_help.started h2
        ? clock early_help_episode at 2021-01-31
        = early_help_episode met 2021-01-04T10:00Z due 2021-01-07T10:00Z stopped 2021-01-04T10:00Z (k1)
        ",
    );
}

#[test]
fn visits_and_assessments_of_early_help() {
    check(
        "
        2021-01-04T10:00 early_help.started h1 service=family_support
        2021-01-18T10:00 visit.completed early_help
        2021-01-19T10:00 assessment.completed a1 kind=early_help
        2021-01-04T10:00 early_help.started h1 service=children_centre | child=2
        2021-01-05T10:00 early_help.ended h1                           | child=2
        2021-01-04T10:00 early_help.started h1 service=dcyps           | child=3
        2021-01-04T10:00 early_help.started h1                         | child=4
        ? clock early_help_visit early_help_assessment at 2021-01-31
        = early_help_visit met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-18T10:00Z (h1)
        = child/2: early_help_visit cancelled 2021-01-04T10:00Z due 2021-01-18 cancelled 2021-01-05T10:00Z (h1)
        = early_help_assessment met 2021-01-04T10:00Z due 2021-02-15 stopped 2021-01-19T10:00Z (h1)
        = child/2: early_help_assessment cancelled 2021-01-04T10:00Z due 2021-02-15 cancelled 2021-01-05T10:00Z (h1)
        ",
    );
}

/// The kind of an assessment that is absent on its completion is that of its start.
#[test]
fn an_early_help_assessment_may_say_so_at_its_start_alone() {
    check(
        "
        2021-01-04T10:00 early_help.started h1 service=family_support
        2021-01-05T10:00 assessment.completed a0
        2021-01-06T10:00 assessment.started a1 kind=early_help
        2021-01-19T10:00 assessment.completed a1
        ? clock early_help_assessment at 2021-01-31
        = early_help_assessment met 2021-01-04T10:00Z due 2021-02-15 stopped 2021-01-19T10:00Z (h1)
        ",
    );
}
