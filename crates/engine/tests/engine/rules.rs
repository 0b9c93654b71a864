//! Small rulebooks for what the default one does not use.

use rulebook::Rulebook;

/// A rulebook of these clocks, states and measures; one with mistakes fails the test.
pub fn rulebook(rules: &str) -> Rulebook {
    let text = format!("name = \"Small\"\nversion = \"1\"\nmeasure_source = \"A test.\"\n{rules}");
    match rulebook::read(&text) {
        Ok(read) => read.rulebook,
        Err(mistakes) => panic!("{text}\n{mistakes:?}"),
    }
}

/// The clock `reply`: from a contact to the next case note of the child, within that limit.
pub fn reply_within(limit: &str) -> Rulebook {
    rulebook(&format!(
        r#"
        [[clock]]
        id = "reply"
        title = "Reply"
        area = "oversight"
        shape = "respond"
        match = "subject"
        start = "contact.received"
        stop = "case_note.recorded"
        limit = {limit}
        source = "A test."
        "#
    ))
}

/// The clock `note`: while a referral is open a case note must be made; with further keys of the clock.
pub fn note_within(limit: &str, further: &str) -> Rulebook {
    rulebook(&format!(
        r#"
        [[state]]
        id = "referred"
        title = "Referred"
        start = "referral.received"
        end = "case.closed"

        [[state]]
        id = "care"
        title = "Care"
        start = "care.started"
        end = "care.ended"

        [[clock]]
        id = "note"
        title = "Note"
        area = "oversight"
        shape = "recur"
        state = "referred"
        act = "case_note.recorded"
        limit = {limit}
        source = "A test."
        {further}
        "#
    ))
}
