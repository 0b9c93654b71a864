//! What a workbook may cost. Every bound is far above the largest council's workbook and is there so that a broken
//! or hostile file ends in a sentence, not in a machine without memory.

/// Bytes of the file itself. The workbooks of the largest councils have some ten megabytes; the file is held in
/// memory while it is read.
pub const MOST_FILE_BYTES: u64 = 64 << 20;

/// Parts inside the file. A workbook has some ten, and one or two more per sheet; the directory of parts is held in
/// memory.
pub const MOST_PARTS: usize = 4_096;

/// Bytes that all parts together unpack to. Nothing of it is held: this bounds the time. It leaves room for eleven
/// sheets with all of Excel's 1,048,576 rows written out but empty.
pub const MOST_UNPACKED_BYTES: u64 = 1 << 30;

/// Bytes of one tag or one text between tags. A cell holds at most 32,767 characters.
pub const MOST_PIECE_BYTES: u64 = 1 << 20;

/// Sheets that are looked at.
pub const MOST_SHEETS: usize = 256;

/// Different texts that the cells share.
pub const MOST_SHARED_TEXTS: usize = 2_000_000;

/// Bytes of all shared texts together, which are held while the sheets are read.
pub const MOST_SHARED_BYTES: usize = 64 << 20;

/// Bytes of one cell's text. What is longer cannot be a code, a name, a date or an identifier; it is not kept.
pub const MOST_TEXT_BYTES: usize = 1_000;

/// Rows of a sheet, as Excel has them.
pub const MOST_ROWS: u32 = 1_048_576;

/// Columns of a sheet, as Excel has them; also the cells that one row may have.
pub const MOST_COLUMNS: u16 = 16_384;

/// Rows with a child, in all lists together. The largest council has about half as many.
pub const MOST_LIST_ROWS: usize = 200_000;

/// Rows about one child, in all lists together. They are compared with one another; no child has a tenth as many.
pub const MOST_ROWS_OF_CHILD: u32 = 200;

/// Facts that all rows together state.
pub const MOST_FACTS: usize = 500_000;

/// Cells that are reported one by one; more are counted.
pub const MOST_PROBLEMS: usize = 100_000;

/// Rows at the head of a sheet among which its headers are looked for. Title rows and notes stand above them.
pub const HEADER_ROWS: usize = 30;

/// Bytes of the head of a sheet in which its headers are looked for.
pub const HEADER_BYTES: u64 = 4 << 20;

/// How deep tags may stand inside one another; those of a workbook do so some ten times.
pub const MOST_DEPTH: usize = 64;
