//! List 4: assessments.

use calendar::Date;

use super::{Allocated, list_row};
use crate::annex_a::cells::quoted;
use crate::annex_a::codes::{self, Answer};
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct Assessment {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) start: Date,
    /// When it was authorised.
    pub(in crate::annex_a) end: Option<Date>,
    pub(in crate::annex_a) support: Support,
    pub(in crate::annex_a) allocated: Allocated,
}

/// Whether the child was found to need social care's support.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::annex_a) enum Support {
    Needed,
    NotNeeded,
    Untold,
}

list_row!(Assessment, |assessment| Some(assessment.start));

impl Assessment {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Option<Self> {
        let allocated = Allocated::read(row);
        let end = row.date(Field::End);
        let support = support(row, end.is_some());
        Some(Self { child, row: row.number, start: row.start()?, end, support, allocated })
    }
}

fn support(row: &mut Row<'_>, is_complete: bool) -> Support {
    const TAKEN: &str = "the outcome is taken from where the child is now";
    let Some(text) = row.text(Field::NeedsSupport) else {
        if is_complete && row.is_empty(Field::NeedsSupport) {
            row.report(Field::NeedsSupport, format!("it is empty; {TAKEN}"));
        }
        return Support::Untold;
    };
    match codes::answer(&text) {
        Some(Answer::Yes) => Support::Needed,
        Some(Answer::No) => Support::NotNeeded,
        Some(Answer::Unknown) | None => {
            if is_complete {
                row.report(Field::NeedsSupport, format!("{} is neither yes nor no; {TAKEN}", quoted(&text)));
            }
            Support::Untold
        }
    }
}
