//! PostgreSQL: ledger, quarantine and read model in one database, for as many processes as wanted.
//!
//! Whoever writes to the ledger takes the same lock first, so that positions have no gaps whoever writes. What goes into
//! the ledger is on the disk before it is said to be there. What goes into the read model is not: it is derived from the
//! ledger, and after a crash it is as of an earlier moment, checkpoint and all.

mod building;
mod check;
mod connection;
mod copy;
mod error;
mod families;
mod figures;
mod holders;
mod ledger;
mod migrations;
mod open;
mod place;
mod project;
mod quarantine;
mod read_model;
mod settings;
mod slots;

use crate::figures::{FigureSet, FigureSetHead, Recording};
use crate::ledger::{Incoming, Position, Stored, SubjectNumber, Taken, TreeHead};
use crate::quarantine::{Action, Quarantined, Standing};
use crate::query::{ClockQuery, Count, Cursor, Group, Holder, Order, Page};
use crate::questions::holders::Known;
use crate::questions::sql::{Dialect, Sql};
use crate::questions::{self, Ask};
use crate::read_model::{Derived, Difference, ListedFinding, ReadModel, Slot, SubjectRows};
use crate::store::{Family, Store, StoreResult};
use async_trait::async_trait;
use calendar::Instant;
use connection::Connections;
use engine::Row;
use vocabulary::{Subject, SubjectKind};

pub use migrations::Migrated;

/// A PostgreSQL database. Cheap to share by reference; any number of processes may have the same one open.
pub struct Postgres {
    connections: Connections,
    holders: Known,
    building: building::Building,
}

#[async_trait]
impl Ask for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    async fn ask(&self, sql: Sql, doing: &'static str) -> StoreResult<String> {
        connection::ask(&mut *self.connections.read().await?, sql, doing).await
    }
}

#[async_trait]
impl Store for Postgres {
    async fn take(&self, batch: Vec<Incoming>, now: Instant) -> StoreResult<Vec<Taken>> {
        ledger::take(self, batch, now).await
    }

    async fn head(&self) -> StoreResult<TreeHead> {
        ledger::head(self).await
    }

    async fn events_from(&self, from: Position, limit: u32) -> StoreResult<Vec<Stored>> {
        ledger::events_from(self, from, limit).await
    }

    async fn events_of(&self, subjects: &[SubjectNumber], to: Position) -> StoreResult<Vec<Stored>> {
        ledger::events_of(self, subjects, to).await
    }

    async fn position_of(&self, source: &str, id: &str) -> StoreResult<Option<Position>> {
        ledger::position_of(self, source, id).await
    }

    async fn tree_heads(&self, after: u64, limit: u32) -> StoreResult<Vec<TreeHead>> {
        ledger::tree_heads(self, after, limit).await
    }

    async fn check(&self, from: Position, to: Position) -> StoreResult<Vec<String>> {
        check::check(self, from, to).await
    }

    async fn subject_number(&self, subject: &Subject) -> StoreResult<Option<SubjectNumber>> {
        families::subject_number(self, subject).await
    }

    async fn subjects(&self, numbers: &[SubjectNumber]) -> StoreResult<Vec<(SubjectNumber, Subject)>> {
        families::subjects(self, numbers).await
    }

    async fn subjects_of_kind(&self, kind: SubjectKind) -> StoreResult<Vec<SubjectNumber>> {
        families::subjects_of_kind(self, kind).await
    }

    async fn families(&self, of: &[SubjectNumber]) -> StoreResult<Vec<Family>> {
        families::families(self, of).await
    }

    async fn families_after(&self, after: Option<SubjectNumber>, events: u64) -> StoreResult<Vec<Family>> {
        families::families_after(self, after, events).await
    }

    async fn subjects_between(&self, from: Position, to: Position) -> StoreResult<Vec<SubjectNumber>> {
        families::subjects_between(self, from, to).await
    }

    async fn quarantined(&self, standing: Standing, after: u64, limit: u32) -> StoreResult<Vec<Quarantined>> {
        quarantine::listed(self, standing, after, limit).await
    }

    async fn quarantined_one(&self, number: u64) -> StoreResult<Option<Quarantined>> {
        quarantine::one(self, number).await
    }

    async fn quarantine_open(&self) -> StoreResult<u64> {
        quarantine::open(self).await
    }

    async fn discard(&self, number: u64, reason: &str, by: &str, now: Instant) -> StoreResult<bool> {
        quarantine::discard(self, number, reason, by, now).await
    }

    async fn settle(
        &self,
        number: u64,
        incoming: Incoming,
        corrected: bool,
        by: &str,
        now: Instant,
    ) -> StoreResult<Option<Action>> {
        quarantine::settle(self, number, incoming, corrected, by, now).await
    }

    async fn copy_quarantined(&self, copied: Vec<Quarantined>) -> StoreResult<()> {
        quarantine::copy(self, copied).await
    }

    async fn read_model(&self) -> StoreResult<Option<ReadModel>> {
        read_model::current(self).await
    }

    async fn rulebook_text(&self, digest: &str) -> StoreResult<Option<String>> {
        read_model::rulebook_text(self, digest).await
    }

    async fn begin_read_model(&self, rulebook: &str, checkpoint: Position, now: Instant) -> StoreResult<ReadModel> {
        read_model::begin(self, rulebook, checkpoint, now).await
    }

    async fn fill(&self, slot: Slot, rows: Vec<SubjectRows>) -> StoreResult<()> {
        read_model::fill(self, slot, rows).await
    }

    async fn finish(&self, slot: Slot) -> StoreResult<()> {
        read_model::finish(self, slot).await
    }

    async fn switch_to(&self, slot: Slot) -> StoreResult<()> {
        read_model::switch_to(self, slot).await
    }

    async fn project(&self, model: &ReadModel, derived: Derived, to: Position) -> StoreResult<Difference> {
        project::project(self, model, derived, to).await
    }

    async fn changing(&self, slot: Slot, now: Instant, limit: u32) -> StoreResult<Vec<SubjectNumber>> {
        read_model::changing(self, slot, now, limit).await
    }

    async fn next_change(&self, slot: Slot, after: Instant) -> StoreResult<Option<Instant>> {
        read_model::next_change(self, slot, after).await
    }

    async fn rows_of(&self, slot: Slot, subjects: &[SubjectNumber]) -> StoreResult<Vec<(SubjectRows, Position)>> {
        questions::rows::of(self, slot, subjects).await
    }

    async fn check_tallies(&self, slot: Slot) -> StoreResult<Vec<String>> {
        check::tallies(self, slot).await
    }

    async fn count(&self, slot: Slot, query: &ClockQuery) -> StoreResult<u64> {
        questions::tallies::count(self, slot, query).await
    }

    async fn clocks(
        &self,
        slot: Slot,
        query: &ClockQuery,
        order: Order,
        after: Option<&Cursor>,
        limit: u32,
        rulebook: &rulebook::Rulebook,
    ) -> StoreResult<Page<Row>> {
        questions::lists::clocks(self, slot, query, order, after, limit, rulebook).await
    }

    async fn groups(
        &self,
        slot: Slot,
        query: &ClockQuery,
        order: Order,
        after: Option<&Cursor>,
        limit: u32,
        rulebook: &rulebook::Rulebook,
    ) -> StoreResult<Page<Group>> {
        questions::lists::groups(self, slot, query, order, after, limit, rulebook).await
    }

    async fn counts(&self, slot: Slot, query: &ClockQuery) -> StoreResult<Vec<Count>> {
        questions::tallies::counts(self, slot, query).await
    }

    async fn turned_overdue(
        &self,
        slot: Slot,
        after: Instant,
        to: Instant,
        limit: u32,
        rulebook: &rulebook::Rulebook,
    ) -> StoreResult<Vec<Row>> {
        questions::lists::turned_overdue(self, slot, after, to, limit, rulebook).await
    }

    async fn next_due(&self, slot: Slot, after: Instant) -> StoreResult<Option<Instant>> {
        questions::tallies::next_due(self, slot, after).await
    }

    async fn holders(&self, slot: Slot) -> StoreResult<Vec<Holder>> {
        questions::holders::listed(self, slot).await
    }

    async fn finding_counts(&self, slot: Slot) -> StoreResult<Vec<(String, u64)>> {
        questions::findings::counts(self, slot).await
    }

    async fn findings(
        &self,
        slot: Slot,
        kind: &str,
        after: Option<&Cursor>,
        limit: u32,
    ) -> StoreResult<Page<ListedFinding>> {
        questions::findings::listed(self, slot, kind, after, limit).await
    }

    async fn keep_figures(&self, set: FigureSet) -> StoreResult<()> {
        figures::keep(self, set).await
    }

    async fn figure_sets(&self, rulebook: &str) -> StoreResult<Vec<FigureSetHead>> {
        figures::heads(self, rulebook).await
    }

    async fn figures(
        &self,
        rulebook: &str,
        periods: &[String],
        measure: Option<&str>,
        by: engine::By,
    ) -> StoreResult<Vec<(String, engine::Figure)>> {
        figures::figures(self, rulebook, periods, measure, by).await
    }

    async fn behind(&self, rulebook: &str, period: &str, measure: &str) -> StoreResult<Option<(Vec<u8>, Vec<Holder>)>> {
        figures::behind(self, rulebook, period, measure).await
    }

    async fn recording(&self, rulebook: &str, period: &str) -> StoreResult<Vec<Recording>> {
        figures::recording(self, rulebook, period).await
    }

    async fn setting(&self, name: &str) -> StoreResult<Option<String>> {
        settings::get(self, name).await
    }

    async fn set_setting(&self, name: &str, value: &str) -> StoreResult<()> {
        settings::set(self, name, value).await
    }

    async fn tidy(&self) -> StoreResult<()> {
        // The server does so by itself.
        Ok(())
    }

    async fn ready(&self) -> StoreResult<()> {
        settings::ready(self).await
    }
}
