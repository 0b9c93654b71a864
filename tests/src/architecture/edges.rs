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
        "store",
        &[
            ("calendar", "instants and dates in columns"),
            ("engine", "clocks, rows, filters and figures, which it keeps"),
            ("rulebook", "rows of clocks are as at an instant under a rulebook"),
            ("vocabulary", "the events that it keeps"),
        ],
    ),
    (
        "services",
        &[
            ("calendar", "when clocks change, and when a day begins"),
            ("engine", "what follows from events"),
            ("rulebook", "the rules that it derives under"),
            ("store", "the ledger, and the read model that it keeps"),
            ("vocabulary", "checking what was sent"),
        ],
    ),
    (
        "web",
        &[
            ("calendar", "local times on pages"),
            ("engine", "explanations and figures on pages"),
            ("exchange", "answers as JSON and CSV"),
            ("rulebook", "titles, areas and sources"),
            ("services", "everything that it shows, and taking events"),
            ("store", "the questions that pages ask"),
            ("vocabulary", "events and subjects"),
        ],
    ),
    (
        "sightline",
        &[
            ("calendar", "times and periods among its arguments"),
            ("county", "`simulate` and `demo`"),
            ("engine", "every question"),
            ("exchange", "files in and answers out"),
            ("rulebook", "the rules of every question"),
            ("services", "the servers, `load`, `rebuild` and `verify`"),
            ("store", "the ledgers that sources name"),
            ("vocabulary", "schemas and subjects"),
            ("web", "the pages of the servers"),
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
