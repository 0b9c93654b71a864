//! Contacts, referrals, initial visits, allocation.

use testkit::check;

#[test]
fn decisions_on_a_contact() {
    check(
        "
        2021-01-04T10:00 contact.received k1 rag=red
        2021-01-04T13:00 contact.decided k1 initial
        2021-01-05T13:00 contact.decided k1 final
        ? clock contact_initial_decision contact_final_decision contact_red_decision at 2021-01-31
        = contact_red_decision met 2021-01-04T10:00Z due 2021-01-04T14:00Z stopped 2021-01-04T13:00Z (k1)
        = contact_initial_decision met 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-04T13:00Z (k1)
        = contact_final_decision met 2021-01-04T10:00Z due 2021-01-06T10:00Z stopped 2021-01-05T13:00Z (k1)
        ? measure contact_outcomes 2021-01
        = County advice: 0
        = County early_help: 0
        = County existing_early_help: 0
        = County no_further_action: 1
        = County referral: 0
        ",
    );
}

#[test]
fn a_final_decision_is_also_the_first() {
    check(
        "
        2021-01-04T10:00 contact.received k1 rag=amber
        2021-01-05T13:00 contact.decided k1 final
        ? clock contact_initial_decision contact_final_decision contact_red_decision at 2021-01-31
        = contact_initial_decision late 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-05T13:00Z (k1)
        = contact_final_decision met 2021-01-04T10:00Z due 2021-01-06T10:00Z stopped 2021-01-05T13:00Z (k1)
        ",
    );
}

#[test]
fn a_notification_that_a_child_is_missing_is_no_contact_to_decide() {
    check(
        "
        2021-01-04T10:00 contact.received k1 missing_notification=true rag=red
        2021-01-04T10:00 contact.received k2 missing_notification=false
        ? clock contact_initial_decision contact_final_decision contact_red_decision at 2021-01-04
        = contact_initial_decision due_soon 2021-01-04T10:00Z due 2021-01-05T10:00Z (k2)
        = contact_final_decision due_soon 2021-01-04T10:00Z due 2021-01-06T10:00Z (k2)
        ? measure contacts 2021-01
        = County 1
        ",
    );
}

#[test]
fn a_safeguarding_hub_enquiry() {
    check(
        "
        2021-01-04T10:00 mash_enquiry.started k1
        2021-01-05T10:00 mash_enquiry.completed k1
        ? clock mash_enquiry at 2021-01-31
        = mash_enquiry late 2021-01-04T10:00Z due 2021-01-05T10:00Z stopped 2021-01-05T10:00Z (k1)
        ",
    );
}

#[test]
fn an_initial_visit_is_one_with_that_purpose_at_which_the_child_is_seen() {
    check(
        "
        2021-01-04T10:00 referral.received r1 s17
        2021-01-04T10:00 referral.received r2 s47
        2021-01-05T10:00 visit.completed initial seen=false
        2021-01-06T10:00 visit.completed cin
        2021-01-07T10:00 visit.attempted initial
        ? clock initial_visit_s17 initial_visit_s47 at 2021-01-07
        = initial_visit_s47 overdue 2021-01-04T10:00Z due 2021-01-05 +2d/2wd (r2)
        = initial_visit_s17 due_soon 2021-01-04T10:00Z due 2021-01-11 (r1)
        2021-01-08T10:00 visit.completed cin,initial mode=virtual
        ? clock initial_visit_s17 initial_visit_s47 at 2021-01-31
        = initial_visit_s47 late 2021-01-04T10:00Z due 2021-01-05 stopped 2021-01-08T10:00Z (r2)
        = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-08T10:00Z (r1)
        ",
    );
}

/// A visit on the referral's local date counts, whether before the referral or at the closing instant.
#[test]
fn decision_not_to_visit_is_of_referrals_closed_without_an_initial_visit() {
    check(
        "
        2021-01-04T10:00 referral.received unseen
        2021-01-11T23:59:59 case.closed unseen
        2021-01-04T10:00 referral.received late            | child=2
        2021-01-12T00:00 case.closed late                  | child=2
        2021-01-04T10:00 referral.received seen_before     | child=3
        2021-01-04T00:00 visit.completed initial           | child=3
        2021-01-06T10:00 case.closed seen_before           | child=3
        2021-01-04T10:00 referral.received seen_at_closing | child=4
        2021-01-06T10:00 visit.completed initial           | child=4
        2021-01-06T10:00 case.closed seen_at_closing       | child=4
        2021-01-04T10:00 referral.received seen_after      | child=5
        2021-01-06T10:00:00.000001 visit.completed initial | child=5
        2021-01-06T10:00 case.closed seen_after            | child=5
        2021-01-04T10:00 referral.received seen_the_day_before | child=6
        2021-01-03T23:59:59 visit.completed initial        | child=6
        2021-01-06T10:00 case.closed seen_the_day_before   | child=6
        2021-01-04T10:00 referral.received open            | child=7
        2021-01-04T10:00 referral.received closed_before   | child=8
        2021-01-03T10:00 case.closed closed_before         | child=8
        2021-01-04T09:00 visit.completed initial           | child=8
        2021-01-04T10:00 referral.received not_seen        | child=9
        2021-01-05T10:00 visit.completed initial seen=false | child=9
        2021-01-06T10:00 case.closed not_seen              | child=9
        ? clock decision_not_to_visit at 2021-01-31
        = decision_not_to_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-11T23:59:59Z (unseen)
        = child/2: decision_not_to_visit late 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-12T00:00Z (late)
        = child/5: decision_not_to_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (seen_after)
        = child/6: decision_not_to_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (seen_the_day_before)
        = child/8: decision_not_to_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-03T10:00Z (closed_before)
        = child/9: decision_not_to_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (not_seen)
        ? measure closed_unseen decision_not_to_visit_timely 2021-01
        = closed_unseen County 6/9 66.7
        = decision_not_to_visit_timely County 5/6 83.3
        ",
    );
}

/// The visit lies before the second closing of the same referral, but the first is the one that counts.
#[test]
fn the_first_closing_of_a_referral_says_whether_it_was_closed_unseen() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-06T10:00 case.closed r1
        2021-01-07T10:00 visit.completed initial
        2021-01-08T10:00 case.closed r1
        ? clock decision_not_to_visit at 2021-01-31
        = decision_not_to_visit met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
        ",
    );
}

#[test]
fn allocation_is_asked_only_of_children_without_a_worker() {
    check(
        "
        2021-01-04T10:00 referral.received nobody
        2021-01-04T10:00 referral.received has_worker           | child=2
        2021-01-04T10:00 allocation.started G G1 worker=SW1     | child=2
        2021-01-04T10:00 referral.received duty_list            | child=3
        2021-01-03T10:00 allocation.started G G1 worker=SW1     | child=3
        2021-01-04T09:00 allocation.started G G1                | child=3
        2021-01-04T10:00 referral.received ended_then           | child=4
        2021-01-03T10:00 allocation.started G G1 worker=SW1     | child=4
        2021-01-04T10:00 allocation.ended                       | child=4
        2021-01-04T10:00 referral.received only_secondary       | child=5
        2021-01-03T10:00 allocation.started G G1 worker=SW1 role=secondary | child=5
        2021-01-04T10:00 referral.received still_there          | child=6
        2021-01-03T10:00 allocation.started G G1 worker=SW1     | child=6
        2021-01-04T10:00:00.000001 allocation.ended             | child=6
        ? clock allocation at 2021-01-05
        = allocation due_soon 2021-01-04T10:00Z due 2021-01-05 (nobody)
        = child/3: allocation due_soon 2021-01-04T10:00Z due 2021-01-05 (duty_list) G/G1
        = child/4: allocation due_soon 2021-01-04T10:00Z due 2021-01-05 (ended_then) G/G1/SW1
        = child/5: allocation due_soon 2021-01-04T10:00Z due 2021-01-05 (only_secondary)
        ",
    );
}

#[test]
fn allocation_is_stopped_by_a_primary_worker_and_cancelled_with_its_referral() {
    check(
        "
        2021-01-04T10:00 referral.received r1
        2021-01-04T11:00 allocation.started G G1 worker=SW1 role=secondary
        2021-01-04T12:00 allocation.started G G1
        2021-01-05T10:00 allocation.started G G1 worker=SW2 role=primary
        2021-01-04T10:00 referral.received r1                   | child=2
        2021-01-04T11:00 case.closed r1                         | child=2
        2021-01-04T12:00 allocation.started G G1 worker=SW1     | child=2
        2021-01-04T10:00 referral.received r1                   | child=3
        2021-01-04T08:00 allocation.started G G1 worker=SW1     | child=3
        2021-01-04T09:00 allocation.ended                       | child=3
        ? clock allocation at 2021-01-31
        = allocation met 2021-01-04T10:00Z due 2021-01-05 stopped 2021-01-05T10:00Z (r1) G/G1/SW2
        = child/2: allocation cancelled 2021-01-04T10:00Z due 2021-01-05 cancelled 2021-01-04T11:00Z (r1) G/G1/SW1
        = child/3: allocation met 2021-01-04T10:00Z due 2021-01-05 stopped 2021-01-04T08:00Z (r1) G/G1/SW1
        ",
    );
}
