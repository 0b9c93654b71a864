//! How long it takes to check an event and to write one.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use vocabulary::{Checker, Instant, NewEvent};

/// A visit as case systems send it, some 350 bytes.
const VISIT: &str = concat!(
    r#"{"specversion":"1.0","id":"lcs-visit-889120","source":"urn:example:lcs","type":"visit.completed","#,
    r#""subject":"child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11","time":"2021-01-12T10:30:00Z","#,
    r#""recordedtime":"2021-01-12T16:02:00Z","datacontenttype":"application/json","#,
    r#""data":{"purposes":["cp"],"seen":true,"seen_alone":true,"mode":"face_to_face"}}"#,
);

/// 2021-01-12T17:00:00Z, after the visit was recorded.
const RECEIVED: Instant = Instant::from_micros(1_610_470_800_000_000);

fn check(criterion: &mut Criterion) {
    let mut checker = Checker::new();
    assert!(checker.check(VISIT.as_bytes(), RECEIVED).is_ok());
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(VISIT.len() as u64));
    group.bench_function("visit", |bencher| {
        bencher.iter(|| checker.check(black_box(VISIT.as_bytes()), RECEIVED));
    });
}

fn write(criterion: &mut Criterion) {
    let Ok(event) = Checker::new().check(VISIT.as_bytes(), RECEIVED) else { return };
    let mut line = Vec::new();
    criterion.bench_function("write/visit", |bencher| {
        bencher.iter(|| {
            line.clear();
            let new = NewEvent {
                id: &event.id,
                source: &event.source,
                subject: &event.subject,
                occurred: event.occurred,
                recorded: Some(event.recorded),
                received: None,
                supersedes: None,
                data: &event.data,
            };
            black_box(&new).write_json(&mut line);
        });
    });
}

criterion_group!(benches, check, write);
criterion_main!(benches);
