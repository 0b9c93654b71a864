//! What goes wrong, as problem details (RFC 9457): errors become HTTP here and nowhere else.

use crate::reading::Unsettled;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use services::TakeError;
use std::error::Error;
use store::StoreError;
use utoipa::ToSchema;

/// The media type of problem details.
pub const PROBLEM: &str = "application/problem+json";

/// How long a client may wait before it tries again, in seconds.
const TRY_AGAIN_AFTER: HeaderValue = HeaderValue::from_static("5");

/// Why a request was not answered as asked.
#[derive(Debug)]
pub enum ApiError {
    /// The request says something that is not understood; the text says what, and what to do.
    BadRequest(String),
    /// There is no such thing; the text says what.
    NotFound(String),
    /// The address does not take this method.
    MethodNotAllowed,
    /// What should be done was done already, or cannot be done as things stand.
    Conflict(String),
    /// The body is larger than is taken.
    TooLarge(String),
    /// The body is of a type that is not taken here.
    MediaType(String),
    /// There is no read model yet.
    Starting,
    /// As many ask this already as are served at once.
    TooMany(&'static str),
    /// The client stopped sending before the end.
    CutShort(axum::Error),
    /// The store failed.
    Store(StoreError),
    /// Events cannot be taken just now.
    Take(TakeError),
    /// An answer cannot be written: a defect of the program.
    Broken(Box<dyn Error + Send + Sync>),
}

/// Problem details (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem; `about:blank`: that of the status.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The status.
    status: u16,
    /// What went wrong, and what to do.
    detail: String,
}

impl Problem {
    /// What went wrong, and what to do.
    pub fn into_detail(self) -> String {
        self.detail
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        ApiError::Store(error)
    }
}

impl From<Unsettled> for ApiError {
    fn from(unsettled: Unsettled) -> ApiError {
        match unsettled {
            Unsettled::Starting => ApiError::Starting,
            Unsettled::Moving => ApiError::TooMany(Unsettled::MOVING),
        }
    }
}

impl From<TakeError> for ApiError {
    fn from(error: TakeError) -> ApiError {
        ApiError::Take(error)
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> ApiError {
        ApiError::Broken(error.into())
    }
}

impl From<askama::Error> for ApiError {
    fn from(error: askama::Error) -> ApiError {
        ApiError::Broken(error.into())
    }
}

impl From<tokio::task::JoinError> for ApiError {
    fn from(error: tokio::task::JoinError) -> ApiError {
        ApiError::Broken(error.into())
    }
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            ApiError::BadRequest(_) | ApiError::CutShort(_) | ApiError::Store(StoreError::NoSuchPlace) => {
                StatusCode::BAD_REQUEST
            }
            ApiError::NotFound(_) => StatusCode::NOT_FOUND,
            ApiError::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ApiError::Conflict(_) => StatusCode::CONFLICT,
            ApiError::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            ApiError::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ApiError::Starting | ApiError::TooMany(_) | ApiError::Take(_) => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::Store(StoreError::Database { .. } | StoreError::Overtaken | StoreError::Unusable(_)) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            ApiError::Store(StoreError::Damaged(_)) | ApiError::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is said outside.
    fn detail(self) -> String {
        match self {
            ApiError::BadRequest(what)
            | ApiError::NotFound(what)
            | ApiError::Conflict(what)
            | ApiError::TooLarge(what)
            | ApiError::MediaType(what) => what,
            ApiError::MethodNotAllowed => {
                "This address does not take the method of the request. See /api/v1 for what it takes.".to_owned()
            }
            ApiError::Starting => {
                "The worklists are still being derived from the events on record. Try again in a moment.".to_owned()
            }
            ApiError::TooMany(what) => format!("{what} Try again in a moment."),
            ApiError::CutShort(_) => "The body ended before it was complete. Send it again.".to_owned(),
            // The text is written for whoever runs the service, and names nothing but two instants.
            ApiError::Take(TakeError::Clock(fault)) => format!("Nothing was taken: {fault}."),
            ApiError::Take(TakeError::Writer(_)) => {
                "Nothing of this was taken: it could not be committed. Send it again in a moment.".to_owned()
            }
            ApiError::Store(StoreError::NoSuchPlace) => {
                "`after` is no place in this list. Give the `next` of the page before, with the same filter and order."
                    .to_owned()
            }
            ApiError::Store(_) => {
                "The store could not answer. What is on record is not affected. Try again in a moment.".to_owned()
            }
            ApiError::Broken(_) => "The answer could not be made. What is on record is not affected.".to_owned(),
        }
    }

    fn log(&self) {
        match self {
            ApiError::Store(StoreError::NoSuchPlace) => {}
            ApiError::Store(error) => tracing::error!(causes = causes(error), "the store could not answer"),
            ApiError::Take(error) => tracing::error!(causes = causes(error), "events were not taken"),
            ApiError::Broken(error) => tracing::error!(causes = causes(&**error), "an answer could not be made"),
            ApiError::CutShort(error) => tracing::debug!(causes = causes(error), "a body was not sent to its end"),
            ApiError::BadRequest(_)
            | ApiError::NotFound(_)
            | ApiError::MethodNotAllowed
            | ApiError::Conflict(_)
            | ApiError::TooLarge(_)
            | ApiError::MediaType(_)
            | ApiError::Starting
            | ApiError::TooMany(_) => {}
        }
    }

    /// Puts the chain of causes into the log, once, and gives what is said outside.
    pub fn told(self) -> Problem {
        self.log();
        let status = self.status();
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: self.detail(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, axum::Json(self.told())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, TRY_AGAIN_AFTER);
        }
        response
    }
}

/// An error and what caused it.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> String {
    let next = |error: &&'e (dyn Error + 'static)| (*error).source();
    std::iter::successors(Some(error), next).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
