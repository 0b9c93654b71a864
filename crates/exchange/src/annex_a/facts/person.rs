//! The child, and whose it is.

use calendar::Date;
use vocabulary::{AllocationStarted, ChildRegistered, ChildUpdated, Data, Text};

use super::{Facts, OfChild, time};
use crate::annex_a::NOT_RECORDED;
use crate::annex_a::codes::is_no_ethnicity;
use crate::annex_a::lists::Allocated;

/// What is recorded of a person, as [`ChildRegistered`] and [`ChildUpdated`] have it in common.
#[derive(Default)]
struct Person {
    sex: Option<vocabulary::Sex>,
    ethnicity: Option<Text>,
    disabled: Option<bool>,
    uasc: Option<bool>,
}

/// Registers the child: as of the date of birth, since a workbook does not say when the child became known, and the
/// date of birth holds for every date. Without one, and without an expected one, what else is known is an update.
pub(super) fn registration(of: &OfChild<'_>, facts: &mut Facts) {
    let known = known(of);
    let child = of.child;
    let is_new = |code: &str| !is_no_ethnicity(code) || known.ethnicity.is_none();
    let sex = child.sex.filter(|sex| *sex != vocabulary::Sex::NotRecorded || known.sex.is_none()).or(known.sex);
    let ethnicity = child.ethnicity.filter(|code| is_new(code)).map(Text::new_static).or(known.ethnicity);
    // Not every list says everything; what this workbook does not say stays.
    let disabled = child.disabled.or(known.disabled);
    let uasc = child.uasc.or(known.uasc);
    let (date_of_birth, expected_date) = (child.date_of_birth, child.expected_date);
    if date_of_birth.is_some() || expected_date.is_some() {
        facts.add(
            date_of_birth.unwrap_or(of.as_at),
            time::BEGINNING,
            ChildRegistered {
                date_of_birth,
                expected_date,
                sex,
                ethnicity,
                disabled,
                uasc,
                home_postcode_recorded: None,
            },
        );
    } else if sex.is_some() || ethnicity.is_some() || disabled.is_some() || uasc.is_some() {
        facts.add(
            of.as_at,
            time::BEGINNING,
            ChildUpdated { date_of_birth, expected_date, sex, ethnicity, disabled, uasc, home_postcode_recorded: None },
        );
    }
}

fn known(of: &OfChild<'_>) -> Person {
    let mut person = Person::default();
    for head in of.known {
        if let Data::ChildRegistered(known) = &head.event.data {
            let ethnicity = known.ethnicity.clone();
            return Person { sex: known.sex, ethnicity, disabled: known.disabled, uasc: known.uasc };
        }
        if let Data::ChildUpdated(known) = &head.event.data {
            let ethnicity = known.ethnicity.clone();
            person = Person { sex: known.sex, ethnicity, disabled: known.disabled, uasc: known.uasc };
        }
    }
    person
}

/// Whose the child is on the workbook's day: by what is open, care before leaving care, plans and need; else by what
/// is most recent. Rows that name neither a team nor a worker are passed over.
pub(super) fn allocation(of: &OfChild<'_>, facts: &mut Facts) {
    let Some(allocated) = allocated(of) else {
        return;
    };
    let not_recorded = || Text::new_static(NOT_RECORDED);
    facts.add(
        of.as_at,
        time::BEGINNING,
        AllocationStarted {
            locality: not_recorded(),
            team: allocated.team.clone().unwrap_or_else(not_recorded),
            worker: allocated.worker.clone(),
            manager: None,
            role: None,
        },
    );
}

/// How much a row's word counts: what is open, by list, before what is closed, by date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Dated(Option<Date>, u8),
    Open(u8),
}

fn allocated<'a>(of: &OfChild<'a>) -> Option<&'a Allocated> {
    let mut candidates: Vec<(Weight, &'a Allocated)> = Vec::new();
    let mut add = |weight, allocated: &'a Allocated| candidates.push((weight, allocated));
    for row in of.referrals {
        add(Weight::Dated(Some(row.date), 3), &row.allocated);
    }
    for row in of.assessments {
        add(Weight::Dated(Some(row.end.unwrap_or(row.start)), 4), &row.allocated);
    }
    for row in of.enquiries {
        add(Weight::Dated(Some(row.conference.unwrap_or(row.start)), 5), &row.allocated);
    }
    for row in of.in_need {
        add(if row.is_open() { Weight::Open(6) } else { Weight::Dated(row.end, 6) }, &row.allocated);
    }
    for row in of.protection {
        add(row.end.map_or(Weight::Open(7), |end| Weight::Dated(Some(end), 7)), &row.allocated);
    }
    for row in of.leavers {
        add(Weight::Open(8), &row.allocated);
    }
    for row in of.care {
        add(row.end.map_or(Weight::Open(9), |(end, _)| Weight::Dated(Some(end), 8)), &row.allocated);
    }
    let named = candidates.into_iter().filter(|(_, allocated)| !allocated.is_nobody());
    named.max_by_key(|(weight, _)| *weight).map(|(_, allocated)| allocated)
}
