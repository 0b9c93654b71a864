//! A workbook as rows of cells, read one row at a time so that memory does not grow with the file.
//!
//! Only what Annex A needs is read: the sheets' names, the shared texts, whether days count from 1904, and the cells
//! with their stored values. A formula is never computed; the value that was stored with it counts.

mod package;
mod sheet;
mod texts;
mod xml;

use smol_str::SmolStr;

pub(super) use sheet::SheetRows;

use crate::annex_a::AnnexAError;
use crate::annex_a::bounds::{MOST_FILE_BYTES, MOST_SHEETS};
use package::Package;
use texts::SharedTexts;
use xml::{Piece, attribute};

/// The value of a cell. Empty cells are not there at all.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A text, as it is stored.
    Text(SmolStr),
    /// A number; dates are numbers too.
    Number(f64),
    /// A logical value.
    Bool(bool),
    /// An error such as `#N/A`.
    Error(SmolStr),
    /// A formula whose value was not stored: written by a program that does not compute.
    NotComputed,
    /// A text too long to be kept.
    TooLong,
    /// Something that no workbook should hold; the text says what.
    Unreadable(&'static str),
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// The column, from 0.
    pub(super) column: u16,
    /// What stands in it.
    pub(super) value: Value,
}

/// An opened workbook.
pub(super) struct Workbook<'a> {
    package: Package<'a>,
    texts: SharedTexts,
    sheets: Vec<Sheet>,
    from_1904: bool,
}

struct Sheet {
    name: String,
    part: String,
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// Reads all bytes, no more of them than a workbook may have.
pub(super) fn read_all(source: impl std::io::Read) -> Result<Vec<u8>, AnnexAError> {
    use std::io::Read;
    let mut bytes = Vec::new();
    // One byte more, so that a file above the bound is seen to be so.
    source.take(MOST_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl<'a> Workbook<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, AnnexAError> {
        let mut package = Package::open(bytes)?;
        let main = main_part(&mut package)?;
        let folder = folder_of(&main);
        let relations = relations_of(&mut package, &main)?;
        let texts_part = relations
            .iter()
            .find(|relation| relation.kind.ends_with("/sharedStrings"))
            .map_or_else(|| format!("{folder}sharedStrings.xml"), |relation| resolve(folder, &relation.target));
        let texts = match package.xml(&texts_part)? {
            Some(xml) => SharedTexts::read(xml)?,
            None => SharedTexts::default(),
        };
        let mut workbook = Self { package, texts, sheets: Vec::new(), from_1904: false };
        workbook.read_main(&main, folder, &relations)?;
        Ok(workbook)
    }

    /// The sheets' names, in the workbook's order. Charts and other sheets without cells are left out.
    pub(super) fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|sheet| sheet.name.as_str())
    }

    /// Whether dates count from 1904, as they did on old Macs.
    pub(super) fn is_from_1904(&self) -> bool {
        self.from_1904
    }

    /// The rows of a sheet; none where the workbook names a sheet but does not hold it.
    pub(super) fn rows(&mut self, sheet: usize) -> Result<Option<SheetRows<'_>>, AnnexAError> {
        let Some(Sheet { name, part }) = self.sheets.get(sheet) else {
            return Ok(None);
        };
        let xml = self.package.xml(part)?;
        Ok(xml.map(|xml| SheetRows::new(name, xml, &self.texts)))
    }

    fn read_main(&mut self, main: &str, folder: &str, relations: &[Relation]) -> Result<(), AnnexAError> {
        let Some(mut xml) = self.package.xml(main)? else {
            return Err(AnnexAError::NotAWorkbook("it is a zip file without a workbook in it"));
        };
        loop {
            let piece = xml.next()?;
            let (Piece::Open(tag) | Piece::Empty(tag)) = &piece else {
                if matches!(piece, Piece::End) {
                    return Ok(());
                }
                continue;
            };
            match tag.local_name().as_ref() {
                "workbookPr" => {
                    // An extension has a tag of the same name without this attribute.
                    if let Some(value) = attribute(tag, "date1904") {
                        self.from_1904 = matches!(value.as_str(), "1" | "true");
                    }
                }
                "sheet" => {
                    let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id")) else {
                        continue;
                    };
                    let relation = relations.iter().find(|relation| relation.id == id);
                    let Some(relation) = relation.filter(|relation| relation.kind.ends_with("/worksheet")) else {
                        continue;
                    };
                    if self.sheets.len() >= MOST_SHEETS {
                        return Err(AnnexAError::TooLarge(format!("it has more than {MOST_SHEETS} sheets")));
                    }
                    self.sheets.push(Sheet { name, part: resolve(folder, &relation.target) });
                }
                _ => {}
            }
        }
    }
}

/// The part that is the workbook itself.
fn main_part(package: &mut Package<'_>) -> Result<String, AnnexAError> {
    let relations = read_relations(package, "_rels/.rels")?;
    let main = relations.iter().find(|relation| relation.kind.ends_with("/officeDocument"));
    Ok(main.map_or_else(|| "xl/workbook.xml".to_owned(), |main| resolve("", &main.target)))
}

fn relations_of(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, AnnexAError> {
    let folder = folder_of(part);
    let name = part.strip_prefix(folder).unwrap_or(part);
    read_relations(package, &format!("{folder}_rels/{name}.rels"))
}

fn read_relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, AnnexAError> {
    let mut relations = Vec::new();
    let Some(mut xml) = package.xml(part)? else {
        return Ok(relations);
    };
    loop {
        let piece = xml.next()?;
        let (Piece::Open(tag) | Piece::Empty(tag)) = &piece else {
            if matches!(piece, Piece::End) {
                return Ok(relations);
            }
            continue;
        };
        if tag.local_name().as_ref() != "Relationship" {
            continue;
        }
        let (id, kind, target) = (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"));
        if let (Some(id), Some(kind), Some(target)) = (id, kind, target) {
            // Each sheet has one, and a handful are for styles, themes and the like.
            if relations.len() > 4 * MOST_SHEETS {
                return Err(AnnexAError::TooLarge(format!("it has more than {MOST_SHEETS} sheets")));
            }
            relations.push(Relation { id, kind, target });
        }
    }
}

/// `xl/` of `xl/workbook.xml`.
fn folder_of(part: &str) -> &str {
    part.rfind('/').and_then(|slash| part.get(..=slash)).unwrap_or("")
}

/// A target as a name of the package: relative to the folder, or from the top where it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    let mut folder = folder.trim_end_matches('/');
    if let Some(from_the_top) = target.strip_prefix('/') {
        return from_the_top.to_owned();
    }
    let mut target = target.strip_prefix("./").unwrap_or(target);
    while let Some(from_above) = target.strip_prefix("../") {
        target = from_above;
        folder = folder.rfind('/').and_then(|slash| folder.get(..slash)).unwrap_or("");
    }
    if folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") }
}
