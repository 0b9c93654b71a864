//! Which events a rule means: by type, by the values of fields, and by other events of the same subject.

use calendar::Date;
use vocabulary::{Data, EventType, Number, Text, Value};

/// A set of event types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TypeSet(u128);

impl TypeSet {
    /// No type.
    pub const NONE: TypeSet = TypeSet(0);

    /// The set with `event_type` added.
    #[must_use]
    pub const fn with(self, event_type: EventType) -> TypeSet {
        TypeSet(self.0 | (1u128 << (event_type as u8)))
    }

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: TypeSet) -> TypeSet {
        TypeSet(self.0 | other.0)
    }

    /// Whether `event_type` is in the set.
    pub const fn contains(self, event_type: EventType) -> bool {
        self.0 & (1u128 << (event_type as u8)) != 0
    }

    /// Whether the sets share a type.
    pub const fn meets(self, other: TypeSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no type in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The types in both.
    #[must_use]
    pub const fn intersection(self, other: TypeSet) -> TypeSet {
        TypeSet(self.0 & other.0)
    }

    /// The types in it, in the vocabulary's order.
    pub fn types(self) -> impl Iterator<Item = EventType> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let next = EventType::ALL.get(rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(*next)
        })
    }
}

/// The place of a [`Pattern`] in its rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternId(pub(crate) u16);

impl PatternId {
    /// The position in [`super::Rulebook::patterns`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The patterns that a type of event may be of.
#[derive(Clone, Debug, Default)]
pub struct PatternsByType(Vec<Vec<PatternId>>);

impl PatternsByType {
    /// By the types that each pattern means.
    pub(crate) fn of(patterns: &[Pattern]) -> PatternsByType {
        let of_type = |event_type: &EventType| {
            let ids = (0u16..).map(PatternId).zip(patterns);
            ids.filter(|(_, pattern)| pattern.types.contains(*event_type)).map(|(id, _)| id).collect()
        };
        PatternsByType(EventType::ALL.iter().map(of_type).collect())
    }

    /// The patterns that an event of that type may be of.
    pub fn of_type(&self, event_type: EventType) -> &[PatternId] {
        self.0.get(event_type.index()).map_or(&[], Vec::as_slice)
    }
}

/// Events of certain types whose fields satisfy certain tests. Looks at one event alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The types meant.
    pub types: TypeSet,
    /// The tests per type; a type without an entry has no tests.
    pub arms: Vec<Arm>,
}

/// The tests that an event of one type must pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// The type.
    pub event_type: EventType,
    /// All of these must hold.
    pub all: Vec<(usize, Test)>,
    /// None of these may hold. An absent field satisfies no test, so it passes here.
    pub none: Vec<(usize, Test)>,
}

/// A test of one field's value. Never satisfied by an absent field (domain.md section 6).
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The field is there at all.
    Present,
    /// A truth value is this.
    Is(bool),
    /// A choice is one of this set of positions in the field's list.
    OneOf(u32),
    /// A list of choices has at least one of this set of positions.
    HasAny(u32),
    /// A text (or one text of a list) is one of these.
    TextIn(Vec<Text>),
    /// A text is none of these.
    TextNotIn(Vec<Text>),
    /// A number is one of these.
    NumberIn(Vec<Number>),
    /// A number is at least this.
    AtLeast(Number),
    /// A number is below this.
    Below(Number),
}

impl Test {
    /// Whether `value` satisfies the test.
    pub fn holds(&self, value: Value<'_>) -> bool {
        match (self, value) {
            (_, Value::Absent) => false,
            (Test::Present, _) => true,
            (Test::Is(wanted), Value::Bool(found)) => *wanted == found,
            (Test::OneOf(set), Value::Choice(found)) => set & (1 << found) != 0,
            (Test::HasAny(set), Value::Choices(found)) => set & found != 0,
            (Test::TextIn(texts), Value::Text(found)) => texts.iter().any(|text| text == found),
            (Test::TextIn(texts), Value::Texts(found)) => found.iter().any(|one| texts.contains(one)),
            (Test::TextNotIn(texts), Value::Text(found)) => texts.iter().all(|text| text != found),
            (Test::NumberIn(numbers), Value::Number(found)) => numbers.iter().any(|n| n.get() == found.get()),
            (Test::AtLeast(least), Value::Number(found)) => found.get() >= least.get(),
            (Test::Below(bound), Value::Number(found)) => found.get() < bound.get(),
            _ => false,
        }
    }
}

impl Pattern {
    /// A pattern that matches nothing.
    pub const fn nothing() -> Pattern {
        Pattern { types: TypeSet::NONE, arms: Vec::new() }
    }

    /// Whether an event with this data is meant. `kind` is the resolved kind of the event where the vocabulary lets
    /// it be inherited (an assessment's, a plan's, a strategy discussion's); it stands for the value of that slot.
    pub fn matches(&self, data: &Data, kind: Option<(usize, u8)>) -> bool {
        let event_type = data.event_type();
        if !self.types.contains(event_type) {
            return false;
        }
        let Some(arm) = self.arms.iter().find(|arm| arm.event_type == event_type) else {
            return true;
        };
        let value = |slot: usize| match kind {
            Some((kind_slot, choice)) if kind_slot == slot => Value::Choice(choice),
            _ => data.value(slot),
        };
        arm.all.iter().all(|(slot, test)| test.holds(value(*slot)))
            && !arm.none.iter().any(|(slot, test)| test.holds(value(*slot)))
    }
}

/// A field by its name, with its place on every type that has it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedField {
    name: String,
    slots: Vec<Option<u8>>,
}

impl NamedField {
    /// The field called `name`, on whichever types have one.
    pub fn new(name: &str) -> NamedField {
        let slot = |event_type: &EventType| event_type.slot(name).and_then(|slot| u8::try_from(slot).ok());
        NamedField { name: name.to_owned(), slots: EventType::ALL.iter().map(slot).collect() }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The place of the field on events of that type.
    pub fn slot(&self, event_type: EventType) -> Option<usize> {
        self.slots.get(event_type.index()).copied().flatten().map(usize::from)
    }

    /// The value of the field; absent where the type has none.
    pub fn value<'a>(&self, data: &'a Data) -> Value<'a> {
        self.slot(data.event_type()).map_or(Value::Absent, |slot| data.value(slot))
    }

    /// The value of the field where it is a text.
    pub fn text<'a>(&self, data: &'a Data) -> Option<&'a str> {
        if let Value::Text(text) = self.value(data) { Some(text) } else { None }
    }
}

/// A span of calendar months, clipped to the end of the month when added to a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Months(pub u32);

impl Months {
    /// The date so many months after `date`, clipped to the end of its month.
    pub fn after(self, date: Date) -> Date {
        date.plus_months(i32::try_from(self.0).unwrap_or(i32::MAX))
    }

    /// The date so many months before `date`, clipped to the end of its month.
    pub fn before(self, date: Date) -> Date {
        date.plus_months(-i32::try_from(self.0).unwrap_or(i32::MAX))
    }
}

/// One step from an event to others of the same subject by a name they share: the other event matches `to`, and its
/// text field `theirs` equals this event's text field `ours` (an episode, or a link to one). No condition of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The events stepped to.
    pub to: PatternId,
    /// The field of the events stepped to; it exists on every type of `to`.
    pub theirs: NamedField,
    /// The field of the event stepped from.
    pub ours: NamedField,
}

/// A condition on the other events of the subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Having {
    /// From the event to the other, one step or several. At least one.
    pub steps: Vec<Step>,
    /// Looks at the first event reached, in history order, and asks what lies between.
    pub between: Option<Between>,
}

/// Whether events lie from the local date of the first event up to and including the instant of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// Any of these.
    pub events: Vec<PatternId>,
    /// True: at least one must lie between; false: none may.
    pub some: bool,
}

/// Events chosen by more than their own fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    /// The events, by their own fields.
    pub pattern: PatternId,
    /// All of these must hold.
    pub having: Vec<Having>,
    /// None of these may hold.
    pub lacking: Vec<Having>,
    /// Where given: whether the subject has, at the event's instant, a primary allocation with a worker in force.
    pub allocated: Option<bool>,
}
