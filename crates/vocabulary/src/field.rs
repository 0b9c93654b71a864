//! What the fields of an event's data are, and their values in a form that fits all of them.

use calendar::Date;

use crate::{Number, Subject, SubjectKind, Text};

/// The most fields that a type's data has.
pub(crate) const MOST_FIELDS: usize = 8;

/// One field of a type's data.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Field {
    /// Its name in the JSON.
    pub name: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub required: bool,
    /// What it is, in one sentence.
    pub doc: &'static str,
}

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum FieldKind {
    /// A string, which may be empty.
    Text,
    /// A string that is not empty: required ones, links and workers.
    Name,
    /// True or false.
    Bool,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A number within bounds.
    Number {
        /// The least that it may be; minus infinity for no bound.
        least: f64,
        /// The most that it may be; infinity for no bound.
        most: f64,
    },
    /// A whole number, written without fraction or exponent.
    Whole {
        /// The numbers that it may be.
        values: WholeValues,
    },
    /// One of a fixed list.
    Choice(&'static [&'static str]),
    /// A list of values of a fixed list.
    Choices(&'static [&'static str]),
    /// A list of strings.
    TextList,
    /// A subject of one kind, in its text form.
    Subject(SubjectKind),
    /// Anything but null and the empty string.
    Any,
}

/// The whole numbers that a field takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WholeValues {
    /// All between two, with both.
    Range {
        /// The least.
        least: u8,
        /// The most.
        most: u8,
    },
    /// Only these.
    OneOf(&'static [u8]),
}

impl WholeValues {
    /// Whether the number is one of them.
    pub fn contains(self, number: u8) -> bool {
        match self {
            Self::Range { least, most } => (least..=most).contains(&number),
            Self::OneOf(numbers) => numbers.contains(&number),
        }
    }
}

/// One field's value of one event, for conditions that are written for any field.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value<'a> {
    /// The field is not there.
    Absent,
    /// Of a [`FieldKind::Bool`].
    Bool(bool),
    /// Of a [`FieldKind::Choice`]: the position in its list.
    Choice(u8),
    /// Of a [`FieldKind::Choices`]: the positions in its list as bits, the first the lowest.
    Choices(u32),
    /// Of a [`FieldKind::Text`] or [`FieldKind::Name`].
    Text(&'a str),
    /// Of a [`FieldKind::TextList`].
    Texts(&'a [Text]),
    /// Of a [`FieldKind::Number`] or [`FieldKind::Whole`].
    Number(Number),
    /// Of a [`FieldKind::Date`].
    Date(Date),
    /// Of a [`FieldKind::Subject`].
    Subject(&'a Subject),
    /// Of a [`FieldKind::Any`], whatever it is.
    Any,
}

/// What the fields of one type must be together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    /// At least one of two fields is there; where neither is, the first is the one that is missing.
    Either(&'static str, &'static str),
    /// `field` is not true while `with` is false.
    TrueOnlyWith { field: &'static str, with: &'static str },
}
