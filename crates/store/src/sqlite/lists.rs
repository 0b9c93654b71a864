//! Pages of clocks, alone and grouped by subject.
//!
//! A page is found by its place in the order, never by counting rows from the start. First the keys of its rows are
//! found in an index that holds all that a clock is chosen and ordered by, of which each outcome has one; then the rows
//! are read.

use super::Sqlite;
use super::columns::{json, subject as subject_of};
use super::cursor::{self, Key};
use super::error::failed;
use super::filter::{Sql, Wanted, is_by_holder, push_holders, push_kinds, push_lets_through};
use super::packed;
use super::rows::{CLOCK_COLUMNS, CLOCK_NAMES, ClockColumns, KeptRow, RUNNING, kept_row, kind_code};
use super::slots::text;
use crate::query::{ClockQuery, Cursor, Group, Order, Page};
use crate::read_model::Slot;
use crate::store::StoreResult;
use calendar::Instant;
use calendar::london::local_date;
use engine::{Row, Status, WorklistFilter};
use rulebook::Rulebook;
use sqlx::sqlite::SqliteConnection;
use vocabulary::Subject;

const DOING: &str = "reading a list of clocks";

impl Order {
    const fn name(self) -> &'static str {
        match self {
            Order::Due => "due",
            Order::Subject => "subject",
            Order::Clock => "clock",
            Order::Holder => "holder",
        }
    }

    /// What rows are ordered by. Of one subject the ordinals are in the order of the worklist, so that they stand for
    /// `started_at`, episode, place and end.
    const fn terms(self) -> &'static [&'static str] {
        match self {
            Order::Due => &["clock.due_at", "clock.kind", "subject.subject", "clock.ordinal"],
            Order::Subject => &["subject.subject", "clock.ordinal"],
            Order::Clock => &["clock.kind", "clock.due_at", "subject.subject", "clock.ordinal"],
            Order::Holder => &[
                "locality.locality",
                "holder.team",
                "holder.worker",
                "clock.due_at",
                "clock.kind",
                "subject.subject",
                "clock.ordinal",
            ],
        }
    }

    /// Where a row stands.
    fn keys(self, found: &Found) -> Vec<Key> {
        let clock = &found.row.clock;
        let due = Key::Number(clock.due_at.micros());
        let kind = Key::Number(kind_code(clock.kind));
        let subject = Key::Text(found.subject.to_string());
        let ordinal = Key::Number(found.row.ordinal);
        match self {
            Order::Due => vec![due, kind, subject, ordinal],
            Order::Subject => vec![subject, ordinal],
            Order::Clock => vec![kind, due, subject, ordinal],
            Order::Holder => {
                let name =
                    |name: Option<&vocabulary::Text>| Key::Text(name.map(ToString::to_string).unwrap_or_default());
                let [locality, team, worker] =
                    [Some(&clock.locality), clock.team.as_ref(), clock.worker.as_ref()].map(name);
                vec![locality, team, worker, due, kind, subject, ordinal]
            }
        }
    }

    /// Of what kinds the values of a place are.
    fn like(self) -> Vec<Key> {
        let of_text = ["subject.subject", "locality.locality", "holder.team", "holder.worker"];
        let like = |term: &&str| if of_text.contains(term) { Key::Text(String::new()) } else { Key::Number(0) };
        self.terms().iter().map(like).collect()
    }

    /// That `earlier`, another clock of the same subject, comes before `clock`.
    const fn comes_before(self) -> &'static str {
        match self {
            Order::Due | Order::Subject => "earlier.ordinal < clock.ordinal",
            Order::Clock => "(earlier.kind, earlier.ordinal) < (clock.kind, clock.ordinal)",
            Order::Holder => {
                "(earlier_locality.locality, earlier_holder.team, earlier_holder.worker, earlier.ordinal)
                 < (locality.locality, holder.team, holder.worker, clock.ordinal)"
            }
        }
    }
}

/// A row that was found.
struct Found {
    row: KeptRow,
    subject: Subject,
}

/// The columns of a row that is found.
fn columns() -> String {
    format!("json_array({CLOCK_COLUMNS}), subject.subject")
}

/// Asks a packed question of [`columns`].
async fn fetch(sql: Sql, connection: &mut SqliteConnection) -> StoreResult<Vec<Found>> {
    let rows: Vec<(ClockColumns, String)> = packed::fetch(sql, connection, DOING).await?;
    let found =
        |(row, subject): (ClockColumns, String)| Ok(Found { row: kept_row(row)?, subject: subject_of(&subject)? });
    rows.into_iter().map(found).collect()
}

impl Found {
    fn at(self, at: Instant, rulebook: &Rulebook) -> Row {
        self.row.clock.row(self.subject, at, rulebook)
    }
}

/// What is asked of a list.
struct Asked<'q> {
    slot: Slot,
    query: &'q ClockQuery,
    order: Order,
    after: Option<Vec<Key>>,
    /// Of each subject only its first row.
    firsts: bool,
    limit: u32,
}

pub(super) async fn clocks(
    sqlite: &Sqlite,
    slot: Slot,
    query: &ClockQuery,
    order: Order,
    after: Option<&Cursor>,
    limit: u32,
    rulebook: &Rulebook,
) -> StoreResult<Page<Row>> {
    let after = place(order, after)?;
    let mut connection = sqlite.connections.read().await?;
    let asked = Asked { slot, query, order, after, firsts: false, limit };
    let (found, next) = page(&mut connection, &asked).await?;
    Ok(Page { rows: found.into_iter().map(|found| found.at(query.at, rulebook)).collect(), next })
}

pub(super) async fn groups(
    sqlite: &Sqlite,
    slot: Slot,
    query: &ClockQuery,
    order: Order,
    after: Option<&Cursor>,
    limit: u32,
    rulebook: &Rulebook,
) -> StoreResult<Page<Group>> {
    let after = place(order, after)?;
    let mut connection = sqlite.connections.read().await?;
    let mut moment = sqlx::Connection::begin(&mut *connection).await.map_err(failed(DOING))?;
    let asked = Asked { slot, query, order, after, firsts: true, limit };
    let (firsts, next) = page(&mut moment, &asked).await?;
    let mut rows = all_of(&mut moment, slot, query, &firsts).await?;
    moment.commit().await.map_err(failed(DOING))?;
    let groups = firsts.into_iter().map(|first| {
        let of_subject = rows.extract_if(.., |found| found.row.subject == first.row.subject);
        Group { rows: of_subject.map(|found| found.at(query.at, rulebook)).collect(), subject: first.subject }
    });
    Ok(Page { rows: groups.collect(), next })
}

pub(super) async fn turned_overdue(
    sqlite: &Sqlite,
    slot: Slot,
    after: Instant,
    to: Instant,
    limit: u32,
    rulebook: &Rulebook,
) -> StoreResult<Vec<Row>> {
    let filter = WorklistFilter { statuses: vec![Status::Overdue], ..WorklistFilter::default() };
    let query = ClockQuery { at: to, soon: local_date(to), filter, late_from: None, late_to: None };
    // The first place at which a clock can be that is due a microsecond later: nothing is before an empty subject.
    let first = after.plus_micros(1).micros();
    let place = vec![Key::Number(first), Key::Number(0), Key::Text(String::new()), Key::Number(0)];
    let mut connection = sqlite.connections.read().await?;
    let asked = Asked { slot, query: &query, order: Order::Due, after: Some(place), firsts: false, limit };
    let (found, _) = page(&mut connection, &asked).await?;
    Ok(found.into_iter().map(|found| found.at(to, rulebook)).collect())
}

fn place(order: Order, after: Option<&Cursor>) -> StoreResult<Option<Vec<Key>>> {
    after.map(|cursor| cursor::read(cursor, order.name(), &order.like())).transpose()
}

/// A page of rows, and where the next begins.
async fn page(connection: &mut SqliteConnection, asked: &Asked<'_>) -> StoreResult<(Vec<Found>, Option<Cursor>)> {
    let wanted = Wanted::of(asked.query);
    let outcomes: Vec<i64> = wanted.running.iter().map(|_| RUNNING).chain(wanted.ended.iter().copied()).collect();
    if outcomes.is_empty() || asked.limit == 0 {
        return Ok((Vec::new(), None));
    }
    let mut sql = Sql::new(packed::begin(&columns()));
    sql.push("FROM (");
    for (number, outcome) in outcomes.iter().enumerate() {
        sql.push(if number == 0 { "SELECT * FROM (" } else { ") UNION ALL SELECT * FROM (" });
        push_keys(&mut sql, asked, &wanted, *outcome);
    }
    sql.push(text(
        asked.slot,
        &format!(
            ")) AS page CROSS JOIN clock_{{x}} AS clock ON clock.subject = page.subject
             AND clock.ordinal = page.ordinal {CLOCK_NAMES} CROSS JOIN subject ON subject.number = clock.subject
             ORDER BY {} LIMIT ",
            asked.order.terms().join(", ")
        ),
    ));
    sql.push_bind(i64::from(asked.limit) + 1).push(packed::END);
    let mut found = fetch(sql, connection).await?;
    let is_last = found.len() <= asked.limit as usize;
    found.truncate(asked.limit as usize);
    let next = found.last().filter(|_| !is_last);
    let next = next.map(|last| cursor::write(asked.order.name(), &asked.order.keys(last)));
    Ok((found, next))
}

/// The keys of the first rows of one outcome, one more than fit the page.
fn push_keys(sql: &mut Sql, asked: &Asked<'_>, wanted: &Wanted, outcome: i64) {
    let index = match outcome == RUNNING && is_by_holder(asked.query) {
        true => "held".to_owned(),
        false => format!("due_{outcome}"),
    };
    sql.push(text(
        asked.slot,
        &format!(
            "SELECT clock.subject, clock.ordinal FROM clock_{{x}} AS clock INDEXED BY clock_{{x}}_{index}
             CROSS JOIN subject ON subject.number = clock.subject "
        ),
    ));
    if asked.order == Order::Holder {
        sql.push(CLOCK_NAMES);
    }
    sql.push(format_args!(" WHERE clock.outcome = {outcome}"));
    if let Some(running) = wanted.running.filter(|_| outcome == RUNNING) {
        running.push(sql, "clock");
    }
    push_kinds(sql, "clock", asked.query);
    push_holders(sql, "clock", asked.query);
    if let Some(after) = &asked.after {
        push_after(sql, asked.order, after);
    }
    if asked.firsts {
        push_is_first(sql, asked, wanted);
    }
    sql.push(format_args!(" ORDER BY {} LIMIT ", asked.order.terms().join(", ")));
    sql.push_bind(i64::from(asked.limit) + 1);
}

/// That a row comes after a place.
fn push_after(sql: &mut Sql, order: Order, after: &[Key]) {
    if let (Order::Due, [due_at, kind, ..]) = (order, after) {
        // The same again, so that the index is entered at the place and other subjects at it are passed over unread.
        push_key(sql.push(" AND clock.due_at >= "), due_at);
        push_key(sql.push(" AND (clock.due_at > "), due_at);
        push_key(sql.push(" OR clock.kind >= "), kind);
        sql.push(")");
    }
    sql.push(format_args!(" AND ({}) > (", order.terms().join(", ")));
    for (number, key) in after.iter().enumerate() {
        if number > 0 {
            sql.push(", ");
        }
        push_key(sql, key);
    }
    sql.push(")");
}

fn push_key(sql: &mut Sql, key: &Key) {
    match key {
        Key::Number(number) => sql.push_bind(*number),
        Key::Text(text) => sql.push_bind(text.clone()),
    };
}

/// That no other row of the subject comes before it.
fn push_is_first(sql: &mut Sql, asked: &Asked<'_>, wanted: &Wanted) {
    let earlier = format!(" AND NOT EXISTS (SELECT 1 FROM clock_{{x}} AS earlier {}", wanted.index_of_subject());
    sql.push(text(asked.slot, &earlier));
    if asked.order == Order::Holder {
        sql.push(
            " CROSS JOIN holder AS earlier_holder ON earlier_holder.id = earlier.holder
              CROSS JOIN locality AS earlier_locality ON earlier_locality.id = earlier_holder.locality",
        );
    }
    sql.push(format_args!(" WHERE earlier.subject = clock.subject AND {}", asked.order.comes_before()));
    push_lets_through(sql, "earlier", asked.query, wanted);
    sql.push(")");
}

/// All rows that the query lets through of the subjects of those rows, by subject, in the order of the worklist.
async fn all_of(
    connection: &mut SqliteConnection,
    slot: Slot,
    query: &ClockQuery,
    firsts: &[Found],
) -> StoreResult<Vec<Found>> {
    let wanted = Wanted::of(query);
    let subjects: Vec<u32> = firsts.iter().map(|first| first.row.subject).collect();
    let mut sql = Sql::new(packed::begin(&columns()));
    sql.push("FROM json_each(").push_bind(json(&subjects));
    sql.push(text(
        slot,
        &format!(
            ") AS asked CROSS JOIN clock_{{x}} AS clock {} ON clock.subject = asked.value {CLOCK_NAMES}
             CROSS JOIN subject ON subject.number = clock.subject WHERE TRUE",
            wanted.index_of_subject()
        ),
    ));
    push_lets_through(&mut sql, "clock", query, &wanted);
    sql.push(packed::END);
    let mut found = fetch(sql, connection).await?;
    found.sort_unstable_by_key(|found| (found.row.subject, found.row.ordinal));
    Ok(found)
}
