//! What the database can tell of itself: that nothing in it was changed from outside.

use super::Sqlite;
use crate::columns::{hash, json, signed, unsigned};
use super::error::failed;
use super::families::names;
use super::keys::{ASKED, ByKey, Keys, SOURCE};
use super::slots::sql;
use crate::ledger::Position;
use crate::merkle::Frontier;
use crate::read_model::Slot;
use crate::store::StoreResult;
use calendar::Instant;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;
use vocabulary::{Checker, Data, Event};

const DOING: &str = "checking the database";

/// How many things that are wrong are said: enough to see what happened.
const MOST_SAID: usize = 50;

/// How many events are looked at together.
const EVENTS_AT_ONCE: u64 = 5_000;

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
        positions(&columns, next, last, &mut wrong)?;
        let events: Vec<(Columns, Event)> =
            columns.into_iter().filter_map(|columns| event(columns, &mut checker, &mut wrong)).collect();
        families(&mut connection, &events, &mut wrong).await?;
        next = last + 1;
    }
    wrong.truncate(MOST_SAID);
    Ok(wrong)
}

/// Whether SQLite can read its own pages.
async fn pages(connection: &mut SqliteConnection, wrong: &mut Vec<String>) -> StoreResult<()> {
    let said: Vec<String> =
        sqlx::query_scalar("PRAGMA quick_check(20)").fetch_all(connection).await.map_err(failed(DOING))?;
    wrong.extend(said.into_iter().filter(|said| said != "ok").map(|said| format!("The file is damaged: {said}.")));
    Ok(())
}

/// What concerns the whole ledger at once.
async fn whole(connection: &mut SqliteConnection, wrong: &mut Vec<String>) -> StoreResult<()> {
    let counts = "SELECT (SELECT count(*) FROM event NOT INDEXED), (SELECT coalesce(max(position), 0) FROM event),
                  (SELECT coalesce(max(size), 0) FROM tree_head)";
    let (events, last, size): (i64, i64, i64) =
        sqlx::query_as(counts).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    if events != last {
        wrong.push(format!("The last event has position {last}, but there are {events} events."));
    }
    if last != size {
        wrong.push(format!("The last event has position {last}, but the last tree head is of {size} events."));
    }
    let head = "SELECT size, root, frontier FROM tree_head ORDER BY size DESC LIMIT 1";
    let head: Option<(i64, Vec<u8>, Vec<u8>)> =
        sqlx::query_as(head).fetch_optional(&mut *connection).await.map_err(failed(DOING))?;
    if let Some((size, root, frontier)) = head {
        let frontier = Frontier::from_bytes(unsigned(size)?, &frontier);
        if frontier.map(|frontier| frontier.root()) != Some(hash(&root)?) {
            wrong.push(format!("The frontier of the tree head of {size} events does not give its root."));
        }
    }
    let led_by_another = "SELECT member.number FROM subject AS member LEFT JOIN subject AS first
                          ON first.number = member.family WHERE first.family IS NOT member.family LIMIT 20";
    let numbers: Vec<i64> =
        sqlx::query_scalar(led_by_another).fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    wrong.extend(numbers.into_iter().map(|number| format!("The family of subject {number} is that of nobody.")));
    quarantine(connection, wrong).await
}

/// Whether what is listed as open is what no step has settled.
async fn quarantine(connection: &mut SqliteConnection, wrong: &mut Vec<String>) -> StoreResult<()> {
    let differing = "SELECT number FROM quarantined
                     WHERE (number IN (SELECT number FROM quarantine_open))
                         IS (number IN (SELECT number FROM quarantine_step WHERE what <> 'refused_again'))
                     ORDER BY number LIMIT 20";
    let numbers: Vec<i64> = sqlx::query_scalar(differing).fetch_all(connection).await.map_err(failed(DOING))?;
    let said =
        numbers.into_iter().map(|number| format!("What was refused as number {number} is open or settled wrongly."));
    wrong.extend(said);
    Ok(())
}

/// Whether every position from `from` to `to` is there.
fn positions(columns: &[Columns], from: Position, to: Position, wrong: &mut Vec<String>) -> StoreResult<()> {
    let mut expected = from;
    for columns in columns {
        let position = unsigned(columns.0)?;
        if position != expected {
            wrong.push(format!("There is no event at position {expected}."));
        }
        expected = position + 1;
    }
    if expected <= to {
        wrong.push(format!("There is no event at position {expected}."));
    }
    Ok(())
}

/// The event that the bytes are, after its columns were compared with it.
fn event(columns: Columns, checker: &mut Checker, wrong: &mut Vec<String>) -> Option<(Columns, Event)> {
    let (position, _, source, id, _, subject, name, occurred, recorded, received, digest, bytes, by_id, by_subject) =
        &columns;
    let event = match checker.check_received(bytes, Instant::from_micros(*received)) {
        Ok(event) => event,
        Err(refusal) => {
            wrong.push(format!("The bytes at position {position} are no event that can be accepted: {refusal}."));
            return None;
        }
    };
    let agree = [
        ("source", **source == *event.source),
        ("id", *id == event.id),
        ("subject", *subject == event.subject.to_string()),
        ("type", name == event.event_type().name()),
        ("time of occurring", *occurred == event.occurred.micros()),
        ("time of recording", *recorded == event.recorded.micros()),
        ("digest", *digest == event.digest.0.to_be_bytes()),
        ("place in the index of ids", *by_id),
        ("place in the index of subjects", *by_subject),
    ];
    for (what, _) in agree.into_iter().filter(|(_, agrees)| !agrees) {
        wrong.push(format!("The {what} of the event at position {position} is not that of its bytes."));
    }
    Some((columns, event))
}

/// Whether the subjects that events link are of one family.
async fn families(
    connection: &mut SqliteConnection,
    events: &[(Columns, Event)],
    wrong: &mut Vec<String>,
) -> StoreResult<()> {
    let mut keys = Keys::default();
    let mut merged: Vec<String> = Vec::new();
    let mut numbers: Vec<i64> = Vec::new();
    for (columns, event) in events {
        let into = if let Data::ChildMerged(merge) = &event.data { Some(merge.into.to_string()) } else { None };
        let named = names(event);
        if into.is_some() || named.ids().next().is_some() {
            numbers.push(columns.4);
        }
        named.ids().for_each(|id| keys.add(columns.1, id));
        merged.extend(into);
    }
    if numbers.is_empty() {
        return Ok(());
    }
    let of_numbers: HashMap<i64, i64> = by_text_or_number(
        connection,
        "SELECT number, family FROM subject WHERE number IN (SELECT value FROM json_each(?))",
        json(&numbers),
    )
    .await?
    .into_iter()
    .collect();
    let of_merged: HashMap<String, i64> = by_text_or_number(
        connection,
        "SELECT subject, family FROM subject WHERE subject IN (SELECT value FROM json_each(?))",
        json(&merged),
    )
    .await?
    .into_iter()
    .collect();
    let of_named = families_of_named(connection, &keys).await?;
    for (columns, event) in events {
        let own = of_numbers.get(&columns.4);
        if let Data::ChildMerged(merge) = &event.data
            && of_merged.get(&merge.into.to_string()) != own
        {
            wrong.push(format!("The merge at position {} does not join the families of its subjects.", columns.0));
        }
        for id in names(event).ids() {
            if of_named.get(&(columns.1, id)) != own {
                let position = columns.0;
                wrong.push(format!("The event at position {position} is not of the family of {id}, which it names."));
            }
        }
    }
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

/// What a tally says and what it should say.
const TALLIES: [(&str, &str); 3] = [
    (
        "the clocks by outcome",
        "SELECT count(*) FROM (
             SELECT outcome, holder, kind, clocks, sum(side) FROM (
                 SELECT outcome, holder, kind, clocks, 1 AS side FROM tally_{x}
                 UNION ALL
                 SELECT outcome, holder, kind, count(*), -1 FROM clock_{x} GROUP BY outcome, holder, kind)
             GROUP BY outcome, holder, kind, clocks HAVING sum(side) <> 0)",
    ),
    (
        "the running clocks by when they are due",
        "SELECT count(*) FROM (
             SELECT locality, kind, due_at, due_day, clocks, sum(side) FROM (
                 SELECT locality, kind, due_at, due_day, clocks, 1 AS side FROM due_tally_{x}
                 UNION ALL
                 SELECT holder.locality, clock.kind, clock.due_at, clock.due_day, count(*), -1
                 FROM clock_{x} AS clock JOIN holder ON holder.id = clock.holder WHERE clock.outcome = 0
                 GROUP BY holder.locality, clock.kind, clock.due_at, clock.due_day)
             GROUP BY locality, kind, due_at, due_day, clocks HAVING sum(side) <> 0)",
    ),
    (
        "all running clocks",
        "SELECT count(*) FROM (
             SELECT locality, kind, clocks, sum(side) FROM (
                 SELECT locality, kind, clocks, 1 AS side FROM running_tally_{x}
                 UNION ALL
                 SELECT holder.locality, clock.kind, count(*), -1
                 FROM clock_{x} AS clock JOIN holder ON holder.id = clock.holder WHERE clock.outcome = 0
                 GROUP BY holder.locality, clock.kind)
             GROUP BY locality, kind, clocks HAVING sum(side) <> 0)",
    ),
];

pub(super) async fn tallies(sqlite: &Sqlite, slot: Slot) -> StoreResult<Vec<String>> {
    let mut connection = sqlite.connections.read().await?;
    let mut wrong = Vec::new();
    for (what, differing) in TALLIES {
        let differing: i64 =
            sqlx::query_scalar(sql(slot, differing)).fetch_one(&mut *connection).await.map_err(failed(DOING))?;
        if differing > 0 {
            wrong.push(format!("The tally of {what} differs from the clocks in {differing} rows."));
        }
    }
    Ok(wrong)
}
