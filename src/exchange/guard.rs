//! Packages (.xlsx, .docx, .ods) before any parser sees them: entries are counted, and unpacked bytes as they come.
//!
//! What a header says of sizes is neither a limit nor a reason to allocate: only bytes that were really read and really
//! unpacked count.

use std::{
    cell::Cell,
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom, Write as _},
    rc::Rc,
};

use memchr::memmem;
use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    error::{Excess, ReadError},
    limits,
};

/// A zip package that is opened with care.
pub struct Package<'b> {
    archive: ZipArchive<Meter<'b>>,
    /// In the order of the archive, with `/` between folders.
    names: Vec<String>,
    /// Those of them that are links, which some programs follow.
    links: Vec<usize>,
    /// Bytes that were unpacked so far, of all entries.
    unpacked: u64,
    /// Packed bytes that were read so far.
    packed: Rc<Cell<u64>>,
}

impl<'b> Package<'b> {
    /// Reads the list of entries: at most [`limits::ENTRIES`], no encrypted ones.
    ///
    /// # Errors
    ///
    /// Broken, protected or too many entries.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        refuse_claims(bytes)?;
        let packed = Rc::new(Cell::new(0));
        let meter = Meter {
            bytes: Cursor::new(bytes),
            read: Rc::clone(&packed),
        };
        let archive = ZipArchive::new(meter).map_err(broken_archive)?;
        if archive.len() > limits::ENTRIES {
            return Err(ReadError::TooLarge(Excess::Entries));
        }
        // Programs disagree on which of two entries of one name counts: what is read here might not be what is seen there.
        if archive.has_duplicate_names() {
            return Err(ReadError::Broken("压缩包内有重名的部件".to_owned()));
        }
        let mut names = Vec::with_capacity(archive.len());
        let mut links = Vec::new();
        for index in 0..archive.len() {
            let entry = archive.by_index_data(index).map_err(broken_archive)?;
            if entry.encrypted() {
                return Err(ReadError::Protected);
            }
            if entry.is_symlink() {
                links.push(index);
            }
            let name = entry.name().map_err(broken_archive)?;
            names.push(name.replace('\\', "/"));
        }
        Ok(Self {
            archive,
            names,
            links,
            unpacked: 0,
            packed,
        })
    }

    /// The names of entries that are links to somewhere else.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        let name = |index: &usize| self.names.get(*index).map(String::as_str);
        self.links.iter().filter_map(name)
    }

    /// The names of all entries.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there is an entry of this name (case does not count).
    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// The name that an entry has among [`Self::names`] (case does not count).
    pub fn own_name(&self, name: &str) -> Option<&str> {
        let at = self.index(name)?;
        self.names.get(at).map(String::as_str)
    }

    /// An entry, unpacked as it is read; `None` where there is none of this name (case does not count).
    /// The reader fails with an [`io::Error`] that carries a [`ReadError`] once the entry, its ratio or all that was read
    /// of the package is past the limits; [`ReadError::from`] an io error gets it out again.
    ///
    /// # Errors
    ///
    /// A broken entry.
    pub fn part(&mut self, name: &str) -> Result<Option<Box<dyn BufRead + '_>>, ReadError> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let before = self.packed.get();
        let entry = self.archive.by_index(index).map_err(broken_archive)?;
        let counted = Counted {
            source: entry,
            unpacked: 0,
            unpacked_of_all: &mut self.unpacked,
            packed: Rc::clone(&self.packed),
            packed_before: before,
        };
        Ok(Some(Box::new(BufReader::with_capacity(32 << 10, counted))))
    }

    /// The package with some entries changed: a new content, or none where the entry is to go. All others are copied as they
    /// are packed, in the same order. Names are as [`Self::names`] has them.
    ///
    /// # Errors
    ///
    /// A broken entry.
    pub fn rewritten(
        &mut self,
        changed: &BTreeMap<String, Option<Vec<u8>>>,
    ) -> Result<Vec<u8>, ReadError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (at, name) in self.names.iter().enumerate() {
            let entry = self.archive.by_index_raw(at).map_err(broken_archive)?;
            match changed.get(name) {
                None => writer.raw_copy_file(entry).map_err(broken_archive)?,
                Some(None) => {}
                Some(Some(content)) => {
                    let options = SimpleFileOptions::default()
                        .compression_method(CompressionMethod::Deflated)
                        .last_modified_time(entry.last_modified().unwrap_or_default());
                    writer
                        .start_file(name.as_str(), options)
                        .map_err(broken_archive)?;
                    writer.write_all(content)?;
                }
            }
        }
        let written = writer.finish().map_err(broken_archive)?;
        Ok(written.into_inner())
    }

    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.names
            .iter()
            .position(|own| own.trim_start_matches('/').eq_ignore_ascii_case(name))
    }
}

/// A zip64 record may claim any number of entries, and the archive's reader makes room for as many as it claims: a file of
/// 100 bytes could end the program. Every such record is looked at before.
fn refuse_claims(bytes: &[u8]) -> Result<(), ReadError> {
    let long = |at: usize| -> Option<u64> {
        let field = bytes.get(at..at.checked_add(8)?)?;
        field.try_into().ok().map(u64::from_le_bytes)
    };
    for at in memmem::find_iter(bytes, b"PK\x06\x06") {
        // The numbers of both disks are 0 in a record, and hardly ever where packed data looks like one by chance.
        let (Some(0), Some(here), Some(entries)) = (long(at + 16), long(at + 24), long(at + 32))
        else {
            continue;
        };
        if here.max(entries) > limits::ENTRIES as u64 {
            return Err(ReadError::TooLarge(Excess::Entries));
        }
    }
    Ok(())
}

/// The bytes of the package; counts what is read of them.
struct Meter<'b> {
    bytes: Cursor<&'b [u8]>,
    read: Rc<Cell<u64>>,
}

impl Read for Meter<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.read.set(self.read.get().saturating_add(read as u64));
        Ok(read)
    }
}

impl Seek for Meter<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(position)
    }
}

/// One entry; fails once too much came out of it.
struct Counted<'p, R> {
    source: R,
    unpacked: u64,
    unpacked_of_all: &'p mut u64,
    packed: Rc<Cell<u64>>,
    packed_before: u64,
}

impl<R> Counted<'_, R> {
    fn excess(&self) -> Option<Excess> {
        let packed = self.packed.get().saturating_sub(self.packed_before);
        if self.unpacked > limits::ENTRY {
            Some(Excess::Entry)
        } else if self.unpacked > limits::SMALL
            && self.unpacked > packed.saturating_mul(limits::RATIO)
        {
            Some(Excess::Ratio)
        } else if *self.unpacked_of_all > limits::UNPACKED {
            Some(Excess::Unpacked)
        } else {
            None
        }
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.unpacked = self.unpacked.saturating_add(read as u64);
        *self.unpacked_of_all = self.unpacked_of_all.saturating_add(read as u64);
        match self.excess() {
            Some(excess) => Err(io::Error::other(ReadError::TooLarge(excess))),
            None => Ok(read),
        }
    }
}

fn broken_archive(error: ZipError) -> ReadError {
    match error {
        ZipError::Io(error) => ReadError::from(error),
        ZipError::CompressionMethodNotSupported(_) => {
            ReadError::Broken("压缩包使用了不常见的压缩方式".to_owned())
        }
        _ => ReadError::Broken("压缩包的目录读不出来".to_owned()),
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        carried(&error)
    }
}

/// What an error of a part's reader says: the [`ReadError`] that it carries, or else that the part is broken.
pub(super) fn carried(error: &io::Error) -> ReadError {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<ReadError>())
        .cloned()
        .unwrap_or_else(|| ReadError::Broken("压缩的数据解不开".to_owned()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn read(package: &mut Package, name: &str) -> Result<usize, ReadError> {
        let mut part = package.part(name)?.unwrap();
        let mut all = Vec::new();
        part.read_to_end(&mut all)?;
        Ok(all.len())
    }

    #[test]
    fn parts_are_found_by_name_without_case_and_read_again() {
        let bytes = package(&[("xl\\A.xml", b"<a/>"), ("b", b"")]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(package.names().collect::<Vec<_>>(), ["xl/A.xml", "b"]);
        assert!(package.has("/XL/a.xml") && !package.has("c"));
        assert!(package.part("c").unwrap().is_none());
        for _ in 0..2 {
            assert_eq!(read(&mut package, "xl/a.xml"), Ok(4));
        }
    }

    #[test]
    fn unpacked_bytes_are_counted_by_ratio_entry_and_package() {
        let zeros = vec![0; 4 << 20];
        let bytes = package(&[("zeros", &zeros)]);
        let mut opened = Package::open(&bytes).unwrap();
        assert_eq!(
            read(&mut opened, "zeros"),
            Err(ReadError::TooLarge(Excess::Ratio))
        );

        let blank = vec![b' '; 1 << 20];
        let bytes = package(&[("blank", &blank)]);
        let mut opened = Package::open(&bytes).unwrap();
        let reads = limits::UNPACKED >> 20;
        for _ in 0..reads {
            assert_eq!(read(&mut opened, "blank"), Ok(1 << 20));
        }
        assert_eq!(
            read(&mut opened, "blank"),
            Err(ReadError::TooLarge(Excess::Unpacked))
        );
    }

    #[test]
    fn an_entry_that_packs_badly_is_bounded_by_its_size() {
        let counted = Counted {
            source: io::repeat(b' '),
            unpacked: 0,
            unpacked_of_all: &mut 0,
            packed: Rc::new(Cell::new(limits::ENTRY)),
            packed_before: 0,
        };
        let mut reader = BufReader::with_capacity(1 << 20, counted);
        let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
        assert_eq!(ReadError::from(error), ReadError::TooLarge(Excess::Entry));
    }

    #[test]
    fn a_record_that_claims_a_billion_entries_is_refused_before_anybody_makes_room() {
        let mut bytes = Vec::new();
        let entries = (1_u64 << 40).to_le_bytes();
        bytes.extend(b"PK\x01\x02");
        let record = bytes.len() as u64;
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([45, 0, 45, 0]);
        bytes.extend([0; 8]);
        bytes.extend(entries);
        bytes.extend(entries);
        bytes.extend((1_u64 << 50).to_le_bytes());
        bytes.extend((1_u64 << 41).to_le_bytes());
        bytes.extend(b"PK\x06\x07");
        bytes.extend([0; 4]);
        bytes.extend(record.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(b"PK\x05\x06");
        bytes.extend([0; 4]);
        bytes.extend([0xff; 12]);
        bytes.extend([0; 2]);
        let refused = Package::open(&bytes).map(|_| ());
        assert_eq!(refused, Err(ReadError::TooLarge(Excess::Entries)));
    }
}
