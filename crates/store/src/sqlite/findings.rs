//! Data-quality findings, counted and listed.

use super::Sqlite;
use super::columns::{subject, unsigned};
use super::cursor::{self, Key};
use super::error::failed;
use super::holders;
use super::slots::sql;
use crate::query::{Cursor, Holder, Page};
use crate::read_model::{FindingRow, ListedFinding, Slot};
use crate::store::{StoreError, StoreResult};

const DOING: &str = "reading findings";

pub(super) async fn counts(sqlite: &Sqlite, slot: Slot) -> StoreResult<Vec<(String, u64)>> {
    let mut connection = sqlite.connections.read().await?;
    let counts: Vec<(String, i64)> =
        sqlx::query_as(sql(slot, "SELECT kind, count(*) FROM finding_{x} GROUP BY kind ORDER BY kind"))
            .fetch_all(&mut *connection)
            .await
            .map_err(failed(DOING))?;
    counts.into_iter().map(|(kind, count)| Ok((kind, unsigned(count)?))).collect()
}

type Columns = (i64, i64, String, Option<String>, Option<String>, String, String, String, String, String);

/// By subject as first seen, then in the engine's order.
pub(super) async fn listed(
    sqlite: &Sqlite,
    slot: Slot,
    kind: &str,
    after: Option<&Cursor>,
    limit: u32,
) -> StoreResult<Page<ListedFinding>> {
    let after = match after {
        None => (0, -1),
        Some(cursor) => match *cursor::read(cursor, "findings", &[Key::Number(0), Key::Number(0)])? {
            [Key::Number(subject), Key::Number(ordinal)] => (subject, ordinal),
            _ => return Err(StoreError::NoSuchPlace),
        },
    };
    let list = "SELECT finding.subject, finding.ordinal, finding.kind, finding.source, finding.id, finding.detail,
                       subject.subject, locality.locality, holder.team, holder.worker
                FROM finding_{x} AS finding
                CROSS JOIN subject ON subject.number = finding.subject
                CROSS JOIN subject_row_{x} AS row ON row.number = finding.subject
                CROSS JOIN holder ON holder.id = row.holder CROSS JOIN locality ON locality.id = holder.locality
                WHERE finding.kind = ? AND (finding.subject, finding.ordinal) > (?, ?)
                ORDER BY finding.subject, finding.ordinal LIMIT ?";
    let mut connection = sqlite.connections.read().await?;
    let mut list: Vec<Columns> = sqlx::query_as(sql(slot, list))
        .bind(kind)
        .bind(after.0)
        .bind(after.1)
        .bind(i64::from(limit) + 1)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    let is_last = list.len() <= limit as usize;
    list.truncate(limit as usize);
    let next = list.last().filter(|_| !is_last);
    let next = next.map(|last| cursor::write("findings", &[Key::Number(last.0), Key::Number(last.1)]));
    let rows = list.into_iter().map(finding).collect::<StoreResult<_>>()?;
    Ok(Page { rows, next })
}

fn finding(columns: Columns) -> StoreResult<ListedFinding> {
    let (_, _, kind, source, id, detail, text, locality, team, worker) = columns;
    let Holder { locality, team, .. } = holders::of_columns(&locality, team, worker);
    let finding = FindingRow { kind, event: source.zip(id), detail };
    Ok(ListedFinding { subject: subject(&text)?, locality, team, finding })
}
