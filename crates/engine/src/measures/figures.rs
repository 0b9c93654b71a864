//! From tallies to figures: exact ratios, rounded once, judged against the target.

use super::tally::SUM_PLACES;
use super::{Cell, Frame, Tally};
use rulebook::{EventShare, Measure, Polarity, Selector, What};
use std::cmp::Ordering;
use vocabulary::{EventType, FieldKind, Number};

/// The group of the whole county.
pub const COUNTY: &str = "County";

/// One figure: a measure for a period and a group (and a band).
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The measure.
    pub measure: String,
    /// The group.
    pub group: String,
    /// The band or value, of a distribution.
    pub band: Option<String>,
    /// The figure.
    pub value: FigureValue,
    /// The target in force on the last day of the period.
    pub target: Option<Number>,
    /// How the figure stands against the target.
    pub status: Option<FigureStatus>,
}

/// A figure, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureValue {
    /// A share.
    Share {
        /// Those that satisfy.
        numerator: u64,
        /// Those asked.
        denominator: u64,
        /// Those asked of whom nothing is recorded; only for attributes of a state.
        missing: Option<u64>,
    },
    /// A number.
    Count(u64),
    /// A mean, of at least one value; none without values.
    Mean(Option<Ratio>),
}

/// An exact ratio. The denominator is above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

/// How a figure stands against its target (domain.md section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureStatus {
    /// On the right side of the target, or at it.
    Better,
    /// Worse, but by no more than the tolerance.
    Within,
    /// Worse by more than that.
    Worse,
}

impl FigureStatus {
    /// The name in the command line and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            FigureStatus::Better => "better",
            FigureStatus::Within => "within",
            FigureStatus::Worse => "worse",
        }
    }
}

impl Ratio {
    /// The ratio, as it is: not reduced. None where the denominator is not above 0.
    pub const fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        if denominator > 0 { Some(Ratio { numerator, denominator }) } else { None }
    }

    /// The numerator.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator, above 0.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// With one decimal, rounded half up.
    pub fn one_decimal(self) -> String {
        let tenths = (self.numerator * 20 + self.denominator).div_euclid(self.denominator * 2);
        let sign = if tenths < 0 { "-" } else { "" };
        format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
    }

    /// Less, equal or more than a decimal number.
    fn cmp_decimal(self, (mantissa, places): (i128, u32)) -> Ordering {
        let ours = self.numerator.saturating_mul(10i128.saturating_pow(places));
        ours.cmp(&mantissa.saturating_mul(self.denominator))
    }
}

impl FigureValue {
    /// The figure as an exact ratio: of a share in percent. None where there is nothing to judge.
    pub fn ratio(self) -> Option<Ratio> {
        match self {
            FigureValue::Share { denominator: 0, .. } => None,
            FigureValue::Share { numerator, denominator, .. } => {
                Some(Ratio { numerator: i128::from(numerator) * 100, denominator: i128::from(denominator) })
            }
            FigureValue::Count(count) => Some(Ratio { numerator: i128::from(count), denominator: 1 }),
            FigureValue::Mean(mean) => mean,
        }
    }

    /// The figure as people see it: a count whole, a share or mean with one decimal. None where there is none.
    pub fn displayed(self) -> Option<String> {
        match self {
            FigureValue::Count(count) => Some(count.to_string()),
            FigureValue::Share { .. } | FigureValue::Mean(_) => self.ratio().map(Ratio::one_decimal),
        }
    }

    fn is_nothing(self) -> bool {
        match self {
            FigureValue::Share { denominator, .. } => denominator == 0,
            FigureValue::Count(count) => count == 0,
            FigureValue::Mean(mean) => mean.is_none(),
        }
    }
}

/// The figures of the measures at those positions, ordered by measure, group and band. The county's are always there;
/// those of a group only where there is something to show.
pub fn figures(tally: &Tally, frame: &Frame<'_>, measures: &[usize]) -> Vec<Figure> {
    let mut all = Vec::new();
    for position in measures {
        let Some(measure) = frame.rulebook.measures.get(*position) else { continue };
        if measure.what == What::External || !measure.in_force.holds_on(frame.period.last()) {
            continue;
        }
        let county = tally.county(*position);
        all.extend(figures_of(measure, COUNTY, &county, frame));
        for (group, cell) in tally.groups(*position) {
            all.extend(figures_of(measure, group, cell, frame).into_iter().filter(|figure| !figure.value.is_nothing()));
        }
    }
    all.sort_by(|one, other| (&one.measure, &one.group, &one.band).cmp(&(&other.measure, &other.group, &other.band)));
    all
}

fn figures_of(measure: &Measure, group: &str, cell: &Cell, frame: &Frame<'_>) -> Vec<Figure> {
    let figure = |band: Option<String>, value: FigureValue| {
        let target = measure.targets.iter().find(|target| target.in_force.holds_on(frame.period.last()));
        let target = target.map(|target| target.value);
        let status = target.zip(value.ratio()).map(|(target, ratio)| judge(measure, target, ratio));
        Figure { measure: measure.id.clone(), group: group.to_owned(), band, value, target, status }
    };
    match &measure.what {
        What::ClockBands { bands, .. } | What::CaseloadBands { bands, .. } => {
            let count = |position| cell.bands.get(&position).copied().unwrap_or(0);
            let band = |position| figure(Some(band_name(bands, position)), FigureValue::Count(count(position)));
            (0..=bands.len()).map(band).collect()
        }
        What::EventValues { events, field } => {
            let mut values = cell.values.clone();
            for name in listed_values(frame, events, field.name()) {
                values.entry(name.to_owned()).or_default();
            }
            values.into_iter().map(|(value, count)| figure(Some(value), FigureValue::Count(count))).collect()
        }
        What::EventCount { .. }
        | What::StateCount(_)
        | What::ClockCount { .. }
        | What::Unallocated { .. }
        | What::External => vec![figure(None, FigureValue::Count(cell.denominator))],
        What::Mean { .. } => {
            let denominator = i128::from(cell.denominator).saturating_mul(10i128.pow(SUM_PLACES));
            let mean = (denominator > 0).then_some(Ratio { numerator: cell.sum, denominator });
            vec![figure(None, FigureValue::Mean(mean))]
        }
        What::Caseload { .. } | What::StateShare(_) => vec![figure(None, share(cell, Some(cell.missing)))],
        What::Timeliness { .. }
        | What::EventShare(EventShare { .. })
        | What::LookBack(_)
        | What::StateLookBack(_)
        | What::Duration { .. }
        | What::Conversion(_) => vec![figure(None, share(cell, None))],
    }
}

fn share(cell: &Cell, missing: Option<u64>) -> FigureValue {
    FigureValue::Share { numerator: cell.numerator, denominator: cell.denominator, missing }
}

/// The values that the vocabulary lists for a field of the events counted.
#[expect(clippy::wildcard_enum_match_arm, reason = "only choices have a list")]
fn listed_values(frame: &Frame<'_>, events: &Selector, field: &str) -> Vec<&'static str> {
    let types = frame.rulebook.pattern(events.pattern).types;
    let listed = |event_type: EventType| {
        let slot = event_type.slot(field)?;
        match event_type.fields().get(slot)?.kind {
            FieldKind::Choice(names) => Some(names),
            _ => None,
        }
    };
    types.types().filter_map(listed).flatten().copied().collect()
}

/// "0-10", "11-20", … "90+".
fn band_name(bands: &[u32], position: usize) -> String {
    match band(bands, position) {
        (first, Some(last)) => format!("{first}-{last}"),
        (first, None) => format!("{first}+"),
    }
}

/// The first and the last number of a band by its position among those with these last numbers. No last: the band has
/// no end.
pub fn band(bands: &[u32], position: usize) -> (u32, Option<u32>) {
    let first = position.checked_sub(1).and_then(|before| bands.get(before)).map_or(0, |last| last.saturating_add(1));
    (first, bands.get(position).copied())
}

/// Judged on the exact ratio. The tolerance is in percent of the target; of target 0 it is 0.
fn judge(measure: &Measure, target: Number, ratio: Ratio) -> FigureStatus {
    let (mantissa, places) = target.ratio();
    let (tolerance, tolerance_places) = measure.tolerance.ratio();
    let margin = |sign: i128| {
        let whole = 100i128.saturating_mul(10i128.saturating_pow(tolerance_places));
        (mantissa.saturating_mul(whole + sign * tolerance), places + tolerance_places + 2)
    };
    let (least, most) =
        (ratio.cmp_decimal(margin(-1)) != Ordering::Less, ratio.cmp_decimal(margin(1)) != Ordering::Greater);
    let at_target = ratio.cmp_decimal((mantissa, places));
    let (better, within) = match measure.better {
        Polarity::Higher => (at_target != Ordering::Less, least),
        Polarity::Lower => (at_target != Ordering::Greater, most),
        Polarity::Plan => (at_target == Ordering::Equal, least && most),
    };
    match (better, within) {
        (true, _) => FigureStatus::Better,
        (false, true) => FigureStatus::Within,
        (false, false) => FigureStatus::Worse,
    }
}
