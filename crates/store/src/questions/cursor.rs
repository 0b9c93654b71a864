//! Places in lists, as text that says nothing to whoever pages.

use crate::merkle::hex;
use crate::query::Cursor;
use crate::store::{StoreError, StoreResult};
use serde_json::Value;

/// The most characters that a cursor of ours has: the longest names, written twice over.
const MOST_CHARACTERS: usize = 64 * 1024;

/// A value that a list is ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// The cursor of a place in a list of that name.
pub(super) fn write(list: &str, keys: &[Key]) -> Cursor {
    let keys = keys.iter().map(|key| match key {
        Key::Number(number) => Value::from(*number),
        Key::Text(text) => Value::from(text.as_str()),
    });
    let place: Vec<Value> = std::iter::once(Value::from(list)).chain(keys).collect();
    Cursor(hex(Value::from(place).to_string().as_bytes()))
}

/// The place of a cursor, which must be one of that list, with values of the same kinds as `like`.
pub(super) fn read(cursor: &Cursor, list: &str, like: &[Key]) -> StoreResult<Vec<Key>> {
    let keys = keys(&cursor.0, list).filter(|keys| {
        let same = |(one, other): (&Key, &Key)| std::mem::discriminant(one) == std::mem::discriminant(other);
        keys.len() == like.len() && keys.iter().zip(like).all(same)
    });
    keys.ok_or(StoreError::NoSuchPlace)
}

fn keys(text: &str, list: &str) -> Option<Vec<Key>> {
    if text.len() > MOST_CHARACTERS {
        return None;
    }
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> = pairs
        .iter()
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| !pair.starts_with('+'))?, 16).ok())
        .collect();
    let Ok(Value::Array(values)) = serde_json::from_slice(&bytes.filter(|_| rest.is_empty())?) else { return None };
    let mut values = values.into_iter();
    if values.next()? != list {
        return None;
    }
    let key = |value: Value| match value {
        Value::Number(number) => number.as_i64().map(Key::Number),
        Value::String(text) => Some(Key::Text(text)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    values.map(key).collect()
}
