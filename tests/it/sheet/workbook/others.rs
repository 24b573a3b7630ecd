//! What other programs see: openpyxl opens the file, LibreOffice prints it whole and calculates what the form states.

use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{FORMULAS, Subject, VALUES, clean, filed, full, read_back};
use crate::foreign;

fn written(subjects: &[Subject], write: impl Fn(&Subject) -> Vec<u8>) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = subjects.iter().enumerate().map(|(number, subject)| {
        let path = folder.path().join(format!("{number}.xlsx"));
        fs::write(&path, write(subject)).expect("a file");
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

fn references(paths: &[PathBuf]) -> Vec<&Path> {
    paths.iter().map(PathBuf::as_path).collect()
}

/// What openpyxl sees of the sample: one thing a line.
const SEEN: &str = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
print(book.sheetnames, book.properties.title, book.properties.created.isoformat())
print(sheet.print_area, sheet.print_title_rows, sheet.page_setup.paperSize, sheet.page_setup.orientation)
print(sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.sheet_view.showGridLines)
print(sheet.oddFooter.center.text)
print('A1' , sheet['A1'].font.name, sheet['A1'].font.size, sheet['A1'].font.bold, sheet['A1'].alignment.horizontal)
print('A1:L1' in sheet.merged_cells)
for name in ['E5', 'K5', 'H5', 'J13', 'L5', 'F13', 'D13']:
    cell = sheet[name]
    print(name, cell.data_type, cell.value, cell.number_format, cell.border.left.style, cell.alignment.horizontal)
odd = [cell.coordinate for row in sheet.iter_rows(min_row=2) for cell in row
       if cell.border.top.style != 'thin' and not isinstance(cell, openpyxl.cell.cell.MergedCell)]
print(odd)
";

#[test]
fn openpyxl_sees_the_sample_as_it_is() {
    let subjects: Vec<Subject> = filed()
        .into_iter()
        .filter(|subject| subject.name == "shenzhen-2020-filed")
        .collect();
    let (_folder, paths) = written(&subjects, |subject| {
        subject.write(FORMULAS).expect("a workbook")
    });
    let seen = foreign::python(SEEN, &references(&paths));
    let expected = "\
['科协组织建设与事业发展'] 项目支出绩效自评表 科协组织建设与事业发展 2021-03-05T14:32:07
['$A$1:$L$73'] $12:$12 9 portrait
0 True False
第 &P 页　共 &N 页
A1 宋体 16.0 True center
True
E5 f =SUM(E6:E8) 0.00 thin right
K5 f =ROUND(H5/F5,3) 0.0% thin center
H5 f =SUM(H6:H8) 0.00 thin right
J13 n 15 0 thin center
L5 f =ROUND(MIN(H5/F5,1)*J5,2) 0.00 thin center
F13 n 1 0 thin center
D13 s 信息安全维护次数 General thin left
[]
";
    assert_eq!(seen, expected);
}

#[test]
fn libre_office_prints_every_text() {
    let mut subjects = filed();
    subjects.extend(clean());
    subjects.extend(full());
    let (folder, paths) = written(&subjects, |subject| {
        subject.write(VALUES).expect("a workbook")
    });
    let printed = foreign::converted(&references(&paths), "pdf", folder.path());
    for (subject, pdf) in subjects.iter().zip(printed) {
        let output = std::process::Command::new("pdftotext")
            .args(["-raw".as_ref(), pdf.as_os_str(), "-".as_ref()])
            .output()
            .expect("pdftotext is there");
        let page = squeezed(&String::from_utf8_lossy(&output.stdout));
        for (_, cell) in subject.sheet().cells() {
            let lines = cell.text.lines().map(squeezed);
            for line in lines.filter(|line| !line.is_empty()) {
                // Lines that other cells' lines come between are looked for by their characters.
                let is_there =
                    page.contains(&line) || pieces(&line).all(|piece| page.contains(&piece));
                assert!(is_there, "{}: {line}", subject.name);
            }
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A text in pieces of two characters.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let characters: Vec<char> = text.chars().collect();
    let pieces: Vec<String> = characters
        .chunks_exact(2)
        .map(|pair| pair.iter().collect())
        .collect();
    pieces.into_iter()
}

/// The package without the results of its formulas, so that whoever opens it has to calculate.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut stripped = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..package.len() {
        let mut entry = package.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("is unpacked");
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content).expect("UTF-8");
            let mut parts = text.split("</f><v>");
            let mut rest = parts.next().expect("a beginning").to_owned();
            for part in parts {
                rest.push_str("</f>");
                rest.push_str(part.split_once("</v>").expect("an end").1);
            }
            content = rest.into_bytes();
        }
        stripped.start_file(name, options).expect("starts");
        stripped.write_all(&content).expect("writes");
    }
    stripped.finish().expect("ends").into_inner()
}

#[test]
fn libre_office_calculates_what_the_forms_state() {
    let mut subjects = filed();
    subjects.extend(clean());
    let (_folder, paths) = written(&subjects, |subject| {
        let bytes = subject.write(FORMULAS).expect("a workbook");
        without_results(&bytes)
    });
    let other = tempfile::tempdir().expect("a folder");
    let calculated = foreign::converted(&references(&paths), "xlsx", other.path());
    let mut formulas = 0;
    for (subject, path) in subjects.iter().zip(calculated) {
        let bytes = fs::read(path).expect("a workbook");
        formulas += super::entry(&bytes, "xl/worksheets/sheet1.xml")
            .matches("</f>")
            .count();
        let got: Vec<String> = read_back(&bytes).grids[0]
            .cells
            .iter()
            .map(|cell| cell.text.clone())
            .collect();
        let stated = subject.write(VALUES).expect("a workbook");
        let stated: Vec<String> = read_back(&stated).grids[0]
            .cells
            .iter()
            .map(|cell| cell.text.clone())
            .collect();
        assert_eq!(got, stated, "{}", subject.name);
    }
    assert!(formulas > 100, "{formulas} formulas");
}
