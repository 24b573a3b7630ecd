//! 计分: full marks and weights, execution, formulas with an example each, tiers, ratings.

use egui::Ui;
use rust_decimal::{Decimal, dec};

use super::{
    execution,
    pen::{Pen, remark, title},
};
use crate::{
    edit::edition::indicators,
    model::{
        figure::Rating,
        numeral::{MAX_DECIMALS, plain},
        policy::{
            EqualTarget, ForwardFormula, GroupMembers, MissedDate, Mode, NotApplicablePolicy,
            RatingBand, ReverseFormula, RoundingMode, WeightCondition,
        },
    },
    ui::{icons, widgets::button},
};

const CASES: [(WeightCondition, &str); 4] = [
    (WeightCondition::Always, "一般情形"),
    (WeightCondition::NoSatisfaction, "项目没有满意度指标"),
    (WeightCondition::WithCost, "项目有成本指标"),
    (WeightCondition::WithoutCost, "项目没有成本指标"),
];

const ROUNDINGS: [(RoundingMode, &str); 2] = [
    (RoundingMode::HalfUp, "四舍五入"),
    (RoundingMode::Truncate, "截去后面的数"),
];

const MODES: [(Mode, &str); 3] = [
    (Mode::Automatic, "程序计算，不能改"),
    (Mode::Editable, "程序计算，可以改"),
    (Mode::Manual, "由人评分"),
];

/// Draws the part.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    let scoring = &pen.edition.scoring;
    let (total, rounding) = (scoring.total, scoring.rounding);
    if let Some(Some(total)) = pen.number(ui, "满分", "scoring.total", "分", Some(total)) {
        pen.edition.scoring.total = total;
    }
    let digits = Some(rounding.digits);
    if let Some(digits) = pen.count(ui, "得分保留", "scoring.rounding.digits", "位小数", digits)
    {
        pen.edition.scoring.rounding.digits = digits.unwrap_or(0).min(MAX_DECIMALS);
    }
    let mode = pen.one_of(
        ui,
        "尾数",
        "scoring.rounding.mode",
        rounding.mode,
        &ROUNDINGS,
    );
    if let Some(mode) = mode {
        pen.edition.scoring.rounding.mode = mode;
    }
    title(ui, "规定分值");
    weights(pen, ui);
    title(ui, "预算执行率");
    execution::show(pen, ui);
    title(ui, "定量指标");
    quantitative(pen, ui);
    title(ui, "定性指标");
    qualitative(pen, ui);
    title(ui, "其他");
    others(pen, ui);
    title(ui, "评价等级");
    ratings(pen, ui);
}

fn weights(pen: &mut Pen<'_>, ui: &mut Ui) {
    if pen.edition.scoring.weights.is_empty() {
        remark(ui, "各项分值由单位自定，不校验。");
    }
    let mut removed = None;
    let levels: Vec<String> = pen
        .edition
        .indicators
        .levels
        .iter()
        .map(|level| level.name.clone())
        .collect();
    for (index, set) in pen.edition.scoring.weights.clone().iter().enumerate() {
        let place = format!("scoring.weights[{index}]");
        if let Some(when) = pen.one_of(ui, "适用于", &format!("{place}.when"), set.when, &CASES)
            && let Some(set) = pen.edition.scoring.weights.get_mut(index)
        {
            set.when = when;
        }
        let execution = format!("{place}.execution");
        let points = pen.number(ui, "预算执行率", &execution, "分", Some(set.execution));
        if let Some(points) = points.map(Option::unwrap_or_default) {
            match index {
                0 => indicators::set_execution(pen.edition, points),
                _ => {
                    if let Some(set) = pen.edition.scoring.weights.get_mut(index) {
                        set.execution = points;
                    }
                }
            }
        }
        for (at, name) in levels.iter().enumerate() {
            let place = format!("{place}.level_{at}");
            let points = set.levels.get(name).copied();
            if let Some(points) = pen.number(ui, name, &place, "分（自定则留空）", points) {
                indicators::set_points(pen.edition, index, name, points);
            }
        }
        pen.told(ui, &format!("{place}.levels"));
        pen.told(ui, &place);
        ui.horizontal(|ui| {
            let all = set.levels.values().chain([&set.execution]);
            let sum = all.fold(Decimal::ZERO, |sum, points| sum.saturating_add(*points));
            remark(ui, &format!("合计 {} 分", plain(sum)));
            let name = format!("删除规定分值 {}", index + 1);
            if button::icon(ui, icons::TRASH, &name).clicked() {
                removed = Some(index);
            }
        });
    }
    if let Some(index) = removed {
        indicators::remove_weights(pen.edition, index);
        pen.step("删除 规定分值");
    }
    let words = match pen.edition.scoring.weights.is_empty() {
        true => "＋ 规定分值",
        false => "＋ 添加一种情形",
    };
    let can = pen.edition.scoring.weights.len() < CASES.len();
    let add = ui.add_enabled_ui(can, |ui| button::plain(ui, words));
    if add.inner.clicked() {
        indicators::add_weights(pen.edition);
        pen.step("添加 规定分值");
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Forward {
    Proportional,
    From,
    AllOrNothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reverse {
    Linear,
    Ratio,
    Steps,
}

fn quantitative(pen: &mut Pen<'_>, ui: &mut Ui) {
    let mode = pen.edition.scoring.quantitative;
    if let Some(mode) = pen.one_of(ui, "怎样得分", "scoring.quantitative", mode, &MODES) {
        pen.edition.scoring.quantitative = mode;
    }
    forward(pen, ui);
    reverse(pen, ui);
    let equals = [
        (EqualTarget::Met, "算完成，得满分"),
        (EqualTarget::Missed, "不算完成，由人评分"),
    ];
    let equal = pen.edition.scoring.equal;
    if let Some(equal) = pen.one_of(ui, "等于类超过", "scoring.equal", equal, &equals) {
        pen.edition.scoring.equal = equal;
    }
    let is_strict = pen.edition.scoring.strict_comparators;
    if let Some(is_strict) = pen.check(ui, "“＞”“＜”不包括本数", is_strict) {
        pen.edition.scoring.strict_comparators = is_strict;
    }
}

fn forward(pen: &mut Pen<'_>, ui: &mut Ui) {
    const KINDS: [(Forward, &str); 3] = [
        (Forward::Proportional, "按完成比例"),
        (Forward::From, "按完成比例，低于及格线不得分"),
        (Forward::AllOrNothing, "完成才得分"),
    ];
    let formula = pen.edition.scoring.forward.clone();
    let kind = match formula {
        ForwardFormula::Proportional => Forward::Proportional,
        ForwardFormula::ProportionalFrom(_) => Forward::From,
        ForwardFormula::AllOrNothing => Forward::AllOrNothing,
    };
    if let Some(kind) = pen.one_of(ui, "正向指标没完成", "scoring.forward", kind, &KINDS) {
        pen.edition.scoring.forward = match kind {
            Forward::Proportional => ForwardFormula::Proportional,
            Forward::From => ForwardFormula::ProportionalFrom(dec!(0.6)),
            Forward::AllOrNothing => ForwardFormula::AllOrNothing,
        };
    }
    match formula {
        ForwardFormula::Proportional => remark(ui, "例：指标值 100，完成 80，10 分得 8 分。"),
        ForwardFormula::ProportionalFrom(share) => {
            let place = "scoring.forward.proportional_from";
            if let Some(Some(share)) = percent(pen, ui, "及格线", place, share) {
                pen.edition.scoring.forward = ForwardFormula::ProportionalFrom(share);
            }
            remark(
                ui,
                &format!(
                    "例：指标值 100，完成 80，10 分得 8 分；完成不到 {}，不得分。",
                    in_percent(share)
                ),
            );
        }
        ForwardFormula::AllOrNothing => remark(ui, "例：指标值 100，完成 99，10 分得 0 分。"),
    }
}

fn reverse(pen: &mut Pen<'_>, ui: &mut Ui) {
    const KINDS: [(Reverse, &str); 3] = [
        (Reverse::Linear, "超多少扣多少"),
        (Reverse::Ratio, "指标值 ÷ 完成值"),
        (Reverse::Steps, "每超一档扣分"),
    ];
    let formula = pen.edition.scoring.reverse.clone();
    let kind = match formula {
        ReverseFormula::Linear => Reverse::Linear,
        ReverseFormula::Ratio => Reverse::Ratio,
        ReverseFormula::Steps { .. } => Reverse::Steps,
    };
    if let Some(kind) = pen.one_of(ui, "反向指标超过", "scoring.reverse", kind, &KINDS) {
        pen.edition.scoring.reverse = match kind {
            Reverse::Linear => ReverseFormula::Linear,
            Reverse::Ratio => ReverseFormula::Ratio,
            Reverse::Steps => ReverseFormula::Steps {
                every_percent: dec!(5),
                deduct: dec!(1),
            },
        };
    }
    match formula {
        ReverseFormula::Linear => {
            remark(
                ui,
                "例：不超过 100，实际 150，10 分得 5 分；到 200 不得分。",
            );
        }
        ReverseFormula::Ratio => remark(ui, "例：不超过 100，实际 150，10 分得 6.67 分。"),
        ReverseFormula::Steps {
            every_percent,
            deduct,
        } => {
            let place = "scoring.reverse.every";
            let every = pen.number(ui, "每超", place, "%", Some(every_percent));
            let deducted = pen.number(ui, "扣", "scoring.reverse.deduct", "分", Some(deduct));
            if every.is_some() || deducted.is_some() {
                pen.edition.scoring.reverse = ReverseFormula::Steps {
                    every_percent: every.flatten().unwrap_or(every_percent),
                    deduct: deducted.flatten().unwrap_or(deduct),
                };
            }
            pen.told(ui, "scoring.reverse.steps");
            let (twice, lost) = (
                every_percent.saturating_mul(dec!(2)),
                deduct.saturating_mul(dec!(2)),
            );
            remark(
                ui,
                &format!("例：超过 {}%，扣 {} 分。", plain(twice), plain(lost)),
            );
        }
    }
}

fn qualitative(pen: &mut Pen<'_>, ui: &mut Ui) {
    let mode = pen.edition.scoring.qualitative;
    if let Some(mode) = pen.one_of(ui, "怎样得分", "scoring.qualitative", mode, &MODES) {
        pen.edition.scoring.qualitative = mode;
    }
    let tiers = pen.edition.scoring.tiers.clone();
    let reached = percent(
        pen,
        ui,
        "达成预期，不低于",
        "scoring.tiers.reached",
        tiers.reached_from,
    );
    if let Some(Some(share)) = reached {
        pen.edition.scoring.tiers.reached_from = share;
    }
    let partly = percent(
        pen,
        ui,
        "部分达成，不低于",
        "scoring.tiers.partly",
        tiers.partly_from,
    );
    if let Some(Some(share)) = partly {
        pen.edition.scoring.tiers.partly_from = share;
    }
    pen.told(ui, "scoring.tiers");
    remark(
        ui,
        &format!(
            "例：10 分的指标，达成预期得 {} 到 10 分，部分达成得 {} 到 {} 分。",
            plain(tiers.reached_from.saturating_mul(dec!(10))),
            plain(tiers.partly_from.saturating_mul(dec!(10))),
            plain(tiers.reached_from.saturating_mul(dec!(10))),
        ),
    );
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Missed {
    Tier,
    Nothing,
    PerMonth,
}

fn others(pen: &mut Pen<'_>, ui: &mut Ui) {
    const KINDS: [(Missed, &str); 3] = [
        (Missed::Tier, "由人选档次"),
        (Missed::Nothing, "不得分"),
        (Missed::PerMonth, "每晚一个月扣分"),
    ];
    let missed = pen.edition.scoring.missed_date.clone();
    let kind = match missed {
        MissedDate::Tier => Missed::Tier,
        MissedDate::Nothing => Missed::Nothing,
        MissedDate::PerMonth(_) => Missed::PerMonth,
    };
    if let Some(kind) = pen.one_of(ui, "时限逾期", "scoring.missed_date", kind, &KINDS) {
        pen.edition.scoring.missed_date = match kind {
            Missed::Tier => MissedDate::Tier,
            Missed::Nothing => MissedDate::Nothing,
            Missed::PerMonth => MissedDate::PerMonth(dec!(1)),
        };
    }
    if let MissedDate::PerMonth(points) = missed {
        let place = "scoring.missed_date.per_month";
        if let Some(Some(points)) = pen.number(ui, "每月扣", place, "分", Some(points)) {
            pen.edition.scoring.missed_date = MissedDate::PerMonth(points);
        }
    }
    let policies = [
        (NotApplicablePolicy::Redistribute, "由同级指标分担"),
        (NotApplicablePolicy::PerHundred, "其余得分折算成百分制"),
    ];
    let current = pen.edition.scoring.not_applicable;
    let taken = pen.one_of(
        ui,
        "不适用的分值",
        "scoring.not_applicable",
        current,
        &policies,
    );
    if let Some(policy) = taken {
        pen.edition.scoring.not_applicable = policy;
    }
    let members = [
        (GroupMembers::Equal, "组内各条均分"),
        (GroupMembers::Weighted, "按各条所填分值"),
    ];
    let current = pen.edition.scoring.group_members;
    let taken = pen.one_of(
        ui,
        "合并计分的组",
        "scoring.group_members",
        current,
        &members,
    );
    if let Some(members) = taken {
        pen.edition.scoring.group_members = members;
    }
}

fn ratings(pen: &mut Pen<'_>, ui: &mut Ui) {
    const ALL: [(Rating, &str); 4] = [
        (Rating::Excellent, "优"),
        (Rating::Good, "良"),
        (Rating::Fair, "中"),
        (Rating::Poor, "差"),
    ];
    for (at, (rating, name)) in ALL.into_iter().enumerate() {
        let bands = &pen.edition.scoring.ratings;
        let from = bands
            .iter()
            .find(|band| band.rating == rating)
            .map(|band| band.from);
        let place = format!("scoring.rating_{at}");
        let unit = "分起（没有这一等则留空）";
        if let Some(from) = pen.number(ui, name, &place, unit, from) {
            let bands = &mut pen.edition.scoring.ratings;
            bands.retain(|band| band.rating != rating);
            if let Some(from) = from {
                let before = bands.iter().position(|band| band.rating > rating);
                bands.insert(before.unwrap_or(bands.len()), RatingBand { rating, from });
            }
        }
    }
    pen.told(ui, "scoring.ratings");
}

/// A share, in percent.
fn percent(
    pen: &mut Pen<'_>,
    ui: &mut Ui,
    name: &str,
    place: &str,
    share: Decimal,
) -> Option<Option<Decimal>> {
    let shown = share
        .checked_mul(dec!(100))
        .map(|percent| percent.normalize());
    let typed = pen.number(ui, name, place, "%", shown)?;
    Some(typed.and_then(|percent| percent.checked_div(dec!(100))))
}

fn in_percent(share: Decimal) -> String {
    format!("{}%", plain(share.saturating_mul(dec!(100))))
}
