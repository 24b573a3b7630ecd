//! Forms of random words: whatever stands in them is kept or told.

use jiping::{
    exchange::{
        recognise::{
            Fit, Wishes,
            found::{FoundForm, FoundGoal, FundLine, FurtherTable, Total},
        },
        report::{Entry, Fate},
    },
    model::{edition::IndicatorRole, project::fund},
};
use proptest::prelude::*;

use super::{
    assert_sound,
    forms::{Pen, blank_form},
    only, settled, settled_with,
};

/// Captions and values of which random forms are made.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(vec![
            "项目名称", "主管部门", "中央主管部门", "年度", "联系电话", "自评总分", "评价等级", "总分", "备注", "备注",
            "年度资金总额", "其他资金", "说明", "（50分）", "产出指标（50分）", "产出指标", "效益指标(40分)", "数量指标", "得分",
            "填表人", "<p>甲</p>", "{year}", "10", "—", "不适用", "１２％", "862万元", "……", "*", "：",
        ]).prop_map(str::to_owned),
        1 => "[a甲（）{}\\n 　]{0,5}",
        1 => Just(String::new()),
    ]
}

fn fund_key() -> impl Strategy<Value = Option<&'static str>> {
    proptest::sample::select(vec![
        None,
        Some(fund::INITIAL),
        Some(fund::ADJUSTED),
        Some(fund::EXECUTED),
        Some(fund::RATE),
        Some(fund::WEIGHT),
        Some(fund::SCORE),
        Some("remark"),
    ])
}

fn role() -> impl Strategy<Value = IndicatorRole> {
    use IndicatorRole as Role;
    proptest::sample::select(vec![
        Role::Name,
        Role::Nature,
        Role::Target,
        Role::Unit,
        Role::Actual,
        Role::Weight,
        Role::Score,
        Role::Deviation,
        Role::Extra,
    ])
}

type Words = Vec<String>;

/// Headings with what they mean, and rows.
type DraftTable<K> = (Vec<(String, K)>, Vec<Words>);

/// Captions and points of a section with its group, and its rows.
type DraftSection = (Words, Vec<Words>);

/// Headings of an indicator table with what they mean, and its sections.
type DraftGoal = (Vec<(String, IndicatorRole)>, Vec<DraftSection>);

#[derive(Debug, Clone)]
struct Draft {
    title: String,
    year: Option<String>,
    fields: Vec<(String, String)>,
    below: Vec<(String, String)>,
    funds: Option<DraftTable<Option<&'static str>>>,
    goals: Vec<DraftGoal>,
    table: Option<(Words, Vec<Words>)>,
    total: Option<Words>,
}

fn draft() -> impl Strategy<Value = Draft> {
    use proptest::{collection::vec, option::of};
    let pairs = || vec((word(), word()), 0..5);
    let words = || vec(word(), 0..6);
    (
        word(),
        of(proptest::sample::select(vec!["2020", "2021年", "二〇二一"]).prop_map(str::to_owned)),
        pairs(),
        pairs(),
        of((vec((word(), fund_key()), 0..7), vec(words(), 0..4))),
        vec(
            (
                vec((word(), role()), 0..7),
                vec((vec(word(), 6), vec(words(), 0..3)), 0..3),
            ),
            0..3,
        ),
        of((words(), vec(words(), 0..3))),
        of(vec(word(), 4)),
    )
        .prop_map(
            |(title, year, fields, below, funds, goals, table, total)| Draft {
                title,
                year,
                fields,
                below,
                funds,
                goals,
                table,
                total,
            },
        )
}

/// A form of random words in which every cell has a column.
fn random_form(draft: &Draft) -> FoundForm {
    let mut pen = Pen::default();
    let mut form = blank_form(&mut pen, &draft.title);
    if let Some(year) = draft.year.as_ref().filter(|year| !year.is_empty()) {
        form.year = Some((pen.cell(&format!("（{year}年度）")), year.clone()));
    }
    let borrowed = |pairs: &[(String, String)], pen: &mut Pen| {
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        pen.fields(&pairs)
    };
    form.header = borrowed(&draft.fields, &mut pen);
    form.funds = draft.funds.as_ref().map(|(columns, rows)| {
        let columns: Vec<(&str, Option<&'static str>)> = columns
            .iter()
            .map(|(text, key)| (text.as_str(), *key))
            .collect();
        let mut funds = pen.funds(&columns, &[]);
        for row in rows {
            pen.line();
            let mut texts = row.iter().map(String::as_str);
            let name = pen.cell(texts.next().unwrap_or_default());
            let texts: Vec<&str> = texts.take(columns.len()).collect();
            funds.rows.push(FundLine {
                name,
                cells: pen.row(&texts),
                sure: 100,
            });
        }
        funds
    });
    for (columns, sections) in &draft.goals {
        let headings: Vec<(&str, IndicatorRole)> = columns
            .iter()
            .map(|(text, role)| (text.as_str(), *role))
            .collect();
        let mut goal = FoundGoal {
            columns: pen.headings(&headings),
            ..FoundGoal::default()
        };
        for (words, rows) in sections {
            let rows: Vec<Vec<&str>> = rows
                .iter()
                .map(|row| row.iter().map(String::as_str).take(columns.len()).collect())
                .collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            let scored = columns
                .iter()
                .any(|(_, role)| *role == IndicatorRole::Score)
                && columns
                    .iter()
                    .any(|(_, role)| *role == IndicatorRole::Weight);
            let points = if scored {
                [words[0].as_str(), words[1].as_str()]
            } else {
                ["", ""]
            };
            let group = pen.group(&words[2], points, 0, &rows);
            goal.sections.push(pen.section(&words[3], vec![group]));
            goal.caption = pen.maybe(&words[4]);
            goal.weight = pen.maybe(&words[5]);
        }
        form.goals.push(goal);
    }
    form.tables = draft
        .table
        .iter()
        .map(|(headings, rows)| {
            pen.line();
            FurtherTable {
                caption: pen.maybe(&draft.title),
                headings: headings.iter().map(|text| pen.cell(text)).collect(),
                rows: rows
                    .iter()
                    .map(|row| {
                        row.iter()
                            .take(headings.len() + 1)
                            .map(|text| pen.maybe(text))
                            .collect()
                    })
                    .collect(),
            }
        })
        .collect();
    form.total = draft.total.as_ref().map(|words| Total {
        caption: pen.cell(&words[0]),
        weight: pen.maybe(&words[1]),
        score: pen.maybe(&words[2]),
        rating: pen.maybe(&words[3]),
    });
    form.fields_below = borrowed(&draft.below, &mut pen);
    form
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn whatever_stands_in_a_form_is_kept_or_told(draft in draft()) {
        let form = random_form(&draft);
        let all = settled(&form);
        if only(&all).fit == Fit::Built {
            assert_sound(&all);
            // A second year beside the field that states one is told, not kept.
            let is_year = |entry: &&Entry| entry.note.contains("以该栏为准");
            let lost: Vec<&Entry> = all.report.of(Fate::Ignored).filter(|entry| !is_year(entry)).collect();
            assert!(lost.is_empty(), "{lost:?}");
        }
        let wishes = Wishes { edition: Some("shenzhen-2020".into()), ..Wishes::default() };
        settled_with(&form, &wishes);
    }
}
