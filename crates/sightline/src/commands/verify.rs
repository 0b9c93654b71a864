//! `sightline verify`.

use super::counted;
use crate::arguments::Verify;
use crate::progress::Progress;
use crate::{Outcome, ledger};
use anyhow::Context;
use services::{Verified, VerifyStep};
use std::sync::atomic::{AtomicU64, Ordering};
use store::Mode;
use store::merkle::hex;

/// Recomputes the tree over a ledger, and replays it against the read model.
pub fn verify(arguments: &Verify) -> anyhow::Result<Outcome> {
    ledger::run(async {
        let store = ledger::open(&arguments.source, Mode::Read).await?;
        let size =
            store.head().await.with_context(|| format!("{} could not be read", ledger::shown(&arguments.source)))?.size;
        let steps = [Step::new("recomputing the tree", size), Step::new("replaying the ledger", size)];
        let [ledger, read_model] = &steps;
        let progress = |step, done, _| match step {
            VerifyStep::Ledger => ledger.tell(done),
            VerifyStep::ReadModel => read_model.tell(done),
        };
        let verified = services::verify(&store, progress).await;
        let verified =
            verified.with_context(|| format!("{} could not be verified", ledger::shown(&arguments.source)))?;
        steps.iter().for_each(|step| step.progress.finish());
        print(&verified);
        Ok(if verified.holds() { Outcome::Done } else { Outcome::NotAll })
    })
}

struct Step {
    progress: Progress,
    told: AtomicU64,
}

impl Step {
    fn new(what: &'static str, total: u64) -> Step {
        Step { progress: Progress::count(what, total), told: AtomicU64::new(0) }
    }

    fn tell(&self, done: u64) {
        self.progress.add(done.saturating_sub(self.told.swap(done, Ordering::Relaxed)));
    }
}

fn print(verified: &Verified) {
    let heads = counted(verified.tree_heads, "commit");
    println!("ledger      {}, the tree recomputed at {heads}", counted(verified.events, "event"));
    if let Some(head) = &verified.head {
        println!("tree head   {}", hex(&head.root));
    }
    match verified.replayed_to {
        None => println!("read model  there is none yet"),
        Some(position) => println!(
            "read model  replayed up to position {position}: {} with {} compared",
            counted(verified.subjects, "subject"),
            counted(verified.clocks, "clock")
        ),
    }
    for wrong in &verified.wrong {
        println!("wrong       {wrong}");
    }
    let untold = verified.wrong_in_all.saturating_sub(verified.wrong.len() as u64);
    if untold > 0 {
        println!("            and {untold} more");
    }
    println!("{}", if verified.holds() { "everything is as it was written" } else { "this does not hold" });
}
