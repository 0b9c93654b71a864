//! Mistakes in the text as a whole, in names, and in what every rule says of itself.

use super::{Case, Part::*, check};

const WHAT_IS_NO_TOML: &[Case] = &[
    (
        Text,
        r#"[[clock]
id = "c""#,
        &["1:9 this is no TOML: unclosed array table, expected `]`"],
    ),
    (
        Text,
        r#"title = "one"
title = "two""#,
        &["2:1 this is no TOML: duplicate key"],
    ),
    (Text, "x =", &["1:4 this is no TOML: string values must be quoted, expected literal string"]),
    (
        Text,
        "x = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        &["1:85 this is nested too deeply: tables and lists go at most 80 levels deep"],
    ),
];

const THE_WHOLE: &[Case] = &[
    (Text, r#"nmae = "x""#, &["1:1 unknown key `nmae` in a rulebook; did you mean `name`?"]),
    (Text, "due_soon_working_days = -1", &["1:25 `due_soon_working_days` must be from 0 to 100"]),
    (Text, r#"due_soon_working_days = "five""#, &["1:25 `due_soon_working_days` must be a whole number, not a text"]),
    (Text, "tolerance_percent = 101", &["1:21 `tolerance_percent` must be from 0 to 100"]),
    (
        Text,
        r#"tolerance_percent = 2.5
colour = "red""#,
        &[
            "2:1 unknown key `colour` in a rulebook; known: `name`, `version`, `due_soon_working_days`, `tolerance_percent`, `closure_day`, `sources`, `measure_source`, `events`, `episodes`, `state`, `clock`, `measure`",
        ],
    ),
    (Text, "measure = 5", &["1:11 each measure begins with [[measure]]"]),
    (Text, r#"closure_day = "Christmas""#, &["1:15 a closure day must be a table, not a text"]),
    (Text, r#"sources = "The law.""#, &["1:11 `sources` must be a table of names, not a text"]),
    (
        Text,
        r#"[[closure_day]]
date = "2026-12-24"
name = "Closed""#,
        &["2:8 `date` must be a date like 2022-04-01, without quotation marks, not a text"],
    ),
    (
        Text,
        r#"[[closure_day]]
date = 2026-12-24T10:00:00Z
[[closure_day]]
date = 2026-12-24"#,
        &[
            "1:1 no `name` in a closure day",
            "2:8 `date` must be a date like 2022-04-01, without quotation marks, not a date or time",
            "3:1 no `name` in a closure day",
        ],
    ),
];

const NAMES: &[Case] = &[
    (
        Text,
        r#"[[clock]]
id = "cp_visit"
title = "Again"
area = "care"
source = "The law."
shape = "recur"
state = "cp"
act = "core_group.held"
limit = { weeks = 1 }"#,
        &["25:6 there is a clock `cp_visit` already, on line 5"],
    ),
    (
        Text,
        r#"[[measure]]
id = "CP-visits"
title = "Visits"
area = "child_protection"
kind = "state_count"
state = "cp""#,
        &[
            "2:6 `CP-visits` is no name: it takes small letters, digits and single underscores, begins with a letter and has at most 64",
        ],
    ),
    (
        Text,
        r#"[events.Visit]
event = "visit.completed""#,
        &[
            "1:9 `Visit` is no name: it takes small letters, digits and single underscores, begins with a letter and has at most 64",
        ],
    ),
    (
        Text,
        r#"[sources]
law = """#,
        &["2:7 `law` is empty"],
    ),
    (
        Text,
        r#"[[state]]
title = "No id"
start = "care.started"
end = "care.ended""#,
        &["1:1 no `id` in a state"],
    ),
];

const OF_EVERY_CLOCK_AND_MEASURE: &[Case] = &[
    (
        Text,
        r#"[[clock]]
id = "c"
shape = "recur"
state = "cp"
act = "core_group.held"
limit = { weeks = 1 }"#,
        &["1:1 no `area` in clock `c`", "1:1 no `source` in clock `c`", "1:1 no `title` in clock `c`"],
    ),
    (
        Text,
        r#"[[clock]]
id = "c"
title = " "
area = "child_protecton"
source = ""
shape = "recurs""#,
        &[
            "1:1 no `limit` in clock `c`",
            "3:9 `title` is empty",
            "4:8 `area` cannot be `child_protecton`; did you mean `child_protection`?",
            "5:10 `source` is empty",
            "6:9 `shape` cannot be `recurs`; did you mean `recur`?",
        ],
    ),
    (
        Text,
        r#"[[clock]]
id = "c"
title = "C"
area = "care"
source = "low"
shape = "recur"
state = "cp"
act = "core_group.held"
limit = { weeks = 1 }
[sources]
law = "The law.""#,
        &["5:10 no source `low` in [sources], and a single word is no source; did you mean `law`?"],
    ),
    (
        Act,
        r#"act = "core_group.held"
from = 2024-04-01
until = 2024-03-31"#,
        &["3:9 `until` is 2024-03-31, before `from`, which is 2024-04-01"],
    ),
    (
        Act,
        r#"act = "core_group.held"
restarts = "plan.started""#,
        &["2:1 unknown key `restarts` in clock `c`; did you mean `restart`?"],
    ),
];

const SEVERAL_AT_ONCE: &[Case] = &[(
    Text,
    r#"colour = "red"
[[clock]]
id = "c"
title = "C"
area = "caree"
source = "The law."
shape = "recur"
state = "cpp"
act = { event = "visit.completed", where = { seen = 1 } }
limit = { weeks = 0 }"#,
    &[
        "1:1 unknown key `colour` in a rulebook; known: `name`, `version`, `due_soon_working_days`, `tolerance_percent`, `closure_day`, `sources`, `measure_source`, `events`, `episodes`, `state`, `clock`, `measure`",
        "5:8 `area` cannot be `caree`; did you mean `care`?",
        "8:9 no state `cpp`; did you mean `cp`?",
        "9:53 `seen` takes true or false, not a whole number",
        "10:19 `weeks` must be from 1 to 5200",
    ],
)];

#[test]
fn what_is_no_toml() {
    check(WHAT_IS_NO_TOML);
}

#[test]
fn the_whole() {
    check(THE_WHOLE);
}

#[test]
fn names() {
    check(NAMES);
}

#[test]
fn of_every_clock_and_measure() {
    check(OF_EVERY_CLOCK_AND_MEASURE);
}

#[test]
fn several_at_once() {
    check(SEVERAL_AT_ONCE);
}
