//! Fuzzing by cargo-fuzz, on the stable toolchain.
//!
//! Without a sanitizer cargo-fuzz asks nothing of the compiler that only nightly has, and it is several times as fast.
//! What a sanitizer would find is not in this code, which has no `unsafe`; the limits of time and memory hold without.

use crate::needs::{self, CPP};
use crate::{Outcome, target_folder};
use xshell::{Shell, cmd};

const TARGETS: &[Target] = &[
    Target { name: "envelope", most_bytes: "4096" },
    Target { name: "rulebook", most_bytes: "4096" },
    Target { name: "engine", most_bytes: "16384" },
    Target { name: "workbook", most_bytes: "65536" },
    Target { name: "sheets", most_bytes: "16384" },
];

struct Target {
    name: &'static str,
    /// The longest input that is tried: longer ones only slow the search.
    most_bytes: &'static str,
}

pub fn run(sh: &Shell, words: &[&str]) -> Outcome {
    let (targets, seconds): (Vec<&Target>, &str) = match words {
        [] => (TARGETS.iter().collect(), "60"),
        [seconds] if is_number(seconds) => (TARGETS.iter().collect(), seconds),
        [name] => (vec![target(name)?], "60"),
        [name, seconds] if is_number(seconds) => (vec![target(name)?], seconds),
        _ => return Err("expected `fuzz [TARGET] [SECONDS]`".into()),
    };
    needs::ensure(sh, &[CPP])?;
    // Cargo finds its own commands also where no path leads.
    if cmd!(sh, "cargo fuzz --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        println!("cargo-fuzz is missing: installing it with cargo; that takes some minutes.");
        cmd!(sh, "cargo install --locked cargo-fuzz").run()?;
    }
    for target in targets {
        fuzz(sh, target, seconds)?;
    }
    Ok(())
}

fn is_number(word: &str) -> bool {
    word.parse::<u32>().is_ok()
}

fn target(name: &str) -> Result<&'static Target, String> {
    TARGETS.iter().find(|target| target.name == name).ok_or_else(|| {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        format!("no fuzz target `{name}`; there are {}", names.join(", "))
    })
}

/// What is found goes to the target folder, so that the corpus in the repository stays small: only what is worth
/// keeping is copied there by hand.
fn fuzz(sh: &Shell, target: &Target, seconds: &str) -> Outcome {
    let Target { name, most_bytes } = target;
    let found = target_folder(sh)?.join("fuzz-corpus").join(name);
    sh.create_dir(&found)?;
    let dictionary = format!("fuzz/dictionaries/{name}.dict");
    cmd!(
        sh,
        "cargo fuzz run --sanitizer none {name} {found} fuzz/corpus/{name} --
         -dict={dictionary} -max_len={most_bytes} -max_total_time={seconds} -timeout=10 -rss_limit_mb=1024"
    )
    .run()?;
    Ok(())
}
