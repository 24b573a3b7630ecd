//! Cells merged over several rows: points, reasons, captions.

use jiping::{
    model::{
        edition::Edition,
        id::{CountedIds, Id},
        indicator::{Group, Indicator, SharedReason},
        path::{BlockField, IndicatorField, Place},
        project::Project,
    },
    sheet::table::{Cell, FormSheet},
};

use super::{
    blank,
    cells::{assert_addressed_once, assert_nothing_missing, assert_tiled},
    filled::shared_reason,
    the_cell,
};
use crate::cases;

/// A form whose first group has so many rows, named 行0, 行1 …
fn form(edition: &str, rows: usize) -> (Project, Edition) {
    let edition = cases::edition(edition);
    let mut project = blank(&edition);
    with_first_group(&mut project, |group| {
        let mut ids = CountedIds(1000);
        group.indicators = (0..rows)
            .map(|index| {
                let mut row = Indicator::blank(&mut ids);
                row.name = format!("行{index}");
                row
            })
            .collect();
    });
    (project, edition)
}

fn with_first_group(project: &mut Project, change: impl FnOnce(&mut Group)) {
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    change(section.groups.get_mut(0).expect("a group"));
}

fn with_row(project: &mut Project, index: usize, change: impl FnOnce(&mut Indicator)) {
    with_first_group(project, |group| {
        change(group.indicators.get_mut(index).expect("a row"));
    });
}

fn first_group(project: &Project) -> &Group {
    project.groups().next().expect("a group").group
}

fn row_id(project: &Project, index: usize) -> Id<Indicator> {
    first_group(project)
        .indicators
        .get(index)
        .expect("a row")
        .id
}

/// The sheet, after all that must hold for every sheet.
fn sound(project: &Project, edition: &Edition) -> FormSheet {
    let sheet = FormSheet::new(project, edition);
    assert_tiled(&sheet, &edition.id);
    assert_addressed_once(&sheet, &edition.id);
    assert_nothing_missing(project, edition, &sheet, &edition.id);
    sheet
}

fn cell_of(sheet: &FormSheet, place: Place) -> Option<&Cell> {
    sheet
        .cells()
        .map(|(_, cell)| cell)
        .find(|cell| cell.at.as_ref().is_some_and(|at| at.place == place))
}

/// Text and height of the cell of a field; `None` where it has none.
fn seen(sheet: &FormSheet, place: Place) -> Option<(&str, usize)> {
    cell_of(sheet, place).map(|cell| (cell.text.as_str(), cell.rows))
}

fn score(id: Id<Indicator>) -> Place {
    Place::Indicator(id, IndicatorField::Score)
}

fn reason(id: Id<Indicator>) -> Place {
    Place::Indicator(id, IndicatorField::Deviation)
}

#[test]
fn points_of_a_group_stand_over_its_rows() {
    let (mut project, edition) = form("shenzhen-2020", 4);
    with_first_group(&mut project, |group| {
        group.weight = "20".into();
        group.score = "19.5".into();
    });
    let sheet = sound(&project, &edition);
    let id = first_group(&project).id;
    assert_eq!(
        seen(&sheet, Place::Group(id, BlockField::Weight)),
        Some(("20", 4))
    );
    assert_eq!(
        seen(&sheet, Place::Group(id, BlockField::Score)),
        Some(("19.5", 4))
    );
    assert_eq!(
        seen(&sheet, Place::Group(id, BlockField::Caption)).map(|(_, rows)| rows),
        Some(4)
    );
    assert_eq!(seen(&sheet, score(row_id(&project, 0))), None);
}

#[test]
fn an_empty_form_that_scores_groups_has_their_merged_cells() {
    let (project, edition) = form("shenzhen-2020", 3);
    let sheet = sound(&project, &edition);
    let id = first_group(&project).id;
    assert_eq!(
        seen(&sheet, Place::Group(id, BlockField::Score)),
        Some(("", 3))
    );
    let (project, edition) = form("mof-2020", 3);
    let sheet = sound(&project, &edition);
    assert_eq!(seen(&sheet, score(row_id(&project, 2))), Some(("", 1)));
}

#[test]
fn rows_with_points_of_their_own_part_the_cell_of_their_group() {
    let (mut project, edition) = form("mof-2020", 5);
    with_first_group(&mut project, |group| group.score = "9".into());
    with_row(&mut project, 2, |row| row.score = "4".into());
    let sheet = sound(&project, &edition);
    let id = first_group(&project).id;
    assert_eq!(
        seen(&sheet, Place::Group(id, BlockField::Score)),
        Some(("9", 2)),
        "printed once, over the rows before"
    );
    assert_eq!(seen(&sheet, score(row_id(&project, 2))), Some(("4", 1)));
}

#[test]
fn points_in_all_rows_and_in_their_group_are_all_printed() {
    let (mut project, edition) = form("mof-2020", 2);
    with_first_group(&mut project, |group| {
        group.weight = "17".into();
        group.score = "16.5".into();
    });
    for index in 0..2 {
        with_row(&mut project, index, |row| {
            row.weight = "8".into();
            row.score = "7".into();
        });
    }
    sound(&project, &edition);
}

#[test]
fn points_of_a_section_stand_over_its_groups() {
    let (mut project, edition) = form("mof-2020", 3);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    section.weight = "50".into();
    let (id, groups) = (section.id, section.groups.len());
    let sheet = sound(&project, &edition);
    assert_eq!(
        seen(&sheet, Place::Section(id, BlockField::Weight)),
        Some(("50", 3 + groups - 1))
    );
}

#[test]
fn empty_groups_and_sections_keep_a_line() {
    let (mut project, edition) = form("mof-2020", 0);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(1).expect("a section");
    section.groups = Default::default();
    let id = section.id;
    let sheet = sound(&project, &edition);
    let group = first_group(&project).id;
    assert_eq!(
        seen(&sheet, Place::Group(group, BlockField::Caption)).map(|(_, rows)| rows),
        Some(1)
    );
    assert_eq!(
        seen(&sheet, Place::Section(id, BlockField::Caption)).map(|(_, rows)| rows),
        Some(1)
    );
}

#[test]
fn a_shared_reason_stands_over_the_rows_without_their_own() {
    let (mut project, edition) = form("mof-2020", 5);
    let span = [1, 2, 3].map(|index| row_id(&project, index));
    add_reason(&mut project, &span, "疫情影响");
    with_row(&mut project, 4, |row| row.deviation = "另有原因".into());
    let sheet = sound(&project, &edition);
    let id = shared(&project);
    assert_eq!(seen(&sheet, Place::Reason(id)), Some(("疫情影响", 3)));
    assert_eq!(
        seen(&sheet, reason(row_id(&project, 0))),
        Some(("", 1)),
        "a row outside the span"
    );
    assert_eq!(
        seen(&sheet, reason(row_id(&project, 4))),
        Some(("另有原因", 1))
    );

    with_row(&mut project, 2, |row| row.deviation = "自己的原因".into());
    let sheet = sound(&project, &edition);
    assert_eq!(
        seen(&sheet, Place::Reason(id)),
        Some(("疫情影响", 1)),
        "printed once"
    );
    assert_eq!(seen(&sheet, reason(span[1])), Some(("自己的原因", 1)));
}

#[test]
fn a_shared_reason_stays_where_all_its_rows_have_their_own() {
    let (mut project, edition) = form("mof-2020", 2);
    let span = [0, 1].map(|index| row_id(&project, index));
    add_reason(&mut project, &span, "疫情影响");
    for index in 0..2 {
        with_row(&mut project, index, |row| {
            row.deviation = "自己的原因".into()
        });
    }
    let sheet = sound(&project, &edition);
    assert_eq!(
        seen(&sheet, reason(span[1])),
        Some(("自己的原因\n疫情影响", 1))
    );
}

#[test]
fn reasons_of_the_same_rows_share_a_cell() {
    let (mut project, edition) = form("mof-2020", 2);
    let span = [0, 1].map(|index| row_id(&project, index));
    add_reason(&mut project, &span, "其一");
    add_reason(&mut project, &span, "其二");
    let sheet = sound(&project, &edition);
    assert_eq!(the_cell(&sheet, "其一").text, "其一\n其二");
    assert_eq!(the_cell(&sheet, "其二").rows, 2);
}

#[test]
fn a_reason_of_a_section_stands_over_it() {
    let (mut project, edition) = form("mof-2020", 3);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.first().expect("a section").clone();
    goal.reasons
        .push(shared_reason(&section, "全部原因", &mut CountedIds(5000)));
    let sheet = sound(&project, &edition);
    assert_eq!(
        the_cell(&sheet, "全部原因").rows,
        3 + section.groups.len() - 1
    );
}

#[test]
fn a_reason_is_printed_though_its_rows_are_gone() {
    let (mut project, edition) = form("mof-2020", 2);
    add_reason(&mut project, &[Id::from_bits(77)], "遗留原因");
    let sheet = sound(&project, &edition);
    assert_eq!(the_cell(&sheet, "遗留原因").text, "遗留原因");

    let goal = project.goals.get_mut(0).expect("a goal");
    goal.sections = Default::default();
    sound(&project, &edition);
}

fn add_reason(project: &mut Project, rows: &[Id<Indicator>], text: &str) {
    let goal = project.goals.get_mut(0).expect("a goal");
    let mut ids = CountedIds(6000 + goal.reasons.len() as u64);
    goal.reasons.push(SharedReason {
        id: Id::new(&mut ids),
        copied_from: None,
        section: None,
        group: None,
        rows: rows.to_vec(),
        text: text.into(),
        unknown: Default::default(),
    });
}

/// The first reason of the form.
fn shared(project: &Project) -> Id<SharedReason> {
    let goal = project.goals.first().expect("a goal");
    goal.reasons.first().expect("a reason").id
}
