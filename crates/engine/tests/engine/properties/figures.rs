//! Every figure is the number of the rows, events or subjects behind it: counted again here from the rows alone, and
//! listed one by one.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "other kinds of measure are recounted elsewhere or not over clocks"
)]

use super::{a_grouping, a_period, accept, all_figures, histories};
use calendar::london::local_date;
use calendar::{Instant, Period};
use engine::{
    Accepted, By, COUNTY, Case, Contribution, FigureValue, Frame, Part, Record, Row, Sink, Status, UNALLOCATED,
    WorklistFilter, contribute,
};
use proptest::prelude::*;
use rulebook::{Basis, ClockFilter, Elapsed, Measure, Running, Sequence, What, default_rulebook};
use std::collections::BTreeMap;
use testkit::nasty::{Corrections, an_instant, history};
use testkit::{each_case, workforce};

/// Numerator and denominator.
type Counted = (u64, u64);

/// What a row stands for in a measure over clocks: none, or whether it is in the numerator.
fn counts(measure: &Measure, row: &Row, case: &Case<'_, '_, '_>, period: &Period) -> Option<bool> {
    let (kinds, filter) = match &measure.what {
        What::Timeliness { clocks, filter, .. } | What::ClockCount { clocks, filter, .. } => (clocks, filter),
        _ => return None,
    };
    if !kinds.contains(&row.kind) || !passes(filter, row, case, period) {
        return None;
    }
    let is_stopped = matches!(row.status, Status::Met | Status::Late);
    let is_overdue = row.status == Status::Overdue;
    let is_met = row.status == Status::Met;
    let within = |instant: Instant| period.start() <= instant && instant <= period.end();
    match &measure.what {
        What::Timeliness { basis: Basis::Started, .. } => {
            (within(row.started_at) && (is_stopped || is_overdue)).then_some(is_met)
        }
        What::Timeliness { basis: Basis::Stopped, .. } => {
            (is_stopped && row.stopped_at.is_some_and(within)).then_some(is_met)
        }
        What::Timeliness { basis: Basis::Due, .. } => {
            let due = row.due_date.unwrap_or_else(|| local_date(row.due_at));
            let is_due = period.first() <= due && due <= period.last();
            (is_due && (is_stopped || is_overdue)).then_some(is_met)
        }
        What::Timeliness { basis: Basis::Snapshot, .. } => row.stopped_at.is_none().then_some(!is_overdue),
        What::ClockCount { running: Running::All, .. } => row.stopped_at.is_none().then_some(true),
        What::ClockCount { running: Running::Overdue, .. } => is_overdue.then_some(true),
        _ => None,
    }
}

fn passes(filter: &ClockFilter, row: &Row, case: &Case<'_, '_, '_>, period: &Period) -> bool {
    let rulebook = case.rulebook();
    let is_first = row.place == 1;
    let age = filter.ages.is_none_or(|ages| {
        let today = local_date(case.at());
        case.history().date_of_birth().is_some_and(|born| {
            ages.from.is_none_or(|from| from.reached_on(born) <= today)
                && ages.to.is_none_or(|to| today < to.reached_on(born))
        })
    });
    let (first, last) = (local_date(row.started_at), local_date(row.stopped_at.unwrap_or_else(|| case.at())));
    let working_days = (first.days() + 1..=last.days())
        .filter(|day| rulebook.working_days.is_working_day(calendar::Date::from_days(*day)));
    filter.sequence.is_none_or(|sequence| is_first == (sequence == Sequence::First))
        && age
        && (!filter.started_in_period || (period.start() <= row.started_at && row.started_at <= period.end()))
        && filter.elapsed.is_none_or(|elapsed| match elapsed {
            Elapsed::MoreWorkingDaysThan(days) => working_days.count() > days as usize,
            Elapsed::DaysOrMore(days) => last.days() - first.days() >= days as i32,
        })
        && filter.with_event.is_none_or(|pattern| {
            case.history().moments().iter().any(|moment| {
                rulebook.pattern(pattern).matches(&moment.event.data, moment.kind) && moment.occurred() > row.started_at
            })
        })
}

fn group_of(row: &Row, by: By) -> String {
    let group = match by {
        By::County => Some(COUNTY),
        By::Locality => Some(row.locality.as_str()),
        By::Team => row.team.as_deref(),
        By::Worker => row.worker.as_deref(),
    };
    group.unwrap_or(UNALLOCATED).to_owned()
}

/// Measures over clocks counted from all rows, per measure and group.
fn recount(accepted: &Accepted, at: Instant, period: &Period, by: By) -> BTreeMap<(String, String), Counted> {
    let rulebook = default_rulebook();
    let filter = WorklistFilter { statuses: Status::ALL.to_vec(), ..WorklistFilter::default() };
    let mut counted: BTreeMap<(String, String), Counted> = BTreeMap::new();
    each_case(&Record::as_known(accepted, None), at, rulebook, |case| {
        for row in filter.rows(case) {
            for measure in &rulebook.measures {
                let Some(is_met) = counts(measure, &row, case, period) else { continue };
                for group in [COUNTY.to_owned(), group_of(&row, by)] {
                    let (numerator, denominator) = counted.entry((measure.id.clone(), group)).or_default();
                    *numerator += u64::from(is_met);
                    *denominator += 1;
                }
            }
        }
    });
    counted
}

/// Those behind the figures, one by one.
#[derive(Default)]
struct Listed {
    by_measure: BTreeMap<(usize, String), Counted>,
    by: Option<By>,
}

impl Sink for Listed {
    fn take(&mut self, contribution: Contribution<'_>) {
        let whose = contribution.whose;
        let group = match self.by {
            Some(By::Locality) => Some(whose.locality),
            Some(By::Team) => whose.team,
            _ => whose.worker,
        };
        let is_met = matches!(contribution.part, Part::Share { met: true, .. });
        for group in [COUNTY, group.unwrap_or(UNALLOCATED)] {
            let (met, all) = self.by_measure.entry((contribution.measure, group.to_owned())).or_default();
            *met += u64::from(is_met);
            *all += 1;
        }
    }
}

proptest! {
    #![proptest_config(histories(200))]

    #[test]
    fn measures_over_clocks_are_counts_of_rows(
        nasty in history(Corrections::Some),
        at in an_instant(),
        period in a_period(),
        by in a_grouping(),
    ) {
        let accepted = accept(&nasty.events());
        let mut counted = recount(&accepted, at, &period, by);
        for figure in all_figures(&accepted, None, &period, at, by) {
            let measure = default_rulebook().measure(&figure.measure).expect("a measure");
            let key = (figure.measure.clone(), figure.group.clone());
            let expected = counted.remove(&key).unwrap_or_default();
            match (&measure.what, figure.value) {
                (What::Timeliness { .. }, FigureValue::Share { numerator, denominator, .. }) => {
                    prop_assert_eq!((numerator, denominator), expected, "{:?}", key);
                }
                (What::ClockCount { .. }, FigureValue::Count(count)) => prop_assert_eq!(count, expected.1, "{:?}", key),
                _ => {}
            }
        }
        prop_assert!(counted.is_empty(), "rows without a figure: {counted:?}");
    }

    /// The worklist of a group is what a measure over running clocks counts there.
    #[test]
    fn the_list_of_a_group_is_its_count(nasty in history(Corrections::Some), at in an_instant(), period in a_period()) {
        let accepted = accept(&nasty.events());
        let overdue = default_rulebook().measures.iter().filter_map(|measure| match &measure.what {
            What::ClockCount { clocks, running: Running::Overdue, filter } if *filter == ClockFilter::default() => {
                Some((measure.id.as_str(), clocks))
            }
            _ => None,
        });
        let figures = all_figures(&accepted, None, &period, at, By::Locality);
        for (id, kinds) in overdue {
            for figure in figures.iter().filter(|figure| figure.measure == id) {
                let localities = if figure.group == COUNTY { Vec::new() } else { vec![figure.group.clone()] };
                let filter = WorklistFilter {
                    kinds: kinds.clone(),
                    statuses: vec![Status::Overdue],
                    localities,
                    ..WorklistFilter::default()
                };
                let mut listed = 0;
                each_case(&Record::as_known(&accepted, None), at, default_rulebook(), |case| {
                    listed += filter.rows(case).len() as u64;
                });
                prop_assert_eq!(figure.value, FigureValue::Count(listed));
            }
        }
    }

    /// Each figure opens into those behind it.
    #[test]
    fn what_is_listed_is_what_is_counted(
        nasty in history(Corrections::Some),
        at in an_instant(),
        period in a_period(),
        by in a_grouping(),
    ) {
        let rulebook = default_rulebook();
        let accepted = accept(&nasty.events());
        let record = Record::as_known(&accepted, None);
        let frame = Frame::of(rulebook, period.clone(), at);
        let staff = workforce(&record, at, rulebook);
        let every: Vec<usize> = (0..rulebook.measures.len()).collect();
        let mut listed = Listed { by: Some(by), ..Listed::default() };
        each_case(&record, at, rulebook, |case| contribute(case, &frame, &staff, &every, &mut listed));
        for figure in all_figures(&accepted, None, &period, at, by) {
            let position = rulebook.measures.iter().position(|measure| measure.id == figure.measure).expect("a measure");
            let found = listed.by_measure.get(&(position, figure.group.clone())).copied().unwrap_or_default();
            match (&rulebook.measures[position].what, figure.value) {
                (What::Caseload { .. } | What::CaseloadBands { .. } | What::External, _) => {}
                (_, FigureValue::Share { numerator, denominator, .. }) => {
                    prop_assert_eq!((numerator, denominator), found, "{:?}", figure);
                }
                (_, FigureValue::Count(count)) if figure.band.is_none() => prop_assert_eq!(count, found.1, "{:?}", figure),
                (_, FigureValue::Mean(mean)) => prop_assert_eq!(mean.is_some(), found.1 > 0, "{:?}", figure),
                (_, FigureValue::Count(count)) => prop_assert!(count <= found.1, "{:?}", figure),
            }
        }
    }
}
