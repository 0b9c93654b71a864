//! Opening what `--source` names, and keeping what is refused.

use crate::arguments::Sources;
use crate::ledger;
use crate::progress::Progress;
use anyhow::{Context, bail};
use calendar::Instant;
use engine::Offer;
use exchange::ndjson::{Loaded, Quarantine, Source};
use rayon::prelude::*;
use services::Clock;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use store::ledger::Stored;
use store::quarantine::Standing;
use store::{Mode, Store};
use vocabulary::{Checker, Event, Refusal};

/// How many events of a ledger are read at once.
const EVENTS_AT_ONCE: u32 = 10_000;

/// How many refused events are read at once; each may have many megabytes.
const REFUSED_AT_ONCE: u32 = 20;

/// The present instant. Commands ask once; everything else is told.
pub fn now() -> Instant {
    Clock::machine().now()
}

/// Reads all events of the sources; refused lines go to the file that was asked for, or are counted only.
pub fn load(sources: &Sources) -> anyhow::Result<Loaded> {
    let mut kept = Kept::new(sources)?;
    let loaded = load_with(&sources.sources, &mut kept)?;
    kept.finish()?;
    Ok(loaded)
}

/// Reads all events of the sources as one and gives what was refused to `quarantine`.
pub fn load_with(names: &[String], quarantine: &mut dyn Quarantine) -> anyhow::Result<Loaded> {
    if names.iter().filter(|name| *name == "-").count() > 1 {
        bail!("standard input can be a source only once");
    }
    let received = now();
    let progress = Progress::bytes("reading events", size(names));
    let mut loaded = Loaded::default();
    for name in names {
        if ledger::is_ledger(name) {
            ledger::run(read_ledger(name, &mut loaded, quarantine))?;
        } else {
            loaded.read(open(name)?, received, quarantine, &mut |read| progress.add(read))?;
        }
    }
    progress.finish();
    Ok(loaded)
}

/// Reads a ledger as if it were a file: its events, and what of its quarantine is open.
async fn read_ledger(name: &str, loaded: &mut Loaded, quarantine: &mut dyn Quarantine) -> anyhow::Result<()> {
    let failed = || format!("{} could not be read", ledger::shown(name));
    let store = ledger::open(name, Mode::Read).await?;
    let head = store.head().await.with_context(failed)?;
    let progress = Progress::count("reading the ledger", head.size);
    let mut from = 1;
    while from <= head.size {
        let events = store.events_from(from, EVENTS_AT_ONCE).await.with_context(failed)?;
        let Some(last) = events.last() else { break };
        from = last.position + 1;
        progress.add(events.len() as u64);
        let checked: Vec<(Stored, Result<Event, Refusal>)> = events
            .into_par_iter()
            .filter(|event| event.position <= head.size)
            .map_init(Checker::new, |checker, event| {
                let checked = checker.check_received(&event.bytes, event.received);
                (event, checked)
            })
            .collect();
        for (stored, checked) in checked {
            accept(stored, checked, loaded, quarantine).with_context(failed)?;
        }
    }
    loaded.lines += head.size;
    progress.finish();
    read_quarantine(&*store, loaded, quarantine).await.with_context(failed)
}

fn accept(
    stored: Stored,
    checked: Result<Event, Refusal>,
    loaded: &mut Loaded,
    quarantine: &mut dyn Quarantine,
) -> anyhow::Result<()> {
    let refusal = match checked {
        Ok(event) => match loaded.accepted.offer(event) {
            Offer::New => return Ok(()),
            Offer::Repeated => {
                loaded.repeated += 1;
                return Ok(());
            }
            Offer::Conflicting => Refusal::conflicting_id(),
        },
        Err(refusal) => bail!("the event at position {} is not acceptable: {refusal}", stored.position),
    };
    loaded.refused += 1;
    quarantine.bytes(&stored.bytes)?;
    quarantine.refused(loaded.lines + stored.position, &refusal)?;
    Ok(())
}

/// What was refused and is open, by the lines of the file that it came from, or by its number.
async fn read_quarantine(
    store: &dyn Store,
    loaded: &mut Loaded,
    quarantine: &mut dyn Quarantine,
) -> anyhow::Result<()> {
    let mut after = 0;
    let mut refused = Vec::new();
    loop {
        let some = store.quarantined(Standing::Open, after, REFUSED_AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        after = last.number;
        refused.extend(some);
    }
    refused.sort_by_key(|one| (one.line.unwrap_or(one.number), one.number));
    for one in refused {
        loaded.refused += 1;
        quarantine.bytes(&one.bytes)?;
        quarantine.refused(one.line.unwrap_or(one.number), &one.refusal)?;
    }
    Ok(())
}

/// Says on standard error how many lines were refused, and where they can be seen.
pub fn report_refused(loaded: &Loaded, sources: &Sources) -> crate::Outcome {
    report_refused_lines(loaded.refused, &sources.sources, sources.quarantine.as_deref())
}

/// The same, for who counted them.
pub fn report_refused_lines(refused: u64, sources: &[String], kept: Option<&Path>) -> crate::Outcome {
    if refused == 0 {
        return crate::Outcome::Done;
    }
    let lines = if refused == 1 { "1 line was" } else { &format!("{refused} lines were") };
    let kept = kept.map(|file| format!(" and kept in {}", file.display())).unwrap_or_default();
    let options: Vec<String> = sources.iter().map(|source| format!("--source {}", ledger::shown(source))).collect();
    eprintln!("{lines} refused{kept}; `sightline quarantine {}` says why", options.join(" "));
    crate::Outcome::NotAll
}

/// The size in bytes of all sources together, where all are plain files.
fn size(names: &[String]) -> Option<u64> {
    let mut sum = Some(0);
    for name in names {
        // The size of a gzipped file says little of the text in it.
        let plain = !ledger::is_ledger(name) && !name.ends_with(".gz");
        let about = std::fs::metadata(name).ok().filter(|about| plain && about.is_file());
        sum = sum.zip(about).map(|(sum, about)| sum + about.len());
    }
    sum
}

/// Opens a file of events.
pub fn open(name: &str) -> anyhow::Result<Source> {
    if name == "-" {
        return Ok(Source { name: "standard input".to_owned(), bytes: Box::new(io::stdin()) });
    }
    let file = File::open(name).with_context(|| format!("{name} could not be opened"))?;
    let about = file.metadata().with_context(|| format!("{name} could not be read"))?;
    if about.is_dir() {
        bail!("{name} is a folder; name a file of events in it");
    }
    Ok(Source { name: name.to_owned(), bytes: Box::new(file) })
}

/// Keeps refused lines in the file that was asked for.
struct Kept {
    file: Option<BufWriter<File>>,
}

impl Kept {
    fn new(sources: &Sources) -> anyhow::Result<Kept> {
        let create = |path: &std::path::PathBuf| {
            File::create(path).map(BufWriter::new).with_context(|| format!("{} could not be written", path.display()))
        };
        Ok(Kept { file: sources.quarantine.as_ref().map(create).transpose()? })
    }

    fn finish(mut self) -> anyhow::Result<()> {
        match &mut self.file {
            Some(file) => file.flush().context("the refused lines could not be written"),
            None => Ok(()),
        }
    }
}

impl Quarantine for Kept {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
    }

    fn refused(&mut self, _line: u64, _refusal: &Refusal) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(b"\n"))
    }
}
