//! Data-quality findings, counted and listed.

use super::cursor::{self, Key};
use super::holders::of_columns;
use super::{Ask, answer, question};
use crate::columns::{subject, unsigned};
use crate::query::{Cursor, Holder, Page};
use crate::read_model::{FindingRow, ListedFinding, Slot};
use crate::store::{StoreError, StoreResult};

const DOING: &str = "reading findings";

pub(crate) async fn counts(database: &dyn Ask, slot: Slot) -> StoreResult<Vec<(String, u64)>> {
    let mut sql = question(database, slot);
    let (packed, row) = (sql.packed("packed"), sql.row("kind, count(*)"));
    sql.push(format!(
        "SELECT {packed} FROM (SELECT {row} AS packed FROM finding_{{x}} GROUP BY kind ORDER BY kind) AS counted"
    ));
    let counts: Vec<(String, i64)> = answer(database, sql, DOING).await?;
    counts.into_iter().map(|(kind, count)| Ok((kind, unsigned(count)?))).collect()
}

type Columns = (i64, i64, String, Option<String>, Option<String>, String, String, String, String, String);

/// By subject as first seen, then in the engine's order.
pub(crate) async fn listed(
    database: &dyn Ask,
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
    let mut sql = question(database, slot);
    let packed = sql.packed("packed");
    let row = sql.row(
        "finding.subject, finding.ordinal, finding.kind, finding.source, finding.id, finding.detail, subject.subject,
         locality.locality, holder.team, holder.worker",
    );
    sql.push(format!(
        "SELECT {packed} FROM (SELECT {row} AS packed FROM finding_{{x}} AS finding
         {{join}} subject ON subject.number = finding.subject
         {{join}} subject_row_{{x}} AS whose ON whose.number = finding.subject
         {{join}} holder ON holder.id = whose.holder {{join}} locality ON locality.id = holder.locality
         WHERE finding.kind = "
    ));
    sql.text(kind).push(" AND (finding.subject, finding.ordinal) > (").number(after.0).push(", ").number(after.1);
    sql.push(") ORDER BY finding.subject, finding.ordinal LIMIT ").number(i64::from(limit) + 1).push(") AS page");
    let mut list: Vec<Columns> = answer(database, sql, DOING).await?;
    let is_last = list.len() <= limit as usize;
    list.truncate(limit as usize);
    let next = list.last().filter(|_| !is_last);
    let next = next.map(|last| cursor::write("findings", &[Key::Number(last.0), Key::Number(last.1)]));
    let rows = list.into_iter().map(finding).collect::<StoreResult<_>>()?;
    Ok(Page { rows, next })
}

fn finding(columns: Columns) -> StoreResult<ListedFinding> {
    let (_, _, kind, source, id, detail, text, locality, team, worker) = columns;
    let Holder { locality, team, .. } = of_columns(&locality, team, worker);
    let finding = FindingRow { kind, event: source.zip(id), detail };
    Ok(ListedFinding { subject: subject(&text)?, locality, team, finding })
}
