//! What is to be said beside the events: what was read, and what a workbook cannot tell.

use calendar::Date;

use super::NOT_RECORDED;
use super::layout::Table;

/// The lists that are turned into events.
const LAST_LIST: u8 = 9;

/// How many columns are named in one notice.
const MOST_NAMES: usize = 12;

/// What no workbook can tell, whichever it is.
pub(super) fn general(as_at: Date) -> Vec<String> {
    vec![
        format!(
            "a workbook holds only the latest visit, review, health assessment and the like of each child: worklists and \
             snapshots as at {as_at} can be read from it, but timeliness over past months cannot"
        ),
        "the clocks whose acts Annex A does not hold run on without them: contact decisions, initial visits to children \
         who are only in list 3, assessment checkpoints, child in need reviews, core groups, care plans, personal \
         education plans, annual care assessments, SDQ, face-to-face contacts of the IRO, face-to-face visits to care \
         leavers, supervision and case activity"
            .to_owned(),
        "the first visit that is known since a referral counts as the initial one, and so does the first health \
         assessment that is known of a time in care"
            .to_owned(),
        "where only one review of a child in care is known, the next counts as due 3 months after it, as after a first \
         review, and not 6 months"
            .to_owned(),
        "numbers without dates cannot become events: referrals, enquiries and conferences in 12 months, previous plans, \
         placements, missing episodes and return interviews"
            .to_owned(),
        format!("the lists hold no locality: that of every child is {NOT_RECORDED:?}; whose a child is, is known from {as_at} on"),
        "how a care leaver was in touch is not in the list: it counts as being in touch, not as a visit".to_owned(),
        "List 2 does not say when early help ended: a child stays in early help from the start of its assessment".to_owned(),
        format!("the events are recorded at the end of {as_at}: a ledger takes them once that day is over"),
    ]
}

/// What was read of a list. `rows` are those with a child.
pub(super) fn of_table(table: &Table, rows: usize, notices: &mut Vec<String>) {
    let list = table.list;
    let name = format!("list {} ({}, sheet {})", list.number, list.title, table.sheet_name);
    if list.number > LAST_LIST {
        notices.push(format!("{name} has no events in the vocabulary and is not read"));
        return;
    }
    if table.header_row == 0 {
        notices.push(format!("{name} is not read: there is no row with its headers"));
        return;
    }
    let required: Vec<&str> = table.missing().filter(|column| column.is_required).map(|column| column.name).collect();
    if !required.is_empty() {
        notices.push(format!("{name} is not read: it has no column {}", names(required.into_iter())));
        return;
    }
    let mut notice = format!("{name}: {}", count(rows, "row", "rows"));
    let missing: Vec<&str> = table.missing().map(|column| column.name).collect();
    if !missing.is_empty() {
        notice.push_str(&format!("; it has no column {}", names(missing.into_iter())));
    }
    if !table.unknown.is_empty() {
        let unknown = names(table.unknown.iter().map(|header| header.as_str()));
        notice.push_str(&format!("; not known and not read: {unknown}"));
    }
    notices.push(notice);
}

/// The lists that no sheet is.
pub(super) fn absent(tables: &[Table], notices: &mut Vec<String>) {
    for number in 1..=LAST_LIST {
        if !tables.iter().any(|table| table.list.number == number) {
            notices.push(format!("no sheet is list {number}; it is not imported"));
        }
    }
}

/// `1 row`, `2 rows`
pub(super) fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

fn names<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    let mut listed = names.take(MOST_NAMES).map(super::cells::quoted).collect::<Vec<_>>().join(", ");
    if more > 0 {
        listed.push_str(&format!(" and {more} more"));
    }
    listed
}
