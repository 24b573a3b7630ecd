//! The policies of an edition: how scores are computed and where checks draw their lines. Sources are named where a
//! regulation or a known form stands behind a value; the others are practice.

use std::{collections::BTreeMap, fmt};

use rust_decimal::{Decimal, RoundingStrategy, dec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::figure::Rating;

/// How an edition scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScoringPolicy {
    /// Full marks of the form.
    pub total: Decimal,
    /// Rounding of every single score.
    pub rounding: Rounding,
    /// Sets of weights, the default first. 财预〔2020〕10号: 10 / 50 / 30 / 10.
    pub weights: Vec<WeightSet>,
    /// The budget execution score.
    pub execution: ExecutionPolicy,
    /// How quantitative scores come about.
    pub quantitative: Mode,
    /// How qualitative scores come about.
    pub qualitative: Mode,
    /// Formula below the target of a ≥ or = indicator.
    pub forward: ForwardFormula,
    /// Formula beyond the target of a ≤ indicator.
    pub reverse: ReverseFormula,
    /// What more than the target of a = indicator means.
    pub equal: EqualTarget,
    /// Whether > and < exclude the number itself.
    pub strict_comparators: bool,
    /// The tiers of qualitative indicators.
    pub tiers: TierPolicy,
    /// What a missed date costs.
    pub missed_date: MissedDate,
    /// Where over-fulfilment begins to matter.
    pub over_fulfilment: OverFulfilment,
    /// What becomes of the weight of 不适用 indicators.
    pub not_applicable: NotApplicablePolicy,
    /// How members of a group scored as one are weighed.
    pub group_members: GroupMembers,
    /// What the weights of several goal blocks mean.
    pub goal_weights: GoalWeights,
    /// 评价等级 from the printed total, best first.
    pub ratings: Vec<RatingBand>,
}

impl Default for ScoringPolicy {
    fn default() -> Self {
        Self {
            total: dec!(100),
            rounding: Rounding::default(),
            weights: Vec::new(),
            execution: ExecutionPolicy::default(),
            quantitative: Mode::Editable,
            qualitative: Mode::Manual,
            forward: ForwardFormula::default(),
            reverse: ReverseFormula::default(),
            equal: EqualTarget::default(),
            strict_comparators: true,
            tiers: TierPolicy::default(),
            missed_date: MissedDate::default(),
            over_fulfilment: OverFulfilment::default(),
            not_applicable: NotApplicablePolicy::default(),
            group_members: GroupMembers::default(),
            goal_weights: GoalWeights::default(),
            ratings: vec![
                RatingBand::new(Rating::Excellent, dec!(90)),
                RatingBand::new(Rating::Good, dec!(80)),
                RatingBand::new(Rating::Fair, dec!(60)),
                RatingBand::new(Rating::Poor, dec!(0)),
            ],
        }
    }
}

/// An explicit rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Half up or truncated.
    pub mode: RoundingMode,
    /// Decimals kept.
    pub digits: u32,
}

impl Default for Rounding {
    fn default() -> Self {
        Self {
            mode: RoundingMode::HalfUp,
            digits: 2,
        }
    }
}

impl Rounding {
    /// `number` rounded.
    pub fn apply(self, number: Decimal) -> Decimal {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::Truncate => RoundingStrategy::ToZero,
        };
        number.round_dp_with_strategy(self.digits, strategy)
    }

    /// The smallest step of a rounded number.
    pub fn unit(self) -> Decimal {
        Decimal::new(1, self.digits)
    }
}

/// How digits beyond the last are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// 四舍五入
    HalfUp,
    /// 截尾
    Truncate,
}

/// A set of weights that an edition allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightSet {
    /// When the set applies.
    pub when: WeightCondition,
    /// Points of the budget execution; 0 where it is not scored.
    pub execution: Decimal,
    /// Points of first-level indicators by name. Those not named are free.
    pub levels: BTreeMap<String, Decimal>,
}

/// When a set of weights applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeightCondition {
    /// The ordinary case.
    Always,
    /// The project has no satisfaction indicator.
    NoSatisfaction,
    /// The project has first-level cost indicators.
    WithCost,
    /// The project has no first-level cost indicators.
    WithoutCost,
}

/// The budget execution score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExecutionPolicy {
    /// Points; 0 where the form does not score the execution.
    pub weight: Decimal,
    /// From rate to score.
    pub method: ExecutionMethod,
    /// Column of what was spent.
    pub numerator: String,
    /// Column of what could be spent; "initial" in the oldest forms.
    pub denominator: String,
    /// Rounding of the stated rate, in percent.
    pub rate: Rounding,
    /// Whether the score stops at the weight.
    pub capped: bool,
    /// What a budget of zero means.
    pub zero_budget: ZeroBudget,
    /// What a rate over 100 % means.
    pub over_100: Severity,
}

impl Default for ExecutionPolicy {
    fn default() -> Self {
        Self {
            weight: dec!(10),
            method: ExecutionMethod::default(),
            numerator: super::project::fund::EXECUTED.into(),
            denominator: super::project::fund::ADJUSTED.into(),
            rate: Rounding::default(),
            capped: true,
            zero_budget: ZeroBudget::default(),
            over_100: Severity::Error,
        }
    }
}

/// From execution rate to score.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExecutionMethod {
    /// Rate × weight.
    #[default]
    Linear,
    /// Fixed scores by bands, best first (江西: 10 / 7 / 5 / 0).
    Tiered(Vec<ExecutionBand>),
}

/// A band of a tiered execution score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExecutionBand {
    /// The lowest rate of the band in percent, included.
    pub from: Decimal,
    /// The score.
    pub score: Decimal,
}

/// What a budget of zero with nothing spent means for rate and score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ZeroBudget {
    /// Not computed; the person decides.
    #[default]
    Open,
    /// Rate and score are 0.
    Zero,
    /// The rate is 100 % (浙江).
    Full,
}

/// How bad something is; the levels of findings.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 提示
    Hint,
    /// 警告
    Warning,
    /// 错误: the form would be sent back.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hint => "提示",
            Self::Warning => "警告",
            Self::Error => "错误",
        })
    }
}

/// How scores come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Computed and locked.
    Automatic,
    /// Computed, may be changed.
    Editable,
    /// Given by a person.
    Manual,
}

/// Formula below the target of a ≥ or = indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ForwardFormula {
    /// actual ÷ target × weight.
    #[default]
    Proportional,
    /// The same, but nothing below this share of the target (及格线).
    ProportionalFrom(Decimal),
    /// Nothing unless reached.
    AllOrNothing,
}

/// Formula beyond the target of a ≤ indicator; the two differ (target 100, actual 150: 0.5 against 0.667).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReverseFormula {
    /// (1 − (actual − target) ÷ target) × weight, 0 from twice the target on (一体化 module).
    #[default]
    Linear,
    /// target ÷ actual × weight (湖北 and older forms: A/B).
    Ratio,
    /// A fixed share of the weight for every so many percent beyond (每超 5% 扣 …).
    Steps {
        /// Percent of the target per step.
        every_percent: Decimal,
        /// Points deducted per step.
        deduct: Decimal,
    },
}

/// What more than the target of a = indicator means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EqualTarget {
    /// Met: full marks.
    #[default]
    Met,
    /// Not met: a person gives the score (天津).
    Missed,
}

/// The tiers of qualitative indicators. 财预〔2020〕10号: 100–80 %, 80–60 %, 60–0 %; older forms draw the line at 50 %.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierPolicy {
    /// Lowest share of the weight in the first tier, included.
    pub reached_from: Decimal,
    /// Lowest share in the second tier, included; the first tier's bound is excluded.
    pub partly_from: Decimal,
}

impl Default for TierPolicy {
    fn default() -> Self {
        Self {
            reached_from: dec!(0.8),
            partly_from: dec!(0.6),
        }
    }
}

/// What a missed date costs. Dates are met or missed, never divided.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissedDate {
    /// A person picks the tier.
    #[default]
    Tier,
    /// No points.
    Nothing,
    /// So many points per month begun.
    PerMonth(Decimal),
}

/// Where over-fulfilment begins to matter, as shares of the target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OverFulfilment {
    /// From here on a reason is expected (warning).
    pub explain_from: Decimal,
    /// From here on a missing reason is an error; `None` for never.
    pub require_from: Option<Decimal>,
    /// From here on a lower score is suggested.
    pub reduce_from: Decimal,
    /// With a target of 0: the actual value from which a reason is expected.
    pub zero_target_from: Decimal,
}

impl Default for OverFulfilment {
    fn default() -> Self {
        Self {
            explain_from: dec!(1.2),
            require_from: None,
            reduce_from: dec!(2),
            zero_target_from: dec!(30),
        }
    }
}

/// What becomes of the weight of 不适用 indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotApplicablePolicy {
    /// Siblings take it over; the weights still add up to the total.
    #[default]
    Redistribute,
    /// 百分制折算: scores of applicable indicators ÷ their weights × 100.
    PerHundred,
}

/// How members of a group scored as one are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupMembers {
    /// 组内均分
    #[default]
    Equal,
    /// By the weights in the members' rows.
    Weighted,
}

/// What the weights of several goal blocks mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoalWeights {
    /// Points: the block's indicators add up to them (湖北: 20 + 40 + 40).
    #[default]
    Points,
    /// Ratios: each block is scored by itself, and its share of its own points counts by the ratio.
    Ratios,
}

/// A band of 评价等级.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingBand {
    /// The rating.
    pub rating: Rating,
    /// The lowest total of the band, included.
    pub from: Decimal,
}

impl RatingBand {
    /// The band of `rating` from `from` points on.
    pub const fn new(rating: Rating, from: Decimal) -> Self {
        Self { rating, from }
    }
}

/// Where checks draw their lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CheckPolicy {
    /// A lower execution rate needs a reason, in percent (四川: 90). `None` where the form asks for none.
    pub explain_rate_below: Option<Decimal>,
    /// Whether the form has a place to explain a budget adjustment (四川: 应单独说明理由).
    pub explain_adjustment: bool,
    /// An execution rate so low, in percent, that full output scores need a second look.
    pub very_low_rate: Decimal,
    /// The largest weight of a single indicator.
    pub largest_weight: Decimal,
    /// The largest share of the total of a single indicator.
    pub largest_share: Decimal,
    /// Fewest indicators expected.
    pub fewest_indicators: u32,
    /// Most indicators expected.
    pub most_indicators: u32,
    /// Share of numeric rows whose actual value repeats the target from which it looks copied.
    pub copied_share: Decimal,
    /// Fewest numeric rows for that judgement.
    pub copied_rows: u32,
    /// Fewest characters, marks not counted, of an 实际完成情况 without any number.
    pub shortest_result: u32,
    /// A change of the total budget, in percent of the initial one, with which the targets should have been adjusted too.
    pub large_budget_change: Decimal,
    /// Whether a departure from the edition's weights is reported.
    pub weights: Departure,
    /// Whether the actual value of a qualitative indicator must be one of the three tiers.
    pub tier_words_required: bool,
    /// From so many percent on, a benefit that cannot be counted (成效明显 ≥95%) is asked how it is reckoned.
    pub hollow_percent_from: Decimal,
    /// From so many quantities on, the name of an indicator is told to hold several.
    pub quantities_in_name: u32,
    /// From this similarity on the texts of two projects look copied: twice the letters in common, in order, by the letters
    /// of both; of tables, the rows. Below 0.8 it counts as 0.8.
    pub alike_from: Decimal,
    /// Goal texts with fewer letters and digits are not compared with those of other projects.
    pub alike_length: u32,
    /// Tables with fewer indicators are not compared with those of other projects.
    pub alike_rows: u32,
    /// The largest share of projects with full marks that needs no second look.
    pub full_marks_share: Decimal,
    /// Fewest projects for that judgement.
    pub full_marks_projects: u32,
    /// An adjustment of a budget by less, in yuan, is not looked for in other projects.
    pub transfer_from: Decimal,
    /// Indicators of the same name are the same thing from so many letters and digits on.
    pub same_name_length: u32,
}

impl Default for CheckPolicy {
    fn default() -> Self {
        Self {
            explain_rate_below: None,
            explain_adjustment: false,
            very_low_rate: dec!(50),
            largest_weight: dec!(30),
            largest_share: dec!(0.4),
            fewest_indicators: 5,
            most_indicators: 40,
            copied_share: dec!(0.8),
            copied_rows: 6,
            shortest_result: 15,
            large_budget_change: dec!(20),
            weights: Departure::Reported,
            tier_words_required: false,
            hollow_percent_from: dec!(90),
            quantities_in_name: 3,
            alike_from: dec!(0.9),
            alike_length: 40,
            alike_rows: 8,
            full_marks_share: dec!(0.5),
            full_marks_projects: 10,
            transfer_from: dec!(10000),
            same_name_length: 10,
        }
    }
}

/// What a departure from the edition's weights means. 财预〔2020〕10号 allows adjustments in special cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Departure {
    /// Free: the unit divides the points.
    Free,
    /// Reported as a warning.
    Reported,
}
