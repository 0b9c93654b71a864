//! Literal tables: a piece of a rulebook, and the mistakes that it is answered with.

mod clocks;
mod events;
mod measures;
mod states;
mod warnings;
mod whole;

/// A piece of a rulebook and what is said about it, each as `line:column message`; the piece's first line is line 1.
type Case = (Part, &'static str, &'static [&'static str]);

/// What the piece continues, so that each shows only what it is about.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// The rulebook itself.
    Text,
    /// A state.
    State,
    /// A clock with nothing but what it says of itself.
    Clock,
    /// A clock of shape `respond` with a limit.
    Respond,
    /// A clock of shape `recur` with a state and a limit.
    Act,
    /// A clock of shape `recur` with a state and an act.
    Limit,
    /// A measure with nothing but what it says of itself.
    Measure,
}

const HEAD: &str = r#"name = "Test"
version = "1"
measure_source = "A report."
"#;

const STATE: &str = r#"
[[state]]
id = "s"
title = "S"
"#;

const CLOCK: &str = r#"
[[clock]]
id = "c"
title = "C"
area = "care"
source = "The law."
"#;

const MEASURE: &str = r#"
[[measure]]
id = "m"
title = "M"
area = "care"
"#;

/// What pieces may refer to. It follows them, so that it moves no line of theirs.
const REST: &str = r#"
[[state]]
id = "cp"
title = "Protection plan"
start = "plan.started"
end = "plan.ended"
where = { kind = "cp" }

[[state]]
id = "carer"
title = "Foster carer"
start = "carer.approved"
end = "carer.ended"

[[clock]]
id = "cp_visit"
title = "Visit"
area = "child_protection"
source = "The law."
shape = "recur"
state = "cp"
act = "visit.completed"
limit = { working_days = 10 }

[[clock]]
id = "icpc"
title = "Conference"
area = "child_protection"
source = "The law."
shape = "respond"
match = "subject"
start = "strategy_discussion.held"
stop = "conference.held"
limit = { working_days = 15 }
"#;

impl Part {
    fn before(self) -> String {
        let (rule, keys) = match self {
            Part::Text => ("", ""),
            Part::State => (STATE, ""),
            Part::Clock => (CLOCK, ""),
            Part::Respond => (CLOCK, "shape = \"respond\"\nlimit = { hours = 1 }\n"),
            Part::Act => (CLOCK, "shape = \"recur\"\nstate = \"cp\"\nlimit = { weeks = 1 }\n"),
            Part::Limit => (CLOCK, "shape = \"recur\"\nstate = \"cp\"\nact = \"core_group.held\"\n"),
            Part::Measure => (MEASURE, ""),
        };
        format!("{HEAD}{rule}{keys}")
    }
}

/// Checks that each piece is refused for exactly these mistakes.
fn check(cases: &[Case]) {
    for (part, piece, expected) in cases {
        let (mistakes, _) = said(*part, piece);
        assert_eq!(mistakes, *expected, "{part:?}\n{piece}");
    }
}

/// Checks that each piece is accepted with exactly these warnings.
fn check_warnings(cases: &[Case]) {
    for (part, piece, expected) in cases {
        let (mistakes, warnings) = said(*part, piece);
        assert_eq!(mistakes, [""; 0], "{part:?}\n{piece}");
        assert_eq!(warnings, *expected, "{part:?}\n{piece}");
    }
}

/// The mistakes and the warnings about a piece. What lies before it has lines of 0 and less.
fn said(part: Part, piece: &str) -> (Vec<String>, Vec<String>) {
    let before = part.before();
    let lines = before.lines().count() as i64;
    let said = |mistakes: Vec<rulebook::Mistake>| -> Vec<String> {
        let line = |mistake: &rulebook::Mistake| mistake.line as i64 - lines;
        mistakes.iter().map(|m| format!("{}:{} {}", line(m), m.column, m.message)).collect()
    };
    match rulebook::read(&format!("{before}{piece}\n{REST}")) {
        Ok(read) => (Vec::new(), said(read.warnings)),
        Err(mistakes) => (said(mistakes), Vec::new()),
    }
}

#[test]
fn a_mistake_is_shown_with_its_place() {
    let mistakes = rulebook::read("name = \"Näme\" x").unwrap_err();
    assert!(mistakes[0].to_string().starts_with("line 1, column 15: this is no TOML"), "{}", mistakes[0]);
}
