//! The whole program on a county of a million events: parsing, every clock and every measure of the default rulebook.
//!
//! Not criterion's kind of thing, as one run takes seconds: the built program runs as a user would run it, a few times
//! over, and each run's events a second and peak memory are printed, with the county's size.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const EVENTS: usize = 1_000_000;

fn main() -> io::Result<()> {
    let file = county()?;
    let bytes = file.metadata()?.len();
    println!("{EVENTS} events, {bytes} bytes, {} bytes an event", bytes / EVENTS as u64);
    let source = path()?;
    let source = source.to_str().unwrap_or_default();
    let asks: [&[&str]; 3] = [
        &["measures", "--period", "2021-01", "--format", "json"],
        &["measures", "--period", "2021-01", "--by", "worker", "--format", "json"],
        &["worklist", "--at", "2021-01-31", "--format", "json"],
    ];
    for ask in asks {
        println!("\nsightline {} --source county.ndjson", ask.join(" "));
        let mut seconds: Vec<f64> = Vec::new();
        for _ in 0..RUNS {
            let run = run(Command::new(env!("CARGO_BIN_EXE_sightline")).args(ask).args(["--source", source]))?;
            seconds.push(run.wall.as_secs_f64());
            let memory =
                run.peak_kib.map_or_else(|| "unknown".to_owned(), |kib| format!("{} MB", kib * 1024 / 1_000_000));
            println!(
                "  {:6.2} s  {:8.0} events/s  peak {memory}",
                run.wall.as_secs_f64(),
                EVENTS as f64 / run.wall.as_secs_f64()
            );
        }
        seconds.sort_by(f64::total_cmp);
        if let Some(median) = seconds.get(RUNS / 2) {
            println!("  median {:.0} events/s", EVENTS as f64 / median);
        }
    }
    Ok(())
}

fn path() -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join("county.ndjson"))
}

/// The first million events of a simulated county, written once.
fn county() -> io::Result<File> {
    let path = path()?;
    if let Ok(file) = File::open(&path)
        && BufReader::new(&file).lines().count() == EVENTS
    {
        return File::open(&path);
    }
    let plan = ["simulate", "--children", "4200", "--years", "3", "--seed", "1", "--until", "2021-01-31"];
    let mut simulate = Command::new(env!("CARGO_BIN_EXE_sightline")).args(plan).stdout(Stdio::piped()).spawn()?;
    let events = simulate.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
    let mut file = io::BufWriter::new(File::create(&path)?);
    let mut written = 0;
    for line in BufReader::new(events).lines().take(EVENTS) {
        io::Write::write_all(&mut file, line?.as_bytes())?;
        io::Write::write_all(&mut file, b"\n")?;
        written += 1;
    }
    io::Write::flush(&mut file)?;
    // The county may be larger; what nobody reads is not simulated.
    simulate.kill()?;
    simulate.wait()?;
    if written < EVENTS {
        return Err(io::Error::other(format!("the county has {written} events only; simulate a larger one")));
    }
    File::open(&path)
}

struct Run {
    wall: Duration,
    peak_kib: Option<u64>,
}

fn run(command: &mut Command) -> io::Result<Run> {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kib = None;
    let ended = loop {
        peak_kib = peak(&status).or(peak_kib);
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = began.elapsed();
    // 1: some lines were refused; a county has none.
    if !ended.success() {
        return Err(io::Error::other(format!("the command ended with {ended}")));
    }
    Ok(Run { wall, peak_kib })
}

/// The most memory that the process has had so far, where the system tells.
fn peak(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
