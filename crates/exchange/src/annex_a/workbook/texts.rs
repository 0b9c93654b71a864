//! The texts that the cells of a workbook share.

use super::xml::{Piece, Xml, is, is_end};
use crate::annex_a::AnnexAError;
use crate::annex_a::bounds::{MOST_SHARED_BYTES, MOST_SHARED_TEXTS, MOST_TEXT_BYTES};

/// Shared texts, end to end in one buffer, so that a million short ones cost little more than their letters.
#[derive(Default)]
pub(super) struct SharedTexts {
    letters: String,
    /// Where each text ends.
    ends: Vec<u32>,
    /// Positions of the texts that are too long to be kept, in order.
    too_long: Vec<u32>,
}

/// A shared text as a cell finds it.
pub(super) enum Shared<'a> {
    Text(&'a str),
    TooLong,
    Absent,
}

impl SharedTexts {
    pub(super) fn get(&self, position: usize) -> Shared<'_> {
        let Some(end) = self.ends.get(position) else {
            return Shared::Absent;
        };
        if u32::try_from(position).is_ok_and(|position| self.too_long.binary_search(&position).is_ok()) {
            return Shared::TooLong;
        }
        let start = position.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        match self.letters.get(start as usize..*end as usize) {
            Some(text) => Shared::Text(text),
            None => Shared::Absent,
        }
    }

    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, AnnexAError> {
        let mut texts = Self::default();
        let mut text = Gathered::default();
        loop {
            let piece = xml.next()?;
            match &piece {
                Piece::Open(tag) if is(tag, "si") => text.clear(),
                Piece::Empty(tag) if is(tag, "si") => texts.push(&Gathered::default())?,
                Piece::Close(tag) if is_end(tag, "si") => texts.push(&text)?,
                Piece::End => return Ok(texts),
                Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) | Piece::Letters(_) | Piece::Other => {
                    text.take(&piece);
                }
            }
        }
    }

    fn push(&mut self, text: &Gathered) -> Result<(), AnnexAError> {
        if self.ends.len() >= MOST_SHARED_TEXTS {
            return Err(AnnexAError::TooLarge(format!("its cells share more than {MOST_SHARED_TEXTS} texts")));
        }
        if self.letters.len() + text.letters.len() > MOST_SHARED_BYTES {
            return Err(AnnexAError::TooLarge(format!(
                "the texts of its cells have more than {} MiB",
                MOST_SHARED_BYTES >> 20
            )));
        }
        // Both fit: the bounds above are below 2^32.
        if text.too_long {
            self.too_long.push(self.ends.len() as u32);
        } else {
            self.letters.push_str(&text.letters);
        }
        self.ends.push(self.letters.len() as u32);
        Ok(())
    }
}

/// A text as it is gathered from the pieces of one cell: plain, in several runs of letters, or with a reading aid in
/// another script, which is left out.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) letters: String,
    pub(super) too_long: bool,
    in_text: bool,
    in_reading_aid: bool,
}

impl Gathered {
    /// Empties it for the next cell, keeping its memory.
    pub(super) fn clear(&mut self) {
        self.letters.clear();
        self.too_long = false;
        self.in_text = false;
        self.in_reading_aid = false;
    }

    /// Takes what belongs to the text: the content of the `t` elements.
    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(tag) => self.enter(tag.local_name().as_ref(), true),
            Piece::Close(tag) => self.enter(tag.local_name().as_ref(), false),
            Piece::Letters(letters) if self.in_text && !self.in_reading_aid => self.push_str(letters),
            Piece::Letters(_) | Piece::Empty(_) | Piece::Other | Piece::End => {}
        }
    }

    fn enter(&mut self, name: &str, inside: bool) {
        match name {
            "t" => self.in_text = inside,
            "rPh" => self.in_reading_aid = inside,
            _ => {}
        }
    }

    /// Takes letters, whatever element they stand in.
    pub(super) fn push_str(&mut self, letters: &str) {
        if self.letters.len() + letters.len() > MOST_TEXT_BYTES {
            self.too_long = true;
            self.letters.clear();
        }
        if !self.too_long {
            self.letters.push_str(letters);
        }
    }
}
