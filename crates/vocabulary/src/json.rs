//! JSON read into a tree that borrows from its text, and refuses what the vocabulary does not take.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The deepest nesting of lists and objects; the envelope is the first.
const MOST_CONTAINERS: usize = 64;

/// Up to this many members an object is kept sorted as it is read; a longer one is sorted once at its end, so that
/// the time never grows with the square of the members.
const MOST_SORTED_BY_INSERTION: usize = 16;

/// How many characters of a string a message shows.
const EXCERPT: usize = 40;

/// A JSON value.
#[derive(Clone, Debug)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// A number written without fraction or exponent, not negative.
    Natural(u64),
    /// A number written without fraction or exponent, negative.
    Negative(i64),
    /// Any other number. Also one too long for 64 bits, and `-0`, which the parser gives as a double.
    Double(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Object<'a>),
}

/// The members of an object in the order of their keys' bytes.
pub(crate) type Object<'a> = Vec<Member<'a>>;

/// One member of an object.
#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    /// The key's first bytes as a number of the same order; most comparisons end here.
    start: u64,
    pub(crate) key: Cow<'a, str>,
    pub(crate) value: Json<'a>,
}

impl Member<'_> {
    fn order(&self) -> (u64, &str) {
        (self.start, &self.key)
    }
}

/// Reads one JSON text.
pub(crate) fn parse(text: &str) -> Result<Json<'_>, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Node { around: 0 }
        .deserialize(&mut deserializer)
        .and_then(|tree| deserializer.end().map(|()| tree))
        .map_err(|error| if error.is_data() { error.to_string() } else { format!("expected JSON; {error}") })
}

impl<'a> Json<'a> {
    /// The number as a double.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Natural(number) => Some(*number as f64),
            Self::Negative(number) => Some(*number as f64),
            Self::Double(number) => Some(*number),
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The string.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The list.
    pub(crate) fn list(&self) -> Option<&[Json<'a>]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    /// The value on its own, without its text.
    pub(crate) fn to_value(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Natural(number) => (*number).into(),
            Self::Negative(number) => (*number).into(),
            Self::Double(number) => (*number).into(),
            Self::Text(text) => text.as_ref().into(),
            Self::List(list) => list.iter().map(Json::to_value).collect(),
            Self::Object(members) => {
                members.iter().map(|member| (member.key.as_ref(), member.value.to_value())).collect()
            }
        }
    }

    /// The value for a message, shortened.
    pub(crate) fn excerpt(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Natural(number) => number.to_string(),
            Self::Negative(number) => number.to_string(),
            Self::Double(number) => format!("{number:?}"),
            Self::Text(text) => excerpt(text),
            Self::List(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }
}

/// A string for a message, in quotes and shortened.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

/// The first eight bytes of a key as a number. Keys have no U+0000, so that shorter ones come first as they should.
fn start_of(key: &str) -> u64 {
    let bytes = key.as_bytes();
    if let Some(first) = bytes.first_chunk() {
        return u64::from_be_bytes(*first);
    }
    let short = bytes.iter().fold(0, |start, byte| start << 8 | u64::from(*byte));
    // Fewer than eight bytes; the shift is too far only for none.
    short.checked_shl(64 - 8 * bytes.len() as u32).unwrap_or(0)
}

/// Reads one value inside of `around` lists and objects.
#[derive(Clone, Copy)]
struct Node {
    around: usize,
}

impl Node {
    /// For the values of a list or object that stands here.
    fn inside<E: Error>(self) -> Result<Self, E> {
        if self.around == MOST_CONTAINERS {
            return Err(E::custom(format_args!("expected at most {MOST_CONTAINERS} levels of nesting; found more")));
        }
        Ok(Self { around: self.around + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Node {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Natural(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Negative(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Json::Double(number))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Json<'de>, E> {
        Text.visit_borrowed_str(text).map(Json::Text)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json<'de>, E> {
        Text.visit_str(text).map(Json::Text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let inside = self.inside()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inside)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let inside = self.inside()?;
        let mut members = Object::with_capacity(if self.around == 0 { 12 } else { 6 });
        while let Some(key) = entries.next_key_seed(Text)? {
            let start = start_of(&key);
            let at = place_of(start, &key, &members)?;
            let value = entries.next_value_seed(inside)?;
            members.insert(at, Member { start, key, value });
        }
        if members.len() > MOST_SORTED_BY_INSERTION {
            sort(&mut members)?;
        }
        Ok(Json::Object(members))
    }
}

/// Where a member of the key belongs.
fn place_of<E: Error>(start: u64, key: &str, members: &Object<'_>) -> Result<usize, E> {
    let mut at = members.len();
    if at >= MOST_SORTED_BY_INSERTION {
        return Ok(at);
    }
    for member in members.iter().rev() {
        match member.order().cmp(&(start, key)) {
            std::cmp::Ordering::Less => break,
            std::cmp::Ordering::Equal => return Err(twice(key)),
            std::cmp::Ordering::Greater => at -= 1,
        }
    }
    Ok(at)
}

/// Sorts the members of a long object.
fn sort<E: Error>(members: &mut Object<'_>) -> Result<(), E> {
    members.sort_unstable_by(|one, other| one.order().cmp(&other.order()));
    let pairs = members.iter().zip(members.iter().skip(1));
    match pairs.into_iter().find(|(one, next)| one.key == next.key) {
        Some((member, _)) => Err(twice(&member.key)),
        None => Ok(()),
    }
}

/// The fault of a key that comes again.
fn twice<E: Error>(key: &str) -> E {
    E::custom(format_args!("expected each key of an object once; found {} again", excerpt(key)))
}

/// Reads a string or a key.
#[derive(Clone, Copy)]
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        // A string without escapes has no control characters: the parser has refused them.
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        if text.contains('\0') {
            return Err(E::custom("expected text without U+0000; found it in a string"));
        }
        Ok(Cow::Owned(text.to_owned()))
    }
}
