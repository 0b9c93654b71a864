//! The columns of the lists, with the names that the years and the councils have given them.

use super::columns::{Column, Field, List, column, required};

/// The columns that every list has.
pub(super) const COMMON: &[Column] = &[
    required(
        Field::Child,
        "Child Unique ID",
        &[
            "child* id",
            "child* identifier",
            "id child*",
            "identifier child*",
            "unique id*",
            "person id*",
            "client id*",
            "child* number",
            "child* reference",
            "=pid",
            "=id",
        ],
    ),
    column(Field::Sex, "Gender", &["gender", "sex"]),
    column(Field::Ethnicity, "Ethnicity", &["ethnicity", "ethnic*"]),
    column(
        Field::DateOfBirth,
        "Date of Birth",
        &["date birth", "dob", "birth date", "birthdate", "d o b", "date expected birth"],
    ),
    column(Field::Unused, "Age of Child (Years)", &["age", "age child*", "child* age"]),
    column(Field::Disability, "Does the Child have a Disability", &["disab*"]),
    column(
        Field::Worker,
        "Allocated Worker",
        &["worker* !visit* !date", "allocated social worker", "case holder", "keyworker"],
    ),
    column(Field::Team, "Allocated Team", &["team* !date"]),
];

const UASC: Column = column(Field::Uasc, "Unaccompanied Asylum Seeking Child (UASC)", &["unaccompanied*", "uasc*"]);

/// The lists 1 to 9, and 10 and 11 to tell them from the others.
pub(in crate::annex_a) const LISTS: [List; 11] = [
    List {
        number: 1,
        title: "contacts",
        sheet_names: &["contact*"],
        own: &[
            required(Field::Start, "Date of Contact", &["date contact*", "contact* date*"]),
            column(
                Field::Source,
                "Contact Source",
                &["contact* source*", "source* contact*", "source*", "contact* agency"],
            ),
        ],
    },
    List {
        number: 2,
        title: "early help assessments",
        sheet_names: &["early help*", "eh*"],
        own: &[
            required(
                Field::Start,
                "Assessment start date",
                &[
                    "assessment* start*",
                    "start date* assessment*",
                    "date* assessment* start*",
                    "episode* start*",
                    "early help* start*",
                    "start date",
                ],
            ),
            column(
                Field::End,
                "Assessment completion date",
                &[
                    "assessment* complet*",
                    "complet* date* assessment*",
                    "date* assessment* complet*",
                    "assessment* end*",
                    "episode* end*",
                    "end date",
                    "completion date",
                ],
            ),
            column(Field::Organisation, "Organisation completing assessment", &["organisation*", "agency*"]),
        ],
    },
    List {
        number: 3,
        title: "referrals",
        sheet_names: &["referral*"],
        own: &[
            column(
                Field::Unused,
                "Number of Referrals in Last 12 Months",
                &["number referral*", "no referral* months", "referral* last 12*"],
            ),
            column(Field::NoFurtherAction, "Referral NFA?", &["referral* nfa", "nfa", "further action"]),
            column(Field::Source, "Referral Source", &["referral* source*", "source* referral*", "source*"]),
            required(Field::Start, "Date of Referral", &["date* referral*", "referral* date*"]),
        ],
    },
    List {
        number: 4,
        title: "assessments",
        sheet_names: &["assessment*", "single assessment*", "continuous assessment*"],
        own: &[
            required(
                Field::Start,
                "Continuous Assessment Start Date",
                &["assessment* start*", "start date* assessment*", "date* assessment* start*"],
            ),
            column(Field::Unused, "Child Seen During Continuous Assessment", &["child* seen*", "seen during*"]),
            column(
                Field::End,
                "Continuous Assessment Date of Authorisation",
                &[
                    "assessment* authoris*",
                    "date* authoris*",
                    "authoris* date*",
                    "assessment* complet*",
                    "assessment* end*",
                ],
            ),
            column(
                Field::NeedsSupport,
                "Was the child assessed as requiring LA children's social care support?",
                &["assessed* requir*", "requir* support*", "assess* social care support", "assessment* outcome*"],
            ),
        ],
    },
    List {
        number: 5,
        title: "section 47 enquiries and initial child protection conferences",
        sheet_names: &["section 47*", "section47*", "s47*", "sec 47*", "sec47*", "icpc*", "conference*"],
        own: &[
            column(
                Field::Unused,
                "Number of Section 47 Enquiries in the last 12 months",
                &["number section*", "number s47*", "s47* last 12*"],
            ),
            column(
                Field::Unused,
                "Number of ICPCs in the last 12 months",
                &["number icpc*", "number conference*", "icpc* last 12*"],
            ),
            column(
                Field::ConferenceUnnecessary,
                "Was an Initial Child Protection Conference deemed unnecessary?",
                &["conference* unnecessary", "icpc* unnecessary", "icpc* not required", "conference* not required"],
            ),
            column(
                Field::ConferencePlan,
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                &[
                    "conference* result* plan*",
                    "icpc* result*",
                    "result* protection plan*",
                    "conference* outcome*",
                    "icpc* outcome*",
                ],
            ),
            column(
                Field::Conference,
                "Date of Initial Child Protection Conference",
                &["date* conference*", "date* icpc*", "icpc* date*", "conference* date*"],
            ),
            required(
                Field::Start,
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                &[
                    "strategy*",
                    "section 47* start*",
                    "s47* start*",
                    "start date* section 47*",
                    "start date* s47*",
                    "enquir* start*",
                    "section 47* date*",
                    "s47* date*",
                ],
            ),
        ],
    },
    List {
        number: 6,
        title: "children in need",
        sheet_names: &["need*", "cin*"],
        own: &[
            column(Field::LastSeen, "Date Child Was Last Seen", &["last seen*", "last visit*", "latest visit*"]),
            column(
                Field::End,
                "CIN Closure Date",
                &[
                    "cin* closure* date*",
                    "closure* date*",
                    "cin* end* date*",
                    "date* closure*",
                    "date* closed*",
                    "need* end* date*",
                    "closed* date*",
                ],
            ),
            column(
                Field::EndReason,
                "Reason for Closure",
                &["reason* clos*", "clos* reason*", "cin* closure* reason*"],
            ),
            required(
                Field::Start,
                "CIN Start Date",
                &[
                    "cin* start*",
                    "need* start*",
                    "start* date* need*",
                    "start* date* cin*",
                    "date* cin*",
                    "date* start* need*",
                    "start date",
                ],
            ),
            column(Field::Unused, "Primary Need Code", &["need* code*", "primary need*", "category* need*"]),
            column(Field::Status, "Case Status", &["case* status*", "status"]),
        ],
    },
    List {
        number: 7,
        title: "child protection plans",
        sheet_names: &["protection*", "cp", "cpp*", "cp plan*"],
        own: &[
            column(Field::InitialCategory, "Initial Category of Abuse", &["initial category*", "category* initial*"]),
            column(
                Field::LatestCategory,
                "Latest Category of Abuse",
                &["latest category*", "category* latest*", "current category*", "category* abuse*"],
            ),
            column(
                Field::LastVisit,
                "Date of the Last Statutory Visit",
                &["last* visit*", "latest* visit*", "visit* date*", "date* visit*"],
            ),
            column(Field::SeenAlone, "Was the Child Seen Alone?", &["seen alone*"]),
            column(
                Field::LastReview,
                "Date of latest review conference",
                &["latest review*", "last review*", "review conference*", "date* review*", "latest* rcpc*"],
            ),
            column(
                Field::Unused,
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months",
                &["emergency protection*", "police*", "protection last six*"],
            ),
            column(Field::Unused, "Number of Previous Child Protection Plans", &["number previous*", "previous*"]),
            required(
                Field::Start,
                "Child Protection Plan Start Date",
                &["plan* start*", "start* date* plan*", "date* plan* start*", "cp* start*", "protection* start*"],
            ),
            column(
                Field::End,
                "Child Protection Plan End Date",
                &["plan* end*", "end* date* plan*", "date* plan* end*", "cp* end*", "protection* end*"],
            ),
        ],
    },
    List {
        number: 8,
        title: "children in care",
        sheet_names: &["looked after*", "in care*", "lac*", "cla*", "cic*"],
        own: &[
            UASC,
            column(
                Field::Unused,
                "Is this a second or subsequent period of being a Looked After Child",
                &["second subsequent*", "subsequent*"],
            ),
            column(
                Field::EndReason,
                "Reason Ceased to be Looked After",
                &["reason* ceased*", "ceased* reason*", "reason* end*"],
            ),
            column(
                Field::End,
                "Date Ceased to be Looked After",
                &[
                    "date* ceased*",
                    "ceased* date*",
                    "ceased* looked after",
                    "ceased* date",
                    "looked after* end*",
                    "date* end* looked after",
                ],
            ),
            required(
                Field::Start,
                "Date Started to be Looked After",
                &[
                    "date* started* looked*",
                    "started* looked after*",
                    "looked after* start*",
                    "loooked after* start*",
                    "start* date* care",
                    "date* care* start*",
                    "date* started* care",
                    "lac* start*",
                    "cla* start*",
                ],
            ),
            column(
                Field::LegalStatusStart,
                "Start date of current legal status",
                &["start* date* legal status*", "legal status* start*", "date* legal status*"],
            ),
            column(Field::LegalStatus, "Child's Legal Status", &["legal status*"]),
            column(
                Field::LastReview,
                "Date of Latest Statutory Review",
                &["latest* review*", "last* review*", "review* date*", "date* review*"],
            ),
            column(
                Field::LastIroContact,
                "Date of Last IRO Visit / Contact to the Child",
                &["iro*", "independent reviewing*"],
            ),
            column(
                Field::LastVisit,
                "Date of Last Social Work Visit",
                &["last* visit*", "latest* visit*", "visit* date*"],
            ),
            column(Field::Unused, "What is the permanence plan for this child?", &["permanence*"]),
            column(Field::LastHealth, "Date of Last Health Assessment", &["health*"]),
            column(Field::LastDental, "Date of Last Dental Check", &["dental*"]),
            column(
                Field::Unused,
                "Number of Placements in the Last 12 months",
                &["number placements*", "placements last 12*", "placements last12*"],
            ),
            column(
                Field::Unused,
                "Number of Episodes the Child has been Missing or Absent",
                &["missing*", "absent*", "return* interview*", "mfh*"],
            ),
            column(
                Field::PlacementStart,
                "Start Date of Most Recent Placement",
                &["start* date* placement*", "placement* start*", "date* recent placement*", "date* placement*"],
            ),
            column(Field::PlacementType, "Placement Type", &["placement* type*", "type* placement*"]),
            column(Field::PlacementProvider, "Placement Provider", &["placement* provider*", "provider*"]),
            column(
                Field::Unused,
                "Placement postcode, URN and LA of Placement",
                &[
                    "postcode*",
                    "post code*",
                    "urn*",
                    "la placement*",
                    "placement* urn*",
                    "placement* la",
                    "local authority placement*",
                ],
            ),
            column(
                Field::PlacementLocation,
                "Placement Location",
                &["placement* location*", "location* placement*", "in out*"],
            ),
            column(Field::Unused, "Child's Category of Need", &["category* need*", "need* category*", "need* code*"]),
        ],
    },
    List {
        number: 9,
        title: "care leavers",
        sheet_names: &["leaving care*", "care leav*", "leaver*", "leaving*"],
        own: &[
            UASC,
            column(Field::PersonalAdviser, "Allocated Personal Advisor", &["personal advis*"]),
            required(Field::Eligibility, "Eligibility Category", &["eligib*"]),
            column(Field::LastReview, "Latest Pathway Plan Review Date", &["pathway*"]),
            column(Field::InTouch, "LA in Touch", &["in touch*"]),
            column(
                Field::LastContact,
                "Latest Date of Contact",
                &["date* contact*", "contact* date*", "latest contact*", "last contact*"],
            ),
            column(Field::Suitability, "Suitability of Accommodation", &["suitab*"]),
            column(
                Field::Accommodation,
                "Type of Accommodation",
                &["type* accommodation*", "accommodation* type*", "accommodation*"],
            ),
            column(Field::Activity, "Activity Status", &["activity*", "eet*", "employment*", "education*"]),
        ],
    },
    List {
        number: 10,
        title: "adoption",
        sheet_names: &["adoption*", "adopted*"],
        own: &[
            required(
                Field::Unused,
                "Date of Decision that Child Should be Placed for Adoption",
                &["placed* adoption*", "decision* adoption*"],
            ),
            column(Field::Unused, "Date the Child Entered Care", &["entered care*"]),
            column(
                Field::Unused,
                "Date of Placement Order",
                &["date* placement order*", "matching*", "adoption order*", "family*"],
            ),
        ],
    },
    List {
        number: 11,
        title: "prospective adopters",
        sheet_names: &["adopter*", "prospective*"],
        own: &[
            required(Field::Unused, "Individual adopter identifier", &["adopter* identifier*", "adopter* id"]),
            column(Field::Unused, "Date enquiry received", &["enquiry received*", "stage 1*", "stage 2*", "family*"]),
        ],
    },
];
