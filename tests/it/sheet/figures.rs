//! Title and year, choices, derived columns, points of goals.

use jiping::{
    model::{
        measure::Tier,
        path::{GoalField, IndicatorField, Place, StatedField},
        project::Project,
    },
    sheet::table::{BlockKind, FormSheet, Style},
};

use super::{blank, the_cell};
use crate::cases;

fn text_at(sheet: &FormSheet, place: &Place) -> Option<String> {
    sheet
        .cells()
        .find(|(_, cell)| cell.at.as_ref().is_some_and(|at| at.place == *place))
        .map(|(_, cell)| cell.text.clone())
}

fn title(sheet: &FormSheet) -> String {
    text_at(sheet, &Place::Stated(StatedField::Title)).expect("a title")
}

fn set_header(project: &mut Project, key: &str, text: &str) {
    project.header.insert(key.into(), text.into());
}

#[test]
fn a_year_in_the_title_is_not_printed_again() {
    let edition = cases::edition("mof-2020");
    let mut project = blank(&edition);
    let year = Place::Header("year".into());
    assert_eq!(text_at(&FormSheet::new(&project, &edition), &year), None);
    for typed in ["2020", "2020年", "2020年度"] {
        set_header(&mut project, "year", typed);
        let sheet = FormSheet::new(&project, &edition);
        assert_eq!(title(&sheet), "项目支出绩效自评表（2020年度）");
        assert_eq!(text_at(&sheet, &year), None, "{typed}");
        assert_eq!(
            sheet.cell_for(&year),
            sheet.cell_for(&Place::Stated(StatedField::Title)),
            "the title stands for the year"
        );
    }
}

#[test]
fn a_year_that_the_title_does_not_say_is_printed() {
    let edition = cases::edition("mof-2020");
    let mut project = blank(&edition);
    let year = Place::Header("year".into());
    set_header(&mut project, "year", "2020-2022年");
    let sheet = FormSheet::new(&project, &edition);
    assert_eq!(text_at(&sheet, &year).as_deref(), Some("2020-2022年"));

    set_header(&mut project, "year", "2020年");
    project.stated.title = "市级项目自评表".into();
    let sheet = FormSheet::new(&project, &edition);
    assert_eq!(title(&sheet), "市级项目自评表");
    assert_eq!(text_at(&sheet, &year).as_deref(), Some("2020年"));

    let edition = cases::edition("shenzhen-2020");
    let mut project = blank(&edition);
    set_header(&mut project, "year", "2020年");
    let sheet = FormSheet::new(&project, &edition);
    assert_eq!(text_at(&sheet, &year).as_deref(), Some("2020年"));
}

#[test]
fn choices_print_all_options_behind_boxes() {
    let edition = cases::edition("hubei-2019");
    let mut project = blank(&edition);
    let field = edition
        .header
        .iter()
        .find(|field| field.key == "category")
        .expect("a choice");
    let place = Place::Header(field.key.clone());
    let line = |chosen: Option<usize>| -> String {
        let options = field.options.iter().enumerate();
        let options: Vec<String> = options
            .map(|(index, option)| {
                let mark = if chosen == Some(index) { '■' } else { '□' };
                format!("{mark}{option}")
            })
            .collect();
        options.join("  ")
    };
    let printed = |project: &Project| {
        text_at(&FormSheet::new(project, &edition), &place).expect("the field is printed")
    };
    assert!(field.options.len() > 1);
    assert_eq!(printed(&project), line(None));
    set_header(&mut project, &field.key, &field.options[1]);
    assert_eq!(printed(&project), line(Some(1)));
    let typed = format!("{}、自拟类别", field.options[1]);
    set_header(&mut project, &field.key, &typed);
    assert_eq!(printed(&project), format!("{}  ■自拟类别", line(Some(1))));
}

/// What a fund column of the first row prints after these figures were typed into it.
fn fund(edition: &str, figures: &[(&str, &str)], column: &str) -> String {
    let edition = cases::edition(edition);
    let mut project = blank(&edition);
    let row = project.funds.get_mut(0).expect("a row");
    for (key, text) in figures {
        row.figures.insert((*key).into(), (*text).into());
    }
    let place = Place::Fund(row.id, column.into());
    text_at(&FormSheet::new(&project, &edition), &place).expect("the column is printed")
}

#[test]
fn derived_columns_are_computed_only_where_nothing_was_typed() {
    let shanxi = |balance: &str| {
        let figures = [
            ("adjusted", "100.5"),
            ("executed", "80.25"),
            ("balance", balance),
        ];
        fund("shanxi-2020", &figures, "balance")
    };
    assert_eq!(shanxi(""), "20.25");
    assert_eq!(shanxi("20"), "20", "wrong, but typed");
    assert_eq!(shanxi("—"), "—");
    assert_eq!(fund("shanxi-2020", &[("adjusted", "约100")], "balance"), "");
    assert_eq!(fund("shanxi-2020", &[], "balance"), "");

    let forestry = [("adjusted", "3"), ("merged", "0"), ("executed", "2")];
    assert_eq!(fund("forestry-2024", &forestry, "base"), "3.000000");
    assert_eq!(fund("forestry-2024", &forestry, "rate"), "66.67%");
}

#[test]
fn rates_that_the_edition_does_not_derive_are_left_to_people() {
    let figures = [("adjusted", "100"), ("executed", "50")];
    assert_eq!(fund("mof-2020", &figures, "rate"), "");
}

#[test]
fn points_of_a_goal_stand_in_its_caption() {
    let edition = cases::edition("hubei-2019");
    let mut project = blank(&edition);
    let goal = project.goals.get_mut(0).expect("a goal");
    let place = Place::Goal(goal.id, GoalField::Caption);
    let mut printed = |caption: &str, weight: &str| {
        let goal = project.goals.get_mut(0).expect("a goal");
        goal.caption = caption.into();
        goal.weight = weight.into();
        text_at(&FormSheet::new(&project, &edition), &place).expect("a caption")
    };
    assert_eq!(printed("年度绩效目标1", "40"), "年度绩效目标1（40分）");
    assert_eq!(printed("年度绩效目标1", "40分"), "年度绩效目标1（40分）");
    assert_eq!(printed("目标一（40分）", "40"), "目标一（40分）");
    assert_eq!(printed("年度绩效目标10", "10"), "年度绩效目标10（10分）");
    assert_eq!(printed("年度绩效目标1", ""), "年度绩效目标1");
    assert_eq!(
        printed("", "40"),
        format!("{}（40分）", edition.goals.caption)
    );
}

#[test]
fn parts_of_a_row_are_set_in() {
    let edition = cases::edition("mof-2020");
    let mut project = blank(&edition);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    let parent = group.indicators.get_mut(0).expect("a row");
    parent.name = "培训".into();
    let mut part = parent.clone();
    part.part_of = Some(parent.id);
    part.id = jiping::model::id::Id::from_bits(4000);
    part.name = "其中：线上".into();
    group.indicators.push(part);
    let sheet = FormSheet::new(&project, &edition);
    assert_eq!(the_cell(&sheet, "培训").style, Style::Text);
    assert_eq!(the_cell(&sheet, "其中：线上").style, Style::Part);
}

#[test]
fn a_tier_that_was_picked_is_the_actual_value() {
    let edition = cases::edition("mof-2020");
    let mut project = blank(&edition);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    let row = group.indicators.get_mut(0).expect("a row");
    row.tier = Some(Tier::Reached);
    let actual = Place::Indicator(row.id, IndicatorField::Actual);
    let sheet = FormSheet::new(&project, &edition);
    assert_eq!(
        text_at(&sheet, &actual).as_deref(),
        Some(Tier::Reached.words())
    );
}

#[test]
fn names_and_footnotes_stand_beneath_the_table() {
    let edition = cases::edition("sichuan-2022");
    let mut project = blank(&edition);
    let field = &edition.footer[0];
    project.footer.insert(field.key.clone(), "张三".into());
    let sheet = FormSheet::new(&project, &edition);
    let kinds: Vec<BlockKind> = sheet.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds.first(), Some(&BlockKind::Title));
    assert_eq!(
        kinds[kinds.len() - 2..],
        [BlockKind::Signatures, BlockKind::Notes]
    );
    assert_eq!(
        the_cell(&sheet, "张三").text,
        format!("{}：张三", field.caption)
    );
    assert!(the_cell(&sheet, &edition.form_no).style == Style::Aside);
    let notes = &sheet.blocks.last().expect("notes").rows;
    assert_eq!(notes.len(), edition.footnotes.len());
    assert!(notes[0].cells[0].text.starts_with('注'));
}
