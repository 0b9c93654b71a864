//! What holds for any events. A failing history is shown as the smallest table that fails, to be kept as a case.

mod arrival;
mod changes;
mod explanations;
mod figures;
mod later;
mod reach;

use calendar::{Instant, Period};
use engine::{Accepted, By, Figure, Frame, Record, Row, Status, WorklistFilter, figures, findings, sort_rows};
use proptest::prelude::*;
use rulebook::default_rulebook;
use testkit::{each_case, tally};
use vocabulary::Event;

/// So many histories; nothing is written to the folder of the tests.
fn histories(cases: u32) -> ProptestConfig {
    let environment = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: environment.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

/// Every row, of every kind and status, in order.
fn all_rows(accepted: &Accepted, known: Option<Instant>, at: Instant) -> Vec<Row> {
    let record = Record::as_known(accepted, known);
    let filter = WorklistFilter { statuses: Status::ALL.to_vec(), ..WorklistFilter::default() };
    let mut rows = Vec::new();
    each_case(&record, at, default_rulebook(), |case| rows.extend(filter.rows(case)));
    sort_rows(&mut rows);
    rows
}

/// Every figure of the default rulebook for a period.
fn all_figures(accepted: &Accepted, known: Option<Instant>, period: &Period, at: Instant, by: By) -> Vec<Figure> {
    let record = Record::as_known(accepted, known);
    let frame = Frame::of(default_rulebook(), period.clone(), at);
    let every: Vec<usize> = (0..default_rulebook().measures.len()).collect();
    figures(&tally(&record, &frame, &every, by), &frame, &every)
}

/// Every finding, as text.
fn all_findings(accepted: &Accepted, known: Option<Instant>, at: Instant) -> Vec<String> {
    let record = Record::as_known(accepted, known);
    let mut found = Vec::new();
    each_case(&record, at, default_rulebook(), |case| {
        found.extend(
            findings(case).iter().map(|finding| format!("{} {:?}", case.subject(), (finding.kind, &finding.detail))),
        );
    });
    found
}

/// A month, quarter, year or rolling year around the days of the histories.
fn a_period() -> impl Strategy<Value = Period> {
    const PERIODS: &[&str] =
        &["2021-01", "2021-02", "2021-03", "2021-04", "2020-Q4", "2020-FY", "2021-FY", "2021-01-R12"];
    proptest::sample::select(PERIODS).prop_map(|period| Period::parse(period).expect("a period"))
}

/// By one of the groups.
fn a_grouping() -> impl Strategy<Value = By> {
    prop_oneof![Just(By::Locality), Just(By::Team), Just(By::Worker)]
}

fn accept<'e>(events: impl IntoIterator<Item = &'e Event>) -> Accepted {
    let mut accepted = Accepted::new();
    for event in events {
        accepted.offer(event.clone());
    }
    accepted
}
