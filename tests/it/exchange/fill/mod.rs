//! 填回原表, through public interfaces: into the templates that `tests/exchange/templates.py` makes.

mod carried;
mod changes;
mod converted;
mod corpus;
mod filled;
mod filled_word;
mod own_exports;
mod planned;
mod printed;
mod shifted;
mod workbooks;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use jiping::{
    exchange::{
        fill::{
            Insert, Plan, Value, Write,
            workbook::{Written, apply},
        },
        grid::Place,
        watch::Unwatched,
    },
    model::{
        id::Id,
        path::{self, CellPath},
    },
};
use tempfile::TempDir;
use zip::ZipArchive;

use crate::foreign;

/// The templates, and what becomes of them.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the templates");
    let script = include_str!("../../../exchange/templates.py");
    foreign::python(script, &[folder.path()]);
    folder
});

/// Where a template lies.
fn template(name: &str) -> PathBuf {
    FOLDER.path().join(format!("{name}.xlsx"))
}

/// A template's bytes.
fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(template(name)).expect("the template was made")
}

/// A place by its name.
fn place(name: &str) -> Place {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = name.bytes().take(letters);
    let column = column.fold(0, |sum, letter| 26 * sum + u32::from(letter - b'A') + 1);
    let row: u32 = name[letters..].parse().expect("a number of a row");
    Place {
        row: row - 1,
        column: column - 1,
    }
}

fn write(name: &str, value: Value) -> Write {
    Write {
        place: place(name),
        value,
        at: CellPath {
            project: Id::from_bits(1),
            place: path::Place::Whole,
        },
    }
}

fn text(name: &str, text: &str) -> Write {
    write(name, Value::Text(text.to_owned()))
}

/// A number, typed like this.
fn number(name: &str, typed: &str) -> Write {
    let plain = typed.replace(',', "");
    let value = match plain.strip_suffix('%') {
        Some(share) => {
            share.parse::<rust_decimal::Decimal>().expect("a number")
                / rust_decimal::Decimal::ONE_HUNDRED
        }
        None => plain.parse().expect("a number"),
    };
    let text = typed.to_owned();
    write(name, Value::Number { value, text })
}

/// Three rows more: two for the first group of indicators, one for the second.
fn inserts() -> Vec<Insert> {
    vec![
        Insert {
            after: place("A9").row,
            count: 2,
            grown: vec![place("B8")],
        },
        Insert {
            after: place("A10").row,
            count: 1,
            grown: vec![place("A8"), place("B10")],
        },
    ]
}

/// The form of the templates filled in.
fn plan() -> Plan {
    Plan {
        grid: 0,
        inserts: inserts(),
        writes: vec![
            text("B2", "=1+1 <培训>&“补助”\n二期"),
            number("B5", "1,200.50"),
            number("C5", "1000"),
            number("D5", "950.00"),
            number("B6", "0"),
            text("C8", "培训场次"),
            number("E8", "10"),
            text("C10", "培训人数"),
            number("D10", "40"),
            number("E10", "30"),
            number("F10", "10"),
            text("C11", "发放手册"),
            number("D11", "50"),
            number("E11", "50"),
            number("F11", "10"),
            number("G11", "10.00"),
            text("C13", "合格率"),
            number("D13", "0"),
            write("C12", Value::Blank),
            text("H12", "已整改"),
        ],
    }
}

fn filled(template: &[u8], plans: &[Plan]) -> Written {
    apply(template, plans, &Unwatched).expect("the template can be filled in")
}

/// The parts of a package.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).expect("an entry");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("an entry");
            (entry.name().expect("a name").into_owned(), content)
        })
        .collect()
}

/// The names of the parts that are not the same in both.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    let names = before
        .keys()
        .chain(after.keys().filter(|name| !before.contains_key(*name)));
    names
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect()
}

/// A file beside the templates.
fn saved(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    std::fs::write(&path, bytes).expect("room in the folder");
    path
}

/// What openpyxl says of a workbook: what the expressions of Python come to, in which `b` is the book and `s` its sheet 自评表,
/// one line each.
fn openpyxl(file: &Path, expressions: &[&str]) -> Vec<String> {
    let script = format!(
        "import sys, openpyxl\nb = openpyxl.load_workbook(sys.argv[1])\ns = b['自评表']\n{}",
        expressions
            .iter()
            .map(|expression| format!("print(repr({expression}))\n"))
            .collect::<String>()
    );
    let said = foreign::python(&script, &[file]);
    said.lines().map(str::to_owned).collect()
}

/// The values of cells of 自评表 once LibreOffice has calculated the workbook.
fn calculated(file: &Path, cells: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let made = foreign::converted(&[file], "xlsx:Calc MS Excel 2007 XML", folder.path());
    let script = "import sys, openpyxl\ns = openpyxl.load_workbook(sys.argv[1], data_only=True)['自评表']\nfor name in sys.argv[2:]: print(s[name].value)";
    let mut arguments = vec![made[0].as_path()];
    arguments.extend(cells.iter().map(Path::new));
    let said = foreign::python(script, &arguments);
    said.lines().map(str::to_owned).collect()
}
