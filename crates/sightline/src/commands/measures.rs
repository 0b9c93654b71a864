//! `sightline measures`.

use super::{measure_positions, rules};
use crate::arguments::{ByArgument, Format, Measures};
use crate::output::{print, write};
use crate::{Outcome, ask, source, tables};
use engine::{By, Frame, Record, figures};
use exchange::answers::{figures_csv, figures_json};

/// Computes the measures that were asked for.
pub fn measures(arguments: &Measures) -> anyhow::Result<Outcome> {
    let rulebook = rules(&arguments.rules)?;
    let measures = if arguments.measures.is_empty() {
        (0..rulebook.measures.len()).collect()
    } else {
        measure_positions(&rulebook, &arguments.measures)?
    };
    let by = match arguments.by {
        ByArgument::County => By::County,
        ByArgument::Locality => By::Locality,
        ByArgument::Team => By::Team,
        ByArgument::Worker => By::Worker,
    };
    let loaded = source::load(&arguments.sources)?;
    let at = arguments.times.at.unwrap_or_else(|| arguments.period.end().min(source::now()));
    let record = Record::as_known(&loaded.accepted, arguments.times.known);
    let frame = Frame::of(&rulebook, arguments.period.clone(), at);
    let tally = ask::tally(&record, &frame, &measures, by);
    let figures = figures(&tally, &frame, &measures);
    let period = arguments.period.as_str();
    match arguments.format {
        Format::Json => write(|out| figures_json(&figures, period, out))?,
        Format::Csv => write(|out| figures_csv(&figures, period, out))?,
        Format::Table => print(&tables::figures(&figures, &frame))?,
    }
    Ok(source::report_refused(&loaded, &arguments.sources))
}
