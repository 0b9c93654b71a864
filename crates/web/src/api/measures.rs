//! Measures: their figures, and who is behind them.

use super::Api;
use super::answer::{Held, json};
use super::parameters::{Asked, Holds, Named, takes};
use super::problem::{ApiError, Problem};
use super::schemas::FigureRow;
use super::worklist::HolderRow;
use axum::extract::{Path, State};
use axum::response::Response;
use calendar::Instant;
use engine::{By, COUNTY, Figure, UNALLOCATED};
use rulebook::{Measure as Rule, Polarity, Rulebook};
use serde::Serialize;
use services::{Current, months_shown};
use store::StoreError;
use store::behind::{self, Adds, Behind};
use store::query::Holder;
use utoipa::ToSchema;

const PERIOD: Named = Named {
    name: "period",
    holds: Holds::Text,
    says: "The month, such as `2021-01`: the present one or one of the twelve before. The present one without it.",
};

const BY: Named = Named {
    name: "by",
    holds: Holds::Text,
    says: "Also by group: `locality`, `team` or `worker`. The county alone without it.",
};

const GROUP: Named = Named {
    name: "group",
    holds: Holds::Text,
    says: "Only who counts for this locality, team or worker (`by` says which it is), or for `Unallocated`.",
};

const BEHIND_PAGE: &[Named] = &[
    Named { name: "after", holds: Holds::Number, says: "Where the page begins: `next` of the page before." },
    Named { name: "limit", holds: Holds::Number, says: "How many rows the page may have: 1 to 1000, 100 without it." },
];

takes!(MeasuresParameters, &[PERIOD, BY]);
takes!(MeasureParameters, &[BY]);
takes!(BehindParameters, &[PERIOD, BY, GROUP], BEHIND_PAGE);

/// The measures with their figures of a month.
#[derive(Serialize, ToSchema)]
pub struct Measures {
    /// The instant of the answer.
    at: String,
    /// The month.
    period: String,
    /// What the figures were computed from; null: they are not computed yet.
    computed: Option<Computed>,
    /// The measures, by id.
    measures: Vec<Definition>,
    /// Their figures, as `sightline measures --format json` prints them.
    figures: Vec<FigureRow>,
}

/// What the figures of a month were computed from.
#[derive(Serialize, ToSchema)]
pub struct Computed {
    /// The month.
    period: String,
    /// The instant at which the month was cut.
    at: String,
    /// The position of the ledger.
    position: u64,
    /// When.
    computed: String,
}

/// A measure.
#[derive(Serialize, ToSchema)]
pub struct Definition {
    /// Its id in the rulebook.
    id: String,
    /// What people call it.
    title: String,
    /// The area of work.
    area: &'static str,
    /// Where the definition or the target comes from.
    source: String,
    /// Which way is better: `higher`, `lower`, or `plan` for closest to the target.
    better: &'static str,
    /// What others achieve.
    comparators: Vec<Comparator>,
}

/// What others achieve.
#[derive(Serialize, ToSchema)]
pub struct Comparator {
    /// Who.
    name: String,
    /// As at which day.
    date: String,
    /// Their figure, as written in the rulebook.
    value: String,
}

impl Definition {
    fn of(measure: &Rule) -> Definition {
        let comparators = measure.comparators.iter().map(|other| Comparator {
            name: other.name.clone(),
            date: other.date.to_string(),
            value: exchange::answers::decimal(other.value),
        });
        Definition {
            id: measure.id.clone(),
            title: measure.title.clone(),
            area: measure.area.as_str(),
            source: measure.source.clone(),
            better: match measure.better {
                Polarity::Higher => "higher",
                Polarity::Lower => "lower",
                Polarity::Plan => "plan",
            },
            comparators: comparators.collect(),
        }
    }
}

/// Lists the measures with their figures of a month.
#[utoipa::path(get, path = "/measures", tag = "measures", params(MeasuresParameters), responses(
    (status = 200, description = "The measures and figures.", body = Measures),
    (status = 304, description = "What is held already still holds."),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn measures(
    State(api): State<Api>,
    asked: Asked<MeasuresParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (at, current) = (api.services().now(), api.current()?);
    let period = period(asked.one("period"), at)?;
    let by = group_kind(asked.one("by"))?;
    let periods = [period.clone()];
    let figures = figures(&api, &current, &periods, None, by).await?;
    let computed = computed(&api, &current, &periods).await?.pop();
    let measures = current.rulebook().measures.iter().map(Definition::of).collect();
    json(&held, at, &Measures { at: at.to_string(), period, computed, measures, figures })
}

/// A measure with its figures of the months that are shown.
#[derive(Serialize, ToSchema)]
pub struct MeasureMonths {
    /// The instant of the answer.
    at: String,
    /// The measure.
    measure: Definition,
    /// What the figures were computed from, the present month first; a month that is not computed yet is not there.
    computed: Vec<Computed>,
    /// The figures, the present month first.
    figures: Vec<FigureRow>,
}

/// Shows a measure.
///
/// The present month and the twelve before.
#[utoipa::path(get, path = "/measures/{id}", tag = "measures",
    params(("id" = String, Path, description = "The measure, by its id in the rulebook"), MeasureParameters),
    responses(
        (status = 200, description = "The measure and its figures.", body = MeasureMonths),
        (status = 304, description = "What is held already still holds."),
        (status = 404, description = "The rulebook has no such measure.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn measure(
    State(api): State<Api>,
    Path(id): Path<String>,
    asked: Asked<MeasureParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (at, current) = (api.services().now(), api.current()?);
    let measure = Definition::of(named(current.rulebook(), &id)?);
    let by = group_kind(asked.one("by"))?;
    let months: Vec<String> = months_shown(at).iter().map(|month| month.as_str().to_owned()).collect();
    let figures = figures(&api, &current, &months, Some(&id), by).await?;
    let computed = computed(&api, &current, &months).await?;
    json(&held, at, &MeasureMonths { at: at.to_string(), measure, computed, figures })
}

/// The figures of the county and of the groups asked for, period by period, each in the order of the command line.
async fn figures(
    api: &Api,
    current: &Current,
    periods: &[String],
    measure: Option<&str>,
    by: Option<By>,
) -> Result<Vec<FigureRow>, ApiError> {
    let (store, rulebook) = (api.services().store(), &*current.rules.digest);
    let mut found: Vec<(String, Figure)> = store.figures(rulebook, periods, measure, By::County).await?;
    if let Some(by) = by {
        found.extend(store.figures(rulebook, periods, measure, by).await?);
    }
    let place = |period: &String| periods.iter().position(|one| one == period);
    found.sort_by(|(one_period, one), (other_period, other)| {
        let key = |figure: &Figure| (figure.measure.clone(), figure.group.clone(), figure.band.clone());
        place(one_period).cmp(&place(other_period)).then_with(|| key(one).cmp(&key(other)))
    });
    let row = |(period, figure): &(String, Figure)| {
        FigureRow::of(exchange::answers::figure_json(figure, period)).map_err(ApiError::from)
    };
    found.iter().map(row).collect()
}

/// What the figures of those periods were computed from, in their order.
async fn computed(api: &Api, current: &Current, periods: &[String]) -> Result<Vec<Computed>, ApiError> {
    let sets = api.services().store().figure_sets(&current.rules.digest).await?;
    let of = |period: &String| {
        let set = sets.iter().find(|set| set.period == *period)?;
        Some(Computed {
            period: period.clone(),
            at: set.at.to_string(),
            position: set.position,
            computed: set.computed.to_string(),
        })
    };
    Ok(periods.iter().filter_map(of).collect())
}

/// One page of who is behind a figure.
#[derive(Serialize, ToSchema)]
pub struct BehindPage {
    /// The instant of the answer.
    at: String,
    /// The measure.
    measure: String,
    /// The month.
    period: String,
    /// How many there are in all.
    count: u64,
    /// The rows of the page.
    rows: Vec<BehindRow>,
    /// `after` of the next page; null: this is the last.
    next: Option<u64>,
}

/// One clock, event or subject behind a figure.
#[derive(Serialize, ToSchema)]
pub struct BehindRow {
    /// Who.
    subject: String,
    /// For whom it counts.
    #[serde(flatten)]
    holder: HolderRow,
    /// What it adds.
    #[serde(flatten)]
    adds: Added,
}

/// What one clock, event or subject adds to a figure.
#[derive(Serialize, ToSchema)]
#[serde(tag = "adds", rename_all = "snake_case")]
pub enum Added {
    /// One in the denominator.
    Share {
        /// Whether it is in the numerator.
        met: bool,
        /// Whether nothing is recorded that could tell.
        missing: bool,
    },
    /// One counted.
    One,
    /// One counted in a band.
    Band {
        /// The place of the band among those of the measure, from 0.
        place: u32,
    },
    /// One counted for a value.
    Value {
        /// The value.
        value: String,
    },
    /// A value of which the mean is taken.
    Amount {
        /// The value, as it was written.
        amount: String,
    },
    /// A child held by a worker.
    Held {
        /// The worker.
        by: String,
    },
}

impl Added {
    fn of(adds: Adds) -> Added {
        match adds {
            Adds::Share { met, missing } => Added::Share { met, missing },
            Adds::One => Added::One,
            Adds::Band(place) => Added::Band { place },
            Adds::Value(value) => Added::Value { value },
            Adds::Amount(amount) => Added::Amount { amount },
            Adds::Held(by) => Added::Held { by },
        }
    }
}

/// Lists who is behind a figure.
///
/// One row for each clock, event or subject that counts, in the denominator or numerator.
#[utoipa::path(get, path = "/measures/{id}/behind", tag = "measures",
    params(("id" = String, Path, description = "The measure, by its id in the rulebook"), BehindParameters),
    responses(
        (status = 200, description = "A page of who is behind the figure.", body = BehindPage),
        (status = 304, description = "What is held already still holds."),
        (status = 400, description = "A parameter is not understood.",
            body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such measure, or its figures of the month are not computed yet.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn behind(
    State(api): State<Api>,
    Path(id): Path<String>,
    asked: Asked<BehindParameters>,
    held: Held,
) -> Result<Response, ApiError> {
    let (at, current, store) = (api.services().now(), api.current()?, api.services().store());
    named(current.rulebook(), &id)?;
    let period = period(asked.one("period"), at)?;
    let wanted = Wanted::read(group_kind(asked.one("by"))?, asked.one("group"))?;
    let (after, limit) = (asked.number("after")?.unwrap_or(0), asked.limit()? as usize);
    let found = store.behind(&current.rules.digest, &period, &id).await?;
    let (bytes, holders) = found.ok_or_else(|| {
        ApiError::NotFound(format!("The figures of `{id}` for {period} are not computed, or nobody is behind them."))
    })?;
    let entries = behind::read(&bytes).ok_or_else(|| {
        ApiError::Store(StoreError::Damaged(format!("who is behind {id} in {period} cannot be read")))
    })?;
    let of_entry = |entry: Behind| {
        let holder = holders.get(entry.holder as usize)?;
        wanted.lets_through(holder).then_some((entry, holder))
    };
    let entries: Vec<(Behind, &Holder)> = entries.into_iter().filter_map(of_entry).collect();
    let count = entries.len() as u64;
    let skipped = usize::try_from(after).unwrap_or(usize::MAX);
    let page: Vec<(Behind, &Holder)> = entries.into_iter().skip(skipped).take(limit).collect();
    let reached = after.saturating_add(page.len() as u64);
    let next = (reached < count).then_some(reached);
    let rows = rows(&api, page).await?;
    json(&held, at, &BehindPage { at: at.to_string(), measure: id, period, count, rows, next })
}

async fn rows(api: &Api, page: Vec<(Behind, &Holder)>) -> Result<Vec<BehindRow>, ApiError> {
    let mut numbers: Vec<u32> = page.iter().map(|(entry, _)| entry.subject).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut subjects = api.services().store().subjects(&numbers).await?;
    subjects.sort_unstable_by_key(|(number, _)| *number);
    let row = |(entry, holder): (Behind, &Holder)| {
        let place = subjects.binary_search_by_key(&entry.subject, |(number, _)| *number).ok();
        let (_, subject) = place.and_then(|place| subjects.get(place)).ok_or_else(|| {
            StoreError::Damaged(format!("subject number {} is behind a figure and is not there", entry.subject))
        })?;
        let (holder, adds) = (HolderRow::of(holder), Added::of(entry.adds));
        Ok(BehindRow { subject: subject.to_string(), holder, adds })
    };
    page.into_iter().map(row).collect()
}

/// Whose entries are wanted.
struct Wanted(Option<(By, String)>);

impl Wanted {
    fn read(by: Option<By>, group: Option<String>) -> Result<Wanted, ApiError> {
        match (by, group) {
            (_, None) => Ok(Wanted(None)),
            (None, Some(group)) if group == COUNTY => Ok(Wanted(None)),
            (None, Some(_)) => Err(ApiError::BadRequest(
                "`group` needs `by`: locality, team or worker, to say what it names.".to_owned(),
            )),
            (Some(by), Some(group)) => Ok(Wanted(Some((by, group)))),
        }
    }

    fn lets_through(&self, holder: &Holder) -> bool {
        let Some((by, group)) = &self.0 else { return true };
        let name = match by {
            By::County => Some(COUNTY),
            By::Locality => Some(&*holder.locality),
            By::Team => holder.team.as_deref(),
            By::Worker => holder.worker.as_deref(),
        };
        name.unwrap_or(UNALLOCATED) == group
    }
}

fn named<'r>(rulebook: &'r Rulebook, id: &str) -> Result<&'r Rule, ApiError> {
    rulebook.measure(id).ok_or_else(|| {
        let meant = rulebook::did_you_mean(id, rulebook.measures.iter().map(|measure| measure.id.as_str()));
        ApiError::NotFound(format!("The rulebook has no measure `{id}`{meant}."))
    })
}

fn group_kind(name: Option<String>) -> Result<Option<By>, ApiError> {
    match name.as_deref() {
        None | Some("county") => Ok(None),
        Some("locality") => Ok(Some(By::Locality)),
        Some("team") => Ok(Some(By::Team)),
        Some("worker") => Ok(Some(By::Worker)),
        Some(other) => {
            Err(ApiError::BadRequest(format!("`by` is “{other}”; expected county, locality, team or worker.")))
        }
    }
}

/// The month that is asked for, which is one of those shown.
pub fn period(asked: Option<String>, at: Instant) -> Result<String, ApiError> {
    let months = months_shown(at);
    let Some(asked) = asked else {
        let present = months.first().map(|month| month.as_str().to_owned());
        return present.ok_or_else(|| ApiError::BadRequest("The clock shows no month that has a name.".to_owned()));
    };
    if months.iter().any(|month| month.as_str() == asked) {
        return Ok(asked);
    }
    let ends = months.last().zip(months.first());
    let known = ends.map(|(first, last)| format!("{} to {}", first.as_str(), last.as_str())).unwrap_or_default();
    Err(ApiError::BadRequest(format!(
        "`period` is “{asked}”; figures are kept for {known}. `sightline measures` computes any other."
    )))
}
