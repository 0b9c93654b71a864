//! Scratch: writes a county to standard output and the rate to standard error.
use std::io::Write;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n = |i: usize, d: u64| a.get(i).map_or(d, |s| s.parse().unwrap());
    let until = a.get(4).map_or("2021-01-31", |s| s.as_str());
    let plan = county::Plan { children: n(1, 3779) as u32, years: n(2, 3) as u32, seed: n(3, 1), until: calendar::Date::parse(until).unwrap() };
    let quiet = a.get(5).is_some();
    let t = std::time::Instant::now();
    let mut county = county::County::new(plan).unwrap();
    eprintln!("new {:?}", t.elapsed());
    let expected = county.expected_children();
    let (mut out, mut events, mut subjects, mut bytes) = (Vec::new(), 0u64, 0u64, 0);
    let mut w = std::io::BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    while let Some(e) = county.next_child(&mut out) {
        events += e as u64; subjects += 1; bytes += out.len();
        if !quiet { w.write_all(&out).unwrap(); }
        out.clear();
    }
    let s = t.elapsed().as_secs_f64();
    eprintln!("{subjects} subjects (expected children {expected}), {events} events, {:.1} per subject, {:.0} bytes each, {s:.2}s, {:.0}/s", events as f64 / subjects as f64, bytes as f64 / events as f64, events as f64 / s);
}
