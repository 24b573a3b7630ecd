//! Laying out again after a small change: what was remembered shows nowhere.

use jiping::sheet::{
    booklet::Booklet, fonts::SystemFonts, layout::Typesetter, pages::Pages, table::FormSheet,
};

use super::{SAMPLE, TIME, edition_of, first_project, readback};

fn fresh() -> Typesetter {
    Typesetter::with_fonts(SystemFonts::from_fn(Vec::new))
}

fn lay_out(typesetter: &Typesetter, sheet: &FormSheet) -> Pages {
    let booklet = Booklet::official([sheet.clone()], TIME);
    typesetter.lay_out(&booklet).expect("lays out")
}

#[test]
fn a_form_laid_out_after_an_edit_is_as_if_laid_out_at_first() {
    let mut project = first_project("assets/samples/shenzhen-2020-filed.jiping");
    let edition = edition_of(&project);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    // Three more lines move all that follows.
    group.indicators.get_mut(3).expect("a row").name = "改了名称的指标".repeat(6);
    let edited = FormSheet::new(&project, &edition);

    let typesetter = fresh();
    let before = lay_out(&typesetter, &SAMPLE.sheet);
    let after = lay_out(&typesetter, &edited);
    let back = lay_out(&typesetter, &SAMPLE.sheet);
    assert_ne!(before.cells, after.cells);
    assert_eq!(before.cells, back.cells);
    assert_eq!(before.cells, SAMPLE.pages.cells);
    // Nothing is remembered from so long ago.
    typst_forgets();
    let at_first = lay_out(&fresh(), &edited);
    assert_eq!(after.cells, at_first.cells);
    assert!(readback::pdf(&after) == readback::pdf(&at_first));
}

/// Lays out other forms until typst has dropped what it remembered of earlier ones.
fn typst_forgets() {
    let edition = crate::cases::edition("forestry-2024");
    let sheet = FormSheet::new(&super::blank(&edition), &edition);
    for _ in 0..12 {
        lay_out(&fresh(), &sheet);
    }
}
