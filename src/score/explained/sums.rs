//! Subtotals, goal blocks, the total and the rating.

use rust_decimal::{Decimal, dec};

use crate::model::{
    id::Id,
    indicator::{Group, Section},
    numeral::plain,
    policy::RatingBand,
    project::Goal,
    typed::trim,
};

use super::{
    super::outcome::{GoalScore, GroupScore, RatioScore, SectionScore},
    Asked, Explained, points,
};

const SUM: &str = "自评表的合计关系";
const NOT_ROUNDED: &str = "各项已取整，合计不再取整";
const PER_HUNDRED: &str = "表下注释：不适用的评价指标不考核，用适用指标得分汇总后按百分制折算计分";
const RATINGS: &str = "财政部：优90～100分，良80～89分，中60～79分，差0～59分";

/// Explains the subtotal of a group whose rows are scored singly.
pub(super) fn rows_of(asked: Asked<'_>, group: &Group, score: &GroupScore) -> Option<Explained> {
    let rows = group.indicators.iter().zip(&score.members);
    let filed: Vec<(String, Decimal)> = rows
        .filter(|(_, member)| member.counts)
        .filter_map(|(row, member)| Some((trim(&row.name).to_owned(), member.filed?)))
        .collect();
    sum(asked, "小计＝组内各指标得分之和", filed, None)
}

/// Explains the subtotal of a section.
pub(super) fn section(asked: Asked<'_>, id: Id<Section>) -> Option<Explained> {
    let (section, score) = sections(asked).find(|(section, _)| section.id == id)?;
    let groups = section.groups.iter().zip(&score.groups);
    let filed = groups
        .filter(|(_, group)| group.filed.count > 0)
        .map(|(group, score)| (named(group.name()), score.filed.value))
        .collect();
    sum(asked, "小计＝各二级指标得分之和", filed, score.computed)
}

/// Explains the points of a goal block that are earned.
pub(super) fn goal(asked: Asked<'_>, id: Id<Goal>) -> Option<Explained> {
    let at = asked.project.goals.position(|goal| goal.id == id)?;
    let (goal, score) = (asked.project.goals.get(at)?, asked.score.goals.get(at)?);
    if let Some(ratio) = score.by_ratio {
        return by_ratio(asked, goal, score, ratio);
    }
    let filed = goal
        .sections
        .iter()
        .zip(&score.sections)
        .filter(|(_, section)| section.filed.count > 0)
        .map(|(section, score)| (named(section.name()), score.filed.value))
        .collect();
    let mut explained = sum(asked, "目标块得分＝块内各指标得分之和", filed, None)?;
    explained
        .inputs
        .push(("目标分值".into(), points(goal.weight.number())));
    Some(explained)
}

/// Explains what a goal block contributes by its ratio.
fn by_ratio(
    asked: Asked<'_>,
    goal: &Goal,
    score: &GoalScore,
    ratio: RatioScore,
) -> Option<Explained> {
    let sum = |of: fn(&SectionScore) -> Decimal| {
        let sections = score.sections.iter();
        sections.fold(Decimal::ZERO, |sum, section| {
            sum.saturating_add(of(section))
        })
    };
    let filed = plain(sum(|section| section.filed.value));
    let weight = plain(sum(|section| section.weight.value));
    let part = plain(ratio.weight.round_dp(4));
    Some(Explained {
        formula: "目标块得分＝块内得分合计÷块内分值合计×目标块应占的分值".into(),
        inputs: vec![
            ("块内得分合计".into(), filed.clone()),
            ("块内分值合计".into(), weight.clone()),
            ("目标权重".into(), points(goal.weight.number())),
            ("应占的分值".into(), part.clone()),
        ],
        rounding: super::rounding(asked.edition.scoring.rounding),
        result: format!("{filed} ÷ {weight} × {part} = {}", ratio.filed?),
        basis: "地方预算管理一体化系统：目标权重×目标得分".into(),
        verified: true,
    })
}

/// What the total is made of.
fn parts_of_total(asked: Asked<'_>) -> Vec<(String, Decimal)> {
    let execution = asked.score.execution.filed;
    let mut parts: Vec<(String, Decimal)> = Vec::new();
    parts.extend(execution.map(|filed| ("预算执行率".into(), filed)));
    for (number, (goal, score)) in asked
        .project
        .goals
        .iter()
        .zip(&asked.score.goals)
        .enumerate()
    {
        if let Some(ratio) = score.by_ratio {
            parts.extend(
                ratio
                    .filed
                    .map(|filed| (format!("目标{}", number + 1), filed)),
            );
            continue;
        }
        let sections = goal.sections.iter().zip(&score.sections);
        parts.extend(
            sections
                .filter(|(_, section)| section.filed.count > 0)
                .map(|(section, score)| (named(section.name()), score.filed.value)),
        );
    }
    parts
}

/// Explains the total.
pub(super) fn total(asked: Asked<'_>) -> Option<Explained> {
    let total = &asked.score.total;
    let mut explained = sum(
        asked,
        "总分＝预算执行率得分＋各项绩效指标得分",
        parts_of_total(asked),
        total.computed,
    )?;
    if let Some(per_hundred) = total.per_hundred {
        explained.formula = "总分＝适用指标得分合计÷适用指标分值合计×100".into();
        explained
            .inputs
            .push(("适用指标分值合计".into(), plain(total.weight.value)));
        explained.rounding = super::rounding(asked.edition.scoring.rounding);
        explained.result = format!(
            "{} ÷ {} × 100 = {per_hundred}",
            plain(total.filed.value),
            plain(total.weight.value)
        );
        explained.basis = PER_HUNDRED.into();
    }
    Some(explained)
}

/// Explains the rating.
pub(super) fn rating(asked: Asked<'_>) -> Option<Explained> {
    let total = &asked.score.total;
    let rating = total.rating?;
    let bands = &asked.edition.scoring.ratings;
    let judged = asked
        .project
        .stated
        .total_score
        .number()
        .or(total.per_hundred)
        .unwrap_or(total.filed.value);
    let usual = bands
        .iter()
        .map(|band| band.from)
        .eq([dec!(90), dec!(80), dec!(60), dec!(0)]);
    Some(Explained {
        formula: format!("按总分所在的区间定等级：{}", list(bands)),
        inputs: vec![("总分".into(), plain(judged))],
        rounding: "总分不再取整，区间含下限、不含上限".into(),
        result: format!("{}分，评为“{rating}”", plain(judged)),
        basis: if usual {
            RATINGS
        } else {
            "表样规定的等级界限"
        }
        .into(),
        verified: usual || asked.edition_is_verified(),
    })
}

/// "优≥90，良≥80，中≥60，差≥0".
fn list(bands: &[RatingBand]) -> String {
    let bands: Vec<String> = bands
        .iter()
        .map(|band| format!("{}≥{}", band.rating, plain(band.from)))
        .collect();
    bands.join("，")
}

fn sections<'a>(asked: Asked<'a>) -> impl Iterator<Item = (&'a Section, &'a SectionScore)> {
    let goals = asked.project.goals.iter().zip(&asked.score.goals);
    goals.flat_map(|(goal, score)| {
        let sections = goal.sections.iter().map(|section| &**section);
        sections.zip(&score.sections)
    })
}

fn named(name: &str) -> String {
    match name {
        "" => "绩效指标".into(),
        name => name.into(),
    }
}

/// A sum of filed scores, with the computed one beside it where it differs.
fn sum(
    asked: Asked<'_>,
    formula: &str,
    parts: Vec<(String, Decimal)>,
    computed: Option<Decimal>,
) -> Option<Explained> {
    let digits = asked.edition.scoring.rounding.digits;
    let sum = parts
        .iter()
        .fold(Decimal::ZERO, |sum, (_, part)| sum.saturating_add(*part));
    let terms: Vec<String> = parts.iter().map(|(_, part)| plain(*part)).collect();
    let mut result = match terms.as_slice() {
        [] => return None,
        [only] => only.clone(),
        terms => format!("{} = {}", terms.join(" + "), plain(sum)),
    };
    if let Some(computed) = computed.filter(|computed| *computed != sum) {
        let mut computed = computed;
        computed.rescale(digits.max(computed.normalize().scale()));
        result.push_str(&format!("（各项按测算得分合计为{computed}）"));
    }
    Some(Explained {
        formula: formula.into(),
        inputs: parts
            .into_iter()
            .map(|(name, part)| (name, plain(part)))
            .collect(),
        rounding: NOT_ROUNDED.into(),
        result,
        basis: SUM.into(),
        verified: true,
    })
}
