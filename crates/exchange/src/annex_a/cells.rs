//! What a cell says: dates, identifiers, names and plain answers, as councils write them.
//!
//! Every function gives `Ok(None)` for a cell that says nothing and an explanation for one that cannot be used.

use calendar::{Date, Instant, london};
use smol_str::{SmolStr, StrExt};

use super::workbook::Value;

/// Why a cell cannot be used, to follow "List 7 row 5, column C (Date of Birth): ".
pub(super) type Reason = String;

/// The days that Excel can write: serial numbers up to 31 December 9999.
const LAST_SERIAL: f64 = 2_958_465.0;
/// Longer ones are no identifiers but text that slipped into the column.
const MOST_ID_LETTERS: usize = 64;
/// As much of a cell as is shown when it is reported.
const QUOTED_LETTERS: usize = 40;

/// How dates are to be understood.
#[derive(Clone, Copy)]
pub(super) struct DateRules {
    /// Whether serial numbers count from 1904.
    pub(super) from_1904: bool,
    /// The day of the workbook: years of two digits lie no more than a year after it.
    pub(super) as_at: Date,
}

/// The text of a cell on one line, without spaces at its ends; spaces that only look like spaces become such.
pub(super) fn text(value: &Value) -> Result<Option<SmolStr>, Reason> {
    let text = match value {
        Value::Text(text) => tidy(text),
        Value::Number(number) => written(*number),
        Value::Bool(true) => SmolStr::new_static("Yes"),
        Value::Bool(false) => SmolStr::new_static("No"),
        Value::Error(error) => return Err(format!("it holds the error {}", quoted(error))),
        Value::NotComputed => return Err("it is a formula with no stored value".to_owned()),
        Value::TooLong => return Err("its text is too long".to_owned()),
        Value::Unreadable(why) => return Err((*why).to_owned()),
    };
    if text.starts_with('#') && is_error(&text) {
        return Err(format!("it holds the error {}", quoted(&text)));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Whether a text is one of Excel's errors, pasted as text.
fn is_error(text: &str) -> bool {
    matches!(text, "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NULL!" | "#NUM!" | "#SPILL!" | "#CALC!")
}

/// The local identifier of a child. Numbers and texts of the same identifier are the same: `9212044`, `9212044.0`
/// and ` 9 212 044 `.
pub(super) fn identifier(value: &Value) -> Result<Option<SmolStr>, Reason> {
    let Some(text) = text(value)? else {
        return Ok(None);
    };
    let id: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\'').collect();
    let id = match id.split_once('.') {
        Some((whole, zeros)) if is_digits(whole) && zeros.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        _ => id.to_uppercase(),
    };
    if id.is_empty() || id.chars().count() > MOST_ID_LETTERS || !id.chars().any(char::is_alphanumeric) {
        return Err(format!("{} is no identifier", quoted(&text)));
    }
    Ok(Some(SmolStr::from(id)))
}

/// A date: a date of Excel, a serial number, or a text in one of the usual British or ISO forms. Times are dropped.
pub(super) fn date(value: &Value, rules: DateRules) -> Result<Option<Date>, Reason> {
    let Some(shown) = text(value)?.filter(|text| !says_nothing(text)) else {
        return Ok(None);
    };
    let date = match value {
        Value::Number(number) => date_of_number(*number, rules),
        Value::Bool(_) => None,
        Value::Text(_) | Value::Error(_) | Value::NotComputed | Value::TooLong | Value::Unreadable(_) => {
            date_of_text(&shown, rules)
        }
    };
    match date {
        None => Err(format!("{} is no date", quoted(&shown))),
        Some(date) if date.year() < 1900 => Err(format!("{date} is before 1900")),
        Some(date) if date.year() > 9999 => Err(format!("{} is no date", quoted(&shown))),
        Some(date) => Ok(Some(date)),
    }
}

/// What programs and people write where there is nothing to write.
pub(super) fn says_nothing(text: &str) -> bool {
    const NOTHING: [&str; 9] = ["-", "--", "n/a", "na", "none", "null", "nan", "nat", "not applicable"];
    NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(text))
}

fn date_of_number(number: f64, rules: DateRules) -> Option<Date> {
    if (19_000_101.0..=99_991_231.0).contains(&number) && number.fract() == 0.0 {
        // 20210301: no serial number is that large.
        return date_of_digits(&written(number));
    }
    if !(0.0..=LAST_SERIAL).contains(&number) {
        return None;
    }
    // The range above fits.
    let days = number.floor() as i32;
    match (rules.from_1904, days) {
        (true, days) => Some(Date::new(1904, 1, 1)?.plus_days(days)),
        (false, 0) => None,
        // Excel believes that 1900 was a leap year; day 60 is the day that never was.
        (false, 1..=59) => Some(Date::new(1899, 12, 31)?.plus_days(days)),
        (false, 60) => None,
        (false, days) => Some(Date::new(1899, 12, 30)?.plus_days(days)),
    }
}

fn date_of_text(text: &str, rules: DateRules) -> Option<Date> {
    // With an offset it is an instant, and midnight of a summer's day in London is the day before in UTC.
    if let Some((date, time)) = text.split_at_checked(10)
        && let Some(time) = time.strip_prefix(['T', 't', ' '])
    {
        if let Ok(instant) = Instant::parse(&format!("{date}T{time}")) {
            return Some(london::local_date(instant));
        }
        if let Some(date) = Date::parse(date) {
            return is_time(&time.split([' ', '.']).collect::<Vec<_>>()).then_some(date);
        }
    }
    if text.len() == 8 && is_digits(text) {
        return date_of_digits(text);
    }
    if let Some(number) = number_of(text) {
        return date_of_number(number, rules);
    }
    let mut parts = Vec::new();
    for part in text.split([' ', '/', '-', '.', ',']).filter(|part| !part.is_empty()) {
        // A date has three parts, a weekday before it and a time after it.
        if parts.len() > 6 {
            return None;
        }
        parts.push(part);
    }
    if parts.first().is_some_and(|part| is_weekday(part)) {
        parts.remove(0);
    }
    let (date, rest) = parts.split_first_chunk::<3>()?;
    if !is_time(rest) {
        return None;
    }
    let [first, second, third] = *date;
    if first.len() == 4 {
        return Date::new(year_of(first, rules)?, month_of(second)?, day_of(third)?);
    }
    if !is_digits(second) || month_of(first).is_none() || is_digits(first) {
        return Date::new(year_of(third, rules)?, month_of(second)?, day_of(first)?);
    }
    // March 1, 2021
    Date::new(year_of(third, rules)?, month_of(first)?, day_of(second)?)
}

/// `20210301`
fn date_of_digits(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn year_of(text: &str, rules: DateRules) -> Option<i32> {
    let year: i32 = Some(text).filter(|text| is_digits(text))?.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => {
            let latest = rules.as_at.year() + 1;
            let year = latest - latest.rem_euclid(100) + year;
            Some(if year > latest { year - 100 } else { year })
        }
        _ => None,
    }
}

fn month_of(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if is_digits(text) && text.len() <= 2 {
        return text.parse().ok();
    }
    let text = text.to_lowercase();
    let position = MONTHS
        .iter()
        .position(|month| text.len() >= 3 && (month.starts_with(&text) || text == "sept" && *month == "september"))?;
    u8::try_from(position + 1).ok()
}

fn day_of(text: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    Some(digits).filter(|digits| is_digits(digits) && digits.len() <= 2)?.parse().ok()
}

fn is_weekday(text: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.to_lowercase();
    text.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&text))
}

/// Whether what follows a date is a time, which is dropped, or nothing.
fn is_time(parts: &[&str]) -> bool {
    parts.iter().enumerate().all(|(position, part)| {
        let part = part.trim_end_matches(['Z', 'z']);
        match position {
            0 => part.contains(':') && part.split(':').all(|number| is_digits(number) && number.len() <= 2),
            // A fraction of the second, or the half of the day.
            _ => is_digits(part) || part.eq_ignore_ascii_case("am") || part.eq_ignore_ascii_case("pm"),
        }
    })
}

/// `44256` or `44256.0` as text.
fn number_of(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    // Fewer digits are a year or a day, and so no date.
    let is_serial = matches!(whole.len(), 5..=7) && is_digits(whole) && (fraction.is_empty() || is_digits(fraction));
    if is_serial { text.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number as a person would write it: without `.0`.
fn written(number: f64) -> SmolStr {
    SmolStr::from(number.to_string())
}

/// Spaces of all kinds become one, those at the ends none; what prints nothing goes.
fn tidy(text: &str) -> SmolStr {
    // The way Excel writes a carriage return into XML.
    let text = text.replace_smolstr("_x000D_", " ");
    let mut tidied = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{FEFF}' | '\u{AD}' => {}
            // `is_whitespace` knows the space that does not break, too.
            letter if letter.is_whitespace() || letter.is_control() => {
                if !tidied.is_empty() && !tidied.ends_with(' ') {
                    tidied.push(' ');
                }
            }
            letter => tidied.push(letter),
        }
    }
    SmolStr::new(tidied.trim_end())
}

/// A text to be shown in a report: in quotation marks, and not too much of it.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(QUOTED_LETTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("\"{shown}\"")
}
