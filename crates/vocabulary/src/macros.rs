//! The two macros that turn the tables of the vocabulary into types.

/// The Rust type that holds a field of a table.
macro_rules! field_type {
    (optional $($kind:tt)+) => { Option<$crate::macros::field_type!(required $($kind)+)> };
    (required text) => { $crate::Text };
    (required name) => { $crate::Text };
    (required flag) => { bool };
    (required date) => { calendar::Date };
    (required number $($bounds:tt)*) => { $crate::Number };
    (required whole $values:tt) => { u8 };
    (required choice($Choice:ident)) => { $crate::choices::$Choice };
    (required choices($Choice:ident)) => { $crate::ChoiceSet<$crate::choices::$Choice> };
    (required texts) => { Vec<$crate::Text> };
    (required subject($Kind:ident)) => { $crate::Subject };
    (required any) => { serde_json::Value };
}

/// What a field of a table takes.
macro_rules! field_kind {
    (text) => { $crate::FieldKind::Text };
    (name) => { $crate::FieldKind::Name };
    (flag) => { $crate::FieldKind::Bool };
    (date) => { $crate::FieldKind::Date };
    (number) => { $crate::FieldKind::Number { least: f64::NEG_INFINITY, most: f64::INFINITY } };
    (number($least:literal to $most:literal)) => { $crate::FieldKind::Number { least: $least, most: $most } };
    (whole($least:literal to $most:literal)) => {
        $crate::FieldKind::Whole { values: $crate::WholeValues::Range { least: $least, most: $most } }
    };
    (whole($($number:literal)or+)) => {
        $crate::FieldKind::Whole { values: $crate::WholeValues::OneOf(&[$($number),+]) }
    };
    (choice($Choice:ident)) => {
        $crate::FieldKind::Choice(<$crate::choices::$Choice as $crate::Choice>::NAMES)
    };
    (choices($Choice:ident)) => {
        $crate::FieldKind::Choices(<$crate::choices::$Choice as $crate::Choice>::NAMES)
    };
    (texts) => { $crate::FieldKind::TextList };
    (subject($Kind:ident)) => { $crate::FieldKind::Subject($crate::SubjectKind::$Kind) };
    (any) => { $crate::FieldKind::Any };
}

/// Whether a field of a table must be there.
macro_rules! is_required {
    (required) => {
        true
    };
    (optional) => {
        false
    };
}

/// The rule of a table, if it has one.
macro_rules! optional_rule {
    () => {
        None
    };
    ($rule:expr) => {
        Some($rule)
    };
}

/// Declares the data of event types: a struct each, and its table, reader, values and JSON.
macro_rules! event_data {
    ($(
        $(#[doc = $about:literal])+
        $Type:ident = $name:literal of $($subject:ident)or+ {
            $( $(#[doc = $doc:literal])+ $field:ident: $need:ident $kind:ident $(($($detail:tt)+))? ),* $(,)?
        } $(rule $rule:expr;)?
    )+) => { $(
        $(#[doc = $about])+
        #[doc = ""]
        #[doc = concat!("The data of `", $name, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Type {
            $( $(#[doc = $doc])+ pub $field: $crate::macros::field_type!($need $kind $(($($detail)+))?), )*
        }

        impl $crate::described::Described for $Type {
            const DESCRIPTION: $crate::described::Description = $crate::described::Description {
                name: $name,
                about: concat!($($about),+).trim_ascii_start(),
                subjects: &[$($crate::SubjectKind::$subject),+],
                fields: &[$( $crate::Field {
                    name: stringify!($field),
                    kind: $crate::macros::field_kind!($kind $(($($detail)+))?),
                    required: $crate::macros::is_required!($need),
                    doc: concat!($($doc),+).trim_ascii_start(),
                } ),*],
                rule: $crate::macros::optional_rule!($($rule)?),
            };

            #[inline]
            #[allow(unused_variables, reason = "types without fields read nothing")]
            fn read(reader: &mut $crate::reader::Reader<'_>) -> Result<Self, $crate::reader::BadValue> {
                Ok(Self { $( $field: reader.$need()?, )* })
            }

            #[inline]
            #[allow(unused, reason = "the count after the last field, and types without fields")]
            fn value(&self, slot: usize) -> $crate::Value<'_> {
                let mut at = 0;
                $(
                    if slot == at {
                        return $crate::held::Held::value(&self.$field);
                    }
                    at += 1;
                )*
                $crate::Value::Absent
            }

            #[inline]
            fn episode(&self) -> Option<&$crate::Text> {
                $(
                    if stringify!($field) == "episode" {
                        return $crate::held::Held::text(&self.$field);
                    }
                )*
                None
            }
        }

        impl serde::Serialize for $Type {
            #[allow(unused_mut, reason = "types without fields write nothing")]
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serde::Serializer::serialize_map(serializer, None)?;
                $( $crate::held::write_member(&mut map, stringify!($field), &self.$field)?; )*
                serde::ser::SerializeMap::end(map)
            }
        }
    )+ };
}

/// Declares the list of event types, in the order of the vocabulary.
macro_rules! event_types {
    ($($Type:ident),+ $(,)?) => {
        /// The type of an event. Declared in the order of the vocabulary.
        #[repr(u8)]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum EventType {
            $( #[doc = concat!("The type whose data is [`", stringify!($Type), "`].")] $Type, )+
        }

        impl EventType {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$Type),+];
            /// How many types there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The type's row of the table.
            pub(crate) const fn description(self) -> &'static $crate::described::Description {
                match self { $( Self::$Type => &<$Type as $crate::described::Described>::DESCRIPTION, )+ }
            }
        }

        /// An event's data.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Data {
            $( #[doc = concat!("Of [`EventType::", stringify!($Type), "`].")] $Type($Type), )+
        }

        impl Data {
            /// The type of the event that has this data.
            pub const fn event_type(&self) -> EventType {
                match self { $( Self::$Type(_) => EventType::$Type, )+ }
            }

            /// The value of the field at a position of [`EventType::fields`]; absent beyond the last.
            pub fn value(&self, slot: usize) -> Value<'_> {
                match self { $( Self::$Type(data) => Described::value(data, slot), )+ }
            }

            /// The field `episode`, where the type has one.
            pub fn episode(&self) -> Option<&Text> {
                match self { $( Self::$Type(data) => Described::episode(data), )+ }
            }

            /// Reads the data of an event of the type.
            pub(crate) fn read(event_type: EventType, reader: &mut Reader<'_>) -> Result<Self, BadValue> {
                match event_type { $( EventType::$Type => Described::read(reader).map(Self::$Type), )+ }
            }
        }

        impl serde::Serialize for Data {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $( Self::$Type(data) => data.serialize(serializer), )+ }
            }
        }

        $(
            impl From<$Type> for Data {
                fn from(data: $Type) -> Self {
                    Self::$Type(data)
                }
            }
        )+
    };
}

pub(crate) use {event_data, event_types, field_kind, field_type, is_required, optional_rule};
