//! The one door: bytes of any kind become [`Content`].

use std::time::Instant;

use super::{
    child::Aside,
    encoding,
    error::{Excess, ReadError},
    grid::Content,
    guard::Package,
    kind::Kind,
    limits, text,
    watch::{Budget, Watch},
    word, workbook,
};

/// Reads a file of any kind. Kinds whose parsers hold the whole file go to `aside`.
///
/// # Errors
///
/// Why nothing was read.
pub fn read(
    bytes: &[u8],
    name: &str,
    aside: &dyn Aside,
    watch: &dyn Watch,
) -> Result<Content, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits::FILE {
        return Err(ReadError::TooLarge(Excess::File));
    }
    let limited = Limited::new(watch);
    let mut budget = Budget::new(&limited);
    budget.go_on()?;
    let content = match Kind::of(bytes, name) {
        Kind::Workbook => workbook::read(Package::open(bytes)?, &mut budget),
        Kind::Word => word::read(Package::open(bytes)?, &mut budget),
        Kind::Text => read_text(bytes, name, &mut budget),
        kind @ (Kind::OldWorkbook | Kind::BinaryWorkbook | Kind::OpenDocument | Kind::Pdf) => {
            aside.read(kind, bytes, &limited)
        }
        Kind::Encrypted => Err(ReadError::Protected),
        // Nothing of an office's file can be found in it any more.
        Kind::Archive if is_called_a_package(name) => Err(ReadError::Broken("文件目录".into())),
        kind => Err(ReadError::Unreadable(kind)),
    }?;
    finished(content)
}

/// Reads a workbook or Word document that is to be filled in: blank cells are kept where they tell how far they reach.
///
/// # Errors
///
/// Why nothing was read.
pub fn read_template(bytes: &[u8], kind: Kind, watch: &dyn Watch) -> Result<Content, ReadError> {
    if bytes.len() > limits::FILE {
        return Err(ReadError::TooLarge(Excess::File));
    }
    let limited = Limited::new(watch);
    let mut budget = Budget::new(&limited).with_blanks();
    let content = match kind {
        Kind::Workbook => workbook::read(Package::open(bytes)?, &mut budget),
        Kind::Word => word::read(Package::open(bytes)?, &mut budget),
        kind => Err(ReadError::Unreadable(kind)),
    }?;
    finished(content)
}

/// Whether a file has the name of one that is a package inside.
fn is_called_a_package(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    ["docx", "xlsx", "xlsm", "xlsb", "ods"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Reads what was pasted: HTML tables of a workbook do not come this way, only plain text.
///
/// # Errors
///
/// Why nothing was read.
pub fn read_pasted(text: &str, watch: &dyn Watch) -> Result<Content, ReadError> {
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if text.len() > limits::FILE {
        return Err(ReadError::TooLarge(Excess::File));
    }
    let limited = Limited::new(watch);
    finished(text::read(text, "", &mut Budget::new(&limited))?)
}

fn read_text(bytes: &[u8], name: &str, budget: &mut Budget) -> Result<Content, ReadError> {
    let (decoded, encoding) = encoding::decode(bytes);
    let mut content = text::read(&decoded, name, budget)?;
    content.remarks.extend(encoding::remark(encoding));
    Ok(content)
}

/// Where nothing but remarks came out of a file (its sheets are hidden), they say why.
fn finished(content: Content) -> Result<Content, ReadError> {
    let is_blank = content.grids.iter().all(|grid| grid.cells.is_empty());
    if is_blank && content.remarks.is_empty() {
        return Err(ReadError::NoTable);
    }
    Ok(content)
}

/// A watch that also stops after [`limits::TIME`].
pub(super) struct Limited<'w> {
    watch: &'w dyn Watch,
    since: Instant,
}

impl<'w> Limited<'w> {
    pub(super) fn new(watch: &'w dyn Watch) -> Self {
        Self {
            watch,
            since: Instant::now(),
        }
    }
}

impl Watch for Limited<'_> {
    fn stopped(&self) -> Option<ReadError> {
        self.watch.stopped().or_else(|| {
            let is_late = self.since.elapsed() > limits::TIME;
            is_late.then(|| ReadError::TooSlow(limits::TIME.as_secs()))
        })
    }

    fn reached(&self, thousandths: u32) {
        self.watch.reached(thousandths);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::watch::Unwatched;

    /// Says by which kind it was called.
    struct Telling;

    impl Aside for Telling {
        fn read(&self, kind: Kind, _: &[u8], _: &dyn Watch) -> Result<Content, ReadError> {
            Err(ReadError::Crashed(format!("{kind:?}")))
        }
    }

    #[test]
    fn a_reader_has_so_much_time_and_no_more() {
        let watch = Limited::new(&Unwatched);
        assert_eq!(watch.stopped(), None);
        let past = limits::TIME + std::time::Duration::from_secs(1);
        let late = Limited {
            since: Instant::now().checked_sub(past).unwrap(),
            ..watch
        };
        assert_eq!(late.stopped(), Some(ReadError::TooSlow(5)));
    }

    #[test]
    fn what_is_read_elsewhere_goes_there_and_what_is_not_read_is_named() {
        let read = |bytes: &[u8]| read(bytes, "a", &Telling, &Unwatched);
        let elsewhere = ReadError::Crashed("Pdf".to_owned());
        assert_eq!(read(b"%PDF-1.7"), Err(elsewhere));
        for (bytes, kind) in [
            (b"{\\rtf1".as_slice(), Kind::OtherText),
            (b"\x89PNG", Kind::Picture),
            (b"<html>", Kind::Web),
        ] {
            assert_eq!(read(bytes), Err(ReadError::Unreadable(kind)));
        }
        assert_eq!(read(b""), Err(ReadError::Empty));
        assert_eq!(read_pasted(" \n", &Unwatched), Err(ReadError::Empty));
    }
}
