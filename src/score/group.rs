//! 二级指标: rows scored singly, or a whole group scored as one by the mean achievement of its members.

use rust_decimal::Decimal;

use crate::model::{
    edition::{Edition, IndicatorRole, Sense},
    figure::{Figure, FigureCell},
    indicator::{Group, Indicator},
    method::Award,
    policy::{GroupMembers, Rounding, ScoringPolicy},
    typed::{Reading, read},
};

use super::{
    explanation::{Member, Working},
    fraction::{Fraction, FractionSum},
    judgement::{Earned, Judgement, TOO_LARGE, rounded},
    outcome::{GroupScore, IndicatorScore, Sum},
    quantitative,
};

const NOBODY: &str = "组内没有参与计分的指标";
const NO_WEIGHT: &str = "未填写分值，无法测算";
const WEIGHT_UNREADABLE: &str = "分值写的不是数字，无法测算";
const NO_MEMBER_WEIGHT: &str = "组内有指标未填写分值，暂不能测算";
const MEMBER_OPEN: &str = "组内有指标不能判断是否达成，暂不能测算";
const MEMBER_BAND: &str = "组内有指标需人工按档次判分，暂不能测算";

/// The key of a further column with points that are taken off the computed score (扣分, 广西).
const DEDUCTION: &str = "deduction";

/// The key of a further column with 单项得分, out of 100, of which 得分 is the share that the weight says (折算得分, 河北).
const SINGLE: &str = "single_score";

/// What all groups of a form share.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub edition: &'a Edition,
    pub form_year: Option<i16>,
    /// Whether the edition has a column of deductions.
    deductions: bool,
    /// Whether it has one of scores out of 100.
    singles: bool,
}

impl<'a> Context<'a> {
    pub(super) fn new(edition: &'a Edition, form_year: Option<i16>) -> Self {
        let has = |key: &str| {
            let mut columns = edition.indicators.columns.iter();
            columns.any(|column| column.role == IndicatorRole::Extra && column.key == key)
        };
        Self {
            edition,
            form_year,
            deductions: has(DEDUCTION),
            singles: has(SINGLE),
        }
    }
}

/// Scores a group under a first-level caption.
pub(super) fn score(group: &Group, first_level: &str, context: Context<'_>) -> GroupScore {
    let policy = &context.edition.scoring;
    let sense = context.edition.sense(first_level, group.name());
    let applicable = group.is_applicable();
    let as_one = group.is_scored_as_one();
    let mut outcome = GroupScore {
        sense,
        as_one,
        applicable,
        members: Vec::with_capacity(group.indicators.len()),
        ..GroupScore::default()
    };
    let mut mean = (as_one && applicable).then(|| Mean::of(group, policy.group_members));
    let mut rows = (Sum::default(), Sum::default());
    for indicator in group.indicators.iter() {
        let mut member = IndicatorScore {
            counts: applicable && counts(indicator),
            weight: indicator.weight.number(),
            filed: indicator.score.number(),
            ..IndicatorScore::default()
        };
        if member.counts {
            rows.0.add_cell(&indicator.weight);
            rows.1.add_cell(&indicator.score);
            let judgement = quantitative::judge(indicator, sense, context.form_year, policy);
            if let Some(mean) = &mut mean {
                mean.add(&judgement, member.weight);
            }
            finish(&mut member, indicator, judgement, context);
        }
        outcome.members.push(member);
    }
    if applicable || group.indicators.is_empty() {
        outcome.weight = merged_or(&group.weight, rows.0);
        outcome.filed = merged_or(&group.score, rows.1);
        if outcome.weight.count == 0 && !context.edition.has_column(IndicatorRole::Weight) {
            outcome.weight.add_points(group.stated_points());
        }
    }
    if let Some(mean) = mean {
        let weight = (outcome.weight.count > 0).then_some(outcome.weight.value);
        (outcome.computed, outcome.working) = mean.score(weight, policy);
        let unreadable = matches!(group.weight.reading(), Reading::Unreadable);
        if unreadable && outcome.working == Working::Open(NO_WEIGHT) {
            outcome.working = Working::Open(WEIGHT_UNREADABLE);
        }
    }
    outcome
}

/// Scores one row by itself: one that is put together from the rows of several forms stands in none of them.
pub fn score_row(
    indicator: &Indicator,
    sense: Sense,
    form_year: Option<i16>,
    edition: &Edition,
) -> IndicatorScore {
    let context = Context::new(edition, form_year);
    let mut member = IndicatorScore {
        counts: counts(indicator),
        weight: indicator.weight.number(),
        filed: indicator.score.number(),
        ..IndicatorScore::default()
    };
    if member.counts {
        let judgement = quantitative::judge(indicator, sense, form_year, &edition.scoring);
        finish(&mut member, indicator, judgement, context);
    }
    member
}

/// Whether a row is scored: applicable, and no part of another.
pub(super) fn counts(indicator: &Indicator) -> bool {
    indicator.part_of.is_none() && indicator.is_applicable()
}

fn merged_or(cell: &FigureCell, rows: Sum) -> Sum {
    let mut merged = Sum::default();
    merged.add_cell(cell);
    if merged.count > 0 { merged } else { rows }
}

fn finish(
    member: &mut IndicatorScore,
    indicator: &Indicator,
    judgement: Judgement,
    context: Context<'_>,
) {
    let rounding = context.edition.scoring.rounding;
    member.verdict = judgement.verdict;
    member.comparator = judgement.comparator;
    member.over = judgement.over;
    member.share = judgement.earned.share();
    member.unranked = judgement.unranked;
    (member.computed, member.working) = judgement.earned.points(member.weight, rounding);
    if context.singles && member.computed.is_none() {
        convert(member, indicator, rounding);
    }
    if context.deductions {
        deduct(member, indicator, rounding);
    }
}

fn extra_number(indicator: &Indicator, key: &str) -> Option<Decimal> {
    let text = indicator.extra.get(key)?;
    let number = read::<Figure>(text).value()?.value;
    (number > Decimal::ZERO).then_some(number)
}

/// Where nothing can be computed from target and actual value: from the score out of 100.
fn convert(member: &mut IndicatorScore, indicator: &Indicator, rounding: Rounding) {
    let single = extra_number(indicator, SINGLE).filter(|single| *single <= Decimal::ONE_HUNDRED);
    let (Some(single), Some(weight)) = (single, member.weight.filter(|w| *w >= Decimal::ZERO))
    else {
        return;
    };
    let Some(points) = Fraction::new(single, Decimal::ONE_HUNDRED).and_then(|part| part.of(weight))
    else {
        return;
    };
    let score = rounded(points, weight, rounding);
    member.computed = Some(score);
    member.working = Working::Converted {
        single,
        weight,
        score,
    };
}

/// Takes off what the form says.
fn deduct(member: &mut IndicatorScore, indicator: &Indicator, rounding: Rounding) {
    let (Some(computed), Some(deduction)) = (member.computed, extra_number(indicator, DEDUCTION))
    else {
        return;
    };
    let score = rounded(computed.saturating_sub(deduction), computed, rounding);
    member.computed = Some(score);
    member.working = Working::Deducted {
        of: Box::new(std::mem::take(&mut member.working)),
        deduction,
        score,
    };
}

/// The mean achievement of a group's members, gathered one by one.
pub(super) struct Mean {
    members: GroupMembers,
    /// How many members count, or the sum of their weights.
    of: Decimal,
    /// Points of the whole group where they stand in its merged cell.
    group_weight: Option<Decimal>,
    full: Decimal,
    partial: Vec<Member>,
    sum: FractionSum,
    /// Why nothing can be computed.
    open: Option<&'static str>,
}

impl Mean {
    pub(super) fn of(group: &Group, members: GroupMembers) -> Self {
        let counted = group.indicators.iter().filter(|row| counts(row));
        let mut weights = Sum::default();
        let mut number = 0_u32;
        for indicator in counted {
            number += 1;
            weights.add_cell(&indicator.weight);
        }
        let (of, open) = match members {
            GroupMembers::Equal => (Decimal::from(number), None),
            GroupMembers::Weighted if weights.count < number => {
                (weights.value, Some(NO_MEMBER_WEIGHT))
            }
            GroupMembers::Weighted => (weights.value, None),
        };
        Self {
            members,
            of,
            group_weight: group
                .weight
                .number()
                .or((weights.count > 0).then_some(weights.value)),
            full: Decimal::ZERO,
            partial: Vec::new(),
            sum: FractionSum::new(),
            open,
        }
    }

    pub(super) fn add(&mut self, judgement: &Judgement, own_weight: Option<Decimal>) {
        let weight = match self.members {
            GroupMembers::Equal => Decimal::ONE,
            GroupMembers::Weighted => own_weight.unwrap_or_default().max(Decimal::ZERO),
        };
        let share = match judgement.earned {
            Earned::Full => Fraction::ONE,
            Earned::Open(_) if judgement.unranked => Fraction::ONE,
            Earned::Nothing(_) => return,
            Earned::Part { share, .. } => share,
            Earned::Less { steps, each, .. } => match self.less(weight, steps, each) {
                Some(share) => share,
                None => return self.open_for(TOO_LARGE),
            },
            Earned::Award { award, .. } => match self.awarded(weight, award) {
                Some(share) => share,
                None => return self.open_for(TOO_LARGE),
            },
            Earned::Band { .. } => return self.open_for(MEMBER_BAND),
            Earned::Open(_) => return self.open_for(MEMBER_OPEN),
        };
        // Whole members, which are nearly all, are added up first and join the exact sum at once.
        if share == Fraction::ONE {
            self.full = self.full.saturating_add(weight);
            return;
        }
        if !share.numerator().is_zero() {
            self.partial.push(Member { share, weight });
        }
        match self.sum.plus(share, weight) {
            Some(sum) => self.sum = sum,
            None => self.open_for(TOO_LARGE),
        }
    }

    /// The share left of a member from which points are taken: its part of the group's points is weight ÷ of.
    fn less(&self, weight: Decimal, steps: Decimal, each: Decimal) -> Option<Fraction> {
        let points = self.group_weight?.checked_mul(weight)?;
        let taken = steps.checked_mul(each)?.checked_mul(self.of)?;
        Fraction::new(points.checked_sub(taken)?.max(Decimal::ZERO), points)
    }

    /// What a band awards, as a share of the member's part of the group's points.
    fn awarded(&self, weight: Decimal, award: Award) -> Option<Fraction> {
        match award {
            Award::Full => Some(Fraction::ONE),
            Award::Share(percent) => Fraction::new(percent, Decimal::ONE_HUNDRED),
            Award::Points(points) => {
                let whole = self.group_weight?.checked_mul(weight)?;
                Fraction::new(points.checked_mul(self.of)?.min(whole), whole)
            }
        }
    }

    fn open_for(&mut self, why: &'static str) {
        self.open.get_or_insert(why);
    }

    pub(super) fn score(
        self,
        weight: Option<Decimal>,
        policy: &ScoringPolicy,
    ) -> (Option<Decimal>, Working) {
        if let Some(why) = self.open {
            return (None, Working::Open(why));
        }
        let Some(weight) = weight.filter(|weight| *weight >= Decimal::ZERO) else {
            return (None, Working::Open(NO_WEIGHT));
        };
        if self.of <= Decimal::ZERO {
            return (None, Working::Open(NOBODY));
        }
        let sum = self.sum.plus(Fraction::ONE, self.full);
        let Some(points) = sum.and_then(|sum| sum.of(weight, self.of)) else {
            return (None, Working::Open(TOO_LARGE));
        };
        let score = rounded(points, weight, policy.rounding);
        let working = Working::Group {
            full: self.full,
            partial: self.partial,
            of: self.of,
            weight,
            score,
        };
        (Some(score), working)
    }
}
