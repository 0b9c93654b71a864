//! Checking what a database holds against the bytes of its events: what every database compares in the same way.

use crate::columns::unsigned;
use crate::joining::names;
use crate::ledger::Position;
use crate::merkle::Frontier;
use crate::placing::{ByKey, merged_into};
use crate::store::StoreResult;
use calendar::Instant;
use std::collections::HashMap;
use vocabulary::{Checker, Event};

/// How many things that are wrong are said: enough to see what happened.
pub(crate) const MOST_SAID: usize = 50;

/// How many events are looked at together.
pub(crate) const EVENTS_AT_ONCE: u64 = 5_000;

/// What a database keeps of an event.
pub(crate) struct Kept {
    pub(crate) position: i64,
    /// The source, by number and by name.
    pub(crate) source: i64,
    pub(crate) source_name: String,
    pub(crate) id: String,
    /// The subject, by number and by name.
    pub(crate) subject: i64,
    pub(crate) subject_name: String,
    pub(crate) event_type: String,
    pub(crate) occurred: i64,
    pub(crate) recorded: i64,
    pub(crate) received: i64,
    pub(crate) digest: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
    /// What leads to it, by name, and whether it does.
    pub(crate) led_to: Vec<(&'static str, bool)>,
}

/// Says what concerns the ends: how many events there are, the last position, and the size of the last tree head.
pub(crate) fn ends(events: i64, last: i64, size: i64, wrong: &mut Vec<String>) {
    if events != last {
        wrong.push(format!("The last event has position {last}, but there are {events} events."));
    }
    if last != size {
        wrong.push(format!("The last event has position {last}, but the last tree head is of {size} events."));
    }
}

/// Whether the frontier of the last tree head gives its root.
pub(crate) fn frontier(size: i64, root: &[u8], frontier: &[u8], wrong: &mut Vec<String>) -> StoreResult<()> {
    let frontier = Frontier::from_bytes(unsigned(size)?, frontier);
    if frontier.map(|frontier| frontier.root()) != Some(crate::columns::hash(root)?) {
        wrong.push(format!("The frontier of the tree head of {size} events does not give its root."));
    }
    Ok(())
}

/// Says of subjects that the family that they are of is that of nobody.
pub(crate) fn families_of_nobody(numbers: Vec<i64>, wrong: &mut Vec<String>) {
    wrong.extend(numbers.into_iter().map(|number| format!("The family of subject {number} is that of nobody.")));
}

/// Says of what was refused that it is listed as open though a step settled it, or the other way round.
pub(crate) fn wrongly_open(numbers: Vec<i64>, wrong: &mut Vec<String>) {
    let said =
        numbers.into_iter().map(|number| format!("What was refused as number {number} is open or settled wrongly."));
    wrong.extend(said);
}

/// Whether every position from `from` to `to` is there.
pub(crate) fn positions(
    kept: impl Iterator<Item = i64>,
    from: Position,
    to: Position,
    wrong: &mut Vec<String>,
) -> StoreResult<()> {
    let mut expected = from;
    for position in kept {
        let position = unsigned(position)?;
        if position != expected {
            wrong.push(format!("There is no event at position {expected}."));
        }
        expected = position + 1;
    }
    if expected <= to {
        wrong.push(format!("There is no event at position {expected}."));
    }
    Ok(())
}

/// The event that the bytes are, after what is kept of it was compared with it.
pub(crate) fn event(kept: Kept, checker: &mut Checker, wrong: &mut Vec<String>) -> Option<(Kept, Event)> {
    let position = kept.position;
    let event = match checker.check_received(&kept.bytes, Instant::from_micros(kept.received)) {
        Ok(event) => event,
        Err(refusal) => {
            wrong.push(format!("The bytes at position {position} are no event that can be accepted: {refusal}."));
            return None;
        }
    };
    let agree = [
        ("source", *kept.source_name == *event.source),
        ("id", kept.id == event.id),
        ("subject", kept.subject_name == event.subject.to_string()),
        ("type", kept.event_type == event.event_type().name()),
        ("time of occurring", kept.occurred == event.occurred.micros()),
        ("time of recording", kept.recorded == event.recorded.micros()),
        ("digest", kept.digest == event.digest.0.to_be_bytes()),
    ];
    for (what, _) in agree.iter().chain(&kept.led_to).filter(|(_, agrees)| !agrees) {
        wrong.push(format!("The {what} of the event at position {position} is not that of its bytes."));
    }
    Some((kept, event))
}

/// What events link: whose families are to be compared.
#[derive(Default)]
pub(crate) struct Linked<'e> {
    /// The subjects of events that name others, by number.
    pub(crate) numbers: Vec<i64>,
    /// The survivors that merges name.
    pub(crate) merged: Vec<String>,
    /// The events that are named.
    pub(crate) named: Vec<(i64, &'e str)>,
}

impl<'e> Linked<'e> {
    /// By those events.
    pub(crate) fn by(events: &'e [(Kept, Event)]) -> Linked<'e> {
        let mut linked = Linked::default();
        for (kept, event) in events {
            let into = merged_into(event).map(ToString::to_string);
            let named = names(event);
            if into.is_some() || named.ids().next().is_some() {
                linked.numbers.push(kept.subject);
            }
            linked.named.extend(named.ids().map(|id| (kept.source, id)));
            linked.merged.extend(into);
        }
        linked
    }
}

/// Families as they are kept, of all that events link.
pub(crate) struct KeptFamilies<'e> {
    /// By number of the subject.
    pub(crate) of_numbers: HashMap<i64, i64>,
    /// By name of the subject.
    pub(crate) of_merged: HashMap<String, i64>,
    /// By event, that has arrived or that others wait for.
    pub(crate) of_named: ByKey<'e, i64>,
}

/// Whether the subjects that events link are of one family.
pub(crate) fn families(events: &[(Kept, Event)], families: &KeptFamilies<'_>, wrong: &mut Vec<String>) {
    for (kept, event) in events {
        let own = families.of_numbers.get(&kept.subject);
        let position = kept.position;
        if let Some(into) = merged_into(event)
            && families.of_merged.get(&into.to_string()) != own
        {
            wrong.push(format!("The merge at position {position} does not join the families of its subjects."));
        }
        for id in names(event).ids() {
            if families.of_named.get(&(kept.source, id)) != own {
                wrong.push(format!("The event at position {position} is not of the family of {id}, which it names."));
            }
        }
    }
}

/// Of each tally what it counts, and a question that says in how many rows it differs from the clocks. `{x}` stands for
/// the letter of a place.
pub(crate) const TALLIES: [(&str, &str); 3] = [
    (
        "the clocks by outcome",
        "SELECT count(*) FROM (
             SELECT outcome, holder, kind, clocks, sum(side) FROM (
                 SELECT outcome, holder, kind, clocks, 1 AS side FROM tally_{x}
                 UNION ALL
                 SELECT outcome, holder, kind, count(*), -1 FROM clock_{x} GROUP BY outcome, holder, kind) AS both_sides
             GROUP BY outcome, holder, kind, clocks HAVING sum(side) <> 0) AS differing",
    ),
    (
        "the running clocks by when they are due",
        "SELECT count(*) FROM (
             SELECT locality, kind, due_at, due_day, clocks, sum(side) FROM (
                 SELECT locality, kind, due_at, due_day, clocks, 1 AS side FROM due_tally_{x}
                 UNION ALL
                 SELECT holder.locality, clock.kind, clock.due_at, clock.due_day, count(*), -1
                 FROM clock_{x} AS clock JOIN holder ON holder.id = clock.holder WHERE clock.outcome = 0
                 GROUP BY holder.locality, clock.kind, clock.due_at, clock.due_day) AS both_sides
             GROUP BY locality, kind, due_at, due_day, clocks HAVING sum(side) <> 0) AS differing",
    ),
    (
        "all running clocks",
        "SELECT count(*) FROM (
             SELECT locality, kind, clocks, sum(side) FROM (
                 SELECT locality, kind, clocks, 1 AS side FROM running_tally_{x}
                 UNION ALL
                 SELECT holder.locality, clock.kind, count(*), -1
                 FROM clock_{x} AS clock JOIN holder ON holder.id = clock.holder WHERE clock.outcome = 0
                 GROUP BY holder.locality, clock.kind) AS both_sides
             GROUP BY locality, kind, clocks HAVING sum(side) <> 0) AS differing",
    ),
];

/// Says of a tally that it differs, if it does.
pub(crate) fn differing(what: &str, rows: i64) -> Option<String> {
    (rows > 0).then(|| format!("The tally of {what} differs from the clocks in {rows} rows."))
}
