//! Mistakes in measures.

use super::{Case, Part::*, check};

const MEASURES: &[Case] = &[
    (Measure, r#"clock = "cp_visit""#, &["-3:1 no `kind` in measure `m`"]),
    (
        Measure,
        r#"kind = "timelyness"
clock = "cp_visit""#,
        &["1:8 `kind` cannot be `timelyness`; did you mean `timeliness`?"],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = "cp_visits"
basis = "snapshots""#,
        &[
            "2:9 no clock `cp_visits`; did you mean `cp_visit`?",
            "3:9 `basis` cannot be `snapshots`; did you mean `snapshot`?",
        ],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = []
basis = "due""#,
        &["2:9 `clock` is empty"],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = "icpc"
basis = "due"
sequence = "first""#,
        &["4:12 `sequence` is for clocks of shape `recur`"],
    ),
    (
        Measure,
        r#"kind = "clock_count"
clock = "cp_visit"
status = "late"
at_least_days = 1
more_working_days_than = 2"#,
        &[
            "3:10 `status` cannot be `late`; known: `running`, `overdue`",
            "4:17 `at_least_days` and `more_working_days_than` do not go together",
        ],
    ),
    (
        Measure,
        r#"kind = "clock_count"
clock = "cp_visit"
status = "running"
with_event = "carer_review.held""#,
        &["4:14 `carer_review.held` is about a carer, but this is about a child"],
    ),
    (
        Measure,
        r#"kind = "clock_bands"
clock = "cp_visit"
status = "stopped"
bands = [10, 20, 20]"#,
        &["4:18 `bands` must ascend"],
    ),
    (
        Measure,
        r#"kind = "clock_bands"
clock = "cp_visit"
status = "stopped"
bands = []"#,
        &["4:9 `bands` must be a list of whole numbers, the last value of each band"],
    ),
    (
        Measure,
        r#"kind = "event_count"
events = "referral.recieved"
count = "subject""#,
        &[
            "2:10 no event `referral.recieved`; did you mean `referral.received`?",
            "3:9 `count` cannot be `subject`; did you mean `subjects`?",
        ],
    ),
    (
        Measure,
        r#"kind = "event_values"
events = "care.ended"
field = "reasons""#,
        &["3:9 no field `reasons` in `care.ended`; did you mean `reason`?"],
    ),
    (
        Measure,
        r#"kind = "event_values"
events = "visit.completed"
field = "seen""#,
        &["3:9 `seen` of `visit.completed` is not a word or a text"],
    ),
    (
        Measure,
        r#"kind = "event_share"
events = "conference.held""#,
        &["-3:1 measure `m` needs either `satisfies` or `recorded_late`"],
    ),
    (
        Measure,
        r#"kind = "event_share"
events = "conference.held"
satisfies = { where = { view = "attended" } }"#,
        &["3:25 no field `view` in `conference.held`; did you mean `views`?"],
    ),
    (
        Measure,
        r#"kind = "event_share"
events = "conference.held"
satisfies = "core_group.held""#,
        &["3:13 `satisfies` asks for other events than `events`"],
    ),
    (
        Measure,
        r#"kind = "event_share"
events = "visit.completed"
recorded_late = { }"#,
        &[
            "3:17 `recorded_late` needs one of `hours`, `working_days`, `days`, `weeks`, `months`, `years`, and has none",
        ],
    ),
    (
        Measure,
        r#"kind = "look_back"
events = "care.started"
within = "12"
at_least = 0"#,
        &[
            "-3:1 no `earlier` in measure `m`",
            r#"3:10 `within` is `12`, but spans are like "3 months" or "2 years", up to 100 years"#,
            "4:12 `at_least` must be from 1 to 1000",
        ],
    ),
    (
        Measure,
        r#"kind = "look_back"
events = "care.started"
earlier = "care.ended"
previous = { event = "care.started" }"#,
        &["4:12 no `having` in `previous`"],
    ),
    (
        Measure,
        r#"kind = "look_back"
events = "care.started"
earlier = "carer.ended""#,
        &["3:11 `carer.ended` is about a carer, but this is about a child"],
    ),
    (
        Measure,
        r#"kind = "state_share"
state = "cp"
satisfies = { where = { score = 3 } }"#,
        &["-3:1 measure `m` needs either `latest` or `current`"],
    ),
    (
        Measure,
        r#"kind = "state_share"
state = "cp"
current = "placement"
since = "september"
satisfies = { where = { in_county = true } }
[episodes.placement]
start = "placement.started"
end = "placement.ended""#,
        &["4:9 `since` goes with `latest`, not with `current`"],
    ),
    (
        Measure,
        r#"kind = "state_share"
state = "cp"
latest = "sdq.completed"
since = "october"
satisfies = { where = { score = { at_least = 17 } } }"#,
        &["4:9 `since` cannot be `october`; known: `september`"],
    ),
    (
        Measure,
        r#"kind = "state_look_back"
state = "cp"
window = "always"
at_least = 1
fewer_than = 2"#,
        &[
            "-3:1 measure `m` needs either `at_least` or `fewer_than`",
            "-3:1 measure `m` needs either `events` or distinct_workers = true",
            "3:10 `window` cannot be `always`; known: `ever`, `period`, `since_september`",
        ],
    ),
    (
        Measure,
        r#"kind = "state_look_back"
state = "cp"
events = "plan.started"
window = { }
at_least = 1"#,
        &[
            r#"4:10 `window` is "ever", "period", "since_september", { last = "12 months" } or { before_opening = "12 months" }"#,
        ],
    ),
    (
        Measure,
        r#"kind = "duration"
state = "cp""#,
        &["-3:1 measure `m` needs either `longer_than` or `at_least`"],
    ),
    (
        Measure,
        r#"kind = "conversion"
starts = "referral.received"
outcome = "case.closed""#,
        &[r#"3:11 `outcome` must be a table like { event = "case.closed", link = "episode" }, not a text"#],
    ),
    (
        Measure,
        r#"kind = "mean"
state = "cp"
latest = "plan.started"
field = "category""#,
        &["4:9 `category` of `plan.started` is not a number"],
    ),
    (
        Measure,
        r#"kind = "caseload"
state = "cp"
at_most = 0"#,
        &["3:11 `at_most` must be from 1 to 1000"],
    ),
    (
        Measure,
        r#"kind = "unallocated"
state = "cp"
longer_than_days = "14""#,
        &["3:20 `longer_than_days` must be a whole number, not a text"],
    ),
    (
        Measure,
        r#"kind = "external"
clock = "cp_visit""#,
        &[
            "2:1 unknown key `clock` in measure `m`; known: `id`, `title`, `area`, `from`, `until`, `source`, `better`, `tolerance_percent`, `target`, `comparator`, `kind`",
        ],
    ),
    (
        Measure,
        r#"kind = "state_count"
state = "cp"
better = "up"
tolerance_percent = -1"#,
        &[
            "3:10 `better` cannot be `up`; known: `higher`, `lower`, `plan`",
            "4:21 `tolerance_percent` must be from 0 to 100",
        ],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = "cp_visit"
basis = "due"
target = 120"#,
        &["4:10 `target` must be from 0 to 100"],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = "cp_visit"
basis = "due"
target = "90""#,
        &["4:10 `target` must be a number, or tables like { from = 2022-04-01, value = 90 }, not a text"],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = "cp_visit"
basis = "due"
target = [{ until = 2022-03-31 }, 90, { from = 2022-04-01, value = -1 }]"#,
        &[
            "4:11 no `value` in `target`",
            "4:35 `target` must be a number, or tables like { from = 2022-04-01, value = 90 }, not a whole number",
            "4:68 `value` must be from 0 to 100",
        ],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = "cp_visit"
basis = "due"
comparator = [{ name = "England", date = 2024-03-31, valu = 80 }, { value = 80 }]"#,
        &[
            "4:15 no `value` in `comparator`",
            "4:54 unknown key `valu` in `comparator`; did you mean `value`?",
            "4:67 no `date` in `comparator`",
            "4:67 no `name` in `comparator`",
        ],
    ),
    (
        Measure,
        r#"kind = "event_share"
events = "conferance.held"
satisfies = { where = { view = "attended", views = "attended", outcome = "cp_plan" } }"#,
        &[
            "2:10 no event `conferance.held`; did you mean `conference.held`?",
            "3:25 none of these events has a field `view`; did you mean `views`?",
        ],
    ),
    (
        Measure,
        r#"kind = "state_share"
state = "cpp"
latest = "sdq.complete"
among = { where = { score = { below = 50 } } }
satisfies = { where = { score = { at_least = 17 } } }"#,
        &[
            "2:9 no state `cpp`; did you mean `cp`?",
            "3:10 no event `sdq.complete`; did you mean `sdq.completed`?",
            "4:39 `score` never comes near 50",
        ],
    ),
];

#[test]
fn measures() {
    check(MEASURES);
}
