//! States: what holds for a subject for a time (domain.md section 3).

use super::PatternId;
use calendar::Age;
use vocabulary::SubjectKind;

/// The place of a [`State`] in its rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub(crate) u16);

impl StateId {
    /// The position in [`super::Rulebook::states`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something that begins with one event and ends with another of the same episode.
#[derive(Clone, Debug, PartialEq)]
pub struct Episodes {
    /// All starts of the noun (for a plan: of any kind); the first of an episode counts.
    pub starts: PatternId,
    /// All ends of the noun; the first of an episode counts.
    pub ends: PatternId,
    /// Which episodes are meant, asked of the start that counts.
    pub which: PatternId,
}

/// A state. Holds where its own episodes (if it has any) hold, and any of `any` (if it names any), and all of `all`,
/// and none of `none`.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The name in the rulebook.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whose state it is.
    pub subject: SubjectKind,
    /// Its own episodes.
    pub episodes: Option<Episodes>,
    /// At least one of these must hold, where there are any.
    pub any: Vec<StateId>,
    /// All of these must hold.
    pub all: Vec<StateId>,
    /// None of these may hold.
    pub none: Vec<StateId>,
    /// The state with episodes of its own whose episode is shown on clocks of this one (itself, where it has
    /// episodes of its own); none: no episode is shown.
    pub shows: Option<StateId>,
}

/// From one age up to, not including, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// The first age that counts.
    pub from: Option<Age>,
    /// The first age that no longer counts.
    pub to: Option<Age>,
}
