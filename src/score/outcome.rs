//! What scoring finds out. The parts lie parallel to the project: the n-th goal score belongs to the n-th goal, and so on
//! down to the indicators.
//!
//! Computed scores carry the decimals that the edition shows (14.70), so they can be printed as they are. Full marks are
//! the weight as filed, however many decimals it has.

use rust_decimal::Decimal;

use crate::model::{
    edition::Sense,
    figure::Rating,
    measure::{Comparator, Tier},
};

use super::explanation::Working;

/// The score of a whole form.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectScore {
    /// 预算执行率
    pub execution: ExecutionScore,
    /// One per goal block.
    pub goals: Vec<GoalScore>,
    /// 总分
    pub total: TotalScore,
}

/// The budget execution, from the edition's scored fund row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecutionScore {
    /// Index of the scored row in the project's funds.
    pub row: Option<usize>,
    /// Exact rate in percent; `None` where it cannot or must not be formed.
    pub rate: Option<Decimal>,
    /// The rate rounded as the edition shows it.
    pub shown_rate: Option<Decimal>,
    /// The points to be had: as filed, else as the edition says.
    pub weight: Option<Decimal>,
    /// The score from the exact rate, rounded.
    pub score: Option<Decimal>,
    /// The score from the shown rate, rounded: accepted as well. Where the product is a tie that the exact rate decides
    /// upwards, the lower neighbour, since systems that multiply in binary come down on either side.
    pub score_from_shown: Option<Decimal>,
    /// The score as filed.
    pub filed: Option<Decimal>,
    /// How the score comes about, or why there is none.
    pub working: Working,
}

/// The score of a goal block.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoalScore {
    /// One per section.
    pub sections: Vec<SectionScore>,
    /// What the block contributes where the weights of goal blocks are ratios; `None` where they are points, or where a
    /// block has none.
    pub by_ratio: Option<RatioScore>,
}

/// What a goal block contributes to the total by its ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RatioScore {
    /// The block's part of the points that the budget execution leaves; not rounded.
    pub weight: Decimal,
    /// Filed scores ÷ weights of the block's indicators × `weight`, rounded; `None` where either is missing.
    pub filed: Option<Decimal>,
    /// The same of the computed scores.
    pub computed: Option<Decimal>,
}

/// The score of a first-level section.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SectionScore {
    /// Sum of the weights filed in it (group weights counted once, parts and 不适用 rows not at all). Where there are none,
    /// what the section's own cell says, or its caption in an edition without a column for weights.
    pub weight: Sum,
    /// Sum of the scores filed in it; where there are none, what the section's own cell says.
    pub filed: Sum,
    /// Sum of the computed scores, the filed one standing in where none is computed; `None` where neither is there.
    pub computed: Option<Decimal>,
    /// One per group.
    pub groups: Vec<GroupScore>,
}

/// A sum and how many rounded amounts went into it, for the 尾差 it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// The sum.
    pub value: Decimal,
    /// How many amounts.
    pub count: u32,
    /// The most decimals of any of them.
    pub decimals: u32,
}

/// The score of a second-level group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GroupScore {
    /// What its indicators measure.
    pub sense: Sense,
    /// Whether weight and score stand in a cell of the whole group.
    pub as_one: bool,
    /// Whether anything in it is to be judged.
    pub applicable: bool,
    /// Weight of the group: the merged cell's, else the sum of its rows'; the caption's in an edition without a column for
    /// weights. Nothing where the group is 不适用.
    pub weight: Sum,
    /// Score as filed: the merged cell's, else the sum of its rows'.
    pub filed: Sum,
    /// Computed score of a group scored as one: weight × mean achievement, rounded once at the end. `None` where a member
    /// cannot be judged (暂不能测算) or where the rows are scored singly.
    pub computed: Option<Decimal>,
    /// How it comes about.
    pub working: Working,
    /// One per indicator.
    pub members: Vec<IndicatorScore>,
}

/// The score of an indicator row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndicatorScore {
    /// Whether the row counts: applicable and not a part (其中) of another.
    pub counts: bool,
    /// Weight as filed in the row.
    pub weight: Option<Decimal>,
    /// Score as filed in the row.
    pub filed: Option<Decimal>,
    /// What the comparison of target and actual value says.
    pub verdict: Verdict,
    /// The comparator in force: as written, else as assumed.
    pub comparator: Option<Comparator>,
    /// By how much the target was passed, where over-fulfilment can exist.
    pub over: Option<Over>,
    /// Share of the weight earned; `None` where it cannot be judged. That is so too for an actual value that equals the
    /// bound of a strict > or <: missed, and yet no formula takes anything off.
    pub share: Option<Share>,
    /// Whether a qualitative member merely repeats its target: counted as met inside a group, marked 未判档.
    pub unranked: bool,
    /// Score computed from the row's own weight, rounded; `None` for bands and where weight or judgement is missing.
    pub computed: Option<Decimal>,
    /// How it comes about.
    pub working: Working,
}

/// What the comparison of target and actual value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// Reached.
    Met,
    /// Not reached.
    Missed,
    /// Cannot be judged.
    Open(Why),
    /// The row does not count.
    #[default]
    NotJudged,
}

/// Why an indicator cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No target.
    NoTarget,
    /// No actual value.
    NoActual,
    /// A qualitative indicator without a picked tier.
    NoTier,
    /// Target and actual value are of different kinds (number, date, words).
    DifferentKinds,
    /// Their units differ.
    DifferentUnits,
    /// A deadline such as 9月前 that can be read in two ways, with the actual date in between.
    AmbiguousDate,
    /// A range where one number is needed.
    Range,
}

/// By how much a target was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// actual ÷ target, above 1.
    Ratio(Decimal),
    /// The actual value beside a target of 0.
    BeyondZero(Decimal),
}

/// Share of the weight earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Exactly this share, from 0 to 1.
    Exact(Decimal),
    /// Exactly this many points off the weight.
    Deduct(Decimal),
    /// Exactly this many points, but not more than the weight.
    Points(Decimal),
    /// Anything in the tier's band: from `low`, included, to `high`; `high` is included in the first tier only.
    Band {
        /// The tier.
        tier: Tier,
        /// Lowest share.
        low: Decimal,
        /// Highest share.
        high: Decimal,
    },
}

/// The total.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TotalScore {
    /// Sum of all weights, the execution's included.
    pub weight: Sum,
    /// Sum of all filed scores, the execution's included.
    pub filed: Sum,
    /// Sum of computed scores with filed ones standing in; `None` where some score is neither filed nor computed.
    pub computed: Option<Decimal>,
    /// 百分制折算 of the filed scores, where the edition asks for it and something is 不适用.
    pub per_hundred: Option<Decimal>,
    /// 评价等级 of the printed total (stated, else the filed sum).
    pub rating: Option<Rating>,
}
