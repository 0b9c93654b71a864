//! List 5: section 47 enquiries and initial child protection conferences.

use calendar::Date;

use super::{Allocated, list_row};
use crate::annex_a::codes::Answer;
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct Enquiry {
    pub(in crate::annex_a) child: u32,
    row: u32,
    /// When the strategy discussion that began the enquiry was held.
    pub(in crate::annex_a) start: Date,
    /// Whether no conference was needed.
    pub(in crate::annex_a) no_conference: bool,
    pub(in crate::annex_a) conference: Option<Date>,
    /// Whether the conference led to a child protection plan.
    pub(in crate::annex_a) plan: Option<bool>,
    pub(in crate::annex_a) allocated: Allocated,
}

list_row!(Enquiry, |enquiry| Some(enquiry.start));

impl Enquiry {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Option<Self> {
        let allocated = Allocated::read(row);
        let conference = row.date(Field::Conference);
        let unnecessary = row.answer(Field::ConferenceUnnecessary) == Some(Answer::Yes);
        if unnecessary && conference.is_some() {
            row.report(
                Field::ConferenceUnnecessary,
                "it says yes, but there is the date of a conference, which counts".to_owned(),
            );
        }
        let plan = match row.answer(Field::ConferencePlan) {
            Some(Answer::Yes) => Some(true),
            Some(Answer::No) => Some(false),
            Some(Answer::Unknown) | None => None,
        };
        if conference.is_some() && plan.is_none() {
            row.report(Field::ConferencePlan, "it tells no outcome; that is taken from the plans of list 7".to_owned());
        }
        let no_conference = unnecessary && conference.is_none();
        Some(Self { child, row: row.number, start: row.start()?, no_conference, conference, plan, allocated })
    }
}
