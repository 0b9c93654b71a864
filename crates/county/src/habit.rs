//! How punctually things are done: an act falls due, and is done before or after.

use crate::days::{At, Days, Within};
use crate::draw::{Draw, Spread};
use crate::figures::rhythm;

/// How one act, or one place in a sequence of acts, keeps its limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// The limit.
    pub(crate) within: Within,
    /// How many in a thousand are in time.
    pub(crate) in_time: u32,
    /// When in the limit those in time are done, in thousandths of it.
    pub(crate) ahead: Spread,
    /// How many days after the due date the others are done.
    pub(crate) late: Spread,
}

/// How an act that is to be repeated keeps its limits: the steps of the sequence, the last for all that follow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habit(pub(crate) &'static [Step]);

impl Habit {
    /// The step at a place of the sequence, from 0.
    pub(crate) fn step(self, place: usize) -> Option<&'static Step> {
        self.0.get(place).or(self.0.last())
    }
}

/// A working day on which an act is done that a day starts.
pub(crate) fn day_done(draw: &mut Draw, days: &Days, start: i32, step: &Step) -> i32 {
    let due = days.due(start, step.within);
    let slack = if days.is_slack(due) { rhythm::SLACK } else { 0 };
    // A step that is always in time knows no holidays.
    let in_time = if step.in_time >= 1_000 { 1_000 } else { step.in_time.saturating_sub(slack) };
    if !draw.chance(in_time) {
        return days.working_day_from(due + draw.of(step.late).max(1));
    }
    let day = start + (due - start) * draw.of(step.ahead) / 1_000;
    let before = days.working_day_after(day, 0);
    // Where no working day lies between the start and that day, the first one after the start.
    if before > start { before } else { days.working_day_after(start, 1).min(due.max(start)) }
}

/// A minute in office hours.
pub(crate) fn in_office_hours(draw: &mut Draw, day: i32) -> At {
    At::new(day, draw.between(9 * 60, 17 * 60 + 29))
}
