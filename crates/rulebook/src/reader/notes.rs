//! What is wrong with a text, and where.

use std::fmt;

/// One thing wrong with a rulebook, or worth a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, in words for an analyst.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

/// How many mistakes are kept. Nobody reads further, and a text of a few megabytes could hold a million.
pub(super) const MOST_MISTAKES: usize = 1_000;

/// The mistakes and warnings found so far, by the byte at which they are.
pub(super) struct Notes<'a> {
    lines: Lines<'a>,
    mistakes: Vec<(usize, String)>,
    warnings: Vec<(usize, String)>,
}

impl<'a> Notes<'a> {
    /// No notes yet on that text.
    pub(super) fn on(text: &'a str) -> Notes<'a> {
        Notes { lines: Lines::new(text), mistakes: Vec::new(), warnings: Vec::new() }
    }

    /// Notes a mistake: there will be no rulebook.
    pub(super) fn wrong(&mut self, at: usize, message: impl Into<String>) {
        note(&mut self.mistakes, at, message.into());
    }

    /// Notes something that is allowed but hardly meant.
    pub(super) fn doubtful(&mut self, at: usize, message: impl Into<String>) {
        note(&mut self.warnings, at, message.into());
    }

    /// Whether further mistakes would be dropped, so that nothing need be spent on their words.
    pub(super) fn are_full(&self) -> bool {
        self.mistakes.len() >= MOST_MISTAKES
    }

    /// The line of a byte, for messages that point elsewhere.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.position(at).0
    }

    /// The mistakes and the warnings, each in the order of the text.
    pub(super) fn placed(self) -> (Vec<Mistake>, Vec<Mistake>) {
        (self.lines.place(self.mistakes), self.lines.place(self.warnings))
    }
}

fn note(notes: &mut Vec<(usize, String)>, at: usize, message: String) {
    let note = (at, message);
    if notes.len() < MOST_MISTAKES && !notes.contains(&note) {
        notes.push(note);
    }
}

/// Where the lines of a text begin.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Lines<'a> {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Lines { text, starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line and the column, both from 1, of a byte of the text.
    pub(super) fn position(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..at).map_or(0, |before| before.chars().count());
        (line, before + 1)
    }

    fn place(&self, mut notes: Vec<(usize, String)>) -> Vec<Mistake> {
        notes.sort();
        notes.into_iter().map(|(at, message)| self.mistake(at, message)).collect()
    }

    /// A mistake at that byte.
    pub(super) fn mistake(&self, at: usize, message: String) -> Mistake {
        let (line, column) = self.position(at);
        Mistake { line, column, message }
    }
}
