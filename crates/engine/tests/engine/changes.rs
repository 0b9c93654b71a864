//! When a history next changes by itself: an event still to come, a birthday, a state that begins to count.

use testkit::check;

#[test]
fn a_history_without_ages_never_changes_by_itself() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-04T10:00 plan.started p1 cp
        ? next at 2021-01-05
        = never
        ",
    );
}

#[test]
fn an_event_on_record_that_has_yet_to_happen() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 visit.completed initial
        2021-01-08T10:00 case.closed r1
        ? next at 2021-01-04T10:00
        = 2021-01-06T10:00Z
        ? next at 2021-01-06T10:00
        = 2021-01-08T10:00Z
        ? next at 2021-01-08
        = never
        ",
    );
}

/// Seen alone from 5 to 18: both birthdays, and only while a plan is open.
#[test]
fn birthdays_that_open_and_close_a_state() {
    check(
        "
        2016-03-20T10:00 child.registered 2016-07-10
        2021-01-04T10:00 plan.started p1 cp
        ? next at 2021-01-05
        = 2021-07-09T23:00Z
        ? next at 2021-07-09T23:00
        = 2034-07-09T23:00Z
        ? next at 2034-07-10
        = never
        2021-01-20T10:00 plan.ended p1
        ? next at 2021-01-20
        = never
        ",
    );
}

/// In care from birth, aged 2: dentist at 2, education plan at 3, questionnaire at 4, reviewing officer at 5 …
#[test]
fn the_next_of_several() {
    check(
        "
        2019-01-20T10:00 child.registered 2019-01-10
        2020-01-04T10:00 care.started c1
        ? next at 2021-01-09
        = 2021-01-10T00:00Z
        ? next at 2021-01-10T00:00
        = 2022-01-10T00:00Z
        ? next at 2022-01-10
        = 2023-01-10T00:00Z
        ? next at 2023-01-10
        = 2024-01-10T00:00Z
        ? next at 2024-01-10
        = 2031-01-10T00:00Z
        ? next at 2031-01-10
        = 2035-04-09T23:00Z
        ? next at 2035-04-10
        = 2037-01-10T00:00Z
        ? next at 2037-01-10
        = never
        ",
    );
}
