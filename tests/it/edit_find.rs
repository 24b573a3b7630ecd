//! Finding and replacing in all text.

use jiping::{
    edit::{
        apply::apply,
        command::EditCommand,
        find::{Match, Options, find, replace},
        refusal::Refusal,
    },
    model::{
        document::Document,
        id::{CountedIds, Id},
        indicator::Indicator,
        path::{IndicatorField, Place},
        project::{Project, Stage},
    },
};
use proptest::prelude::*;

use crate::{
    cases,
    generate::{self, assert_sound},
};

const ANY: Options = Options {
    match_case: false,
    whole_cell: false,
    project: None,
};

/// Two projects on the Shenzhen form, the first with two rows.
fn document() -> Document {
    let edition = cases::edition("shenzhen-2020");
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    for name in ["课题研究", "ABC课题"] {
        let mut project = Project::blank(&edition, &mut ids);
        project.header.insert("project_name".into(), name.into());
        document.projects.push(project);
    }
    let project = document.projects.get_mut(0).expect("a project");
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = "完成课题；课题验收".into();
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    let mut row = Indicator::blank(&mut ids);
    row.name = "课题数量".into();
    row.unit = "ａｂｃ".into();
    row.target = "≥5个".into();
    group.indicators.insert(0, row);
    document
}

fn project(document: &Document, at: usize) -> &Project {
    document.projects.get(at).expect("a project")
}

fn texts(document: &Document, matches: &[Match]) -> Vec<String> {
    let text = |found: &Match| {
        let project = document.project(found.at.project).expect("a project");
        let text = project.cell_text(&found.at.place).expect("a cell");
        let parts = found
            .ranges
            .iter()
            .map(|range| text[range.clone()].to_owned());
        parts.collect::<Vec<_>>().join("|")
    };
    matches.iter().map(text).collect()
}

#[test]
fn finds_every_cell_in_the_order_of_the_form() {
    let document = document();
    let matches = find(&document, "课题", &ANY);
    assert_eq!(
        texts(&document, &matches),
        ["课题", "课题|课题", "课题", "课题"]
    );
    let first = project(&document, 0);
    assert!(matches!(&matches[0].at.place, Place::Header(key) if key == "project_name"));
    assert!(matches!(
        &matches[2].at.place,
        Place::Indicator(_, IndicatorField::Name)
    ));
    assert_eq!(matches[3].at.project, project(&document, 1).id);

    let only = Options {
        project: Some(first.id),
        ..ANY
    };
    assert_eq!(find(&document, "课题", &only).len(), 3);
    assert_eq!(find(&document, "", &ANY), []);
    assert_eq!(find(&document, "没有", &ANY), []);
}

#[test]
fn widths_and_cases_matter_only_when_asked() {
    let document = document();
    assert_eq!(
        texts(&document, &find(&document, "abc", &ANY)),
        ["ａｂｃ", "ABC"]
    );
    let exact = Options {
        match_case: true,
        ..ANY
    };
    assert_eq!(texts(&document, &find(&document, "ABC", &exact)), ["ABC"]);
    assert_eq!(find(&document, "abc", &exact), []);
    let whole = Options {
        whole_cell: true,
        ..ANY
    };
    assert_eq!(
        texts(&document, &find(&document, " ABC", &whole)),
        ["ａｂｃ"]
    );
}

#[test]
fn replaces_all_as_one_step() {
    let document = document();
    let matches = find(&document, "课题", &ANY);
    let plan = replace(&document, &matches, "课题", "专题", &ANY);
    assert_eq!(plan.places(), 5);
    assert_eq!(plan.command().label(), "替换 5 处");
    let after = apply(&document, &plan.command()).expect("applies");
    assert_eq!(find(&after, "课题", &ANY), []);
    assert_eq!(find(&after, "专题", &ANY).len(), 4);
    let stale = replace(&after, &matches, "课题", "专题", &ANY);
    assert_eq!(stale.cells, [], "what is gone is not replaced again");
}

#[test]
fn replaces_one_place_of_a_cell() {
    let document = document();
    let mut one = find(&document, "课题", &ANY).swap_remove(1);
    one.ranges.remove(0);
    let plan = replace(&document, &[one], "课题", "", &ANY);
    assert_eq!(plan.cells[0].new, "完成课题；验收");
    assert_eq!(plan.command().label(), "替换 1 处");
}

#[test]
fn approved_and_locked_cells_are_told_and_left() {
    let mut document = document();
    let locked = document.projects.get_mut(1).expect("a project");
    locked.stage = Stage::Final;
    let first = project(&document, 0).id;
    let approve = EditCommand::ApproveTargets { project: first };
    let document = apply(&document, &approve).expect("approved");
    let matches = find(&document, "课题", &ANY);
    let plan = replace(&document, &matches, "课题", "专题", &ANY);
    let refusals: Vec<&Refusal> = plan.refused().map(|(_, refusal)| refusal).collect();
    assert!(
        matches!(
            refusals.as_slice(),
            [
                Refusal::LockedByApproval { .. },
                Refusal::LockedByStage(Stage::Final)
            ]
        ),
        "{refusals:?}"
    );
    assert_eq!(plan.places(), 3);
    apply(&document, &plan.command()).expect("applies");
}

#[test]
fn a_long_document_is_searched_at_once() {
    let edition = cases::edition("shenzhen-2020");
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    for _ in 0..200 {
        let mut project = Project::blank(&edition, &mut ids);
        let goal = project.goals.get_mut(0).expect("a goal");
        let section = goal.sections.get_mut(0).expect("a section");
        let group = section.groups.get_mut(0).expect("a group");
        for number in 0..100 {
            let mut row = Indicator::blank(&mut ids);
            row.name = format!("第{number}项课题研究成果数量");
            row.target = "≥5个".into();
            row.actual = "5个".into();
            group.indicators.push(row);
        }
        document.projects.push(project);
    }
    let start = std::time::Instant::now();
    assert_eq!(find(&document, "没有的文字", &ANY), []);
    let matches = find(&document, "第99项课题", &ANY);
    assert_eq!(matches.len(), 200);
    // Generous for an unoptimised build on a busy machine; a pause of this length would be noticed at once.
    assert!(start.elapsed().as_secs() < 3, "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// No kind of cell is forgotten.
    #[test]
    fn text_is_found_at_every_place(document in generate::document()) {
        let mut filled = document.clone();
        let mut wanted = Vec::new();
        for project in document.projects.iter() {
            for place in generate::places(project) {
                // A choice among tiers is no text.
                if !matches!(&place, Place::Indicator(_, IndicatorField::Tier)) {
                    let at = project.at(place);
                    let text = "其中有查".to_owned();
                    filled = apply(&filled, &EditCommand::SetCell { at: at.clone(), text }).expect("typed");
                    wanted.push(at);
                }
            }
        }
        let mut found: Vec<_> = find(&filled, "有查", &ANY).into_iter().map(|found| found.at).collect();
        found.sort();
        wanted.sort();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn replacing_leaves_a_sound_document_without_the_text(document in generate::document(), query in "[0-9年数量=a%]{1,2}") {
        let matches = find(&document, &query, &ANY);
        let plan = replace(&document, &matches, &query, "〇", &ANY);
        let after = apply(&document, &plan.command()).expect("applies");
        assert_sound(&after);
        prop_assert_eq!(find(&after, &query, &ANY), vec![]);
        prop_assert_eq!(plan.places(), matches.iter().map(|found| found.ranges.len()).sum::<usize>());
    }
}
