//! The zip file around a workbook.

use std::cell::Cell;
use std::io::Cursor;
use std::rc::Rc;

use hashbrown::HashMap;
use zip::ZipArchive;

use super::xml::Xml;
use crate::annex_a::AnnexAError;
use crate::annex_a::bounds::{MOST_FILE_BYTES, MOST_PARTS, MOST_UNPACKED_BYTES};

/// The first bytes of Microsoft's compound file, which an old .xls is and a password makes of an .xlsx.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Stands before every entry of a zip file's directory.
const DIRECTORY_ENTRY: [u8; 4] = *b"PK\x01\x02";

/// The parts of a workbook.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Positions by name, in small letters and with slashes: names are found whatever their case.
    positions: HashMap<String, usize>,
    /// How many bytes may still be unpacked, over all parts.
    allowance: Rc<Cell<u64>>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, AnnexAError> {
        check_kind(bytes)?;
        // The directory is held in memory by the zip library, so its entries are counted before.
        let entries = bytes.windows(DIRECTORY_ENTRY.len()).filter(|window| *window == DIRECTORY_ENTRY).count();
        if entries > MOST_PARTS {
            return Err(AnnexAError::TooLarge(format!(
                "it has more than {MOST_PARTS} parts, where a workbook has some dozens"
            )));
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken("its zip directory cannot be read", &error))?;
        let mut positions = HashMap::new();
        for (position, name) in zip.file_names_raw().enumerate() {
            let name = String::from_utf8_lossy(name);
            positions.insert(normal_name(&name), position);
        }
        let package = Self { zip, positions, allowance: Rc::new(Cell::new(MOST_UNPACKED_BYTES)) };
        package.check_format()?;
        Ok(package)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.positions.contains_key(&normal_name(name))
    }

    /// The XML of a part; `None` where there is no such part.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<'_>>, AnnexAError> {
        let Some(position) = self.positions.get(&normal_name(name)) else {
            return Ok(None);
        };
        let part =
            self.zip.by_index(*position).map_err(|error| broken(&format!("its part {name} cannot be read"), &error))?;
        Ok(Some(Xml::new(name, part, Rc::clone(&self.allowance))))
    }

    fn check_format(&self) -> Result<(), AnnexAError> {
        let what = if self.has("xl/workbook.bin") {
            "it is a binary workbook (.xlsb); save it as .xlsx"
        } else if self.has("content.xml") && self.has("mimetype") {
            "it is an OpenDocument file (.ods); save it as .xlsx"
        } else if self.has("word/document.xml") || self.has("ppt/presentation.xml") {
            "it is another kind of Office document"
        } else if !self.has("_rels/.rels") && !self.has("xl/workbook.xml") {
            "it is a zip file without a workbook in it"
        } else {
            return Ok(());
        };
        Err(AnnexAError::NotAWorkbook(what))
    }
}

fn check_kind(bytes: &[u8]) -> Result<(), AnnexAError> {
    if bytes.len() as u64 > MOST_FILE_BYTES {
        return Err(AnnexAError::TooLarge(format!("the file has more than {} MiB", MOST_FILE_BYTES >> 20)));
    }
    let what = if bytes.is_empty() {
        "the file is empty"
    } else if bytes.starts_with(&COMPOUND_FILE) {
        "it is an old Excel file (.xls) or protected by a password; save it as .xlsx without one"
    } else if !bytes.starts_with(b"PK") {
        "it does not begin as one"
    } else {
        return Ok(());
    };
    Err(AnnexAError::NotAWorkbook(what))
}

fn normal_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

pub(super) fn broken(what: &str, error: &dyn std::error::Error) -> AnnexAError {
    AnnexAError::Broken(format!("{what} ({error})"))
}
