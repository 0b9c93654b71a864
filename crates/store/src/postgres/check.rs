//! What the database can tell of itself: that nothing in it was changed from outside.

use super::Postgres;
use super::connection::Transaction;
use super::error::failed;
use super::families::by_key;
use super::place::{Keys, key_of};
use super::slots::sql;
use crate::checking::{self, EVENTS_AT_ONCE, Kept, KeptFamilies, Linked, MOST_SAID, TALLIES};
use crate::columns::signed;
use crate::ledger::Position;
use crate::placing::ByKey;
use crate::read_model::Slot;
use crate::store::StoreResult;
use sqlx::FromRow;
use sqlx::postgres::PgRow;
use vocabulary::{Checker, Event};

const DOING: &str = "checking the database";

const EVENTS: &str = "SELECT event.position, event.source, coalesce(source.source, '') AS source_name,
        source.source_key, event.id, event.id_key, event.subject, coalesce(subject.subject, '') AS subject_name,
        subject.subject_key, event.type AS event_type, event.occurred, event.recorded, event.received, event.digest,
        event.bytes
    FROM event LEFT JOIN source ON source.id = event.source LEFT JOIN subject ON subject.number = event.subject
    WHERE event.position BETWEEN $1 AND $2 ORDER BY event.position";

pub(super) async fn check(postgres: &Postgres, from: Position, to: Position) -> StoreResult<Vec<String>> {
    // Families grow while others write.
    let mut moment = postgres.connections.moment().await?;
    let mut wrong = Vec::new();
    if from <= 1 {
        whole(&mut moment, &mut wrong).await?;
    }
    let mut checker = Checker::new();
    let mut next = from.max(1);
    while next <= to && wrong.len() < MOST_SAID {
        let last = to.min(next.saturating_add(EVENTS_AT_ONCE - 1));
        let rows: Vec<EventRow> = sqlx::query_as(EVENTS)
            .bind(signed(next))
            .bind(signed(last))
            .fetch_all(&mut *moment)
            .await
            .map_err(failed(DOING))?;
        checking::positions(rows.iter().map(|row| row.0.position), next, last, &mut wrong)?;
        let events: Vec<(Kept, Event)> =
            rows.into_iter().filter_map(|row| checking::event(row.0, &mut checker, &mut wrong)).collect();
        families(&mut moment, &events, &mut wrong).await?;
        next = last + 1;
    }
    moment.commit().await.map_err(failed(DOING))?;
    wrong.truncate(MOST_SAID);
    Ok(wrong)
}

/// What is kept of an event.
struct EventRow(Kept);

impl FromRow<'_, PgRow> for EventRow {
    fn from_row(row: &PgRow) -> Result<EventRow, sqlx::Error> {
        use sqlx::Row as _;
        let id: String = row.try_get("id")?;
        let source_name: String = row.try_get("source_name")?;
        let subject_name: String = row.try_get("subject_name")?;
        let leads = |column, text: &str| -> Result<bool, sqlx::Error> {
            let key: Option<Vec<u8>> = row.try_get(column)?;
            Ok(key.is_some_and(|key| key == key_of(text)))
        };
        let led_to = vec![
            ("key of the source", leads("source_key", &source_name)?),
            ("key of the id", leads("id_key", &id)?),
            ("key of the subject", leads("subject_key", &subject_name)?),
        ];
        Ok(EventRow(Kept {
            position: row.try_get("position")?,
            source: row.try_get("source")?,
            source_name,
            id,
            subject: row.try_get("subject")?,
            subject_name,
            event_type: row.try_get("event_type")?,
            occurred: row.try_get("occurred")?,
            recorded: row.try_get("recorded")?,
            received: row.try_get("received")?,
            digest: row.try_get("digest")?,
            bytes: row.try_get("bytes")?,
            led_to,
        }))
    }
}

/// What concerns the whole ledger at once.
async fn whole(moment: &mut Transaction, wrong: &mut Vec<String>) -> StoreResult<()> {
    let counts = "SELECT (SELECT count(*) FROM event), (SELECT coalesce(max(position), 0) FROM event),
                  (SELECT coalesce(max(size), 0) FROM tree_head)";
    let (events, last, size): (i64, i64, i64) =
        sqlx::query_as(counts).fetch_one(&mut **moment).await.map_err(failed(DOING))?;
    checking::ends(events, last, size, wrong);
    let head = "SELECT size, root, frontier FROM tree_head ORDER BY size DESC LIMIT 1";
    let head: Option<(i64, Vec<u8>, Vec<u8>)> =
        sqlx::query_as(head).fetch_optional(&mut **moment).await.map_err(failed(DOING))?;
    if let Some((size, root, frontier)) = head {
        checking::frontier(size, &root, &frontier, wrong)?;
    }
    let led_by_another = "SELECT member.number FROM subject AS member LEFT JOIN subject AS first
                          ON first.number = member.family WHERE first.family IS DISTINCT FROM member.family
                          ORDER BY member.number LIMIT 20";
    let numbers: Vec<i64> = sqlx::query_scalar(led_by_another).fetch_all(&mut **moment).await.map_err(failed(DOING))?;
    checking::families_of_nobody(numbers, wrong);
    quarantine(moment, wrong).await
}

/// Whether what is listed as open is what no step has settled.
async fn quarantine(moment: &mut Transaction, wrong: &mut Vec<String>) -> StoreResult<()> {
    let differing = "SELECT number FROM quarantined
                     WHERE EXISTS (SELECT FROM quarantine_open AS open WHERE open.number = quarantined.number)
                         = EXISTS (SELECT FROM quarantine_step AS step
                                   WHERE step.number = quarantined.number AND step.what <> 'refused_again')
                     ORDER BY number LIMIT 20";
    let numbers: Vec<i64> = sqlx::query_scalar(differing).fetch_all(&mut **moment).await.map_err(failed(DOING))?;
    checking::wrongly_open(numbers, wrong);
    Ok(())
}

/// Whether the subjects that events link are of one family.
async fn families(moment: &mut Transaction, events: &[(Kept, Event)], wrong: &mut Vec<String>) -> StoreResult<()> {
    let linked = Linked::by(events);
    if linked.numbers.is_empty() {
        return Ok(());
    }
    let of_numbers: Vec<(i64, i64)> = sqlx::query_as("SELECT number, family FROM subject WHERE number = ANY ($1)")
        .bind(&linked.numbers)
        .fetch_all(&mut **moment)
        .await
        .map_err(failed(DOING))?;
    let merged_keys: Vec<[u8; 32]> = linked.merged.iter().map(|subject| key_of(subject)).collect();
    let of_merged: Vec<(String, i64)> =
        sqlx::query_as("SELECT subject, family FROM subject WHERE subject_key = ANY ($1)")
            .bind(merged_keys)
            .fetch_all(&mut **moment)
            .await
            .map_err(failed(DOING))?;
    let of_named = families_of_named(moment, &linked.named.into_iter().collect()).await?;
    let (of_numbers, of_merged) = (of_numbers.into_iter().collect(), of_merged.into_iter().collect());
    checking::families(events, &KeptFamilies { of_numbers, of_merged, of_named }, wrong);
    Ok(())
}

/// The families of events that are named: of the event, or of whoever waits for it.
async fn families_of_named<'k>(moment: &mut Transaction, keys: &Keys<'k>) -> StoreResult<ByKey<'k, i64>> {
    let awaited = "SELECT asked.place - 1, subject.family
                   FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS asked (source, id_key, place)
                   JOIN awaited AS named ON named.source = asked.source AND named.id_key = asked.id_key
                   JOIN subject ON subject.number = named.subject";
    let arrived = "SELECT asked.place - 1, subject.family
                   FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS asked (source, id_key, place)
                   JOIN event AS named ON named.source = asked.source AND named.id_key = asked.id_key
                   JOIN subject ON subject.number = named.subject";
    let mut families = by_key(moment, keys, awaited).await?;
    families.extend(by_key(moment, keys, arrived).await?);
    Ok(families)
}

pub(super) async fn tallies(postgres: &Postgres, slot: Slot) -> StoreResult<Vec<String>> {
    let mut moment = postgres.connections.moment().await?;
    let mut wrong = Vec::new();
    for (what, differing) in TALLIES {
        let rows: i64 =
            sqlx::query_scalar(sql(slot, differing)).fetch_one(&mut *moment).await.map_err(failed(DOING))?;
        wrong.extend(checking::differing(what, rows));
    }
    moment.commit().await.map_err(failed(DOING))?;
    Ok(wrong)
}
