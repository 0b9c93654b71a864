//! What a county promises: the same bytes for a seed, only events that are accepted, nothing beyond its last day, and
//! the shape of January 2021.

#[cfg(test)]
mod promises;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod shape_of_january;
