//! The lists: what their rows say, before it becomes facts. A module a list.

mod assessments;
mod care;
mod children_in_need;
mod contacts;
mod early_help;
mod enquiries;
mod leavers;
mod protection;
mod referrals;

use calendar::Date;
use smol_str::SmolStr;

pub(super) use assessments::{Assessment, Support};
pub(super) use care::CareRow;
pub(super) use children_in_need::InNeed;
pub(super) use contacts::Contact;
pub(super) use early_help::EarlyHelp;
pub(super) use enquiries::Enquiry;
pub(super) use leavers::Leaver;
pub(super) use protection::{Protection, Seen};
pub(super) use referrals::Referral;

use super::AnnexAError;
use super::bounds::MOST_LIST_ROWS;
use super::children::Children;
use super::layout::{Field, Table};
use super::problems::Problems;
use super::row::{self, Row};

/// The rows of all lists.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) contacts: Vec<Contact>,
    pub(super) early_help: Vec<EarlyHelp>,
    pub(super) referrals: Vec<Referral>,
    pub(super) assessments: Vec<Assessment>,
    pub(super) enquiries: Vec<Enquiry>,
    pub(super) in_need: Vec<InNeed>,
    pub(super) protection: Vec<Protection>,
    pub(super) care: Vec<CareRow>,
    pub(super) leavers: Vec<Leaver>,
    count: usize,
}

/// Who is responsible for a child, by one row.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Allocated {
    pub(super) team: Option<SmolStr>,
    pub(super) worker: Option<SmolStr>,
}

impl Allocated {
    fn read(row: &mut Row<'_>) -> Self {
        Self { team: row.name(Field::Team), worker: row.name(Field::Worker) }
    }

    pub(super) fn is_nobody(&self) -> bool {
        self.team.is_none() && self.worker.is_none()
    }
}

/// A row of a list: about a child, and usually about something that began on a day.
pub(super) trait ListRow {
    fn child(&self) -> u32;
    /// The day that tells the row from the child's other rows of the list.
    fn start(&self) -> Option<Date>;
    fn number(&self) -> u32;
}

impl Rows {
    /// How many rows there are, in all lists.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Takes a row of a list. `place` is the list's place among the tables.
    pub(super) fn take(&mut self, children: &mut Children, mut row: Row<'_>, place: usize) -> Result<(), AnnexAError> {
        if repeats_header(&row) {
            return Ok(());
        }
        let Some(child) = children.of_row(&mut row, place) else {
            return Ok(());
        };
        self.count += 1;
        if self.count > MOST_LIST_ROWS {
            return Err(AnnexAError::TooLarge(format!("its lists have more than {MOST_LIST_ROWS} rows")));
        }
        match row.table.list.number {
            1 => self.contacts.extend(Contact::read(&mut row, child)),
            2 => self.early_help.extend(EarlyHelp::read(&mut row, child)),
            3 => self.referrals.extend(Referral::read(&mut row, child)),
            4 => self.assessments.extend(Assessment::read(&mut row, child)),
            5 => self.enquiries.extend(Enquiry::read(&mut row, child)),
            6 => self.in_need.push(InNeed::read(&mut row, child)),
            7 => self.protection.push(Protection::read(&mut row, child)),
            8 => self.care.push(CareRow::read(&mut row, child)),
            9 => self.leavers.push(Leaver::read(&mut row, child)),
            // Adoption and adopters have no events in the vocabulary.
            _ => {}
        }
        Ok(())
    }

    /// Brings the rows of each list into order, and leaves out and reports those that speak of the same thing as an
    /// earlier one: the same child and the same start.
    pub(super) fn settle(&mut self, tables: &[Table], problems: &mut Problems) {
        let table = |number| tables.iter().find(|table: &&Table| table.list.number == number);
        // Several contacts or referrals on one day are usual; only what is the same in every way is one.
        settle(&mut self.contacts, table(1), problems, |one, other| one.says_as(other));
        settle(&mut self.early_help, table(2), problems, |_, _| true);
        settle(&mut self.referrals, table(3), problems, |one, other| one.says_as(other));
        settle(&mut self.assessments, table(4), problems, |_, _| true);
        settle(&mut self.enquiries, table(5), problems, |_, _| true);
        settle(&mut self.in_need, table(6), problems, |_, _| true);
        settle(&mut self.protection, table(7), problems, |_, _| true);
        settle(&mut self.care, table(8), problems, |_, _| true);
        settle(&mut self.leavers, table(9), problems, |_, _| true);
    }
}

/// Whether the row is the headers once more, as where pages were put together.
fn repeats_header(row: &Row<'_>) -> bool {
    row.table
        .columns
        .iter()
        .filter(|placed| {
            row.cells.iter().any(|cell| {
                cell.column == placed.column
                    && super::cells::text(&cell.value).is_ok_and(|text| text.as_ref() == Some(&placed.header))
            })
        })
        .count()
        > 2
}

fn settle<T: ListRow>(
    rows: &mut Vec<T>,
    table: Option<&Table>,
    problems: &mut Problems,
    is_same: impl Fn(&T, &T) -> bool,
) {
    rows.sort_by_key(|row| (row.child(), row.start(), row.number()));
    let mut kept: Vec<T> = Vec::with_capacity(rows.len());
    let mut left_out = Vec::new();
    for row in rows.drain(..) {
        let same = kept
            .iter()
            .rev()
            .take_while(|one| one.child() == row.child() && one.start() == row.start())
            .filter(|one| is_same(one, &row))
            .last();
        match same {
            Some(same) => left_out.push((row.number(), same.number())),
            None => kept.push(row),
        }
    }
    *rows = kept;
    left_out.sort_unstable();
    for (number, same) in left_out {
        let Some(table) = table else {
            return;
        };
        let reason = format!("the row is about the same as row {same}, which is used");
        row::report(table, number, Field::Child, reason, problems);
    }
}

/// Implements [`ListRow`] for a list's row.
macro_rules! list_row {
    ($Row:ident, $start:expr) => {
        impl crate::annex_a::lists::ListRow for $Row {
            fn child(&self) -> u32 {
                self.child
            }

            fn start(&self) -> Option<calendar::Date> {
                let start: fn(&$Row) -> Option<calendar::Date> = $start;
                start(self)
            }

            fn number(&self) -> u32 {
                self.row
            }
        }
    };
}
use list_row;
