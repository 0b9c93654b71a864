//! Mistakes in clocks.

use super::{Case, Part::*, check};

const CLOCKS_THAT_RESPOND: &[Case] = &[
    (Respond, r#"start = "contact.received""#, &["-6:1 no `match` in clock `c`", "-6:1 no `stop` in clock `c`"]),
    (
        Respond,
        r#"match = "episodes"
start = "contact.received"
stop = "contact.decided""#,
        &["1:9 `match` cannot be `episodes`; did you mean `episode`?"],
    ),
    (
        Respond,
        r#"match = "episode"
start = []
stop = []"#,
        &["2:9 `start` is empty", "3:8 `stop` is empty"],
    ),
    (
        Respond,
        r#"match = "episode"
start = "contact.receive"
stop = "contact.decide"
cancel = { event = "contact.decided", where = { stag = "final" } }"#,
        &[
            "2:9 no event `contact.receive`; did you mean `contact.received`?",
            "3:8 no event `contact.decide`; did you mean `contact.decided`?",
            "4:49 no field `stag` in `contact.decided`; did you mean `stage`?",
        ],
    ),
    (
        Respond,
        r#"match = "episode"
start = "conference.held"
stop = "core_group.held""#,
        &["3:8 no field `episode` in `conference.held`; known: `s47`", "3:8 no field `episode` in `core_group.held`"],
    ),
    (
        Respond,
        r#"match = "subject"
start = "allocation.started"
stop = "visit.completed""#,
        &["-6:1 clock `c` could be about a child or a carer or a worker; say which with `subject`"],
    ),
    (
        Respond,
        r#"match = "subject"
start = ["care.started", "carer.approved"]
stop = "visit.completed""#,
        &["2:26 this start is never about a child, as the others are"],
    ),
    (
        Respond,
        r#"match = "subject"
start = "care.started"
stop = "carer_review.held""#,
        &["3:8 `carer_review.held` is about a carer, but this is about a child"],
    ),
    (
        Respond,
        r#"match = "subject"
subject = "carer"
start = "care.started"
stop = "carer_review.held""#,
        &["3:9 `care.started` is about a child, but this is about a carer"],
    ),
    (
        Respond,
        r#"match = "subject"
start = "care.started"
stop = { event = "visit.completed", not_before_start = true }"#,
        &["3:56 a match by subject is never before the start; `not_before_start` goes with `link`"],
    ),
    (
        Clock,
        r#"shape = "respond"
match = "subject"
start = "care.started"
stop = "placement.started"
limit = [{ sequence = "first", hours = 1 }, { since_opening = "1 year", hours = 2 }, { hours = 3 }]"#,
        &["5:23 `sequence` is for clocks of shape `recur`", "5:63 `since_opening` is for clocks of shape `recur`"],
    ),
];

const LINKS: &[Case] = &[
    (
        Respond,
        r#"match = "subject"
start = "strategy_discussion.held"
stop = { event = "s47.started", link = { strategy_discusion = "episode" } }"#,
        &["3:42 no field `strategy_discusion` in `s47.started`; did you mean `strategy_discussion`?"],
    ),
    (
        Respond,
        r#"match = "subject"
start = "s47.started"
stop = { event = "conference.held", link = { s47 = "episde" } }"#,
        &["3:52 no field `episde` in `s47.started`; did you mean `episode`?"],
    ),
    (
        Respond,
        r#"match = "subject"
start = "s47.started"
stop = { event = "conference.held", link = { outcome = "episode" } }"#,
        &["3:46 `outcome` of `conference.held` is no name of an episode, so it links nothing"],
    ),
    (
        Respond,
        r#"match = "subject"
start = "s47.started"
stop = { event = "conference.held", link = { s47 = "episode", outcome = "outcome" } }"#,
        &[r#"3:44 `link` is the name of a field, or one pair { theirs = "ours" }"#],
    ),
    (
        Respond,
        r#"match = "subject"
start = "s47.started"
stop = { event = "conference.held", link = 7 }"#,
        &[r#"3:44 `link` is the name of a field, or one pair { theirs = "ours" }"#],
    ),
    (
        Respond,
        r#"match = "episode"
start = "strategy_discussion.held"
stop = { event = "conference.held", via = { event = "s47.started" } }"#,
        &["3:8 no `link` in `stop`", "3:43 no `link` in `via`"],
    ),
    (
        Respond,
        r#"match = "episode"
start = "strategy_discussion.held"
stop = { event = "conference.held", link = { s47 = "episode" }, via = { event = "core_group.held", link = "episode" } }"#,
        &["3:107 no field `episode` in `core_group.held`"],
    ),
    (
        Respond,
        r#"match = "episode"
start = "care.started"
stop = { event = "carer.ended", link = "episode" }"#,
        &["3:8 `carer.ended` is about a carer, but this is about a child"],
    ),
    (
        Respond,
        r#"match = "episode"
start = { event = "referral.received", having = { event = "case.closed", link = "episode", none_between = "visit.completed", some_between = "visit.complete" } }
stop = "case.closed""#,
        &[
            "2:49 `having` takes `none_between` or `some_between`, not both",
            "2:141 no event `visit.complete`; did you mean `visit.completed`?",
        ],
    ),
    (
        Respond,
        r#"match = "episode"
start = { event = "referral.received", lacking = { event = "case.close" }, allocated = "no" }
stop = "case.closed""#,
        &[
            "2:50 no `link` in `lacking`",
            "2:60 no event `case.close`; did you mean `case.closed`?",
            "2:88 `allocated` must be true or false, not a text",
        ],
    ),
];

const CLOCKS_THAT_RECUR: &[Case] = &[
    (
        Clock,
        r#"shape = "recur"
state = "cpp"
act = "core_group.held"
limit = { weeks = 1 }"#,
        &["2:9 no state `cpp`; did you mean `cp`?"],
    ),
    (
        Clock,
        r#"shape = "recur"
state = "carer"
act = "visit.completed"
restart = "placement.started"
limit = { weeks = 1 }"#,
        &[
            "3:7 `visit.completed` is about a child, but this is about a carer",
            "4:11 `placement.started` is about a child, but this is about a carer",
        ],
    ),
    (
        Clock,
        r#"shape = "recur"
subject = "child"
state = "carer"
act = "carer_review.held"
limit = { weeks = 1 }"#,
        &["3:9 state `carer` is about a carer, but this is about a child"],
    ),
    (
        Clock,
        r#"shape = "recur"
state = "carer"
ages = { from = "5y" }
act = "carer_review.held"
limit = { weeks = 1 }"#,
        &["3:8 only of a child is the age known, but this is about a carer"],
    ),
    (
        Act,
        r#"ages = { from = "18y", to = "5y" }
counts_after = "soon"
carry = "yes"
act = "core_group.held""#,
        &[
            "1:8 nobody is from 18 years and not yet 5 years old",
            r#"2:16 `counts_after` is `soon`, but spans are like "3 months" or "2 years", up to 100 years"#,
            "3:9 `carry` must be true or false, not a text",
        ],
    ),
    (
        Act,
        r#"ages = { from = "five", until = "5y" }
counts_after = "200 years"
act = "core_group.held""#,
        &[
            r#"1:17 `five` is no age; ages are like "5y", "16y3m" or "6m""#,
            "1:25 unknown key `until` in `ages`; known: `from`, `to`",
            r#"2:16 `counts_after` is `200 years`, but spans are like "3 months" or "2 years", up to 100 years"#,
        ],
    ),
    (
        Act,
        r#"ages = { }
act = "core_group.held""#,
        &[r#"1:8 `ages` needs `from` or `to`, like { from = "5y", to = "18y" }"#],
    ),
    (Act, r#"match = "subject""#, &["-7:1 no `act` in clock `c`", "1:1 unknown key `match` in clock `c`"]),
];

const LIMITS: &[Case] = &[
    (
        Clock,
        r#"shape = "recur"
state = "cp"
act = "core_group.held""#,
        &["-4:1 no `limit` in clock `c`"],
    ),
    (Limit, "limit = []", &["1:9 `limit` is empty"]),
    (Limit, "limit = 10", &["1:9 `limit` must be a table like { working_days = 10 }, not a whole number"]),
    (
        Limit,
        "limit = { }",
        &["1:9 `limit` needs one of `hours`, `working_days`, `days`, `weeks`, `months`, `years`, and has none"],
    ),
    (
        Limit,
        "limit = { weeks = 1, days = 2 }",
        &["1:9 `limit` needs one of `hours`, `working_days`, `days`, `weeks`, `months`, `years`, and has several"],
    ),
    (Limit, "limit = { working_days = 0 }", &["1:26 `working_days` must be from 1 to 26000"]),
    (Limit, "limit = { months = -3 }", &["1:20 `months` must be from 1 to 1200"]),
    (Limit, "limit = { years = 99999999999999999999 }", &["1:19 `years` must be from 1 to 100"]),
    (Limit, "limit = { days = 1.5 }", &["1:18 `days` must be a whole number, not a number"]),
    (
        Limit,
        r#"limit = { hours = 1, count_from = "start_day" }"#,
        &["1:35 `count_from` says which day is day 1, but hours count from the instant"],
    ),
    (
        Limit,
        r#"limit = { days = 1, count_from = "startday" }"#,
        &["1:34 `count_from` cannot be `startday`; did you mean `start_day`?"],
    ),
    (
        Limit,
        r#"limit = [{ sequence = "third", weeks = 1 }, { weeks = 2, source = "nowhere" }]"#,
        &[
            "1:23 `sequence` cannot be `third`; known: `first`, `second`",
            "1:67 no source `nowhere` in [sources], and a single word is no source",
        ],
    ),
    (
        Limit,
        r#"limit = [{ sequence = "first", weeks = 1 }, { sequence = "second", weeks = 2 }]"#,
        &[
            r#"1:45 where no limit's conditions hold there would be no clock: end with a limit without conditions, or write otherwise = "no_clock" if that is meant"#,
        ],
    ),
    (
        Limit,
        "limit = [{ until = 2024-03-31, weeks = 1 }, { from = 2024-04-02, weeks = 2 }]",
        &[
            r#"1:45 where no limit's conditions hold there would be no clock: end with a limit without conditions, or write otherwise = "no_clock" if that is meant"#,
        ],
    ),
    (
        Limit,
        r#"limit = [{ states = ["carer", "cared"], weeks = 1 }, { weeks = 2 }]"#,
        &[
            "1:22 state `carer` is about a carer, but this is about a child",
            "1:31 no state `cared`; did you mean `carer`?",
        ],
    ),
    (
        Limit,
        r#"limit = [{ fact = { latest = "sdq.completed", satisfies = { where = { scores = 3 } } }, weeks = 1 }, { weeks = 2 }]"#,
        &["1:71 no field `scores` in `sdq.completed`; did you mean `score`?"],
    ),
    (
        Limit,
        "limit = [{ fact = { satisfies = { where = { score = 3 } } }, weeks = 1 }, { weeks = 2 }]",
        &["1:19 `fact` needs either `latest` or `current`"],
    ),
    (
        Limit,
        r#"limit = [{ fact = { latest = "sdq.completed", satisfies = "pep.held" }, weeks = 1 }, { weeks = 2 }]"#,
        &["1:59 `satisfies` asks for other events than the fact"],
    ),
];

#[test]
fn clocks_that_respond() {
    check(CLOCKS_THAT_RESPOND);
}

#[test]
fn links() {
    check(LINKS);
}

#[test]
fn clocks_that_recur() {
    check(CLOCKS_THAT_RECUR);
}

#[test]
fn limits() {
    check(LIMITS);
}
