//! What is served, asked over HTTP without a network, on a real store.

#[cfg(test)]
mod api;
#[cfg(test)]
mod pages;
