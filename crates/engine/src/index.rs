//! A history made quick to ask: the events of each pattern, and those that share a name.

use crate::history::{History, Moment};
use hashbrown::HashMap;
use rulebook::{NamedField, PatternId, Rulebook, Step};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// The events of one pattern that give a field a text, ordered by that text, then by place.
type ByName<'h, 'a> = Rc<[(&'a str, &'h Moment<'a>)]>;

/// Below this many events of a pattern a search one by one is quicker than an ordered index.
const FEW: usize = 8;

/// The events of one history by pattern and by name.
pub struct Index<'h, 'a, 'r> {
    history: &'h History<'a>,
    rulebook: &'r Rulebook,
    /// The events of each pattern, in history order.
    matches: Vec<Vec<&'h Moment<'a>>>,
    /// Found when first asked for.
    by_name: RefCell<HashMap<(PatternId, &'r str), ByName<'h, 'a>>>,
}

impl<'h, 'a, 'r> Index<'h, 'a, 'r> {
    /// The index of a history under a rulebook. One pass, so that each event is looked at while it is at hand.
    pub fn of(history: &'h History<'a>, rulebook: &'r Rulebook) -> Index<'h, 'a, 'r> {
        let mut matches = vec![Vec::new(); rulebook.patterns.len()];
        for moment in history.moments() {
            let data = &moment.event.data;
            for id in rulebook.patterns_by_type.of_type(data.event_type()) {
                if rulebook.pattern(*id).matches(data, moment.kind)
                    && let Some(found) = matches.get_mut(id.index())
                {
                    found.push(moment);
                }
            }
        }
        Index { history, rulebook, matches, by_name: RefCell::default() }
    }

    /// The history.
    pub fn history(&self) -> &'h History<'a> {
        self.history
    }

    /// The rulebook.
    pub fn rulebook(&self) -> &'r Rulebook {
        self.rulebook
    }

    /// The events of a pattern, in history order.
    pub fn matches(&self, id: PatternId) -> &[&'h Moment<'a>] {
        self.matches.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether the moment is of the pattern.
    pub fn is(&self, moment: &Moment<'a>, id: PatternId) -> bool {
        self.rulebook.pattern(id).matches(&moment.event.data, moment.kind)
    }

    /// The events of any of the patterns, each once, in history order.
    pub fn matches_any(&self, ids: &[PatternId]) -> Cow<'_, [&'h Moment<'a>]> {
        if let [only] = ids {
            return Cow::Borrowed(self.matches(*only));
        }
        let mut all: Vec<&'h Moment<'a>> = ids.iter().flat_map(|id| self.matches(*id)).copied().collect();
        all.sort_unstable_by_key(|moment| moment.place);
        all.dedup_by_key(|moment| moment.place);
        Cow::Owned(all)
    }

    /// Calls `visit` with every event that the steps lead to from `from`, until it returns true. Events of one name
    /// come in history order.
    pub fn reach(&self, from: &Moment<'a>, steps: &'r [Step], visit: &mut dyn FnMut(&'h Moment<'a>) -> bool) -> bool {
        let Some((step, further)) = steps.split_first() else {
            return false;
        };
        let Some(name) = step.ours.text(&from.event.data) else {
            return false;
        };
        self.each_named(step.to, &step.theirs, name, &mut |moment| {
            if further.is_empty() { visit(moment) } else { self.reach(moment, further, visit) }
        })
    }

    /// The first event in history order that the steps lead to and that `wanted` accepts.
    pub fn first_reached(
        &self,
        from: &Moment<'a>,
        steps: &'r [Step],
        wanted: &dyn Fn(&Moment<'a>) -> bool,
    ) -> Option<&'h Moment<'a>> {
        let mut first: Option<&'h Moment<'a>> = None;
        // One step: events of one name come in order, so the first accepted is the first of all.
        let in_order = steps.len() == 1;
        self.reach(from, steps, &mut |moment| {
            if wanted(moment) && first.is_none_or(|first| moment.place < first.place) {
                first = Some(moment);
            }
            in_order && first.is_some()
        });
        first
    }

    fn each_named(
        &self,
        pattern: PatternId,
        field: &'r NamedField,
        name: &str,
        visit: &mut dyn FnMut(&'h Moment<'a>) -> bool,
    ) -> bool {
        let matches = self.matches(pattern);
        if matches.len() <= FEW {
            return matches.iter().any(|moment| field.text(&moment.event.data) == Some(name) && visit(moment));
        }
        let named = self.ordered_by_name(pattern, field, matches);
        let from = named.partition_point(|(theirs, _)| *theirs < name);
        named
            .get(from..)
            .unwrap_or(&[])
            .iter()
            .take_while(|(theirs, _)| *theirs == name)
            .any(|(_, moment)| visit(moment))
    }

    fn ordered_by_name(&self, id: PatternId, field: &'r NamedField, matches: &[&'h Moment<'a>]) -> ByName<'h, 'a> {
        let mut by_name = self.by_name.borrow_mut();
        let ordered = by_name.entry((id, field.name())).or_insert_with(|| {
            let mut named: Vec<(&'a str, &'h Moment<'a>)> = matches
                .iter()
                .filter_map(|moment| {
                    let event: &'a vocabulary::Event = moment.event;
                    Some((field.text(&event.data)?, *moment))
                })
                .collect();
            named.sort_by(|one, other| one.0.cmp(other.0));
            named.into()
        });
        Rc::clone(ordered)
    }
}
