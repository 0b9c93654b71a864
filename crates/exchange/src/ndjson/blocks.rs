//! Bytes in blocks of whole lines.

use super::LONGEST_LINE;
use flate2::read::MultiGzDecoder;
use std::io::{self, BufReader, Read};
use std::ops::Range;

/// How many bytes are read at a time: large enough to keep the checking threads busy, small against the memory that
/// the accepted events take.
const BLOCK: usize = 4 * 1024 * 1024;

/// The first two bytes of a gzip file (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What comes next.
pub(super) enum Block {
    /// Whole lines.
    Lines(Lines),
    /// A piece of a line that is longer than any that is accepted.
    Long(Piece),
}

/// Whole lines; the last may lack its newline at the end of the source.
pub(super) struct Lines {
    pub bytes: Vec<u8>,
    /// How many lines there are, blank ones included.
    pub count: u64,
}

impl Lines {
    fn of(bytes: Vec<u8>) -> Lines {
        let ended = memchr::memchr_iter(b'\n', &bytes).count() as u64;
        let open_end = bytes.last().is_some_and(|last| *last != b'\n');
        Lines { bytes, count: ended + u64::from(open_end) }
    }

    /// The lines that are not blank: the number within the block, from 1, and where they stand.
    pub fn places(&self) -> impl Iterator<Item = (u64, Range<usize>)> + '_ {
        let mut begin = 0;
        let ends = memchr::memchr_iter(b'\n', &self.bytes).chain([self.bytes.len()]);
        (1u64..).zip(ends).filter_map(move |(number, end)| {
            let place = begin..end;
            begin = end + 1;
            let blank = self.bytes.get(place.clone())?.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
            (!blank).then_some((number, place))
        })
    }
}

/// A piece of a line that is too long.
pub(super) struct Piece {
    pub bytes: Vec<u8>,
    /// Whether the line ends with it.
    pub ends_line: bool,
}

/// Reads a source, plain or gzipped, block by block.
pub(super) struct Blocks {
    reader: Box<dyn Read + Send>,
    /// Read already, and not given yet.
    rest: Vec<u8>,
    in_long_line: bool,
    ended: bool,
}

impl Blocks {
    pub fn of(mut source: Box<dyn Read + Send>) -> io::Result<Blocks> {
        let mut first = Vec::new();
        source.by_ref().take(GZIP.len() as u64).read_to_end(&mut first)?;
        let gzipped = first == GZIP;
        let whole = io::Cursor::new(first).chain(source);
        let reader: Box<dyn Read + Send> = if gzipped {
            Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, whole)))
        } else {
            Box::new(whole)
        };
        Ok(Blocks { reader, rest: Vec::new(), in_long_line: false, ended: false })
    }

    /// The next block; `progress` is told how many bytes of text were read for it.
    pub fn next(&mut self, progress: &mut dyn FnMut(u64)) -> io::Result<Option<Block>> {
        loop {
            let found = memchr::memrchr(b'\n', &self.rest);
            if self.in_long_line {
                if let Some(piece) = self.piece_of_long_line() {
                    return Ok(Some(Block::Long(piece)));
                }
            } else if let Some(last) = found {
                let rest = self.rest.split_off(last + 1);
                let lines = std::mem::replace(&mut self.rest, rest);
                return Ok(Some(Block::Lines(Lines::of(lines))));
            } else if self.rest.len() > LONGEST_LINE {
                self.in_long_line = true;
                continue;
            } else if self.ended {
                let lines = std::mem::take(&mut self.rest);
                return Ok((!lines.is_empty()).then(|| Block::Lines(Lines::of(lines))));
            }
            if !self.ended {
                self.fill(progress)?;
            }
        }
    }

    /// What is there of a line that is too long, up to its newline.
    fn piece_of_long_line(&mut self) -> Option<Piece> {
        match memchr::memchr(b'\n', &self.rest) {
            Some(end) => {
                let rest = self.rest.split_off(end + 1);
                let mut bytes = std::mem::replace(&mut self.rest, rest);
                bytes.pop();
                self.in_long_line = false;
                Some(Piece { bytes, ends_line: true })
            }
            None if self.ended => {
                self.in_long_line = false;
                Some(Piece { bytes: std::mem::take(&mut self.rest), ends_line: true })
            }
            None if !self.rest.is_empty() => Some(Piece { bytes: std::mem::take(&mut self.rest), ends_line: false }),
            None => None,
        }
    }

    fn fill(&mut self, progress: &mut dyn FnMut(u64)) -> io::Result<()> {
        self.rest.reserve(BLOCK);
        let read = self.reader.by_ref().take(BLOCK as u64).read_to_end(&mut self.rest)?;
        progress(read as u64);
        self.ended = read == 0;
        Ok(())
    }
}
