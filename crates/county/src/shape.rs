//! The shape of one county: how many children it has, which child lives which life and from when.

use std::fmt;

use calendar::Date;

use crate::days::{At, Days};
use crate::draw::Draw;
use crate::figures::{self, lives};
use crate::lives::Life;
use crate::workforce::Workforce;

/// What county to make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// How many children are open on the last day, about. All volumes follow from it.
    pub children: u32,
    /// How many years of events there are, up to the last day.
    pub years: u32,
    /// The same seed gives the same county, byte for byte.
    pub seed: u64,
    /// The last day.
    pub until: Date,
}

/// Why a county cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlanError {
    /// No children, or more than [`MOST_CHILDREN`].
    Children,
    /// No years, or more than [`MOST_YEARS`].
    Years,
    /// A last day outside 1960 to 2200.
    Until,
}

/// The most open children of a county; the whole of England has fewer.
pub const MOST_CHILDREN: u32 = 1_000_000;
/// The most years of events.
pub const MOST_YEARS: u32 = 40;

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlanError::Children => write!(f, "the number of children must be from 1 to {MOST_CHILDREN}"),
            PlanError::Years => write!(f, "the number of years must be from 1 to {MOST_YEARS}"),
            PlanError::Until => f.write_str("the last day must be in the years 1960 to 2200"),
        }
    }
}

impl std::error::Error for PlanError {}

/// Everything that all children of a county share. It grows with the years and the workforce, not with the children.
pub(crate) struct Shape {
    pub(crate) seed: u64,
    pub(crate) days: Days,
    /// The first minute of the county's years: what happened before is there only as it was taken over.
    pub(crate) window: At,
    /// The last minute of the county.
    pub(crate) until: At,
    pub(crate) workforce: Workforce,
    groups: Vec<Group>,
    children: u64,
    stride: u64,
}

/// The children who live one sort of life, evenly spread over the time in which they begin.
struct Group {
    life: Life,
    children: u64,
    /// How much has happened in the county when the first begins, and how much up to the last day.
    busy: (u64, u64),
}

impl Shape {
    /// The shape of a county.
    pub(crate) fn new(plan: Plan) -> Result<Shape, PlanError> {
        let Some(years) = i32::try_from(plan.years).ok().filter(|_| (1..=MOST_YEARS).contains(&plan.years)) else {
            return Err(PlanError::Years);
        };
        if !(1..=MOST_CHILDREN).contains(&plan.children) {
            return Err(PlanError::Children);
        }
        if !(1_960..=2_200).contains(&plan.until.year()) {
            return Err(PlanError::Until);
        }
        let first = plan.until.plus_days(1).plus_years(-years);
        let days = Days::new(first.plus_years(-lives::YEARS_BEFORE), plan.until.plus_days(500));
        let window = At::new(days.number(first), 0);
        let until = At::new(days.number(plan.until), 24 * 60 - 1);
        let groups = lives::BEGUN.iter().map(|&row| Group::new(row, &days, window, until, plan.children)).collect();
        let workforce = Workforce::new(plan, &days, window, until);
        let mut shape = Shape { seed: plan.seed, days, window, until, workforce, groups, children: 0, stride: 1 };
        shape.children = shape.groups.iter().map(|group| group.children).sum();
        shape.stride = stride(shape.children);
        Ok(shape)
    }

    /// How many children's lives there are, with those that are over before the county's first day.
    pub(crate) fn children(&self) -> u64 {
        self.children
    }

    /// How many children are expected to have events.
    pub(crate) fn expected_children(&self) -> u64 {
        let share = |group: &Group| {
            let before_window = self.days.busy_before(self.window.day()).saturating_sub(group.busy.0);
            let width = (group.busy.1 - group.busy.0).max(1);
            let begun_before = u128::from(group.children) * u128::from(before_window) / u128::from(width);
            let begun_before = begun_before as u64;
            group.children - begun_before + begun_before * lives::STILL_KNOWN / 1_000
        };
        self.groups.iter().map(share).sum()
    }

    /// The life of a child and the day on which the services first hear of it. Children of all lives are mixed.
    pub(crate) fn child(&self, number: u64, draw: &mut Draw) -> Option<(Life, i32)> {
        let scattered = u128::from(number) * u128::from(self.stride) % u128::from(self.children.max(1));
        let mut place = scattered as u64;
        for group in &self.groups {
            if place < group.children {
                return Some((group.life, group.day(place, &self.days, draw)));
            }
            place -= group.children;
        }
        None
    }
}

impl Group {
    fn new(row: (Life, u64, u32), days: &Days, window: At, until: At, open: u32) -> Group {
        let (life, monthly_hundredths, months) = row;
        let months = i32::try_from(months).unwrap_or(i32::MAX);
        let first = days.months_after(window.day(), -months).max(0);
        let busy = (days.busy_before(first), days.busy_before(until.day() + 1));
        let happened = u128::from(busy.1 - busy.0) * u128::from(monthly_hundredths) * u128::from(open);
        // Days are counted in thousandths, children and months in hundredths.
        let unit = u128::from(figures::MONTH_IN_HUNDREDTHS) * u128::from(figures::OPEN) * 1_000;
        let children = ((happened + unit / 2) / unit) as u64;
        Group { life, children, busy }
    }

    /// The day on which the child at a place of the group begins.
    fn day(&self, place: u64, days: &Days, draw: &mut Draw) -> i32 {
        const FINE: u128 = 1_000;
        let width = u128::from(self.busy.1 - self.busy.0);
        let place = u128::from(place) * FINE + u128::from(draw.below(FINE as u32));
        let happened = width * place / (u128::from(self.children.max(1)) * FINE);
        days.day_when_busy(self.busy.0 + happened as u64)
    }
}

/// A step that goes through all children before it meets one again, far apart each time.
fn stride(children: u64) -> u64 {
    let golden = (u128::from(children) * 618 / 1_000) as u64;
    let mut candidates = golden.max(1)..children.max(2);
    candidates.find(|&step| greatest_divisor(step, children) == 1).unwrap_or(1)
}

fn greatest_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}
