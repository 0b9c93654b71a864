//! Bodies that are read whole.

use crate::api::problem::ApiError;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Waits until there is room for a body of at most so many bytes: for as many as were said, or for the most.
///
/// # Errors
///
/// Where more were said.
pub async fn room<'s>(room: &'s Semaphore, said: Option<u64>, most: usize) -> Result<SemaphorePermit<'s>, ApiError> {
    let said = said.map_or(most, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
    if said > most {
        return Err(too_large(most));
    }
    let kib = u32::try_from(said.div_ceil(1024)).unwrap_or(u32::MAX);
    // The semaphore is never closed.
    room.acquire_many(kib).await.map_err(|error| ApiError::Broken(error.into()))
}

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
