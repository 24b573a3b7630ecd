//! Templates filled in: values in place, rows with all that belongs to them, and every part that was not touched as it was.

use std::collections::BTreeMap;

use crate::foreign;

use super::{
    Plan, Write, bytes, calculated, changed, filled, inserts, number, openpyxl, parts, place, plan,
    saved, template, text,
};

/// Values and looks that hold for each template after [`plan`].
fn check_form(name: &str) {
    let before = bytes(name);
    let written = filled(&before, &[plan()]);
    let file = saved(&format!("{name}-filled.xlsx"), &written.bytes);
    let said = openpyxl(
        &file,
        &[
            "[s['B2'].value, s['B2'].data_type]",
            "[s[n].value for n in ['B5', 'C5', 'D5', 'B6']]",
            "[[s.cell(r, c).value for c in range(1, 7)] for r in range(8, 14)]",
            "[s['C12'].value, s['H12'].value, s['A14'].value, s['F14'].data_type]",
            "sorted(str(m) for m in s.merged_cells.ranges)",
            "[s.row_dimensions[r].height for r in range(8, 15)]",
            "[s['C9'].fill.fgColor.rgb, s['C10'].fill.fgColor.rgb, s['C11'].fill.fgColor.rgb, s['C12'].fill.fgColor.rgb]",
            "[s['B11'].border.left.style, s['H13'].alignment.wrap_text, s['B5'].number_format, s['F11'].font.name]",
            "[s.page_setup.orientation, s.page_setup.paperSize, s.page_setup.fitToHeight, s.sheet_properties.pageSetUpPr.fitToPage, s.oddFooter.center.text]",
            "[s.column_dimensions[c].width for c in 'ABCH']",
        ],
    );
    assert_eq!(
        said,
        [
            "['=1+1 <培训>&“补助”\\n二期', 's']",
            "[1200.5, 1000, 950, 0]",
            "[['产出指标', '数量指标', '培训场次', 10, 10, 20], \
              [None, None, '指标2：', 20, None, 20], \
              [None, None, '培训人数', 40, 30, 10], \
              [None, None, '发放手册', 50, 50, 10], \
              [None, '质量指标', None, 30, None, 10], \
              [None, None, '合格率', 0, None, None]]",
            if name == "plain" || name == "hidden" {
                "[None, '已整改', '总分', 'n']"
            } else {
                "[None, '已整改', '总分', 'f']"
            },
            "['A14:E14', 'A15:C15', 'A1:H1', 'A8:A13', 'B12:B13', 'B2:H2', 'B8:B11', 'D15:H15']",
            "[30.0, 45.0, 45.0, 45.0, 33.0, 33.0, None]",
            "['00FFF2CC', '00FFF2CC', '00FFF2CC', '00000000']",
            "['thin', True, '#,##0.00', '仿宋']",
            "['landscape', 9, 0, True, '第 &P 页']",
            "[18.0, 14.0, 22.0, 30.0]",
        ],
        "{name}"
    );
    let content = jiping::exchange::read::read(
        &written.bytes,
        "a.xlsx",
        &super::super::packages::Nowhere,
        &super::Unwatched,
    );
    assert!(content.is_ok(), "{name}");
}

#[test]
fn every_template_takes_its_values_and_rows() {
    for name in [
        "plain",
        "formulas",
        "protected",
        "hidden",
        "around",
        "names",
        "sheets",
    ] {
        check_form(name);
    }
}

#[test]
fn parts_that_hold_none_of_it_are_copied_as_they_are() {
    for (name, expected) in [
        ("plain", vec!["xl/worksheets/sheet1.xml"]),
        ("protected", vec!["xl/worksheets/sheet1.xml"]),
        (
            "hidden",
            vec![
                "xl/worksheets/sheet2.xml",
                "xl/worksheets/sheet3.xml",
                "xl/worksheets/sheet4.xml",
            ],
        ),
        (
            "sheets",
            vec![
                "xl/charts/chart1.xml",
                "xl/worksheets/sheet1.xml",
                "xl/worksheets/sheet2.xml",
            ],
        ),
    ] {
        let before = bytes(name);
        assert_eq!(
            changed(&before, &filled(&before, &[plan()]).bytes),
            expected,
            "{name}"
        );
    }
}

#[test]
fn without_rows_that_come_in_only_the_cells_change() {
    let before = bytes("around");
    let plan = Plan {
        writes: vec![
            text("B2", "培训"),
            text("C8", "培训场次，含线上和线下的"),
            number("E8", "10"),
        ],
        ..Plan::default()
    };
    let after = filled(&before, &[plan]).bytes;
    let sheet = "xl/worksheets/sheet1.xml";
    assert_eq!(changed(&before, &after), [sheet]);
    let as_text = |bytes: &[u8]| String::from_utf8(parts(bytes)[sheet].clone()).unwrap();
    let (before, after) = (as_text(&before), as_text(&after));
    // What stands before the first and behind the last cell that was written is the same, byte by byte.
    let begin = before.find("<c r=\"B2\"").unwrap();
    let end = before.len() - before.find("<c r=\"F8\"").unwrap();
    assert_eq!(before[..begin], after[..begin]);
    assert_eq!(before[before.len() - end..], after[after.len() - end..]);
}

#[test]
fn a_plan_of_nothing_changes_nothing() {
    for name in ["around", "sheets"] {
        let before = bytes(name);
        let after = filled(&before, &[Plan::default()]).bytes;
        assert!(changed(&before, &after).is_empty(), "{name}");
    }
}

#[test]
fn formulas_follow_and_calculate() {
    let written = filled(&bytes("formulas"), &[plan()]);
    let kept: Vec<_> = written
        .kept
        .iter()
        .map(|(plan, write, why)| (*plan, write.place, why.as_str()))
        .collect();
    let formula = "单元格是公式，保留了原表的公式";
    assert_eq!(kept, [(0, place("G11"), formula)]);
    let file = saved("formulas-calculated.xlsx", &written.bytes);
    let said = openpyxl(
        &file,
        &[
            "[s[n].value for n in ['B4', 'F4', 'G8', 'G10', 'G11', 'G13', 'F14', 'G14']]",
            "b.calculation.fullCalcOnLoad",
        ],
    );
    assert_eq!(
        said,
        [
            "['=SUM(B5:B6)', '=IF(C4=0,0,D4/C4)', '=IF(E8>=D8,F8,ROUND(F8*E8/D8,2))', \
             '=IF(E10>=D10,F10,ROUND(F10*E10/D10,2))', '=IF(E11>=D11,F11,ROUND(F11*E11/D11,2))', \
             '=IF(E13>=D13,F13,ROUND(F13*E13/D13,2))', '=SUM(F8:F13)+E4', '=SUM(G8:G13)+$G$4']",
            "True",
        ]
    );
    let cells = [
        "B4", "D4", "F4", "G4", "G8", "G9", "G10", "G11", "F14", "G14",
    ];
    assert_eq!(
        calculated(&file, &cells),
        [
            "1200.5", "950", "0.95", "9.5", "20", "0", "7.5", "10", "80", "47"
        ]
    );
}

#[test]
fn what_another_program_had_calculated_is_calculated_anew() {
    let folder = tempfile::tempdir().unwrap();
    let template = template("formulas");
    let made = foreign::converted(&[&template], "xlsx:Calc MS Excel 2007 XML", folder.path());
    let before = std::fs::read(&made[0]).unwrap();
    let after = filled(&before, &[plan()]).bytes;
    let sheet = "xl/worksheets/sheet1.xml";
    assert_eq!(changed(&before, &after), ["xl/workbook.xml", sheet]);
    let file = saved("calculated-before.xlsx", &after);
    let cells = ["B4", "F4", "G8", "G10", "F14", "G14"];
    let expected = ["1200.5", "0.95", "20", "7.5", "80", "47"];
    assert_eq!(calculated(&file, &cells), expected);
}

#[test]
fn protection_stays_and_its_hash_too() {
    let looked_at = [
        "[s.protection.sheet, s.protection.password, s.protection.formatCells]",
        "[s[n].protection.locked for n in ['A1', 'B2', 'E8']]",
    ];
    let before = openpyxl(&template("protected"), &looked_at);
    let written = filled(&bytes("protected"), &[plan()]);
    let file = saved("protected-after.xlsx", &written.bytes);
    assert_eq!(openpyxl(&file, &looked_at), before);
    // A row that comes in may be filled in where the one above it may.
    let inserted = openpyxl(
        &file,
        &["[s['E10'].protection.locked, s['G10'].protection.locked]"],
    );
    assert_eq!(inserted, ["[False, True]"]);
}

#[test]
fn hidden_sheets_stay_hidden_and_do_not_count() {
    let written = filled(&bytes("hidden"), &[plan()]);
    let file = saved("hidden-after.xlsx", &written.bytes);
    let said = openpyxl(
        &file,
        &[
            "[(w.title, w.sheet_state) for w in b]",
            "[b['口径']['A1'].value, b['口径']['A2'].value]",
        ],
    );
    assert_eq!(
        said,
        [
            "[('空白', 'visible'), ('代码', 'veryHidden'), ('口径', 'hidden'), ('自评表', 'visible')]",
            "['口径说明', '=自评表!F14*2']",
        ]
    );
}

#[test]
fn what_lies_around_the_cells_moves_with_them() {
    let written = filled(&bytes("around"), &[plan()]);
    let file = saved("around-after.xlsx", &written.bytes);
    let said = openpyxl(
        &file,
        &[
            "[(str(v.sqref), v.formula1, v.formula2) for v in s.data_validations.dataValidation]",
            "[(str(f.sqref), [r.formula for r in f.rules]) for f in s.conditional_formatting]",
            "[(c.coordinate, c.comment.text) for row in s for c in row if c.comment]",
            "[(c.coordinate, c.hyperlink.location or c.hyperlink.target) for row in s for c in row if c.hyperlink]",
            "[k.id for k in s.row_breaks.brk]",
            "[s.freeze_panes, [t.ref for t in s.tables.values()]]",
            "[(c.anchor._from.row, c.series[0].val.numRef.f) for c in s._charts]",
        ],
    );
    assert_eq!(
        said,
        [
            "[('H8:H13', '\"是,否\"', None), ('G8:G11', '0', '$F$14')]",
            "[('G8:G13', [['F8']]), ('A14:H14', [['$G$14<$F$14*0.6']])]",
            "[('H8', '未完成的，写明原因'), ('G14', '自动计算')]",
            "[('A15', '自评表!G14'), ('D15', 'https://example.invalid/')]",
            "[14]",
            "['A4', ['A23:B24']]",
            "[(16, \"'自评表'!$G$8:$G$13\")]",
        ]
    );
    let parts = parts(&written.bytes);
    let old = parts
        .iter()
        .find(|(name, _)| name.ends_with(".vml"))
        .unwrap();
    let old = String::from_utf8_lossy(old.1);
    assert!(
        old.contains(":Row>13</") && old.contains(":Row>7</"),
        "{old}"
    );
}

#[test]
fn names_and_what_is_printed_follow() {
    let written = filled(&bytes("names"), &[plan()]);
    let file = saved("names-after.xlsx", &written.bytes);
    let said = openpyxl(
        &file,
        &[
            "[(n.name, n.attr_text) for n in b.defined_names.definedName]",
            "[s.print_area, s.print_title_rows]",
        ],
    );
    assert_eq!(
        said,
        [
            "[('指标得分', '自评表!$G$8:$G$13'), ('合计', '自评表!$G$14'), ('及格', '60')]",
            "[['$A$1:$H$15'], '1:3']",
        ]
    );
}

#[test]
fn sheets_that_refer_to_each_other_still_do() {
    let written = filled(&bytes("sheets"), &[plan()]);
    let file = saved("sheets-after.xlsx", &written.bytes);
    let said = openpyxl(
        &file,
        &[
            "[b.worksheets[1][n].value for n in ['B1', 'B2', 'B3', 'B4']]",
            "[s['H4'].value, b['附注']['A2'].value]",
            "[c.series[0].val.numRef.f for c in b.worksheets[1]._charts]",
        ],
    );
    assert_eq!(
        said,
        [
            "['=自评表!G14', \"=SUM('自评表'!G8:G13)\", '=B1-B2', '=\"自评表!G11\"&自评表!A14']",
            "[\"='汇总 ''总''表'!B1\", '=A1']",
            "[\"'自评表'!$G$8:$G$13\"]",
        ]
    );
    assert_eq!(calculated(&file, &["H4", "G14"]), ["47", "47"]);
}

/// The heights of the first 15 rows once three have come in and this is written, and what is told.
fn heights(template: &[u8], writes: Vec<Write>) -> (Vec<String>, Vec<String>) {
    let plan = Plan {
        writes,
        inserts: inserts(),
        ..Plan::default()
    };
    let written = filled(template, &[plan]);
    let file = saved("heights.xlsx", &written.bytes);
    let heights = "[s.row_dimensions[r].height for r in range(1, 16)]";
    (openpyxl(&file, &[heights]), written.remarks)
}

fn package(entries: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_slice()))
        .collect();
    super::super::packages::zipped(&entries)
}

#[test]
fn rows_become_high_enough_for_what_is_written() {
    let before = bytes("plain");
    let goal = "完成全部培训，学员考核合格，手册发放到人。".repeat(6);
    let reason = "因场地维修，两期培训推迟到次年一月，已与场馆约定时间。".repeat(5);
    let short = "培训场次，含线上和线下的";
    let none = heights(&before, vec![text("C8", short), text("H14", &reason)]);
    let kept = "[36.0, None, 24.0, None, None, None, None, 30.0, 45.0, 45.0, 45.0, 33.0, 33.0, None, None]";
    assert_eq!(none.0, [kept]);
    let writes = || {
        vec![
            // A merged cell in a row that has no height, a cell in a row that has one, and in one that follows its texts.
            text("B2", &goal),
            text("H9", &reason),
            text("H14", &reason),
            // A cell over two rows, with what fits beside it.
            text("B12", &"质量".repeat(20)),
            text("C12", short),
        ]
    };
    let (raised, remarks) = heights(&before, writes());
    assert_eq!(
        raised,
        [kept
            .replacen("None", "43.5", 1)
            .replacen("45.0", "157.5", 1)
            .replace("33.0, None", "67.5, None")]
    );
    assert_eq!(remarks, ["有 3 行加高，以便看到全部文字。"]);

    let (highest, remarks) = heights(&before, vec![text("H9", &reason.repeat(9))]);
    assert_eq!(highest, [kept.replacen("45.0", "409.0", 1)]);
    assert_eq!(
        remarks,
        [
            "有 1 行加高，以便看到全部文字。",
            "自评表!H9的文字很长，行高已到上限，仍显示不全。文字都已写入；打印前请调小字号，或加宽列。",
        ]
    );

    // Where a format does not wrap, a row would not show more.
    let mut entries = parts(&before);
    let styles = entries.get_mut("xl/styles.xml").unwrap();
    let level = String::from_utf8_lossy(styles).replace("wrapText=\"1\"", "wrapText=\"0\"");
    *styles = level.into_bytes();
    assert_eq!(heights(&package(&entries), writes()).0, [kept]);
}

#[test]
fn macros_and_whatever_else_lies_in_the_package_stay() {
    let before = bytes("plain");
    let mut entries = parts(&before);
    entries.insert("xl/vbaProject.bin".to_owned(), vec![0xD0, 0xCF, 0, 1, 2]);
    entries.insert(
        "_xmlsignatures/sig1.xml".to_owned(),
        b"<Signature/>".to_vec(),
    );
    let before = package(&entries);
    let written = filled(&before, &[plan()]);
    assert_eq!(
        changed(&before, &written.bytes),
        ["xl/worksheets/sheet1.xml"]
    );
    assert_eq!(
        written.remarks,
        [
            "原文件带有数字签名，内容改变后签名不再有效；需要签名的，请填好后重新签名。",
            "有 1 行加高，以便看到全部文字。",
        ]
    );
}
