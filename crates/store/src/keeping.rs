//! Figures as every database keeps them: exact, as decimal digits.

use crate::columns::unsigned;
use crate::figures::{FigureSetHead, Recording};
use crate::query::Holder;
use crate::store::{StoreError, StoreResult};
use calendar::Instant;
use engine::{By, Figure, FigureStatus, FigureValue, Ratio};
use vocabulary::{Number, Text};

/// What figures are grouped by.
pub(crate) const fn grouped_by(by: By) -> &'static str {
    match by {
        By::County => "county",
        By::Locality => "locality",
        By::Team => "team",
        By::Worker => "worker",
    }
}

/// A figure's value as decimal digits: a count is the numerator alone, a mean without values has neither.
pub(crate) struct ValueColumns {
    pub(crate) shape: &'static str,
    pub(crate) numerator: Option<String>,
    pub(crate) denominator: Option<String>,
    pub(crate) missing: Option<String>,
}

impl ValueColumns {
    pub(crate) fn of(value: FigureValue) -> ValueColumns {
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

/// Period, instant, position and instant of computing of a set.
pub(crate) type HeadColumns = (String, i64, i64, i64);

/// What was kept of a set of figures.
pub(crate) fn head(rulebook: &str, (period, at, position, computed): HeadColumns) -> StoreResult<FigureSetHead> {
    Ok(FigureSetHead {
        rulebook: rulebook.to_owned(),
        period,
        at: Instant::from_micros(at),
        position: unsigned(position)?,
        computed: Instant::from_micros(computed),
    })
}

/// Period, measure, group, band, shape, numerator, denominator, missing, target and status of a figure.
pub(crate) type FigureColumns = (
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

/// A figure that was kept, and its period.
pub(crate) fn figure(columns: FigureColumns) -> StoreResult<(String, Figure)> {
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

/// Locality, team and worker of a holder.
pub(crate) type HolderColumns = (String, Option<String>, Option<String>);

/// A holder that was kept.
pub(crate) fn holder((locality, team, worker): HolderColumns) -> Holder {
    Holder { locality: Text::new(locality), team: team.map(Text::new), worker: worker.map(Text::new) }
}

/// Locality, team and counts of how late a team recorded.
pub(crate) type RecordingColumns = (String, Option<String>, i64, i64, i64, i64);

/// How late a team recorded, as it was kept.
pub(crate) fn recording(columns: RecordingColumns) -> StoreResult<Recording> {
    let (locality, team, same_day, next_working_day, within_five, later) = columns;
    Ok(Recording {
        locality,
        team,
        same_day: unsigned(same_day)?,
        next_working_day: unsigned(next_working_day)?,
        within_five: unsigned(within_five)?,
        later: unsigned(later)?,
    })
}
