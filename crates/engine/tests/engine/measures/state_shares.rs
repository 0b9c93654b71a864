//! Attributes of a state and means: the latest fact of each subject in a state at `at`.

use testkit::check;

#[test]
fn no_fact_is_missing_and_a_fact_without_the_field_is_not() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-04T10:00 placement.started h1 in_county=false
        2021-01-04T10:00 care.started c1                      | child=2
        2021-01-04T10:00 placement.started h1 in_county=true  | child=2
        2021-01-04T10:00 care.started c1                      | child=3
        2021-01-04T10:00 placement.started h1                 | child=3
        2021-01-04T10:00 care.started c1                      | child=4
        ? measure care_out_of_county 2021-01
        = County 1/4 25.0 missing 1
        ",
    );
}

/// The latest begun of those that have not ended, though another that has ended began later.
#[test]
fn the_current_placement() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-04T10:00 placement.started h1 in_county=false
        2021-01-05T10:00 placement.started h2 in_county=true
        2021-01-06T10:00 placement.started h3 in_county=true
        ? measure care_out_of_county 2021-01
        = County 0/1 0.0 missing 0
        2021-01-07T10:00 placement.ended h3
        2021-01-07T10:00 placement.ended h2
        ? measure care_out_of_county 2021-01
        = County 1/1 100.0 missing 0
        2021-01-08T10:00 placement.ended h1
        ? measure care_out_of_county 2021-01
        = County 0/1 0.0 missing 1
        ? measure care_out_of_county 2021-01 at 2021-01-07
        = County 1/1 100.0 missing 0
        ",
    );
}

#[test]
fn twenty_miles_or_more_and_both() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-04T10:00 placement.started h1 miles_from_home=20 in_county=false
        2021-01-04T10:00 care.started c1                                           | child=2
        2021-01-04T10:00 placement.started h1 miles_from_home=19.99 in_county=false | child=2
        2021-01-04T10:00 care.started c1                                           | child=3
        2021-01-04T10:00 placement.started h1 miles_from_home=100 in_county=true   | child=3
        2021-01-04T10:00 care.started c1                                           | child=4
        2021-01-04T10:00 placement.started h1 in_county=false                      | child=4
        ? measure care_20_miles care_out_and_20_miles care_out_of_county 2021-01
        = care_20_miles County 2/4 50.0 missing 0
        = care_out_and_20_miles County 1/4 25.0 missing 0 worse of 20.1
        = care_out_of_county County 3/4 75.0 missing 0
        ",
    );
}

#[test]
fn the_legal_status_is_that_of_the_start_or_the_last_change() {
    check(
        "
        2021-01-04T10:00 care.started c1 s20
        2021-01-04T10:00 care.started c1 s20          | child=2
        2021-01-05T10:00 legal_status.changed s31     | child=2
        2021-01-04T10:00 care.started c1 s31          | child=3
        2021-01-05T10:00 legal_status.changed s20     | child=3
        2021-01-06T10:00 care.started c2 s38          | child=3
        ? measure care_s20 2021-01
        = County 1/3 33.3 missing 0 worse of 25
        ? measure care_s20 2021-01 at 2021-01-05
        = County 2/3 66.7 missing 0 worse of 25
        ",
    );
}

/// Only children in a foster placement of either kind are asked; those without a placement are left out.
#[test]
fn in_house_among_those_fostered() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-04T10:00 placement.started h1 in_house_fostering
        2021-01-04T10:00 care.started c1                         | child=2
        2021-01-04T10:00 placement.started h1 agency_fostering   | child=2
        2021-01-04T10:00 care.started c1                         | child=3
        2021-01-04T10:00 placement.started h1 residential        | child=3
        2021-01-04T10:00 care.started c1                         | child=4
        ? measure in_house_fostering 2021-01
        = County 1/2 50.0 missing 0 worse of 75
        ",
    );
}

#[test]
fn high_scores_among_those_with_a_score_and_their_mean() {
    check(
        "
        2021-01-04T10:00 care.started c1
        2021-01-05T10:00 sdq.completed 16
        2021-01-06T10:00 sdq.completed 17
        2021-01-04T10:00 care.started c1  | child=2
        2021-01-05T10:00 sdq.completed 16 | child=2
        2021-01-04T10:00 care.started c1  | child=3
        2021-01-05T10:00 sdq.completed 40 | child=4
        ? measure sdq_high sdq_mean 2021-01
        = sdq_high County 1/2 50.0 missing 0
        = sdq_mean County mean 16.5
        ? measure sdq_mean 2021-01 at 2021-01-05
        = County mean 16.0
        ? measure sdq_mean 2020-12
        = County mean n/a
        ",
    );
}

/// 10.25 is shown as 10.3, half up from the exact value, which is the mean of decimals as they are written.
#[test]
fn a_mean_is_exact_and_rounded_half_up() {
    check(
        "
        2010-01-05T10:00 child.registered 2010-01-01
        2020-01-06T10:00 care.started c1
        2020-10-01T10:00 attendance.recorded 10.2
        2010-01-05T10:00 child.registered 2010-01-01 | child=2
        2020-01-06T10:00 care.started c1             | child=2
        2020-10-01T10:00 attendance.recorded 10.3    | child=2
        ? measure attendance 2021-01
        = County mean 10.3
        2010-01-05T10:00 child.registered 2010-01-01 | child=3
        2020-01-06T10:00 care.started c1             | child=3
        2020-10-01T10:00 attendance.recorded 10.22   | child=3
        ? measure attendance 2021-01 by locality
        = County mean 10.2
        = Unallocated mean 10.2
        ",
    );
}

/// The latest since 1 September: one before is none, and its absence is missing.
#[test]
fn attendance_this_school_year() {
    check(
        "
        2010-01-05T10:00 child.registered 2010-01-01
        2020-01-06T10:00 care.started c1
        2020-07-01T10:00 attendance.recorded 50
        2010-01-05T10:00 child.registered 2010-01-01 | child=2
        2020-01-06T10:00 care.started c1             | child=2
        2020-10-01T10:00 attendance.recorded 90      | child=2
        2010-01-05T10:00 child.registered 2010-01-01 | child=3
        2020-01-06T10:00 care.started c1             | child=3
        2020-10-01T10:00 attendance.recorded 95      | child=3
        2020-11-01T10:00 attendance.recorded 89.99   | child=3
        ? measure persistently_absent attendance 2021-01
        = attendance County mean 90.0
        = persistently_absent County 1/3 33.3 missing 1
        ? measure persistently_absent attendance 2020-08
        = attendance County mean 50.0
        = persistently_absent County 1/3 33.3 missing 2
        ",
    );
}

#[test]
fn school_of_children_in_care_from_5_to_15() {
    check(
        "
        2016-02-05T10:00 child.registered 2016-02-01
        2020-01-06T10:00 care.started c1
        2020-10-01T10:00 school.recorded true setting=mainstream in_county=false
        2010-01-05T10:00 child.registered 2010-01-01                          | child=2
        2020-01-06T10:00 care.started c1                                      | child=2
        2020-10-01T10:00 school.recorded true setting=mainstream in_county=false | child=2
        2020-11-01T10:00 school.recorded false                                | child=2
        2010-01-05T10:00 child.registered 2010-01-01                          | child=3
        2020-01-06T10:00 care.started c1                                      | child=3
        2010-01-05T10:00 child.registered 2010-01-01                          | child=4
        2020-01-06T10:00 care.started c1                                      | child=4
        2020-10-01T10:00 school.recorded true setting=special in_county=false | child=4
        ? measure school_place school_mainstream school_out_of_county 2021-01
        = school_mainstream County 0/3 0.0 missing 1
        = school_out_of_county County 1/3 33.3 missing 1
        = school_place County 1/3 33.3 missing 1
        ? measure school_place 2021-02
        = County 2/4 50.0 missing 1
        ",
    );
}

#[test]
fn how_care_leavers_live() {
    check(
        "
        2003-01-05T10:00 child.registered 2003-01-01
        2021-01-06T10:00 care_leaver.started l1
        2020-10-01T10:00 accommodation.recorded true
        2020-10-01T10:00 eet.recorded higher_education
        2001-01-05T10:00 child.registered 2001-01-01  | child=2
        2021-01-06T10:00 care_leaver.started l1       | child=2
        2020-10-01T10:00 accommodation.recorded true  | child=2
        2020-11-01T10:00 accommodation.recorded false | child=2
        2020-10-01T10:00 eet.recorded neet            | child=2
        2021-01-06T10:00 care_leaver.started l1       | child=3
        ? measure leaver_accommodation leaver_eet leaver_higher_education 2021-01
        = leaver_accommodation County 1/3 33.3 missing 1 worse of 95
        = leaver_eet County 1/3 33.3 missing 1 worse of 55
        = leaver_higher_education County 1/3 33.3 missing 1
        ? measure leaver_eet_16_18 leaver_eet_19_21 leaver_eet_over_21 2021-01
        = leaver_eet_16_18 County 1/1 100.0 missing 0 better of 55
        = leaver_eet_19_21 County 0/1 0.0 missing 0 worse of 55
        = leaver_eet_over_21 County 0/0 n/a missing 0 n/a of 55
        ",
    );
}
