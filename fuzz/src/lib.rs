//! What must hold of any bytes whatever, one function per fuzz target. Each panics if it does not hold.
//!
//! The suite in `tests/` puts every file of the corpora through the same functions, so that what fuzzing once found
//! stays found without a fuzzer.

use calendar::{Date, Instant, Period, london};
use engine::{
    Accepted, By, Case, Frame, History, Record, Row, Status, Tally, Workforce, WorklistFilter, contribute, explain,
    figures, findings, sort_rows,
};
use exchange::annex_a;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use vocabulary::{Checker, Event, NewEvent};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

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

/// Under any rulebook any events have answers, and every clock has its explanation.
///
/// The input is a rulebook, by default the one that ships, and after a line of `== events` the events, one a line.
pub fn engine(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (rules, lines) = text.split_once("== events\n").unwrap_or(("", text));
    let own = if rules.trim().is_empty() { None } else { rulebook::read(rules).ok() };
    let rulebook = match &own {
        Some(read) => &read.rulebook,
        None => rulebook::default_rulebook(),
    };
    let mut checker = Checker::new();
    let mut accepted = Accepted::new();
    for event in lines.lines().filter_map(|line| checker.check(line.as_bytes(), received()).ok()) {
        accepted.offer(event);
    }
    let record = Record::as_known(&accepted, None);
    let (at, period) = (received(), Period::parse("2021-01-R12").expect("a period"));
    let frame = Frame::of(rulebook, period, at);
    let measures: Vec<usize> = (0..rulebook.measures.len()).collect();
    let all = WorklistFilter { statuses: Status::ALL.to_vec(), ..WorklistFilter::default() };
    let bundles = record.bundles();
    let mut workforce = Workforce::default();
    for history in bundles.iter().filter_map(|bundle| History::of(bundle, at)) {
        workforce.add(&Case::of(&history, rulebook));
    }
    let mut tally = Tally::new(By::Team);
    for history in bundles.iter().filter_map(|bundle| History::of(bundle, at)) {
        let case = Case::of(&history, rulebook);
        contribute(&case, &frame, &workforce, &measures, &mut tally);
        let _ = (findings(&case), case.next_change());
        let mut rows = all.rows(&case);
        sort_rows(&mut rows);
        let explained: Vec<Row> = explain(&case, None).into_iter().map(|explanation| explanation.row).collect();
        assert_eq!(rows, explained, "the worklist and its explanations");
    }
    tally.close(&frame, &workforce);
    let _ = figures(&tally, &frame, &measures);
}

/// The day of every workbook.
fn as_at() -> Date {
    Date::parse("2021-03-31").expect("a day of the calendar")
}

/// A file is a workbook, or there is a word why not. The events of a workbook are all accepted, and the same workbook
/// has nothing new after they are.
pub fn workbook(bytes: &[u8]) {
    let changes = annex_a::read(bytes, as_at()).and_then(|import| Ok((import.events(&[])?, import)));
    let (changes, import) = match changes {
        Ok(read) => read,
        Err(error) => {
            assert!(!error.to_string().is_empty(), "an error without words: {error:?}");
            return;
        }
    };
    let end = london::end_of_day(as_at());
    let mut checker = Checker::new();
    let events: Vec<Event> = changes
        .events
        .iter()
        .map(|written| {
            let mut line = Vec::new();
            written.write_json(&mut line);
            let text = String::from_utf8_lossy(&line);
            checker.check(&line, end).unwrap_or_else(|refusal| panic!("{refusal:?}: {text}"))
        })
        .collect();
    match import.events(&events) {
        Ok(again) => {
            assert!(again.events.is_empty(), "new after itself: {:?}", again.events);
            assert!(again.vanished.is_empty(), "vanished after itself: {:?}", again.vanished);
        }
        Err(error) => panic!("read once, but not again: {error}"),
    }
}

/// The same of workbooks that are whole as files, so that only what is inside them is arbitrary.
///
/// The input is sections, each after a line of `== ` and its name: a part if the name is that of a file, and else the
/// sheet of that name. What a workbook must have besides is added.
pub fn sheets(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let sections: Vec<(&str, &str)> =
        text.split("== ").filter_map(|section| section.split_once('\n')).take(20).collect();
    let (own_parts, sheets): (Vec<_>, Vec<_>) =
        sections.into_iter().partition(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels"));
    let mut parts = BTreeMap::new();
    let (mut names, mut relations) = (String::new(), String::new());
    for (number, (name, xml)) in (1..).zip(sheets) {
        names += &format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#);
        relations += &format!(
            r#"<Relationship Id="rId{number}" Type="{RELATION}/worksheet" Target="worksheets/{number}.xml"/>"#
        );
        parts.insert(format!("xl/worksheets/{number}.xml"), xml.to_owned());
    }
    let office = format!(r#"<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>"#);
    parts.insert("_rels/.rels".to_owned(), format!("<Relationships>{office}</Relationships>"));
    parts.insert("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{names}</sheets></workbook>"));
    parts.insert("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>"));
    parts.extend(own_parts.into_iter().map(|(name, xml)| (name.to_owned(), xml.to_owned())));
    // A name that no ZIP file can have.
    let Ok(file) = zipped(&parts) else { return };
    workbook(&file);
}

/// What the kinds of relations between the parts of a workbook begin with.
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn zipped(parts: &BTreeMap<String, String>) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(name.as_str(), stored)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
