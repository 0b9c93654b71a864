//! `sightline worklist`.

use super::{clock_positions, rules};
use crate::arguments::{Format, StatusArgument, Worklist};
use crate::output::{print, write};
use crate::{Outcome, ask, source, tables};
use engine::{Record, Status, WorklistFilter};
use exchange::answers::{worklist_csv, worklist_json};

/// Lists the clocks that were asked for.
pub fn worklist(arguments: &Worklist) -> anyhow::Result<Outcome> {
    let rulebook = rules(&arguments.rules)?;
    let filter = WorklistFilter {
        kinds: clock_positions(&rulebook, &arguments.clocks)?,
        statuses: statuses(&arguments.statuses),
        localities: arguments.localities.clone(),
        teams: arguments.teams.clone(),
        workers: arguments.workers.clone(),
    };
    let loaded = source::load(&arguments.sources)?;
    let at = arguments.times.at.unwrap_or_else(source::now);
    let record = Record::as_known(&loaded.accepted, arguments.times.known);
    let rows = ask::rows(&record, at, &rulebook, &filter);
    match arguments.format {
        Format::Json => write(|out| worklist_json(&rows, &rulebook, out))?,
        Format::Csv => write(|out| worklist_csv(&rows, &rulebook, out))?,
        Format::Table => print(&tables::worklist(&rows, at, &rulebook))?,
    }
    Ok(source::report_refused(&loaded, &arguments.sources))
}

fn statuses(arguments: &[StatusArgument]) -> Vec<Status> {
    if arguments.is_empty() {
        return vec![Status::Overdue, Status::DueSoon];
    }
    let of = |argument: &StatusArgument| match argument {
        StatusArgument::All => Status::ALL.to_vec(),
        StatusArgument::OnTrack => vec![Status::OnTrack],
        StatusArgument::DueSoon => vec![Status::DueSoon],
        StatusArgument::Overdue => vec![Status::Overdue],
        StatusArgument::Met => vec![Status::Met],
        StatusArgument::Late => vec![Status::Late],
        StatusArgument::Cancelled => vec![Status::Cancelled],
    };
    arguments.iter().flat_map(of).collect()
}
