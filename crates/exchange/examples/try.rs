use std::io::Write;
fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap();
    let as_at = calendar::Date::parse(&args.next().unwrap()).unwrap();
    let started = std::time::Instant::now();
    let result = exchange::annex_a::read_file(path.as_ref(), as_at);
    let import = match result { Ok(i) => i, Err(e) => { eprintln!("error: {e}"); peak(); eprintln!("{:?}", started.elapsed()); std::process::exit(1) } };
    let mut against = Vec::new();
    let mut checker = vocabulary::Checker::new();
    for file in args {
        for line in std::fs::read(file).unwrap().split(|b| *b == b'\n').filter(|l| !l.is_empty()) {
            against.push(checker.check(line, calendar::Instant::parse("2030-01-01T00:00:00Z").unwrap()).unwrap());
        }
    }
    let changes = match import.events(&against) { Ok(c) => c, Err(e) => { eprintln!("error: {e}"); peak(); std::process::exit(1) } };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    changes.write_ndjson(&mut out).unwrap();
    out.flush().unwrap();
    for n in import.notices.iter().chain(&changes.notices) { eprintln!("notice: {n}"); }
    for p in import.problems.iter().take(200) { eprintln!("{p}"); }
    eprintln!("{} problems and {} more", import.problems.len(), import.unlisted_problems);
    for v in &changes.vanished { eprintln!("vanished {v}"); }
    eprintln!("{} events, {} unchanged", changes.events.len(), changes.unchanged);
    peak();
    eprintln!("{:?}", started.elapsed());
}
fn peak() {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    eprintln!("{}", s.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
