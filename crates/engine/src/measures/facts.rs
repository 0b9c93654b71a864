//! The latest of something, as at an instant.

use crate::case::Case;
use crate::episodes::episodes;
use crate::history::Moment;
use calendar::london::local_date;
use calendar::{Date, Instant};
use rulebook::{Fact, Since};

/// The event that tells the fact at an instant: the latest of its events, or the start of the latest begun of its
/// episodes that have not ended.
pub(crate) fn latest_fact<'h, 'a>(case: &Case<'h, 'a, '_>, fact: &Fact, at: Instant) -> Option<&'h Moment<'a>> {
    match fact {
        Fact::Latest { events, since } => {
            let events = case.index.matches(*events);
            let until = events.partition_point(|event| event.occurred() <= at);
            let latest = until.checked_sub(1).and_then(|last| events.get(last)).copied()?;
            since.is_none_or(|since| latest.date >= first_day(since, local_date(at))).then_some(latest)
        }
        Fact::Current(which) => {
            let all = episodes(&case.index, which);
            all.iter().rev().find(|episode| episode.interval().contains(at)).map(|episode| episode.start)
        }
    }
}

/// The last such day on or before a date.
pub(super) fn first_day(since: Since, at: Date) -> Date {
    match since {
        Since::September => {
            let year = if at.month() >= 9 { at.year() } else { at.year().saturating_sub(1) };
            // 1 September exists in every year; the fallback is never used.
            Date::new(year, 9, 1).unwrap_or(at)
        }
    }
}
