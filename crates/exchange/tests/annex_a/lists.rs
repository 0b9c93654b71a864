//! What each list becomes.

use crate::support::{assert_lines, check, check_with_problems, import, shown};

#[test]
fn a_child_is_registered_from_what_all_lists_say() {
    let import = import(&[
        (
            "List 1",
            "Child Unique ID | Gender | Ethnicity | Date of Birth | Date of Contact | Contact Source
             123 | a) Male | t) NOBT | 2015-06-02 | 2021-03-01 | q) 6: Police",
        ),
        (
            "List 8",
            "Child Unique ID | Gender | Ethnicity | Date of Birth | UASC | Does the Child have a Disability | Date Started to be Looked After | Child's Legal Status
             '123 | c) Not stated/recorded | j) AIND | 2015-06-02 | a) Yes | b) No | 2021-03-02 | V2",
        ),
    ]);
    let changes = import.events(&[]).unwrap();
    let lines: Vec<_> = changes.events.iter().filter(|event| event.id.contains("child.")).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        serde_json::to_string(&lines[0].data).unwrap(),
        r#"{"date_of_birth":"2015-06-02","sex":"male","ethnicity":"AIND","disabled":false,"uasc":true}"#
    );
}

#[test]
fn of_two_dates_of_birth_the_one_that_more_rows_give_is_used() {
    let rows = |dates: &[&str]| {
        let mut table = "Child Unique ID | Date of Birth | Date of Contact | Contact Source\n".to_owned();
        for (position, date) in dates.iter().enumerate() {
            table.push_str(&format!("1 | {date} | 2021-03-0{} | 6\n", position + 1));
        }
        table
    };
    let table = rows(&["2015-06-02", "2015-02-06", "2015-06-02"]);
    let import = import(&[("List 1", &table)]);
    let changes = import.events(&[]).unwrap();
    assert!(shown(&changes).contains(r#"{"date_of_birth":"2015-06-02"}"#));
    assert_lines(
        &crate::support::problems(&import),
        "List 1 row 3, column B (Date of Birth): other rows of the child give 2015-06-02, which is used, and not 2015-02-06",
    );
}

#[test]
fn an_unborn_child_is_expected_and_a_child_without_date_of_birth_is_updated() {
    let import = import(&[(
        "List 1",
        "Child Unique ID | Gender | Date of Birth | Date of Contact | Contact Source
         1 | Unborn | 2021-06-20 | 2021-03-01 | 6
         2 | Female |  | 2021-03-01 | 6
         3 | Female | 2031-06-20 | 2021-03-01 | 6
         4 |  |  | 2021-03-01 | 6",
    )]);
    let changes = import.events(&[]).unwrap();
    crate::support::accepted(&changes);
    let lines = shown(&changes);
    let lines: Vec<&str> = lines.lines().filter(|line| line.contains("/child.")).collect();
    assert_lines(
        &lines.join("\n"),
        r#"2021-03-31 00:00 1/child.registered {"expected_date":"2021-06-20","sex":"not_recorded"}
           2021-03-31 00:00 2/child.updated {"sex":"female"}
           2021-03-31 00:00 3/child.updated {"sex":"female"}"#,
    );
    assert_lines(
        &crate::support::problems(&import),
        "List 1 row 4, column C (Date of Birth): 2031-06-20 is long after 2021-03-31, the day of the workbook",
    );
}

#[test]
fn list_1_contacts() {
    check(
        &[(
            "List 1",
            "Child Unique ID | Date of Contact | Contact Source
             1 | 2021-03-01 | a) 1A: Individual
             1 | 2021-03-02 | q) 6: Police
             1 | 2021-03-02 | e) 2A: Schools
             1 | 2021-03-03 | 10
             1 | 2021-03-04 |",
        )],
        r#"2021-03-01 00:10 1/contact.received/2021-03-01 {"episode":"contact-2021-03-01","source_category":"individual","professional":false}
           2021-03-02 00:10 1/contact.received/2021-03-02 {"episode":"contact-2021-03-02","source_category":"police","professional":true}
           2021-03-02 00:10 1/contact.received/2021-03-02-2 {"episode":"contact-2021-03-02-2","source_category":"schools","professional":true}
           2021-03-03 00:10 1/contact.received/2021-03-03 {"episode":"contact-2021-03-03","source_category":"unknown"}
           2021-03-04 00:10 1/contact.received/2021-03-04 {"episode":"contact-2021-03-04"}"#,
    );
}

#[test]
fn the_same_contact_twice_is_one() {
    check_with_problems(
        &[(
            "List 1",
            "Child Unique ID | Date of Contact | Contact Source
             1 | 2021-03-01 | 6
             1 | 2021-03-01 | Police",
        )],
        r#"2021-03-01 00:10 1/contact.received/2021-03-01 {"episode":"contact-2021-03-01","source_category":"police","professional":true}"#,
        "List 1 row 3, column A (Child Unique ID): the row is about the same as row 2, which is used",
    );
}

#[test]
fn list_2_early_help() {
    check(
        &[(
            "List 2",
            "Child Unique ID | Assessment start date | Assessment completion date | Organisation completing assessment
             1 | 2021-01-04 | 2021-02-05 | Top Town Academy
             2 | 2021-02-01 | | Early Help Service",
        )],
        r#"2021-01-04 00:00 1/early_help.started/2021-01-04 {"episode":"early-help-2021-01-04"}
           2021-01-04 00:50 1/assessment.started/early-help/2021-01-04 {"episode":"early-help-2021-01-04","kind":"early_help"}
           2021-02-01 00:00 2/early_help.started/2021-02-01 {"episode":"early-help-2021-02-01"}
           2021-02-01 00:50 2/assessment.started/early-help/2021-02-01 {"episode":"early-help-2021-02-01","kind":"early_help"}
           2021-02-05 18:00 1/assessment.completed/early-help/2021-01-04 {"episode":"early-help-2021-01-04","kind":"early_help","outcome":"early_help"}"#,
    );
}

#[test]
fn list_3_referrals() {
    check(
        &[(
            "List 3",
            "Child Unique ID | Date of Referral | Referral Source | Referral NFA?
             1 | 2021-03-01 | 6 | No
             2 | 2021-03-02 | 6 | a) Yes
             3 | 2021-03-03 | 6 | NFA",
        )],
        r#"2021-03-01 00:20 1/referral.received/2021-03-01 {"episode":"referral-2021-03-01","pathway":"s17"}
           2021-03-02 00:20 2/referral.received/2021-03-02 {"episode":"referral-2021-03-02","pathway":"s17"}
           2021-03-02 21:00 2/case.closed/referral/2021-03-02 {"episode":"referral-2021-03-02","reason":"no_further_action"}
           2021-03-03 00:20 3/referral.received/2021-03-03 {"episode":"referral-2021-03-03","pathway":"s17"}
           2021-03-03 21:00 3/case.closed/referral/2021-03-03 {"episode":"referral-2021-03-03","reason":"no_further_action"}"#,
    );
}

const LIST_4: &str = "Child Unique ID | Continuous Assessment Start Date | Child Seen During Continuous Assessment | Continuous Assessment Date of Authorisation | Was the child assessed as requiring LA children's social care support?";
const LIST_6: &str = "Child Unique ID | CIN Start Date | Primary Need Code | Date Child Was Last Seen | CIN Closure Date | Reason for Closure | Case Status";
const LIST_7: &str = "Child Unique ID | Child Protection Plan Start Date | Initial Category of Abuse | Latest Category of Abuse | Date of the Last Statutory Visit | Was the Child Seen Alone? | Date of latest review conference | Child Protection Plan End Date";
const LIST_8: &str = "Child Unique ID | Date Started to be Looked After | Start date of current legal status | Child's Legal Status | Date of Latest Statutory Review | Date of Last Social Work Visit | Date of Last IRO Visit / Contact to the Child | Date of Last Health Assessment | Date of Last Dental Check | Date Ceased to be Looked After | Reason Ceased to be Looked After | Start Date of Most Recent Placement | Placement Type | Placement Provider | Placement Location";

fn table(header: &str, rows: &str) -> String {
    format!("{header}\n{rows}")
}

#[test]
fn list_4_assessments() {
    let list_4 = table(
        LIST_4,
        "1 | 2021-01-04 | Yes | 2021-02-05 | a) Yes
         2 | 2021-01-04 | Yes | 2021-02-05 | b) No
         3 | 2021-03-01 | No | |",
    );
    check(
        &[("List 4", &list_4)],
        r#"2021-01-04 00:50 1/assessment.started/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single"}
           2021-01-04 00:50 2/assessment.started/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single"}
           2021-02-05 18:00 1/assessment.completed/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single","outcome":"cin_plan"}
           2021-02-05 18:00 2/assessment.completed/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single","outcome":"no_further_action"}
           2021-03-01 00:50 3/assessment.started/2021-03-01 {"episode":"assessment-2021-03-01","kind":"single"}"#,
    );
}

#[test]
fn a_child_in_care_or_with_a_protection_plan_needs_no_child_in_need_plan() {
    let list_4 = table(
        LIST_4,
        "1 | 2021-01-04 | Yes | 2021-02-05 | Yes
         2 | 2021-01-04 | Yes | 2021-02-05 | Yes",
    );
    let list_7 = table(LIST_7, "2 | 2021-02-01 | Neglect | Neglect | | | |");
    let list_8 = table(LIST_8, "1 | 2020-10-01 | | C2: FCO");
    check(
        &[("List 4", &list_4), ("List 7", &list_7), ("List 8", &list_8)],
        r#"2020-10-01 00:00 1/care.started/2020-10-01 {"episode":"care-2020-10-01","legal_status":"s31"}
           2021-01-04 00:50 1/assessment.started/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single"}
           2021-01-04 00:50 2/assessment.started/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single"}
           2021-02-01 00:00 2/plan.started/cp/2021-02-01 {"episode":"cp-2021-02-01","kind":"cp","category":"neglect"}
           2021-02-05 18:00 1/assessment.completed/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single","outcome":"care"}
           2021-02-05 18:00 2/assessment.completed/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single","outcome":"strategy_discussion"}"#,
    );
}

#[test]
fn an_untold_outcome_is_taken_from_where_the_child_is() {
    let list_4 = table(
        LIST_4,
        "1 | 2021-01-04 | Yes | 2021-02-05 | CS Assessment Updated
         2 | 2021-01-04 | Yes | 2021-02-05 |",
    );
    let list_6 = table(LIST_6, "1 | 2021-01-04 | N1 | | | | c) Child in need plan");
    check_with_problems(
        &[("List 4", &list_4), ("List 6", &list_6)],
        r#"2021-01-04 00:20 1/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-01-04 00:50 1/assessment.started/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single","referral":"case-2021-01-04"}
           2021-01-04 00:50 2/assessment.started/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single"}
           2021-02-05 00:00 1/plan.started/cin/2021-01-04 {"episode":"cin-2021-01-04","kind":"cin","origin":"assessment"}
           2021-02-05 18:00 1/assessment.completed/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single","referral":"case-2021-01-04","outcome":"cin_plan"}
           2021-02-05 18:00 2/assessment.completed/2021-01-04 {"episode":"assessment-2021-01-04","kind":"single","outcome":"no_further_action"}"#,
        r#"List 4 row 2, column E (Was the child assessed as requiring LA children's social care support?): "CS Assessment Updated" is neither yes nor no; the outcome is taken from where the child is now
           List 4 row 3, column E (Was the child assessed as requiring LA children's social care support?): it is empty; the outcome is taken from where the child is now"#,
    );
}

const LIST_5: &str = "Child Unique ID | Strategy discussion initiating Section 47 Enquiry Start Date | Was an Initial Child Protection Conference deemed unnecessary? | Date of Initial Child Protection Conference | Did the Initial Child Protection Conference Result in a Child Protection Plan";

#[test]
fn list_5_enquiries() {
    let list_5 = table(
        LIST_5,
        "1 | 2021-01-04 | No | 2021-01-20 | a) Yes
         2 | 2021-01-04 | No | 2021-01-20 | b) No
         3 | 2021-01-04 | Yes | |
         4 | 2021-03-20 | | |",
    );
    check(
        &[("List 5", &list_5)],
        r#"2021-01-04 00:30 1/strategy_discussion.held/2021-01-04 {"episode":"strategy-2021-01-04","kind":"initial","outcome":"s47"}
           2021-01-04 00:30 2/strategy_discussion.held/2021-01-04 {"episode":"strategy-2021-01-04","kind":"initial","outcome":"s47"}
           2021-01-04 00:30 3/strategy_discussion.held/2021-01-04 {"episode":"strategy-2021-01-04","kind":"initial","outcome":"s47"}
           2021-01-04 00:40 1/s47.started/2021-01-04 {"episode":"s47-2021-01-04","strategy_discussion":"strategy-2021-01-04"}
           2021-01-04 00:40 2/s47.started/2021-01-04 {"episode":"s47-2021-01-04","strategy_discussion":"strategy-2021-01-04"}
           2021-01-04 00:40 3/s47.started/2021-01-04 {"episode":"s47-2021-01-04","strategy_discussion":"strategy-2021-01-04"}
           2021-01-04 14:00 3/s47.completed/2021-01-04 {"episode":"s47-2021-01-04","strategy_discussion":"strategy-2021-01-04","outcome":"no_further_action"}
           2021-01-20 14:00 1/s47.completed/2021-01-04 {"episode":"s47-2021-01-04","strategy_discussion":"strategy-2021-01-04","outcome":"icpc"}
           2021-01-20 14:00 2/s47.completed/2021-01-04 {"episode":"s47-2021-01-04","strategy_discussion":"strategy-2021-01-04","outcome":"icpc"}
           2021-01-20 14:30 1/conference.held/initial/2021-01-20 {"kind":"initial","s47":"s47-2021-01-04","outcome":"cp_plan"}
           2021-01-20 14:30 2/conference.held/initial/2021-01-20 {"kind":"initial","s47":"s47-2021-01-04","outcome":"no_further_action"}
           2021-03-20 00:30 4/strategy_discussion.held/2021-03-20 {"episode":"strategy-2021-03-20","kind":"initial","outcome":"s47"}
           2021-03-20 00:40 4/s47.started/2021-03-20 {"episode":"s47-2021-03-20","strategy_discussion":"strategy-2021-03-20"}"#,
    );
}

#[test]
fn list_6_cases_by_their_status() {
    let list_6 = table(
        LIST_6,
        "1 | 2021-01-04 | N1 | 2021-03-02 | | | a) Looked after child
         2 | 2021-01-04 | N1 | 2021-03-02 | | | b) Child Protection plan
         3 | 2021-01-04 | N1 | 2021-03-02 | | | c) Child in need plan
         4 | 2021-01-04 | N1 | | | | d) Open assessment
         5 | 2021-01-04 | N1 | 2021-02-02 | 2021-03-01 | RC9 - Case closed after assessment, referred to early help | e) Closed episode
         6 | 2021-01-04 | N1 | | 2021-03-01 | | e) Closed episode",
    );
    check(
        &[("List 6", &list_6)],
        r#"2021-01-04 00:00 3/plan.started/cin/2021-01-04 {"episode":"cin-2021-01-04","kind":"cin"}
           2021-01-04 00:20 1/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-01-04 00:20 2/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-01-04 00:20 3/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-01-04 00:20 4/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-01-04 00:20 5/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-01-04 00:20 6/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-02-02 12:00 5/visit.completed/cin/2021-02-02 {"purposes":["initial","cin"],"seen":true,"mode":"face_to_face"}
           2021-03-01 21:00 5/case.closed/2021-01-04 {"episode":"case-2021-01-04","reason":"assessed_early_help","stepped_down_to":"early_help"}
           2021-03-01 21:00 6/case.closed/2021-01-04 {"episode":"case-2021-01-04","reason":"not_recorded"}
           2021-03-02 12:00 1/visit.completed/cin/2021-03-02 {"purposes":["initial","cin"],"seen":true,"mode":"face_to_face"}
           2021-03-02 12:00 2/visit.completed/cin/2021-03-02 {"purposes":["initial","cin"],"seen":true,"mode":"face_to_face"}
           2021-03-02 12:00 3/visit.completed/cin/2021-03-02 {"purposes":["initial","cin"],"seen":true,"mode":"face_to_face"}"#,
    );
}

#[test]
fn a_case_closed_without_a_date_is_closed_on_the_day_of_the_workbook() {
    let list_6 = table(LIST_6, "1 | 2021-01-04 | N1 | | | | e) Closed episode");
    check_with_problems(
        &[("List 6", &list_6)],
        r#"2021-01-04 00:20 1/referral.received/case/2021-01-04 {"episode":"case-2021-01-04","pathway":"s17"}
           2021-03-31 21:00 1/case.closed/2021-01-04 {"episode":"case-2021-01-04","reason":"not_recorded"}"#,
        "List 6 row 2, column G (Case Status): it says closed, but there is no date of closure; the case is closed on the workbook's day",
    );
}

#[test]
fn a_referral_of_list_3_is_that_of_the_case_in_list_6() {
    let list_3 = "Child Unique ID | Date of Referral | Referral Source | Referral NFA?
        1 | 2021-01-04 | 6 | No
        2 | 2020-12-01 | 6 | No
        3 | 2021-02-01 | 6 | No
        4 | 2020-11-01 | 6 | No";
    let list_6 = table(
        LIST_6,
        "1 | 2021-01-04 | N1 | | | | d) Open assessment
         2 | 2021-01-04 | N1 | | 2021-03-01 | RC7 | e) Closed episode
         3 | 2020-01-04 | N1 | | 2021-03-01 | RC1 - Adopted | e) Closed episode
         4 | 2021-02-04 | N1 | | | | d) Open assessment",
    );
    // The same day; five weeks before; a new referral in an open case; too long before.
    check(
        &[("List 3", list_3), ("List 6", &list_6)],
        r#"2020-01-04 00:20 3/referral.received/case/2020-01-04 {"episode":"case-2020-01-04","pathway":"s17"}
           2020-11-01 00:20 4/referral.received/2020-11-01 {"episode":"referral-2020-11-01","pathway":"s17"}
           2020-12-01 00:20 2/referral.received/2020-12-01 {"episode":"referral-2020-12-01","pathway":"s17"}
           2021-01-04 00:20 1/referral.received/2021-01-04 {"episode":"referral-2021-01-04","pathway":"s17"}
           2021-02-01 00:20 3/referral.received/2021-02-01 {"episode":"referral-2021-02-01","pathway":"s17"}
           2021-02-04 00:20 4/referral.received/case/2021-02-04 {"episode":"case-2021-02-04","pathway":"s17"}
           2021-03-01 21:00 2/case.closed/referral/2020-12-01 {"episode":"referral-2020-12-01","reason":"services_ceased"}
           2021-03-01 21:00 3/case.closed/2020-01-04 {"episode":"case-2020-01-04","reason":"adopted"}
           2021-03-01 21:00 3/case.closed/referral/2021-02-01 {"episode":"referral-2021-02-01","reason":"adopted"}"#,
    );
}

#[test]
fn a_referral_that_was_assessed_as_no_need_is_closed_if_the_child_is_not_in_list_6() {
    let list_3 = "Child Unique ID | Date of Referral | Referral Source | Referral NFA?
        1 | 2021-01-04 | 6 | No";
    let list_4 = table(LIST_4, "1 | 2021-01-06 | Yes | 2021-02-05 | No");
    let list_6 = table(LIST_6, "");
    check(
        &[("List 3", list_3), ("List 4", &list_4), ("List 6", &list_6)],
        r#"2021-01-04 00:20 1/referral.received/2021-01-04 {"episode":"referral-2021-01-04","pathway":"s17"}
           2021-01-06 00:50 1/assessment.started/2021-01-06 {"episode":"assessment-2021-01-06","kind":"single","referral":"referral-2021-01-04"}
           2021-02-05 18:00 1/assessment.completed/2021-01-06 {"episode":"assessment-2021-01-06","kind":"single","referral":"referral-2021-01-04","outcome":"no_further_action"}
           2021-02-05 21:00 1/case.closed/referral/2021-01-04 {"episode":"referral-2021-01-04","reason":"assessed_no_further_action"}"#,
    );
}

#[test]
fn a_referral_on_the_day_of_an_enquiry_is_on_its_pathway() {
    let list_3 = "Child Unique ID | Date of Referral | Referral Source | Referral NFA?
        1 | 2021-03-20 | 6 | No";
    let list_5 = table(LIST_5, "1 | 2021-03-20 | | |");
    check(
        &[("List 3", list_3), ("List 5", &list_5)],
        r#"2021-03-20 00:20 1/referral.received/2021-03-20 {"episode":"referral-2021-03-20","pathway":"s47"}
           2021-03-20 00:30 1/strategy_discussion.held/2021-03-20 {"episode":"strategy-2021-03-20","kind":"initial","outcome":"s47"}
           2021-03-20 00:40 1/s47.started/2021-03-20 {"episode":"s47-2021-03-20","strategy_discussion":"strategy-2021-03-20"}"#,
    );
}

#[test]
fn list_7_plans_with_their_last_visit_and_review() {
    let list_7 = table(
        LIST_7,
        "1 | 2020-11-23 | Physical abuse | a) Neglect | 2021-03-22 | a) Yes | 2021-02-16 |
         2 | 2020-11-23 | b) Physical abuse | | 2021-03-22 | b) No | 2021-02-16 | 2021-02-16
         3 | 2021-03-23 | Emotional abuse, Neglect | | 2021-03-24 | c) Unknown | |
         4 | 2021-03-23 | Sexual | | 2021-03-24 | Child not seen | |",
    );
    check(
        &[("List 7", &list_7)],
        r#"2020-11-23 00:00 1/plan.started/cp/2020-11-23 {"episode":"cp-2020-11-23","kind":"cp","category":"neglect"}
           2020-11-23 00:00 2/plan.started/cp/2020-11-23 {"episode":"cp-2020-11-23","kind":"cp","category":"physical"}
           2021-02-16 14:30 1/conference.held/review/2021-02-16 {"kind":"review","outcome":"plan_continues"}
           2021-02-16 14:30 2/conference.held/review/2021-02-16 {"kind":"review","outcome":"plan_ends"}
           2021-02-16 22:00 2/plan.ended/cp/2020-11-23 {"episode":"cp-2020-11-23","kind":"cp","reason":"other"}
           2021-03-22 12:00 1/visit.completed/cp/2021-03-22 {"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}
           2021-03-22 12:00 2/visit.completed/cp/2021-03-22 {"purposes":["cp"],"seen":true,"seen_alone":false,"mode":"face_to_face"}
           2021-03-23 00:00 3/plan.started/cp/2021-03-23 {"episode":"cp-2021-03-23","kind":"cp","category":"multiple"}
           2021-03-23 00:00 4/plan.started/cp/2021-03-23 {"episode":"cp-2021-03-23","kind":"cp","category":"sexual"}
           2021-03-24 12:00 3/visit.completed/cp/2021-03-24 {"purposes":["cp"],"seen":true,"mode":"face_to_face"}
           2021-03-24 12:00 4/visit.completed/cp/2021-03-24 {"purposes":["cp"],"seen":false,"seen_alone":false,"mode":"face_to_face"}"#,
    );
}

#[test]
fn why_a_protection_plan_ended_is_told_by_the_other_lists() {
    let reason = |list_6: &str, list_8: &str, date_of_birth: &str| {
        let list_7 =
            format!("Date of Birth | {LIST_7}\n{date_of_birth} | 1 | 2020-11-23 | Neglect | | | | | 2021-02-16");
        let (list_6, list_8) = (table(LIST_6, list_6), table(LIST_8, list_8));
        let import = import(&[("List 6", &list_6), ("List 7", &list_7), ("List 8", &list_8)]);
        let shown = shown(&import.events(&[]).unwrap());
        let line = shown.lines().find(|line| line.contains("plan.ended/cp")).unwrap().to_owned();
        line.split_once("\"reason\":\"").unwrap().1.trim_end_matches("\"}").to_owned()
    };
    assert_eq!(reason("", "", ""), "other");
    assert_eq!(reason("1 | 2020-11-01 | | | | | c) Child in need plan", "", ""), "step_down_cin");
    assert_eq!(reason("1 | 2020-11-01 | | | 2021-03-01 | RC7 | e) Closed", "", ""), "completed");
    assert_eq!(reason("1 | 2020-11-01 | | | 2021-02-16 | RC5 | e) Closed", "", ""), "transferred");
    assert_eq!(reason("1 | 2020-11-01 | | | 2021-02-16 | RC2 | e) Closed", "", ""), "died");
    assert_eq!(reason("", "1 | 2021-02-16 | | C1", ""), "care");
    assert_eq!(reason("", "", "2003-02-16"), "aged_out");
    assert_eq!(reason("", "", "2003-02-17"), "other");
}

#[test]
fn a_plan_that_is_stepped_down_begins_with_the_step() {
    let list_6 = table(LIST_6, "1 | 2020-11-01 | N1 | 2021-03-01 | | | CIN");
    let list_7 = table(LIST_7, "1 | 2020-11-23 | Neglect | | 2021-02-10 | Yes | | 2021-02-16");
    check(
        &[("List 6", &list_6), ("List 7", &list_7)],
        r#"2020-11-01 00:20 1/referral.received/case/2020-11-01 {"episode":"case-2020-11-01","pathway":"s17"}
           2020-11-23 00:00 1/plan.started/cp/2020-11-23 {"episode":"cp-2020-11-23","kind":"cp","category":"neglect"}
           2021-02-10 12:00 1/visit.completed/cp/2021-02-10 {"purposes":["initial","cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}
           2021-02-16 00:00 1/plan.started/cin/2020-11-01 {"episode":"cin-2020-11-01","kind":"cin","origin":"step_down_cp"}
           2021-02-16 22:00 1/plan.ended/cp/2020-11-23 {"episode":"cp-2020-11-23","kind":"cp","reason":"step_down_cin"}
           2021-03-01 12:00 1/visit.completed/cin/2021-03-01 {"purposes":["cin"],"seen":true,"mode":"face_to_face"}"#,
    );
}

#[test]
fn the_day_last_seen_is_not_a_second_visit() {
    let list_6 = table(LIST_6, "1 | 2020-11-01 | N1 | 2021-02-10 | | | b) Child Protection plan");
    let list_7 = table(LIST_7, "1 | 2020-11-23 | Neglect | | 2021-02-10 | Yes | |");
    check(
        &[("List 6", &list_6), ("List 7", &list_7)],
        r#"2020-11-01 00:20 1/referral.received/case/2020-11-01 {"episode":"case-2020-11-01","pathway":"s17"}
           2020-11-23 00:00 1/plan.started/cp/2020-11-23 {"episode":"cp-2020-11-23","kind":"cp","category":"neglect"}
           2021-02-10 12:00 1/visit.completed/cp/2021-02-10 {"purposes":["initial","cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#,
    );
}

#[test]
fn list_8_children_in_care() {
    let list_8 = table(
        LIST_8,
        "1 | 2020-10-01 | 2020-12-01 | C2: FCO | 2021-02-01 | 2021-03-01 | 2021-02-02 | 2021-01-05 | 2021-01-06 | | | 2020-10-15 | f) U6: Foster placement - not FFA | b) PR1 - Own provision | a) In",
    );
    check(
        &[("List 8", &list_8)],
        r#"2020-10-01 00:00 1/care.started/2020-10-01 {"episode":"care-2020-10-01","legal_status":"other"}
           2020-10-15 00:00 1/placement.started/2020-10-15 {"episode":"placement-2020-10-15","kind":"in_house_fostering","in_county":true,"provider":"own"}
           2020-12-01 00:00 1/legal_status.changed/2020-12-01 {"legal_status":"s31"}
           2021-01-05 15:00 1/health_assessment.completed/2021-01-05 {"kind":"initial"}
           2021-01-06 15:30 1/dental_check.completed/2021-01-06 {}
           2021-02-01 13:00 1/review.held/care/2021-02-01 {"kind":"care"}
           2021-02-02 16:00 1/iro_contact.recorded/2021-02-02 {}
           2021-03-01 12:00 1/visit.completed/statutory/2021-03-01 {"purposes":["statutory"],"seen":true,"mode":"face_to_face"}"#,
    );
}

#[test]
fn placements_by_code_and_provider() {
    let kind = |placement: &str, provider: &str| {
        let list_8 =
            table(LIST_8, &format!("1 | 2020-10-01 | | V2 | | | | | | | | 2020-10-15 | {placement} | {provider} |"));
        let import = import(&[("List 8", &list_8)]);
        let shown = shown(&import.events(&[]).unwrap());
        let line = shown.lines().find(|line| line.contains("placement.started")).unwrap().to_owned();
        line.split_once("\"kind\":\"").unwrap().1.split_once('"').unwrap().0.to_owned()
    };
    let cases = [
        ("a) U1: Foster placement - relatives - long term", "PR1", "kinship"),
        ("U3", "PR4", "kinship"),
        ("d) U4: Foster placement - long term", "b) PR1 - Own provision", "in_house_fostering"),
        ("U5", "e) PR4: Private provision", "agency_fostering"),
        ("U6", "PR2", "agency_fostering"),
        ("U6", "", "other"),
        ("Q2", "PR1", "in_house_fostering"),
        ("i) A5: Placed for adoption - order - foster", "PR1", "adoption"),
        ("k) P1: Placed with parents", "PR0", "parents"),
        ("l) P2: Independent living", "", "supported"),
        ("n) H5: Residential accommodation", "PR4", "supported"),
        ("o) K1: Secure Children’s Homes", "PR4", "secure"),
        ("p) K2: Children’s Homes", "PR4", "residential"),
        ("Children's home", "PR4", "residential"),
        ("q) R1: Residential Care Home", "PR4", "residential"),
        ("s) R3: Family Centre or Mother and Baby Unit", "PR4", "residential"),
        ("t) R5: Young Offender Institution", "PR3", "secure"),
        ("u) S1: Residential school", "PR4", "residential"),
        ("v) Z1: Other placements", "PR4", "other"),
        ("w) T0: Temporary placement", "PR1", "other"),
    ];
    for (placement, provider, expected) in cases {
        assert_eq!(kind(placement, provider), expected, "{placement} {provider}");
    }
}

#[test]
fn legal_statuses_and_reasons_for_leaving_care() {
    let care = |legal: &str, ended: &str, reason: &str, date_of_birth: &str| {
        let list_8 = format!(
            "Date of Birth | {LIST_8}\n{date_of_birth} | 1 | 2020-10-01 | | {legal} | | | | | | {ended} | {reason}"
        );
        shown(&import(&[("List 8", &list_8)]).events(&[]).unwrap())
    };
    let statuses = [
        ("C1: ICO", "s38"),
        ("Interim care order", "s38"),
        ("C2", "s31"),
        ("Full care order", "s31"),
        ("E1: Placement order", "other"),
        ("D1", "other"),
        ("V2: Single period under S20", "s20"),
        ("L1: Police protection LA accommodation", "police"),
        ("L2: EPO", "other"),
        ("J1: Remanded to LA or youth detention", "remand"),
        ("", "other"),
    ];
    for (legal, expected) in statuses {
        let shown = care(legal, "", "", "");
        assert!(shown.contains(&format!("\"legal_status\":\"{expected}\"")), "{legal}: {shown}");
    }
    let reasons = [
        ("a) E11: Adopted - application unopposed", "2015-01-01", "adopted"),
        ("c) E2: Died", "2015-01-01", "died"),
        ("e) E4A: Returned home to live with parents or relatives - part of plan", "2015-01-01", "returned_home"),
        ("g) E13: Parents, relatives or other with no parental responsibility", "2015-01-01", "returned_home"),
        ("h) E41: Residence order granted", "2015-01-01", "other"),
        ("k) E47: Special Guardianship Orders - relative/friend", "2015-01-01", "special_guardianship"),
        ("Special Guardianship Order", "2015-01-01", "special_guardianship"),
        ("m) E5: Moved into independent living - supported", "2003-01-01", "independent"),
        ("v) E17: Aged 18+ and remained with current carers", "2003-01-01", "leaver"),
        ("t) E8: Care ceased for any other reason", "2003-01-01", "leaver"),
        ("t) E8: Care ceased for any other reason", "2015-01-01", "other"),
        ("o) E7: Transferred to residential care funded by adult social services", "2003-01-01", "other"),
        ("", "2015-01-01", "other"),
    ];
    for (reason, date_of_birth, expected) in reasons {
        let shown = care("V2", "2021-03-01", reason, date_of_birth);
        assert!(
            shown.contains(&format!(
                "care.ended/2020-10-01 {{\"episode\":\"care-2020-10-01\",\"reason\":\"{expected}\"}}"
            )),
            "{reason}: {shown}"
        );
    }
    // The episode ended but not the care.
    assert!(!care("V2", "2021-03-01", "u) X1: CodeError", "").contains("care.ended"));
    // Short breaks.
    assert!(!care("V4: Short term breaks, agreements recorded", "", "", "").contains("care.started"));
}

const LIST_9: &str = "Child Unique ID | Date of Birth | Allocated Team | Allocated Worker | Allocated Personal Advisor | Eligibility Category | Latest Pathway Plan Review Date | LA in Touch | Latest Date of Contact | Type of Accommodation | Suitability of Accommodation | Activity Status";

#[test]
fn list_9_care_leavers() {
    let list_9 = table(
        LIST_9,
        "1 | 2002-08-07 | Leavers | Jae | | b) Former relevant child | 2021-01-05 | a) Yes | 2021-03-01 | U: Independent living | a) Suitable | F1: Full time in higher education
         2 | 2004-08-07 | Leavers | | Ann | a) Relevant child | | No | | | |
         3 | 2004-08-07 | Leavers | Jae | | d) Eligible child | 2021-02-05 | Yes | | | |
         4 | 2001-01-01 | Leavers | Jae | | Former relevant | | c) Died | | | |
         5 | 2001-01-01 | Leavers | Jae | | c) Qualifying care leaver | | d) Refu | | S: No fixed abode / homeless | b) Unsuitable | G5: Not in education, employment or training - other",
    );
    check(
        &[("List 9", &list_9)],
        r#"2019-01-01 00:00 4/care_leaver.started {"episode":"leaver"}
           2019-01-01 00:00 5/care_leaver.started {"episode":"leaver"}
           2019-01-01 17:00 5/accommodation.recorded/2021-03-31 {"suitable":false,"kind":"no_fixed_abode"}
           2019-01-01 17:00 5/eet.recorded/2021-03-31 {"status":"neet"}
           2020-08-07 00:00 1/care_leaver.started {"episode":"leaver"}
           2020-08-07 00:00 2/care_leaver.started {"episode":"leaver"}
           2021-01-05 13:00 1/review.held/pathway/2021-01-05 {"kind":"pathway"}
           2021-02-05 13:00 3/review.held/pathway/2021-02-05 {"kind":"pathway"}
           2021-03-01 16:30 1/care_leaver.contacted/2021-03-01 {"mode":"virtual"}
           2021-03-01 17:00 1/accommodation.recorded/2021-03-31 {"suitable":true,"kind":"independent_living"}
           2021-03-01 17:00 1/eet.recorded/2021-03-31 {"status":"higher_education"}
           2021-03-31 22:00 4/care_leaver.ended {"episode":"leaver"}"#,
    );
}

#[test]
fn a_leaver_who_left_care_lately_is_one_from_then_on() {
    let list_9 = table(LIST_9, "1 | 2003-08-07 | Leavers | Jae | | a) Relevant child | | Yes | | | |");
    let list_8 = table(LIST_8, "1 | 2015-10-01 | | C2 | | | | | | 2021-02-01 | E4A");
    let import = import(&[("List 8", &list_8), ("List 9", &list_9)]);
    let shown = shown(&import.events(&[]).unwrap());
    assert!(shown.contains("2021-02-01 00:00 1/care_leaver.started"), "{shown}");
}

#[test]
fn activities_of_care_leavers() {
    let cases = [
        ("F1: Full time in higher education", "higher_education"),
        ("P1", "higher_education"),
        ("F2: Full time in education other than higher", "education"),
        ("part time in education other than higher", "education"),
        ("F3: Full time in training or employment", "employment"),
        ("F4: Young person engaged full time in an apprenticeship", "training"),
        ("F5: Full time in training or employment (not apprenticeship)", "employment"),
        ("G4: Not in education, employment or training - illness or disability", "neet"),
        ("G6", "neet"),
        ("NEET", "neet"),
    ];
    for (activity, expected) in cases {
        let list_9 =
            table(LIST_9, &format!("1 | 2002-08-07 | L | J | | Former relevant | | Yes | 2021-03-01 | | | {activity}"));
        let import = import(&[("List 9", &list_9)]);
        let shown = shown(&import.events(&[]).unwrap());
        assert!(shown.contains(&format!("{{\"status\":\"{expected}\"}}")), "{activity}: {shown}");
    }
}

#[test]
fn a_child_is_whose_it_is_by_what_is_open() {
    let list_3 = "Child Unique ID | Date of Referral | Allocated Team | Allocated Worker
        1 | 2021-03-01 | Front Door | Ann
        2 | 2021-03-01 | Front Door | Ann
        3 | 2021-03-01 | Front Door | #N/A
        4 | 2021-03-01 | |
        5 | 2021-03-01 | | Bob";
    let list_6 = format!(
        "{LIST_6} | Allocated Team | Allocated Worker\n1 | 2021-03-01 | | | | | d) | Locality 1 | Cat\n2 | 2020-03-01 | | | 2020-12-01 | | Closed | Locality 2 | Dan"
    );
    let import = import(&[("List 3", list_3), ("List 6", &list_6)]);
    let changes = import.events(&[]).unwrap();
    let shown = shown(&changes);
    let lines: Vec<&str> = shown.lines().filter(|line| line.contains("/allocation.")).collect();
    let mut lines: Vec<&str> = lines.into_iter().map(|line| line.split_once(" 00:00 ").unwrap().1).collect();
    lines.sort_unstable();
    assert_lines(
        &lines.join("\n"),
        r#"1/allocation.started/2021-03-31 {"locality":"Not recorded","team":"Locality 1","worker":"Cat"}
           2/allocation.started/2021-03-31 {"locality":"Not recorded","team":"Front Door","worker":"Ann"}
           3/allocation.started/2021-03-31 {"locality":"Not recorded","team":"Front Door"}
           5/allocation.started/2021-03-31 {"locality":"Not recorded","team":"Not recorded","worker":"Bob"}"#,
    );
}
