//! `sightline load`.

use super::{counted, kept_rules};
use crate::arguments::Load;
use crate::progress::Progress;
use crate::{Outcome, ledger, source};
use ::rulebook::DEFAULT;
use anyhow::{Context, bail};
use bytes::Bytes;
use calendar::Instant;
use exchange::ndjson::{RawBlock, RawLines};
use services::{Rules, Work, WorkDone, check_file_lines};
use std::sync::Arc;
use std::time::Duration;
use store::ledger::{Incoming, Taken};
use store::{Store, StoreError, StoreResult};
use tokio::sync::mpsc;
use vocabulary::Refusal;

/// How many events go into one commit.
const AT_ONCE: usize = 5_000;

/// How many blocks of lines, some megabytes each, wait to be appended.
const WAITING: usize = 2;

/// The longest line that is kept whole. One that is longer than an event may be goes to the quarantine as it is; one
/// that is longer than this would not fit the memory it needs.
const LONGEST_LINE: usize = 256 * 1024 * 1024;

/// How long to wait while another process derives the lists.
const WHILE_ANOTHER_DERIVES: Duration = Duration::from_millis(200);

/// Appends files to a ledger, and brings its read model up to date.
pub fn load(arguments: &Load) -> anyhow::Result<Outcome> {
    if arguments.files.iter().filter(|name| *name == "-").count() > 1 {
        bail!("standard input can be read only once");
    }
    ledger::run(async {
        let store = ledger::open_place(&arguments.place).await?;
        let rules = rules_of(&*store, arguments).await?;
        let mut sum = Sum::default();
        for name in &arguments.files {
            append(&store, name, &mut sum).await?;
        }
        let position =
            bring_up_to_date(&store, &rules).await.context("the read model could not be brought up to date")?;
        let Sum { appended, repeated, quarantined } = sum;
        println!(
            "{} appended, {repeated} there already, {quarantined} refused; the lists are up to date with position {position}",
            counted(appended, "event"),
        );
        if quarantined == 0 {
            return Ok(Outcome::Done);
        }
        eprintln!("`sightline quarantine --source {}` says why lines were refused", ledger::source(&arguments.place));
        Ok(Outcome::NotAll)
    })
}

/// The rules that were asked for; else those under which the lists are kept; else those that ship with the program.
async fn rules_of(store: &dyn Store, arguments: &Load) -> anyhow::Result<Rules> {
    if arguments.rules.rulebook.is_some() {
        return kept_rules(&arguments.rules);
    }
    let kept = match store.read_model().await? {
        Some(model) => store.rulebook_text(&model.rulebook).await?,
        None => None,
    };
    Ok(Rules::read(kept.as_deref().unwrap_or(DEFAULT))?)
}

#[derive(Default)]
struct Sum {
    appended: u64,
    repeated: u64,
    quarantined: u64,
}

/// Reads and checks the next lines while the ones before are appended.
async fn append(store: &Arc<dyn Store>, name: &str, sum: &mut Sum) -> anyhow::Result<()> {
    let received = source::now();
    let size = std::fs::metadata(name).ok().filter(|about| about.is_file() && !name.ends_with(".gz"));
    let progress = Arc::new(Progress::bytes("appending events", size.map(|about| about.len())));
    let mut lines = RawLines::of(source::open(name)?).with_context(|| format!("{name} could not be read"))?;
    let (checked, mut waiting) = mpsc::channel::<Vec<Incoming>>(WAITING);
    let told = Arc::clone(&progress);
    let reading = tokio::task::spawn_blocking(move || {
        while let Some(block) = lines.next(LONGEST_LINE, &mut |read| told.add(read))? {
            let mut incoming = check(block, received);
            while !incoming.is_empty() {
                let rest = incoming.split_off(incoming.len().min(AT_ONCE));
                // Whoever appends ended by an error, and that is the one to report.
                if checked.blocking_send(std::mem::replace(&mut incoming, rest)).is_err() {
                    return Ok(());
                }
            }
        }
        std::io::Result::Ok(())
    });
    while let Some(batch) = waiting.recv().await {
        let taken = store.take(batch, source::now()).await;
        for taken in taken.with_context(|| format!("{name} could not be appended whole; load it again"))? {
            match taken {
                Taken::Appended(_) => sum.appended += 1,
                Taken::Repeated(_) => sum.repeated += 1,
                Taken::Quarantined { .. } => sum.quarantined += 1,
            }
        }
    }
    reading.await?.with_context(|| format!("{name} could not be read to its end"))?;
    progress.finish();
    Ok(())
}

fn check(block: RawBlock, received: Instant) -> Vec<Incoming> {
    match block {
        RawBlock::Lines(bytes, places) => {
            let bytes = Bytes::from(bytes);
            let lines = places.into_iter().map(|(line, place)| (line, bytes.slice(place))).collect();
            check_file_lines(lines, received)
        }
        RawBlock::Long(line, bytes) => {
            let checked = Err(Refusal::too_long(bytes.len() as u64));
            vec![Incoming { bytes: bytes.into(), received, line: Some(line), checked }]
        }
    }
}

/// Projects what was appended; says up to which position everything is in the read model.
async fn bring_up_to_date(store: &Arc<dyn Store>, rules: &Rules) -> anyhow::Result<u64> {
    loop {
        match project(store, rules).await {
            Ok(Some(position)) => return Ok(position),
            // A server on the same folder derives the lists anew, or has done so: what it left is to be done.
            Ok(None) | Err(StoreError::Overtaken) => tokio::time::sleep(WHILE_ANOTHER_DERIVES).await,
            Err(error) => return Err(error.into()),
        }
    }
}

/// Projects until everything is in the read model. None: another process has switched to another one.
async fn project(store: &Arc<dyn Store>, rules: &Rules) -> StoreResult<Option<u64>> {
    let work = Work::alone(Arc::clone(store), rules.clone());
    let kept = store.read_model().await?.filter(|model| model.rulebook == *rules.digest);
    let mut model = match kept {
        Some(model) => model,
        None => super::rebuild::anew(store, rules).await?,
    };
    loop {
        match work.once(&mut model, source::now()).await? {
            WorkDone::UpToDate => return Ok(Some(model.checkpoint)),
            WorkDone::Some => {}
            WorkDone::TooMuch => model = super::rebuild::anew(store, rules).await?,
            WorkDone::Replaced => return Ok(None),
        }
    }
}
