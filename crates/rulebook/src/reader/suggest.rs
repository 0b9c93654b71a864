//! "Did you mean": the known name that is closest to an unknown one.

use super::notes::Notes;

/// Longer words get no suggestion: nobody mistypes a name of this length, and comparing takes the product of lengths.
const LONGEST: usize = 64;

/// How many names are listed where none is close.
const MOST_LISTED: usize = 12;

/// The rest of a message about an unknown `word`, `; did you mean ...?` with the closest of the names, or nothing where
/// none is close.
pub fn did_you_mean<'x>(word: &str, names: impl IntoIterator<Item = &'x str>) -> String {
    closest(word, names).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// How many names of an author's own are compared: many more than a rulebook has.
const MOST_COMPARED: usize = 1_000;

/// The rest of a message about an unknown `word` that should be one of the author's own names.
pub(super) fn one_of_names<'x>(notes: &Notes<'_>, word: &str, names: impl IntoIterator<Item = &'x str>) -> String {
    if notes.are_full() {
        return String::new();
    }
    one_of(word, names.into_iter().take(MOST_COMPARED))
}

/// The rest of a message about an unknown `word`: the closest candidate, or all of a short list.
pub(super) fn one_of<'x>(word: &str, candidates: impl IntoIterator<Item = &'x str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let closest = did_you_mean(word, candidates.iter().copied());
    if !closest.is_empty() {
        return closest;
    }
    if candidates.is_empty() || candidates.len() > MOST_LISTED {
        return String::new();
    }
    let listed: Vec<String> = candidates.iter().map(|name| format!("`{name}`")).collect();
    format!("; known: {}", listed.join(", "))
}

/// The candidate with the fewest edits, of several the first, if they are few for the length of the word.
fn closest<'x>(word: &str, candidates: impl IntoIterator<Item = &'x str>) -> Option<&'x str> {
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let distance = |name: &'x str| (strsim::damerau_levenshtein(word, name), name);
    let (edits, name) = candidates.into_iter().map(distance).min()?;
    (edits <= (length / 3).max(1)).then_some(name)
}

/// A text of the author's for use in a message: cut where it is long, so that no message is.
pub(super) fn shown(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
