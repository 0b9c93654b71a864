//! Pages of the system from example values.

use super::{FiguresLine, RulebookPage, SystemPage, SystemPart, code, line};
use crate::frame::Section;
use crate::gallery::{Example, example, frame, quiet};

pub fn all() -> Vec<Example> {
    let figures = FiguresLine {
        period: "January 2021".to_owned(),
        at: "Mon 18 January 2021 at 10:30".to_owned(),
        position: "1,204,312".to_owned(),
        computed: "Mon 18 January 2021 at 10:31".to_owned(),
    };
    let linked = super::SystemLine { href: Some("/quality/quarantine"), ..line("Refused", "3 events".to_owned()) };
    let ledger = SystemPart {
        title: "Ledger",
        lines: vec![line("Events", "1,204,312".to_owned()), code("Tree head", "ab".repeat(32)), linked],
    };
    let page = SystemPage {
        frame: frame(Section::System),
        version: "0.1.0".to_owned(),
        parts: vec![ledger],
        figures: vec![figures],
    };
    let empty = SystemPage {
        frame: quiet(Section::System),
        version: "0.1.0".to_owned(),
        parts: Vec::new(),
        figures: Vec::new(),
    };
    let rulebook = RulebookPage {
        frame: quiet(Section::System),
        name: "Default rulebook, version 1".to_owned(),
        digest: "ab".repeat(32),
        text: "# A <rulebook> & more\nname = \"x\"\n".to_owned(),
    };
    vec![example("system", &page), example("system, empty", &empty), example("rulebook", &rulebook)]
}
