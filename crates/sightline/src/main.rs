//! The `sightline` command: who is overdue, how timely the work was, and why.
//!
//! Wiring only: it reads arguments, opens files, asks the engine and prints what it says. Exit status 0: done; 1: what
//! was asked for does not hold, or events were refused; 2: wrong use, or something could not be read.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod arguments;
mod ask;
mod at_work;
mod commands;
mod ledger;
mod output;
mod progress;
mod serving;
mod source;
mod tables;

use arguments::{Arguments, Command, LedgerWhat};
use clap::Parser;
use std::process::ExitCode;

/// How a command ended that did what it could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Done,
    /// What was asked for does not hold, or events were refused.
    NotAll,
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NotAll) => ExitCode::from(1),
        // Whoever reads standard output has seen enough (`| head`).
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sightline: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Worklist(arguments) => commands::worklist(arguments),
        Command::Measures(arguments) => commands::measures(arguments),
        Command::Explain(arguments) => commands::explain(arguments),
        Command::Quarantine(arguments) => commands::quarantine(arguments),
        Command::Import(arguments) => commands::import(arguments),
        Command::Simulate(arguments) => commands::simulate(arguments),
        Command::Schema(arguments) => commands::schema(arguments),
        Command::Rulebook(arguments) => commands::rulebook(arguments),
        Command::Demo(arguments) => commands::demo(arguments),
        Command::Serve(arguments) => commands::serve(arguments),
        Command::Load(arguments) => commands::load(arguments),
        Command::Export(arguments) => commands::export(arguments),
        Command::Verify(arguments) => commands::verify(arguments),
        Command::Rebuild(arguments) => commands::rebuild(arguments),
        Command::Migrate(arguments) => commands::migrate(arguments),
        Command::Ledger(arguments) => match &arguments.what {
            LedgerWhat::Copy(arguments) => commands::copy(arguments),
        },
    }
}
