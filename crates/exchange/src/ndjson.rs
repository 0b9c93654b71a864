//! Events as lines of JSON: what every export writes and every command reads.
//!
//! Lines are checked on as many threads as there are, and accepted in their order, so that of two events with one
//! (source, id) the earlier line is kept. Memory is bounded by the events that are accepted: lines are read in
//! blocks, and a line that is too long is passed on in pieces.

mod blocks;

use blocks::{Block, Blocks, Lines};
use calendar::Instant;
use engine::{Accepted, Offer};
use rayon::prelude::*;
use std::fmt;
use std::io::{self, Read};
use vocabulary::{Checker, Event, MOST_BYTES_PER_EVENT, Refusal};

/// Takes the lines that are refused, whole.
pub trait Quarantine {
    /// Takes bytes of a refused line; a long line comes in several pieces.
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Ends the line whose bytes came before: its number, counted from 1 over all sources, and why it was refused.
    fn refused(&mut self, line: u64, refusal: &Refusal) -> io::Result<()>;
}

/// One source of lines, by a name that people know it by.
pub struct Source {
    /// The name, for messages.
    pub name: String,
    /// The bytes, plain or gzipped.
    pub bytes: Box<dyn Read + Send>,
}

/// What was read.
#[derive(Default)]
pub struct Loaded {
    /// The events that were accepted.
    pub accepted: Accepted,
    /// How many lines there were, blank ones included.
    pub lines: u64,
    /// How many lines repeated an event with the same content.
    pub repeated: u64,
    /// How many lines were refused.
    pub refused: u64,
}

/// Reading failed; nothing that was read is to be relied on.
#[derive(Debug)]
pub enum ReadError {
    /// A source could not be read to its end.
    Source {
        /// Its name.
        name: String,
        /// After how many lines, over all sources.
        lines: u64,
        /// Why.
        error: io::Error,
    },
    /// A refused line could not be kept.
    Quarantine(io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Source { name, lines, .. } => write!(formatter, "{name} could not be read after line {lines}"),
            ReadError::Quarantine(_) => formatter.write_str("the refused lines could not be written"),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReadError::Source { error, .. } | ReadError::Quarantine(error) => Some(error),
        }
    }
}

impl Loaded {
    /// Reads on, after what was read before. `received` is when events without a `receivedtime` were received;
    /// `progress` is told the bytes as they are read.
    ///
    /// # Errors
    ///
    /// Where the source cannot be read to its end, or a refused line cannot be kept.
    pub fn read(
        &mut self,
        source: Source,
        received: Instant,
        quarantine: &mut dyn Quarantine,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), ReadError> {
        let mut reading = Reading { loaded: std::mem::take(self), long_line: 0, quarantine };
        let name = source.name.clone();
        let result = reading.source(source, received, progress).map_err(|error| match error {
            Failure::Read(error) => ReadError::Source { name, lines: reading.loaded.lines, error },
            Failure::Quarantine(error) => ReadError::Quarantine(error),
        });
        *self = reading.loaded;
        result
    }
}

/// The lines of a source as they are, block by block, for whoever checks them.
pub struct RawLines {
    blocks: Blocks,
    /// How many lines came before.
    lines: u64,
}

/// The next lines of a source.
pub enum RawBlock {
    /// Lines that are not blank: the bytes of all, and of each its number, counted from 1, and where it stands in them.
    Lines(Vec<u8>, Vec<(u64, std::ops::Range<usize>)>),
    /// A line that is longer than any that is accepted, whole, with its number.
    Long(u64, Vec<u8>),
}

impl RawLines {
    /// The lines of a source, plain or gzipped.
    ///
    /// # Errors
    ///
    /// Where its beginning cannot be read.
    pub fn of(source: Source) -> io::Result<RawLines> {
        Ok(RawLines { blocks: Blocks::of(source.bytes)?, lines: 0 })
    }

    /// The next lines; none: that was all. `progress` is told the bytes as they are read. A line of more than
    /// `longest` bytes is an error, as it is held in memory whole.
    ///
    /// # Errors
    ///
    /// Where the source cannot be read, or a line is too long to hold.
    pub fn next(&mut self, longest: usize, progress: &mut dyn FnMut(u64)) -> io::Result<Option<RawBlock>> {
        let mut long: Vec<u8> = Vec::new();
        loop {
            match self.blocks.next(progress)? {
                Some(Block::Lines(lines)) => {
                    let before = self.lines;
                    self.lines += lines.count;
                    let places = lines.places().map(|(line, place)| (before + line, place)).collect();
                    return Ok(Some(RawBlock::Lines(lines.bytes, places)));
                }
                Some(Block::Long(piece)) => {
                    long.extend_from_slice(&piece.bytes);
                    if long.len() > longest {
                        let line = self.lines + 1;
                        return Err(io::Error::other(format!("line {line} has more than {longest} bytes")));
                    }
                    if piece.ends_line {
                        self.lines += 1;
                        return Ok(Some(RawBlock::Long(self.lines, long)));
                    }
                }
                None => return Ok(None),
            }
        }
    }
}

/// Reads all sources as one. `received` is when events without a `receivedtime` were received; `progress` is told the
/// bytes as they are read.
pub fn read(
    sources: impl IntoIterator<Item = Source>,
    received: Instant,
    quarantine: &mut dyn Quarantine,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Loaded, ReadError> {
    let mut loaded = Loaded::default();
    for source in sources {
        loaded.read(source, received, quarantine, progress)?;
    }
    Ok(loaded)
}

enum Failure {
    Read(io::Error),
    Quarantine(io::Error),
}

struct Reading<'q> {
    loaded: Loaded,
    /// The bytes so far of a line that is too long.
    long_line: u64,
    quarantine: &'q mut dyn Quarantine,
}

/// A block whose lines have been checked.
struct Checked {
    lines: Lines,
    /// Per line that is not blank: its number within the block, where it stands, and what came of it.
    results: Vec<(u64, std::ops::Range<usize>, Result<Event, Refusal>)>,
}

impl Reading<'_> {
    /// Reads one source; while one block is accepted the next is read and checked.
    fn source(
        &mut self,
        source: Source,
        received: Instant,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), Failure> {
        let mut blocks = Blocks::of(source.bytes).map_err(Failure::Read)?;
        let mut pending: Option<Checked> = None;
        loop {
            let (next, accepted) = std::thread::scope(|scope| {
                let next = scope.spawn(|| {
                    let block = blocks.next(&mut *progress)?;
                    io::Result::Ok(match block {
                        Some(Block::Lines(lines)) => Next::Checked(check(lines, received)),
                        Some(Block::Long(piece)) => Next::Long(piece),
                        None => Next::End,
                    })
                });
                let accepted = pending.take().map_or(Ok(()), |checked| self.accept(checked));
                (next.join(), accepted)
            });
            accepted?;
            let next = next.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            match next.map_err(Failure::Read)? {
                Next::Checked(checked) => pending = Some(checked),
                Next::Long(piece) => self.long(&piece)?,
                Next::End => return Ok(()),
            }
        }
    }

    fn accept(&mut self, checked: Checked) -> Result<(), Failure> {
        for (line, place, result) in checked.results {
            let refusal = match result {
                Err(refusal) => refusal,
                Ok(event) => match self.loaded.accepted.offer(event) {
                    Offer::New => continue,
                    Offer::Repeated => {
                        self.loaded.repeated += 1;
                        continue;
                    }
                    Offer::Conflicting => Refusal::conflicting_id(),
                },
            };
            let bytes = checked.lines.bytes.get(place).unwrap_or_default();
            self.refuse(line + self.loaded.lines, &refusal, bytes).map_err(Failure::Quarantine)?;
        }
        self.loaded.lines += checked.lines.count;
        Ok(())
    }

    /// Passes a piece of a line that is too long to the quarantine.
    fn long(&mut self, piece: &blocks::Piece) -> Result<(), Failure> {
        self.quarantine.bytes(&piece.bytes).map_err(Failure::Quarantine)?;
        self.long_line += piece.bytes.len() as u64;
        if piece.ends_line {
            let refusal = Refusal::too_long(std::mem::take(&mut self.long_line));
            self.loaded.lines += 1;
            self.refuse(self.loaded.lines, &refusal, &[]).map_err(Failure::Quarantine)?;
        }
        Ok(())
    }

    fn refuse(&mut self, line: u64, refusal: &Refusal, bytes: &[u8]) -> io::Result<()> {
        self.loaded.refused += 1;
        self.quarantine.bytes(bytes)?;
        self.quarantine.refused(line, refusal)
    }
}

enum Next {
    Checked(Checked),
    Long(blocks::Piece),
    End,
}

fn check(lines: Lines, received: Instant) -> Checked {
    let places: Vec<(u64, std::ops::Range<usize>)> = lines.places().collect();
    let bytes = &lines.bytes;
    let results = places
        .into_par_iter()
        .with_min_len(64)
        .map_init(Checker::new, |checker, (line, place)| {
            let result = checker.check(bytes.get(place.clone()).unwrap_or_default(), received);
            (line, place, result)
        })
        .collect();
    Checked { lines, results }
}

/// The most bytes of one line that are ever held in memory.
pub(crate) const LONGEST_LINE: usize = MOST_BYTES_PER_EVENT;
