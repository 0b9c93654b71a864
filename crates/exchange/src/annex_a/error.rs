use std::fmt;
use std::io;

/// Why a workbook cannot be read at all. What concerns single cells is a [`Problem`](super::Problem) instead.
#[derive(Debug)]
pub enum AnnexAError {
    /// The file cannot be opened or read.
    Io(io::Error),
    /// The file is no workbook of Excel's present format; the text says what it is.
    NotAWorkbook(&'static str),
    /// A bound of [`bounds`](super::bounds) is passed; the text says which and what to do.
    TooLarge(String),
    /// The file is damaged; the text says where.
    Broken(String),
    /// No sheet is one of the lists 1 to 9.
    NoLists,
    /// The date that the workbook is as at lies outside the years 1900 to 9999.
    AsAt(calendar::Date),
}

impl fmt::Display for AnnexAError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the workbook cannot be read: {error}"),
            Self::NotAWorkbook(what) => write!(f, "not an Excel workbook (.xlsx): {what}"),
            Self::TooLarge(what) => write!(f, "the workbook is too large: {what}"),
            Self::Broken(what) => write!(f, "the workbook is damaged: {what}"),
            Self::NoLists => {
                f.write_str("no sheet is one of the lists 1 to 9 of Annex A, neither by its name nor by its headers")
            }
            Self::AsAt(date) => write!(f, "{date} is no day that a workbook can be as at"),
        }
    }
}

impl std::error::Error for AnnexAError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::NotAWorkbook(_) | Self::TooLarge(_) | Self::Broken(_) | Self::NoLists | Self::AsAt(_) => None,
        }
    }
}

impl From<io::Error> for AnnexAError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
