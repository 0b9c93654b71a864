//! Measures: what each says of itself, its targets and comparators.

use super::common::{self, Entry};
use super::context::Context;
use super::fields::Node;
use super::limits;
use super::measure_kinds;
use super::reference;
use crate::model::{Comparator, InForce, Measure, Polarity, Target, What};
use vocabulary::Number;

const POLARITIES: &[(&str, Polarity)] =
    &[("higher", Polarity::Higher), ("lower", Polarity::Lower), ("plan", Polarity::Plan)];

/// The most that a count or mean can be aimed at.
const MOST_COUNT: f64 = 1e9;

/// What measures take over from the rulebook where they say nothing.
pub(super) struct Defaults {
    pub(super) tolerance: Number,
    pub(super) source: Option<String>,
}

/// Reads every `[[measure]]`, in the order of their ids.
pub(super) fn read<'a>(cx: &mut Context<'a>, node: Option<Node<'a>>, defaults: &Defaults) -> Vec<Measure> {
    let entries = common::entries(cx, node, "measure");
    entries.into_iter().filter_map(|entry| measure(cx, entry, defaults)).collect()
}

fn measure(cx: &mut Context<'_>, entry: Entry<'_>, defaults: &Defaults) -> Option<Measure> {
    let mut fields = entry.fields;
    let at = fields.at;
    let about = common::about(cx, &mut fields);
    let source = fields.take("source").map(|node| cx.source(node));
    let better = fields.choice("better", POLARITIES, &mut cx.notes).unwrap_or(Polarity::Higher);
    let tolerance = fields.take("tolerance_percent");
    let tolerance = tolerance.map(|node| node.number("tolerance_percent", 0.0, 100.0, &mut cx.notes));
    let (target, comparator) = (fields.take("target"), fields.take("comparator"));
    let read = measure_kinds::what(cx, &mut fields);
    if read.is_some() {
        fields.finish(&mut cx.notes);
    }
    let percent = read.as_ref().is_some_and(|read| read.percent);
    let most = if percent { 100.0 } else { MOST_COUNT };
    let targets = target.map_or_else(|| Some(Vec::new()), |node| targets(cx, node, most));
    let comparators = comparator.map_or_else(|| Some(Vec::new()), |node| comparators(cx, node, most));
    let read = read?;
    let inherited = read.source.or_else(|| defaults.source.clone());
    let source = common::missing_or_sound(source)?.or(inherited);
    if source.is_none() {
        let message = format!("no `source` in measure `{}`, and no `measure_source` in the rulebook", entry.id);
        cx.notes.wrong(at, message);
    }
    Some(Measure {
        id: entry.id.to_owned(),
        title: about.title?,
        area: about.area?,
        source: source?,
        better,
        tolerance: common::missing_or_sound(tolerance)?.unwrap_or(defaults.tolerance),
        targets: targets?,
        in_force: about.in_force?,
        comparators: comparators?,
        what: read.what?,
    })
}

/// Reads `target`: a number, or several with the dates between which each is in force.
fn targets(cx: &mut Context<'_>, node: Node<'_>, most: f64) -> Option<Vec<Target>> {
    if node.as_number().is_some() {
        let value = node.number("target", 0.0, most, &mut cx.notes)?;
        return Some(vec![Target { in_force: InForce::default(), value }]);
    }
    let mut spans = Vec::new();
    let mut targets = Vec::new();
    for node in reference::some(cx, node, "target")? {
        if node.as_table().is_none() {
            let like = "a number, or tables like { from = 2022-04-01, value = 90 }";
            cx.notes.wrong(node.at, format!("`target` must be {like}, not {}", node.is()));
            targets.push(None);
            continue;
        }
        let mut fields = node.fields("`target`", &mut cx.notes)?;
        let in_force = common::in_force(&mut fields, &mut cx.notes);
        let value = fields.need("value", &mut cx.notes);
        let value = value.and_then(|node| node.number("value", 0.0, most, &mut cx.notes));
        fields.finish(&mut cx.notes);
        spans.extend(in_force.map(|span| (span, node.at)));
        targets.push(in_force.zip(value).map(|(in_force, value)| Target { in_force, value }));
    }
    limits::check_sequence(cx, &spans);
    targets.into_iter().collect()
}

/// Reads `comparator`: who, as at which day, and their figure.
fn comparators(cx: &mut Context<'_>, node: Node<'_>, most: f64) -> Option<Vec<Comparator>> {
    let mut comparators = Vec::new();
    for node in reference::some(cx, node, "comparator")? {
        comparators.push(comparator(cx, node, most));
    }
    comparators.into_iter().collect()
}

fn comparator(cx: &mut Context<'_>, node: Node<'_>, most: f64) -> Option<Comparator> {
    let mut fields = node.fields("`comparator`", &mut cx.notes)?;
    let name = fields.need_text("name", &mut cx.notes);
    let date = fields.need("date", &mut cx.notes).and_then(|node| node.date("date", &mut cx.notes));
    let value = fields.need("value", &mut cx.notes);
    let value = value.and_then(|node| node.number("value", 0.0, most, &mut cx.notes));
    fields.finish(&mut cx.notes);
    Some(Comparator { name: name?.to_owned(), date: date?, value: value? })
}

/// What a measure counts, and what follows from it for the rest.
pub(super) struct ReadWhat {
    /// None where there were mistakes.
    pub(super) what: Option<What>,
    /// Whether the figure is a percentage.
    pub(super) percent: bool,
    /// Where the clocks of the measure come from.
    pub(super) source: Option<String>,
}
