//! Chance: one stream of random numbers for each subject, and the shapes in which figures are drawn.
//!
//! Everything is worked out in whole numbers, so that a seed gives the same county on every machine.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// A stream of random numbers, its own for each subject of a county.
pub(crate) struct Draw {
    numbers: ChaCha8Rng,
}

impl Draw {
    /// The stream of one subject of the county with this seed.
    pub(crate) fn new(seed: u64, subject: u64) -> Draw {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut numbers = ChaCha8Rng::from_seed(key);
        numbers.set_stream(subject);
        Draw { numbers }
    }

    /// A number from 0 up to, not including, `end`; 0 where `end` is 0.
    #[inline]
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        let scaled = u64::from(self.numbers.next_u32()) * u64::from(end);
        (scaled >> 32) as u32
    }

    /// A number from `least` to `most`, both included; `least` where `most` is less.
    #[inline]
    pub(crate) fn between(&mut self, least: i32, most: i32) -> i32 {
        let width = most.saturating_sub(least).max(0).unsigned_abs();
        least.saturating_add_unsigned(self.below(width.saturating_add(1)))
    }

    /// Whether something happens that happens so many times in a thousand.
    #[inline]
    pub(crate) fn chance(&mut self, permille: u32) -> bool {
        self.below(1_000) < permille
    }

    /// A value of a spread.
    #[inline]
    pub(crate) fn of(&mut self, spread: Spread) -> i32 {
        spread.at(self.below(FINE))
    }

    /// One of several values with their odds.
    #[inline]
    pub(crate) fn one<T: Copy>(&mut self, odds: &Odds<T>) -> T {
        let mut drawn = self.below(1_000);
        for &(permille, value) in odds.of {
            match drawn.checked_sub(permille) {
                Some(rest) => drawn = rest,
                None => return value,
            }
        }
        odds.otherwise
    }

    /// 128 random bits.
    pub(crate) fn bits(&mut self) -> u128 {
        u128::from(self.numbers.next_u64()) << 64 | u128::from(self.numbers.next_u64())
    }

    /// A random UUID of version 8 (RFC 9562: the bits are the maker's own).
    pub(crate) fn uuid(&mut self) -> u128 {
        const VERSION: u128 = 0xf << 76;
        const VARIANT: u128 = 0b11 << 62;
        let bits = self.bits() & !(VERSION | VARIANT);
        bits | 8 << 76 | 0b10 << 62
    }
}

/// The steps of a spread's scale between two permille.
const FINE: u32 = 1_000_000;
const PERMILLE: u32 = FINE / 1_000;

/// How a quantity is spread: points (permille of cases, value) in rising order, the first at 0 and the last at 1000;
/// between two points it is even.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread(&'static [(u32, i32)]);

impl Spread {
    /// A spread of points. Only for constants: one that is none does not compile.
    pub(crate) const fn new(points: &'static [(u32, i32)]) -> Spread {
        let mut rest = points;
        let mut before = None;
        while let Some((&(permille, value), others)) = rest.split_first() {
            match before {
                None => assert!(permille == 0, "a spread begins at 0"),
                Some((from, least)) => assert!(from <= permille && least <= value, "a spread rises"),
            }
            before = Some((permille, value));
            rest = others;
        }
        assert!(matches!(before, Some((0 | 1_000, _))), "a spread ends at 1000, or is one value");
        Spread(points)
    }

    /// The value at a place of the scale from 0 to `FINE`.
    #[inline]
    fn at(self, place: u32) -> i32 {
        let mut before = (0, 0);
        for &(permille, value) in self.0 {
            let point = (permille * PERMILLE, value);
            if place < point.0 {
                return between_points(before, point, place);
            }
            before = point;
        }
        before.1
    }
}

/// The value on the straight line between two points.
fn between_points(from: (u32, i32), to: (u32, i32), place: u32) -> i32 {
    let width = i64::from(to.0 - from.0).max(1);
    let rise = i64::from(to.1 - from.1) * i64::from(place - from.0);
    from.1 + rise.div_euclid(width) as i32
}

/// Several values with their odds in a thousand; what is left of the thousand goes to `otherwise`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Odds<T: 'static> {
    of: &'static [(u32, T)],
    otherwise: T,
}

impl<T: Copy> Odds<T> {
    /// Values with their odds. Only for constants: more than a thousand do not compile.
    pub(crate) const fn new(of: &'static [(u32, T)], otherwise: T) -> Odds<T> {
        let mut rest = of;
        let mut sum = 0;
        while let Some(((permille, _), others)) = rest.split_first() {
            sum += *permille;
            rest = others;
        }
        assert!(sum <= 1_000, "odds are in a thousand");
        Odds { of, otherwise }
    }
}
