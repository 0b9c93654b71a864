//! The style sheet and the script of the pages, built by node from `crates/web/styles` and `crates/web/scripts`.
//!
//! What is built is kept in the repository, so that building the program needs no node.

use crate::needs::{self, NODE, NPM};
use crate::{Outcome, root};
use xshell::{Shell, cmd};

/// What is built: the script of `package.json` that prints it, and where it is kept.
const BUILT: &[(&str, &str)] = &[("styles", "assets/sightline.css"), ("scripts", "assets/sightline.js")];

/// Builds the assets anew.
pub fn build(sh: &Shell) -> Outcome {
    for (file, text) in built(sh)? {
        sh.write_file(file, text)?;
        println!("Built crates/web/{file}.");
    }
    Ok(())
}

/// Fails if the assets in the repository are not what their sources give.
pub fn check(sh: &Shell) -> Outcome {
    for (file, text) in built(sh)? {
        if sh.read_file(file)? != text {
            return Err(format!(
                "crates/web/{file} is not what its sources give: run `cargo xtask assets` and keep what changes"
            )
            .into());
        }
    }
    println!("The assets are what their sources give.");
    Ok(())
}

/// What the sources give, by file. Leaves the shell in the folder that the files are named from.
fn built(sh: &Shell) -> Result<Vec<(&'static str, String)>, Box<dyn std::error::Error>> {
    needs::ensure(sh, &[NODE, NPM])?;
    sh.change_dir(root().join("crates/web"));
    cmd!(sh, "npm ci --silent").run()?;
    let print = |(script, file): &(&'static str, &'static str)| {
        // `read` leaves out the last line's end; a file has one.
        let text = cmd!(sh, "npm run --silent {script}").quiet().read()?;
        Ok((*file, text + "\n"))
    };
    BUILT.iter().map(print).collect()
}
