//! `sightline rulebook`.

use super::counted;
use crate::Outcome;
use crate::arguments::{Rulebook, RulebookWhat};
use crate::output::print;
use anyhow::Context;
use std::path::Path;

/// Checks a rulebook or shows the default one.
pub fn rulebook(arguments: &Rulebook) -> anyhow::Result<Outcome> {
    match &arguments.what {
        RulebookWhat::Check { file } => check(file),
        RulebookWhat::Show => {
            print(::rulebook::DEFAULT)?;
            Ok(Outcome::Done)
        }
    }
}

fn check(file: &Path) -> anyhow::Result<Outcome> {
    let name = file.display();
    let bytes = std::fs::read(file).with_context(|| format!("{name} could not be read"))?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line =
                error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|byte| **byte == b'\n').count();
            print(&format!("{name}: line {}: the text is not UTF-8\n", line + 1))?;
            return Ok(Outcome::NotAll);
        }
    };
    match ::rulebook::read(&text) {
        Err(mistakes) => {
            let lines: String = mistakes.iter().map(|mistake| format!("{name}: {mistake}\n")).collect();
            print(&format!("{lines}{name}: {}\n", counted(mistakes.len(), "mistake")))?;
            Ok(Outcome::NotAll)
        }
        Ok(read) => {
            let lines: String = read.warnings.iter().map(|warning| format!("{name}: warning: {warning}\n")).collect();
            let (clocks, measures) = (read.rulebook.clocks.len(), read.rulebook.measures.len());
            let (clocks, measures) = (counted(clocks, "clock"), counted(measures, "measure"));
            print(&format!("{lines}{name}: no mistakes; {clocks}, {measures}\n"))?;
            Ok(Outcome::Done)
        }
    }
}
