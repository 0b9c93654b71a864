//! Coded values: `f) U6: Foster placement - not FFA`, `U6` and `Foster placement` alike.
//!
//! The codes are those of the Department for Education's returns (children looked after, children in need) and of
//! Ofsted's child-level data requests; the words are those that councils write in their place.

use vocabulary::{CareEndReason, EetStatus, LegalStatus, PlacementKind, PlanCategory, Sex, StepDown};

use super::words::{fits, words};

/// A value with the codes and the words that stand for it.
pub(super) struct Code<T: 'static> {
    value: T,
    /// Codes, in capital letters.
    codes: &'static [&'static str],
    /// Patterns of [`fits`], tried where no code is found, in the order of the table.
    words: &'static [&'static str],
}

const fn code<T>(value: T, codes: &'static [&'static str], words: &'static [&'static str]) -> Code<T> {
    Code { value, codes, words }
}

/// What a coded cell stands for: the value of the first code in it, or else of the first words that fit.
pub(super) fn decode<T: Copy>(text: &str, table: &[Code<T>]) -> Option<T> {
    let text = without_list_letter(text);
    let capitals = text.to_uppercase();
    for token in capitals.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if let Some(code) = table.iter().find(|code| code.codes.contains(&token)) {
            return Some(code.value);
        }
    }
    let words = words(text);
    table.iter().find(|code| code.words.iter().any(|pattern| fits(&words, pattern))).map(|code| code.value)
}

/// Takes off the letter of Ofsted's lists of answers: `a) `, `p1) `, `b. `.
pub(super) fn without_list_letter(text: &str) -> &str {
    let text = text.trim_start_matches('(');
    let Some((letter, rest)) = text.split_once([')', '.']) else {
        return text;
    };
    let is_list_letter = letter.len() <= 2 && letter.starts_with(|letter: char| letter.is_ascii_lowercase());
    if is_list_letter && !rest.trim().is_empty() { rest.trim_start() } else { text }
}

/// A plain answer.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Answer {
    Yes,
    No,
    /// The council says that it does not know.
    Unknown,
}

/// `a) Yes`, `Y`, `1 - Yes`, `True`; and what is written for not knowing.
pub(super) fn answer(text: &str) -> Option<Answer> {
    let words = words(without_list_letter(text));
    let mut parts = words.split(' ');
    let first = parts.next()?;
    match first {
        "yes" | "y" | "true" | "t" => Some(Answer::Yes),
        "no" | "n" | "false" | "f" if parts.next().is_none() => Some(Answer::No),
        "1" if matches!(parts.next(), None | Some("yes" | "y")) => Some(Answer::Yes),
        "0" if matches!(parts.next(), None | Some("no" | "n")) => Some(Answer::No),
        "unknown" | "u" => Some(Answer::Unknown),
        "not" if parts.next().is_some_and(|second| matches!(second, "known" | "recorded" | "stated" | "obtained")) => {
            Some(Answer::Unknown)
        }
        _ => None,
    }
}

/// Male, female, neither, not recorded. `u` also stands for the unborn.
pub(super) const SEX: &[Code<Sex>] = &[
    code(
        Sex::Other,
        &["I", "3"],
        &["neither", "indeterminate", "other", "non binary", "transgender", "intersex", "unable*"],
    ),
    code(Sex::NotRecorded, &["U", "0", "9"], &["not*", "unborn", "unknown", "unspecified", "withheld"]),
    code(Sex::Female, &["F", "2"], &["female", "girl"]),
    code(Sex::Male, &["M", "1"], &["male", "boy"]),
];

/// Whether a child is disabled, where the answer is a disability rather than yes or no.
pub(super) const DISABLED: &[Code<bool>] = &[
    code(false, &["NONE"], &["no disab*", "not disabled", "none"]),
    code(
        true,
        &["AUT", "BEH", "COMM", "CON", "DDA", "HAND", "HEAR", "INC", "LD", "MOB", "PC", "VIS"],
        &[
            "autis*",
            "asperger*",
            "behavi*",
            "communicat*",
            "consciousness",
            "disabled",
            "hand function",
            "hearing",
            "incontinence",
            "learning*",
            "mobility",
            "personal care",
            "vision",
            "visual*",
            "disabilit* !no",
        ],
    ),
];

/// The Department's code of an ethnicity. The two-character codes of older returns come last: councils number their
/// own lists in the same way.
pub(super) fn ethnicity(text: &str) -> Option<&'static str> {
    decode(text, ETHNICITY).or_else(|| decode(text, OLDER_ETHNICITY))
}

const ETHNICITY: &[Code<&str>] = &[
    code("WIRT", &["WIRT"], &["traveller"]),
    code("WROM", &["WROM"], &["gypsy*", "roma"]),
    code("MWBC", &["MWBC"], &["white black carib*"]),
    code("MWBA", &["MWBA"], &["white black african"]),
    code("MWAS", &["MWAS"], &["white asian !british"]),
    code("MOTH", &["MOTH"], &["other mixed", "mixed other", "mixed !white"]),
    code("WBRI", &["WBRI"], &["white british", "white english", "white scottish", "white welsh"]),
    code("WIRI", &["WIRI"], &["white irish", "irish"]),
    code("WOTH", &["WOTH"], &["other white", "white other", "white europ*", "white eastern europ*"]),
    code("AIND", &["AIND"], &["indian"]),
    code("APKN", &["APKN"], &["pakistani"]),
    code("ABAN", &["ABAN"], &["bangladeshi"]),
    code("AOTH", &["AOTH"], &["other asian", "asian other"]),
    code("BCRB", &["BCRB"], &["carib*"]),
    code("BAFR", &["BAFR"], &["african"]),
    code("BOTH", &["BOTH"], &["other black", "black other"]),
    code("CHNE", &["CHNE"], &["chinese"]),
    code("REFU", &["REFU"], &["refused"]),
    code("NOBT", &["NOBT"], &["not*", "unknown", "information not"]),
    code("OOTH", &["OOTH"], &["other ethnic*", "other"]),
];

const OLDER_ETHNICITY: &[Code<&str>] = &[
    code("WBRI", &["A1"], &[]),
    code("WIRI", &["A2"], &[]),
    code("WOTH", &["A3"], &[]),
    code("WIRT", &["A4"], &[]),
    code("WROM", &["A5"], &[]),
    code("MWBC", &["B1"], &[]),
    code("MWBA", &["B2"], &[]),
    code("MWAS", &["B3"], &[]),
    code("MOTH", &["B4"], &[]),
    code("AIND", &["C1"], &[]),
    code("APKN", &["C2"], &[]),
    code("ABAN", &["C3"], &[]),
    code("AOTH", &["C4"], &[]),
    code("BCRB", &["D1"], &[]),
    code("BAFR", &["D2"], &[]),
    code("BOTH", &["D3"], &[]),
    code("CHNE", &["E1"], &[]),
    code("OOTH", &["E2"], &[]),
    code("REFU", &["E3"], &[]),
    code("NOBT", &["E4"], &[]),
];

/// Whether a code of ethnicity says nothing about the child.
pub(super) fn is_no_ethnicity(code: &str) -> bool {
    matches!(code, "REFU" | "NOBT")
}

/// Where a contact comes from, and whether that is a professional; unknown sources may be either.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) category: &'static str,
    pub(super) professional: Option<bool>,
}

const fn source(category: &'static str, professional: Option<bool>) -> Source {
    Source { category, professional }
}

/// The sources of contacts and referrals, of the children in need census.
pub(super) const SOURCE: &[Code<Source>] = &[
    code(
        source("individual", Some(false)),
        &["1A", "1B", "1C", "1D"],
        &["individual*", "parent*", "relative*", "self", "acquaintance*"],
    ),
    code(source("schools", Some(true)), &["2A"], &["school*"]),
    code(source("education_services", Some(true)), &["2B"], &["education*", "nurser*", "college*"]),
    code(
        source("health_services", Some(true)),
        &["3A", "3B", "3C", "3D", "3E", "3F"],
        &["health*", "gp", "hospital*", "midwi*", "camhs"],
    ),
    code(source("housing", Some(true)), &["4"], &["housing"]),
    code(
        source("local_authority", Some(true)),
        &["5A", "5B", "5C", "5D"],
        &["la", "local authority", "social care", "council"],
    ),
    code(source("police", Some(true)), &["6"], &["police"]),
    code(
        source("other_legal_agency", Some(true)),
        &["7"],
        &["legal", "court*", "probation", "cafcass", "prison", "immigration"],
    ),
    code(source("other", Some(true)), &["8"], &["other*", "voluntary*"]),
    code(source("anonymous", Some(false)), &["9"], &["anonymous"]),
    code(source("unknown", None), &["10"], &["unknown", "not*"]),
];

/// Where a child in need stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum CaseStatus {
    LookedAfter,
    ProtectionPlan,
    InNeedPlan,
    Assessment,
    Closed,
    CareLeaver,
}

/// The case statuses of list 6.
pub(super) const CASE_STATUS: &[Code<CaseStatus>] = &[
    code(CaseStatus::Closed, &[], &["closed*", "closure"]),
    code(CaseStatus::CareLeaver, &[], &["care leaver*", "leaving care"]),
    code(CaseStatus::LookedAfter, &[], &["looked after*", "in care", "cla", "lac", "cic"]),
    code(CaseStatus::ProtectionPlan, &[], &["protection*", "cp", "cpp"]),
    code(CaseStatus::InNeedPlan, &[], &["in need*", "cin", "cinp"]),
    code(CaseStatus::Assessment, &[], &["assess*", "asmt*"]),
];

/// Why a case in list 6 was closed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Closure {
    pub(super) reason: &'static str,
    pub(super) stepped_down_to: Option<StepDown>,
}

const fn closure(reason: &'static str, stepped_down_to: Option<StepDown>) -> Closure {
    Closure { reason, stepped_down_to }
}

/// The closure of a child who died.
pub(super) const DIED: &str = "died";
/// The closure of a child whose case another authority took over.
pub(super) const OTHER_AUTHORITY: &str = "transferred_to_other_authority";

/// The reasons for closure, of the children in need census.
pub(super) const CLOSURE: &[Code<Closure>] = &[
    code(closure("adopted", None), &["RC1"], &["adopt*"]),
    code(closure(DIED, None), &["RC2"], &["died", "deceased", "death"]),
    code(closure("child_arrangements_order", None), &["RC3"], &["arrangement* order", "residence order"]),
    code(closure("special_guardianship_order", None), &["RC4"], &["special g*"]),
    code(
        closure(OTHER_AUTHORITY, None),
        &["RC5"],
        &["another la", "other la", "another local authority", "other local authority", "out of area", "left area"],
    ),
    code(closure("transferred_to_adult_services", None), &["RC6"], &["adult*"]),
    code(closure("assessed_early_help", Some(StepDown::EarlyHelp)), &["RC9"], &["early help"]),
    code(closure("assessed_no_further_action", None), &["RC8"], &["after assessment", "not in need"]),
    code(
        closure("services_ceased", None),
        &["RC7"],
        &["any other reason", "other*", "no longer in need", "ceased*", "aim*", "all work*"],
    ),
];

/// The category of abuse of a child protection plan; several together are the one called multiple.
pub(super) fn category(text: &str) -> Option<PlanCategory> {
    const SINGLE: [(PlanCategory, &[&str]); 4] = [
        (PlanCategory::Neglect, &["neg*"]),
        (PlanCategory::Emotional, &["emo*"]),
        (PlanCategory::Physical, &["phy*"]),
        (PlanCategory::Sexual, &["sex*", "sab"]),
    ];
    let words = words(without_list_letter(text));
    let mut found = SINGLE.iter().filter(|(_, patterns)| patterns.iter().any(|pattern| fits(&words, pattern)));
    match (found.next(), found.next()) {
        (Some((category, _)), None) if !fits(&words, "mul*") => Some(*category),
        (None, _) if !fits(&words, "mul*") && !fits(&words, "not recommended") => None,
        _ => Some(PlanCategory::Multiple),
    }
}

/// The legal statuses of children looked after.
pub(super) const LEGAL_STATUS: &[Code<LegalStatus>] = &[
    code(LegalStatus::S38, &["C1"], &["interim care order*", "ico"]),
    code(
        LegalStatus::Other,
        &["D1", "E1", "J3", "L2", "L3"],
        &[
            "placement order*",
            "freeing*",
            "freed*",
            "emergency protection*",
            "epo",
            "assessment order*",
            "supervision order*",
            "youth rehabilitation*",
        ],
    ),
    code(LegalStatus::S31, &["C2"], &["care order*", "fco"]),
    code(
        LegalStatus::S20,
        &["V2", "V3", "V4", "S20"],
        &["section 20*", "single period*", "short term break*", "accommodated* 20*"],
    ),
    code(LegalStatus::Police, &["L1"], &["police protection*", "police powers"]),
    code(LegalStatus::Remand, &["J1", "J2"], &["remand*", "pace"]),
];

/// The legal statuses of short breaks: children who stay away for some nights but are not in care between them.
pub(super) fn is_short_breaks(text: &str) -> bool {
    decode(text, &[code((), &["V3", "V4"], &["short term break*"])]).is_some()
}

/// Why care ended, as far as the reason itself says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum CareEnd {
    Reason(CareEndReason),
    /// Care ended for a reason that is usual for those who turn 18.
    LeaverAt18,
    /// The episode ended but not the care.
    NotEnded,
}

/// The reasons why an episode of care ceased.
pub(super) const CARE_END: &[Code<CareEnd>] = &[
    code(CareEnd::NotEnded, &["X1"], &["new episode", "new epi* same day", "codeerror"]),
    code(CareEnd::Reason(CareEndReason::Adopted), &["E1", "E11", "E12"], &["adopt*"]),
    code(CareEnd::Reason(CareEndReason::Died), &["E2"], &["died", "death"]),
    code(
        CareEnd::Reason(CareEndReason::SpecialGuardianship),
        &["E42", "E43", "E44", "E45", "E46", "E47", "E48"],
        &["special guardian*", "sgo"],
    ),
    code(
        CareEnd::Reason(CareEndReason::Other),
        &["E3", "E7", "E9", "E14", "E15", "E16", "E41"],
        &[
            "another la",
            "another local*",
            "other la",
            "adult*",
            "custody",
            "remand*",
            "age assessment*",
            "abroad",
            "residence order*",
            "arrangement* order*",
        ],
    ),
    code(
        CareEnd::Reason(CareEndReason::ReturnedHome),
        &["E4", "E4A", "E4B", "E13"],
        &["returned home*", "return* home", "parents relatives*", "live parent*"],
    ),
    code(CareEnd::Reason(CareEndReason::Independent), &["E5", "E6"], &["independent*", "independant*"]),
    code(CareEnd::Reason(CareEndReason::Leaver), &["E17"], &["aged 18*", "staying put", "remained current carers"]),
    code(CareEnd::LeaverAt18, &["E8"], &["any other*", "other reason*", "other"]),
];

/// What a placement's code says of its kind.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Placement {
    Kind(PlacementKind),
    /// With a foster carer who is no relative: in house or not, as the provider says.
    Fostering,
}

/// The types of placement, also those of years before 2016.
pub(super) const PLACEMENT: &[Code<Placement>] = &[
    code(
        Placement::Kind(PlacementKind::Kinship),
        &["U1", "U2", "U3", "Q1", "F1", "F4"],
        &["foster* relative*", "relative* friend*"],
    ),
    code(Placement::Kind(PlacementKind::InHouseFostering), &["F2", "F5"], &[]),
    code(Placement::Kind(PlacementKind::AgencyFostering), &["F3", "F6"], &["foster* agency"]),
    code(Placement::Fostering, &["U4", "U5", "U6", "Q2"], &["foster*"]),
    code(Placement::Kind(PlacementKind::Adoption), &["A1", "A2", "A3", "A4", "A5", "A6"], &["adopt*"]),
    code(Placement::Kind(PlacementKind::Parents), &["P1"], &["placed* parent*", "own parents"]),
    code(Placement::Kind(PlacementKind::Secure), &["K1", "H1", "H2", "R5"], &["secure*", "young offender*", "prison"]),
    code(
        Placement::Kind(PlacementKind::Residential),
        &["K2", "H3", "H4", "R1", "R3", "S1"],
        &["childrens home*", "residential care*", "residential school*", "mother baby", "family centre"],
    ),
    code(
        Placement::Kind(PlacementKind::Supported),
        &["H5", "P2"],
        &["independent living*", "residential accommodation", "semi independent*", "supported*", "hostel*"],
    ),
    code(
        Placement::Kind(PlacementKind::Other),
        &["P3", "R2", "Z1", "T0", "T1", "T2", "T3", "T4", "M1", "M2", "M3"],
        &["temporary*", "nhs*", "residential employment", "other*"],
    ),
];

/// The providers of placements.
pub(super) const PROVIDER: &[Code<&str>] = &[
    code("parents", &["PR0"], &["parent*"]),
    code(OWN_PROVISION, &["PR1"], &["own*"]),
    code("other_authority", &["PR2"], &["other la", "other local*"]),
    code("other_public", &["PR3"], &["other public*", "public"]),
    code("private", &["PR4"], &["private*", "agency"]),
    code("voluntary", &["PR5"], &["voluntary*", "third sector"]),
];

/// The provider of placements that are in house.
pub(super) const OWN_PROVISION: &str = "own";

/// Whether a placement is within the authority's borders.
pub(super) const IN_COUNTY: &[Code<bool>] =
    &[code(false, &["OUT"], &["out*", "no"]), code(true, &["IN"], &["in", "inside*", "within*", "yes", "y"])];

/// A care leaver's right to support.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Eligibility {
    /// Still in care, 16 or 17.
    Eligible,
    /// Left care at 16 or 17.
    Relevant,
    /// 18 or over.
    FormerRelevant,
    /// 16 to 25, with less time in care.
    Qualifying,
    Other,
}

/// The categories of eligibility of list 9.
pub(super) const ELIGIBILITY: &[Code<Eligibility>] = &[
    code(Eligibility::Qualifying, &["Q"], &["qualifying*"]),
    code(Eligibility::FormerRelevant, &["FR"], &["former* relevant*", "pa to 25"]),
    code(Eligibility::Relevant, &["R"], &["relevant*"]),
    code(Eligibility::Eligible, &["E"], &["eligible*"]),
    code(Eligibility::Other, &[], &["other*"]),
];

/// Whether the authority is in touch with a care leaver.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Touch {
    /// Support goes on.
    Supported,
    /// Support has ended: the young person died or went back to parents for good.
    Ended,
}

/// The answers to "in touch" of list 9.
pub(super) const TOUCH: &[Code<Touch>] = &[
    code(Touch::Ended, &["DIED", "RHOM"], &["died*", "returned* home", "returned* parents*"]),
    code(
        Touch::Supported,
        &["YES", "Y", "NO", "N", "REFU", "NREQ", "1", "2", "3", "4", "5", "8"],
        &["yes*", "no", "no !longer", "refuse*", "no longer requires*", "not*", "unknown"],
    ),
];

/// Where a care leaver lives.
pub(super) const ACCOMMODATION: &[Code<&str>] = &[
    code("parents_or_relatives", &["B", "B1", "B2"], &["parents* relatives", "parents*"]),
    code("residential_care", &["C", "C1", "C2"], &["community home*", "residential care*"]),
    code("semi_independent", &["D", "D1", "D2"], &["semi independent*", "transitional*"]),
    code("supported_lodgings", &["E", "E1", "E2"], &["supported lodging*"]),
    code("abroad", &["G", "G1", "G2"], &["abroad"]),
    code("deported", &["H", "H1", "H2"], &["deported"]),
    code("ordinary_lodgings", &["K", "K1", "K2"], &["ordinary lodging*"]),
    code("not_known", &["R", "R1", "R2"], &["not known", "unknown", "whereabouts*"]),
    code("no_fixed_abode", &["S", "S1", "S2"], &["fixed abode*", "homeless*"]),
    code("foyer", &["T", "T1", "T2"], &["foyer*"]),
    code("independent_living", &["U", "U1", "U2"], &["independ* living"]),
    code("emergency", &["V", "V1", "V2"], &["emergency*"]),
    code("bed_and_breakfast", &["W", "W1", "W2"], &["bed breakfast"]),
    code("custody", &["X", "X1", "X2"], &["custody"]),
    code("former_foster_carers", &["Z", "Z1", "Z2"], &["former foster*", "staying put*"]),
    code("other", &["Y", "Y1", "Y2"], &["other*"]),
];

/// Whether accommodation is suitable.
pub(super) const SUITABLE: &[Code<Option<bool>>] = &[
    code(Some(false), &["2"], &["unsuitable", "not suitable", "no", "false"]),
    code(Some(true), &["1"], &["suitable", "yes", "true"]),
    code(None, &["0"], &["not recorded", "unknown", "not known", "not in touch"]),
];

/// What a care leaver does.
pub(super) const ACTIVITY: &[Code<EetStatus>] = &[
    code(
        EetStatus::Neet,
        &["G4", "G5", "G6", "NEET"],
        &["not education*", "neet", "illness*", "pregnan*", "parenting*"],
    ),
    code(EetStatus::Training, &["F4", "P4"], &["apprentice*", "training !employment"]),
    code(EetStatus::Employment, &["F3", "P3", "F5", "P5"], &["training employment", "employ*", "training*"]),
    code(EetStatus::Education, &["F2", "P2"], &["other than higher", "not higher", "education !higher*"]),
    code(EetStatus::HigherEducation, &["F1", "P1"], &["higher education*", "university"]),
];
