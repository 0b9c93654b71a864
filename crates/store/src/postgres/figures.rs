//! Figures that were computed from the whole ledger and are kept, exact.

use super::Postgres;
use super::error::failed;
use super::place::key_of;
use crate::columns::signed;
use crate::figures::{FigureSet, FigureSetHead, Recording};
use crate::keeping::{
    self, FigureColumns, HeadColumns, HolderColumns, RecordingColumns, ValueColumns, figure, grouped_by, head, holder,
};
use crate::query::Holder;
use crate::store::StoreResult;
use engine::{By, Figure, FigureStatus};
use sqlx::postgres::{PgBindIterExt as _, PgConnection};
use vocabulary::Number;

const READING: &str = "reading figures";
const WRITING: &str = "keeping figures";

/// The number of the lock that is held by whoever keeps figures, until the commit.
const LOCK: i64 = 0x5369_6768_0004;

/// How many figures a statement writes.
const FIGURES_AT_ONCE: usize = 20_000;

pub(super) async fn keep(postgres: &Postgres, set: FigureSet) -> StoreResult<()> {
    let mut transaction = postgres.connections.begin().await?;
    let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK);
    lock.execute(&mut *transaction).await.map_err(failed(WRITING))?;
    let old = sqlx::query("DELETE FROM figure_set WHERE rulebook = $1 AND period = $2");
    let old = old.bind(set.rulebook.as_str()).bind(set.period.as_str());
    old.execute(&mut *transaction).await.map_err(failed(WRITING))?;
    let id = write_head(&mut transaction, &set).await?;
    let mut first = 0;
    for figures in set.figures.chunks(FIGURES_AT_ONCE) {
        write_figures(&mut transaction, id, first, figures).await?;
        first += signed(figures.len() as u64);
    }
    write_holders(&mut transaction, id, &set.holders).await?;
    write_behind(&mut transaction, id, &set.behind).await?;
    write_recording(&mut transaction, id, &set.recording).await?;
    transaction.commit().await.map_err(failed(WRITING))
}

async fn write_head(connection: &mut PgConnection, set: &FigureSet) -> StoreResult<i64> {
    let head = "INSERT INTO figure_set (rulebook, period, at, position, computed) VALUES ($1, $2, $3, $4, $5)
                RETURNING id";
    sqlx::query_scalar(head)
        .bind(set.rulebook.as_str())
        .bind(set.period.as_str())
        .bind(set.at.micros())
        .bind(signed(set.position))
        .bind(set.computed.micros())
        .fetch_one(connection)
        .await
        .map_err(failed(WRITING))
}

/// Writes figures, of which the first has that ordinal.
async fn write_figures(
    connection: &mut PgConnection,
    set: i64,
    first: i64,
    figures: &[(By, Figure)],
) -> StoreResult<()> {
    let insert = "INSERT INTO figure (figure_set, ordinal, grouped_by, measure, measure_key, counted_for, band, shape,
                                      numerator, denominator, missing, target, status)
                  SELECT $1, $2 + place - 1, grouped_by, measure, measure_key, counted_for, band, shape, numerator,
                         denominator, missing, target, status
                  FROM unnest($3::text[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[],
                              $10::text[], $11::text[], $12::float8[], $13::text[]) WITH ORDINALITY
                  AS new (grouped_by, measure, measure_key, counted_for, band, shape, numerator, denominator, missing,
                          target, status, place)";
    let values: Vec<ValueColumns> = figures.iter().map(|(_, figure)| ValueColumns::of(figure.value)).collect();
    sqlx::query(insert)
        .bind(set)
        .bind(first)
        .bind(figures.iter().map(|(by, _)| grouped_by(*by)).bind_iter())
        .bind(figures.iter().map(|(_, figure)| figure.measure.as_str()).bind_iter())
        .bind(figures.iter().map(|(_, figure)| key_of(&figure.measure)).bind_iter())
        .bind(figures.iter().map(|(_, figure)| figure.group.as_str()).bind_iter())
        .bind(figures.iter().map(|(_, figure)| figure.band.as_deref()).bind_iter())
        .bind(values.iter().map(|value| value.shape).bind_iter())
        .bind(values.iter().map(|value| value.numerator.as_deref()).bind_iter())
        .bind(values.iter().map(|value| value.denominator.as_deref()).bind_iter())
        .bind(values.iter().map(|value| value.missing.as_deref()).bind_iter())
        .bind(figures.iter().map(|(_, figure)| figure.target.map(Number::get)).bind_iter())
        .bind(figures.iter().map(|(_, figure)| figure.status.map(FigureStatus::as_str)).bind_iter())
        .execute(connection)
        .await
        .map_err(failed(WRITING))?;
    Ok(())
}

async fn write_holders(connection: &mut PgConnection, set: i64, holders: &[Holder]) -> StoreResult<()> {
    let insert = "INSERT INTO figure_holder (figure_set, ordinal, locality, team, worker)
                  SELECT $1, place - 1, locality, team, worker
                  FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS new (locality, team, worker, place)";
    sqlx::query(insert)
        .bind(set)
        .bind(holders.iter().map(|holder| holder.locality.as_str()).bind_iter())
        .bind(holders.iter().map(|holder| holder.team.as_deref()).bind_iter())
        .bind(holders.iter().map(|holder| holder.worker.as_deref()).bind_iter())
        .execute(connection)
        .await
        .map_err(failed(WRITING))?;
    Ok(())
}

async fn write_behind(connection: &mut PgConnection, set: i64, behind: &[(String, Vec<u8>)]) -> StoreResult<()> {
    let insert = "INSERT INTO figure_behind (figure_set, measure, measure_key, behind) VALUES ($1, $2, $3, $4)";
    // Each may be long; a few hundred measures have one.
    for (measure, behind) in behind {
        sqlx::query(insert)
            .bind(set)
            .bind(measure.as_str())
            .bind(key_of(measure))
            .bind(behind.as_slice())
            .execute(&mut *connection)
            .await
            .map_err(failed(WRITING))?;
    }
    Ok(())
}

async fn write_recording(connection: &mut PgConnection, set: i64, recording: &[Recording]) -> StoreResult<()> {
    let insert = "INSERT INTO recording (figure_set, ordinal, locality, team, same_day, next_working_day, within_five,
                                         later)
                  SELECT $1, place - 1, locality, team, same_day, next_working_day, within_five, later
                  FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
                  WITH ORDINALITY AS new (locality, team, same_day, next_working_day, within_five, later, place)";
    sqlx::query(insert)
        .bind(set)
        .bind(recording.iter().map(|one| one.locality.as_str()).bind_iter())
        .bind(recording.iter().map(|one| one.team.as_deref()).bind_iter())
        .bind(recording.iter().map(|one| signed(one.same_day)).bind_iter())
        .bind(recording.iter().map(|one| signed(one.next_working_day)).bind_iter())
        .bind(recording.iter().map(|one| signed(one.within_five)).bind_iter())
        .bind(recording.iter().map(|one| signed(one.later)).bind_iter())
        .execute(connection)
        .await
        .map_err(failed(WRITING))?;
    Ok(())
}

pub(super) async fn heads(postgres: &Postgres, rulebook: &str) -> StoreResult<Vec<FigureSetHead>> {
    let mut connection = postgres.connections.read().await?;
    let heads: Vec<HeadColumns> =
        sqlx::query_as("SELECT period, at, position, computed FROM figure_set WHERE rulebook = $1 ORDER BY period")
            .bind(rulebook)
            .fetch_all(&mut *connection)
            .await
            .map_err(failed(READING))?;
    heads.into_iter().map(|columns| head(rulebook, columns)).collect()
}

pub(super) async fn figures(
    postgres: &Postgres,
    rulebook: &str,
    periods: &[String],
    measure: Option<&str>,
    by: By,
) -> StoreResult<Vec<(String, Figure)>> {
    let mut connection = postgres.connections.read().await?;
    let figures = "SELECT figure_set.period, figure.measure, figure.counted_for, figure.band, figure.shape,
                          figure.numerator, figure.denominator, figure.missing, figure.target, figure.status
                   FROM unnest($1::text[]) WITH ORDINALITY AS asked (period, place)
                   JOIN figure_set ON figure_set.rulebook = $2 AND figure_set.period = asked.period
                   JOIN figure ON figure.figure_set = figure_set.id AND figure.grouped_by = $3
                       AND ($4::bytea IS NULL OR figure.measure_key = $4)
                   ORDER BY asked.place, figure.ordinal";
    let figures: Vec<FigureColumns> = sqlx::query_as(figures)
        .bind(periods)
        .bind(rulebook)
        .bind(grouped_by(by))
        .bind(measure.map(key_of))
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(READING))?;
    figures.into_iter().map(figure).collect()
}

pub(super) async fn behind(
    postgres: &Postgres,
    rulebook: &str,
    period: &str,
    measure: &str,
) -> StoreResult<Option<(Vec<u8>, Vec<Holder>)>> {
    let mut moment = postgres.connections.moment().await?;
    let behind = "SELECT figure_set.id, figure_behind.behind FROM figure_set
                  JOIN figure_behind ON figure_behind.figure_set = figure_set.id
                  WHERE figure_set.rulebook = $1 AND figure_set.period = $2 AND figure_behind.measure_key = $3";
    let behind: Option<(i64, Vec<u8>)> = sqlx::query_as(behind)
        .bind(rulebook)
        .bind(period)
        .bind(key_of(measure))
        .fetch_optional(&mut *moment)
        .await
        .map_err(failed(READING))?;
    let Some((set, behind)) = behind else { return Ok(None) };
    let holders = "SELECT locality, team, worker FROM figure_holder WHERE figure_set = $1 ORDER BY ordinal";
    let holders: Vec<HolderColumns> =
        sqlx::query_as(holders).bind(set).fetch_all(&mut *moment).await.map_err(failed(READING))?;
    moment.commit().await.map_err(failed(READING))?;
    Ok(Some((behind, holders.into_iter().map(holder).collect())))
}

pub(super) async fn recording(postgres: &Postgres, rulebook: &str, period: &str) -> StoreResult<Vec<Recording>> {
    let mut connection = postgres.connections.read().await?;
    let recording = "SELECT locality, team, same_day, next_working_day, within_five, later FROM recording
                     WHERE figure_set = (SELECT id FROM figure_set WHERE rulebook = $1 AND period = $2)
                     ORDER BY ordinal";
    let recording: Vec<RecordingColumns> = sqlx::query_as(recording)
        .bind(rulebook)
        .bind(period)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(READING))?;
    recording.into_iter().map(keeping::recording).collect()
}
