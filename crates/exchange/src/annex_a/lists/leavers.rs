//! List 9: care leavers.

use calendar::Date;
use vocabulary::EetStatus;

use super::{Allocated, list_row};
use crate::annex_a::codes::{self, Eligibility, Touch};
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct Leaver {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) eligibility: Option<Eligibility>,
    /// Whether support has ended.
    pub(in crate::annex_a) has_ended: bool,
    pub(in crate::annex_a) last_review: Option<Date>,
    pub(in crate::annex_a) last_contact: Option<Date>,
    /// Where the young person lives, and whether that is suitable.
    pub(in crate::annex_a) accommodation: Option<(Option<&'static str>, bool)>,
    pub(in crate::annex_a) activity: Option<EetStatus>,
    pub(in crate::annex_a) allocated: Allocated,
}

list_row!(Leaver, |_| None);

impl Leaver {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Self {
        let mut allocated = Allocated::read(row);
        let adviser = row.name(Field::PersonalAdviser);
        allocated.worker = allocated.worker.or(adviser);
        Self {
            child,
            row: row.number,
            eligibility: row.code(Field::Eligibility, codes::ELIGIBILITY),
            has_ended: row.code(Field::InTouch, codes::TOUCH) == Some(Touch::Ended),
            last_review: row.date(Field::LastReview),
            last_contact: row.date(Field::LastContact),
            accommodation: accommodation(row),
            activity: row.code(Field::Activity, codes::ACTIVITY),
            allocated,
        }
    }
}

fn accommodation(row: &mut Row<'_>) -> Option<(Option<&'static str>, bool)> {
    let kind = row.code(Field::Accommodation, codes::ACCOMMODATION);
    let suitable = row.code(Field::Suitability, codes::SUITABLE).flatten();
    match suitable {
        Some(suitable) => Some((kind, suitable)),
        None => {
            if kind.is_some() && row.is_empty(Field::Suitability) {
                row.report(
                    Field::Suitability,
                    "it is empty; without it the accommodation cannot be recorded".to_owned(),
                );
            }
            None
        }
    }
}
