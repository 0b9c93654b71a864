//! No text makes the reader panic or take long.

use proptest::prelude::*;

/// Reads a text; that it returns is what is tested. What is refused has at least one mistake.
fn survives(text: &str) {
    match rulebook::read(text) {
        Ok(read) => assert!(!read.rulebook.name.is_empty()),
        Err(mistakes) => assert!(!mistakes.is_empty(), "refused without a reason"),
    }
}

/// Pieces that stand where rules have values, to be put where others stood.
const PIECES: &[&str] = &[
    "",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "=",
    ",",
    ".",
    "-1",
    "0",
    "1e308",
    "nan",
    "99999999999999999999",
    "true",
    "[]",
    "{ }",
    "\"\"",
    "\"*\"",
    "\"**\"",
    "\"visit.completed\"",
    "\"cp\"",
    "\"contact\"",
    "2022-04-01",
    "9999-12-31",
    "12:00:00",
    "{ event = \"*\" }",
    "{ not = \"cp\" }",
    "{ present = false }",
    "[[clock]]\n",
    "[events.x]\n",
    "#",
    "\n",
    "é",
    "\u{0}",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// The last place between two characters that is not after `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text with a stretch of characters replaced, around the place `at` of ten thousand.
fn edited(text: &str, at: usize, length: usize, piece: &str) -> String {
    let start = boundary(text, text.len() * at / 10_000);
    let end = boundary(text, start + length);
    format!("{}{piece}{}", &text[..start], &text[end..])
}

/// The text with one of its tokens replaced by a piece, so that most edits are still TOML.
fn swapped(text: &str, at: usize, piece: &str) -> String {
    let start = boundary(text, text.len() * at / 10_000);
    let ends = |c: char| c.is_whitespace() || ",{}[]=".contains(c);
    let from = text[..start].rfind(ends).map_or(0, |at| at + 1);
    let to = text[start..].find(ends).map_or(text.len(), |at| start + at);
    format!("{}{piece}{}", &text[..from], &text[to.max(from)..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_never_panic(edits in prop::collection::vec((0..10_000_usize, 0..40_usize, piece()), 1..4)) {
        let mut text = rulebook::DEFAULT.to_owned();
        for (at, length, piece) in edits {
            text = edited(&text, at, length, &piece);
        }
        survives(&text);
    }

    #[test]
    fn swapped_tokens_never_panic(edits in prop::collection::vec((0..10_000_usize, piece()), 1..6)) {
        let mut text = rulebook::DEFAULT.to_owned();
        for (at, piece) in edits {
            text = swapped(&text, at, &piece);
        }
        survives(&text);
    }

    #[test]
    fn lines_in_any_place_never_panic(moves in prop::collection::vec((0..3_000_usize, 0..3_000_usize), 1..6)) {
        let mut lines: Vec<&str> = rulebook::DEFAULT.lines().collect();
        for (from, to) in moves {
            let line = lines.remove(from % lines.len());
            lines.insert(to % lines.len(), line);
        }
        survives(&lines.join("\n"));
    }

    #[test]
    fn random_text_never_panics(text in any::<String>()) {
        survives(&text);
    }
}

#[test]
fn deep_nesting_is_refused() {
    let deep = 200_000;
    let texts = [
        format!("x = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("x = {}", "[".repeat(deep)),
        format!("x = {}1{}", "{ a = ".repeat(deep), " }".repeat(deep)),
        format!("{}x = 1", "a.".repeat(deep)),
        format!("[{}x]", "a.".repeat(deep)),
        format!("x = {{ {}x = 1 }}", "a.".repeat(deep)),
    ];
    for text in texts {
        let mistakes = rulebook::read(&text).unwrap_err();
        let deep = mistakes.iter().any(|mistake| mistake.message.contains("nested too deeply"));
        assert!(deep, "{:?}", mistakes.first());
    }
}

#[test]
fn a_text_may_be_long_but_not_longer() {
    let comment = format!("#{}\n", "x".repeat(99));
    let filled = format!("{}{}", rulebook::DEFAULT, comment.repeat(40_000));
    assert!(rulebook::read(&filled).is_ok());
    let mistakes = rulebook::read(&comment.repeat(45_000)).unwrap_err();
    assert_eq!(mistakes[0].message, "a rulebook has at most 4194304 bytes, and this one has 4545000");
}

#[test]
fn there_are_only_so_many_patterns() {
    let kinds =
        |count: usize| (0..count).map(|n| format!("{{ event = 'case_note.recorded', where = {{ kind = 'k{n}' }} }},"));
    let text = |count: usize| {
        rulebook::DEFAULT.replace("act = \"core_group.held\"", &format!("act = [{}]", kinds(count).collect::<String>()))
    };
    assert!(rulebook::read(&text(3_900)).is_ok());
    let mistakes = rulebook::read(&text(4_100)).unwrap_err();
    assert_eq!(mistakes.len(), 1);
    assert_eq!(mistakes[0].message, "a rulebook has at most 4096 different events with their conditions");
}

#[test]
fn a_text_full_of_mistakes_is_answered_in_time() {
    let names = |count: usize| (0..count).map(|n| format!("[events.e{n}]\nevent = \"visit.complete\"\n"));
    let clocks = |count: usize| (0..count).map(|n| format!("[[clock]]\nid = \"c{n}\"\nact = \"e{n}x\"\n"));
    let wrong: String = names(20_000).chain(clocks(20_000)).collect();
    let references =
        format!("[[measure]]\nid = \"m\"\nkind = \"timeliness\"\nclock = [{}]\n", "\"x\",".repeat(400_000));
    let errors = "= ".repeat(1_000_000);
    let states: String = (0..30_000).map(|n| format!("[[state]]\nid = \"s{n}\"\nall = [\"s{}\"]\n", n + 1)).collect();
    let keys: String = (0..100_000).map(|n| format!("k{n} = 1\n")).collect();
    let limits = format!("[[clock]]\nid = \"c\"\nshape = \"recur\"\nlimit = [{}]\n", "{ weeks = 1 },".repeat(100_000));
    for text in [wrong, references, errors, states, keys, limits] {
        let mistakes = rulebook::read(&text).unwrap_err();
        assert!(mistakes.len() <= 1_000);
    }
}
