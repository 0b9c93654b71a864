//! Plans and the visits that go with them: lists 6 and 7.

use calendar::Date;
use vocabulary::{
    ConferenceHeld, ConferenceOutcome, Data, EventType, InitialOrReview, PlanEndReason, PlanEnded, PlanKind,
    PlanOrigin, PlanStarted, Text, VisitCompleted, VisitMode, VisitPurpose,
};

use super::cases::plans_asked_for;
use super::{Facts, OfChild, time};
use crate::annex_a::codes::{DIED, OTHER_AUTHORITY};
use crate::annex_a::keys::episode;
use crate::annex_a::known;
use crate::annex_a::lists::{InNeed, Protection, Seen};

/// The name of a child protection plan.
pub(super) fn protection_episode(start: Date) -> Text {
    episode("cp", start, 1)
}

/// A visit at which the child was seen face to face: the lists ask for no other.
pub(super) fn visit(purpose: VisitPurpose, seen: bool, seen_alone: Option<bool>) -> VisitCompleted {
    VisitCompleted { purposes: [purpose].into(), seen, seen_alone, mode: VisitMode::FaceToFace }
}

/// Child protection plans, their last visit and their latest review.
pub(super) fn protection(of: &OfChild<'_>, facts: &mut Facts) {
    for row in of.protection {
        if let Some(visited) = row.last_visit {
            let (seen, seen_alone) = match row.seen {
                Seen::Alone => (true, Some(true)),
                Seen::NotAlone => (true, Some(false)),
                Seen::NotAtAll => (false, Some(false)),
                Seen::Untold => (true, None),
            };
            facts.add(visited, time::VISIT, visit(VisitPurpose::Cp, seen, seen_alone));
        }
        if let Some(reviewed) = row.last_review {
            let ends = row.end == Some(reviewed);
            let outcome = if ends { ConferenceOutcome::PlanEnds } else { ConferenceOutcome::PlanContinues };
            let kind = InitialOrReview::Review;
            facts.add(
                reviewed,
                time::CONFERENCE,
                ConferenceHeld { kind, s47: None, outcome, views: None, advocacy_referral: None },
            );
        }
        let Some(start) = row.start else {
            continue;
        };
        let kind = PlanKind::Cp;
        let (category, short_break, origin) = (row.category, None, None);
        let episode = protection_episode(start);
        let started = PlanStarted { episode: episode.clone(), kind, category, short_break, origin };
        facts.add(start, time::BEGINNING, started);
        if let Some(end) = row.end {
            let reason = end_reason(of, row, end);
            let ended = PlanEnded { episode, kind, category: None, short_break, origin, reason };
            facts.add(end, time::ENDING, ended);
        }
    }
}

/// Why a child protection plan ended: the list does not say, so it is where the child went by the other lists.
fn end_reason(of: &OfChild<'_>, row: &Protection, end: Date) -> PlanEndReason {
    let closed_for = |reason| {
        of.in_need.iter().any(|row| row.end.is_some() && row.closure.is_some_and(|closure| closure.reason == reason))
    };
    // What was found when the end was first seen stays: the child moves on.
    let known =
        row.start.and_then(|start| known::of_episode(of.known, EventType::PlanEnded, &protection_episode(start)));
    if let Some(head) = known
        && let Data::PlanEnded(known) = &head.event.data
        && head.day() == end
        && known.reason != PlanEndReason::Other
    {
        return known.reason;
    }
    if closed_for(DIED) {
        PlanEndReason::Died
    } else if of.has_reached(18, end) {
        PlanEndReason::AgedOut
    } else if of.care_spans().iter().any(|span| span.holds(end)) {
        PlanEndReason::Care
    } else if of.in_need.iter().any(InNeed::has_plan) {
        PlanEndReason::StepDownCin
    } else if closed_for(OTHER_AUTHORITY) {
        PlanEndReason::Transferred
    } else if of.in_need.iter().any(|row| !row.is_open()) {
        PlanEndReason::Completed
    } else {
        PlanEndReason::Other
    }
}

/// Child in need plans: of the cases of list 6 that are open and have one.
///
/// The list does not say when the plan began. It is taken to have begun with the latest of what leads to one: the
/// start of the case, an assessment that found support to be needed, a child protection plan that was stepped down.
pub(super) fn in_need(of: &OfChild<'_>, facts: &mut Facts) {
    for row in of.in_need {
        let Some(start) = row.start else {
            continue;
        };
        let episode = episode("cin", start, 1);
        if row.has_plan() {
            let asked = plans_asked_for(of, facts).into_iter().map(|day| (day, PlanOrigin::Assessment));
            let stepped =
                of.protection_spans().into_iter().filter_map(|span| Some((span.end?, PlanOrigin::StepDownCp)));
            let latest = asked.chain(stepped).filter(|(day, _)| *day >= start).max_by_key(|(day, _)| *day);
            let (began, origin) = latest.map_or((start, None), |(day, origin)| (day, Some(origin)));
            let kind = PlanKind::Cin;
            let started = PlanStarted { episode, kind, category: None, short_break: None, origin };
            facts.add(began, time::BEGINNING, started);
        } else {
            end_known_plan(of, row, episode, facts);
        }
    }
}

/// Ends the child in need plan that an earlier workbook had, if its case is closed; leaves it as it is otherwise.
fn end_known_plan(of: &OfChild<'_>, row: &InNeed, episode: Text, facts: &mut Facts) {
    let Some(head) = known::of_episode(of.known, EventType::PlanStarted, &episode) else {
        return;
    };
    facts.leave(&head.key);
    let Some(end) = row.end else {
        return;
    };
    let reason = match row.closure.map(|closure| closure.reason) {
        Some(DIED) => PlanEndReason::Died,
        Some(OTHER_AUTHORITY) => PlanEndReason::Transferred,
        Some(_) | None => PlanEndReason::Completed,
    };
    let (category, short_break, origin) = (None, None, None);
    facts.add(end, time::ENDING, PlanEnded { episode, kind: PlanKind::Cin, category, short_break, origin, reason });
}

/// The day on which a child in need was last seen: a visit, unless list 7 or 8 has the same one, or had it before.
pub(super) fn seen_otherwise(of: &OfChild<'_>, facts: &mut Facts) {
    for row in of.in_need {
        let Some(seen) = row.last_seen else {
            continue;
        };
        let is_other = |data: &Data| matches!(data, Data::VisitCompleted(visit) if visit.seen && !visit.purposes.contains(VisitPurpose::Cin));
        let is_listed = facts.list.iter().any(|fact| is_other(&fact.data) && fact.key.date() == Some(seen));
        let was_listed =
            of.known.iter().any(|head| is_other(&head.event.data) && head.day() == seen && facts.leaves(head));
        if !is_listed && !was_listed {
            facts.add(seen, time::VISIT, visit(VisitPurpose::Cin, true, None));
        }
    }
}
