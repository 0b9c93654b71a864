//! `sightline quarantine`.

use crate::arguments::{Format, Quarantine};
use crate::output::{print, write};
use crate::{Outcome, source, tables};
use exchange::answers::{Refused, refused_csv, refused_json};
use exchange::ndjson;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use vocabulary::Refusal;

/// Lists the lines that were refused.
pub fn quarantine(arguments: &Quarantine) -> anyhow::Result<Outcome> {
    let file = arguments.sources.quarantine.as_ref().map(File::create).transpose()?.map(BufWriter::new);
    let mut list = List { refused: Vec::new(), file };
    source::load_with(&arguments.sources.sources, &mut list)?;
    if let Some(file) = &mut list.file {
        file.flush()?;
    }
    match arguments.format {
        Format::Json => write(|out| refused_json(&list.refused, out))?,
        Format::Csv => write(|out| refused_csv(&list.refused, out))?,
        Format::Table => print(&tables::quarantine(&list.refused))?,
    }
    Ok(if list.refused.is_empty() { Outcome::Done } else { Outcome::NotAll })
}

struct List {
    refused: Vec<Refused>,
    file: Option<BufWriter<File>>,
}

impl ndjson::Quarantine for List {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
    }

    fn refused(&mut self, line: u64, refusal: &Refusal) -> io::Result<()> {
        self.refused.push(Refused { line, refusal: refusal.clone() });
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(b"\n"))
    }
}
