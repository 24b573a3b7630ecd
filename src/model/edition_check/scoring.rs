//! Whether an edition's weights, formulas and thresholds hold together.

use rust_decimal::{Decimal, dec};

use super::Problems;
use crate::model::{
    edition::{Edition, FirstLevel, FundRole, Sense},
    indicator::caption_points,
    numeral::{MAX_DECIMALS, plain},
    policy::{
        ExecutionMethod, ForwardFormula, MissedDate, ReverseFormula, WeightCondition, WeightSet,
    },
};

/// Full marks beyond this are a slip of the hand; the bound also keeps products with typed numbers inside `Decimal`.
const MOST_POINTS: Decimal = dec!(10000);

/// A threshold, given as a share of the target, beyond this would never be reached.
const LARGEST_THRESHOLD: Decimal = dec!(1000);

/// Adds to the list what is wrong with the scoring and check policies.
pub(super) fn check(edition: &Edition, problems: &mut Problems) {
    check_weights(edition, problems);
    check_execution(edition, problems);
    check_formulas(edition, problems);
    check_ratings(edition, problems);
    check_thresholds(edition, problems);
}

/// The sum; numbers from a file may be too large to add.
pub(super) fn sum(points: impl IntoIterator<Item = Decimal>) -> Decimal {
    points
        .into_iter()
        .fold(Decimal::ZERO, Decimal::saturating_add)
}

fn check_weights(edition: &Edition, problems: &mut Problems) {
    let scoring = &edition.scoring;
    problems.at_unless(
        scoring.total > Decimal::ZERO && scoring.total <= MOST_POINTS,
        "scoring.total",
        "满分应大于0、不超过10000",
    );
    let mut conditions: Vec<WeightCondition> = Vec::new();
    for (index, set) in scoring.weights.iter().enumerate() {
        let place = format!("scoring.weights[{index}]");
        if conditions.contains(&set.when) {
            problems.at(format!("{place}.when"), "与前面的一组条件相同，请合并");
        }
        conditions.push(set.when);
        for name in set.levels.keys() {
            if !edition
                .indicators
                .levels
                .iter()
                .any(|level| level.name == *name)
            {
                problems.at(
                    format!("{place}.levels"),
                    format!("一级指标“{name}”不存在，请改为 indicators.levels 中的名称"),
                );
            }
        }
        check_weight_sum(edition, &place, set, problems);
    }
    let Some(first) = scoring.weights.first() else {
        return;
    };
    problems.at_unless(
        first.execution == scoring.execution.weight,
        "scoring.weights[0].execution",
        "与 scoring.execution.weight 不同，请统一",
    );
    check_caption_points(edition, problems);
}

fn check_weight_sum(edition: &Edition, place: &str, set: &WeightSet, problems: &mut Problems) {
    if set
        .levels
        .values()
        .chain([&set.execution])
        .any(|points| points.is_sign_negative())
    {
        problems.at(place, "分值不能为负数，请改正");
        return;
    }
    let total = edition.scoring.total;
    let sum = sum(set.levels.values().copied().chain([set.execution]));
    let without_satisfaction = set.when == WeightCondition::NoSatisfaction;
    let free = edition
        .indicators
        .levels
        .iter()
        .filter(|level| !(without_satisfaction && level.is_satisfaction()))
        .any(|level| !set.levels.contains_key(&level.name));
    let may_be_less = free || set.levels.is_empty();
    if sum > total || (sum < total && !may_be_less) {
        problems.at(
            place,
            format!(
                "预算执行率与一级指标分值合计{}，应为{}",
                plain(sum),
                plain(total)
            ),
        );
    }
}

/// A caption that prints points prints those of the default weights.
fn check_caption_points(edition: &Edition, problems: &mut Problems) {
    let weights = edition.default_weights();
    for (index, level) in edition.indicators.levels.iter().enumerate() {
        let printed = caption_points(&level.caption);
        if let (Some(printed), Some(points)) = (printed, weights.get(level.name.as_str()))
            && printed != *points
        {
            problems.at(
                format!("indicators.levels[{index}].caption"),
                format!(
                    "标题印有{}分，而 scoring.weights[0] 为{}分，请统一",
                    plain(printed),
                    plain(*points)
                ),
            );
        }
    }
}

impl FirstLevel {
    /// Whether all its indicators measure satisfaction.
    fn is_satisfaction(&self) -> bool {
        if self.children.is_empty() {
            return self.sense == Sense::Satisfaction
                || Sense::of_caption(&self.name) == Sense::Satisfaction;
        }
        self.children
            .iter()
            .all(|child| child.sense == Sense::Satisfaction)
    }
}

fn check_execution(edition: &Edition, problems: &mut Problems) {
    let execution = &edition.scoring.execution;
    problems.at_unless(
        execution.weight >= Decimal::ZERO && execution.weight <= edition.scoring.total,
        "scoring.execution.weight",
        "分值应在0和满分之间，不计分请写0",
    );
    let has_rate = edition.fund_column(FundRole::Rate).is_some();
    if execution.weight > Decimal::ZERO || has_rate {
        for (place, key) in [
            ("scoring.execution.numerator", &execution.numerator),
            ("scoring.execution.denominator", &execution.denominator),
        ] {
            let amount = edition
                .fund_column_named(key)
                .is_some_and(|column| column.role == FundRole::Amount);
            if !amount {
                problems.at(
                    place,
                    format!("“{key}”不是金额列，请改为 funds.columns 中 role 为 amount 的键"),
                );
            }
        }
    }
    if let ExecutionMethod::Tiered(bands) = &execution.method {
        let place = "scoring.execution.method.tiered";
        let falling = bands
            .windows(2)
            .all(|pair| pair[0].from > pair[1].from && pair[0].score >= pair[1].score);
        let to_zero = bands.last().is_some_and(|band| band.from.is_zero());
        problems.at_unless(
            falling && to_zero,
            place,
            "各档应由高到低排列，最后一档从0起，请调整",
        );
        let within = bands
            .iter()
            .all(|band| band.score >= Decimal::ZERO && band.score <= execution.weight);
        problems.at_unless(within, place, "各档得分应在0和分值之间，请改正");
    }
}

fn check_formulas(edition: &Edition, problems: &mut Problems) {
    let scoring = &edition.scoring;
    let tiers = &scoring.tiers;
    let ordered = Decimal::ONE >= tiers.reached_from
        && tiers.reached_from > tiers.partly_from
        && tiers.partly_from > Decimal::ZERO;
    problems.at_unless(
        ordered,
        "scoring.tiers",
        "档次界限应为 1 ≥ reached_from > partly_from > 0，请改正",
    );
    if let ForwardFormula::ProportionalFrom(share) = scoring.forward {
        let share_in_range = share > Decimal::ZERO && share <= Decimal::ONE;
        problems.at_unless(
            share_in_range,
            "scoring.forward.proportional_from",
            "及格线应大于0、不大于1（0.6 即60%）",
        );
    }
    if let ReverseFormula::Steps {
        every_percent,
        deduct,
    } = scoring.reverse
    {
        let percent_in_range = every_percent >= dec!(0.01) && every_percent <= MOST_POINTS;
        problems.at_unless(
            percent_in_range && deduct > Decimal::ZERO && deduct <= MOST_POINTS,
            "scoring.reverse.steps",
            "every_percent 应不小于0.01，deduct 应大于0，均不超过10000",
        );
    }
    if let MissedDate::PerMonth(points) = scoring.missed_date {
        problems.at_unless(
            points > Decimal::ZERO && points <= MOST_POINTS,
            "scoring.missed_date.per_month",
            "每月扣分应大于0、不超过10000",
        );
    }
    for (place, digits) in [
        ("scoring.rounding.digits", scoring.rounding.digits),
        (
            "scoring.execution.rate.digits",
            scoring.execution.rate.digits,
        ),
    ] {
        if digits > MAX_DECIMALS {
            problems.at(place, format!("小数位数过多，最多{MAX_DECIMALS}位"));
        }
    }
}

fn check_ratings(edition: &Edition, problems: &mut Problems) {
    let bands = &edition.scoring.ratings;
    let place = "scoring.ratings";
    let falling = bands
        .windows(2)
        .all(|pair| pair[0].from > pair[1].from && pair[0].rating < pair[1].rating);
    problems.at_unless(
        falling,
        place,
        "等级应从优到差、起点由高到低排列，不得重复，请调整",
    );
    problems.at_unless(
        bands.last().is_some_and(|band| band.from.is_zero()),
        place,
        "最后一个等级应从0分起，否则低分没有等级，请补上",
    );
    problems.at_unless(
        bands
            .first()
            .is_none_or(|band| band.from <= edition.scoring.total),
        place,
        "最高等级的起点超过满分，请改正",
    );
}

/// What is wrong with the thresholds of checks.
pub(super) fn check_thresholds(edition: &Edition, problems: &mut Problems) {
    let over = &edition.scoring.over_fulfilment;
    let require = over.require_from.unwrap_or(over.explain_from);
    problems.at_unless(
        over.explain_from >= Decimal::ONE
            && require >= over.explain_from
            && over.reduce_from >= over.explain_from
            && require.max(over.reduce_from) <= LARGEST_THRESHOLD,
        "scoring.over_fulfilment",
        "应为 1 ≤ explain_from，require_from 和 reduce_from 不小于 explain_from、不超过1000（1.2 即120%）",
    );
    let checks = &edition.checks;
    let percent = |value: Decimal| value >= Decimal::ZERO && value <= dec!(100);
    let share = |value: Decimal| value > Decimal::ZERO && value <= Decimal::ONE;
    problems.at_unless(
        checks.explain_rate_below.is_none_or(percent),
        "checks.explain_rate_below",
        "应为0到100之间的百分数（90 即90%）",
    );
    problems.at_unless(
        percent(checks.very_low_rate),
        "checks.very_low_rate",
        "应为0到100之间的百分数（50 即50%）",
    );
    problems.at_unless(
        checks.large_budget_change > Decimal::ZERO,
        "checks.large_budget_change",
        "应为大于0的百分数（20 即20%）",
    );
    problems.at_unless(
        share(checks.largest_share),
        "checks.largest_share",
        "应大于0、不大于1（0.4 即40%）",
    );
    problems.at_unless(
        share(checks.copied_share),
        "checks.copied_share",
        "应大于0、不大于1（0.8 即80%）",
    );
    problems.at_unless(
        checks.fewest_indicators <= checks.most_indicators,
        "checks.fewest_indicators",
        "大于 most_indicators，请对调",
    );
}
