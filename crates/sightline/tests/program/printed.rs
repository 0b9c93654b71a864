//! What the commands print, whole: the JSON and CSV that others script against, and the tables that people read.

use crate::support::{Folder, sightline};
use testkit::{child, json_lines};

/// A child on a protection plan, two in care, and one of whom only an end is on record.
const EVENTS: &str = "
    2021-01-01T09:00     allocation.started Gloucester G1 worker=SW1
    2021-01-04T10:30     plan.started plan-1 cp
    2021-01-11T09:00:00.5 visit.completed cp
    2021-01-30T10:00     contact.received k1 rag=red
    2021-01-04T10:00     care.started c1 s20             | child=2
    2021-01-06T12:00     sdq.completed 17                | child=2
    2021-01-04T12:00     care.started c1 s31             | child=3
    2021-01-06T12:00     sdq.completed 10                | child=3
    2021-01-07T12:00     care.ended c1 returned_home     | child=4
";

const WORKLIST: [&str; 9] =
    ["worklist", "--at", "2021-01-31", "--clock", "cp_visit", "--clock", "contact_red_decision", "--status", "all"];

const MEASURES: [&str; 15] = [
    "measures",
    "--period",
    "2021-01",
    "--by",
    "locality",
    "--measure",
    "cp_visit_timely",
    "--measure",
    "contacts",
    "--measure",
    "sdq_mean",
    "--measure",
    "care_s20",
    "--measure",
    "stepped_up",
];

/// What a command prints of the events; a UUID is shown short.
fn printed(arguments: &[&str]) -> String {
    let folder = Folder::new();
    let source = folder.file("events.ndjson", json_lines(EVENTS).join("\n"));
    let run = sightline(&[arguments, &["--source", &source]].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
    let child_4 = child(4);
    let uuid = child_4.strip_suffix('4').expect("the number");
    run.out.replace(uuid, "child/…")
}

fn check(arguments: &[&str], format: &str, expected: &str) {
    let printed = printed(&[arguments, &["--format", format]].concat());
    let expected = expected.trim_start_matches('\n');
    assert!(printed == expected, "expected\n{expected}\nand not\n{printed}");
}

#[test]
fn a_worklist_as_json() {
    check(
        &WORKLIST,
        "json",
        r#"
[
{"clock": "cp_visit", "subject": "child/…1", "episode": "plan-1", "status": "met", "started_at": "2021-01-04T10:30:00Z", "due_date": "2021-01-18", "due_at": "2021-01-19T00:00:00Z", "stopped_at": "2021-01-11T09:00:00.5Z", "days_overdue": null, "working_days_overdue": null, "locality": "Gloucester", "team": "G1", "worker": "SW1"},
{"clock": "cp_visit", "subject": "child/…1", "episode": "plan-1", "status": "overdue", "started_at": "2021-01-11T09:00:00.5Z", "due_date": "2021-01-25", "due_at": "2021-01-26T00:00:00Z", "stopped_at": null, "days_overdue": 6, "working_days_overdue": 4, "locality": "Gloucester", "team": "G1", "worker": "SW1"},
{"clock": "contact_red_decision", "subject": "child/…1", "episode": "k1", "status": "overdue", "started_at": "2021-01-30T10:00:00Z", "due_at": "2021-01-30T14:00:00Z", "stopped_at": null, "hours_overdue": 33, "locality": "Gloucester", "team": "G1", "worker": "SW1"}
]
"#,
    );
}

#[test]
fn a_worklist_as_csv() {
    check(
        &WORKLIST,
        "csv",
        "
clock,subject,episode,status,started_at,due_date,due_at,stopped_at,days_overdue,working_days_overdue,hours_overdue,locality,team,worker
cp_visit,child/…1,plan-1,met,2021-01-04T10:30:00Z,2021-01-18,2021-01-19T00:00:00Z,2021-01-11T09:00:00.5Z,,,,Gloucester,G1,SW1
cp_visit,child/…1,plan-1,overdue,2021-01-11T09:00:00.5Z,2021-01-25,2021-01-26T00:00:00Z,,6,4,,Gloucester,G1,SW1
contact_red_decision,child/…1,k1,overdue,2021-01-30T10:00:00Z,,2021-01-30T14:00:00Z,,,,33,Gloucester,G1,SW1
",
    );
}

#[test]
fn a_worklist_as_a_table() {
    check(
        &WORKLIST,
        "table",
        "
 Due                Status             Clock                             Subject                                      Held by
──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 2021-01-18         met                Child protection visit            child/…1   Gloucester, G1, SW1
 2021-01-25         overdue 6 days     Child protection visit            child/…1   Gloucester, G1, SW1
 2021-01-30 14:00   overdue 33 hours   First decision on a red contact   child/…1   Gloucester, G1, SW1
2 overdue, 1 met, as at Sun 31 January 2021 23:59
",
    );
}

/// Without `--status` those overdue and due soon; also with `--clock`.
#[test]
fn a_worklist_of_what_presses() {
    let listed = |arguments: &[&str]| {
        let out = printed(&[&["worklist", "--format", "csv"], arguments].concat());
        let first = |line: &str| line.split(',').take(4).collect::<Vec<_>>().join(" ");
        out.lines().skip(1).map(first).collect::<Vec<String>>()
    };
    assert_eq!(listed(&["--at", "2021-01-14", "--clock", "cp_visit", "--clock", "care_review"]), Vec::<String>::new());
    assert_eq!(
        listed(&["--at", "2021-01-18", "--clock", "cp_visit", "--clock", "care_visit"]),
        ["care_visit child/…2 c1 overdue", "care_visit child/…3 c1 overdue", "cp_visit child/…1 plan-1 due_soon"]
    );
    assert_eq!(
        listed(&["--at", "2021-01-18", "--clock", "cp_visit", "--status", "met"]),
        ["cp_visit child/…1 plan-1 met"]
    );
}

#[test]
fn measures_as_json() {
    check(
        &MEASURES,
        "json",
        r#"
[
{"measure": "care_s20", "period": "2021-01", "group": "County", "numerator": 1, "denominator": 2, "percent": "50.0", "missing": 0, "target": 25, "status": "worse"},
{"measure": "care_s20", "period": "2021-01", "group": "Unallocated", "numerator": 1, "denominator": 2, "percent": "50.0", "missing": 0, "target": 25, "status": "worse"},
{"measure": "contacts", "period": "2021-01", "group": "County", "value": 1, "target": null, "status": null},
{"measure": "contacts", "period": "2021-01", "group": "Gloucester", "value": 1, "target": null, "status": null},
{"measure": "cp_visit_timely", "period": "2021-01", "group": "County", "numerator": 0, "denominator": 1, "percent": "0.0", "target": 90, "status": "worse"},
{"measure": "cp_visit_timely", "period": "2021-01", "group": "Gloucester", "numerator": 0, "denominator": 1, "percent": "0.0", "target": 90, "status": "worse"},
{"measure": "sdq_mean", "period": "2021-01", "group": "County", "value": "13.5", "target": null, "status": null},
{"measure": "sdq_mean", "period": "2021-01", "group": "Unallocated", "value": "13.5", "target": null, "status": null},
{"measure": "stepped_up", "period": "2021-01", "group": "County", "numerator": 0, "denominator": 0, "percent": null, "target": null, "status": null}
]
"#,
    );
}

#[test]
fn measures_as_csv() {
    check(
        &MEASURES,
        "csv",
        "
measure,period,group,band,numerator,denominator,percent,missing,value,target,status
care_s20,2021-01,County,,1,2,50.0,0,,25,worse
care_s20,2021-01,Unallocated,,1,2,50.0,0,,25,worse
contacts,2021-01,County,,,,,,1,,
contacts,2021-01,Gloucester,,,,,,1,,
cp_visit_timely,2021-01,County,,0,1,0.0,,,90,worse
cp_visit_timely,2021-01,Gloucester,,0,1,0.0,,,90,worse
sdq_mean,2021-01,County,,,,,,13.5,,
sdq_mean,2021-01,Unallocated,,,,,,13.5,,
stepped_up,2021-01,County,,0,0,,,,,
",
    );
}

#[test]
fn a_distribution_has_a_row_for_every_value() {
    check(
        &["measures", "--period", "2021-01", "--measure", "care_end_reasons", "--by", "team"],
        "csv",
        "
measure,period,group,band,numerator,denominator,percent,missing,value,target,status
care_end_reasons,2021-01,County,adopted,,,,,0,,
care_end_reasons,2021-01,County,died,,,,,0,,
care_end_reasons,2021-01,County,independent,,,,,0,,
care_end_reasons,2021-01,County,leaver,,,,,0,,
care_end_reasons,2021-01,County,other,,,,,0,,
care_end_reasons,2021-01,County,returned_home,,,,,1,,
care_end_reasons,2021-01,County,special_guardianship,,,,,0,,
care_end_reasons,2021-01,County,step_down_cin,,,,,0,,
care_end_reasons,2021-01,Unallocated,returned_home,,,,,1,,
",
    );
}

#[test]
fn measures_as_a_table() {
    check(
        &MEASURES,
        "table",
        "
 Measure                                         Group         Figure   Of       Target   Status
─────────────────────────────────────────────────────────────────────────────────────────────────
 Children in care under section 20               County        50.0 %   1 of 2       25   worse
 Children in care under section 20               Unallocated   50.0 %   1 of 2       25   worse
 Contacts                                        County             1
 Contacts                                        Gloucester         1
 Children on a protection plan visited in time   County         0.0 %   0 of 1       90   worse
 Children on a protection plan visited in time   Gloucester     0.0 %   0 of 1       90   worse
 Mean score of the latest questionnaires         County          13.5
 Mean score of the latest questionnaires         Unallocated     13.5
 Early help that was stepped up                  County           n/a   0 of 0
2021-01, as at Sun 31 January 2021 23:59
",
    );
}

#[test]
fn an_explanation_as_text() {
    let subject = child(1);
    check(
        &["explain", "--subject", &subject, "--clock", "cp_visit", "--at", "2021-01-31"],
        "text",
        "
child/…1, as at Sun 31 January 2021 23:59
  held by   Gloucester, G1, SW1
  born      not recorded
  events    4

Child protection visit (cp_visit, episode plan-1): met
  started   Mon 4 January 2021 10:30: \"Child protection plan\" opened with plan.started of episode plan-1 (event e2)
  stopped   Mon 11 January 2021 09:00: stopped by visit.completed (event e3)
  due       10 working days after Mon 4 January 2021; due Mon 18 January
  rule      10 working days: Reporting standard of the county; not fixed by law.

Child protection visit (cp_visit, episode plan-1): overdue by 6 days (4 working days)
  started   Mon 11 January 2021 09:00: started by visit.completed (event e3)
  due       10 working days after Mon 11 January 2021; due Mon 25 January
  rule      10 working days: Reporting standard of the county; not fixed by law.

Data quality
  no date of birth is on record, so cp_seen_alone and whatever else depends on age do not run
",
    );
}

#[test]
fn an_explanation_as_json() {
    let subject = child(4);
    check(
        &["explain", "--subject", &subject, "--clock", "cp_visit", "--at", "2021-01-31"],
        "json",
        r#"
{"subject": "child/…4", "at": "2021-01-31T23:59:59.999999Z", "known": null, "date_of_birth": null, "events": 1, "next_change": null, "locality": "Unallocated", "team": null, "worker": null, "clocks": [], "findings": [{"finding": "end_without_start", "event": "e9", "detail": "care.ended of episode c1, of which no care.started is on record"}]}
"#,
    );
}

/// An analyst may count what is said of workers, too.
#[test]
fn a_measure_may_be_about_workers() {
    let folder = Folder::new();
    let rules = folder.file(
        "rules.toml",
        r#"
        name = "Staff"
        version = "1"
        measure_source = "A test."
        [[measure]]
        id = "staff_left"
        title = "Staff who left"
        area = "oversight"
        kind = "event_count"
        events = { event = "worker.updated", where = { left = true } }
        "#,
    );
    let events = json_lines("2021-01-04T10:00 worker.updated 1 left=true | worker=SW1");
    let source = folder.file("events.ndjson", events.join("\n"));
    let run =
        sightline(&["measures", "--source", &source, "--rulebook", &rules, "--period", "2021-01", "--format", "csv"]);
    assert!(run.out.ends_with("staff_left,2021-01,County,,,,,,1,,\n"), "{}", run.out);
}
