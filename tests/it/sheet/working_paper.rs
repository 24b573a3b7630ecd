//! 自评复核工作底稿 as pages, as a workbook and as a Word document.

use jiff::civil::date;
use jiping::{
    model::{
        path::Place,
        working_paper::{PaperCell, PaperField, PaperSubject},
    },
    rules::checker::{ProjectFindings, check_project},
    sheet::{
        office::Behind,
        pdf::Conformance,
        review::Reviewed,
        word,
        workbook::{WorkbookOptions, workbook},
    },
};

use super::*;
use crate::foreign;

/// The sample with what a reviewer typed.
struct Sample {
    project: Project,
    edition: Edition,
    findings: ProjectFindings,
}

impl Sample {
    fn new() -> Self {
        let mut project = first_project("assets/samples/shenzhen-2020-filed.jiping");
        let rows = project.rows().map(|view| view.indicator);
        let row = rows.into_iter().find(|row| row.name == "年度课题数量");
        let row = PaperSubject::Indicator(row.expect("the row").id);
        for (cell, text) in [
            (PaperCell::Reviewer, "赵敏"),
            (PaperCell::Date, "2021年4月2日"),
            (PaperCell::Opinion, "课题数量未达标，数量指标核减0.30分。"),
            (PaperCell::Line(row, PaperField::Actual), "6"),
            (PaperCell::Line(row, PaperField::Note), "=结题报告6份"),
        ] {
            project.set_paper_text(cell, text);
        }
        let edition = edition_of(&project);
        let findings = check_project(&project, &edition, date(2021, 3, 1));
        Self {
            project,
            edition,
            findings,
        }
    }

    fn sheet(&self) -> FormSheet {
        FormSheet::working_paper(&Reviewed {
            project: &self.project,
            edition: &self.edition,
            findings: &self.findings,
        })
    }

    fn behind(&self) -> Behind<'_> {
        Behind {
            project: &self.project,
            edition: &self.edition,
            findings: None,
        }
    }
}

#[test]
fn pages_lie_across_and_repeat_the_captions() {
    let sample = Sample::new();
    let laid_out = LaidOut::of(sample.sheet());
    let pages = &laid_out.pages;
    assert!(pages.count() > 1, "a form of some forty lines");
    let table = laid_out.sheet.blocks.iter();
    let table = table.max_by_key(|block| block.rows.len()).expect("a table");
    assert_eq!(table.header_rows, 1);
    assert_eq!(table.rows[0].cells.len(), 13);
    let size = pages.size(0).expect("a page");
    assert!(size.0 > size.1, "landscape");
    pages.pdf(Conformance::Tagged).expect("a PDF");
}

/// Numbers as numbers, texts as texts, whatever they begin with.
const SEEN: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active
print(sheet.title, sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows)
for row in sheet.iter_rows():
    cells = [cell for cell in row if cell.value not in (None, '')]
    words = [f"{cell.data_type}:{cell.value}:{cell.number_format}" if cell.data_type == 'n' else f"{cell.data_type}:{cell.value}" for cell in cells]
    print(' | '.join(words))
"#;

#[test]
fn a_workbook_holds_real_numbers() {
    let sample = Sample::new();
    let booklet = Booklet::official([sample.sheet()], TIME);
    let options = WorkbookOptions { formulas: false };
    let bytes = workbook(&booklet, &[sample.behind()], options).expect("a workbook");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("底稿.xlsx");
    std::fs::write(&path, bytes).expect("writes");
    let seen = foreign::python(SEEN, &[&path]);
    for line in [
        "科协组织建设与事业发展 landscape 9 $4:$4",
        "s:自评复核工作底稿",
    ] {
        assert!(seen.lines().any(|got| got == line), "{line}\nin\n{seen}");
    }
    let line = seen.lines().find(|line| line.contains("年度课题数量"));
    let line = line.expect("the line");
    for cell in [
        "s:定量",
        "n:10:0",
        "n:7:0",
        "n:6:0",
        "n:-0.4:0.00%",
        "s:=结题报告6份",
    ] {
        assert!(line.split(" | ").any(|got| got == cell), "{cell} in {line}");
    }
    let total = seen.lines().find(|line| line.starts_with("s:总分 | "));
    assert!(
        total
            .expect("the total")
            .starts_with("s:总分 | n:100:0 | n:"),
        "{seen}"
    );
}

#[test]
fn a_word_document_has_the_same_table() {
    const SCRIPT: &str = "
import sys, docx
document = docx.Document(sys.argv[1])
section = document.sections[0]
print(section.orientation, len(document.tables))
table = max(document.tables, key=lambda table: len(table.rows))
for row in table.rows:
    texts = []
    for cell in row.cells:
        if not texts or texts[-1] != cell.text:
            texts.append(cell.text)
    print(' | '.join(texts))
";
    let sample = Sample::new();
    let booklet = Booklet::official([sample.sheet()], TIME);
    let document = word::form::document(&booklet, &[sample.behind()]).expect("a document");
    let bytes = word::write(&document).expect("bytes");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("底稿.docx");
    std::fs::write(&path, bytes).expect("writes");
    let seen = foreign::python(SCRIPT, &[&path]);
    assert!(seen.starts_with("LANDSCAPE"), "{seen}");
    assert!(
        seen.contains("复核完成值") && seen.contains("-40.00%"),
        "{seen}"
    );
    assert!(
        seen.contains("课题数量未达标，数量指标核减0.30分。"),
        "{seen}"
    );
}

#[test]
fn every_cell_that_is_typed_into_is_on_paper() {
    let sample = Sample::new();
    let sheet = sample.sheet();
    for (cell, text) in sample.project.paper_texts() {
        let address = sheet.cell_for(&Place::Paper(cell)).expect("a cell");
        let printed = &sheet.blocks[address.block].rows[address.row].cells[address.cell];
        assert!(printed.text.contains(text), "{text} in {}", printed.text);
    }
}
