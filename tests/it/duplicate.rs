//! Copies of a project: new ids throughout, references inside the copy, values as they were.

use std::collections::BTreeSet;

use jiping::model::{
    edition::Edition,
    figure::MoneyUnit,
    id::{CountedIds, Id},
    indicator::{Removed, SharedReason},
    path::{BlockField, CellPath, GoalField, IndicatorField, Place, StatedField},
    project::{Account, Evidence, Explanation, Note, Project},
};
use serde_json::Value;

fn edition() -> Edition {
    serde_json::from_str(include_str!("../../assets/editions/transfer-2022.json"))
        .expect("an edition")
}

/// A project in which everything that can point at something does so.
fn project(places: &mut Vec<CellPath>) -> Project {
    let mut ids = CountedIds(0);
    let mut project = Project::blank(&edition(), &mut ids);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let (section_id, group) = (section.id, section.groups.get_mut(0).expect("a group"));
    let mut child = jiping::model::indicator::Indicator::blank(&mut ids);
    let parent = group.indicators.first().expect("a row").id;
    child.part_of = Some(parent);
    child.score = "9.5".into();
    let (child_id, group_id) = (child.id, group.id);
    group.indicators.push(child);
    goal.reasons.push(SharedReason {
        id: Id::new(&mut ids),
        copied_from: None,
        section: Some(section_id),
        group: Some(group_id),
        rows: vec![parent, child_id],
        text: "压减".into(),
        unknown: Default::default(),
    });
    let (goal_id, reason_id) = (goal.id, goal.reasons.first().expect("a reason").id);
    let fund = project.funds.first().expect("a fund row").id;
    let table = project.tables["fund_management"].first().expect("a row").id;
    project.evidence.push(Evidence {
        id: Id::new(&mut ids),
        indicator: Some(parent),
        title: "验收单".into(),
        file: "佐证/验收单.pdf".into(),
        hash: String::new(),
        length: 0,
        unknown: Default::default(),
    });
    *places = [
        Place::Whole,
        Place::Header("year".into()),
        Place::Fund(fund, "executed".into()),
        Place::Goal(goal_id, GoalField::Actual),
        Place::Section(section_id, BlockField::Caption),
        Place::Group(group_id, BlockField::Score),
        Place::Indicator(child_id, IndicatorField::Score),
        Place::Reason(reason_id),
        Place::Stated(StatedField::Rating),
        Place::Table("fund_management".into(), table, "situation".into()),
        Place::Text("remark".into()),
        Place::Footer("person".into()),
    ]
    .map(|place| project.at(place))
    .to_vec();
    for (number, at) in places.iter().enumerate() {
        project.notes.push(Note {
            id: Id::new(&mut ids),
            at: at.clone(),
            author: "审核人".into(),
            time: "2021-03-05 14:32".into(),
            text: number.to_string().into(),
            kind: Default::default(),
            resolved: false,
            replies: Default::default(),
            unknown: Default::default(),
        });
    }
    project.account = Some(Account {
        initial: "100.00".into(),
        adjusted: "90.00".into(),
        executed: "88.50".into(),
        money_unit: MoneyUnit::TenThousandYuan,
        source: "支付明细.xlsx".into(),
        unknown: Default::default(),
    });
    let first = project.rows().next().expect("a row");
    let approved = first.indicator.filed();
    let removed = Removed::of(&first, approved);
    project.removed.push(removed);
    project.explanations.push(Explanation {
        id: Id::new(&mut ids),
        rule: "C07".into(),
        at: places[6].clone(),
        text: "计划之外增加".into(),
        fingerprint: "f".into(),
        author: "填报人".into(),
        time: "2021-03-05 14:32".into(),
        unknown: Default::default(),
    });
    project
}

/// Every text of 16 hexadecimal digits in the JSON, also inside addresses.
fn ids_in(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => ids.extend(
            text.split('/')
                .filter(|part| {
                    part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit())
                })
                .map(str::to_owned),
        ),
        Value::Array(items) => items.iter().for_each(|item| ids_in(item, ids)),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "copied_from" | "hash"))
            .for_each(|(_, field)| ids_in(field, ids)),
        _ => {}
    }
}

/// The JSON with every id replaced by the order in which it first appears, and without `copied_from`.
fn shape(project: &Project) -> String {
    fn replace(value: &mut Value, seen: &mut Vec<String>) {
        match value {
            Value::String(text) => {
                let parts = text.split('/').map(|part| {
                    if part.len() != 16 || !part.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                        return part.to_owned();
                    }
                    let known = seen.iter().position(|id| id == part);
                    let number = known.unwrap_or_else(|| {
                        seen.push(part.to_owned());
                        seen.len() - 1
                    });
                    format!("#{number}")
                });
                *text = parts.collect::<Vec<_>>().join("/");
            }
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, seen)),
            Value::Object(fields) => {
                fields.remove("copied_from");
                fields
                    .iter_mut()
                    .for_each(|(_, field)| replace(field, seen));
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(project).expect("serialises");
    replace(&mut value, &mut Vec::new());
    value.to_string()
}

#[test]
fn a_copy_has_new_ids_and_the_same_content() {
    let original = project(&mut Vec::new());
    let copy = original.duplicate(&mut CountedIds(1000));
    assert_eq!(shape(&copy), shape(&original));

    let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
    ids_in(
        &serde_json::to_value(&original).expect("serialises"),
        &mut old,
    );
    ids_in(&serde_json::to_value(&copy).expect("serialises"), &mut new);
    assert_eq!(old.len(), new.len());
    assert_eq!(
        old.intersection(&new).count(),
        0,
        "no id of the original is left"
    );
}

#[test]
fn every_part_tells_where_it_was_copied_from() {
    let original = project(&mut Vec::new());
    let copy = original.duplicate(&mut CountedIds(1000));
    assert_eq!(copy.copied_from, Some(original.id));
    assert_eq!(
        copy.funds.first().expect("a row").copied_from,
        Some(original.funds.first().expect("a row").id)
    );
    for (new, old) in copy.groups().zip(original.groups()) {
        assert_eq!(new.goal.copied_from, Some(old.goal.id));
        assert_eq!(new.section.copied_from, Some(old.section.id));
        assert_eq!(new.group.copied_from, Some(old.group.id));
    }
    for (new, old) in copy.rows().zip(original.rows()) {
        assert_eq!(new.indicator.copied_from, Some(old.indicator.id));
    }
    let reason = |project: &Project| {
        project
            .goals
            .first()
            .expect("a goal")
            .reasons
            .first()
            .expect("one")
            .clone()
    };
    assert_eq!(reason(&copy).copied_from, Some(reason(&original).id));
}

#[test]
fn addresses_point_into_the_copy_and_foreign_ones_stay() {
    let mut places = Vec::new();
    let mut original = project(&mut places);
    let foreign = CellPath {
        project: Id::from_bits(0xf00),
        place: Place::Indicator(
            original.rows().next().expect("a row").indicator.id,
            IndicatorField::Score,
        ),
    };
    let lost = original.at(Place::Reason(Id::from_bits(0xdead)));
    for at in [&foreign, &lost] {
        let note = Note {
            id: Id::from_bits(at.project.bits() + 0x5000),
            at: at.clone(),
            ..(**original.notes.first().expect("a note")).clone()
        };
        original.notes.push(note);
    }
    let copy = original.duplicate(&mut CountedIds(1000));
    let notes: Vec<&CellPath> = copy.notes.iter().map(|note| &note.at).collect();
    let edition = edition();
    for (new, old) in notes.iter().zip(&places) {
        assert_eq!(new.project, copy.id);
        assert_eq!(
            new.in_words(&copy, &edition),
            old.in_words(&original, &edition)
        );
        assert_eq!(copy.cell_text(&new.place), original.cell_text(&old.place));
    }
    assert_eq!(*notes[places.len()], foreign);
    assert_eq!(*notes[places.len() + 1], copy.at(lost.place));
}
