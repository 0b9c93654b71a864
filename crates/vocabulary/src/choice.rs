//! Fields that take one of a fixed list of values, or several of them.

use std::fmt;
use std::marker::PhantomData;

/// One of a fixed list of at most 32 values. Implemented by the enums of the vocabulary.
pub trait Choice: Copy + Eq + fmt::Debug + 'static {
    /// The values in order.
    const VALUES: &'static [Self];
    /// How the values are written, in the same order.
    const NAMES: &'static [&'static str];

    /// The value's place in the list, from 0.
    fn position(self) -> u8;

    /// How the value is written.
    fn name(self) -> &'static str;
}

/// Reads a value as it is written.
pub(crate) fn from_name<C: Choice>(name: &str) -> Option<C> {
    let position = C::NAMES.iter().position(|known| *known == name)?;
    C::VALUES.get(position).copied()
}

/// A set of values of one list.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChoiceSet<C> {
    bits: u32,
    of: PhantomData<C>,
}

impl<C: Choice> ChoiceSet<C> {
    /// The set without members.
    pub const fn new() -> Self {
        Self { bits: 0, of: PhantomData }
    }

    /// Adds a value; one that is there already changes nothing.
    pub fn insert(&mut self, value: C) {
        self.bits |= 1 << value.position();
    }

    /// Whether the value is a member.
    pub fn contains(self, value: C) -> bool {
        self.bits & (1 << value.position()) != 0
    }

    /// Whether there is no member.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The members' positions as bits, the first value's the lowest.
    pub const fn bits(self) -> u32 {
        self.bits
    }

    /// The members in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = C> {
        C::VALUES.iter().copied().filter(move |value| self.contains(*value))
    }
}

impl<C: Choice> Default for ChoiceSet<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Choice> fmt::Debug for ChoiceSet<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<C: Choice> FromIterator<C> for ChoiceSet<C> {
    fn from_iter<I: IntoIterator<Item = C>>(values: I) -> Self {
        let mut set = Self::new();
        for value in values {
            set.insert(value);
        }
        set
    }
}

impl<C: Choice, const N: usize> From<[C; N]> for ChoiceSet<C> {
    fn from(values: [C; N]) -> Self {
        values.into_iter().collect()
    }
}

/// Declares enums of values together with how they are written.
macro_rules! choices {
    ($( $(#[doc = $about:literal])+ $Type:ident { $( $Value:ident = $name:literal ),+ $(,)? } )+) => { $(
        $(#[doc = $about])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $Type {
            $( #[doc = concat!("Written `", $name, "`.")] $Value, )+
        }

        impl $Type {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$Value),+];

            /// How the value is written.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$Value => $name, )+ }
            }

            /// The value's place in the list, from 0.
            pub const fn index(self) -> u8 {
                self as u8
            }
        }

        impl $crate::choice::Choice for $Type {
            const VALUES: &'static [Self] = Self::ALL;
            const NAMES: &'static [&'static str] = &[$($name),+];

            fn position(self) -> u8 {
                self.index()
            }

            fn name(self) -> &'static str {
                self.as_str()
            }
        }

    )+ };
}

pub(crate) use choices;
