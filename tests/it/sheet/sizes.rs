//! Small and large forms, upright and across.

use jiping::model::edition::Orientation;

use super::{
    EDITIONS, LaidOut, blank,
    filled::{Points, filled},
    inspect, is_long,
};
use crate::cases;

#[test]
fn blank_forms_of_all_editions_are_laid_out_as_they_must_be() {
    for edition in EDITIONS.iter() {
        let form = LaidOut::new(&blank(edition), edition);
        inspect::assert_sound(&form, &edition.id);
        let (width, height) = form.pages.size(0).expect("a page");
        assert_eq!(
            width > height,
            edition.page == Orientation::Landscape,
            "{}",
            edition.id
        );
        assert!((width * height - 841.89 * 595.28).abs() < 50.0, "A4");
    }
}

#[test]
fn filled_forms_of_all_editions_are_laid_out_as_they_must_be() {
    for (edition, points) in EDITIONS.iter().zip(Points::ALL.iter().cycle()) {
        let form = LaidOut::new(&filled(edition, 3, *points), edition);
        inspect::assert_sound(&form, &edition.id);
    }
}

#[test]
fn a_form_with_one_row_has_one_page() {
    let edition = cases::edition("forestry-2024");
    let form = LaidOut::new(&filled(&edition, 1, Points::Rows), &edition);
    assert_eq!(form.pages.count(), 1);
    inspect::assert_sound(&form, "one row");
}

/// Lays out a form with about so many rows, in a group each so high that pages end in it.
fn assert_large(edition: &str, rows: usize, points: Points) {
    let edition = cases::edition(edition);
    let groups = blank(&edition).groups().count();
    let project = filled(&edition, rows.div_ceil(groups), points);
    assert!(project.rows().count() >= rows);
    let form = LaidOut::new(&project, &edition);
    let count = form.pages.count();
    assert!(count > rows / 60 && count < rows / 8, "{count} pages");
    inspect::assert_sound(&form, &format!("{} with {rows} rows", edition.id));
}

#[test]
fn a_form_with_120_rows_upright() {
    assert_large("shenzhen-2020", 120, Points::Groups);
}

#[test]
fn a_form_with_120_rows_across() {
    assert_large("mof-2020", 120, Points::Rows);
}

#[test]
fn a_form_with_300_rows() {
    if is_long() {
        assert_large("mof-2020", 300, Points::Sections);
    }
}
