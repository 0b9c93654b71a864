//! A first look: a synthetic county at work, in the browser.

use crate::{Outcome, assets, root, target_folder};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use xshell::{Shell, cmd};

/// What says where the county's ledger is kept; without either it lies among what is built.
const DATA: &str = "--data";
const DATA_VARIABLE: &str = "SIGHTLINE_DATA";

/// Builds the program and runs its `demo` with the given words, in the foreground. Returns only if it cannot be run.
pub fn run(sh: &Shell, words: &[&str]) -> Outcome {
    if let Err(error) = assets::build(sh) {
        eprintln!("{error}\nGoing on with the style sheet and the script that the repository keeps.");
    }
    sh.change_dir(root());
    println!("Building the program. The first time that takes some minutes.");
    cmd!(sh, "cargo build --release --package sightline").quiet().run()?;
    let target = target_folder(sh)?;
    let (program, folder) = (target.join("release/sightline"), data_folder(&target, words));
    say_what_is_next(&program, &folder);
    let mut demo = Command::new(&program);
    demo.arg("demo").arg(DATA).arg(&folder).args(without_data(words));
    // The program takes the place of this one, so that Ctrl+C and signals reach it alone.
    Err(format!("{} could not be started: {}", program.display(), demo.exec()).into())
}

/// The folder that the words or the environment name, or else one among what is built.
fn data_folder(target: &Path, words: &[&str]) -> PathBuf {
    let kept = || std::env::var_os(DATA_VARIABLE).map(PathBuf::from);
    named_folder(words).or_else(kept).unwrap_or_else(|| target.join("demo"))
}

fn named_folder(words: &[&str]) -> Option<PathBuf> {
    let after = words.iter().position(|word| *word == DATA).and_then(|place| words.get(place + 1).copied());
    let within = words.iter().find_map(|word| word.strip_prefix(DATA)?.strip_prefix('='));
    after.or(within).map(PathBuf::from)
}

/// The words that do not say where the ledger is.
fn without_data<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let mut rest = Vec::new();
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        if word == DATA {
            words.next();
        } else if !word.starts_with("--data=") {
            rest.push(word);
        }
    }
    rest
}

fn say_what_is_next(program: &Path, folder: &Path) {
    let program = shown(program);
    let ledger = format!("sqlite:{}", shown(&folder.join("sightline.sqlite")));
    println!(
        "
What to try next, once it says where it is:

    open that address; choose what is overdue in a locality, and a child, to read why
    watch the worklist for some seconds: visits are recorded, and what was overdue is done

In another terminal:

    # an hour passes in a minute
    cargo xtask demo --speed 60 --listen 127.0.0.1:8081 --data target/faster
    # the same list on the command line, as a spreadsheet reads it
    {program} worklist --source {ledger} --status overdue --format csv
    # that what is shown follows from what is on record, and that nobody has changed that
    {program} verify --source {ledger}
    # the rules, to change and to serve the same county under
    {program} rulebook show
    # all there is
    {program} help
"
    );
}

/// A path as it is shortest to type: from the folder of the workspace, where it lies below it.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_name_a_folder() {
        for (words, folder, rest) in [
            (&["--speed", "60"][..], None, &["--speed", "60"][..]),
            (&["--data", "mine", "--speed", "60"], Some("mine"), &["--speed", "60"]),
            (&["--speed", "60", "--data=mine"], Some("mine"), &["--speed", "60"]),
        ] {
            let named = folder.map(PathBuf::from);
            assert_eq!(named_folder(words), named, "{words:?}");
            assert_eq!(without_data(words), rest, "{words:?}");
        }
    }
}
