//! That every crate keeps to the lints of the workspace and has its place on the map, and every test module in the
//! guide to the tests.

use super::workspace::{graph, text};
use std::collections::BTreeSet;

#[test]
fn every_crate_has_the_lints_of_the_workspace() {
    for (name, folder) in graph().members() {
        let manifest: toml::Table = text(folder.join("Cargo.toml")).parse().expect("a manifest");
        let inherited = manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
        assert_eq!(inherited, Some(true), "`{name}` has no `[lints] workspace = true`");
    }
}

#[test]
fn the_map_has_a_section_for_each_crate_and_no_other() {
    let map = text("crates/README.md");
    let sections: BTreeSet<&str> = map.lines().filter_map(crate_of_heading).collect();
    let in_crates =
        graph().members().filter(|(_, folder)| folder.parent().is_some_and(|above| above.ends_with("crates")));
    let crates: BTreeSet<&str> = in_crates.map(|(name, _)| name).collect();
    assert_eq!(sections, crates, "left: the sections of crates/README.md; right: the crates");
    for name in crates {
        let section = map.split(&format!("\n### `{name}`\n")).nth(1).unwrap_or_default();
        let words = section.split("\n#").next().unwrap_or_default().split_whitespace().count();
        assert!(words >= 30, "the section of `{name}` says hardly anything");
    }
}

fn crate_of_heading(line: &str) -> Option<&str> {
    line.strip_prefix("### `")?.strip_suffix('`')
}

#[test]
fn every_module_of_these_tests_has_its_line_in_the_guide() {
    let guide = text("tests/README.md");
    let list = text("tests/src/lib.rs");
    let modules =
        list.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    for module in modules {
        assert!(guide.contains(&format!("`{module}`")), "tests/README.md has no line for `{module}`");
    }
}
