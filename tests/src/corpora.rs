//! Every input that fuzzing starts from, and every one that it once failed on, through the checks of `fuzz/`.

#[path = "../../fuzz/src/lib.rs"]
mod checks;

use std::path::Path;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut count = 0;
    for entry in entries {
        let path = entry.expect("an entry of a folder").path();
        // Shown only if the check fails.
        println!("{}", path.display());
        check(&std::fs::read(&path).expect("a file that can be read"));
        count += 1;
    }
    assert!(count >= 10, "only {count} inputs in {}", folder.display());
}

#[test]
fn envelope() {
    replay("envelope", checks::envelope);
}

#[test]
fn rulebook() {
    replay("rulebook", checks::rulebook);
}

#[test]
fn engine() {
    replay("engine", checks::engine);
}

#[test]
fn workbook() {
    replay("workbook", checks::workbook);
}

#[test]
fn sheets() {
    replay("sheets", checks::sheets);
}
