//! Which limit a clock has, and when it is due.

use crate::case::Case;
use crate::measures::latest_fact;
use calendar::{Date, Due, Instant};
use rulebook::{ClockRule, LimitRule, LimitWhen, SequenceLimit};

/// What the limit of a clock may depend on.
#[derive(Clone, Copy)]
pub(super) struct Start {
    /// When it starts.
    pub at: Instant,
    /// The local date of that.
    pub date: Date,
    /// The place in the sequence, from 1.
    pub place: u32,
    /// The local date on which the state opened; of a clock that responds, none.
    pub opening: Option<Date>,
}

/// The limit in force for a clock that starts so, and its due date. None: the rule, or every limit of it, is not in
/// force then, and there is no clock.
pub(super) fn limit_of<'r>(case: &Case<'_, '_, 'r>, rule: &'r ClockRule, start: Start) -> Option<(&'r LimitRule, Due)> {
    if !rule.in_force.holds_on(start.date) {
        return None;
    }
    let limit = rule.limits.iter().find(|limit| applies(case, &limit.when, start))?;
    Some((limit, case.rulebook().working_days.due(start.at, limit.limit, limit.count_from)))
}

fn applies(case: &Case<'_, '_, '_>, when: &LimitWhen, start: Start) -> bool {
    when.in_force.holds_on(start.date)
        && when.sequence.is_none_or(|place| match place {
            SequenceLimit::First => start.place == 1,
            SequenceLimit::Second => start.place == 2,
        })
        && when.ages.is_none_or(|ages| case.is_aged(&ages, start.at))
        && when
            .since_opening
            .is_none_or(|months| start.opening.is_some_and(|opening| start.date >= months.after(opening)))
        && (when.states.is_empty() || when.states.iter().any(|state| case.holds(*state, start.at)))
        && when.fact.as_ref().is_none_or(|(fact, wanted)| {
            latest_fact(case, fact, start.at).is_some_and(|moment| case.index.is(moment, *wanted))
        })
}
