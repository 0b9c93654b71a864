//! List 3: referrals.

use calendar::Date;

use super::{Allocated, list_row};
use crate::annex_a::codes::{self, Answer};
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct Referral {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) date: Date,
    /// Whether nothing further was done.
    pub(in crate::annex_a) is_nfa: bool,
    /// The source, only to tell referrals of one day apart.
    source: Option<&'static str>,
    pub(in crate::annex_a) allocated: Allocated,
}

list_row!(Referral, |referral| Some(referral.date));

impl Referral {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Option<Self> {
        let allocated = Allocated::read(row);
        let source = row.code(Field::Source, codes::SOURCE).map(|source| source.category);
        let nfa = row.decoded(Field::NoFurtherAction, nfa, "neither yes nor no");
        let is_nfa = nfa == Some(Answer::Yes);
        Some(Self { child, row: row.number, date: row.start()?, is_nfa, source, allocated })
    }

    /// Whether another referral of the child on the day cannot be told from it.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        self.source == other.source && self.is_nfa == other.is_nfa
    }
}

/// Whether the referral led to no further action. Some councils write that itself in place of yes.
fn nfa(text: &str) -> Option<Answer> {
    match crate::annex_a::words::words(text).as_str() {
        "nfa" | "no further action" => Some(Answer::Yes),
        "fa" | "further action" => Some(Answer::No),
        _ => codes::answer(text),
    }
}
