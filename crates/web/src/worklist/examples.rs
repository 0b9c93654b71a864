//! Worklists from example values.

use super::asked::Asked;
use super::filter::FilterPanel;
use super::{CHILDREN_ON_A_PAGE, WorklistPage, child, columns};
use crate::frame::Section;
use crate::gallery::{Example, example, frame, quiet};
use calendar::{Date, Instant};
use engine::{Overdue, Row, Status};
use store::query::{Group, Holder};
use vocabulary::{Subject, Text};

pub fn all() -> Vec<Example> {
    vec![
        page("worklist", "", true),
        page(
            "worklist, filtered",
            "locality=Stroud&team=Safeguarding+1&worker=SW9&area=child_protection&clock=cp_visit&late=6-20&status=overdue&sort=holder&after=x",
            true,
        ),
        page("worklist, empty", "", false),
        page("worklist, filtered and empty", "locality=Stroud", false),
    ]
}

fn page(name: &'static str, query: &str, full: bool) -> Example {
    let rulebook = rulebook::default_rulebook();
    let asked = Asked::read(query).expect("a question");
    let here = asked.href("/worklist");
    let at = Instant::parse("2021-01-18T10:30:00Z").expect("an instant");
    let holder = Holder { locality: "Stroud".into(), team: Some("Safeguarding 1".into()), worker: Some("SW1".into()) };
    let groups = if full {
        vec![group("child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11", 2), group("worker/SW1", 1)]
    } else {
        Vec::new()
    };
    let page = WorklistPage {
        frame: if full { frame(Section::Worklist) } else { quiet(Section::Worklist) },
        count: if full { 1_203 } else { 0 },
        filter: FilterPanel::of(&asked, &[holder], rulebook),
        columns: columns(&asked),
        children: groups.into_iter().map(|group| child(group, &here, at, rulebook)).collect(),
        first: asked.after.is_some().then(|| asked.at_the_first().href("/worklist")),
        next: full.then(|| "/worklist?after=y".to_owned()),
        next_title: format!("Next {CHILDREN_ON_A_PAGE} children"),
        csv: asked.href("/worklist.csv"),
        xlsx: asked.href("/worklist.xlsx"),
        live: asked.href("/api/v1/live"),
    };
    example(name, &page)
}

fn group(subject: &str, clocks: u32) -> Group {
    let subject = Subject::parse(subject).expect("a subject");
    let row = |place: u32| Row {
        kind: 3,
        subject: subject.clone(),
        episode: Some(Text::new("plan \"1\" & others")),
        status: Status::Overdue,
        started_at: Instant::parse("2021-01-04T10:30:00Z").expect("an instant"),
        due_date: Date::parse("2021-01-15"),
        due_at: Instant::parse("2021-01-16T00:00:00Z").expect("an instant"),
        stopped_at: None,
        overdue: Some(Overdue::Days { days: 3, working_days: 1 }),
        locality: Text::new("Stroud"),
        team: Some(Text::new("Safeguarding 1")),
        worker: None,
        place,
    };
    Group { subject: subject.clone(), rows: (1..=clocks).map(row).collect() }
}
