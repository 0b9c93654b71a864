//! The rows of one sheet.

use quick_xml::events::BytesStart;
use smol_str::SmolStr;

use super::texts::{Gathered, Shared, SharedTexts};
use super::xml::{Piece, Xml, is, is_end};
use super::{Cell, Value};
use crate::annex_a::AnnexAError;
use crate::annex_a::bounds::{MOST_COLUMNS, MOST_ROWS};

/// The rows of a sheet, one after another.
pub(in crate::annex_a) struct SheetRows<'a> {
    name: &'a str,
    xml: Xml<'a>,
    texts: &'a SharedTexts,
    /// The number of the row read last, from 1.
    row: u32,
    text: Gathered,
}

/// The kind of a cell's value, its attribute `t`.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Untold,
    Shared,
    Inline,
    Computed,
    Bool,
    Error,
    Iso,
    Unknown,
}

/// What the pieces of a cell have told so far.
struct Told {
    kind: Kind,
    has_formula: bool,
    has_value: bool,
    in_value: bool,
}

impl<'a> SheetRows<'a> {
    pub(super) fn new(name: &'a str, xml: Xml<'a>, texts: &'a SharedTexts) -> Self {
        Self { name, xml, texts, row: 0, text: Gathered::default() }
    }

    /// How many bytes of the sheet have been unpacked.
    pub(in crate::annex_a) fn unpacked(&self) -> u64 {
        self.xml.unpacked()
    }

    /// Reads the next row that has a cell with something in it. Returns its number, from 1; `None` after the last.
    pub(in crate::annex_a) fn next(&mut self, cells: &mut Vec<Cell>) -> Result<Option<u32>, AnnexAError> {
        loop {
            let found = match self.xml.next()? {
                Piece::Open(tag) if is(&tag, "row") => Some((row_of(&tag), true)),
                Piece::Empty(tag) if is(&tag, "row") => Some((row_of(&tag), false)),
                Piece::Close(tag) if is_end(&tag, "sheetData") => return Ok(None),
                Piece::Empty(tag) if is(&tag, "sheetData") => return Ok(None),
                Piece::End => return Err(self.broken("ends before its last row")),
                Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) | Piece::Letters(_) | Piece::Other => None,
            };
            let Some((stated, has_cells)) = found else {
                continue;
            };
            self.row = match stated {
                Some(text) => text.parse().ok().filter(|row| (1..=MOST_ROWS).contains(row)),
                None => Some(self.row + 1).filter(|row| *row <= MOST_ROWS),
            }
            .ok_or_else(|| self.broken("has a row with an impossible number"))?;
            if has_cells {
                self.read_cells(cells)?;
                if !cells.is_empty() {
                    return Ok(Some(self.row));
                }
            }
        }
    }

    fn read_cells(&mut self, cells: &mut Vec<Cell>) -> Result<(), AnnexAError> {
        cells.clear();
        // The column that a cell without a reference has.
        let mut column = 0;
        loop {
            let (place, kind, has_content) = match self.xml.next()? {
                Piece::Open(tag) if is(&tag, "c") => {
                    let (place, kind) = cell_of(&tag);
                    (place, kind, true)
                }
                Piece::Empty(tag) if is(&tag, "c") => {
                    let (place, kind) = cell_of(&tag);
                    (place, kind, false)
                }
                Piece::Close(tag) if is_end(&tag, "row") => return Ok(()),
                Piece::End => return Err(self.broken("ends in the middle of a row")),
                Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) | Piece::Letters(_) | Piece::Other => continue,
            };
            column = match place {
                Place::Column(column) => column,
                Place::Next => column,
                Place::Impossible => return Err(self.broken("has a cell at an impossible place")),
            };
            let value = if has_content { self.read_value(kind)? } else { None };
            if column >= MOST_COLUMNS || cells.len() >= usize::from(MOST_COLUMNS) {
                return Err(self.broken("has a row with too many cells"));
            }
            if let Some(value) = value {
                cells.push(Cell { column, value });
            }
            column += 1;
        }
    }

    fn read_value(&mut self, kind: Kind) -> Result<Option<Value>, AnnexAError> {
        self.text.clear();
        let mut told = Told { kind, has_formula: false, has_value: false, in_value: false };
        loop {
            let piece = self.xml.next()?;
            match &piece {
                Piece::Open(tag) if is(tag, "v") => {
                    told.has_value = true;
                    told.in_value = kind != Kind::Inline;
                }
                Piece::Empty(tag) if is(tag, "v") => told.has_value = true,
                Piece::Open(tag) | Piece::Empty(tag) if is(tag, "f") => told.has_formula = true,
                Piece::Close(tag) if is_end(tag, "v") => told.in_value = false,
                Piece::Close(tag) if is_end(tag, "c") => return Ok(self.value(&told)),
                Piece::Letters(letters) if told.in_value => self.text.push_str(letters),
                Piece::End => break,
                Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) | Piece::Letters(_) | Piece::Other => {
                    if kind == Kind::Inline {
                        self.text.take(&piece);
                    }
                }
            }
        }
        Err(self.broken("ends in the middle of a cell"))
    }

    fn value(&self, told: &Told) -> Option<Value> {
        let text = self.text.letters.as_str();
        if self.text.too_long {
            return Some(Value::TooLong);
        }
        if text.is_empty() {
            // A formula may well have the empty text as its stored value; it then says so by its kind.
            let is_computed = told.has_value && told.kind == Kind::Computed;
            return (told.has_formula && !is_computed).then_some(Value::NotComputed);
        }
        Some(match told.kind {
            Kind::Shared => match text.trim().parse().map(|position| self.texts.get(position)) {
                Ok(Shared::Text("")) => return None,
                Ok(Shared::Text(text)) => Value::Text(SmolStr::new(text)),
                Ok(Shared::TooLong) => Value::TooLong,
                Ok(Shared::Absent) | Err(_) => Value::Unreadable("it names a text that the workbook does not hold"),
            },
            Kind::Inline | Kind::Computed | Kind::Iso => Value::Text(SmolStr::new(text)),
            Kind::Bool => match text.trim() {
                "1" | "true" => Value::Bool(true),
                "0" | "false" => Value::Bool(false),
                _ => Value::Unreadable("it is neither true nor false"),
            },
            Kind::Error => Value::Error(SmolStr::new(text)),
            Kind::Number | Kind::Untold => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(number),
                Ok(_) => Value::Unreadable("its number is out of bounds"),
                Err(_) if told.kind == Kind::Untold => Value::Text(SmolStr::new(text)),
                Err(_) => Value::Unreadable("it should be a number and is none"),
            },
            Kind::Unknown => Value::Unreadable("its value is of an unknown kind"),
        })
    }

    fn broken(&self, what: &str) -> AnnexAError {
        AnnexAError::Broken(format!("the sheet {:?} {what} (after row {})", self.name, self.row))
    }
}

/// Where a cell says that it stands.
enum Place {
    Column(u16),
    Next,
    Impossible,
}

fn row_of(tag: &BytesStart<'_>) -> Option<SmolStr> {
    let attribute = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == "r")?;
    Some(SmolStr::new(&attribute.value))
}

fn cell_of(tag: &BytesStart<'_>) -> (Place, Kind) {
    let (mut place, mut kind) = (Place::Next, Kind::Untold);
    for attribute in tag.attributes().with_checks(false).flatten() {
        match attribute.key.as_ref() {
            "r" => place = column_of(&attribute.value).map_or(Place::Impossible, Place::Column),
            "t" => kind = kind_of(&attribute.value),
            _ => {}
        }
    }
    (place, kind)
}

fn kind_of(text: &str) -> Kind {
    match text {
        "n" => Kind::Number,
        "s" => Kind::Shared,
        "inlineStr" => Kind::Inline,
        "str" => Kind::Computed,
        "b" => Kind::Bool,
        "e" => Kind::Error,
        "d" => Kind::Iso,
        _ => Kind::Unknown,
    }
}

/// The column, from 0, of a reference such as `AB12`.
fn column_of(reference: &str) -> Option<u16> {
    let letters = reference.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if letters.is_empty() || letters.len() > 3 || letters.len() == reference.len() {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        // At most 26 × (26² + 26 + 1), which fits.
        column = column * 26 + u16::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    (column <= MOST_COLUMNS).then(|| column - 1)
}
