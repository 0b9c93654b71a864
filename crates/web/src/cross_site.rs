//! Protection against other sites that make a reader's browser change something here.
//!
//! Browsers say where a request comes from, and a page of another site cannot make them say otherwise. What is no
//! browser says nothing of it, and cannot be misled by a page either.

use crate::error::PageError;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Refuses what would change something and comes from another site.
pub async fn refuse(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && is_from_elsewhere(request.headers()) {
        return PageError::OtherSite.into_response();
    }
    next.run(request).await
}

fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else { return false };
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    host.is_none() || host != text(header::HOST.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sites() {
        let check = |headers: &[(&'static str, &'static str)], expected: bool| {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(*name, axum::http::HeaderValue::from_static(value));
            }
            assert_eq!(is_from_elsewhere(&map), expected, "{headers:?}");
        };
        let host = ("host", "127.0.0.1:8080");
        check(&[host, ("sec-fetch-site", "same-origin")], false);
        check(&[host, ("sec-fetch-site", "none")], false);
        check(&[host, ("sec-fetch-site", "same-site")], true);
        check(&[host, ("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:8080")], true);
        check(&[host, ("origin", "http://127.0.0.1:8080")], false);
        check(&[host, ("origin", "http://127.0.0.1:9090")], true);
        check(&[host, ("origin", "null")], true);
        check(&[host], false);
    }
}
