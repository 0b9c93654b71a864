//! Mistakes in states and episodes.

use super::{Case, Part::*, check};

const STATES_AND_EPISODES: &[Case] = &[
    (State, r#"start = "care.started""#, &["-2:1 no `end` in state `s`"]),
    (State, r#"end = "care.ended""#, &["1:7 state `s` has an `end` or conditions, but no `start`"]),
    (
        State,
        r#"where = { kind = "cp" }
any = "cp""#,
        &["1:9 state `s` has an `end` or conditions, but no `start`"],
    ),
    (State, r#"none = "cp""#, &["-2:1 state `s` needs a `start` and an `end`, or states in `any` or `all`"]),
    (
        State,
        r#"start = { event = "care.started" }
end = "core_group.held""#,
        &["1:9 `start` must be a text, not a table", "2:7 `core_group.held` has no episode that could begin or end"],
    ),
    (
        State,
        r#"start = "met"
end = "care.ended"
[events.met]
event = "care.started"
where = { legal_status = "s20" }"#,
        &["1:9 `start` takes types of event; conditions stand in `where`"],
    ),
    (
        State,
        r#"start = "care.started"
end = "carer.ended""#,
        &["1:9 nothing can begin with this start and end with this end: they are about others"],
    ),
    (
        State,
        r#"start = "plan.started"
end = "plan.ended"
where = { kind = "cpp" }"#,
        &["3:18 `kind` of `plan.started` has no value `cpp`; did you mean `cp`?"],
    ),
    (
        State,
        r#"all = ["cpp"]
none = ["s"]"#,
        &["1:8 no state `cpp`; did you mean `cp`?", "2:9 state `s` is made of itself"],
    ),
    (
        State,
        r#"all = ["one"]
[[state]]
id = "one"
title = "One"
any = ["two"]
[[state]]
id = "two"
title = "Two"
any = ["s"]"#,
        &["1:8 state `one` is made of itself through `two`, `s`"],
    ),
    (State, r#"all = ["cp", "carer"]"#, &["-2:1 the parts of state `s` are about different kinds of subject"]),
    (
        State,
        r#"start = "care.started"
end = "care.ended"
subject = "carer""#,
        &["-2:1 the parts of state `s` are about different kinds of subject"],
    ),
    (
        State,
        r#"all = ["cp"]
shows = "carer""#,
        &["2:9 `shows` names `carer`, which is no part of state `s`"],
    ),
    (
        State,
        r#"any = ["cp"]
[[state]]
id = "t"
title = "T"
any = ["s"]
shows = "s""#,
        &["6:9 state `s` has no episodes of its own to show"],
    ),
    (
        Measure,
        r#"kind = "state_count"
state = "cp"
with_open = "placment"
[episodes.placement]
start = "placement.started"
end = "placement.ended""#,
        &["3:13 no episodes called `placment` in [episodes]; did you mean `placement`?"],
    ),
    (
        Measure,
        r#"kind = "state_count"
state = "carer"
without_open = { start = "placement.started", end = "placement.ended", were = { kind = "other" } }"#,
        &[
            "3:16 these episodes are about a child, but this is about a carer",
            "3:72 unknown key `were` in `without_open`; did you mean `where`?",
        ],
    ),
    (
        Measure,
        r#"kind = "state_count"
state = "cp"
without_open = { end = "placement.ended" }"#,
        &["3:24 `without_open` has an `end` or conditions, but no `start`"],
    ),
];

#[test]
fn states_and_episodes() {
    check(STATES_AND_EPISODES);
}
