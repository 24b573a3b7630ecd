//! `hand-out` and `collect`: workbooks for colleagues, and what comes back of them.

use std::{fs, path::Path};

use super::{CORRECTED, Desk};
use crate::foreign;

/// Types a value into the first open cell of the second sheet.
const TYPE: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[1]
cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
cells = [cell for cell in cells if not isinstance(cell, openpyxl.cell.cell.MergedCell)]
cells[0].value = "4321.5"
sheet.title = "Sheet1"
book.save(sys.argv[2])
print(len(cells))
"#;

#[test]
fn what_colleagues_fill_in_comes_back_into_a_new_file() {
    let desk = Desk::new();
    let before = desk.content(CORRECTED);
    let out = desk.json(
        0,
        &[
            "hand-out",
            CORRECTED,
            "-o",
            ".",
            "--due",
            "2021-03-10",
            "--save",
            "--format",
            "json",
        ],
    );
    assert_eq!(out["recorded"], true);
    assert_ne!(desk.content(CORRECTED), before);
    let path = out["files"][0]["path"].as_str().expect("a path").to_owned();
    let folder = desk.folder.path();
    let open = foreign::python(TYPE, &[&folder.join(&path), &folder.join("改名.xlsx")]);
    assert!(
        open.trim().parse::<usize>().expect("a number") > 10,
        "{open}"
    );

    let noted = desk.content(CORRECTED);
    let back = desk.json(
        0,
        &[
            "collect",
            CORRECTED,
            "改名.xlsx",
            "-o",
            "收回.jiping",
            "--format",
            "json",
        ],
    );
    assert_eq!(
        (&back["files"][0]["forms"][0]["filled"], &back["conflicts"]),
        (&1.into(), &0.into())
    );
    assert_eq!(
        desk.content(CORRECTED),
        noted,
        "the file itself stays as it is"
    );
    let taken = desk.content("收回.jiping");
    assert!(taken.contains("4321.5") && taken.contains("改名.xlsx"));

    // The same file once more is told; a file that is no form is refused, and the others are not.
    let again = desk.expect(0, &["collect", "收回.jiping", "改名.xlsx"]);
    assert!(again.out.contains("内容完全相同"), "{}", again.out);
    desk.put("别的.csv", "甲,乙\n1,2\n");
    let refused = desk.expect(2, &["collect", CORRECTED, "别的.csv", "改名.xlsx"]);
    assert!(refused.err.contains("没有认出填报表"), "{}", refused.err);
    assert!(refused.out.contains("填写 1 处"), "{}", refused.out);
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let desk = Desk::new();
    let out = |code| {
        desk.json(
            code,
            &["hand-out", CORRECTED, "-o", ".", "--format", "json"],
        )
    };
    let before = desk.content(CORRECTED);
    let [first, second] =
        [out(0), out(0)].map(|out| out["files"][0]["path"].as_str().expect("a path").to_owned());
    assert_ne!(first, second);
    let there = |path: &str| Path::new(&desk.folder.path().join(path)).exists();
    assert!(there(&first) && there(&second));
    assert_eq!(desk.content(CORRECTED), before, "nothing is noted unasked");
    fs::remove_file(desk.folder.path().join(&first)).expect("removed");
}
