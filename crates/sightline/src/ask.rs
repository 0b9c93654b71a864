//! Asking all subjects, on as many threads as there are.

use crate::progress::Progress;
use calendar::Instant;
use engine::{Bundle, By, Case, Frame, History, Record, Row, Tally, Workforce, WorklistFilter, contribute, sort_rows};
use rayon::prelude::*;
use rulebook::Rulebook;
use vocabulary::SubjectKind;

/// How many subjects one piece of work has: enough that handing it out costs nothing, few enough to share evenly.
const PIECE: usize = 128;

/// The rows of all subjects that a filter lets through, in order.
pub fn rows(record: &Record<'_>, at: Instant, rulebook: &Rulebook, filter: &WorklistFilter) -> Vec<Row> {
    let all = |_: SubjectKind| true;
    let step = |rows: &mut Vec<Row>, case: &Case<'_, '_, '_>| rows.extend(filter.rows(case));
    let mut rows = fold(record, at, rulebook, all, Vec::new, step, |mut one, mut other| {
        one.append(&mut other);
        one
    });
    sort_rows(&mut rows);
    rows
}

/// The tally of all subjects for the measures at those positions in the rulebook.
pub fn tally(record: &Record<'_>, frame: &Frame<'_>, measures: &[usize], by: By) -> Tally {
    let rulebook = frame.rulebook;
    let is_worker = |kind: SubjectKind| kind == SubjectKind::Worker;
    let workforce = fold(record, frame.at, rulebook, is_worker, Workforce::default, Workforce::add, Workforce::and);
    let step = |tally: &mut Tally, case: &Case<'_, '_, '_>| contribute(case, frame, &workforce, measures, tally);
    let all = |_: SubjectKind| true;
    let mut tally = fold(
        record,
        frame.at,
        rulebook,
        all,
        || Tally::new(by),
        step,
        |mut one, other| {
            one.add(other);
            one
        },
    );
    tally.close(frame, &workforce);
    tally
}

fn fold<T: Send>(
    record: &Record<'_>,
    at: Instant,
    rulebook: &Rulebook,
    wanted: impl Fn(SubjectKind) -> bool + Sync,
    new: impl Fn() -> T + Sync + Send,
    step: impl Fn(&mut T, &Case<'_, '_, '_>) + Sync,
    join: impl Fn(T, T) -> T + Sync + Send,
) -> T {
    let mut bundles: Vec<Bundle<'_, '_>> = record.bundles();
    bundles.retain(|bundle| bundle.subject().is_some_and(|subject| wanted(subject.kind())));
    let progress = Progress::count("deriving clocks", bundles.len() as u64);
    let derive = |piece: &[Bundle<'_, '_>]| {
        let mut sum = new();
        for history in piece.iter().filter_map(|bundle| History::of(bundle, at)) {
            step(&mut sum, &Case::of(&history, rulebook));
        }
        progress.add(piece.len() as u64);
        sum
    };
    let sum = bundles.par_chunks(PIECE).map(derive).reduce(&new, join);
    progress.finish();
    sum
}
