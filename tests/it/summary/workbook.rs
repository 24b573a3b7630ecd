//! The 汇总表 as a workbook, read by other programs.

use std::path::Path;

use jiping::summary::{overview::Overview, workbook::workbook};
use serde_json::Value as Json;

use super::{TIME, overview::PROJECTS, subjects};
use crate::foreign::{converted, python};

/// Prints what openpyxl finds: cells with their cached values and formulas, panes, filters, charts, print setup.
const READ: &str = r#"
import json, sys
import openpyxl
values = openpyxl.load_workbook(sys.argv[1], data_only=True)
book = openpyxl.load_workbook(sys.argv[1])
sheets = {}
for sheet in book.worksheets:
    sheets[sheet.title] = {
        "cells": [[cell.value for cell in row] for row in values[sheet.title].iter_rows()],
        "formulas": [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"],
        "formats": [cell.number_format for cell in sheet[2]] if sheet.max_row > 1 else [],
        "freeze": sheet.freeze_panes, "filter": sheet.auto_filter.ref, "charts": len(sheet._charts),
        "landscape": sheet.page_setup.orientation, "rows": sheet.print_title_rows,
        "footer": sheet.oddFooter.center.text, "fit": sheet.page_setup.fitToHeight,
    }
print(json.dumps({"sheets": sheets, "made": str(book.properties.created), "title": book.properties.title}))
"#;

fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("汇总.xlsx");
    let overview = Overview::of(&subjects(text), TIME);
    std::fs::write(&file, workbook(&overview).expect("a workbook")).expect("written");
    (folder, file)
}

fn read(file: &Path) -> Json {
    serde_json::from_str(&python(READ, &[file])).expect("JSON")
}

#[test]
fn openpyxl_finds_values_filters_charts_and_print_setup() {
    let (_folder, file) = written(PROJECTS);
    let read = read(&file);
    assert_eq!(read["made"], "2021-03-05 14:32:00");
    assert_eq!(read["title"], "绩效自评汇总表");
    let sheets = read["sheets"].as_object().expect("sheets");
    let names: Vec<&String> = sheets.keys().collect();
    assert_eq!(names.len(), 12);
    let projects = &sheets["项目一览"];
    let column = |caption: &str| {
        let headings = projects["cells"][0].as_array().expect("headings");
        headings
            .iter()
            .position(|heading| heading == caption)
            .expect("the column")
    };
    let (budget, rate, score) = (
        column("预算数（万元）"),
        column("执行率（填报）"),
        column("总分（填报）"),
    );
    assert_eq!(projects["cells"][2][budget], 50.000001);
    assert_eq!(projects["formats"][budget], "#,##0.000000");
    assert_eq!(projects["cells"][1][rate], 0.805);
    assert_eq!(projects["formats"][rate], "0.00%");
    assert_eq!(projects["cells"][3][score], "约九十分");
    // 合计 is a formula that follows the filter, with its value beside it for those who do not calculate.
    assert_eq!(projects["cells"][5][budget], 150.000001);
    assert!(
        projects["formulas"]
            .as_array()
            .expect("a list")
            .contains(&"=SUBTOTAL(109,F2:F5)".into())
    );
    assert_eq!(projects["filter"], "A1:W5");
    for (name, sheet) in sheets.iter().filter(|(name, _)| *name != "说明") {
        assert_eq!(sheet["freeze"], "A2", "{name}");
        assert_eq!(sheet["landscape"], "landscape", "{name}");
        assert_eq!(sheet["rows"], "$1:$1", "{name}");
        assert_eq!(sheet["fit"], 0, "{name}");
        assert_eq!(sheet["footer"], "第 &P 页　共 &N 页", "{name}");
    }
    for (name, charts) in [
        ("等级分布", 1),
        ("部门汇总", 1),
        ("一级指标汇总", 1),
        ("排名", 2),
    ] {
        assert_eq!(sheets[name]["charts"], charts, "{name}");
    }
}

#[test]
fn text_is_never_a_formula_and_the_bytes_are_the_same_again() {
    let hostile = PROJECTS
        .replace("道路养护", "=HYPERLINK(\"http://x\",1)")
        .replace("桥梁检测", &"长".repeat(40_000));
    let overview = Overview::of(&subjects(&hostile), TIME);
    let once = workbook(&overview).expect("a workbook");
    assert!(once == workbook(&overview).expect("a workbook"));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("汇总.xlsx");
    std::fs::write(&file, once).expect("written");
    let read = read(&file);
    let text = "=HYPERLINK(\"http://x\",1)";
    let projects = &read["sheets"]["项目一览"];
    assert_eq!(projects["cells"][1][3], text);
    assert!(
        !projects["formulas"]
            .as_array()
            .expect("a list")
            .contains(&text.into())
    );
    let cut = projects["cells"][2][3].as_str().expect("a text");
    assert!(cut.ends_with("全文见原表）"));
}

#[test]
fn libreoffice_calculates_the_same_and_prints_it() {
    let (folder, file) = written(PROJECTS);
    let recalculated = folder.path().join("again");
    std::fs::create_dir(&recalculated).expect("a folder");
    let [again] = &converted(&[&file], "xlsx:Calc MS Excel 2007 XML", &recalculated)[..] else {
        panic!("one file");
    };
    let (ours, theirs) = (read(&file), read(again));
    assert_eq!(
        ours["sheets"]["项目一览"]["cells"],
        theirs["sheets"]["项目一览"]["cells"]
    );
    let pdf = converted(&[&file], "pdf", folder.path());
    let text = std::process::Command::new("pdftotext")
        .arg(&pdf[0])
        .arg("-")
        .output()
        .expect("pdftotext");
    let text: String = String::from_utf8_lossy(&text.stdout)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    for words in [
        "道路养护",
        "甲局一所",
        "绩效自评汇总表",
        "等级分布",
        "87.00%",
        "没有计入执行率",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn a_workbook_of_no_projects_opens_too() {
    let (_folder, file) = written("");
    let read = read(&file);
    assert_eq!(
        read["sheets"]["说明"]["cells"][2][0],
        "没有可以汇总的项目。"
    );
}
