//! What goes wrong, as a page with a way on.
//!
//! A handler gives a [`PageError`]; what becomes of it as a page is decided once, in [`as_page`], where the rest of the
//! page is known.

#[cfg(test)]
pub mod examples;

use crate::app::App;
use crate::frame::{Frame, Section};
use crate::reading::Unsettled;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use services::TakeError;
use std::error::Error;
use std::sync::Arc;
use store::StoreError;

/// Why there is no page.
#[derive(Debug)]
pub enum PageError {
    /// Nothing is there.
    NotFound,
    /// The address or form says something that is not understood; the text says what, and what to do.
    BadRequest(String),
    /// A form was sent by a page of another site.
    OtherSite,
    /// The request is addressed to another host.
    OtherHost,
    /// There is no read model yet, or it does not stand still.
    Unsettled(Unsettled),
    /// The store failed.
    Store(StoreError),
    /// Events cannot be taken just now.
    Take(TakeError),
    /// What was made cannot be sent: a defect of the program.
    Broken(Box<dyn Error + Send + Sync>),
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> PageError {
        match error {
            // The place comes from the address.
            StoreError::NoSuchPlace => {
                PageError::BadRequest("There is no such place in the list. Start again with its first page.".to_owned())
            }
            StoreError::Database { .. } | StoreError::Damaged(_) | StoreError::Overtaken | StoreError::Unusable(_) => {
                PageError::Store(error)
            }
        }
    }
}

impl From<Unsettled> for PageError {
    fn from(unsettled: Unsettled) -> PageError {
        PageError::Unsettled(unsettled)
    }
}

impl From<TakeError> for PageError {
    fn from(error: TakeError) -> PageError {
        PageError::Take(error)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> PageError {
        PageError::Broken(error.into())
    }
}

/// What is said of an error, carried from the handler to where the page is made.
#[derive(Clone, Debug)]
struct Said {
    title: &'static str,
    what: String,
    advice: &'static str,
}

/// How long a client may wait before it tries again while the service starts, in seconds.
const TRY_AGAIN_AFTER: HeaderValue = HeaderValue::from_static("5");

impl PageError {
    fn status(&self) -> StatusCode {
        match self {
            PageError::NotFound => StatusCode::NOT_FOUND,
            PageError::BadRequest(_) => StatusCode::BAD_REQUEST,
            PageError::OtherSite => StatusCode::FORBIDDEN,
            PageError::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            PageError::Unsettled(_) | PageError::Take(_) => StatusCode::SERVICE_UNAVAILABLE,
            PageError::Store(_) | PageError::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn said(&self) -> Said {
        match self {
            PageError::NotFound => Said {
                title: "Page not found",
                what: "There is nothing at this address.".to_owned(),
                advice: "If you typed the address, check it. If you followed a link, what it led to may have been merged or corrected since.",
            },
            PageError::BadRequest(what) => Said {
                title: "This address is not understood",
                what: what.clone(),
                advice: "Go back and choose again, or start from one of these pages.",
            },
            PageError::OtherSite => Said {
                title: "This form was not sent from here",
                what: "Nothing was changed: the form came from a page of another site.".to_owned(),
                advice: "Open the page here, and send the form again.",
            },
            PageError::OtherHost => Said {
                title: "This address is not Sightline's",
                what: "Sightline answers only to a name or number of the machine that it runs on, so that no other site can read from it through a browser.".to_owned(),
                advice: "Open the address that it printed when it was started. If something in front of it checks who comes in, start it with --allow-remote.",
            },
            PageError::Unsettled(Unsettled::Moving) => Said {
                title: "Sightline is very busy",
                what: Unsettled::MOVING.to_owned(),
                advice: "Try again in a moment.",
            },
            PageError::Unsettled(Unsettled::Starting) => Said {
                title: "Sightline is getting ready",
                what: "The worklists are being derived from the events on record. This takes a few seconds, for a large ledger some minutes.".to_owned(),
                advice: "Try again in a moment.",
            },
            PageError::Take(error) => Said {
                title: "Nothing can be recorded just now",
                what: format!("Nothing was changed: {error}."),
                advice: "Try again in a moment. If it stays like this, tell whoever runs Sightline.",
            },
            PageError::Store(_) | PageError::Broken(_) => Said {
                title: "Something went wrong",
                what: "This page could not be made. What is on record is not affected.".to_owned(),
                advice: "Try again in a moment. If it stays like this, tell whoever runs Sightline; the log says what went wrong.",
            },
        }
    }

    /// Writes to the log what whoever runs the program must know of it.
    pub fn log(&self) {
        match self {
            PageError::Store(error) => tracing::error!(causes = causes(error), "a page could not be made"),
            PageError::Take(error) => tracing::warn!(causes = causes(error), "a form could not be taken"),
            PageError::Broken(error) => tracing::error!(causes = causes(&**error), "a page could not be made"),
            PageError::NotFound
            | PageError::BadRequest(_)
            | PageError::OtherSite
            | PageError::OtherHost
            | PageError::Unsettled(_) => {}
        }
    }
}

/// An error and what caused it.
fn causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        self.log();
        let mut response = self.status().into_response();
        if matches!(self, PageError::Unsettled(_)) {
            response.headers_mut().insert(header::RETRY_AFTER, TRY_AGAIN_AFTER);
        }
        response.extensions_mut().insert(Arc::new(self.said()));
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    said: Arc<Said>,
    /// The address that was asked for, to try it again.
    again: Option<String>,
}

/// Makes a page of what went wrong.
pub async fn as_page(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = request.method().is_safe().then(|| request.uri().to_string());
    let response = next.run(request).await;
    let Some(said) = response.extensions().get::<Arc<Said>>().cloned() else { return response };
    let again = asked.filter(|_| response.status().is_server_error());
    let page = ErrorPage { frame: Frame::bare(&app, Section::None), said, again };
    match page.render() {
        Ok(page) => {
            let (parts, _) = response.into_parts();
            let mut answer = Html(page).into_response();
            *answer.status_mut() = parts.status;
            answer.headers_mut().extend(parts.headers);
            answer
        }
        Err(error) => {
            tracing::error!(%error, "the page that says what went wrong could not be made");
            response
        }
    }
}
