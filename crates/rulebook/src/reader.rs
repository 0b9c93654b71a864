//! From TOML text to a checked rulebook. The tree is walked by hand so that every mistake is found in one reading, each
//! with its line and column. In all of it `None` means: mistaken, and noted as such.

mod clocks;
mod common;
mod condition;
mod context;
mod draft;
mod facts;
mod fields;
mod kinds;
mod limits;
mod links;
mod measure_filters;
mod measure_kinds;
mod measures;
mod notes;
mod reference;
mod states;
mod suggest;

pub use notes::Mistake;
pub use suggest::did_you_mean;

use crate::model::{PatternsByType, Rulebook};
use calendar::{Date, WorkingDays};
use context::Context;
use fields::{Fields, Node};
use measures::Defaults;
use notes::{Lines, MOST_MISTAKES};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use toml::de::{DeTable, Error};
use vocabulary::Number;

/// The text of the default rulebook, with comments for analysts.
pub const DEFAULT: &str = include_str!("default.toml");

/// The longest text that is read, in bytes. The default rulebook has about a fiftieth of it.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A rulebook, and what in its text is allowed but hardly meant.
#[derive(Clone, Debug)]
pub struct Read {
    /// The rulebook.
    pub rulebook: Rulebook,
    /// What is worth a second look, in the order of the text.
    pub warnings: Vec<Mistake>,
}

/// The default rulebook, read once.
#[expect(clippy::panic, reason = "the text is part of the program, and a test proves that it reads without mistakes")]
pub fn default_rulebook() -> &'static Rulebook {
    static RULEBOOK: OnceLock<Rulebook> = OnceLock::new();
    RULEBOOK.get_or_init(|| match read(DEFAULT) {
        Ok(read) => read.rulebook,
        Err(mistakes) => panic!("the default rulebook has mistakes: {mistakes:?}"),
    })
}

/// Reads a rulebook.
///
/// # Errors
///
/// Every mistake in the text, in its order; at least one. Where the text is no TOML, only what is wrong with that.
pub fn read(text: &str) -> Result<Read, Vec<Mistake>> {
    if text.len() > MOST_BYTES {
        let message = format!("a rulebook has at most {MOST_BYTES} bytes, and this one has {}", text.len());
        return Err(vec![Mistake { line: 1, column: 1, message }]);
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax(text, &errors));
    }
    let mut cx = Context::of(text);
    let rulebook = whole(&mut cx, Fields::document(document.get_ref()));
    let (mistakes, warnings) = cx.notes.placed();
    match rulebook {
        Some(rulebook) if mistakes.is_empty() => Ok(Read { rulebook, warnings }),
        _ => Err(mistakes),
    }
}

/// How many places are named where a text is no TOML, the first of each line: what follows one broken line is mostly a
/// consequence of it.
const MOST_SYNTAX: usize = 10;

/// What makes a text no TOML.
fn syntax(text: &str, errors: &[Error]) -> Vec<Mistake> {
    let lines = Lines::new(text);
    let errors = errors.iter().take(MOST_MISTAKES);
    let mut mistakes: Vec<Mistake> = errors.map(|error| lines.mistake(at(error), said(error))).collect();
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    mistakes.dedup_by_key(|mistake| mistake.line);
    mistakes.truncate(MOST_SYNTAX);
    mistakes
}

fn at(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn said(error: &Error) -> String {
    let message = error.message();
    if message.contains("recursion") || message.contains("recurse") {
        return "this is nested too deeply: tables and lists go at most 80 levels deep".to_owned();
    }
    format!("this is no TOML: {}", message.replace('\n', "; "))
}

/// Reads every part, names before what uses them.
fn whole<'a>(cx: &mut Context<'a>, mut fields: Fields<'a>) -> Option<Rulebook> {
    let notes = &mut cx.notes;
    let name = fields.need_text("name", notes);
    let version = fields.need_text("version", notes);
    let due_soon = fields.take("due_soon_working_days");
    let due_soon = due_soon.map_or(Some(5), |node| node.whole("due_soon_working_days", 0, 100, notes));
    let tolerance = fields.take("tolerance_percent");
    let tolerance = tolerance.map_or(Some(Number::from(5)), |node| node.number("tolerance_percent", 0.0, 100.0, notes));
    let (closures, sources) = (fields.take("closure_day"), fields.take("sources"));
    let working_days = WorkingDays::with_closures(closure_days(cx, closures));
    read_sources(cx, sources);
    let source = fields.take("measure_source").and_then(|node| cx.source(node));
    read_events(cx, fields.take("events"));
    states::read_episodes(cx, fields.take("episodes"));
    let states = states::read_states(cx, fields.take("state"));
    let clocks = clocks::read(cx, fields.take("clock"));
    let defaults = Defaults { tolerance: tolerance.unwrap_or(Number::from(5)), source };
    let measures = measures::read(cx, fields.take("measure"), &defaults);
    fields.finish(&mut cx.notes);
    let patterns = std::mem::take(&mut cx.patterns).into_all();
    Some(Rulebook {
        name: name?.to_owned(),
        version: version?.to_owned(),
        due_soon: due_soon?,
        working_days,
        patterns_by_type: PatternsByType::of(&patterns),
        patterns,
        states,
        clocks,
        measures,
    })
}

/// Reads `[[closure_day]]`.
fn closure_days(cx: &mut Context<'_>, node: Option<Node<'_>>) -> Vec<(Date, String)> {
    let mut days: BTreeMap<Date, String> = BTreeMap::new();
    for node in node.map_or_else(Vec::new, Node::each) {
        let Some(mut fields) = node.fields("a closure day", &mut cx.notes) else {
            continue;
        };
        let place = fields.need("date", &mut cx.notes);
        let date = place.and_then(|node| node.date("date", &mut cx.notes));
        let name = fields.need_text("name", &mut cx.notes);
        fields.finish(&mut cx.notes);
        let (Some(place), Some(date), Some(name)) = (place, date, name) else {
            continue;
        };
        if days.contains_key(&date) {
            cx.notes.doubtful(place.at, format!("{date} is a closure day already"));
        } else if date.weekday().is_weekend() {
            cx.notes.doubtful(place.at, format!("{date} is at a weekend, and so no working day anyway"));
        }
        days.entry(date).or_insert_with(|| name.to_owned());
    }
    days.into_iter().collect()
}

/// Reads `[sources]`.
fn read_sources<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>) {
    for (name, node) in common::named(cx, node, "sources") {
        let text = node.filled(name, &mut cx.notes);
        cx.sources.insert(name, text);
    }
}

/// Reads `[events]`.
fn read_events<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>) {
    let mut drafts = Vec::new();
    for (name, node) in common::named(cx, node, "events") {
        drafts.push((name, links::draft(cx, node, &format!("events.{name}"), None)));
    }
    // Only now, so that named events are made of types alone and no two can be made of each other.
    cx.events.extend(drafts);
}
