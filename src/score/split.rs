//! What a group scored as one would come to by other conventions: a what-if for whoever has to divide its points over the rows.

use rust_decimal::Decimal;

use crate::model::{
    edition::Edition,
    id::Id,
    indicator::{Group, Indicator},
    policy::{GroupMembers, Rounding},
    project::Project,
};

use super::{
    group::{Mean, counts},
    judgement::{Earned, Judgement, padded},
    outcome::{GroupScore, ProjectScore},
    quantitative,
};

/// How the points of a group are divided over its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitHow {
    /// 组内均分，合计后取整: every row the same; rounded once, for the whole group.
    Equal,
    /// 按各行分值加权，合计后取整: by the weights that stand in the rows.
    Weighted,
    /// 组内均分，逐项取整: every row the same; each row's score rounded by itself.
    MemberWise,
}

impl SplitHow {
    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Self::Equal => "组内均分，合计后取整",
            Self::Weighted => "按各行分值加权，合计后取整",
            Self::MemberWise => "组内均分，逐项取整",
        }
    }
}

/// A group's points divided over its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// By which convention.
    pub how: SplitHow,
    /// The rows that count, in the form's order.
    pub rows: Vec<SplitRow>,
    /// The sum of the rows' scores; `None` where one of them cannot be computed.
    pub sum: Option<Decimal>,
    /// The sum less the group's filed score; `None` where either is missing.
    pub difference: Option<Decimal>,
    /// What the filed scores of the form add up to with this sum in the place of the group's score.
    pub total: Option<Decimal>,
}

/// A row's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitRow {
    /// The row.
    pub row: Id<Indicator>,
    /// Its points, rounded as the edition rounds scores. All of them add up to the group's weight exactly.
    pub weight: Decimal,
    /// Its score; `None` where a person has to judge it.
    pub score: Option<Decimal>,
}

/// The conventions by which the group's points can be divided, the edition's own first. Empty for a group that is not scored
/// as one, has no points or no rows that count.
///
/// What rounding leaves over goes, a smallest unit each, to the largest remainders (最大余数法), among equal ones to the row
/// that earned the larger share.
pub fn group_splits(
    project: &Project,
    edition: &Edition,
    score: &ProjectScore,
    group: Id<Group>,
) -> Vec<Split> {
    let scores = score
        .goals
        .iter()
        .flat_map(|goal| goal.sections.iter().flat_map(|section| &section.groups));
    let found = project
        .groups()
        .zip(scores)
        .find(|(view, _)| view.group.id == group);
    let Some((view, group_score)) = found else {
        return Vec::new();
    };
    let whole = group_score.weight.value;
    let dividing = Dividing::of(view.group, group_score, project, edition);
    if !group_score.as_one || whole <= Decimal::ZERO || dividing.rows.is_empty() {
        return Vec::new();
    }
    let mut splits = vec![
        dividing.by(SplitHow::Equal, whole),
        dividing.by(SplitHow::MemberWise, whole),
    ];
    if dividing.all_weighted() {
        let first = edition.scoring.group_members == GroupMembers::Weighted;
        let at = if first { 0 } else { 1 };
        splits.insert(at, dividing.by(SplitHow::Weighted, whole));
    }
    let filed = (group_score.filed.count > 0).then_some(group_score.filed.value);
    for split in &mut splits {
        split.difference = split.sum.zip(filed).map(|(sum, filed)| sum - filed);
        let others = score.total.filed.value - filed.unwrap_or_default();
        split.total = split.sum.map(|sum| others + sum);
    }
    splits
}

/// A group being divided.
struct Dividing<'a> {
    edition: &'a Edition,
    group: &'a Group,
    rows: Vec<(&'a Indicator, Judgement)>,
    rounding: Rounding,
}

impl<'a> Dividing<'a> {
    fn of(group: &'a Group, score: &GroupScore, project: &Project, edition: &'a Edition) -> Self {
        let year = project.year();
        let rows = group
            .indicators
            .iter()
            .filter(|row| score.applicable && counts(row))
            .map(|row| {
                let judged = quantitative::judge(row, score.sense, year, &edition.scoring);
                (&**row, judged)
            })
            .collect();
        Self {
            edition,
            group,
            rows,
            rounding: edition.scoring.rounding,
        }
    }

    fn all_weighted(&self) -> bool {
        let weighted = |row: &Indicator| row.weight.number().is_some_and(|w| w > Decimal::ZERO);
        self.rows.iter().all(|(row, _)| weighted(row))
    }

    fn by(&self, how: SplitHow, whole: Decimal) -> Split {
        let parts: Vec<Decimal> = self
            .rows
            .iter()
            .map(|(row, _)| match how {
                SplitHow::Weighted => row.weight.number().unwrap_or_default(),
                SplitHow::Equal | SplitHow::MemberWise => Decimal::ONE,
            })
            .collect();
        let unit = Decimal::new(1, self.rounding.digits.max(whole.normalize().scale()));
        let exact = exact_parts(&parts, whole);
        let prefer: Vec<Decimal> = self
            .rows
            .iter()
            .map(|(_, judged)| reached(judged))
            .collect();
        let weights = placed(&exact, whole, unit, &prefer, None);
        let (sum, scores) = match how {
            SplitHow::MemberWise => self.row_by_row(&weights),
            SplitHow::Equal => self.at_once(GroupMembers::Equal, whole, &exact, &weights),
            SplitHow::Weighted => self.at_once(GroupMembers::Weighted, whole, &exact, &weights),
        };
        let rows = self.rows.iter().zip(weights).zip(scores);
        Split {
            how,
            rows: rows
                .map(|(((row, _), weight), score)| SplitRow {
                    row: row.id,
                    weight: padded(weight, self.rounding),
                    score,
                })
                .collect(),
            sum,
            difference: None,
            total: None,
        }
    }

    /// Each row's score from its own points, rounded by itself.
    fn row_by_row(&self, weights: &[Decimal]) -> (Option<Decimal>, Vec<Option<Decimal>>) {
        let scores: Vec<Option<Decimal>> = self
            .rows
            .iter()
            .zip(weights)
            .map(|((_, judged), weight)| {
                let earned = if judged.unranked {
                    Earned::Full
                } else {
                    judged.earned
                };
                earned.points(Some(*weight), self.rounding).0
            })
            .collect();
        (scores.iter().copied().sum(), scores)
    }

    /// The group's score, rounded once, and then divided over the rows.
    fn at_once(
        &self,
        members: GroupMembers,
        whole: Decimal,
        exact: &[Decimal],
        weights: &[Decimal],
    ) -> (Option<Decimal>, Vec<Option<Decimal>>) {
        let mut mean = Mean::of(self.group, members);
        for (row, judged) in &self.rows {
            mean.add(judged, row.weight.number());
        }
        let Some(sum) = mean.score(Some(whole), &self.edition.scoring).0 else {
            return (None, self.rows.iter().map(|_| None).collect());
        };
        let earned: Vec<Decimal> = self
            .rows
            .iter()
            .zip(exact)
            .map(|((_, judged), part)| earned_of(judged, *part))
            .collect();
        let unit = Decimal::new(1, self.rounding.digits.max(sum.normalize().scale()));
        let scores = placed(&earned, sum, unit, &earned, Some(weights));
        let scores = scores
            .into_iter()
            .map(|score| Some(padded(score, self.rounding)));
        (Some(sum), scores.collect())
    }
}

/// What share a row earned, as far as that is known.
fn reached(judged: &Judgement) -> Decimal {
    earned_of(judged, Decimal::ONE)
}

/// What is earned of so many points, not rounded.
fn earned_of(judged: &Judgement, points: Decimal) -> Decimal {
    match judged.earned {
        Earned::Full => points,
        Earned::Open(_) if judged.unranked => points,
        Earned::Part { share, .. } => share.of(points).unwrap_or_default(),
        Earned::Award { award, .. } => award.of(points).unwrap_or_default(),
        Earned::Less { steps, each, .. } => steps
            .checked_mul(each)
            .and_then(|less| points.checked_sub(less))
            .unwrap_or_default()
            .max(Decimal::ZERO),
        Earned::Nothing(_) | Earned::Band { .. } | Earned::Open(_) => Decimal::ZERO,
    }
}

/// `whole` in the proportion of `parts`, not rounded.
fn exact_parts(parts: &[Decimal], whole: Decimal) -> Vec<Decimal> {
    let sum = parts
        .iter()
        .fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part));
    parts
        .iter()
        .map(|part| {
            whole
                .checked_mul(*part)
                .and_then(|product| product.checked_div(sum))
                .unwrap_or_default()
        })
        .collect()
}

/// `exact` cut to whole `unit`s, and the units that are missing to `whole` given to the largest remainders; among equal ones
/// to those that `prefer` values more. With `most`, a row that earned nothing gets nothing and none gets more than that,
/// as long as that is possible.
fn placed(
    exact: &[Decimal],
    whole: Decimal,
    unit: Decimal,
    prefer: &[Decimal],
    most: Option<&[Decimal]>,
) -> Vec<Decimal> {
    let limit = |at: usize| most.and_then(|most| most.get(at).copied());
    let mut placed: Vec<Decimal> = exact
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let cut = part - part % unit;
            limit(at).map_or(cut, |most| cut.min(most))
        })
        .collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|left, right| {
        let remainder = |at: usize| exact[at] - placed[at];
        remainder(*right)
            .cmp(&remainder(*left))
            .then(prefer[*right].cmp(&prefer[*left]))
            .then(left.cmp(right))
    });
    let mut left = whole - placed.iter().sum::<Decimal>();
    let open = |at: usize, now: Decimal| {
        limit(at).is_none_or(|most| !exact[at].is_zero() && now + unit <= most)
    };
    while left >= unit {
        let before = left;
        for at in &order {
            if left >= unit && open(*at, placed[*at]) {
                placed[*at] += unit;
                left -= unit;
            }
        }
        if left == before {
            break;
        }
    }
    if let Some(first) = order.first() {
        placed[*first] += left;
    }
    placed.iter().map(Decimal::normalize).collect()
}
