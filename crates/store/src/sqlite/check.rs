//! What the database can tell of itself: that nothing in it was changed from outside.

use super::Sqlite;
use super::error::failed;
use super::keys::{ASKED, Keys, SOURCE};
use super::slots::sql;
use crate::checking::{self, EVENTS_AT_ONCE, Kept, KeptFamilies, Linked, MOST_SAID, TALLIES};
use crate::columns::{json, signed};
use crate::ledger::Position;
use crate::placing::ByKey;
use crate::read_model::Slot;
use crate::store::StoreResult;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
use vocabulary::{Checker, Event};

const DOING: &str = "checking the database";

/// The columns of an event, and whether each index leads to it.
type Columns = (i64, i64, String, String, i64, String, String, i64, i64, i64, Vec<u8>, Vec<u8>, bool, bool);

const EVENTS: &str = "SELECT event.position, event.source, source.source, event.id, event.subject, subject.subject,
        event.type, event.occurred, event.recorded, event.received, event.digest, event.bytes,
        event.position IS (SELECT by_id.position FROM event AS by_id INDEXED BY event_id
            WHERE by_id.source = event.source AND by_id.id = event.id),
        EXISTS (SELECT 1 FROM event AS by_subject INDEXED BY event_subject
            WHERE by_subject.subject = event.subject AND by_subject.position = event.position)
    FROM event NOT INDEXED
    LEFT JOIN source ON source.id = event.source LEFT JOIN subject ON subject.number = event.subject
    WHERE event.position BETWEEN ? AND ? ORDER BY event.position";

pub(super) async fn check(sqlite: &Sqlite, from: Position, to: Position) -> StoreResult<Vec<String>> {
    let mut connection = sqlite.connections.read().await?;
    let mut wrong = Vec::new();
    if from <= 1 {
        pages(&mut connection, &mut wrong).await?;
        whole(&mut connection, &mut wrong).await?;
    }
    let mut checker = Checker::new();
    let mut next = from.max(1);
    while next <= to && wrong.len() < MOST_SAID {
        let last = to.min(next.saturating_add(EVENTS_AT_ONCE - 1));
        let columns: Vec<Columns> = sqlx::query_as(EVENTS)
            .bind(signed(next))
            .bind(signed(last))
            .fetch_all(&mut *connection)
            .await
            .map_err(failed(DOING))?;
        checking::positions(columns.iter().map(|columns| columns.0), next, last, &mut wrong)?;
        let events: Vec<(Kept, Event)> = columns
            .into_iter()
            .filter_map(|columns| checking::event(kept(columns), &mut checker, &mut wrong))
            .collect();
        families(&mut connection, &events, &mut wrong).await?;
        next = last + 1;
    }
    wrong.truncate(MOST_SAID);
    Ok(wrong)
}

fn kept(columns: Columns) -> Kept {
    let (
        position,
        source,
        source_name,
        id,
        subject,
        subject_name,
        event_type,
        occurred,
        recorded,
        received,
        digest,
        bytes,
        by_id,
        by_subject,
    ) = columns;
    let led_to = vec![("place in the index of ids", by_id), ("place in the index of subjects", by_subject)];
    Kept {
        position,
        source,
        source_name,
        id,
        subject,
        subject_name,
        event_type,
        occurred,
        recorded,
        received,
        digest,
        bytes,
        led_to,
    }
}

/// Whether SQLite can read its own pages, and its indexes have what the tables have.
async fn pages(connection: &mut SqliteConnection, wrong: &mut Vec<String>) -> StoreResult<()> {
    let said: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(connection).await.map_err(failed(DOING))?;
    wrong.extend(said.into_iter().filter(|said| said != "ok").map(|said| format!("The file is damaged: {said}.")));
    Ok(())
}

/// What concerns the whole ledger at once.
async fn whole(connection: &mut SqliteConnection, wrong: &mut Vec<String>) -> StoreResult<()> {
    let counts = "SELECT (SELECT count(*) FROM event NOT INDEXED), (SELECT coalesce(max(position), 0) FROM event),
                  (SELECT coalesce(max(size), 0) FROM tree_head)";
    let (events, last, size): (i64, i64, i64) =
        sqlx::query_as(counts).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    checking::ends(events, last, size, wrong);
    let head = "SELECT size, root, frontier FROM tree_head ORDER BY size DESC LIMIT 1";
    let head: Option<(i64, Vec<u8>, Vec<u8>)> =
        sqlx::query_as(head).fetch_optional(&mut *connection).await.map_err(failed(DOING))?;
    if let Some((size, root, frontier)) = head {
        checking::frontier(size, &root, &frontier, wrong)?;
    }
    let led_by_another = "SELECT member.number FROM subject AS member LEFT JOIN subject AS first
                          ON first.number = member.family WHERE first.family IS NOT member.family LIMIT 20";
    let numbers: Vec<i64> =
        sqlx::query_scalar(led_by_another).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    checking::families_of_nobody(numbers, wrong);
    quarantine(connection, wrong).await
}

/// Whether what is listed as open is what no step has settled.
async fn quarantine(connection: &mut SqliteConnection, wrong: &mut Vec<String>) -> StoreResult<()> {
    let differing = "SELECT number FROM quarantined
                     WHERE (number IN (SELECT number FROM quarantine_open))
                         IS (number IN (SELECT number FROM quarantine_step WHERE what <> 'refused_again'))
                     ORDER BY number LIMIT 20";
    let numbers: Vec<i64> = sqlx::query_scalar(differing).fetch_all(connection).await.map_err(failed(DOING))?;
    checking::wrongly_open(numbers, wrong);
    Ok(())
}

/// Whether the subjects that events link are of one family.
async fn families(
    connection: &mut SqliteConnection,
    events: &[(Kept, Event)],
    wrong: &mut Vec<String>,
) -> StoreResult<()> {
    let linked = Linked::by(events);
    if linked.numbers.is_empty() {
        return Ok(());
    }
    let of_numbers = by_text_or_number(
        connection,
        "SELECT number, family FROM subject WHERE number IN (SELECT value FROM json_each(?))",
        json(&linked.numbers),
    );
    let of_numbers = of_numbers.await?.into_iter().collect();
    let of_merged = by_text_or_number(
        connection,
        "SELECT subject, family FROM subject WHERE subject IN (SELECT value FROM json_each(?))",
        json(&linked.merged),
    );
    let of_merged = of_merged.await?.into_iter().collect();
    let of_named = families_of_named(connection, &linked.named.into_iter().collect()).await?;
    checking::families(events, &KeptFamilies { of_numbers, of_merged, of_named }, wrong);
    Ok(())
}

async fn by_text_or_number<K>(
    connection: &mut SqliteConnection,
    families: &'static str,
    asked: String,
) -> StoreResult<Vec<(K, i64)>>
where
    (K, i64): for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    sqlx::query_as(families).bind(asked).fetch_all(connection).await.map_err(failed(DOING))
}

/// The families of events that are named: of the event, or of whoever waits for it.
async fn families_of_named<'k>(connection: &mut SqliteConnection, keys: &Keys<'k>) -> StoreResult<ByKey<'k, i64>> {
    let mut families = ByKey::new();
    for table in ["awaited", "event"] {
        let asked = format!(
            "SELECT {SOURCE}, ids.key, subject.family FROM {ASKED}
             CROSS JOIN {table} AS named ON named.source = {SOURCE} AND named.id = ids.value
             CROSS JOIN subject ON subject.number = named.subject"
        );
        let found: Vec<(i64, i64, i64)> = sqlx::query_as(AssertSqlSafe(asked))
            .bind(keys.json())
            .fetch_all(&mut *connection)
            .await
            .map_err(failed(DOING))?;
        for (source, place, family) in found {
            families.extend(keys.id(source, place).map(|id| ((source, id), family)));
        }
    }
    Ok(families)
}

pub(super) async fn tallies(sqlite: &Sqlite, slot: Slot) -> StoreResult<Vec<String>> {
    let mut connection = sqlite.connections.read().await?;
    let mut wrong = Vec::new();
    for (what, differing) in TALLIES {
        let differing: i64 =
            sqlx::query_scalar(sql(slot, differing)).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
        wrong.extend(checking::differing(what, differing));
    }
    Ok(wrong)
}
