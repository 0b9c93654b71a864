//! `sightline import`.

use super::counted;
use crate::arguments::{AnnexA, Import, ImportWhat};
use crate::output::write;
use crate::{Outcome, source};
use anyhow::{Context, bail};
use calendar::london::end_of_day;
use exchange::annex_a;
use exchange::ndjson::Quarantine;
use std::fs::File;
use std::io;
use vocabulary::Refusal;

/// Turns a file of another format into events.
pub fn import(arguments: &Import) -> anyhow::Result<Outcome> {
    match &arguments.what {
        ImportWhat::AnnexA(arguments) => import_annex_a(arguments),
    }
}

fn import_annex_a(arguments: &AnnexA) -> anyhow::Result<Outcome> {
    let name = arguments.workbook.display();
    if end_of_day(arguments.as_at) > source::now() {
        bail!("{} has not ended; a workbook is as at a day that is over", arguments.as_at.spoken());
    }
    let file = File::open(&arguments.workbook).with_context(|| format!("{name} could not be opened"))?;
    let import = annex_a::read_from(file, arguments.as_at).with_context(|| format!("{name} could not be imported"))?;
    let earlier = source::load_with(&arguments.against, &mut Whole)?;
    let changes = import.events(earlier.accepted.events())?;
    write(|mut out| changes.write_ndjson(&mut out))?;
    for problem in &import.problems {
        eprintln!("{problem}");
    }
    if import.unlisted_problems > 0 {
        eprintln!("and {} more", counted(import.unlisted_problems, "cell"));
    }
    for vanished in &changes.vanished {
        eprintln!("{vanished}");
    }
    for notice in import.notices.iter().chain(&changes.notices) {
        eprintln!("{notice}");
    }
    let cells = counted(import.problems.len() + import.unlisted_problems, "cell");
    let (events, vanished) = (counted(changes.events.len(), "event"), counted(changes.vanished.len(), "fact"));
    eprintln!(
        "{name}: {events} written, {} unchanged, {vanished} no longer stated, {cells} not used",
        changes.unchanged
    );
    Ok(Outcome::Done)
}

/// What was imported before must be whole: against a part of it, what is missing would come out again as new.
struct Whole;

impl Quarantine for Whole {
    fn bytes(&mut self, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn refused(&mut self, line: u64, refusal: &Refusal) -> io::Result<()> {
        Err(io::Error::other(format!("line {line} of what was imported before is refused: {}", refusal.detail)))
    }
}
