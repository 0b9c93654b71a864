//! Direction of travel: this period against the ones before, on the displayed values.

use rulebook::Polarity;

/// Which way a figure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Better than the last period.
    Improved,
    /// Worse.
    Declined,
    /// The same as displayed.
    Static,
}

/// How a figure has gone lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Travel {
    /// This period against the last.
    pub direction: Direction,
    /// For how many periods in a row it has gone that way, this one included.
    pub in_a_row: usize,
    /// Whether it is the best of the last 12 periods (and not all are equal).
    pub best: bool,
    /// Whether it is the worst of them.
    pub worst: bool,
}

/// The direction of travel of displayed values in tenths, the oldest first and this period's last; none where a period
/// has no figure. Needs a figure for this period and the last. With polarity `plan`, closer to the target (in tenths)
/// is better.
pub fn travel(tenths: &[Option<i64>], better: Polarity, target_tenths: Option<i64>) -> Option<Travel> {
    let merit = |value: i64| match better {
        Polarity::Higher => value,
        Polarity::Lower => value.saturating_neg(),
        Polarity::Plan => -(value.saturating_sub(target_tenths.unwrap_or(0))).saturating_abs(),
    };
    let merits: Vec<Option<i64>> = tenths.iter().rev().map(|value| value.map(merit)).collect();
    let steps: Vec<Direction> = merits
        .iter()
        .zip(merits.iter().skip(1))
        .map_while(|(now, before)| Some(direction((*now)?, (*before)?)))
        .collect();
    let direction = *steps.first()?;
    let in_a_row = steps.iter().take_while(|step| **step == direction).count();
    let year: Vec<i64> = merits.iter().take(12).flatten().copied().collect();
    let (now, best, worst) = (*year.first()?, year.iter().max()?, year.iter().min()?);
    Some(Travel { direction, in_a_row, best: now == *best && best > worst, worst: now == *worst && best > worst })
}

fn direction(now: i64, before: i64) -> Direction {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => Direction::Improved,
        std::cmp::Ordering::Less => Direction::Declined,
        std::cmp::Ordering::Equal => Direction::Static,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions() {
        let check = |tenths: &[i64], better, expected: (Direction, usize, bool, bool)| {
            let values: Vec<Option<i64>> = tenths.iter().copied().map(Some).collect();
            let found = travel(&values, better, Some(900)).expect("two periods");
            assert_eq!((found.direction, found.in_a_row, found.best, found.worst), expected, "{tenths:?}");
        };
        check(&[800, 810, 820], Polarity::Higher, (Direction::Improved, 2, true, false));
        check(&[800, 810, 820], Polarity::Lower, (Direction::Declined, 2, false, true));
        check(&[850, 820, 820], Polarity::Higher, (Direction::Static, 1, false, true));
        check(&[820, 850, 840], Polarity::Higher, (Direction::Declined, 1, false, false));
        check(&[850, 950, 920], Polarity::Plan, (Direction::Improved, 1, true, false));
        check(&[850, 850], Polarity::Higher, (Direction::Static, 1, false, false));
    }

    #[test]
    fn no_figure_no_direction() {
        assert_eq!(travel(&[Some(1), None], Polarity::Higher, None), None);
        assert_eq!(travel(&[None, Some(1)], Polarity::Higher, None), None);
        assert_eq!(travel(&[Some(1)], Polarity::Higher, None), None);
    }
}
