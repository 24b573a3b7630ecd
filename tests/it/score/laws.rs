//! What holds for all numbers.

use jiping::model::policy::{
    ForwardFormula, GroupMembers, MissedDate, ReverseFormula, RoundingMode,
};
use proptest::prelude::*;
use rust_decimal::dec;

use super::*;

fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        4 => (0_i64..100_000, 0_u32..4),
        1 => (-1_000_000_000_000_000_i64..=1_000_000_000_000_000, 0_u32..=10),
    ]
    .prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn any_policy() -> impl Strategy<Value = ScoringPolicy> {
    let forward = prop_oneof![
        Just(ForwardFormula::Proportional),
        Just(ForwardFormula::ProportionalFrom(dec!(0.6))),
        Just(ForwardFormula::AllOrNothing),
    ];
    let reverse = prop_oneof![
        Just(ReverseFormula::Linear),
        Just(ReverseFormula::Ratio),
        Just(ReverseFormula::Steps {
            every_percent: dec!(5),
            deduct: dec!(1),
        }),
    ];
    let missed = prop_oneof![
        Just(MissedDate::Tier),
        Just(MissedDate::Nothing),
        Just(MissedDate::PerMonth(dec!(1.5))),
    ];
    (forward, reverse, missed, any::<[bool; 3]>()).prop_map(
        |(forward, reverse, missed_date, [strict, truncate, weighted])| {
            let mut policy = ScoringPolicy {
                forward,
                reverse,
                missed_date,
                strict_comparators: strict,
                ..ScoringPolicy::default()
            };
            if truncate {
                policy.rounding.mode = RoundingMode::Truncate;
            }
            if weighted {
                policy.group_members = GroupMembers::Weighted;
            }
            policy
        },
    )
}

/// Text as people type it into a target or an actual value, and text as they do not.
fn cell() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec!["", "≥", "≤", ">", "<", "=", "不超过", "未"]);
    let unit = prop::sample::select(vec![
        "", "%", "个", "万元", "亿元", "元", "天", "亩", "月底", "月前",
    ]);
    prop_oneof![
        4 => (sign, number(), unit).prop_map(|(sign, number, unit)| format!("{sign}{number}{unit}")),
        1 => (number(), number()).prop_map(|(low, high)| format!("{low}～{high}人")),
        1 => prop::sample::select(vec!["", "—", "不适用", "有效保障", "达成预期指标", "2020年12月31日前", "9月前", "年底"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn name() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "投诉",
        "无",
        "事故",
        "处理",
        "率",
        "次数",
        "满意度",
        "增长",
    ]);
    prop_oneof![
        prop::collection::vec(parts, 0..5).prop_map(|parts| parts.concat()),
        any::<String>(),
    ]
}

fn with_policy(policy: ScoringPolicy) -> Edition {
    edition(|own| *own = policy)
}

fn points(edition: &Edition, target: &str, actual: Decimal, weight: Decimal) -> Option<Decimal> {
    // With a unit, since "2004.1" alone is a month.
    let row = row("指标", target, &format!("{actual}个"), &weight.to_string());
    score_row(edition, "数量指标", row).computed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn scores_lie_between_nothing_and_the_points(
        policy in any_policy(),
        rows in prop::collection::vec((name(), cell(), cell(), cell()), 1..6),
        merged in cell(),
        funds in [cell(), cell(), cell()],
    ) {
        let edition = with_policy(policy);
        let rows = rows
            .iter()
            .map(|(name, target, actual, weight)| row(name, target, actual, weight));
        let mut project = form(&edition, [group("数量指标", &merged, rows)]);
        let total = project.funds.get_mut(0).expect("a fund row");
        for (column, text) in ["adjusted", "executed", "weight"].into_iter().zip(&funds) {
            total.figures.insert(column.into(), text.as_str().into());
        }
        let outcome = score_project(&project, &edition);
        let within = |score: Option<Decimal>, weight: Option<Decimal>| match (score, weight) {
            (None, _) => true,
            (Some(score), Some(weight)) => score >= Decimal::ZERO && score <= weight,
            (Some(_), None) => false,
        };
        prop_assert!(within(outcome.execution.score, outcome.execution.weight));
        prop_assert!(within(outcome.execution.score_from_shown, outcome.execution.weight));
        let group = &outcome.goals[0].sections[0].groups[0];
        prop_assert!(within(group.computed, Some(group.weight.value)));
        let working = outcome.execution.working.to_string();
        prop_assert!(outcome.execution.score.is_none() || !working.is_empty());
        for member in &group.members {
            prop_assert!(within(member.computed, member.weight), "{member:?}");
            prop_assert!(member.computed.is_none() || !member.working.to_string().is_empty());
        }
    }

    #[test]
    fn more_is_never_worth_less_where_more_is_better(
        policy in any_policy(),
        target in number(),
        one in number(),
        other in number(),
        weight in 0_u32..100,
    ) {
        let edition = with_policy(policy);
        let (low, high) = (one.min(other), one.max(other));
        let of = |sign: &str, actual| {
            points(&edition, &format!("{sign}{target}"), actual, weight.into())
        };
        prop_assert!(of("≥", low) <= of("≥", high));
        prop_assert!(of("≤", low) >= of("≤", high));
    }

    #[test]
    fn full_points_exactly_where_the_target_is_met(
        target in 1_u32..1000,
        actual in 0_u32..2000,
        weight in 1_u32..100,
    ) {
        let edition = usual();
        let row = row("指标", &format!("≥{target}"), &actual.to_string(), &weight.to_string());
        let score = score_row(&edition, "数量指标", row);
        prop_assert_eq!(score.verdict == Verdict::Met, actual >= target);
        if actual >= target {
            prop_assert_eq!(score.computed, Some(weight.into()));
        }
    }

    #[test]
    fn a_group_is_the_mean_of_its_members_rounded_once(
        members in prop::collection::vec((1_u32..200, 0_u32..300), 1..12),
        weight in 1_u32..60,
    ) {
        let rows = members
            .iter()
            .map(|(target, actual)| row("数量", &format!("≥{target}"), &actual.to_string(), ""));
        let group = group("数量指标", &weight.to_string(), rows);
        let computed = score_group(&usual(), group).computed.expect("all can be judged");
        // By whole numbers: hundredths of points, over the product of all targets.
        let product: u128 = members.iter().map(|(target, _)| u128::from(*target)).product();
        let shares: u128 = members
            .iter()
            .map(|(target, actual)| product / u128::from(*target) * u128::from(*actual.min(target)))
            .sum();
        let whole = product * members.len() as u128;
        let hundredths = (shares * u128::from(weight) * 200 + whole) / (whole * 2);
        prop_assert_eq!(computed, Decimal::new(hundredths as i64, 2));
    }
}
