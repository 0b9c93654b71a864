//! Events that a rule asks for, before they become patterns.

use super::kinds::Kinds;
use super::notes::Notes;
use crate::model::{Arm, Having, Pattern, PatternId, Test, TypeSet};
use std::collections::HashMap;
use vocabulary::{EventType, Text};

/// Events that a rule asks for. Unlike a pattern it can still be narrowed.
#[derive(Clone, Default)]
pub(super) struct Draft {
    /// One arm per type, in the vocabulary's order.
    pub(super) arms: Vec<Arm>,
    /// Written with a wildcard: types that do not fit what is asked of them are left out instead of refused.
    pub(super) wild: bool,
    pub(super) having: Vec<Having>,
    pub(super) lacking: Vec<Having>,
    pub(super) allocated: Option<bool>,
}

impl Draft {
    /// Events of these types, whatever their fields.
    pub(super) fn of_types(types: TypeSet, wild: bool) -> Draft {
        let arm = |event_type| Arm { event_type, all: Vec::new(), none: Vec::new() };
        Draft { arms: types.types().map(arm).collect(), wild, ..Draft::default() }
    }

    /// The types meant.
    pub(super) fn types(&self) -> TypeSet {
        self.arms.iter().fold(TypeSet::NONE, |types, arm| types.with(arm.event_type))
    }

    /// Whether one event alone tells if it is meant.
    pub(super) fn is_plain(&self) -> bool {
        self.having.is_empty() && self.lacking.is_empty() && self.allocated.is_none()
    }

    fn into_pattern(self) -> Pattern {
        let types = self.types();
        let tested = |arm: &Arm| !arm.all.is_empty() || !arm.none.is_empty();
        let arms = self.arms.into_iter().filter(tested).map(in_order).collect();
        Pattern { types, arms }
    }
}

/// The kinds that at least one of the types can be about.
pub(super) fn kinds_of(types: TypeSet) -> Kinds {
    types.types().fold(Kinds::NONE, |kinds, event_type| kinds.or(Kinds::of_type(event_type)))
}

/// The same tests in one order, however they were written, so that equal patterns are found to be equal.
fn in_order(mut arm: Arm) -> Arm {
    for tests in [&mut arm.all, &mut arm.none] {
        for (_, test) in tests.iter_mut() {
            settle(test);
        }
        tests.sort_by_key(|(slot, test)| (*slot, rank(test)));
        tests.dedup();
    }
    arm
}

fn settle(test: &mut Test) {
    match test {
        Test::TextIn(texts) | Test::TextNotIn(texts) => settle_texts(texts),
        Test::NumberIn(numbers) => {
            numbers.sort();
            numbers.dedup();
        }
        Test::Present | Test::Is(_) | Test::OneOf(_) | Test::HasAny(_) | Test::AtLeast(_) | Test::Below(_) => {}
    }
}

fn settle_texts(texts: &mut Vec<Text>) {
    texts.sort();
    texts.dedup();
}

fn rank(test: &Test) -> u8 {
    match test {
        Test::Present => 0,
        Test::Is(_) => 1,
        Test::OneOf(_) => 2,
        Test::HasAny(_) => 3,
        Test::TextIn(_) => 4,
        Test::TextNotIn(_) => 5,
        Test::NumberIn(_) => 6,
        Test::AtLeast(_) => 7,
        Test::Below(_) => 8,
    }
}

/// How many different patterns a rulebook may have. The default one has about a hundred; the engine asks every one of
/// them of every event.
const MOST_PATTERNS: u16 = 4_096;

/// The patterns of a rulebook, each once.
#[derive(Default)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    /// Whether there was one more than there may be.
    too_many: bool,
    by_types: HashMap<TypeSet, Vec<u16>>,
}

impl Patterns {
    /// The id of the pattern that the draft stands for. The first one too many is a mistake, and all after it are none:
    /// there is no rulebook then.
    pub(super) fn id(&mut self, draft: Draft, at: usize, notes: &mut Notes<'_>) -> Option<PatternId> {
        if self.too_many {
            return None;
        }
        let pattern = draft.into_pattern();
        let same_types = self.by_types.entry(pattern.types).or_default();
        let equal = |id: &&u16| self.all.get(usize::from(**id)) == Some(&pattern);
        if let Some(id) = same_types.iter().find(equal) {
            return Some(PatternId(*id));
        }
        let Some(id) = u16::try_from(self.all.len()).ok().filter(|id| *id < MOST_PATTERNS) else {
            self.too_many = true;
            let message = format!("a rulebook has at most {MOST_PATTERNS} different events with their conditions");
            notes.wrong(at, message);
            return None;
        };
        same_types.push(id);
        self.all.push(pattern);
        Some(PatternId(id))
    }

    /// The types of a pattern.
    pub(super) fn types(&self, id: PatternId) -> TypeSet {
        self.all.get(id.index()).map_or(TypeSet::NONE, |pattern| pattern.types)
    }

    pub(super) fn into_all(self) -> Vec<Pattern> {
        self.all
    }
}

/// The types of a set whose events have a field of that name.
pub(super) fn types_with(types: TypeSet, field: &str) -> TypeSet {
    types.types().filter(|event_type| event_type.slot(field).is_some()).fold(TypeSet::NONE, TypeSet::with)
}

/// All types of the vocabulary.
pub(super) fn all_types() -> TypeSet {
    EventType::ALL.iter().copied().fold(TypeSet::NONE, TypeSet::with)
}
