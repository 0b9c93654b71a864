//! Foster carers.

use crate::macros::event_data;

event_data! {
    /// A carer is approved.
    CarerApproved = "carer.approved" of Carer {
        /// Names the approval.
        episode: required name,
        /// For how many children.
        places: optional number,
    }

    /// A carer's approval ends.
    CarerEnded = "carer.ended" of Carer {
        /// The approval.
        episode: required name,
        /// For how many children it was.
        places: optional number,
    }

    /// A carer's approval is reviewed.
    CarerReviewHeld = "carer_review.held" of Carer {}

    /// A carer has supervision.
    CarerSupervisionRecorded = "carer_supervision.recorded" of Carer {}

    /// A carer is visited.
    CarerVisitCompleted = "carer_visit.completed" of Carer {
        /// Whether the visit is unannounced.
        unannounced: optional flag,
    }

    /// A carer is checked.
    CarerCheckCompleted = "carer_check.completed" of Carer {
        /// What is checked.
        kind: required choice(CarerCheckKind),
    }
}
