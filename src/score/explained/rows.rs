//! Rows and groups.

use rust_decimal::Decimal;

use crate::model::{
    edition::IndicatorRole,
    id::Id,
    indicator::{Group, Indicator},
    measure::{Comparator, Quantity},
    method::{BandOn, Method},
    numeral::plain,
    policy::{ForwardFormula, GroupMembers, MissedDate, ReverseFormula, ScoringPolicy},
    typed::{Reading, trim},
};

use super::{
    super::{
        explanation::Working,
        outcome::{GroupScore, IndicatorScore, Share},
    },
    Asked, Explained, points, rounding,
};

const FULL: &str = "地方预算管理一体化系统得分公式：达到指标值得满分";
const FORWARD: &str = "地方预算管理一体化系统得分公式：实际值÷指标值×分值";
const LINEAR: &str = "地方预算管理一体化系统反向指标得分公式";
const RATIO: &str = "湖北等地表下注释：反向指标得分＝权重×A÷B";
const STEPS: &str = "部分地区表下注释：按超出幅度分档扣分，扣完为止";
const TIERS: &str = "表下注释和地方预算管理一体化系统：定性指标分三档计分";
const DEDUCTED: &str = "地方预算管理一体化系统（广西）：扣分栏从测算得分中扣除";
const CONVERTED: &str = "县级系统自评表（河北）：单项得分×权重占比＝折算得分";
const GROUP: &str = "评审实践：合并计分的一组如何分摊，没有统一规定";

/// Explains a row's score.
pub(super) fn row(asked: Asked<'_>, id: Id<Indicator>) -> Option<Explained> {
    let (indicator, score) = find_row(asked, id)?;
    let policy = &asked.edition.scoring;
    let result = score.working.to_string();
    if result.is_empty() {
        return None;
    }
    let (formula, basis, verified) = formula_of(indicator, score, policy);
    Some(Explained {
        formula,
        inputs: inputs(asked, indicator, score),
        rounding: rounding(policy.rounding),
        result,
        basis: basis.into(),
        verified,
    })
}

fn find_row<'a>(
    asked: Asked<'a>,
    id: Id<Indicator>,
) -> Option<(&'a Indicator, &'a IndicatorScore)> {
    groups(asked).find_map(|(group, score)| {
        let at = group.indicators.position(|row| row.id == id)?;
        Some((&**group.indicators.get(at)?, score.members.get(at)?))
    })
}

fn groups<'a>(asked: Asked<'a>) -> impl Iterator<Item = (&'a Group, &'a GroupScore)> {
    let scores = asked
        .score
        .goals
        .iter()
        .flat_map(|goal| goal.sections.iter().flat_map(|section| &section.groups));
    asked.project.groups().map(|view| view.group).zip(scores)
}

/// The formula in words, what stands behind it, and whether that was read.
fn formula_of(
    indicator: &Indicator,
    score: &IndicatorScore,
    policy: &ScoringPolicy,
) -> (String, &'static str, bool) {
    if let Reading::Value(method) = indicator.method() {
        let (basis, verified) = basis_of(&method);
        return (format!("按计分办法：{method}"), basis, verified);
    }
    match &score.working {
        Working::Deducted { .. } => ("得分＝测算得分−扣分".into(), DEDUCTED, true),
        Working::Converted { .. } => ("折算得分＝单项得分×权重占比%".into(), CONVERTED, true),
        Working::Tier { .. } => (tiers(policy), TIERS, true),
        Working::Full { .. } => ("达到指标值得满分".into(), FULL, true),
        _ if indicator.aim().is_some_and(|aim| aim.qualitative) => (tiers(policy), TIERS, true),
        _ if is_date(indicator) => (
            missed_date(policy),
            "评审实践：时限只有按时与未按时之分",
            false,
        ),
        _ if score.comparator.is_some_and(Comparator::is_upper_bound) => reverse(policy),
        _ => forward(policy),
    }
}

fn basis_of(method: &Method) -> (&'static str, bool) {
    match method {
        Method::Proportional { .. } => ("财预〔2021〕101号：完成比例赋分", false),
        Method::Banded(bands) if bands.on == BandOn::Actual => {
            ("财预〔2021〕101号：满意度赋分、评判等级赋分", false)
        }
        Method::Banded(_) => ("部分地区表下注释：按偏差幅度分档计分", true),
        Method::Deduct(_) => ("部分地区表下注释：每降低若干扣若干分，扣完为止", true),
        Method::YesNo => ("财预〔2021〕101号：直接赋分（是/否）", false),
        Method::Direct => ("评审实践：由人工判分", false),
    }
}

fn is_date(indicator: &Indicator) -> bool {
    indicator
        .aim()
        .is_some_and(|aim| matches!(aim.measure.quantity, Quantity::Date(_)))
}

fn forward(policy: &ScoringPolicy) -> (String, &'static str, bool) {
    match policy.forward {
        ForwardFormula::Proportional => ("得分＝实际完成值÷指标值×分值".into(), FORWARD, true),
        ForwardFormula::ProportionalFrom(pass) => {
            let percent = pass.saturating_mul(Decimal::ONE_HUNDRED);
            let formula = format!(
                "得分＝实际完成值÷指标值×分值，完成比例低于{}%不得分",
                plain(percent)
            );
            (formula, "表样规定的完成比例赋分和及格线", false)
        }
        ForwardFormula::AllOrNothing => ("未达到指标值不得分".into(), "表样规定", false),
    }
}

fn reverse(policy: &ScoringPolicy) -> (String, &'static str, bool) {
    match policy.reverse {
        ReverseFormula::Linear => (
            "得分＝[1−(实际完成值−指标值)÷指标值]×分值，达到指标值两倍为0".into(),
            LINEAR,
            true,
        ),
        ReverseFormula::Ratio => ("得分＝指标值÷实际完成值×分值".into(), RATIO, true),
        ReverseFormula::Steps {
            every_percent,
            deduct,
        } => {
            let (percent, deduct) = (plain(every_percent), plain(deduct));
            let formula =
                format!("每超出指标值{percent}%（不足的按{percent}%计）扣{deduct}分，扣完为止");
            (formula, STEPS, true)
        }
    }
}

fn missed_date(policy: &ScoringPolicy) -> String {
    match policy.missed_date {
        MissedDate::Tier => "按时完成得满分；未按时的由人工判定完成档次".into(),
        MissedDate::Nothing => "按时完成得满分；未按时的不得分".into(),
        MissedDate::PerMonth(each) => {
            format!(
                "按时完成得满分；每晚1个月（不足的按1个月计）扣{}分，扣完为止",
                plain(each)
            )
        }
    }
}

fn tiers(policy: &ScoringPolicy) -> String {
    let percent = |share: Decimal| plain(share.saturating_mul(Decimal::ONE_HUNDRED));
    let (reached, partly) = (
        percent(policy.tiers.reached_from),
        percent(policy.tiers.partly_from),
    );
    format!(
        "达成年度指标得分值的100%～{reached}%，部分达成得{reached}%（不含）～{partly}%，未达成得{partly}%（不含）～0%"
    )
}

fn inputs(
    asked: Asked<'_>,
    indicator: &Indicator,
    score: &IndicatorScore,
) -> Vec<(String, String)> {
    let typed = |text: &str| match trim(text) {
        "" => "未填写".to_owned(),
        text => text.to_owned(),
    };
    let mut inputs = vec![
        (
            asked.caption(IndicatorRole::Target),
            typed(indicator.target.text()),
        ),
        (
            asked.caption(IndicatorRole::Actual),
            typed(indicator.actual.text()),
        ),
    ];
    if let Some(comparator) = score.comparator {
        let written = indicator.aim().and_then(|aim| aim.comparator).is_some();
        let assumed = if written {
            ""
        } else {
            "（未写，按此理解）"
        };
        inputs.push(("计算符号".into(), format!("{}{assumed}", comparator.sign())));
    }
    if let Some(tier) = indicator.effective_tier() {
        inputs.push(("完成档次".into(), tier.to_string()));
    }
    if let Working::Deducted { deduction, .. } = &score.working {
        inputs.push(("扣分".into(), plain(*deduction)));
    }
    if let Working::Converted { single, .. } = &score.working {
        inputs.push(("单项得分".into(), plain(*single)));
    }
    inputs.push((asked.caption(IndicatorRole::Weight), points(score.weight)));
    inputs
}

/// Explains the score of a group scored as one.
pub(super) fn group(asked: Asked<'_>, id: Id<Group>) -> Option<Explained> {
    let (group, score) = groups(asked).find(|(group, _)| group.id == id)?;
    if !score.as_one {
        return super::sums::rows_of(asked, group, score);
    }
    let policy = &asked.edition.scoring;
    let formula = match policy.group_members {
        GroupMembers::Equal => "得分＝组内各指标完成比例的平均值×分值",
        GroupMembers::Weighted => "得分＝组内各指标完成比例按各自分值的加权平均值×分值",
    };
    let mut inputs = vec![(
        asked.caption(IndicatorRole::Weight),
        plain(score.weight.value),
    )];
    let members = group.indicators.iter().zip(&score.members);
    let counted: Vec<_> = members.filter(|(_, member)| member.counts).collect();
    inputs.push(("计分指标".into(), format!("{}项", counted.len())));
    for (indicator, member) in counted {
        if member.share != Some(Share::Exact(Decimal::ONE)) {
            let name = trim(&indicator.name).to_owned();
            inputs.push((name, completion(indicator)));
        }
    }
    Some(Explained {
        formula: formula.into(),
        inputs,
        rounding: format!("组内合计后一次{}", rounding(policy.rounding)),
        result: score.working.to_string(),
        basis: GROUP.into(),
        verified: false,
    })
    .filter(|explained| !explained.result.is_empty())
}

/// "目标10，实际7".
fn completion(indicator: &Indicator) -> String {
    format!(
        "目标{}，实际{}",
        trim(indicator.target.text()),
        trim(indicator.actual.text())
    )
}
