//! List 7: child protection plans.

use calendar::Date;
use vocabulary::PlanCategory;

use super::{Allocated, list_row};
use crate::annex_a::codes::{self, Answer};
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;
use crate::annex_a::words::{fits, words};

pub(in crate::annex_a) struct Protection {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) start: Option<Date>,
    pub(in crate::annex_a) end: Option<Date>,
    pub(in crate::annex_a) category: Option<PlanCategory>,
    pub(in crate::annex_a) last_visit: Option<Date>,
    pub(in crate::annex_a) seen: Seen,
    pub(in crate::annex_a) last_review: Option<Date>,
    pub(in crate::annex_a) allocated: Allocated,
}

/// How the child was seen at the last visit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::annex_a) enum Seen {
    Alone,
    NotAlone,
    /// The visit took place, but the child was not there to be seen.
    NotAtAll,
    Untold,
}

list_row!(Protection, |plan| plan.start);

impl Protection {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Self {
        let allocated = Allocated::read(row);
        let start = row.start();
        let end = row.date(Field::End);
        const NO_CATEGORY: &str = "no category of abuse";
        let initial = row.decoded(Field::InitialCategory, codes::category, NO_CATEGORY);
        let latest = row.decoded(Field::LatestCategory, codes::category, NO_CATEGORY);
        let last_visit = row.date(Field::LastVisit);
        let seen = row.decoded(Field::SeenAlone, seen, "neither yes nor no").unwrap_or(Seen::Untold);
        let last_review = row.date(Field::LastReview);
        Self {
            child,
            row: row.number,
            start,
            end,
            category: latest.or(initial),
            last_visit,
            seen,
            last_review,
            allocated,
        }
    }
}

fn seen(text: &str) -> Option<Seen> {
    let words = words(codes::without_list_letter(text));
    if fits(&words, "not seen !alone") {
        return Some(Seen::NotAtAll);
    }
    if fits(&words, "not seen alone") || fits(&words, "seen not alone") {
        return Some(Seen::NotAlone);
    }
    if fits(&words, "seen alone") {
        return Some(Seen::Alone);
    }
    if fits(&words, "no visit") {
        return Some(Seen::Untold);
    }
    codes::answer(text).map(|answer| match answer {
        Answer::Yes => Seen::Alone,
        Answer::No => Seen::NotAlone,
        Answer::Unknown => Seen::Untold,
    })
}
