//! Proof that nothing was rewritten: the Merkle tree over the ledger, and a replay against the read model.

use crate::derive;
use crate::projector::off_the_runtime;
use crate::rules::Rules;
use calendar::Instant;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::ledger::{Position, SubjectNumber, TreeHead};
use store::merkle::{self, Frontier};
use store::read_model::{ReadModel, SubjectRows};
use store::{Store, StoreError, StoreResult};

/// How many events are read at once.
const EVENTS_AT_ONCE: u32 = 10_000;

/// How many tree heads are read at once.
const HEADS_AT_ONCE: u32 = 10_000;

/// How many mistakes are told in full; of more only the number.
const MOST_TOLD: usize = 100;

/// What verifying is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifyStep {
    /// The events and the tree over them.
    Ledger,
    /// The replay against the read model.
    ReadModel,
}

/// What verifying found.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// How many events the ledger has.
    pub events: u64,
    /// How many commits' tree heads were recomputed.
    pub tree_heads: u64,
    /// The end of the ledger.
    pub head: Option<TreeHead>,
    /// Up to which position the read model was replayed; none: there is no read model.
    pub replayed_to: Option<Position>,
    /// How many subjects' rows were derived again and compared.
    pub subjects: u64,
    /// How many clocks were compared.
    pub clocks: u64,
    /// What is wrong, in sentences, at most the first hundred.
    pub wrong: Vec<String>,
    /// How much is wrong.
    pub wrong_in_all: u64,
}

impl Verified {
    /// Whether everything is as it should be.
    pub fn holds(&self) -> bool {
        self.wrong_in_all == 0
    }

    fn wrong(&mut self, what: String) {
        self.wrong_in_all += 1;
        if self.wrong.len() < MOST_TOLD {
            self.wrong.push(what);
        }
    }
}

/// Recomputes the tree over the ledger, and replays the ledger against the read model, row by row. `progress` is told
/// how many of how many events have been read.
///
/// # Errors
///
/// Where the store cannot be read at all. What can be read and is wrong is in the result.
pub async fn verify(
    store: &Arc<dyn Store>,
    progress: impl Fn(VerifyStep, u64, u64) + Send + Sync,
) -> StoreResult<Verified> {
    let head = store.head().await?;
    let mut verified = Verified { events: head.size, head: Some(head), ..Verified::default() };
    verify_ledger(store, &head, &mut verified, |done| progress(VerifyStep::Ledger, done, head.size)).await?;
    if let Some(model) = store.read_model().await? {
        let total = model.checkpoint;
        let told = |done| progress(VerifyStep::ReadModel, done, total);
        verify_read_model(store, &model, &mut verified, told).await?;
    }
    Ok(verified)
}

async fn verify_ledger(
    store: &Arc<dyn Store>,
    head: &TreeHead,
    verified: &mut Verified,
    progress: impl Fn(u64) + Send + Sync,
) -> StoreResult<()> {
    let mut frontier = Frontier::new();
    let mut heads: Vec<TreeHead> = Vec::new();
    loop {
        progress(frontier.size());
        let from = frontier.size() + 1;
        let events = store.events_from(from, EVENTS_AT_ONCE).await?;
        let Some(last) = events.last().map(|event| event.position) else { break };
        // What was appended since verifying began is for the next time.
        let last = last.min(head.size);
        for wrong in store.check(from, last).await? {
            verified.wrong(wrong);
        }
        for event in events.into_iter().take_while(|event| event.position <= head.size) {
            if event.position != frontier.size() + 1 {
                verified.wrong(format!("position {} is missing", frontier.size() + 1));
                return Ok(());
            }
            frontier.append(merkle::leaf(event.received, &event.bytes));
            if heads.last().is_none_or(|next| next.size < event.position) {
                heads = store.tree_heads(event.position - 1, HEADS_AT_ONCE).await?;
                heads.reverse();
            }
            if let Some(next) = heads.pop_if(|next| next.size == event.position) {
                verified.tree_heads += 1;
                if next.root != frontier.root() {
                    let (theirs, ours) = (merkle::hex(&next.root), merkle::hex(&frontier.root()));
                    verified.wrong(format!(
                        "the tree over the first {} events has the root {ours}; committed was {theirs}",
                        next.size
                    ));
                }
            }
        }
        if frontier.size() >= head.size {
            break;
        }
    }
    progress(frontier.size());
    if frontier.size() != head.size {
        verified.wrong(format!("{} events were committed, and {} are there", head.size, frontier.size()));
    } else if head.size > 0 && frontier.root() != head.root {
        verified.wrong(format!("the root over all {} events is not the one that was committed", head.size));
    }
    Ok(())
}

async fn verify_read_model(
    store: &Arc<dyn Store>,
    model: &ReadModel,
    verified: &mut Verified,
    progress: impl Fn(u64) + Send + Sync,
) -> StoreResult<()> {
    let text = store.rulebook_text(&model.rulebook).await?;
    let text = text.ok_or_else(|| StoreError::Damaged(format!("the rulebook {} is not there", model.rulebook)))?;
    if store::rulebook_digest(&text) != model.rulebook {
        verified.wrong(format!("the text of the rulebook is not the one with the digest {}", model.rulebook));
    }
    let rules = Rules::read(&text).map_err(|error| StoreError::Unusable(error.to_string()))?;
    for wrong in store.check_tallies(model.slot).await? {
        verified.wrong(wrong);
    }
    let (mut after, mut done): (Option<SubjectNumber>, u64) = (None, 0);
    loop {
        progress(done);
        let families = store.families_after(after, u64::from(EVENTS_AT_ONCE)).await?;
        let Some(last) = families.last().and_then(|family| family.first().copied()) else { break };
        after = Some(last);
        let numbers: Vec<SubjectNumber> = families.iter().flatten().copied().collect();
        let kept = store.rows_of(model.slot, &numbers).await?;
        let families = derive::events_of(&**store, families, model.checkpoint).await?;
        done += families.iter().map(|family| family.events.len() as u64).sum::<u64>();
        let (rules, checkpoint) = (rules.clone(), model.checkpoint);
        let found = off_the_runtime(move || Ok(compare(families, kept, checkpoint, &rules))).await?;
        verified.subjects += found.subjects;
        verified.clocks += found.clocks;
        for wrong in found.wrong {
            verified.wrong(wrong);
        }
    }
    progress(done);
    verified.replayed_to = Some(model.checkpoint);
    Ok(())
}

#[derive(Default)]
struct Found {
    subjects: u64,
    clocks: u64,
    wrong: Vec<String>,
}

fn compare(
    families: Vec<derive::FamilyEvents>,
    kept: Vec<(SubjectRows, Position)>,
    checkpoint: Position,
    rules: &Rules,
) -> Found {
    let mut found = Found::default();
    let mut kept: HashMap<SubjectNumber, SubjectRows> = kept
        .into_iter()
        .map(|(rows, position)| {
            if position > checkpoint {
                found.wrong.push(format!("{} was derived from a position after the checkpoint", rows.subject));
            }
            (rows.number, rows)
        })
        .collect();
    for family in families {
        let rows: BTreeMap<SubjectNumber, SubjectRows> =
            family.members.iter().filter_map(|number| kept.remove(number).map(|rows| (*number, rows))).collect();
        // Rows are right as at the instant they were derived for, until they change by themselves.
        let instants: BTreeSet<Instant> = rows.values().map(|rows| rows.derived_at).collect();
        let at = instants.last().copied();
        let Some(at) = at else {
            if !family.events.is_empty() {
                found.wrong.push(format!("{} has events and no rows", name(&family)));
            }
            continue;
        };
        match derive::derive_family(&family, at, &rules.rulebook) {
            Ok(derived) => compare_rows(derived, rows, &mut found),
            Err(error) => found.wrong.push(error.to_string()),
        }
    }
    found
}

fn compare_rows(derived: Vec<SubjectRows>, mut kept: BTreeMap<SubjectNumber, SubjectRows>, found: &mut Found) {
    for mut again in derived {
        found.subjects += 1;
        found.clocks += again.clocks.len() as u64;
        let Some(rows) = kept.remove(&again.number) else {
            found.wrong.push(format!("{} has events and no rows", again.subject));
            continue;
        };
        // Members of a family are derived together, and one may have been derived again since without changing.
        again.derived_at = rows.derived_at;
        if again != rows {
            found.wrong.push(format!("{}: {}", again.subject, what_differs(&again, &rows)));
        }
    }
    for rows in kept.into_values() {
        found.wrong.push(format!("{} has rows, and a replay gives none", rows.subject));
    }
}

fn what_differs(again: &SubjectRows, kept: &SubjectRows) -> String {
    if again.clocks != kept.clocks {
        let differing = again.clocks.iter().zip(&kept.clocks).find(|(again, kept)| again != kept);
        return match differing {
            Some((again, kept)) => format!("a replay gives the clock {again:?}, and the read model has {kept:?}"),
            None => {
                format!("a replay gives {} clocks, and the read model has {}", again.clocks.len(), kept.clocks.len())
            }
        };
    }
    if again.findings != kept.findings {
        return "a replay gives other findings".to_owned();
    }
    format!("a replay gives {again:?}, and the read model has {kept:?}")
}

fn name(family: &derive::FamilyEvents) -> String {
    family.subjects.first().map_or_else(|| "a family".to_owned(), |(_, subject)| subject.to_string())
}
