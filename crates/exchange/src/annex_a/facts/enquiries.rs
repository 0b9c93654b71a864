//! Section 47 enquiries and initial conferences: list 5.

use calendar::Date;
use vocabulary::{
    ConferenceHeld, ConferenceOutcome, Data, InitialOrReview, S47Completed, S47Outcome, S47Started,
    StrategyDiscussionHeld, StrategyOutcome,
};

use super::{Facts, OfChild, time};
use crate::annex_a::keys::episode;
use crate::annex_a::lists::Enquiry;

/// A plan that begins within so many days of a conference came of it.
const MOST_DAYS_TO_PLAN: i32 = 7;

/// The strategy discussion that began an enquiry, the enquiry and the conference.
///
/// The list does not say when the enquiry was complete. One that led to a conference is taken to have been so on
/// the day of the conference; one that needed none, on the day on which it began, so that it is no longer waited
/// for.
pub(super) fn enquiries(of: &OfChild<'_>, facts: &mut Facts) {
    for row in of.enquiries {
        let enquiry = episode("s47", row.start, 1);
        let strategy = episode("strategy", row.start, 1);
        facts.add(
            row.start,
            time::STRATEGY_DISCUSSION,
            StrategyDiscussionHeld {
                episode: strategy.clone(),
                kind: Some(InitialOrReview::Initial),
                outcome: StrategyOutcome::S47,
                invited: None,
                attended: None,
            },
        );
        let strategy_discussion = Some(strategy);
        facts.add(
            row.start,
            time::ENQUIRY,
            S47Started { episode: enquiry.clone(), strategy_discussion: strategy_discussion.clone() },
        );
        let completed = |outcome| S47Completed { episode: enquiry.clone(), strategy_discussion, outcome };
        if let Some(conference) = row.conference {
            facts.add(conference, time::ENQUIRY_COMPLETED, completed(S47Outcome::Icpc));
            facts.add(
                conference,
                time::CONFERENCE,
                ConferenceHeld {
                    kind: InitialOrReview::Initial,
                    s47: Some(enquiry),
                    outcome: outcome(of, row, conference),
                    views: None,
                    advocacy_referral: None,
                },
            );
        } else if row.no_conference {
            facts.add(row.start, time::ENQUIRY_COMPLETED, completed(S47Outcome::NoFurtherAction));
        }
    }
}

/// What a conference decided. Where the list does not tell, it is what was found when the conference was first seen, or
/// else whether list 7 has a plan that began then.
fn outcome(of: &OfChild<'_>, row: &Enquiry, conference: Date) -> ConferenceOutcome {
    let known = of.known.iter().filter(|head| head.day() == conference).find_map(|head| {
        let Data::ConferenceHeld(known) = &head.event.data else {
            return None;
        };
        (known.kind == InitialOrReview::Initial).then_some(known.outcome)
    });
    let last = conference.plus_days(MOST_DAYS_TO_PLAN);
    let is_plan = |start: Date| (conference..=last).contains(&start);
    match (row.plan, known) {
        (Some(true), _) => ConferenceOutcome::CpPlan,
        (Some(false), _) => ConferenceOutcome::NoFurtherAction,
        (None, Some(known)) => known,
        (None, None) if of.protection.iter().any(|plan| plan.start.is_some_and(is_plan)) => ConferenceOutcome::CpPlan,
        (None, None) => ConferenceOutcome::NoFurtherAction,
    }
}
