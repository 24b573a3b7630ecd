//! The last page of a form: rows stand closer where that saves a page with hardly anything on it.

use jiping::{
    model::{
        edition::Edition, figure::FigureCell, id::CountedIds, indicator::Indicator,
        project::Project,
    },
    sheet::{booklet::Booklet, pages::Pages, table::FormSheet},
};

use proptest::prelude::*;

use super::{LaidOut, TIME, TYPESETTER, blank, inspect, random::few, readback};
use crate::cases;

/// A form with so many rows of one line in its first group.
fn form(edition: &Edition, rows: usize) -> Project {
    let mut project = blank(edition);
    let mut ids = CountedIds(50_000);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    group.indicators = (0..rows)
        .map(|number| {
            let mut row = Indicator::blank(&mut ids);
            row.name = format!("指标{number}");
            row.weight = FigureCell::from("1");
            row
        })
        .collect();
    project
}

/// As it would be if no page were saved.
fn usual(sheet: &FormSheet) -> Pages {
    let mut booklet = Booklet::official([sheet.clone()], TIME);
    booklet.saves_pages = false;
    TYPESETTER.lay_out(&booklet).expect("lays out")
}

#[test]
fn a_form_with_one_row_too_many_for_a_page_fits_on_it() {
    for (edition, rows, count) in [("shenzhen-2020", 23, 1), ("mof-2020", 36, 2)] {
        let edition = cases::edition(edition);
        let full = LaidOut::new(&form(&edition, rows - 1), &edition);
        assert_eq!(
            (full.pages.count(), full.pages.parts[0].is_close),
            (count, false)
        );
        let spilled = LaidOut::new(&form(&edition, rows), &edition);
        let usual = usual(&spilled.sheet);
        assert_eq!((usual.count(), usual.parts[0].is_close), (count + 1, false));
        assert_eq!(
            (spilled.pages.count(), spilled.pages.parts[0].is_close),
            (count, true)
        );
        assert!(
            spilled.pages.passes <= usual.passes + 2,
            "{}",
            spilled.pages.passes
        );
        inspect::assert_sound(&spilled, &edition.id);
    }
}

/// How high the rows of one line are, from the least to the most.
fn heights(laid: &LaidOut) -> (f64, f64) {
    let cells = laid.pages.cells.iter();
    let rows = cells.filter(|cell| laid.cell(cell.address).text.starts_with("指标"));
    rows.map(|cell| cell.pieces[0].1.height)
        .fold((f64::MAX, 0.0), |(least, most), height| {
            (least.min(height), most.max(height))
        })
}

#[test]
fn rows_of_a_form_are_as_close_on_its_first_page_as_on_its_last() {
    for (edition, rows) in [("shenzhen-2020", 27), ("mof-2020", 38)] {
        let edition = cases::edition(edition);
        let laid = LaidOut::new(&form(&edition, rows), &edition);
        assert!(laid.pages.parts[0].is_close);
        let (least, most) = heights(&laid);
        assert!(most - least < 0.1, "from {least} to {most}");
        assert!((12.9..14.0).contains(&least), "{least}: still legible");
        inspect::assert_sound(&laid, &edition.id);
    }
}

#[test]
fn a_last_page_with_more_on_it_stays_as_it_was() {
    let edition = cases::edition("shenzhen-2020");
    for rows in [15, 30, 40] {
        let laid = LaidOut::new(&form(&edition, rows), &edition);
        let usual = usual(&laid.sheet);
        assert_eq!(laid.pages.cells, usual.cells, "{rows} rows");
        assert_eq!(laid.pages.passes, usual.passes, "it costs nothing");
        assert!(!laid.pages.parts[0].is_close);
    }
}

#[test]
fn each_form_of_a_file_is_as_close_as_by_itself() {
    let edition = cases::edition("shenzhen-2020");
    let forms = [22, 23, 27, 30].map(|rows| LaidOut::new(&form(&edition, rows), &edition));
    let sheets = forms.iter().map(|form| form.sheet.clone());
    let pages = TYPESETTER
        .lay_out(&Booklet::official(sheets, TIME))
        .expect("lays out");
    assert!(pages.is_settled);
    let alone = forms.iter().map(|form| form.pages.parts[0]);
    let alone: Vec<_> = alone.map(|part| (part.count, part.is_close)).collect();
    let together = pages.parts.iter();
    let together: Vec<_> = together.map(|part| (part.count, part.is_close)).collect();
    assert_eq!(together, alone);
    assert_eq!(alone, [(1, false), (1, true), (1, true), (2, false)]);
    let texts = readback::drawn_texts(&pages);
    for (page, number) in ["第1页共1页"; 3]
        .iter()
        .chain(&["第1页共2页", "第2页共2页"])
        .enumerate()
    {
        assert!(
            inspect::letters(&texts[page]).contains(number),
            "page {page}"
        );
    }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn closer_rows_save_a_page_and_lose_nothing(
        rows in 14..30_usize,
        name in "[完成年度课题数量]{2,24}",
        goal in "[完成，年度课题。]{0,200}",
    ) {
        let edition = cases::edition("shenzhen-2020");
        let mut project = form(&edition, rows);
        let goals = project.goals.get_mut(0).expect("a goal");
        goals.expected = goal.as_str().into();
        let section = goals.sections.get_mut(0).expect("a section");
        let group = section.groups.get_mut(0).expect("a group");
        for index in (0..rows).step_by(3) {
            group.indicators.get_mut(index).expect("a row").name = name.clone();
        }
        let laid = LaidOut::new(&project, &edition);
        let usual = usual(&laid.sheet);
        if laid.pages.parts[0].is_close {
            prop_assert!(laid.pages.count() < usual.count());
        } else {
            prop_assert_eq!(&laid.pages.cells, &usual.cells);
        }
        inspect::assert_sound(&laid, "any form");
    }
}
