//! Forms of several offices as recognition finds them, built by hand.

use jiping::{
    exchange::{
        grid::{Cell, Place},
        recognise::{
            FormKind,
            found::{
                Field, FoundForm, FoundGoal, FoundGroup, FoundReason, FoundRow, FoundSection,
                FoundSpan, FundHeading, FundLine, Funds, FurtherTable, Heading, Total,
            },
        },
    },
    model::{edition::IndicatorRole, project::fund},
};

/// Writes cells from left to right and top to bottom, so that every one has a place of its own.
#[derive(Default)]
pub(super) struct Pen {
    pub(super) next: Place,
}

impl Pen {
    pub(super) fn cell(&mut self, text: &str) -> Cell {
        let cell = Cell::new(self.next.row, self.next.column, text);
        self.next.column += 1;
        cell
    }

    pub(super) fn maybe(&mut self, text: &str) -> Option<Cell> {
        let cell = self.cell(text);
        (!text.is_empty()).then_some(cell)
    }

    pub(super) fn line(&mut self) -> u32 {
        self.next = Place {
            row: self.next.row + 1,
            column: 0,
        };
        self.next.row
    }

    pub(super) fn field(&mut self, caption: &str, value: &str) -> Field {
        Field {
            caption: self.cell(caption),
            value: self.maybe(value),
        }
    }

    pub(super) fn fields(&mut self, fields: &[(&str, &str)]) -> Vec<Field> {
        self.line();
        fields
            .iter()
            .map(|(caption, value)| self.field(caption, value))
            .collect()
    }

    /// A fund table; an empty text is a blank cell.
    pub(super) fn funds(
        &mut self,
        columns: &[(&str, Option<&'static str>)],
        rows: &[(&str, &[&str])],
    ) -> Funds {
        self.line();
        let caption = Some(self.cell("项目资金"));
        let columns = columns
            .iter()
            .map(|(text, key)| FundHeading {
                cell: self.cell(text),
                key: *key,
            })
            .collect();
        let rows = rows
            .iter()
            .map(|(name, cells)| {
                self.line();
                FundLine {
                    name: self.cell(name),
                    cells: self.row(cells),
                    sure: 100,
                }
            })
            .collect();
        Funds {
            caption,
            columns,
            rows,
        }
    }

    pub(super) fn row(&mut self, texts: &[&str]) -> Vec<(usize, Cell)> {
        let cells = texts.iter().enumerate();
        cells
            .filter_map(|(at, text)| Some((at, self.maybe(text)?)))
            .collect()
    }

    pub(super) fn headings(&mut self, headings: &[(&str, IndicatorRole)]) -> Vec<Heading> {
        self.line();
        headings
            .iter()
            .map(|(text, role)| Heading {
                cell: self.cell(text),
                role: *role,
            })
            .collect()
    }

    /// A group; the texts of a row stand from column `first` on.
    pub(super) fn group(
        &mut self,
        caption: &str,
        points: [&str; 2],
        first: usize,
        rows: &[&[&str]],
    ) -> FoundGroup {
        self.line();
        FoundGroup {
            caption: self.maybe(caption),
            weight: self.maybe(points[0]),
            score: self.maybe(points[1]),
            rows: rows
                .iter()
                .map(|texts| {
                    let row = self.line();
                    let cells = self.row(texts).into_iter();
                    FoundRow {
                        row,
                        cells: cells.map(|(at, cell)| (first + at, cell)).collect(),
                        part: false,
                        sure: 100,
                        note: String::new(),
                    }
                })
                .collect(),
        }
    }

    pub(super) fn section(&mut self, caption: &str, groups: Vec<FoundGroup>) -> FoundSection {
        self.line();
        FoundSection {
            caption: self.maybe(caption),
            weight: None,
            score: None,
            groups,
        }
    }
}

pub(super) fn blank_form(pen: &mut Pen, title: &str) -> FoundForm {
    FoundForm {
        rows: 0..1000,
        what: FormKind::SelfEvaluation,
        title: pen.maybe(title),
        form_no: None,
        year: None,
        money_unit: None,
        header: Vec::new(),
        funds: None,
        goals: Vec::new(),
        total: None,
        fields_below: Vec::new(),
        tables: Vec::new(),
        footnotes: Vec::new(),
        ignored: Vec::new(),
        warnings: Vec::new(),
        unit_caption: None,
    }
}

pub(super) const SIX: &[(&str, Option<&str>)] = &[
    ("年初预算数", Some(fund::INITIAL)),
    ("全年预算数", Some(fund::ADJUSTED)),
    ("全年执行数", Some(fund::EXECUTED)),
    ("分值", Some(fund::WEIGHT)),
    ("执行率", Some(fund::RATE)),
    ("得分", Some(fund::SCORE)),
];

pub(super) const EIGHT: &[(&str, IndicatorRole)] = &[
    ("一级指标", IndicatorRole::Level1),
    ("二级指标", IndicatorRole::Level2),
    ("三级指标", IndicatorRole::Name),
    ("年度指标值", IndicatorRole::Target),
    ("实际完成值", IndicatorRole::Actual),
    ("分值", IndicatorRole::Weight),
    ("得分", IndicatorRole::Score),
    ("偏差原因分析及改进措施", IndicatorRole::Deviation),
];

/// The form of 财预〔2020〕10号, filled in with a few faults.
pub(super) fn common_form() -> FoundForm {
    let mut pen = Pen::default();
    let mut form = blank_form(&mut pen, "项目支出绩效自评表");
    pen.line();
    form.year = Some((pen.cell("（2021年度）"), "2021".into()));
    form.money_unit = Some((pen.cell("单位：万元"), "万元".into()));
    form.header = pen.fields(&[
        ("项 目 名 称", "河道保洁"),
        ("主管部门", "水务局\u{a0}"),
        ("项目实施单位", "河道管理所"),
    ]);
    form.funds = Some(pen.funds(
        SIX,
        &[
            (
                "年度资金总额",
                &["100", "１２０", "118万元", "10", "98.33％", "9.83"],
            ),
            ("其中：本年财政拨款", &["100", "120", "118元", "—", "", "—"]),
            ("上年结转资金", &["0", "0", "0"]),
            ("其他资金", &[]),
        ],
    ));
    pen.line();
    let goal = FoundGoal {
        expected: Some(pen.field("预期目标", "<p>保洁36公里。</p>")),
        actual: Some(pen.field("实际完成情况", "　　已保洁36公里。")),
        columns: pen.headings(EIGHT),
        sections: vec![
            {
                let quantity = pen.group(
                    "数量指标",
                    ["", ""],
                    2,
                    &[
                        &["保洁\n长度", "≥36公里", "36公里", "30", "30"],
                        &["清运次数", "≥100次", "80次", "20分", "16", "少雨。"],
                    ],
                );
                pen.section("产出指标\n（50分）", vec![quantity])
            },
            {
                let social = pen.group(
                    "社会效益",
                    ["", ""],
                    2,
                    &[&["水质", "改善", "达成预期指标", "30", "30"]],
                );
                pen.section("效益指标（30分）", vec![social])
            },
            {
                let content = pen.group(
                    "服务对象满意度指标",
                    ["", ""],
                    2,
                    &[&["居民满意度", "≥90%", "95%", "10", "10"]],
                );
                pen.section("满意度指标（10分）", vec![content])
            },
        ],
        ..FoundGoal::default()
    };
    form.goals = vec![goal];
    pen.line();
    form.total = Some(Total {
        caption: pen.cell("总分"),
        weight: pen.maybe("100"),
        score: pen.maybe("95.83"),
        rating: None,
    });
    form.fields_below = pen.fields(&[("填表人：", "甲某"), ("联系电话", "")]);
    pen.line();
    form.footnotes = vec![pen.cell("注：一级指标分值统一设置。")];
    form
}

/// 深圳: points and scores in cells of the groups, satisfaction among the benefits, one reason for several rows.
pub(super) fn grouped_form() -> FoundForm {
    let mut form = common_form();
    let mut pen = Pen {
        next: Place {
            row: 200,
            column: 0,
        },
    };
    form.year = None;
    form.money_unit = Some((pen.cell("项目资金（元）"), "元".into()));
    form.header.push(pen.field("实施年度", "2020年"));
    form.fields_below.clear();
    let rows: &[&[&str]] = &[&["讲座", "2场", "10场"], &["展览", "1个", "1个"]];
    let quantity = pen.group("数量指标", ["50", "50"], 2, rows);
    let output = pen.section("产出指标(50分)", vec![quantity]);
    let social = pen.group(
        "社会效益指标",
        ["30", "30"],
        2,
        &[&["影响", "提升", "提升"]],
    );
    let content = pen.group(
        "满意度指标",
        ["10", "10"],
        2,
        &[&["听众满意度", "90%", "95%"]],
    );
    let none = pen.group(
        "生态效益指标",
        ["—", "—"],
        2,
        &[&["不适用", "不适用", "不适用"]],
    );
    let benefit = pen.section("效益指标(40分)", vec![social, none, content]);
    pen.line();
    form.goals[0].sections = vec![output, benefit];
    form.goals[0].reasons = vec![FoundReason {
        cell: pen.cell("疫情影响，场次有变。"),
        span: FoundSpan::Section(0),
        sure: 60,
    }];
    form
}

/// 四川: nature, value and unit apart, five sources of money, conclusions beneath.
pub(super) fn split_form() -> FoundForm {
    let mut pen = Pen::default();
    let mut form = blank_form(&mut pen, "部门预算项目支出绩效自评表（2023年度）");
    form.year = form.title.clone().map(|title| (title, "2023".into()));
    form.form_no = Some(pen.cell("报表编号：510000_0013zp"));
    form.header = pen.fields(&[
        ("项目名称", "系统运维"),
        ("主管部门", "某局"),
        ("实施单位（盖章）", "某中心"),
    ]);
    form.funds = Some(pen.funds(
        &[
            ("年初预算", Some(fund::INITIAL)),
            ("调整后预算数", Some(fund::ADJUSTED)),
            ("预算执行数", Some(fund::EXECUTED)),
            ("预算执行率", Some(fund::RATE)),
            ("权重", Some(fund::WEIGHT)),
            ("得分", Some(fund::SCORE)),
            ("原因", Some("remark")),
        ],
        &[
            (
                "总额",
                &["50", "48", "40", "83.33%", "10", "8.33", "合同尾款未付"],
            ),
            ("财政资金", &["50", "48", "40"]),
            ("财政专户管理资金", &["0", "0", "0"]),
            ("单位资金", &["0", "0", "0"]),
            ("其他资金", &[]),
        ],
    ));
    pen.line();
    form.goals = vec![FoundGoal {
        expected: Some(pen.field("项目年度目标", "保障系统")),
        actual: Some(pen.field("完成情况", "已保障")),
        others: vec![pen.field("项目实施内容及过程概述", "按月巡检")],
        columns: pen.headings(&[
            ("一级指标", IndicatorRole::Level1),
            ("二级指标", IndicatorRole::Level2),
            ("三级指标", IndicatorRole::Name),
            ("指标性质", IndicatorRole::Nature),
            ("指标值", IndicatorRole::Target),
            ("度量单位", IndicatorRole::Unit),
            ("完成值", IndicatorRole::Actual),
            ("权重", IndicatorRole::Weight),
            ("得分", IndicatorRole::Score),
            ("未完成原因分析", IndicatorRole::Deviation),
        ]),
        sections: {
            let rows: &[&[&str]] = &[
                &["巡检次数", "≥", "12", "次", "12", "60", "60"],
                &["保障效果", "定性", "优良", "", "优良", "30", "30"],
            ];
            let quantity = pen.group("数量指标", ["", ""], 2, rows);
            vec![pen.section("产出指标", vec![quantity])]
        },
        ..FoundGoal::default()
    }];
    form.fields_below = pen.fields(&[
        ("评价结论", "总体较好"),
        ("存在问题", "付款较慢"),
        ("改进措施", "按月催办"),
        ("项目负责人", "甲某"),
        ("财务负责人", "乙某"),
    ]);
    form
}

/// 湖北: one fund row without caption, two goals with points, scores without weights.
pub(super) fn two_goals_form() -> FoundForm {
    let mut pen = Pen::default();
    let mut form = blank_form(&mut pen, "2020年度水土保持项目绩效自评表");
    form.year = form.title.clone().map(|title| (title, "2020".into()));
    form.header = pen.fields(&[
        ("单位名称", "某所"),
        ("项目名称", "监测"),
        ("项目类别", "□部门预算 ☑专项"),
        ("项目总得分", "99.6"),
    ]);
    form.funds = Some(pen.funds(
        &[
            ("预算数(A)", Some(fund::ADJUSTED)),
            ("执行数(B)", Some(fund::EXECUTED)),
            ("执行率(B/A)", Some(fund::RATE)),
            ("得分(20分*执行率)", Some(fund::SCORE)),
        ],
        &[("", &["10", "10", "100%", "20"])],
    ));
    for (number, weight) in [(1, "40"), (2, "40分")] {
        pen.line();
        let mut goal = FoundGoal {
            caption: Some(pen.cell(&format!("年度绩效目标{number}"))),
            weight: Some(pen.cell(weight)),
            columns: pen.headings(&[
                ("一级指标", IndicatorRole::Level1),
                ("二级指标", IndicatorRole::Level2),
                ("三级指标", IndicatorRole::Name),
                ("年初目标值(A)", IndicatorRole::Target),
                ("实际完成值(B)", IndicatorRole::Actual),
                ("得分", IndicatorRole::Score),
            ]),
            ..FoundGoal::default()
        };
        let rows: &[&[&str]] = &[&["资料合格率", "100%", "100%", "40"]];
        let quality = pen.group("质量指标", ["", ""], 2, rows);
        goal.sections = vec![pen.section("产出指标", vec![quality])];
        form.goals.push(goal);
    }
    form.fields_below = pen.fields(&[("偏差大或目标未完成原因分析", "无"), ("评价等级", "优")]);
    form
}

/// 重庆: no levels, amounts in yuan, three goal cells.
pub(super) fn flat_form() -> FoundForm {
    let mut pen = Pen::default();
    let mut form = blank_form(&mut pen, "项目支出绩效自评表");
    form.money_unit = Some((pen.cell("单位：元"), "元".into()));
    form.header = pen.fields(&[
        ("项目名称", "校舍维修"),
        ("项目编码", "A01"),
        ("自评总分", "98"),
    ]);
    pen.line();
    form.goals = vec![FoundGoal {
        expected: Some(pen.field("年初目标", "修5处")),
        others: vec![pen.field("调整后目标", "修4处")],
        actual: Some(pen.field("完成情况", "修4处")),
        columns: pen.headings(&[
            ("指标名称", IndicatorRole::Name),
            ("计量单位", IndicatorRole::Unit),
            ("指标性质", IndicatorRole::Nature),
            ("指标值", IndicatorRole::Target),
            ("指标权重", IndicatorRole::Weight),
            ("全年完成值", IndicatorRole::Actual),
            ("指标得分", IndicatorRole::Score),
            ("说明", IndicatorRole::Deviation),
        ]),
        sections: {
            let group = pen.group(
                "",
                ["", ""],
                0,
                &[&["维修处数", "处", "≥", "4", "90", "4", "88"]],
            );
            vec![pen.section("", vec![group])]
        },
        ..FoundGoal::default()
    }];
    form
}

/// 中央对地方转移支付: no weights and scores, a further table.
pub(super) fn unscored_form() -> FoundForm {
    let mut pen = Pen::default();
    let mut form = blank_form(&mut pen, "中央对地方转移支付区域绩效自评表");
    form.header = pen.fields(&[
        ("转移支付名称", "基建补助"),
        ("中央主管部门", "某部"),
        ("地方主管部门", "某厅"),
    ]);
    form.funds = Some(pen.funds(
        &[
            ("全年预算数（A）", Some(fund::ADJUSTED)),
            ("全年执行数（B）", Some(fund::EXECUTED)),
            ("预算执行率", Some(fund::RATE)),
        ],
        &[
            ("年度资金总额", &["300", "300", "100%"]),
            ("其中：中央补助", &["200", "200", "100%"]),
            ("地方资金", &["100", "100", "100%"]),
        ],
    ));
    pen.line();
    form.tables = vec![FurtherTable {
        caption: Some(pen.cell("资金管理情况")),
        headings: vec![pen.cell("情况说明"), pen.cell("存在问题和改进措施")],
        rows: vec![
            vec![Some(pen.cell("分配科学性")), Some(pen.cell("因素法")), None],
            vec![Some(pen.cell("下达及时性")), None, Some(pen.cell("略晚"))],
        ],
    }];
    pen.line();
    form.goals = vec![FoundGoal {
        columns: pen.headings(&[
            ("一级指标", IndicatorRole::Level1),
            ("二级指标", IndicatorRole::Level2),
            ("三级指标", IndicatorRole::Name),
            ("指标值", IndicatorRole::Target),
            ("全年实际完成值", IndicatorRole::Actual),
            ("未完成原因和改进措施", IndicatorRole::Deviation),
        ]),
        sections: {
            let group = pen.group(
                "数量指标",
                ["", ""],
                2,
                &[&["新建渠道", "20公里", "20公里"]],
            );
            vec![pen.section("产出指标", vec![group])]
        },
        ..FoundGoal::default()
    }];
    form
}
