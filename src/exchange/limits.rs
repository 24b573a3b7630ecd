//! How much a reader takes from a file of other people. Measured on what is there, never on what a header says.

use std::time::Duration;

/// Bytes of a file at most (20 MB).
pub const FILE: usize = 20 << 20;
/// Entries of a package (.xlsx, .docx, .ods) at most.
pub const ENTRIES: usize = 2_000;
/// Bytes of one entry at most, unpacked and counted (64 MB).
pub const ENTRY: u64 = 64 << 20;
/// An entry unpacks to at most so many times its packed size, once it is past [`SMALL`].
pub const RATIO: u64 = 200;
/// Bytes of an entry that are let pass at any ratio (1 MB): a blank sheet packs very well.
pub const SMALL: u64 = 1 << 20;
/// Bytes of all entries that are read of one file, at most (160 MB).
pub const UNPACKED: u64 = 160 << 20;
/// Rows of a sheet at most.
pub const ROWS: u32 = 20_000;
/// Columns of a sheet at most.
pub const COLUMNS: u32 = 200;
/// Sheets, tables or forms of one file at most.
pub const SHEETS: usize = 200;
/// Cells with text of one file at most.
pub const CELLS: usize = 200_000;
/// Bytes of all texts of one file at most (32 MB).
pub const TEXT: usize = 32 << 20;
/// Bytes of one cell at most (256 KB); Excel itself holds 32,767 characters.
pub const CELL: usize = 256 << 10;
/// Depth of nested elements at most.
pub const DEPTH: usize = 128;
/// Pages of a PDF at most.
pub const PAGES: usize = 300;
/// How long one file may take.
pub const TIME: Duration = Duration::from_secs(5);
/// Bytes of memory that the reader in a process of its own may hold (256 MB).
pub const MEMORY: usize = 256 << 20;
