//! Sets of subject kinds: whom an event, a state or a clock can be about.

use vocabulary::{EventType, SubjectKind};

/// Every kind with its name in a rulebook and in messages.
pub(super) const NAMES: &[(&str, SubjectKind)] = &[
    ("child", SubjectKind::Child),
    ("carer", SubjectKind::Carer),
    ("worker", SubjectKind::Worker),
    ("locality", SubjectKind::Locality),
    ("authority", SubjectKind::Authority),
];

/// A set of subject kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    /// All kinds.
    pub(super) const ANY: Kinds = Kinds(u8::MAX);

    /// No kind.
    pub(super) const NONE: Kinds = Kinds(0);

    /// One kind.
    pub(super) fn only(kind: SubjectKind) -> Kinds {
        Kinds(bit(kind))
    }

    /// The kinds that events of a type can be about.
    pub(super) fn of_type(event_type: EventType) -> Kinds {
        Kinds(event_type.subject_kinds().iter().fold(0, |bits, kind| bits | bit(*kind)))
    }

    pub(super) fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    pub(super) fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The kind, where there is exactly one.
    pub(super) fn single(self) -> Option<SubjectKind> {
        let mut kinds = NAMES.iter().filter(|(_, kind)| self.0 & bit(*kind) != 0);
        let first = kinds.next()?;
        kinds.next().is_none().then_some(first.1)
    }

    /// For messages: "a child or a carer".
    pub(super) fn spoken(self) -> String {
        let names = NAMES.iter().filter(|(_, kind)| self.0 & bit(*kind) != 0);
        let spoken: Vec<String> = names.map(|(name, _)| format!("{} {name}", article(name))).collect();
        spoken.join(" or ")
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with('a') { "an" } else { "a" }
}

fn bit(kind: SubjectKind) -> u8 {
    1 << match kind {
        SubjectKind::Child => 0,
        SubjectKind::Carer => 1,
        SubjectKind::Worker => 2,
        SubjectKind::Locality => 3,
        SubjectKind::Authority => 4,
    }
}
