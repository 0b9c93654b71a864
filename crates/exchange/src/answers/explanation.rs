//! Explanations of a subject's clocks.

use super::json::Object;
use super::worklist::row_object;
use calendar::Instant;
use engine::{Case, Explanation, Finding};
use rulebook::Rulebook;
use vocabulary::Event;

/// What is explained of a subject.
pub struct Explained<'x, 'h, 'a, 'r> {
    /// The case.
    pub case: &'x Case<'h, 'a, 'r>,
    /// As known when; none: everything on record.
    pub known: Option<Instant>,
    /// The clocks.
    pub clocks: &'x [Explanation<'h, 'a, 'r>],
    /// What is valid but odd.
    pub findings: &'x [Finding<'a>],
}

/// A subject's explanation as one JSON object.
pub fn explanation_json(explained: &Explained<'_, '_, '_, '_>) -> String {
    let case = explained.case;
    let whose = case.whose(case.at());
    let mut text = String::new();
    Object::begin(&mut text)
        .shown("subject", case.subject())
        .shown("at", case.at())
        .maybe("known", explained.known)
        .maybe("date_of_birth", case.history().date_of_birth())
        .plain("events", case.history().moments().len())
        .maybe("next_change", case.next_change())
        .text("locality", whose.locality)
        .maybe("team", whose.team)
        .maybe("worker", whose.worker)
        .array("clocks", explained.clocks, |clock, object| clock_object(clock, case.rulebook(), object))
        .array("findings", explained.findings, |finding, object| {
            object
                .text("finding", finding.kind.as_str())
                .maybe("event", finding.event.map(|event| &event.id))
                .text("detail", &finding.detail);
        })
        .end();
    text.push('\n');
    text
}

fn clock_object(explanation: &Explanation<'_, '_, '_>, rulebook: &Rulebook, object: &mut Object<'_>) {
    row_object(&explanation.row, rulebook, object);
    let in_force = explanation.in_force();
    object
        .object("rule", |rule| {
            rule.text("title", &explanation.rule.title)
                .shown("limit", explanation.limit.limit)
                .maybe("in_force_from", in_force.from)
                .maybe("in_force_until", in_force.until)
                .text("source", explanation.source());
        })
        .text("day_count", &explanation.day_count)
        .array("causes", &explanation.causes, |cause, object| {
            object.text("effect", cause.effect.as_str()).shown("at", cause.at).text("because", &cause.sentence).array(
                "events",
                &cause.events,
                |moment, object| event_object(moment.event, object),
            );
        });
}

fn event_object(event: &Event, object: &mut Object<'_>) {
    object
        .text("source", &event.source)
        .text("id", &event.id)
        .text("type", event.data.event_type().name())
        .shown("occurred", event.occurred)
        .shown("recorded", event.recorded);
}
