//! Answers as JSON and CSV, in the form that others script against (command-line.md).

mod explanation;
mod figures;
mod json;
mod refused;
mod worklist;

pub use explanation::{Explained, explanation_json};
pub use figures::{figure_json, figures_csv, figures_json};
pub use json::decimal;
pub use refused::{Refused, refused_csv, refused_json};
pub use worklist::{worklist_csv, worklist_json, worklist_row_json};
