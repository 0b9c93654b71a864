//! The list of event types, in the order of the vocabulary.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::described::Described;
use crate::field::Rule;
use crate::macros::event_types;
use crate::reader::{BadValue, Reader};
use crate::tables::*;
use crate::{Field, SubjectKind, Text, Value};

event_types! {
    ChildRegistered,
    ChildUpdated,
    ChildMerged,
    AllocationStarted,
    AllocationEnded,
    WorkerUpdated,
    ContactReceived,
    ContactDecided,
    MashEnquiryStarted,
    MashEnquiryCompleted,
    ReferralReceived,
    CaseClosed,
    VisitCompleted,
    VisitAttempted,
    AssessmentStarted,
    AssessmentCompleted,
    AssessmentReviewed,
    StrategyDiscussionRequested,
    StrategyDiscussionHeld,
    S47Started,
    S47Completed,
    ConferenceHeld,
    CoreGroupHeld,
    PlanStarted,
    PlanEnded,
    ReviewHeld,
    CareStarted,
    CareEnded,
    LegalStatusChanged,
    PlacementStarted,
    PlacementEnded,
    HealthAssessmentRequested,
    HealthAssessmentCompleted,
    DentalCheckCompleted,
    SdqCompleted,
    IroContactRecorded,
    MissingStarted,
    MissingEnded,
    ReturnInterviewCompleted,
    ExploitationScreeningCompleted,
    PreProceedingsStarted,
    PreProceedingsEnded,
    ProceedingsStarted,
    ProceedingsEnded,
    LegalPlanningMeetingHeld,
    NeglectToolkitCompleted,
    SupervisionRecorded,
    CaseNoteRecorded,
    CaseAuditCompleted,
    PrivateFosteringStarted,
    PrivateFosteringEnded,
    CareLeaverStarted,
    CareLeaverEnded,
    CareLeaverContacted,
    AccommodationRecorded,
    EetRecorded,
    EarlyHelpStarted,
    EarlyHelpEnded,
    VoiceStatementReceived,
    SchoolRecorded,
    PepHeld,
    ExclusionRecorded,
    AttendanceRecorded,
    CarerApproved,
    CarerEnded,
    CarerReviewHeld,
    CarerSupervisionRecorded,
    CarerVisitCompleted,
    CarerCheckCompleted,
    FeedbackReceived,
    EventRetracted,
    SurgeryScheduled,
    SurgeryActionAgreed,
    SurgeryActionClosed,
    SurgeryReasonRecorded,
    ReportPublished,
}

impl EventType {
    /// The name in the envelope, such as `visit.completed`.
    pub const fn name(self) -> &'static str {
        self.description().name
    }

    /// The type of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut place = place_of(name);
        // At most a third of the places is taken, so that the search ends.
        while let Some(event_type) = PLACES.get(place).copied().flatten() {
            if event_type.name() == name {
                return Some(event_type);
            }
            place = (place + 1) % PLACE_COUNT;
        }
        None
    }

    /// The kinds of subject that an event of the type can be about.
    pub const fn subject_kinds(self) -> &'static [SubjectKind] {
        self.description().subjects
    }

    /// The fields of the type's data.
    pub const fn fields(self) -> &'static [Field] {
        self.description().fields
    }

    /// The position of a field in [`EventType::fields`].
    pub fn slot(self, field: &str) -> Option<usize> {
        self.fields().iter().position(|known| known.name == field)
    }

    /// The type's position in [`EventType::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// What an event of the type says, in one sentence.
    pub const fn about(self) -> &'static str {
        self.description().about
    }

    /// What the fields of the type's data must be together.
    pub(crate) const fn rule(self) -> Option<Rule> {
        self.description().rule
    }
}

/// How many places the names are spread over.
const PLACE_COUNT: usize = 256;

/// The types by the hash of their names; where a place is taken the next is used.
static PLACES: LazyLock<[Option<EventType>; PLACE_COUNT]> = LazyLock::new(|| {
    let mut places = [None; PLACE_COUNT];
    for event_type in EventType::ALL {
        let start = place_of(event_type.name());
        let free = (start..PLACE_COUNT).chain(0..start).find(|place| matches!(places.get(*place), Some(None)));
        if let Some(place) = free.and_then(|place| places.get_mut(place)) {
            *place = Some(*event_type);
        }
    }
    places
});

/// The place where the search for a name begins.
fn place_of(name: &str) -> usize {
    xxh3_64(name.as_bytes()) as usize % PLACE_COUNT
}
