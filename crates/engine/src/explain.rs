//! Why a clock is what it is: the events behind it, the rule and its source, and the days counted out.

use crate::case::Case;
use crate::clocks::{Clock, Ending};
use crate::history::Moment;
use crate::worklist::{KeptClock, Row};
use calendar::london::local_date;
use calendar::{Date, Instant};
use rulebook::{ClockRule, InForce, LimitRule, Shape, StateId};

/// Why a clock is what it is.
#[derive(Clone, Debug)]
pub struct Explanation<'h, 'a, 'r> {
    /// The clock as in the worklist.
    pub row: Row,
    /// Its kind.
    pub rule: &'r ClockRule,
    /// The limit in force at its start.
    pub limit: &'r LimitRule,
    /// The days counted out.
    pub day_count: String,
    /// What happened to it, in order: what started it, and what ended it.
    pub causes: Vec<Cause<'h, 'a>>,
}

impl Explanation<'_, '_, '_> {
    /// When the rule with this limit is in force.
    pub fn in_force(&self) -> InForce {
        let (rule, limit) = (self.rule.in_force, self.limit.when.in_force);
        let earliest = |one: Option<Date>, other: Option<Date>| one.into_iter().chain(other).min();
        InForce { from: rule.from.max(limit.from), until: earliest(rule.until, limit.until) }
    }

    /// Where the limit comes from: a link or a sentence.
    pub fn source(&self) -> &str {
        self.limit.source.as_deref().unwrap_or(&self.rule.source)
    }
}

/// Something that happened to a clock.
#[derive(Clone, Debug)]
pub struct Cause<'h, 'a> {
    /// What it did.
    pub effect: Effect,
    /// When.
    pub at: Instant,
    /// The events behind it; empty where a date alone did it.
    pub events: Vec<&'h Moment<'a>>,
    /// In a sentence.
    pub sentence: String,
}

/// What something did to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Started it.
    Started,
    /// Started its sequence again.
    Restarted,
    /// Stopped it.
    Stopped,
    /// Cancelled it.
    Cancelled,
}

impl Effect {
    /// The name in the command line and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Effect::Started => "started",
            Effect::Restarted => "restarted",
            Effect::Stopped => "stopped",
            Effect::Cancelled => "cancelled",
        }
    }
}

/// Explains the clocks of a subject: all, or those of one kind, in the order of the worklist.
pub fn explain<'h, 'a, 'r>(case: &Case<'h, 'a, 'r>, kind: Option<usize>) -> Vec<Explanation<'h, 'a, 'r>> {
    let mut explanations: Vec<Explanation<'h, 'a, 'r>> = case
        .all_clocks()
        .filter(|clock| kind.is_none_or(|kind| clock.kind == kind))
        .map(|clock| {
            let kept = KeptClock::of(clock, &case.whose_clock(clock));
            explain_clock(case, clock, kept.row(case.subject().clone(), case.at(), case.rulebook()))
        })
        .collect();
    explanations.sort_by(|one, other| crate::worklist::order(&one.row, &other.row));
    explanations
}

fn explain_clock<'h, 'a, 'r>(case: &Case<'h, 'a, 'r>, clock: &Clock<'h, 'a, 'r>, row: Row) -> Explanation<'h, 'a, 'r> {
    let days = &case.rulebook().working_days;
    let mut causes = vec![start(case, clock)];
    causes.extend(end(case, clock));
    Explanation {
        row,
        rule: clock.rule,
        limit: clock.limit,
        day_count: days.explain_count(clock.started, clock.limit.limit, clock.limit.count_from),
        causes,
    }
}

fn start<'h, 'a>(case: &Case<'h, 'a, '_>, clock: &Clock<'h, 'a, '_>) -> Cause<'h, 'a> {
    let (effect, events, sentence) = match (&clock.rule.shape, clock.started_by) {
        (Shape::Respond(_), Some(event)) => (Effect::Started, vec![event], format!("started by {}", named(event))),
        (Shape::Recur(_), Some(event)) if clock.place == 1 => {
            (Effect::Restarted, vec![event], format!("the sequence began again with {}", named(event)))
        }
        (Shape::Recur(_), Some(event)) if Some(event.date) < clock.opening.map(local_date) => {
            (Effect::Started, vec![event], format!("carried from {}, before the state opened", named(event)))
        }
        (Shape::Recur(_), Some(event)) => (Effect::Started, vec![event], format!("started by {}", named(event))),
        (Shape::Respond(_), None) => (Effect::Started, Vec::new(), "started".to_owned()),
        (Shape::Recur(recur), None) => {
            let events = turning(case, recur.state, clock.started);
            let state = state_title(case, recur.state);
            let sentence = if events.is_empty() {
                format!("began to count for {state} on this date, by age or by time since it opened")
            } else {
                format!("{state} opened with {}", all_named(&events))
            };
            (Effect::Started, events, sentence)
        }
    };
    Cause { effect, at: clock.started, events, sentence }
}

fn end<'h, 'a>(case: &Case<'h, 'a, '_>, clock: &Clock<'h, 'a, '_>) -> Option<Cause<'h, 'a>> {
    let ended = clock.ended?;
    let (events, sentence) = match (ended.by, &clock.rule.shape) {
        (Some(event), Shape::Recur(_)) if ended.how == Ending::Cancelled => {
            (vec![event], format!("cancelled, as the sequence began again with {}", named(event)))
        }
        (Some(event), _) => {
            let verb = if ended.how == Ending::Stopped { "stopped" } else { "cancelled" };
            (vec![event], format!("{verb} by {}", named(event)))
        }
        (None, Shape::Recur(recur)) => {
            let events = turning(case, recur.state, ended.at);
            let state = state_title(case, recur.state);
            let sentence = if events.is_empty() {
                format!("cancelled, as {state} no longer counted from this date, by age")
            } else {
                format!("cancelled, as {state} closed with {}", all_named(&events))
            };
            (events, sentence)
        }
        (None, Shape::Respond(_)) => (Vec::new(), "ended".to_owned()),
    };
    let effect = if ended.how == Ending::Stopped { Effect::Stopped } else { Effect::Cancelled };
    Some(Cause { effect, at: ended.at, events, sentence })
}

/// The starts and ends of a state's parts at an instant.
fn turning<'h, 'a>(case: &Case<'h, 'a, '_>, state: StateId, at: Instant) -> Vec<&'h Moment<'a>> {
    let mut events: Vec<&'h Moment<'a>> = Vec::new();
    let mut parts = vec![state];
    while let Some(part) = parts.pop() {
        let Some(definition) = case.rulebook().state(part) else { continue };
        parts.extend(definition.any.iter().chain(&definition.all).chain(&definition.none));
        for episode in case.episodes(part) {
            let turns = [Some(episode.start), episode.end].into_iter().flatten();
            events.extend(turns.filter(|moment| moment.occurred() == at));
        }
    }
    events.sort_by_key(|moment| moment.place);
    events.dedup_by_key(|moment| moment.place);
    events
}

fn state_title(case: &Case<'_, '_, '_>, state: StateId) -> String {
    case.rulebook().state(state).map_or_else(String::new, |state| format!("\"{}\"", state.title))
}

fn named(moment: &Moment<'_>) -> String {
    let event = moment.event;
    let episode = moment.episode().map(|episode| format!(" of episode {episode}")).unwrap_or_default();
    format!("{}{episode} (event {})", event.data.event_type().name(), event.id)
}

fn all_named(moments: &[&Moment<'_>]) -> String {
    moments.iter().map(|moment| named(moment)).collect::<Vec<_>>().join(" and ")
}
