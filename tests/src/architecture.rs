//! That the crates are built as `crates/README.md` says.

mod crates;
mod edges;
mod files;
mod purity;
mod source;
mod workspace;
