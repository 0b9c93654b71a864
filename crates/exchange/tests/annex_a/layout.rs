//! Finding lists and columns, and reading cells however they are written.

use exchange::annex_a::{AnnexAError, read};

use crate::support::{assert_lines, check, check_with_problems, day, import, problems, shown, workbook};

const CONTACT: &str = r#"2021-03-01 00:10 1/contact.received/2021-03-01 {"episode":"contact-2021-03-01","source_category":"police","professional":true}"#;

#[test]
fn names_of_sheets() {
    let names = [
        "List 1",
        "List_1",
        "List1",
        "LIST 1",
        "list 01",
        "List 1 - Contacts",
        "1",
        "1. Contacts",
        "Annex A List 1",
        "Contacts",
        "Contacts Jan 21",
        "Sheet1",
    ];
    for name in names {
        let import = import(&[(name, "Child Unique ID | Date of Contact | Contact Source\n1 | 2021-03-01 | 6")]);
        let changes = import.events(&[]).unwrap();
        assert_lines(&shown(&changes), CONTACT);
    }
}

#[test]
fn the_headers_know_better_than_the_name() {
    let sheets = [("List 2", "Child Unique ID | Date of Contact | Contact Source\n1 | 2021-03-01 | 6")];
    check(&sheets, CONTACT);
    let notices = import(&sheets).notices.join("\n");
    assert!(notices.contains("the sheet List 2 has the columns of list 1 (contacts), not of list 2"), "{notices}");
}

#[test]
fn of_two_sheets_of_a_list_the_better_one_is_read() {
    let sheets = [
        ("Notes on List 1", "This sheet | explains | list 1"),
        ("List 1", "Child Unique ID | Date of Contact | Contact Source\n1 | 2021-03-01 | 6"),
    ];
    check(&sheets, CONTACT);
    let notices = import(&sheets).notices.join("\n");
    assert!(notices.contains("two sheets are list 1: List 1 is read, Notes on List 1 is not"), "{notices}");
}

#[test]
fn titles_above_the_headers_and_headers_repeated_below() {
    check(
        &[(
            "List 1",
            "List 1: Contacts
             ---
             Period | 2020-10-01 | 2021-03-31
             | Child Unique ID | Date of Contact | Contact Source | Notes
             | 1 | 2021-03-01 | 6 | x
             | Child Unique ID | Date of Contact | Contact Source | Notes",
        )],
        CONTACT,
    );
}

#[test]
fn columns_of_other_years() {
    let tables = [
        "Unique child ID | Contact Date | Source of contact\n1 | 2021-03-01 | 6",
        "CHILD ID | Gender | DATE OF CONTACT | Contact Source:\n1 | M | 2021-03-01 | 6",
        "Child's Unique Identifier | Sex | date  of contact | Contact source\n1 | M | 2021-03-01 | 6",
        "ChildUniqueID | DateOfContact | ContactSource\n1 | 2021-03-01 | 6",
        "Contact Source | Date of Contact | Age | Child Unique ID\n6 | 2021-03-01 | 7 | 1",
    ];
    for table in tables {
        let import = import(&[("List 1", table)]);
        let shown = shown(&import.events(&[]).unwrap());
        let lines: Vec<&str> = shown.lines().filter(|line| line.contains("contact.")).collect();
        assert_lines(&lines.join("\n"), CONTACT);
    }
}

#[test]
fn names_of_databases_are_columns_too() {
    let list_8 = "ChildUniqueID | LoookedAfterStartDate | MostRecentLegalStatusStart | LegalStatus | LatestStatutoryReviewDate | LastSocialWorkVisitDate | LastIROVisitDate | LastHealthAssessmentDate | LastDentalCheckDate | CeasedLookedAfterDate | ReasonCeasedLookedAfter | MostRecentPlacementStartDate | PlacementType | PlacementProvider
        1 | 2020-10-01 | | C2 | 2021-02-01 | 2021-03-01 | 2021-02-02 | 2021-01-05 | 2021-01-06 | | | 2020-10-15 | U6 | PR1";
    let list_7 = "ChildUniqueID | ChildProtectionPlanStartDate | InitialCategoryOfAbuse | LatestCategoryOfAbuse | DateOfLastStatutoryVisit | ChildSeenAlone | DateOfLatestReviewConf | ChildProtectionPlanEndDate | ProtectionLastSixMonths | NumberOfPreviousChildProtectionPlans
        2 | 2020-10-01 | NEG | NEG | 2021-03-01 | Y | 2021-01-01 | | b) No | 0";
    check(
        &[("List 7", list_7), ("List 8", list_8)],
        r#"2020-10-01 00:00 1/care.started/2020-10-01 {"episode":"care-2020-10-01","legal_status":"s31"}
           2020-10-01 00:00 2/plan.started/cp/2020-10-01 {"episode":"cp-2020-10-01","kind":"cp","category":"neglect"}
           2020-10-15 00:00 1/placement.started/2020-10-15 {"episode":"placement-2020-10-15","kind":"in_house_fostering","provider":"own"}
           2021-01-01 14:30 2/conference.held/review/2021-01-01 {"kind":"review","outcome":"plan_continues"}
           2021-01-05 15:00 1/health_assessment.completed/2021-01-05 {"kind":"initial"}
           2021-01-06 15:30 1/dental_check.completed/2021-01-06 {}
           2021-02-01 13:00 1/review.held/care/2021-02-01 {"kind":"care"}
           2021-02-02 16:00 1/iro_contact.recorded/2021-02-02 {}
           2021-03-01 12:00 1/visit.completed/statutory/2021-03-01 {"purposes":["statutory"],"seen":true,"mode":"face_to_face"}
           2021-03-01 12:00 2/visit.completed/cp/2021-03-01 {"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#,
    );
}

#[test]
fn a_second_column_of_the_same_meaning_is_reported() {
    check_with_problems(
        &[(
            "List 1",
            "Child Unique ID | Date of Contact | Contact Source | Contact Date\n1 | 2021-03-01 | 6 | 2021-03-02",
        )],
        CONTACT,
        "List 1 row 1, column D (Contact Date): it means the same as column B, which is used",
    );
}

#[test]
fn what_is_missing_is_said_and_the_rest_is_read() {
    let sheets = [
        ("List 1", "Child Unique ID | Date of Contact | Contact Source\n1 | 2021-03-01 | 6"),
        ("List 3", "Child Unique ID | Gender | Referral Source | Referral NFA?\n1 | M | 6 | No"),
        ("List 4", ""),
    ];
    check(&sheets, CONTACT);
    let notices = import(&sheets).notices.join("\n");
    assert!(
        notices.contains(r#"list 3 (referrals, sheet List 3) is not read: it has no column "Date of Referral""#),
        "{notices}"
    );
    assert!(
        notices.contains("list 4 (assessments, sheet List 4) is not read: there is no row with its headers"),
        "{notices}"
    );
    assert!(notices.contains("no sheet is list 5; it is not imported"), "{notices}");
}

#[test]
fn a_workbook_without_lists_is_refused() {
    let error = read(&workbook(&[("Budget", "Month | Sum\nMay | 12")]), day("2021-03-31")).err().unwrap();
    assert!(matches!(error, AnnexAError::NoLists), "{error}");
}

/// What a cell in the column of a date becomes: a date, or why it is none, or nothing.
fn date(cell: &str) -> String {
    let sheet = format!("Child Unique ID | Date of Birth | Date of Contact | Contact Source\n1 | | {cell} | 6");
    let import = import(&[("List 1", &sheet)]);
    let shown = shown(&import.events(&[]).unwrap());
    match shown.split_once("contact-") {
        Some((_, rest)) => rest.split_once('"').unwrap().0.to_owned(),
        None => problems(&import).trim().split_once("): ").unwrap().1.to_owned(),
    }
}

#[test]
fn dates() {
    let cases = [
        ("2021-03-01", "2021-03-01"),
        ("'2021-03-01", "2021-03-01"),
        ("'01/03/2021", "2021-03-01"),
        ("'1/3/2021", "2021-03-01"),
        ("'01/03/21", "2021-03-01"),
        ("'01-03-2021", "2021-03-01"),
        ("'01.03.2021", "2021-03-01"),
        ("'2021/03/01", "2021-03-01"),
        ("'1-Mar-21", "2021-03-01"),
        ("'01 March 2021", "2021-03-01"),
        ("'1st March 2021", "2021-03-01"),
        ("'Mon 1 Mar 2021", "2021-03-01"),
        ("'Monday, 1 March 2021", "2021-03-01"),
        ("'March 1, 2021", "2021-03-01"),
        ("'2021-03-01 00:00:00", "2021-03-01"),
        ("'2021-03-01T00:00:00", "2021-03-01"),
        ("'2021-03-01 00:00:00.000", "2021-03-01"),
        ("'01/03/2021 13:45", "2021-03-01"),
        ("'01/03/2021 1:45:00 PM", "2021-03-01"),
        // Midnight in London in summer, as programs write it.
        ("'2020-06-30T23:00:00Z", "2020-07-01"),
        ("'2020-06-30 23:00:00+00:00", "2020-07-01"),
        ("44256", "2021-03-01"),
        ("44256.75", "2021-03-01"),
        ("'44256", "2021-03-01"),
        ("'44256.0", "2021-03-01"),
        ("20210301", "2021-03-01"),
        ("'20210301", "2021-03-01"),
        ("'\u{a0}01/03/2021 ", "2021-03-01"),
        ("=TODAY() → 44256", "2021-03-01"),
        ("", "it is empty; what depends on it is not used"),
        ("'N/A", "it is empty; what depends on it is not used"),
        ("#N/A", "it holds the error \"#N/A\""),
        ("'#N/A", "it holds the error \"#N/A\""),
        ("#REF!", "it holds the error \"#REF!\""),
        ("soon", "\"soon\" is no date"),
        ("'2021", "\"2021\" is no date"),
        ("'03/25/2021", "\"03/25/2021\" is no date"),
        ("'30/02/2021", "\"30/02/2021\" is no date"),
        ("'01/03/2021 and later", "\"01/03/2021 and later\" is no date"),
        ("-5", "\"-5\" is no date"),
        ("60", "\"60\" is no date"),
        ("99999999", "\"99999999\" is no date"),
        ("'01/03/1821", "1821-03-01 is before 1900"),
        ("2021-04-01", "2021-04-01 is after 2021-03-31, the day of the workbook"),
    ];
    for (cell, expected) in cases {
        assert_eq!(date(cell), expected, "{cell}");
    }
}

#[test]
fn identifiers_are_the_same_however_they_are_written() {
    let sheet = "Child Unique ID | Date of Contact | Contact Source
        9212044 | 2021-03-01 | 6
        '9212044 | 2021-03-02 | 6
        '9212044.0 | 2021-03-03 | 6
        '9 212\u{a0}044 | 2021-03-04 | 6
        ab12 | 2021-03-05 | 6
        AB12 | 2021-03-06 | 6
        '?! | 2021-03-07 | 6
        | 2021-03-08 | 6";
    let import = import(&[("List 1", sheet)]);
    let changes = import.events(&[]).unwrap();
    let mut subjects: Vec<String> = changes.events.iter().map(|event| event.subject.to_string()).collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(changes.events.len(), 6);
    assert_eq!(subjects.len(), 2);
    assert_lines(
        &problems(&import),
        "List 1 row 8, column A (Child Unique ID): \"?!\" is no identifier
         List 1 row 9, column A (Child Unique ID): it is empty; the row is not used",
    );
}

#[test]
fn an_identifier_that_looks_like_a_path_stays_one_segment() {
    let import = import(&[("List 1", "Child Unique ID | Date of Contact | Contact Source\n'A/1#2 | 2021-03-01 | 6")]);
    assert_eq!(import.events(&[]).unwrap().events[0].id, "A%2F1%232/contact.received/2021-03-01#1");
}

#[test]
fn spaces_that_do_not_break_are_spaces() {
    let import = import(&[(
        "List 7",
        "Child Unique ID | Child Protection Plan Start Date | Allocated Team | Allocated Worker\n1 | 2021-03-01 | East\u{a0} 1 | Mathilde\u{a0}Cutsforth",
    )]);
    let shown = shown(&import.events(&[]).unwrap());
    assert!(shown.contains(r#""team":"East 1","worker":"Mathilde Cutsforth""#), "{shown}");
}

#[test]
fn cells_that_say_that_there_is_nothing_are_empty() {
    check(
        &[(
            "List 1",
            "Child Unique ID | Gender | Ethnicity | Does the Child have a Disability | Date of Contact | Contact Source | UASC
             1 | - | n/a | | 2021-03-01 | 6 | N/A",
        )],
        CONTACT,
    );
}

#[test]
fn coded_values_that_are_not_known_are_reported() {
    check_with_problems(
        &[(
            "List 1",
            "Child Unique ID | Gender | Ethnicity | Does the Child have a Disability | Date of Contact | Contact Source
             1 | x | Martian | perhaps | 2021-03-01 | 6",
        )],
        CONTACT,
        r#"List 1 row 2, column B (Gender): "x" is no value that the list knows
           List 1 row 2, column C (Ethnicity): "Martian" is no ethnicity that is known
           List 1 row 2, column D (Does the Child have a Disability): "perhaps" is neither yes nor no nor a disability that is known"#,
    );
}
