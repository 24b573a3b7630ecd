//! Parts of a sum in words, the 尾差 it may have, and what counts as equal.

use rust_decimal::{Decimal, dec};

use crate::{
    model::{figure::FigureCell, numeral::plain, policy::Severity},
    rules::form::{Form, GroupOf},
    score::{ExecutionScore, SectionScore, Sum},
};

/// Scores and weights that differ by no more are equal.
pub(super) const TOLERANCE: Decimal = dec!(0.01);

/// Weights or scores: which of the two is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Points {
    Weights,
    Scores,
}

impl Points {
    fn of_execution(self, execution: &ExecutionScore) -> Option<Decimal> {
        match self {
            Self::Weights => execution.weight,
            Self::Scores => execution.filed,
        }
    }

    fn of_section(self, section: &SectionScore) -> Sum {
        match self {
            Self::Weights => section.weight,
            Self::Scores => section.filed,
        }
    }

    fn of_group<'a>(self, group: &GroupOf<'a>) -> &'a FigureCell {
        match self {
            Self::Weights => &group.group.weight,
            Self::Scores => &group.group.score,
        }
    }
}

/// How far a sum may be off because its amounts are rounded: half a unit of the last digit for each amount that has
/// decimals. Whole numbers are taken as exact.
#[derive(Clone, Copy, Default)]
pub(super) struct Tail {
    amounts: u32,
    decimals: u32,
}

impl Tail {
    fn add(&mut self, amount: Option<Decimal>) {
        let Some(amount) = amount.filter(|amount| !amount.fract().is_zero()) else {
            return;
        };
        self.amounts += 1;
        self.decimals = self.decimals.max(amount.normalize().scale());
    }

    fn add_groups(&mut self, form: &Form<'_>, groups: &[GroupOf<'_>], points: Points) {
        for group in groups {
            if let Some(number) = points.of_group(group).number() {
                self.add(Some(number));
                continue;
            }
            for row in form.rows_of(group).iter().filter(|row| row.score.counts) {
                self.add(match points {
                    Points::Weights => row.score.weight,
                    Points::Scores => row.score.filed,
                });
            }
        }
    }

    /// The 尾差 of these groups' sum.
    pub(super) fn of_groups(form: &Form<'_>, groups: &[GroupOf<'_>], points: Points) -> Self {
        let mut tail = Self::default();
        tail.add_groups(form, groups, points);
        tail
    }

    /// The 尾差 of the whole form's sum.
    pub(super) fn of_form(form: &Form<'_>, points: Points) -> Self {
        let mut tail = Self::of_groups(form, &form.groups, points);
        tail.add(points.of_execution(&form.score.execution));
        tail
    }

    fn allowance(self) -> Decimal {
        Decimal::from(self.amounts) * Decimal::new(5, self.decimals + 1)
    }
}

/// How bad it is that a sum is not what it should be: nothing within the tolerance, 提示 within the 尾差, else 错误. The 尾差 is
/// only worked out for sums that are off.
pub(super) fn judge(
    sum: Decimal,
    expected: Decimal,
    tail: impl FnOnce() -> Tail,
) -> Option<Severity> {
    let off = (sum - expected).abs();
    if off <= TOLERANCE {
        None
    } else if off <= tail().allowance() {
        Some(Severity::Hint)
    } else {
        Some(Severity::Error)
    }
}

/// What a message adds where rounding explains the difference.
pub(super) fn tail_remark(level: Severity) -> &'static str {
    if level == Severity::Hint {
        "，相差在四舍五入的尾差之内"
    } else {
        ""
    }
}

/// What a sum is made of: "预算执行率10、产出指标50、效益指标30".
pub(super) fn parts(form: &Form<'_>, points: Points) -> String {
    let mut parts = Vec::new();
    if let Some(execution) = points.of_execution(&form.score.execution) {
        parts.push(format!("预算执行率{}", plain(execution)));
    }
    for (index, (goal, score)) in form.project.goals.iter().zip(&form.score.goals).enumerate() {
        let sums = || {
            score
                .sections
                .iter()
                .map(|section| points.of_section(section))
        };
        let goal_weight = goal.weight.number().filter(|_| points == Points::Weights);
        if let Some(weight) = goal_weight.filter(|_| sums().all(|sum| sum.count == 0)) {
            parts.push(format!("年度绩效目标{}{}", index + 1, plain(weight)));
            continue;
        }
        for (section, sum) in goal.sections.iter().zip(sums()) {
            if sum.count > 0 {
                let name = match section.name() {
                    "" => "绩效指标",
                    name => name,
                };
                parts.push(format!("{name}{}", plain(sum.value)));
            }
        }
    }
    parts.join("、")
}
