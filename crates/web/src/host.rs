//! Protection against names of other sites that lead to this machine.

use crate::error::PageError;
use axum::extract::Request;
use axum::http::{HeaderMap, Uri, header, uri::Authority};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::IpAddr;

/// The name of this machine for itself.
const LOCALHOST: &str = "localhost";

/// Refuses requests that are addressed to another host than this machine by a name or number of its own.
pub async fn only_this_machine(request: Request, next: Next) -> Response {
    if is_this_machine(request.uri(), request.headers()) {
        return next.run(request).await;
    }
    PageError::OtherHost.into_response()
}

fn is_this_machine(uri: &Uri, headers: &HeaderMap) -> bool {
    let named = headers.get(header::HOST).map(|host| host.to_str().ok().and_then(|host| host.parse().ok()));
    let authority: Option<Option<Authority>> = named.or_else(|| uri.authority().cloned().map(Some));
    match authority {
        // No browser sends a request without a host.
        None => true,
        Some(None) => false,
        Some(Some(authority)) => is_own_name(authority.host()),
    }
}

fn is_own_name(host: &str) -> bool {
    let number = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case(LOCALHOST) || number.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_names_and_numbers_of_this_machine() {
        let check = |host: &'static str, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(is_this_machine(&Uri::from_static("/"), &headers), expected, "{host}");
        };
        for own in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "127.1.2.3:80", "[::1]:8080", "[::1]"]
        {
            check(own, true);
        }
        for other in [
            "example.org",
            "localhost.example.org:8080",
            "10.0.0.1:8080",
            "127.0.0.1.example.org",
            "[::2]:8080",
            "",
            "a b",
        ] {
            check(other, false);
        }
        assert!(is_this_machine(&Uri::from_static("/"), &HeaderMap::new()));
    }
}
