//! Reads an event's data by its type's table.

use crate::described::Description;
use crate::field::{MOST_FIELDS, Rule};
use crate::held::Held;
use crate::json::{Json, Object};
use crate::{Field, FieldKind, WholeValues};

/// A field of the data whose value is not what it must be.
#[derive(Debug)]
pub(crate) struct BadValue {
    /// The field's position in the table.
    pub(crate) slot: usize,
    /// The field's name.
    pub(crate) field: &'static str,
    /// What was expected and what was found.
    pub(crate) detail: String,
}

/// The members of a data object by the positions of their fields; members that are null, or no fields, are left out.
pub(crate) struct Members<'t> {
    description: &'static Description,
    by_slot: [Option<&'t Json<'t>>; MOST_FIELDS],
}

impl<'t> Members<'t> {
    /// Sorts the members of an object by the fields of a type.
    pub(crate) fn of(description: &'static Description, object: &'t Object<'t>) -> Self {
        let mut by_slot = [None; MOST_FIELDS];
        for (field, slot) in description.fields.iter().zip(&mut by_slot) {
            let member = object.iter().find(|member| member.key == field.name);
            *slot = member.map(|member| &member.value).filter(|value| !matches!(value, Json::Null));
        }
        Self { description, by_slot }
    }

    /// The first field that must be there and is not, with what was expected.
    pub(crate) fn missing(&self) -> Option<(&'static str, String)> {
        let mut fields = self.description.fields.iter().zip(&self.by_slot);
        if let Some((field, _)) = fields.find(|(field, value)| field.required && value.is_none()) {
            return Some((field.name, expected(&field.kind)));
        }
        match self.description.rule {
            Some(Rule::Either(one, other)) if self.get(one).is_none() && self.get(other).is_none() => {
                Some((one, format!("{one} or {other}")))
            }
            Some(Rule::Either(..) | Rule::TrueOnlyWith { .. }) | None => None,
        }
    }

    /// The first field that is bad only beside another.
    pub(crate) fn bad_together(&self) -> Option<BadValue> {
        let Some(Rule::TrueOnlyWith { field, with }) = self.description.rule else { return None };
        let both = (self.get(field), self.get(with));
        let (Some(Json::Bool(true)), Some(Json::Bool(false))) = both else { return None };
        let detail = format!("expected {field} false or absent where {with} is false; found true");
        Some(BadValue { slot: self.slot(field)?, field, detail })
    }

    /// Reads the fields one after the other.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader { members: self, slot: 0 }
    }

    fn slot(&self, name: &str) -> Option<usize> {
        self.description.fields.iter().position(|field| field.name == name)
    }

    fn get(&self, name: &str) -> Option<&'t Json<'t>> {
        self.by_slot.get(self.slot(name)?).copied().flatten()
    }
}

/// Gives the fields of a data object one after the other, in the order of the table.
pub(crate) struct Reader<'m> {
    members: &'m Members<'m>,
    slot: usize,
}

impl Reader<'_> {
    /// The next field, which must be there.
    #[inline]
    pub(crate) fn required<T: Held>(&mut self) -> Result<T, BadValue> {
        let slot = self.slot;
        self.optional()?.ok_or_else(|| self.bad(slot, &Json::Null))
    }

    /// The next field, if it is there.
    #[inline]
    pub(crate) fn optional<T: Held>(&mut self) -> Result<Option<T>, BadValue> {
        let slot = self.slot;
        self.slot += 1;
        let json = self.members.by_slot.get(slot).copied().flatten();
        let (Some(json), Some(field)) = (json, self.members.description.fields.get(slot)) else { return Ok(None) };
        T::read(json, &field.kind).map(Some).ok_or_else(|| self.bad(slot, json))
    }

    #[cold]
    fn bad(&self, slot: usize, json: &Json<'_>) -> BadValue {
        let Some(Field { name, kind, .. }) = self.members.description.fields.get(slot) else {
            return BadValue { slot, field: "", detail: String::new() };
        };
        BadValue { slot, field: name, detail: format!("expected {}; found {}", expected(kind), found(kind, json)) }
    }
}

/// What a kind of field takes, in words.
fn expected(kind: &FieldKind) -> String {
    match *kind {
        FieldKind::Text => "a string".to_owned(),
        FieldKind::Name => "a string that is not empty".to_owned(),
        FieldKind::Bool => "true or false".to_owned(),
        FieldKind::Date => "a date such as 2021-01-31".to_owned(),
        FieldKind::Number { least, most } if least.is_finite() => format!("a number from {least} to {most}"),
        FieldKind::Number { .. } => "a number".to_owned(),
        FieldKind::Whole { values } => format!("{}, written without fraction or exponent", whole(values)),
        FieldKind::Choice(names) => format!("one of {}", names.join(", ")),
        FieldKind::Choices(names) => format!("a list of {}", names.join(", ")),
        FieldKind::TextList => "a list of strings".to_owned(),
        FieldKind::Subject(kind) if kind.has_uuid() => format!("{}/ and a UUID", kind.as_str()),
        FieldKind::Subject(kind) => format!("{}/ and a name", kind.as_str()),
        FieldKind::Any => "a value that is not an empty string".to_owned(),
    }
}

/// The whole numbers that a field takes, in words.
fn whole(values: WholeValues) -> String {
    match values {
        WholeValues::Range { least, most } => format!("a whole number from {least} to {most}"),
        WholeValues::OneOf(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u8::to_string).collect();
            format!("one of {}", numbers.join(", "))
        }
    }
}

/// What is wrong about a value: of a list the first item that does not belong.
fn found(kind: &FieldKind, json: &Json<'_>) -> String {
    let names = if let FieldKind::Choices(names) = kind { Some(*names) } else { None };
    let belongs = |item: &&Json<'_>| item.text().is_some_and(|text| names.is_none_or(|names| names.contains(&text)));
    match json.list().and_then(|list| list.iter().find(|item| !belongs(item))) {
        Some(item) if matches!(kind, FieldKind::Choices(_) | FieldKind::TextList) => {
            format!("{} in it", item.excerpt())
        }
        Some(_) | None => json.excerpt(),
    }
}
