//! Values as databases keep them: whole numbers with a sign.

use crate::ledger::SubjectNumber;
use crate::merkle::Hash;
use crate::store::{StoreError, StoreResult};
use vocabulary::{Subject, Text};

/// A count or position as it is kept. No ledger reaches the last of them.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A count or position that was kept.
pub(crate) fn unsigned(number: i64) -> StoreResult<u64> {
    u64::try_from(number).map_err(|_| StoreError::Damaged(format!("a count is {number}, below 0")))
}

/// The number of a subject that was kept.
pub(crate) fn subject_number(number: i64) -> StoreResult<SubjectNumber> {
    SubjectNumber::try_from(number).map_err(|_| StoreError::Damaged(format!("a subject has the number {number}")))
}

/// A number that was kept and that is less than four thousand million.
pub(crate) fn small(number: i64) -> StoreResult<u32> {
    u32::try_from(number).map_err(|_| StoreError::Damaged(format!("a number is {number}, out of its range")))
}

/// A subject that was kept.
pub(crate) fn subject(text: &str) -> StoreResult<Subject> {
    Subject::parse(text).ok_or_else(|| StoreError::Damaged(format!("a subject is kept as {text}, which is none")))
}

/// A hash that was kept.
pub(crate) fn hash(bytes: &[u8]) -> StoreResult<Hash> {
    let hash = Hash::try_from(bytes);
    hash.map_err(|_| StoreError::Damaged(format!("a hash has {} bytes", bytes.len())))
}

/// A team, worker or episode, where no text stands for none.
pub(crate) fn unless_empty(text: String) -> Option<Text> {
    (!text.is_empty()).then(|| Text::new(text))
}

/// A list as JSON.
pub(crate) fn json<T: serde::Serialize>(list: &T) -> String {
    // Lists of numbers and texts always have a form in JSON.
    serde_json::to_string(list).unwrap_or_default()
}
