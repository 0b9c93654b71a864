//! Bodies that are read whole.

use crate::api::problem::ApiError;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;

/// Reads a body whole, of at most so many bytes.
///
/// # Errors
///
/// Where it is longer, or ends before its end.
pub async fn whole(body: Body, most: usize) -> Result<Bytes, ApiError> {
    let mut pieces = body.into_data_stream();
    let mut bytes = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(ApiError::CutShort)?;
        if bytes.len().saturating_add(piece.len()) > most {
            return Err(too_large(most));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.freeze())
}

/// Says that a body is too large.
pub fn too_large(most: usize) -> ApiError {
    let most = most / (1024 * 1024);
    ApiError::TooLarge(format!(
        "The body has more than {most} MiB. Send fewer events at once, or all of them as lines (application/x-ndjson)."
    ))
}
