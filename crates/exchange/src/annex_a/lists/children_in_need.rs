//! List 6: children in need.

use calendar::Date;

use super::{Allocated, list_row};
use crate::annex_a::codes::{self, CaseStatus, Closure};
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct InNeed {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) start: Option<Date>,
    pub(in crate::annex_a) end: Option<Date>,
    pub(in crate::annex_a) closure: Option<Closure>,
    pub(in crate::annex_a) status: Option<CaseStatus>,
    pub(in crate::annex_a) last_seen: Option<Date>,
    pub(in crate::annex_a) allocated: Allocated,
}

list_row!(InNeed, |case| case.start);

impl InNeed {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Self {
        let allocated = Allocated::read(row);
        let start = row.start();
        let end = row.date(Field::End);
        let closure = row.code(Field::EndReason, codes::CLOSURE);
        let status = row.code(Field::Status, codes::CASE_STATUS);
        if status == Some(CaseStatus::Closed) && end.is_none() {
            let reason = "it says closed, but there is no date of closure; the case is closed on the workbook's day";
            row.report(Field::Status, reason.to_owned());
        }
        let last_seen = row.date(Field::LastSeen);
        Self { child, row: row.number, start, end, closure, status, last_seen, allocated }
    }

    /// Whether the case is still open on the workbook's day.
    pub(in crate::annex_a) fn is_open(&self) -> bool {
        self.end.is_none() && self.status != Some(CaseStatus::Closed)
    }

    /// Whether the child has a child in need plan on the workbook's day.
    pub(in crate::annex_a) fn has_plan(&self) -> bool {
        self.is_open() && self.status == Some(CaseStatus::InNeedPlan)
    }
}
