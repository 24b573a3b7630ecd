//! Compound files: the file system inside of an .xls. Every chain is followed for at most as many sectors as the file has
//! bytes for; what the header counts is not asked.

use std::collections::HashSet;

use super::bytes::{u16_at, u32_at};
use crate::exchange::error::ReadError;

const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Sector numbers from here on are marks: end of chain, free, and the like.
const MARKS: u32 = 0xFFFF_FFFA;

/// Streams below this size lie in the mini stream.
const MINI_CUTOFF: usize = 4096;

/// Bytes of a sector of the mini stream.
const MINI_SECTOR: usize = 64;

/// Bytes of the header, whatever the size of a sector.
const HEADER: usize = 512;

/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

/// A compound file.
pub(in crate::exchange) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

/// An entry of the directory.
struct Entry {
    name: String,
    kind: EntryKind,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    Stream,
    Root,
    Other,
}

impl<'b> Compound<'b> {
    /// Reads the tables and the directory.
    pub(in crate::exchange) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        if bytes.len() < HEADER || !bytes.starts_with(&SIGNATURE) {
            return Err(broken());
        }
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(broken()),
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        file.read_table();
        let at = |offset| u32_at(bytes, offset).unwrap_or(MARKS);
        let directory = file.chain(at(48), usize::MAX);
        file.entries = directory.chunks_exact(ENTRY).map(Entry::read).collect();
        let root = file.entries.first().ok_or_else(broken)?;
        if root.kind != EntryKind::Root {
            return Err(broken());
        }
        let (start, size) = (root.start, root.size);
        file.mini_stream = file.chain(start, size);
        file.mini_table = numbers(&file.chain(at(60), usize::MAX)).collect();
        Ok(file)
    }

    /// A stream by its name, in the topmost storage: workbooks that are embedded in this one have such streams too.
    pub(in crate::exchange) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        Some(match entry.size < MINI_CUTOFF {
            true => self.mini_chain(entry.start, entry.size),
            false => self.chain(entry.start, entry.size),
        })
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        let matches = |entry: &&Entry| {
            entry.kind == EntryKind::Stream && entry.name.eq_ignore_ascii_case(name)
        };
        // Some writers leave the tree empty; then the first of the name is taken.
        let top = self.topmost();
        top.into_iter()
            .find(matches)
            .or_else(|| self.entries.iter().find(matches))
    }

    /// The entries right below the root, from its tree.
    fn topmost(&self) -> Vec<&Entry> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open: Vec<u32> = self.entries.iter().take(1).map(|root| root.child).collect();
        while let Some(id) = open.pop() {
            let entry = usize::try_from(id).ok().and_then(|id| self.entries.get(id));
            if let Some(entry) = entry
                && seen.insert(id)
            {
                open.extend([entry.left, entry.right]);
                found.push(entry);
            }
        }
        found
    }

    /// How many sectors the file has bytes for; the last may be cut short.
    fn sectors(&self) -> usize {
        self.bytes
            .len()
            .saturating_sub(self.sector)
            .div_ceil(self.sector)
    }

    /// The bytes of a sector. The header takes the place of the first.
    fn sector(&self, id: u32) -> Option<&'b [u8]> {
        let from = usize::try_from(id)
            .ok()?
            .checked_add(1)?
            .checked_mul(self.sector)?;
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// Gathers the table of chains: its sectors are listed in the header, then in a chain of lists.
    fn read_table(&mut self) {
        let bound = self.sectors();
        let in_header = self.bytes.get(76..HEADER).unwrap_or_default();
        let mut parts: Vec<u32> = numbers(in_header).collect();
        let mut next = u32_at(self.bytes, 68).unwrap_or(MARKS);
        for _ in 0..bound {
            let Some(list) = self.sector(next).filter(|_| next < MARKS) else {
                break;
            };
            let mut listed: Vec<u32> = numbers(list).collect();
            next = listed.pop().unwrap_or(MARKS);
            parts.extend(listed);
            if parts.len() > bound {
                break;
            }
        }
        for part in parts.into_iter().filter(|id| *id < MARKS) {
            if self.table.len() >= bound {
                break;
            }
            // A table sector that is missing still takes its place.
            let found = self.sector(part).unwrap_or_default();
            self.table.extend(numbers(found));
        }
    }

    /// The bytes of a chain of sectors, at most `size`.
    fn chain(&self, start: u32, size: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut id = start;
        for _ in 0..self.sectors() {
            let Some(sector) = self.sector(id).filter(|_| id < MARKS && bytes.len() < size) else {
                break;
            };
            bytes.extend_from_slice(sector);
            id = following(&self.table, id);
        }
        bytes.truncate(size);
        bytes
    }

    /// The same in the mini stream.
    fn mini_chain(&self, start: u32, size: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut id = start;
        for _ in 0..MINI_CUTOFF / MINI_SECTOR {
            let from = usize::try_from(id)
                .unwrap_or(usize::MAX)
                .saturating_mul(MINI_SECTOR);
            let to = from.saturating_add(MINI_SECTOR).min(self.mini_stream.len());
            let Some(sector) = self.mini_stream.get(from..to) else {
                break;
            };
            bytes.extend_from_slice(sector);
            id = following(&self.mini_table, id);
        }
        bytes.truncate(size);
        bytes
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Self {
        let number = |at| u32_at(bytes, at).unwrap_or(MARKS);
        // The length counts bytes with the closing zero.
        let length = usize::from(u16_at(bytes, 64).unwrap_or(0)).saturating_sub(2);
        let units: Vec<u16> = bytes[..length.min(64)]
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        Self {
            name: String::from_utf16_lossy(&units),
            kind: match bytes.get(66) {
                Some(2) => EntryKind::Stream,
                Some(5) => EntryKind::Root,
                _ => EntryKind::Other,
            },
            left: number(68),
            right: number(72),
            child: number(76),
            start: number(116),
            size: usize::try_from(number(120)).unwrap_or(usize::MAX),
        }
    }
}

fn following(table: &[u32], id: u32) -> u32 {
    usize::try_from(id)
        .ok()
        .and_then(|id| table.get(id).copied())
        .unwrap_or(MARKS)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn broken() -> ReadError {
    ReadError::Broken("不是完整的 .xls 文件".to_owned())
}
