//! Answers that clients may keep, and ask again whether they still hold (RFC 9110, section 13.1.2).

use super::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use calendar::Instant;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::convert::Infallible;

/// How many bytes of the digest stand in a tag: enough that no two answers have the same.
const BYTES_OF_TAG: usize = 16;

/// A client may keep an answer for itself, and must ask each time whether it still holds.
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("private, no-cache");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The tags of the answers that a client holds already.
#[derive(Clone, Debug, Default)]
pub struct Held(Vec<String>);

impl<S: Sync> FromRequestParts<S> for Held {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Held, Infallible> {
        Ok(Held::of(&parts.headers))
    }
}

impl Held {
    fn of(headers: &HeaderMap) -> Held {
        let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        Held(values.flat_map(|value| value.split(',')).map(|tag| tag.trim().to_owned()).collect())
    }

    /// Compared weakly, as for this purpose they are.
    fn has(&self, tag: &str) -> bool {
        let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
        self.0.iter().any(|held| held == "*" || opaque(held) == opaque(tag))
    }
}

/// An answer in JSON as at an instant, which it names.
///
/// # Errors
///
/// Where it cannot be written.
pub fn json<T: Serialize>(held: &Held, at: Instant, body: &T) -> Result<Response, ApiError> {
    Ok(text(held, Some(at), JSON, serde_json::to_string(body)?))
}

/// An answer in text. Where it names the instant that it is as at, that is no part of its tag: the same answer a moment
/// later is the same answer, and any other difference, of whatever cause, is another one.
pub fn text(held: &Held, at: Option<Instant>, media_type: HeaderValue, body: String) -> Response {
    let tag = tag(&media_type, &body, at);
    let status = if held.has(&tag) { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, ASK_EACH_TIME);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    if status == StatusCode::OK {
        headers.insert(header::CONTENT_TYPE, media_type);
        *response.body_mut() = body.into();
    }
    response
}

fn tag(media_type: &HeaderValue, body: &str, at: Option<Instant>) -> String {
    let mut hasher = Sha256::new();
    hasher.update(media_type.as_bytes());
    let at = at.map(|at| format!("\"{at}\""));
    match at.as_deref().and_then(|at| body.split_once(at)) {
        Some((before, after)) => {
            hasher.update(before);
            // Keeps what stood before apart from what stands after.
            hasher.update([0]);
            hasher.update(after);
        }
        None => hasher.update(body),
    }
    let digest = hasher.finalize();
    let short: Vec<u8> = digest.iter().copied().take(BYTES_OF_TAG).collect();
    format!("W/\"{}\"", store::merkle::hex(&short))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag_of(body: &str, at: &str) -> String {
        tag(&JSON, body, Some(Instant::parse(at).expect("an instant")))
    }

    #[test]
    fn only_the_instant_may_differ() {
        let (one, other) = ("2021-01-08T16:00:00Z", "2021-01-08T16:00:01.5Z");
        let body = |at: &str, count: u32| format!(r#"{{"at":"{at}","count":{count}}}"#);
        assert_eq!(tag_of(&body(one, 3), one), tag_of(&body(other, 3), other));
        assert_ne!(tag_of(&body(one, 3), one), tag_of(&body(one, 4), one));
        assert_ne!(tag_of(&body(one, 3), one), tag_of(&body(one, 3), other));
    }

    #[test]
    fn tags_are_compared_weakly() {
        let mut headers = HeaderMap::new();
        headers.append(header::IF_NONE_MATCH, HeaderValue::from_static("\"a\", W/\"b\""));
        headers.append(header::IF_NONE_MATCH, HeaderValue::from_static("W/\"c\""));
        let held = Held::of(&headers);
        for tag in ["W/\"a\"", "W/\"b\"", "W/\"c\""] {
            assert!(held.has(tag), "{tag}");
        }
        assert!(!held.has("W/\"d\""));
        assert!(!Held::default().has("W/\"a\""));
        assert!(Held(vec!["*".to_owned()]).has("W/\"d\""));
    }
}
