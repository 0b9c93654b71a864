//! What several kinds of rule have: ids, dates in force, ages, spans of months, areas.

use super::context::Context;
use super::fields::{Fields, Node};
use super::kinds::Kinds;
use super::notes::Notes;
use super::suggest::shown;
use crate::model::{Ages, Area, InForce, Months};
use calendar::{Age, Date};
use std::collections::BTreeMap;
use vocabulary::SubjectKind;

/// The most months that a span may have: a hundred years.
const MOST_MONTHS: u32 = 1_200;

/// What every clock and measure says of itself.
pub(super) struct About {
    pub(super) title: Option<String>,
    pub(super) area: Option<Area>,
    pub(super) in_force: Option<InForce>,
}

pub(super) fn about(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> About {
    let (notes, areas) = (&mut cx.notes, Area::ALL.map(|area| (area.as_str(), area)));
    About {
        title: fields.need_text("title", notes).map(str::to_owned),
        area: fields.need_choice("area", &areas, notes),
        in_force: in_force(fields, notes),
    }
}

/// `from` and `until`.
pub(super) fn in_force(fields: &mut Fields<'_>, notes: &mut Notes<'_>) -> Option<InForce> {
    let from = date(fields, "from", notes)?;
    let until = date(fields, "until", notes)?;
    if let (Some((from, _)), Some((until, at))) = (from, until)
        && from > until
    {
        notes.wrong(at, format!("`until` is {until}, before `from`, which is {from}"));
        return None;
    }
    Some(InForce { from: from.map(|from| from.0), until: until.map(|until| until.0) })
}

/// A date with its place, if it is there. The outer `None` stands for a mistake.
fn date(fields: &mut Fields<'_>, key: &'static str, notes: &mut Notes<'_>) -> Option<Option<(Date, usize)>> {
    match fields.take(key) {
        Some(node) => node.date(key, notes).map(|date| Some((date, node.at))),
        None => Some(None),
    }
}

/// Reads a table of ages, `{ from = "5y", to = "18y" }`.
pub(super) fn ages(node: Node<'_>, of: Kinds, notes: &mut Notes<'_>) -> Option<Ages> {
    if of.and(Kinds::only(SubjectKind::Child)).is_none() {
        notes.wrong(node.at, format!("only of a child is the age known, but this is about {}", of.spoken()));
        return None;
    }
    let mut fields = node.fields("`ages`", notes)?;
    let from = fields.take("from").map(|node| age(node, "from", notes));
    let to = fields.take("to").map(|node| age(node, "to", notes));
    fields.finish(notes);
    if from.is_none() && to.is_none() {
        notes.wrong(node.at, "`ages` needs `from` or `to`, like { from = \"5y\", to = \"18y\" }");
        return None;
    }
    let (from, to) = (missing_or_sound(from)?, missing_or_sound(to)?);
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        notes.wrong(node.at, format!("nobody is from {from} and not yet {to} old"));
        return None;
    }
    Some(Ages { from, to })
}

/// Turns a value that may be missing and may be mistaken around: none is a mistake.
pub(super) fn missing_or_sound<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        Some(sound) => sound.map(Some),
        None => Some(None),
    }
}

fn age(node: Node<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Age> {
    let text = node.text(key, notes)?;
    let age = Age::parse(text);
    if age.is_none() {
        let message = format!("`{}` is no age; ages are like \"5y\", \"16y3m\" or \"6m\"", shown(text));
        notes.wrong(node.at, message);
    }
    age
}

/// Reads a span like "3 months" or "2 years".
pub(super) fn months(node: Node<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Months> {
    let text = node.text(key, notes)?;
    let in_months = |text: &str| {
        let (count, unit) = text.split_once(' ')?;
        let count: u32 = count.parse().ok()?;
        let months = match unit {
            "month" | "months" => Some(count),
            "year" | "years" => count.checked_mul(12),
            _ => None,
        };
        months.filter(|months| (1..=MOST_MONTHS).contains(months))
    };
    let months = in_months(text);
    if months.is_none() {
        let message =
            format!("`{key}` is `{}`, but spans are like \"3 months\" or \"2 years\", up to 100 years", shown(text));
        notes.wrong(node.at, message);
    }
    months.map(Months)
}

/// A rule of a list with an id, before the rest of it is read.
pub(super) struct Entry<'a> {
    /// Empty where it is missing or mistaken.
    pub(super) id: &'a str,
    /// Whether other rules can mean it: an id, and the first of its name. Others are read for their mistakes only.
    pub(super) is_known: bool,
    pub(super) fields: Fields<'a>,
}

/// The tables of a list like `[[clock]]`, in the order of their ids, so that the result does not depend on how a file
/// is arranged.
pub(super) fn entries<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>, what: &'static str) -> Vec<Entry<'a>> {
    let Some(node) = node else {
        return Vec::new();
    };
    let Some(tables) = node.as_list() else {
        cx.notes.wrong(node.at, format!("each {what} begins with [[{what}]]"));
        return Vec::new();
    };
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut entries = Vec::new();
    for node in tables {
        let Some(mut fields) = node.fields(format!("a {what}"), &mut cx.notes) else {
            continue;
        };
        let node = fields.need("id", &mut cx.notes);
        let name = node.and_then(|node| node.text("id", &mut cx.notes).map(|name| (name, node.at)));
        let name = name.and_then(|(name, at)| cx.name(at, name).map(|name| (name, at)));
        let mut is_known = false;
        if let Some((name, at)) = name {
            fields.label = format!("{what} `{name}`");
            if let Some(other) = first.get(name) {
                let line = cx.notes.line(*other);
                cx.notes.wrong(at, format!("there is a {what} `{name}` already, on line {line}"));
            } else {
                first.insert(name, at);
                is_known = true;
            }
        }
        entries.push(Entry { id: name.map_or("", |(name, _)| name), is_known, fields });
    }
    entries.sort_by_key(|entry| entry.id);
    entries
}

/// The named tables of a table like `[events]`.
pub(super) fn named<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>, what: &str) -> Vec<(&'a str, Node<'a>)> {
    let Some(node) = node else {
        return Vec::new();
    };
    let Some(table) = node.as_table() else {
        cx.notes.wrong(node.at, format!("`{what}` must be a table of names, not {}", node.is()));
        return Vec::new();
    };
    let mut named = Vec::new();
    for (key, value) in table.iter() {
        let name: &str = key.get_ref();
        if cx.name(key.span().start, name).is_some() {
            named.push((name, Node::new(value)));
        }
    }
    named
}
