//! The county: what is overdue and due soon, by locality and area of work, and the headline measures.

use crate::app::App;
use crate::areas;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use crate::measures::headline::{Headlines, Kept};
use crate::reading::{Reading, read};
use crate::words;
use crate::worklist::asked::Asked;
use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use engine::{Status, WorklistFilter};
use rulebook::{Area, Rulebook};
use std::collections::{BTreeMap, BTreeSet};
use store::query::Count;

/// The page.
#[derive(Template)]
#[template(path = "county.html")]
pub struct CountyPage {
    /// What is around it.
    pub frame: Frame,
    /// The areas of work, one a column.
    pub areas: Vec<&'static str>,
    /// One a locality; the last is the county.
    pub rows: Vec<LocalityRow>,
    /// The headline measures.
    pub headlines: Headlines,
}

/// The counts of a locality, or of the county.
pub struct LocalityRow {
    /// What it is called.
    pub name: String,
    /// Whether it is the county.
    pub is_total: bool,
    /// One an area, in the order of the columns, then all areas together.
    pub cells: Vec<AreaCell>,
}

/// The counts of an area of work in a locality.
pub struct AreaCell {
    /// The area, for those who hear the table.
    pub area: &'static str,
    /// What is overdue.
    pub overdue: LinkedCount,
    /// What is due soon.
    pub due_soon: LinkedCount,
}

/// A count that leads to its list.
pub struct LinkedCount {
    /// How many.
    pub count: u64,
    /// Its list.
    pub href: String,
}

impl LinkedCount {
    /// The count with commas.
    pub fn shown(&self) -> String {
        words::number(self.count)
    }
}

/// Shows the page.
pub async fn show(State(app): State<App>, Extension(kept): Extension<Kept>) -> Result<Response, PageError> {
    let now = app.services.now();
    let (services, store) = (&app.services, app.services.store());
    let Reading { found: (counts, holders), current, .. } = read(services, |current| async move {
        let query = current.query(now, WorklistFilter::default());
        let counts = store.counts(current.slot, &query).await?;
        Ok::<_, PageError>((counts, services.holders(&current).await?))
    })
    .await?;
    let localities: BTreeSet<String> = holders.iter().map(|holder| holder.locality.to_string()).collect();
    let headlines = kept.headlines(&app, &current, now).await?;
    let frame = Frame::of(&app, Section::County, &current, now).await?;
    let table = table(&counts, localities, current.rulebook());
    answer(&CountyPage { frame, areas: table.areas, rows: table.rows, headlines })
}

struct Table {
    areas: Vec<&'static str>,
    rows: Vec<LocalityRow>,
}

/// (overdue, due soon)
type Pair = (u64, u64);

/// Adds the counts up by locality and area, for the areas that have clocks.
fn table(counts: &[Count], mut localities: BTreeSet<String>, rulebook: &Rulebook) -> Table {
    let areas: Vec<Area> =
        areas::ALL.into_iter().filter(|area| rulebook.clocks.iter().any(|rule| rule.area == *area)).collect();
    let mut sums: BTreeMap<(Option<&str>, Option<Area>), Pair> = BTreeMap::new();
    for count in counts {
        let Some(rule) = rulebook.clocks.get(count.kind) else { continue };
        for locality in [Some(count.locality.as_str()), None] {
            for area in [Some(rule.area), None] {
                let sum = sums.entry((locality, area)).or_default();
                sum.0 += count.overdue;
                sum.1 += count.due_soon;
            }
        }
    }
    localities.extend(counts.iter().map(|count| count.locality.to_string()));
    let row = |locality: Option<&str>| LocalityRow {
        name: locality.unwrap_or("County").to_owned(),
        is_total: locality.is_none(),
        cells: areas
            .iter()
            .map(|area| Some(*area))
            .chain([None])
            .map(|area| cell(locality, area, sums.get(&(locality, area)).copied().unwrap_or_default()))
            .collect(),
    };
    let rows = localities.iter().map(|locality| row(Some(locality))).chain([row(None)]).collect();
    Table { areas: areas.into_iter().map(areas::title).collect(), rows }
}

fn cell(locality: Option<&str>, area: Option<Area>, (overdue, due_soon): Pair) -> AreaCell {
    let linked = |count: u64, status: Status| {
        let asked = Asked {
            localities: locality.map(str::to_owned).into_iter().collect(),
            areas: area.into_iter().collect(),
            statuses: vec![status],
            ..Asked::default()
        };
        LinkedCount { count, href: asked.href("/worklist") }
    };
    AreaCell {
        area: area.map_or("all areas", areas::title),
        overdue: linked(overdue, Status::Overdue),
        due_soon: linked(due_soon, Status::DueSoon),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::Text;

    #[test]
    fn counts_add_up_to_the_county() {
        let rulebook = rulebook::default_rulebook();
        let kind = |id: &str| rulebook.clocks.iter().position(|rule| rule.id == id).expect("a clock");
        let count = |id: &str, locality: &str, overdue, due_soon| Count {
            kind: kind(id),
            locality: Text::new(locality),
            on_track: 100,
            due_soon,
            overdue,
        };
        let counts = [
            count("cp_visit", "Stroud", 3, 1),
            count("core_group", "Stroud", 2, 0),
            count("cp_visit", "Gloucester", 4, 5),
            count("care_visit", "Gloucester", 1, 0),
        ];
        let table = table(&counts, BTreeSet::from(["Cotswolds".to_owned()]), rulebook);
        let lines: Vec<String> = table
            .rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().filter(|cell| cell.overdue.count + cell.due_soon.count > 0);
                let cells = cells.map(|cell| format!("{} {}/{}", cell.area, cell.overdue.count, cell.due_soon.count));
                format!("{}: {}", row.name, cells.collect::<Vec<_>>().join(", "))
            })
            .collect();
        assert_eq!(
            lines,
            [
                "Cotswolds: ",
                "Gloucester: Child protection 4/5, Care 1/0, all areas 5/5",
                "Stroud: Child protection 5/1, all areas 5/1",
                "County: Child protection 9/6, Care 1/0, all areas 10/6",
            ]
        );
        let stroud = table.rows.iter().find(|row| row.name == "Stroud").expect("a row");
        let protection = stroud.cells.iter().find(|cell| cell.area == "Child protection").expect("a cell");
        assert_eq!(protection.overdue.href, "/worklist?locality=Stroud&area=child_protection&status=overdue");
    }
}
