//! From the first contact to the closed referral, and visits.

use crate::field::Rule;
use crate::macros::event_data;

event_data! {
    /// Somebody tells children's services of a concern.
    ContactReceived = "contact.received" of Child {
        /// Names the contact.
        episode: required name,
        /// How urgent it is.
        rag: optional choice(ContactRag),
        /// What sort of source it comes from.
        source_category: optional text,
        /// Whether the source is a professional.
        professional: optional flag,
        /// Why contact is made; `neglect` is one of the reasons in use.
        reasons: optional texts,
        /// Whether it is the police's notification of a missing child.
        missing_notification: optional flag,
    }

    /// A decision on a contact is made.
    ContactDecided = "contact.decided" of Child {
        /// The contact.
        episode: required name,
        /// Which decision it is.
        stage: required choice(DecisionStage),
        /// What is decided.
        outcome: required choice(ContactOutcome),
    }

    /// The multi-agency safeguarding hub begins to enquire.
    MashEnquiryStarted = "mash_enquiry.started" of Child {
        /// The contact.
        episode: required name,
        /// What comes of it.
        outcome: optional text,
    }

    /// The multi-agency safeguarding hub has enquired.
    MashEnquiryCompleted = "mash_enquiry.completed" of Child {
        /// The contact.
        episode: required name,
        /// What comes of it.
        outcome: optional text,
    }

    /// A referral to social care is accepted.
    ReferralReceived = "referral.received" of Child {
        /// Names the referral.
        episode: required name,
        /// The section of the Children Act 1989.
        pathway: required choice(ReferralPathway),
        /// The contact it comes from.
        contact: optional name,
        /// Why the child is referred.
        reasons: optional texts,
    }

    /// Social care's work on a referral ends.
    CaseClosed = "case.closed" of Child {
        /// The referral.
        episode: required name,
        /// Why.
        reason: required name,
        /// Who helps the child from now on.
        stepped_down_to: optional choice(StepDown),
    }

    /// A visit takes place, whether or not the child is seen.
    VisitCompleted = "visit.completed" of Child {
        /// What it is for.
        purposes: required choices(VisitPurpose),
        /// Whether the child is seen.
        seen: required flag,
        /// Whether the child is seen alone.
        seen_alone: optional flag,
        /// How the visit is made.
        mode: required choice(VisitMode),
    } rule Rule::TrueOnlyWith { field: "seen_alone", with: "seen" };

    /// A visit is tried in vain.
    VisitAttempted = "visit.attempted" of Child {
        /// What it was to be for.
        purposes: required choices(VisitPurpose),
        /// Why it failed.
        reason: optional text,
    }
}
