//! Finding the lists in a workbook, and the columns in a list.
//!
//! A list is known by the number in its sheet's name, else by the words of the name, else by its headers. Where the
//! name says one list and the headers say another, the headers are right: they are what the cells belong to.

mod columns;
mod fields;

use smol_str::SmolStr;

use columns::Column;
pub(super) use columns::{Field, List};

use super::AnnexAError;
use super::bounds::{HEADER_BYTES, HEADER_ROWS};
use super::cells;
use super::problems::{Place, Problems};
use super::words::{fits, words};
use super::workbook::{Cell, Value, Workbook};
use fields::LISTS;

/// Fewer known columns than this are no header row but a coincidence.
const FEWEST_COLUMNS: usize = 3;

/// A list as it stands in a workbook.
pub(super) struct Table {
    pub(super) list: &'static List,
    /// The sheet's place in the workbook, from 0.
    pub(super) sheet: usize,
    pub(super) sheet_name: SmolStr,
    /// The number of the row with the headers, from 1.
    pub(super) header_row: u32,
    pub(super) columns: Vec<Placed>,
    /// Columns that the list does not have.
    pub(super) unknown: Vec<SmolStr>,
}

/// A column of a list where it stands.
pub(super) struct Placed {
    pub(super) field: Field,
    pub(super) column: u16,
    pub(super) header: SmolStr,
}

impl Table {
    /// Where the field's column stands.
    pub(super) fn placed(&self, field: Field) -> Option<&Placed> {
        self.columns.iter().find(|placed| placed.field == field)
    }

    /// The columns that the list should have and has not, those without which it is of no use first.
    pub(super) fn missing(&self) -> impl Iterator<Item = &'static Column> {
        let is_absent = |column: &&'static Column| self.list.asks_for(column) && self.placed(column.field).is_none();
        let columns = || self.list.columns().filter(is_absent);
        columns().filter(|column| column.is_required).chain(columns().filter(|column| !column.is_required))
    }

    /// Whether the columns without which the list is of no use are there.
    pub(super) fn is_usable(&self) -> bool {
        !self.missing().any(|column| column.is_required)
    }

    /// How many columns the list knows.
    fn known(&self) -> usize {
        self.columns.len()
    }
}

/// The lists found in a workbook, and what is to be said about the search.
pub(super) struct Layout {
    /// At most one table a list, by the lists' numbers.
    pub(super) tables: Vec<Table>,
    pub(super) notices: Vec<String>,
}

/// How sure it is that a sheet is a list. Declared from the least to the most sure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    Headers,
    Title,
    Number,
}

struct Found {
    table: Table,
    sureness: Sureness,
    doubles: Vec<(Placed, u16)>,
}

/// Finds the lists.
pub(super) fn find(workbook: &mut Workbook<'_>, problems: &mut Problems) -> Result<Layout, AnnexAError> {
    let names: Vec<SmolStr> = workbook.sheet_names().map(SmolStr::new).collect();
    let mut notices = Vec::new();
    let mut best: Vec<Found> = Vec::new();
    for (sheet, name) in names.iter().enumerate() {
        let head = head_of(workbook, sheet)?;
        let Some(found) = table_of(sheet, name, &head, &mut notices) else {
            continue;
        };
        let other = best.iter_mut().find(|other| other.table.list.number == found.table.list.number);
        let Some(other) = other else {
            best.push(found);
            continue;
        };
        let number = found.table.list.number;
        let rank = |found: &Found| (found.table.is_usable(), found.sureness, found.table.known());
        let loser = if rank(&found) > rank(other) { std::mem::replace(other, found) } else { found };
        notices.push(format!(
            "two sheets are list {number}: {} is read, {} is not",
            other.table.sheet_name, loser.table.sheet_name
        ));
    }
    best.sort_by_key(|found| found.table.list.number);
    for found in &best {
        report_doubles(found, problems);
    }
    let tables = best.into_iter().map(|found| found.table).collect();
    Ok(Layout { tables, notices })
}

/// The first rows of a sheet that have anything in them.
fn head_of(workbook: &mut Workbook<'_>, sheet: usize) -> Result<Vec<(u32, Vec<Cell>)>, AnnexAError> {
    let mut head = Vec::new();
    let Some(mut rows) = workbook.rows(sheet)? else {
        return Ok(head);
    };
    let mut cells = Vec::new();
    while head.len() < HEADER_ROWS && rows.unpacked() < HEADER_BYTES {
        let Some(number) = rows.next(&mut cells)? else {
            break;
        };
        head.push((number, std::mem::take(&mut cells)));
    }
    Ok(head)
}

/// The list that a sheet is, if it is one.
fn table_of(sheet: usize, name: &SmolStr, head: &[(u32, Vec<Cell>)], notices: &mut Vec<String>) -> Option<Found> {
    let (named, sureness) = match list_numbered(name) {
        Some(list) => (Some(list), Sureness::Number),
        None => (list_titled(name), Sureness::Title),
    };
    let by_name = named.and_then(|list| best_header(list, sheet, name, head));
    if let Some((table, doubles)) = by_name
        && table.is_usable()
    {
        return Some(Found { table, sureness, doubles });
    }
    let by_headers = LISTS
        .iter()
        .filter_map(|list| best_header(list, sheet, name, head))
        .filter(|(table, _)| table.is_usable() && own_columns(table) > 1)
        .max_by_key(|(table, _)| own_columns(table));
    if let Some((table, doubles)) = by_headers {
        if let Some(named) = named {
            notices.push(format!(
                "the sheet {name} has the columns of list {} ({}), not of list {}, and is read as such",
                table.list.number, table.list.title, named.number
            ));
        }
        return Some(Found { table, sureness: Sureness::Headers, doubles });
    }
    // The name says what it is, but something is missing; the reader of the lists says what.
    let list = named?;
    let (table, doubles) = best_header(list, sheet, name, head).unwrap_or_else(|| {
        let sheet_name = name.clone();
        let table = Table { list, sheet, sheet_name, header_row: 0, columns: Vec::new(), unknown: Vec::new() };
        (table, Vec::new())
    });
    Some(Found { table, sureness, doubles })
}

/// How many of the columns are the list's own rather than those of all lists.
fn own_columns(table: &Table) -> usize {
    let is_own = |placed: &&Placed| {
        !matches!(
            placed.field,
            Field::Child
                | Field::Sex
                | Field::Ethnicity
                | Field::DateOfBirth
                | Field::Disability
                | Field::Team
                | Field::Worker
        )
    };
    table.columns.iter().filter(is_own).count()
}

/// The list whose number the name gives: `List 1`, `List_1`, `list1 - contacts`, `Annex A List 01`, `1`, `1. Contacts`.
fn list_numbered(name: &str) -> Option<&'static List> {
    let words = words(name);
    let after_list = words.split(' ').enumerate().find_map(|(position, word)| {
        let rest = word.strip_prefix("list")?;
        if rest.is_empty() { leading_number(words.split(' ').nth(position + 1)?) } else { leading_number(rest) }
    });
    let number = after_list.or_else(|| leading_number(&words))?;
    LISTS.iter().find(|list| u32::from(list.number) == number)
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

fn list_titled(name: &str) -> Option<&'static List> {
    let words = words(name);
    LISTS.iter().find(|list| list.sheet_names.iter().any(|pattern| fits(&words, pattern)))
}

type Header = (Table, Vec<(Placed, u16)>);

/// The row that has most of the list's columns, and the columns that stand there twice.
fn best_header(list: &'static List, sheet: usize, name: &SmolStr, head: &[(u32, Vec<Cell>)]) -> Option<Header> {
    let mut best: Option<Header> = None;
    for (number, cells) in head {
        let mut table = Table {
            list,
            sheet,
            sheet_name: name.clone(),
            header_row: *number,
            columns: Vec::new(),
            unknown: Vec::new(),
        };
        let doubles = place(&mut table, cells);
        let is_better = best.as_ref().is_none_or(|(best, _)| table.known() > best.known());
        if table.known() >= FEWEST_COLUMNS && is_better {
            best = Some((table, doubles));
        }
    }
    best
}

/// Gives every header of a row its column of the list. Returns those that mean a column that is there already, with
/// where it stands.
fn place(table: &mut Table, cells: &[Cell]) -> Vec<(Placed, u16)> {
    let mut doubles = Vec::new();
    for cell in cells {
        let Value::Text(_) = cell.value else {
            continue;
        };
        let Ok(Some(header)) = cells::text(&cell.value) else {
            continue;
        };
        let words = words(&header);
        let known = table.list.columns().find(|column| column.headers.iter().any(|pattern| fits(&words, pattern)));
        let Some(known) = known else {
            table.unknown.push(header);
            continue;
        };
        let placed = Placed { field: known.field, column: cell.column, header };
        match table.placed(known.field) {
            Some(first) if known.field != Field::Unused => doubles.push((placed, first.column)),
            Some(_) | None => table.columns.push(placed),
        }
    }
    doubles
}

fn report_doubles(found: &Found, problems: &mut Problems) {
    for (double, first) in &found.doubles {
        let place = Place {
            sheet: found.table.sheet_name.clone(),
            row: found.table.header_row,
            column: double.column,
            header: double.header.clone(),
        };
        let letters = super::problems::column_letters(*first);
        problems.add(place, format!("it means the same as column {letters}, which is used"));
    }
}
