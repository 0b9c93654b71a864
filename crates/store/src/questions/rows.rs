//! The rows of subjects as they are kept.

use super::holders::{self, Ids, Numbered, of_columns};
use super::sql::{Dialect, Sql};
use super::{Ask, read};
use crate::columns::{small, subject, subject_number, unless_empty, unsigned};
use crate::ledger::{Position, SubjectNumber};
use crate::query::Holder;
use crate::read_model::{FindingRow, Slot, SubjectRows};
use crate::store::{StoreError, StoreResult};
use calendar::{Date, Instant};
use engine::{KeptClock, Outcome};
use std::collections::HashMap;

/// The columns of a clock, read as [`ClockColumns`]: from a table `clock` and its `holder` and `locality`.
pub(crate) const CLOCK_COLUMNS: &str = "clock.subject, clock.ordinal, clock.kind, clock.episode, clock.started_at,
    clock.due_date, clock.due_at, clock.outcome, clock.ended_at, clock.place, clock.holder, holder.locality,
    locality.locality, holder.team, holder.worker";

/// How to get from a clock to the names that [`CLOCK_COLUMNS`] has.
pub(crate) const CLOCK_NAMES: &str =
    "{join} holder ON holder.id = clock.holder {join} locality ON locality.id = holder.locality";

/// How a running clock and each outcome are kept.
pub(crate) const RUNNING: i64 = 0;

/// How an outcome is kept.
pub(crate) const fn outcome_code(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Met => 1,
        Outcome::Late => 2,
        Outcome::Cancelled => 3,
    }
}

/// How what became of a clock is kept.
pub(crate) fn code(clock: &KeptClock) -> i64 {
    clock.ended.map_or(RUNNING, |(_, outcome)| outcome_code(outcome))
}

/// A kind of clock as it is kept.
pub(crate) fn kind_code(kind: usize) -> i64 {
    i64::try_from(kind).unwrap_or(i64::MAX)
}

/// A kind of clock that was kept.
pub(crate) fn kind(code: i64) -> StoreResult<usize> {
    usize::try_from(code).map_err(|_| StoreError::Damaged(format!("a clock is of kind {code}")))
}

/// A clock with its place.
#[derive(Clone, Debug)]
pub(crate) struct KeptRow {
    pub(crate) subject: SubjectNumber,
    pub(crate) ordinal: i64,
    pub(crate) ids: Ids,
    pub(crate) clock: KeptClock,
}

/// The columns of [`CLOCK_COLUMNS`], as they come.
pub(crate) type ClockColumns =
    (i64, i64, i64, String, i64, Option<i32>, i64, i64, Option<i64>, i64, i64, i64, String, String, String);

/// A clock from its columns.
pub(crate) fn kept_row(columns: ClockColumns) -> StoreResult<KeptRow> {
    let (
        subject,
        ordinal,
        kind_code,
        episode,
        started_at,
        due_date,
        due_at,
        code,
        ended_at,
        place,
        holder,
        locality_id,
        locality,
        team,
        worker,
    ) = columns;
    let Holder { locality, team, worker } = of_columns(&locality, team, worker);
    Ok(KeptRow {
        subject: subject_number(subject)?,
        ordinal,
        ids: Ids { holder, locality: locality_id },
        clock: KeptClock {
            kind: kind(kind_code)?,
            episode: unless_empty(episode),
            started_at: Instant::from_micros(started_at),
            due_date: due_date.map(Date::from_days),
            due_at: Instant::from_micros(due_at),
            ended: ended(code, ended_at)?,
            locality,
            team,
            worker,
            place: small(place)?,
        },
    })
}

fn ended(code: i64, at: Option<i64>) -> StoreResult<Option<(Instant, Outcome)>> {
    let outcome = match code {
        RUNNING => None,
        1 => Some(Outcome::Met),
        2 => Some(Outcome::Late),
        3 => Some(Outcome::Cancelled),
        other => return Err(StoreError::Damaged(format!("a clock ended as {other}, which there is not"))),
    };
    match (outcome, at) {
        (None, None) => Ok(None),
        (Some(outcome), Some(at)) => Ok(Some((Instant::from_micros(at), outcome))),
        (None, Some(_)) | (Some(_), None) => {
            Err(StoreError::Damaged("a clock has ended without an instant, or the other way round".to_owned()))
        }
    }
}

/// A row to write: a clock with its place and all that is not the clock's own.
pub(crate) struct ClockToWrite<'r> {
    pub(crate) subject: SubjectNumber,
    pub(crate) ordinal: i64,
    pub(crate) clock: &'r KeptClock,
    pub(crate) ids: Ids,
}

/// A finding to write.
pub(crate) struct FindingToWrite<'r> {
    pub(crate) subject: SubjectNumber,
    pub(crate) ordinal: i64,
    pub(crate) finding: &'r FindingRow,
}

/// The clocks of some rows, to be written.
pub(crate) fn clocks_to_write<'r>(rows: &'r [SubjectRows], numbered: &Numbered) -> StoreResult<Vec<ClockToWrite<'r>>> {
    let clocks =
        rows.iter().flat_map(|rows| (0..).zip(&rows.clocks).map(move |(ordinal, clock)| (rows, ordinal, clock)));
    let to_write = clocks.map(|(rows, ordinal, clock)| {
        let ids = numbered.of(&holders::of_clock(clock))?;
        Ok(ClockToWrite { subject: rows.number, ordinal, clock, ids })
    });
    to_write.collect()
}

/// The findings of some rows, to be written.
pub(crate) fn findings_to_write(rows: &[SubjectRows]) -> Vec<FindingToWrite<'_>> {
    let findings = rows.iter().flat_map(|rows| (0..).zip(&rows.findings).map(move |found| (rows.number, found)));
    findings.map(|(subject, (ordinal, finding))| FindingToWrite { subject, ordinal, finding }).collect()
}

type SubjectColumns = (i64, String, i64, Option<i64>, String, String, String, Option<i32>, String, i64, i64);
type FindingColumns = (i64, i64, String, Option<String>, Option<String>, String);

/// What is kept of some subjects.
pub(crate) struct Kept {
    /// What is said of each subject itself, by number, with the position that it was derived from.
    pub(crate) subjects: Vec<(SubjectRows, Position)>,
    /// Their clocks, by subject and then in the order of the worklist.
    pub(crate) clocks: Vec<KeptRow>,
    /// Their findings with their places, by subject and then in the engine's order.
    pub(crate) findings: Vec<(SubjectNumber, i64, FindingRow)>,
}

impl Kept {
    /// The question for it.
    pub(crate) fn asked(dialect: Dialect, slot: Slot, numbers: &[SubjectNumber]) -> Sql {
        let mut sql = Sql::new(dialect, slot);
        sql.push("SELECT '[' || ");
        let subject =
            "whose.number, subject.subject, whose.derived_at, whose.changes_at, locality.locality, holder.team,
                       holder.worker, whose.date_of_birth, whose.states, whose.events, whose.position";
        let from = "{join} subject_row_{x} AS whose ON whose.number = asked.value
                    {join} subject ON subject.number = whose.number
                    {join} holder ON holder.id = whose.holder {join} locality ON locality.id = holder.locality";
        push_of(&mut sql, subject, numbers, from);
        sql.push(" || ',' || ");
        let from = format!("{{join}} clock_{{x}} AS clock ON clock.subject = asked.value {CLOCK_NAMES}");
        push_of(&mut sql, CLOCK_COLUMNS, numbers, &from);
        sql.push(" || ',' || ");
        let finding = "finding.subject, finding.ordinal, finding.kind, finding.source, finding.id, finding.detail";
        push_of(&mut sql, finding, numbers, "{join} finding_{x} AS finding ON finding.subject = asked.value");
        sql.push(" || ']'");
        sql
    }

    /// Reads the answer.
    pub(crate) fn read(answer: &str) -> StoreResult<Kept> {
        let (subjects, clocks, findings): (Vec<SubjectColumns>, Vec<ClockColumns>, Vec<FindingColumns>) = read(answer)?;
        let finding = |(subject, ordinal, kind, source, id, detail): FindingColumns| {
            let event = source.zip(id);
            Ok((subject_number(subject)?, ordinal, FindingRow { kind, event, detail }))
        };
        let mut kept = Kept {
            subjects: subjects.into_iter().map(subject_rows).collect::<StoreResult<_>>()?,
            clocks: clocks.into_iter().map(kept_row).collect::<StoreResult<_>>()?,
            findings: findings.into_iter().map(finding).collect::<StoreResult<_>>()?,
        };
        kept.subjects.sort_unstable_by_key(|(rows, _)| rows.number);
        kept.clocks.sort_unstable_by_key(|row| (row.subject, row.ordinal));
        kept.findings.sort_unstable_by_key(|(subject, ordinal, _)| (*subject, *ordinal));
        Ok(kept)
    }

    /// The rows of each subject together.
    fn by_subject(self) -> Vec<(SubjectRows, Position)> {
        let mut all = self.subjects;
        let places: HashMap<SubjectNumber, usize> = all.iter().map(|(rows, _)| rows.number).zip(0..).collect();
        let mut add = |subject: SubjectNumber, add: &mut dyn FnMut(&mut SubjectRows)| {
            if let Some((rows, _)) = places.get(&subject).and_then(|place| all.get_mut(*place)) {
                add(rows);
            }
        };
        for row in self.clocks {
            add(row.subject, &mut |rows| rows.clocks.push(row.clock.clone()));
        }
        for (subject, _, finding) in self.findings {
            add(subject, &mut |rows| rows.findings.push(finding.clone()));
        }
        all
    }
}

/// Adds the rows of the subjects as one list.
fn push_of(sql: &mut Sql, columns: &str, numbers: &[SubjectNumber], from: &str) {
    let packed = sql.packed(&sql.row(columns));
    sql.push(format!("(SELECT {packed} FROM (SELECT DISTINCT value FROM ("));
    sql.numbers(numbers).push(") AS given) AS asked ").push(from).push(")");
}

/// The rows of those subjects that have any, by number, all as of one moment.
pub(crate) async fn of(
    database: &dyn Ask,
    slot: Slot,
    numbers: &[SubjectNumber],
) -> StoreResult<Vec<(SubjectRows, Position)>> {
    let answer = database.ask(Kept::asked(database.dialect(), slot, numbers), "reading the read model").await?;
    Ok(Kept::read(&answer)?.by_subject())
}

fn subject_rows(columns: SubjectColumns) -> StoreResult<(SubjectRows, Position)> {
    let (number, text, derived_at, changes_at, locality, team, worker, date_of_birth, states, events, position) =
        columns;
    let Holder { locality, team, worker } = of_columns(&locality, team, worker);
    let rows = SubjectRows {
        number: subject_number(number)?,
        subject: subject(&text)?,
        derived_at: Instant::from_micros(derived_at),
        changes_at: changes_at.map(Instant::from_micros),
        locality,
        team,
        worker,
        date_of_birth: date_of_birth.map(Date::from_days),
        states: states.split_whitespace().map(str::to_owned).collect(),
        events: unsigned(events)?,
        clocks: Vec::new(),
        findings: Vec::new(),
    };
    Ok((rows, unsigned(position)?))
}
