//! The explanation of a subject's clocks as text.

use calendar::Instant;
use calendar::london::{local_date, local_time_text};
use engine::{Case, Explanation, Finding, Overdue, Row};
use std::fmt::Write;
use vocabulary::Subject;

/// Who holds the case, why each clock is what it is, and what is odd.
pub fn explanation(
    case: &Case<'_, '_, '_>,
    asked: &Subject,
    clocks: &[Explanation<'_, '_, '_>],
    findings: &[Finding<'_>],
) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = begin(&mut text, case, asked);
    if clocks.is_empty() {
        text.push_str("\nNo clock has started.\n");
    }
    for clock in clocks {
        let _ = explain(&mut text, clock);
    }
    if !findings.is_empty() {
        text.push_str("\nData quality\n");
        for finding in findings {
            let event = finding.event.map(|event| format!(" (event {})", event.id)).unwrap_or_default();
            let _ = writeln!(text, "  {}{event}", finding.detail);
        }
    }
    text
}

fn begin(text: &mut String, case: &Case<'_, '_, '_>, asked: &Subject) -> std::fmt::Result {
    writeln!(text, "{}, as at {}", case.subject(), time(case.at()))?;
    if case.subject() != asked {
        writeln!(text, "  {asked} was merged into it")?;
    }
    let whose = case.whose(case.at());
    let parts: Vec<&str> = [Some(whose.locality), whose.team, whose.worker].into_iter().flatten().collect();
    writeln!(text, "  held by   {}", parts.join(", "))?;
    let born = case.history().date_of_birth().map_or_else(|| "not recorded".to_owned(), |born| born.to_string());
    writeln!(text, "  born      {born}")?;
    writeln!(text, "  events    {}", case.history().moments().len())?;
    match case.next_change() {
        Some(next) => writeln!(text, "  changes   by itself at {}", time(next)),
        None => Ok(()),
    }
}

fn explain(text: &mut String, explanation: &Explanation<'_, '_, '_>) -> std::fmt::Result {
    let row = &explanation.row;
    let episode = row.episode.as_ref().map(|episode| format!(", episode {episode}")).unwrap_or_default();
    writeln!(text, "\n{} ({}{episode}): {}", explanation.rule.title, explanation.rule.id, status(row))?;
    for cause in &explanation.causes {
        writeln!(text, "  {:<9} {}: {}", cause.effect.as_str(), time(cause.at), cause.sentence)?;
    }
    writeln!(text, "  due       {}", explanation.day_count)?;
    let in_force = explanation.in_force();
    if let Some(from) = in_force.from {
        writeln!(text, "  in force  from {from}")?;
    }
    if let Some(until) = in_force.until {
        writeln!(text, "  in force  until {until}")?;
    }
    writeln!(text, "  rule      {}: {}", explanation.limit.limit, explanation.source())
}

fn status(row: &Row) -> String {
    let status = row.status.as_str().replace('_', " ");
    match row.overdue {
        None => status,
        Some(Overdue::Days { days, working_days }) => {
            format!("{status} by {days} days ({working_days} working days)")
        }
        Some(Overdue::Hours(hours)) => format!("{status} by {hours} hours"),
    }
}

fn time(instant: Instant) -> String {
    format!("{} {}", local_date(instant).spoken(), local_time_text(instant))
}
