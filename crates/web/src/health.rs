//! Whether the service is well: `/healthz`, `/readyz` and `/metrics`, and the counting of requests for the latter.

use crate::app::App;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use serde::Serialize;
use services::Services;
use std::sync::Arc;
use store::{StoreError, StoreResult};

/// The upper ends of the bands of durations, in seconds: a page should take less than ten milliseconds.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The route of a request for which there is none: addresses that anybody may make up must not become labels.
const NO_ROUTE: &str = "none";

/// The media type of what a scrape gets (OpenMetrics, which Prometheus asks for).
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Labels<const N: usize> = [(&'static str, String); N];

/// What is counted while the service runs. Cheap to clone; clones count together. Handlers find it among the extensions
/// of a request.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    taken: Family<Labels<2>, Counter>,
    requests: Family<Labels<3>, Counter>,
    durations: Family<Labels<1>, Histogram, fn() -> Histogram>,
    listeners: Gauge,
    now: Now,
}

/// What is asked of the service at each scrape.
#[derive(Clone, Default)]
struct Now {
    store_answers: Gauge,
    ledger_events: Gauge,
    checkpoint: Gauge,
    lag_events: Gauge,
    quarantine_open: Gauge,
    rebuild_done: Gauge,
    rebuild_total: Gauge,
    clock_fault: Gauge,
    projector_trouble: Gauge,
}

/// Somebody who listens to the live feed, counted until dropped.
pub struct Listener(Gauge);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Nothing counted yet.
    fn new() -> Metrics {
        let mut registry = Registry::with_prefix("sightline");
        let taken = Family::default();
        registry.register("events_taken", "Events sent over HTTP, by what became of them and why", taken.clone());
        let requests = Family::default();
        registry.register("http_requests", "Requests answered, by method, route and status", requests.clone());
        let durations: Family<_, _, fn() -> Histogram> = Family::new_with_constructor(|| Histogram::new(SECONDS));
        let help = "How long requests took until the answer began, by route";
        registry.register("http_request_duration_seconds", help, durations.clone());
        let listeners = Gauge::default();
        registry.register("live_listeners", "Open connections to the live feed", listeners.clone());
        let now = Now::default();
        now.register(&mut registry);
        Metrics(Arc::new(Inner { registry, taken, requests, durations, listeners, now }))
    }

    /// Counts something that was sent, by what became of it and why.
    pub fn taken(&self, status: &str, reason: &str) {
        let labels = [("outcome", status.to_owned()), ("reason", reason.to_owned())];
        self.0.taken.get_or_create(&labels).inc();
    }

    /// Counts somebody who listens to the live feed.
    pub fn listener(&self) -> Listener {
        self.0.listeners.inc();
        Listener(self.0.listeners.clone())
    }
}

impl Now {
    fn register(&self, registry: &mut Registry) {
        let mut gauge = |name: &str, help: &str, gauge: &Gauge| registry.register(name, help, gauge.clone());
        gauge("store_answers", "Whether the store answered this scrape (1 or 0)", &self.store_answers);
        gauge("ledger_events", "Events in the ledger", &self.ledger_events);
        gauge("checkpoint", "Position up to which events are in the read model", &self.checkpoint);
        gauge("lag_events", "Events in the ledger that are not in the read model yet", &self.lag_events);
        gauge("quarantine_open", "Refused events that nothing has settled yet", &self.quarantine_open);
        gauge("rebuild_events_done", "Events derived for a read model that is built anew", &self.rebuild_done);
        gauge("rebuild_events_total", "Events of which it is built; 0: none is", &self.rebuild_total);
        gauge("clock_fault", "Whether the clock is behind the ledger (1 or 0)", &self.clock_fault);
        gauge("projector_trouble", "Whether something keeps the projector from its work", &self.projector_trouble);
    }

    async fn ask(&self, services: &Services) {
        let (done, total) = services.rebuilding().unwrap_or_default();
        set(&self.rebuild_done, done);
        set(&self.rebuild_total, total);
        set(&self.clock_fault, u64::from(services.clock_fault().is_some()));
        set(&self.projector_trouble, u64::from(services.trouble().is_some()));
        let checkpoint = services.current().map_or(0, |current| current.checkpoint);
        set(&self.checkpoint, checkpoint);
        match ask_store(services).await {
            Ok((events, open)) => {
                set(&self.store_answers, 1);
                set(&self.ledger_events, events);
                set(&self.lag_events, events.saturating_sub(checkpoint));
                set(&self.quarantine_open, open);
            }
            Err(error) => {
                tracing::warn!(%error, "the store did not answer for the metrics");
                set(&self.store_answers, 0);
            }
        }
    }
}

fn set(gauge: &Gauge, value: u64) {
    gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
}

async fn ask_store(services: &Services) -> StoreResult<(u64, u64)> {
    let store = services.store();
    Ok((store.head().await?.size, store.quarantine_open().await?))
}

/// The whole site with its health beside it: requests to `site` are counted, and their handlers find [`Metrics`] among
/// the extensions.
pub fn router(app: App, site: Router) -> Router {
    let metrics = Metrics::new();
    let health = Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(scrape))
        .with_state((app, metrics.clone()));
    health.merge(site.layer(from_fn_with_state(metrics, count)))
}

async fn count(State(metrics): State<Metrics>, mut request: Request, next: Next) -> Response {
    let method = method_label(request.method()).to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(metrics.clone());
    let began = tokio::time::Instant::now();
    let response = next.run(request).await;
    let Inner { durations, requests, .. } = &*metrics.0;
    durations.get_or_create(&[("route", route.clone())]).observe(began.elapsed().as_secs_f64());
    let status = response.status().as_str().to_owned();
    requests.get_or_create(&[("method", method), ("route", route), ("status", status)]).inc();
    response
}

/// The methods that are taken by name; anybody can make up another.
fn method_label(method: &Method) -> &str {
    let named = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    if named.contains(method) { method.as_str() } else { "other" }
}

/// Whether the process is alive, and no more.
async fn alive() -> &'static str {
    "alive\n"
}

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    /// What keeps it from being ready, in sentences.
    why: Vec<String>,
}

/// Whether the service can do its work.
async fn ready(State((app, _)): State<(App, Metrics)>) -> Response {
    let why = not_ready(&app.services).await;
    let status = if why.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(Readiness { ready: why.is_empty(), why })).into_response()
}

async fn not_ready(services: &Services) -> Vec<String> {
    let mut why = Vec::new();
    if let Err(error) = services.store().ready().await {
        tracing::warn!(%error, "the store is not ready");
        why.push(match error {
            StoreError::Database { .. } => "The store does not answer, or cannot be written to.".to_owned(),
            StoreError::Damaged(_) => "What is stored is damaged.".to_owned(),
            StoreError::Overtaken | StoreError::NoSuchPlace | StoreError::Unusable(_) => {
                "The store cannot be used as it is.".to_owned()
            }
        });
    }
    if services.current().is_none() {
        why.push("The worklists are still being derived from the events on record.".to_owned());
    }
    why.extend(services.clock_fault().map(|fault| format!("Nothing can be recorded: {fault}.")));
    why
}

/// Everything that is counted, as Prometheus reads it.
async fn scrape(State((app, metrics)): State<(App, Metrics)>) -> Response {
    metrics.0.now.ask(&app.services).await;
    let mut text = String::new();
    match encode(&mut text, &metrics.0.registry) {
        Ok(()) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
