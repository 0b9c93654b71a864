//! What a database must do for Sightline.

use crate::figures::{FigureSet, FigureSetHead};
use crate::ledger::{Incoming, Position, Stored, SubjectNumber, Taken, TreeHead};
use crate::quarantine::{Action, Quarantined, Standing};
use crate::query::{ClockQuery, Count, Cursor, Group, Holder, Order, Page};
use crate::read_model::{Derived, Difference, ListedFinding, ReadModel, Slot, SubjectRows};
use async_trait::async_trait;
use calendar::Instant;
use engine::Row;
use std::fmt;
use vocabulary::{Subject, SubjectKind};

/// What a store gives, or why it cannot.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why a store could not do what was asked. Nothing of it was done.
#[derive(Debug)]
pub enum StoreError {
    /// The database failed: the disk is full, the file is gone or damaged, it cannot be written to.
    Database {
        /// What was being done.
        doing: &'static str,
        /// What the database said.
        error: sqlx::Error,
    },
    /// What is stored is not what was written: a file was damaged or changed from outside.
    Damaged(String),
    /// Somebody else moved the read model on meanwhile: read the checkpoint and derive again.
    Overtaken,
    /// A cursor is no place in the list that was asked for: it was cut, made up, or comes from another list.
    NoSuchPlace,
    /// It cannot be used as it is, and the text says what to do.
    Unusable(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Database { doing, .. } => write!(formatter, "the database failed while {doing}"),
            StoreError::Damaged(what) => write!(formatter, "the stored data is damaged: {what}"),
            StoreError::Overtaken => formatter.write_str("the read model was moved on by another process meanwhile"),
            StoreError::NoSuchPlace => {
                formatter.write_str("this is no place in the list: begin again at its first page")
            }
            StoreError::Unusable(why) => formatter.write_str(why),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Database { error, .. } => Some(error),
            StoreError::Damaged(_) | StoreError::Overtaken | StoreError::NoSuchPlace | StoreError::Unusable(_) => None,
        }
    }
}

/// For what a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To read and to write.
    Write,
    /// To read. The database must be there and up to date, and is not changed.
    Read,
}

/// Whoever must be derived together, because their events correct each other or were merged.
pub type Family = Vec<SubjectNumber>;

/// A ledger, a quarantine and a read model in one database.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    // The ledger.

    /// Appends what is new, and puts into the quarantine what was refused or conflicts with what is there, all in one
    /// commit at `now`; says of each what became of it, in order. Repetitions within the batch are found as well.
    async fn take(&self, batch: Vec<Incoming>, now: Instant) -> StoreResult<Vec<Taken>>;

    /// The end of the ledger.
    async fn head(&self) -> StoreResult<TreeHead>;

    /// The events from a position on, at most `limit`, in order of position.
    async fn events_from(&self, from: Position, limit: u32) -> StoreResult<Vec<Stored>>;

    /// All events of those subjects up to a position, in order of position.
    async fn events_of(&self, subjects: &[SubjectNumber], to: Position) -> StoreResult<Vec<Stored>>;

    /// The position of the event with that source and id.
    async fn position_of(&self, source: &str, id: &str) -> StoreResult<Option<Position>>;

    /// The tree heads that were committed after `size` events, at most `limit`, smallest first.
    async fn tree_heads(&self, after: u64, limit: u32) -> StoreResult<Vec<TreeHead>>;

    /// Checks what the database can tell by itself: that its pages are whole, and that every event's columns and the
    /// families agree with the events from `from` to `to`. Says what is wrong, in sentences; nothing: all is well.
    async fn check(&self, from: Position, to: Position) -> StoreResult<Vec<String>>;

    // Subjects and families.

    /// The number of a subject that has events or that a merge names.
    async fn subject_number(&self, subject: &Subject) -> StoreResult<Option<SubjectNumber>>;

    /// The subjects of those numbers, in the same order; a number that is not there is left out.
    async fn subjects(&self, numbers: &[SubjectNumber]) -> StoreResult<Vec<(SubjectNumber, Subject)>>;

    /// The subjects of a kind, ascending.
    async fn subjects_of_kind(&self, kind: SubjectKind) -> StoreResult<Vec<SubjectNumber>>;

    /// The families of those subjects, each once.
    async fn families(&self, of: &[SubjectNumber]) -> StoreResult<Vec<Family>>;

    /// The families whose first member has a number above `after`, by that number, until they have `events` events
    /// together or there are no more.
    async fn families_after(&self, after: Option<SubjectNumber>, events: u64) -> StoreResult<Vec<Family>>;

    /// The subjects of the events from `from` to `to`.
    async fn subjects_between(&self, from: Position, to: Position) -> StoreResult<Vec<SubjectNumber>>;

    // The quarantine.

    /// What was refused, by number, after `after`, at most `limit`.
    async fn quarantined(&self, standing: Standing, after: u64, limit: u32) -> StoreResult<Vec<Quarantined>>;

    /// One of them.
    async fn quarantined_one(&self, number: u64) -> StoreResult<Option<Quarantined>>;

    /// How many are open.
    async fn quarantine_open(&self) -> StoreResult<u64>;

    /// Puts on record that something was discarded; whether it was open.
    async fn discard(&self, number: u64, reason: &str, by: &str, now: Instant) -> StoreResult<bool>;

    /// Takes `incoming` in place of what was refused (corrected, or as it is), and puts on record what came of it, in
    /// one commit. None: there is no such number, or it is settled already.
    async fn settle(
        &self,
        number: u64,
        incoming: Incoming,
        corrected: bool,
        by: &str,
        now: Instant,
    ) -> StoreResult<Option<Action>>;

    /// Puts what the quarantine of another ledger has into this one's, with its numbers and all that was done about it, in
    /// one commit. What is there already comes before it; the events that steps name are in the ledger already.
    async fn copy_quarantined(&self, copied: Vec<Quarantined>) -> StoreResult<()>;

    // The read model.

    /// The read model that is read; none before the first was derived.
    async fn read_model(&self) -> StoreResult<Option<ReadModel>>;

    /// The text of a rulebook that a read model was derived under, by its digest ([`crate::rulebook_digest`]).
    async fn rulebook_text(&self, digest: &str) -> StoreResult<Option<String>>;

    /// Empties the place beside the one that is read and begins a new read model there, for a ledger of which the
    /// first `checkpoint` events will be derived. Keeps the rulebook's text under its digest. One process at a time
    /// does so, until it has switched or ended: [`StoreError::Overtaken`] while another does.
    async fn begin_read_model(&self, rulebook: &str, checkpoint: Position, now: Instant) -> StoreResult<ReadModel>;

    /// Adds the rows of subjects that have none there yet; without indexing them until it is finished.
    async fn fill(&self, slot: Slot, rows: Vec<SubjectRows>) -> StoreResult<()>;

    /// Indexes what was filled in.
    async fn finish(&self, slot: Slot) -> StoreResult<()>;

    /// From now on the read model in that place is the one that is read; that in the other is emptied.
    async fn switch_to(&self, slot: Slot) -> StoreResult<()>;

    /// Replaces the rows of subjects by new ones and moves the checkpoint from that of `model` to `to`, in one commit;
    /// says what changed. [`StoreError::Overtaken`] if the checkpoint is another by now, or another read model is in
    /// that place.
    async fn project(&self, model: &ReadModel, derived: Derived, to: Position) -> StoreResult<Difference>;

    /// The subjects whose clocks change by themselves at or before `now`, the earliest first, at most `limit`.
    async fn changing(&self, slot: Slot, now: Instant, limit: u32) -> StoreResult<Vec<SubjectNumber>>;

    /// The next instant after `after` at which some subject's clocks change by themselves.
    async fn next_change(&self, slot: Slot, after: Instant) -> StoreResult<Option<Instant>>;

    /// The rows of those subjects that have any, by number, each with the position that it was derived from.
    async fn rows_of(&self, slot: Slot, subjects: &[SubjectNumber]) -> StoreResult<Vec<(SubjectRows, Position)>>;

    /// Whether the tallies agree with the clocks that they count. Says what is wrong, in sentences; nothing: all is
    /// well.
    async fn check_tallies(&self, slot: Slot) -> StoreResult<Vec<String>>;

    // Questions to the read model.

    /// How many clocks a query lets through.
    async fn count(&self, slot: Slot, query: &ClockQuery) -> StoreResult<u64>;

    /// One page of the clocks that a query lets through. The rows are as at the instant of the query.
    async fn clocks(
        &self,
        slot: Slot,
        query: &ClockQuery,
        order: Order,
        after: Option<&Cursor>,
        limit: u32,
        rulebook: &rulebook::Rulebook,
    ) -> StoreResult<Page<Row>>;

    /// One page of the same clocks, grouped by subject: subjects in the order of their first clock, at most `limit`
    /// of them.
    async fn groups(
        &self,
        slot: Slot,
        query: &ClockQuery,
        order: Order,
        after: Option<&Cursor>,
        limit: u32,
        rulebook: &rulebook::Rulebook,
    ) -> StoreResult<Page<Group>>;

    /// The running clocks that a query lets through, counted by kind and locality. The query's statuses are not asked.
    async fn counts(&self, slot: Slot, query: &ClockQuery) -> StoreResult<Vec<Count>>;

    /// The running clocks that turn overdue after `after` and up to `to`, as rows at `to`, the first `limit` of them in
    /// the order of the worklist.
    async fn turned_overdue(
        &self,
        slot: Slot,
        after: Instant,
        to: Instant,
        limit: u32,
        rulebook: &rulebook::Rulebook,
    ) -> StoreResult<Vec<Row>>;

    /// The next instant after `after` at which a running clock turns overdue.
    async fn next_due(&self, slot: Slot, after: Instant) -> StoreResult<Option<Instant>>;

    /// Everyone that clocks are counted for, ordered.
    async fn holders(&self, slot: Slot) -> StoreResult<Vec<Holder>>;

    /// How many findings of each kind there are, by kind.
    async fn finding_counts(&self, slot: Slot) -> StoreResult<Vec<(String, u64)>>;

    /// One page of the findings of a kind.
    async fn findings(
        &self,
        slot: Slot,
        kind: &str,
        after: Option<&Cursor>,
        limit: u32,
    ) -> StoreResult<Page<ListedFinding>>;

    // Kept figures.

    /// Keeps the figures of a period in place of those that were kept for it under the same rulebook.
    async fn keep_figures(&self, set: FigureSet) -> StoreResult<()>;

    /// What figures are kept under a rulebook, by period.
    async fn figure_sets(&self, rulebook: &str) -> StoreResult<Vec<FigureSetHead>>;

    /// The figures of a measure in those periods; of all measures where none is named.
    async fn figures(
        &self,
        rulebook: &str,
        periods: &[String],
        measure: Option<&str>,
        by: engine::By,
    ) -> StoreResult<Vec<(String, engine::Figure)>>;

    /// Everyone behind the figures of a measure in a period ([`crate::behind`]), and the holders that they name by
    /// position.
    async fn behind(&self, rulebook: &str, period: &str, measure: &str) -> StoreResult<Option<(Vec<u8>, Vec<Holder>)>>;

    /// How late events of a period were recorded.
    async fn recording(&self, rulebook: &str, period: &str) -> StoreResult<Vec<crate::figures::Recording>>;

    // What a process remembers.

    /// A setting, by name.
    async fn setting(&self, name: &str) -> StoreResult<Option<String>>;

    /// Remembers a setting.
    async fn set_setting(&self, name: &str, value: &str) -> StoreResult<()>;

    /// Does what can wait and would hold up somebody later. To be called now and then by whoever writes for long.
    async fn tidy(&self) -> StoreResult<()>;

    /// Whether the database answers and can be written to; for readiness.
    async fn ready(&self) -> StoreResult<()>;
}
