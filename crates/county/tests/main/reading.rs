//! Reading a county back.

use std::collections::HashMap;

use calendar::{Date, Instant, london};
use county::{County, Plan};
use vocabulary::{Checker, Event};

pub fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A county up to the end of January 2021.
pub fn plan(children: u32, years: u32, seed: u64) -> Plan {
    Plan { children, years, seed, until: date("2021-01-31") }
}

/// All lines of a county.
pub fn lines(plan: Plan) -> Vec<u8> {
    let mut county = County::new(plan).unwrap();
    let mut lines = Vec::new();
    while county.next_child(&mut lines).is_some() {}
    lines
}

/// Gives every event of a county, read from its lines, with the number of the subject's chunk that it is in.
pub fn for_each_event(plan: Plan, mut each: impl FnMut(usize, Event)) {
    let mut county = County::new(plan).unwrap();
    let mut checker = Checker::new();
    let received = london::end_of_day(plan.until);
    let (mut lines, mut chunk) = (Vec::new(), 0);
    while let Some(events) = county.next_child(&mut lines) {
        let mut read = 0;
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let event = checker.check(line, received);
            let event = event.unwrap_or_else(|refusal| panic!("{refusal:?} {}", String::from_utf8_lossy(line)));
            each(chunk, event);
            read += 1;
        }
        assert_eq!(read, events);
        lines.clear();
        chunk += 1;
    }
}

/// How often each name was counted.
#[derive(Default)]
pub struct Counts(HashMap<String, i64>);

impl Counts {
    pub fn add(&mut self, name: &str, by: i64) {
        *self.0.entry(name.to_owned()).or_default() += by;
    }

    pub fn of(&self, name: &str) -> i64 {
        self.0.get(name).copied().unwrap_or(0)
    }
}

/// The first instant of a date.
pub fn start(text: &str) -> Instant {
    london::start_of_day(date(text))
}
