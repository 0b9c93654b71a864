//! Private fostering, care leavers, early help, the child's voice and school.

use crate::macros::event_data;

event_data! {
    /// A child begins to live with private foster carers.
    PrivateFosteringStarted = "private_fostering.started" of Child {
        /// Names the arrangement.
        episode: required name,
    }

    /// A private fostering arrangement ends.
    PrivateFosteringEnded = "private_fostering.ended" of Child {
        /// The arrangement.
        episode: required name,
    }

    /// A young person becomes a care leaver.
    CareLeaverStarted = "care_leaver.started" of Child {
        /// Names the time as a care leaver.
        episode: required name,
    }

    /// The support of a care leaver ends.
    CareLeaverEnded = "care_leaver.ended" of Child {
        /// The time as a care leaver.
        episode: required name,
    }

    /// The authority is in touch with a care leaver.
    CareLeaverContacted = "care_leaver.contacted" of Child {
        /// How.
        mode: required choice(LeaverContactMode),
    }

    /// Where a young person lives is recorded.
    AccommodationRecorded = "accommodation.recorded" of Child {
        /// Whether it is suitable.
        suitable: required flag,
        /// The kind of accommodation.
        kind: optional text,
    }

    /// A young person's education, employment or training is recorded.
    EetRecorded = "eet.recorded" of Child {
        /// What it is.
        status: required choice(EetStatus),
    }

    /// Early help begins.
    EarlyHelpStarted = "early_help.started" of Child {
        /// Names the early help.
        episode: required name,
        /// The level of need.
        level: optional whole(2 to 4),
        /// The service that helps.
        service: optional choice(EarlyHelpService),
    }

    /// Early help ends.
    EarlyHelpEnded = "early_help.ended" of Child {
        /// The early help.
        episode: required name,
        /// The level of need.
        level: optional whole(2 to 4),
        /// The service that helped.
        service: optional choice(EarlyHelpService),
        /// Why it ends.
        reason: required choice(EarlyHelpEndReason),
    }

    /// A child says something in their own words.
    VoiceStatementReceived = "voice.statement_received" of Child {
        /// The way it comes, such as `mind_of_my_own`.
        channel: optional text,
    }

    /// A child's school is recorded.
    SchoolRecorded = "school.recorded" of Child {
        /// Whether the child has a place.
        has_place: required flag,
        /// The kind of school.
        setting: optional choice(SchoolSetting),
        /// Whether it is in the county.
        in_county: optional flag,
    }

    /// The meeting about a personal education plan takes place.
    PepHeld = "pep.held" of Child {
        /// The school term.
        term: optional text,
    }

    /// A child is excluded from school.
    ExclusionRecorded = "exclusion.recorded" of Child {
        /// The kind of exclusion.
        kind: required choice(ExclusionKind),
        /// For how many days.
        days: optional number,
    }

    /// A child's attendance at school is recorded.
    AttendanceRecorded = "attendance.recorded" of Child {
        /// The part of the sessions that the child attended.
        percent: required number(0.0 to 100.0),
        /// The school term.
        term: optional text,
    }
}
