//! Old workbooks made by hand: records, streams, compound files and packages.

use super::super::packages::zipped;

/// Bytes of a sector.
const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;

/// A compound file with one stream in its root, of at most some 6 MB.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    // Shorter streams would lie in the mini stream.
    let sectors = stream.len().max(4096).div_ceil(SECTOR);
    let tables = (1..)
        .find(|tables| tables * SECTOR / 4 > tables + sectors)
        .expect("some number of tables is enough");
    let directory = tables as u32;
    let mut file = vec![0; SECTOR];
    file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    put(&mut file, 24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(&mut file, 44, &(tables as u32).to_le_bytes());
    put(&mut file, 48, &directory.to_le_bytes());
    put(&mut file, 56, &4096_u32.to_le_bytes());
    put(&mut file, 60, &END.to_le_bytes());
    put(&mut file, 68, &END.to_le_bytes());
    for at in 0..109 {
        let id = if at < tables { at as u32 } else { FREE };
        put(&mut file, 76 + 4 * at, &id.to_le_bytes());
    }
    let mut table = vec![TABLE; tables];
    table.push(END);
    let first = directory + 1;
    table.extend((1..sectors as u32).map(|next| first + next));
    table.push(END);
    table.resize(tables * SECTOR / 4, FREE);
    file.extend(table.iter().flat_map(|id| id.to_le_bytes()));
    file.extend(entry("Root Entry", 5, 1, END, 0));
    file.extend(entry(name, 2, FREE, first, sectors * SECTOR));
    file.resize(SECTOR * (1 + first as usize), 0);
    file.extend_from_slice(stream);
    file.resize(SECTOR * (1 + first as usize + sectors), 0);
    file
}

fn entry(name: &str, kind: u8, child: u32, start: u32, size: usize) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    put(&mut entry, 0, &units);
    put(&mut entry, 64, &(units.len() as u16 + 2).to_le_bytes());
    entry[66] = kind;
    for (at, id) in [(68, FREE), (72, FREE), (76, child), (116, start)] {
        put(&mut entry, at, &id.to_le_bytes());
    }
    put(&mut entry, 120, &(size as u32).to_le_bytes());
    entry
}

/// Overwrites bytes.
pub fn put(bytes: &mut [u8], at: usize, new: &[u8]) {
    bytes[at..at + new.len()].copy_from_slice(new);
}

/// A record of an .xls; one that is too long is cut and continued.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    assert!(data.len() <= 8224, "a record holds so much");
    let length = data.len() as u16;
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// Little-endian words.
pub fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// The stream of a workbook of Excel 97: what it says before its sheets, then each sheet with its name and state.
pub fn excel_97(globals: &[u8], sheets: &[(&str, u8, Vec<u8>)]) -> Vec<u8> {
    stream(0x0600, globals, sheets, |name| {
        let units: Vec<u16> = name.encode_utf16().collect();
        [vec![units.len() as u8, 1], words(&units)].concat()
    })
}

/// The same of Excel 5, names in GBK.
pub fn excel_5(globals: &[u8], sheets: &[(&str, u8, Vec<u8>)]) -> Vec<u8> {
    stream(0x0500, globals, sheets, |name| {
        let name = encoding_rs::GBK.encode(name).0;
        [&[name.len() as u8], &*name].concat()
    })
}

fn stream(
    version: u16,
    globals: &[u8],
    sheets: &[(&str, u8, Vec<u8>)],
    named: impl Fn(&str) -> Vec<u8>,
) -> Vec<u8> {
    let opening = |what| record(0x0809, &words(&[version, what, 0, 0]));
    let end = record(0x000A, &[]);
    let listed = |starts: &[usize]| -> Vec<u8> {
        let listed = sheets
            .iter()
            .zip(starts)
            .flat_map(|((name, state, _), start)| {
                let start = (*start as u32).to_le_bytes();
                record(0x0085, &[&start[..], &[*state, 0], &named(name)].concat())
            });
        listed.collect()
    };
    let before = |starts: &[usize]| [&opening(5), globals, &listed(starts), &end].concat();
    let mut starts = vec![0; sheets.len()];
    let mut start = before(&starts).len();
    let mut bodies = Vec::new();
    for (at, (_, _, body)) in sheets.iter().enumerate() {
        starts[at] = start;
        let body = [&opening(0x10), &body[..], &end].concat();
        start += body.len();
        bodies.extend(body);
    }
    [before(&starts), bodies].concat()
}

/// A record of an .xlsb.
pub fn part_record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = match kind {
        0..0x80 => vec![kind as u8],
        _ => vec![kind as u8 | 0x80, (kind >> 7) as u8],
    };
    let mut length = data.len();
    loop {
        let more = length > 0x7F;
        bytes.push((length & 0x7F) as u8 | if more { 0x80 } else { 0 });
        length >>= 7;
        if !more {
            break;
        }
    }
    bytes.extend_from_slice(data);
    bytes
}

/// A text with its length before it, as in an .xlsb.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [(units.len() as u32).to_le_bytes().to_vec(), words(&units)].concat()
}

/// A package.
pub fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let entries = parts
        .iter()
        .map(|(name, content)| (*name, content.as_slice()));
    zipped(&entries.collect::<Vec<_>>())
}
