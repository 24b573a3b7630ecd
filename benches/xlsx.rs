//! Workbooks of forms against openpyxl, with which people script such work: a hundred forms of some fifty indicators each are
//! laid out and written by this program; openpyxl merely writes the same cells with the same merged areas, borders and fonts.
//! The ratio must not pass its limit.

#![expect(clippy::disallowed_methods, reason = "files for two programs to read")]

mod stopwatch;

use std::{
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use jiff::civil::date;
use jiping::{
    exchange::{child::Within, grid::Content, read, watch::Unwatched},
    model::{
        edition::Edition,
        id::CountedIds,
        project::{Project, header},
    },
    sheet::{
        booklet::Booklet,
        office::Behind,
        table::FormSheet,
        workbook::{WorkbookOptions, workbook},
    },
    store::{editions::EditionShelf, format},
};
use stopwatch::{median, timed};

const FORMS: usize = 100;
const ROUNDS: usize = 3;
/// Ours over theirs, at most; and what is aimed at.
const LIMIT: f64 = 1.0 / 5.0;
const AIM: f64 = 1.0 / 20.0;

/// What a person would write: every cell with its look, every merged area.
const SCRIPT: &str = "
import io, json, sys
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
with open(sys.argv[1], encoding='utf-8') as file:
    forms = json.load(file)
font = Font(name='宋体', size=9)
place = Alignment(horizontal='center', vertical='center', wrap_text=True)
line = Side(style='thin')
border = Border(left=line, right=line, top=line, bottom=line)
for cells in forms:
    book = Workbook()
    sheet = book.active
    for row, column, rows, columns, text in cells:
        for covered in range(rows):
            for beside in range(columns):
                cell = sheet.cell(row + covered + 1, column + beside + 1)
                cell.font, cell.alignment, cell.border = font, place, border
        sheet.cell(row + 1, column + 1).value = text
        if rows > 1 or columns > 1:
            sheet.merge_cells(start_row=row + 1, end_row=row + rows, start_column=column + 1, end_column=column + columns)
    book.save(io.BytesIO())
print(len(forms))
";

fn main() -> ExitCode {
    let (forms, edition) = forms();
    let folder = tempfile::tempdir().expect("a folder");
    let cells = folder.path().join("cells.json");
    let all: Vec<_> = forms.iter().map(|form| cells_of(form, &edition)).collect();
    std::fs::write(&cells, serde_json::to_vec(&all).expect("JSON")).expect("a file");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(timed(|| written(&forms, &edition)));
        theirs.push(timed(|| written_by_openpyxl(&cells)));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{FORMS} forms: laid out and written {ours:.1?}, written by openpyxl {theirs:.1?}, ratio {ratio:.3} (limit {LIMIT:.3}, aim {AIM})"
    );
    if ratio <= LIMIT {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The sample under many names.
fn forms() -> (Vec<Project>, Edition) {
    let sample = include_bytes!("../assets/samples/shenzhen-2020-corrected.jiping");
    let opened = format::read(sample, &mut CountedIds(0)).expect("opens");
    let project = opened.document.projects.first().expect("a project");
    let shelf = EditionShelf::built_in();
    let found = shelf.get(&project.edition).expect("an edition");
    let forms = (0..FORMS).map(|number| {
        let mut form = Project::clone(project);
        let name = format!("{}（{number}）", project.name());
        form.header
            .insert(header::PROJECT_NAME.to_owned(), name.into());
        form
    });
    (forms.collect(), Edition::clone(&found.edition))
}

fn written(forms: &[Project], edition: &Edition) -> Vec<Vec<u8>> {
    forms.iter().map(|form| write(form, edition)).collect()
}

fn write(project: &Project, edition: &Edition) -> Vec<u8> {
    let time = date(2021, 3, 5).at(14, 32, 7, 0);
    let booklet = Booklet::official([FormSheet::new(project, edition)], time);
    let behind = Behind {
        project,
        edition,
        findings: None,
    };
    workbook(&booklet, &[behind], WorkbookOptions { formulas: true }).expect("a workbook")
}

/// Row, column, rows, columns and text of every cell.
fn cells_of(project: &Project, edition: &Edition) -> Vec<(u32, u32, u32, u32, String)> {
    let bytes = write(project, edition);
    let content: Content = read::read(&bytes, "form.xlsx", &Within, &Unwatched).expect("reads");
    let cells = content.grids[0].cells.iter();
    cells
        .map(|cell| {
            let place = cell.place;
            (
                place.row,
                place.column,
                cell.rows,
                cell.columns,
                cell.text.clone(),
            )
        })
        .collect()
}

fn written_by_openpyxl(cells: &Path) {
    let status = Command::new("/usr/bin/python3")
        .args(["-X", "utf8", "-c", SCRIPT])
        .arg(cells)
        .stdout(Stdio::null())
        .status()
        .expect("python3 is installed (Debian: python3-openpyxl)");
    assert!(
        status.success(),
        "openpyxl is installed (Debian: python3-openpyxl)"
    );
}
