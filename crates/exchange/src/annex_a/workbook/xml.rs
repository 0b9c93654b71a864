//! Bounded reading of the XML in a workbook.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use super::package::broken;
use crate::annex_a::AnnexAError;
use crate::annex_a::bounds::{MOST_DEPTH, MOST_PIECE_BYTES, MOST_UNPACKED_BYTES};

/// A piece of a part: as much of XML as a workbook uses.
pub(super) enum Piece<'a> {
    /// `<tag …>`
    Open(BytesStart<'a>),
    /// `<tag …/>`
    Empty(BytesStart<'a>),
    /// `</tag>`
    Close(BytesEnd<'a>),
    /// Letters between tags.
    Letters(Cow<'a, str>),
    /// A comment, a declaration, an entity that the document made up: nothing that a workbook says anything with.
    Other,
    /// The end of the part, given again and again.
    End,
}

impl<'a> Piece<'a> {
    fn of(event: Event<'a>) -> Self {
        match event {
            Event::Start(tag) => Self::Open(tag),
            Event::Empty(tag) => Self::Empty(tag),
            Event::End(tag) => Self::Close(tag),
            Event::Text(text) => Self::Letters(text.into_inner()),
            Event::CData(text) => Self::Letters(text.into_inner()),
            Event::GeneralRef(reference) => match letter_of(&reference) {
                Some(letter) => Self::Letters(Cow::Owned(letter.to_string())),
                None => Self::Other,
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Self::Other,
            Event::Eof => Self::End,
        }
    }
}

/// The letter that `&amp;` and its like stand for. Entities that a document declares itself are not followed.
fn letter_of(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// What stopped the reading of a part.
#[derive(Clone, Copy)]
enum Stop {
    Piece,
    Unpacked,
}

/// Bytes of a part as they are unpacked, counted. The sizes in the directory may lie; these cannot.
struct Metered<'a> {
    part: Box<dyn Read + 'a>,
    /// How many bytes may still be unpacked, over all parts.
    allowance: Rc<Cell<u64>>,
    /// How many bytes may still be read before the present tag or text has ended.
    piece: u64,
    read: u64,
    stop: Option<Stop>,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let stop = if self.piece == 0 {
            Stop::Piece
        } else if self.allowance.get() == 0 {
            Stop::Unpacked
        } else {
            let count = self.part.read(buffer)?;
            let bytes = count as u64;
            self.piece = self.piece.saturating_sub(bytes);
            self.allowance.set(self.allowance.get().saturating_sub(bytes));
            self.read += bytes;
            return Ok(count);
        };
        self.stop = Some(stop);
        Err(io::Error::other("a bound is passed"))
    }
}

/// The XML of a part, piece by piece, within bounds.
pub(super) struct Xml<'a> {
    name: String,
    reader: Reader<BufReader<Metered<'a>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// Reads a part; the allowance is what all parts of the workbook may still unpack to.
    pub(super) fn new(name: &str, part: impl Read + 'a, allowance: Rc<Cell<u64>>) -> Self {
        let part = Metered { part: Box::new(part), allowance, piece: MOST_PIECE_BYTES, read: 0, stop: None };
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, part));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        Self { name: name.to_owned(), reader, buffer: Vec::new(), depth: 0 }
    }

    /// How many bytes of the part have been unpacked.
    pub(super) fn unpacked(&self) -> u64 {
        self.reader.get_ref().get_ref().read
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Piece<'_>, AnnexAError> {
        self.reader.get_mut().get_mut().piece = MOST_PIECE_BYTES;
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => {
                return Err(stopped(self.reader.get_ref().get_ref().stop, &self.name, &error));
            }
        };
        let piece = Piece::of(event);
        // The library remembers the name of every tag that is open.
        match piece {
            Piece::Open(_) => self.depth += 1,
            Piece::Close(_) => self.depth = self.depth.saturating_sub(1),
            Piece::Empty(_) | Piece::Letters(_) | Piece::Other | Piece::End => {}
        }
        if self.depth > MOST_DEPTH {
            let what = format!("the tags of {} stand more than {MOST_DEPTH} deep", self.name);
            return Err(AnnexAError::Broken(what));
        }
        Ok(piece)
    }
}

fn stopped(stop: Option<Stop>, name: &str, error: &quick_xml::Error) -> AnnexAError {
    match stop {
        Some(Stop::Piece) => {
            AnnexAError::TooLarge(format!("one tag or text of {name} has more than {} MiB", MOST_PIECE_BYTES >> 20))
        }
        Some(Stop::Unpacked) => AnnexAError::TooLarge(format!(
            "it unpacks to more than {} MiB; delete the empty rows and columns after the data",
            MOST_UNPACKED_BYTES >> 20
        )),
        None => broken(&format!("{name} cannot be read"), error),
    }
}

/// Whether a tag is of that name, whatever its prefix.
pub(super) fn is(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.local_name().as_ref() == name
}

/// Whether an end is of a tag of that name, whatever its prefix.
pub(super) fn is_end(tag: &BytesEnd<'_>, name: &str) -> bool {
    tag.local_name().as_ref() == name
}

/// The value of an attribute, whatever the prefix of its name; `None` where it is absent or damaged.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        if attribute.key.local_name().as_ref() == name {
            let value = quick_xml::escape::unescape(&attribute.value).ok()?;
            return Some(value.into_owned());
        }
    }
    None
}
