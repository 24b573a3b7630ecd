//! What the tests of readers share: packages as a program writes them, or as no program would, and who waits for them.

use std::io::{Cursor, Write};

use jiping::exchange::{
    child::Aside,
    error::ReadError,
    grid::{Content, Grid},
    kind::Kind,
    read::read,
    watch::{Unwatched, Watch},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// No process of its own: what would go there is refused.
pub struct Nowhere;

impl Aside for Nowhere {
    fn read(&self, kind: Kind, _: &[u8], _: &dyn Watch) -> Result<Content, ReadError> {
        Err(ReadError::Crashed(format!("{kind:?}")))
    }
}

/// A person who has changed their mind.
pub struct Cancelled;

impl Watch for Cancelled {
    fn stopped(&self) -> Option<ReadError> {
        Some(ReadError::Cancelled)
    }

    fn reached(&self, _: u32) {}
}

/// Reads a file as the program does.
pub fn read_file(bytes: &[u8]) -> Result<Content, ReadError> {
    read(bytes, "来件.xlsx", &Nowhere, &Unwatched)
}

/// A package of these entries.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer
            .start_file(*name, options)
            .expect("a package in memory");
        writer.write_all(content).expect("a package in memory");
    }
    writer.finish().expect("a package in memory").into_inner()
}

pub const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns:r="r"><sheets><sheet name="自评表" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

pub const RELATIONS: &str = r#"<Relationships>
<Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://x/styles" Target="styles.xml"/>
<Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>"#;

/// A workbook with one sheet, of which all is given but the outermost element, and other parts as given.
pub fn workbook(sheet: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    let mut entries = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    for (name, content) in others {
        entries.retain(|(own, _)| own != name);
        entries.push((name, content));
    }
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, content)| (*name, content.as_bytes()))
        .collect();
    zipped(&entries)
}

/// The texts of a grid by the names of their places.
pub fn texts(grid: &Grid) -> Vec<(String, &str)> {
    grid.cells
        .iter()
        .map(|cell| (cell.place.name(), cell.text.as_str()))
        .collect()
}
