//! Whole cases in one text: events, questions, and the answers expected.

use crate::ask::{Asked, all_clocks, ask, clock_position};
use crate::table::events;
use calendar::Period;
use engine::{By, Status, WorklistFilter};
use rulebook::{Rulebook, default_rulebook};
use vocabulary::Event;

/// Runs a case under the default rulebook.
///
/// ```text
/// 2021-01-04T10:00 referral.received r1 s17
/// 2021-01-06T10:00 visit.completed initial
/// ? clock initial_visit_s17 at 2021-01-31
/// = initial_visit_s17 met 2021-01-04T10:00Z due 2021-01-11 stopped 2021-01-06T10:00Z (r1)
/// ```
///
/// Lines of events are those of [`events`](crate::events). A line with `?` is a question about the events above it,
/// with the expected answer in the lines with `=` below it; no answer is written `= nothing`. Events may follow, and
/// further questions. Questions:
///
/// - `clock ID… at T`, with `known T`, `status S,S`, `locality`, `team`, `worker`; without an ID all kinds
/// - `measure ID… PERIOD`, with `at T`, `known T`, `by locality` (or `team`, `worker`)
/// - `findings at T`, `next at T`, `whose at T`, `explain ID at T`, each with `known T`
///
/// Each question is asked three times, of the events as they stand, in reverse, and each delivered twice, as the answer
/// depends on neither (domain.md section 1).
pub fn check(case: &str) {
    check_under(default_rulebook(), case);
}

/// Runs a case under another rulebook.
pub fn check_under(rulebook: &Rulebook, case: &str) {
    let mut found = String::new();
    let mut table = String::new();
    let mut questions = 0;
    let mut lines = case.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let mut expected = String::new();
    while let Some(line) = lines.next() {
        for text in [&mut expected, &mut found] {
            text.push_str(line);
            text.push('\n');
        }
        let Some(question) = line.strip_prefix('?') else {
            assert!(!line.starts_with('='), "{line}\nanswers no question");
            table.push_str(line);
            table.push('\n');
            continue;
        };
        questions += 1;
        assert!(lines.peek().is_some_and(|next| next.starts_with('=')), "{line}\nhas no expected answer");
        while let Some(answer) = lines.next_if(|next| next.starts_with('=')) {
            expected.push_str(&format!("{answer}\n"));
        }
        let answer = answer_in_any_order(&events(&table), rulebook, question);
        let answer = if answer.is_empty() { vec!["nothing".to_owned()] } else { answer };
        found.extend(answer.iter().map(|line| format!("= {line}\n")));
    }
    assert!(questions > 0, "the case asks nothing");
    assert!(expected == found, "{}", difference(&expected, &found));
}

fn answer_in_any_order(events: &[Event], rulebook: &Rulebook, question: &str) -> Vec<String> {
    let answer = answer(ask(events).under(rulebook), rulebook, question);
    let reversed: Vec<Event> = events.iter().rev().cloned().collect();
    let doubled: Vec<Event> = events.iter().flat_map(|event| [event, event]).cloned().collect();
    for other in [reversed, doubled] {
        let again = self::answer(ask(&other).under(rulebook), rulebook, question);
        assert_eq!(answer, again, "{question}: the answer depends on the order of arrival, or on repetition");
    }
    answer
}

fn answer(asked: Asked<'_>, rulebook: &Rulebook, question: &str) -> Vec<String> {
    let mut words = question.split_whitespace();
    let verb = words.next().unwrap_or_default();
    let mut asked = asked;
    let mut filter = all_clocks();
    let (mut ids, mut period, mut by) = (Vec::new(), None, By::County);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{question}: {word} needs a value"));
        match word {
            "at" => asked = asked.at(value()),
            "known" => asked = asked.known(value()),
            "by" => by = group(value(), question),
            "status" => filter.statuses = value().split(',').map(|name| status(name, question)).collect(),
            "locality" => filter.localities.push(value().to_owned()),
            "team" => filter.teams.push(value().to_owned()),
            "worker" => filter.workers.push(value().to_owned()),
            _ if Period::parse(word).is_ok() => period = Some(word),
            id => ids.push(id),
        }
    }
    match (verb, ids.as_slice(), period) {
        ("clock", ids, None) => {
            let kinds = ids.iter().map(|id| clock_position(rulebook, id)).collect();
            asked.clocks(&WorklistFilter { kinds, ..filter })
        }
        ("measure", ids, Some(period)) => asked.measures(ids, period, by),
        ("findings", [], None) => asked.findings(),
        ("next", [], None) => asked.next_change(),
        ("whose", [], None) => asked.whose(),
        ("explain", [id], None) => asked.explain(id),
        _ => panic!("{question}\nis no question"),
    }
}

fn group(name: &str, question: &str) -> By {
    match name {
        "county" => By::County,
        "locality" => By::Locality,
        "team" => By::Team,
        "worker" => By::Worker,
        _ => panic!("{question}: {name} is no group"),
    }
}

fn status(name: &str, question: &str) -> Status {
    let status = Status::ALL.into_iter().find(|status| status.as_str() == name);
    status.unwrap_or_else(|| panic!("{question}: {name} is no status"))
}

/// The case as expected with what was found in its place: `-` expected and not found, `+` found and not expected.
fn difference(expected: &str, found: &str) -> String {
    let mut text = String::from("\n");
    let (mut wanted, mut got) = (expected.lines().peekable(), found.lines().peekable());
    while wanted.peek().is_some() || got.peek().is_some() {
        if wanted.peek() == got.peek() {
            text.extend(wanted.next().map(|line| format!("  {line}\n")));
            got.next();
            continue;
        }
        let is_answer = |line: &&str| line.starts_with('=');
        while let Some(line) = wanted.next_if(is_answer) {
            text.push_str(&format!("- {line}\n"));
        }
        while let Some(line) = got.next_if(is_answer) {
            text.push_str(&format!("+ {line}\n"));
        }
    }
    text
}
