//! A first look: a synthetic county, what is late in one locality and why, how timely the work was, and what to ask next.

use crate::{Outcome, root, target_folder};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use xshell::{Shell, cmd};

/// The last day of the county. It is fixed, so that everyone sees what the README shows.
const UNTIL: &str = "2021-01-31";
/// The period that ends with it.
const PERIOD: &str = "2021-01";
/// The smallest locality, whose worklist fits a screen.
const LOCALITY: &str = "Cotswolds";
/// What its team managers ask for first.
const VISITS: &[&str] = &["--clock", "cp_visit", "--clock", "cin_visit", "--clock", "care_visit"];
/// Measures of several kinds.
const MEASURES: &[&str] = &[
    "initial_decision_timely",
    "assessment_timely",
    "icpc_timely",
    "cp_visit_timely",
    "cin_visit_timely",
    "care_visit_timely",
    "rereferral",
];

pub fn run(sh: &Shell) -> Outcome {
    let target = target_folder(sh)?;
    let demo =
        Demo { program: shown(&target.join("release/sightline")), events: shown(&target.join("demo/events.ndjson")) };
    println!("Building the program. The first time that takes some minutes.");
    cmd!(sh, "cargo build --release --package sightline").quiet().run()?;
    sh.create_dir(target.join("demo"))?;

    println!("\nA county of 1,000 open children, and two years of its events:\n");
    demo.simulate()?;
    println!("\nThe visits that are overdue or due soon in one locality on the last day:\n");
    let locality = ["--locality", LOCALITY];
    demo.show(&[&["worklist"], demo.at().as_slice(), &locality, VISITS].concat())?;
    println!("\nWhy the child protection visit that is overdue longest is due when it is:\n");
    demo.explain_overdue(&demo.longest_overdue()?)?;
    println!("\nHow timely the work of the last month was:\n");
    let measures: Vec<&str> = MEASURES.iter().flat_map(|id| ["--measure", *id]).collect();
    demo.show(&[&["measures", "--source", &demo.events, "--period", PERIOD], measures.as_slice()].concat())?;
    demo.say_what_is_next();
    Ok(())
}

/// A path as it is shortest to type: from the folder of the workspace, where it lies below it.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

struct Demo {
    program: String,
    events: String,
}

impl Demo {
    fn at(&self) -> [&str; 4] {
        ["--source", &self.events, "--at", UNTIL]
    }

    fn simulate(&self) -> Outcome {
        let words = ["simulate", "--children", "1000", "--years", "2", "--until", UNTIL];
        println!("$ {} {} > {}", self.program, line(&words), self.events);
        let events = File::create(root().join(&self.events))?;
        done(self.command(&words).stdout(events).status()?)
    }

    /// Shows a command as it would be typed, and what it prints.
    fn show(&self, words: &[&str]) -> Outcome {
        println!("$ {} {}\n", self.program, line(words));
        done(self.command(words).status()?)
    }

    /// Shows the part of an explanation that is about what is overdue; the rest is the child's whole past.
    fn explain_overdue(&self, subject: &str) -> Outcome {
        let words = [&["explain"], self.at().as_slice(), &["--subject", subject, "--clock", "cp_visit"]].concat();
        println!("$ {} {}\n", self.program, line(&words));
        let text = self.output(&words)?;
        let (shown, rest): (Vec<&str>, Vec<&str>) = text.split("\n\n").partition(|part| part.contains(": overdue by"));
        let left_out: usize = rest.iter().map(|part| part.lines().count()).sum();
        println!(
            "{}\n\n[{left_out} more lines: the child's earlier visits, and the quality of its data]",
            shown.join("\n\n")
        );
        Ok(())
    }

    /// The child whose protection visit is overdue longest.
    fn longest_overdue(&self) -> Result<String, Box<dyn std::error::Error>> {
        let query = ["--clock", "cp_visit", "--status", "overdue", "--format", "json"];
        let rows: serde_json::Value =
            serde_json::from_str(&self.output(&[&["worklist"], self.at().as_slice(), &query].concat())?)?;
        let subject = rows.pointer("/0/subject").and_then(serde_json::Value::as_str);
        Ok(subject.ok_or("no protection visit is overdue")?.to_owned())
    }

    fn output(&self, words: &[&str]) -> Result<String, Box<dyn std::error::Error>> {
        let output = self.command(words).stdout(Stdio::piped()).spawn()?.wait_with_output()?;
        done(output.status)?;
        Ok(String::from_utf8(output.stdout)?)
    }

    fn command(&self, words: &[&str]) -> Command {
        // The program may lie outside the workspace, in a target folder of one's own.
        let program: PathBuf = root().join(&self.program);
        let mut command = Command::new(program);
        command.args(words).current_dir(root()).stdin(Stdio::null());
        command
    }

    fn say_what_is_next(&self) {
        let Demo { program, events } = self;
        let folder = events.strip_suffix("/events.ndjson").unwrap_or(events);
        println!(
            "
What to try next:

    # everything that is overdue, as a spreadsheet reads it
    {program} worklist --source {events} --at {UNTIL} --status overdue --format csv > {folder}/overdue.csv
    # every measure for a year, by locality
    {program} measures --source {events} --period 2020-FY --at {UNTIL} --by locality
    # the same day as it was known a week before
    {program} worklist --source {events} --at {UNTIL} --known 2021-01-24 --locality {LOCALITY}
    # the rules, to change and to ask under
    {program} rulebook show > {folder}/rulebook.toml
    {program} rulebook check {folder}/rulebook.toml
    {program} worklist --source {events} --at {UNTIL} --rulebook {folder}/rulebook.toml
    # your own children: an Annex A workbook
    {program} import annex-a WORKBOOK.xlsx --as-at DATE > {folder}/annex-a.ndjson
    {program} worklist --source {folder}/annex-a.ndjson --at DATE
    # all there is
    {program} help"
        );
    }
}

/// Words as a shell takes them.
fn line(words: &[&str]) -> String {
    let quoted = words.iter().map(|word| if word.contains(' ') { format!("'{word}'") } else { (*word).to_owned() });
    quoted.collect::<Vec<_>>().join(" ")
}

fn done(status: std::process::ExitStatus) -> Outcome {
    if status.success() { Ok(()) } else { Err(format!("sightline ended with {status}").into()) }
}
