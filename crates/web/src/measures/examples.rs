//! A measure's page from example values.

use super::behind::{BehindRow, PartLink};
use super::chart::{Month, Scale, chart};
use super::one::{BandRow, Comparison, GroupRow, MeasurePage, MonthRow, PeriodChoice};
use crate::frame::Section;
use crate::gallery::{Example, example, quiet};
use crate::subject::Source;

pub fn all() -> Vec<Example> {
    vec![
        example("measure", &full()),
        example("measure, distribution", &distribution()),
        example("measure, not computed", &empty()),
    ]
}

fn full() -> MeasurePage {
    let tenths = [800, 812, 795, 820, 808, 799, 815, 803, 790, 806, 811, 500];
    let months: Vec<Month> = tenths
        .iter()
        .zip(1..)
        .map(|(tenths, month)| Month { name: format!("January {}", 2000 + month), tenths: Some(*tenths) })
        .collect();
    let row = |name: &str, signal| MonthRow {
        name: name.to_owned(),
        figure: "50.0%".to_owned(),
        parts: "5 of 10".to_owned(),
        status: Some(("Worse than target", "red")),
        signal,
    };
    MeasurePage {
        figure: Some("86.7%".to_owned()),
        parts: "91 of 105".to_owned(),
        status: Some(("Within tolerance", "yellow")),
        travel: "Improved".to_owned(),
        comparators: vec![Comparison { name: "England".to_owned(), text: "83%, as at Wed 31 March 2021".to_owned() }],
        chart: chart(&months, Some(900), Scale::Percent),
        months: vec![row("December 2020", false), row("January 2021", true)],
        groups: vec![GroupRow {
            name: "Stroud".to_owned(),
            href: "/measures/cp_visit_timely?group=Stroud#children".to_owned(),
            band: String::new(),
            figure: "90.0%".to_owned(),
            parts: "9 of 10".to_owned(),
            status: Some(("Better than target", "green")),
        }],
        group: Some("Stroud".to_owned()),
        part_links: vec![part("All (10)", true), part("Not in the numerator (1)", false)],
        behind: Some(vec![
            behind("Child 0b7c1f0a", Some("/subjects/child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11")),
            behind("Worker SW1", None),
        ]),
        previous: Some("/measures/cp_visit_timely#children".to_owned()),
        next: Some("/measures/cp_visit_timely?from=100#children".to_owned()),
        ..empty()
    }
}

fn part(text: &str, here: bool) -> PartLink {
    PartLink { text: text.to_owned(), href: "/measures/cp_visit_timely?part=out#children".to_owned(), here }
}

fn behind(name: &str, href: Option<&str>) -> BehindRow {
    BehindRow {
        name: name.to_owned(),
        href: href.map(str::to_owned),
        holder: "Stroud, Safeguarding 1".to_owned(),
        adds: "In the numerator".to_owned(),
    }
}

fn distribution() -> MeasurePage {
    let band = |name: &str| BandRow { name: name.to_owned(), count: "12".to_owned() };
    MeasurePage { bands: vec![band("0-10"), band("11-20")], behind: Some(Vec::new()), ..empty() }
}

fn empty() -> MeasurePage {
    MeasurePage {
        frame: quiet(Section::Measures),
        title: "Child protection visits in time".to_owned(),
        id: "cp_visit_timely".to_owned(),
        area: "Child protection",
        path: "/measures/cp_visit_timely".to_owned(),
        month: "January 2021".to_owned(),
        periods: vec![PeriodChoice { value: "2021-01".to_owned(), title: "January 2021".to_owned(), chosen: true }],
        figure: None,
        parts: String::new(),
        target: "90%".to_owned(),
        better: "More is better",
        status: None,
        travel: String::new(),
        comparators: Vec::new(),
        source: Source::read("Guidance: https://example.org/guidance"),
        bands: Vec::new(),
        chart: None,
        months: Vec::new(),
        by: vec![
            ("Locality", "/measures/cp_visit_timely".to_owned(), true),
            ("Team", "/measures/cp_visit_timely?by=team".to_owned(), false),
        ],
        groups: Vec::new(),
        group: None,
        all_groups: "/measures/cp_visit_timely#children".to_owned(),
        part_links: Vec::new(),
        behind: None,
        previous: None,
        next: None,
    }
}
