//! The measures: a list by area, and a page of each.

mod behind;
mod chart;
#[cfg(test)]
pub mod examples;
pub mod headline;
mod one;

use crate::app::App;
use crate::areas;
use crate::error::PageError;
use crate::frame::{Frame, Section, answer};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use headline::{Headline, Headlines, Months, headline, in_months};
use rulebook::{Area, What};

pub use one::show as show_one;

/// The list.
#[derive(Template)]
#[template(path = "measures.html")]
pub struct MeasuresPage {
    /// What is around it.
    pub frame: Frame,
    /// The months that are shown.
    pub months: Headlines,
    /// The measures by area.
    pub areas: Vec<AreaRows>,
}

/// The measures of an area.
pub struct AreaRows {
    /// The name in addresses.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Its measures.
    pub rows: Vec<Headline>,
}

/// Shows the list.
pub async fn show(State(app): State<App>) -> Result<Response, PageError> {
    let current = app.current()?;
    let now = app.services.now();
    let months = Months::read(&app, &current, now, None).await?;
    let frame = Frame::of(&app, Section::Measures, &current, now).await?;
    let measures = &current.rulebook().measures;
    let of_area = |area: Area| {
        let own = measures.iter().filter(|measure| measure.area == area && measure.what != What::External);
        AreaRows { id: area.as_str(), title: areas::title(area), rows: own.map(|one| headline(one, &months)).collect() }
    };
    let areas = areas::ALL.into_iter().map(of_area).filter(|area| !area.rows.is_empty()).collect();
    answer(&MeasuresPage { frame, months: in_months(now, Vec::new()), areas })
}
