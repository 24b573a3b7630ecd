//! Word documents, seen by other programs: python-docx reads them, LibreOffice prints them.

mod foreign_readers;
mod made;
mod review;
mod texts;

use std::{
    fs,
    io::{Cursor, Read as _},
    path::PathBuf,
};

use jiping::{
    model::{edition::Edition, project::Project},
    sheet::{
        booklet::Booklet,
        table::{Block, FormSheet},
        text::lines,
        word::{self, document::Document, form},
    },
};
use serde::Deserialize;
use tempfile::TempDir;

use super::{EDITIONS, TIME, edition_of, filled, first_project, names_in};
use crate::foreign::python;

/// What python-docx sees of a document.
#[derive(Debug, Deserialize)]
struct Seen {
    title: String,
    author: String,
    created: String,
    /// Orientation, width and height in twentieths of a point, width of the text, and whether pages are counted from 1.
    sections: Vec<(String, i64, i64, i64, bool)>,
    /// Style and text of the paragraphs outside of tables that have any text.
    paragraphs: Vec<(String, String)>,
    tables: Vec<SeenTable>,
    /// Author and text of comments.
    comments: Vec<(String, String)>,
    /// The instructions of all fields.
    fields: Vec<String>,
    /// The text of cells that have a comment, by the comment's number.
    commented: Vec<(usize, String)>,
}

#[derive(Debug, Deserialize)]
struct SeenTable {
    width: i64,
    ruled: bool,
    header_rows: usize,
    /// Left and right edge in thousandths of the width, first row, number of rows, text.
    cells: Vec<(i64, i64, usize, usize, String)>,
    /// By row: whether it stays whole, and whether it stays with the next.
    kept: Vec<(bool, bool)>,
}

/// What python-docx sees of these documents.
fn seen(documents: &[Document]) -> Vec<Seen> {
    let folder = TempDir::new().expect("a folder");
    let files: Vec<PathBuf> = documents
        .iter()
        .enumerate()
        .map(|(number, document)| {
            let path = folder.path().join(format!("{number}.docx"));
            fs::write(&path, bytes(document)).expect("is written");
            path
        })
        .collect();
    let files: Vec<&std::path::Path> = files.iter().map(PathBuf::as_path).collect();
    let printed = python(include_str!("word/seen.py"), &files);
    serde_json::from_str(&printed).expect("what the script prints")
}

fn bytes(document: &Document) -> Vec<u8> {
    word::write(document).expect("is written")
}

/// The text of a file in the package.
fn part(docx: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(docx)).expect("a package");
    let mut text = String::new();
    let mut part = package.by_name(name).expect("the part");
    part.read_to_string(&mut text).expect("UTF-8");
    text
}

fn official(sheets: impl IntoIterator<Item = FormSheet>) -> Document {
    form::document(&Booklet::official(sheets, TIME), &[]).expect("a document")
}

/// The samples, the forms of offices, and a filled form of every edition, each with its name.
fn forms() -> Vec<(String, Project, Edition)> {
    let mut forms = Vec::new();
    for folder in ["assets/samples", "tests/forms"] {
        for name in names_in(folder, ".jiping") {
            let project = first_project(&format!("{folder}/{name}.jiping"));
            let edition = edition_of(&project);
            forms.push((name, project, edition));
        }
    }
    for edition in EDITIONS.iter() {
        let project = filled::filled(edition, 3, filled::Points::Groups);
        forms.push((format!("filled {}", edition.id), project, edition.clone()));
    }
    forms
}

fn printed(text: &str) -> String {
    lines(text).join("\n")
}

/// Whether the block is drawn as a table.
fn is_table(block: &Block) -> bool {
    block.kind.is_ruled() || block.rows.iter().any(|row| row.cells.len() > 1)
}
