//! A process of the own program that reads what takes much at once, or with a parser that is not ours to bound (.xls, .xlsb,
//! .ods, .pdf): its memory is counted, its time is the parent's deadline, and whatever happens in it, the open document is
//! elsewhere.
//!
//! The parent ([`Apart`]) hands the file over as standard input and takes the answer from standard output, both files without
//! a name ([`Scratch`](crate::store::Scratch)): a pipe could fill up and would need a thread. The child ([`serve()`]) reads and
//! answers in JSON.

mod apart;
mod serve;

pub use apart::Apart;
pub use serve::serve;

use super::{
    error::ReadError,
    grid::Content,
    guard::Package,
    kind::Kind,
    old_workbook, open_document, pdf,
    watch::{Budget, Watch},
};

/// The first argument of a program that is to read a file apart; the second names its kind.
const ARGUMENT: &str = "--read-apart";

/// The kinds that are read apart, as they are called on the command line.
const KINDS: [(&str, Kind); 4] = [
    ("xls", Kind::OldWorkbook),
    ("xlsb", Kind::BinaryWorkbook),
    ("ods", Kind::OpenDocument),
    ("pdf", Kind::Pdf),
];

/// Reads a file elsewhere than in this process.
pub trait Aside {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// Why nothing was read.
    fn read(&self, kind: Kind, bytes: &[u8], watch: &dyn Watch) -> Result<Content, ReadError>;
}

/// Reads in this very process, with none of the walls: for tests and fuzzing, which want to see the readers' own faults.
#[derive(Debug, Clone, Copy, Default)]
pub struct Within;

impl Aside for Within {
    fn read(&self, kind: Kind, bytes: &[u8], watch: &dyn Watch) -> Result<Content, ReadError> {
        read_here(kind, bytes, watch)
    }
}

/// Reads a file of one of [`KINDS`].
fn read_here(kind: Kind, bytes: &[u8], watch: &dyn Watch) -> Result<Content, ReadError> {
    let budget = &mut Budget::new(watch);
    match kind {
        Kind::OldWorkbook | Kind::BinaryWorkbook => old_workbook::read(kind, bytes, budget),
        Kind::OpenDocument => open_document::read(Package::open(bytes)?, budget),
        Kind::Pdf => pdf::read(bytes, budget),
        other => Err(ReadError::Unreadable(other)),
    }
}
