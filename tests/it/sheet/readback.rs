//! Printed pages read back with programs of others: what they say, where their words are, whether the file is sound.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use jiping::sheet::{pages::Pages, pdf::Conformance};
use tempfile::NamedTempFile;

/// Stands where a word may end a line, and is no part of it.
const MAY_BREAK: char = '\u{200B}';

/// A word on a page, with its box in points.
#[derive(Debug, Clone)]
pub struct Word {
    pub page: usize,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub text: String,
}

pub fn pdf(pages: &Pages) -> Vec<u8> {
    pages.pdf(Conformance::Tagged).expect("a PDF")
}

/// The text of each page, columns beside each other.
pub fn page_texts(pages: &Pages) -> Vec<String> {
    split_pages(&pdftotext(&pdf(pages), "-layout"))
}

/// The text of each page in the order in which it is drawn: cell by cell.
pub fn drawn_texts(pages: &Pages) -> Vec<String> {
    drawn_texts_of(&pdf(pages))
}

/// The same of a file.
pub fn drawn_texts_of(pdf: &[u8]) -> Vec<String> {
    split_pages(&pdftotext(pdf, "-raw"))
}

fn split_pages(text: &str) -> Vec<String> {
    let mut pages: Vec<String> = text.split('\u{C}').map(str::to_owned).collect();
    // A form feed ends each page.
    pages.pop();
    pages
}

/// All words with their boxes.
pub fn words(pages: &Pages) -> Vec<Word> {
    let mut page = None::<usize>;
    let mut words = Vec::new();
    for line in pdftotext(&pdf(pages), "-bbox").lines() {
        let line = line.trim();
        if line.starts_with("<page ") {
            page = Some(page.map_or(0, |page| page + 1));
        } else if let Some(word) = line.strip_prefix("<word ") {
            let (boxed, text) = word.split_once('>').expect("a word");
            let text = text.strip_suffix("</word>").expect("a word");
            words.push(Word {
                page: page.expect("words are on pages"),
                left: attribute(boxed, "xMin"),
                top: attribute(boxed, "yMin"),
                right: attribute(boxed, "xMax"),
                bottom: attribute(boxed, "yMax"),
                text: unescaped(text).replace(MAY_BREAK, ""),
            });
        }
    }
    words
}

fn attribute(boxed: &str, name: &str) -> f64 {
    let (_, rest) = boxed.split_once(&format!("{name}=\"")).expect(name);
    let (number, _) = rest.split_once('"').expect("a closing quote");
    number.parse().expect("a number")
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn pdftotext(pdf: &[u8], option: &str) -> String {
    let file = on_disk(pdf);
    let output = run(
        "pdftotext",
        "poppler-utils",
        &[option, "-enc", "UTF-8", path(file.path()), "-"],
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Fails unless the file is well-formed in every part.
pub fn assert_well_formed(pdf: &[u8]) {
    let file = on_disk(pdf);
    let output = run("qpdf", "qpdf", &["--check", path(file.path())]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("No syntax or stream encoding errors"),
        "{said}"
    );
}

/// The file's objects as text, unpacked, for looking up what it says of itself.
pub fn unpacked(pdf: &[u8]) -> String {
    let file = on_disk(pdf);
    let output = run(
        "qpdf",
        "qpdf",
        &["--qdf", "--object-streams=disable", path(file.path()), "-"],
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Fails unless the file brings all its fonts, and only what it uses of them. Returns their names.
pub fn assert_fonts_embedded(pdf: &[u8]) -> Vec<String> {
    let file = on_disk(pdf);
    let output = run("pdffonts", "poppler-utils", &[path(file.path())]);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let mut names = Vec::new();
    // Two lines of captions; at the end of each other line: embedded, subset, Unicode, object and generation.
    for line in said.lines().skip(2) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let flags = &columns[columns.len() - 5..columns.len() - 2];
        assert_eq!(flags, ["yes", "yes", "yes"], "{line}");
        names.push(columns[0].to_owned());
    }
    names
}

/// Width and height of each page as the file says them, in points.
pub fn media_boxes(pdf: &[u8]) -> Vec<[f64; 2]> {
    let text = unpacked(pdf);
    let boxes = text.split("/MediaBox [").skip(1).map(|rest| {
        let (numbers, _) = rest.split_once(']').expect("a box");
        let numbers: Vec<f64> = numbers
            .split_whitespace()
            .map(|number| number.parse().expect("a number"))
            .collect();
        assert_eq!(numbers[..2], [0.0, 0.0], "it begins in the corner");
        [numbers[2], numbers[3]]
    });
    boxes.collect()
}

/// A page as a printer without colours shows it.
pub struct Grey {
    pub width: usize,
    pub height: usize,
    /// From black to white, row by row.
    pub pixels: Vec<u8>,
}

/// Draws all pages in grey, with so many pixels per inch.
pub fn grey_pictures(pdf: &[u8], resolution: u32) -> Vec<Grey> {
    let file = on_disk(pdf);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let prefix = folder.path().join("page");
    let resolution = resolution.to_string();
    let arguments = ["-gray", "-r", &resolution, path(file.path()), path(&prefix)];
    run("pdftoppm", "poppler-utils", &arguments);
    let mut files: Vec<PathBuf> = fs::read_dir(folder.path())
        .expect("the folder exists")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files.iter().map(|file| grey_picture(file)).collect()
}

fn grey_picture(file: &Path) -> Grey {
    let bytes = fs::read(file).expect("a picture");
    // Four words, a white space after each: P5, width, height, the value of white.
    let mut rest = bytes.as_slice();
    let words: Vec<&str> = (0..4)
        .map(|_| {
            let end = rest.iter().position(u8::is_ascii_whitespace);
            let (word, behind) = rest.split_at(end.expect("a word"));
            rest = &behind[1..];
            std::str::from_utf8(word).expect("a word")
        })
        .collect();
    let [width, height] = [words[1], words[2]].map(|word| word.parse().expect("a number"));
    assert_eq!(
        (words[0], words[3], rest.len()),
        ("P5", "255", width * height)
    );
    Grey {
        width,
        height,
        pixels: rest.to_vec(),
    }
}

fn on_disk(bytes: &[u8]) -> NamedTempFile {
    let file = NamedTempFile::with_suffix(".pdf").expect("a temporary file");
    fs::write(file.path(), bytes).expect("is written");
    file
}

fn path(path: &Path) -> &str {
    path.to_str().expect("temporary files have plain names")
}

/// Runs a program that the tests need; a machine without it fails them.
fn run(program: &str, package: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| {
            panic!("{program} is missing ({error}): install Debian's package {package}")
        });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}");
    output
}
