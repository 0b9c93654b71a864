//! The developer's chores. `cargo xtask help` lists them; CI and the `justfile` run the same ones.
//!
//! Knows nothing of the program but its name, its commands and where its tests lie: it starts other programs, and says
//! which. What a chore needs and the machine lacks it installs, and says so before it does.

mod assets;
mod demo;
mod fuzz;
mod needs;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xshell::{Shell, cmd};

const HELP: &str = "\
The developer's chores of Sightline.

    cargo xtask demo [OPTION…]           serve a synthetic county at work; options are those of `sightline demo`
    cargo xtask test                     run the whole test suite, with journeys through the pages in a browser
    cargo xtask lint                     check the formatting, the lints and the documentation
    cargo xtask bench [NAME]             run all benchmarks, or the one of that name
    cargo xtask assets [--check]         build the pages' style sheet and script, or check that the kept ones are right
    cargo xtask fuzz [TARGET] [SECONDS]  fuzz every target, or one, for 60 seconds each, or for so many
    cargo xtask help                     print this

What a chore needs and the machine lacks it installs, and says so before it does.
";

/// What can go wrong: a program failed, or was used wrongly. Said once, in `main`.
type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    let sh = Shell::new()?;
    sh.change_dir(root());
    match words {
        ["demo", rest @ ..] => demo::run(&sh, rest),
        ["test"] => test(&sh),
        ["lint"] => lint(&sh),
        ["bench"] => bench(&sh, "*"),
        ["bench", name] => bench(&sh, name),
        ["assets"] => assets::build(&sh),
        ["assets", "--check"] => assets::check(&sh),
        ["fuzz", rest @ ..] => fuzz::run(&sh, rest),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("no such chore: {}\n\n{HELP}", words.join(" ")).into()),
    }
}

/// The folder of the workspace: the one above that of this crate.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Where cargo puts what it builds; people set it in several ways, and cargo knows them all.
fn target_folder(sh: &Shell) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let metadata = cmd!(sh, "cargo metadata --no-deps --format-version 1").quiet().read()?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let folder = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    Ok(PathBuf::from(folder.ok_or("cargo does not say where it builds")?))
}

/// Everything, also after a failure: one run says all that is wrong.
fn test(sh: &Shell) -> Outcome {
    needs::ensure(sh, &[needs::GIT, needs::CHROMIUM, needs::CHROMEDRIVER, needs::POSTGRES])?;
    // This also gets what the journeys examine the pages with.
    let assets = assets::check(sh);
    sh.change_dir(root());
    cmd!(sh, "cargo test --workspace --no-fail-fast").run()?;
    assets
}

fn lint(sh: &Shell) -> Outcome {
    cmd!(sh, "cargo fmt --all --check").run()?;
    cmd!(sh, "cargo fmt --manifest-path fuzz/Cargo.toml --check").run()?;
    cmd!(sh, "cargo clippy --workspace --all-targets -- --deny warnings").run()?;
    cmd!(sh, "cargo doc --workspace --no-deps").env("RUSTDOCFLAGS", "--deny warnings").run()?;
    Ok(())
}

/// Names its benchmarks, because the harness of the unit tests does not know the options of the others.
fn bench(sh: &Shell, name: &str) -> Outcome {
    cmd!(sh, "cargo bench --workspace --bench {name}").run()?;
    Ok(())
}
