//! What must hold of any bytes whatever, one function per fuzz target. Each panics if it does not hold.
//!
//! The suite in `tests/` puts every file of the corpora through the same functions, so that what fuzzing once found
//! stays found without a fuzzer.

use calendar::Instant;
use vocabulary::{Checker, Event, NewEvent};

/// When the events are received: a fixed time, so that an input always means the same.
fn received() -> Instant {
    Instant::parse("2021-02-01T00:00:00Z").expect("a time as RFC 3339 has it")
}

/// An event is accepted or refused with a reason; one that is accepted is, written again, accepted as the same.
pub fn envelope(bytes: &[u8]) {
    match Checker::new().check(bytes, received()) {
        Ok(event) => written_again_is_the_same(&event),
        Err(refusal) => {
            assert!(!refusal.detail.is_empty(), "a refusal says what is wrong: {refusal:?}");
            assert!(refusal.field.iter().all(|field| field.starts_with('/')), "a JSON pointer: {refusal:?}");
        }
    }
}

fn written_again_is_the_same(event: &Event) {
    let line = written(event);
    match Checker::new().check(&line, received()) {
        Ok(again) => {
            // The digest is that of the whole envelope, extra fields included, which are not written.
            let expected = Event { digest: again.digest, recorded_given: again.recorded_given, ..event.clone() };
            assert_eq!(again, expected, "written as {}", String::from_utf8_lossy(&line));
            assert_eq!(written(&again), line, "the written form is written as itself");
        }
        Err(refusal) => panic!("refused as written: {refusal:?}\n{}", String::from_utf8_lossy(&line)),
    }
}

fn written(event: &Event) -> Vec<u8> {
    let mut line = Vec::new();
    let new = NewEvent {
        id: &event.id,
        source: &event.source,
        subject: &event.subject,
        occurred: event.occurred,
        recorded: Some(event.recorded),
        received: Some(event.received),
        supersedes: event.supersedes.as_deref(),
        data: &event.data,
    };
    new.write_json(&mut line);
    line
}

/// A text is a rulebook, or has mistakes that all lie within it.
pub fn rulebook(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (wrong, notes) = match rulebook::read(text) {
        Ok(read) => (false, read.warnings),
        Err(mistakes) => (true, mistakes),
    };
    assert!(!wrong || !notes.is_empty(), "no rulebook, and no reason");
    let lines = text.split('\n').count();
    for note in notes {
        assert!(!note.message.is_empty(), "a mistake without words at line {}", note.line);
        assert!((1..=lines).contains(&note.line) && note.column >= 1, "outside the text: {note:?}");
    }
}
