//! How a file is arranged does not matter.

/// The parts of a text that begin with a table's header, after the part before the first.
fn tables(text: &str) -> (String, Vec<String>) {
    let mut head = String::new();
    let mut tables: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            tables.push(String::new());
        }
        let part = tables.last_mut().unwrap_or(&mut head);
        part.push_str(line);
        part.push('\n');
    }
    (head, tables)
}

#[test]
fn any_order_of_tables_gives_the_same_rulebook() {
    let expected = format!("{:?}", rulebook::default_rulebook());
    let (head, tables) = tables(rulebook::DEFAULT);
    assert!(tables.len() > 250, "the text must be taken apart for this test to mean anything");
    let backwards: Vec<&str> = tables.iter().rev().map(String::as_str).collect();
    let interleaved: Vec<&str> =
        (0..7).flat_map(|start| tables.iter().skip(start).step_by(7)).map(String::as_str).collect();
    for order in [backwards, interleaved] {
        let read = rulebook::read(&format!("{head}{}", order.concat())).unwrap();
        assert_eq!(format!("{:?}", read.rulebook), expected);
    }
}

#[test]
fn states_come_after_their_parts() {
    for state in &rulebook::default_rulebook().states {
        let own = rulebook::default_rulebook().states.iter().position(|other| other.id == state.id);
        for part in state.any.iter().chain(&state.all).chain(&state.none) {
            assert!(Some(part.index()) < own, "{} before its parts", state.id);
        }
    }
}
