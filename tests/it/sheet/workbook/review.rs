//! The workbook of a review copy: comments at cells, appendices as sheets, links instead of pages.

use std::fs;

use jiff::civil::date;
use jiping::{
    model::{
        id::{CountedIds, Id},
        path::Place,
        project::Note,
    },
    rules::checker::{ProjectFindings, check_project},
    sheet::{
        booklet::{Booklet, Mark},
        office::Behind,
        review::{Imprint, ReviewOptions, Reviewed},
        workbook::workbook,
    },
};

use super::{Subject, TIME, VALUES, filed};
use crate::foreign;

/// Names, links and comments as openpyxl sees them.
const SEEN: &str = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(book.sheetnames)
for sheet in book.worksheets:
    print('#', sheet.title, sheet.oddHeader.right.text, '|', sheet.oddFooter.left.text, len(sheet._images))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                print(cell.coordinate, repr(cell.comment.text), cell.comment.author)
            if cell.hyperlink:
                print(cell.coordinate, cell.value, '->', cell.hyperlink.location)
";

struct Copy {
    subject: Subject,
    findings: ProjectFindings,
}

impl Copy {
    fn new(name: &str) -> Self {
        let mut subjects = filed().into_iter();
        let mut subject = subjects
            .find(|subject| subject.name == name)
            .expect("a form");
        let note = |at, text: &str, resolved| Note {
            id: Id::new(&mut CountedIds(1 << 30)),
            at: subject.project.at(at),
            author: "王审".to_owned(),
            time: "2021-03-04 09:10".to_owned(),
            text: text.into(),
            kind: Default::default(),
            resolved,
            replies: Default::default(),
            unknown: Default::default(),
        };
        let row = subject.project.funds.first().expect("a row").id;
        let notes = [
            note(
                Place::Fund(row, "executed".to_owned()),
                "请附支付凭证",
                false,
            ),
            note(Place::Whole, "总体可以", true),
        ];
        notes
            .into_iter()
            .for_each(|note| subject.project.notes.push(note));
        let findings = check_project(&subject.project, &subject.edition, date(2021, 3, 1));
        Self { subject, findings }
    }

    fn reviewed(&self) -> Reviewed<'_> {
        Reviewed {
            project: &self.subject.project,
            edition: &self.subject.edition,
            findings: &self.findings,
        }
    }

    fn behind(&self) -> Behind<'_> {
        Behind {
            project: &self.subject.project,
            edition: &self.subject.edition,
            findings: Some(&self.findings),
        }
    }
}

#[test]
fn findings_and_notes_are_comments_at_their_cells() {
    let copies = [Copy::new("shenzhen-2020-filed"), Copy::new("12")];
    let imprint = Imprint {
        document: "2021年 A&B".to_owned(),
        revision: "ab12".to_owned(),
        time: TIME,
        mark: Mark::ForReview,
    };
    let reviewed = copies.each_ref().map(Copy::reviewed);
    let booklet = Booklet::review(&reviewed, &imprint, ReviewOptions::default());
    let behind = copies.each_ref().map(Copy::behind);
    let bytes = workbook(&booklet, &behind, VALUES).expect("a workbook");
    let file = tempfile::NamedTempFile::new().expect("a file");
    let path = file.path().with_extension("xlsx");
    fs::write(&path, bytes).expect("writes");
    let seen = foreign::python(SEEN, &[&path]);
    fs::remove_file(&path).expect("is removed");
    let name = "科协组织建设与事业发展";
    let clinic = "国家基本公共卫生服务";
    for line in [
        format!(
            "['目录', '{name}', '{name} 附一', '{name} 附二', '{name} 附三', '{clinic}', '{clinic} 附一', '{clinic} 附二', '{clinic} 附三']"
        ),
        format!("# {name} 送审稿 | 2021年 A&&B · 版本 ab12 · 2021-03-05 14:32 打印 0"),
        format!("F4 转到 -> '{name}'!A1"),
        format!("F5 转到 -> '{clinic}'!A1"),
        "D37 '3. 校验 I04 错误：三级指标重复（共 2 处，详见 D36 的批注）' 绩评".to_owned(),
        "H5 '审核意见（建议，王审，2021-03-04 09:10，未处理）：请附支付凭证' 绩评".to_owned(),
    ] {
        assert!(seen.lines().any(|got| got == line), "{line}\nin\n{seen}");
    }
    let title = seen
        .lines()
        .find(|line| line.starts_with("A1 '"))
        .expect("a comment at the title");
    assert!(
        title.contains("审核意见（建议，王审，2021-03-04 09:10，已处理）：总体可以"),
        "{title}"
    );
    // Every finding is told at all its cells, numbered as in the list.
    for copy in &copies {
        for (number, finding) in (1..).zip(&copy.findings.findings) {
            let told = format!("{number}. 校验 {} {}：", finding.rule.code, finding.level);
            assert!(seen.contains(&told), "{told}");
        }
    }
    // The list leads to the cells.
    let lists_place =
        |line: &str| line.starts_with("E4 ") && line.ends_with(&format!("-> '{name}'!B10"));
    assert!(seen.lines().any(lists_place), "{seen}");
}

#[test]
fn charts_are_pictures() {
    let copy = Copy::new("shenzhen-2020-filed");
    let imprint = Imprint {
        document: "试点".to_owned(),
        revision: "ab12".to_owned(),
        time: TIME,
        mark: Mark::Draft,
    };
    let options = ReviewOptions {
        findings: false,
        working: false,
        charts: true,
    };
    let booklet = Booklet::review(&[copy.reviewed()], &imprint, options);
    let drawings: usize = booklet.parts.iter().map(|part| part.drawings.len()).sum();
    let bytes = workbook(&booklet, &[], VALUES).expect("a workbook");
    let drawn = super::entry(&bytes, "xl/drawings/drawing1.xml")
        .matches("<xdr:pic>")
        .count();
    assert!(drawings > 0);
    assert_eq!(drawn, drawings);
}
