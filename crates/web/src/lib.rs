//! The pages and the JSON API of a running service, over HTTP.
//!
//! Knows no rule, no SQL and no clock: it reads what an address or a form asks, asks the services, and shows what they
//! answer. Nothing is loaded from elsewhere, and every page works without a script. A question to the worklist is read
//! in one place, so that list, count, file and live feed of one address always agree.

mod address;
mod api;
mod app;
mod areas;
mod assets;
mod county;
mod cross_site;
mod error;
mod frame;
mod headers;
mod health;
mod host;
mod measures;
mod quality;
mod reading;
mod serve;
mod subject;
mod system;
mod words;
mod worklist;

#[cfg(test)]
mod gallery;

pub use app::{About, App};
pub use serve::{serve, serve_behind_a_proxy};

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use axum::{Extension, Router};
use error::PageError;

/// Everything that is served.
pub fn router(app: App) -> Router {
    let site = pages(app.clone()).merge(api::router(app.clone()));
    let guarded = site.layer(from_fn(cross_site::refuse)).layer(from_fn_with_state(app.clone(), error::as_page));
    health::router(app, guarded).layer(from_fn(headers::secure))
}

/// The pages.
fn pages(app: App) -> Router {
    Router::new()
        .route("/", get(county::show))
        .route("/worklist", get(worklist::show))
        .route("/worklist.csv", get(worklist::csv))
        .route("/worklist.xlsx", get(worklist::xlsx))
        .route("/subjects/{kind}/{id}", get(subject::show))
        .route("/measures", get(measures::show))
        .route("/measures/{id}", get(measures::show_one))
        .route("/quality", get(quality::show))
        .route("/quality/findings/{kind}", get(quality::show_findings))
        .route("/quality/quarantine", get(quality::show_all))
        .route("/quality/quarantine/{number}", get(quality::show_one))
        .route("/quality/quarantine/{number}/correct", post(quality::correct))
        .route("/quality/quarantine/{number}/release", post(quality::release))
        .route("/quality/quarantine/{number}/discard", post(quality::discard))
        .route("/system", get(system::show))
        .route("/system/rulebook", get(system::show_rulebook))
        .route("/system/rulebook.toml", get(system::rulebook_file))
        .route("/assets/{file}", get(assets::serve))
        .method_not_allowed_fallback(async || PageError::NotFound)
        .layer(Extension(measures::headline::Kept::default()))
        .layer(DefaultBodyLimit::max(quality::MOST_BYTES_OF_A_FORM))
        .with_state(app)
        .fallback(async || PageError::NotFound)
}
