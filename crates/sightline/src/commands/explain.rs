//! `sightline explain`.

use super::{clock_positions, rules};
use crate::arguments::{Explain, TextFormat};
use crate::output::print;
use crate::{Outcome, source, tables};
use anyhow::{Context, bail};
use engine::{Case, History, Record, findings};
use exchange::answers::{Explained, explanation_json};
use vocabulary::Subject;

/// Explains the clocks of one subject.
pub fn explain(arguments: &Explain) -> anyhow::Result<Outcome> {
    let rulebook = rules(&arguments.rules)?;
    let subject = Subject::parse(&arguments.subject)
        .with_context(|| format!("`{}` is no subject; expected child/ or carer/ and a UUID", arguments.subject))?;
    let clock: Vec<String> = arguments.clock.iter().cloned().collect();
    let kind = clock_positions(&rulebook, &clock)?.first().copied();
    let loaded = source::load(&arguments.sources)?;
    let at = arguments.times.at.unwrap_or_else(source::now);
    let record = Record::as_known(&loaded.accepted, arguments.times.known);
    let history = record.bundle(&subject).and_then(|bundle| History::of(&bundle, at));
    let Some(history) = history else {
        bail!("no event of {subject} is on record{}", if arguments.times.known.is_some() { " by then" } else { "" });
    };
    let case = Case::of(&history, &rulebook);
    let (clocks, findings) = (engine::explain(&case, kind), findings(&case));
    let known = arguments.times.known;
    match arguments.format {
        TextFormat::Json => {
            print(&explanation_json(&Explained { case: &case, known, clocks: &clocks, findings: &findings }))?;
        }
        TextFormat::Text => print(&tables::explanation(&case, &subject, &clocks, &findings))?,
    }
    Ok(source::report_refused(&loaded, &arguments.sources))
}
