//! Care leavers: list 9.

use calendar::{Date, london};
use vocabulary::{
    AccommodationRecorded, CareLeaverContacted, CareLeaverEnded, CareLeaverStarted, EetRecorded, EventType,
    LeaverContactMode, ReviewHeld, ReviewKind, Text,
};

use super::{Facts, OfChild, time};
use crate::annex_a::codes::Eligibility;
use crate::annex_a::known;
use crate::annex_a::lists::Leaver;

/// The name of a young person's time as a care leaver; there is one.
const EPISODE: &str = "leaver";

/// Care leavers, the latest contact and review of the pathway plan, where they live and what they do.
pub(super) fn leavers(of: &OfChild<'_>, facts: &mut Facts) {
    for row in of.leavers {
        let start = start(of, row);
        if let Some(start) = start {
            facts.add(start, time::BEGINNING, CareLeaverStarted { episode: Text::new_static(EPISODE) });
            if row.has_ended {
                // The day is not known; the support is known to have ended by the workbook's.
                let end = known::of_episode(of.known, EventType::CareLeaverEnded, EPISODE);
                let end = end.map_or(of.as_at, |head| head.day());
                facts.add(end, time::ENDING, CareLeaverEnded { episode: Text::new_static(EPISODE) });
            }
        }
        if let Some(day) = row.last_review {
            facts.add(day, time::REVIEW, ReviewHeld { kind: ReviewKind::Pathway, participation: None });
        }
        if let Some(day) = row.last_contact {
            // How they were in touch is not told. A letter or a call is the least that it can have been.
            facts.add(day, time::LEAVER_CONTACT, CareLeaverContacted { mode: LeaverContactMode::Virtual });
        }
        standing(row, start, facts);
    }
}

/// Where a young person lives and what they do is known as of the latest contact; without one, as of the latest
/// review, or the start. It is not put on the workbook's day: that would look as if something had been done then.
fn standing(row: &Leaver, start: Option<Date>, facts: &mut Facts) {
    let Some(day) = row.last_contact.or(row.last_review).or(start) else {
        return;
    };
    if let Some((kind, suitable)) = row.accommodation {
        let kind = kind.map(Text::new_static);
        facts.add(day, time::LEAVER_STANDING, AccommodationRecorded { suitable, kind });
    }
    if let Some(status) = row.activity {
        facts.add(day, time::LEAVER_STANDING, EetRecorded { status });
    }
}

/// When a young person became a care leaver: the day on which care ended, if that is known and was at 16 or later;
/// else the 18th birthday, or before that the 16th. Those whom the law calls eligible are still in care. Without a
/// date of birth it is the earliest day that the row knows of.
fn start(of: &OfChild<'_>, row: &Leaver) -> Option<Date> {
    if row.eligibility == Some(Eligibility::Eligible) {
        return None;
    }
    if let Some(head) = known::of_episode(of.known, EventType::CareLeaverStarted, EPISODE) {
        return Some(london::local_date(head.event.occurred));
    }
    let is_past = |day: &Date| *day <= of.as_at;
    let of_age = |day: &Date| of.birthday(16).is_none_or(|birthday| birthday <= *day);
    let care = of.care_spans();
    let left =
        if care.iter().all(|span| span.end.is_some()) { care.iter().filter_map(|span| span.end).max() } else { None };
    left.filter(of_age).or_else(|| of.birthday(18).filter(is_past)).or_else(|| of.birthday(16).filter(is_past)).or_else(
        || {
            let earliest = [row.last_contact, row.last_review].into_iter().flatten().min();
            of.child.date_of_birth.is_none().then(|| earliest.unwrap_or(of.as_at))
        },
    )
}
