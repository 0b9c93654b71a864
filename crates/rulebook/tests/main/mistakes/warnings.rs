//! What is allowed but hardly meant.

use super::{Case, Part::*, check_warnings};

const DOUBTFUL: &[Case] = &[
    (
        Text,
        r#"[[closure_day]]
date = 2036-12-24
name = "Closed"
[[closure_day]]
date = 2026-12-26
name = "Saturday"
[[closure_day]]
date = 2026-12-24
name = "Closed"
[[closure_day]]
date = 2026-12-24
name = "Again""#,
        &[
            "2:8 `date` is 2036-12-24, but bank holidays are known from 2010 to 2035 only",
            "5:8 2026-12-26 is at a weekend, and so no working day anyway",
            "11:8 2026-12-24 is a closure day already",
        ],
    ),
    (
        Limit,
        "limit = [{ from = 2009-04-01, weeks = 1 }, { until = 2009-03-31, weeks = 2 }, { weeks = 3 }]",
        &[
            "1:19 `from` is 2009-04-01, but bank holidays are known from 2010 to 2035 only",
            "1:54 `until` is 2009-03-31, but bank holidays are known from 2010 to 2035 only",
            "1:79 this limit is never used: the ones before it hold for every clock",
        ],
    ),
    (
        Limit,
        r#"limit = [{ weeks = 1 }, { sequence = "first", weeks = 3 }]"#,
        &["1:25 this limit is never used: the ones before it hold for every clock"],
    ),
    (
        Limit,
        r#"otherwise = "no_clock"
limit = { sequence = "first", weeks = 3 }"#,
        &[],
    ),
    (
        Measure,
        r#"kind = "state_count"
state = "cp"
target = [{ until = 2022-03-31, value = 1 }, { from = 2022-03-31, value = 2 }]"#,
        &["3:46 two targets are in force on one day; the first of the list is used"],
    ),
    (
        Measure,
        r#"kind = "state_count"
state = "cp"
target = [{ from = 2022-04-02, value = 2 }, { until = 2022-03-31, value = 1 }]"#,
        &["3:11 no target is in force on the days before this one's `from`"],
    ),
    (
        Measure,
        r#"kind = "timeliness"
clock = ["cp_visit", "cp_visit"]
basis = "due""#,
        &["2:22 this clock is in the list already"],
    ),
];

#[test]
fn doubtful() {
    check_warnings(DOUBTFUL);
}
