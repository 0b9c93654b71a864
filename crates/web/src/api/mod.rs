//! The JSON API under `/api/v1`.
//!
//! Handlers read parameters, ask the services and write what they answer. Nothing is decided here: what a filter lets
//! through is the store's, how a clock stands the engine's, and objects that the command line prints too are written by
//! `exchange`. Every route is declared once, with its part of the OpenAPI document.

mod answer;
mod export;
mod intake;
mod live;
mod measures;
mod parameters;
mod problem;
mod quality;
mod quarantine;
mod reader;
mod schemas;
mod subjects;
mod system;
mod worklist;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get};
use problem::ApiError;
use services::{Current, Services};
use std::sync::Arc;
use tokio::sync::Semaphore;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How many listen to the live feed at once at most.
const MOST_LISTENERS: usize = 200;

/// How many KiB of bodies of events are held in memory at once at most. Whoever sends more than is free waits until
/// there is room; usually an event has less than one.
const MOST_KIB_OF_BODIES: usize = 128 * 1024;

/// How many streams of events are taken at once at most. Each holds a few megabytes, and for an event of the greatest
/// length 16 MiB.
const MOST_STREAMS: usize = 4;

/// The most bytes of a body in JSON that is no event: the longest event as a string, of which every byte may need an
/// escape of two.
const MOST_BYTES_OF_JSON: usize = 2 * vocabulary::MOST_BYTES_PER_EVENT + 64 * 1024;

/// What the API is served from. Cheap to clone.
#[derive(Clone)]
struct Api {
    app: App,
    listeners: Arc<Semaphore>,
    /// A permit for each KiB.
    bodies: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    document: Arc<utoipa::openapi::OpenApi>,
}

impl Api {
    fn services(&self) -> &Services {
        &self.app.services
    }

    fn current(&self) -> Result<Arc<Current>, ApiError> {
        self.services().current().ok_or(ApiError::Starting)
    }
}

/// What the document says of the API as a whole.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Sightline",
        description = "Which children have not been seen, assessed, planned for or reviewed in time; whose they are; and \
            how any figure came to be. Times are UTC, RFC 3339. Answers to GET carry an ETag; \
            errors are problem details (RFC 9457).",
        license(name = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "events", description = "Events in, and out again."),
        (name = "worklist", description = "Clocks: deadlines that run, and how they stand."),
        (name = "subjects", description = "One child or carer."),
        (name = "measures", description = "Figures, and who is behind them."),
        (name = "quality", description = "What was refused, what is odd, and what was recorded late."),
        (name = "system", description = "How the service itself stands."),
    )
)]
struct Document;

/// The API, for merging: its paths are whole, from `/api/v1` on, and it answers for every path there.
pub fn router(app: App) -> Router {
    let (routes, mut document) = routes().split_for_parts();
    document.info.version = app.version.to_string();
    let api = Api {
        app,
        listeners: Arc::new(Semaphore::new(MOST_LISTENERS)),
        bodies: Arc::new(Semaphore::new(MOST_KIB_OF_BODIES)),
        streams: Arc::new(Semaphore::new(MOST_STREAMS)),
        document: Arc::new(document),
    };
    routes
        .route("/api/v1", get(reader::reader))
        .route("/api/v1/", get(reader::reader))
        .route("/api/v1/{*rest}", any(nothing_there))
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(MOST_BYTES_OF_JSON))
        .with_state(api)
}

/// Every route with its part of the document.
fn routes() -> OpenApiRouter<Api> {
    let inner = OpenApiRouter::new()
        .routes(routes!(intake::take, export::events))
        .routes(routes!(worklist::worklist))
        .routes(routes!(worklist::counts))
        .routes(routes!(worklist::holders))
        .routes(routes!(worklist::clocks))
        .routes(routes!(live::live))
        .routes(routes!(subjects::explanation))
        .routes(routes!(subjects::events))
        .routes(routes!(measures::measures))
        .routes(routes!(measures::measure))
        .routes(routes!(measures::behind))
        .routes(routes!(quarantine::list))
        .routes(routes!(quarantine::one))
        .routes(routes!(quarantine::correct))
        .routes(routes!(quarantine::release))
        .routes(routes!(quarantine::discard))
        .routes(routes!(quality::findings))
        .routes(routes!(quality::recording))
        .routes(routes!(system::system))
        .routes(routes!(system::rulebook))
        .routes(routes!(reader::document));
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", inner)
}

async fn nothing_there() -> ApiError {
    ApiError::NotFound("There is nothing at this address. See /api/v1 for what there is.".to_owned())
}
