//! The figures of what the services do: front door, early help, assessments, protection, court, oversight.

use vocabulary::{
    Agency, AssessmentOutcome, AuditGrade, ConferenceViews, ContactOutcome, ContactRag, EarlyHelpEndReason,
    EarlyHelpService, FeedbackKind, PlanCategory, PlanEndReason, PlanKind, StepDown, Upheld, VisitMode,
};

use super::{AHEAD, AS_SET, SOON};
use crate::days::Within::{Months, WorkingDays};
use crate::draw::{Odds, Spread};
use crate::habit::{Habit, Step};

/// The front door: 2,449 contacts in the month, 31 of them red.
pub(crate) mod front_door {
    use super::{ContactOutcome, ContactRag, Odds, Spread};
    use crate::front_door::Source;

    const POLICE: Source = Source { name: "police", professional: true, hours: (9 * 60, 27 * 60) };
    const SCHOOL: Source = Source { name: "school", professional: true, hours: (8 * 60 + 30, 16 * 60 + 30) };
    const HEALTH: Source = Source { name: "health", professional: true, hours: (8 * 60, 19 * 60) };
    const COUNCIL: Source = Source { name: "local authority", professional: true, hours: (9 * 60, 17 * 60) };
    const OTHER: Source = Source { name: "other agency", professional: true, hours: (9 * 60, 18 * 60) };
    const FAMILY: Source = Source { name: "family", professional: false, hours: (8 * 60, 22 * 60) };
    const ANONYMOUS: Source = Source { name: "anonymous", professional: false, hours: (8 * 60, 23 * 60) };
    /// Who makes contact (assumed), on school days, on other working days and at weekends.
    pub(crate) const SOURCES: Odds<Source> =
        Odds::new(&[(300, POLICE), (210, SCHOOL), (170, HEALTH), (120, COUNCIL), (70, OTHER), (90, FAMILY)], ANONYMOUS);
    pub(crate) const SOURCES_IN_HOLIDAYS: Odds<Source> =
        Odds::new(&[(380, POLICE), (20, SCHOOL), (210, HEALTH), (150, COUNCIL), (90, OTHER), (105, FAMILY)], ANONYMOUS);
    pub(crate) const SOURCES_AT_WEEKENDS: Odds<Source> =
        Odds::new(&[(680, POLICE), (150, HEALTH), (120, FAMILY)], ANONYMOUS);
    pub(crate) const RAG: Odds<ContactRag> =
        Odds::new(&[(6, ContactRag::Red), (230, ContactRag::Amber)], ContactRag::Green);
    pub(crate) const RAG_OF_REFERRALS: Odds<ContactRag> =
        Odds::new(&[(40, ContactRag::Red), (560, ContactRag::Amber)], ContactRag::Green);
    pub(crate) const REASONS: Odds<&str> = Odds::new(
        &[
            (270, "domestic abuse"),
            (190, "neglect"),
            (130, "parental mental health"),
            (90, "physical abuse"),
            (80, "emotional abuse"),
            (80, "parental substance misuse"),
            (60, "child's behaviour"),
            (40, "sexual abuse"),
        ],
        "family in acute stress",
    );
    pub(crate) const TWO_REASONS: u32 = 300;
    /// Professionals who name neglect first and use the toolkit (assumed).
    pub(crate) const TOOLKIT: u32 = 200;

    /// 787 enquiries of the hub for 2,449 contacts, 183 of them within 24 hours.
    pub(crate) const ENQUIRED: u32 = 321;
    pub(crate) const ENQUIRY_BEGINS: Spread = Spread::new(&[(0, 5), (700, 90), (1_000, 400)]);
    pub(crate) const ENQUIRY_IN_TIME: u32 = 232;
    pub(crate) const ENQUIRY_OUTCOMES: Odds<&str> =
        Odds::new(&[(260, "social care"), (210, "early help"), (330, "advice")], "no further action");
    /// Initial decisions in time 64 %, final ones 68 %, red 25 of 31.
    pub(crate) const FINAL_IN_TIME: u32 = 680;
    pub(crate) const INITIAL_IN_TIME: u32 = 810;
    pub(crate) const INITIAL_IN_TIME_WITH_FINAL_LATE: u32 = 280;
    pub(crate) const RED_IN_TIME: u32 = 806;
    pub(crate) const FINAL_ONLY: u32 = 60;
    /// How many hours late the other answers are (assumed).
    pub(crate) const ANSWER_HOURS_LATE: Spread = Spread::new(&[(0, 1), (500, 24), (900, 80), (1_000, 190)]);
    pub(crate) const SAME_OUTCOME: u32 = 880;
    /// Referrals that name their contact.
    pub(crate) const LINKED: u32 = 970;

    /// What comes of contacts that are not referred (assumed).
    pub(crate) const OUTCOMES: Odds<ContactOutcome> = Odds::new(
        &[(70, ContactOutcome::EarlyHelp), (45, ContactOutcome::ExistingEarlyHelp), (390, ContactOutcome::Advice)],
        ContactOutcome::NoFurtherAction,
    );
    /// How many contacts there are of a child who is never referred, and before a first referral.
    pub(crate) const CONTACTS_ONLY: Odds<u32> = Odds::new(&[(680, 1), (190, 2), (80, 3)], 4);
    pub(crate) const CONTACTS_BEFORE: Odds<u32> = Odds::new(&[(450, 0), (330, 1), (150, 2)], 3);
    pub(crate) const DAYS_BETWEEN_CONTACTS: i32 = 130;
    /// Of what would fall into slack weeks, how much is put off.
    pub(crate) const SLACK_PUT_OFF: u32 = 250;
    pub(crate) const AT_WEEKENDS_TOO: u32 = 350;
}

/// Early help (assumed).
pub(crate) mod early_help {
    use super::{
        AHEAD, AS_SET, EarlyHelpEndReason, EarlyHelpService, Habit, Months, Odds, PlanKind, Spread, Step, WorkingDays,
    };

    pub(crate) const BEGINS: u32 = 900;
    pub(crate) const BEGINS_AFTER_HOURS: Spread = Spread::new(&[(0, 2), (450, 60), (800, 200), (1_000, 500)]);
    pub(crate) const SERVICES: Odds<EarlyHelpService> = Odds::new(
        &[
            (430, EarlyHelpService::FamilySupport),
            (230, EarlyHelpService::ChildrenCentre),
            (40, EarlyHelpService::Dcyps),
        ],
        EarlyHelpService::Advice,
    );
    pub(crate) const LEVELS: Odds<u8> = Odds::new(&[(450, 2), (460, 3)], 4);
    pub(crate) const LASTS_DAYS: Spread = Spread::new(&[(0, 20), (500, 140), (900, 300), (1_000, 480)]);
    pub(crate) const END_REASONS: Odds<EarlyHelpEndReason> = Odds::new(
        &[
            (480, EarlyHelpEndReason::NeedsMet),
            (200, EarlyHelpEndReason::PartiallyMet),
            (130, EarlyHelpEndReason::Disengaged),
            (80, EarlyHelpEndReason::ConsentWithdrawn),
            (50, EarlyHelpEndReason::SteppedUp),
        ],
        EarlyHelpEndReason::OtherAgency,
    );
    pub(crate) const FIRST_VISIT: Step =
        Step { within: WorkingDays(10), in_time: 700, ahead: AHEAD, late: Spread::new(&[(0, 1), (1_000, 30)]) };
    pub(crate) const ASSESSMENT: Step =
        Step { within: WorkingDays(30), in_time: 650, ahead: AHEAD, late: Spread::new(&[(0, 1), (1_000, 40)]) };
    pub(crate) const DAYS_BETWEEN_VISITS: i32 = 35;
    pub(crate) const PLANNED: u32 = 700;
    pub(crate) const PLAN_KINDS: Odds<PlanKind> = Odds::new(&[(750, PlanKind::MyPlan)], PlanKind::MyPlanPlus);
    pub(crate) const REVIEW: Habit =
        Habit(&[Step { within: Months(2), in_time: 800, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 40)]) }]);
}

/// Children in need: 1,827, of them 1,076 with a plan.
pub(crate) mod need {
    use super::{
        AHEAD, AS_SET, AssessmentOutcome, Habit, Months, Odds, SOON, Spread, Step, StepDown, VisitMode, WorkingDays,
    };
    use crate::protection::EnquiryEnd;

    /// Referrals under section 47, by what they come to (assumed).
    pub(crate) const S47_UNSEEN: u32 = 40;
    pub(crate) const S47_ASSESSED: u32 = 110;
    pub(crate) const S47_IN_NEED: u32 = 160;
    /// Closed unseen: 50 of 444.
    pub(crate) const DECISION_NOT_TO_VISIT: Step =
        Step { within: WorkingDays(5), in_time: 700, ahead: SOON, late: Spread::new(&[(0, 1), (1_000, 20)]) };
    /// In time: 333 of 413; 59 late, 21 outstanding.
    pub(crate) const INITIAL_VISIT_S17: Step =
        Step { within: WorkingDays(5), in_time: 830, ahead: SOON, late: INITIAL_VISIT_LATE };
    pub(crate) const INITIAL_VISIT_S47: Step =
        Step { within: WorkingDays(1), in_time: 840, ahead: SOON, late: INITIAL_VISIT_LATE };
    const INITIAL_VISIT_LATE: Spread = Spread::new(&[(0, 1), (700, 4), (950, 8), (1_000, 18)]);
    pub(crate) const IN_VAIN_BEFORE: u32 = 600;
    pub(crate) const IN_VAIN: u32 = 40;
    pub(crate) const CHILD_NOT_SEEN: u32 = 450;

    /// In time: 578 of 665, 14 of them after 60 working days or more; 1,023 running, 67 overdue.
    pub(crate) const ASSESSMENT_WORKING_DAYS: Spread = Spread::new(&[
        (0, 3),
        (70, 10),
        (200, 24),
        (450, 36),
        (700, 42),
        (870, 45),
        (871, 46),
        (958, 59),
        (984, 88),
        (1_000, 125),
    ]);
    pub(crate) const ASSESSMENT_BEGINS: Spread = Spread::new(&[(0, 0), (800, 0), (1_000, 3)]);
    /// Managers' checkpoints (assumed).
    pub(crate) const CHECKPOINTS: &[(u8, &Step)] = &[
        (8, &Step { within: WorkingDays(8), in_time: 760, ahead: AS_SET, late: CHECKPOINT_LATE }),
        (20, &Step { within: WorkingDays(20), in_time: 780, ahead: AS_SET, late: CHECKPOINT_LATE }),
        (30, &Step { within: WorkingDays(30), in_time: 780, ahead: AS_SET, late: CHECKPOINT_LATE }),
    ];
    const CHECKPOINT_LATE: Spread = Spread::new(&[(0, 1), (1_000, 10)]);
    pub(crate) const CHECKPOINT_HELD: u32 = 850;
    /// Of 665: 227 no further action, 118 early help or other.
    pub(crate) const OUTCOMES: Odds<AssessmentOutcome> = Odds::new(
        &[(670, AssessmentOutcome::NoFurtherAction), (230, AssessmentOutcome::EarlyHelp)],
        AssessmentOutcome::OtherAgency,
    );
    pub(crate) const CLOSED_AFTER_ASSESSMENT: Spread = Spread::new(&[(0, 0), (600, 6), (1_000, 25)]);
    pub(crate) const CLOSED_AFTER_PLAN: Spread = Spread::new(&[(0, 0), (700, 6), (1_000, 20)]);
    pub(crate) const EARLY_HELP_FOLLOWS: u32 = 600;

    /// Strategy discussions that lead to no conference, by when they come.
    pub(crate) const ENQUIRED_ASSESSED: u32 = 350;
    pub(crate) const ENQUIRED_IN_NEED: u32 = 450;
    pub(crate) const ENQUIRED_ON_THE_WAY: u32 = 300;
    pub(crate) const ENQUIRY_BEGINS: Spread = Spread::new(&[(0, 0), (600, 2), (1_000, 20)]);
    /// Of 255 discussions 170 lead to an enquiry; 66 of the enquiries to an assessment.
    pub(crate) const ENQUIRY_ENDS: Odds<EnquiryEnd> = Odds::new(
        &[(270, EnquiryEnd::Nothing), (250, EnquiryEnd::AssessmentOnly), (130, EnquiryEnd::Enquired)],
        EnquiryEnd::Assessment,
    );
    /// Conferences that decide on a plan for a child in need: 15 of 92.
    pub(crate) const CONFERENCE_WITHOUT_PLAN: u32 = 230;

    /// In time: 154 of 174.
    pub(crate) const PLAN_IN_PLACE: Step =
        Step { within: WorkingDays(10), in_time: 910, ahead: SOON, late: Spread::new(&[(0, 1), (1_000, 25)]) };
    pub(crate) const PLAN_DAYS: Spread =
        Spread::new(&[(0, 20), (200, 75), (500, 148), (850, 300), (950, 480), (1_000, 800)]);
    pub(crate) const SHORT_BREAK_DAYS: Spread = Spread::new(&[(0, 200), (500, 1_000), (1_000, 2_600)]);
    pub(crate) const LONG_PLAN_DAYS: i32 = 50;
    pub(crate) const DAYS_FOR_NEW_PLAN: i32 = 16;
    pub(crate) const ASSESSED_ON_THE_WAY: u32 = 950;
    pub(crate) const ASSESSED_AT_THE_END: u32 = 920;
    /// Where assessments lead to of children who have a plan: 154 of 174 plans were in time, with those begun anew.
    pub(crate) const OUTCOMES_ON_THE_WAY: Odds<AssessmentOutcome> = Odds::new(
        &[
            (330, AssessmentOutcome::CinPlan),
            (320, AssessmentOutcome::StrategyDiscussion),
            (110, AssessmentOutcome::OtherAgency),
        ],
        AssessmentOutcome::NoFurtherAction,
    );
    pub(crate) const STEP_DOWNS: Odds<Option<StepDown>> =
        Odds::new(&[(400, Some(StepDown::EarlyHelp)), (380, Some(StepDown::Universal))], Some(StepDown::OtherAgency));

    /// In time: 1,670 of 1,827; 46 not for six weeks.
    pub(crate) const VISITS: Habit = Habit(&[Step {
        within: WorkingDays(20),
        in_time: 845,
        ahead: AHEAD,
        late: Spread::new(&[(0, 1), (450, 7), (850, 18), (1_000, 40)]),
    }]);
    pub(crate) const SEEN_ALONE: u32 = 620;
    pub(crate) const MODES: Odds<VisitMode> = Odds::new(&[(930, VisitMode::FaceToFace)], VisitMode::Virtual);
    /// In time: 729 of 1,076; 223 wait for the first, 124 for the next.
    pub(crate) const REVIEWS: Habit = Habit(&[
        Step {
            within: WorkingDays(30),
            in_time: 380,
            ahead: AS_SET,
            late: Spread::new(&[(0, 5), (400, 60), (1_000, 260)]),
        },
        Step { within: Months(3), in_time: 480, ahead: AS_SET, late: Spread::new(&[(0, 5), (600, 50), (1_000, 150)]) },
    ]);
}

/// Child protection: 724 children with a plan.
pub(crate) mod protection {
    use super::{
        AHEAD, AS_SET, Agency, ConferenceViews, Habit, Months, Odds, PlanCategory, PlanEndReason, Spread, Step,
        VisitMode, WorkingDays,
    };

    pub(crate) use super::need::{CLOSED_AFTER_PLAN, ENQUIRY_BEGINS, IN_VAIN};
    /// Assumed.
    pub(crate) const S47_PROTECTED: u32 = 820;
    pub(crate) const COMES_FROM_PLAN: u32 = 300;
    pub(crate) const ASSESSED_BEFORE_END: u32 = 450;
    pub(crate) const PLAN_BEFORE_DAYS: Spread = Spread::new(&[(0, 25), (500, 90), (1_000, 300)]);
    /// In time: 227 of 255.
    pub(crate) const DISCUSSION: Step =
        Step { within: WorkingDays(1), in_time: 800, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 6)]) };
    pub(crate) const DISCUSSED_SAME_DAY: u32 = 470;
    /// (agency, invited, attended of those), assumed.
    pub(crate) const AGENCIES: &[(Agency, u32, u32)] =
        &[(Agency::Health, 900, 820), (Agency::Police, 990, 960), (Agency::SocialCare, 1_000, 995)];
    /// In time: 149 of 170; to a conference 57.
    pub(crate) const ENQUIRY: Step = Step {
        within: WorkingDays(15),
        in_time: 895,
        ahead: AHEAD,
        late: Spread::new(&[(0, 1), (800, 9), (1_000, 30)]),
    };
    /// In time: 60 of 92.
    pub(crate) const INITIAL_CONFERENCE: Step = Step {
        within: WorkingDays(15),
        in_time: 710,
        ahead: Spread::new(&[(0, 850), (1_000, 1_000)]),
        late: Spread::new(&[(0, 1), (800, 10), (1_000, 25)]),
    };
    pub(crate) const VIEWS: Odds<ConferenceViews> = Odds::new(
        &[(420, ConferenceViews::MyViews), (130, ConferenceViews::Attended), (160, ConferenceViews::Advocate)],
        ConferenceViews::None,
    );
    pub(crate) const ADVOCACY: u32 = 350;
    /// Neglect: 436 of 724.
    pub(crate) const CATEGORIES: Odds<PlanCategory> = Odds::new(
        &[
            (602, PlanCategory::Neglect),
            (270, PlanCategory::Emotional),
            (65, PlanCategory::Physical),
            (45, PlanCategory::Sexual),
        ],
        PlanCategory::Multiple,
    );
    /// At which review a plan ends; 19 of 724 last over two years.
    pub(crate) const REVIEWS_UNTIL_END: Odds<usize> =
        Odds::new(&[(300, 1), (445, 2), (150, 3), (43, 4), (26, 5), (22, 6)], 7);
    /// In time: 722 of 722.
    pub(crate) const REVIEWS: Habit = Habit(&[
        Step { within: Months(3), in_time: 1_000, ahead: WELL_BEFORE, late: Spread::new(&[(0, 1)]) },
        Step { within: Months(6), in_time: 1_000, ahead: WELL_BEFORE, late: Spread::new(&[(0, 1)]) },
    ]);
    const WELL_BEFORE: Spread = Spread::new(&[(0, 780), (1_000, 970)]);
    pub(crate) const END_REASONS: Odds<PlanEndReason> = Odds::new(
        &[(680, PlanEndReason::StepDownCin), (210, PlanEndReason::Completed), (60, PlanEndReason::Moved)],
        PlanEndReason::Transferred,
    );
    /// In time: 650 of 724; 4 not for 20 working days.
    pub(crate) const VISITS: Habit = Habit(&[Step {
        within: WorkingDays(10),
        in_time: 868,
        ahead: AHEAD,
        late: Spread::new(&[(0, 1), (600, 4), (900, 10), (980, 18), (1_000, 35)]),
    }]);
    /// On a screen: 48 of 650.
    pub(crate) const MODES: Odds<VisitMode> = Odds::new(&[(937, VisitMode::FaceToFace)], VisitMode::Virtual);
    /// Seen alone within ten working days: 55 %.
    pub(crate) const SPEAKS_ALONE: u32 = 490;
    pub(crate) const SEEN_ALONE_IF_SPEAKS: u32 = 800;
    pub(crate) const SEEN_ALONE_IF_NOT: u32 = 250;
    /// Assumed.
    pub(crate) const CORE_GROUPS: Habit = Habit(&[
        Step { within: WorkingDays(10), in_time: 800, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 14)]) },
        Step {
            within: crate::days::Within::Days(42),
            in_time: 780,
            ahead: AHEAD,
            late: Spread::new(&[(0, 1), (800, 14), (1_000, 60)]),
        },
    ]);
    /// Neglect toolkit within a year: 158 of 436.
    pub(crate) const DAYS_BETWEEN_TOOLKITS: i32 = 430;
}

/// Court: pre-proceedings of 121 children, 33 overdue; proceedings of 255 children, 157 overdue.
pub(crate) mod court {
    use super::{Odds, Spread};

    pub(crate) const PRE_PROCEEDINGS: u32 = 270;
    pub(crate) const PRE_PROCEEDINGS_BEGIN_DAYS: Spread = Spread::new(&[(0, 10), (600, 100), (1_000, 240)]);
    pub(crate) const PRE_PROCEEDINGS_DAYS: Spread = Spread::new(&[(0, 20), (500, 130), (700, 200), (1_000, 510)]);
    pub(crate) const PRE_PROCEEDINGS_OUTCOMES: Odds<&str> =
        Odds::new(&[(560, "diverted"), (360, "proceedings issued")], "other");
    pub(crate) const PROCEEDINGS_AT_HOME: u32 = 25;
    pub(crate) const PROCEEDINGS_DAYS: Spread =
        Spread::new(&[(0, 140), (200, 260), (500, 415), (800, 630), (1_000, 900)]);
    pub(crate) const PROCEEDINGS_OUTCOMES: Odds<&str> = Odds::new(
        &[(420, "care order"), (200, "special guardianship"), (190, "supervision order"), (130, "placement order")],
        "no order",
    );
}

/// Around open children: 3,196 supervised in time, 517 overdue, 45 of them for the first time.
pub(crate) mod oversight {
    use super::{AHEAD, AuditGrade, ContactOutcome, FeedbackKind, Habit, Months, Odds, Spread, Step, Upheld};

    pub(crate) const SUPERVISION_MONTHLY: Habit = Habit(&[
        Step { within: Months(1), in_time: 640, ahead: AHEAD, late: Spread::new(&[(0, 1), (600, 10), (1_000, 45)]) },
        Step { within: Months(1), in_time: 680, ahead: AHEAD, late: Spread::new(&[(0, 1), (600, 10), (1_000, 45)]) },
    ]);
    pub(crate) const SUPERVISION_OTHERWISE: Habit = Habit(&[
        Step {
            within: Months(2),
            in_time: 735,
            ahead: Spread::new(&[(0, 200), (1_000, 950)]),
            late: Spread::new(&[(0, 1), (1_000, 40)]),
        },
        Step { within: Months(2), in_time: 610, ahead: AHEAD, late: Spread::new(&[(0, 2), (600, 24), (1_000, 80)]) },
    ]);
    /// Notes, contacts about open children, audits, feedback, statements (assumed).
    pub(crate) const DAYS_BETWEEN_NOTES: i32 = 75;
    pub(crate) const NOTES: Odds<&str> = Odds::new(
        &[(420, "telephone call"), (260, "email"), (170, "meeting"), (80, "management decision")],
        "case summary",
    );
    pub(crate) const DAYS_BETWEEN_CONTACTS: i32 = 330;
    pub(crate) const CONTACT_OUTCOMES: Odds<ContactOutcome> =
        Odds::new(&[(700, ContactOutcome::NoFurtherAction)], ContactOutcome::Advice);
    pub(crate) const DAYS_BETWEEN_AUDITS: i32 = 2_100;
    pub(crate) const THEME_AUDITED: u32 = 800;
    pub(crate) const GRADES: Odds<AuditGrade> = Odds::new(
        &[(20, AuditGrade::Outstanding), (400, AuditGrade::Good), (460, AuditGrade::RequiresImprovement)],
        AuditGrade::Inadequate,
    );
    pub(crate) const DAYS_BETWEEN_FEEDBACK: i32 = 3_500;
    pub(crate) const FEEDBACK: Odds<FeedbackKind> =
        Odds::new(&[(560, FeedbackKind::Complaint)], FeedbackKind::Compliment);
    pub(crate) const THEMES: Odds<&str> = Odds::new(
        &[(350, "communication"), (220, "staff conduct"), (170, "delay"), (120, "quality of support")],
        "decision",
    );
    pub(crate) const UPHELD: Odds<Upheld> = Odds::new(&[(140, Upheld::Yes), (330, Upheld::Partly)], Upheld::No);
    pub(crate) const DAYS_BETWEEN_STATEMENTS: i32 = 1_200;
    pub(crate) const CHANNELS: Odds<&str> = Odds::new(&[(550, "mind_of_my_own"), (250, "letter")], "direct work");
    pub(crate) const DAYS_BETWEEN_UPDATES: i32 = 900;
}
