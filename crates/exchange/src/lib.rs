//! Other people's formats, in and out.
//!
//! The crate knows nothing of ledgers, servers and clocks on the wall: bytes and values in, values and bytes out.

pub mod annex_a;
pub mod answers;
pub mod export;
pub mod ndjson;
