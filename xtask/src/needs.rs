//! What chores need of the machine beyond Rust and a C compiler, and how it gets there on Debian and its kin.

use crate::Outcome;
use xshell::{Shell, cmd};

/// A program that a chore calls.
#[derive(Clone, Copy)]
pub struct Need {
    /// The program.
    program: &'static str,
    /// The Debian package that brings it.
    package: &'static str,
    /// What it is for.
    why: &'static str,
}

/// Git, which knows the files that belong to the project.
pub const GIT: Need = Need { program: "git", package: "git", why: "a test reads every file that git keeps" };

/// The browser that tests look at the pages with.
pub const CHROMIUM: Need = Need { program: "chromium", package: "chromium", why: "tests look at the pages in it" };

/// What drives the browser.
pub const CHROMEDRIVER: Need =
    Need { program: "chromedriver", package: "chromium-driver", why: "tests drive the browser by it" };

/// PostgreSQL: its server is not on the path, what starts Debian's is.
pub const POSTGRES: Need =
    Need { program: "pg_ctlcluster", package: "postgresql", why: "tests keep ledgers in servers that they start" };

/// A C++ compiler.
pub const CPP: Need = Need { program: "c++", package: "g++", why: "libFuzzer is written in C++" };

/// Node, which runs what builds the pages' style sheet and script.
pub const NODE: Need = Need { program: "node", package: "nodejs", why: "the assets of the pages are built by it" };

/// Node's package manager.
pub const NPM: Need = Need { program: "npm", package: "npm", why: "it gets what the assets of the pages are made of" };

/// Installs what is missing, and says so before it does.
pub fn ensure(sh: &Shell, needs: &[Need]) -> Outcome {
    for need in needs {
        if !is_there(need.program) {
            install(sh, *need)?;
        }
    }
    Ok(())
}

/// Whether a program is on the path.
fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn install(sh: &Shell, need: Need) -> Outcome {
    let Need { program, package, why } = need;
    let missing = format!("{program} is missing ({why})");
    if !is_there("apt-get") {
        return Err(format!("{missing}: please install it; there is no apt-get here to do so").into());
    }
    let is_root = cmd!(sh, "id -u").quiet().read()? == "0";
    if !is_root && !is_there("sudo") {
        return Err(format!("{missing}: please run `apt-get install {package}` as root").into());
    }
    let how = if is_root { "as root" } else { "with sudo" };
    println!("{missing}: installing the Debian package {package}, by apt-get {how}.");
    let sudo: &[&str] = if is_root { &[] } else { &["sudo"] };
    let command: Vec<&str> = sudo.iter().copied().chain(["apt-get"]).collect();
    let [first, rest @ ..] = command.as_slice() else { return Ok(()) };
    // A new machine has no lists of packages yet, or old ones.
    cmd!(sh, "{first} {rest...} update --quiet").run()?;
    cmd!(sh, "{first} {rest...} install --quiet --yes --no-install-recommends {package}").run()?;
    Ok(())
}
