//! Everyone behind a figure, in few bytes: a county has hundreds of measures with thousands of children behind each.

use crate::ledger::SubjectNumber;
use engine::Part;

/// One clock, event or subject behind a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The subject, by number.
    pub subject: SubjectNumber,
    /// For whom it counts: a position in the list of holders that the figures were computed with.
    pub holder: u32,
    /// What it adds.
    pub adds: Adds,
}

/// What one clock, event or subject adds to a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adds {
    /// One in the denominator.
    Share {
        /// Whether it is in the numerator.
        met: bool,
        /// Whether nothing is recorded that could tell.
        missing: bool,
    },
    /// One counted.
    One,
    /// One counted in the band of that position.
    Band(u32),
    /// One counted for that value.
    Value(String),
    /// A value of which the mean is taken, as it was written.
    Amount(String),
    /// A child held by that worker.
    Held(String),
}

impl Adds {
    /// What a part adds.
    pub fn of(part: Part<'_>) -> Adds {
        match part {
            Part::Share { met, missing } => Adds::Share { met, missing },
            Part::One => Adds::One,
            Part::Band(position) => Adds::Band(u32::try_from(position).unwrap_or(u32::MAX)),
            Part::Value(value) => Adds::Value(value.to_owned()),
            Part::Amount(amount) => Adds::Amount(amount.get().to_string()),
            Part::Held(worker) => Adds::Held(worker.to_owned()),
        }
    }
}

/// Appends an entry.
pub fn write(entry: &Behind, out: &mut Vec<u8>) {
    out.extend(entry.subject.to_le_bytes());
    out.extend(entry.holder.to_le_bytes());
    match &entry.adds {
        Adds::Share { met, missing } => out.push(u8::from(*met) | (u8::from(*missing) << 1)),
        Adds::One => out.push(4),
        Adds::Band(position) => {
            out.push(5);
            out.extend(position.to_le_bytes());
        }
        Adds::Value(text) => write_text(6, text, out),
        Adds::Amount(text) => write_text(7, text, out),
        Adds::Held(text) => write_text(8, text, out),
    }
}

fn write_text(code: u8, text: &str, out: &mut Vec<u8>) {
    out.push(code);
    // A value longer than this comes from no field of the vocabulary; it is shown cut rather than lost.
    let ends = 0..=usize::from(u16::MAX).min(text.len());
    let end = ends.rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let (kept, _) = text.split_at(end);
    out.extend(u16::try_from(kept.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend(kept.as_bytes());
}

/// Reads all entries. None: the bytes are not what [`write()`] wrote.
pub fn read(bytes: &[u8]) -> Option<Vec<Behind>> {
    let mut rest = bytes;
    let mut entries = Vec::new();
    while !rest.is_empty() {
        entries.push(read_one(&mut rest)?);
    }
    Some(entries)
}

fn read_one(rest: &mut &[u8]) -> Option<Behind> {
    let subject = u32::from_le_bytes(take(rest)?);
    let holder = u32::from_le_bytes(take(rest)?);
    let [code] = take(rest)?;
    let adds = match code {
        0..=3 => Adds::Share { met: code & 1 != 0, missing: code & 2 != 0 },
        4 => Adds::One,
        5 => Adds::Band(u32::from_le_bytes(take(rest)?)),
        6 => Adds::Value(read_text(rest)?),
        7 => Adds::Amount(read_text(rest)?),
        8 => Adds::Held(read_text(rest)?),
        _ => return None,
    };
    Some(Behind { subject, holder, adds })
}

fn read_text(rest: &mut &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes(take(rest)?));
    let (text, after) = rest.split_at_checked(length)?;
    *rest = after;
    String::from_utf8(text.to_vec()).ok()
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}
