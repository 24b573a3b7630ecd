//! Changing the edition of a project: nothing is lost, and the way back leads to the same project.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use jiping::{
    edit::{
        apply::apply,
        change_edition::{Editions, Plan, plan, unplaced::unplaced},
        command::EditCommand,
        convert_unit::Amounts,
        refusal::Refusal,
    },
    model::{
        budget::BudgetAdjustment,
        document::Document,
        edition::Edition,
        figure::MoneyUnit,
        id::{CountedIds, Id},
        indicator::{Group, Indicator},
        path::{BlockField, GoalField, IndicatorField, Place, StatedField},
        project::{FundRow, Goal, Project, Stage},
        record::{KeyMap, Text},
    },
    store::integrity,
};
use proptest::{prelude::*, sample::Index};

use crate::generate::{Step, cell_text, step};

/// All editions of the program and of the tests.
static EDITIONS: LazyLock<Vec<Arc<Edition>>> = LazyLock::new(|| {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut editions = Vec::new();
    for folder in ["assets/editions", "tests/editions"] {
        let files = std::fs::read_dir(root.join(folder)).expect("a folder");
        let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path).expect("text");
            editions.push(Arc::new(serde_json::from_str(&text).expect("an edition")));
        }
    }
    editions
});

fn edition(id: &str) -> &'static Edition {
    let found = EDITIONS.iter().find(|edition| edition.id == id);
    found.expect("an edition of this id")
}

fn changed(project: &Project, from: &Edition, to: &Edition, ids: &mut CountedIds) -> Plan {
    let editions = Editions {
        from: Some(from),
        to,
        known: &EDITIONS,
    };
    plan(project, editions, Amounts::Keep, ids)
}

/// A document whose one project is on `edition`, with every field of the edition filled in and then changed at random.
fn filled(edition: &Edition, texts: &[String], steps: &[Step], ids: &mut CountedIds) -> Document {
    let mut document = Document::new(Id::new(ids));
    let project = Project::blank(edition, ids);
    let id = project.id;
    let places = places(&project, edition);
    document.projects.push(project);
    for (place, text) in places.into_iter().zip(texts.iter().cycle()) {
        let at = document.projects.get(0).expect("a project").at(place);
        let text = text.clone();
        document = apply(&document, &EditCommand::SetCell { at, text }).expect("a cell");
    }
    for step in steps {
        let command = step.command(&document, ids);
        if touches_only_the_form(&command)
            && let Ok(after) = apply(&document, &command)
        {
            document = after;
        }
    }
    let stage = EditCommand::SetStage {
        project: id,
        stage: Stage::SelfEvaluation,
    };
    apply(&document, &stage).expect("a stage")
}

/// Commands about projects and editions are another matter.
fn touches_only_the_form(command: &EditCommand) -> bool {
    use EditCommand as C;
    !matches!(
        command,
        C::InsertProject { .. }
            | C::RemoveProject { .. }
            | C::SetEdition { .. }
            | C::SetMoneyUnit { .. }
            | C::EmbedEdition { .. }
            | C::AddRectifications { .. }
            | C::SetRectification { .. }
            | C::DropRectifications { .. }
            | C::MoveRectification { .. }
            | C::TakeMerge { .. }
            | C::Many { .. }
    )
}

/// Every place the edition has.
fn places(project: &Project, edition: &Edition) -> Vec<Place> {
    let mut places = Vec::new();
    places.extend(edition.header.iter().map(|f| Place::Header(f.key.clone())));
    places.extend(edition.texts.iter().map(|f| Place::Text(f.key.clone())));
    places.extend(edition.footer.iter().map(|f| Place::Footer(f.key.clone())));
    for row in project.funds.iter() {
        places.push(Place::Fund(row.id, "remark".into()));
        let columns = edition.funds.columns.iter();
        places.extend(columns.map(|column| Place::Fund(row.id, column.key.clone())));
    }
    for goal in project.goals.iter() {
        places.push(Place::Goal(goal.id, GoalField::Expected));
        places.push(Place::Goal(goal.id, GoalField::Actual));
        let extra = edition.goals.extra.iter();
        places.extend(extra.map(|f| Place::Goal(goal.id, GoalField::Text(f.key.clone()))));
    }
    for view in project.rows() {
        let row = view.indicator.id;
        for field in [
            IndicatorField::Name,
            IndicatorField::Target,
            IndicatorField::Actual,
            IndicatorField::Weight,
            IndicatorField::Score,
            IndicatorField::Deviation,
        ] {
            places.push(Place::Indicator(row, field));
        }
        for column in edition
            .indicators
            .columns
            .iter()
            .filter(|c| !c.key.is_empty())
        {
            places.push(Place::Indicator(
                row,
                IndicatorField::Extra(column.key.clone()),
            ));
        }
    }
    for table in &edition.tables {
        for row in project.tables[&table.key].iter() {
            let columns = table.columns.iter();
            places.extend(columns.map(|c| Place::Table(table.key.clone(), row.id, c.key.clone())));
        }
    }
    places
}

/// A project without what a blank form has: blank rows and levels, and whether a field without a text has an entry.
fn substance(project: &Project) -> Project {
    let mut project = project.clone();
    let texts = |map: &mut KeyMap<Text>| map.retain(|_, text| !text.is_empty());
    texts(&mut project.header);
    texts(&mut project.texts);
    texts(&mut project.footer);
    let funds = project.funds.iter();
    let blank = |row: &FundRow| {
        let mut figures = row.figures.iter();
        !row.key.is_empty()
            && row.remark.is_empty()
            && figures.all(|(key, cell)| cell.text().is_empty() || key == "weight")
    };
    let mut funds: Vec<_> = funds.filter(|row| !blank(row)).cloned().collect();
    // Rows that a person moved among those of the form come back in the form's order.
    funds.sort_by_key(|row| row.id);
    project.funds = funds.into_iter().collect();
    for rows in project.tables.values_mut() {
        let filled = rows.iter();
        let filled = filled.filter(|row| row.cells.values().any(|text| !text.is_empty()));
        *rows = filled.cloned().collect();
    }
    project.tables.retain(|_, rows| !rows.is_empty());
    let goals = project.goals.iter().map(|goal| substance_of_goal(goal));
    let filled = |goal: &Goal| {
        let texts = [&goal.expected, &goal.actual];
        !(goal.sections.is_empty() && goal.texts.is_empty() && texts.iter().all(|t| t.is_empty()))
    };
    project.goals = goals.filter(filled).collect();
    project
}

fn substance_of_goal(goal: &Goal) -> Goal {
    let mut goal = goal.clone();
    goal.texts.retain(|_, text| !text.is_empty());
    let sections = goal.sections.iter().map(|section| {
        let mut section = (**section).clone();
        let groups = section.groups.iter();
        let groups = groups.filter(|group| !is_blank(group));
        section.groups = groups.map(|group| in_one_cell(group)).collect();
        // A section that went and came back has another id.
        section.id = Id::from_bits(0);
        section
    });
    let filled = sections.filter(|section| {
        !(section.groups.is_empty()
            && section.weight.text().is_empty()
            && section.score.text().is_empty())
    });
    goal.sections = filled.collect();
    goal
}

/// A target typed as a whole into one of three columns is spread over them on the way back.
fn in_one_cell(group: &Group) -> Group {
    let mut group = group.clone();
    let rows = group.indicators.iter().map(|row| {
        let mut row = (**row).clone();
        let aim = format!("{}{}{}", row.nature.text(), row.target.text(), row.unit);
        row.target = aim.as_str().into();
        row.nature = "".into();
        row.unit = String::new();
        row
    });
    group.indicators = rows.collect();
    group
}

fn is_blank(group: &Group) -> bool {
    let blank = |row: &Indicator| {
        let texts = [
            &row.name,
            row.nature.text(),
            row.target.text(),
            &row.unit,
            row.actual.text(),
            row.weight.text(),
            row.score.text(),
            &row.deviation,
        ];
        texts.iter().all(|text| text.is_empty())
            && row.extra.values().all(|text| text.is_empty())
            && row.tier.is_none()
            && row.approved.is_none()
    };
    group.score.text().is_empty() && group.indicators.iter().all(|row| blank(row))
}

/// All that was typed, that of targets as one text. What the form itself prints is left out.
fn texts(project: &Project, form: &Edition) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    project.each_filled_cell(&mut |cell| {
        let printed = match cell.place() {
            Place::Indicator(_, IndicatorField::Nature | IndicatorField::Unit) => true,
            Place::Indicator(_, IndicatorField::Target) => true,
            Place::Section(_, BlockField::Caption) | Place::Group(_, BlockField::Caption) => true,
            Place::Fund(_, key) => key == "name" || key == "weight",
            Place::Goal(_, GoalField::Caption | GoalField::Weight) => true,
            Place::Stated(StatedField::MoneyUnit) => true,
            Place::Stated(StatedField::Footnote(_)) => {
                form.footnotes.iter().any(|note| note == cell.text)
            }
            _ => false,
        };
        if !printed {
            texts.insert(cell.text.to_owned());
        }
    });
    texts.extend(project.rows().map(|view| {
        let row = view.indicator;
        format!("{}{}{}", row.nature.text(), row.target.text(), row.unit)
    }));
    for aside in project.aside.iter() {
        for row in aside.funds.iter() {
            texts.extend(row.figures.values().map(|cell| cell.text().to_owned()));
            texts.insert(row.remark.to_string());
        }
        for row in aside.tables.values().flat_map(|rows| rows.iter()) {
            texts.extend(row.cells.values().map(ToString::to_string));
        }
    }
    texts.remove("");
    texts
}

fn dangling(document: &Document) -> usize {
    integrity::restore(&mut document.clone(), &mut CountedIds(1 << 40))
        .dangling
        .len()
}

/// There and back, and what has to hold on the way.
fn check(document: &Document, from: &Edition, to: &Edition, ids: &mut CountedIds) {
    let way = format!("{} → {}", from.id, to.id);
    let project = document.projects.get(0).expect("a project");
    let there = changed(project, from, to, ids);
    let before = texts(project, from);
    let after = texts(&there.form, to);
    let lost: Vec<_> = before.difference(&after).collect();
    assert!(lost.is_empty(), "{way}: {lost:?}");

    let moved = apply(document, &there.command()).expect("the project is in work");
    assert!(dangling(&moved) <= dangling(document), "{way}");
    let back = changed(&there.form, to, from, ids);
    let home = apply(&moved, &back.command()).expect("the project is in work");
    let home = home.projects.get(0).expect("a project");
    let (wanted, got) = (substance(project), substance(home));
    assert_eq!(
        serde_json::to_value(&got).expect("JSON"),
        serde_json::to_value(&wanted).expect("JSON"),
        "{way} and back"
    );
}

#[test]
fn every_pair_of_editions_leads_there_and_back() {
    let texts: Vec<String> = (1..40).map(|number| format!("第{number}项")).collect();
    for from in EDITIONS.iter() {
        let mut ids = CountedIds(0);
        let document = filled(from, &texts, &[], &mut ids);
        for to in EDITIONS.iter() {
            check(&document, from, to, &mut ids);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn nothing_is_lost_there_and_back(
        [from, to] in any::<[Index; 2]>(),
        texts in proptest::collection::vec(cell_text(), 20),
        steps in proptest::collection::vec(step(), 0..25),
    ) {
        let (from, to) = (from.get(&EDITIONS[..]), to.get(&EDITIONS[..]));
        let mut ids = CountedIds(0);
        let document = filled(from, &texts, &steps, &mut ids);
        check(&document, from, to, &mut ids);
    }
}

/// A project on `edition` in which these cells are filled in, named as [`places`] orders them.
fn project_on(id: &str, fill: impl Fn(&mut Project)) -> (Document, CountedIds) {
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    let mut project = Project::blank(edition(id), &mut ids);
    fill(&mut project);
    document.projects.push(project);
    (document, ids)
}

fn first(document: &Document) -> &Project {
    document.projects.get(0).expect("a project")
}

/// "产出指标 › 数量指标" for every group with a named row.
fn filled_groups(project: &Project) -> Vec<String> {
    let rows = project
        .rows()
        .filter(|view| !view.indicator.name.is_empty());
    rows.map(|view| format!("{} › {}", view.section.caption, view.group.caption))
        .collect()
}

fn set(project: &mut Project, place: Place, text: &str) {
    let mut document = Document::new(Id::from_bits(1));
    let at = project.at(place);
    document.projects.push(project.clone());
    let text = text.to_owned();
    let after = apply(&document, &EditCommand::SetCell { at, text }).expect("a cell");
    *project = (**after.projects.get(0).expect("a project")).clone();
}

fn fill_row(project: &mut Project, group: &str, name: &str, target: &str) {
    let row = project.rows().find(|view| view.group.caption == group);
    let row = row.expect("a group of this caption").indicator.id;
    set(project, Place::Indicator(row, IndicatorField::Name), name);
    set(
        project,
        Place::Indicator(row, IndicatorField::Target),
        target,
    );
    set(project, Place::Indicator(row, IndicatorField::Weight), "12");
}

#[test]
fn cost_indicators_go_to_where_the_new_form_has_them() {
    let (document, mut ids) = project_on("mof-2020", |project| {
        fill_row(project, "成本指标", "会议费", "≤20万元");
        fill_row(project, "服务对象满意度指标", "参会人员满意度", "≥95%");
    });
    let (mof, sichuan) = (edition("mof-2020"), edition("sichuan-2022"));
    let there = changed(first(&document), mof, sichuan, &mut ids);
    assert_eq!(
        filled_groups(&there.form),
        ["满意度指标 › 服务对象满意度指标", "成本指标 › 成本指标"]
    );
    let spread: Vec<_> = there
        .form
        .rows()
        .map(|view| view.indicator)
        .filter(|row| !row.name.is_empty())
        .map(|row| {
            [
                row.nature.text(),
                row.target.text(),
                &row.unit,
                row.weight.text(),
            ]
        })
        .collect();
    assert_eq!(spread, [["≥", "95", "%", "12"], ["≤", "20", "万元", "12"]]);
    let outputs = there
        .form
        .goals
        .get(0)
        .and_then(|goal| goal.sections.get(0));
    let outputs = outputs.expect("产出指标").groups.iter();
    let outputs: Vec<_> = outputs.map(|group| group.caption.as_str()).collect();
    assert_eq!(outputs, ["数量指标", "质量指标", "时效指标"]);

    let home = changed(&there.form, sichuan, mof, &mut ids);
    assert_eq!(filled_groups(&home.form), filled_groups(first(&document)));
}

#[test]
fn what_has_no_place_is_listed_cleared_and_shown_again() {
    let (document, mut ids) = project_on("mof-2020", |project| {
        let row = project.funds.iter().find(|row| row.key == "carried_over");
        let row = row.expect("a row").id;
        set(project, Place::Fund(row, "initial".into()), "12.5");
    });
    let (mof, transfer) = (edition("mof-2020"), edition("transfer-2022"));
    let there = changed(first(&document), mof, transfer, &mut ids);
    let listed: Vec<_> = there
        .unplaced
        .iter()
        .map(|item| (item.caption.as_str(), item.text.as_str()))
        .collect();
    assert_eq!(listed, [("资金行“上年结转资金”", "年初预算数 12.5")]);
    assert!(there.form.funds.iter().all(|row| row.key != "carried_over"));

    let moved = apply(&document, &there.command()).expect("a change");
    let home = changed(first(&moved), transfer, mof, &mut ids);
    assert_eq!(texts(&home.form, mof), texts(first(&document), mof));
    assert!(home.form.aside.is_none() && home.unplaced.is_empty());

    let cleared = apply(&moved, &there.unplaced[0].clear()).expect("a change");
    let all: Vec<&Edition> = EDITIONS.iter().map(|edition| &**edition).collect();
    assert_eq!(unplaced(first(&cleared), transfer, &all), []);
    assert!(first(&cleared).aside.is_none());
}

#[test]
fn amounts_are_converted_or_only_renamed() {
    let (document, mut ids) = project_on("mof-2020", |project| {
        let row = project.funds.get(0).expect("a row").id;
        for (column, text) in [
            ("initial", "1,200.50"),
            ("adjusted", "约30"),
            ("rate", "98%"),
        ] {
            set(project, Place::Fund(row, column.into()), text);
        }
    });
    let editions = Editions {
        from: Some(edition("mof-2020")),
        to: edition("shenzhen-2020"),
        known: &[],
    };
    let figures = |project: &Project| {
        let row = project.funds.get(0).expect("a row").clone();
        ["initial", "adjusted", "rate", "weight"].map(|key| row.figure(key).text().to_owned())
    };
    let converted = plan(first(&document), editions, Amounts::Convert, &mut ids);
    assert_eq!(
        figures(&converted.form),
        ["12,005,000.00", "约30", "98%", "10"]
    );
    assert_eq!(converted.form.money_unit, MoneyUnit::Yuan);
    assert_eq!(converted.form.stated.money_unit, "元");
    assert_eq!(converted.conversion.converted, 1);
    assert_eq!(converted.conversion.left[0].1, "约30");

    let kept = plan(first(&document), editions, Amounts::Keep, &mut ids);
    assert_eq!(figures(&kept.form), figures(first(&document)));
    assert_eq!(kept.form.money_unit, MoneyUnit::Yuan);
}

#[test]
fn figures_of_mid_year_stay_where_they_are_and_follow_the_unit() {
    let (document, mut ids) = project_on("mof-2020", |project| {
        fill_row(project, "数量指标", "培训人数", "≥300人");
        let fund = project.funds.get(0).expect("a row").id;
        for (column, text) in [
            ("executed", "90"),
            ("monitored", "40"),
            ("forecast", "95.5"),
        ] {
            set(project, Place::Fund(fund, column.into()), text);
        }
        let row = project.rows().find(|view| !view.indicator.name.is_empty());
        let row = row.expect("the row").indicator.id;
        for (field, text) in [
            (IndicatorField::Actual, "310人"),
            (IndicatorField::Extra("monitored".into()), "120人"),
        ] {
            set(project, Place::Indicator(row, field), text);
        }
        let record = serde_json::json!({ "id": Id::<Project>::from_bits(77), "amount": "10" });
        let record: BudgetAdjustment = serde_json::from_value(record).expect("a record");
        project.budget_adjustments.push(record);
    });
    let form = first(&document);
    assert_eq!(unplaced(form, edition("mof-2020"), &[]), []);

    let (from, to) = (edition("mof-2020"), edition("monitoring-mof"));
    let monitored = changed(form, from, to, &mut ids).form;
    let figures = |project: &Project| {
        let row = project.funds.get(0).expect("a row").clone();
        ["executed", "monitored", "forecast"].map(|key| row.figure(key).text().to_owned())
    };
    assert_eq!(figures(&monitored), ["90", "40", "95.5"]);
    let row = monitored
        .rows()
        .find(|view| view.indicator.name == "培训人数");
    let row = row.expect("the row").indicator;
    assert_eq!(row.actual.text(), "310人");
    assert_eq!(&**row.extra.get("monitored").expect("kept"), "120人");

    let editions = Editions {
        from: Some(from),
        to: edition("shenzhen-2020"),
        known: &[],
    };
    let converted = plan(form, editions, Amounts::Convert, &mut ids).form;
    assert_eq!(figures(&converted), ["900000", "400000", "955000"]);
    let adjustment = converted.budget_adjustments.get(0).expect("a record");
    assert_eq!(adjustment.amount.text(), "100000");
}

#[test]
fn approval_and_stage_hold() {
    let (document, mut ids) = project_on("mof-2020", |project| {
        fill_row(project, "数量指标", "培训人数", "≥300人");
    });
    let project = first(&document).id;
    let document = apply(&document, &EditCommand::ApproveTargets { project }).expect("a change");
    let (mof, sichuan) = (edition("mof-2020"), edition("sichuan-2022"));
    let there = changed(first(&document), mof, sichuan, &mut ids);
    let row = there
        .form
        .rows()
        .find(|view| view.indicator.name == "培训人数");
    assert_eq!(row.expect("the row").indicator.target.text(), "≥300人");
    apply(&document, &there.command()).expect("approved values stay");

    let mut forged = (*there.form).clone();
    let rows = forged.rows().map(|view| view.indicator.id);
    let row = rows.collect::<Vec<_>>()[0];
    forged.goals = Default::default();
    let label = String::new();
    let form = Arc::new(forged);
    let command = EditCommand::ReplaceForm { label, form };
    assert!(apply(&document, &command).is_err(), "{row} was approved");

    let stage = EditCommand::SetStage {
        project,
        stage: Stage::Submitted,
    };
    let submitted = apply(&document, &stage).expect("a stage");
    assert_eq!(
        apply(&submitted, &there.command()).map(|_| ()),
        Err(Refusal::LockedByStage(Stage::Submitted))
    );
}
