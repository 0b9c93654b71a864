//! States limited to ages: spans that birthdays open and close.

use testkit::check;

/// Sixteen to twenty, then from twenty-one on: one clock closes at the birthday and the other opens.
#[test]
fn a_birthday_hands_a_leaver_from_one_kind_to_the_next() {
    check(
        "
        2000-02-01T10:00 child.registered 2000-01-20
        2020-12-07T10:00 care_leaver.started l1
        2021-01-20T09:00 care_leaver.contacted face_to_face
        ? clock leaver_visit_16_20 leaver_visit_21 at 2021-01-19
        = leaver_visit_16_20 on_track 2020-12-07T10:00Z due 2021-02-07 (l1)
        ? clock leaver_visit_16_20 leaver_visit_21 at 2021-01-20T00:00
        = leaver_visit_16_20 cancelled 2020-12-07T10:00Z due 2021-02-07 cancelled 2021-01-20T00:00Z (l1)
        = leaver_visit_21 on_track 2021-01-20T00:00Z due 2021-07-20 (l1)
        ? clock leaver_visit_16_20 leaver_visit_21 at 2021-01-20
        = leaver_visit_16_20 cancelled 2020-12-07T10:00Z due 2021-02-07 cancelled 2021-01-20T00:00Z (l1)
        = leaver_visit_21 met 2021-01-20T00:00Z due 2021-07-20 stopped 2021-01-20T09:00Z (l1)
        = leaver_visit_21 on_track 2021-01-20T09:00Z due 2021-07-20 (l1)
        ",
    );
}

/// A visit at local midnight of the birthday is an act at the very closing, and at the very opening of the next kind.
#[test]
fn an_act_at_the_very_birthday_counts_for_both() {
    check(
        "
        2000-02-01T10:00 child.registered 2000-01-20
        2020-12-07T10:00 care_leaver.started l1
        2021-01-20T00:00 visit.completed care_leaver
        ? clock leaver_visit_16_20 leaver_visit_21 at 2021-01-31
        = leaver_visit_16_20 met 2020-12-07T10:00Z due 2021-02-07 stopped 2021-01-20T00:00Z (l1)
        = leaver_visit_21 met 2021-01-20T00:00Z due 2021-07-20 stopped 2021-01-20T00:00Z (l1)
        = leaver_visit_21 on_track 2021-01-20T00:00Z due 2021-07-20 (l1)
        ",
    );
}

/// In care before five and after twelve: the ages alone open and close, care went on all the time.
#[test]
fn ages_bound_a_span_on_both_sides() {
    check(
        "
        2009-02-01T10:00 child.registered 2009-01-20
        2013-03-04T10:00 care.started c1
        2014-01-20T08:00 iro_contact.recorded face_to_face
        2020-12-01T10:00 iro_contact.recorded face_to_face
        ? clock iro_face_to_face at 2021-01-20
        = iro_face_to_face met 2014-01-20T00:00Z due 2014-07-20 stopped 2014-01-20T08:00Z (c1)
        = iro_face_to_face late 2014-01-20T08:00Z due 2014-07-20 stopped 2020-12-01T10:00Z (c1)
        = iro_face_to_face cancelled 2020-12-01T10:00Z due 2021-06-01 cancelled 2021-01-20T00:00Z (c1)
        ",
    );
}

#[test]
fn each_kind_has_its_own_ages() {
    check(
        "
        2018-01-20T10:00 child.registered 2018-01-11
        2021-01-04T10:00 care.started c1
        ? clock pep dental_check sdq iro_face_to_face care_review at 2021-01-10
        = care_review on_track 2021-01-04T10:00Z due 2021-02-01 (c1)
        = dental_check on_track 2021-01-04T10:00Z due 2021-04-04 (c1)
        ? clock pep dental_check sdq iro_face_to_face care_review at 2021-01-11
        = care_review on_track 2021-01-04T10:00Z due 2021-02-01 (c1)
        = pep on_track 2021-01-11T00:00Z due 2021-02-08 (c1)
        = dental_check on_track 2021-01-04T10:00Z due 2021-04-04 (c1)
        ",
    );
}

/// Seen alone is asked of the visit; one where the child was seen with others starts the other clock anew.
#[test]
fn seen_alone() {
    check(
        "
        2010-02-01T10:00 child.registered 2010-01-20
        2021-01-04T10:00 plan.started p1 cp
        2021-01-06T10:00 visit.completed cp
        2021-01-07T10:00 visit.completed cp seen_alone=false
        2021-01-08T10:00 visit.completed cp seen_alone=true
        ? clock cp_seen_alone at 2021-01-08
        = cp_seen_alone met 2021-01-04T10:00Z due 2021-01-18 stopped 2021-01-08T10:00Z (p1)
        = cp_seen_alone on_track 2021-01-08T10:00Z due 2021-01-22 (p1)
        ",
    );
}
