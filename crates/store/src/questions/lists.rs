//! Pages of clocks, alone and grouped by subject.
//!
//! A page is found by its place in the order, never by counting rows from the start. First the keys of its rows are
//! found in an index that holds all that a clock is chosen and ordered by, of which each outcome has one; then the rows
//! are read.

use super::cursor::{self, Key};
use super::filter::{Wanted, is_by_holder, push_holders, push_kinds, push_lets_through};
use super::rows::{CLOCK_COLUMNS, CLOCK_NAMES, ClockColumns, KeptRow, RUNNING, kept_row, kind_code};
use super::sql::Sql;
use super::{Ask, answer, question};
use crate::columns::subject as subject_of;
use crate::query::{ClockQuery, Cursor, Group, Order, Page};
use crate::read_model::Slot;
use crate::store::StoreResult;
use calendar::Instant;
use calendar::london::local_date;
use engine::{Row, Status, WorklistFilter};
use rulebook::Rulebook;
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

/// The columns of a row, as they come.
type Columns = (ClockColumns, String);

/// The columns of a row as one.
fn row(sql: &Sql) -> String {
    sql.row(&format!("{}, subject.subject", sql.row(CLOCK_COLUMNS)))
}

impl Found {
    fn all(rows: Vec<Columns>) -> StoreResult<Vec<Found>> {
        let found = |(row, subject): Columns| Ok(Found { row: kept_row(row)?, subject: subject_of(&subject)? });
        rows.into_iter().map(found).collect()
    }

    fn at(self, at: Instant, rulebook: &Rulebook) -> Row {
        self.row.clock.row(self.subject, at, rulebook)
    }
}

/// What is asked of a list.
struct Asked<'q> {
    query: &'q ClockQuery,
    order: Order,
    after: Option<Vec<Key>>,
    /// Of each subject only its first row.
    firsts: bool,
    limit: u32,
}

pub(crate) async fn clocks(
    database: &dyn Ask,
    slot: Slot,
    query: &ClockQuery,
    order: Order,
    after: Option<&Cursor>,
    limit: u32,
    rulebook: &Rulebook,
) -> StoreResult<Page<Row>> {
    let asked = Asked { query, order, after: place(order, after)?, firsts: false, limit };
    let (found, next) = page(database, slot, &asked).await?;
    Ok(Page { rows: found.into_iter().map(|found| found.at(query.at, rulebook)).collect(), next })
}

pub(crate) async fn groups(
    database: &dyn Ask,
    slot: Slot,
    query: &ClockQuery,
    order: Order,
    after: Option<&Cursor>,
    limit: u32,
    rulebook: &Rulebook,
) -> StoreResult<Page<Group>> {
    let asked = Asked { query, order, after: place(order, after)?, firsts: true, limit };
    let wanted = Wanted::of(query);
    if wanted.is_nothing() || limit == 0 {
        return Ok(Page { rows: Vec::new(), next: None });
    }
    let mut sql = question(database, slot);
    sql.push("WITH page AS MATERIALIZED (");
    push_page(&mut sql, &asked, &wanted);
    let packed = sql.packed("packed");
    sql.push(format!(") SELECT '[' || (SELECT {packed} FROM page) || ',' || ("));
    push_all_of(&mut sql, query, &wanted);
    sql.push(") || ']'");
    let (firsts, all): (Vec<Columns>, Vec<Columns>) = answer(database, sql, DOING).await?;
    let (firsts, next) = cut(Found::all(firsts)?, &asked);
    let mut rows = Found::all(all)?;
    rows.sort_unstable_by_key(|found| (found.row.subject, found.row.ordinal));
    let groups = firsts.into_iter().map(|first| {
        let of_subject = rows.extract_if(.., |found| found.row.subject == first.row.subject);
        Group { rows: of_subject.map(|found| found.at(query.at, rulebook)).collect(), subject: first.subject }
    });
    Ok(Page { rows: groups.collect(), next })
}

pub(crate) async fn turned_overdue(
    database: &dyn Ask,
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
    let asked = Asked { query: &query, order: Order::Due, after: Some(place), firsts: false, limit };
    let (found, _) = page(database, slot, &asked).await?;
    Ok(found.into_iter().map(|found| found.at(to, rulebook)).collect())
}

fn place(order: Order, after: Option<&Cursor>) -> StoreResult<Option<Vec<Key>>> {
    after.map(|cursor| cursor::read(cursor, order.name(), &order.like())).transpose()
}

/// A page of rows, and where the next begins.
async fn page(database: &dyn Ask, slot: Slot, asked: &Asked<'_>) -> StoreResult<(Vec<Found>, Option<Cursor>)> {
    let wanted = Wanted::of(asked.query);
    if wanted.is_nothing() || asked.limit == 0 {
        return Ok((Vec::new(), None));
    }
    let mut sql = question(database, slot);
    let packed = sql.packed("packed");
    sql.push(format!("SELECT {packed} FROM ("));
    push_page(&mut sql, asked, &wanted);
    sql.push(") AS page");
    Ok(cut(Found::all(answer(database, sql, DOING).await?)?, asked))
}

/// Cuts off the row too many, which only shows that there is a next page.
fn cut(mut found: Vec<Found>, asked: &Asked<'_>) -> (Vec<Found>, Option<Cursor>) {
    let is_last = found.len() <= asked.limit as usize;
    found.truncate(asked.limit as usize);
    let next = found.last().filter(|_| !is_last);
    let next = next.map(|last| cursor::write(asked.order.name(), &asked.order.keys(last)));
    (found, next)
}

/// The rows of a page in order, each with its subject's number, one more than fit it.
fn push_page(sql: &mut Sql, asked: &Asked<'_>, wanted: &Wanted) {
    let row = row(sql);
    sql.push(format!("SELECT clock.subject AS subject, {row} AS packed FROM ("));
    let running = wanted.running.iter().map(|_| RUNNING);
    for (number, outcome) in running.chain(wanted.ended.iter().copied()).enumerate() {
        sql.push(if number == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
        push_keys(sql, asked, wanted, outcome);
        sql.push(format!(") AS keys_{number}"));
    }
    sql.push(format!(
        ") AS keys {{join}} clock_{{x}} AS clock ON clock.subject = keys.subject AND clock.ordinal = keys.ordinal
         {CLOCK_NAMES} {{join}} subject ON subject.number = clock.subject ORDER BY {} LIMIT ",
        asked.order.terms().join(", ")
    ));
    sql.number(i64::from(asked.limit) + 1);
}

/// The keys of the first rows of one outcome, one more than fit the page.
fn push_keys(sql: &mut Sql, asked: &Asked<'_>, wanted: &Wanted, outcome: i64) {
    sql.push("SELECT clock.subject, clock.ordinal FROM clock_{x} AS clock");
    if outcome == RUNNING && is_by_holder(asked.query) {
        sql.indexed_by("clock_{x}_held");
    } else {
        sql.indexed_by(&format!("clock_{{x}}_due_{outcome}"));
    }
    sql.push(" {join} subject ON subject.number = clock.subject ");
    if asked.order == Order::Holder {
        sql.push(CLOCK_NAMES);
    }
    sql.push(format!(" WHERE clock.outcome = {outcome}"));
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
    sql.push(format!(" ORDER BY {} LIMIT ", asked.order.terms().join(", ")));
    sql.number(i64::from(asked.limit) + 1);
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
    sql.push(format!(" AND ({}) > (", order.terms().join(", ")));
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
        Key::Number(number) => sql.number(*number),
        Key::Text(text) => sql.text(text.as_str()),
    };
}

/// That no other row of the subject comes before it.
fn push_is_first(sql: &mut Sql, asked: &Asked<'_>, wanted: &Wanted) {
    sql.push(" AND NOT EXISTS (SELECT 1 FROM clock_{x} AS earlier");
    wanted.push_index_of_subject(sql);
    if asked.order == Order::Holder {
        sql.push(
            " {join} holder AS earlier_holder ON earlier_holder.id = earlier.holder
              {join} locality AS earlier_locality ON earlier_locality.id = earlier_holder.locality",
        );
    }
    sql.push(format!(" WHERE earlier.subject = clock.subject AND {}", asked.order.comes_before()));
    push_lets_through(sql, "earlier", asked.query, wanted);
    sql.push(")");
}

/// All rows that the query lets through of the subjects of the page.
fn push_all_of(sql: &mut Sql, query: &ClockQuery, wanted: &Wanted) {
    let packed = sql.packed(&row(sql));
    sql.push(format!("SELECT {packed} FROM page {{join}} clock_{{x}} AS clock"));
    wanted.push_index_of_subject(sql);
    sql.push(format!(
        " ON clock.subject = page.subject {CLOCK_NAMES} {{join}} subject ON subject.number = clock.subject WHERE TRUE"
    ));
    push_lets_through(sql, "clock", query, wanted);
}
