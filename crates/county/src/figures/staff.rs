//! The figures of who does it: localities, teams, workers, carers, and how things are written down.

use super::{AHEAD, AS_SET, SOON};
use crate::days::Within::{Days, Months, WorkingDays};
use crate::draw::{Odds, Spread};
use crate::habit::{Habit, Step};

/// Localities, teams and workers.
pub(crate) mod workforce {
    use super::{Odds, SOON, Spread, Step, WorkingDays};
    use crate::workforce::Team;

    /// (locality, share of its posts in a thousand).
    pub(crate) const LOCALITIES: [(&str, u32); 8] = [
        ("Cheltenham", 175),
        ("Cotswolds", 90),
        ("Forest of Dean", 135),
        ("Gloucester", 295),
        ("Stroud", 150),
        ("Tewkesbury", 130),
        ("DCYPS", 0),
        ("Other", 25),
    ];
    /// Where disabled children are.
    pub(crate) const DISABLED: usize = 6;
    /// Where children are who belong to no other locality.
    pub(crate) const OTHER: usize = 7;
    /// (team, title, children or households of a county with 3,779 open children, of them for one worker); assumed.
    pub(crate) const TEAMS: [(Team, &str, u32, u32); 6] = [
        (Team::Assessment, "Assessment", 750, 12),
        (Team::Safeguarding, "Safeguarding", 1_800, 13),
        (Team::Permanence, "Permanence", 720, 13),
        (Team::LeavingCare, "Leaving Care", 438, 14),
        (Team::Fostering, "Fostering", 199, 18),
        (Team::Disabled, "Disabled Children", 160, 13),
    ];
    pub(crate) const MASH: &str = "MASH";
    pub(crate) const EARLY_HELP: &str = "Early Help";
    /// Hundredths of full time.
    pub(crate) const FTE: Odds<u8> = Odds::new(&[(700, 100), (160, 80), (110, 60)], 50);
    /// How long a worker stays, in months.
    pub(crate) const STAY_MONTHS: Spread = Spread::new(&[(0, 4), (300, 14), (700, 36), (1_000, 120)]);
    /// Days until somebody else has a child whose worker has left; 49 children have nobody.
    pub(crate) const REPLACED_DAYS: Spread = Spread::new(&[(0, 0), (600, 1), (920, 7), (1_000, 45)]);
    pub(crate) const ENDED_WHEN_LEFT: u32 = 800;
    pub(crate) const HANDED_OVER_DAYS: Spread = Spread::new(&[(0, 0), (1_000, 1)]);
    pub(crate) const DAYS_UNTIL_PASSED_ON: i32 = 1_400;
    pub(crate) const TRANSFER_DAYS: Spread = Spread::new(&[(0, 0), (700, 7), (1_000, 25)]);
    /// The first worker (assumed).
    pub(crate) const ALLOCATED: Step =
        Step { within: WorkingDays(1), in_time: 700, ahead: SOON, late: Spread::new(&[(0, 1), (850, 4), (1_000, 30)]) };
    pub(crate) const ALLOCATED_SAME_DAY: u32 = 620;

    /// Fostering households: 199, with 359 places.
    pub(crate) const HOUSEHOLDS: u64 = 199;
    pub(crate) const PLACES: Odds<u8> = Odds::new(&[(400, 1), (400, 2)], 3);
    pub(crate) const CARER_MONTHS: Spread = Spread::new(&[(0, 12), (400, 48), (800, 120), (1_000, 260)]);
    /// By their places in the list of localities.
    pub(crate) const HOME_LOCALITY: Odds<usize> = Odds::new(&[(230, 3), (170, 0), (180, 4), (180, 2), (140, 5)], 1);
}

/// What carers are owed (assumed).
pub(crate) mod carers {
    use super::{AHEAD, AS_SET, Days, Habit, Months, Spread, Step};

    pub(crate) const REVIEWS: Habit =
        Habit(&[Step { within: Months(12), in_time: 560, ahead: AS_SET, late: Spread::new(&[(0, 2), (1_000, 220)]) }]);
    pub(crate) const DBS: Habit =
        Habit(&[Step { within: Months(36), in_time: 800, ahead: AS_SET, late: Spread::new(&[(0, 2), (1_000, 250)]) }]);
    pub(crate) const MEDICALS: Habit =
        Habit(&[Step { within: Months(24), in_time: 700, ahead: AS_SET, late: Spread::new(&[(0, 2), (1_000, 350)]) }]);
    pub(crate) const UNANNOUNCED_VISITS: Habit =
        Habit(&[Step { within: Months(12), in_time: 600, ahead: AHEAD, late: Spread::new(&[(0, 2), (1_000, 220)]) }]);
    pub(crate) const SUPERVISION: Habit = Habit(&[Step {
        within: Days(42),
        in_time: 750,
        ahead: AHEAD,
        late: Spread::new(&[(0, 1), (800, 14), (1_000, 60)]),
    }]);
}

/// How things are written down (assumed).
pub(crate) mod recording {
    use super::Spread;

    pub(crate) const MINUTES_AT_ONCE: Spread = Spread::new(&[(0, 1), (700, 30), (1_000, 110)]);
    pub(crate) const MINUTES_AFTERWARDS: Spread = Spread::new(&[(0, 30), (1_000, 330)]);
    /// Working days until visits and the like are written down: most the same day, some a few days later, a few weeks.
    pub(crate) const AFTERWARDS: Spread =
        Spread::new(&[(0, 0), (620, 0), (621, 1), (860, 1), (861, 2), (975, 5), (976, 6), (1_000, 25)]);
    /// The same for meetings with minutes.
    pub(crate) const WITH_MINUTES: Spread =
        Spread::new(&[(0, 0), (350, 0), (351, 1), (700, 2), (930, 5), (980, 10), (1_000, 25)]);
    /// Acts in ten thousand that are replaced, taken back, and events that are delivered twice.
    pub(crate) const REPLACED: u32 = 80;
    pub(crate) const RETRACTED: u32 = 32;
    pub(crate) const REPEATED: u32 = 3;
    pub(crate) const NOTICED_WORKING_DAYS: Spread = Spread::new(&[(0, 1), (600, 5), (950, 25), (1_000, 90)]);
    /// Children in a thousand of whom there are two records for a time.
    pub(crate) const RECORDED_TWICE: u32 = 2;
}
