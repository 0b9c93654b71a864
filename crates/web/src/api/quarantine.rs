//! The quarantine: what was refused, and what people do about it. Everything that is done stays on record.

use super::Api;
use super::answer::{Held, json};
use super::parameters::{Asked, Holds, Named, takes};
use super::problem::{ApiError, Problem};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use services::{TakeError, check_received};
use store::quarantine::{Action, Quarantined, Standing, Step};
use utoipa::ToSchema;
use vocabulary::Refusal;

/// The most bytes of what somebody says of themselves or as a reason.
const MOST_BYTES_SAID: usize = 2_000;

const LIST: &[Named] = &[
    Named {
        name: "standing",
        holds: Holds::Text,
        says: "`open`: what nothing has settled yet, as it is without; `settled`: what was corrected, released or discarded; `all`.",
    },
    Named { name: "after", holds: Holds::Number, says: "Only numbers after this one: `next` of the page before." },
    Named { name: "limit", holds: Holds::Number, says: "How many the page may have: 1 to 1000, 100 without it." },
];

takes!(ListParameters, LIST);

/// One page of what was refused.
#[derive(Serialize, ToSchema)]
pub struct QuarantinePage {
    /// The instant of the answer.
    at: String,
    /// How many are open in all.
    open: u64,
    /// What was refused, by number; without its text.
    rows: Vec<RefusedRow>,
    /// `after` of the next page; null: this is the last.
    next: Option<u64>,
}

/// Something that was refused.
#[derive(Serialize, ToSchema)]
pub struct RefusedRow {
    /// Its number.
    number: u64,
    /// When it was received.
    received: String,
    /// The line of the file that it was; null where there was no file.
    line: Option<u64>,
    /// How many bytes it has.
    bytes: u64,
    /// Why it was refused.
    #[serde(flatten)]
    refusal: Why,
    /// Whether nothing has settled it yet.
    open: bool,
    /// What was done about it, in order.
    steps: Vec<StepRow>,
}

/// Why something was refused.
#[derive(Serialize, ToSchema)]
pub struct Why {
    /// `malformed`, `unknown_type`, `missing_field`, `bad_field`, `future`, `before_1900` or `conflicting_id`.
    reason: &'static str,
    /// The field at fault as a JSON pointer; null where the text as a whole is.
    field: Option<String>,
    /// What was expected and what was found.
    detail: String,
}

/// One thing that was done about something refused.
#[derive(Serialize, ToSchema)]
pub struct StepRow {
    /// When.
    at: String,
    /// Who said so; empty where nobody is named.
    by: String,
    /// `corrected`, `released`, `refused_again` or `discarded`.
    what: &'static str,
    /// The position of the event that was accepted in its place.
    position: Option<u64>,
    /// Why it was refused again.
    refusal: Option<Why>,
    /// Why it was discarded.
    reason: Option<String>,
}

/// Something that was refused, with its text.
#[derive(Serialize, ToSchema)]
pub struct RefusedText {
    /// The instant of the answer.
    at: String,
    /// What was refused.
    #[serde(flatten)]
    refused: RefusedRow,
    /// Its text; null where the bytes are not UTF-8.
    text: Option<String>,
    /// Its bytes in hexadecimal, where they are not UTF-8.
    hexadecimal: Option<String>,
}

impl RefusedRow {
    fn of(refused: &Quarantined) -> RefusedRow {
        RefusedRow {
            number: refused.number,
            received: refused.received.to_string(),
            line: refused.line,
            bytes: refused.bytes.len() as u64,
            refusal: Why::of(&refused.refusal),
            open: refused.is_open(),
            steps: refused.steps.iter().map(StepRow::of).collect(),
        }
    }
}

impl Why {
    fn of(refusal: &Refusal) -> Why {
        let Refusal { reason, field, detail } = refusal;
        Why { reason: reason.as_str(), field: field.clone(), detail: detail.clone() }
    }
}

impl StepRow {
    fn of(step: &Step) -> StepRow {
        let (position, refusal, reason) = match &step.what {
            Action::Corrected(position) | Action::Released(position) => (Some(*position), None, None),
            Action::RefusedAgain(refusal) => (None, Some(Why::of(refusal)), None),
            Action::Discarded(reason) => (None, None, Some(reason.clone())),
        };
        StepRow { at: step.at.to_string(), by: step.by.clone(), what: step.what.as_str(), position, refusal, reason }
    }
}

/// Lists what was refused.
#[utoipa::path(get, path = "/quarantine", tag = "quality", params(ListParameters), responses(
    (status = 200, description = "A page of what was refused.", body = QuarantinePage),
    (status = 304, description = "What is held already still holds."),
    (status = 400, description = "A parameter is not understood.",
        body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(State(api): State<Api>, asked: Asked<ListParameters>, held: Held) -> Result<Response, ApiError> {
    let (at, store) = (api.services().now(), api.services().store());
    let (after, limit) = (asked.number("after")?.unwrap_or(0), asked.limit()?);
    let standing = standing(asked.one("standing"))?;
    // One more than fits says whether there is another page.
    let found = store.quarantined(standing, after, limit.saturating_add(1)).await?;
    let rows: Vec<RefusedRow> = found.iter().take(limit as usize).map(RefusedRow::of).collect();
    let next = if found.len() > rows.len() { rows.last().map(|row| row.number) } else { None };
    let open = store.quarantine_open().await?;
    json(&held, at, &QuarantinePage { at: at.to_string(), open, rows, next })
}

fn standing(name: Option<String>) -> Result<Standing, ApiError> {
    match name.as_deref() {
        None | Some("open") => Ok(Standing::Open),
        Some("settled") => Ok(Standing::Settled),
        Some("all") => Ok(Standing::All),
        Some(other) => Err(ApiError::BadRequest(format!("`standing` is “{other}”; expected open, settled or all."))),
    }
}

/// Shows something that was refused, with its text.
#[utoipa::path(get, path = "/quarantine/{number}", tag = "quality",
    params(("number" = u64, Path, description = "Its number")),
    responses(
        (status = 200, description = "What was refused.", body = RefusedText),
        (status = 304, description = "What is held already still holds."),
        (status = 404, description = "There is no such number.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn one(State(api): State<Api>, Number(number): Number, held: Held) -> Result<Response, ApiError> {
    let at = api.services().now();
    json(&held, at, &shown(&find(&api, number).await?, at.to_string()))
}

fn shown(refused: &Quarantined, at: String) -> RefusedText {
    let text = std::str::from_utf8(&refused.bytes).ok().map(str::to_owned);
    let hexadecimal = if text.is_none() { Some(store::merkle::hex(&refused.bytes)) } else { None };
    RefusedText { at, refused: RefusedRow::of(refused), text, hexadecimal }
}

async fn find(api: &Api, number: u64) -> Result<Quarantined, ApiError> {
    let found = api.services().store().quarantined_one(number).await?;
    found.ok_or_else(|| ApiError::NotFound(format!("Nothing that was refused has the number {number}.")))
}

/// The number in an address.
pub struct Number(u64);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Number {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &S) -> Result<Number, ApiError> {
        let found = Path::<u64>::from_request_parts(parts, state).await;
        let number = found.map(|Path(number)| Number(number));
        number.map_err(|_| ApiError::NotFound("Expected a number, from 1, after /quarantine/.".to_owned()))
    }
}

/// A corrected text.
#[derive(Deserialize, ToSchema)]
pub struct Correction {
    /// The event as it should have been sent, exactly as it is to be kept.
    text: String,
    /// Who says so.
    #[serde(default)]
    by: String,
}

/// Another try of what was refused, as it is.
#[derive(Deserialize, ToSchema)]
pub struct Release {
    /// Who says so.
    #[serde(default)]
    by: String,
}

/// Putting aside for good.
#[derive(Deserialize, ToSchema)]
pub struct Discard {
    /// Why; not empty.
    reason: String,
    /// Who says so.
    #[serde(default)]
    by: String,
}

/// Corrects what was refused.
///
/// The corrected text is checked and taken in its place. What was refused stays on record with what came of it; a text
/// that is refused too leaves it open.
#[utoipa::path(post, path = "/quarantine/{number}/correct", tag = "quality",
    params(("number" = u64, Path, description = "Its number")), request_body = Correction,
    responses(
        (status = 200, description = "How it stands now.", body = RefusedText),
        (status = 400, description = "The body is not understood.",
            body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such number.",
            body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is settled already.",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was done; try again.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn correct(
    State(api): State<Api>,
    Number(number): Number,
    Sent(correction): Sent<Correction>,
) -> Result<axum::Json<RefusedText>, ApiError> {
    settle(&api, number, Some(correction.text.into()), &correction.by).await
}

/// Tries what was refused again, as it is.
#[utoipa::path(post, path = "/quarantine/{number}/release", tag = "quality",
    params(("number" = u64, Path, description = "Its number")), request_body = Release,
    responses(
        (status = 200, description = "How it stands now.", body = RefusedText),
        (status = 400, description = "The body is not understood.",
            body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such number.",
            body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is settled already.",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was done; try again.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn release(
    State(api): State<Api>,
    Number(number): Number,
    Sent(release): Sent<Release>,
) -> Result<axum::Json<RefusedText>, ApiError> {
    settle(&api, number, None, &release.by).await
}

/// Takes a text in place of what was refused: the corrected one, or what was refused as it is.
async fn settle(
    api: &Api,
    number: u64,
    corrected: Option<Bytes>,
    by: &str,
) -> Result<axum::Json<RefusedText>, ApiError> {
    let by = said("by", by)?;
    let (services, now) = (api.services(), can_record(api)?);
    let refused = find(api, number).await?;
    let is_corrected = corrected.is_some();
    let bytes = corrected.unwrap_or(refused.bytes);
    let checked = tokio::task::spawn_blocking(move || check_received(vec![bytes], now)).await?;
    for incoming in checked {
        let settled = services.store().settle(number, incoming, is_corrected, by, now).await?;
        settled.ok_or_else(|| settled_already(number))?;
    }
    services.appended();
    Ok(axum::Json(shown(&find(api, number).await?, now.to_string())))
}

/// Puts what was refused aside for good.
#[utoipa::path(post, path = "/quarantine/{number}/discard", tag = "quality",
    params(("number" = u64, Path, description = "Its number")), request_body = Discard,
    responses(
        (status = 200, description = "How it stands now.", body = RefusedText),
        (status = 400, description = "The body is not understood, or gives no reason.",
            body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such number.",
            body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is settled already.",
            body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was done; try again.",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn discard(
    State(api): State<Api>,
    Number(number): Number,
    Sent(discard): Sent<Discard>,
) -> Result<axum::Json<RefusedText>, ApiError> {
    let (reason, by) = (said("reason", &discard.reason)?, said("by", &discard.by)?);
    if reason.trim().is_empty() {
        return Err(ApiError::BadRequest("Say in `reason` why it is discarded: it stays on record.".to_owned()));
    }
    let now = can_record(&api)?;
    find(&api, number).await?;
    if !api.services().store().discard(number, reason, by, now).await? {
        return Err(settled_already(number));
    }
    Ok(axum::Json(shown(&find(&api, number).await?, now.to_string())))
}

fn settled_already(number: u64) -> ApiError {
    ApiError::Conflict(format!("Number {number} is settled already. Show it to see what was done."))
}

/// The present instant, which will stand in the ledger for ever.
fn can_record(api: &Api) -> Result<calendar::Instant, ApiError> {
    match api.services().clock_fault() {
        Some(fault) => Err(ApiError::Take(TakeError::Clock(fault))),
        None => Ok(api.services().now()),
    }
}

fn said<'t>(name: &str, text: &'t str) -> Result<&'t str, ApiError> {
    if text.len() > MOST_BYTES_SAID {
        return Err(ApiError::BadRequest(format!("`{name}` has more than {MOST_BYTES_SAID} bytes. Say it shorter.")));
    }
    Ok(text)
}

/// A body in JSON, and in nothing else: a page of another site can send a form, but no JSON.
pub struct Sent<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Sent<T>, ApiError> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(sent)) => Ok(Sent(sent)),
            Err(rejection) => Err(refused(&rejection)),
        }
    }
}

fn refused(rejection: &JsonRejection) -> ApiError {
    match rejection.status() {
        axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ApiError::MediaType("Send the body as application/json.".to_owned())
        }
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::TooLarge("The body is longer than the longest event, written as a JSON string.".to_owned())
        }
        _ => ApiError::BadRequest(format!("{}.", rejection.body_text())),
    }
}
