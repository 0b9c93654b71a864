//! Which crate may use which: every edge there is, with its reason. A new one is a decision, and is written down here.

use super::workspace::graph;
use std::collections::BTreeSet;

/// A crate, and the crates of the workspace that it uses, each with the reason. Tests may use more.
type Uses = (&'static str, &'static [(&'static str, &'static str)]);

const EDGES: &[Uses] = &[
    ("calendar", &[]),
    ("vocabulary", &[("calendar", "instants and dates are fields of events")]),
    (
        "rulebook",
        &[
            ("calendar", "limits, ages and dates of effect"),
            ("vocabulary", "rules name event types, fields and values"),
        ],
    ),
    (
        "engine",
        &[
            ("calendar", "due dates and periods"),
            ("rulebook", "the rules that it runs"),
            ("vocabulary", "the events that it runs them over"),
        ],
    ),
    (
        "exchange",
        &[
            ("calendar", "dates of other people's files"),
            ("engine", "the answers that it writes, the accepted events that it reads into"),
            ("rulebook", "the titles and ids of what it writes"),
            ("vocabulary", "the events that it reads and writes"),
        ],
    ),
    ("county", &[("calendar", "week days, terms and ages"), ("vocabulary", "the events that it makes")]),
    (
        "sightline",
        &[
            ("calendar", "times and periods among its arguments"),
            ("county", "`simulate`"),
            ("engine", "every question"),
            ("exchange", "files in and answers out"),
            ("rulebook", "the rules of every question"),
            ("vocabulary", "schemas and subjects"),
        ],
    ),
    (
        "testkit",
        &[
            ("calendar", "times in tables of events"),
            ("engine", "asks it as the program does"),
            ("rulebook", "the rules that tests ask under"),
            ("vocabulary", "tables of events become events"),
        ],
    ),
    ("tests", &[]),
    ("xtask", &[]),
];

#[test]
fn every_edge_between_crates_is_one_that_is_allowed() {
    let members: BTreeSet<&str> = graph().members().map(|(name, _)| name).collect();
    let listed: BTreeSet<&str> = EDGES.iter().map(|(name, _)| *name).collect();
    assert_eq!(members, listed, "left: the crates there are; right: those whose edges are listed here");
    for (name, uses) in EDGES {
        let allowed: BTreeSet<&str> = uses.iter().map(|(used, _)| *used).collect();
        let actual = graph().used_members(name);
        assert_eq!(actual, allowed, "left: what `{name}` uses; right: what it may, by the list in {}", file!());
    }
}

#[test]
fn every_edge_points_to_a_crate_listed_before() {
    for (position, (name, uses)) in EDGES.iter().enumerate() {
        let (before, _) = EDGES.split_at(position);
        for (used, reason) in *uses {
            assert!(
                before.iter().any(|(earlier, _)| earlier == used),
                "`{name}` is listed before `{used}`, which it uses"
            );
            assert!(!reason.is_empty(), "`{name}` uses `{used}` without a reason");
        }
    }
}
