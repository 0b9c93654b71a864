//! What could not be used, cell by cell.

use std::fmt;

use vocabulary::Text;

use super::bounds::MOST_PROBLEMS;

/// A cell that could not be used, and why. The rest of its row was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// Why it could not be used.
    pub reason: String,
}

/// Where a cell stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The sheet's name.
    pub sheet: Text,
    /// The number of the row, from 1, as Excel shows it.
    pub row: u32,
    /// The column, from 0.
    pub column: u16,
    /// What the column is called in this workbook.
    pub header: Text,
}

/// `List 7 row 5, column D (Date of Birth): "soon" is no date`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { sheet, row, column, header } = &self.place;
        write!(f, "{sheet} row {row}, column {} ({header}): {}", column_letters(*column), self.reason)
    }
}

/// `A` for 0, `AB` for 27.
pub(super) fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The problems found so far.
#[derive(Default)]
pub(super) struct Problems {
    pub(super) listed: Vec<Problem>,
    /// How many more there were than are listed.
    pub(super) unlisted: usize,
}

impl Problems {
    pub(super) fn add(&mut self, place: Place, reason: String) {
        if self.listed.len() < MOST_PROBLEMS {
            self.listed.push(Problem { place, reason });
        } else {
            self.unlisted += 1;
        }
    }
}
