//! `where` and `unless`: tests of an event's own fields.

use super::draft::{Draft, all_types, types_with};
use super::fields::Node;
use super::notes::Notes;
use super::suggest::{one_of, shown};
use crate::model::{Arm, Test, TypeSet};
use std::collections::BTreeSet;
use vocabulary::{EventType, Field, FieldKind, Number, Text, WholeValues};

/// What is asked of a field, before it is known what the field takes.
enum Ask<'a> {
    /// Any of these values.
    AnyOf(Vec<Node<'a>>),
    /// Any other value.
    NoneOf(Vec<Node<'a>>),
    AtLeast(Node<'a>),
    Below(Node<'a>),
    Present(bool),
}

/// Which of the two tables the conditions stand in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// `where`: all must hold.
    Where,
    /// `unless`: none may hold.
    Unless,
}

/// A mistake that is not noted yet: for a type that came from a wildcard it only leaves the type out.
type Misfit = (usize, String);

/// The mistakes in one test, one for each value.
type Misfits = Vec<Misfit>;

/// Adds the conditions of a `where` or `unless` table to the draft. False when there were mistakes.
pub(super) fn add(node: Node<'_>, side: Side, draft: &mut Draft, notes: &mut Notes<'_>) -> bool {
    let Some(table) = node.as_table() else {
        let key = if side == Side::Where { "where" } else { "unless" };
        notes.wrong(node.at, format!("`{key}` must be a table like {{ kind = \"cp\" }}, not {}", node.is()));
        return false;
    };
    let mut sound = true;
    for (key, value) in table.iter() {
        if notes.are_full() {
            return false;
        }
        let name: &str = key.get_ref();
        sound &= has_field(name, key.span().start, side, draft, notes)
            && asks(name, Node::new(value), side, notes).is_some_and(|asks| add_asks(name, &asks, side, draft, notes));
    }
    sound
}

/// Whether the types have the field: all of them, or of wildcards and in `unless`, where an absent field passes, any.
fn has_field(name: &str, at: usize, side: Side, draft: &mut Draft, notes: &mut Notes<'_>) -> bool {
    let types = draft.types();
    let having = types_with(types, name);
    if having == types {
        return true;
    }
    let lenient = draft.wild || side == Side::Unless;
    if having.is_empty() || !lenient {
        let lacking = types.types().find(|event_type| !having.contains(*event_type));
        let names = |event_type: EventType| event_type.fields().iter().map(|field| field.name);
        let message = match lacking {
            Some(event_type) if !draft.wild => no_field(name, event_type, names(event_type).collect()),
            _ => {
                let known: BTreeSet<&str> = types.types().flat_map(names).collect();
                format!("none of these events has a field `{}`{}", shown(name), one_of(name, known))
            }
        };
        notes.wrong(at, message);
        return false;
    }
    if draft.wild && side == Side::Where {
        draft.arms.retain(|arm| having.contains(arm.event_type));
    }
    true
}

/// The message about a field that a type does not have.
pub(super) fn no_field(name: &str, event_type: EventType, known: Vec<&str>) -> String {
    let hint = one_of(name, known);
    // A field that only this or that other type has is the next best explanation.
    let elsewhere: Vec<EventType> = types_with(all_types(), name).types().take(3).collect();
    let hint = match elsewhere.as_slice() {
        [one] if hint.is_empty() => format!("; `{}` has one", one.name()),
        [one, other] if hint.is_empty() => {
            format!("; `{}` and `{}` have one", one.name(), other.name())
        }
        _ => hint,
    };
    format!("no field `{}` in `{}`{hint}", shown(name), event_type.name())
}

/// Reads what is asked of one field.
fn asks<'a>(name: &str, node: Node<'a>, side: Side, notes: &mut Notes<'_>) -> Option<Vec<Ask<'a>>> {
    let Some(table) = node.as_table() else {
        return values(name, node, notes).map(|values| vec![Ask::AnyOf(values)]);
    };
    let mut asks = Vec::new();
    for (key, value) in table.iter() {
        let (word, value): (&str, _) = (key.get_ref(), Node::new(value));
        asks.push(match word {
            "not" => Ask::NoneOf(values(name, value, notes)?),
            "at_least" => Ask::AtLeast(value),
            "below" => Ask::Below(value),
            "present" => Ask::Present(value.bool("present", notes)?),
            _ => {
                notes.wrong(key.span().start, unknown_test(word, name));
                return None;
            }
        });
    }
    if asks.is_empty() {
        notes.wrong(node.at, format!("nothing is asked of `{name}`"));
        return None;
    }
    if side == Side::Unless && asks.len() > 1 {
        notes.wrong(node.at, format!("`unless` takes one test of `{name}` at a time"));
        return None;
    }
    Some(asks)
}

fn unknown_test(word: &str, field: &str) -> String {
    let hint = one_of(word, ["not", "at_least", "below", "present"]);
    format!("unknown test `{}` of `{field}`{hint}", shown(word))
}

/// One value or a list of them.
fn values<'a>(name: &str, node: Node<'a>, notes: &mut Notes<'_>) -> Option<Vec<Node<'a>>> {
    let values = node.each();
    if values.is_empty() {
        notes.wrong(node.at, format!("the list of values for `{name}` is empty"));
        return None;
    }
    Some(values)
}

/// Adds the tests to every arm. Of a wildcard, types whose field takes no such value cannot be meant.
fn add_asks(name: &str, asks: &[Ask<'_>], side: Side, draft: &mut Draft, notes: &mut Notes<'_>) -> bool {
    let mut misfits = Vec::new();
    let mut unfit = TypeSet::NONE;
    let mut fits = false;
    for arm in &mut draft.arms {
        let Some((slot, field)) = field_of(arm.event_type, name) else {
            continue;
        };
        match tests(arm.event_type, field, asks) {
            Ok(tests) => {
                fits = true;
                asks.iter().zip(tests).for_each(|(ask, test)| place(arm, slot, ask, test, side));
            }
            Err(more) => {
                misfits.extend(more);
                unfit = unfit.with(arm.event_type);
            }
        }
    }
    if draft.wild && fits {
        draft.arms.retain(|arm| side == Side::Unless || !unfit.contains(arm.event_type));
        return true;
    }
    let reported = if draft.wild { 1 } else { misfits.len() };
    let sound = misfits.is_empty();
    for (at, message) in misfits.into_iter().take(reported) {
        notes.wrong(at, message);
    }
    sound
}

fn tests(event_type: EventType, field: &Field, asks: &[Ask<'_>]) -> Result<Vec<Test>, Misfits> {
    asks.iter().map(|ask| test(event_type, field, ask)).collect()
}

fn field_of(event_type: EventType, name: &str) -> Option<(usize, &'static Field)> {
    let slot = event_type.slot(name)?;
    event_type.fields().get(slot).map(|field| (slot, field))
}

/// A field that must be absent is one that must not be present, and the other way round under `unless`.
fn place(arm: &mut Arm, slot: usize, ask: &Ask<'_>, test: Test, side: Side) {
    let absent = matches!(ask, Ask::Present(false));
    let tests = if (side == Side::Unless) == absent { &mut arm.all } else { &mut arm.none };
    tests.push((slot, test));
}

/// The test that asks this of that field.
fn test(event_type: EventType, field: &Field, ask: &Ask<'_>) -> Result<Test, Misfits> {
    match ask {
        Ask::Present(_) => Ok(Test::Present),
        Ask::AtLeast(node) => bound(field, "at_least", *node).map(Test::AtLeast),
        Ask::Below(node) => bound(field, "below", *node).map(Test::Below),
        Ask::AnyOf(nodes) => any_of(event_type, field, nodes),
        Ask::NoneOf(nodes) => none_of(event_type, field, nodes),
    }
}

fn any_of(event_type: EventType, field: &Field, nodes: &[Node<'_>]) -> Result<Test, Misfits> {
    match field.kind {
        FieldKind::Bool => truth(field, nodes).map(Test::Is),
        FieldKind::Choice(list) => positions(event_type, field, list, nodes).map(Test::OneOf),
        FieldKind::Choices(list) => positions(event_type, field, list, nodes).map(Test::HasAny),
        FieldKind::Text | FieldKind::Name | FieldKind::TextList => texts(field, nodes).map(Test::TextIn),
        FieldKind::Number { .. } | FieldKind::Whole { .. } => numbers(field, nodes).map(Test::NumberIn),
        FieldKind::Date | FieldKind::Subject(_) | FieldKind::Any => Err(vec![only_presence(field, nodes)]),
    }
}

fn none_of(event_type: EventType, field: &Field, nodes: &[Node<'_>]) -> Result<Test, Misfits> {
    let at = nodes.first().map_or(0, |node| node.at);
    match field.kind {
        FieldKind::Bool => truth(field, nodes).map(|truth| Test::Is(!truth)),
        FieldKind::Choice(list) => {
            let others = everything(list) & !positions(event_type, field, list, nodes)?;
            let nothing_left = || vec![(at, format!("`not` leaves no value of `{}`", field.name))];
            (others != 0).then_some(Test::OneOf(others)).ok_or_else(nothing_left)
        }
        FieldKind::Text | FieldKind::Name => texts(field, nodes).map(Test::TextNotIn),
        FieldKind::Choices(_) | FieldKind::TextList | FieldKind::Number { .. } | FieldKind::Whole { .. } => {
            let kind = takes(field);
            Err(vec![(at, format!("`not` does not go with `{}`, which takes {kind}; use `unless`", field.name))])
        }
        FieldKind::Date | FieldKind::Subject(_) | FieldKind::Any => Err(vec![only_presence(field, nodes)]),
    }
}

fn only_presence(field: &Field, nodes: &[Node<'_>]) -> Misfit {
    let at = nodes.first().map_or(0, |node| node.at);
    let message = format!("`{}` takes {}, of which only {{ present = true }} can be asked", field.name, takes(field));
    (at, message)
}

/// What a field takes, for messages.
fn takes(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Text | FieldKind::Name => "a text",
        FieldKind::Bool => "true or false",
        FieldKind::Date => "a date",
        FieldKind::Number { .. } => "a number",
        FieldKind::Whole { .. } => "a whole number",
        FieldKind::Choice(_) => "one of a list of words",
        FieldKind::Choices(_) => "several of a list of words",
        FieldKind::TextList => "a list of texts",
        FieldKind::Subject(_) => "a subject",
        FieldKind::Any => "anything",
    }
}

fn wrong_type(field: &Field, node: Node<'_>) -> Misfit {
    (node.at, format!("`{}` takes {}, not {}", field.name, takes(field), node.is()))
}

fn truth(field: &Field, nodes: &[Node<'_>]) -> Result<bool, Misfits> {
    match nodes {
        [node] => node.as_bool().ok_or_else(|| vec![wrong_type(field, *node)]),
        _ => {
            let at = nodes.first().map_or(0, |node| node.at);
            Err(vec![(at, format!("`{}` takes true or false, not both", field.name))])
        }
    }
}

/// What each value gives, or everything that is wrong with any of them.
fn each<T>(nodes: &[Node<'_>], read: impl Fn(Node<'_>) -> Result<T, Misfit>) -> Result<Vec<T>, Misfits> {
    let mut sound = Vec::new();
    let mut misfits = Vec::new();
    for node in nodes {
        match read(*node) {
            Ok(value) => sound.push(value),
            Err(misfit) => misfits.push(misfit),
        }
    }
    if misfits.is_empty() { Ok(sound) } else { Err(misfits) }
}

fn everything(list: &[&str]) -> u32 {
    list.iter().enumerate().fold(0, |bits, (position, _)| bits | 1 << position)
}

fn positions(event_type: EventType, field: &Field, list: &[&str], nodes: &[Node<'_>]) -> Result<u32, Misfits> {
    let bits = each(nodes, |node| {
        let word = node.as_text().ok_or_else(|| wrong_type(field, node))?;
        let position = list.iter().position(|known| *known == word);
        let unknown = || (node.at, unknown_value(event_type, field, word, list));
        position.map(|position| 1 << position).ok_or_else(unknown)
    })?;
    Ok(bits.into_iter().fold(0, |all, bit: u32| all | bit))
}

fn unknown_value(event_type: EventType, field: &Field, word: &str, list: &[&str]) -> String {
    let hint = one_of(word, list.iter().copied());
    format!("`{}` of `{}` has no value `{}`{hint}", field.name, event_type.name(), shown(word))
}

fn texts(field: &Field, nodes: &[Node<'_>]) -> Result<Vec<Text>, Misfits> {
    each(nodes, |node| node.as_text().map(Text::from).ok_or_else(|| wrong_type(field, node)))
}

fn numbers(field: &Field, nodes: &[Node<'_>]) -> Result<Vec<Number>, Misfits> {
    each(nodes, |node| {
        let number = node.as_number().ok_or_else(|| wrong_type(field, node))?;
        let never = || (node.at, format!("`{}` is never {}", field.name, number.get()));
        takes_number(field.kind, number).then_some(number).ok_or_else(never)
    })
}

fn takes_number(kind: FieldKind, number: Number) -> bool {
    match kind {
        FieldKind::Whole { values: WholeValues::OneOf(list) } => list.iter().any(|one| Number::from(*one) == number),
        FieldKind::Whole { .. } => number.get().fract() == 0.0 && in_bounds(kind, number),
        FieldKind::Number { .. } => in_bounds(kind, number),
        FieldKind::Text
        | FieldKind::Name
        | FieldKind::Bool
        | FieldKind::Date
        | FieldKind::Choice(_)
        | FieldKind::Choices(_)
        | FieldKind::TextList
        | FieldKind::Subject(_)
        | FieldKind::Any => false,
    }
}

fn in_bounds(kind: FieldKind, number: Number) -> bool {
    if let FieldKind::Number { least, most } = kind {
        return (least..=most).contains(&number.get());
    }
    let (least, most) = match kind {
        FieldKind::Whole { values: WholeValues::Range { least, most } } => (least, most),
        FieldKind::Whole { values: WholeValues::OneOf(list) } => {
            (list.iter().min().copied().unwrap_or(0), list.iter().max().copied().unwrap_or(u8::MAX))
        }
        FieldKind::Text
        | FieldKind::Name
        | FieldKind::Bool
        | FieldKind::Date
        | FieldKind::Number { .. }
        | FieldKind::Choice(_)
        | FieldKind::Choices(_)
        | FieldKind::TextList
        | FieldKind::Subject(_)
        | FieldKind::Any => return false,
    };
    (f64::from(least)..=f64::from(most)).contains(&number.get())
}

fn bound(field: &Field, word: &str, node: Node<'_>) -> Result<Number, Misfits> {
    if !matches!(field.kind, FieldKind::Number { .. } | FieldKind::Whole { .. }) {
        let message = format!("`{word}` compares numbers, but `{}` takes {}", field.name, takes(field));
        return Err(vec![(node.at, message)]);
    }
    let Some(number) = node.as_number() else {
        return Err(vec![(node.at, format!("`{word}` must be a number, not {}", node.is()))]);
    };
    let outside = || vec![(node.at, format!("`{}` never comes near {}", field.name, number.get()))];
    in_bounds(field.kind, number).then_some(number).ok_or_else(outside)
}
