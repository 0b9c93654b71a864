use super::{WorkingDays, calendar_step, day_0, weekdays};
use crate::{CountFrom, Date, Instant, Limit, bank_holidays, civil, london};

/// How many days off are named; a limit of years would fill pages with them.
const NAMED_AT_MOST: usize = 12;

impl WorkingDays {
    /// How a limit was counted, for people to check by hand:
    /// `10 working days after Thu 1 April 2021; 2 April Good Friday and 5 April Easter Monday not counted; due Mon 19
    /// April`.
    ///
    /// Local dates and times (Europe/London). A later date shows its year where that is not the year of the start.
    pub fn explain_count(&self, start: Instant, limit: Limit, count_from: CountFrom) -> String {
        if limit.is_hours() {
            return self.explain_hours(start, limit);
        }
        let first = london::local_date(start);
        if limit.count() == 0 {
            return format!("due on the day itself, {}", first.spoken());
        }
        let due = self.due_date(first, limit, count_from);
        let mut parts = vec![self.opening(first, limit, count_from)];
        if matches!(limit, Limit::WorkingDays(_)) {
            parts.extend(self.days_off_note(day_0(first, count_from), first, due));
            parts.extend(coverage_note(first, due));
        }
        parts.extend(clipped_note(first, limit));
        parts.push(format!("due {}", spoken(due, first)));
        parts.join("; ")
    }

    fn explain_hours(&self, start: Instant, limit: Limit) -> String {
        let end = self.due(start, limit, CountFrom::NextDay).at;
        let (first, last) = (london::local_date(start), london::local_date(end));
        let clocks = match london::hours_ahead_of_utc(end) - london::hours_ahead_of_utc(start) {
            0 => "",
            1.. => "the clocks go forward in between; ",
            _ => "the clocks go back in between; ",
        };
        format!(
            "{limit} after {} {}; {clocks}too late from {} {}",
            first.spoken(),
            london::local_time_text(start),
            spoken(last, first),
            london::local_time_text(end),
        )
    }

    fn opening(&self, start: Date, limit: Limit, count_from: CountFrom) -> String {
        let day_1 = match (count_from, limit) {
            (CountFrom::NextDay, _) => return format!("{limit} after {}", start.spoken()),
            (CountFrom::StartDay, Limit::WorkingDays(_)) => self.add(start.plus_days(-1), 1),
            (CountFrom::StartDay, _) => start,
        };
        if day_1 == start {
            return format!("{limit} counting {} as day 1", start.spoken());
        }
        let day_1 = spoken(day_1, start);
        format!("{limit} from {}, counting {day_1} as day 1", start.spoken())
    }

    /// The days off from Monday to Friday after `after` and up to `due`.
    fn days_off_note(&self, after: Date, start: Date, due: Date) -> Option<String> {
        let from = self.days_off.partition_point(|&(date, _)| date <= after);
        let to = self.days_off.partition_point(|&(date, _)| date <= due);
        let runs = runs(self.days_off.get(from..to)?);
        let mut named: Vec<String> = runs.iter().take(NAMED_AT_MOST).map(|run| run.text(start)).collect();
        let unnamed: i64 = runs.iter().skip(NAMED_AT_MOST).map(Run::days).sum();
        match unnamed {
            0 => {}
            1 => named.push("1 more day".to_owned()),
            _ => named.push(format!("{unnamed} more days")),
        }
        let last = named.pop()?;
        if named.is_empty() {
            return Some(format!("{last} not counted"));
        }
        Some(format!("{} and {last} not counted", named.join(", ")))
    }
}

/// Days off of one name that follow each other, weekends apart.
struct Run<'a> {
    first: Date,
    last: Date,
    name: &'a str,
}

impl Run<'_> {
    fn days(&self) -> i64 {
        weekdays::ordinal(self.last.days()) - weekdays::ordinal(self.first.days()) + 1
    }

    /// `5 April Easter Monday`, `27 to 31 December Offices closed`.
    fn text(&self, start: Date) -> String {
        let (first, last, name) = (self.first, self.last, self.name);
        if first == last {
            return format!("{} {name}", short(last, start));
        }
        let same_month = (first.year(), first.month()) == (last.year(), last.month());
        let from = if same_month { first.day().to_string() } else { short(first, start) };
        format!("{from} to {} {name}", short(last, start))
    }
}

fn runs(days_off: &[(Date, String)]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (date, name) in days_off {
        match runs.last_mut() {
            Some(run) if run.name == name && follows(run.last, *date) => run.last = *date,
            _ => runs.push(Run { first: *date, last: *date, name }),
        }
    }
    runs
}

fn follows(earlier: Date, later: Date) -> bool {
    weekdays::ordinal(later.days()) == weekdays::ordinal(earlier.days()) + 1
}

fn coverage_note(start: Date, due: Date) -> Option<String> {
    if WorkingDays::covers(start) && WorkingDays::covers(due) {
        return None;
    }
    let (first, last) = (bank_holidays::YEARS.start(), bank_holidays::YEARS.end());
    Some(format!("bank holidays are known from {first} to {last} only"))
}

/// Says so where the month of the due date is too short.
fn clipped_note(start: Date, limit: Limit) -> Option<String> {
    if !matches!(limit, Limit::Months(_) | Limit::Years(_)) {
        return None;
    }
    let (year, month, last) = calendar_step(start, limit).ymd();
    if last >= start.day() {
        return None;
    }
    let (month, day) = (civil::month_name(month), start.day());
    Some(format!("{month} {year} has no day {day}, so its last day is taken"))
}

/// `Mon 19 April`, with the year where it is not that of the start.
fn spoken(date: Date, start: Date) -> String {
    if date.year() == start.year() { date.spoken_without_year() } else { date.spoken() }
}

/// `5 April`, with the year where it is not that of the start.
fn short(date: Date, start: Date) -> String {
    let text = date.day_and_month();
    if date.year() == start.year() { text } else { format!("{text} {}", date.year()) }
}
