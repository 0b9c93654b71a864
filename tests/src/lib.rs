//! The tests of what crosses crates. `README.md` says which test goes where.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod corpora;
#[cfg(test)]
mod journeys;
