//! Assessments, enquiries, conferences, plans and their reviews.

use crate::macros::event_data;

event_data! {
    /// An assessment begins.
    AssessmentStarted = "assessment.started" of Child {
        /// Names the assessment.
        episode: required name,
        /// Its kind; absent it is single.
        kind: optional choice(AssessmentKind),
        /// The referral it comes from.
        referral: optional name,
    }

    /// An assessment is complete.
    AssessmentCompleted = "assessment.completed" of Child {
        /// The assessment.
        episode: required name,
        /// Its kind; absent it is that of its start, or else single.
        kind: optional choice(AssessmentKind),
        /// The referral it comes from.
        referral: optional name,
        /// What it leads to.
        outcome: required choice(AssessmentOutcome),
    }

    /// A manager reviews a running assessment.
    AssessmentReviewed = "assessment.reviewed" of Child {
        /// The assessment.
        episode: required name,
        /// The working day that the review is for.
        checkpoint: required whole(8 or 20 or 30),
    }

    /// A strategy discussion is asked for.
    StrategyDiscussionRequested = "strategy_discussion.requested" of Child {
        /// Names the strategy discussion.
        episode: required name,
        /// Its kind; absent it is initial.
        kind: optional choice(InitialOrReview),
    }

    /// A strategy discussion takes place.
    StrategyDiscussionHeld = "strategy_discussion.held" of Child {
        /// The strategy discussion.
        episode: required name,
        /// Its kind; absent it is that of its request, or else initial.
        kind: optional choice(InitialOrReview),
        /// What it leads to.
        outcome: required choice(StrategyOutcome),
        /// The agencies that were invited.
        invited: optional choices(Agency),
        /// The agencies that took part.
        attended: optional choices(Agency),
    }

    /// A section 47 enquiry begins.
    S47Started = "s47.started" of Child {
        /// Names the enquiry.
        episode: required name,
        /// The strategy discussion it comes from.
        strategy_discussion: optional name,
    }

    /// A section 47 enquiry is complete.
    S47Completed = "s47.completed" of Child {
        /// The enquiry.
        episode: required name,
        /// The strategy discussion it comes from.
        strategy_discussion: optional name,
        /// What it leads to.
        outcome: required choice(S47Outcome),
    }

    /// A child protection conference takes place.
    ConferenceHeld = "conference.held" of Child {
        /// Whether it is the initial one or a review.
        kind: required choice(InitialOrReview),
        /// The section 47 enquiry it comes from.
        s47: optional name,
        /// What it decides.
        outcome: required choice(ConferenceOutcome),
        /// How the child's views are heard.
        views: optional choice(ConferenceViews),
        /// Whether the child is referred to an advocate.
        advocacy_referral: optional flag,
    }

    /// The core group of a child protection plan meets.
    CoreGroupHeld = "core_group.held" of Child {}

    /// A plan begins.
    PlanStarted = "plan.started" of Child {
        /// Names the plan.
        episode: required name,
        /// Its kind.
        kind: required choice(PlanKind),
        /// The category of abuse, of a child protection plan.
        category: optional choice(PlanCategory),
        /// Whether it is for short breaks.
        short_break: optional flag,
        /// What it follows.
        origin: optional choice(PlanOrigin),
    }

    /// A plan ends.
    PlanEnded = "plan.ended" of Child {
        /// The plan.
        episode: required name,
        /// Its kind; that of its start counts before it.
        kind: required choice(PlanKind),
        /// The category of abuse, of a child protection plan.
        category: optional choice(PlanCategory),
        /// Whether it is for short breaks.
        short_break: optional flag,
        /// What it followed.
        origin: optional choice(PlanOrigin),
        /// Why it ends.
        reason: required choice(PlanEndReason),
    }

    /// A plan, or a child's care, is reviewed.
    ReviewHeld = "review.held" of Child {
        /// What is reviewed.
        kind: required choice(ReviewKind),
        /// How the child takes part.
        participation: optional choice(Participation),
    }
}
