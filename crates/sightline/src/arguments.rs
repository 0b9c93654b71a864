//! The command line, as command-line.md has it.

use calendar::london::end_of_day;
use calendar::{Date, Instant, Period};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Shows which children have not been seen, assessed, planned for or reviewed in time, and why.
#[derive(Parser)]
#[command(name = "sightline", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Lists clocks: by default those overdue and due soon
    Worklist(Worklist),
    /// Computes measures for a period
    Measures(Measures),
    /// Says why each clock of a child is what it is
    Explain(Explain),
    /// Lists the lines that were refused, and why
    Quarantine(Quarantine),
    /// Turns other people's files into events, on standard output
    Import(Import),
    /// Makes the events of a synthetic county, on standard output
    Simulate(Simulate),
    /// Prints the JSON Schema of an event type, or the names of all types
    Schema(Schema),
    /// Checks a rulebook, or shows the one that ships with the program
    Rulebook(Rulebook),
    /// Serves a synthetic county at work: ledger, lists and pages, with nothing to install
    Demo(Demo),
    /// Serves a ledger: takes events, keeps the lists, shows the pages
    Serve(Serve),
    /// Appends files of events to a ledger
    Load(Load),
    /// Writes the accepted events in ledger order, on standard output
    Export(Export),
    /// Recomputes the tree over a ledger, and replays it against the read model
    Verify(Verify),
    /// Derives the read model of a ledger anew, and switches to it
    Rebuild(Rebuild),
    /// Makes the tables of a PostgreSQL database, or brings them up to date
    Migrate(Migrate),
    /// Moves ledgers
    Ledger(Ledger),
}

/// How a server is reached.
#[derive(Args)]
pub struct Listening {
    /// The address to listen on
    #[arg(long, env = "SIGHTLINE_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Listens on an address that other machines can reach: something in front must check who comes in
    #[arg(long, env = "SIGHTLINE_ALLOW_REMOTE")]
    pub allow_remote: bool,
}

#[derive(Args)]
pub struct Demo {
    /// Where the county's ledger is kept; the same folder goes on where it was
    #[arg(long, env = "SIGHTLINE_DATA", value_name = "DIR", default_value = "sightline-demo")]
    pub data: PathBuf,
    #[command(flatten)]
    pub listening: Listening,
    /// How many times as fast as the real one the county's clock goes
    #[arg(long, env = "SIGHTLINE_SPEED", value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub speed: u32,
    /// How many children are open; only for a new county
    #[arg(long, env = "SIGHTLINE_CHILDREN", value_name = "NUMBER", default_value_t = 5_000)]
    pub children: u32,
    /// How many years of history they have; only for a new county
    #[arg(long, env = "SIGHTLINE_YEARS", value_name = "NUMBER", default_value_t = 4)]
    pub years: u32,
    /// The same seed makes the same county; only for a new county
    #[arg(long, env = "SIGHTLINE_SEED", value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    #[command(flatten)]
    pub rules: Rules,
}

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub listening: Listening,
    /// The name of the authority, as pages show it
    #[arg(long, env = "SIGHTLINE_AUTHORITY", value_name = "NAME")]
    pub authority: Option<String>,
    #[command(flatten)]
    pub rules: Rules,
}

/// Where a ledger is that is written to.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Place {
    /// The folder with the ledger; it is made where it is not there
    #[arg(long, env = "SIGHTLINE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The PostgreSQL database with the ledger (postgres://…)
    #[arg(long, env = "SIGHTLINE_POSTGRES", value_name = "URL", hide_env_values = true)]
    pub postgres: Option<String>,
}

#[derive(Args)]
pub struct Load {
    #[command(flatten)]
    pub place: Place,
    /// Files of events, one a line, plain or gzipped; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    #[command(flatten)]
    pub rules: Rules,
}

#[derive(Args)]
pub struct Export {
    /// A ledger (sqlite:PATH or postgres://…), or files of events
    #[arg(long = "source", value_name = "SOURCE", required = true)]
    pub sources: Vec<String>,
    /// Only from this position of the ledger on
    #[arg(long, value_name = "POSITION", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub from: u64,
}

#[derive(Args)]
pub struct Verify {
    /// A ledger (sqlite:PATH or postgres://…)
    #[arg(long, value_name = "SOURCE")]
    pub source: String,
}

#[derive(Args)]
pub struct Rebuild {
    /// A ledger (sqlite:PATH or postgres://…)
    #[arg(long, value_name = "SOURCE")]
    pub source: String,
    #[command(flatten)]
    pub rules: Rules,
}

#[derive(Args)]
pub struct Migrate {
    /// The database (postgres://…), as a user to whom its tables shall belong
    #[arg(long, env = "SIGHTLINE_POSTGRES", value_name = "URL", hide_env_values = true)]
    pub postgres: String,
}

#[derive(Args)]
pub struct Ledger {
    #[command(subcommand)]
    pub what: LedgerWhat,
}

#[derive(Subcommand)]
pub enum LedgerWhat {
    /// Copies a ledger and its quarantine into another that is empty, tree head unchanged
    Copy(LedgerCopy),
}

#[derive(Args)]
pub struct LedgerCopy {
    /// The ledger (sqlite:PATH or postgres://…)
    #[arg(long, value_name = "SOURCE")]
    pub from: String,
    /// Where to; sqlite:PATH is made where it is not there, a PostgreSQL database must be migrated
    #[arg(long, value_name = "SOURCE")]
    pub to: String,
}

/// Where events come from.
#[derive(Args)]
pub struct Sources {
    /// A file of events, one a line, plain or gzipped, or a ledger (sqlite:PATH or postgres://…); several are read as one; - is standard input
    #[arg(long = "source", value_name = "SOURCE", required = true)]
    pub sources: Vec<String>,
    /// Writes the lines that are refused to this file, whole
    #[arg(long, value_name = "FILE")]
    pub quarantine: Option<PathBuf>,
}

/// The rules.
#[derive(Args)]
pub struct Rules {
    /// The rulebook; by default the one that ships with the program
    #[arg(long, env = "SIGHTLINE_RULEBOOK", value_name = "FILE")]
    pub rulebook: Option<PathBuf>,
}

/// The two times of a question.
#[derive(Args)]
pub struct Times {
    /// As at this instant (RFC 3339), or the end of this day
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub at: Option<Instant>,
    /// As known at this instant, or by the end of this day; by default everything on record
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub known: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum StatusArgument {
    All,
    OnTrack,
    DueSoon,
    Overdue,
    Met,
    Late,
    Cancelled,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByArgument {
    County,
    Locality,
    Team,
    Worker,
}

#[derive(Args)]
pub struct Worklist {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub times: Times,
    /// Only this kind of clock; may be given several times
    #[arg(long = "clock", value_name = "ID")]
    pub clocks: Vec<String>,
    /// Only clocks of this status; may be given several times
    #[arg(long = "status", value_name = "STATUS")]
    pub statuses: Vec<StatusArgument>,
    /// Only this locality; may be given several times
    #[arg(long = "locality", value_name = "NAME")]
    pub localities: Vec<String>,
    /// Only this team; may be given several times
    #[arg(long = "team", value_name = "NAME")]
    pub teams: Vec<String>,
    /// Only this worker; may be given several times
    #[arg(long = "worker", value_name = "ID")]
    pub workers: Vec<String>,
    #[command(flatten)]
    pub rules: Rules,
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

#[derive(Args)]
pub struct Measures {
    #[command(flatten)]
    pub sources: Sources,
    /// 2021-01, 2020-Q4 (January to March 2021), 2020-FY or 2021-01-R12 (the 12 months that end with January 2021)
    #[arg(long, value_parser = period)]
    pub period: Period,
    #[command(flatten)]
    pub times: Times,
    /// Only this measure; may be given several times
    #[arg(long = "measure", value_name = "ID")]
    pub measures: Vec<String>,
    /// Also by group
    #[arg(long, value_enum, default_value = "county")]
    pub by: ByArgument,
    #[command(flatten)]
    pub rules: Rules,
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

#[derive(Args)]
pub struct Explain {
    #[command(flatten)]
    pub sources: Sources,
    /// Whose clocks: child/…, carer/…
    #[arg(long)]
    pub subject: String,
    /// Only this kind of clock
    #[arg(long, value_name = "ID")]
    pub clock: Option<String>,
    #[command(flatten)]
    pub times: Times,
    #[command(flatten)]
    pub rules: Rules,
    #[arg(long, value_enum, default_value = "text")]
    pub format: TextFormat,
}

#[derive(Args)]
pub struct Quarantine {
    #[command(flatten)]
    pub sources: Sources,
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    pub what: ImportWhat,
}

#[derive(Subcommand)]
pub enum ImportWhat {
    /// An Ofsted Annex A workbook (.xlsx), lists 1 to 9
    AnnexA(AnnexA),
}

#[derive(Args)]
pub struct AnnexA {
    /// The workbook
    pub workbook: PathBuf,
    /// The day that the workbook describes
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_at: Date,
    /// What was imported before: only what is new or changed comes out
    #[arg(long = "against", value_name = "SOURCE")]
    pub against: Vec<String>,
}

#[derive(Args)]
pub struct Simulate {
    /// How many children are open at the end
    #[arg(long)]
    pub children: u32,
    /// How many years of history they have
    #[arg(long)]
    pub years: u32,
    /// The same seed makes the same county
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Date,
}

#[derive(Args)]
pub struct Schema {
    /// An event type, such as visit.completed; without it the names of all types
    pub event_type: Option<String>,
}

#[derive(Args)]
pub struct Rulebook {
    #[command(subcommand)]
    pub what: RulebookWhat,
}

#[derive(Subcommand)]
pub enum RulebookWhat {
    /// Names every mistake in a rulebook, with its line and column
    Check { file: PathBuf },
    /// Prints the rulebook that ships with the program, to start one's own from
    Show,
}

fn instant(text: &str) -> Result<Instant, String> {
    if let Some(date) = Date::parse(text) {
        return Ok(end_of_day(date));
    }
    Instant::parse(text)
        .map_err(|error| format!("{error}; expected a day (2021-01-31) or a time (2021-01-31T09:30:00Z)"))
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a day of the calendar, such as 2021-01-31".to_owned())
}

fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).map_err(|error| error.to_string())
}
