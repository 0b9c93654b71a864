//! SQL that is being put together, in what SQLite and PostgreSQL both understand as far as it goes.

use crate::columns::json;
use crate::read_model::Slot;
use crate::store::{StoreError, StoreResult};
use serde::Serialize;

/// What a database understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite's.
    Sqlite,
    /// PostgreSQL's.
    Postgres,
}

/// A value that a statement is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// A statement and its values. In its text `{x}` stands for the letter of the place that is asked, and `{join}` for a
/// join in the order in which it is written where the database keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Sql {
    dialect: Dialect,
    slot: Slot,
    text: String,
    values: Vec<Value>,
}

/// The letter of a place, by which its tables are called.
pub(crate) const fn letter(slot: Slot) -> &'static str {
    match slot {
        Slot::A => "a",
        Slot::B => "b",
    }
}

/// The place of a letter.
pub(crate) fn of_letter(letter: &str) -> StoreResult<Slot> {
    match letter {
        "a" => Ok(Slot::A),
        "b" => Ok(Slot::B),
        other => Err(StoreError::Damaged(format!("a read model is in the place {other}, which there is not"))),
    }
}

impl Sql {
    /// An empty statement.
    pub(crate) fn new(dialect: Dialect, slot: Slot) -> Sql {
        Sql { dialect, slot, text: String::new(), values: Vec::new() }
    }

    /// Adds text.
    pub(crate) fn push(&mut self, part: impl AsRef<str>) -> &mut Sql {
        self.text.push_str(part.as_ref());
        self
    }

    /// Adds a number as a value.
    pub(crate) fn number(&mut self, number: impl Into<i64>) -> &mut Sql {
        self.bind(Value::Number(number.into()))
    }

    /// Adds a text as a value.
    pub(crate) fn text(&mut self, text: impl Into<String>) -> &mut Sql {
        self.bind(Value::Text(text.into()))
    }

    fn bind(&mut self, value: Value) -> &mut Sql {
        self.values.push(value);
        let sign = match self.dialect {
            Dialect::Sqlite => '?',
            Dialect::Postgres => '$',
        };
        self.text.push(sign);
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds a question that gives a list of numbers as rows with one column, `value`.
    pub(crate) fn numbers(&mut self, list: &(impl Serialize + ?Sized)) -> &mut Sql {
        self.each(list, "value::bigint AS value")
    }

    /// Adds a question that gives a list of texts as rows with one column, `value`.
    pub(crate) fn texts(&mut self, list: &(impl Serialize + ?Sized)) -> &mut Sql {
        self.each(list, "value")
    }

    /// PostgreSQL gives texts, which are to be what `column` says.
    fn each(&mut self, list: &(impl Serialize + ?Sized), column: &str) -> &mut Sql {
        match self.dialect {
            Dialect::Sqlite => self.push("SELECT value FROM json_each(").text(json(&list)).push(")"),
            Dialect::Postgres => {
                self.push(format!("SELECT {column} FROM json_array_elements_text("));
                self.text(json(&list)).push("::json) AS each (value)")
            }
        }
    }

    /// Has SQLite use an index of the place that serves the question, named without the letter's part.
    pub(crate) fn indexed_by(&mut self, index: &str) -> &mut Sql {
        match self.dialect {
            Dialect::Sqlite => self.push(" INDEXED BY ").push(index),
            Dialect::Postgres => self,
        }
    }

    /// Columns as one value: a list of JSON.
    pub(crate) fn row(&self, columns: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("json_array({columns})"),
            Dialect::Postgres => format!("json_build_array({columns})"),
        }
    }

    /// A column of lists of JSON, all rows as one list. Their order is that of the rows.
    pub(crate) fn packed(&self, column: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("'[' || coalesce(group_concat({column}, ','), '') || ']'"),
            Dialect::Postgres => format!("'[' || coalesce(string_agg({column}::text, ','), '') || ']'"),
        }
    }

    /// The text and its values, in order.
    pub(crate) fn finish(self) -> (String, Vec<Value>) {
        let join = match self.dialect {
            Dialect::Sqlite => "CROSS JOIN",
            Dialect::Postgres => "JOIN",
        };
        (self.text.replace("{x}", letter(self.slot)).replace("{join}", join), self.values)
    }
}
