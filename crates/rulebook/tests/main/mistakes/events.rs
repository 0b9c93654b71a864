//! Mistakes in the events that rules ask for.

use super::{Case, Part::*, check};

const EVENTS: &[Case] = &[
    (Act, r#"act = "visit.complete""#, &["1:7 no event `visit.complete`; did you mean `visit.completed`?"]),
    (Act, r#"act = "completely_different""#, &["1:7 no event `completely_different`"]),
    (Act, "act = []", &["1:7 `act` is empty"]),
    (
        Act,
        "act = 5",
        &[
            r#"1:7 `act` must be an event like "visit.completed", or a table like { event = "visit.completed" }, not a whole number"#,
        ],
    ),
    (Act, "act = { where = { seen = true } }", &["1:7 no `event` in `act`"]),
    (Act, "act = { event = [], where = { seen = true } }", &["1:17 `event` is empty"]),
    (
        Act,
        r#"act = { event = ["visit.completed", "visits.*", "vizit.attempted"] }"#,
        &[
            "1:37 no event is called like `visits.*`",
            "1:49 no event `vizit.attempted`; did you mean `visit.attempted`?",
        ],
    ),
    (
        Act,
        r#"act = { event = "visit.*", except = ["visit.completed", "visit.attempted"] }"#,
        &["1:37 `except` leaves no event"],
    ),
    (Act, r#"act = { event = "carer_*" }"#, &["1:7 none of these events is about a child"]),
    (
        Act,
        r#"act = { event = "visit.completed", wehre = { seen = true } }"#,
        &["1:36 unknown key `wehre` in `act`; did you mean `where`?"],
    ),
    (
        Act,
        r#"act = { event = ["seen", "visit.attempted"] }
[events.seen]
event = "visit.completed"
where = { seen = true }"#,
        &["1:18 `seen` is a named event, which cannot stand in a list of types"],
    ),
    (
        Act,
        r#"act = "met"
[events.met]
event = "visit.completed"
having = { event = "plan.started", link = "episode" }"#,
        &["4:43 no field `episode` in `visit.completed`"],
    ),
    (
        Act,
        r#"act = "allocated"
[events.allocated]
event = "visit.completed"
allocated = true"#,
        &["1:7 `act` takes events by their own fields only, not by other events"],
    ),
];

const CONDITIONS_ON_FIELDS: &[Case] = &[
    (
        Act,
        r#"act = { event = "visit.completed", where = { seen_alon = true } }"#,
        &["1:46 no field `seen_alon` in `visit.completed`; did you mean `seen_alone`?"],
    ),
    (
        Act,
        r#"act = { event = ["visit.completed", "visit.attempted"], where = { seen = true } }"#,
        &["1:67 no field `seen` in `visit.attempted`; known: `purposes`, `reason`"],
    ),
    (
        Act,
        r#"act = { event = "core_group.held", where = { grade = "good" } }"#,
        &["1:46 no field `grade` in `core_group.held`; `case_audit.completed` has one"],
    ),
    (
        Act,
        r#"act = { event = "visit.completed", where = { mode = "face_to_fase", seen = "yes", purposes = ["cp", "cpp"] } }"#,
        &[
            "1:53 `mode` of `visit.completed` has no value `face_to_fase`; did you mean `face_to_face`?",
            "1:76 `seen` takes true or false, not a text",
            "1:101 `purposes` of `visit.completed` has no value `cpp`; did you mean `cp`?",
        ],
    ),
    (
        Act,
        r#"act = { event = "visit.completed", where = { mode = { at_least = 3 } } }"#,
        &["1:66 `at_least` compares numbers, but `mode` takes one of a list of words"],
    ),
    (
        Act,
        r#"act = { event = "visit.completed", where = { mode = { nott = "virtual" } } }"#,
        &["1:55 unknown test `nott` of `mode`; did you mean `not`?"],
    ),
    (Act, r#"act = { event = "visit.completed", where = { mode = { } } }"#, &["1:53 nothing is asked of `mode`"]),
    (
        Act,
        r#"act = { event = "visit.completed", where = { mode = [] } }"#,
        &["1:53 the list of values for `mode` is empty"],
    ),
    (
        Act,
        r#"act = { event = "visit.completed", where = { mode = { not = ["face_to_face", "virtual"] } } }"#,
        &["1:62 `not` leaves no value of `mode`"],
    ),
    (
        Act,
        r#"act = { event = "visit.completed", where = { purposes = { not = "cp" } } }"#,
        &["1:65 `not` does not go with `purposes`, which takes several of a list of words; use `unless`"],
    ),
    (
        Act,
        r#"act = { event = "visit.completed", where = { seen = [true, false] } }"#,
        &["1:54 `seen` takes true or false, not both"],
    ),
    (
        Act,
        r#"act = { event = "visit.completed", where = "seen" }"#,
        &[r#"1:44 `where` must be a table like { kind = "cp" }, not a text"#],
    ),
    (Act, r#"act = { event = "sdq.completed", where = { score = 41 } }"#, &["1:52 `score` is never 41"]),
    (Act, r#"act = { event = "sdq.completed", where = { score = 7.5 } }"#, &["1:52 `score` is never 7.5"]),
    (
        Act,
        r#"act = { event = "assessment.reviewed", where = { checkpoint = [8, 9] } }"#,
        &["1:67 `checkpoint` is never 9"],
    ),
    (
        Act,
        r#"act = { event = "sdq.completed", where = { score = { at_least = 50, below = "ten" } } }"#,
        &["1:65 `score` never comes near 50"],
    ),
    (
        Act,
        r#"act = { event = "sdq.completed", unless = { score = { at_least = 5, below = 10 } } }"#,
        &["1:53 `unless` takes one test of `score` at a time"],
    ),
    (
        Act,
        r#"act = { event = "child.updated", where = { date_of_birth = 2020-01-01 } }"#,
        &["1:60 `date_of_birth` takes a date, of which only { present = true } can be asked"],
    ),
    (
        Act,
        r#"act = { event = "placement.started", where = { provider = 5, miles_from_home = { not = 5 } } }"#,
        &[
            "1:59 `provider` takes a text, not a whole number",
            "1:88 `not` does not go with `miles_from_home`, which takes a number; use `unless`",
        ],
    ),
    (
        Act,
        r#"act = { event = "*", where = { checkpont = 8 } }"#,
        &["1:32 none of these events has a field `checkpont`; did you mean `checkpoint`?"],
    ),
    (Act, r#"act = { event = "*", where = { checkpoint = 9 } }"#, &["1:45 `checkpoint` is never 9"]),
    (
        Act,
        r#"act = { event = "visit.*", unless = { checkpoint = 9 } }"#,
        &[
            "1:39 none of these events has a field `checkpoint`; known: `mode`, `purposes`, `reason`, `seen`, `seen_alone`",
        ],
    ),
];

#[test]
fn events() {
    check(EVENTS);
}

#[test]
fn conditions_on_fields() {
    check(CONDITIONS_ON_FIELDS);
}
