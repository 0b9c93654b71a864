//! What was refused.

use super::json::write_array;
use std::io::{self, Write};
use vocabulary::Refusal;

/// A refused line.
pub struct Refused {
    /// Its number, from 1 over all sources.
    pub line: u64,
    /// Why.
    pub refusal: Refusal,
}

/// Writes the refused lines as a JSON array.
pub fn refused_json(refused: &[Refused], out: &mut dyn Write) -> io::Result<()> {
    write_array(refused, out, |Refused { line, refusal }, object| {
        object
            .plain("line", line)
            .text("reason", refusal.reason.as_str())
            .maybe("field", refusal.field.as_ref())
            .text("detail", &refusal.detail);
    })
}

/// Writes the refused lines as CSV with a header.
pub fn refused_csv(refused: &[Refused], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["line", "reason", "field", "detail"])?;
    for Refused { line, refusal } in refused {
        let field = refusal.field.as_deref().unwrap_or_default();
        csv.write_record([line.to_string().as_str(), refusal.reason.as_str(), field, &refusal.detail])?;
    }
    csv.flush()
}
