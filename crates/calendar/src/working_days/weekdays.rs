//! Monday to Friday, numbered without gaps: arithmetic only.

/// How many days from Monday to Friday there are from Monday 1969-12-29 up to and including the day; 0 and below
/// before it.
#[inline]
pub(super) const fn ordinal(days: i32) -> i64 {
    // 1969-12-29 is three days before day 0.
    let since_monday = days as i64 + 3;
    let of_week = since_monday.rem_euclid(7) + 1;
    let of_week = if of_week > 5 { 5 } else { of_week };
    since_monday.div_euclid(7) * 5 + of_week
}

/// The day from Monday to Friday with that ordinal.
#[inline]
pub(super) const fn nth(ordinal: i64) -> i64 {
    let before = ordinal - 1;
    before.div_euclid(5) * 7 + before.rem_euclid(5) - 3
}
