//! The store: one suite that every database must pass, and what is each database's own.

#[cfg(test)]
mod behind;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod derived;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod merkle;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod sent;
#[cfg(test)]
mod sqlite;
