//! Figures of measures, computed from the whole ledger and kept: the present month and the twelve before.

use crate::clock::Clock;
use crate::current::Current;
use crate::derive::{self, FamilyEvents};
use crate::projector::off_the_runtime;
use crate::rules::Rules;
use calendar::london::local_date;
use calendar::{Instant, Period, WorkingDays};
use engine::{By, Case, Contribution, Frame, History, Record, Sink, Tally, Whose, Workforce, contribute};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::behind::{self, Adds, Behind};
use store::figures::{FigureSet, FigureSetHead, Recording};
use store::ledger::{Position, SubjectNumber};
use store::query::Holder;
use store::{Store, StoreResult};
use tokio::sync::watch;
use vocabulary::SubjectKind;

/// How many months are shown before the present one.
pub const MONTHS_SHOWN: usize = 12;

/// How many months are computed in one pass over the ledger: everyone behind their figures is held in memory.
const MONTHS_AT_ONCE: usize = 4;

/// How many events are read and computed together: some megabytes.
const EVENTS_AT_ONCE: u64 = 12_000;

/// The groups that figures are kept by.
const GROUPS: [By; 3] = [By::Locality, By::Team, By::Worker];

/// Computing takes at most one part in so many of the time.
const PART_OF_THE_TIME: u32 = 20;

/// The least time between two computations of the present month.
const LEAST_PAUSE: Duration = Duration::from_secs(30);

/// How much older the figures of past months may be than the last event: corrections of the past are rare.
const PAST_MONTHS_EVERY_MICROS: i64 = 3_600 * 1_000_000;

/// How far the computation of figures is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiguresProgress {
    /// The periods that are being computed; empty: none is.
    pub periods: Vec<String>,
    /// How many events of the ledger have been read for them.
    pub done: u64,
    /// How many there are.
    pub total: u64,
    /// Why the last computation failed, if it did.
    pub trouble: Option<String>,
}

/// The months that are shown at an instant: the present one first, then those before.
pub fn months_shown(at: Instant) -> Vec<Period> {
    let (year, month, _) = local_date(at).ymd();
    let Ok(present) = Period::parse(&format!("{year:04}-{month:02}")) else { return Vec::new() };
    std::iter::successors(Some(present), |period| Some(period.previous())).take(MONTHS_SHOWN + 1).collect()
}

/// Computes figures whenever they are out of date, under the rules that `current` shows, until the service stops.
pub async fn run(
    store: Arc<dyn Store>,
    clock: Clock,
    current: impl Fn() -> Option<Arc<Current>> + Send + 'static,
    told: watch::Sender<FiguresProgress>,
    mut stopping: watch::Receiver<bool>,
) {
    let work = async {
        loop {
            let begun = tokio::time::Instant::now();
            // Pages come first: figures wait for the read model.
            if let Some(current) = current() {
                let result = bring_up_to_date(&store, &current.rules, clock.now(), &told).await;
                let trouble = result.err().map(|error| error.to_string());
                if let Some(trouble) = &trouble {
                    tracing::error!(error = trouble, "the figures could not be computed; trying again");
                }
                told.send_replace(FiguresProgress { trouble, ..FiguresProgress::default() });
                tokio::time::sleep((begun.elapsed() * PART_OF_THE_TIME).max(LEAST_PAUSE)).await;
            } else {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    };
    tokio::select! {
        () = work => {}
        _ = stopping.wait_for(|stop| *stop) => {}
    }
}

/// Computes the figures of the shown months that are out of date, the present one first.
///
/// # Errors
///
/// Where the store fails; what was kept before stays.
pub async fn bring_up_to_date(
    store: &Arc<dyn Store>,
    rules: &Rules,
    now: Instant,
    told: &watch::Sender<FiguresProgress>,
) -> StoreResult<()> {
    let (kept, position) = (store.figure_sets(&rules.digest).await?, store.head().await?.size);
    let months = months_shown(now);
    let outdated = |period: &&Period| is_out_of_date(period, kept.iter(), now, position);
    let (present, past) = months.split_at(1.min(months.len()));
    let present: Vec<Period> = present.iter().filter(outdated).cloned().collect();
    let past: Vec<Period> = past.iter().filter(outdated).cloned().collect();
    for some in [present.as_slice()].into_iter().chain(past.chunks(MONTHS_AT_ONCE)) {
        if !some.is_empty() {
            compute(store, rules, some, now, position, told).await?;
        }
    }
    Ok(())
}

fn is_out_of_date<'k>(
    period: &Period,
    mut kept: impl Iterator<Item = &'k FigureSetHead>,
    now: Instant,
    position: Position,
) -> bool {
    let Some(kept) = kept.find(|kept| kept.period == period.as_str()) else { return true };
    let at = period.end().min(now);
    let is_present = at == now;
    let since = now.micros().saturating_sub(kept.computed.micros());
    match (is_present, kept.position == position) {
        // A clock may have turned overdue since, without any event.
        (true, _) => kept.at != at,
        (false, true) => kept.at != at,
        (false, false) => kept.at != at || since >= PAST_MONTHS_EVERY_MICROS,
    }
}

/// Computes the figures of some periods from the first `position` events, and keeps them.
async fn compute(
    store: &Arc<dyn Store>,
    rules: &Rules,
    periods: &[Period],
    now: Instant,
    position: Position,
    told: &watch::Sender<FiguresProgress>,
) -> StoreResult<()> {
    let names: Vec<String> = periods.iter().map(|period| period.as_str().to_owned()).collect();
    let tell = |done| {
        told.send_replace(FiguresProgress { periods: names.clone(), done, total: position, trouble: None });
    };
    tell(0);
    let mut months: Arc<Vec<Month>> = Arc::new(workforces(store, rules, periods, now, position).await?);
    let (mut after, mut done): (Option<SubjectNumber>, u64) = (None, 0);
    let mut sums: Vec<Sum> = months.iter().map(|_| Sum::new()).collect();
    loop {
        let families = store.families_after(after, EVENTS_AT_ONCE).await?;
        let Some(last) = families.last().and_then(|family| family.first().copied()) else { break };
        after = Some(last);
        let families = derive::events_of(&**store, families, position).await?;
        done += families.iter().map(|family| family.events.len() as u64).sum::<u64>();
        let (rules, shared) = (rules.clone(), Arc::clone(&months));
        let pieces = off_the_runtime(move || sum(&families, &shared, &rules)).await?;
        for (sum, piece) in sums.iter_mut().zip(pieces) {
            sum.add(piece);
        }
        tell(done);
    }
    for (month, sum) in std::mem::take(Arc::make_mut(&mut months)).into_iter().zip(sums) {
        store.keep_figures(month.set(sum, rules, now, position)).await?;
    }
    Ok(())
}

/// A period with what must be known before anybody is asked.
#[derive(Clone)]
struct Month {
    period: Period,
    at: Instant,
    workforce: Workforce,
}

impl Month {
    fn frame<'r>(&self, rules: &'r Rules) -> Frame<'r> {
        Frame::of(&rules.rulebook, self.period.clone(), self.at)
    }

    fn set(self, sum: Sum, rules: &Rules, now: Instant, position: Position) -> FigureSet {
        let frame = self.frame(rules);
        let measures: Vec<usize> = (0..rules.rulebook.measures.len()).collect();
        let mut figures = Vec::new();
        for (by, mut tally) in sum.tallies {
            tally.close(&frame, &self.workforce);
            let all = engine::figures(&tally, &frame, &measures);
            let is_county = |figure: &engine::Figure| figure.group == engine::COUNTY;
            let county_once = by == GROUPS[0];
            for figure in all {
                match is_county(&figure) {
                    true if county_once => figures.push((By::County, figure)),
                    true => {}
                    false => figures.push((by, figure)),
                }
            }
        }
        let named = |(measure, entries): (usize, Vec<u8>)| {
            rules.rulebook.measures.get(measure).map(|measure| (measure.id.clone(), entries))
        };
        let mut behind: Vec<(String, Vec<u8>)> = sum.behind.into_iter().filter_map(named).collect();
        behind.sort();
        FigureSet {
            rulebook: rules.digest.to_string(),
            period: self.period.as_str().to_owned(),
            at: self.at,
            position,
            computed: now,
            figures,
            holders: sum.holders.list,
            behind,
            recording: sum.recording.into_values().collect(),
        }
    }
}

/// The workers as at the end of each period, which the children's parts depend on.
async fn workforces(
    store: &Arc<dyn Store>,
    rules: &Rules,
    periods: &[Period],
    now: Instant,
    position: Position,
) -> StoreResult<Vec<Month>> {
    let workers = store.subjects_of_kind(SubjectKind::Worker).await?;
    let families = store.families(&workers).await?;
    let families = derive::events_of(&**store, families, position).await?;
    let (periods, rules) = (periods.to_vec(), rules.clone());
    off_the_runtime(move || {
        let mut months: Vec<Month> = periods
            .into_iter()
            .map(|period| Month { at: period.end().min(now), period, workforce: Workforce::default() })
            .collect();
        for family in &families {
            let accepted = derive::accept(&family.events)?;
            let record = Record::as_known(&accepted, None);
            for month in &mut months {
                for history in record.bundles().iter().filter_map(|bundle| History::of(bundle, month.at)) {
                    month.workforce.add(&Case::of(&history, &rules.rulebook));
                }
            }
        }
        Ok(months)
    })
    .await
}

/// What has been added up for one period.
struct Sum {
    tallies: Vec<(By, Tally)>,
    holders: Holders,
    behind: HashMap<usize, Vec<u8>>,
    recording: HashMap<(String, Option<String>), Recording>,
}

/// Holders by number, in the order in which they came.
#[derive(Default)]
struct Holders {
    list: Vec<Holder>,
    numbers: HashMap<Holder, u32>,
}

impl Holders {
    fn number(&mut self, holder: Holder) -> u32 {
        if let Some(number) = self.numbers.get(&holder) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(holder.clone());
        self.numbers.insert(holder, number);
        number
    }
}

impl Sum {
    fn new() -> Sum {
        Sum {
            tallies: GROUPS.iter().map(|by| (*by, Tally::new(*by))).collect(),
            holders: Holders::default(),
            behind: HashMap::new(),
            recording: HashMap::new(),
        }
    }

    fn add(&mut self, piece: Piece) {
        for ((_, mine), (_, theirs)) in self.tallies.iter_mut().zip(piece.tallies) {
            mine.add(theirs);
        }
        for Entry { measure, subject, holder, adds } in piece.entries {
            let holder = self.holders.number(holder);
            behind::write(&Behind { subject, holder, adds }, self.behind.entry(measure).or_default());
        }
        for ((locality, team), add) in piece.recording {
            let sum = self.recording.entry((locality.clone(), team.clone()));
            let sum = sum.or_insert_with(|| Recording { locality, team, ..Recording::default() });
            sum.same_day += add.same_day;
            sum.next_working_day += add.next_working_day;
            sum.within_five += add.within_five;
            sum.later += add.later;
        }
    }
}

/// What some families add to one period.
struct Piece {
    tallies: Vec<(By, Tally)>,
    entries: Vec<Entry>,
    recording: HashMap<(String, Option<String>), Recording>,
}

struct Entry {
    measure: usize,
    subject: SubjectNumber,
    holder: Holder,
    adds: Adds,
}

impl Piece {
    fn new() -> Piece {
        let tallies = GROUPS.iter().map(|by| (*by, Tally::new(*by))).collect();
        Piece { tallies, entries: Vec::new(), recording: HashMap::new() }
    }

    /// Counts how late the events of a case were recorded that occurred in the period.
    fn record(&mut self, case: &Case<'_, '_, '_>, frame: &Frame<'_>) {
        let days = &frame.rulebook.working_days;
        for moment in case.history().moments().iter().filter(|moment| frame.contains(moment.occurred())) {
            let whose = case.whose(moment.occurred());
            let key = (whose.locality.to_owned(), whose.team.map(str::to_owned));
            let sum = self.recording.entry(key).or_default();
            match lateness(days, moment) {
                Lateness::SameDay => sum.same_day += 1,
                Lateness::NextWorkingDay => sum.next_working_day += 1,
                Lateness::WithinFive => sum.within_five += 1,
                Lateness::Later => sum.later += 1,
            }
        }
    }
}

enum Lateness {
    SameDay,
    NextWorkingDay,
    WithinFive,
    Later,
}

fn lateness(days: &WorkingDays, moment: &engine::Moment<'_>) -> Lateness {
    let recorded = local_date(moment.first_recorded);
    if recorded <= moment.date {
        return Lateness::SameDay;
    }
    match days.between(moment.date, recorded) {
        ..=1 => Lateness::NextWorkingDay,
        2..=5 => Lateness::WithinFive,
        _ => Lateness::Later,
    }
}

/// Takes what one subject contributes into everything that is kept.
struct Taking<'p> {
    piece: &'p mut Piece,
    subject: SubjectNumber,
}

impl Sink for Taking<'_> {
    fn take(&mut self, contribution: Contribution<'_>) {
        for (_, tally) in &mut self.piece.tallies {
            tally.take(contribution);
        }
        self.piece.entries.push(Entry {
            measure: contribution.measure,
            subject: self.subject,
            holder: holder(&contribution.whose),
            adds: Adds::of(contribution.part),
        });
    }
}

fn holder(whose: &Whose<'_>) -> Holder {
    Holder { locality: whose.locality.into(), team: whose.team.map(Into::into), worker: whose.worker.map(Into::into) }
}

/// What some families add to each period. On one thread: the others are for those who wait for a page.
fn sum(families: &[FamilyEvents], months: &[Month], rules: &Rules) -> StoreResult<Vec<Piece>> {
    let measures: Vec<usize> = (0..rules.rulebook.measures.len()).collect();
    let mut pieces: Vec<Piece> = months.iter().map(|_| Piece::new()).collect();
    for family in families {
        let accepted = derive::accept(&family.events)?;
        let record = Record::as_known(&accepted, None);
        for bundle in record.bundles() {
            let number = family.subjects.iter().find(|(_, subject)| Some(subject) == bundle.subject());
            let Some((number, _)) = number else { continue };
            for (month, piece) in months.iter().zip(&mut pieces) {
                let frame = month.frame(rules);
                let Some(history) = History::of(&bundle, month.at) else { continue };
                let case = Case::of(&history, &rules.rulebook);
                piece.record(&case, &frame);
                let mut taking = Taking { piece, subject: *number };
                contribute(&case, &frame, &month.workforce, &measures, &mut taking);
            }
        }
    }
    Ok(pieces)
}
