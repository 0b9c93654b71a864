//! `sightline export`.

use crate::arguments::Export;
use crate::ledger;
use crate::output::write;
use crate::{Outcome, source};
use anyhow::{Context, bail};
use engine::{Accepted, Offer};
use exchange::export::write_line;
use exchange::ndjson::{RawBlock, RawLines};
use std::io::{self, Write};
use store::{Mode, Store};
use vocabulary::Checker;

/// How many events are read and written at once.
const AT_ONCE: u32 = 5_000;

/// Writes the accepted events of a ledger, in its order; of files, in theirs.
pub fn export(arguments: &Export) -> anyhow::Result<Outcome> {
    let ledgers = arguments.sources.iter().filter(|source| ledger::is_ledger(source)).count();
    match arguments.sources.as_slice() {
        [source] if ledgers == 1 => ledger::run(async {
            let failed = || format!("{} could not be read", ledger::shown(source));
            let store = ledger::open(source, Mode::Read).await?;
            let head = store.head().await.with_context(failed)?;
            export_ledger(&*store, arguments.from, head.size).await.with_context(failed)?;
            Ok(Outcome::Done)
        }),
        sources if ledgers == 0 => export_files(sources, arguments.from),
        _ => bail!("an export is of one ledger, or of files; `sightline load` puts files into a ledger"),
    }
}

/// Of copies of an event the earliest receipt counts, so that nothing is written before everything is read.
fn export_files(sources: &[String], from: u64) -> anyhow::Result<Outcome> {
    let received = source::now();
    let mut accepted = Accepted::new();
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut refused = 0u64;
    let mut checker = Checker::new();
    for name in sources {
        let failed = || format!("{name} could not be read");
        let mut raw = RawLines::of(source::open(name)?).with_context(failed)?;
        while let Some(block) = raw.next(usize::MAX, &mut |_| ()).with_context(failed)? {
            let RawBlock::Lines(bytes, places) = block else {
                refused += 1;
                continue;
            };
            for line in places.into_iter().filter_map(|(_, place)| bytes.get(place)) {
                match checker.check(line, received).map(|event| accepted.offer(event)) {
                    Ok(Offer::New) => lines.push(line.to_vec()),
                    Ok(Offer::Repeated) => {}
                    Ok(Offer::Conflicting) | Err(_) => refused += 1,
                }
            }
        }
    }
    write(|out| {
        let mut buffer = Vec::new();
        let skipped = usize::try_from(from.saturating_sub(1)).unwrap_or(usize::MAX);
        for (line, event) in lines.iter().zip(accepted.events()).skip(skipped) {
            buffer.clear();
            write_line(line, event.received, &mut buffer)?;
            out.write_all(&buffer)?;
        }
        Ok(())
    })?;
    Ok(source::report_refused_lines(refused, sources, None))
}

async fn export_ledger(store: &dyn Store, mut from: u64, to: u64) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    while from <= to {
        let events = store.events_from(from, AT_ONCE).await?;
        let Some(last) = events.last().map(|event| event.position) else { break };
        for event in events.iter().filter(|event| event.position <= to) {
            write_line(&event.bytes, event.received, &mut lines)?;
        }
        io::stdout().lock().write_all(&lines)?;
        lines.clear();
        from = last + 1;
    }
    io::stdout().lock().flush()?;
    Ok(())
}
