//! Counting clocks: from the tallies where they tell, else from an index.

use super::Sqlite;
use super::columns::unsigned;
use super::error::failed;
use super::filter::{Running, Sql, Wanted, is_by_holder, push_holders, push_kinds, push_localities};
use super::rows::{RUNNING, kind};
use super::slots::{sql as of_slot, text};
use crate::query::{ClockQuery, Count};
use crate::read_model::Slot;
use crate::store::StoreResult;
use calendar::Instant;
use vocabulary::Text;

const DOING: &str = "counting clocks";

pub(super) async fn count(sqlite: &Sqlite, slot: Slot, query: &ClockQuery) -> StoreResult<u64> {
    let wanted = Wanted::of(query);
    let mut whole = wanted.ended.clone();
    let mut sql = Sql::new("SELECT 0");
    match wanted.running {
        Some(running) if running.is_every() => whole.push(RUNNING),
        Some(running) => {
            sql.push(" + (");
            push_running(&mut sql, slot, query, &running);
            sql.push(")");
        }
        None => {}
    }
    for outcome in whole {
        sql.push(text(
            slot,
            " + (SELECT coalesce(sum(tally.clocks), 0) FROM tally_{x} AS tally WHERE tally.outcome = ",
        ));
        sql.push(outcome);
        push_kinds(&mut sql, "tally", query);
        push_holders(&mut sql, "tally", query);
        sql.push(")");
    }
    let mut connection = sqlite.connections.read().await?;
    let count: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    unsigned(count)
}

/// Adds the number of running clocks that are wanted.
fn push_running(sql: &mut Sql, slot: Slot, query: &ClockQuery, running: &Running) {
    if is_by_holder(query) {
        let from = "SELECT count(*) FROM clock_{x} AS counted INDEXED BY clock_{x}_held WHERE counted.outcome = 0";
        sql.push(text(slot, from));
        push_holders(sql, "counted", query);
    } else {
        sql.push(text(slot, "SELECT coalesce(sum(counted.clocks), 0) FROM due_tally_{x} AS counted WHERE TRUE"));
        push_localities(sql, "counted", query);
    }
    push_kinds(sql, "counted", query);
    running.push(sql, "counted");
}

pub(super) async fn counts(sqlite: &Sqlite, slot: Slot, query: &ClockQuery) -> StoreResult<Vec<Count>> {
    let running = Running::all(query);
    let mut sql =
        if is_by_holder(query) { by_holder(slot, query, &running) } else { by_locality(slot, query, running) };
    let mut connection = sqlite.connections.read().await?;
    let counts: Vec<(i64, String, i64, i64, i64)> =
        sql.build_query_as().fetch_all(&mut *connection).await.map_err(failed(DOING))?;
    let counts = counts.into_iter().filter(|(_, _, all, _, _)| *all > 0);
    let counts = counts.map(|(code, locality, all, due_soon, overdue)| {
        Ok(Count {
            kind: kind(code)?,
            locality: Text::new(locality),
            on_track: unsigned(all - due_soon - overdue)?,
            due_soon: unsigned(due_soon)?,
            overdue: unsigned(overdue)?,
        })
    });
    counts.collect()
}

/// Kind, locality, and how many there are in all, due soon and overdue: from the tallies. Those on track, which are the
/// most, are not looked at one due date after the other.
fn by_locality(slot: Slot, query: &ClockQuery, running: Running) -> Sql {
    let mut sql = Sql::new("SELECT kind, locality, ");
    // Where only late ones are wanted, there are none but them.
    sql.push(if running.is_every() { "clocks" } else { "overdue" });
    sql.push(", due_soon, overdue FROM (SELECT whole.kind, locality.locality, whole.clocks");
    for (part, name) in [(running.due_soon(), "due_soon"), (running.overdue(), "overdue")] {
        let from = ", (SELECT coalesce(sum(counted.clocks), 0) FROM due_tally_{x} AS counted
                    WHERE counted.locality = whole.locality AND counted.kind = whole.kind";
        sql.push(text(slot, from));
        part.push(&mut sql, "counted");
        sql.push(format_args!(") AS {name}"));
    }
    let from = " FROM running_tally_{x} AS whole CROSS JOIN locality ON locality.id = whole.locality WHERE TRUE";
    sql.push(text(slot, from));
    push_localities(&mut sql, "whole", query);
    push_kinds(&mut sql, "whole", query);
    sql.push(") ORDER BY kind, locality");
    sql
}

/// The same for a few teams or workers: from an index on the clocks.
fn by_holder(slot: Slot, query: &ClockQuery, running: &Running) -> Sql {
    let mut sql = Sql::new("SELECT counted.kind, locality.locality, count(*)");
    for part in [running.due_soon(), running.overdue()] {
        sql.push(", count(*) FILTER (WHERE TRUE");
        part.push(&mut sql, "counted");
        sql.push(")");
    }
    let from = " FROM clock_{x} AS counted INDEXED BY clock_{x}_held CROSS JOIN holder ON holder.id = counted.holder
                CROSS JOIN locality ON locality.id = holder.locality WHERE counted.outcome = 0";
    sql.push(text(slot, from));
    push_holders(&mut sql, "counted", query);
    push_kinds(&mut sql, "counted", query);
    running.push(&mut sql, "counted");
    sql.push(" GROUP BY counted.kind, locality.id ORDER BY counted.kind, locality.locality");
    sql
}

pub(super) async fn next_due(sqlite: &Sqlite, slot: Slot, after: Instant) -> StoreResult<Option<Instant>> {
    let mut connection = sqlite.connections.read().await?;
    let next = "SELECT min(due_at) FROM clock_{x} INDEXED BY clock_{x}_due_0 WHERE outcome = 0 AND due_at > ?";
    let next = sqlx::query_scalar(of_slot(slot, next)).bind(after.micros());
    let next: Option<i64> = next.fetch_one(&mut *connection).await.map_err(failed(DOING))?;
    Ok(next.map(Instant::from_micros))
}
