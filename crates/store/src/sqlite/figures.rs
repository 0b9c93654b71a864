//! Figures that were computed from the whole ledger and are kept, exact.

use super::Sqlite;
use super::bulk::{Insert, Values};
use crate::columns::{json, signed, unsigned};
use super::connection::Durability;
use super::error::failed;
use crate::figures::{FigureSet, FigureSetHead, Recording};
use crate::query::Holder;
use crate::store::{StoreError, StoreResult};
use calendar::Instant;
use engine::{By, Figure, FigureStatus, FigureValue, Ratio};
use sqlx::sqlite::SqliteConnection;
use vocabulary::{Number, Text};

const READING: &str = "reading figures";
const WRITING: &str = "keeping figures";

const fn grouped_by(by: By) -> &'static str {
    match by {
        By::County => "county",
        By::Locality => "locality",
        By::Team => "team",
        By::Worker => "worker",
    }
}

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

/// A figure's value as decimal digits.
#[derive(Default)]
struct ValueColumns {
    shape: &'static str,
    numerator: Option<String>,
    denominator: Option<String>,
    missing: Option<String>,
}

impl ValueColumns {
    fn of(value: FigureValue) -> ValueColumns {
        let (shape, numerator, denominator, missing) = match value {
            FigureValue::Share { numerator, denominator, missing } => {
                ("share", Some(numerator.to_string()), Some(denominator.to_string()), missing)
            }
            FigureValue::Count(count) => ("count", Some(count.to_string()), None, None),
            FigureValue::Mean(mean) => (
                "mean",
                mean.map(|mean| mean.numerator().to_string()),
                mean.map(|mean| mean.denominator().to_string()),
                None,
            ),
        };
        ValueColumns { shape, numerator, denominator, missing: missing.map(|missing| missing.to_string()) }
    }
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
    let heads: Vec<(String, i64, i64, i64)> =
        sqlx::query_as("SELECT period, at, position, computed FROM figure_set WHERE rulebook = ? ORDER BY period")
            .bind(rulebook)
            .fetch_all(&mut *connection)
            .await
            .map_err(failed(READING))?;
    let heads = heads.into_iter().map(|(period, at, position, computed)| {
        Ok(FigureSetHead {
            rulebook: rulebook.to_owned(),
            period,
            at: Instant::from_micros(at),
            position: unsigned(position)?,
            computed: Instant::from_micros(computed),
        })
    });
    heads.collect()
}

type FigureColumns = (
    String,
    String,
    String,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<f64>,
    Option<String>,
);

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

fn figure(columns: FigureColumns) -> StoreResult<(String, Figure)> {
    let (period, measure, group, band, shape, numerator, denominator, missing, target, status) = columns;
    let value = value(&shape, numerator.as_deref(), denominator.as_deref(), missing.as_deref());
    let status = status.map(|name| {
        let all = [FigureStatus::Better, FigureStatus::Within, FigureStatus::Worse];
        all.into_iter().find(|status| status.as_str() == name).ok_or(name)
    });
    let (Some(value), Ok(status)) = (value, status.transpose()) else {
        return Err(StoreError::Damaged(format!("a figure of {measure} for {period} is not what was written")));
    };
    let target = target.and_then(Number::new);
    Ok((period, Figure { measure, group, band, value, target, status }))
}

fn value(
    shape: &str,
    numerator: Option<&str>,
    denominator: Option<&str>,
    missing: Option<&str>,
) -> Option<FigureValue> {
    Some(match (shape, numerator, denominator) {
        ("share", Some(numerator), Some(denominator)) => FigureValue::Share {
            numerator: numerator.parse().ok()?,
            denominator: denominator.parse().ok()?,
            missing: missing.map(str::parse).transpose().ok()?,
        },
        ("count", Some(count), None) => FigureValue::Count(count.parse().ok()?),
        ("mean", None, None) => FigureValue::Mean(None),
        ("mean", Some(numerator), Some(denominator)) => {
            FigureValue::Mean(Some(Ratio::new(numerator.parse().ok()?, denominator.parse().ok()?)?))
        }
        _ => return None,
    })
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
    let holders: Vec<(String, Option<String>, Option<String>)> =
        sqlx::query_as(holders).bind(set).fetch_all(&mut *moment).await.map_err(failed(READING))?;
    moment.commit().await.map_err(failed(READING))?;
    let holder = |(locality, team, worker): (String, Option<String>, Option<String>)| Holder {
        locality: Text::new(locality),
        team: team.map(Text::new),
        worker: worker.map(Text::new),
    };
    Ok(Some((behind, holders.into_iter().map(holder).collect())))
}

type RecordingColumns = (String, Option<String>, i64, i64, i64, i64);

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
    let recording = recording.into_iter().map(|(locality, team, same_day, next_working_day, within_five, later)| {
        Ok(Recording {
            locality,
            team,
            same_day: unsigned(same_day)?,
            next_working_day: unsigned(next_working_day)?,
            within_five: unsigned(within_five)?,
            later: unsigned(later)?,
        })
    });
    recording.collect()
}
