//! List 2: early help assessments.

use calendar::Date;

use super::list_row;
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct EarlyHelp {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) start: Date,
    pub(in crate::annex_a) end: Option<Date>,
}

list_row!(EarlyHelp, |assessment| Some(assessment.start));

impl EarlyHelp {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Option<Self> {
        let end = row.date(Field::End);
        Some(Self { child, row: row.number, start: row.start()?, end })
    }
}
