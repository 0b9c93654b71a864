//! The style sheet, script and icon of the pages: part of the program, served under names that change with their
//! content, so that they can be kept for ever.

use crate::error::PageError;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// How long a browser may keep what never changes under its name.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

struct Asset {
    /// The name that is served: `sightline.<part of the digest>.css`.
    file: String,
    path: String,
    tag: String,
    content_type: HeaderValue,
    bytes: &'static [u8],
}

impl Asset {
    fn of(name: &str, extension: &str, content_type: &'static str, bytes: &'static [u8]) -> Asset {
        let digest = Sha256::digest(bytes);
        let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let file = format!("{name}.{digest}.{extension}");
        Asset {
            path: format!("/assets/{file}"),
            file,
            tag: format!("\"{digest}\""),
            content_type: HeaderValue::from_static(content_type),
            bytes,
        }
    }
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::of("sightline", "css", "text/css; charset=utf-8", include_bytes!("../assets/sightline.css"))
});
static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::of("sightline", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/sightline.js"))
});
static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::of("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")));

/// The address of the style sheet.
pub fn style() -> &'static str {
    &STYLE.path
}

/// The address of the script.
pub fn script() -> &'static str {
    &SCRIPT.path
}

/// The address of the icon.
pub fn icon() -> &'static str {
    &ICON.path
}

/// Serves one of them.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, PageError> {
    let all: [&Asset; 3] = [&STYLE, &SCRIPT, &ICON];
    let asset = all.into_iter().find(|asset| asset.file == file).ok_or(PageError::NotFound)?;
    let tag = HeaderValue::try_from(asset.tag.as_str()).unwrap_or(HeaderValue::from_static(""));
    let kept = headers.get_all(header::IF_NONE_MATCH).iter().any(|known| is_named(known, &asset.tag));
    let answer = [(header::ETAG, tag), (header::CACHE_CONTROL, FOR_EVER)];
    if kept {
        return Ok((StatusCode::NOT_MODIFIED, answer).into_response());
    }
    Ok((answer, [(header::CONTENT_TYPE, asset.content_type.clone())], asset.bytes).into_response())
}

/// Whether a list of entity tags names one, or any.
fn is_named(list: &HeaderValue, tag: &str) -> bool {
    let Ok(list) = list.to_str() else { return false };
    list.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}
