mod explain;
mod table;
mod weekdays;

use std::collections::BTreeMap;
use std::fmt;

use crate::{CountFrom, Date, Due, Instant, Limit, bank_holidays, london};

use table::Table;

/// The working days of an authority: Monday to Friday, less the bank holidays of England and Wales and the
/// authority's own closure days (domain.md, section 2).
///
/// Bank holidays are known from 2010 to 2035; outside, only weekends and closures are not working days.
#[derive(Clone, PartialEq, Eq)]
pub struct WorkingDays {
    /// Days off from Monday to Friday, in order of date, with their names.
    days_off: Vec<(Date, String)>,
    table: Table,
}

impl WorkingDays {
    /// The calendar of England and Wales, without closure days.
    pub fn england_and_wales() -> Self {
        Self::with_closures([])
    }

    /// The calendar of England and Wales with an authority's closure days and their names.
    ///
    /// A closure at a weekend changes nothing. A closure on a bank holiday keeps the holiday's name, and of two names
    /// for one day the first counts.
    pub fn with_closures(closures: impl IntoIterator<Item = (Date, String)>) -> Self {
        let holidays = bank_holidays::all().into_iter();
        let holidays = holidays.map(|(date, name)| (date, name.to_owned()));
        let mut by_date = BTreeMap::new();
        for (date, name) in holidays.chain(closures) {
            if !date.weekday().is_weekend() {
                by_date.entry(date).or_insert(name);
            }
        }
        let days_off: Vec<_> = by_date.into_iter().collect();
        let table = Table::new(days_off.iter().map(|&(date, _)| date));
        WorkingDays { days_off, table }
    }

    /// Whether the date is a working day.
    #[inline]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.table.is_working_day(date)
    }

    /// The name of the bank holiday or closure that makes a day from Monday to Friday none; `None` for working days
    /// and weekends.
    pub fn not_working_because(&self, date: Date) -> Option<&str> {
        let found = self.days_off.binary_search_by_key(&date, |&(date, _)| date);
        let (_, name) = self.days_off.get(found.ok()?)?;
        Some(name)
    }

    /// The n-th working day after the date; for n = 0 the date itself, working day or not.
    #[inline]
    pub fn add(&self, date: Date, n: u32) -> Date {
        if n == 0 {
            return date;
        }
        self.table.nth(self.table.ordinal(date) + i64::from(n))
    }

    /// How many working days there are after `after`, up to and including `upto`; 0 where `upto` is not later.
    #[inline]
    pub fn between(&self, after: Date, upto: Date) -> i32 {
        if upto <= after {
            return 0;
        }
        let count = self.table.ordinal(upto) - self.table.ordinal(after);
        i32::try_from(count).unwrap_or(i32::MAX)
    }

    /// When something with this limit is due that started at the instant (domain.md, section 2).
    pub fn due(&self, start: Instant, limit: Limit, count_from: CountFrom) -> Due {
        if let Limit::Hours(hours) = limit {
            let at = start.plus_hours(hours.into());
            return Due { date: None, at };
        }
        let date = self.due_date(london::local_date(start), limit, count_from);
        let at = london::start_of_day(date.plus_days(1));
        Due { date: Some(date), at }
    }

    /// Whether the bank holidays around the date are known: from 2010 to 2035.
    pub fn covers(date: Date) -> bool {
        bank_holidays::YEARS.contains(&date.year())
    }

    /// The due date; of a limit in hours, which has none, the day of the start.
    fn due_date(&self, start: Date, limit: Limit, count_from: CountFrom) -> Date {
        if limit.count() == 0 {
            return start;
        }
        if let Limit::WorkingDays(n) = limit {
            return self.add(day_0(start, count_from), n);
        }
        let counted = calendar_step(start, limit);
        match count_from {
            CountFrom::NextDay => counted,
            CountFrom::StartDay => counted.plus_days(-1).max(start),
        }
    }
}

/// The day before day 1 of a limit in working days.
fn day_0(start: Date, count_from: CountFrom) -> Date {
    match count_from {
        CountFrom::NextDay => start,
        CountFrom::StartDay => start.plus_days(-1),
    }
}

/// The date so many days, weeks, months or years after the start; the other units take none of these steps.
fn calendar_step(start: Date, limit: Limit) -> Date {
    match limit {
        Limit::Days(n) => plus_long_days(start, n.into()),
        Limit::Weeks(n) => plus_long_days(start, i64::from(n) * 7),
        Limit::Months(n) => start.plus_long_months(n.into()),
        Limit::Years(n) => start.plus_long_months(i64::from(n) * 12),
        Limit::Hours(_) | Limit::WorkingDays(_) => start,
    }
}

fn plus_long_days(date: Date, days: i64) -> Date {
    Date::from_days(crate::civil::saturate(i64::from(date.days()) + days))
}

/// Shows the days off; the tables follow from them.
impl fmt::Debug for WorkingDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.days_off.iter().map(|(date, name)| (date.to_string(), name));
        f.debug_map().entries(shown).finish()
    }
}
