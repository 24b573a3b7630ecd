//! Comparing: nothing that differs is told as equal, and what is told is told as people say it.

use std::sync::Arc;

use jiping::{
    edit::{
        apply::apply,
        command::{EditCommand, NewParts, Parts, Relocation},
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        indicator::{Group, Indicator},
        path::{IndicatorField, Place},
        project::{Note, Project, Stage},
        review::{NoteKind, Reply},
    },
    versions::compare::{Comparison, Kind, Topic, compare},
};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use crate::{
    format::any_document::documents,
    generate::{self, step},
    seed::sample,
};

/// The same content in memory of its own, so that nothing can be told by pointers.
fn apart(document: &Document) -> Document {
    let json = serde_json::to_value(document).expect("is written");
    serde_json::from_value(json).expect("is read")
}

/// Without what says nothing: empty texts and lists, and objects in which there is nothing else.
fn pruned(value: &Value) -> Value {
    let is_blank = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(list) => Value::Array(list.iter().map(pruned).collect()),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, field)| (key.clone(), pruned(field)));
            Value::Object(fields.filter(|(_, field)| !is_blank(field)).collect())
        }
        other => other.clone(),
    }
}

/// How many values there are in a document, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value with this number, counted as they are written.
fn mutate(value: &mut Value, number: &mut usize, pick: Index, text: &str) {
    if *number == 0 {
        match value {
            Value::String(old) if old.len() == 16 && u64::from_str_radix(old, 16).is_ok() => {
                *old = format!("{:016x}", 0xE000_0000_0000_0000 + pick.index(1000) as u64);
            }
            Value::String(old) => *old = text.to_owned(),
            Value::Bool(old) => *old = !*old,
            Value::Number(_) => *value = Value::from(pick.index(30) + 2000),
            Value::Null => {}
            Value::Array(list) if list.len() > 1 && text.len().is_multiple_of(2) => {
                let first = list.remove(pick.index(list.len()));
                list.push(first);
            }
            Value::Array(list) if !list.is_empty() => {
                list.remove(pick.index(list.len()));
            }
            Value::Array(_) => {}
            Value::Object(fields) => match text.len() % 3 {
                0 => {
                    fields.insert("neu".to_owned(), Value::from(text));
                }
                _ => {
                    let key = fields.keys().nth(pick.index(fields.len().max(1))).cloned();
                    key.map(|key| fields.remove(&key));
                }
            },
        }
    }
    let inner: Vec<&mut Value> = match value {
        Value::Array(list) => list.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for one in inner {
        *number = number.wrapping_sub(1);
        mutate(one, number, pick, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_is_the_same_as_itself(document in documents()) {
        prop_assert_eq!(compare(&document, &apart(&document)), Comparison::default());
    }

    /// Whatever is written otherwise in a file is told. The identity of the document is no content.
    #[test]
    fn nothing_that_differs_is_told_as_equal(
        document in documents(),
        places in proptest::collection::vec((any::<Index>(), any::<Index>(), "[甲1 ]{0,4}"), 8),
    ) {
        let written = serde_json::to_value(&document).expect("is written");
        for (place, pick, text) in places {
            let mut other = written.clone();
            mutate(&mut other, &mut place.index(count(&written)), pick, &text);
            other["id"] = written["id"].clone();
            let Ok(other) = serde_json::from_value::<Document>(other) else { continue };
            let rewritten = serde_json::to_value(&other).expect("is written");
            if pruned(&rewritten) == pruned(&written) {
                continue;
            }
            prop_assert!(!compare(&document, &other).is_empty(), "{written}\n{rewritten}");
            prop_assert!(!compare(&other, &document).is_empty());
        }
    }

    /// What edits change is told, and what one direction adds the other removes.
    #[test]
    fn edits_are_told_both_ways(document in generate::document(), steps in proptest::collection::vec(step(), 1..12)) {
        let mut ids = CountedIds(0xA000_0000);
        let mut edited = document.clone();
        for step in steps {
            let command = step.command(&edited, &mut ids);
            edited = apply(&edited, &command).unwrap_or(edited);
        }
        let (there, back) = (compare(&document, &edited), compare(&edited, &document));
        let said = |document: &Document| pruned(&serde_json::to_value(document).expect("is written"));
        if said(&document) != said(&edited) {
            prop_assert!(!there.is_empty());
        }
        if document == edited {
            prop_assert!(there.is_empty());
        }
        let kinds = |comparison: &Comparison, wanted: Kind| -> usize {
            let changes = comparison.changed.iter().flat_map(|one| &one.changes);
            changes.filter(|one| one.kind == wanted).count()
        };
        prop_assert_eq!(kinds(&there, Kind::Added), kinds(&back, Kind::Removed));
        prop_assert_eq!(there.added.len(), back.removed.len());
        let edition = Arc::new(generate::EDITION.clone());
        for line in there.lines(&|_| Some(Arc::clone(&edition))) {
            prop_assert!(!line.place.is_empty(), "{line:?}");
        }
    }
}

/// A document with the filed sample, and its edition.
fn filed() -> (Document, Arc<Edition>) {
    let (project, edition) = sample("shenzhen-2020-filed");
    let mut document = Document::new(Id::from_bits(1));
    document.projects.push(project);
    (document, Arc::new(edition))
}

fn project(document: &Document) -> &Project {
    document.projects.first().expect("a project")
}

fn edited(document: &Document, commands: &[EditCommand]) -> Document {
    commands.iter().fold(document.clone(), |document, command| {
        apply(&document, command).expect("is allowed")
    })
}

fn set(document: &Document, place: Place, text: &str) -> EditCommand {
    EditCommand::SetCell {
        at: project(document).at(place),
        text: text.into(),
    }
}

fn row(document: &Document, name: &str) -> Id<Indicator> {
    let mut rows = project(document).rows();
    let found = rows.find(|view| view.indicator.name.contains(name));
    found.expect("a row of this name").indicator.id
}

fn group(document: &Document, name: &str) -> Id<Group> {
    let mut groups = project(document).groups();
    let found = groups.find(|view| view.group.caption.contains(name));
    found.expect("a group of this name").group.id
}

/// "修改 place: before → after", one line each.
fn told(older: &Document, newer: &Document, edition: &Arc<Edition>) -> Vec<String> {
    let lines = compare(older, newer).lines(&|_| Some(Arc::clone(edition)));
    let line = |line: &jiping::versions::compare::Line| {
        format!(
            "{} {}: {} → {}",
            line.kind, line.place, line.before, line.after
        )
    };
    lines.iter().map(line).collect()
}

#[test]
fn cells_and_rows_are_told_as_people_say_them() {
    let (older, edition) = filed();
    let first = row(&older, "年度课题数量");
    let quantity = group(&older, "数量指标");
    let quality = group(&older, "质量指标");
    let mut new_row = (*project(&older).rows().next().expect("a row").indicator).clone();
    new_row.id = Id::from_bits(0xABC);
    new_row.name = "新增的一行".into();
    let id = project(&older).id;
    let last = project(&older)
        .groups()
        .find(|view| view.group.id == quantity);
    let last = last.and_then(|view| view.group.indicators.last().map(|row| row.id));
    let last = last.expect("a row");
    let newer = edited(
        &older,
        &[
            set(
                &older,
                Place::Indicator(first, IndicatorField::Actual),
                "99项",
            ),
            EditCommand::Insert {
                project: id,
                parts: NewParts::Indicators(quantity, vec![new_row]),
                index: 0,
            },
            EditCommand::Move {
                project: id,
                to: Relocation::Indicators(vec![last], quality),
                index: 0,
            },
        ],
    );
    assert_eq!(
        told(&older, &newer, &edition),
        [
            "新增 绩效指标 · 数量指标 第1行 新增的一行:  → 新增的一行；指标值：1；实际完成值：1",
            "修改 绩效指标 · 数量指标 第12行 年度课题数量 · 实际完成值: 7 → 99项",
            "移动 绩效指标 · 质量指标 第1行 青年科技奖候选者数量: 数量指标 第 15 行 → 质量指标 第 1 行",
        ]
    );
    assert_eq!(
        told(&newer, &older, &edition),
        [
            "删除 绩效指标 · 数量指标 第1行 新增的一行: 新增的一行；指标值：1；实际完成值：1 → ",
            "修改 绩效指标 · 数量指标 第11行 年度课题数量 · 实际完成值: 99项 → 7",
            "移动 绩效指标 · 数量指标 第15行 青年科技奖候选者数量: 质量指标 第 1 行 → 数量指标 第 15 行",
        ]
    );
    let removed = edited(
        &older,
        &[EditCommand::Remove {
            project: id,
            parts: Parts::Groups(vec![quantity]),
        }],
    );
    let comparison = compare(&older, &removed);
    let gone = &comparison.changed[0];
    assert!(gone.changes.iter().all(|one| one.kind == Kind::Removed));
    let words = gone.lines(&|_| Some(Arc::clone(&edition)));
    assert!(words[0].place.contains("数量指标"), "{words:#?}");
    assert!(
        words.iter().all(|line| !line.place.contains("已删除")),
        "{words:#?}"
    );
}

#[test]
fn what_is_only_written_otherwise_is_told_apart() {
    let (older, _) = filed();
    let fund = project(&older).funds.first().expect("a row").id;
    let amount = Place::Fund(fund, "executed".into());
    let was = project(&older)
        .cell_text(&amount)
        .expect("a cell")
        .into_owned();
    let exact = format!("{was}{}", if was.contains('.') { "0" } else { ".0" });
    let rewritten = edited(&older, &[set(&older, amount, &exact)]);
    let comparison = compare(&older, &rewritten);
    assert_eq!(comparison.changed[0].changes.len(), 1);
    let change = &comparison.changed[0].changes[0];
    assert_eq!((change.kind, change.topic), (Kind::Rewritten, Topic::Funds));
    assert_eq!((&*change.before, &*change.after), (&*was, &*exact));
}

#[test]
fn review_and_stage_are_told() {
    let (older, edition) = filed();
    let first = row(&older, "年度课题数量");
    let id = project(&older).id;
    let note = Note {
        id: Id::from_bits(0xB1),
        at: project(&older).at(Place::Indicator(first, IndicatorField::Actual)),
        author: "李明".into(),
        time: "2021-03-05 14:32".into(),
        text: "请核实".into(),
        kind: NoteKind::MustChange,
        resolved: false,
        replies: [Reply {
            id: Id::from_bits(0xB2),
            author: "王芳".into(),
            time: String::new(),
            text: "已核实".into(),
            unknown: Default::default(),
        }]
        .into_iter()
        .collect(),
        unknown: Default::default(),
    };
    let asked = Note {
        replies: Default::default(),
        ..note.clone()
    };
    let noted = |note: Note| edited(&older, &[EditCommand::AddNote { project: id, note }]);
    let (before, after) = (noted(asked), noted(note));
    let stage = EditCommand::SetStage {
        project: id,
        stage: Stage::Submitted,
    };
    let after = edited(&after, &[stage]);
    let lines = told(&before, &after, &edition);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_eq!(lines[0], "修改 阶段: 自评 → 送审");
    assert!(lines[1].contains("年度课题数量 · 实际完成值 · 审核意见（李明） · 回复（王芳）"));
}

#[test]
fn projects_are_counted_and_likely_pairs_named() {
    let (older, _) = filed();
    let first = row(&older, "年度课题数量");
    let mut newer = edited(
        &older,
        &[set(
            &older,
            Place::Indicator(first, IndicatorField::Actual),
            "99项",
        )],
    );
    let mut copy = project(&older).clone();
    copy.id = Id::from_bits(0xC1);
    newer.projects.push(copy.clone());
    let there = compare(&older, &newer);
    assert_eq!(
        there.summary().to_string(),
        "1 个项目有改动，共 1 处；新增 1 个项目"
    );
    assert!(there.alike.is_empty(), "both states have the project");
    let mut typed_again = Document::new(Id::from_bits(2));
    typed_again.projects.push(copy);
    let pair = compare(&older, &typed_again);
    assert_eq!(pair.alike.len(), 1);
    assert_eq!(pair.summary().to_string(), "新增 1 个项目；删除 1 个项目");
    assert_eq!(compare(&older, &older).summary().to_string(), "内容相同");
}
