//! Children in care: list 8.

use calendar::Date;
use vocabulary::{
    CareEndReason, CareEnded, CareStarted, Data, DentalCheckCompleted, EventType, HealthAssessmentCompleted,
    InitialOrReview, IroContactRecorded, LegalStatus, LegalStatusChanged, PlacementStarted, ReviewHeld, ReviewKind,
    Text, VisitPurpose,
};

use super::plans::visit;
use super::{Facts, OfChild, time};
use crate::annex_a::codes::CareEnd;
use crate::annex_a::keys;
use crate::annex_a::known::{self, Head};
use crate::annex_a::lists::CareRow;

/// The name of a time in care.
pub(super) fn episode(start: Date) -> Text {
    keys::episode("care", start, 1)
}

/// Care, its legal status and placement, and what was last done.
pub(super) fn care(of: &OfChild<'_>, facts: &mut Facts) {
    for row in of.care {
        if !row.is_short_breaks {
            time_in_care(of, row, facts);
            placement(row, facts);
        }
        if let Some(day) = row.last_visit {
            facts.add(day, time::VISIT, visit(VisitPurpose::Statutory, true, None));
        }
        if let Some(day) = row.last_review {
            facts.add(day, time::REVIEW, ReviewHeld { kind: ReviewKind::Care, participation: None });
        }
        if let Some(day) = row.last_health {
            facts.add(day, time::HEALTH, HealthAssessmentCompleted { kind: health_kind(of, row, day) });
        }
        if let Some(day) = row.last_dental {
            facts.add(day, time::DENTAL, DentalCheckCompleted {});
        }
        if let Some(day) = row.last_iro_contact {
            facts.add(day, time::IRO, IroContactRecorded { mode: None });
        }
    }
}

fn time_in_care(of: &OfChild<'_>, row: &CareRow, facts: &mut Facts) {
    let status = row.legal_status.unwrap_or(LegalStatus::Other);
    let Some(start) = row.start else {
        return;
    };
    let episode = episode(start);
    let changed = row.legal_status_start.filter(|changed| *changed > start);
    let legal_status = if changed.is_some() { first_status(of, &episode) } else { status };
    facts.add(start, time::BEGINNING, CareStarted { episode: episode.clone(), legal_status });
    if let Some(changed) = changed {
        facts.add(changed, time::BEGINNING, LegalStatusChanged { legal_status: status });
    }
    if let Some((end, reason)) = row.end {
        let reason = match reason {
            CareEnd::Reason(reason) => reason,
            CareEnd::LeaverAt18 if of.has_reached(18, end) => CareEndReason::Leaver,
            CareEnd::LeaverAt18 | CareEnd::NotEnded => CareEndReason::Other,
        };
        facts.add(end, time::ENDING, CareEnded { episode, reason });
    }
}

/// The legal status at the beginning, where the list gives only a later one: an earlier workbook may have had it.
fn first_status(of: &OfChild<'_>, episode: &str) -> LegalStatus {
    match known::of_episode(of.known, EventType::CareStarted, episode).map(|head| &head.event.data) {
        Some(Data::CareStarted(known)) => known.legal_status,
        Some(_) | None => LegalStatus::Other,
    }
}

fn placement(row: &CareRow, facts: &mut Facts) {
    let Some(placed) = &row.placement else {
        return;
    };
    facts.add(
        placed.start,
        time::BEGINNING,
        PlacementStarted {
            episode: keys::episode("placement", placed.start, 1),
            kind: placed.kind,
            in_county: placed.in_county,
            miles_from_home: None,
            provider: placed.provider.map(Text::new_static),
            carer: None,
        },
    );
}

/// Whether a health assessment is the initial one. The list has only the last one. The first that is known of a time
/// in care is taken to be the initial one: that there was one is all that the clock of the initial one waits for.
fn health_kind(of: &OfChild<'_>, row: &CareRow, day: Date) -> InitialOrReview {
    let Some(start) = row.start.filter(|start| *start <= day) else {
        return InitialOrReview::Review;
    };
    let listed = || of.care.iter().filter_map(|row| row.last_health);
    let is_assessment = |head: &&Head<'_>| matches!(head.event.data, Data::HealthAssessmentCompleted(_));
    // A later one than the list now gives as the latest is put right.
    let stays = |head: &&Head<'_>| Some(head.day()) <= listed().max() || head.recorded() > of.as_at;
    let known = of.known.iter().filter(is_assessment).filter(stays).map(Head::day);
    let mut all = known.chain(listed());
    if all.any(|other| (start..day).contains(&other)) { InitialOrReview::Review } else { InitialOrReview::Initial }
}
