//! `sightline ledger copy`.

use super::counted;
use crate::arguments::LedgerCopy;
use crate::progress::Progress;
use crate::{Outcome, ledger};
use anyhow::{Context, bail};
use store::ledger::{Incoming, Stored, Taken, TreeHead};
use store::merkle::hex;
use store::quarantine::Standing;
use store::{Mode, Store};
use vocabulary::Checker;

/// How many tree heads are read at once.
const HEADS_AT_ONCE: u32 = 1_000;

/// The most events that are copied in one commit. Commits of the source that are smaller stay apart, so that every tree
/// head that somebody may have kept is in the copy as well.
const EVENTS_AT_ONCE: u32 = 10_000;

/// How many refused events are copied at once; each may have many megabytes.
const REFUSED_AT_ONCE: u32 = 20;

/// Copies a ledger and its quarantine into another that is empty.
pub fn copy(arguments: &LedgerCopy) -> anyhow::Result<Outcome> {
    let failed = || format!("{} could not be copied", ledger::shown(&arguments.from));
    ledger::run(async {
        let from = ledger::open(&arguments.from, Mode::Read).await?;
        let to = ledger::open(&arguments.to, Mode::Write).await?;
        let is_there = to.head().await?.size > 0 || !to.quarantined(Standing::All, 0, 1).await?.is_empty();
        if is_there {
            bail!("{} is not empty: a ledger is copied into an empty one", ledger::shown(&arguments.to));
        }
        let head = copy_events(&*from, &*to).await.with_context(failed)?;
        let refused = copy_quarantine(&*from, &*to).await.with_context(failed)?;
        println!("{} and {} copied", counted(head.size, "event"), counted(refused, "refused line"));
        println!("tree head   {}", hex(&head.root));
        println!("`sightline rebuild --source {}` derives its lists", ledger::shown(&arguments.to));
        Ok(Outcome::Done)
    })
}

/// Copies all events, commit by commit; gives the tree head, which is that of the source.
async fn copy_events(from: &dyn Store, to: &dyn Store) -> anyhow::Result<TreeHead> {
    let last = from.head().await?;
    let progress = Progress::count("copying the ledger", last.size);
    let mut copied = 0;
    while copied < last.size {
        for head in from.tree_heads(copied, HEADS_AT_ONCE).await?.into_iter().filter(|head| head.size <= last.size) {
            while copied < head.size {
                let limit = u32::try_from(head.size - copied).unwrap_or(EVENTS_AT_ONCE).min(EVENTS_AT_ONCE);
                let events = from.events_from(copied + 1, limit).await?;
                append(to, events, &head, copied).await?;
                copied = copied.saturating_add(u64::from(limit));
                progress.add(u64::from(limit));
            }
            let there = to.head().await?;
            if (there.size, there.root) != (head.size, head.root) {
                bail!(
                    "the tree of the first {} events is another than that of the source; run `sightline verify` on it",
                    head.size
                );
            }
        }
    }
    progress.finish();
    Ok(last)
}

/// Appends events as they were received, as of the instant of their commit.
async fn append(to: &dyn Store, events: Vec<Stored>, head: &TreeHead, copied: u64) -> anyhow::Result<()> {
    let mut checker = Checker::new();
    let incoming = events.into_iter().map(|event| Incoming {
        checked: checker.check_received(&event.bytes, event.received),
        bytes: event.bytes,
        received: event.received,
        line: None,
    });
    let at = head.at.context("a commit has no instant")?;
    for (place, taken) in (copied + 1..).zip(to.take(incoming.collect(), at).await?) {
        if taken != Taken::Appended(place) {
            bail!("the event at position {place} of the source is not acceptable; run `sightline verify` on it");
        }
    }
    Ok(())
}

/// Copies what was refused, with what was done about it.
async fn copy_quarantine(from: &dyn Store, to: &dyn Store) -> anyhow::Result<u64> {
    let mut after = 0;
    loop {
        let some = from.quarantined(Standing::All, after, REFUSED_AT_ONCE).await?;
        let Some(last) = some.last() else { return Ok(after) };
        after = last.number;
        to.copy_quarantined(some).await?;
    }
}
