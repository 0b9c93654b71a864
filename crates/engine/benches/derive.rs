//! How long it takes to derive one subject under the whole default rulebook, and that it grows with the length of the
//! history and not faster.

#![allow(clippy::expect_used, reason = "a benchmark stops at the first surprise")]

use calendar::{Date, Instant, Period};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use engine::{Accepted, By, Case, Frame, History, Record, Tally, Workforce, contribute};
use rulebook::default_rulebook;
use std::hint::black_box;
use vocabulary::Checker;

const DAY: i64 = 24 * 3_600_000_000;

/// What happens to the child again and again, one event a line: type and data.
const CYCLE: [(&str, &str); 25] = [
    ("contact.received", r#"{"episode":"k#","rag":"amber","professional":true}"#),
    ("contact.decided", r#"{"episode":"k#","stage":"final","outcome":"referral"}"#),
    ("referral.received", r#"{"episode":"r#","pathway":"s17","contact":"k#"}"#),
    ("assessment.started", r#"{"episode":"a#","referral":"r#"}"#),
    ("visit.completed", r#"{"purposes":["initial"],"seen":true,"mode":"face_to_face"}"#),
    ("supervision.recorded", "{}"),
    ("assessment.completed", r#"{"episode":"a#","outcome":"cin_plan"}"#),
    ("plan.started", r#"{"episode":"p#","kind":"cin"}"#),
    ("visit.completed", r#"{"purposes":["cin"],"seen":true,"mode":"face_to_face"}"#),
    ("review.held", r#"{"kind":"cin"}"#),
    ("strategy_discussion.held", r#"{"episode":"d#","outcome":"s47"}"#),
    ("s47.started", r#"{"episode":"q#","strategy_discussion":"d#"}"#),
    ("s47.completed", r#"{"episode":"q#","outcome":"icpc"}"#),
    ("conference.held", r#"{"kind":"initial","s47":"q#","outcome":"cp_plan"}"#),
    ("plan.ended", r#"{"episode":"p#","kind":"cin","reason":"other"}"#),
    ("plan.started", r#"{"episode":"c#","kind":"cp","category":"neglect"}"#),
    ("core_group.held", "{}"),
    ("visit.completed", r#"{"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#),
    ("allocation.started", r#"{"locality":"Stroud","team":"Stroud 1","worker":"SW1"}"#),
    ("case_note.recorded", "{}"),
    ("visit.completed", r#"{"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}"#),
    ("conference.held", r#"{"kind":"review","outcome":"plan_ends"}"#),
    ("plan.ended", r#"{"episode":"c#","kind":"cp","reason":"completed"}"#),
    ("supervision.recorded", "{}"),
    ("case.closed", r#"{"episode":"r#","reason":"completed"}"#),
];

/// A history of that many events, one every third day up to the end of January 2021.
fn accepted(events: usize) -> Accepted {
    let mut accepted = Accepted::new();
    let mut checker = Checker::new();
    let end = Period::parse("2021-01").expect("a month").end();
    let first = end.micros() - 3 * DAY * i64::try_from(events).expect("a small number");
    for (number, (event_type, data)) in (0i64..).zip(CYCLE.iter().cycle().take(events)) {
        let occurred = Instant::from_micros(first + 3 * DAY * number);
        let data = data.replace('#', &(number / 25).to_string());
        let line = format!(
            r#"{{"specversion":"1.0","id":"e{number}","source":"urn:example:bench","type":"{event_type}","subject":"child/00000000-0000-4000-8000-000000000001","time":"{occurred}","recordedtime":"{occurred}","data":{data}}}"#
        );
        let event = checker.check(line.as_bytes(), end).expect("a valid event");
        accepted.offer(event);
    }
    let born = Date::new(2012, 2, 29).expect("a date");
    let line = format!(
        r#"{{"specversion":"1.0","id":"born","source":"urn:example:bench","type":"child.registered","subject":"child/00000000-0000-4000-8000-000000000001","time":"2015-01-01T00:00:00Z","recordedtime":"2015-01-01T00:00:00Z","data":{{"date_of_birth":"{born}"}}}}"#
    );
    accepted.offer(checker.check(line.as_bytes(), end).expect("a valid event"));
    accepted
}

fn derive(criterion: &mut Criterion) {
    let rulebook = default_rulebook();
    let period = Period::parse("2021-01").expect("a month");
    let at = period.end();
    let frame = Frame::of(rulebook, period, at);
    let measures: Vec<usize> = (0..rulebook.measures.len()).collect();
    let mut group = criterion.benchmark_group("one subject, whole rulebook");
    for events in [50, 500, 5000] {
        let accepted = accepted(events);
        let record = Record::as_known(&accepted, None);
        let bundles = record.bundles();
        let bundle = bundles.first().expect("one subject");
        group.throughput(Throughput::Elements(events as u64));
        group.bench_with_input(BenchmarkId::new("all clocks", events), bundle, |bencher, bundle| {
            bencher.iter(|| {
                let history = History::of(bundle, at).expect("a history");
                black_box(Case::of(&history, rulebook).all_clocks().count())
            });
        });
        group.bench_with_input(BenchmarkId::new("all clocks and measures", events), bundle, |bencher, bundle| {
            bencher.iter(|| {
                let history = History::of(bundle, at).expect("a history");
                let mut tally = Tally::new(By::County);
                contribute(&Case::of(&history, rulebook), &frame, &Workforce::default(), &measures, &mut tally);
                black_box(tally)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, derive);
criterion_main!(benches);
