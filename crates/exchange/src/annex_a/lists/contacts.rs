//! List 1: contacts.

use calendar::Date;

use super::list_row;
use crate::annex_a::codes::{self, Source};
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct Contact {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) date: Date,
    pub(in crate::annex_a) source: Option<Source>,
}

list_row!(Contact, |contact| Some(contact.date));

impl Contact {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Option<Self> {
        let source = row.code(Field::Source, codes::SOURCE);
        Some(Self { child, row: row.number, date: row.start()?, source })
    }

    /// Whether another contact of the child on the day cannot be told from it.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        let category = |contact: &Self| contact.source.map(|source| source.category);
        category(self) == category(other)
    }
}
