//! The lists of values of the vocabulary, each in the order of its table.

use crate::choice::choices;

choices! {
    /// A child's sex.
    Sex { Male = "male", Female = "female", Other = "other", NotRecorded = "not_recorded" }

    /// The role in which a worker is allocated; only the primary one decides whose a subject is.
    AllocationRole { Primary = "primary", Secondary = "secondary" }

    /// How urgent a contact is.
    ContactRag { Red = "red", Amber = "amber", Green = "green" }

    /// Which decision on a contact it is.
    DecisionStage { Initial = "initial", Final = "final" }

    /// What is decided on a contact.
    ContactOutcome {
        Referral = "referral",
        EarlyHelp = "early_help",
        ExistingEarlyHelp = "existing_early_help",
        Advice = "advice",
        NoFurtherAction = "no_further_action",
    }

    /// The section of the Children Act 1989 that a referral goes down.
    ReferralPathway { S17 = "s17", S47 = "s47" }

    /// Who helps the child after the case is closed.
    StepDown { EarlyHelp = "early_help", Universal = "universal", OtherAgency = "other_agency" }

    /// What a visit is for.
    VisitPurpose {
        Initial = "initial",
        Cin = "cin",
        Cp = "cp",
        Statutory = "statutory",
        CareLeaver = "care_leaver",
        PrivateFostering = "private_fostering",
        Exploitation = "exploitation",
        EarlyHelp = "early_help",
        Iro = "iro",
    }

    /// How a visit is made.
    VisitMode { FaceToFace = "face_to_face", Virtual = "virtual" }

    /// The kinds of assessment.
    AssessmentKind {
        Single = "single",
        Cla = "cla",
        EarlyHelp = "early_help",
        PrivateFostering = "private_fostering",
    }

    /// What an assessment leads to.
    AssessmentOutcome {
        NoFurtherAction = "no_further_action",
        CinPlan = "cin_plan",
        EarlyHelp = "early_help",
        OtherAgency = "other_agency",
        StrategyDiscussion = "strategy_discussion",
        Care = "care",
    }

    /// Whether it is the first of its kind or a review: of strategy discussions, conferences and health assessments.
    InitialOrReview { Initial = "initial", Review = "review" }

    /// What a strategy discussion leads to.
    StrategyOutcome { S47 = "s47", NoFurtherAction = "no_further_action", Assessment = "assessment" }

    /// The agencies of a strategy discussion.
    Agency { Health = "health", Police = "police", SocialCare = "social_care" }

    /// What a section 47 enquiry leads to.
    S47Outcome { Icpc = "icpc", Assessment = "assessment", NoFurtherAction = "no_further_action" }

    /// What a child protection conference decides.
    ConferenceOutcome {
        CpPlan = "cp_plan",
        CinPlan = "cin_plan",
        NoFurtherAction = "no_further_action",
        PlanContinues = "plan_continues",
        PlanEnds = "plan_ends",
    }

    /// How the child's views reach a conference.
    ConferenceViews { MyViews = "my_views", Attended = "attended", Advocate = "advocate", None = "none" }

    /// The kinds of plan.
    PlanKind {
        Cin = "cin",
        Cp = "cp",
        Pathway = "pathway",
        Care = "care",
        MyPlan = "my_plan",
        MyPlanPlus = "my_plan_plus",
    }

    /// The category of abuse of a child protection plan.
    PlanCategory {
        Neglect = "neglect",
        Emotional = "emotional",
        Physical = "physical",
        Sexual = "sexual",
        Multiple = "multiple",
    }

    /// Where a plan comes from.
    PlanOrigin { Assessment = "assessment", StepDownCp = "step_down_cp", StepDownCare = "step_down_care" }

    /// Why a plan ends.
    PlanEndReason {
        StepDownCin = "step_down_cin",
        Completed = "completed",
        Care = "care",
        Moved = "moved",
        Transferred = "transferred",
        AgedOut = "aged_out",
        Died = "died",
        Other = "other",
    }

    /// What is reviewed.
    ReviewKind {
        Cin = "cin",
        Cp = "cp",
        Care = "care",
        Pathway = "pathway",
        AssessmentCare = "assessment_care",
        MyPlan = "my_plan",
    }

    /// How the child takes part in a review.
    Participation {
        Attended = "attended",
        Advocate = "advocate",
        Iro = "iro",
        OtherMedia = "other_media",
        NotParticipated = "not_participated",
        Under4 = "under_4",
    }

    /// The legal ground on which a child is in care.
    LegalStatus {
        S20 = "s20",
        S31 = "s31",
        S38 = "s38",
        Police = "police",
        Remand = "remand",
        Other = "other",
    }

    /// Why care ends.
    CareEndReason {
        StepDownCin = "step_down_cin",
        ReturnedHome = "returned_home",
        SpecialGuardianship = "special_guardianship",
        Adopted = "adopted",
        Independent = "independent",
        Leaver = "leaver",
        Died = "died",
        Other = "other",
    }

    /// The kinds of placement.
    PlacementKind {
        InHouseFostering = "in_house_fostering",
        AgencyFostering = "agency_fostering",
        Kinship = "kinship",
        Residential = "residential",
        Secure = "secure",
        Supported = "supported",
        Parents = "parents",
        Adoption = "adoption",
        Other = "other",
    }

    /// How an independent reviewing officer is in contact.
    IroContactMode { FaceToFace = "face_to_face", Virtual = "virtual", CaseNote = "case_note" }

    /// Whether a return interview took place.
    InterviewOutcome { Held = "held", Refused = "refused" }

    /// The risk that a screening finds.
    ExploitationRisk { Mild = "mild", Moderate = "moderate", Significant = "significant", None = "none" }

    /// The kind of exploitation, sexual or criminal.
    ExploitationKind { Cse = "cse", Cce = "cce" }

    /// An audit's grade, of the whole or of one theme.
    AuditGrade {
        Outstanding = "outstanding",
        Good = "good",
        RequiresImprovement = "requires_improvement",
        Inadequate = "inadequate",
    }

    /// How a care leaver is kept in touch with.
    LeaverContactMode { FaceToFace = "face_to_face", Virtual = "virtual", Letter = "letter" }

    /// A care leaver's education, employment or training.
    EetStatus {
        Education = "education",
        HigherEducation = "higher_education",
        Employment = "employment",
        Training = "training",
        Neet = "neet",
    }

    /// The services of early help.
    EarlyHelpService {
        FamilySupport = "family_support",
        ChildrenCentre = "children_centre",
        Dcyps = "dcyps",
        Advice = "advice",
    }

    /// Why early help ends.
    EarlyHelpEndReason {
        NeedsMet = "needs_met",
        PartiallyMet = "partially_met",
        SteppedUp = "stepped_up",
        Disengaged = "disengaged",
        ConsentWithdrawn = "consent_withdrawn",
        OtherAgency = "other_agency",
    }

    /// Where a child is at school.
    SchoolSetting { Mainstream = "mainstream", Alternative = "alternative", Special = "special" }

    /// The kinds of exclusion from school.
    ExclusionKind { Suspension = "suspension", Permanent = "permanent" }

    /// What is checked of a carer.
    CarerCheckKind { Dbs = "dbs", Medical = "medical" }

    /// The kinds of feedback.
    FeedbackKind { Complaint = "complaint", Compliment = "compliment" }

    /// Whether a complaint is upheld.
    Upheld { Yes = "yes", Partly = "partly", No = "no" }

    /// How an action of a surgery ends.
    ActionOutcome { Done = "done", NoLongerNeeded = "no_longer_needed" }

    /// Why a clock is overdue, as a surgery found.
    OverdueReason {
        NotRecordedYet = "not_recorded_yet",
        FamilyRefused = "family_refused",
        ChildUnavailable = "child_unavailable",
        WorkerAbsent = "worker_absent",
        Unallocated = "unallocated",
        SeenVirtually = "seen_virtually",
        DataError = "data_error",
        Other = "other",
    }
}
