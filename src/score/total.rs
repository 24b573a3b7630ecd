//! Sums of sections and of the form, 百分制折算 and 评价等级.

use rust_decimal::Decimal;

use crate::model::{
    edition::{Edition, IndicatorRole},
    figure::{FigureCell, Rating},
    indicator::Section,
    policy::{NotApplicablePolicy, RatingBand, ScoringPolicy},
    project::Project,
};

use super::{
    fraction::Fraction,
    group::{self, Context},
    judgement::padded,
    outcome::{ExecutionScore, GoalScore, GroupScore, SectionScore, Sum, TotalScore},
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
    outcome.per_hundred = per_hundred(&outcome, project, &edition.scoring);
    let printed = project.stated.total_score.number();
    let filed = (outcome.filed.count > 0).then_some(outcome.filed.value);
    outcome.rating = printed
        .or(outcome.per_hundred)
        .or(filed)
        .and_then(|total| rating(total, &edition.scoring.ratings));
    outcome
}

fn per_hundred(total: &TotalScore, project: &Project, policy: &ScoringPolicy) -> Option<Decimal> {
    let wanted = policy.not_applicable == NotApplicablePolicy::PerHundred
        && project
            .rows()
            .any(|row| !row.indicator.is_applicable() || !row.group.is_applicable());
    if !wanted || total.filed.count == 0 {
        return None;
    }
    let share = Fraction::new(total.filed.value, total.weight.value)?;
    let score = share.of(Decimal::ONE_HUNDRED)?;
    Some(padded(policy.rounding.apply(score), policy.rounding))
}

/// 评价等级 of a total by bands that stand best first.
fn rating(total: Decimal, bands: &[RatingBand]) -> Option<Rating> {
    bands
        .iter()
        .find(|band| total >= band.from)
        .map(|band| band.rating)
}
