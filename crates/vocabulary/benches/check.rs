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

fn check(criterion: &mut Criterion) {
    let received = Instant::parse("2021-01-12T17:00:00Z").unwrap();
    let mut checker = Checker::new();
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(VISIT.len() as u64));
    group.bench_function("visit", |bencher| {
        bencher.iter(|| checker.check(black_box(VISIT.as_bytes()), received));
    });
}

fn write(criterion: &mut Criterion) {
    let event = Checker::new().check(VISIT.as_bytes(), Instant::parse("2021-01-12T17:00:00Z").unwrap()).unwrap();
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
