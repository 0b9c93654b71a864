//! Annex A: the workbook of child-level lists that Ofsted asks councils for when it inspects children's services.
//!
//! Every council can make one. [`read`] takes what its lists 1 to 9 say of children and [`Import::events`] turns it
//! into events of the vocabulary, only those that are new or changed where earlier imports are given. What each list
//! becomes is in `ANNEX_A.md` of this crate.
//!
//! Whatever the bytes, there is a result or one [`AnnexAError`], within the memory that [`bounds`] leaves; a cell that
//! cannot be used is a [`Problem`] and costs no more than itself.

pub mod bounds;
mod cells;
mod children;
mod codes;
mod compare;
mod error;
mod facts;
mod keys;
mod known;
mod layout;
mod lists;
mod notices;
mod problems;
mod row;
mod words;
mod workbook;

use std::io;

use calendar::Date;
use hashbrown::HashSet;
use vocabulary::{Event, Subject};

pub use compare::{Changes, Vanished, Written};
pub use error::AnnexAError;
pub use problems::{Place, Problem};

use bounds::MOST_FACTS;
use cells::DateRules;
use children::Children;
use compare::Comparison;
use facts::{Facts, OfChild};
use keys::ListsRead;
use known::Known;
use layout::Table;
use lists::Rows;
use problems::Problems;
use row::Row;
use workbook::Workbook;

/// The source of all events that come from workbooks.
pub const SOURCE: &str = "urn:sightline:annex-a";

/// What stands for a locality, and for a team that is not named.
pub const NOT_RECORDED: &str = "Not recorded";

/// A workbook that was read.
pub struct Import {
    /// The day that it is as at.
    pub as_at: Date,
    /// The cells that could not be used, in the order of the lists and their rows.
    pub problems: Vec<Problem>,
    /// How many more such cells there were than are listed.
    pub unlisted_problems: usize,
    /// What was read, what was not, and what cannot be told from it.
    pub notices: Vec<String>,
    children: Children,
    rows: Rows,
    lists: ListsRead,
}

/// Reads a workbook from where its bytes come from.
///
/// # Errors
///
/// Those of [`read`], and what keeps the bytes from being read.
pub fn read_from(source: impl io::Read, as_at: Date) -> Result<Import, AnnexAError> {
    read(&workbook::read_all(source)?, as_at)
}

/// Reads a workbook. It is as at the end of a day.
///
/// # Errors
///
/// A file that is no workbook, is damaged, passes one of the [`bounds`] or has none of the lists 1 to 9.
pub fn read(bytes: &[u8], as_at: Date) -> Result<Import, AnnexAError> {
    if !(1900..=9999).contains(&as_at.year()) {
        return Err(AnnexAError::AsAt(as_at));
    }
    let mut workbook = Workbook::open(bytes)?;
    let mut problems = Problems::default();
    let layout = layout::find(&mut workbook, &mut problems)?;
    let mut notices = notices::general(as_at);
    notices.extend(layout.notices);
    let tables = layout.tables;
    notices::absent(&tables, &mut notices);
    let rules = DateRules { from_1904: workbook.is_from_1904(), as_at };
    let mut children = Children::default();
    let mut rows = Rows::default();
    let mut lists = ListsRead::default();
    for (place, table) in tables.iter().enumerate() {
        let mut count = 0;
        if is_read(table) {
            lists.insert(table.list.number);
            count = read_table(&mut workbook, table, place, rules, &mut children, &mut rows, &mut problems)?;
        }
        notices::of_table(table, count, &mut notices);
    }
    if !tables.iter().any(is_read) {
        return Err(AnnexAError::NoLists);
    }
    rows.settle(&tables, &mut problems);
    children.settle_births(&tables, as_at, &mut problems);
    let Problems { mut listed, unlisted } = problems;
    sort_by_place(&mut listed, &tables);
    Ok(Import { as_at, problems: listed, unlisted_problems: unlisted, notices, children, rows, lists })
}

/// Whether a list becomes events.
fn is_read(table: &Table) -> bool {
    table.list.number <= 9 && table.is_usable()
}

/// Reads the rows below the headers. Returns how many have a child.
fn read_table(
    workbook: &mut Workbook<'_>,
    table: &Table,
    place: usize,
    rules: DateRules,
    children: &mut Children,
    rows: &mut Rows,
    problems: &mut Problems,
) -> Result<usize, AnnexAError> {
    let before = rows.count();
    let Some(mut sheet) = workbook.rows(table.sheet)? else {
        return Ok(0);
    };
    let mut cells = Vec::new();
    while let Some(number) = sheet.next(&mut cells)? {
        let is_listed = |cell: &workbook::Cell| table.columns.iter().any(|placed| placed.column == cell.column);
        if number > table.header_row && cells.iter().any(is_listed) {
            let row = Row { table, number, cells: &cells, rules, problems };
            rows.take(children, row, place)?;
        }
    }
    Ok(rows.count() - before)
}

fn sort_by_place(problems: &mut [Problem], tables: &[Table]) {
    let position = |problem: &Problem| tables.iter().position(|table| table.sheet_name == problem.place.sheet);
    problems.sort_by_cached_key(|problem| (position(problem), problem.place.row, problem.place.column));
}

impl Import {
    /// The events that are new or changed against those of earlier imports, which are found among `against` by their
    /// source, and what of them the workbook no longer states. With nothing to compare, all events are new.
    ///
    /// # Errors
    ///
    /// More facts than [`bounds::MOST_FACTS`].
    pub fn events(&self, against: &[Event]) -> Result<Changes, AnnexAError> {
        let known = Known::new(against);
        let mut changes = Changes::default();
        let (mut count, mut without_case) = (0, 0);
        let mut present: HashSet<&Subject> = HashSet::new();
        for (position, child) in (0..).zip(&self.children.list) {
            present.insert(&child.subject);
            let heads = known.child(&child.subject);
            let of = OfChild::new(&self.rows, position, child, heads, self.as_at, self.lists);
            let facts = of.facts();
            count += facts.list.len();
            without_case += facts.referrals_without_case;
            if count > MOST_FACTS {
                return Err(AnnexAError::TooLarge(format!("its rows state more than {MOST_FACTS} facts")));
            }
            Comparison::new(&known, &child.subject, self.as_at, self.lists, &mut changes).run(&child.key, facts);
        }
        for subject in known.subjects().filter(|subject| !present.contains(subject)) {
            Comparison::new(&known, subject, self.as_at, self.lists, &mut changes).run("", Facts::none(self.as_at));
        }
        changes.sort();
        if without_case > 0 {
            let referrals = notices::count(without_case, "referral", "referrals");
            changes
                .notices
                .push(format!("{referrals} with further action of children who are not in list 6 stay open"));
        }
        if changes.outdated > 0 {
            let facts = notices::count(changes.outdated, "fact", "facts");
            changes.notices.push(format!("{facts} that a later workbook tells otherwise are left as that tells them"));
        }
        Ok(changes)
    }
}
