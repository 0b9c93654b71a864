//! How the service itself stands.

use super::Api;
use super::answer::{Held, json, text};
use super::parameters::Asked;
use super::problem::ApiError;
use super::worklist::NoParameters;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use serde::Serialize;
use store::merkle;
use utoipa::ToSchema;

/// How the service stands.
#[derive(Serialize, ToSchema)]
pub struct System {
    /// The instant of the answer.
    at: String,
    /// The version of the program.
    version: String,
    /// The ledger.
    ledger: Ledger,
    /// The read model that is read; null: the first is still being derived.
    read_model: Option<ReadModel>,
    /// How far a read model is that is being derived anew; null: none is.
    rebuilding: Option<Progress>,
    /// How far the computation of figures is.
    figures: Figures,
    /// How many refused events nothing has settled yet.
    quarantine_open: u64,
    /// What is wrong, in sentences.
    trouble: Vec<String>,
}

/// The end of the ledger.
#[derive(Serialize, ToSchema)]
pub struct Ledger {
    /// How many events there are, which is the position of the last.
    size: u64,
    /// The root of the Merkle tree over all of them (RFC 6962), in hexadecimal.
    root: String,
    /// When the last was committed; null for an empty ledger.
    committed: Option<String>,
}

/// The read model that is read.
#[derive(Serialize, ToSchema)]
pub struct ReadModel {
    /// All events up to this position are in it.
    checkpoint: u64,
    /// How many events of the ledger are not in it yet.
    lag: u64,
    /// When its derivation began.
    begun: String,
    /// The rulebook under which it was derived.
    rulebook: RulebookName,
}

/// A rulebook.
#[derive(Serialize, ToSchema)]
pub struct RulebookName {
    /// What the authority calls it.
    name: String,
    /// Its version.
    version: String,
    /// The SHA-256 of its text, in hexadecimal.
    digest: String,
}

/// How far something is.
#[derive(Serialize, ToSchema)]
pub struct Progress {
    /// How many events are done.
    done: u64,
    /// Of how many.
    total: u64,
}

/// How far the computation of figures is.
#[derive(Serialize, ToSchema)]
pub struct Figures {
    /// The periods that are being computed; empty: none is.
    periods: Vec<String>,
    /// How far it is.
    progress: Progress,
}

/// Shows how the service stands.
#[utoipa::path(get, path = "/system", tag = "system", responses(
    (status = 200, description = "How the service stands.", body = System),
    (status = 304, description = "What is held already still holds."),
))]
pub async fn system(State(api): State<Api>, _: Asked<NoParameters>, held: Held) -> Result<Response, ApiError> {
    let services = api.services();
    let at = services.now();
    let head = services.store().head().await?;
    let quarantine_open = services.store().quarantine_open().await?;
    let progress = services.figures_progress();
    let read_model = services.current().map(|current| ReadModel {
        checkpoint: current.checkpoint,
        lag: head.size.saturating_sub(current.checkpoint),
        begun: current.begun.to_string(),
        rulebook: RulebookName {
            name: current.rulebook().name.clone(),
            version: current.rulebook().version.clone(),
            digest: current.rules.digest.to_string(),
        },
    });
    let system = System {
        at: at.to_string(),
        version: api.app.version.to_string(),
        ledger: Ledger { size: head.size, root: merkle::hex(&head.root), committed: head.at.map(|at| at.to_string()) },
        read_model,
        rebuilding: services.rebuilding().map(|(done, total)| Progress { done, total }),
        figures: Figures {
            periods: progress.periods,
            progress: Progress { done: progress.done, total: progress.total },
        },
        quarantine_open,
        trouble: trouble(&api, progress.trouble.is_some()),
    };
    json(&held, at, &system)
}

/// What is wrong, without what only the log should say.
fn trouble(api: &Api, figures_failed: bool) -> Vec<String> {
    let services = api.services();
    let clock = services.clock_fault().map(|fault| format!("Nothing can be recorded: {fault}."));
    let projector = services.trouble().map(|_| {
        "What arrives is kept, but not shown: the read model could not be brought up to date. The log says why."
            .to_owned()
    });
    let figures = figures_failed.then(|| "The figures could not be computed. The log says why.".to_owned());
    [clock, projector, figures].into_iter().flatten().collect()
}

/// Shows the rulebook.
///
/// Its text, as the analyst wrote it: the one under which the worklist is shown.
#[utoipa::path(get, path = "/rulebook", tag = "system", responses(
    (status = 200, description = "The text.", body = String, content_type = "application/toml"),
    (status = 304, description = "What is held already still holds."),
))]
pub async fn rulebook(State(api): State<Api>, _: Asked<NoParameters>, held: Held) -> Result<Response, ApiError> {
    let current = api.current()?;
    let media_type = HeaderValue::from_static("application/toml; charset=utf-8");
    Ok(text(&held, None, media_type, current.rules.text.to_string()))
}
