//! That the files of the project say nothing of one machine, and that their links lead somewhere.

use super::workspace::{root, tracked};
use std::path::{Path, PathBuf};

/// Folders of one machine. Split, so that this file does not name them.
const OF_A_MACHINE: &[&str] = &[concat!("/", "work/"), concat!("/", "root/"), concat!("/", "home/")];

/// In documents also this one; programs may well put something there for a moment.
const OF_A_MACHINE_IN_DOCUMENTS: &str = concat!("/", "tmp/");

#[test]
fn no_file_names_a_folder_of_one_machine() {
    for (path, text) in texts() {
        let document = is_document(&path).then_some(OF_A_MACHINE_IN_DOCUMENTS);
        for (number, line) in (1..).zip(text.lines()) {
            let named = OF_A_MACHINE.iter().copied().chain(document).find(|folder| names(line, folder));
            assert!(named.is_none(), "{}:{number} names {named:?}: {line}", path.display());
        }
    }
}

/// Whether a line has a path that begins with that folder; one that only goes through such a folder, as an address on
/// the web may, does not count.
fn names(line: &str, folder: &str) -> bool {
    let begins = |(at, _): (usize, &str)| {
        line.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|last| !is_of_path(last))
    };
    line.match_indices(folder).any(begins)
}

fn is_of_path(character: char) -> bool {
    character.is_alphanumeric() || "._-/}~*".contains(character)
}

#[test]
fn a_folder_of_one_machine_would_be_seen() {
    let [folder, ..] = OF_A_MACHINE else { panic!("no folders to look for") };
    assert!(names(&format!("run {folder}x"), folder));
    assert!(names(&format!("`{folder}x`"), folder));
    assert!(names(&format!("--data={folder}"), folder));
    assert!(!names(&format!("https://example.org{folder}x"), folder));
    assert!(!names(&format!("some{folder}x"), folder));
}

#[test]
fn every_link_between_documents_leads_to_a_file() {
    for (path, text) in texts().filter(|(path, _)| is_document(path)) {
        let folder = path.parent().unwrap_or(Path::new(""));
        for link in links(&text).filter(|link| !link.contains("://") && !link.starts_with(['#', '<'])) {
            let file = link.split('#').next().unwrap_or_default();
            assert!(root().join(folder).join(file).exists(), "{}: no file {link}", path.display());
        }
    }
}

/// What stands in the round brackets of `[…](…)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next())
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// All files that are text, the fuzzer's inputs apart: those are whatever it made of them.
fn texts() -> impl Iterator<Item = (PathBuf, String)> {
    let files = tracked().into_iter().filter(|path| !path.starts_with("fuzz/corpus"));
    files.filter_map(|path| {
        let text = String::from_utf8(std::fs::read(root().join(&path)).ok()?).ok()?;
        Some((path, text))
    })
}
