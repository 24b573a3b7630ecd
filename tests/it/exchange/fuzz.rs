//! Files that nobody made on purpose: every file of the corpus, broken in bytes, in the parts of its package and as a grid, is
//! refused in words or becomes forms that hold together. Nothing panics, nothing goes on for ever.
//!
//! The cases are the same in every run; `PROPTEST_CASES` asks for more of them, as everywhere, and `JIPING_CASE=bytes:17`
//! (or parts, grid) for one alone.

use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Instant,
};

use jiping::{
    exchange::{
        child::Within,
        grid::{Cell, Columns, Content, Grid},
        limits, read,
        recognise::{self, File, Recognised, Wishes},
        watch::Unwatched,
    },
    model::{id::CountedIds, project::Project},
    store::editions::EditionShelf,
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::forms;

/// How many cases of each kind there are unless more are asked for.
const CASES: u64 = 256;

/// Numbers that are the same in every run: SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        of.get(self.below(of.len()))
    }
}

/// Runs the cases of one kind, each with dice of its own, and names the one that fails.
fn every_case(kind: &str, seed: u64, case: impl Fn(&mut Dice)) {
    let more = std::env::var("PROPTEST_CASES").ok();
    let cases = more.and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let only = std::env::var("JIPING_CASE").ok();
    for number in 0..cases {
        let name = format!("{kind}:{number}");
        if only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        let begun = Instant::now();
        let mut dice = Dice(seed ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03));
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| case(&mut dice))) {
            eprintln!("again by JIPING_CASE={name}");
            std::panic::resume_unwind(panic);
        }
        // Tests are built without optimisation and share the machine.
        let taken = begun.elapsed();
        assert!(taken < limits::TIME * 4, "{name} took {taken:?}");
    }
}

/// The files of the corpus with their names.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let bytes = fs::read(forms::folder().join(&name)).expect("a file");
        (name, bytes)
    };
    forms::names().into_iter().map(read).collect()
}

/// Reads and recognises; whatever comes of it must hold together.
fn take(bytes: &[u8], name: &str) {
    match read::read(bytes, name, &Within, &Unwatched) {
        Ok(content) => holds_together(content, name),
        Err(error) => assert!(!error.to_string().is_empty(), "{name}: {error:?}"),
    }
}

fn holds_together(content: Content, name: &str) {
    let content = Arc::new(content);
    let file = File {
        name: name.to_owned(),
        content: Arc::clone(&content),
    };
    let shelf = EditionShelf::built_in();
    let Recognised { forms, report, .. } =
        recognise::recognise(&[file], &shelf, &Wishes::default(), &mut CountedIds(0));
    for form in &forms {
        let written = serde_json::to_string(&form.project).expect("JSON");
        let again: Project = serde_json::from_str(&written).expect("a project");
        assert!(again == form.project, "{name}: {written}");
        let problems = form.edition.problems();
        assert!(problems.is_empty(), "{name}: {problems:?}");
    }
    for entry in &report.entries {
        let grid = content.grids.get(entry.source.grid);
        let there = entry.source.place.is_none_or(|place| {
            grid.is_some_and(|grid| place.row < grid.height() && place.column < grid.width())
        });
        assert!(entry.source.file == 0 && there, "{name}: {entry:?}");
    }
}

#[test]
fn broken_bytes_are_refused_or_read() {
    let corpus = corpus();
    every_case("bytes", 1, |dice| {
        let (name, bytes) = dice.pick(&corpus).expect("a file");
        let mut bytes = bytes.clone();
        for _ in 0..=dice.below(3) {
            let (_, other) = dice.pick(&corpus).expect("a file");
            break_bytes(dice, &mut bytes, other);
        }
        take(&bytes, name);
    });
}

fn break_bytes(dice: &mut Dice, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = dice.below(bytes.len());
    let length = 1 + dice.below(64);
    let end = (at + length).min(bytes.len());
    match dice.below(6) {
        0 => {
            for _ in 0..=dice.below(16) {
                let at = dice.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
        }
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => bytes[at..end].fill(if dice.below(2) == 0 { 0 } else { 0xFF }),
        4 => {
            let from = dice.below(other.len());
            let chunk = other[from..].iter().take(length * 8).copied();
            bytes.splice(at..end, chunk);
        }
        _ => {
            let chunk = bytes[at..end].to_vec();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, chunk);
        }
    }
}

#[test]
fn broken_parts_of_packages_are_refused_or_read() {
    let packages: Vec<_> = corpus()
        .into_iter()
        .filter(|(_, bytes)| bytes.starts_with(b"PK"))
        .collect();
    every_case("parts", 2, |dice| {
        let (name, bytes) = dice.pick(&packages).expect("a package");
        let mut parts = unpacked(bytes);
        for _ in 0..=dice.below(3) {
            break_parts(dice, &mut parts);
        }
        take(&packed(&parts), name);
    });
}

fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = Vec::new();
    for index in 0..package.len() {
        let mut entry = package.by_index(index).expect("an entry");
        let mut part = Vec::new();
        entry.read_to_end(&mut part).expect("its bytes");
        parts.push((entry.name().expect("a name").into_owned(), part));
    }
    parts
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        // A name that is there already cannot be written twice; such a part is left out.
        if package
            .start_file(name, SimpleFileOptions::default())
            .is_ok()
        {
            package.write_all(part).expect("memory");
        }
    }
    package.finish().expect("memory").into_inner()
}

/// Values that readers have stumbled over.
const ODD: [&str; 12] = [
    "-1",
    "0",
    "4294967296",
    "99999999999999999999",
    "1e999",
    "NaN",
    "",
    "ZZZZZ99999999",
    "A1:XFD1048576",
    "]]>",
    "&#x110000;",
    "<a>",
];

fn break_parts(dice: &mut Dice, parts: &mut Vec<(String, Vec<u8>)>) {
    let (one, two) = (dice.below(parts.len()), dice.below(parts.len()));
    match dice.below(8) {
        0 => drop(parts.remove(one)),
        1 if one != two => {
            let part = std::mem::take(&mut parts[one].1);
            let other = std::mem::replace(&mut parts[two].1, part);
            parts[one].1 = other;
        }
        2 => parts.swap(one, two),
        3 => {
            let other = parts[two].1.clone();
            break_bytes(dice, &mut parts[one].1, &other);
        }
        // The parts that say most are few among many: tables and texts are broken more often than themes.
        _ => {
            let wanted = [
                "sheet1.xml",
                "document.xml",
                "content.xml",
                "sharedStrings.xml",
            ];
            let telling = parts
                .iter_mut()
                .filter(|(name, _)| wanted.iter().any(|end| name.ends_with(end)));
            let mut telling: Vec<_> = telling.collect();
            let at = dice.below(telling.len());
            if let Some((_, part)) = telling.get_mut(at) {
                break_markup(dice, part);
            }
        }
    }
}

/// Breaks XML where it stays XML for the most part: values of attributes, elements left out, repeated or swapped.
fn break_markup(dice: &mut Dice, part: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(part).into_owned();
    let mut pieces: Vec<&str> = text.split_inclusive('>').collect();
    for _ in 0..=dice.below(4) {
        let (one, two) = (dice.below(pieces.len()), dice.below(pieces.len()));
        match dice.below(4) {
            0 if !pieces.is_empty() => drop(pieces.remove(one)),
            1 if !pieces.is_empty() => pieces.swap(one, two),
            2 => {
                let again = pieces
                    .get(one..(one + 8).min(pieces.len()))
                    .unwrap_or_default()
                    .to_vec();
                pieces.splice(two..two, again);
            }
            _ => {}
        }
    }
    let mut text = pieces.concat();
    let quotes: Vec<usize> = text.match_indices("=\"").map(|(at, _)| at + 2).collect();
    if let Some(from) = dice.pick(&quotes).copied() {
        let length = text[from..].find('"').unwrap_or(0);
        text.replace_range(from..from + length, dice.pick(&ODD).expect("a value"));
    }
    *part = text.into_bytes();
}

#[test]
fn broken_grids_are_recognised_without_harm() {
    let read = |(name, bytes): (String, Vec<u8>)| {
        let content = read::read(&bytes, &name, &Within, &Unwatched);
        (
            content.unwrap_or_else(|error| panic!("{name}: {error}")),
            name,
        )
    };
    let contents: Vec<_> = corpus().into_iter().map(read).collect();
    every_case("grid", 3, |dice| {
        let (content, name) = dice.pick(&contents).expect("a file");
        let mut content = content.clone();
        for grid in &mut content.grids {
            for _ in 0..=dice.below(12) {
                break_grid(dice, grid);
            }
            settle(grid);
        }
        holds_together(content, name);
    });
}

fn break_grid(dice: &mut Dice, grid: &mut Grid) {
    let (one, two) = (dice.below(grid.cells.len()), dice.below(grid.cells.len()));
    let (height, width) = (grid.height(), grid.width());
    if grid.cells.is_empty() {
        return;
    }
    match dice.below(9) {
        0 => drop(grid.cells.remove(one)),
        1 => grid
            .cells
            .retain(|cell| cell.place.row != one as u32 % height),
        2 => grid
            .cells
            .retain(|cell| cell.place.column != one as u32 % width),
        3 => {
            let text = grid.cells[one].text.clone();
            grid.cells[one].text = std::mem::replace(&mut grid.cells[two].text, text);
        }
        4 => {
            grid.cells[one].rows = 1 + dice.below(height as usize) as u32;
            grid.cells[one].columns = 1 + dice.below(width as usize) as u32;
        }
        5 => {
            grid.cells[one].place.row = dice.below(height as usize) as u32;
            grid.cells[one].place.column = dice.below(width as usize) as u32;
        }
        6 => {
            // A part of the grid comes twice, below.
            let again = grid.cells.iter().skip(one).take(40).cloned();
            let again: Vec<Cell> = again
                .map(|mut cell| {
                    cell.place.row += height;
                    cell
                })
                .collect();
            grid.cells.extend(again);
        }
        7 => grid.cells[one].text = (*dice.pick(&ODD).expect("a text")).to_owned(),
        _ => {
            grid.columns = match grid.columns {
                Columns::Aligned => Columns::Loose,
                Columns::Loose => Columns::Aligned,
            };
        }
    }
}

/// Makes a grid of it again: in order, no cell on another, none without text.
fn settle(grid: &mut Grid) {
    grid.cells.retain(|cell| !cell.text.trim().is_empty());
    grid.cells.sort_by_key(|cell| cell.place);
    let mut kept: Vec<Cell> = Vec::new();
    for cell in grid.cells.drain(..) {
        let apart = |other: &Cell| {
            cell.place.row >= other.place.row + other.rows
                || other.place.row >= cell.place.row + cell.rows
                || cell.place.column >= other.place.column + other.columns
                || other.place.column >= cell.place.column + cell.columns
        };
        if kept.iter().all(apart) {
            kept.push(cell);
        }
    }
    grid.cells = kept;
}
