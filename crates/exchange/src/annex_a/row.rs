//! One row of a list: its cells by what they mean, reported where they cannot be used.

use calendar::Date;
use smol_str::SmolStr;

use super::cells::{self, DateRules, quoted};
use super::codes::{self, Answer, Code};
use super::layout::{Field, Table};
use super::problems::{Place, Problems};
use super::workbook::{Cell, Value};

/// A row of a list.
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    /// The row's number, from 1.
    pub(super) number: u32,
    pub(super) cells: &'a [Cell],
    pub(super) rules: DateRules,
    pub(super) problems: &'a mut Problems,
}

impl Row<'_> {
    /// Reports a cell. Without a column of that field there is no cell.
    pub(super) fn report(&mut self, field: Field, reason: String) {
        report(self.table, self.number, field, reason, self.problems);
    }

    fn value(&self, field: Field) -> Option<&Value> {
        let column = self.table.placed(field)?.column;
        self.cells.iter().find(|cell| cell.column == column).map(|cell| &cell.value)
    }

    fn read<T>(&mut self, field: Field, read: impl Fn(&Value) -> Result<Option<T>, String>) -> Option<T> {
        match self.value(field).map(read)? {
            Ok(read) => read,
            Err(reason) => {
                self.report(field, reason);
                None
            }
        }
    }

    /// Whether the cell has nothing in it, or only says that there is nothing.
    pub(super) fn is_empty(&self, field: Field) -> bool {
        self.value(field).is_none_or(|value| match cells::text(value) {
            Ok(text) => text.is_none_or(|text| cells::says_nothing(&text)),
            Err(_) => false,
        })
    }

    /// The child's identifier; without one the row is of no use, which is reported.
    pub(super) fn child(&mut self) -> Option<SmolStr> {
        if self.is_empty(Field::Child) {
            self.report(Field::Child, "it is empty; the row is not used".to_owned());
            return None;
        }
        self.read(Field::Child, cells::identifier)
    }

    /// A text as it stands.
    pub(super) fn text(&mut self, field: Field) -> Option<SmolStr> {
        self.read(field, cells::text)
    }

    /// A name as it stands.
    pub(super) fn name(&mut self, field: Field) -> Option<SmolStr> {
        self.text(field).filter(|text| !cells::says_nothing(text))
    }

    /// A date, whenever it is.
    pub(super) fn any_date(&mut self, field: Field) -> Option<Date> {
        let rules = self.rules;
        self.read(field, |value| cells::date(value, rules))
    }

    /// A date of something that has happened.
    pub(super) fn date(&mut self, field: Field) -> Option<Date> {
        let date = self.any_date(field)?;
        if date > self.rules.as_at {
            self.report(field, format!("{date} is after {}, the day of the workbook", self.rules.as_at));
            return None;
        }
        Some(date)
    }

    /// The date without which a row says nothing.
    pub(super) fn start(&mut self) -> Option<Date> {
        let rules = self.rules;
        let is_blank = self.value(Field::Start).is_none_or(|value| matches!(cells::date(value, rules), Ok(None)));
        if is_blank {
            self.report(Field::Start, "it is empty; what depends on it is not used".to_owned());
            return None;
        }
        self.date(Field::Start)
    }

    /// Yes, no or unknown.
    pub(super) fn answer(&mut self, field: Field) -> Option<Answer> {
        self.decoded(field, codes::answer, "neither yes nor no")
    }

    /// A coded value.
    pub(super) fn code<T: Copy + 'static>(&mut self, field: Field, table: &[Code<T>]) -> Option<T> {
        self.decoded(field, |text| codes::decode(text, table), "no value that the list knows")
    }

    /// What a function makes of a text; where it makes nothing of it, the cell is reported.
    pub(super) fn decoded<T>(
        &mut self,
        field: Field,
        decode: impl Fn(&str) -> Option<T>,
        otherwise: &str,
    ) -> Option<T> {
        let text = self.text(field)?;
        let decoded = decode(&text);
        if decoded.is_none() && !cells::says_nothing(&text) {
            self.report(field, format!("{} is {otherwise}", quoted(&text)));
        }
        decoded
    }
}

/// Reports a cell of a row that was read before.
pub(super) fn report(table: &Table, row: u32, field: Field, reason: String, problems: &mut Problems) {
    let Some(placed) = table.placed(field) else {
        return;
    };
    let place = Place { sheet: table.sheet_name.clone(), row, column: placed.column, header: placed.header.clone() };
    problems.add(place, reason);
}
