//! What references to events become.

use rulebook::{Arm, Mistake, Pattern, PatternId, Rulebook, Shape, Test, TypeSet};
use vocabulary::EventType;

/// A rulebook whose one clock has this act.
fn with_act(act: &str) -> Result<Rulebook, Vec<Mistake>> {
    let text = format!(
        r#"
        name = "Test"
        version = "1"
        [events.seen]
        event = "visit.completed"
        where = {{ seen = true }}
        unless = {{ mode = "virtual" }}
        [[state]]
        id = "care"
        title = "In care"
        start = "care.started"
        end = "care.ended"
        [[clock]]
        id = "c"
        title = "C"
        area = "care"
        source = "The law."
        shape = "recur"
        state = "care"
        limit = {{ weeks = 1 }}
        act = {act}
        "#
    );
    rulebook::read(&text).map(|read| read.rulebook)
}

fn acts(rulebook: &Rulebook) -> &[PatternId] {
    match rulebook.clock("c").map(|clock| &clock.shape) {
        Some(Shape::Recur(recur)) => &recur.acts,
        _ => &[],
    }
}

/// The types of a pattern, each with its tests: all of the first must hold, none of those after the exclamation mark.
fn shown(pattern: &Pattern) -> String {
    let tests = |event_type: EventType, tests: &[(usize, Test)]| -> Vec<String> {
        tests
            .iter()
            .map(|(slot, test)| format!("{} {test:?}", event_type.fields().get(*slot).map_or("", |field| field.name)))
            .collect()
    };
    let arm = |arm: &Arm| {
        let all = tests(arm.event_type, &arm.all).join(", ");
        let none = tests(arm.event_type, &arm.none).join(", ");
        if none.is_empty() { format!("({all})") } else { format!("({all}! {none})") }
    };
    let one = |event_type: EventType| {
        let tested = pattern.arms.iter().find(|arm| arm.event_type == event_type);
        format!("{}{}", event_type.name(), tested.map_or_else(String::new, arm))
    };
    pattern.types.types().map(one).collect::<Vec<_>>().join(" ")
}

/// References, and the patterns that they become.
const REFERENCES: &[(&str, &str)] = &[
    ("'core_group.held'", "core_group.held"),
    ("{ event = ['visit.attempted', 'visit.completed'] }", "visit.completed visit.attempted"),
    ("{ event = 'visit.*', except = 'visit.completed' }", "visit.attempted"),
    ("'seen'", "visit.completed(seen Is(true)! mode OneOf(2))"),
    (
        "{ event = 'seen', where = { purposes = ['cin', 'cp'] } }",
        "visit.completed(purposes HasAny(6), seen Is(true)! mode OneOf(2))",
    ),
    ("{ event = 'visit.completed', where = { mode = { not = 'virtual' } } }", "visit.completed(mode OneOf(1))"),
    ("{ event = 'visit.completed', where = { seen = { not = false } } }", "visit.completed(seen Is(true))"),
    (
        "{ event = 'visit.completed', where = { seen_alone = { present = true } } }",
        "visit.completed(seen_alone Present)",
    ),
    (
        "{ event = 'visit.completed', where = { seen_alone = { present = false } } }",
        "visit.completed(! seen_alone Present)",
    ),
    (
        "{ event = 'visit.completed', unless = { seen_alone = { present = false } } }",
        "visit.completed(seen_alone Present)",
    ),
    (
        "{ event = 'sdq.completed', where = { score = { at_least = 14, below = 17 } } }",
        "sdq.completed(score AtLeast(Number(14.0)), score Below(Number(17.0)))",
    ),
    (
        "{ event = 'sdq.completed', where = { score = [17, 3, 17] } }",
        "sdq.completed(score NumberIn([Number(3.0), Number(17.0)]))",
    ),
    (
        "{ event = 'placement.started', where = { provider = { not = ['B', 'A'] } } }",
        "placement.started(provider TextNotIn([\"A\", \"B\"]))",
    ),
    (
        "{ event = ['plan.started', 'review.held'], where = { kind = 'pathway' } }",
        "plan.started(kind OneOf(4)) review.held(kind OneOf(8))",
    ),
    // Of a wildcard, types that have no such field or value cannot be meant.
    ("{ event = '*', where = { checkpoint = 8 } }", "assessment.reviewed(checkpoint NumberIn([Number(8.0)]))"),
    (
        "{ event = '*', where = { kind = 'pathway' } }",
        "plan.started(kind OneOf(4)) plan.ended(kind OneOf(4)) review.held(kind OneOf(8)) \
         case_note.recorded(kind TextIn([\"pathway\"])) accommodation.recorded(kind TextIn([\"pathway\"]))",
    ),
    // An absent field satisfies nothing, so that types without it pass.
    ("{ event = 'visit.*', unless = { seen = false } }", "visit.completed(! seen Is(false)) visit.attempted"),
];

#[test]
fn references_become_patterns() {
    for (reference, expected) in REFERENCES {
        let rulebook = with_act(reference).unwrap();
        let patterns: Vec<String> = acts(&rulebook).iter().map(|act| shown(rulebook.pattern(*act))).collect();
        assert_eq!(patterns, [*expected], "{reference}");
    }
}

#[test]
fn a_wildcard_means_the_types_that_can_be_about_the_subject() {
    let rulebook = with_act("{ event = '*', except = ['allocation.*', 'child.*'] }").unwrap();
    let types: TypeSet = rulebook.pattern(acts(&rulebook)[0]).types;
    assert!(types.contains(EventType::VisitCompleted) && types.contains(EventType::EventRetracted));
    assert!(!types.contains(EventType::CarerReviewHeld) && !types.contains(EventType::AllocationStarted));
    assert!(!types.contains(EventType::WorkerUpdated) && !types.contains(EventType::ReportPublished));
}

#[test]
fn equal_references_share_a_pattern() {
    let rulebook = with_act(
        "[
            { event = 'seen', where = { purposes = ['cp', 'cin'] } },
            { event = ['visit.completed'], unless = { mode = 'virtual' }, where = { purposes = ['cin', 'cp'], seen = true } },
            'seen',
        ]",
    )
    .unwrap();
    let acts = acts(&rulebook);
    assert_eq!(acts[0], acts[1]);
    assert_ne!(acts[0], acts[2]);
}

#[test]
fn a_measure_takes_over_the_source_of_its_clock() {
    let rulebook = rulebook::default_rulebook();
    let source = |measure: &str| rulebook.measure(measure).unwrap().source.as_str();
    assert_eq!(source("care_visit_timely"), rulebook.clock("care_visit").unwrap().source);
    assert_eq!(source("referrals"), "Monthly performance report and quarterly scorecard of the county.");
    assert!(source("recording_delay").starts_with("Local standard of this rulebook"));
}
