//! domain.md section 1: three times, one history; retractions, replacements, merges, dates of birth.

mod circles;
mod dates_of_birth;
mod histories;
mod merges;
mod replacements;
mod retractions;
