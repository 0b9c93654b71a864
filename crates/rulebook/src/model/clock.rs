//! Kinds of clock: deadlines (domain.md section 4).

use super::{Ages, Fact, InForce, Months, PatternId, Selector, StateId, Step};
use calendar::{CountFrom, Limit};
use vocabulary::SubjectKind;

/// The part of the service that a clock or measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Contact and referral.
    ContactAndReferral,
    /// Assessment.
    Assessment,
    /// Child in need.
    ChildInNeed,
    /// Child protection.
    ChildProtection,
    /// Children in care.
    Care,
    /// Care leavers.
    Leavers,
    /// Missing and exploitation.
    Missing,
    /// Early help.
    EarlyHelp,
    /// Foster carers.
    Carers,
    /// Management oversight.
    Oversight,
    /// Education of children in care.
    Education,
}

impl Area {
    /// All of them.
    pub const ALL: [Area; 11] = [
        Area::ContactAndReferral,
        Area::Assessment,
        Area::ChildInNeed,
        Area::ChildProtection,
        Area::Care,
        Area::Leavers,
        Area::Missing,
        Area::EarlyHelp,
        Area::Carers,
        Area::Oversight,
        Area::Education,
    ];

    /// The name in a rulebook, in addresses and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::ContactAndReferral => "contact_and_referral",
            Area::Assessment => "assessment",
            Area::ChildInNeed => "child_in_need",
            Area::ChildProtection => "child_protection",
            Area::Care => "care",
            Area::Leavers => "leavers",
            Area::Missing => "missing",
            Area::EarlyHelp => "early_help",
            Area::Carers => "carers",
            Area::Oversight => "oversight",
            Area::Education => "education",
        }
    }
}

/// One kind of clock.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockRule {
    /// The name in the rulebook, the command line and the API.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The part of the service.
    pub area: Area,
    /// Whose clock it is.
    pub subject: SubjectKind,
    /// Where the rule comes from: a link or a sentence.
    pub source: String,
    /// When the rule as a whole is in force, asked of the local date of a clock's start.
    pub in_force: InForce,
    /// How long there is; the first entry whose conditions hold is used. Where none holds there is no clock.
    pub limits: Vec<LimitRule>,
    /// How it starts and stops.
    pub shape: Shape,
}

/// A limit and when it is the one.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitRule {
    /// The limit.
    pub limit: Limit,
    /// Whether the start day is day 1.
    pub count_from: CountFrom,
    /// The conditions; all must hold.
    pub when: LimitWhen,
    /// Where this limit comes from, if not where the rule does.
    pub source: Option<String>,
}

/// When a limit is the one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LimitWhen {
    /// In force on the local date of the clock's start.
    pub in_force: InForce,
    /// The place in the sequence (recur only).
    pub sequence: Option<SequenceLimit>,
    /// The age at the clock's start; an unknown age does not satisfy it.
    pub ages: Option<Ages>,
    /// The clock's start date is on or after the date of the state's opening plus this (recur only).
    pub since_opening: Option<Months>,
    /// Any of these states holds at the clock's start, where there are any.
    pub states: Vec<StateId>,
    /// The latest such event at the clock's start satisfies this.
    pub fact: Option<(Fact, PatternId)>,
}

/// The place in a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SequenceLimit {
    /// The first clock.
    First,
    /// The second clock.
    Second,
}

/// The two shapes of a clock.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Each start opens one clock; the first matching stop closes it.
    Respond(Respond),
    /// While a state holds, the act must happen at least every so often.
    Recur(Recur),
}

/// A clock that a start opens and a stop closes.
#[derive(Clone, Debug, PartialEq)]
pub struct Respond {
    /// What opens a clock.
    pub starts: Vec<Selector>,
    /// What closes it.
    pub stops: Vec<Match>,
    /// What ends it as cancelled.
    pub cancels: Vec<Match>,
}

/// How a stop or cancel is matched to a start.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// Any such event of the subject not before the start (limits in days: whose local date is not before the start's).
    Subject(PatternId),
    /// By the names that events share.
    Link(Link),
}

/// A match by the names that events share.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// From the start to the ender, one step or several. At least one.
    pub steps: Vec<Step>,
    /// Whether only events not before the start's instant count. Otherwise there is no condition of time.
    pub not_before_start: bool,
}

/// A clock that runs again and again while a state holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Recur {
    /// The state.
    pub state: StateId,
    /// The ages to which the state is limited.
    pub ages: Option<Ages>,
    /// Counts only from 00:00 of the day this long after the state opened.
    pub counts_after: Option<Months>,
    /// Whether the last act before the opening starts the first clock.
    pub carry: bool,
    /// The acts.
    pub acts: Vec<PatternId>,
    /// What begins the sequence again.
    pub restarts: Vec<PatternId>,
}
