//! Sums of sections and of the form, 百分制折算 and 评价等级.

use rust_decimal::Decimal;

use crate::model::{
    edition::{Edition, IndicatorRole},
    figure::{FigureCell, Rating},
    indicator::Section,
    policy::{GoalWeights, NotApplicablePolicy, RatingBand},
    project::Project,
};

use super::{
    fraction::Fraction,
    group::{self, Context},
    judgement::padded,
    outcome::{ExecutionScore, GoalScore, GroupScore, RatioScore, SectionScore, Sum, TotalScore},
};

impl Sum {
    /// Adds a number.
    pub fn add(&mut self, number: Decimal) {
        self.value = self.value.saturating_add(number);
        self.count += 1;
        self.decimals = self.decimals.max(number.scale());
    }

    /// Adds the number of a cell, where it has one.
    pub(super) fn add_cell(&mut self, cell: &FigureCell) {
        self.add_points(cell.number());
    }

    pub(super) fn add_points(&mut self, points: Option<Decimal>) {
        if let Some(points) = points {
            self.add(points);
        }
    }

    fn add_sum(&mut self, other: Self) {
        self.value = self.value.saturating_add(other.value);
        self.count += other.count;
        self.decimals = self.decimals.max(other.decimals);
    }
}

/// A sum of scores of which some may be missing.
#[derive(Clone, Copy, Default)]
struct Tally {
    sum: Decimal,
    missing: bool,
}

impl Tally {
    fn add(&mut self, score: Option<Decimal>) {
        match score {
            Some(score) => self.sum = self.sum.saturating_add(score),
            None => self.missing = true,
        }
    }

    fn value(self) -> Option<Decimal> {
        (!self.missing).then_some(self.sum)
    }
}

/// Scores a section.
pub(super) fn section(section: &Section, context: Context<'_>) -> SectionScore {
    let name = section.name();
    let mut outcome = SectionScore {
        groups: Vec::with_capacity(section.groups.len()),
        ..SectionScore::default()
    };
    let mut computed = Tally::default();
    for group in section.groups.iter() {
        let score = group::score(group, name, context);
        outcome.weight.add_sum(score.weight);
        outcome.filed.add_sum(score.filed);
        add_group(&mut computed, &score);
        outcome.groups.push(score);
    }
    outcome.computed = computed.value();
    // A section's own cell stands only where nothing beneath it has numbers: else it is a subtotal.
    if outcome.weight.count == 0 {
        outcome.weight.add_cell(&section.weight);
    }
    if outcome.weight.count == 0 && !context.edition.has_column(IndicatorRole::Weight) {
        outcome.weight.add_points(section.stated_points());
    }
    if outcome.filed.count == 0 {
        outcome.filed.add_cell(&section.score);
        outcome.computed = outcome.computed.or(section.score.number());
    }
    outcome
}

fn add_group(tally: &mut Tally, group: &GroupScore) {
    let filed = (group.filed.count > 0).then_some(group.filed.value);
    if group.as_one {
        if group.applicable || filed.is_some() {
            tally.add(group.computed.or(filed));
        }
        return;
    }
    for member in group.members.iter().filter(|member| member.counts) {
        tally.add(member.computed.or(member.filed));
    }
}

/// What goal blocks contribute whose weights are ratios: the points that the budget execution leaves are divided by the
/// ratios, and each block earns the share that it has of its own indicators' points.
pub(super) fn by_ratio(
    project: &Project,
    edition: &Edition,
    execution: &ExecutionScore,
    goals: &mut [GoalScore],
) {
    let scoring = &edition.scoring;
    if scoring.goal_weights != GoalWeights::Ratios {
        return;
    }
    let ratios: Option<Vec<Decimal>> = project
        .goals
        .iter()
        .map(|goal| goal.weight.number().filter(|ratio| *ratio >= Decimal::ZERO))
        .collect();
    let Some(ratios) = ratios else { return };
    let all = ratios
        .iter()
        .fold(Decimal::ZERO, |sum, ratio| sum.saturating_add(*ratio));
    let left = scoring
        .total
        .saturating_sub(execution.weight.unwrap_or_default());
    for (ratio, goal) in ratios.into_iter().zip(goals) {
        let Some(weight) = Fraction::new(ratio, all).and_then(|share| share.of(left)) else {
            return;
        };
        let mut own = (Sum::default(), Sum::default(), Tally::default());
        for section in &goal.sections {
            own.0.add_sum(section.weight);
            own.1.add_sum(section.filed);
            own.2.add(section.computed);
        }
        let earned = |points: Decimal| {
            let score = Fraction::new(points, own.0.value)?.of(weight)?;
            Some(padded(scoring.rounding.apply(score), scoring.rounding))
        };
        goal.by_ratio = Some(RatioScore {
            weight,
            filed: (own.1.count > 0).then(|| earned(own.1.value)).flatten(),
            computed: own.2.value().and_then(earned),
        });
    }
}

/// Adds a form up.
pub(super) fn total(
    project: &Project,
    edition: &Edition,
    execution: &ExecutionScore,
    goals: &[GoalScore],
) -> TotalScore {
    let mut outcome = TotalScore::default();
    let mut computed = Tally::default();
    outcome.weight.add_points(execution.weight);
    outcome.filed.add_points(execution.filed);
    let execution_score = execution.score.or(execution.filed);
    if execution.weight.is_some() || execution_score.is_some() {
        computed.add(execution_score);
    }
    for (goal, score) in project.goals.iter().zip(goals) {
        if let Some(ratio) = score.by_ratio {
            outcome.weight.add(ratio.weight.normalize());
            outcome.filed.add_points(ratio.filed);
            computed.add(ratio.computed);
            continue;
        }
        let mut weight = Sum::default();
        for section in &score.sections {
            weight.add_sum(section.weight);
            outcome.filed.add_sum(section.filed);
            computed.add(section.computed);
        }
        if weight.count == 0 {
            weight.add_cell(&goal.weight);
        }
        outcome.weight.add_sum(weight);
    }
    let scored = outcome.filed.count > 0 || outcome.weight.count > 0;
    outcome.computed = computed.value().filter(|_| scored);
    outcome.per_hundred = (outcome.filed.count > 0)
        .then(|| per_hundred(outcome.filed.value, outcome.weight.value, project, edition))
        .flatten();
    let printed = project.stated.total_score.number();
    let filed = (outcome.filed.count > 0).then_some(outcome.filed.value);
    outcome.rating = printed
        .or(outcome.per_hundred)
        .or(filed)
        .and_then(|total| rating(total, &edition.scoring.ratings));
    outcome
}

/// 百分制折算 of `points` of so much `weight`, where the edition asks for it and something in the form is 不适用; rounded as
/// the edition rounds scores.
pub fn per_hundred(
    points: Decimal,
    weight: Decimal,
    project: &Project,
    edition: &Edition,
) -> Option<Decimal> {
    let policy = &edition.scoring;
    let wanted = policy.not_applicable == NotApplicablePolicy::PerHundred
        && project
            .rows()
            .any(|row| !row.indicator.is_applicable() || !row.group.is_applicable());
    if !wanted {
        return None;
    }
    let share = Fraction::new(points, weight)?;
    let score = share.of(Decimal::ONE_HUNDRED)?;
    Some(padded(policy.rounding.apply(score), policy.rounding))
}

/// 评价等级 of a total by bands that stand best first; `None` below the lowest.
pub fn rating(total: Decimal, bands: &[RatingBand]) -> Option<Rating> {
    bands
        .iter()
        .find(|band| total >= band.from)
        .map(|band| band.rating)
}
