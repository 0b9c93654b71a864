//! The Rust types that hold fields: how each is read from JSON, shown as a [`Value`] and written.

use calendar::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::choice::from_name;
use crate::json::Json;
use crate::{Choice, ChoiceSet, FieldKind, Number, Subject, Text, Value};

/// A type that holds a field.
pub(crate) trait Held: Sized {
    /// Reads a field that is there; none where it is not of its kind.
    fn read(json: &Json<'_>, kind: &FieldKind) -> Option<Self>;

    /// The field for conditions.
    fn value(&self) -> Value<'_>;

    /// The field as a string, where it is one.
    fn text(&self) -> Option<&Text> {
        None
    }

    /// Writes the field.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Writes one member of a type's data, unless it is absent.
pub(crate) fn write_member<M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    field: &impl Held,
) -> Result<(), M::Error> {
    match field.value() {
        Value::Absent => Ok(()),
        Value::Bool(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Text(_)
        | Value::Texts(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Subject(_)
        | Value::Any => map.serialize_entry(name, &Written(field)),
    }
}

/// A field as something to serialise.
struct Written<'a, T>(&'a T);

impl<T: Held> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<T: Held> Held for Option<T> {
    fn read(json: &Json<'_>, kind: &FieldKind) -> Option<Self> {
        T::read(json, kind).map(Some)
    }

    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, T::value)
    }

    fn text(&self) -> Option<&Text> {
        self.as_ref().and_then(T::text)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(field) => field.write(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl Held for Text {
    fn read(json: &Json<'_>, kind: &FieldKind) -> Option<Self> {
        let text = json.text()?;
        let refused = text.is_empty() && *kind == FieldKind::Name;
        (!refused).then(|| Text::new(text))
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn text(&self) -> Option<&Text> {
        Some(self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl Held for bool {
    fn read(json: &Json<'_>, _: &FieldKind) -> Option<Self> {
        if let Json::Bool(value) = json { Some(*value) } else { None }
    }

    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self)
    }
}

impl Held for Date {
    fn read(json: &Json<'_>, _: &FieldKind) -> Option<Self> {
        Date::parse(json.text()?)
    }

    fn value(&self) -> Value<'_> {
        Value::Date(*self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Held for Number {
    fn read(json: &Json<'_>, kind: &FieldKind) -> Option<Self> {
        let FieldKind::Number { least, most } = *kind else { return None };
        let number = json.number()?;
        if (least..=most).contains(&number) { Number::new(number) } else { None }
    }

    fn value(&self) -> Value<'_> {
        Value::Number(*self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

impl Held for u8 {
    fn read(json: &Json<'_>, kind: &FieldKind) -> Option<Self> {
        let FieldKind::Whole { values } = *kind else { return None };
        let Json::Natural(number) = *json else { return None };
        u8::try_from(number).ok().filter(|number| values.contains(*number))
    }

    fn value(&self) -> Value<'_> {
        Value::Number(Number::from(*self))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self)
    }
}

impl Held for Vec<Text> {
    fn read(json: &Json<'_>, _: &FieldKind) -> Option<Self> {
        json.list()?.iter().map(|item| item.text().map(Text::new)).collect()
    }

    fn value(&self) -> Value<'_> {
        Value::Texts(self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl Held for Subject {
    fn read(json: &Json<'_>, kind: &FieldKind) -> Option<Self> {
        let subject = Subject::parse(json.text()?)?;
        (*kind == FieldKind::Subject(subject.kind())).then_some(subject)
    }

    fn value(&self) -> Value<'_> {
        Value::Subject(self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

impl Held for serde_json::Value {
    fn read(json: &Json<'_>, _: &FieldKind) -> Option<Self> {
        // The rule on empty strings in required fields holds for these too; all fields that take anything are required.
        (json.text() != Some("")).then(|| json.to_value())
    }

    fn value(&self) -> Value<'_> {
        Value::Any
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

impl<C: Choice> Held for C {
    fn read(json: &Json<'_>, _: &FieldKind) -> Option<Self> {
        from_name(json.text()?)
    }

    fn value(&self) -> Value<'_> {
        Value::Choice(self.position())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<C: Choice> Held for ChoiceSet<C> {
    fn read(json: &Json<'_>, _: &FieldKind) -> Option<Self> {
        json.list()?.iter().map(|item| item.text().and_then(from_name::<C>)).collect()
    }

    fn value(&self) -> Value<'_> {
        Value::Choices(self.bits())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(C::name))
    }
}
