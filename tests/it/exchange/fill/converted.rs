//! .xls into .xlsx: what openpyxl sees is what it saw before LibreOffice made an .xls of it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use jiping::exchange::{
    child::Within, error::ReadError, fill::convert::workbook, read::read, watch::Unwatched,
};

use super::{changed, filled, openpyxl, plan, saved, template};
use crate::foreign;

/// Templates as .xls, made by LibreOffice all at once.
static OLD: LazyLock<BTreeMap<&str, Vec<u8>>> = LazyLock::new(|| {
    const NAMES: [&str; 3] = ["old", "protected", "around"];
    let folder = tempfile::tempdir().expect("a folder");
    let templates = NAMES.map(template);
    let templates = templates.each_ref().map(PathBuf::as_path);
    let made = foreign::converted(&templates, "xls:MS Excel 97", folder.path());
    let bytes = made
        .iter()
        .map(|path| fs::read(path).expect("what LibreOffice made"));
    NAMES.into_iter().zip(bytes).collect()
});

/// What a person sees of a form, but for what formulas come to.
const SEEN: [&str; 12] = [
    "[[s.cell(r, c).value for c in (1, 2, 3, 4, 5, 6, 8)] for r in (1, 2, 3, 7, 8, 9, 10)]",
    "sorted(str(m) for m in s.merged_cells.ranges)",
    "[s['A1'].font.name, s['A1'].font.u, s['A1'].font.color.rgb[2:]] + [(c.font.sz, c.font.b) for c in (s['A1'], s['A2'], s['C9'])]",
    "[(c.alignment.horizontal, c.alignment.vertical, c.alignment.wrap_text, c.alignment.indent) for c in (s['A1'], s['A5'], s['H9'])]",
    "[(c.border.left.style, c.border.right.style, c.border.top.style, c.border.bottom.style) for c in (s['A1'], s['B9'], s['H12'])]",
    "[c.fill.fgColor.rgb[2:] for c in (s['C9'], s['H3'])]",
    "[s[n].number_format for n in ('A1', 'B5', 'F4')]",
    "[round(s.column_dimensions[c].width) for c in 'ABCH']",
    "[s.row_dimensions[r].height for r in (1, 3, 8, 9, 10)]",
    "[s.row_dimensions[6].hidden, [(w.title, w.sheet_state) for w in b]]",
    "[s.page_setup.orientation, s.page_setup.paperSize, s.page_setup.fitToHeight, s.page_setup.fitToWidth, s.sheet_properties.pageSetUpPr.fitToPage, round(s.page_margins.left, 2)]",
    "[s.print_area, s.print_title_rows.replace('$', '')]",
];

fn seen(file: &Path) -> Vec<String> {
    openpyxl(file, &SEEN)
}

#[test]
fn an_old_workbook_looks_the_same_in_the_new_format() {
    let (new, remarks) = workbook(&OLD["old"], &Unwatched).unwrap();
    assert_eq!(
        remarks,
        ["原表中的公式已转为数值，填写后合计等不会自动计算，请核对。"]
    );
    let file = saved("old-converted.xlsx", &new);
    let (before, after) = (seen(&template("old")), seen(&file));
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(after, before);
    }
    let numbers = openpyxl(&file, &["[s[n].value for n in ('B4', 'F4', 'G8', 'F11')]"]);
    assert_eq!(numbers, ["[0, 0, 0, 60]"]);
    let again = workbook(&OLD["old"], &Unwatched).unwrap().0;
    assert!(
        changed(&new, &again).is_empty(),
        "the same comes out each time"
    );
}

#[test]
fn a_converted_workbook_takes_values_and_rows() {
    let (new, _) = workbook(&OLD["old"], &Unwatched).unwrap();
    let written = filled(&new, &[plan()]);
    assert!(written.kept.is_empty(), "{:?}", written.kept);
    let file = saved("old-filled.xlsx", &written.bytes);
    let said = openpyxl(
        &file,
        &[
            "[s['B2'].value, s['B5'].value, s['C11'].value, s['G11'].value]",
            "sorted(str(m) for m in s.merged_cells.ranges)",
            "[s.print_area, s.print_title_rows.replace('$', ''), s['C10'].fill.fgColor.rgb[2:]]",
        ],
    );
    assert_eq!(
        said,
        [
            "['=1+1 <培训>&“补助”\\n二期', 1200.5, '发放手册', 10]",
            "['A14:E14', 'A15:C15', 'A1:H1', 'A8:A13', 'B12:B13', 'B2:H2', 'B8:B11', 'D15:H15']",
            "[['$A$1:$H$15'], '1:3', 'FFF2CC']",
        ]
    );
}

#[test]
fn protection_and_things_that_are_lost_are_told() {
    let (new, remarks) = workbook(&OLD["protected"], &Unwatched).unwrap();
    let file = saved("protected-converted.xlsx", &new);
    let said = openpyxl(
        &file,
        &["[s.protection.sheet, s['B5'].protection.locked, s['A1'].protection.locked]"],
    );
    assert_eq!(said, ["[True, False, True]"]);
    let told =
        |remarks: &[String], words: &str| remarks.iter().any(|remark| remark.contains(words));
    assert!(told(&remarks, "不再需要密码"), "{remarks:?}");
    let (_, remarks) = workbook(&OLD["around"], &Unwatched).unwrap();
    assert!(
        told(&remarks, "批注") && told(&remarks, "图片"),
        "{remarks:?}"
    );
}

#[test]
fn what_is_no_workbook_of_excel_97_is_refused() {
    let form = include_bytes!("../../../exchange/old/form.xls");
    assert!(workbook(form, &Unwatched).is_ok());
    // Cut off or changed anywhere, it is refused or read as what is left; nothing panics.
    for at in (0..form.len()).step_by(1_499) {
        let _ = workbook(&form[..at], &Unwatched);
        let mut changed = form.to_vec();
        changed[at] ^= 0xFF;
        let _ = workbook(&changed, &Unwatched);
    }
    for bytes in [b"".as_slice(), b"PK\x03\x04", &form[..600]] {
        let refused = workbook(bytes, &Unwatched);
        assert!(matches!(refused, Err(ReadError::Broken(_))), "{refused:?}");
    }
}

#[test]
fn a_converted_workbook_reads_as_the_old_one_did() {
    for old in [
        include_bytes!("../../../exchange/forms/v06-review.xls").as_slice(),
        include_bytes!("../../../exchange/forms/v20-yunnan.xls"),
        include_bytes!("../../../exchange/old/form.xls"),
    ] {
        let (new, _) = workbook(old, &Unwatched).unwrap();
        let grids = |bytes: &[u8]| read(bytes, "表", &Within, &Unwatched).unwrap().grids;
        assert_eq!(grids(&new), grids(old));
    }
}
