//! One file per command.

mod explain;
mod import;
mod measures;
mod quarantine;
mod rulebook;
mod schema;
mod simulate;
mod worklist;

pub use explain::explain;
pub use import::import;
pub use measures::measures;
pub use quarantine::quarantine;
pub use rulebook::rulebook;
pub use schema::schema;
pub use simulate::simulate;
pub use worklist::worklist;

use crate::arguments::Rules;
use ::rulebook::{Rulebook, did_you_mean};
use anyhow::{Context, bail};
use std::borrow::Cow;

/// The rulebook that was asked for, or the one that ships with the program.
fn rules(rules: &Rules) -> anyhow::Result<Cow<'static, Rulebook>> {
    let Some(file) = &rules.rulebook else {
        return Ok(Cow::Borrowed(::rulebook::default_rulebook()));
    };
    let text = std::fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
    match ::rulebook::read(&text) {
        Ok(read) => Ok(Cow::Owned(read.rulebook)),
        Err(mistakes) => {
            let name = file.display();
            bail!("{name} has {}; `sightline rulebook check {name}` names them", counted(mistakes.len(), "mistake"))
        }
    }
}

/// "1 mistake", "2 mistakes".
fn counted(number: usize, what: &str) -> String {
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
