//! The clocks of a subject, each with why it is what it is.

use super::view::sentence;
use crate::words;
use engine::{Case, Explanation, explain};

/// A clock with its explanation.
pub struct ClockCard {
    /// What it is called.
    pub title: String,
    /// The status in class names.
    pub class: &'static str,
    /// Whether it runs.
    pub is_running: bool,
    /// How it stands, in words.
    pub words: String,
    /// When it started, is due, and whose it is.
    pub lines: Vec<Line>,
    /// Where the limit comes from.
    pub source: Source,
}

/// Something said of a clock.
pub struct Line {
    /// What about.
    pub of: &'static str,
    /// What.
    pub text: String,
}

/// Where a rule comes from: words, a link, or both.
pub struct Source {
    /// The words; of a link alone, its address.
    pub text: String,
    /// The link.
    pub href: Option<String>,
}

impl Source {
    /// Reads a source of the rulebook: `A regulation: https://…`.
    pub fn read(source: &str) -> Source {
        let link = source.find("https://").map(|start| source.split_at(start));
        match link {
            Some((before, href)) if !href.contains(char::is_whitespace) => {
                let words = before.trim_end().trim_end_matches(':');
                let text = if words.is_empty() { href } else { words };
                Source { text: text.to_owned(), href: Some(href.to_owned()) }
            }
            Some(_) | None => Source { text: source.to_owned(), href: None },
        }
    }
}

/// All clocks of a case, in the order of the worklist.
pub fn cards(case: &Case<'_, '_, '_>) -> impl Iterator<Item = ClockCard> {
    explain(case, None).into_iter().map(|explanation| card(&explanation, case))
}

fn card(explanation: &Explanation<'_, '_, '_>, case: &Case<'_, '_, '_>) -> ClockCard {
    let row = &explanation.row;
    let mut lines = Vec::new();
    let mut say = |of, text: String| lines.push(Line { of, text });
    for cause in &explanation.causes {
        say(effect(cause.effect), format!("{}: {}", words::instant(cause.at), sentence(&cause.sentence)));
    }
    let due = row.due_date.map_or_else(
        || format!("Before {}", words::instant(row.due_at)),
        |date| format!("By the end of {}", words::date(date)),
    );
    say("Due", due);
    say("Limit", limit(explanation));
    say("Counted", sentence(&explanation.day_count));
    let team = row.team.as_deref().map(|team| format!(", {team}")).unwrap_or_default();
    let worker = row.worker.as_deref().map(|worker| format!(", {worker}")).unwrap_or_default();
    say("Held by", format!("{}{team}{worker}", row.locality));
    ClockCard {
        title: explanation.rule.title.clone(),
        class: words::status_class(row.status),
        is_running: row.stopped_at.is_none(),
        words: words::clock_status(row, case.at()),
        lines,
        source: Source::read(explanation.source()),
    }
}

const fn effect(effect: engine::Effect) -> &'static str {
    match effect {
        engine::Effect::Started => "Started",
        engine::Effect::Restarted => "Started again",
        engine::Effect::Stopped => "Done",
        engine::Effect::Cancelled => "Cancelled",
    }
}

/// The limit, and since and until when it is in force.
fn limit(explanation: &Explanation<'_, '_, '_>) -> String {
    let in_force = explanation.in_force();
    let from = in_force.from.map(|from| format!(", in force from {}", words::date(from)));
    let until = in_force.until.map(|until| format!(", until {}", words::date(until)));
    format!("{}{}{}", explanation.limit.limit, from.unwrap_or_default(), until.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources() {
        let check = |source: &str, text: &str, href: Option<&str>| {
            let read = Source::read(source);
            assert_eq!((read.text.as_str(), read.href.as_deref()), (text, href));
        };
        check("Local standard.", "Local standard.", None);
        check("Guidance (2018): https://example.org/a", "Guidance (2018)", Some("https://example.org/a"));
        check("https://example.org/a", "https://example.org/a", Some("https://example.org/a"));
        check("See https://example.org/a and others", "See https://example.org/a and others", None);
    }
}
