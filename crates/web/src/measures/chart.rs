//! The control chart of a measure: twelve months with their mean and the limits of natural variation, so that noise is
//! not read as change.
//!
//! It is an XmR chart: the limits are the mean ± 2.66 times the mean moving range. All of it is arithmetic on whole
//! numbers (figures are in tenths, as displayed), rounded once, when a number is shown or drawn.

use crate::words;

/// The fewest months from which limits are drawn; from fewer they say little.
const LEAST_FOR_LIMITS: usize = 6;

/// 2.66 as a ratio: three standard deviations over the constant that relates them to the mean moving range.
const FACTOR: (i128, i128) = (266, 100);

const WIDTH: i64 = 900;
const HEIGHT: i64 = 330;
const LEFT: i64 = 64;
const RIGHT: i64 = 884;
const TOP: i64 = 16;
const BOTTOM: i64 = 262;

/// A figure of a month in tenths; none: there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// The month's name: `January 2021`.
    pub name: String,
    /// The figure.
    pub tenths: Option<i64>,
}

/// What figures can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// From 0 to 100 percent.
    Percent,
    /// From 0.
    Count,
    /// Anything.
    Mean,
}

/// The mean and the limits of natural variation, in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Natural {
    /// The mean.
    pub mean: i64,
    /// The lower limit.
    pub lower: i64,
    /// The upper limit.
    pub upper: i64,
}

impl Natural {
    /// Of figures in their order; none where there are too few.
    pub fn of(tenths: &[i64], scale: Scale) -> Option<Natural> {
        if tenths.len() < LEAST_FOR_LIMITS {
            return None;
        }
        let count = i128::try_from(tenths.len()).ok()?;
        let sum: i128 = tenths.iter().map(|value| i128::from(*value)).sum();
        let pairs = tenths.iter().zip(tenths.iter().skip(1));
        let ranges: i128 = pairs.map(|(one, next)| (i128::from(*next) - i128::from(*one)).abs()).sum();
        // mean ± 2.66 × ranges ÷ (count − 1), over one denominator.
        let denominator = FACTOR.1 * count * (count - 1);
        let mean = sum * FACTOR.1 * (count - 1);
        let spread = FACTOR.0 * ranges * count;
        let (least, most) = match scale {
            Scale::Percent => (0, 1_000),
            Scale::Count => (0, i64::MAX),
            Scale::Mean => (i64::MIN, i64::MAX),
        };
        let rounded = |numerator: i128| {
            let half_up = (numerator * 2 + denominator).div_euclid(denominator * 2);
            i64::try_from(half_up).ok()
        };
        Some(Natural {
            mean: rounded(mean)?,
            lower: rounded(mean - spread)?.max(least),
            upper: rounded(mean + spread)?.min(most),
        })
    }

    /// Whether a figure lies outside the limits.
    pub fn is_signal(self, tenths: i64) -> bool {
        tenths < self.lower || tenths > self.upper
    }
}

/// What is drawn. Positions are in the units of the drawing.
pub struct Chart {
    /// The width and height of the drawing.
    pub size: (i64, i64),
    /// The left, right, top and bottom of the plot.
    pub plot: (i64, i64, i64, i64),
    /// The lines of the scale.
    pub scale: Vec<Tick>,
    /// The months.
    pub months: Vec<Tick>,
    /// The figures, and what they are.
    pub marks: Vec<Mark>,
    /// The lines between figures of months that follow each other: x, y, x, y.
    pub lines: Vec<(i64, i64, i64, i64)>,
    /// Where the mean is.
    pub mean: Option<i64>,
    /// Where the limits are.
    pub limits: Vec<i64>,
    /// Where the target is.
    pub target: Option<i64>,
    /// What it shows, in words.
    pub summary: String,
}

/// A place on a scale.
pub struct Tick {
    /// Where.
    pub place: i64,
    /// What it is called.
    pub text: String,
    /// A second line.
    pub below: String,
}

/// A figure.
pub struct Mark {
    /// Where, from the left.
    pub x: i64,
    /// Where, from the top.
    pub y: i64,
    /// How it is drawn.
    pub shape: Shape,
    /// The month and the figure.
    pub text: String,
}

/// How a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Within the limits: a disc.
    Disc,
    /// Outside them: a diamond.
    Diamond,
}

/// A number of tenths as its figure is shown.
pub fn shown(tenths: i64, scale: Scale) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (units, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match (scale, rest) {
        (Scale::Percent, _) => format!("{sign}{units}.{rest}%"),
        (Scale::Count, 0) => format!("{sign}{}", words::number(units)),
        (Scale::Count, _) => format!("{sign}{}.{rest}", words::number(units)),
        (Scale::Mean, _) => format!("{sign}{units}.{rest}"),
    }
}

/// Draws the months, the oldest first. None: there is no figure.
pub fn chart(months: &[Month], target: Option<i64>, scale: Scale) -> Option<Chart> {
    let values: Vec<i64> = months.iter().filter_map(|month| month.tenths).collect();
    let natural = Natural::of(&values, scale);
    let all = values.iter().copied().chain(target).chain(natural.into_iter().flat_map(|own| [own.lower, own.upper]));
    let ladder = Ladder::over(all.clone().min()?, all.max()?, scale);
    let x = |place: usize| across(place, months.len());
    let marks: Vec<Mark> = months
        .iter()
        .enumerate()
        .filter_map(|(place, month)| {
            let tenths = month.tenths?;
            let signal = natural.is_some_and(|natural| natural.is_signal(tenths));
            Some(Mark {
                x: x(place),
                y: ladder.y(tenths),
                shape: if signal { Shape::Diamond } else { Shape::Disc },
                text: format!("{}: {}", month.name, shown(tenths, scale)),
            })
        })
        .collect();
    let pairs = months.iter().zip(months.iter().skip(1)).enumerate();
    let lines = pairs.filter_map(|(place, (one, next))| {
        Some((x(place), ladder.y(one.tenths?), x(place + 1), ladder.y(next.tenths?)))
    });
    Some(Chart {
        size: (WIDTH, HEIGHT),
        plot: (LEFT, RIGHT, TOP, BOTTOM),
        lines: lines.collect(),
        scale: ladder.ticks(scale),
        months: months.iter().enumerate().map(|(place, month)| month_tick(x(place), place, &month.name)).collect(),
        mean: natural.map(|natural| ladder.y(natural.mean)),
        limits: natural.map(|natural| vec![ladder.y(natural.lower), ladder.y(natural.upper)]).unwrap_or_default(),
        target: target.map(|target| ladder.y(target)),
        summary: summary(&values, &marks, natural, scale),
        marks,
    })
}

fn across(place: usize, of: usize) -> i64 {
    let (place, steps) = (i64::try_from(place).unwrap_or(0), i64::try_from(of.saturating_sub(1)).unwrap_or(1).max(1));
    LEFT + 24 + place * (RIGHT - LEFT - 48) / steps
}

/// A month by the first letters of its name; its year below the first month and each January.
fn month_tick(place: i64, number: usize, name: &str) -> Tick {
    let (month, year) = name.split_once(' ').unwrap_or((name, ""));
    let below = if number == 0 || month == "January" { year } else { "" };
    Tick { place, text: month.get(..3).unwrap_or(month).to_owned(), below: below.to_owned() }
}

fn summary(values: &[i64], marks: &[Mark], natural: Option<Natural>, scale: Scale) -> String {
    let Some(natural) = natural else {
        return format!(
            "{} on record: too few to tell change from chance. Limits are drawn from {LEAST_FOR_LIMITS} months on.",
            words::counted(values.len() as u64, "month is", "months are")
        );
    };
    let limits = format!(
        "The mean is {}; by chance alone a month lies between {} and {}.",
        shown(natural.mean, scale),
        shown(natural.lower, scale),
        shown(natural.upper, scale)
    );
    let signals: Vec<&str> =
        marks.iter().filter(|mark| mark.shape == Shape::Diamond).map(|mark| mark.text.as_str()).collect();
    if signals.is_empty() {
        return format!("{limits} No month lies outside: the differences between them are no more than chance.");
    }
    format!("{limits} Outside, and so a sign that something changed: {}.", signals.join("; "))
}

/// The vertical scale: from one round number to another, in tenths.
struct Ladder {
    from: i64,
    step: i64,
    steps: i64,
}

/// How many lines the scale has at most.
const MOST_STEPS: i64 = 6;

impl Ladder {
    /// The fewest round numbers that reach from the least to the most value.
    fn over(least: i64, most: i64, scale: Scale) -> Ladder {
        let most = most.max(least.saturating_add(1));
        let ladder = steps().map(|step| {
            let from = least.div_euclid(step) * step;
            Ladder { from, step, steps: (most - from + step - 1).div_euclid(step) }
        });
        let fits = |ladder: &Ladder| ladder.steps <= MOST_STEPS && (scale != Scale::Count || ladder.step % 10 == 0);
        ladder.into_iter().find(fits).unwrap_or(Ladder { from: least, step: most.saturating_sub(least), steps: 1 })
    }

    fn y(&self, tenths: i64) -> i64 {
        let height = i128::from(BOTTOM - TOP);
        let span = i128::from(self.step) * i128::from(self.steps);
        let above = (i128::from(tenths) - i128::from(self.from)) * height;
        // A pixel is a tenth of a percent of the drawing: rounding to it is not seen.
        BOTTOM - i64::try_from((above * 2 + span).div_euclid((span * 2).max(1))).unwrap_or(0)
    }

    fn ticks(&self, scale: Scale) -> Vec<Tick> {
        let tick = |number: i64| {
            let tenths = self.from + number * self.step;
            let text = match scale {
                Scale::Percent if self.step % 10 == 0 => format!("{}%", tenths / 10),
                Scale::Percent | Scale::Count | Scale::Mean => shown(tenths, scale),
            };
            Tick { place: self.y(tenths), text, below: String::new() }
        };
        (0..=self.steps).map(tick).collect()
    }
}

/// Round numbers: 1, 2, 5, 10, 20, 50 …
fn steps() -> impl Iterator<Item = i64> {
    (0..18u32).flat_map(|power| [1, 2, 5].map(|digit| digit * 10i64.pow(power)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_limits() {
        let check = |tenths: &[i64], scale, expected: Option<(i64, i64, i64)>| {
            let found = Natural::of(tenths, scale).map(|own| (own.lower, own.mean, own.upper));
            assert_eq!(found, expected, "{tenths:?}");
        };
        // Ranges 10, 20, 30, 20, 10: their mean is 18, and 2.66 × 18 is 47.88. The mean is 805.
        check(&[800, 810, 790, 820, 800, 810], Scale::Percent, Some((757, 805, 853)));
        check(&[500; 12], Scale::Percent, Some((500, 500, 500)));
        // Ranges of 900 each: 2.66 × 900 is 2,394 either side of 550, cut to what a percentage can be.
        check(&[100, 1_000, 100, 1_000, 100, 1_000], Scale::Percent, Some((0, 550, 1_000)));
        check(&[100, 1_000, 100, 1_000, 100, 1_000], Scale::Count, Some((0, 550, 2_944)));
        check(&[100, 1_000, 100, 1_000, 100, 1_000], Scale::Mean, Some((-1_844, 550, 2_944)));
        check(&[1, 2, 3, 4, 5], Scale::Count, None);
    }

    #[test]
    fn half_is_rounded_up() {
        // The sum is 9, of 6 months: 1.5 tenths.
        let natural = Natural::of(&[1, 1, 2, 2, 1, 2], Scale::Mean).expect("limits");
        assert_eq!(natural.mean, 2);
    }

    fn months(tenths: &[Option<i64>]) -> Vec<Month> {
        tenths
            .iter()
            .enumerate()
            .map(|(number, tenths)| Month { name: format!("January {number}"), tenths: *tenths })
            .collect()
    }

    #[test]
    fn a_month_outside_the_limits_is_a_diamond() {
        let values: Vec<Option<i64>> = [800, 805, 800, 805, 800, 805, 800, 805, 800, 805, 800, 400].map(Some).to_vec();
        let chart = chart(&months(&values), Some(900), Scale::Percent).expect("a chart");
        let shapes: Vec<Shape> = chart.marks.iter().map(|mark| mark.shape).collect();
        assert_eq!(shapes.iter().filter(|shape| **shape == Shape::Diamond).count(), 1);
        assert_eq!(shapes.last(), Some(&Shape::Diamond));
        assert!(chart.summary.ends_with("a sign that something changed: January 11: 40.0%."), "{}", chart.summary);
    }

    #[test]
    fn a_month_without_a_figure_breaks_the_line() {
        let chart = chart(&months(&[Some(10), None, Some(30), Some(40)]), None, Scale::Count).expect("a chart");
        assert_eq!((chart.marks.len(), chart.lines.len()), (3, 1));
        assert!(chart.mean.is_none() && chart.limits.is_empty());
        assert!(super::chart(&months(&[None, None]), Some(900), Scale::Percent).is_some(), "the target alone is drawn");
        assert!(super::chart(&months(&[None, None]), None, Scale::Percent).is_none());
    }

    #[test]
    fn everything_lies_within_the_plot() {
        for values in [vec![Some(0); 12], vec![Some(i64::from(i32::MAX)), Some(0)], vec![Some(-50), Some(50)]] {
            for scale in [Scale::Percent, Scale::Count, Scale::Mean] {
                let chart = chart(&months(&values), None, scale).expect("a chart");
                let within = |y: i64| (TOP..=BOTTOM).contains(&y);
                assert!(chart.marks.iter().all(|mark| within(mark.y)), "{values:?}");
                assert!(chart.scale.iter().all(|tick| within(tick.place)), "{values:?}");
                assert!(chart.scale.len() <= 7);
            }
        }
    }

    #[test]
    fn figures() {
        assert_eq!(shown(867, Scale::Percent), "86.7%");
        assert_eq!(shown(12_340, Scale::Count), "1,234");
        assert_eq!(shown(12_345, Scale::Count), "1,234.5");
        assert_eq!(shown(-5, Scale::Mean), "-0.5");
    }
}
