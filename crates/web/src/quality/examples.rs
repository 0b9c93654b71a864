//! Pages of data quality from example values.

use super::QualityPage;
use super::findings::{FindingLine, FindingsPage, KindCount};
use super::quarantine::{ItemPage, Problem, QuarantinePage, RefusedLine, Shown, StepLine, Typed};
use super::recording::{MonthChoice, rows};
use crate::frame::Section;
use crate::gallery::{Example, example, quiet};
use bytes::Bytes;
use calendar::Instant;
use store::figures::Recording;
use store::quarantine::{Action, Quarantined, Step};
use vocabulary::{Reason, Refusal};

pub fn all() -> Vec<Example> {
    vec![
        example("quality", &quality(true)),
        example("quality, empty", &quality(false)),
        example("refused events", &refused(true)),
        example("refused events, empty", &refused(false)),
        example("refused event", &item(true, Vec::new())),
        example("refused event, settled", &item(false, Vec::new())),
        example("refused event, wrong forms", &item(true, problems())),
        example("findings", &findings()),
    ]
}

fn quarantined() -> Quarantined {
    let at = Instant::parse("2021-01-18T10:30:00Z").expect("an instant");
    let refusal = Refusal {
        reason: Reason::BadField,
        field: Some("/data/mode".to_owned()),
        detail: "expected a mode; found “x”".to_owned(),
    };
    Quarantined {
        number: 17,
        received: at,
        line: Some(1_204),
        bytes: Bytes::from_static(b"{\"id\": \"<script>alert(1)</script>\0\"}"),
        steps: vec![
            Step { at, by: "A. Manager".to_owned(), what: Action::RefusedAgain(refusal.clone()) },
            Step { at, by: String::new(), what: Action::Discarded("a test message".to_owned()) },
        ],
        refusal,
    }
}

fn quality(full: bool) -> QualityPage {
    let team = Recording {
        locality: "Stroud".to_owned(),
        team: None,
        same_day: 1,
        next_working_day: 2,
        within_five: 3,
        later: 4,
    };
    QualityPage {
        frame: quiet(Section::Quality),
        open: u64::from(full),
        refused: if full { vec![RefusedLine::of(&quarantined())] } else { Vec::new() },
        kinds: if full { vec![KindCount::of("no_allocation", 12), KindCount::of("a_new_kind", 1)] } else { Vec::new() },
        month: "December 2020".to_owned(),
        months: vec![MonthChoice { value: "2020-12".to_owned(), title: "December 2020".to_owned(), chosen: true }],
        teams: if full { rows(vec![team]) } else { Vec::new() },
    }
}

fn refused(full: bool) -> QuarantinePage {
    QuarantinePage {
        frame: quiet(Section::Quality),
        standings: vec![("Open", "/quality/quarantine", true), ("All", "/quality/quarantine?standing=all", false)],
        rows: if full { vec![RefusedLine::of(&quarantined())] } else { Vec::new() },
        first: full.then(|| "/quality/quarantine".to_owned()),
        next: full.then(|| "/quality/quarantine?after=17".to_owned()),
    }
}

fn problems() -> Vec<Problem> {
    let fields = ["text", "corrected_by", "released_by", "reason", "discarded_by"];
    fields.map(|field| Problem { field, what: "Enter something".to_owned() }).to_vec()
}

fn item(is_open: bool, problems: Vec<Problem>) -> ItemPage {
    let refused = quarantined();
    ItemPage {
        frame: quiet(Section::Quality),
        number: refused.number,
        is_open,
        standing: "Refused again",
        received: "Mon 18 January 2021 at 10:30".to_owned(),
        line: Some("1,204".to_owned()),
        reason: "bad_field",
        field: refused.refusal.field,
        detail: refused.refusal.detail,
        shown: Shown::of(&refused.bytes),
        steps: refused.steps.iter().map(StepLine::of).collect(),
        problems,
        typed: Typed::default(),
    }
}

fn findings() -> FindingsPage {
    let line = |name: &str, href: Option<&str>| FindingLine {
        name: name.to_owned(),
        href: href.map(str::to_owned),
        holder: "Stroud".to_owned(),
        detail: "the case is open, and no allocation is on record".to_owned(),
    };
    FindingsPage {
        frame: quiet(Section::Quality),
        title: "Open case without an allocation".to_owned(),
        count: "2 findings".to_owned(),
        rows: vec![
            line("Child 0b7c1f0a", Some("/subjects/child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11")),
            line("Worker SW1", None),
        ],
        first: None,
        next: Some("/quality/findings/no_allocation?after=x".to_owned()),
    }
}

#[test]
fn what_was_received_is_text_and_nothing_else() {
    let page = example("refused event", &item(true, Vec::new())).html;
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;\u{2400}"));
}
