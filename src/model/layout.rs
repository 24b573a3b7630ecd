//! The parts of a form that are not indicators: fields with captions, the fund table, goals, further tables, the total row.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How badly a field or indicator is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Blank is an error.
    Required,
    /// Blank is a warning.
    Expected,
    /// May be blank.
    #[default]
    Optional,
}

/// What kind of value a free field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Paragraph,
    /// A year.
    Year,
    /// A date.
    Date,
    /// A number or amount.
    Number,
    /// A person's name.
    Person,
    /// A telephone number.
    Phone,
    /// One of the options.
    Choice,
    /// Any number of the options.
    Choices,
}

/// A field with a caption of its own: in the header, at the foot, or a text beneath the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldLayout {
    /// Key of the stored value.
    pub key: String,
    /// Printed caption.
    pub caption: String,
    /// Kind of value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: FieldKind,
    /// Whether it must be filled in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub need: Need,
    /// Options of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The form's own hint of what to write, which must not stay in the finished form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
}

/// The options that the text of a choice names.
pub fn chosen(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', ';', '；', '\n'])
        .map(str::trim)
        .filter(|choice| !choice.is_empty())
}

/// The fund table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundLayout {
    /// Caption at the side ("项目资金").
    pub caption: String,
    /// Columns in printed order.
    pub columns: Vec<FundColumn>,
    /// Rows in printed order.
    pub rows: Vec<FundRowLayout>,
    /// Which rows add up to which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splits: Vec<FundSplit>,
    /// Whether the person may add rows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub free_rows: bool,
}

/// A column of the fund table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundColumn {
    /// Key of the stored figures (see [`super::project::fund`] for those the program knows).
    pub key: String,
    /// Printed caption.
    pub caption: String,
    /// What stands in it.
    pub role: FundRole,
    /// How it follows from other columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// Decimals printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u32>,
}

/// What stands in a column of the fund table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FundRole {
    /// An amount of money.
    Amount,
    /// A rate in percent.
    Rate,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// A reason or remark (the row's `remark`).
    Remark,
}

/// A derived column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// The sum of the columns.
    Sum(Vec<String>),
    /// The first column less the second.
    Difference(String, String),
    /// The first column divided by the second, in percent.
    Ratio(String, String),
}

impl Formula {
    /// The keys of the columns it follows from.
    pub fn operands(&self) -> Vec<&str> {
        match self {
            Self::Sum(columns) => columns.iter().map(String::as_str).collect(),
            Self::Difference(first, second) | Self::Ratio(first, second) => vec![first, second],
        }
    }
}

/// A row of the fund table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundRowLayout {
    /// Key that the project's row carries.
    pub key: String,
    /// Printed caption.
    pub caption: String,
    /// Whether this row carries weight and score.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scored: bool,
}

/// Rows that add up to another row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundSplit {
    /// What the split is by ("资金来源").
    pub name: String,
    /// Key of the row that is the sum.
    pub total: String,
    /// Keys of the rows that are added.
    pub parts: Vec<String>,
}

/// The goal block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalLayout {
    /// Caption at the side ("年度总体目标").
    pub caption: String,
    /// 预期目标
    pub expected: FieldLayout,
    /// 实际完成情况; its caption is empty where the form has no such cell (执行监控表).
    pub actual: FieldLayout,
    /// Further goal cells (调整后目标 …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<FieldLayout>,
    /// How many blocks a form may have; 1 in most editions.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub most_blocks: u32,
    /// Whether every block has a weight of its own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub weighted: bool,
    /// The blocks of a blank form; where empty it has one without caption and weight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<GoalBlock>,
}

/// A goal block of a blank form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalBlock {
    /// Printed caption ("年度绩效目标1").
    pub caption: String,
    /// Points the edition presets for the block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
}

impl GoalLayout {
    /// Whether the form has a cell for 实际完成情况.
    pub fn has_actual(&self) -> bool {
        !self.actual.caption.is_empty()
    }

    /// The caption of 实际完成情况; the usual one where the form has no such cell, which may still hold a text.
    pub fn actual_caption(&self) -> &str {
        if self.has_actual() {
            &self.actual.caption
        } else {
            "实际完成情况"
        }
    }
}

fn one() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_one(number: &u32) -> bool {
    *number == 1
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A further table with fixed rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableLayout {
    /// Key of the stored rows.
    pub key: String,
    /// Printed caption.
    pub caption: String,
    /// Columns, the row caption not counted.
    pub columns: Vec<FieldLayout>,
    /// Rows with fixed captions.
    pub rows: Vec<TableRowLayout>,
    /// Whether the person may add rows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub free_rows: bool,
}

/// A fixed row of a further table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableRowLayout {
    /// Key that the project's row carries.
    pub key: String,
    /// Printed caption.
    pub caption: String,
}

/// The total row of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotalLayout {
    /// Printed caption ("总分"); empty where the form has no total row.
    pub caption: String,
    /// Whether the sum of weights is printed.
    pub weight: bool,
    /// Whether the sum of scores is printed.
    pub score: bool,
    /// Whether 评价等级 is printed.
    pub rating: bool,
    /// Where it is printed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub place: TotalPlace,
}

/// Where the total is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TotalPlace {
    /// In the last row of the indicator table.
    #[default]
    Row,
    /// Among the header fields (自评总分 in 重庆 and 宁夏).
    Header,
}

impl Default for TotalLayout {
    fn default() -> Self {
        Self {
            caption: "总分".into(),
            weight: true,
            score: true,
            rating: false,
            place: TotalPlace::Row,
        }
    }
}
