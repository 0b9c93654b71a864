//! A measure: its figure, target and comparators, twelve months, by locality, team or worker, and the children behind it.

use super::behind::{BehindRow, Everyone, Part, PartLink, ROWS_ON_A_PAGE};
use super::chart::{self, Chart, Month, Natural, Scale, Shape};
use super::headline::{self, Months, in_tenths, is_percent};
use crate::address::{Fields, with_query};
use crate::app::App;
use crate::areas;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use crate::subject::Source;
use crate::words;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use calendar::{Instant, Period};
use engine::{By, COUNTY, Figure, FigureValue};
use exchange::answers::decimal;
use rulebook::{Measure, Polarity, What};
use services::{Current, months_shown};

/// The page.
#[derive(Template)]
#[template(path = "measures/one.html")]
pub struct MeasurePage {
    /// What is around it.
    pub frame: Frame,
    /// What it is called.
    pub title: String,
    /// Its name in the rulebook.
    pub id: String,
    /// The area of work.
    pub area: &'static str,
    /// Its own address.
    pub path: String,
    /// The month that is shown.
    pub month: String,
    /// The months that can be shown.
    pub periods: Vec<PeriodChoice>,
    /// The figure; none: it is not computed yet.
    pub figure: Option<String>,
    /// Numerator and denominator, in words.
    pub parts: String,
    /// The target.
    pub target: String,
    /// Which way is better.
    pub better: &'static str,
    /// How it stands, in words, and the colour of the tag.
    pub status: Option<(&'static str, &'static str)>,
    /// Which way it goes.
    pub travel: String,
    /// What others achieve.
    pub comparators: Vec<Comparison>,
    /// Where the definition or the target comes from.
    pub source: Source,
    /// The bands or values, of a distribution.
    pub bands: Vec<BandRow>,
    /// The chart of the twelve whole months before the present one.
    pub chart: Option<Chart>,
    /// The same in figures.
    pub months: Vec<MonthRow>,
    /// By what the groups are: name, address, and whether it is shown.
    pub by: Vec<(&'static str, String, bool)>,
    /// The figures by group.
    pub groups: Vec<GroupRow>,
    /// The group whose children are shown; none: all.
    pub group: Option<String>,
    /// The children of everyone again, where those of a group are shown.
    pub all_groups: String,
    /// Which part of the children is shown.
    pub part_links: Vec<PartLink>,
    /// The children behind it; none: not computed yet.
    pub behind: Option<Vec<BehindRow>>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A month that can be shown.
pub struct PeriodChoice {
    /// As in addresses.
    pub value: String,
    /// Its name.
    pub title: String,
    /// Whether it is shown.
    pub chosen: bool,
}

/// What others achieve.
pub struct Comparison {
    /// Who.
    pub name: String,
    /// Their figure, and as at when.
    pub text: String,
}

/// A band or value of a distribution.
pub struct BandRow {
    /// What it is called.
    pub name: String,
    /// How many.
    pub count: String,
}

/// A month of the chart, in figures.
pub struct MonthRow {
    /// Its name.
    pub name: String,
    /// The figure.
    pub figure: String,
    /// Numerator and denominator.
    pub parts: String,
    /// How it stands.
    pub status: Option<(&'static str, &'static str)>,
    /// Whether it lies outside the limits of natural variation.
    pub signal: bool,
}

/// The figure of a group.
pub struct GroupRow {
    /// The group.
    pub name: String,
    /// The children behind it.
    pub href: String,
    /// The band or value, of a distribution.
    pub band: String,
    /// The figure.
    pub figure: String,
    /// Numerator and denominator.
    pub parts: String,
    /// How it stands.
    pub status: Option<(&'static str, &'static str)>,
}

/// By what figures are grouped, with the names in addresses and in words.
const GROUPINGS: [(By, &str, &str); 3] =
    [(By::Locality, "locality", "Locality"), (By::Team, "team", "Team"), (By::Worker, "worker", "Worker")];

/// What an address asks of a measure.
struct Asked {
    period: Period,
    by: By,
    group: Option<String>,
    part: Part,
    from: usize,
}

impl Asked {
    /// Reads a query string. Without a period the last whole month is shown.
    fn read(query: &str, now: Instant) -> Result<Asked, String> {
        let fields = Fields::read(query)?;
        let months = months_shown(now);
        let period = match fields.one("period") {
            None => months.get(1).or(months.first()).cloned(),
            Some(text) => months.iter().find(|period| period.as_str() == text).cloned(),
        };
        let names: Vec<&str> = months.iter().map(Period::as_str).collect();
        let period = period.ok_or_else(|| format!("Figures are shown for these months: {}.", names.join(", ")))?;
        let by = fields.one("by").unwrap_or("locality");
        let (by, _, _) = GROUPINGS
            .iter()
            .find(|(_, name, _)| *name == by)
            .ok_or("Figures are shown by locality, team or worker.")?;
        let part = fields.one("part").map_or(Some(Part::All), Part::named);
        Ok(Asked {
            period,
            by: *by,
            group: fields.one("group").map(str::to_owned),
            part: part.ok_or("The children behind a figure are shown as all, in, out or missing.")?,
            from: fields
                .one("from")
                .map_or(Ok(0), str::parse)
                .map_err(|_| "The place in the list must be a number.")?,
        })
    }

    /// The address that asks this, with some of it changed.
    fn href(&self, path: &str, by: By, group: Option<&str>, part: Part, from: usize) -> String {
        let by_name = GROUPINGS.iter().find(|(known, _, _)| *known == by).map(|(_, name, _)| *name);
        let part_name = Part::NAMED.iter().find(|(known, _)| *known == part).map(|(_, name)| *name);
        let from_text = from.to_string();
        let fields = [
            ("period", Some(self.period.as_str())),
            ("by", by_name.filter(|_| by != By::Locality)),
            ("group", group),
            ("part", part_name.filter(|_| part != Part::All)),
            ("from", Some(from_text.as_str()).filter(|_| from > 0)),
        ];
        with_query(path, fields.into_iter().filter_map(|(name, value)| Some((name, value?))))
    }
}

/// Shows the page.
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let current = app.current()?;
    let now = app.services.now();
    let measure = current.rulebook().measure(&id).filter(|measure| measure.what != What::External);
    let measure = measure.ok_or(PageError::NotFound)?;
    let asked = Asked::read(&query.unwrap_or_default(), now).map_err(PageError::BadRequest)?;
    let months = Months::read(&app, &current, now, Some(&id)).await?;
    let grouped = groups(&app, &current, measure, &asked).await?;
    let children = Children::read(&app, &current, measure, &asked).await?;
    let frame = Frame::of(&app, Section::Measures, &current, now).await?;
    answer(&page(frame, measure, &asked, &months, grouped, children, now))
}

fn path(measure: &Measure) -> String {
    format!("/measures/{}", measure.id)
}

/// The figures of the groups, and those of the county by band.
struct Grouped {
    groups: Vec<Figure>,
    bands: Vec<Figure>,
}

async fn groups(app: &App, current: &Current, measure: &Measure, asked: &Asked) -> Result<Grouped, PageError> {
    let store = app.services.store();
    let period = [asked.period.as_str().to_owned()];
    let only = |figures: Vec<(String, Figure)>| figures.into_iter().map(|(_, figure)| figure);
    let groups = store.figures(&current.rules.digest, &period, Some(&measure.id), asked.by).await?;
    let county = store.figures(&current.rules.digest, &period, Some(&measure.id), By::County).await?;
    Ok(Grouped {
        groups: only(groups).filter(|figure| figure.group != COUNTY).collect(),
        bands: only(county).filter(|figure| figure.band.is_some()).collect(),
    })
}

/// One page of the children behind a figure, and how many there are of each part.
struct Children {
    rows: Vec<BehindRow>,
    counts: Vec<(Part, usize)>,
}

impl Children {
    async fn read(
        app: &App,
        current: &Current,
        measure: &Measure,
        asked: &Asked,
    ) -> Result<Option<Children>, PageError> {
        let group = asked.group.as_deref().map(|group| (asked.by, group));
        let everyone = Everyone::read(app, current, asked.period.as_str(), measure, group).await?;
        let Some(everyone) = everyone else { return Ok(None) };
        let here = asked.href(&path(measure), asked.by, asked.group.as_deref(), asked.part, asked.from);
        let rows = everyone.page(app, measure, asked.part, asked.from, &format!("{here}#children")).await?;
        Ok(Some(Children { rows, counts: Part::NAMED.map(|(part, _)| (part, everyone.count(part))).to_vec() }))
    }

    fn count(&self, part: Part) -> usize {
        self.counts.iter().find(|(known, _)| *known == part).map_or(0, |(_, count)| *count)
    }
}

fn page(
    frame: Frame,
    measure: &Measure,
    asked: &Asked,
    months: &Months,
    grouped: Grouped,
    children: Option<Children>,
    now: Instant,
) -> MeasurePage {
    let path = path(measure);
    let months_before = months.periods.iter().position(|period| *period == asked.period).unwrap_or(0);
    let figure = months.figure(&measure.id, months_before);
    let target = figure.and_then(|figure| figure.target).map(decimal);
    let target_tenths = target.as_deref().and_then(in_tenths);
    let travel = engine::travel(&months.tenths(&measure.id, months_before), measure.better, target_tenths);
    let distribution = !grouped.bands.is_empty();
    let (chart, month_rows) = twelve_months(measure, months, target_tenths);
    let link = |by, group: Option<&str>, part, from| asked.href(&path, by, group, part, from);
    let group = asked.group.as_deref();
    let shown = children.as_ref().map_or(0, |children| children.count(asked.part));
    let previous = (asked.from > 0).then(|| asked.from.saturating_sub(ROWS_ON_A_PAGE));
    let next = asked.from.checked_add(ROWS_ON_A_PAGE).filter(|next| *next < shown);
    let to_children = |href: String| format!("{href}#children");
    MeasurePage {
        frame,
        title: measure.title.clone(),
        id: measure.id.clone(),
        area: areas::title(measure.area),
        month: words::month(asked.period.first()),
        periods: period_choices(now, &asked.period),
        figure: figure.map(|figure| words::figure(figure.value)),
        parts: figure.map(|figure| parts(figure.value)).unwrap_or_default(),
        target: headline::target_words(measure, target.as_deref()),
        better: better(measure.better),
        status: figure.and_then(|figure| figure.status).map(headline::status),
        travel: travel.map_or_else(String::new, words::travel),
        comparators: comparators(measure),
        source: Source::read(&measure.source),
        bands: grouped.bands.iter().map(band).collect(),
        chart: chart.filter(|_| !distribution),
        months: if distribution { Vec::new() } else { month_rows },
        by: GROUPINGS.map(|(by, _, title)| (title, link(by, None, Part::All, 0), by == asked.by)).to_vec(),
        groups: grouped
            .groups
            .iter()
            .map(|figure| GroupRow {
                name: figure.group.clone(),
                href: to_children(link(asked.by, Some(&figure.group), Part::All, 0)),
                band: figure.band.as_deref().map(words::event_type).unwrap_or_default(),
                figure: words::figure(figure.value),
                parts: parts(figure.value),
                status: figure.status.map(headline::status),
            })
            .collect(),
        group: asked.group.clone(),
        all_groups: to_children(link(asked.by, None, Part::All, 0)),
        part_links: children.as_ref().map(|children| part_links(children, asked, &path)).unwrap_or_default(),
        previous: previous.map(|from| to_children(link(asked.by, group, asked.part, from))),
        next: next.map(|from| to_children(link(asked.by, group, asked.part, from))),
        behind: children.map(|children| children.rows),
        path,
    }
}

fn period_choices(now: Instant, shown: &Period) -> Vec<PeriodChoice> {
    let choice = |(number, period): (usize, Period)| PeriodChoice {
        title: format!("{}{}", words::month(period.first()), if number == 0 { " (so far)" } else { "" }),
        chosen: period == *shown,
        value: period.as_str().to_owned(),
    };
    months_shown(now).into_iter().enumerate().map(choice).collect()
}

fn part_links(children: &Children, asked: &Asked, path: &str) -> Vec<PartLink> {
    // Only shares have a numerator.
    let has_parts = children.count(Part::In) > 0 || children.rows.iter().any(|row| row.adds.starts_with("Not in"));
    let offered = children.counts.iter().filter(|(part, count)| match part {
        Part::All => true,
        Part::In | Part::Out => has_parts,
        Part::Missing => *count > 0,
    });
    let link = |(part, count): &(Part, usize)| {
        let name = match part {
            Part::All => "All",
            Part::In => "In the numerator",
            Part::Out => "Not in the numerator",
            Part::Missing => "Nothing recorded that could tell",
        };
        let href = asked.href(path, asked.by, asked.group.as_deref(), *part, 0);
        PartLink {
            text: format!("{name} ({})", words::number(*count as u64)),
            href: format!("{href}#children"),
            here: *part == asked.part,
        }
    };
    offered.map(link).collect()
}

/// The twelve whole months before the present one, drawn and in figures, the oldest first.
fn twelve_months(measure: &Measure, months: &Months, target: Option<i64>) -> (Option<Chart>, Vec<MonthRow>) {
    let scale = scale(measure);
    let whole = (1..months.periods.len()).rev();
    let named: Vec<(String, Option<&Figure>)> = whole
        .filter_map(|before| {
            let period = months.periods.get(before)?;
            Some((words::month(period.first()), months.figure(&measure.id, before)))
        })
        .collect();
    let drawn: Vec<Month> = named
        .iter()
        .map(|(name, figure)| Month { name: name.clone(), tenths: figure.and_then(headline::tenths) })
        .collect();
    let values: Vec<i64> = drawn.iter().filter_map(|month| month.tenths).collect();
    let natural = Natural::of(&values, scale);
    let rows = named.into_iter().map(|(name, figure)| MonthRow {
        name,
        figure: figure.map_or_else(|| "not computed yet".to_owned(), |figure| words::figure(figure.value)),
        parts: figure.map(|figure| parts(figure.value)).unwrap_or_default(),
        status: figure.and_then(|figure| figure.status).map(headline::status),
        signal: figure
            .and_then(headline::tenths)
            .zip(natural)
            .is_some_and(|(tenths, natural)| natural.is_signal(tenths)),
    });
    let chart = if values.is_empty() { None } else { chart::chart(&drawn, target, scale) };
    (chart, rows.collect())
}

fn scale(measure: &Measure) -> Scale {
    match (is_percent(measure), &measure.what) {
        (true, _) => Scale::Percent,
        (false, What::Mean { .. }) => Scale::Mean,
        (false, _) => Scale::Count,
    }
}

/// Numerator and denominator, in words; nothing for what is no share.
fn parts(value: FigureValue) -> String {
    match value {
        FigureValue::Share { numerator, denominator, missing } => {
            let missing = missing.filter(|missing| *missing > 0);
            let missing = missing.map(|missing| format!("; nothing recorded of {}", words::number(missing)));
            format!("{} of {}{}", words::number(numerator), words::number(denominator), missing.unwrap_or_default())
        }
        FigureValue::Count(_) | FigureValue::Mean(_) => String::new(),
    }
}

fn band(figure: &Figure) -> BandRow {
    BandRow {
        name: figure.band.as_deref().map(words::event_type).unwrap_or_default(),
        count: words::figure(figure.value),
    }
}

const fn better(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Higher => "More is better",
        Polarity::Lower => "Less is better",
        Polarity::Plan => "The closest to the target is best",
    }
}

fn comparators(measure: &Measure) -> Vec<Comparison> {
    let comparison = |one: &rulebook::Comparator| {
        let value = headline::target_words(measure, Some(&decimal(one.value)));
        Comparison { name: one.name.clone(), text: format!("{value}, as at {}", words::date(one.date)) }
    };
    measure.comparators.iter().map(comparison).collect()
}
