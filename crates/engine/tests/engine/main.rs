//! What domain.md says, as tables of events, questions and answers, one module per part of it; and properties that
//! hold for any events.

#[cfg(test)]
mod allocations;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod days;
#[cfg(test)]
mod explanations;
#[cfg(test)]
mod findings;
#[cfg(test)]
mod measures;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod recur;
#[cfg(test)]
mod respond;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod states;
#[cfg(test)]
mod statuses;
