//! The histories of these properties are worth something only if they reach what they are meant to try.

use super::{accept, all_figures, all_rows};
use calendar::Period;
use engine::{Accepted, By, FigureValue, Status};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rulebook::{Shape, default_rulebook};
use std::collections::BTreeSet;
use testkit::instant;
use testkit::nasty::{Corrections, history};

/// What a clock can be: running, stopped, and, where something cancels it, cancelled. And each measure, with somebody
/// counted in it.
fn wanted() -> BTreeSet<String> {
    let rulebook = default_rulebook();
    let clocks = rulebook.clocks.iter().flat_map(|rule| {
        let is_cancelled = match &rule.shape {
            Shape::Respond(respond) => !respond.cancels.is_empty(),
            Shape::Recur(_) => true,
        };
        // Closed, and so stopped, from the start.
        let runs = rule.id != "decision_not_to_visit" && rule.id != "early_help_decision";
        let is = |what: &str| format!("{} {what}", rule.id);
        [Some(is("stopped")), is_cancelled.then(|| is("cancelled")), runs.then(|| is("running"))]
    });
    let measures = rulebook.measures.iter().map(|measure| measure.id.clone());
    clocks.flatten().chain(measures).collect()
}

fn strike_out(wanted: &mut BTreeSet<String>, accepted: &Accepted, at: &str, period: &str) {
    let (at, period) = (instant(at), Period::parse(period).expect("a period"));
    for row in all_rows(accepted, None, at) {
        let what = match row.status {
            Status::OnTrack | Status::DueSoon | Status::Overdue => "running",
            Status::Met | Status::Late => "stopped",
            Status::Cancelled => "cancelled",
        };
        wanted.remove(&format!("{} {what}", default_rulebook().clocks[row.kind].id));
    }
    for figure in all_figures(accepted, None, &period, at, By::County) {
        let is_something = match figure.value {
            FigureValue::Share { denominator, .. } => denominator > 0,
            FigureValue::Count(count) => count > 0,
            FigureValue::Mean(mean) => mean.is_some(),
        };
        if is_something {
            wanted.remove(&figure.measure);
        }
    }
}

#[test]
fn nasty_histories_reach_every_clock_and_measure() {
    let mut runner = TestRunner::deterministic();
    let mut wanted = wanted();
    for _ in 0..4000 {
        let nasty = history(Corrections::Some).new_tree(&mut runner).expect("a history").current();
        let accepted = accept(&nasty.events());
        for (at, period) in [("2021-01-11", "2021-01"), ("2021-03-31", "2020-FY"), ("2022-04-01", "2022-04")] {
            strike_out(&mut wanted, &accepted, at, period);
        }
        if wanted.is_empty() {
            return;
        }
    }
    panic!("no history reaches {wanted:#?}");
}
