//! One file per command.

mod demo;
mod explain;
mod export;
mod import;
mod ledger_copy;
mod load;
mod measures;
mod migrate;
mod quarantine;
mod rebuild;
mod rulebook;
mod schema;
mod serve;
mod simulate;
mod verify;
mod worklist;

pub use demo::{demo, line};
pub use explain::explain;
pub use export::export;
pub use import::import;
pub use ledger_copy::copy;
pub use load::load;
pub use measures::measures;
pub use migrate::migrate;
pub use quarantine::quarantine;
pub use rebuild::rebuild;
pub use rulebook::rulebook;
pub use schema::schema;
pub use serve::serve;
pub use simulate::simulate;
pub use verify::verify;
pub use worklist::worklist;

use crate::arguments::Rules;
use ::rulebook::{Rulebook, did_you_mean};
use anyhow::{Context, anyhow, bail};
use std::borrow::Cow;

/// The rulebook that was asked for, or the one that ships with the program.
fn rules(rules: &Rules) -> anyhow::Result<Cow<'static, Rulebook>> {
    if rules.rulebook.is_none() {
        return Ok(Cow::Borrowed(::rulebook::default_rulebook()));
    }
    let read = ::rulebook::read(&rules_text(rules)?);
    read.map(|read| Cow::Owned(read.rulebook)).map_err(|mistakes| mistaken(rules, mistakes.len()))
}

/// The same, with its text, for what is kept under it.
fn kept_rules(rules: &Rules) -> anyhow::Result<services::Rules> {
    services::Rules::read(&rules_text(rules)?).map_err(|error| mistaken(rules, error.0.len()))
}

fn rules_text(rules: &Rules) -> anyhow::Result<Cow<'static, str>> {
    match &rules.rulebook {
        None => Ok(Cow::Borrowed(::rulebook::DEFAULT)),
        Some(file) => {
            let text = std::fs::read_to_string(file);
            Ok(Cow::Owned(text.with_context(|| format!("{} could not be read", file.display()))?))
        }
    }
}

fn mistaken(rules: &Rules, mistakes: usize) -> anyhow::Error {
    let name = rules.rulebook.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    anyhow!("{name} has {}; `sightline rulebook check {name}` names them", counted(mistakes, "mistake"))
}

/// "1 mistake", "2 mistakes".
fn counted(number: impl TryInto<u64>, what: &str) -> String {
    let number: u64 = number.try_into().unwrap_or(u64::MAX);
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The positions in the rulebook of the kinds of clock with those ids.
fn clock_positions(rulebook: &Rulebook, ids: &[String]) -> anyhow::Result<Vec<usize>> {
    let known: Vec<&str> = rulebook.clocks.iter().map(|rule| rule.id.as_str()).collect();
    positions(&known, ids, "clock")
}

/// The positions in the rulebook of the measures with those ids.
fn measure_positions(rulebook: &Rulebook, ids: &[String]) -> anyhow::Result<Vec<usize>> {
    let known: Vec<&str> = rulebook.measures.iter().map(|measure| measure.id.as_str()).collect();
    positions(&known, ids, "measure")
}

fn positions(known: &[&str], ids: &[String], what: &str) -> anyhow::Result<Vec<usize>> {
    let mut positions = Vec::with_capacity(ids.len());
    for id in ids {
        match known.iter().position(|one| one == id) {
            Some(position) => positions.push(position),
            None => bail!("the rulebook has no {what} `{id}`{}", did_you_mean(id, known.iter().copied())),
        }
    }
    positions.sort_unstable();
    positions.dedup();
    Ok(positions)
}
