//! A measure in one row: the last whole month's figure against its target and the months before, and this month so far.

use crate::app::App;
use crate::error::PageError;
use crate::words;
use calendar::Instant;
use engine::{By, COUNTY, Figure, travel};
use exchange::answers::decimal;
use rulebook::{Measure, What};
use services::{Current, months_shown};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::figures::FigureSetHead;

/// The measures that the county's first page shows, where the rulebook has them: one or two of every service.
const HEADLINES: [&str; 16] = [
    "initial_decision_timely",
    "final_decision_timely",
    "initial_visit_timely",
    "rereferral",
    "assessment_timely",
    "s47_timely",
    "icpc_timely",
    "cin_visit_timely",
    "cp_visit_timely",
    "cp_review_timely",
    "care_visit_timely",
    "care_review_timely",
    "leaver_in_touch_timely",
    "return_interview_timely",
    "supervision_timely",
    "unallocated",
];

/// Measures in rows, and the months that they show.
#[derive(Clone, Debug)]
pub struct Headlines {
    /// The last whole month.
    pub last_month: String,
    /// The present month.
    pub this_month: String,
    /// One a measure; none before any figure is computed.
    pub rows: Vec<Headline>,
}

/// One measure.
#[derive(Clone, Debug)]
pub struct Headline {
    /// What people call it.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The last whole month's figure.
    pub last: String,
    /// Its target.
    pub target: String,
    /// How it stands, in words, and the colour of the tag.
    pub status: Option<(&'static str, &'static str)>,
    /// Which way it goes.
    pub travel: String,
    /// The figure of this month so far.
    pub now: String,
}

/// The county's figures by measure: one a month shown, the present month first.
pub struct Months {
    /// The months, the present one first.
    pub periods: Vec<calendar::Period>,
    /// Per measure and month, of measures that are one figure.
    figures: HashMap<(String, String), Figure>,
    /// The measures and months of which there are several figures, one a band or value.
    distributions: HashSet<(String, String)>,
}

impl Months {
    /// Reads the county's figures of the months shown at an instant: of one measure, or of all.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn read(app: &App, current: &Current, at: Instant, measure: Option<&str>) -> Result<Months, PageError> {
        let periods = months_shown(at);
        let names: Vec<String> = periods.iter().map(|period| period.as_str().to_owned()).collect();
        let all = app.services.store().figures(&current.rules.digest, &names, measure, By::County).await?;
        let county = all.into_iter().filter(|(_, figure)| figure.group == COUNTY);
        let mut months = Months { periods, figures: HashMap::new(), distributions: HashSet::new() };
        for (period, figure) in county {
            let key = (figure.measure.clone(), period);
            if figure.band.is_some() {
                months.distributions.insert(key);
            } else {
                months.figures.insert(key, figure);
            }
        }
        Ok(months)
    }

    /// The figure of a measure so many months before the present one.
    pub fn figure(&self, measure: &str, months_before: usize) -> Option<&Figure> {
        self.figures.get(&self.key(measure, months_before)?)
    }

    /// The figure of a measure so many months before the present one, in words.
    fn shown(&self, measure: &str, months_before: usize) -> String {
        let has_several = || self.key(measure, months_before).is_some_and(|key| self.distributions.contains(&key));
        match self.figure(measure, months_before) {
            Some(figure) => words::figure(figure.value),
            None if has_several() => "several figures".to_owned(),
            None => "not computed yet".to_owned(),
        }
    }

    fn key(&self, measure: &str, months_before: usize) -> Option<(String, String)> {
        self.periods.get(months_before).map(|period| (measure.to_owned(), period.as_str().to_owned()))
    }

    /// Whether there is no figure at all of a measure that is one figure.
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty()
    }

    /// The figures of a measure in tenths as displayed, the oldest month first, up to so many months before the
    /// present one.
    pub fn tenths(&self, measure: &str, up_to_months_before: usize) -> Vec<Option<i64>> {
        let months = (up_to_months_before..self.periods.len()).rev();
        months.map(|before| self.figure(measure, before).and_then(tenths)).collect()
    }
}

/// A figure as displayed, in tenths.
pub fn tenths(figure: &Figure) -> Option<i64> {
    in_tenths(&figure.value.displayed()?)
}

/// A decimal number in tenths; further digits are cut off.
pub fn in_tenths(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let tenth: i64 = fraction.get(..1)?.parse().ok()?;
    let units: i64 = whole.parse().ok()?;
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    units.checked_mul(10)?.checked_add(sign * tenth)
}

/// The headline measures as they were last read, kept as long as no figures are computed anew: the county's page is
/// asked for all day, and figures change a few times an hour.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Option<LastRead>>>);

/// What was read last, and the figures that it was read from.
type LastRead = (Vec<FigureSetHead>, Headlines);

impl Kept {
    /// The headline measures of the county at an instant.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn headlines(&self, app: &App, current: &Current, at: Instant) -> Result<Headlines, PageError> {
        let sets = app.services.store().figure_sets(&current.rules.digest).await?;
        let this_month = in_months(at, Vec::new()).this_month;
        if let Some((known, headlines)) = &*self.lock()
            && *known == sets
            && headlines.this_month == this_month
        {
            return Ok(headlines.clone());
        }
        let headlines = headlines(app, current, at).await?;
        *self.lock() = Some((sets, headlines.clone()));
        Ok(headlines)
    }

    fn lock(&self) -> MutexGuard<'_, Option<LastRead>> {
        // What is kept is replaced whole, and so is right also after a panic elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn headlines(app: &App, current: &Current, at: Instant) -> Result<Headlines, PageError> {
    let rulebook = current.rulebook();
    let mut rows = Vec::new();
    let mut some = false;
    for measure in HEADLINES.into_iter().filter_map(|id| rulebook.measure(id)) {
        let months = Months::read(app, current, at, Some(&measure.id)).await?;
        some |= !months.is_empty();
        rows.push(headline(measure, &months));
    }
    if !some {
        rows.clear();
    }
    Ok(in_months(at, rows))
}

/// Rows under the names of the months that they show.
pub fn in_months(at: Instant, rows: Vec<Headline>) -> Headlines {
    let periods = months_shown(at);
    let name = |before: usize| periods.get(before).map_or_else(String::new, |period| words::month(period.first()));
    Headlines { last_month: name(1), this_month: name(0), rows }
}

/// A measure in one row.
pub fn headline(measure: &Measure, months: &Months) -> Headline {
    let last = months.figure(&measure.id, 1);
    let target = last.and_then(|figure| figure.target).map(decimal);
    let target_tenths = target.as_deref().and_then(in_tenths);
    let travel = travel(&months.tenths(&measure.id, 1), measure.better, target_tenths);
    Headline {
        title: measure.title.clone(),
        href: format!("/measures/{}", measure.id),
        last: months.shown(&measure.id, 1),
        target: target_words(measure, target.as_deref()),
        status: last.and_then(|figure| figure.status).map(status),
        travel: travel.map_or_else(String::new, words::travel),
        now: months.shown(&measure.id, 0),
    }
}

/// How a figure stands, in words, and the colour of the tag.
pub fn status(status: engine::FigureStatus) -> (&'static str, &'static str) {
    (words::figure_status(status), words::figure_status_colour(status))
}

/// A target as its figure is shown.
pub fn target_words(measure: &Measure, target: Option<&str>) -> String {
    match target {
        None => "none".to_owned(),
        Some(target) if is_percent(measure) => format!("{target}%"),
        Some(target) => target.to_owned(),
    }
}

/// Whether the figures of a measure are percentages.
pub fn is_percent(measure: &Measure) -> bool {
    match measure.what {
        What::Timeliness { .. }
        | What::EventShare(_)
        | What::LookBack(_)
        | What::StateShare(_)
        | What::StateLookBack(_)
        | What::Duration { .. }
        | What::Conversion(_)
        | What::Caseload { .. } => true,
        What::ClockCount { .. }
        | What::ClockBands { .. }
        | What::EventCount { .. }
        | What::EventValues { .. }
        | What::StateCount(_)
        | What::Mean { .. }
        | What::CaseloadBands { .. }
        | What::Unallocated { .. }
        | What::External => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_in_tenths() {
        let check = |text: &str, expected| assert_eq!(in_tenths(text), expected, "{text}");
        check("86.7", Some(867));
        check("90", Some(900));
        check("21.55", Some(215));
        check("-0.4", Some(-4));
        check("-3.2", Some(-32));
        check("", None);
        check("x", None);
    }

    #[test]
    fn the_headlines_are_in_the_default_rulebook() {
        for id in HEADLINES {
            assert!(rulebook::default_rulebook().measure(id).is_some(), "{id}");
        }
    }
}
