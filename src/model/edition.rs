//! 表样: what a form of one region and year looks like and how it is scored. An edition is a JSON file; a new province or
//! year needs no Rust. How it is scored stands in [`super::policy`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    figure::MoneyUnit,
    path::{BlockField, IndicatorField},
    policy::{CheckPolicy, ScoringPolicy},
    project::{EditionRef, header},
    typed::trim,
};

/// An edition of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Stable id such as "shenzhen-2020".
    pub id: String,
    /// Name in the chooser.
    pub name: String,
    /// Title printed above the form. "{year}" stands for the year field of the header, which is then not printed again.
    pub title: String,
    /// 报表编号, where the form has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub form_no: String,
    /// Region whose finance bureau issued the form.
    pub region: String,
    /// The years the form is meant for.
    pub years: Years,
    /// How well the edition is known.
    pub status: EditionStatus,
    /// What the edition was made from, and what is not known of it.
    pub source: String,
    /// Orientation of the printed form.
    #[serde(default)]
    pub page: Orientation,
    /// The unit in which the form states money.
    pub money_unit: MoneyUnit,
    /// Header fields in printed order.
    pub header: Vec<FieldLayout>,
    /// 项目资金
    pub funds: FundLayout,
    /// 年度总体目标
    pub goals: GoalLayout,
    /// 绩效指标
    pub indicators: IndicatorLayout,
    /// Further tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableLayout>,
    /// Further texts beneath the indicator table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<FieldLayout>,
    /// The total row.
    #[serde(default)]
    pub totals: TotalLayout,
    /// Fields at the foot (项目负责人 …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footer: Vec<FieldLayout>,
    /// Footnotes printed beneath.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<String>,
    /// How scores are computed.
    #[serde(default)]
    pub scoring: ScoringPolicy,
    /// Thresholds of the checks.
    #[serde(default)]
    pub checks: CheckPolicy,
}

/// First and last year of validity; open where not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// First year.
    pub from: Option<i16>,
    /// Last year.
    pub to: Option<i16>,
}

/// How well an edition is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EditionStatus {
    /// 已核对: taken from a whole form.
    Verified,
    /// 参考表样（未核对）: parts are not known.
    Reference,
    /// Draft, not offered to users.
    Draft,
}

/// Page orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// 纵向
    #[default]
    Portrait,
    /// 横向
    Landscape,
}

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
    /// 实际完成情况
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

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The indicator table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorLayout {
    /// Caption at the side ("绩效指标").
    pub caption: String,
    /// Columns in printed order.
    pub columns: Vec<IndicatorColumn>,
    /// First-level indicators in printed order; empty where the form has no levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<FirstLevel>,
    /// Whether other first- and second-level captions than those listed are usual.
    #[serde(default, skip_serializing_if = "is_default")]
    pub free_levels: bool,
    /// Where weight and score stand.
    #[serde(default)]
    pub scored_by: ScoredBy,
}

/// Where weight and score of indicators stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScoredBy {
    /// In every row.
    #[default]
    Row,
    /// In a cell merged over the second-level group.
    Group,
    /// The form has no weights and scores.
    Nothing,
}

/// A column of the indicator table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorColumn {
    /// What stands in it.
    pub role: IndicatorRole,
    /// Printed caption.
    pub caption: String,
    /// Key of the stored text; only for [`IndicatorRole::Extra`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Relative width on paper; 10 is a middling column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
}

/// What stands in a column of the indicator table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorRole {
    /// 一级指标
    Level1,
    /// 二级指标
    Level2,
    /// 三级指标
    Name,
    /// 指标性质, 计算符号
    Nature,
    /// 指标值
    Target,
    /// 度量单位
    Unit,
    /// 实际完成值
    Actual,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// 偏差原因分析及改进措施
    Deviation,
    /// Anything else; see the column's key.
    Extra,
}

impl IndicatorRole {
    /// The role of the column in which a field of a row stands.
    pub fn of(field: &IndicatorField) -> Self {
        match field {
            IndicatorField::Name => Self::Name,
            IndicatorField::Nature => Self::Nature,
            IndicatorField::Target => Self::Target,
            IndicatorField::Unit => Self::Unit,
            IndicatorField::Actual | IndicatorField::Tier => Self::Actual,
            IndicatorField::Weight => Self::Weight,
            IndicatorField::Score => Self::Score,
            IndicatorField::Deviation => Self::Deviation,
            IndicatorField::Extra(_) => Self::Extra,
        }
    }

    /// The usual caption, for editions that have no such column.
    pub fn usual_caption(self) -> &'static str {
        match self {
            Self::Level1 => "一级指标",
            Self::Level2 => "二级指标",
            Self::Name => "三级指标",
            Self::Nature => "指标性质",
            Self::Target => "年度指标值",
            Self::Unit => "度量单位",
            Self::Actual => "实际完成值",
            Self::Weight => "分值",
            Self::Score => "得分",
            Self::Deviation => "偏差原因分析及改进措施",
            Self::Extra => "其他",
        }
    }
}

/// 一级指标 as the edition knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstLevel {
    /// Name without points ("产出指标").
    pub name: String,
    /// Printed caption, points included ("产出指标（50分）"); the name where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Other names for the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Whether a form without it is incomplete.
    #[serde(default, skip_serializing_if = "is_default")]
    pub need: Need,
    /// What its indicators measure, where it has no second level that says so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sense: Sense,
    /// 二级指标 in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<SecondLevel>,
}

/// 二级指标 as the edition knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondLevel {
    /// Name ("数量指标").
    pub name: String,
    /// Other names for the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Points the edition presets for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
    /// Whether a form without it is incomplete.
    #[serde(default, skip_serializing_if = "is_default")]
    pub need: Need,
    /// What its indicators measure.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sense: Sense,
}

/// What an indicator measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// 数量
    Quantity,
    /// 质量
    Quality,
    /// 时效
    Timeliness,
    /// 成本
    Cost,
    /// 经济效益
    Economic,
    /// 社会效益
    Social,
    /// 生态效益
    Ecological,
    /// 可持续影响
    Sustainable,
    /// 满意度
    Satisfaction,
    /// None of these, or not known.
    #[default]
    Other,
}

impl Sense {
    /// Whether it is one of 产出指标's.
    pub fn is_output(self) -> bool {
        matches!(
            self,
            Self::Quantity | Self::Quality | Self::Timeliness | Self::Cost
        )
    }

    /// Whether it is one of 效益指标's.
    pub fn is_benefit(self) -> bool {
        matches!(
            self,
            Self::Economic | Self::Social | Self::Ecological | Self::Sustainable
        )
    }

    /// The sense that a caption's own words tell.
    pub fn of_caption(caption: &str) -> Self {
        const WORDS: &[(&str, Sense)] = &[
            ("满意", Sense::Satisfaction),
            ("数量", Sense::Quantity),
            ("质量", Sense::Quality),
            ("时效", Sense::Timeliness),
            ("进度", Sense::Timeliness),
            ("成本", Sense::Cost),
            ("经济效益", Sense::Economic),
            ("社会效益", Sense::Social),
            ("生态", Sense::Ecological),
            ("环境效益", Sense::Ecological),
            ("可持续", Sense::Sustainable),
        ];
        WORDS
            .iter()
            .find(|(word, _)| caption.contains(word))
            .map_or(Self::Other, |(_, sense)| *sense)
    }
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

impl Edition {
    /// The content hash: SHA-256 over the edition's canonical JSON, the first 16 hexadecimal digits.
    ///
    /// Policies that say what the default says are left out of it, so that a policy added to the program later does not
    /// change the hash of every edition that documents refer to. For the same reason a default, once shipped, stays.
    pub fn hash(&self) -> String {
        let mut canonical = serde_json::to_value(self).unwrap_or_default();
        let defaults = serde_json::json!({
            "scoring": ScoringPolicy::default(),
            "checks": CheckPolicy::default(),
        });
        leave_out_defaults(&mut canonical, &defaults);
        canonical.sort_all_objects();
        Sha256::digest(canonical.to_string())
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The JSON Schema of edition files, published as `assets/schemas/edition.schema.json`.
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Self)
    }

    /// The reference a project keeps to this edition.
    pub fn reference(&self) -> EditionRef {
        EditionRef {
            id: self.id.clone(),
            hash: self.hash(),
            unknown: Default::default(),
        }
    }

    /// Whether the edition is meant for the year of `date`.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.years.from.is_none_or(|from| from <= date.year())
            && self.years.to.is_none_or(|to| date.year() <= to)
    }

    /// The first-level indicator that a caption names.
    pub fn first_level(&self, name: &str) -> Option<&FirstLevel> {
        let name = trim(name);
        self.indicators
            .levels
            .iter()
            .find(|level| level.name == name || level.aliases.iter().any(|alias| alias == name))
    }

    /// The second-level indicator that captions of both levels name.
    pub fn second_level(&self, first: &str, second: &str) -> Option<&SecondLevel> {
        let second = trim(second);
        self.first_level(first)?
            .children
            .iter()
            .find(|level| level.name == second || level.aliases.iter().any(|alias| alias == second))
    }

    /// What the indicators under these captions measure: as the edition says, else as the captions' words tell.
    pub fn sense(&self, first: &str, second: &str) -> Sense {
        let known = self
            .second_level(first, second)
            .map(|level| level.sense)
            .or_else(|| self.first_level(first).map(|level| level.sense));
        match known {
            Some(sense) if sense != Sense::Other => sense,
            _ => match Sense::of_caption(second) {
                Sense::Other => Sense::of_caption(first),
                sense => sense,
            },
        }
    }

    /// The key of the fund row that carries weight and score.
    pub fn scored_fund_row(&self) -> Option<&FundRowLayout> {
        self.funds.rows.iter().find(|row| row.scored)
    }

    /// The fund column with this role, where there is one.
    pub fn fund_column(&self, role: FundRole) -> Option<&FundColumn> {
        self.funds.columns.iter().find(|column| column.role == role)
    }

    /// The fund column with this key.
    pub fn fund_column_named(&self, key: &str) -> Option<&FundColumn> {
        self.funds.columns.iter().find(|column| column.key == key)
    }

    /// Whether the indicator table has a column of this role.
    pub fn has_column(&self, role: IndicatorRole) -> bool {
        self.indicators
            .columns
            .iter()
            .any(|column| column.role == role)
    }

    /// The caption of a header field.
    pub fn header_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.header, key).unwrap_or(match key {
            header::PROJECT_NAME => "项目名称",
            header::PROJECT_CODE => "项目编码",
            header::YEAR => "实施年度",
            header::DEPARTMENT => "主管部门",
            header::UNIT => "实施单位",
            _ => key,
        })
    }

    /// The caption of a fund column, "name" and "remark" included.
    pub fn fund_caption<'a>(&'a self, key: &'a str) -> &'a str {
        match key {
            "name" => "资金名称",
            "remark" => self
                .fund_column(FundRole::Remark)
                .map_or("原因说明", |column| &column.caption),
            _ => self
                .fund_column_named(key)
                .map_or(key, |column| &column.caption),
        }
    }

    /// The caption of a further goal cell.
    pub fn goal_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.goals.extra, key).unwrap_or(key)
    }

    /// The caption of the first indicator column with this role.
    pub fn indicator_caption(&self, role: IndicatorRole) -> &str {
        self.indicators
            .columns
            .iter()
            .find(|column| column.role == role)
            .map_or(role.usual_caption(), |column| &column.caption)
    }

    /// The caption of a further indicator column.
    pub fn extra_caption<'a>(&'a self, key: &'a str) -> &'a str {
        self.indicators
            .columns
            .iter()
            .find(|column| column.role == IndicatorRole::Extra && column.key == key)
            .map_or(key, |column| &column.caption)
    }

    /// The caption of a cell of a section or group.
    pub fn block_caption(&self, field: BlockField) -> &str {
        match field {
            BlockField::Caption => "指标名称",
            BlockField::Weight => self.indicator_caption(IndicatorRole::Weight),
            BlockField::Score => self.indicator_caption(IndicatorRole::Score),
        }
    }

    /// The caption of a further text.
    pub fn text_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.texts, key).unwrap_or(key)
    }

    /// The caption of a field at the foot.
    pub fn footer_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.footer, key).unwrap_or(key)
    }

    /// The points of every first-level indicator by default, by name.
    pub fn default_weights(&self) -> BTreeMap<&str, Decimal> {
        self.scoring
            .weights
            .first()
            .map(|set| {
                set.levels
                    .iter()
                    .map(|(name, points)| (name.as_str(), *points))
                    .collect()
            })
            .unwrap_or_default()
    }
}

fn leave_out_defaults(value: &mut Value, defaults: &Value) {
    let (Value::Object(fields), Value::Object(defaults)) = (value, defaults) else {
        return;
    };
    for (name, default) in defaults {
        match fields.get_mut(name) {
            Some(field) if field == default => {
                fields.remove(name);
            }
            Some(field) => leave_out_defaults(field, default),
            None => {}
        }
    }
}

fn caption_of<'a>(fields: &'a [FieldLayout], key: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|field| field.key == key)
        .map(|field| field.caption.as_str())
}
