//! What the parts of the reader share: the notes, the patterns and the names that rules may use.

use super::draft::{Draft, Patterns};
use super::fields::Node;
use super::kinds::Kinds;
use super::notes::Notes;
use super::suggest::{one_of_names, shown};
use crate::model::{Episodes, PatternId, StateId};
use std::collections::BTreeMap;

/// What is known so far. Names whose definition had mistakes are kept as `None`, so that their use is no further one.
pub(super) struct Context<'a> {
    pub(super) notes: Notes<'a>,
    pub(super) patterns: Patterns,
    pub(super) sources: BTreeMap<&'a str, Option<&'a str>>,
    pub(super) events: BTreeMap<&'a str, Option<Draft>>,
    pub(super) episodes: BTreeMap<&'a str, Option<NamedEpisodes>>,
    pub(super) states: BTreeMap<&'a str, Option<NamedState>>,
    pub(super) clocks: BTreeMap<&'a str, Option<NamedClock>>,
}

/// Episodes with a name.
#[derive(Clone)]
pub(super) struct NamedEpisodes {
    pub(super) episodes: Episodes,
    pub(super) kinds: Kinds,
}

/// A state with a name.
#[derive(Clone, Copy)]
pub(super) struct NamedState {
    pub(super) id: StateId,
    pub(super) kinds: Kinds,
}

/// A clock that measures may be about.
#[derive(Clone)]
pub(super) struct NamedClock {
    pub(super) position: usize,
    pub(super) kinds: Kinds,
    pub(super) source: String,
    pub(super) recurs: bool,
}

impl<'a> Context<'a> {
    /// Nothing known yet of that text.
    pub(super) fn of(text: &'a str) -> Context<'a> {
        Context {
            notes: Notes::on(text),
            patterns: Patterns::default(),
            sources: BTreeMap::new(),
            events: BTreeMap::new(),
            episodes: BTreeMap::new(),
            states: BTreeMap::new(),
            clocks: BTreeMap::new(),
        }
    }

    /// The pattern of a draft.
    pub(super) fn pattern(&mut self, draft: Draft, at: usize) -> Option<PatternId> {
        self.patterns.id(draft, at, &mut self.notes)
    }

    /// The text of a source: that of a name in `[sources]`, or the sentence or link itself.
    pub(super) fn source(&mut self, node: Node<'_>) -> Option<String> {
        let text = node.filled("source", &mut self.notes)?;
        if let Some(named) = self.sources.get(text) {
            return named.map(str::to_owned);
        }
        if is_name(text) {
            let hint = one_of_names(&self.notes, text, self.sources.keys().copied());
            let message = format!("no source `{}` in [sources], and a single word is no source{hint}", shown(text));
            self.notes.wrong(node.at, message);
            return None;
        }
        Some(text.to_owned())
    }

    /// A name that other rules refer to: snake_case, or a mistake.
    pub(super) fn name<'n>(&mut self, at: usize, name: &'n str) -> Option<&'n str> {
        if is_name(name) {
            return Some(name);
        }
        let rule = "it takes small letters, digits and single underscores, begins with a letter and has at most 64";
        self.notes.wrong(at, format!("`{}` is no name: {rule}", shown(name)));
        None
    }
}

/// Whether a text is snake_case.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('_').all(|part| !part.is_empty() && part.chars().all(plain))
}
