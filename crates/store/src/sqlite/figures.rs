//! Figures that were computed from the whole ledger and are kept, exact.

use super::Sqlite;
use super::bulk::{Insert, Values};
use super::connection::Durability;
use super::error::failed;
use crate::columns::{json, signed};
use crate::figures::{FigureSet, FigureSetHead, Recording};
use crate::keeping::{
    self, FigureColumns, HeadColumns, HolderColumns, RecordingColumns, ValueColumns, figure, grouped_by, head, holder,
};
use crate::query::Holder;
use crate::store::StoreResult;
use engine::{By, Figure, FigureStatus};
use sqlx::sqlite::SqliteConnection;
use vocabulary::Number;

const READING: &str = "reading figures";
const WRITING: &str = "keeping figures";

pub(super) async fn keep(sqlite: &Sqlite, set: FigureSet) -> StoreResult<()> {
    let mut transaction = sqlite.connections.begin(Durability::Derived).await?;
    let old = sqlx::query("DELETE FROM figure_set WHERE rulebook = ? AND period = ?");
    let old = old.bind(set.rulebook.as_str()).bind(set.period.as_str());
    old.execute(&mut *transaction).await.map_err(failed(WRITING))?;
    let id = write_head(&mut transaction, &set).await?;
    write_figures(&mut transaction, id, &set.figures).await?;
    write_holders(&mut transaction, id, &set.holders).await?;
    let head = "INSERT INTO figure_behind (figure_set, measure, behind)";
    let insert = Insert { head, columns: 3, tail: "", doing: WRITING };
    let add = |values: &mut Values, (measure, behind): &(String, Vec<u8>)| {
        values.add(id).add(measure.as_str()).add(behind.as_slice());
    };
    insert.rows(&mut transaction, &set.behind, add).await?;
    write_recording(&mut transaction, id, &set.recording).await?;
    transaction.commit(WRITING).await
}

async fn write_head(connection: &mut SqliteConnection, set: &FigureSet) -> StoreResult<i64> {
    let head = "INSERT INTO figure_set (rulebook, period, at, position, computed) VALUES (?, ?, ?, ?, ?) RETURNING id";
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

async fn write_figures(connection: &mut SqliteConnection, set: i64, figures: &[(By, Figure)]) -> StoreResult<()> {
    let head = "INSERT INTO figure (figure_set, grouped_by, measure, ordinal, counted_for, band, shape, numerator,
                denominator, missing, target, status)";
    let insert = Insert { head, columns: 12, tail: "", doing: WRITING };
    let numbered: Vec<(i64, &(By, Figure))> = (0..).zip(figures).collect();
    let add = |values: &mut Values, (ordinal, (by, figure)): &(i64, &(By, Figure))| {
        let value = ValueColumns::of(figure.value);
        values
            .add(set)
            .add(grouped_by(*by))
            .add(figure.measure.as_str())
            .add(*ordinal)
            .add(figure.group.as_str())
            .add(figure.band.as_deref())
            .add(value.shape)
            .add(value.numerator)
            .add(value.denominator)
            .add(value.missing)
            .add(figure.target.map(Number::get))
            .add(figure.status.map(FigureStatus::as_str));
    };
    insert.rows(connection, &numbered, add).await
}

async fn write_holders(connection: &mut SqliteConnection, set: i64, holders: &[Holder]) -> StoreResult<()> {
    let head = "INSERT INTO figure_holder (figure_set, ordinal, locality, team, worker)";
    let insert = Insert { head, columns: 5, tail: "", doing: WRITING };
    let numbered: Vec<(i64, &Holder)> = (0..).zip(holders).collect();
    let add = |values: &mut Values, (ordinal, holder): &(i64, &Holder)| {
        values.add(set).add(*ordinal).add(holder.locality.as_str()).add(holder.team.as_deref());
        values.add(holder.worker.as_deref());
    };
    insert.rows(connection, &numbered, add).await
}

async fn write_recording(connection: &mut SqliteConnection, set: i64, recording: &[Recording]) -> StoreResult<()> {
    let head = "INSERT INTO recording (figure_set, ordinal, locality, team, same_day, next_working_day, within_five,
                later)";
    let insert = Insert { head, columns: 8, tail: "", doing: WRITING };
    let numbered: Vec<(i64, &Recording)> = (0..).zip(recording).collect();
    let add = |values: &mut Values, (ordinal, one): &(i64, &Recording)| {
        values.add(set).add(*ordinal).add(one.locality.as_str()).add(one.team.as_deref());
        for count in [one.same_day, one.next_working_day, one.within_five, one.later] {
            values.add(signed(count));
        }
    };
    insert.rows(connection, &numbered, add).await
}

pub(super) async fn heads(sqlite: &Sqlite, rulebook: &str) -> StoreResult<Vec<FigureSetHead>> {
    let mut connection = sqlite.connections.read().await?;
    let heads: Vec<HeadColumns> =
        sqlx::query_as("SELECT period, at, position, computed FROM figure_set WHERE rulebook = ? ORDER BY period")
            .bind(rulebook)
            .fetch_all(&mut *connection)
            .await
            .map_err(failed(READING))?;
    heads.into_iter().map(|columns| head(rulebook, columns)).collect()
}

pub(super) async fn figures(
    sqlite: &Sqlite,
    rulebook: &str,
    periods: &[String],
    measure: Option<&str>,
    by: By,
) -> StoreResult<Vec<(String, Figure)>> {
    let mut connection = sqlite.connections.read().await?;
    let figures = "SELECT figure_set.period, figure.measure, figure.counted_for, figure.band, figure.shape,
                          figure.numerator, figure.denominator, figure.missing, figure.target, figure.status
                   FROM json_each(?1) AS asked
                   CROSS JOIN figure_set ON figure_set.rulebook = ?2 AND figure_set.period = asked.value
                   CROSS JOIN figure ON figure.figure_set = figure_set.id AND figure.grouped_by = ?3
                       AND (?4 IS NULL OR figure.measure = ?4)
                   ORDER BY asked.key, figure.ordinal";
    let figures: Vec<FigureColumns> = sqlx::query_as(figures)
        .bind(json(&periods))
        .bind(rulebook)
        .bind(grouped_by(by))
        .bind(measure)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(READING))?;
    figures.into_iter().map(figure).collect()
}

pub(super) async fn behind(
    sqlite: &Sqlite,
    rulebook: &str,
    period: &str,
    measure: &str,
) -> StoreResult<Option<(Vec<u8>, Vec<Holder>)>> {
    let mut connection = sqlite.connections.read().await?;
    let mut moment = sqlx::Connection::begin(&mut *connection).await.map_err(failed(READING))?;
    let behind = "SELECT figure_set.id, figure_behind.behind FROM figure_set
                  JOIN figure_behind ON figure_behind.figure_set = figure_set.id
                  WHERE figure_set.rulebook = ? AND figure_set.period = ? AND figure_behind.measure = ?";
    let behind: Option<(i64, Vec<u8>)> = sqlx::query_as(behind)
        .bind(rulebook)
        .bind(period)
        .bind(measure)
        .fetch_optional(&mut *moment)
        .await
        .map_err(failed(READING))?;
    let Some((set, behind)) = behind else { return Ok(None) };
    let holders = "SELECT locality, team, worker FROM figure_holder WHERE figure_set = ? ORDER BY ordinal";
    let holders: Vec<HolderColumns> =
        sqlx::query_as(holders).bind(set).fetch_all(&mut *moment).await.map_err(failed(READING))?;
    moment.commit().await.map_err(failed(READING))?;
    Ok(Some((behind, holders.into_iter().map(holder).collect())))
}

pub(super) async fn recording(sqlite: &Sqlite, rulebook: &str, period: &str) -> StoreResult<Vec<Recording>> {
    let mut connection = sqlite.connections.read().await?;
    let recording = "SELECT locality, team, same_day, next_working_day, within_five, later FROM recording
                     WHERE figure_set = (SELECT id FROM figure_set WHERE rulebook = ? AND period = ?) ORDER BY ordinal";
    let recording: Vec<RecordingColumns> = sqlx::query_as(recording)
        .bind(rulebook)
        .bind(period)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed(READING))?;
    recording.into_iter().map(keeping::recording).collect()
}
