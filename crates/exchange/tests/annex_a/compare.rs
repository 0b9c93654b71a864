//! What is new or changed against earlier workbooks.

use vocabulary::Event;

use crate::support::{Dice, accepted, assert_lines, import_at, shown};

/// Imports workbooks one after another, each against all before it. Gives what each brought and what had vanished.
fn in_turn(workbooks: &[(&str, &[(&str, &str)])]) -> Vec<(String, String)> {
    let mut known: Vec<Event> = Vec::new();
    let mut results = Vec::new();
    for (as_at, sheets) in workbooks {
        let changes = import_at(sheets, as_at).events(&known).unwrap();
        known.extend(accepted(&changes));
        let vanished = changes.vanished.iter().map(|vanished| format!("{}\n", vanished.id)).collect();
        results.push((shown(&changes), vanished));
    }
    results
}

fn list_7(row: &str) -> String {
    format!(
        "Child Unique ID | Child Protection Plan Start Date | Latest Category of Abuse | Date of the Last Statutory Visit | Was the Child Seen Alone? | Date of latest review conference | Child Protection Plan End Date\n{row}"
    )
}

#[track_caller]
fn check_list_7(rows: &[(&str, &str)], expected: &[(&str, &str)]) {
    let sheets: Vec<String> = rows.iter().map(|(_, row)| list_7(row)).collect();
    let workbooks: Vec<[(&str, &str); 1]> = sheets.iter().map(|sheet| [("List 7", sheet.as_str())]).collect();
    let turns: Vec<(&str, &[(&str, &str)])> =
        rows.iter().zip(&workbooks).map(|((as_at, _), sheets)| (*as_at, sheets.as_slice())).collect();
    let results = in_turn(&turns);
    assert_eq!(results.len(), expected.len());
    for ((events, vanished), (expected_events, expected_vanished)) in results.iter().zip(expected) {
        assert_lines(events, expected_events);
        assert_lines(vanished, expected_vanished);
    }
}

#[test]
fn a_to_b_and_back_to_a_ends_as_a() {
    check_list_7(
        &[
            ("2021-01-31", "1 | 2020-12-01 | Neglect"),
            ("2021-02-28", "1 | 2020-12-01 | Physical"),
            ("2021-03-31", "1 | 2020-12-01 | Neglect"),
            ("2021-04-30", "1 | 2020-12-01 | Neglect"),
        ],
        &[
            (
                r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01 {"episode":"cp-2020-12-01","kind":"cp","category":"neglect"}"#,
                "",
            ),
            (
                r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01#2 replaces 1/plan.started/cp/2020-12-01#1 {"episode":"cp-2020-12-01","kind":"cp","category":"physical"}"#,
                "",
            ),
            (
                r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01#3 replaces 1/plan.started/cp/2020-12-01#2 {"episode":"cp-2020-12-01","kind":"cp","category":"neglect"}"#,
                "",
            ),
            ("", ""),
        ],
    );
}

#[test]
fn the_latest_visit_moves_on_without_the_earlier_one_vanishing() {
    check_list_7(
        &[
            ("2021-01-31", "1 | 2020-12-01 | Neglect | 2021-01-20 | Yes"),
            ("2021-02-28", "1 | 2020-12-01 | Neglect | 2021-02-10 | No"),
        ],
        &[
            (
                r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01 {"episode":"cp-2020-12-01","kind":"cp","category":"neglect"}
                   2021-01-20 12:00 1/visit.completed/cp/2021-01-20 {"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#,
                "",
            ),
            (
                r#"2021-02-10 12:00 1/visit.completed/cp/2021-02-10 {"purposes":["cp"],"seen":true,"seen_alone":false,"mode":"face_to_face"}"#,
                "",
            ),
        ],
    );
}

#[test]
fn a_latest_visit_that_moves_back_is_put_right() {
    let visit = |id: &str, day: &str| {
        format!(
            r#"{day} 12:00 1/visit.completed/cp/{id} {{"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}}"#
        )
    };
    let first = format!(
        r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01 {{"episode":"cp-2020-12-01","kind":"cp","category":"neglect"}}
           {}"#,
        visit("2021-01-20", "2021-01-20")
    );
    let second = visit("2021-02-10", "2021-02-10");
    let third = visit("2021-02-10#2 replaces 1/visit.completed/cp/2021-02-10#1", "2021-01-20");
    let fourth = visit("2021-02-10#3", "2021-02-10");
    check_list_7(
        &[
            ("2021-02-12", "1 | 2020-12-01 | Neglect | 2021-01-20 | Yes"),
            ("2021-02-13", "1 | 2020-12-01 | Neglect | 2021-02-10 | Yes"),
            ("2021-02-14", "1 | 2020-12-01 | Neglect | 2021-01-20 | Yes"),
            ("2021-02-15", "1 | 2020-12-01 | Neglect | 2021-02-10 | Yes"),
        ],
        &[(&first, ""), (&second, ""), (&third, ""), (&fourth, "")],
    );
}

#[test]
fn a_start_put_right_is_the_same_plan() {
    check_list_7(
        &[
            ("2021-01-31", "1 | 2020-12-01 | Neglect"),
            ("2021-02-28", "1 | 2020-12-10 | Neglect"),
            ("2021-03-01", "1 | 2020-12-10 | Neglect"),
            ("2021-03-31", "1 | 2020-12-01 | Neglect"),
            // Further away than a correction would move it.
            ("2021-04-01", "1 | 2021-03-02 | Neglect"),
        ],
        &[
            (
                r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01 {"episode":"cp-2020-12-01","kind":"cp","category":"neglect"}"#,
                "",
            ),
            (
                r#"2020-12-10 00:00 1/plan.started/cp/2020-12-01#2 replaces 1/plan.started/cp/2020-12-01#1 {"episode":"cp-2020-12-10","kind":"cp","category":"neglect"}"#,
                "",
            ),
            ("", ""),
            (
                r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01#3 replaces 1/plan.started/cp/2020-12-01#2 {"episode":"cp-2020-12-01","kind":"cp","category":"neglect"}"#,
                "",
            ),
            (
                r#"2021-03-02 00:00 1/plan.started/cp/2021-03-02 {"episode":"cp-2021-03-02","kind":"cp","category":"neglect"}"#,
                "1/plan.started/cp/2020-12-01#3",
            ),
        ],
    );
}

#[test]
fn an_end_that_is_taken_back_and_a_plan_that_is_gone_have_vanished() {
    check_list_7(
        &[
            ("2021-01-31", "1 | 2020-03-01 | Neglect"),
            ("2021-02-28", "1 | 2020-03-01 | Neglect | | | | 2021-02-01"),
            ("2021-03-31", "1 | 2020-03-01 | Neglect"),
            ("2021-04-30", "2 | 2021-04-01 | Neglect"),
        ],
        &[
            (
                r#"2020-03-01 00:00 1/plan.started/cp/2020-03-01 {"episode":"cp-2020-03-01","kind":"cp","category":"neglect"}"#,
                "",
            ),
            (
                r#"2021-02-01 22:00 1/plan.ended/cp/2020-03-01 {"episode":"cp-2020-03-01","kind":"cp","reason":"other"}"#,
                "",
            ),
            ("", "1/plan.ended/cp/2020-03-01#1"),
            (
                r#"2021-04-01 00:00 2/plan.started/cp/2021-04-01 {"episode":"cp-2021-04-01","kind":"cp","category":"neglect"}"#,
                "1/plan.ended/cp/2020-03-01#1",
            ),
        ],
    );
}

#[test]
fn what_is_older_than_the_lists_go_back_has_not_vanished() {
    let contacts = |rows: &str| format!("Child Unique ID | Date of Birth | Date of Contact | Contact Source\n{rows}");
    let (first, second) = (
        contacts("1 | 2015-01-01 | 2020-08-01 | 6\n2 | 2015-01-01 | 2021-01-20 | 6"),
        contacts("3 | 2015-01-01 | 2021-02-20 | 6"),
    );
    let results = in_turn(&[("2021-01-31", &[("List 1", &first)]), ("2021-02-28", &[("List 1", &second)])]);
    assert_lines(&results[1].1, "2/contact.received/2021-01-20#1");
}

#[test]
fn a_new_worker_follows_the_earlier_one_and_does_not_replace_it() {
    let sheet = |worker: &str| {
        format!(
            "Child Unique ID | Child Protection Plan Start Date | Allocated Team | Allocated Worker\n1 | 2020-12-01 | East | {worker}"
        )
    };
    let workers: Vec<String> = ["Ann", "Bob", "Bob", "Ann"].into_iter().map(sheet).collect();
    let sheets: Vec<[(&str, &str); 1]> = workers.iter().map(|sheet| [("List 7", sheet.as_str())]).collect();
    let days = ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"];
    let turns: Vec<(&str, &[(&str, &str)])> =
        days.iter().zip(&sheets).map(|(day, sheet)| (*day, sheet.as_slice())).collect();
    let results = in_turn(&turns);
    let expected = [
        r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01 {"episode":"cp-2020-12-01","kind":"cp"}
           2021-01-31 00:00 1/allocation.started/2021-01-31 {"locality":"Not recorded","team":"East","worker":"Ann"}"#,
        r#"2021-02-28 00:00 1/allocation.started/2021-02-28 {"locality":"Not recorded","team":"East","worker":"Bob"}"#,
        "",
        r#"2021-04-30 00:00 1/allocation.started/2021-04-30 {"locality":"Not recorded","team":"East","worker":"Ann"}"#,
    ];
    for ((events, vanished), expected) in results.iter().zip(expected) {
        assert_lines(events, expected);
        assert_lines(vanished, "");
    }
}

#[test]
fn a_workbook_put_right_on_its_own_day_replaces_what_it_said() {
    let sheet = |worker: &str| {
        format!(
            "Child Unique ID | Child Protection Plan Start Date | Allocated Team | Allocated Worker\n1 | 2020-12-01 | East | {worker}"
        )
    };
    let (first, second) = (sheet("Ann"), sheet("Bob"));
    let results = in_turn(&[("2021-01-31", &[("List 7", &first)]), ("2021-01-31", &[("List 7", &second)])]);
    assert_lines(
        &results[1].0,
        r#"2021-01-31 00:00 1/allocation.started/2021-01-31#2 replaces 1/allocation.started/2021-01-31#1 {"locality":"Not recorded","team":"East","worker":"Bob"}"#,
    );
}

#[test]
fn an_older_workbook_adds_what_it_alone_knows_and_changes_nothing() {
    check_list_7(
        &[
            ("2021-02-28", "1 | 2020-12-01 | Physical | 2021-02-10 | Yes"),
            ("2021-01-31", "1 | 2020-12-01 | Neglect | 2021-01-20 | Yes"),
        ],
        &[
            (
                r#"2020-12-01 00:00 1/plan.started/cp/2020-12-01 {"episode":"cp-2020-12-01","kind":"cp","category":"physical"}
                   2021-02-10 12:00 1/visit.completed/cp/2021-02-10 {"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#,
                "",
            ),
            (
                r#"2021-01-20 12:00 1/visit.completed/cp/2021-01-20 {"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#,
                "",
            ),
        ],
    );
}

#[test]
fn a_referral_is_not_counted_again_once_list_3_no_longer_has_it() {
    let list_6 = "Child Unique ID | CIN Start Date | Date Child Was Last Seen | CIN Closure Date | Reason for Closure | Case Status\n1 | 2020-09-10 |  | | | d) Open assessment";
    let closed = "Child Unique ID | CIN Start Date | Date Child Was Last Seen | CIN Closure Date | Reason for Closure | Case Status\n1 | 2020-09-10 |  | 2021-04-20 | RC7 | e) Closed episode";
    let list_3 = "Child Unique ID | Date of Referral | Referral Source | Referral NFA?\n1 | 2020-09-01 | 6 | No";
    let results = in_turn(&[
        ("2020-09-30", &[("List 3", list_3), ("List 6", list_6)]),
        ("2021-03-31", &[("List 6", list_6)]),
        ("2021-04-30", &[("List 6", closed)]),
    ]);
    assert_lines(
        &results[0].0,
        r#"2020-09-01 00:20 1/referral.received/2020-09-01 {"episode":"referral-2020-09-01","pathway":"s17"}"#,
    );
    assert_eq!(results[1], (String::new(), String::new()));
    assert_lines(
        &results[2].0,
        r#"2021-04-20 21:00 1/case.closed/referral/2020-09-01 {"episode":"referral-2020-09-01","reason":"services_ceased"}"#,
    );
    assert_eq!(results[2].1, "");
}

#[test]
fn only_the_first_known_visit_of_a_case_is_the_initial_one() {
    let list_6 = |seen: &str| {
        format!(
            "Child Unique ID | CIN Start Date | Date Child Was Last Seen | Case Status\n1 | 2021-01-04 | {seen} | c) Child in need plan"
        )
    };
    let (first, second) = (list_6("2021-01-20"), list_6("2021-02-20"));
    let results = in_turn(&[
        ("2021-01-31", &[("List 6", &first)]),
        ("2021-02-28", &[("List 6", &second)]),
        ("2021-02-28", &[("List 6", &second)]),
    ]);
    assert!(
        results[0].0.contains(r#"1/visit.completed/cin/2021-01-20 {"purposes":["initial","cin"]"#),
        "{}",
        results[0].0
    );
    assert_lines(
        &results[1].0,
        r#"2021-02-20 12:00 1/visit.completed/cin/2021-02-20 {"purposes":["cin"],"seen":true,"mode":"face_to_face"}"#,
    );
    assert_eq!(results[2], (String::new(), String::new()));
}

#[test]
fn a_child_in_need_plan_ends_with_its_case_if_it_was_known() {
    let list_6 = |rest: &str| {
        format!(
            "Child Unique ID | CIN Start Date | CIN Closure Date | Reason for Closure | Case Status\n1 | 2021-01-04 | {rest}"
        )
    };
    let (plan, care, closed) = (
        list_6("| | c) Child in need plan"),
        list_6("| | a) Looked after child"),
        list_6("2021-03-10 | RC7 | e) Closed episode"),
    );
    let results = in_turn(&[
        ("2021-01-31", &[("List 6", &plan)]),
        ("2021-02-28", &[("List 6", &care)]),
        ("2021-03-31", &[("List 6", &closed)]),
        ("2021-04-30", &[("List 6", &closed)]),
    ]);
    assert_eq!(results[1], (String::new(), String::new()));
    assert_lines(
        &results[2].0,
        r#"2021-03-10 21:00 1/case.closed/2021-01-04 {"episode":"case-2021-01-04","reason":"services_ceased"}
           2021-03-10 22:00 1/plan.ended/cin/2021-01-04 {"episode":"cin-2021-01-04","kind":"cin","reason":"completed"}"#,
    );
    assert_eq!(results[3], (String::new(), String::new()));
}

#[test]
fn what_a_workbook_does_not_say_of_a_child_stays() {
    let list_8 = "Child Unique ID | Sex | Ethnicity | Date of Birth | UASC | Date Started to be Looked After | Child's Legal Status\n1 | F | AIND | 2010-01-01 | Yes | 2020-01-01 | V2";
    let list_1 =
        "Child Unique ID | Sex | Ethnicity | Date of Birth | Date of Contact\n1 | U | NOBT | 2010-01-01 | 2021-02-01";
    let results =
        in_turn(&[("2021-01-31", &[("List 8", list_8)]), ("2021-02-28", &[("List 1", list_1), ("List 8", list_8)])]);
    assert_lines(&results[1].0, r#"2021-02-01 00:10 1/contact.received/2021-02-01 {"episode":"contact-2021-02-01"}"#);
}

#[test]
fn a_legal_status_that_changes_leaves_the_first_one() {
    let list_8 = |status: &str| {
        format!(
            "Child Unique ID | Date Started to be Looked After | Start date of current legal status | Child's Legal Status\n1 | 2020-01-01 | {status}"
        )
    };
    let (first, second) = (list_8("2020-01-01 | V2"), list_8("2021-02-10 | C1"));
    let results = in_turn(&[("2021-01-31", &[("List 8", &first)]), ("2021-02-28", &[("List 8", &second)])]);
    assert_lines(
        &results[0].0,
        r#"2020-01-01 00:00 1/care.started/2020-01-01 {"episode":"care-2020-01-01","legal_status":"s20"}"#,
    );
    assert_lines(&results[1].0, r#"2021-02-10 00:00 1/legal_status.changed/2021-02-10 {"legal_status":"s38"}"#);
    assert_eq!(results[1].1, "");
}

#[test]
fn a_list_that_a_workbook_does_not_have_says_nothing_of_what_was_in_it() {
    let (list_7, list_1) = (
        list_7("1 | 2021-01-01 | Neglect | 2021-01-20 | Yes"),
        "Child Unique ID | Date of Contact | Contact Source\n2 | 2021-02-02 | 6",
    );
    let results = in_turn(&[("2021-01-31", &[("List 7", &list_7)]), ("2021-02-28", &[("List 1", list_1)])]);
    assert_eq!(results[1].1, "");
}

#[test]
fn events_of_other_sources_are_not_compared() {
    let sheet = list_7("1 | 2020-12-01 | Neglect");
    let import = import_at(&[("List 7", &sheet)], "2021-01-31");
    let first = import.events(&[]).unwrap();
    let mut others = accepted(&first);
    for event in &mut others {
        event.source = "urn:example:lcs".into();
    }
    assert_eq!(shown(&import.events(&others).unwrap()), shown(&first));
}

/// The lists with columns of dates and codes; `d` is a date, `?` yes or no, others one of several words.
const LISTS: [(&str, &str, &[&str]); 9] = [
    ("List 1", "Child Unique ID | Date of Birth | Date of Contact | Contact Source", &["b", "d", "6|8|"]),
    ("List 2", "Child Unique ID | Gender | Assessment start date | Assessment completion date", &["M|F", "d", "d"]),
    (
        "List 3",
        "Child Unique ID | Ethnicity | Date of Referral | Referral Source | Referral NFA? | Allocated Team | Allocated Worker",
        &["WBRI|NOBT", "d", "6|8", "?", "East|West|", "Ann|Bob|"],
    ),
    (
        "List 4",
        "Child Unique ID | Does the Child have a Disability | Continuous Assessment Start Date | Continuous Assessment Date of Authorisation | Was the child assessed as requiring LA children's social care support? | Allocated Team",
        &["?", "d", "d", "Yes|No|x", "East"],
    ),
    (
        "List 5",
        "Child Unique ID | Strategy discussion initiating Section 47 Enquiry Start Date | Was an Initial Child Protection Conference deemed unnecessary? | Date of Initial Child Protection Conference | Did the Initial Child Protection Conference Result in a Child Protection Plan",
        &["d", "?", "d", "?"],
    ),
    (
        "List 6",
        "Child Unique ID | CIN Start Date | Date Child Was Last Seen | CIN Closure Date | Reason for Closure | Case Status | Allocated Worker",
        &[
            "d",
            "d",
            "d",
            "RC1|RC2|RC5|",
            "a) Looked after child|b) Child Protection plan|c) Child in need plan|d) Open assessment|e) Closed episode",
            "Ann|Bob",
        ],
    ),
    (
        "List 7",
        "Child Unique ID | Date of Birth | Child Protection Plan Start Date | Latest Category of Abuse | Date of the Last Statutory Visit | Was the Child Seen Alone? | Date of latest review conference | Child Protection Plan End Date",
        &["b", "d", "Neglect|Physical", "d", "?", "d", "d"],
    ),
    (
        "List 8",
        "Child Unique ID | Date Started to be Looked After | Start date of current legal status | Child's Legal Status | Date of Latest Statutory Review | Date of Last Social Work Visit | Date of Last IRO Visit | Date of Last Health Assessment | Date of Last Dental Check | Date Ceased to be Looked After | Reason Ceased to be Looked After | Start Date of Most Recent Placement | Placement Type | Placement Provider",
        &["d", "d", "V2|C1|V4", "d", "d", "d", "d", "d", "d", "E4|X1|E8|", "d", "U6|K2", "PR1|PR4|"],
    ),
    (
        "List 9",
        "Child Unique ID | Date of Birth | Eligibility Category | Latest Pathway Plan Review Date | LA in Touch | Latest Date of Contact | Type of Accommodation | Suitability of Accommodation | Activity Status",
        &["b", "Former relevant|Eligible|", "d", "Yes|Died", "d", "U|S|", "1|2|", "F1|G5|"],
    ),
];

fn random_sheet(dice: &mut Dice, header: &str, columns: &[&str]) -> String {
    let mut sheet = header.to_owned();
    for _ in 0..dice.below(4) {
        sheet.push_str(&format!("\n{}", 1 + dice.below(2)));
        for column in columns {
            let cell = match *column {
                "b" => ["2003-05-01", "2005-02-28", ""][dice.below(3)].to_owned(),
                // Few days, so that they meet; one in three is blank.
                "d" if dice.below(3) == 0 => String::new(),
                "d" => format!("20{}-0{}-1{}", 20 + dice.below(2), 1 + dice.below(4), dice.below(3)),
                "?" => ["Yes", "No", ""][dice.below(3)].to_owned(),
                words => words.split('|').nth(dice.below(words.split('|').count())).unwrap().to_owned(),
            };
            sheet.push_str(&format!(" | {cell}"));
        }
    }
    sheet
}

#[test]
fn whatever_came_before_the_same_workbook_again_is_no_news() {
    let runs = std::env::var("ANNEX_A_RUNS").map_or(40, |runs| runs.parse().unwrap());
    for run in 0..runs {
        let mut dice = Dice(run);
        let mut known: Vec<Event> = Vec::new();
        for as_at in ["2021-03-31", "2021-04-30", "2021-04-30", "2021-10-31", "2021-05-31"] {
            let sheets: Vec<(&str, String)> =
                LISTS.iter().map(|(name, header, columns)| (*name, random_sheet(&mut dice, header, columns))).collect();
            let sheets: Vec<(&str, &str)> = sheets.iter().map(|(name, sheet)| (*name, sheet.as_str())).collect();
            let import = import_at(&sheets, as_at);
            let changes = import.events(&known).unwrap();
            known.extend(accepted(&changes));
            let ids: std::collections::HashSet<&str> = known.iter().map(|event| event.id.as_str()).collect();
            assert_eq!(ids.len(), known.len(), "run {run}: an id twice");
            let again = import.events(&known).unwrap();
            assert_eq!(shown(&again), "", "run {run}, as at {as_at}, after\n{}", shown(&changes));
        }
    }
}
