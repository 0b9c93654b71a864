//! Replacing the rows of subjects by what was derived again, as little as differs.

use super::Sqlite;
use super::bulk::{Insert, Values};
use super::columns::{json, signed, subject, subject_number};
use super::connection::{Durability, Transaction};
use super::difference::{Tallied, differing};
use super::error::failed;
use super::holders::{self, Numbered};
use super::rows::{
    ClockToWrite, FindingToWrite, KeptRow, Over, clocks_of, clocks_to_write, findings_of, findings_to_write,
    write_clocks, write_findings, write_subjects,
};
use super::slots::{letter, sql, text};
use crate::ledger::{Position, SubjectNumber};
use crate::read_model::{ChangedClock, Derived, Difference, FindingRow, ReadModel, Slot};
use crate::store::{StoreError, StoreResult};
use engine::KeptClock;
use sqlx::sqlite::SqliteConnection;
use std::collections::{BTreeMap, HashMap, HashSet};
use vocabulary::Subject;

const DOING: &str = "projecting into the read model";

/// What is kept of the subjects that were derived again.
struct Old {
    subjects: Vec<(SubjectNumber, Subject)>,
    clocks: HashMap<(SubjectNumber, i64), KeptRow>,
    findings: HashMap<(SubjectNumber, i64), FindingRow>,
}

pub(super) async fn project(
    sqlite: &Sqlite,
    model: &ReadModel,
    derived: Derived,
    to: Position,
) -> StoreResult<Difference> {
    let slot = model.slot;
    let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
    if !move_on(&mut transaction, model, to).await? {
        transaction.undo().await?;
        return Err(StoreError::Overtaken);
    }
    let mut numbers = derived.numbers.clone();
    numbers.extend(derived.subjects.iter().map(|rows| rows.number));
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        transaction.commit(DOING).await?;
        return Ok(Difference::default());
    }
    let old = old(&mut transaction, slot, &numbers).await?;
    let numbered = holders::number(&sqlite.holders, &mut transaction, &derived.subjects).await?;
    let (difference, tallied) = compare(&old, &derived, &numbered)?;
    replace_rows(&mut transaction, slot, &old, &derived, &numbered, to).await?;
    add_to_tallies(&mut transaction, slot, tallied).await?;
    transaction.commit(DOING).await?;
    sqlite.holders.remember(numbered);
    Ok(difference)
}

/// Moves the checkpoint; whether it was where it should be, and of that read model.
async fn move_on(connection: &mut SqliteConnection, model: &ReadModel, to: Position) -> StoreResult<bool> {
    let moved = "UPDATE read_model SET checkpoint = ? WHERE slot = ? AND begun = ? AND rulebook = ? AND checkpoint = ?";
    let moved = sqlx::query(moved)
        .bind(signed(to))
        .bind(letter(model.slot))
        .bind(model.begun.micros())
        .bind(model.rulebook.as_str())
        .bind(signed(model.checkpoint))
        .execute(connection)
        .await
        .map_err(failed(DOING))?;
    Ok(moved.rows_affected() == 1)
}

async fn old(connection: &mut SqliteConnection, slot: Slot, numbers: &[SubjectNumber]) -> StoreResult<Old> {
    let subjects = "SELECT row.number, subject.subject FROM json_each(?) AS asked
                    CROSS JOIN subject_row_{x} AS row ON row.number = asked.value
                    CROSS JOIN subject ON subject.number = row.number";
    let subjects: Vec<(i64, String)> = sqlx::query_as(sql(slot, subjects))
        .bind(json(&numbers))
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(DOING))?;
    let subjects: Vec<(SubjectNumber, Subject)> = subjects
        .into_iter()
        .map(|(number, text)| Ok((subject_number(number)?, subject(&text)?)))
        .collect::<StoreResult<_>>()?;
    if subjects.is_empty() {
        return Ok(Old { subjects, clocks: HashMap::new(), findings: HashMap::new() });
    }
    let clocks = clocks_of(connection, slot, numbers).await?;
    let findings = findings_of(connection, slot, numbers).await?;
    Ok(Old {
        subjects,
        clocks: clocks.into_iter().map(|row| ((row.subject, row.ordinal), row)).collect(),
        findings: findings.into_iter().map(|(number, ordinal, finding)| ((number, ordinal), finding)).collect(),
    })
}

/// What changed, and what that does to the tallies.
fn compare(old: &Old, derived: &Derived, numbered: &Numbered) -> StoreResult<(Difference, Tallied)> {
    let mut subjects: BTreeMap<SubjectNumber, &Subject> =
        old.subjects.iter().map(|(number, subject)| (*number, subject)).collect();
    subjects.extend(derived.subjects.iter().map(|rows| (rows.number, &rows.subject)));
    let mut before: BTreeMap<SubjectNumber, Vec<&KeptRow>> = BTreeMap::new();
    for row in old.clocks.values() {
        before.entry(row.subject).or_default().push(row);
    }
    let after: HashMap<SubjectNumber, &[KeptClock]> =
        derived.subjects.iter().map(|rows| (rows.number, rows.clocks.as_slice())).collect();
    let mut difference = Difference::default();
    let mut tallied = Tallied::default();
    for (number, subject) in subjects {
        let mut rows = before.remove(&number).unwrap_or_default();
        rows.sort_unstable_by_key(|row| row.ordinal);
        let clocks = after.get(&number).copied().unwrap_or_default();
        let (removed, added) = differing(rows.iter().map(|row| &row.clock), clocks.iter());
        let changed = |clock: &KeptClock| ChangedClock { subject: subject.clone(), clock: clock.clone() };
        difference.removed.extend(removed.into_iter().map(changed));
        difference.added.extend(added.into_iter().map(changed));
        rows.iter().for_each(|row| tallied.take_away(row));
        for clock in clocks {
            tallied.add(clock, numbered.of(&holders::of_clock(clock))?);
        }
    }
    Ok((difference, tallied))
}

/// Writes the rows that differ from those at their places, and deletes those at places that are no more.
async fn replace_rows(
    transaction: &mut Transaction<'_>,
    slot: Slot,
    old: &Old,
    derived: &Derived,
    numbered: &Numbered,
    position: Position,
) -> StoreResult<()> {
    let mut gone_clocks: HashSet<(SubjectNumber, i64)> = old.clocks.keys().copied().collect();
    let mut clocks: Vec<ClockToWrite<'_>> = clocks_to_write(&derived.subjects, numbered)?;
    clocks.retain(|new| {
        let place = (new.subject, new.ordinal);
        gone_clocks.remove(&place);
        old.clocks.get(&place).is_none_or(|kept| kept.clock != *new.clock)
    });
    let mut gone_findings: HashSet<(SubjectNumber, i64)> = old.findings.keys().copied().collect();
    let mut findings: Vec<FindingToWrite<'_>> = findings_to_write(&derived.subjects);
    findings.retain(|new| {
        let place = (new.subject, new.ordinal);
        gone_findings.remove(&place);
        old.findings.get(&place).is_none_or(|kept| kept != new.finding)
    });
    let there: HashSet<SubjectNumber> = derived.subjects.iter().map(|rows| rows.number).collect();
    let gone: Vec<SubjectNumber> =
        old.subjects.iter().map(|(number, _)| *number).filter(|number| !there.contains(number)).collect();
    delete_places(transaction, slot, "clock_{x}", gone_clocks.into_iter().collect()).await?;
    delete_places(transaction, slot, "finding_{x}", gone_findings.into_iter().collect()).await?;
    if !gone.is_empty() {
        let delete = "DELETE FROM subject_row_{x} WHERE number IN (SELECT value FROM json_each(?))";
        let delete = sqlx::query(sql(slot, delete)).bind(json(&gone));
        delete.execute(&mut **transaction).await.map_err(failed(DOING))?;
    }
    write_subjects(transaction, slot, Over::Earlier, &derived.subjects, numbered, position).await?;
    write_clocks(transaction, slot, Over::Earlier, &clocks, position).await?;
    write_findings(transaction, slot, Over::Earlier, &findings, position).await
}

async fn delete_places(
    connection: &mut SqliteConnection,
    slot: Slot,
    table: &str,
    places: Vec<(SubjectNumber, i64)>,
) -> StoreResult<()> {
    if places.is_empty() {
        return Ok(());
    }
    let delete =
        format!("DELETE FROM {table} WHERE (subject, ordinal) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))");
    let delete = sqlx::query(sql(slot, &delete)).bind(json(&places));
    delete.execute(connection).await.map_err(failed(DOING))?;
    Ok(())
}

/// Adds to all tallies.
pub(super) async fn add_to_tallies(connection: &mut SqliteConnection, slot: Slot, tallied: Tallied) -> StoreResult<()> {
    let running = tallied.running();
    let all = tallied.all.into_iter().map(|((outcome, holder, kind), by)| ([outcome, holder, kind], by));
    add_to_tally(connection, slot, "tally_{x}", ["outcome", "holder", "kind"], all.collect()).await?;
    let due = tallied.due.into_iter();
    let due = due.map(|((locality, kind, due_at, due_day), by)| ([locality, kind, due_at, due_day], by));
    add_to_tally(connection, slot, "due_tally_{x}", ["locality", "kind", "due_at", "due_day"], due.collect()).await?;
    let running = running.into_iter().map(|((locality, kind), by)| ([locality, kind], by));
    add_to_tally(connection, slot, "running_tally_{x}", ["locality", "kind"], running.collect()).await
}

/// Adds to the rows of a tally; those that count nothing any more are deleted.
async fn add_to_tally<const COLUMNS: usize>(
    connection: &mut SqliteConnection,
    slot: Slot,
    table: &str,
    columns: [&str; COLUMNS],
    mut changes: Vec<([i64; COLUMNS], i64)>,
) -> StoreResult<()> {
    changes.retain(|(_, by)| *by != 0);
    let names = columns.join(", ");
    let head = text(slot, &format!("INSERT INTO {table} ({names}, clocks)"));
    let tail = "ON CONFLICT DO UPDATE SET clocks = clocks + excluded.clocks";
    let insert = Insert { head: &head, columns: COLUMNS + 1, tail, doing: DOING };
    let add = |values: &mut Values, (key, by): &([i64; COLUMNS], i64)| {
        key.iter().for_each(|value| _ = values.add(*value));
        values.add(*by);
    };
    insert.rows(connection, &changes, add).await?;
    let fallen: Vec<&[i64]> = changes.iter().filter(|(_, by)| *by < 0).map(|(key, _)| key.as_slice()).collect();
    if fallen.is_empty() {
        return Ok(());
    }
    let values: Vec<String> = (0..COLUMNS).map(|column| format!("value ->> {column}")).collect();
    let delete = format!(
        "DELETE FROM {table} WHERE clocks = 0 AND ({names}) IN (SELECT {} FROM json_each(?))",
        values.join(", ")
    );
    let delete = sqlx::query(sql(slot, &delete)).bind(json(&fallen));
    delete.execute(connection).await.map_err(failed(DOING))?;
    Ok(())
}
