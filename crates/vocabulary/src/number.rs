//! Numbers as they were written.

use std::cmp::Ordering;

use serde::{Serialize, Serializer};

/// The most decimal places that [`Number::ratio`] gives.
const MOST_PLACES: i32 = 18;

/// Doubles below this are whole numbers without gaps, and so can be written without a fraction.
const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;

/// A number as written, kept as the double next to it. Never infinite, never not-a-number; zero has no sign.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Number(f64);

impl Number {
    /// The number, unless it is infinite or not a number.
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero takes the sign from a negative zero.
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// The number as a double.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The number exactly, as mantissa and decimal places, from its shortest decimal form: 2.50 is (25, 1).
    ///
    /// Beyond 18 places it is rounded half away from zero; beyond what the mantissa holds (about 1.7e38) it is the largest.
    pub fn ratio(self) -> (i128, u32) {
        if self.0.fract() == 0.0 && self.0.abs() < EXACT_BELOW {
            return (self.0 as i128, 0);
        }
        let shortest = format!("{:e}", self.0);
        let (decimal, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
        let places = decimal.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i32);
        let digits: String = decimal.chars().filter(|c| *c != '.').collect();
        // At most 17 digits and an exponent of at most 324, so that neither can fail.
        scaled(digits.parse().unwrap_or(0), exponent.parse().unwrap_or(0) - places)
    }
}

/// `digits` × 10^`exponent` as mantissa and places.
fn scaled(digits: i128, exponent: i32) -> (i128, u32) {
    if exponent >= 0 {
        let power = 10_i128.checked_pow(exponent.unsigned_abs());
        return (power.map_or(digits.signum().saturating_mul(i128::MAX), |power| digits.saturating_mul(power)), 0);
    }
    let excess = (-exponent - MOST_PLACES).max(0);
    (rounded(digits, excess.unsigned_abs()), exponent.unsigned_abs() - excess.unsigned_abs())
}

/// `digits` without its last `excess` digits, rounded half away from zero.
fn rounded(digits: i128, excess: u32) -> i128 {
    match 10_i128.checked_pow(excess) {
        Some(1) => digits,
        Some(unit) => (digits + digits.signum() * (unit / 2)) / unit,
        None => 0,
    }
}

impl Eq for Number {}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        // Finite and without negative zero, so that the total order is the order of the values.
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<u8> for Number {
    fn from(value: u8) -> Self {
        Self(f64::from(value))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < EXACT_BELOW {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}
