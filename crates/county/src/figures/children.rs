//! The figures of children and what they come to: lives, ages, care, leaving care, going missing.

use vocabulary::{
    CareEndReason, EetStatus, ExclusionKind, ExploitationKind, ExploitationRisk, InterviewOutcome, IroContactMode,
    LeaverContactMode, LegalStatus, Participation, PlacementKind, SchoolSetting, Sex,
};

use super::{AHEAD, AS_SET, SOON};
use crate::days::Within::{Days, Months, WorkingDays};
use crate::draw::{Odds, Spread};
use crate::habit::{Habit, Step};

/// The sorts of lives, and how many children a month begin each.
pub(crate) mod lives {
    use super::{Odds, Spread};
    use crate::lives::{Earlier, Life};

    /// (life, children a month in hundredths, months after which such a life is over for certain).
    ///
    /// Together they make 444 referrals, 136 of them re-referrals within a year, and 2,449 contacts a month, and of
    /// 3,779 open children 1,827 in need, 724 with child protection plans, 787 in care and 438 care leavers.
    pub(crate) const BEGUN: [(Life, u64, u32); 9] = [
        (Life::ContactOnly, 95_500, 48),
        (Life::Unseen, 3_700, 84),
        (Life::Assessed, 8_050, 96),
        (Life::InNeed, 4_100, 108),
        (Life::ShortBreaks, 250, 150),
        (Life::Protected, 4_380, 144),
        (Life::CareAndHome, 1_550, 220),
        (Life::CareAndLeaver, 970, 312),
        (Life::PrivateFostering, 50, 60),
    ];
    /// Years before the county's first day for which its tables must reach: the longest life.
    pub(crate) const YEARS_BEFORE: i32 = 28;
    /// Of the children who began before the county's first day, how many in a thousand still have events after it.
    pub(crate) const STILL_KNOWN: u64 = 130;

    /// Referrals before the last, child protection apart; 136 of 444 come within a year of another.
    pub(crate) const EARLIER_FEW: Odds<u32> = Odds::new(&[(270, 1), (120, 2), (60, 3)], 0);
    pub(crate) const EARLIER_SOME: Odds<u32> = Odds::new(&[(300, 1), (150, 2), (70, 3)], 0);
    pub(crate) const EARLIER_LIGHT: Odds<Earlier> =
        Odds::new(&[(200, Earlier::Unseen), (620, Earlier::Assessed)], Earlier::InNeed);
    pub(crate) const EARLIER_KINDS: Odds<Earlier> =
        Odds::new(&[(140, Earlier::Unseen), (500, Earlier::Assessed)], Earlier::InNeed);
    /// Child protection plans before: 263 of 724 children have had one, 47 two or more.
    pub(crate) const PROTECTED_BEFORE: Odds<u32> = Odds::new(&[(410, 1), (135, 2)], 0);
    /// The same of children who come into care (assumed).
    pub(crate) const PROTECTED_BEFORE_CARE: Odds<u32> = Odds::new(&[(150, 1)], 0);
    /// Days between a closed case and the next referral, on average.
    pub(crate) const DAYS_UNTIL_NEXT_REFERRAL: i32 = 150;
    /// Whether there is a lesser contact in between (assumed).
    pub(crate) const CONTACT_BETWEEN: u32 = 300;
    /// By how much an earlier referral makes a child older at the last (assumed).
    pub(crate) const MONTHS_OF_EARLIER: i32 = 11;
    /// Whether a child who left care for a family comes back, and after how many days.
    pub(crate) const CARE_AGAIN: u32 = 160;
    pub(crate) const CARE_AGAIN_DAYS: Spread = Spread::new(&[(0, 10), (600, 200), (1_000, 500)]);
    /// Nothing new begins so shortly before adulthood.
    pub(crate) const LEAST_DAYS_OF_CHILDHOOD: i32 = 75;
}

/// Who the children are (assumed, but for the localities' names).
pub(crate) mod people {
    use super::{Odds, Sex, Spread};

    /// Ages in months when the services first hear of a child; below 0 unborn.
    pub(crate) const AGE_MONTHS: Spread =
        Spread::new(&[(0, -4), (25, 0), (120, 12), (350, 60), (630, 120), (930, 192), (1_000, 208)]);
    pub(crate) const AGE_MONTHS_PROTECTED: Spread =
        Spread::new(&[(0, -5), (80, 0), (200, 12), (480, 60), (750, 120), (980, 184), (1_000, 196)]);
    pub(crate) const AGE_MONTHS_CARE: Spread =
        Spread::new(&[(0, -4), (110, 0), (400, 10), (600, 40), (780, 110), (980, 180), (1_000, 192)]);
    /// Ages at the time of coming into care of those who stay until adulthood.
    pub(crate) const AGE_MONTHS_STAYERS: Spread =
        Spread::new(&[(0, 30), (80, 100), (280, 150), (600, 187), (1_000, 207)]);
    pub(crate) const AGE_MONTHS_UASC: Spread = Spread::new(&[(0, 176), (300, 194), (1_000, 211)]);
    pub(crate) const AGE_MONTHS_DISABLED: Spread = Spread::new(&[(0, 20), (500, 90), (1_000, 190)]);
    pub(crate) const AGE_MONTHS_PRIVATE: Spread = Spread::new(&[(0, 100), (300, 160), (1_000, 186)]);
    /// Unaccompanied asylum seekers among those who stay in care and have no earlier referral.
    pub(crate) const UASC: u32 = 140;
    pub(crate) const DISABLED: u32 = 35;
    pub(crate) const POSTCODE: u32 = 970;
    /// Days until the birth of a child who was expected is on record.
    pub(crate) const BIRTH_TOLD: Spread = Spread::new(&[(0, 0), (800, 4), (1_000, 20)]);
    /// By their places in the list of localities.
    pub(crate) const LOCALITIES: Odds<usize> =
        Odds::new(&[(290, 3), (170, 0), (150, 4), (135, 2), (130, 5), (90, 1), (25, 6)], 7);
    pub(crate) const SEXES: Odds<Sex> =
        Odds::new(&[(512, Sex::Male), (478, Sex::Female), (4, Sex::Other)], Sex::NotRecorded);
    /// Codes of the Department for Education.
    pub(crate) const ETHNICITIES: Odds<&str> = Odds::new(
        &[
            (770, "WBRI"),
            (45, "WOTH"),
            (38, "MWBC"),
            (22, "MOTH"),
            (20, "BAFR"),
            (15, "BCRB"),
            (14, "AIND"),
            (12, "APKN"),
            (12, "AOTH"),
            (10, "WROM"),
            (12, "OOTH"),
        ],
        "NOBT",
    );
}

/// Private fostering (assumed; 3 children).
pub(crate) mod private {
    use super::{Days, Habit, SOON, Spread, Step};

    pub(crate) const LASTS_DAYS: Spread = Spread::new(&[(0, 40), (500, 150), (1_000, 400)]);
    pub(crate) const ASSESSED_DAYS: Spread = Spread::new(&[(0, 20), (1_000, 60)]);
    const LATE: Spread = Spread::new(&[(0, 1), (1_000, 14)]);
    pub(crate) const VISITS: Habit = Habit(&[
        Step { within: Days(7), in_time: 800, ahead: SOON, late: LATE },
        Step { within: Days(42), in_time: 850, ahead: super::AHEAD, late: LATE },
    ]);
}

/// Children in care: 787.
pub(crate) mod care {
    use super::{
        AHEAD, AS_SET, CareEndReason, Days, Habit, IroContactMode, LegalStatus, Months, Odds, Participation,
        PlacementKind, SOON, Spread, Step, WorkingDays,
    };
    use crate::care::Entry;

    /// How children come into care (assumed).
    pub(crate) const ENTRIES: Odds<Entry> = Odds::new(&[(430, Entry::Direct), (400, Entry::Protected)], Entry::InNeed);
    pub(crate) const S47_DIRECT: u32 = 500;
    pub(crate) const DIRECT_WAIT_DAYS: Spread = Spread::new(&[(0, 0), (600, 15), (1_000, 60)]);
    pub(crate) const UASC_WAIT_DAYS: Spread = Spread::new(&[(0, 0), (1_000, 1)]);
    pub(crate) const PROTECTED_WAIT_DAYS: Spread = Spread::new(&[(0, 40), (500, 200), (1_000, 480)]);
    /// A child this close to adulthood does not come into care any more.
    pub(crate) const LEAST_DAYS: i32 = 30;
    /// How long care lasts for those who go home or to another family.
    pub(crate) const LASTS_DAYS: Spread =
        Spread::new(&[(0, 10), (200, 70), (450, 260), (720, 600), (920, 1_250), (1_000, 3_200)]);
    pub(crate) const END_REASONS_UNDER_6: Odds<CareEndReason> = Odds::new(
        &[
            (350, CareEndReason::Adopted),
            (280, CareEndReason::SpecialGuardianship),
            (190, CareEndReason::ReturnedHome),
            (150, CareEndReason::StepDownCin),
        ],
        CareEndReason::Other,
    );
    pub(crate) const END_REASONS: Odds<CareEndReason> = Odds::new(
        &[
            (460, CareEndReason::ReturnedHome),
            (250, CareEndReason::StepDownCin),
            (190, CareEndReason::SpecialGuardianship),
            (40, CareEndReason::Independent),
        ],
        CareEndReason::Other,
    );
    pub(crate) const CLOSED_AFTER_CARE: Spread = Spread::new(&[(0, 0), (800, 8), (1_000, 25)]);
    pub(crate) const PERMANENCE_AFTER_DAYS: Spread = Spread::new(&[(0, 60), (1_000, 180)]);

    /// s20: 211 of 787.
    pub(crate) const LEGAL_STATUS: Odds<LegalStatus> = Odds::new(
        &[(410, LegalStatus::S20), (460, LegalStatus::S38), (90, LegalStatus::Police), (20, LegalStatus::S31)],
        LegalStatus::Remand,
    );
    pub(crate) const LEGAL_STATUS_OF_STAYERS: Odds<LegalStatus> = Odds::new(
        &[(395, LegalStatus::S20), (370, LegalStatus::S38), (70, LegalStatus::Police), (130, LegalStatus::S31)],
        LegalStatus::Remand,
    );
    pub(crate) const LEGAL_STATUS_UASC: Odds<LegalStatus> = Odds::new(&[(1_000, LegalStatus::S20)], LegalStatus::S20);
    pub(crate) const S20_TO_COURT: u32 = 400;
    pub(crate) const S20_TO_COURT_DAYS: Spread = Spread::new(&[(0, 20), (600, 90), (1_000, 300)]);

    /// Three placements or more within a year: 152 of 787. Of 213 who are long in care and under 16, 128 have been
    /// in their placement for two years.
    pub(crate) const UNSETTLED: u32 = 265;
    pub(crate) const PLACEMENT_DAYS_UNSETTLED: Spread = Spread::new(&[(0, 3), (300, 35), (700, 110), (1_000, 260)]);
    pub(crate) const PLACEMENT_DAYS_FIRST: Spread = Spread::new(&[(0, 3), (370, 60), (640, 240), (1_000, 2_600)]);
    pub(crate) const PLACEMENT_DAYS: Spread = Spread::new(&[(0, 60), (30, 400), (120, 1_000), (1_000, 6_500)]);
    pub(crate) const MOVE_REASONS: Odds<&str> = Odds::new(
        &[(450, "planned move"), (230, "placement broke down"), (150, "carer's request"), (90, "child's request")],
        "standards of care",
    );
    /// 271 children live with the county's own 199 fostering households.
    pub(crate) const PLACEMENTS: Odds<PlacementKind> = Odds::new(
        &[
            (370, PlacementKind::InHouseFostering),
            (250, PlacementKind::AgencyFostering),
            (140, PlacementKind::Kinship),
            (130, PlacementKind::Residential),
            (55, PlacementKind::Parents),
            (5, PlacementKind::Secure),
        ],
        PlacementKind::Other,
    );
    pub(crate) const PLACEMENTS_UNDER_2: Odds<PlacementKind> = Odds::new(
        &[
            (430, PlacementKind::InHouseFostering),
            (170, PlacementKind::AgencyFostering),
            (170, PlacementKind::Kinship),
            (90, PlacementKind::Parents),
            (60, PlacementKind::Adoption),
        ],
        PlacementKind::Other,
    );
    pub(crate) const PLACEMENTS_FROM_16: Odds<PlacementKind> = Odds::new(
        &[
            (200, PlacementKind::InHouseFostering),
            (220, PlacementKind::AgencyFostering),
            (350, PlacementKind::Supported),
            (130, PlacementKind::Residential),
            (50, PlacementKind::Kinship),
            (20, PlacementKind::Parents),
        ],
        PlacementKind::Other,
    );

    /// Where a placement is: out of the county, and 20 miles or more away.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Where {
        pub(crate) out: bool,
        pub(crate) far: bool,
    }
    /// Out of the county 200, 20 miles and more 215, both 162 of 787.
    pub(crate) const WHERE: Odds<Where> = Odds::new(
        &[
            (325, Where { out: true, far: true }),
            (74, Where { out: true, far: false }),
            (78, Where { out: false, far: true }),
        ],
        Where { out: false, far: false },
    );
    pub(crate) const WHERE_IN_HOUSE: Odds<Where> =
        Odds::new(&[(45, Where { out: false, far: true })], Where { out: false, far: false });
    pub(crate) const NEAR_MILES: Spread = Spread::new(&[(0, 0), (1_000, 19)]);
    pub(crate) const NEAR_BORDER_MILES: Spread = Spread::new(&[(0, 6), (1_000, 19)]);
    pub(crate) const FAR_MILES: Spread = Spread::new(&[(0, 20), (700, 60), (1_000, 230)]);
    pub(crate) const OWN_PROVIDER: &str = "own";
    pub(crate) const PROVIDERS: Odds<&str> = Odds::new(&[(600, "private"), (250, "voluntary")], "other authority");

    /// In time: 711 of 787; of the others 40 were seen on a screen.
    pub(crate) const VISITS: Habit = Habit(&[
        Step { within: Days(7), in_time: 800, ahead: SOON, late: VISIT_LATE },
        Step { within: Days(42), in_time: 785, ahead: AHEAD, late: VISIT_LATE },
    ]);
    const VISIT_LATE: Spread = Spread::new(&[(0, 1), (500, 8), (900, 30), (1_000, 70)]);
    pub(crate) const SEEN_ON_SCREEN: u32 = 600;
    pub(crate) const SEEN_ALONE: u32 = 700;
    /// Assumed.
    pub(crate) const PLAN: Step = Step {
        within: WorkingDays(10),
        in_time: 800,
        ahead: AHEAD,
        late: Spread::new(&[(0, 1), (800, 20), (1_000, 60)]),
    };
    /// In time: 167 of 167.
    pub(crate) const REVIEWS: Habit = Habit(&[
        Step { within: WorkingDays(20), in_time: 1_000, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 5)]) },
        Step { within: Months(3), in_time: 1_000, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 5)]) },
        Step { within: Months(6), in_time: 1_000, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 5)]) },
    ]);
    pub(crate) const PARTICIPATION: Odds<Participation> = Odds::new(
        &[
            (520, Participation::Attended),
            (120, Participation::Advocate),
            (160, Participation::Iro),
            (150, Participation::OtherMedia),
        ],
        Participation::NotParticipated,
    );
    /// In time: 628 of 725.
    pub(crate) const ASSESSMENTS: Habit = Habit(&[Step {
        within: Months(12),
        in_time: 620,
        ahead: AS_SET,
        late: Spread::new(&[(0, 5), (500, 110), (1_000, 420)]),
    }]);
    /// Assumed.
    pub(crate) const IRO_CONTACTS: Habit = Habit(&[Step {
        within: Months(6),
        in_time: 720,
        ahead: Spread::new(&[(0, 250), (1_000, 950)]),
        late: Spread::new(&[(0, 2), (800, 60), (1_000, 150)]),
    }]);
    pub(crate) const IRO_MODES: Odds<IroContactMode> =
        Odds::new(&[(450, IroContactMode::FaceToFace), (300, IroContactMode::Virtual)], IroContactMode::CaseNote);
}

/// Health and school of children in care.
pub(crate) mod health {
    use super::{AHEAD, AS_SET, ExclusionKind, Habit, Months, Odds, SchoolSetting, Spread, Step, WorkingDays};

    /// In time: 13 of 26.
    pub(crate) const INITIAL_ASSESSMENT: Step = Step {
        within: WorkingDays(20),
        in_time: 460,
        ahead: AS_SET,
        late: Spread::new(&[(0, 1), (600, 15), (900, 40), (1_000, 90)]),
    };
    /// In time: 31 of 60 reviews; 708 of 787 at the end of the month.
    pub(crate) const ASSESSMENT_UNDER_5: Step =
        Step { within: Months(6), in_time: 490, ahead: AS_SET, late: Spread::new(&[(0, 1), (600, 30), (1_000, 110)]) };
    pub(crate) const ASSESSMENT_FROM_5: Step =
        Step { within: Months(12), in_time: 490, ahead: AS_SET, late: Spread::new(&[(0, 1), (600, 60), (1_000, 240)]) };
    /// Assumed.
    pub(crate) const DENTAL_CHECKS: Habit = Habit(&[
        Step { within: Months(3), in_time: 500, ahead: AHEAD, late: Spread::new(&[(0, 10), (1_000, 200)]) },
        Step { within: Months(12), in_time: 520, ahead: AHEAD, late: Spread::new(&[(0, 5), (500, 110), (1_000, 400)]) },
    ]);
    /// In time: 457 of 663; 221 high, mean 14.8.
    pub(crate) const SDQ: Habit = Habit(&[Step {
        within: Months(12),
        in_time: 310,
        ahead: AS_SET,
        late: Spread::new(&[(0, 10), (500, 250), (1_000, 700)]),
    }]);
    pub(crate) const SDQ_SCORE: Spread =
        Spread::new(&[(0, 2), (100, 8), (300, 12), (600, 16), (850, 21), (960, 28), (1_000, 36)]);
    /// Assumed.
    pub(crate) const PEP: Habit = Habit(&[
        Step { within: WorkingDays(20), in_time: 800, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 40)]) },
        Step { within: Months(4), in_time: 850, ahead: AS_SET, late: Spread::new(&[(0, 1), (1_000, 50)]) },
    ]);
    /// School and its attendance (assumed).
    pub(crate) const SCHOOL_CHANGES: Habit = Habit(&[Step {
        within: Months(18),
        in_time: 1_000,
        ahead: Spread::new(&[(0, 300), (1_000, 1_000)]),
        late: Spread::new(&[(0, 1)]),
    }]);
    pub(crate) const HAS_PLACE: u32 = 972;
    pub(crate) const SETTINGS: Odds<SchoolSetting> =
        Odds::new(&[(740, SchoolSetting::Mainstream), (50, SchoolSetting::Alternative)], SchoolSetting::Special);
    pub(crate) const SCHOOL_IN_COUNTY: u32 = 760;
    pub(crate) const ATTENDANCE_TENTHS: Spread =
        Spread::new(&[(0, 420), (80, 800), (200, 900), (600, 955), (1_000, 1_000)]);
    pub(crate) const DAYS_BETWEEN_EXCLUSIONS: i32 = 2_400;
    pub(crate) const EXCLUSION_KINDS: Odds<ExclusionKind> =
        Odds::new(&[(985, ExclusionKind::Suspension)], ExclusionKind::Permanent);
}

/// Care leavers: 438, of them 117 from 21.
pub(crate) mod leaver {
    use super::{AHEAD, AS_SET, EetStatus, Habit, LeaverContactMode, Months, Odds, Spread, Step};

    pub(crate) const GOES_ON_FROM_21: u32 = 350;
    pub(crate) const GOES_ON_DAYS: Spread = Spread::new(&[(0, 180), (600, 1_250), (1_000, 1_461)]);
    /// Seen in time: 191 of 321 up to 20, 102 of 117 from 21.
    pub(crate) const SEEN_FROM_16: Habit = Habit(&[Step {
        within: Months(2),
        in_time: 430,
        ahead: AHEAD,
        late: Spread::new(&[(0, 2), (700, 60), (1_000, 190)]),
    }]);
    pub(crate) const SEEN_FROM_21: Habit = Habit(&[Step {
        within: Months(6),
        in_time: 570,
        ahead: AHEAD,
        late: Spread::new(&[(0, 2), (700, 50), (1_000, 160)]),
    }]);
    pub(crate) const SEEN_BY_VISIT: u32 = 400;
    /// In touch: 420 of 438; with some hardly ever.
    pub(crate) const OUT_OF_TOUCH: u32 = 95;
    pub(crate) const HARDLY_EVER: Habit =
        Habit(&[Step { within: Months(6), in_time: 200, ahead: AHEAD, late: Spread::new(&[(0, 30), (1_000, 500)]) }]);
    pub(crate) const IN_TOUCH: Habit =
        Habit(&[Step { within: Months(4), in_time: 850, ahead: AHEAD, late: Spread::new(&[(0, 1), (1_000, 110)]) }]);
    pub(crate) const MODES: Odds<LeaverContactMode> =
        Odds::new(&[(880, LeaverContactMode::Virtual)], LeaverContactMode::Letter);
    /// Days from when a pathway plan is due until it begins: many before.
    pub(crate) const PLAN_DAYS: Spread = Spread::new(&[(0, -60), (550, 0), (850, 60), (1_000, 200)]);
    /// Plans in time: 328 of 438.
    pub(crate) const PLAN_REVIEWS: Habit = Habit(&[Step {
        within: Months(6),
        in_time: 480,
        ahead: AS_SET,
        late: Spread::new(&[(0, 2), (600, 70), (1_000, 330)]),
    }]);
    /// Accommodation and occupation (assumed).
    pub(crate) const CIRCUMSTANCES: Habit = Habit(&[Step {
        within: Months(8),
        in_time: 1_000,
        ahead: Spread::new(&[(0, 200), (1_000, 1_000)]),
        late: Spread::new(&[(0, 1)]),
    }]);
    pub(crate) const SUITABLE: u32 = 920;
    pub(crate) const ACCOMMODATION: Odds<&str> = Odds::new(
        &[(300, "independent"), (220, "supported lodgings"), (200, "staying put"), (150, "with family")],
        "supported housing",
    );
    pub(crate) const EET: Odds<EetStatus> = Odds::new(
        &[
            (270, EetStatus::Education),
            (60, EetStatus::HigherEducation),
            (190, EetStatus::Employment),
            (60, EetStatus::Training),
        ],
        EetStatus::Neet,
    );
}

/// Going missing: 67 children and 115 episodes in the month; 115 of 787 in care within a year.
pub(crate) mod missing {
    use super::{AHEAD, ExploitationKind, ExploitationRisk, InterviewOutcome, Odds, Spread, Step, WorkingDays};

    pub(crate) const FROM_AGE: i32 = 10;
    /// Whether a child goes missing, and the days between two times on average.
    pub(crate) const DAYS_BETWEEN_IN_CARE: Odds<Option<i32>> = Odds::new(&[(70, Some(20)), (175, Some(150))], None);
    pub(crate) const DAYS_BETWEEN: Odds<Option<i32>> = Odds::new(&[(17, Some(15)), (31, Some(115))], None);
    pub(crate) const MINUTES_AWAY: Spread =
        Spread::new(&[(0, 50), (400, 300), (700, 800), (950, 2_600), (1_000, 14_000)]);
    pub(crate) const NOTIFIED: u32 = 650;
    /// 52 of 115 interviewed; 36 of them within 72 hours.
    pub(crate) const INTERVIEWS: Odds<Option<InterviewOutcome>> =
        Odds::new(&[(540, Some(InterviewOutcome::Held)), (40, Some(InterviewOutcome::Refused))], None);
    pub(crate) const INTERVIEW_IN_TIME: u32 = 695;
    pub(crate) const INTERVIEW_DAYS_LATE: Spread = Spread::new(&[(0, 4), (700, 9), (1_000, 30)]);
    /// Screenings (assumed).
    pub(crate) const DAYS_BETWEEN_SCREENINGS: i32 = 170;
    pub(crate) const RISKS: Odds<ExploitationRisk> = Odds::new(
        &[(330, ExploitationRisk::Mild), (320, ExploitationRisk::Moderate), (180, ExploitationRisk::Significant)],
        ExploitationRisk::None,
    );
    pub(crate) const KINDS: Odds<ExploitationKind> = Odds::new(&[(480, ExploitationKind::Cse)], ExploitationKind::Cce);
    pub(crate) const SEEN_AFTER_SCREENING: Step =
        Step { within: WorkingDays(5), in_time: 700, ahead: AHEAD, late: Spread::new(&[(0, 1), (1_000, 20)]) };
}
