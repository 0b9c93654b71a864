//! What measures count: one function for each kind of measure.

use super::common;
use super::context::Context;
use super::draft::{all_types, kinds_of};
use super::facts;
use super::fields::{Fields, Node};
use super::kinds::Kinds;
use super::limits;
use super::links::{self, Origin};
use super::measure_filters::{bands, clock_filter, clocks, months, state_filter};
use super::measures::ReadWhat;
use super::reference;
use crate::model::{
    Basis, Conversion, Counted, EventShare, LookBack, NamedField, PatternId, Previous, Running, Selector, Since,
    StateLookBack, StateShare, Threshold, TypeSet, What, Window,
};
use vocabulary::{EventType, FieldKind};

/// The kinds of measure, each with how it is read and whether its figure is a percentage.
type Reading = (fn(&mut Context<'_>, &mut Fields<'_>) -> Option<What>, bool);

const KINDS: &[(&str, Reading)] = &[
    ("timeliness", (timeliness, true)),
    ("clock_count", (clock_count, false)),
    ("clock_bands", (clock_bands, false)),
    ("event_count", (event_count, false)),
    ("event_values", (event_values, false)),
    ("event_share", (event_share, true)),
    ("look_back", (look_back, true)),
    ("state_count", (state_count, false)),
    ("state_share", (state_share, true)),
    ("state_look_back", (state_look_back, true)),
    ("duration", (duration, true)),
    ("conversion", (conversion, true)),
    ("mean", (mean, false)),
    ("caseload", (caseload, true)),
    ("caseload_bands", (caseload_bands, false)),
    ("unallocated", (unallocated, false)),
    ("external", (external, false)),
];

/// Reads `kind` and the keys that go with it.
pub(super) fn what(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<ReadWhat> {
    let (read, percent) = fields.need_choice("kind", KINDS, &mut cx.notes)?;
    let what = read(cx, fields);
    let source = first_clock_source(cx, fields);
    Some(ReadWhat { what, percent, source })
}

const BASES: &[(&str, Basis)] =
    &[("started", Basis::Started), ("stopped", Basis::Stopped), ("due", Basis::Due), ("snapshot", Basis::Snapshot)];

fn timeliness(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let clocks = clocks(cx, fields);
    let basis = fields.need_choice("basis", BASES, &mut cx.notes);
    let filter = clock_filter(cx, fields, clocks.as_ref());
    Some(What::Timeliness { clocks: clocks?.positions, basis: basis?, filter: filter? })
}

fn clock_count(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let clocks = clocks(cx, fields);
    let words = [("running", Running::All), ("overdue", Running::Overdue)];
    let running = fields.need_choice("status", &words, &mut cx.notes);
    let filter = clock_filter(cx, fields, clocks.as_ref());
    Some(What::ClockCount { clocks: clocks?.positions, running: running?, filter: filter? })
}

fn clock_bands(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let clocks = clocks(cx, fields);
    let running = fields.need_choice("status", &[("running", true), ("stopped", false)], &mut cx.notes);
    let bands = bands(cx, fields);
    Some(What::ClockBands { clocks: clocks?.positions, running: running?, bands: bands? })
}

/// The source of the first clock of a measure over clocks.
fn first_clock_source(cx: &Context<'_>, fields: &Fields<'_>) -> Option<String> {
    let first = fields.peek("clock")?.each().into_iter().next()?;
    cx.clocks.get(first.as_text()?)?.as_ref().map(|clock| clock.source.clone())
}

/// Events with everything they may be asked, and the origin of further links.
fn events(cx: &mut Context<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<(Selector, Origin)> {
    let node = fields.need(key, &mut cx.notes)?;
    let draft = links::draft(cx, node, key, None)?;
    let origin = Origin::of(draft.types());
    let selector = links::selector(cx, draft, origin.kinds, node.at)?;
    Some((selector, origin))
}

/// Where the events are mistaken, the rest is read as if they were any.
fn origin(events: Option<&(Selector, Origin)>) -> Origin {
    events.map_or_else(|| Origin::of(all_types()), |(_, origin)| *origin)
}

fn counted(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<Counted> {
    let words = [("events", Counted::Events), ("subjects", Counted::Subjects)];
    match fields.take("count") {
        Some(node) => super::fields::choice(node, "count", &words, &mut cx.notes),
        None => Some(Counted::Events),
    }
}

fn event_count(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let events = events(cx, fields, "events");
    let counted = counted(cx, fields);
    Some(What::EventCount { events: events?.0, counted: counted? })
}

fn event_values(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let events = events(cx, fields, "events");
    let node = fields.need("field", &mut cx.notes);
    let (events, origin) = events?;
    let sorts = |kind| matches!(kind, FieldKind::Choice(_) | FieldKind::Text | FieldKind::Name);
    let field = field(cx, node?, origin.types, "a word or a text", sorts)?;
    Some(What::EventValues { events, field })
}

/// A field that every type of the events has, of the right sort.
fn field(
    cx: &mut Context<'_>,
    node: Node<'_>,
    types: TypeSet,
    wanted: &str,
    fits: fn(FieldKind) -> bool,
) -> Option<NamedField> {
    let name = node.text("field", &mut cx.notes)?;
    for event_type in types.types() {
        let fields = event_type.fields();
        let message = match fields.iter().find(|field| field.name == name) {
            None => {
                let known = fields.iter().filter(|field| fits(field.kind)).map(|field| field.name).collect();
                super::condition::no_field(name, event_type, known)
            }
            Some(field) if !fits(field.kind) => {
                format!("`{name}` of `{}` is not {wanted}", event_type.name())
            }
            Some(_) => continue,
        };
        cx.notes.wrong(node.at, message);
        return None;
    }
    Some(NamedField::new(name))
}

fn event_share(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let events = events(cx, fields, "events");
    let origin = origin(events.as_ref());
    let ages = fields.take("ages").map(|node| common::ages(node, origin.kinds, &mut cx.notes));
    let satisfies = fields.take("satisfies").map(|node| satisfies(cx, node, origin));
    let late = fields.take("recorded_late").map(|node| limits::bare(cx, node, "recorded_late"));
    if satisfies.is_some() == late.is_some() {
        cx.notes.wrong(fields.at, format!("{} needs either `satisfies` or `recorded_late`", fields.label));
        return None;
    }
    Some(What::EventShare(EventShare {
        events: events?.0,
        ages: common::missing_or_sound(ages)?,
        satisfies: common::missing_or_sound(satisfies)?,
        recorded_late: common::missing_or_sound(late)?,
    }))
}

/// Reads what the events of a share must satisfy; `event` may be left out.
fn satisfies(cx: &mut Context<'_>, node: Node<'_>, origin: Origin) -> Option<Selector> {
    let draft = links::draft(cx, node, "satisfies", Some(origin.types))?;
    if !draft.types().meets(origin.types) {
        cx.notes.wrong(node.at, "`satisfies` asks for other events than `events`");
        return None;
    }
    links::selector(cx, draft, origin.kinds, node.at)
}

fn look_back(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let events = events(cx, fields, "events");
    let scope = origin(events.as_ref()).kinds;
    let previous = fields.take("previous").map(|node| previous(cx, node, scope));
    let earlier = fields.need("earlier", &mut cx.notes);
    let earlier = earlier.and_then(|node| reference::pattern(cx, node, "earlier", scope));
    let within = fields.take("within").map(|node| common::months(node, "within", &mut cx.notes));
    let at_least = fields.take("at_least").map(|node| node.whole("at_least", 1, 1_000, &mut cx.notes));
    Some(What::LookBack(LookBack {
        events: events?.0,
        previous: common::missing_or_sound(previous)?,
        earlier: earlier?,
        within: common::missing_or_sound(within)?,
        at_least: common::missing_or_sound(at_least)?.unwrap_or(1),
    }))
}

/// Reads the latest earlier event and what it must have.
fn previous(cx: &mut Context<'_>, node: Node<'_>, scope: Kinds) -> Option<Previous> {
    let mut fields = node.fields("`previous`", &mut cx.notes)?;
    let draft = reference::of_fields(cx, &mut fields, None);
    let having = fields.need("having", &mut cx.notes);
    fields.finish(&mut cx.notes);
    let draft = reference::only_plain(cx, draft?, "previous", node.at)?;
    let from = Origin { types: draft.types(), kinds: scope.and(kinds_of(draft.types())) };
    let having = having.and_then(|node| links::having(cx, node, "having", from));
    let draft = reference::within(cx, draft, scope, node.at)?;
    Some(Previous { pattern: cx.pattern(draft, node.at)?, having: having? })
}

fn state_count(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    state_filter(cx, fields).0.map(What::StateCount)
}

fn state_share(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let (of, scope) = state_filter(cx, fields);
    let fact = facts::fact(cx, fields, scope);
    let types = fact.as_ref().map_or_else(all_types, |fact| facts::types(cx, fact));
    let among = fields.take("among").map(|node| facts::asked(cx, node, "among", types, scope));
    let satisfies = fields.need("satisfies", &mut cx.notes);
    let satisfies = satisfies.and_then(|node| facts::asked(cx, node, "satisfies", types, scope));
    Some(What::StateShare(StateShare {
        of: of?,
        fact: fact?,
        among: common::missing_or_sound(among)?,
        satisfies: satisfies?,
    }))
}

fn state_look_back(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let (of, scope) = state_filter(cx, fields);
    let events = fields.take("events").map(|node| reference::pattern(cx, node, "events", scope));
    let workers = fields.flag("distinct_workers", &mut cx.notes);
    let window = fields.need("window", &mut cx.notes).and_then(|node| window(cx, node));
    let threshold = threshold(cx, fields);
    if events.is_some() == workers {
        cx.notes.wrong(fields.at, format!("{} needs either `events` or distinct_workers = true", fields.label));
        return None;
    }
    let events: Option<PatternId> = common::missing_or_sound(events)?;
    Some(What::StateLookBack(StateLookBack { of: of?, events, window: window?, threshold: threshold? }))
}

fn window(cx: &mut Context<'_>, node: Node<'_>) -> Option<Window> {
    let words =
        [("ever", Window::Ever), ("period", Window::Period), ("since_september", Window::Since(Since::September))];
    if node.as_text().is_some() {
        return super::fields::choice(node, "window", &words, &mut cx.notes);
    }
    let mut fields = node.fields("`window`", &mut cx.notes)?;
    let last = fields.take("last").map(|node| (node, "last"));
    let opening = fields.take("before_opening").map(|node| (node, "before_opening"));
    let at = fields.at;
    fields.finish(&mut cx.notes);
    match (last, opening) {
        (Some((node, key)), None) => common::months(node, key, &mut cx.notes).map(Window::Last),
        (None, Some((node, key))) => common::months(node, key, &mut cx.notes).map(Window::BeforeOpening),
        _ => {
            let message = "`window` is \"ever\", \"period\", \"since_september\", { last = \"12 months\" } or \
                           { before_opening = \"12 months\" }";
            cx.notes.wrong(at, message);
            None
        }
    }
}

fn threshold(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<Threshold> {
    match (fields.take("at_least"), fields.take("fewer_than")) {
        (Some(node), None) => node.whole("at_least", 1, 1_000, &mut cx.notes).map(Threshold::AtLeast),
        (None, Some(node)) => node.whole("fewer_than", 1, 1_000, &mut cx.notes).map(Threshold::FewerThan),
        _ => {
            cx.notes.wrong(fields.at, format!("{} needs either `at_least` or `fewer_than`", fields.label));
            None
        }
    }
}

fn duration(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let (of, scope) = state_filter(cx, fields);
    let episode = fields.take("current").map(|node| super::states::episodes(cx, node, "current", scope));
    let longer = months(cx, fields, "longer_than");
    let at_least = months(cx, fields, "at_least");
    let (limit, longer) = match (longer, at_least) {
        (Some(limit), None) => (limit?, true),
        (None, Some(limit)) => (limit?, false),
        _ => {
            cx.notes.wrong(fields.at, format!("{} needs either `longer_than` or `at_least`", fields.label));
            return None;
        }
    };
    Some(What::Duration { of: of?, episode: common::missing_or_sound(episode)?, limit, longer })
}

fn conversion(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let starts = events(cx, fields, "starts");
    let from = origin(starts.as_ref());
    let outcome = fields.need("outcome", &mut cx.notes).and_then(|node| links::having(cx, node, "outcome", from));
    let counted = counted(cx, fields);
    Some(What::Conversion(Conversion { starts: starts?.0, outcome: outcome?, counted: counted? }))
}

fn mean(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let (of, scope) = state_filter(cx, fields);
    let fact = facts::fact(cx, fields, scope);
    let node = fields.need("field", &mut cx.notes);
    let fact = fact?;
    let types = facts::types(cx, &fact);
    let numeric = |kind| matches!(kind, FieldKind::Number { .. } | FieldKind::Whole { .. });
    let field = field(cx, node?, types, "a number", numeric)?;
    Some(What::Mean { of: of?, fact, field })
}

fn caseload(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let state = fields.need("state", &mut cx.notes);
    let state = state.and_then(|node| limits::state(cx, node, "state", allocated()));
    let at_most = fields.need("at_most", &mut cx.notes);
    let at_most = at_most.and_then(|node| node.whole("at_most", 1, 1_000, &mut cx.notes));
    Some(What::Caseload { state: state?.0, at_most: at_most? })
}

fn caseload_bands(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let state = fields.need("state", &mut cx.notes);
    let state = state.and_then(|node| limits::state(cx, node, "state", allocated()));
    let bands = bands(cx, fields)?;
    Some(What::CaseloadBands { state: state?.0, bands })
}

/// Whom workers are allocated to.
fn allocated() -> Kinds {
    Kinds::of_type(EventType::AllocationStarted)
}

fn unallocated(cx: &mut Context<'_>, fields: &mut Fields<'_>) -> Option<What> {
    let (of, _) = state_filter(cx, fields);
    let days = fields.take("longer_than_days");
    let days = days.map(|node| node.whole("longer_than_days", 1, 36_500, &mut cx.notes));
    Some(What::Unallocated { of: of?, longer_than_days: common::missing_or_sound(days)? })
}

fn external(_: &mut Context<'_>, _: &mut Fields<'_>) -> Option<What> {
    Some(What::External)
}
