//! Children in care, and what is owed to them.

use crate::macros::event_data;

event_data! {
    /// A child comes into care.
    CareStarted = "care.started" of Child {
        /// Names the time in care.
        episode: required name,
        /// The legal ground.
        legal_status: required choice(LegalStatus),
    }

    /// A child leaves care.
    CareEnded = "care.ended" of Child {
        /// The time in care.
        episode: required name,
        /// Why it ends.
        reason: required choice(CareEndReason),
    }

    /// The legal ground of a child's care changes.
    LegalStatusChanged = "legal_status.changed" of Child {
        /// The legal ground from now on.
        legal_status: required choice(LegalStatus),
    }

    /// A child in care is placed.
    PlacementStarted = "placement.started" of Child {
        /// Names the placement.
        episode: required name,
        /// Its kind.
        kind: required choice(PlacementKind),
        /// Whether it is in the county.
        in_county: optional flag,
        /// How far from home it is, in miles.
        miles_from_home: optional number,
        /// Who provides it.
        provider: optional text,
        /// The carer.
        carer: optional subject(Carer),
    }

    /// A placement ends.
    PlacementEnded = "placement.ended" of Child {
        /// The placement.
        episode: required name,
        /// Why it ends.
        reason: optional text,
    }

    /// A health assessment is asked for.
    HealthAssessmentRequested = "health_assessment.requested" of Child {
        /// Whether it is the initial one or a review.
        kind: required choice(InitialOrReview),
    }

    /// A health assessment is complete.
    HealthAssessmentCompleted = "health_assessment.completed" of Child {
        /// Whether it is the initial one or a review.
        kind: required choice(InitialOrReview),
    }

    /// A dentist has checked the child.
    DentalCheckCompleted = "dental_check.completed" of Child {}

    /// A strengths and difficulties questionnaire is scored.
    SdqCompleted = "sdq.completed" of Child {
        /// The total score of difficulties.
        score: required whole(0 to 40),
    }

    /// The independent reviewing officer is in contact with the child or the case.
    IroContactRecorded = "iro_contact.recorded" of Child {
        /// How.
        mode: optional choice(IroContactMode),
    }

    /// A child goes missing.
    MissingStarted = "missing.started" of Child {
        /// Names the missing episode.
        episode: required name,
        /// Whether the child is away overnight.
        overnight: optional flag,
    }

    /// A missing child is found or returns.
    MissingEnded = "missing.ended" of Child {
        /// The missing episode.
        episode: required name,
        /// Whether the child was away overnight.
        overnight: optional flag,
    }

    /// A child who was missing is offered an interview.
    ReturnInterviewCompleted = "return_interview.completed" of Child {
        /// The missing episode.
        episode: required name,
        /// Whether the interview took place.
        outcome: required choice(InterviewOutcome),
    }
}
