//! What a subject's page shows, from its events.

use super::AskedDays;
use super::clocks::{ClockCard, cards};
use super::timeline::{Timeline, timeline};
use crate::address::{self, short_name, with_query};
use crate::frame::Frame;
use crate::words;
use askama::Template;
use calendar::london::local_date;
use calendar::{Age, Date, Instant};
use engine::{Accepted, Case, History, Record, findings};
use rulebook::Rulebook;
use vocabulary::Subject;

/// The page.
#[derive(Template)]
#[template(path = "subject.html")]
pub struct SubjectPage {
    /// What is around it.
    pub frame: Frame,
    /// A short name.
    pub name: String,
    /// The whole name.
    pub id: String,
    /// What was asked.
    pub asked: AskedDays,
    /// What is wrong with the days: the field, and what to do.
    pub wrong: Vec<(&'static str, String)>,
    /// What the page is as at, where that is not now.
    pub past: Option<Past>,
    /// Where its page is, for the form.
    pub path: String,
    /// The subject that was asked for, where it was merged into this one.
    pub merged: Option<String>,
    /// Who holds the case, and what is known of the subject.
    pub held: Held,
    /// The states that hold.
    pub states: Vec<StateLine>,
    /// The clocks that run.
    pub running: Vec<ClockCard>,
    /// The clocks that have ended, the latest first.
    pub ended: Vec<ClockCard>,
    /// How many more have ended than are shown.
    pub more_ended: usize,
    /// What is odd: in a sentence each.
    pub findings: Vec<String>,
    /// What happened, the latest first.
    pub timeline: Timeline,
}

impl SubjectPage {
    /// What is wrong with a day that was typed.
    pub fn wrong_of(&self, field: &str) -> Option<&str> {
        self.wrong.iter().find(|(wrong, _)| *wrong == field).map(|(_, what)| what.as_str())
    }
}

/// What a page of another day is as at.
pub struct Past {
    /// In a sentence.
    pub text: String,
    /// The page as it is now.
    pub now: String,
}

/// Who holds the case, and what is known of the subject.
pub struct Held {
    /// The locality.
    pub locality: String,
    /// The team.
    pub team: String,
    /// The worker.
    pub worker: String,
    /// The date of birth, and the age.
    pub born: String,
}

/// A state that holds.
pub struct StateLine {
    /// What it is called.
    pub title: String,
    /// Since when.
    pub since: String,
}

/// The page of a subject of whom nothing had happened, or was known, on the day asked about.
#[derive(Template)]
#[template(path = "subject/not_there.html")]
pub struct NotThere {
    /// What is around it.
    pub frame: Frame,
    /// A short name.
    pub name: String,
    /// What the page is as at.
    pub past: Past,
    /// The page to go back to.
    pub back: Option<address::Back>,
}

/// The most ended clocks that are shown; a child in care for all its life has some hundreds.
const MOST_ENDED: usize = 300;

/// What is asked about a subject.
pub struct Question<'q> {
    /// The subject, as the address names it.
    pub subject: &'q Subject,
    /// The days, as the address gives them.
    pub asked: AskedDays,
    /// The instant to show it as at.
    pub at: Instant,
    /// The instant by which things were known; none: everything on record.
    pub known: Option<Instant>,
    /// Whether it is about another day than now.
    pub is_past: bool,
    /// What is wrong with the days.
    pub wrong: Vec<(&'static str, String)>,
}

impl Question<'_> {
    /// The page, from the events of the subject's family.
    ///
    /// # Errors
    ///
    /// The page that says that nothing was there yet.
    pub fn page(self, frame: Frame, accepted: &Accepted, rulebook: &Rulebook) -> Result<SubjectPage, Box<NotThere>> {
        let record = Record::as_known(accepted, self.known);
        let bundle = record.bundle(self.subject);
        match bundle.and_then(|bundle| History::of(&bundle, self.at)).filter(|history| !history.moments().is_empty()) {
            Some(history) => Ok(self.of_case(frame, &Case::of(&history, rulebook))),
            None => Err(Box::new(NotThere {
                frame,
                name: short_name(self.subject),
                past: self.past(),
                back: self.asked.back,
            })),
        }
    }

    fn of_case(self, frame: Frame, case: &Case<'_, '_, '_>) -> SubjectPage {
        let (running, mut ended): (Vec<ClockCard>, Vec<ClockCard>) = cards(case).partition(|card| card.is_running);
        ended.reverse();
        let more_ended = ended.len().saturating_sub(MOST_ENDED);
        ended.truncate(MOST_ENDED);
        SubjectPage {
            frame,
            name: short_name(case.subject()),
            id: case.subject().to_string(),
            wrong: self.wrong.clone(),
            past: self.is_past.then(|| self.past()),
            path: format!("/subjects/{}", case.subject()),
            merged: (case.subject() != self.subject).then(|| short_name(self.subject)),
            held: held(case),
            states: states(case),
            running,
            ended,
            more_ended,
            findings: findings(case).into_iter().map(|finding| sentence(&finding.detail)).collect(),
            timeline: timeline(case, &self.asked),
            asked: self.asked,
        }
    }

    fn past(&self) -> Past {
        let known = self.known.map(|known| format!(", as known on {}", words::date(local_date(known))));
        let text = format!("as at {}{}", words::instant(self.at), known.unwrap_or_default());
        let back = self.asked.back.as_ref().map(|back| ("back", back.href.as_str()));
        Past { text, now: with_query(&format!("/subjects/{}", self.subject), back) }
    }
}

/// A sentence from what the engine says: with a capital and a full stop.
pub fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

fn held(case: &Case<'_, '_, '_>) -> Held {
    let whose = case.whose(case.at());
    let or = |name: Option<&str>, none: &str| name.unwrap_or(none).to_owned();
    let today = local_date(case.at());
    Held {
        locality: whose.locality.to_owned(),
        team: or(whose.team, "No team"),
        worker: or(whose.worker, "No worker: on the team’s duty list"),
        born: case.history().date_of_birth().map_or_else(
            || "Not on record".to_owned(),
            |born| match age(born, today) {
                Some(age) => format!("{} (age {age})", words::date(born)),
                None => format!("{} (expected)", words::date(born)),
            },
        ),
    }
}

/// The age in full years, or in months below one; none before the birth.
fn age(born: Date, today: Date) -> Option<String> {
    // The oldest person on record anywhere lived 122 years.
    let reached = |age: Age| age.reached_on(born) <= today;
    let years = (0..=150).take_while(|years| reached(Age { years: *years, months: 0 })).last()?;
    if years > 0 {
        return Some(years.to_string());
    }
    let months = (0..12).take_while(|months| reached(Age { years: 0, months: *months })).last()?;
    Some(words::counted(u64::from(months), "month", "months"))
}

fn states(case: &Case<'_, '_, '_>) -> Vec<StateLine> {
    let holding = case.rulebook().states_with_ids().filter_map(|(id, state)| {
        let since = case.state(id).at(case.at())?.from;
        Some(StateLine { title: state.title.clone(), since: words::instant(since) })
    });
    holding.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        let check = |born: &str, today: &str, expected: Option<&str>| {
            let date = |text| Date::parse(text).expect("a date");
            assert_eq!(age(date(born), date(today)).as_deref(), expected, "{born} {today}");
        };
        check("2010-05-17", "2021-05-16", Some("10"));
        check("2010-05-17", "2021-05-17", Some("11"));
        check("2021-01-10", "2021-04-09", Some("2 months"));
        check("2021-01-10", "2021-01-10", Some("0 months"));
        check("2021-06-01", "2021-05-31", None);
        check("2020-02-29", "2021-02-28", Some("11 months"));
        check("2020-02-29", "2021-03-01", Some("1"));
    }
}
