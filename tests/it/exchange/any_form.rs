//! Forms of any edition, filled in as people fill them in: for properties that hold for all that goes out and comes back.

use jiping::model::{
    edition::{Edition, FieldKind, FieldLayout, FundRole, IndicatorRole},
    id::{CountedIds, Id},
    indicator::{Group, Indicator, SharedReason},
    project::{Goal, Project},
    record::{KeyMap, Text},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// What is typed into a row.
#[derive(Debug, Clone)]
struct Cells {
    name: String,
    /// Sign, number and unit, for forms that have columns for them.
    measured: [&'static str; 3],
    target: String,
    actual: String,
    weight: String,
    score: String,
    reason: String,
}

/// What is typed into a form, before there is one: given out to its fields in turn.
#[derive(Debug, Clone)]
pub struct Typed {
    rows: Vec<Vec<Cells>>,
    /// Names of projects, offices and people.
    names: Vec<String>,
    /// Goals, and what stands in further columns, tables and texts.
    passages: Vec<String>,
    amounts: Vec<String>,
    choice: usize,
    /// Whether the last row of a group of three and more is part (其中) of the one above.
    parts: bool,
    /// Whether the rows of a group of two and more share a reason.
    shared: bool,
}

/// Anything that people type.
pub fn typed() -> impl Strategy<Value = Typed> {
    let amount = prop_oneof![
        4 => "[1-9][0-9]{0,5}\\.[0-9]{2}",
        1 => "[1-9][0-9]{0,5}",
        1 => "[1-9],[0-9]{3}\\.[0-9]{2}",
        1 => "0\\.0[1-9]",
        1 => Just("—".to_owned()),
        1 => Just("0".to_owned()),
    ];
    (
        vec(vec(row(), 1..6), 6),
        vec("[市区财政局科协培训中心]{4,9}", 5),
        vec("完成[培训检查维护课题活动服务，。0-9\n]{10,300}目标", 7),
        vec(amount, 11),
        0..6_usize,
        any::<[bool; 2]>(),
    )
        .prop_map(
            |(rows, names, passages, amounts, choice, [parts, shared])| Typed {
                rows,
                names,
                passages,
                amounts,
                choice,
                parts,
                shared,
            },
        )
}

/// What an office typed, the same in every run.
pub fn plain() -> Typed {
    let row = |name: &str,
               measured,
               target: &str,
               actual: &str,
               [weight, score]: [&str; 2],
               reason: &str| Cells {
        name: name.to_owned(),
        measured,
        target: target.to_owned(),
        actual: actual.to_owned(),
        weight: weight.to_owned(),
        score: score.to_owned(),
        reason: reason.to_owned(),
    };
    let trained = ["≥", "12", "场"];
    let passed = ["≥", "95", "%"];
    let costs = ["≤", "480", "元"];
    let late = "讲师行程调整，两场培训未能举办；下年提前三个月确定师资，并建立备选名单。";
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Typed {
        rows: vec![
            vec![
                row(
                    "举办业务培训场次",
                    trained,
                    "≥12场",
                    "10场",
                    ["5", "4.17"],
                    late,
                ),
                row(
                    "培训教材印制数量",
                    ["≥", "600", "册"],
                    "≥600册",
                    "600册",
                    ["5", "5"],
                    "",
                ),
            ],
            vec![row(
                "参训人员考核合格率",
                passed,
                "≥95%",
                "97.5%",
                ["8", "8"],
                "",
            )],
            vec![row(
                "人均培训费用",
                costs,
                "≤480元",
                "465元",
                ["7", "7"],
                "",
            )],
            vec![
                row(
                    "基层单位业务保障情况",
                    ["定性", "有效保障", ""],
                    "有效保障",
                    "达成年度指标",
                    ["6", "5.8"],
                    "",
                ),
                row(
                    "培训计划完成时间",
                    ["≤", "12", "月"],
                    "2020年12月底前",
                    "2020年11月30日",
                    ["4", "4"],
                    "",
                ),
            ],
        ],
        names: texts(&[
            "市会计学会",
            "基层财务人员业务培训",
            "市财政局",
            "市财政局培训中心",
            "县财政局",
        ]),
        passages: texts(&[
            "举办业务培训12场，培训基层财务人员600人次，考核合格率达到95%以上，提高预算绩效管理水平。",
            "举办业务培训10场，培训586人次，考核合格率97.5%，参训人员满意度96%，完成年度主要目标。",
            "按计划分批组织实施。",
            "制度健全，执行规范。",
            "年中按规定调整预算。",
        ]),
        amounts: texts(&["128.60", "120.00", "114.35", "96.00", "20.00"]),
        choice: 0,
        parts: false,
        shared: false,
    }
}

fn row() -> impl Strategy<Value = Cells> {
    let name = "[培训检查维护课题活动服务]{3,9}";
    let measured = select(vec![
        ["≥", "10", "场"],
        ["=", "98.5", "%"],
        ["≤", "1200", "元"],
        ["定性", "有效保障", ""],
    ]);
    let target = prop_oneof![
        "≥[1-9][0-9]{0,3}(场|次|人)",
        "[1-9][0-9]{0,3}(\\.[0-9])?(个|项|%)?",
        "≤[1-9][0-9]{2,4}元",
        Just("2020年12月底前".to_owned()),
        Just("有效保障".to_owned()),
    ];
    let actual = prop_oneof![
        "[1-9][0-9]{0,3}(\\.[0-9])?(场|次|人|个|%)?",
        Just("有效保障".to_owned()),
        Just("2020年11月30日".to_owned()),
    ];
    let reason = prop_oneof![
        2 => Just(String::new()),
        1 => "受疫情影响[培训检查维护，。0-9]{5,60}，下年加强管理",
        1 => "经费压减\n下年[调整目标]{4,8}",
    ];
    (
        name,
        measured,
        target,
        actual,
        "[1-9]",
        "[0-9]\\.[0-9]{2}",
        reason,
    )
        .prop_map(
            |(name, measured, target, actual, weight, score, reason)| Cells {
                name,
                measured,
                target,
                actual,
                weight,
                score,
                reason,
            },
        )
}

/// A form of the edition in which this is filled in.
pub fn filled(edition: &Edition, typed: &Typed) -> Project {
    Filling {
        edition,
        typed,
        given: 0,
        ids: CountedIds(1 << 30),
    }
    .form()
}

struct Filling<'a> {
    edition: &'a Edition,
    typed: &'a Typed,
    given: usize,
    ids: CountedIds,
}

impl Filling<'_> {
    fn next<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        self.given += 1;
        &from[self.given % from.len()]
    }

    fn form(mut self) -> Project {
        let edition = self.edition;
        let mut project = Project::blank(edition, &mut self.ids);
        // A form states only notes of its own.
        project.stated.footnotes.clear();
        self.fields(&edition.header, &mut project.header);
        self.fields(&edition.texts, &mut project.texts);
        self.fields(&edition.footer, &mut project.footer);
        self.funds(&mut project);
        for index in 0..project.goals.len() {
            self.goal(project.goals.get_mut(index).expect("a goal"));
        }
        for table in &edition.tables {
            let rows = project.tables.get_mut(&table.key).expect("a table");
            for index in 0..rows.len() {
                let row = rows.get_mut(index).expect("a row");
                self.fields(&table.columns, &mut row.cells);
            }
        }
        if edition.totals.weight {
            project.stated.total_weight = "100".into();
        }
        if edition.totals.score {
            project.stated.total_score = "93.55".into();
        }
        if edition.totals.rating {
            project.stated.rating = "良".into();
        }
        project
    }

    fn fields(&mut self, layout: &[FieldLayout], fields: &mut KeyMap<Text>) {
        let typed = self.typed;
        for field in layout {
            let text = match field.kind {
                FieldKind::Choice | FieldKind::Choices if !field.options.is_empty() => {
                    &field.options[typed.choice % field.options.len()]
                }
                FieldKind::Year => "2020年",
                FieldKind::Date => "2021年3月5日",
                FieldKind::Phone => "0755-82001234",
                FieldKind::Person => "张明",
                FieldKind::Paragraph => self.next(&typed.passages),
                _ => self.next(&typed.names),
            };
            fields.insert(field.key.clone(), text.into());
        }
    }

    fn funds(&mut self, project: &mut Project) {
        let typed = self.typed;
        for index in 0..project.funds.len() {
            let row = project.funds.get_mut(index).expect("a row");
            for column in &self.edition.funds.columns {
                let figure = match column.role {
                    FundRole::Amount => self.next(&typed.amounts),
                    FundRole::Rate => "95.5%",
                    FundRole::Weight => "10",
                    FundRole::Score => "9.55",
                    FundRole::Remark => continue,
                };
                row.figures.insert(column.key.clone(), figure.into());
            }
            if self.edition.fund_column(FundRole::Remark).is_some() {
                row.remark = self.next(&typed.passages).as_str().into();
            }
        }
    }

    fn goal(&mut self, goal: &mut Goal) {
        let typed = self.typed;
        goal.expected = self.next(&typed.passages).as_str().into();
        let actual = self.next(&typed.passages);
        if self.edition.goals.has_actual() {
            goal.actual = actual.as_str().into();
        }
        self.fields(&self.edition.goals.extra, &mut goal.texts);
        let mut reasons = Vec::new();
        for section in 0..goal.sections.len() {
            let section = goal.sections.get_mut(section).expect("a section");
            for group in 0..section.groups.len() {
                let group: &mut Group = section.groups.get_mut(group).expect("a group");
                let rows = self.next(&typed.rows);
                let mut rows: Vec<Indicator> = rows.iter().map(|cells| self.row(cells)).collect();
                if let ([.., above, last], true) = (rows.as_mut_slice(), typed.parts) {
                    last.part_of = Some(above.id);
                    last.name.insert_str(0, "其中：");
                }
                if typed.shared
                    && rows.len() > 1
                    && self.edition.has_column(IndicatorRole::Deviation)
                {
                    for row in &mut rows {
                        row.deviation = Text::default();
                    }
                    reasons.push(SharedReason {
                        id: Id::new(&mut self.ids),
                        copied_from: None,
                        section: None,
                        group: Some(group.id),
                        rows: Vec::new(),
                        text: self.next(&typed.passages).as_str().into(),
                        unknown: Default::default(),
                    });
                }
                group.indicators = rows.into_iter().collect();
            }
        }
        goal.reasons = reasons.into_iter().collect();
    }

    fn row(&mut self, cells: &Cells) -> Indicator {
        let typed = self.typed;
        let mut row = Indicator::blank(&mut self.ids);
        for column in &self.edition.indicators.columns {
            match column.role {
                IndicatorRole::Name => row.name.clone_from(&cells.name),
                IndicatorRole::Nature => row.nature = cells.measured[0].into(),
                IndicatorRole::Target if self.edition.has_column(IndicatorRole::Unit) => {
                    row.target = cells.measured[1].into();
                }
                IndicatorRole::Target => row.target = cells.target.as_str().into(),
                IndicatorRole::Unit => row.unit = cells.measured[2].to_owned(),
                IndicatorRole::Actual => row.actual = cells.actual.as_str().into(),
                IndicatorRole::Weight => row.weight = cells.weight.as_str().into(),
                IndicatorRole::Score => row.score = cells.score.as_str().into(),
                IndicatorRole::Deviation => row.deviation = cells.reason.as_str().into(),
                IndicatorRole::Extra => {
                    let text = match column.key.as_str() {
                        "review_score" | "deduction" => &cells.score,
                        "initial_target" => &cells.target,
                        _ => self.next(&typed.passages),
                    };
                    row.extra.insert(column.key.clone(), text.as_str().into());
                }
                _ => {}
            }
        }
        row
    }
}
