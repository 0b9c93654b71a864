//! The sample workbook, whole.

use exchange::annex_a::read;

use crate::support::{accepted, day, problems, shown};

const SAMPLE: &[u8] = include_bytes!("../samples/Annex_A_2024_Jan.xlsx");

#[test]
fn the_sample_workbook() {
    let import = read(SAMPLE, day("2021-03-31")).unwrap();
    let changes = import.events(&[]).unwrap();
    accepted(&changes);
    insta::assert_snapshot!("events", shown(&changes));
    insta::assert_snapshot!("problems", problems(&import));
    insta::assert_snapshot!(
        "notices",
        import.notices.iter().chain(&changes.notices).map(|notice| format!("{notice}\n")).collect::<String>()
    );
}

#[test]
fn the_same_workbook_gives_the_same_bytes() {
    let bytes = || {
        let mut bytes = Vec::new();
        read(SAMPLE, day("2021-03-31")).unwrap().events(&[]).unwrap().write_ndjson(&mut bytes).unwrap();
        bytes
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn against_itself_nothing_is_new() {
    let import = read(SAMPLE, day("2021-03-31")).unwrap();
    let first = import.events(&[]).unwrap();
    let again = import.events(&accepted(&first)).unwrap();
    assert_eq!(shown(&again), "");
    assert_eq!(again.unchanged, first.events.len());
    assert_eq!(again.vanished, []);
}

#[test]
fn the_same_facts_a_month_later_are_no_news() {
    let first = read(SAMPLE, day("2021-03-31")).unwrap().events(&[]).unwrap();
    let again = read(SAMPLE, day("2021-04-30")).unwrap().events(&accepted(&first)).unwrap();
    assert_eq!(shown(&again), "");
    assert_eq!(again.vanished, []);
}
