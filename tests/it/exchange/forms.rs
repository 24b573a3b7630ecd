//! The corpus under `tests/exchange/forms`: every file is read and recognised, and says what `NAME.expected.txt` says.

use std::{fmt::Write as _, fs, path::PathBuf, sync::Arc};

use jiping::{
    exchange::{
        child::{Apart, Within},
        grid::{Cell, Content},
        read,
        recognise::{self, File, Recognised, Wishes},
        report::{Entry, Fate},
        watch::Unwatched,
    },
    model::id::CountedIds,
    store::editions::EditionShelf,
};

use super::shown;

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/forms")
}

/// The names of the files, each of which has an expectation beside it.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("tests/exchange/forms")
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            name.into_string().expect("UTF-8")
        })
        .filter(|name| !name.ends_with(".expected.txt"))
        .collect();
    names.sort();
    names
}

fn read_within(name: &str) -> Content {
    let bytes = fs::read(folder().join(name)).expect("a file");
    read::read(&bytes, name, &Within, &Unwatched).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn recognised(name: &str) -> Recognised {
    let file = File {
        name: name.to_owned(),
        content: Arc::new(read_within(name)),
    };
    recognise::recognise(
        &[file],
        &EditionShelf::built_in(),
        &Wishes::default(),
        &mut CountedIds(0),
    )
}

#[test]
fn every_file_is_read_as_expected() {
    let names = names();
    assert!(names.len() >= 16, "{names:?}");
    // One file: JIPING_FORM=v01-mof.xlsx.
    let only = std::env::var("JIPING_FORM").ok();
    let mut faults = String::new();
    let mut faulty = 0;
    for name in names
        .iter()
        .filter(|name| only.as_ref().is_none_or(|only| name.contains(only)))
    {
        let read = std::panic::catch_unwind(|| faults_of(name));
        let found = read.unwrap_or_else(|_| "was not read, see above".into());
        if !found.is_empty() {
            faulty += 1;
            let _ = write!(faults, "\n######## {name}\n{found}");
        }
    }
    assert!(faulty == 0, "{faulty} of {} files:{faults}", names.len());
}

/// How what was read differs from what is expected; empty where it does not.
fn faults_of(name: &str) -> String {
    let path = folder().join(format!("{name}.expected.txt"));
    let expected = fs::read_to_string(path).expect("an expectation");
    let (expected, report) = expected
        .split_once("== 报告 ==\n")
        .expect("what the report says");
    let expected: Vec<&str> = expected
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let recognised = recognised(name);
    let got = shown::recognised(&recognised);
    let got: Vec<&str> = got.lines().collect();
    let mut faults = differences(&expected, &got);
    for line in report
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        if let Err(fault) = reported(&recognised, line) {
            let _ = writeln!(faults, "报告：{line}\n{fault}");
        }
    }
    faults
}

pub(super) fn differences(expected: &[&str], got: &[&str]) -> String {
    use similar::{Algorithm, ChangeTag, capture_diff_slices};
    let mut text = String::new();
    for operation in capture_diff_slices(Algorithm::Myers, expected, got) {
        for change in operation.iter_changes(expected, got) {
            let sign = match change.tag() {
                ChangeTag::Equal => continue,
                ChangeTag::Delete => "应为",
                ChangeTag::Insert => "读成",
            };
            let _ = writeln!(text, "{sign}  {}", change.value());
        }
    }
    text
}

/// Whether the report says what a line asks: "猜测：text" is in an entry of that fate, "猜测：无" that there is none,
/// "有言：text" is in an entry of any fate but the plain one.
fn reported(recognised: &Recognised, line: &str) -> Result<(), String> {
    let (what, text) = line.split_once('：').expect("a fate and a text");
    let of = |entry: &&Entry| match what {
        "清理" => entry.fate == Fate::Cleaned,
        "猜测" => matches!(entry.fate, Fate::Guessed { .. }),
        "忽略" => entry.fate == Fate::Ignored,
        "有言" => entry.fate != Fate::Read || !entry.note.is_empty(),
        other => panic!("no such fate: {other}"),
    };
    let entries: Vec<&Entry> = recognised.report.entries.iter().filter(of).collect();
    let kept = match text {
        "无" => entries.is_empty(),
        _ => entries.iter().any(|entry| {
            shown::squeezed(&entry.text).contains(text)
                || shown::squeezed(&entry.note).contains(text)
        }),
    };
    if kept {
        return Ok(());
    }
    let told = |entry: &&Entry| {
        let place = entry
            .source
            .place
            .map(|place| place.name())
            .unwrap_or_default();
        format!(
            "    {place} {:?} {} {}\n",
            entry.fate,
            shown::squeezed(&entry.text),
            entry.note
        )
    };
    Err(entries.iter().map(told).collect())
}

/// Nothing is dropped in silence: whatever a file shows is told of, where it stands or with the whole of its grid.
#[test]
fn every_cell_is_in_the_report() {
    let mut silent = String::new();
    for name in names() {
        let content = read_within(&name);
        let recognised = recognised(&name);
        for (number, grid) in content.grids.iter().enumerate() {
            let told = |cell: &&Cell| {
                recognised.report.entries.iter().any(|entry| {
                    entry.source.grid == number
                        && entry.source.place.is_none_or(|place| cell.covers(place))
                })
            };
            // A list of many projects is told of as a whole.
            let listed = |cell: &&Cell| {
                recognised.accounts.iter().any(|account| {
                    let first = account.source.place.map_or(0, |place| place.row);
                    let rows = account.block.rows().len() as u32;
                    account.source.grid == number && (first..first + rows).contains(&cell.place.row)
                })
            };
            let silently = |cell: &&Cell| !told(cell) && !listed(cell);
            for cell in grid.cells.iter().filter(silently) {
                let _ = writeln!(
                    silent,
                    "{name} {} {}",
                    cell.place.name(),
                    shown::squeezed(&cell.text)
                );
            }
        }
    }
    assert!(silent.is_empty(), "not in the report:\n{silent}");
}

/// The reader in a process of its own reads what the same reader reads here.
#[test]
fn a_process_of_its_own_reads_the_same() {
    let scratch = tempfile::tempdir().expect("a folder");
    let apart = Apart::new(env!("CARGO_BIN_EXE_jiping-cli"), scratch.path());
    let own = names().into_iter().filter(|name| {
        [".xls", ".ods", ".pdf"]
            .iter()
            .any(|ending| name.ends_with(ending))
    });
    for name in own {
        let bytes = fs::read(folder().join(&name)).expect("a file");
        let content = read::read(&bytes, &name, &apart, &Unwatched);
        assert_eq!(content, Ok(read_within(&name)), "{name}");
    }
}
