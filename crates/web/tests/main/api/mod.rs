//! The JSON API, health and metrics.

mod document;
mod errors;
mod export;
mod health;
mod kept;
mod live;
mod measures;
mod posting;
mod quality;
pub mod site;
mod stream;
mod subjects;
mod worklist;
