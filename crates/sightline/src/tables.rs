//! Answers as people read them: tables that fit the terminal, with colour only on a terminal.

mod explanation;
mod figures;
mod worklist;

pub use explanation::explanation;
pub use figures::figures;
pub use worklist::worklist;

use comfy_table::{Cell, Color, ContentArrangement, LineStyle, Table, TableStyle};
use exchange::answers::Refused;

/// A line under the header and no other.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// An empty table with a header.
fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        // Without styling, and as wide as the terminal all the same.
        let width = table.width();
        table.force_no_tty();
        if let Some(width) = width {
            table.set_width(width);
        }
    }
    table.set_header(header);
    table
}

/// A table as text that ends with a line end; without the blanks that fill its lines.
fn finished(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A cell in the colour of how good or bad it is.
fn coloured(text: impl ToString, color: Option<Color>) -> Cell {
    let cell = Cell::new(text);
    match color {
        Some(color) => cell.fg(color),
        None => cell,
    }
}

/// The lines that were refused.
pub fn quarantine(refused: &[Refused]) -> String {
    if refused.is_empty() {
        return "No line was refused.\n".to_owned();
    }
    let mut lines = table(&["Line", "Reason", "Field", "What was wrong"]);
    for Refused { line, refusal } in refused {
        let field = refusal.field.clone().unwrap_or_default();
        lines.add_row([line.to_string(), refusal.reason.as_str().to_owned(), field, refusal.detail.clone()]);
    }
    finished(&lines)
}
