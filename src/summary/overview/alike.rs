//! 雷同文字: texts of different projects that look as if one was copied from the other. The years of one project are one owner.

use std::collections::{BTreeSet, HashMap};

use crate::{
    model::{
        path::{CellPath, GoalField, IndicatorField, Place},
        project::header,
        typed::trim,
    },
    rules::alike::{ALIKE, Member, SHORTEST, Whose, find},
    summary::{
        facts::Facts,
        table::{Filled, Table, Value},
    },
};

/// A text with its place.
struct Told<'f, 'a> {
    facts: &'f Facts<'a>,
    owner: usize,
    at: CellPath,
    text: &'a str,
}

struct Row<'t, 'f, 'a> {
    cluster: usize,
    owners: usize,
    member: Member,
    told: &'t Told<'f, 'a>,
}

/// The table, and what it says in a sentence.
pub(super) fn table(facts: &[Facts<'_>]) -> (Table, Option<String>) {
    let columns: Vec<Filled<Row<'_, '_, '_>>> = vec![
        Filled("cluster", "组", 3, |one| Value::Count(one.cluster)),
        Filled("projects", "涉及项目数", 5, |one| {
            Value::Count(one.owners)
        }),
        Filled("similarity", "与本组第一处的相似度", 6, |one| {
            Value::Share(one.member.similarity.round_dp(4))
        }),
        Filled("project_name", "项目名称", 14, |one| {
            Value::text(one.told.facts.name())
        }),
        Filled("unit", "实施单位", 10, |one| {
            Value::text(one.told.facts.header(header::UNIT))
        }),
        Filled("year", "年度", 4, |one| {
            Value::text(one.told.facts.header(header::YEAR))
        }),
        Filled("place", "位置", 14, |one| {
            let facts = one.told.facts;
            Value::text(one.told.at.in_words(facts.project, facts.edition))
        }),
        Filled("text", "文字", 40, |one| Value::text(one.told.text)),
        Filled("file", "文件", 14, |one| {
            Value::text(&one.told.facts.subject.file)
        }),
    ];
    let told = texts(facts);
    let whose: Vec<Whose<'_>> = told
        .iter()
        .map(|one| Whose {
            owner: one.owner,
            text: one.text,
        })
        .collect();
    let found = find(&whose).clusters;
    let remark = (!found.is_empty()).then(|| {
        format!(
            "有 {} 组文字在不同项目之间雷同（不少于 {SHORTEST} 字，相似度 {}% 以上；同一项目的各年度不算），见“雷同文字”。",
            found.len(),
            (ALIKE * rust_decimal::Decimal::ONE_HUNDRED).normalize()
        )
    });
    let rows = (1..).zip(&found).flat_map(|(cluster, members)| {
        let owners: BTreeSet<usize> = members
            .iter()
            .map(|member| told[member.index].owner)
            .collect();
        let owners = owners.len();
        let told = &told;
        members.iter().map(move |member| Row {
            cluster,
            owners,
            member: *member,
            told: &told[member.index],
        })
    });
    (Table::of("alike", "雷同文字", &columns, rows), remark)
}

/// The texts that people write: goals, what was done, reasons, remarks, further texts.
fn texts<'f, 'a>(facts: &'f [Facts<'a>]) -> Vec<Told<'f, 'a>> {
    let mut owners = HashMap::new();
    let mut told = Vec::new();
    for one in facts {
        let next = owners.len();
        let owner = *owners.entry(one.identity()).or_insert(next);
        let project = one.project;
        let mut tell = |place: Place, text: &'a str| {
            let text = trim(text);
            // Bytes bound the characters: most cells are shorter and need no look at all.
            if text.len() >= SHORTEST {
                told.push(Told {
                    facts: one,
                    owner,
                    at: project.at(place),
                    text,
                });
            }
        };
        for goal in project.goals.iter() {
            tell(Place::Goal(goal.id, GoalField::Expected), &goal.expected);
            tell(Place::Goal(goal.id, GoalField::Actual), &goal.actual);
            for (key, text) in goal.texts.iter() {
                tell(Place::Goal(goal.id, GoalField::Text(key.clone())), text);
            }
            for reason in goal.reasons.iter() {
                tell(Place::Reason(reason.id), &reason.text);
            }
        }
        for (key, text) in project.texts.iter() {
            tell(Place::Text(key.clone()), text);
        }
        for row in project.funds.iter() {
            tell(Place::Fund(row.id, "remark".to_owned()), &row.remark);
        }
        for view in project.rows() {
            let place = Place::Indicator(view.indicator.id, IndicatorField::Deviation);
            tell(place, &view.indicator.deviation);
        }
    }
    told
}
