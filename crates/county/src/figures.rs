//! The county's figures: one month that really was, January 2021, and what it takes to make such a month.
//!
//! This is the only place for them. A figure in a comment is the county's own for that month; where it gave none, the
//! number is a plausible one and says so with *assumed*. Volumes are those of a county with [`OPEN`] open children
//! and scale with the number of children asked for.
//!
//! Odds are in a thousand. A spread lists points (permille of cases, value); in between it is even. A step is a limit,
//! how many of a thousand keep it, when within it (in thousandths of it), and how many days late the others are.

mod children;
mod services;
mod staff;

pub(crate) use children::{care, health, leaver, lives, missing, people, private};
pub(crate) use services::{court, early_help, front_door, need, oversight, protection};
pub(crate) use staff::{carers, recording, workforce};

use crate::draw::Spread;

/// Open children at the end of the month.
pub(crate) const OPEN: u32 = 3_779;

/// Days of an average month in hundredths.
pub(crate) const MONTH_IN_HUNDREDTHS: u64 = 3_044;

/// How long one waits for what happens by chance, in thousandths of the mean: the exponential distribution.
pub(crate) const WAITING: Spread = Spread::new(&[
    (0, 0),
    (100, 105),
    (200, 223),
    (300, 357),
    (400, 511),
    (500, 693),
    (600, 916),
    (700, 1_204),
    (800, 1_609),
    (900, 2_303),
    (950, 2_996),
    (990, 4_605),
    (1_000, 6_500),
]);

/// When acts that are in time are done, in thousandths of their limit: most of them towards its end (assumed).
pub(crate) const AHEAD: Spread = Spread::new(&[(0, 450), (300, 750), (1_000, 1_000)]);
/// The same where the date is set well before: reviews and conferences (assumed).
pub(crate) const AS_SET: Spread = Spread::new(&[(0, 750), (1_000, 1_000)]);
/// The same where it is done at once if it is done in time (assumed).
pub(crate) const SOON: Spread = Spread::new(&[(0, 50), (1_000, 1_000)]);

/// How busy the days are, in thousandths of an average day (assumed; January and a whole week make a thousand).
pub(crate) mod rhythm {
    /// From January to December: schools see less in August, everybody at Christmas.
    pub(crate) const MONTHS: [u64; 12] = [1_035, 1_020, 1_100, 930, 1_030, 1_080, 1_070, 780, 990, 1_060, 1_090, 850];
    pub(crate) const MONDAY: u64 = 1_270;
    pub(crate) const MIDWEEK: u64 = 1_180;
    pub(crate) const FRIDAY: u64 = 1_210;
    pub(crate) const SATURDAY: u64 = 530;
    pub(crate) const SUNDAY: u64 = 450;
    /// Bank holidays, and the days from Christmas Eve to the end of the year.
    pub(crate) const HOLIDAY: u64 = 500;
    /// When schools are closed besides weekends and bank holidays: (month, day) of the first and the last day, about
    /// as in most years.
    pub(crate) const SCHOOL_HOLIDAYS: [((u8, u8), (u8, u8)); 7] = [
        ((1, 1), (1, 4)),
        ((2, 13), (2, 19)),
        ((4, 2), (4, 16)),
        ((5, 27), (6, 2)),
        ((7, 22), (9, 2)),
        ((10, 24), (10, 30)),
        ((12, 19), (12, 31)),
    ];
    /// By how much fewer acts are in time (in a thousand) if they fall due in the slack weeks.
    pub(crate) const SLACK: u32 = 60;
}
