//! The ledger, the quarantine and the read model, and the databases that hold them.
//!
//! Knows nothing of rules, networks, pages or the present time: instants are handed in. Only the ledger is precious.
//! Events are appended and never changed; the read model is derived from them elsewhere, kept here, and can be thrown
//! away at any time. [`Store`] is what a database must do; every database does the same, which one suite of tests checks.

pub mod behind;
mod checking;
mod columns;
mod difference;
pub mod figures;
mod joining;
mod keeping;
pub mod ledger;
pub mod merkle;
mod placing;
pub mod postgres;
pub mod quarantine;
pub mod query;
mod questions;
pub mod read_model;
mod refusing;
pub mod sqlite;
mod store;
mod writer;

pub use store::{Family, Mode, Store, StoreError, StoreResult};
pub use writer::{Writer, WriterClosed};

/// The digest of a rulebook's text by which it is known: SHA-256, in hexadecimal.
pub fn rulebook_digest(text: &str) -> String {
    use sha2::Digest as _;
    merkle::hex(&sha2::Sha256::digest(text.as_bytes()))
}
