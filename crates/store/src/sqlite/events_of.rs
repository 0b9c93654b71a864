//! The events of subjects, read in few rows: one for each subject, since handing over a row costs more than reading an
//! event does.
//!
//! The row of a subject is its events one after the other: of each a line with its position, when it was received and
//! how many bytes it has, and then the bytes. Bytes that would make the row too large for SQLite are left out of it and
//! read by themselves.

use super::Sqlite;
use super::error::failed;
use crate::columns::{json, signed, subject_number, unsigned};
use crate::ledger::{Position, Stored, SubjectNumber};
use crate::store::{StoreError, StoreResult};
use bytes::Bytes;
use calendar::Instant;
use sqlx::sqlite::SqliteConnection;

const DOING: &str = "reading the events of subjects";

/// How many bytes of events a row has at most: half of what SQLite takes.
const MOST_IN_A_ROW: i64 = 500_000_000;

/// Each subject, the longest event that its row has, and the row. Without MATERIALIZED the events would be counted again
/// for each event.
const ROWS: &str = "WITH asked AS MATERIALIZED (
        SELECT value AS subject, ?3 / max(1, (
            SELECT count(*) FROM event INDEXED BY event_subject WHERE event.subject = value)) AS longest
        FROM (SELECT DISTINCT value FROM json_each(?1)))
    SELECT asked.subject, asked.longest, coalesce((
        SELECT CAST(group_concat(
            event.position || ' ' || event.received || ' ' || length(event.bytes) || char(10)
            || CASE WHEN length(event.bytes) <= asked.longest THEN CAST(event.bytes AS TEXT) ELSE '' END, '') AS BLOB)
        FROM event INDEXED BY event_subject WHERE event.subject = asked.subject AND event.position <= ?2), x'')
    FROM asked";

/// The events of the subjects up to a position, in the order of the ledger.
pub(super) async fn events_of(sqlite: &Sqlite, subjects: &[SubjectNumber], to: Position) -> StoreResult<Vec<Stored>> {
    events_in_rows_of(sqlite, subjects, to, MOST_IN_A_ROW).await
}

async fn events_in_rows_of(
    sqlite: &Sqlite,
    subjects: &[SubjectNumber],
    to: Position,
    most: i64,
) -> StoreResult<Vec<Stored>> {
    let mut connection = sqlite.connections.read().await?;
    let rows: Vec<(i64, i64, Vec<u8>)> = sqlx::query_as(ROWS)
        .bind(json(&subjects))
        .bind(signed(to))
        .bind(most)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    let mut events = Vec::new();
    for (subject, longest, row) in rows {
        let mut row = Row { subject: subject_number(subject)?, longest: unsigned(longest)?, rest: Bytes::from(row) };
        while let Some(event) = row.next(&mut connection).await? {
            events.push(event);
        }
    }
    events.sort_unstable_by_key(|event| event.position);
    Ok(events)
}

/// What is still to be read of the row of a subject.
struct Row {
    subject: SubjectNumber,
    longest: u64,
    rest: Bytes,
}

impl Row {
    async fn next(&mut self, connection: &mut SqliteConnection) -> StoreResult<Option<Stored>> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (position, received, length) = self.head().ok_or_else(|| self.damaged())?;
        let bytes = if length > self.longest {
            bytes_of(connection, position).await?
        } else {
            let length = usize::try_from(length).ok().filter(|length| *length <= self.rest.len());
            self.rest.split_to(length.ok_or_else(|| self.damaged())?)
        };
        Ok(Some(Stored { position, received: Instant::from_micros(received), subject: self.subject, bytes }))
    }

    /// The line before the bytes of an event.
    fn head(&mut self) -> Option<(Position, i64, u64)> {
        let end = self.rest.iter().position(|byte| *byte == b'\n')?;
        let line = self.rest.split_to(end + 1);
        let mut parts = std::str::from_utf8(&line).ok()?.trim_end().split(' ');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    }

    fn damaged(&self) -> StoreError {
        StoreError::Damaged(format!("the events of subject number {} cannot be told apart", self.subject))
    }
}

async fn bytes_of(connection: &mut SqliteConnection, position: Position) -> StoreResult<Bytes> {
    let bytes = sqlx::query_scalar("SELECT bytes FROM event WHERE position = ?").bind(signed(position));
    let bytes: Vec<u8> = bytes.fetch_one(connection).await.map_err(failed(DOING))?;
    Ok(Bytes::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::{MOST_IN_A_ROW, events_in_rows_of};
    use crate::Mode;
    use crate::Store;
    use crate::ledger::Incoming;
    use crate::sqlite::Sqlite;
    use calendar::Instant;
    use vocabulary::Checker;

    #[tokio::test]
    async fn bytes_too_many_for_a_row_are_read_by_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Sqlite::open(&folder.path().join("sightline.sqlite"), Mode::Write).await.unwrap();
        let now = Instant::from_micros(4_102_358_400_000_000);
        let event = |number: usize| {
            let text = format!(
                "{{\"specversion\":\"1.0\",\n\"id\":\"{number}\",\"source\":\"{}\",\"type\":\"case_note.recorded\",
                 \"subject\":\"child/00000000-0000-4000-8000-00000000000{}\",\"time\":\"2021-01-04T10:00:00Z\",
                 \"data\":{{}}}}",
                "s".repeat(1 + number % 3 * 50),
                number % 2,
            );
            let checked = Checker::new().check_received(text.as_bytes(), now);
            Incoming { bytes: text.into(), received: now, line: None, checked }
        };
        let sent: Vec<Incoming> = (1..=30).map(event).collect();
        let bytes: Vec<_> = sent.iter().map(|incoming| incoming.bytes.clone()).collect();
        sqlite.take(sent, now).await.unwrap();
        for most in [MOST_IN_A_ROW, 15 * 230, 0] {
            let events = events_in_rows_of(&sqlite, &[2, 1, 2, 77], 29, most).await.unwrap();
            let read: Vec<_> = events.iter().map(|event| (event.position, event.bytes.clone())).collect();
            let expected: Vec<_> = (1..).zip(bytes.iter().take(29).cloned()).collect();
            assert_eq!(read, expected, "with at most {most} bytes in a row");
        }
    }
}
