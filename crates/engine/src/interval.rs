//! Sets of instants as half-open intervals.

use calendar::Instant;

/// From an instant up to, not including, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The first instant in it.
    pub from: Instant,
    /// The first instant no longer in it; [`NEVER`] where it has not ended.
    pub to: Instant,
}

/// Later than any instant: the end of what has not ended.
pub const NEVER: Instant = Instant::from_micros(i64::MAX);

impl Interval {
    /// Whether the instant lies in it.
    pub fn contains(self, instant: Instant) -> bool {
        self.from <= instant && instant < self.to
    }
}

/// Intervals in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intervals(Vec<Interval>);

impl Intervals {
    /// The union of intervals in any order. Intervals that touch become one: what begins at the very instant at
    /// which another ends leaves no gap (domain.md section 3).
    pub fn union_of(mut parts: Vec<Interval>) -> Intervals {
        parts.retain(|part| part.from < part.to);
        parts.sort_unstable_by_key(|part| part.from);
        let mut whole: Vec<Interval> = Vec::with_capacity(parts.len());
        for part in parts {
            match whole.last_mut() {
                Some(last) if part.from <= last.to => last.to = last.to.max(part.to),
                _ => whole.push(part),
            }
        }
        Intervals(whole)
    }

    /// No instant.
    pub const NONE: Intervals = Intervals(Vec::new());

    /// All instants.
    pub fn everything() -> Intervals {
        Intervals(vec![Interval { from: Instant::from_micros(i64::MIN), to: NEVER }])
    }

    /// The intervals, in order.
    pub fn iter(&self) -> impl Iterator<Item = Interval> + '_ {
        self.0.iter().copied()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The interval in which the instant lies.
    pub fn at(&self, instant: Instant) -> Option<Interval> {
        let after = self.0.partition_point(|interval| interval.from <= instant);
        let interval = self.0.get(after.checked_sub(1)?)?;
        interval.contains(instant).then_some(*interval)
    }

    /// The instants in both.
    pub fn and(&self, other: &Intervals) -> Intervals {
        let mut both = Vec::new();
        let (mut ones, mut others) = (self.iter().peekable(), other.iter().peekable());
        while let (Some(one), Some(another)) = (ones.peek().copied(), others.peek().copied()) {
            let part = Interval { from: one.from.max(another.from), to: one.to.min(another.to) };
            if part.from < part.to {
                both.push(part);
            }
            if one.to <= another.to {
                ones.next();
            } else {
                others.next();
            }
        }
        Intervals(both)
    }

    /// The instants in this one and not in the other.
    pub fn without(&self, other: &Intervals) -> Intervals {
        let mut gaps = Vec::new();
        let mut from = Instant::from_micros(i64::MIN);
        for interval in other.iter() {
            gaps.push(Interval { from, to: interval.from });
            from = interval.to;
        }
        gaps.push(Interval { from, to: NEVER });
        gaps.retain(|gap| gap.from < gap.to);
        self.and(&Intervals(gaps))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intervals(parts: &[(i64, i64)]) -> Intervals {
        let interval = |(from, to): &(i64, i64)| Interval {
            from: Instant::from_micros(*from),
            to: if *to == 99 { NEVER } else { Instant::from_micros(*to) },
        };
        Intervals::union_of(parts.iter().map(interval).collect())
    }

    #[test]
    fn touching_parts_are_one() {
        assert_eq!(intervals(&[(5, 7), (1, 3), (3, 5)]), intervals(&[(1, 7)]));
        assert_eq!(intervals(&[(1, 3), (4, 5)]).iter().count(), 2);
        assert!(intervals(&[(3, 3), (5, 4)]).is_empty());
    }

    #[test]
    fn both_and_without() {
        let check = |one: &[(i64, i64)], other: &[(i64, i64)], both: &[(i64, i64)], without: &[(i64, i64)]| {
            assert_eq!(intervals(one).and(&intervals(other)), intervals(both));
            assert_eq!(intervals(one).without(&intervals(other)), intervals(without));
        };
        check(&[(1, 9)], &[(3, 5)], &[(3, 5)], &[(1, 3), (5, 9)]);
        check(&[(1, 99)], &[(3, 99)], &[(3, 99)], &[(1, 3)]);
        check(
            &[(1, 4), (6, 99)],
            &[(0, 2), (3, 7), (8, 9)],
            &[(1, 2), (3, 4), (6, 7), (8, 9)],
            &[(2, 3), (7, 8), (9, 99)],
        );
        check(&[(1, 4)], &[], &[], &[(1, 4)]);
        check(&[], &[(1, 4)], &[], &[]);
    }

    #[test]
    fn the_end_is_not_in_it() {
        let some = intervals(&[(1, 3), (5, 99)]);
        let at = |instant| some.at(Instant::from_micros(instant)).map(|interval| interval.from.micros());
        assert_eq!([at(0), at(1), at(2), at(3), at(5), at(1000)], [None, Some(1), Some(1), None, Some(5), Some(5)]);
    }
}
