//! One project's form: header, funds, goals and all else that is filled in. The indicator table is in [`super::indicator`].

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    aside::Aside,
    budget::BudgetAdjustment,
    deadlines::Deadline,
    edition::Edition,
    figure::{FigureCell, MoneyUnit, Rating},
    id::Id,
    indicator::{Indicator, Removed, Section, SharedReason},
    last_year::LastYear,
    path::CellPath,
    record::{KeyMap, Text, always_written, record},
    review::{NoteKind, Reply, StageRecord, Withheld},
    rows::Rows,
    typed::{Typed, trim},
    working_paper::WorkingPaper,
};

/// Keys of header fields that the program itself knows; an edition may ask for more.
pub mod header {
    /// 项目名称
    pub const PROJECT_NAME: &str = "project_name";
    /// 项目编码
    pub const PROJECT_CODE: &str = "project_code";
    /// 实施年度, 评价年度
    pub const YEAR: &str = "year";
    /// 主管部门
    pub const DEPARTMENT: &str = "department";
    /// 实施单位
    pub const UNIT: &str = "unit";
}

/// Keys of fund columns that the program itself knows; an edition may have more.
pub mod fund {
    /// 年初预算数
    pub const INITIAL: &str = "initial";
    /// 全年预算数, 调整后预算数
    pub const ADJUSTED: &str = "adjusted";
    /// 全年执行数
    pub const EXECUTED: &str = "executed";
    /// 执行率, as stated
    pub const RATE: &str = "rate";
    /// 分值
    pub const WEIGHT: &str = "weight";
    /// 得分, as stated
    pub const SCORE: &str = "score";

    /// The columns that the program knows, in the order in which forms print them.
    pub const ALL: [&str; 6] = [INITIAL, ADJUSTED, EXECUTED, RATE, WEIGHT, SCORE];

    /// What a column is usually called, for forms that have no such column; a key that the program does not know is
    /// called by itself.
    pub fn usual_caption(key: &str) -> &str {
        match key {
            INITIAL => "年初预算数",
            ADJUSTED => "全年预算数",
            EXECUTED => "全年执行数",
            RATE => "执行率",
            WEIGHT => "分值",
            SCORE => "得分",
            "remark" => "原因说明",
            _ => super::super::monitoring::fund_caption(key).unwrap_or(key),
        }
    }
}

record! {
    /// 项目支出绩效自评表 of one project.
    pub struct Project {
        /// Identity, kept through renaming, mailing and merging.
        pub id: Id<Project>,
        /// The project this one was copied from.
        pub copied_from: Option<Id<Project>>,
        /// 表样: which edition of the form it is filled in on.
        pub edition: EditionRef,
        /// Where the project stands in the year.
        pub stage: Stage,
        /// The unit of all amounts of the form.
        pub money_unit: MoneyUnit,
        /// Header fields by key (see [`header`]), as typed.
        pub header: KeyMap<Text>,
        /// 项目资金
        pub funds: Rows<FundRow>,
        /// 年度总体目标 with their indicator tables; usually one.
        pub goals: Rows<Goal>,
        /// Further tables that the edition declares, by key.
        pub tables: KeyMap<Rows<TableRow>>,
        /// Further texts that the edition declares (评价结论 …), by key.
        pub texts: KeyMap<Text>,
        /// People and dates at the foot of the form, by key.
        pub footer: KeyMap<Text>,
        /// What the form states of itself.
        pub stated: Stated,
        /// 佐证材料
        pub evidence: Rows<Evidence>,
        /// 审核意见
        pub notes: Rows<Note>,
        /// 核实说明 given for findings.
        pub explanations: Rows<Explanation>,
        /// 账面数; `None` where none is on record.
        pub account: Option<Account>,
        /// 预算调整, in the order in which they were recorded.
        pub budget_adjustments: Rows<BudgetAdjustment>,
        /// 批复中有、表中没有的指标
        pub removed: Rows<Removed>,
        /// 自评复核工作底稿; `None` where nothing was typed into it.
        pub working_paper: Option<WorkingPaper>,
        /// 上年: what is known of the form of the year before; `None` where nothing is on record.
        pub last_year: Option<LastYear>,
        /// 期限: by when stages are to be done, in the order of the stages, one for a stage at most.
        pub deadlines: Vec<Deadline>,
        /// Rows of an earlier edition that the present one has no place for; `None` where there are none.
        pub aside: Option<Aside>,
        /// 流转记录, in the order in which it happened.
        pub stages: Rows<StageRecord>,
        /// 不公开; `None` where the form may be made public.
        pub withheld: Option<Withheld>,
    }

    /// 账面数: what the budget or payment system says of the project's total funds. Nothing is computed from it; rules compare.
    pub struct Account {
        /// 年初预算数
        pub initial: FigureCell,
        /// 全年预算数
        pub adjusted: FigureCell,
        /// 全年执行数
        pub executed: FigureCell,
        /// The unit of amounts that name none of their own.
        pub money_unit: MoneyUnit,
        /// Where they come from: the file's name, and the sheet's.
        pub source: String,
    }

    /// Which edition a project is filled in on.
    pub struct EditionRef {
        /// The edition's id, such as "shenzhen-2020".
        pub id: String,
        /// The edition's content hash, so that a changed edition under the same id is noticed.
        pub hash: String,
    }

    /// One row of the fund table.
    pub struct FundRow {
        /// Identity.
        pub id: Id<FundRow>,
        /// The row this one was copied from.
        pub copied_from: Option<Id<FundRow>>,
        /// The edition's row it fills; empty for a row of the person's own.
        pub key: String,
        /// The caption as it stands in the form ("其中：当年财政拨款").
        pub name: String,
        /// Amounts, rate, weight and score as typed, by the edition's column key (see [`fund`]).
        pub figures: KeyMap<FigureCell>,
        /// 调整原因 or 未完成原因 of the row.
        pub remark: Text,
    }

    /// 年度总体目标 with its own indicator table.
    pub struct Goal {
        /// Identity.
        pub id: Id<Goal>,
        /// The goal this one was copied from.
        pub copied_from: Option<Id<Goal>>,
        /// The caption where a form has several goals ("年度绩效目标1").
        pub caption: String,
        /// The weight of the whole block, where the edition gives one.
        pub weight: FigureCell,
        /// 预期目标
        pub expected: Text,
        /// 实际完成情况
        pub actual: Text,
        /// Further goal cells of the edition (调整后目标 …), by key.
        pub texts: KeyMap<Text>,
        /// First-level blocks of the indicator table.
        pub sections: Rows<Section>,
        /// 偏差原因 that stand in a cell spanning several rows.
        pub reasons: Rows<SharedReason>,
    }

    /// A row of a further table.
    pub struct TableRow {
        /// Identity.
        pub id: Id<TableRow>,
        /// The row this one was copied from.
        pub copied_from: Option<Id<TableRow>>,
        /// The edition's row it fills; empty for a row of the person's own.
        pub key: String,
        /// Cells by the edition's column key.
        pub cells: KeyMap<Text>,
    }

    /// What the form states of itself, right or wrong. Nothing here is ever computed.
    pub struct Stated {
        /// The title as printed, where it differs from the edition's.
        pub title: String,
        /// 总分 in the weight column.
        pub total_weight: FigureCell,
        /// 总分 in the score column.
        pub total_score: FigureCell,
        /// 评价等级
        pub rating: Typed<Rating>,
        /// The money unit as the form writes it ("元", "万元"); empty where it says nothing.
        pub money_unit: String,
        /// Footnotes beneath the table.
        pub footnotes: Vec<String>,
    }

    /// A file that proves a result.
    pub struct Evidence {
        /// Identity.
        pub id: Id<Evidence>,
        /// The indicator it proves; `None` for the project as a whole.
        pub indicator: Option<Id<Indicator>>,
        /// 材料名称
        pub title: String,
        /// Where it lies, with / between folders: relative to the document's folder, absolute where it lies on another drive
        /// or the document has no file yet.
        pub file: String,
        /// SHA-256 of its content when it was registered, as 64 hexadecimal digits; empty where it was not read then.
        pub hash: String,
        /// Bytes of its content when it was registered; 0 where it was not read then.
        pub length: u64,
    }

    /// A reviewer's remark at one cell.
    pub struct Note {
        /// Identity.
        pub id: Id<Note>,
        /// What it is about.
        pub at: CellPath,
        /// Who wrote it.
        pub author: String,
        /// When, as "2021-03-05 14:32".
        pub time: String,
        /// The remark.
        pub text: Text,
        /// How much it asks for.
        pub kind: NoteKind,
        /// Whether it is dealt with.
        pub resolved: bool,
        /// What was answered, in order.
        pub replies: Rows<Reply>,
    }

    /// 核实说明: why a finding at a cell is to be left as it is.
    pub struct Explanation {
        /// Identity.
        pub id: Id<Explanation>,
        /// The rule's code.
        pub rule: String,
        /// The finding's place.
        pub at: CellPath,
        /// The reason given.
        pub text: Text,
        /// The finding's fingerprint when it was given: once the values change, the explanation no longer holds.
        pub fingerprint: String,
        /// Who gave it.
        pub author: String,
        /// When, as "2021-03-05 14:32".
        pub time: String,
    }
}

/// Where a project stands in the year.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 目标下达
    Targets,
    /// 年中调整
    Adjustment,
    /// 执行监控
    Monitoring,
    /// 自评
    #[default]
    SelfEvaluation,
    /// 送审
    Submitted,
    /// 退回
    Returned,
    /// 定稿
    Final,
    /// 公开
    Published,
}

impl Stage {
    /// All of them, in the order of the year.
    pub const ALL: [Self; 8] = [
        Self::Targets,
        Self::Adjustment,
        Self::Monitoring,
        Self::SelfEvaluation,
        Self::Submitted,
        Self::Returned,
        Self::Final,
        Self::Published,
    ];

    /// Whether the form's content may be changed.
    pub fn is_editable(self) -> bool {
        !matches!(self, Self::Submitted | Self::Final | Self::Published)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Targets => "目标下达",
            Self::Adjustment => "年中调整",
            Self::Monitoring => "执行监控",
            Self::SelfEvaluation => "自评",
            Self::Submitted => "送审",
            Self::Returned => "退回",
            Self::Final => "定稿",
            Self::Published => "公开",
        })
    }
}

always_written!(Stage);

impl Project {
    /// A header field, or an empty text.
    pub fn header(&self, key: &str) -> &str {
        self.header.get(key).map_or("", |text| text)
    }

    /// 项目名称
    pub fn name(&self) -> &str {
        self.header(header::PROJECT_NAME)
    }

    /// 项目名称 without white space around it, as lists and sentences name the project; never empty.
    pub fn shown_name(&self) -> &str {
        match trim(self.name()) {
            "" => "（未填写项目名称）",
            name => name,
        }
    }

    /// The year of the form, where the year field holds one ("2020年", "2020年度", "2020").
    pub fn year(&self) -> Option<i16> {
        let half = super::numeral::halfwidth(self.header(header::YEAR));
        let digits: String = half
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        (digits.len() == 4).then(|| digits.parse().ok()).flatten()
    }

    /// Whether anything is on record of what was approved with the budget.
    pub fn has_approval(&self) -> bool {
        !self.removed.is_empty() || self.rows().any(|view| view.indicator.approved.is_some())
    }

    /// The title that `edition` has for this form. What was typed instead of a year is still what the form says; blanks stand
    /// for a year to be filled in.
    pub fn title_on(&self, edition: &Edition) -> String {
        let year = match self.year() {
            Some(year) => year.to_string(),
            None => match self.header(header::YEAR).trim() {
                "" => "    ".to_owned(),
                typed => typed.to_owned(),
            },
        };
        edition.title.replace("{year}", &year)
    }
}

/// The caption of a fund row without its 其中; never empty.
pub(super) fn short_fund_name(caption: &str) -> &str {
    let name = trim(caption);
    let short = name
        .strip_prefix("其中")
        .map_or(name, |rest| rest.trim_start_matches(['：', ':', ' ']));
    if short.is_empty() {
        "未命名的资金行"
    } else {
        short
    }
}

impl FundRow {
    /// The caption without its 其中, for sentences and names; never empty.
    pub fn short_name(&self) -> &str {
        short_fund_name(&self.name)
    }

    /// The cell of a column; an untouched cell is empty.
    pub fn figure(&self, column: &str) -> &FigureCell {
        static EMPTY: std::sync::LazyLock<FigureCell> =
            std::sync::LazyLock::new(FigureCell::default);
        self.figures.get(column).unwrap_or(&EMPTY)
    }
}
