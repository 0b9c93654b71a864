//! Looking up many events by source and id with one question.

use crate::columns::json;
use std::collections::BTreeMap;

/// The part of a question that gives the keys as rows: `asked.key` is the source, `ids.key` the place in its list, and
/// `ids.value` the id. Its parameter is [`Keys::json`].
pub(super) const ASKED: &str = "json_each(?) AS asked CROSS JOIN json_each(asked.value) AS ids";

/// The source of a row of [`ASKED`].
pub(super) const SOURCE: &str = "CAST(asked.key AS INTEGER)";

/// Keys (source, id) that are asked for.
#[derive(Default)]
pub(super) struct Keys<'k> {
    by_source: BTreeMap<i64, Vec<&'k str>>,
}

impl<'k> Keys<'k> {
    /// Asks for one more.
    pub(super) fn add(&mut self, source: i64, id: &'k str) {
        self.by_source.entry(source).or_default().push(id);
    }

    /// Whether none are asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.by_source.is_empty()
    }

    /// The parameter of [`ASKED`].
    pub(super) fn json(&self) -> String {
        json(&self.by_source)
    }

    /// The id of an answer.
    pub(super) fn id(&self, source: i64, place: i64) -> Option<&'k str> {
        self.by_source.get(&source)?.get(usize::try_from(place).ok()?).copied()
    }
}

impl<'k> FromIterator<(i64, &'k str)> for Keys<'k> {
    fn from_iter<I: IntoIterator<Item = (i64, &'k str)>>(asked: I) -> Keys<'k> {
        let mut keys = Keys::default();
        asked.into_iter().for_each(|(source, id)| keys.add(source, id));
        keys
    }
}
