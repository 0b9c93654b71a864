//! That the core computes and does nothing else: what it depends on, and what its own source says.

use super::source::{Allowance, offences};
use super::workspace::{graph, root, tracked};
use std::path::Path;

/// The crates whose answers are functions of their arguments alone.
const PURE: &[&str] = &["calendar", "vocabulary", "rulebook", "engine"];

/// Crates that bring input, output, the present time, randomness or a runtime, with their kin by prefix.
const IMPURE: &[&str] = &[
    "async-io",
    "async-nats",
    "async-std",
    "axum",
    "chrono",
    "clap",
    "console",
    "crossterm",
    "fastrand",
    "getrandom",
    "hyper",
    "indicatif",
    "jiff",
    "log",
    "mio",
    "native-tls",
    "openssl",
    "postgres",
    "rand",
    "rayon",
    "reqwest",
    "ring",
    "rusqlite",
    "rustls",
    "socket2",
    "sqlx",
    "tempfile",
    "time",
    "tokio",
    "tracing",
    "ureq",
    "walkdir",
];

/// Crates that know neither files nor the present time, for all that they may else use.
const WITHOUT_FILES_OR_CLOCK: &[(&str, Allowance)] =
    &[("county", Allowance::Nothing), ("exchange", Allowance::Threads)];

fn is_impure(name: &str) -> bool {
    let name = name.replace('_', "-");
    let is_kin = |rest: &str| rest.is_empty() || rest.starts_with('-');
    IMPURE.iter().any(|impure| name.strip_prefix(impure).is_some_and(is_kin))
}

#[test]
fn the_core_depends_on_nothing_impure() {
    for name in PURE {
        let impure: Vec<&str> = graph().closure(name).into_iter().filter(|used| is_impure(used)).collect();
        assert!(impure.is_empty(), "`{name}` depends, directly or not, on {impure:?}");
    }
}

#[test]
fn an_impure_dependency_would_be_seen() {
    let core = graph().closure("engine");
    assert!(core.contains("calendar") && core.contains("serde_json"), "what is near and what is far: {core:?}");
    let program = graph().closure("sightline");
    assert!(program.iter().any(|used| is_impure(used)), "the program itself writes to a terminal: {program:?}");
    assert!(["tokio", "tokio-util", "sqlx-core", "rand"].into_iter().all(is_impure));
    assert!(["timely", "randomize", "serde_json"].into_iter().all(|name| !is_impure(name)));
}

#[test]
fn the_core_reads_no_file_clock_or_setting() {
    for name in PURE {
        check(name, Allowance::Nothing);
    }
}

#[test]
fn the_county_and_other_peoples_formats_read_no_file_or_clock() {
    for (name, allowance) in WITHOUT_FILES_OR_CLOCK {
        check(name, *allowance);
    }
}

/// Scans all source of a crate; its tests, which lie in `tests/`, may do as they like.
fn check(name: &str, allowance: Allowance) {
    let folder = Path::new("crates").join(name).join("src");
    let files: Vec<_> = tracked().into_iter().filter(|path| path.starts_with(&folder)).collect();
    let is_rust = |path: &&std::path::PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    assert!(files.iter().any(|path| path.ends_with("lib.rs")), "no source in {}", folder.display());
    for path in files.iter().filter(is_rust) {
        let text = std::fs::read_to_string(root().join(path)).expect("source is text");
        let found = offences(&text, allowance);
        assert!(found.is_empty(), "{}: {}", path.display(), found.join("; "));
    }
}
