use jiping::{
    model::policy::{ExecutionBand, ExecutionMethod, ZeroBudget},
    score::ExecutionScore,
};
use rust_decimal::dec;

use super::*;

fn execution(edition: &Edition, budget: &str, executed: &str) -> ExecutionScore {
    let project = with_funds(edition, &[("adjusted", budget), ("executed", executed)]);
    score_project(&project, edition).execution
}

/// Budget, spent, shown rate, score from the exact rate, score from the shown rate, working.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

fn check(edition: &Edition, table: &[Line]) {
    for (budget, executed, rate, exact, from_shown, working) in table {
        let score = execution(edition, budget, executed);
        assert_eq!(
            (
                shown(score.shown_rate).as_str(),
                shown(score.score).as_str(),
                shown(score.score_from_shown).as_str(),
                score.working.to_string().as_str()
            ),
            (*rate, *exact, *from_shown, *working),
            "{executed} of {budget}"
        );
    }
}

#[test]
fn rate_times_points() {
    check(
        &usual(),
        &[
            (
                "8108600",
                "8086475.64",
                "99.73",
                "9.97",
                "9.97",
                "8,086,475.64 ÷ 8,108,600.00 = 99.73%，× 10 = 9.97",
            ),
            // 重庆 prints 9.68 for this one: 96.85 × 0.1 in binary lies below the tie.
            (
                "4764453.11",
                "4614453.11",
                "96.85",
                "9.69",
                "9.68",
                "4,614,453.11 ÷ 4,764,453.11 = 96.85%，× 10 = 9.69",
            ),
            (
                "10000",
                "7927",
                "79.27",
                "7.93",
                "7.93",
                "7,927.00 ÷ 10,000.00 = 79.27%，× 10 = 7.93",
            ),
            (
                "100",
                "102.59",
                "102.59",
                "10.00",
                "10.00",
                "102.59 ÷ 100.00 = 102.59%，不超过分值，得 10.00",
            ),
            (
                "300",
                "300",
                "100.00",
                "10.00",
                "10.00",
                "300.00 ÷ 300.00 = 100.00%，× 10 = 10.00",
            ),
            (
                "100",
                "0",
                "0.00",
                "0.00",
                "0.00",
                "0.00 ÷ 100.00 = 0.00%，× 10 = 0.00",
            ),
            (
                "100",
                "-5",
                "-5.00",
                "0.00",
                "0.00",
                "-5.00 ÷ 100.00 = -5.00%，× 10 = 0.00",
            ),
            (
                "100",
                "",
                "—",
                "—",
                "—",
                "预算数或执行数未填写，无法计算执行率",
            ),
            (
                "万元",
                "5",
                "—",
                "—",
                "—",
                "预算数或执行数写的不是数字，无法计算执行率",
            ),
        ],
    );
}

#[test]
fn a_rate_shown_with_one_decimal_gives_another_score() {
    let short = edition(|policy| policy.execution.rate.digits = 1);
    let score = execution(&short, "10000", "9944");
    assert_eq!(shown(score.shown_rate), "99.4");
    assert_eq!(shown(score.score), "9.94");
    let score = execution(&short, "10000", "9946");
    assert_eq!(shown(score.score), "9.95");
    assert_eq!(shown(score.score_from_shown), "9.95");
    let score = execution(&short, "100000", "94440");
    assert_eq!(
        (shown(score.score), shown(score.score_from_shown)),
        ("9.44".into(), "9.44".into())
    );
    assert_eq!(
        score.working.to_string(),
        "94,440.00 ÷ 100,000.00 = 94.44%，× 10 = 9.44"
    );
}

#[test]
fn without_a_cap_the_score_follows_the_rate() {
    let open = edition(|policy| policy.execution.capped = false);
    assert_eq!(shown(execution(&open, "100", "120").score), "12.00");
}

#[test]
fn fixed_scores_by_bands() {
    let jiangxi = edition(|policy| {
        let band = |from, score| ExecutionBand { from, score };
        policy.execution.method = ExecutionMethod::Tiered(vec![
            band(dec!(100), dec!(10)),
            band(dec!(80), dec!(7)),
            band(dec!(60), dec!(5)),
        ]);
    });
    check(
        &jiangxi,
        &[
            (
                "100",
                "100",
                "100.00",
                "10.00",
                "10.00",
                "100.00 ÷ 100.00 = 100.00%，达到 100% 一档，得 10.00",
            ),
            (
                "100",
                "99.99",
                "99.99",
                "7.00",
                "7.00",
                "99.99 ÷ 100.00 = 99.99%，达到 80% 一档，得 7.00",
            ),
            (
                "1000000",
                "999999",
                "100.00",
                "7.00",
                "10.00",
                "999,999.00 ÷ 1,000,000.00 = 100.00%，达到 80% 一档，得 7.00",
            ),
            (
                "100",
                "60",
                "60.00",
                "5.00",
                "5.00",
                "60.00 ÷ 100.00 = 60.00%，达到 60% 一档，得 5.00",
            ),
            (
                "100",
                "59.99",
                "59.99",
                "0.00",
                "0.00",
                "59.99 ÷ 100.00 = 59.99%，低于各档，得 0.00",
            ),
        ],
    );
}

#[test]
fn a_budget_of_zero_is_as_the_edition_says() {
    for (zero, executed, rate, score) in [
        (ZeroBudget::Open, "0", "—", "—"),
        (ZeroBudget::Zero, "0", "0.00", "0.00"),
        (ZeroBudget::Full, "0", "100.00", "10.00"),
        (ZeroBudget::Full, "1", "—", "—"),
    ] {
        let edition = edition(|policy| policy.execution.zero_budget = zero);
        let outcome = execution(&edition, "0", executed);
        assert_eq!(
            (shown(outcome.shown_rate), shown(outcome.score)),
            (rate.into(), score.into()),
            "{zero:?}"
        );
        assert!(!outcome.working.to_string().is_empty());
    }
    assert_eq!(execution(&usual(), "-10", "5").score, None);
}

#[test]
fn the_first_forms_divide_by_the_initial_budget() {
    let oldest = edition(|policy| policy.execution.denominator = "initial".into());
    let project = with_funds(
        &oldest,
        &[("initial", "200"), ("adjusted", "100"), ("executed", "100")],
    );
    let outcome = score_project(&project, &oldest).execution;
    assert_eq!(shown(outcome.shown_rate), "50.00");
}

#[test]
fn a_unit_inside_the_cell_is_converted() {
    let score = execution(&usual(), "100万元", "620000");
    assert_eq!(shown(score.shown_rate), "62.00");
}

#[test]
fn filed_points_stand_before_those_of_the_edition() {
    let filed = |weight: &str, by_edition| {
        let edition = edition(|policy| policy.execution.weight = by_edition);
        let project = with_funds(
            &edition,
            &[
                ("adjusted", "100"),
                ("executed", "50"),
                ("weight", weight),
                ("score", "4"),
            ],
        );
        let outcome = score_project(&project, &edition).execution;
        assert_eq!(outcome.filed, Some(dec!(4)));
        (shown(outcome.weight), shown(outcome.score))
    };
    assert_eq!(filed("20", dec!(10)), ("20".into(), "10.00".into()));
    assert_eq!(filed("", dec!(10)), ("10".into(), "5.00".into()));
    assert_eq!(filed("", dec!(0)), ("—".into(), "—".into()));
    assert_eq!(filed("—", dec!(10)), ("—".into(), "—".into()));
}
