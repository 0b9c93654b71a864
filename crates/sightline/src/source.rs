//! Opening what `--source` names, and keeping what is refused.

use crate::arguments::Sources;
use crate::progress::Progress;
use anyhow::{Context, bail};
use calendar::Instant;
use exchange::ndjson::{self, Loaded, Quarantine, Source};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::time::{SystemTime, UNIX_EPOCH};
use vocabulary::Refusal;

/// The present instant. The only place that asks; everything else is told.
pub fn now() -> Instant {
    let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, i64::saturating_neg),
    };
    Instant::from_micros(micros)
}

/// Reads all events of the sources; refused lines go to the file that was asked for, or are counted only.
pub fn load(sources: &Sources) -> anyhow::Result<Loaded> {
    let mut kept = Kept::new(sources)?;
    let loaded = load_with(&sources.sources, &mut kept)?;
    kept.finish()?;
    Ok(loaded)
}

/// Reads all events of the sources and gives refused lines to `quarantine`.
pub fn load_with(names: &[String], quarantine: &mut dyn Quarantine) -> anyhow::Result<Loaded> {
    let received = now();
    let (sources, bytes) = open(names)?;
    let progress = Progress::bytes("reading events", bytes);
    let loaded = ndjson::read(sources, received, quarantine, &mut |read| progress.add(read))?;
    progress.finish();
    Ok(loaded)
}

/// Says on standard error how many lines were refused, and where they can be seen.
pub fn report_refused(loaded: &Loaded, sources: &Sources) -> crate::Outcome {
    if loaded.refused == 0 {
        return crate::Outcome::Done;
    }
    let lines = if loaded.refused == 1 { "1 line was" } else { &format!("{} lines were", loaded.refused) };
    let kept = sources.quarantine.as_ref().map(|file| format!(" and kept in {}", file.display())).unwrap_or_default();
    let options: Vec<String> = sources.sources.iter().map(|source| format!("--source {source}")).collect();
    eprintln!("{lines} refused{kept}; `sightline quarantine {}` says why", options.join(" "));
    crate::Outcome::NotAll
}

/// The sources, and their size in bytes where all are plain files.
fn open(names: &[String]) -> anyhow::Result<(Vec<Source>, Option<u64>)> {
    if names.iter().filter(|name| *name == "-").count() > 1 {
        bail!("standard input can be a source only once");
    }
    let mut bytes = Some(0);
    let sources = names.iter().map(|name| {
        let (source, size) = open_one(name)?;
        bytes = bytes.zip(size).map(|(sum, size)| sum + size);
        Ok(source)
    });
    let sources = sources.collect::<anyhow::Result<Vec<Source>>>()?;
    Ok((sources, bytes))
}

fn open_one(name: &str) -> anyhow::Result<(Source, Option<u64>)> {
    if name == "-" {
        return Ok((Source { name: "standard input".to_owned(), bytes: Box::new(io::stdin()) }, None));
    }
    for ledger in ["sqlite:", "postgres:", "postgresql:"] {
        if name.starts_with(ledger) {
            bail!("{name} names a ledger, and this version reads files of events only");
        }
    }
    let file = File::open(name).with_context(|| format!("{name} could not be opened"))?;
    let about = file.metadata().with_context(|| format!("{name} could not be read"))?;
    if about.is_dir() {
        bail!("{name} is a folder; name a file of events in it");
    }
    // The size of a gzipped file says little of the text in it.
    let size = (about.is_file() && !name.ends_with(".gz")).then_some(about.len());
    Ok((Source { name: name.to_owned(), bytes: Box::new(file) }, size))
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
