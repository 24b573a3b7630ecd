//! What must never go wrong, whatever a form says: texts that look like formulas, texts without end, the same file twice.

use jiping::{model::project::Project, sheet::office::OfficeError};

use proptest::prelude::*;

use super::{FORMULAS, Subject, VALUES, clean, entry, places::assert_same, read_back};
use crate::{
    cases,
    sheet::{blank, random},
};

/// A form whose texts all are this one.
fn saying(text: &str) -> Subject {
    let edition = cases::edition("mof-2020");
    let mut project: Project = cases::clean_project(&edition);
    project
        .header
        .values_mut()
        .for_each(|field| *field = text.into());
    for index in 0..project.funds.len() {
        let row = project.funds.get_mut(index).expect("a row");
        row.name = text.to_owned();
        row.figures
            .values_mut()
            .for_each(|cell| *cell = text.into());
    }
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = text.into();
    for section in 0..goal.sections.len() {
        let section = goal.sections.get_mut(section).expect("a section");
        for group in 0..section.groups.len() {
            let group = section.groups.get_mut(group).expect("a group");
            for row in 0..group.indicators.len() {
                let row = group.indicators.get_mut(row).expect("a row");
                row.name = text.to_owned();
                row.target = text.into();
                row.actual = text.into();
                row.weight = text.into();
                row.score = text.into();
                row.deviation = text.into();
            }
        }
    }
    project.stated.total_score = text.into();
    Subject::new(text, project, edition)
}

#[test]
fn what_looks_like_a_formula_is_text() {
    let texts = [
        "=1+1",
        "+1",
        "-2+3",
        "@SUM(A1:A9)",
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"http://example.org\",\"看\")",
        "＝1",
        "0012",
        "1e5",
        "_x000D_",
        "http://example.org",
        "internal:A1",
        "<b>&amp;\"'",
    ];
    for text in texts {
        let subject = saying(text);
        let bytes = subject.write(FORMULAS).expect("a workbook");
        let sheet = entry(&bytes, "xl/worksheets/sheet1.xml");
        assert!(
            !sheet.contains("<f>") && !sheet.contains("<hyperlink"),
            "{text}"
        );
        assert_same(&subject.sheet(), &read_back(&bytes).grids[0], text);
    }
}

proptest! {
    #![proptest_config(random::few())]

    #[test]
    fn any_text_is_kept_as_it_is(text in any::<String>()) {
        // Line ends of other systems are read as line ends.
        let subject = saying(&text.replace('\r', "\n"));
        let bytes = subject.write(FORMULAS).expect("a workbook");
        assert_same(&subject.sheet(), &read_back(&bytes).grids[0], &text);
    }
}

#[test]
fn a_very_long_text_stays_whole_in_rows_that_show_it() {
    let mut subject = saying("公园");
    let long = "管护了公园的绿地，修剪了树木。".repeat(400);
    let goal = subject.project.goals.get_mut(0).expect("a goal");
    goal.expected = long.as_str().into();
    let row = goal.sections.get_mut(0).expect("a section");
    let group = row.groups.get_mut(0).expect("a group");
    let row = group.indicators.get_mut(0).expect("a row");
    row.deviation = long[..3000].into();
    let bytes = subject.write(VALUES).expect("a workbook");
    let content = read_back(&bytes);
    assert_same(&subject.sheet(), &content.grids[0], "long");
    let cells = &content.grids[0].cells;
    let goal = cells.iter().find(|cell| cell.text == long).expect("whole");
    let sheet = entry(&bytes, "xl/worksheets/sheet1.xml");
    let heights = heights(&sheet);
    let rows = goal.place.row as usize..(goal.place.row + goal.rows) as usize;
    let height: f64 = heights[rows].iter().sum();
    assert!(heights.iter().all(|height| *height <= 409.0), "{heights:?}");
    // Half of the page is not 40 characters wide.
    let lines = (long.chars().count() / 40) as f64;
    assert!(height > lines * 11.25, "{height}");
}

/// The heights of the rows, in points.
fn heights(sheet: &str) -> Vec<f64> {
    /// Of rows that name none.
    const USUAL: f64 = 13.5;
    let rows = sheet.split("<row ").skip(1);
    rows.map(|row| {
        let row = row.split_once('>').expect("an end").0;
        row.split_once(" ht=\"").map_or(USUAL, |(_, height)| {
            let height = height.split_once('"').expect("a value").0;
            height.parse().expect("a number")
        })
    })
    .collect()
}

#[test]
fn more_than_a_cell_holds_is_said() {
    let mut subject = saying("公园");
    let goal = subject.project.goals.get_mut(0).expect("a goal");
    goal.expected = "长".repeat(32_768).into();
    let failed = subject.write(VALUES).expect_err("too long");
    assert!(matches!(failed, OfficeError::TooLarge(_)), "{failed}");
    assert!(failed.to_string().contains("32767"), "{failed}");
}

#[test]
fn a_form_gives_the_same_bytes_every_time() {
    for subject in clean() {
        let once = subject.write(FORMULAS).expect("a workbook");
        assert_eq!(once, subject.write(FORMULAS).expect("a workbook"));
    }
}

#[test]
fn a_blank_form_is_a_workbook() {
    let edition = cases::edition("shenzhen-2020");
    let subject = Subject::new("blank", blank(&edition), edition);
    let content = read_back(&subject.write(FORMULAS).expect("a workbook"));
    assert_eq!(content.grids[0].name, "（未填写项目名称）");
    assert_same(&subject.sheet(), &content.grids[0], "blank");
}
