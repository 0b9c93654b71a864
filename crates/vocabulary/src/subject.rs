//! Who or what an event is about.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::Text;

/// The kinds of subject.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SubjectKind {
    /// A child or young person.
    Child,
    /// A foster carer or a fostering household.
    Carer,
    /// A social worker or other member of staff.
    Worker,
    /// A locality of the authority.
    Locality,
    /// The authority itself.
    Authority,
}

impl SubjectKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Child, Self::Carer, Self::Worker, Self::Locality, Self::Authority];

    /// The part of a subject's text before the slash.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Carer => "carer",
            Self::Worker => "worker",
            Self::Locality => "locality",
            Self::Authority => "authority",
        }
    }

    /// Whether the part after the slash is a UUID.
    pub const fn has_uuid(self) -> bool {
        matches!(self, Self::Child | Self::Carer)
    }
}

/// Who or what an event is about. Ordered by the bytes of its text form.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Subject {
    /// A child, by UUID.
    Child(u128),
    /// A carer, by UUID.
    Carer(u128),
    /// A worker, by the case system's id.
    Worker(Text),
    /// A locality, by name.
    Locality(Text),
    /// An authority, by code.
    Authority(Text),
}

impl Subject {
    /// Reads the text form. A UUID is 8-4-4-4-12 hexadecimal digits of either case; other ids are any text but the empty.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('/')?;
        match kind {
            "child" => uuid(id).map(Self::Child),
            "carer" => uuid(id).map(Self::Carer),
            "worker" => name(id).map(Self::Worker),
            "locality" => name(id).map(Self::Locality),
            "authority" => name(id).map(Self::Authority),
            _ => None,
        }
    }

    /// The kind of the subject.
    pub const fn kind(&self) -> SubjectKind {
        match self {
            Self::Child(_) => SubjectKind::Child,
            Self::Carer(_) => SubjectKind::Carer,
            Self::Worker(_) => SubjectKind::Worker,
            Self::Locality(_) => SubjectKind::Locality,
            Self::Authority(_) => SubjectKind::Authority,
        }
    }

    /// The id as (UUID, text), of which one is given and the other is 0 or empty.
    fn id(&self) -> (u128, &str) {
        match self {
            Self::Child(uuid) | Self::Carer(uuid) => (*uuid, ""),
            Self::Worker(name) | Self::Locality(name) | Self::Authority(name) => (0, name),
        }
    }
}

/// The text, unless it is empty.
fn name(id: &str) -> Option<Text> {
    (!id.is_empty()).then(|| Text::new(id))
}

/// Where the hyphens of a UUID's text stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// Where its groups of digits stand.
const GROUPS: [Range<usize>; 5] = [0..8, 9..13, 14..18, 19..23, 24..36];

/// Reads 8-4-4-4-12 hexadecimal digits.
fn uuid(text: &str) -> Option<u128> {
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    if HYPHENS.iter().any(|at| text.get(*at) != Some(&b'-')) {
        return None;
    }
    let mut uuid = 0_u128;
    for group in GROUPS {
        let digits = text.get(group)?;
        uuid = uuid << (4 * digits.len()) | u128::from(hexadecimal(digits)?);
    }
    Some(uuid)
}

/// Reads up to 16 hexadecimal digits of either case.
fn hexadecimal(digits: &[u8]) -> Option<u64> {
    // Letters and figures come as chance has it: what is bad is kept for the end so that nothing is guessed on the way.
    let mut number = 0;
    let mut bad = 0;
    for byte in digits {
        let figure = byte.wrapping_sub(b'0');
        let letter = (byte | 0x20).wrapping_sub(b'a');
        let digit = if figure < 10 { figure } else { letter.saturating_add(10) };
        bad |= digit & 0xf0;
        number = number << 4 | u64::from(digit & 0xf);
    }
    (bad == 0).then_some(number)
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().as_str())?;
        f.write_str("/")?;
        match self {
            Self::Child(uuid) | Self::Carer(uuid) => write_uuid(*uuid, f),
            Self::Worker(name) | Self::Locality(name) | Self::Authority(name) => f.write_str(name),
        }
    }
}

/// Writes a UUID in lower case.
fn write_uuid(uuid: u128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = [b'-'; 36];
    let mut rest = uuid;
    for (at, byte) in text.iter_mut().enumerate().rev() {
        if !HYPHENS.contains(&at) {
            let digit = (rest & 15) as u8;
            *byte = if digit < 10 { b'0' + digit } else { b'a' + digit - 10 };
            rest >>= 4;
        }
    }
    f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
}

impl Ord for Subject {
    fn cmp(&self, other: &Self) -> Ordering {
        // The kinds' names differ within their first two letters, and a UUID's digits in lower case are in its order.
        let kinds = self.kind().as_str().cmp(other.kind().as_str());
        kinds.then_with(|| self.id().cmp(&other.id()))
    }
}

impl PartialOrd for Subject {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
