//! Counting clocks: from the tallies where they tell, else from an index.

use super::filter::{Running, Wanted, is_by_holder, push_holders, push_kinds, push_localities};
use super::rows::{RUNNING, kind};
use super::sql::Sql;
use super::{Ask, answer, question};
use crate::columns::unsigned;
use crate::query::{ClockQuery, Count};
use crate::read_model::Slot;
use crate::store::StoreResult;
use calendar::Instant;
use vocabulary::Text;

const DOING: &str = "counting clocks";

pub(crate) async fn count(database: &dyn Ask, slot: Slot, query: &ClockQuery) -> StoreResult<u64> {
    let wanted = Wanted::of(query);
    let mut whole = wanted.ended.clone();
    let mut sql = question(database, slot);
    sql.push("SELECT CAST(0");
    match wanted.running {
        Some(running) if running.is_every() => whole.push(RUNNING),
        Some(running) => {
            sql.push(" + (");
            push_running(&mut sql, query, &running);
            sql.push(")");
        }
        None => {}
    }
    for outcome in whole {
        sql.push(" + (SELECT coalesce(sum(tally.clocks), 0) FROM tally_{x} AS tally WHERE tally.outcome = ");
        sql.push(outcome.to_string());
        push_kinds(&mut sql, "tally", query);
        push_holders(&mut sql, "tally", query);
        sql.push(")");
    }
    sql.push(" AS TEXT)");
    unsigned(answer(database, sql, DOING).await?)
}

/// Adds the number of running clocks that are wanted.
fn push_running(sql: &mut Sql, query: &ClockQuery, running: &Running) {
    if is_by_holder(query) {
        sql.push("SELECT count(*) FROM clock_{x} AS counted").indexed_by("clock_{x}_held");
        sql.push(" WHERE counted.outcome = 0");
        push_holders(sql, "counted", query);
    } else {
        sql.push("SELECT coalesce(sum(counted.clocks), 0) FROM due_tally_{x} AS counted WHERE TRUE");
        push_localities(sql, "counted", query);
    }
    push_kinds(sql, "counted", query);
    running.push(sql, "counted");
}

pub(crate) async fn counts(database: &dyn Ask, slot: Slot, query: &ClockQuery) -> StoreResult<Vec<Count>> {
    let running = Running::all(query);
    let mut sql = question(database, slot);
    if is_by_holder(query) {
        push_by_holder(&mut sql, query, &running);
    } else {
        push_by_locality(&mut sql, query, running);
    }
    let counts: Vec<(i64, String, i64, i64, i64)> = answer(database, sql, DOING).await?;
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
fn push_by_locality(sql: &mut Sql, query: &ClockQuery, running: Running) {
    // Where only late ones are wanted, there are none but them.
    let all = if running.is_every() { "clocks" } else { "overdue" };
    let (packed, row) = (sql.packed("packed"), sql.row(&format!("kind, locality, {all}, due_soon, overdue")));
    sql.push(format!(
        "SELECT {packed} FROM (SELECT {row} AS packed
         FROM (SELECT whole.kind, locality.locality, whole.clocks"
    ));
    for (part, name) in [(running.due_soon(), "due_soon"), (running.overdue(), "overdue")] {
        sql.push(
            ", (SELECT coalesce(sum(counted.clocks), 0) FROM due_tally_{x} AS counted
                WHERE counted.locality = whole.locality AND counted.kind = whole.kind",
        );
        part.push(sql, "counted");
        sql.push(format!(") AS {name}"));
    }
    sql.push(" FROM running_tally_{x} AS whole {join} locality ON locality.id = whole.locality WHERE TRUE");
    push_localities(sql, "whole", query);
    push_kinds(sql, "whole", query);
    sql.push(") AS counted ORDER BY kind, locality) AS listed");
}

/// The same for a few teams or workers: from an index on the clocks.
fn push_by_holder(sql: &mut Sql, query: &ClockQuery, running: &Running) {
    let (packed, row) = (sql.packed("packed"), sql.row("kind, locality, clocks, due_soon, overdue"));
    sql.push(format!(
        "SELECT {packed} FROM (SELECT {row} AS packed
         FROM (SELECT counted.kind, locality.locality, count(*) AS clocks"
    ));
    for (part, name) in [(running.due_soon(), "due_soon"), (running.overdue(), "overdue")] {
        sql.push(", count(*) FILTER (WHERE TRUE");
        part.push(sql, "counted");
        sql.push(format!(") AS {name}"));
    }
    sql.push(" FROM clock_{x} AS counted").indexed_by("clock_{x}_held").push(
        " {join} holder ON holder.id = counted.holder
         {join} locality ON locality.id = holder.locality WHERE counted.outcome = 0",
    );
    push_holders(sql, "counted", query);
    push_kinds(sql, "counted", query);
    running.push(sql, "counted");
    sql.push(" GROUP BY counted.kind, locality.locality) AS counted ORDER BY kind, locality) AS listed");
}

pub(crate) async fn next_due(database: &dyn Ask, slot: Slot, after: Instant) -> StoreResult<Option<Instant>> {
    let mut sql = question(database, slot);
    sql.push("SELECT coalesce(CAST(min(due_at) AS TEXT), 'null') FROM clock_{x}").indexed_by("clock_{x}_due_0");
    sql.push(" WHERE outcome = 0 AND due_at > ").number(after.micros());
    let next: Option<i64> = answer(database, sql, DOING).await?;
    Ok(next.map(Instant::from_micros))
}
