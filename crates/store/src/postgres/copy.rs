//! Writing rows with `COPY`, in its text format.

use super::error::failed;
use crate::columns::signed;
use crate::ledger::Position;
use crate::questions::holders::{Numbered, of_subject};
use crate::questions::rows::{ClockToWrite, FindingToWrite, code, kind_code};
use crate::questions::sql::letter;
use crate::read_model::{Slot, SubjectRows};
use crate::store::StoreResult;
use calendar::{Date, Instant};
use sqlx::PgConnection;
use std::fmt::{Display, Write as _};

const DOING: &str = "writing the read model";

/// Rows of a table, as `COPY` reads them.
#[derive(Default)]
struct Rows {
    text: String,
    /// Whether the row that is being written has a column already.
    begun: bool,
}

impl Rows {
    /// Adds a column that has nothing to escape.
    fn plain(&mut self, value: impl Display) -> &mut Rows {
        self.between();
        // Writing to a text cannot fail.
        let _ = write!(self.text, "{value}");
        self
    }

    /// Adds a column that may be null.
    fn maybe(&mut self, value: Option<impl Display>) -> &mut Rows {
        match value {
            Some(value) => self.plain(value),
            None => self.plain("\\N"),
        }
    }

    /// Adds a text.
    fn text(&mut self, value: &str) -> &mut Rows {
        self.between();
        for character in value.chars() {
            match character {
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                other => self.text.push(other),
            }
        }
        self
    }

    fn between(&mut self) {
        if self.begun {
            self.text.push('\t');
        }
        self.begun = true;
    }

    /// Ends the row.
    fn end(&mut self) {
        self.text.push('\n');
        self.begun = false;
    }

    /// Writes all rows into a table of a place.
    async fn write(self, connection: &mut PgConnection, slot: Slot, table: &str, columns: &str) -> StoreResult<()> {
        if self.text.is_empty() {
            return Ok(());
        }
        let copy = format!("COPY derived.{table}_{} ({columns}) FROM STDIN", letter(slot));
        let mut copy = connection.copy_in_raw(&copy).await.map_err(failed(DOING))?;
        copy.send(self.text.into_bytes()).await.map_err(failed(DOING))?;
        copy.finish().await.map_err(failed(DOING))?;
        Ok(())
    }
}

/// Writes what is said of subjects themselves.
pub(super) async fn write_subjects(
    connection: &mut PgConnection,
    slot: Slot,
    subjects: &[SubjectRows],
    numbered: &Numbered,
    position: Position,
) -> StoreResult<()> {
    let mut rows = Rows::default();
    for subject in subjects {
        rows.plain(subject.number)
            .plain(subject.derived_at.micros())
            .maybe(subject.changes_at.map(Instant::micros))
            .plain(numbered.of(&of_subject(subject))?.holder)
            .maybe(subject.date_of_birth.map(Date::days))
            .text(&subject.states.join(" "))
            .plain(signed(subject.events))
            .plain(signed(position))
            .end();
    }
    let columns = "number, derived_at, changes_at, holder, date_of_birth, states, events, position";
    rows.write(connection, slot, "subject_row", columns).await
}

/// Writes clocks.
pub(super) async fn write_clocks(
    connection: &mut PgConnection,
    slot: Slot,
    clocks: &[ClockToWrite<'_>],
    position: Position,
) -> StoreResult<()> {
    let mut rows = Rows::default();
    for ClockToWrite { subject, ordinal, clock, ids } in clocks {
        rows.plain(subject)
            .plain(ordinal)
            .plain(kind_code(clock.kind))
            .text(clock.episode.as_deref().unwrap_or_default())
            .plain(clock.started_at.micros())
            .maybe(clock.due_date.map(Date::days))
            .plain(clock.due_at.micros())
            .plain(clock.due_day().days())
            .plain(code(clock))
            .maybe(clock.ended.map(|(at, _)| at.micros()))
            .plain(ids.holder)
            .plain(clock.place)
            .plain(signed(position))
            .end();
    }
    let columns = "subject, ordinal, kind, episode, started_at, due_date, due_at, due_day, outcome, ended_at, holder,
                   place, position";
    rows.write(connection, slot, "clock", columns).await
}

/// Writes findings.
pub(super) async fn write_findings(
    connection: &mut PgConnection,
    slot: Slot,
    findings: &[FindingToWrite<'_>],
    position: Position,
) -> StoreResult<()> {
    let mut rows = Rows::default();
    for FindingToWrite { subject, ordinal, finding } in findings {
        rows.plain(subject).plain(ordinal).text(&finding.kind);
        match &finding.event {
            Some((source, id)) => rows.text(source).text(id),
            None => rows.plain("\\N").plain("\\N"),
        };
        rows.text(&finding.detail).plain(signed(position)).end();
    }
    rows.write(connection, slot, "finding", "subject, ordinal, kind, source, id, detail, position").await
}
