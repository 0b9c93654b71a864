//! The rules of time, each as a table of literal cases through one check, and laws that hold for any case.

#[cfg(test)]
mod age;
#[cfg(test)]
mod bank_holidays;
#[cfg(test)]
mod date;
#[cfg(test)]
mod due;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod instant;
#[cfg(test)]
mod london;
#[cfg(test)]
mod period;
#[cfg(test)]
mod working_days;

/// The date of a literal; a wrong one fails the test.
#[cfg(test)]
fn date(text: &str) -> calendar::Date {
    calendar::Date::parse(text).unwrap_or_else(|| panic!("no date: {text}"))
}

/// The instant of a literal; a wrong one fails the test.
#[cfg(test)]
fn instant(text: &str) -> calendar::Instant {
    calendar::Instant::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
