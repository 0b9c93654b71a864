//! Referrals, cases in need and single assessments: lists 3, 4 and 6, which speak of the same cases.
//!
//! The start of a case in list 6 is, in most councils, the date of its referral; in some it is the date on which the
//! child was found to be in need, some weeks later. So that no referral counts twice, a referral that was not closed
//! at once belongs to the child's case in list 6 that is open on its date, or else to the next one that begins
//! within [`MOST_DAYS_TO_CASE`]. A case to which no earlier referral belongs has one of its own, on its start; its
//! episode is called `case-…` rather than `referral-…`, so that later workbooks can tell it from a referral that list 3
//! no longer has. All referrals that belong to a case are closed with it.

use calendar::{Date, london};
use vocabulary::{
    AssessmentCompleted, AssessmentKind, AssessmentOutcome, AssessmentStarted, CaseClosed, Data, EventType,
    ReferralPathway, ReferralReceived, StepDown, Text, VisitPurpose,
};

use super::{Facts, OfChild, time};
use crate::annex_a::codes::CaseStatus;
use crate::annex_a::keys::{episode, first_listed};
use crate::annex_a::known::{self, Head, Span};
use crate::annex_a::lists::{Assessment, InNeed, Support};

/// The nine weeks, or 45 working days, in which an assessment is to be complete: a case that begins within them is
/// what came of the referral.
const MOST_DAYS_TO_CASE: i32 = 63;

/// What the episode of a case of list 6 without a referral is called.
const CASE: &str = "case";

/// Why a case was closed, where the list does not say.
const REASON_NOT_RECORDED: &str = "not_recorded";
/// Why a referral is closed that led to nothing further.
const NO_FURTHER_ACTION: &str = "no_further_action";
/// Why a referral is closed whose assessment found that no support was needed.
const ASSESSED: &str = "assessed_no_further_action";

/// A referral and what became of it.
pub(super) struct Case {
    episode: Text,
    date: Date,
    /// Where it comes from.
    origin: Origin,
    is_nfa: bool,
    closed: Option<Closed>,
}

#[derive(Clone, Copy, PartialEq)]
enum Origin {
    /// It stands in list 3.
    Listed,
    /// List 6 has a case that needs one.
    OfCase,
    /// Only an earlier workbook had it.
    Known,
}

#[derive(Clone, PartialEq)]
struct Closed {
    date: Date,
    reason: &'static str,
    stepped_down_to: Option<StepDown>,
}

/// The child's referrals in the order of their dates.
pub(super) fn cases(of: &OfChild<'_>) -> Vec<Case> {
    let mut cases = listed(of);
    cases.extend(known_before(of, &cases));
    cases.sort_by(|one, other| (one.date, &one.episode).cmp(&(other.date, &other.episode)));
    for row in of.in_need {
        if let Some(start) = row.start {
            join(of, &mut cases, row, start);
        }
    }
    close_assessed(of, &mut cases);
    cases.sort_by(|one, other| (one.date, &one.episode).cmp(&(other.date, &other.episode)));
    cases
}

fn listed(of: &OfChild<'_>) -> Vec<Case> {
    let mut cases = Vec::new();
    for of_day in of.referrals.chunk_by(|one, other| one.date == other.date) {
        for (position, referral) in of_day.iter().enumerate() {
            cases.push(Case {
                episode: episode("referral", referral.date, position + 1),
                date: referral.date,
                origin: Origin::Listed,
                is_nfa: referral.is_nfa,
                closed: referral.is_nfa.then_some(Closed {
                    date: referral.date,
                    reason: NO_FURTHER_ACTION,
                    stepped_down_to: None,
                }),
            });
        }
    }
    cases
}

/// Referrals of earlier workbooks that list 3, which goes back six months, no longer has.
fn known_before(of: &OfChild<'_>, listed: &[Case]) -> Vec<Case> {
    let mut cases = Vec::new();
    for head in of.known {
        let Data::ReferralReceived(referral) = &head.event.data else {
            continue;
        };
        let is_listed = listed.iter().any(|case| case.episode == referral.episode);
        // What a case had as its own is stated again if the case is, and what list 3 should have but has not is wrong.
        let is_wrong = of.lists.has(3) && head.day() >= first_listed(of.as_at);
        if is_listed || is_wrong || referral.episode.starts_with(CASE) {
            continue;
        }
        let closed = known::of_episode(of.known, EventType::CaseClosed, &referral.episode);
        let is_nfa = closed.is_some_and(
            |closed| matches!(&closed.event.data, Data::CaseClosed(closed) if closed.reason == NO_FURTHER_ACTION),
        );
        cases.push(Case {
            episode: referral.episode.clone(),
            date: head.day(),
            origin: Origin::Known,
            is_nfa,
            closed: None,
        });
    }
    cases
}

/// Joins a case of list 6 with the referrals that belong to it; without one it gets its own.
fn join(of: &OfChild<'_>, cases: &mut Vec<Case>, row: &InNeed, start: Date) {
    let mut is_joined = false;
    for case in cases.iter_mut().filter(|case| !case.is_nfa && belongs(of, case.date, row)) {
        is_joined |= case.date <= start;
        case.closed = closed(of, row, &case.episode);
        if let Some(closed) = &mut case.closed {
            closed.date = closed.date.max(case.date);
        }
    }
    if !is_joined {
        let episode = episode(CASE, start, 1);
        let closed = closed(of, row, &episode);
        cases.push(Case { episode, date: start, origin: Origin::OfCase, is_nfa: false, closed });
    }
}

/// Whether a referral of that date belongs to a case of list 6 rather than to another or none.
fn belongs(of: &OfChild<'_>, date: Date, row: &InNeed) -> bool {
    let starts = || of.in_need.iter().filter_map(|row| Some((row.start?, row)));
    let is_open = |(start, row): &(Date, &InNeed)| *start <= date && row.end.is_none_or(|end| date <= end);
    let begins_soon = |(start, _): &(Date, &InNeed)| *start > date && *start <= date.plus_days(MOST_DAYS_TO_CASE);
    let open = starts().filter(is_open).max_by_key(|(start, _)| *start);
    let chosen = open.or_else(|| starts().filter(begins_soon).min_by_key(|(start, _)| *start));
    chosen.is_some_and(|(_, chosen)| std::ptr::eq(chosen, row))
}

/// How a case of list 6 was closed, if it was.
fn closed(of: &OfChild<'_>, row: &InNeed, episode: &str) -> Option<Closed> {
    let date = match row.end {
        Some(end) => end,
        None if row.status == Some(CaseStatus::Closed) => {
            // The first workbook that said so knew no better day than its own.
            known::of_episode(of.known, EventType::CaseClosed, episode).map_or(of.as_at, |head| head.day())
        }
        None => return None,
    };
    Some(Closed {
        date,
        reason: row.closure.map_or(REASON_NOT_RECORDED, |closure| closure.reason),
        stepped_down_to: row.closure.and_then(|closure| closure.stepped_down_to),
    })
}

/// A child who is not in list 6 is not in need: a referral whose assessment found no need is closed with it.
fn close_assessed(of: &OfChild<'_>, cases: &mut [Case]) {
    if !of.lists.has(6) {
        return;
    }
    let dates: Vec<Date> = cases.iter().map(|case| case.date).collect();
    for case in cases.iter_mut().filter(|case| case.closed.is_none() && case.origin == Origin::Listed) {
        if of.in_need.iter().any(|row| belongs(of, case.date, row)) {
            continue;
        }
        let next = dates.iter().filter(|date| **date > case.date).min();
        let assessment = of
            .assessments
            .iter()
            .find(|assessment| assessment.start >= case.date && next.is_none_or(|next| assessment.start < *next));
        if let Some(Assessment { end: Some(end), support: Support::NotNeeded, .. }) = assessment {
            case.closed = Some(Closed { date: *end, reason: ASSESSED, stepped_down_to: None });
        }
    }
}

/// The referrals, and the closing of their cases.
pub(super) fn referrals(of: &OfChild<'_>, cases: &[Case], facts: &mut Facts) {
    for case in cases {
        if case.origin == Origin::Known {
            leave_known(of, case, facts);
        } else {
            let is_enquiry = of.enquiries.iter().any(|enquiry| enquiry.start == case.date);
            let pathway = if is_enquiry { ReferralPathway::S47 } else { ReferralPathway::S17 };
            facts.add(
                case.date,
                time::REFERRAL,
                ReferralReceived { episode: case.episode.clone(), pathway, contact: None, reasons: None },
            );
        }
        if let Some(closed) = &case.closed {
            facts.add(
                closed.date,
                time::CASE_CLOSED,
                CaseClosed {
                    episode: case.episode.clone(),
                    reason: Text::new_static(closed.reason),
                    stepped_down_to: closed.stepped_down_to,
                },
            );
        }
        if case.origin == Origin::Listed && case.closed.is_none() && of.lists.has(6) && of.in_need.is_empty() {
            facts.referrals_without_case += 1;
        }
    }
}

/// A referral that belongs to a case of list 6 has not vanished because list 3 no longer reaches back to it.
fn leave_known(of: &OfChild<'_>, case: &Case, facts: &mut Facts) {
    if !of.in_need.iter().any(|row| belongs(of, case.date, row)) {
        return;
    }
    if let Some(head) = known::of_episode(of.known, EventType::ReferralReceived, &case.episode) {
        facts.leave(&head.key);
    }
}

/// The first visit that is known since a referral is taken to be the initial one: that the child has been seen is all
/// that the clock of the initial visit waits for, and the lists have only the latest visit.
pub(super) fn initial_visits(of: &OfChild<'_>, cases: &[Case], facts: &mut Facts) {
    let initial_known: Vec<Date> = of
        .known
        .iter()
        .filter(|head| matches!(&head.event.data, Data::VisitCompleted(visit) if visit.purposes.contains(VisitPurpose::Initial)))
        .filter(|head| facts.leaves(head))
        .map(Head::day)
        .collect();
    for case in cases.iter().filter(|case| !case.is_nfa) {
        let lasts = |day: Date| day >= case.date && case.closed.as_ref().is_none_or(|closed| day <= closed.date);
        let first = facts
            .list
            .iter_mut()
            .filter_map(|fact| {
                let day = london::local_date(fact.occurred);
                let Data::VisitCompleted(visit) = &mut fact.data else {
                    return None;
                };
                (visit.seen && lasts(day)).then_some((day, visit))
            })
            .min_by_key(|(day, _)| *day);
        if let Some((day, visit)) = first
            && !initial_known.iter().any(|known| lasts(*known) && *known < day)
        {
            visit.purposes.insert(VisitPurpose::Initial);
        }
    }
}

/// Single assessments. They are linked to the latest referral before them whose case was still open.
pub(super) fn assessments(of: &OfChild<'_>, cases: &[Case], facts: &mut Facts) {
    let care = of.care_spans();
    let protection = of.protection_spans();
    for row in of.assessments {
        let episode = episode("assessment", row.start, 1);
        let referral = cases
            .iter()
            .filter(|case| case.date <= row.start && !case.is_nfa)
            .rfind(|case| case.closed.as_ref().is_none_or(|closed| closed.date >= row.start))
            .map(|case| case.episode.clone());
        let kind = Some(AssessmentKind::Single);
        facts.add(
            row.start,
            time::ASSESSMENT,
            AssessmentStarted { episode: episode.clone(), kind, referral: referral.clone() },
        );
        if let Some(end) = row.end {
            let outcome = outcome(of, row, end, &care, &protection);
            facts.add(end, time::ASSESSMENT_COMPLETED, AssessmentCompleted { episode, kind, referral, outcome });
        }
    }
}

/// What an assessment led to. The list says only whether support was needed: for a child in care or with a child
/// protection plan on the day, that is there already; any other child is to have a child in need plan.
fn outcome(of: &OfChild<'_>, row: &Assessment, end: Date, care: &[Span], protection: &[Span]) -> AssessmentOutcome {
    if row.support == Support::NotNeeded {
        return AssessmentOutcome::NoFurtherAction;
    }
    let known = known::of_episode(of.known, EventType::AssessmentCompleted, &episode("assessment", row.start, 1));
    if let Some(head) = known
        && let Data::AssessmentCompleted(known) = &head.event.data
        && head.day() == end
        && (row.support == Support::Untold || known.outcome != AssessmentOutcome::NoFurtherAction)
    {
        // Where the child is now says less, the longer the assessment is past.
        return known.outcome;
    }
    if care.iter().any(|span| span.holds(end)) {
        AssessmentOutcome::Care
    } else if protection.iter().any(|span| span.holds(end)) {
        AssessmentOutcome::StrategyDiscussion
    } else if row.support == Support::Needed || of.in_need.iter().any(InNeed::has_plan) {
        AssessmentOutcome::CinPlan
    } else {
        AssessmentOutcome::NoFurtherAction
    }
}

/// The days on which an assessment found that a child in need plan was needed: of the workbook, and of earlier ones
/// those that list 4, which goes back six months, no longer has.
pub(super) fn plans_asked_for(of: &OfChild<'_>, facts: &Facts) -> Vec<Date> {
    let asks = |data: &Data| {
        matches!(data, Data::AssessmentCompleted(assessment)
            if assessment.outcome == AssessmentOutcome::CinPlan && assessment.kind == Some(AssessmentKind::Single))
    };
    let stated = facts.list.iter().filter(|fact| asks(&fact.data)).map(|fact| london::local_date(fact.occurred));
    let is_past =
        |head: &&Head<'_>| !facts.states(&head.key) && (head.day() < first_listed(of.as_at) || !of.lists.has(4));
    let known = of.known.iter().filter(|head| asks(&head.event.data)).filter(is_past).map(Head::day);
    stated.chain(known).collect()
}
