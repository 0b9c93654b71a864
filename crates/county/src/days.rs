//! The days of a county: local minutes, working days, terms, and how busy each day is, looked up in tables.

use calendar::{Date, Instant, Weekday, WorkingDays, london};

use crate::figures::rhythm;

const MINUTES: i32 = 24 * 60;

/// A local minute, counted from midnight of the first day of the tables; ordered in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct At(i32);

impl At {
    /// Later than everything: the end of what goes on.
    pub(crate) const NEVER: At = At(i32::MAX);

    /// A minute of a day.
    pub(crate) const fn new(day: i32, minute: i32) -> At {
        At(day.saturating_mul(MINUTES).saturating_add(minute))
    }

    /// The day.
    pub(crate) const fn day(self) -> i32 {
        self.0.div_euclid(MINUTES)
    }

    /// The minute of the day.
    pub(crate) const fn minute(self) -> i32 {
        self.0.rem_euclid(MINUTES)
    }

    /// So many minutes later.
    pub(crate) const fn plus_minutes(self, minutes: i32) -> At {
        At(self.0.saturating_add(minutes))
    }
}

/// How long something may take or usually takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Within {
    /// So many working days.
    WorkingDays(i32),
    /// So many days.
    Days(i32),
    /// So many calendar months.
    Months(i32),
}

/// The tables, from `first` to a while after the last day of the county.
pub(crate) struct Days {
    first: Date,
    midnights: Vec<Instant>,
    /// How many working days there are up to and including each day.
    worked: Vec<i32>,
    /// The working days in order.
    working: Vec<i32>,
    /// How much happens up to and including each day; an average day has a thousand.
    busy: Vec<u64>,
}

impl Days {
    /// Tables for the days from `first` up to and including `last`.
    pub(crate) fn new(first: Date, last: Date) -> Days {
        let calendar = WorkingDays::england_and_wales();
        let mut days = Days { first, midnights: Vec::new(), worked: Vec::new(), working: Vec::new(), busy: Vec::new() };
        let (mut worked, mut busy) = (0, 0);
        for number in 0..last.days().saturating_sub(first.days()).saturating_add(1) {
            let date = first.plus_days(number);
            let is_working = calendar.is_working_day(date);
            if is_working {
                worked += 1;
                days.working.push(number);
            }
            busy += how_busy(date, is_working);
            days.midnights.push(london::start_of_day(date));
            days.worked.push(worked);
            days.busy.push(busy);
        }
        days
    }

    /// The day's number in the tables.
    pub(crate) fn number(&self, date: Date) -> i32 {
        date.days().saturating_sub(self.first.days())
    }

    /// The date of a day.
    pub(crate) fn date(&self, day: i32) -> Date {
        self.first.plus_days(day)
    }

    /// The instant of a local minute. On the days when clocks change minutes are counted from midnight, and those
    /// beyond the short day of spring fall together in its last.
    pub(crate) fn instant(&self, at: At) -> Instant {
        let midnight = |day: i32| match usize::try_from(day).ok().and_then(|day| self.midnights.get(day)) {
            Some(&instant) => instant,
            None => london::start_of_day(self.date(day)),
        };
        let since_midnight = |minute: i32| midnight(at.day()).plus_micros(i64::from(minute) * 60_000_000);
        let instant = since_midnight(at.minute());
        let last_minute = || midnight(at.day() + 1).plus_micros(-60_000_000);
        if at.minute() < MINUTES - 60 { instant } else { instant.min(last_minute()) }
    }

    /// How many working days there are up to and including the day.
    pub(crate) fn worked(&self, day: i32) -> i32 {
        let day = usize::try_from(day).unwrap_or(0);
        self.worked.get(day).or(self.worked.last()).copied().unwrap_or(0)
    }

    /// The n-th working day after the day (of n = 0 the last working day up to it).
    pub(crate) fn working_day_after(&self, day: i32, n: i32) -> i32 {
        let place = usize::try_from(self.worked(day) + n - 1).unwrap_or(0);
        self.working.get(place).or(self.working.last()).copied().unwrap_or(day).max(day.min(0))
    }

    /// The day itself if it is a working day, else the next one that is.
    pub(crate) fn working_day_from(&self, day: i32) -> i32 {
        self.working_day_after(day.saturating_sub(1), 1)
    }

    /// The last day of a limit that starts on a day.
    pub(crate) fn due(&self, start: i32, within: Within) -> i32 {
        match within {
            Within::WorkingDays(n) => self.working_day_after(start, n),
            Within::Days(n) => start.saturating_add(n),
            Within::Months(n) => self.months_after(start, n),
        }
    }

    /// The same day of the month so many months later.
    pub(crate) fn months_after(&self, day: i32, months: i32) -> i32 {
        self.number(self.date(day).plus_months(months))
    }

    /// How much happens before the day, in thousandths of an average day.
    pub(crate) fn busy_before(&self, day: i32) -> u64 {
        let before = usize::try_from(day.saturating_sub(1)).ok();
        before.and_then(|day| self.busy.get(day)).copied().unwrap_or(0)
    }

    /// The day on which so much has happened.
    pub(crate) fn day_when_busy(&self, busy: u64) -> i32 {
        let day = self.busy.partition_point(|&up_to| up_to <= busy);
        i32::try_from(day).unwrap_or(i32::MAX)
    }

    /// Whether the day lies in the slack weeks of August or around New Year.
    pub(crate) fn is_slack(&self, day: i32) -> bool {
        let (_, month, day) = self.date(day).ymd();
        month == 8 || month == 12 && day >= 22 || month == 1 && day <= 3
    }

    /// Whether schools are open on the day.
    pub(crate) fn is_school_day(&self, day: i32) -> bool {
        let (_, month, day_of_month) = self.date(day).ymd();
        let holiday = rhythm::SCHOOL_HOLIDAYS.iter().any(|&(from, to)| (from..=to).contains(&(month, day_of_month)));
        !holiday && self.worked(day) > self.worked(day - 1)
    }

    /// The day itself if schools are open on it, else the next one when they are.
    pub(crate) fn school_day_from(&self, day: i32) -> i32 {
        const LONGEST_HOLIDAY: i32 = 60;
        let mut days = (day..).take(LONGEST_HOLIDAY as usize);
        days.find(|&day| self.is_school_day(day)).unwrap_or(day)
    }
}

/// How much happens on a day, in thousandths of an average day.
fn how_busy(date: Date, is_working: bool) -> u64 {
    let (_, month, day) = date.ymd();
    let by_month = rhythm::MONTHS.get(usize::from(month) - 1).copied().unwrap_or(1_000);
    let by_weekday = match date.weekday() {
        Weekday::Monday => rhythm::MONDAY,
        Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday => rhythm::MIDWEEK,
        Weekday::Friday => rhythm::FRIDAY,
        Weekday::Saturday => rhythm::SATURDAY,
        Weekday::Sunday => rhythm::SUNDAY,
    };
    let is_holiday = !is_working && !date.weekday().is_weekend();
    let is_christmas = month == 12 && day >= 24;
    let slack = if is_holiday || is_christmas { rhythm::HOLIDAY } else { 1_000 };
    by_month * by_weekday / 1_000 * slack / 1_000
}
