//! `sightline rebuild`.

use super::kept_rules;
use crate::arguments::Rebuild;
use crate::progress::Progress;
use crate::{Outcome, ledger, source};
use anyhow::Context;
use services::{Rules, Work, WorkDone};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::read_model::ReadModel;
use store::{Mode, Store, StoreResult};

/// Derives the read model anew, and switches to it.
pub fn rebuild(arguments: &Rebuild) -> anyhow::Result<Outcome> {
    ledger::run(async {
        let rules = kept_rules(&arguments.rules)?;
        let store = ledger::open(&arguments.source, Mode::Write).await?;
        let model = anew(&store, &rules)
            .await
            .with_context(|| format!("{} could not be rebuilt", ledger::shown(&arguments.source)))?;
        println!("the read model was derived anew, up to position {}", model.checkpoint);
        Ok(Outcome::Done)
    })
}

/// Derives a read model beside the old one, catches up with what came meanwhile, and switches.
pub async fn anew(store: &Arc<dyn Store>, rules: &Rules) -> StoreResult<ReadModel> {
    let total = store.head().await?.size;
    let progress = Progress::count("deriving the lists", total);
    let told = AtomicU64::new(0);
    let tell = |done: u64, _| progress.add(done.saturating_sub(told.swap(done, Ordering::Relaxed)));
    let mut model = services::rebuild(store, rules, source::now(), tell).await?;
    let work = Work::alone(Arc::clone(store), rules.clone());
    while work.once(&mut model, source::now()).await? == WorkDone::Some {}
    store.switch_to(model.slot).await?;
    progress.finish();
    Ok(model)
}
