//! From rows to facts: what the events are, child by child.
//!
//! A workbook gives days, not times. What begins on a day begins with the day, so that whatever else happened on it
//! comes after; what ends, ends late; the rest has its place in between, in the order of [`time`].

mod care;
mod cases;
mod early;
mod enquiries;
mod leavers;
mod person;
mod plans;

use calendar::{Age, Date, Instant, london};
use hashbrown::HashSet;
use vocabulary::Data;

use super::children::Child;
use super::keys::{Key, ListsRead, first_listed};
use super::known::{self, Head, Span};
use super::lists::{
    Assessment, CareRow, Contact, EarlyHelp, Enquiry, InNeed, Leaver, ListRow, Protection, Referral, Rows,
};

/// The minutes after midnight at which things are taken to have happened. All lie within the shortest day of the
/// year, which has 23 hours.
pub(super) mod time {
    /// Care, plans, placements, leaving care, early help, allocations.
    pub(in crate::annex_a) const BEGINNING: i64 = 0;
    pub(in crate::annex_a) const CONTACT: i64 = 10;
    pub(in crate::annex_a) const REFERRAL: i64 = 20;
    pub(in crate::annex_a) const STRATEGY_DISCUSSION: i64 = 30;
    pub(in crate::annex_a) const ENQUIRY: i64 = 40;
    pub(in crate::annex_a) const ASSESSMENT: i64 = 50;
    pub(in crate::annex_a) const VISIT: i64 = 12 * 60;
    pub(in crate::annex_a) const REVIEW: i64 = 13 * 60;
    pub(in crate::annex_a) const ENQUIRY_COMPLETED: i64 = 14 * 60;
    pub(in crate::annex_a) const CONFERENCE: i64 = 14 * 60 + 30;
    pub(in crate::annex_a) const HEALTH: i64 = 15 * 60;
    pub(in crate::annex_a) const DENTAL: i64 = 15 * 60 + 30;
    pub(in crate::annex_a) const IRO: i64 = 16 * 60;
    pub(in crate::annex_a) const LEAVER_CONTACT: i64 = 16 * 60 + 30;
    pub(in crate::annex_a) const LEAVER_STANDING: i64 = 17 * 60;
    pub(in crate::annex_a) const ASSESSMENT_COMPLETED: i64 = 18 * 60;
    /// A case, before the plans and the care that may have kept the child from being merely in need.
    pub(in crate::annex_a) const CASE_CLOSED: i64 = 21 * 60;
    /// Plans, care, leaving care.
    pub(in crate::annex_a) const ENDING: i64 = 22 * 60;
}

/// The instant so many minutes after midnight in London.
pub(super) fn at(date: Date, minutes: i64) -> Instant {
    london::start_of_day(date).plus_micros(minutes * 60 * 1_000_000)
}

/// A fact about a child.
#[derive(Clone)]
pub(super) struct Fact {
    pub(super) key: Key,
    pub(super) occurred: Instant,
    pub(super) data: Data,
}

/// The rows about one child, and what earlier imports told.
pub(super) struct OfChild<'a> {
    pub(super) child: &'a Child,
    pub(super) as_at: Date,
    pub(super) lists: ListsRead,
    pub(super) contacts: &'a [Contact],
    pub(super) early_help: &'a [EarlyHelp],
    pub(super) referrals: &'a [Referral],
    pub(super) assessments: &'a [Assessment],
    pub(super) enquiries: &'a [Enquiry],
    pub(super) in_need: &'a [InNeed],
    pub(super) protection: &'a [Protection],
    pub(super) care: &'a [CareRow],
    pub(super) leavers: &'a [Leaver],
    pub(super) known: &'a [Head<'a>],
}

/// The facts about one child.
pub(super) struct Facts {
    as_at: Date,
    pub(super) list: Vec<Fact>,
    keys: HashSet<Key>,
    /// What the workbook neither states nor denies: it has not vanished.
    pub(super) untouched: HashSet<Key>,
    /// Referrals that led to something but whose child is not in list 6.
    pub(super) referrals_without_case: usize,
}

impl Facts {
    /// Nothing: of a child that is in none of the lists.
    pub(super) fn none(as_at: Date) -> Self {
        Self { as_at, list: Vec::new(), keys: HashSet::new(), untouched: HashSet::new(), referrals_without_case: 0 }
    }

    fn add(&mut self, date: Date, minutes: i64, data: impl Into<Data>) {
        let data = data.into();
        let occurred = at(date, minutes);
        // Every type that is added has a key. A second fact of the same key says the same again.
        if let Some(key) = Key::of(&data, occurred, self.as_at)
            && self.keys.insert(key.clone())
        {
            self.list.push(Fact { key, occurred, data });
        }
    }

    fn states(&self, key: &Key) -> bool {
        self.keys.contains(key)
    }

    /// Whether what is known of a kind of which a workbook gives the latest stays as it is. Where the workbook gives an
    /// earlier day as the latest, it puts the later one right.
    fn leaves(&self, head: &Head<'_>) -> bool {
        let series = self.list.iter().filter(|fact| fact.key.series == head.key.series);
        let latest = series.filter_map(|fact| fact.key.date()).max();
        latest.is_none_or(|latest| Some(latest) >= head.key.date()) || head.recorded() > self.as_at
    }

    fn leave(&mut self, key: &Key) {
        self.untouched.insert(key.clone());
    }
}

impl<'a> OfChild<'a> {
    /// The rows of the child at a position, among rows in the order of the children.
    pub(super) fn new(
        rows: &'a Rows,
        position: u32,
        child: &'a Child,
        known: &'a [Head<'a>],
        as_at: Date,
        lists: ListsRead,
    ) -> Self {
        Self {
            child,
            as_at,
            lists,
            contacts: of(&rows.contacts, position),
            early_help: of(&rows.early_help, position),
            referrals: of(&rows.referrals, position),
            assessments: of(&rows.assessments, position),
            enquiries: of(&rows.enquiries, position),
            in_need: of(&rows.in_need, position),
            protection: of(&rows.protection, position),
            care: of(&rows.care, position),
            leavers: of(&rows.leavers, position),
            known,
        }
    }

    /// Everything that the workbook states of the child.
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::none(self.as_at);
        let cases = cases::cases(self);
        person::registration(self, &mut facts);
        early::contacts(self, &mut facts);
        early::early_help(self, &mut facts);
        cases::referrals(self, &cases, &mut facts);
        cases::assessments(self, &cases, &mut facts);
        enquiries::enquiries(self, &mut facts);
        plans::protection(self, &mut facts);
        plans::in_need(self, &mut facts);
        care::care(self, &mut facts);
        leavers::leavers(self, &mut facts);
        plans::seen_otherwise(self, &mut facts);
        cases::initial_visits(self, &cases, &mut facts);
        person::allocation(self, &mut facts);
        facts
    }

    /// The times in care: those of list 8, and of earlier imports those that are too long past for the list.
    fn care_spans(&self) -> Vec<Span> {
        let rows = self.care.iter().filter(|care| !care.is_short_breaks).filter_map(|care| {
            let start = care.start?;
            Some(Span { episode: care::episode(start), start, end: care.end.map(|(end, _)| end) })
        });
        self.with_past(rows.collect(), 8, known::care_spans(self.known))
    }

    /// The child protection plans: those of list 7, and of earlier imports those that are too long past for the list.
    fn protection_spans(&self) -> Vec<Span> {
        let rows = self.protection.iter().filter_map(|plan| {
            let start = plan.start?;
            Some(Span { episode: plans::protection_episode(start), start, end: plan.end })
        });
        self.with_past(rows.collect(), 7, known::protection_spans(self.known))
    }

    /// Adds what is known to what a list has. What the list should have and has not is wrong.
    fn with_past(&self, mut spans: Vec<Span>, list: u8, known: Vec<Span>) -> Vec<Span> {
        let first_listed = first_listed(self.as_at);
        for span in known {
            let is_past = span.end.is_some_and(|end| end < first_listed) || !self.lists.has(list);
            if is_past && !spans.iter().any(|other| other.episode == span.episode) {
                spans.push(span);
            }
        }
        spans
    }

    /// Whether the child has reached an age by a day.
    fn has_reached(&self, years: u16, day: Date) -> bool {
        self.birthday(years).is_some_and(|birthday| birthday <= day)
    }

    /// The day on which the child reaches an age.
    fn birthday(&self, years: u16) -> Option<Date> {
        let age = Age { years, months: 0 };
        self.child.date_of_birth.map(|date_of_birth| age.reached_on(date_of_birth))
    }
}

fn of<T: ListRow>(rows: &[T], child: u32) -> &[T] {
    let start = rows.partition_point(|row| row.child() < child);
    let end = rows.partition_point(|row| row.child() <= child);
    rows.get(start..end).unwrap_or(&[])
}
