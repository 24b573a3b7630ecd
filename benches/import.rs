//! Importing against openpyxl, which people script such work with: two hundred workbooks of sixty indicators each are read,
//! recognised and checked by this program; openpyxl merely reads their cells. The ratio must not pass its limit.

#![expect(clippy::disallowed_methods, reason = "files for two programs to read")]

mod stopwatch;

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    sync::Arc,
};

use jiff::civil::date;
use jiping::{
    exchange::{
        child::Within,
        read,
        recognise::{self, File, Wishes},
        watch::Unwatched,
    },
    model::id::CountedIds,
    rules::checker::check_project,
    store::editions::EditionShelf,
};
use rust_xlsxwriter::{Format, FormatBorder, Workbook, Worksheet, XlsxError};
use stopwatch::{median, timed};

const BOOKS: usize = 200;
const ROUNDS: usize = 3;
/// Ours over theirs, at most; and what is aimed at.
const LIMIT: f64 = 1.0 / 4.0;
const AIM: f64 = 1.0 / 10.0;

/// What a person would write: every value of every sheet.
const SCRIPT: &str = "
import sys, openpyxl
cells = 0
for path in sys.argv[1:]:
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            cells += sum(value is not None for value in row)
print(cells)
";

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a folder");
    let books: Vec<PathBuf> = (0..BOOKS)
        .map(|number| {
            let path = folder.path().join(format!("{number}.xlsx"));
            let bytes = workbook(number).expect("a workbook");
            std::fs::write(&path, bytes).expect("a file");
            path
        })
        .collect();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(timed(|| import(&books)));
        theirs.push(timed(|| read_by_openpyxl(&books)));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{BOOKS} workbooks: imported and checked {ours:.1?}, read by openpyxl {theirs:.1?}, ratio {ratio:.3} (limit {LIMIT}, aim {AIM})"
    );
    if ratio <= LIMIT {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn import(books: &[PathBuf]) -> usize {
    let shelf = EditionShelf::built_in();
    let mut ids = CountedIds(0);
    let files: Vec<File> = books.iter().map(|path| file(path)).collect();
    let recognised = recognise::recognise(&files, &shelf, &Wishes::default(), &mut ids);
    assert_eq!(recognised.forms.len(), books.len(), "a form in each");
    let findings = recognised.forms.iter().map(|form| {
        let goal = form.project.goals.first().expect("a goal");
        let groups = goal
            .sections
            .iter()
            .flat_map(|section| section.groups.iter());
        let rows: usize = groups.map(|group| group.indicators.len()).sum();
        assert_eq!(rows, ROWS, "{}", form.project.name());
        check_project(&form.project, &form.edition, date(2024, 3, 1))
            .findings
            .len()
    });
    findings.sum()
}

fn file(path: &Path) -> File {
    let bytes = std::fs::read(path).expect("a file");
    let content = read::read(&bytes, "form.xlsx", &Within, &Unwatched).expect("reads");
    File {
        name: path.display().to_string(),
        content: Arc::new(content),
    }
}

fn read_by_openpyxl(books: &[PathBuf]) {
    let status = Command::new("/usr/bin/python3")
        .args(["-c", SCRIPT])
        .args(books)
        .stdout(Stdio::null())
        .status()
        .expect("python3 is installed (Debian: python3-openpyxl)");
    assert!(
        status.success(),
        "openpyxl is installed (Debian: python3-openpyxl)"
    );
}

/// The groups of a form, with how many indicators and points each has.
const GROUPS: [(&str, &str, u32, f64); 6] = [
    ("产出指标", "数量指标", 20, 20.0),
    ("产出指标", "质量指标", 12, 12.0),
    ("产出指标", "时效指标", 12, 12.0),
    ("产出指标", "成本指标", 6, 6.0),
    ("效益指标", "社会效益指标", 8, 30.0),
    ("满意度指标", "服务对象满意度指标", 2, 10.0),
];
const ROWS: usize = 60;

/// A filled form of the annex of 2020, different from every other.
fn workbook(number: usize) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let ruled = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let line = |sheet: &mut Worksheet, row: u32, cells: &[(u16, u16, &str)]| {
        for (first, last, text) in cells {
            if first == last {
                sheet.write_with_format(row, *first, *text, &ruled)?;
            } else {
                sheet.merge_range(row, *first, row, *last, text, &ruled)?;
            }
        }
        Ok::<(), XlsxError>(())
    };
    line(sheet, 0, &[(0, 8, "项目支出绩效自评表")])?;
    line(sheet, 1, &[(0, 8, "（2023年度）")])?;
    line(sheet, 2, &[(0, 8, "金额单位：万元")])?;
    let name = format!("第{number}号公园管护");
    line(sheet, 3, &[(0, 1, "项目名称"), (2, 8, &name)])?;
    let unit = format!("第{number}公园管理所");
    line(
        sheet,
        4,
        &[
            (0, 1, "主管部门"),
            (2, 4, "市园林局"),
            (5, 5, "实施单位"),
            (6, 8, &unit),
        ],
    )?;
    let headings = [
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    ];
    sheet.merge_range(5, 0, 9, 0, "项目资金（万元）", &ruled)?;
    line(sheet, 5, &[(1, 2, "")])?;
    for (column, heading) in (3..).zip(headings) {
        sheet.write_with_format(5, column, heading, &ruled)?;
    }
    let sources = [
        "年度资金总额",
        "其中：当年财政拨款",
        "上年结转资金",
        "其他资金",
    ];
    let money = Format::new()
        .set_border(FormatBorder::Thin)
        .set_num_format("#,##0.00");
    let share = Format::new()
        .set_border(FormatBorder::Thin)
        .set_num_format("0.00%");
    for (row, source) in (6..).zip(sources) {
        line(sheet, row, &[(1, 2, source)])?;
        let amount = if row < 8 { 100.0 + number as f64 } else { 0.0 };
        for column in 3..6 {
            sheet.write_with_format(row, column, amount, &money)?;
        }
        sheet.write_with_format(row, 6, if row == 6 { "10" } else { "—" }, &ruled)?;
        sheet.write_with_format(row, 7, 1.0, &share)?;
        sheet.write_with_format(row, 8, if row == 6 { "10" } else { "—" }, &ruled)?;
    }
    sheet.merge_range(10, 0, 11, 0, "年度总体目标", &ruled)?;
    line(sheet, 10, &[(1, 4, "预期目标"), (5, 8, "实际完成情况")])?;
    let (expected, actual) = (
        format!("管护第{number}号公园绿地。"),
        format!("第{number}号公园绿地管护到位。"),
    );
    line(sheet, 11, &[(1, 4, &expected), (5, 8, &actual)])?;
    indicators(sheet, number, &ruled)?;
    book.save_to_buffer()
}

fn indicators(sheet: &mut Worksheet, number: usize, ruled: &Format) -> Result<(), XlsxError> {
    let headings = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ];
    for (column, heading) in (1..).zip(headings) {
        sheet.write_with_format(12, column, heading, ruled)?;
    }
    let mut row = 13;
    let mut section = (row, GROUPS[0].0);
    for (first, second, rows, points) in GROUPS {
        if first != section.1 {
            merged(sheet, section.0, row - 1, 1, section.1, ruled)?;
            section = (row, first);
        }
        merged(sheet, row, row + rows - 1, 2, second, ruled)?;
        for index in 0..rows {
            let planned = number as u32 % 90 + index + 1;
            sheet.write_with_format(row, 3, format!("{second}第{index}项任务"), ruled)?;
            sheet.write_with_format(row, 4, format!("≥{planned}项"), ruled)?;
            sheet.write_with_format(row, 5, format!("{}项", planned + index % 2), ruled)?;
            let weight = points / f64::from(rows);
            sheet.write_with_format(row, 6, weight, ruled)?;
            sheet.write_with_format(row, 7, weight, ruled)?;
            row += 1;
        }
    }
    merged(sheet, section.0, row - 1, 1, section.1, ruled)?;
    merged(sheet, 12, row - 1, 0, "绩效指标", ruled)?;
    sheet.merge_range(row, 0, row, 5, "总分", ruled)?;
    sheet.write_with_format(row, 6, 100, ruled)?;
    sheet.write_with_format(row, 7, 100, ruled)?;
    Ok(())
}

fn merged(
    sheet: &mut Worksheet,
    first: u32,
    last: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.merge_range(first, column, last, column, text, format)?;
    Ok(())
}
