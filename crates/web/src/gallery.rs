//! Every page from example values, full and empty, for the tests of their structure.

mod structure;

use crate::county::{AreaCell, CountyPage, LinkedCount, LocalityRow};
use crate::frame::{AsAt, Frame, Notice, Section};
use crate::measures::headline::{Headline, Headlines};
use crate::measures::{AreaRows, MeasuresPage};
use crate::{error, measures, quality, subject, system, worklist};
use askama::Template;

/// A page: its name, and its text.
pub struct Example {
    pub name: &'static str,
    pub html: String,
}

pub fn example(name: &'static str, page: &impl Template) -> Example {
    Example { name, html: page.render().expect("a page") }
}

/// Every page.
pub fn all() -> Vec<Example> {
    let mut all = vec![county(), empty_county(), list_of_measures()];
    all.extend(error::examples::all());
    all.extend(worklist::examples::all());
    all.extend(subject::examples::all());
    all.extend(measures::examples::all());
    all.extend(quality::examples::all());
    all.extend(system::examples::all());
    all
}

/// The frame of an example page: everything that can be there is.
pub fn frame(section: Section) -> Frame {
    Frame {
        section,
        authority: "Gloucestershire".to_owned(),
        as_at: Some(AsAt {
            instant: "Mon 18 January 2021 at 10:30".to_owned(),
            fresh: "Data last arrived 3 seconds ago".to_owned(),
            rulebook: "Default rulebook, version 1".to_owned(),
        }),
        notices: vec![
            Notice {
                text: "The monthly figures are being computed: January 2021.".to_owned(),
                progress: Some((1_200, 5_000)),
            },
            Notice { text: "Nothing can be recorded: the clock is wrong.".to_owned(), progress: None },
        ],
    }
}

/// A frame in which nothing is under way.
pub fn quiet(section: Section) -> Frame {
    Frame { notices: Vec::new(), ..frame(section) }
}

fn county() -> Example {
    let cell = |area, overdue, due_soon| AreaCell {
        area,
        overdue: LinkedCount {
            count: overdue,
            href: format!("/worklist?area={area}&status=overdue").replace(' ', "+"),
        },
        due_soon: LinkedCount {
            count: due_soon,
            href: format!("/worklist?area={area}&status=due_soon").replace(' ', "+"),
        },
    };
    let row = |name: &str, is_total| LocalityRow {
        name: name.to_owned(),
        is_total,
        cells: vec![cell("Assessment", 1_204, 18), cell("Care", 0, 3), cell("all areas", 1_204, 21)],
    };
    let page = CountyPage {
        frame: frame(Section::County),
        areas: vec!["Assessment", "Care"],
        rows: vec![row("Forest of Dean", false), row("Stroud", false), row("County", true)],
        headlines: Headlines { rows: vec![headline()], ..months() },
    };
    example("county", &page)
}

fn months() -> Headlines {
    Headlines { last_month: "December 2020".to_owned(), this_month: "January 2021".to_owned(), rows: Vec::new() }
}

fn headline() -> Headline {
    Headline {
        title: "Child protection visits in time".to_owned(),
        href: "/measures/cp_visit_timely".to_owned(),
        last: "86.7%".to_owned(),
        target: "90%".to_owned(),
        status: Some(("Within tolerance", "yellow")),
        travel: "Improved for 2 months".to_owned(),
        now: "88.1%".to_owned(),
    }
}

fn empty_county() -> Example {
    let total = LocalityRow { name: "County".to_owned(), is_total: true, cells: Vec::new() };
    let page = CountyPage { frame: quiet(Section::County), areas: Vec::new(), rows: vec![total], headlines: months() };
    example("county, empty", &page)
}

fn list_of_measures() -> Example {
    let areas = vec![AreaRows { id: "child_protection", title: "Child protection", rows: vec![headline()] }];
    example("measures", &MeasuresPage { frame: quiet(Section::Measures), months: months(), areas })
}
