//! What is known of each event type.

use crate::field::Rule;
use crate::reader::{BadValue, Reader};
use crate::{Field, SubjectKind, Text, Value};

/// One row of the vocabulary's table.
#[derive(Debug)]
pub(crate) struct Description {
    /// The type's name.
    pub(crate) name: &'static str,
    /// What the event says, in one sentence.
    pub(crate) about: &'static str,
    /// The kinds of subject that it can be about.
    pub(crate) subjects: &'static [SubjectKind],
    /// The fields of its data.
    pub(crate) fields: &'static [Field],
    /// What its fields must be together.
    pub(crate) rule: Option<Rule>,
}

/// The data of one event type, as its table declares it.
pub(crate) trait Described: Sized {
    /// The type's row of the table.
    const DESCRIPTION: Description;

    /// Reads the fields in the order of the table; stops at the first that is bad.
    fn read(reader: &mut Reader<'_>) -> Result<Self, BadValue>;

    /// The value of the field at a position of the table; absent beyond the last.
    fn value(&self, slot: usize) -> Value<'_>;

    /// The field `episode`, where the type has one.
    fn episode(&self) -> Option<&Text>;
}
