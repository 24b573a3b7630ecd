//! A project as next year's form.

use std::collections::BTreeMap;

use jiping::{
    edit::{apply::apply, command::EditCommand, next_year::next_year},
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        indicator::Removed,
        path::{CellPath, IndicatorField, Place},
        project::{Project, Stage},
    },
    store::format,
};

use crate::{
    cases,
    generate::{self, assert_sound},
};
use proptest::prelude::*;

const AUTHOR: &str = "绩评";
const TIME: &str = "2021-01-04 09:30";

fn filed() -> Document {
    let path = format!(
        "{}/assets/samples/shenzhen-2020-filed.jiping",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).expect("a sample");
    let opened = format::read(&bytes, &mut CountedIds(0)).expect("opens");
    opened.document
}

fn edition(name: &str) -> Edition {
    let path = format!("{}/assets/editions/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("an edition");
    serde_json::from_str(&text).expect("an edition")
}

fn copied(project: &Project, edition: &Edition) -> Project {
    let mut ids = CountedIds(1 << 40);
    next_year(project, Some(edition), AUTHOR, TIME, &mut ids)
}

/// The notes by the cell they stand at, in words.
fn remarks(project: &Project, edition: &Edition) -> BTreeMap<String, String> {
    let words = |at: &CellPath| at.in_words(project, edition);
    project
        .notes
        .iter()
        .map(|note| (words(&note.at), note.text.to_string()))
        .collect()
}

#[test]
fn the_seed_form_keeps_its_targets_and_loses_its_results() {
    let mut document = filed();
    let booked = serde_json::json!({ "executed": "600.00", "money_unit": "万元" });
    document.projects.get_mut(0).expect("a project").account =
        serde_json::from_value(booked).expect("an account");
    let project = document.projects.get_mut(0).expect("a project");
    let view = project.rows().next().expect("a row");
    let removed = Removed::of(&view, view.indicator.filed());
    project.removed.push(removed);
    let due = serde_json::json!({ "stage": "final", "date": "2021年4月30日" });
    let due = serde_json::from_value(due).expect("a deadline");
    project.set_deadline(Stage::Final, Some(due));
    let old = document.projects.first().expect("a project");
    assert!(old.account.is_some() && old.has_approval());
    let edition = cases::edition("shenzhen-2020");
    let new = copied(old, &edition);

    assert_eq!(new.year(), old.year().map(|year| year + 1));
    assert_eq!(new.stage, Stage::Targets);
    assert_eq!(new.account, None);
    assert!(!new.has_approval());
    assert!(!old.deadlines.is_empty() && new.deadlines.is_empty());
    let last = new.last_year.as_ref().expect("last year");
    assert_eq!((last.year, last.project), (old.year(), Some(old.id)));
    assert_eq!(last.indicators.len(), old.rows().count());
    let executed = last.total_funds().map(|total| total.executed.number());
    let row = old.total_fund_row(&edition).expect("a total");
    assert_eq!(executed, Some(old.fund_number(row, "executed", &edition)));
    assert_eq!(last.total_score, old.stated.total_score);
    assert_eq!(new.copied_from, Some(old.id));
    assert_eq!(new.rows().count(), old.rows().count());
    for (new, old) in new.rows().zip(old.rows()) {
        let (new, old) = (new.indicator, old.indicator);
        assert_eq!(new.copied_from, Some(old.id));
        for kept in [
            IndicatorField::Name,
            IndicatorField::Nature,
            IndicatorField::Target,
            IndicatorField::Unit,
            IndicatorField::Weight,
        ] {
            assert_eq!(new.cell_text(&kept), old.cell_text(&kept));
        }
        for cleared in [
            IndicatorField::Actual,
            IndicatorField::Tier,
            IndicatorField::Score,
            IndicatorField::Deviation,
        ] {
            assert_eq!(new.cell_text(&cleared), "");
        }
    }
    for (new, old) in new.groups().zip(old.groups()) {
        assert_eq!(new.group.caption, old.group.caption);
        assert_eq!(new.group.weight, old.group.weight);
        assert_eq!(new.group.score.text(), "");
        assert_eq!(new.goal.expected, old.goal.expected);
        assert_eq!(&*new.goal.actual, "");
        assert!(new.goal.reasons.is_empty());
    }
    for row in new.funds.iter() {
        let filled: Vec<&str> = row.figures.keys().map(String::as_str).collect();
        assert!(filled.is_empty() || filled == ["weight"], "{filled:?}");
    }
    assert_eq!(new.stated.total_score.text(), "");
}

#[test]
fn old_years_and_dates_are_marked_for_review() {
    let document = filed();
    let old = document.projects.first().expect("a project");
    let edition = cases::edition("shenzhen-2020");
    let mut old = (**old).clone();
    let place = |index: usize, field| {
        let row = old.rows().nth(index).expect("a row").indicator;
        Place::Indicator(row.id, field)
    };
    let texts = [
        (
            place(0, IndicatorField::Name),
            "2020年科普活动（2019-2020）",
        ),
        (place(0, IndicatorField::Target), "2020年5月20日前"),
        (place(1, IndicatorField::Name), "规划到2025年的课题"),
        (place(2, IndicatorField::Name), "服务2020人次"),
        (place(2, IndicatorField::Actual), "2020年5月完成"),
        (place(3, IndicatorField::Target), "5月20日"),
    ];
    let mut document = Document::new(Id::from_bits(1));
    document.projects.push(old.clone());
    for (place, text) in texts {
        let command = EditCommand::SetCell {
            at: old.at(place),
            text: text.to_owned(),
        };
        document = apply(&document, &command).expect("typed");
    }
    old = (**document.projects.first().expect("a project")).clone();

    let new = copied(&old, &edition);
    let remarks = remarks(&new, &edition);
    let of_row = |index: usize, field: IndicatorField| {
        let row = new.rows().nth(index).expect("a row").indicator;
        let words = new.at_indicator(row, field).in_words(&new, &edition);
        remarks.get(&words).map(String::as_str)
    };
    assert_eq!(
        of_row(0, IndicatorField::Name),
        Some("由上年复制：请核对“2020年”、“2019-2020”")
    );
    assert_eq!(
        of_row(0, IndicatorField::Target),
        Some("由上年复制：请核对“2020年5月20日”")
    );
    assert_eq!(
        of_row(3, IndicatorField::Target),
        Some("由上年复制：请核对“5月20日”")
    );
    assert_eq!(of_row(1, IndicatorField::Name), None, "still to come");
    assert_eq!(of_row(2, IndicatorField::Name), None, "a number");
    assert_eq!(of_row(2, IndicatorField::Actual), None, "cleared");
    assert!(new.notes.iter().all(|note| {
        note.author == AUTHOR && note.time == TIME && !note.resolved && note.at.project == new.id
    }));
    let year = new
        .at(Place::Header("year".into()))
        .in_words(&new, &edition);
    assert_eq!(remarks.get(&year), None, "the year is counted on");
}

#[test]
fn a_form_without_year_asks_for_one() {
    let edition = cases::edition("mof-2020");
    let project = Project::blank(&edition, &mut CountedIds(0));
    let remarks = remarks(&copied(&project, &edition), &edition);
    let all: Vec<&str> = remarks.values().map(String::as_str).collect();
    assert_eq!(all, ["由上年复制：请填写新的年度。"]);
}

#[test]
fn people_stay_and_conclusions_and_dates_go() {
    let sichuan = edition("sichuan-2022");
    let mut project = Project::blank(&sichuan, &mut CountedIds(0));
    let header = [("year", "２０２３年度"), ("filled_in", "2024年1月5日")];
    for (key, text) in header {
        project.header.insert(key.into(), text.into());
    }
    project.footer.insert("project_lead".into(), "王一".into());
    project.footer.insert("date".into(), "2024.01.05".into());
    project.texts.insert("conclusion".into(), "自评90分".into());
    let new = copied(&project, &sichuan);
    assert_eq!(new.header("year"), "２０２４年度");
    assert_eq!(new.header("filled_in"), "");
    assert_eq!(&*new.footer["project_lead"], "王一");
    assert_eq!(&*new.footer["date"], "");
    assert_eq!(&*new.texts["conclusion"], "");

    let shanxi = edition("shanxi-2020");
    let mut project = Project::blank(&shanxi, &mut CountedIds(0));
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    let row = group.indicators.get_mut(0).expect("a row");
    row.extra.insert("initial_target".into(), "≥3次".into());
    row.extra.insert("own".into(), "附件".into());
    let new = copied(&project, &shanxi);
    let row = new.rows().next().expect("a row").indicator;
    assert_eq!(&*row.extra["initial_target"], "≥3次");
    assert_eq!(&*row.extra["own"], "");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_copy_goes_into_the_document_as_one_step(document in generate::document(), with_edition: bool) {
        let mut ids = CountedIds(1 << 40);
        let edition = with_edition.then_some(&*generate::EDITION);
        let old = document.projects.first().expect("a project");
        let new = next_year(old, edition, AUTHOR, TIME, &mut ids);
        for note in new.notes.iter() {
            let exists = note.at.place == Place::Whole || new.cell_text(&note.at.place).is_some();
            prop_assert!(exists, "{:?}", note.at);
        }
        let command = EditCommand::InsertProject { index: 1, project: new.into() };
        let grown = apply(&document, &command).expect("goes in");
        assert_sound(&grown);
        prop_assert_eq!(grown.projects.len(), document.projects.len() + 1);
    }
}
