use jiping::{
    model::measure::Tier,
    score::{Share, Verdict, Why},
};
use rust_decimal::{Decimal, dec};

use super::*;

#[test]
fn a_tier_gives_a_band_and_never_a_score() {
    let older = edition(|policy| policy.tiers.partly_from = dec!(0.5));
    for (edition, tier, low, high, working) in [
        (
            usual(),
            Tier::Reached,
            dec!(0.8),
            dec!(1),
            "达成年度指标，得分区间 [8.00, 10.00]",
        ),
        (
            usual(),
            Tier::PartlyReached,
            dec!(0.6),
            dec!(0.8),
            "部分达成年度指标并具有一定效果，得分区间 [6.00, 8.00)",
        ),
        (
            older.clone(),
            Tier::PartlyReached,
            dec!(0.5),
            dec!(0.8),
            "部分达成年度指标并具有一定效果，得分区间 [5.00, 8.00)",
        ),
        (
            older,
            Tier::Missed,
            Decimal::ZERO,
            dec!(0.5),
            "未达成年度指标且效果较差，得分区间 [0.00, 5.00)",
        ),
    ] {
        let mut picked = row("保障情况", "有效保障", "有效保障", "10");
        picked.tier = Some(tier);
        let score = score_row(&edition, "社会效益指标", picked);
        assert_eq!(score.share, Some(Share::Band { tier, low, high }));
        assert_eq!(score.computed, None);
        assert_eq!(score.working.to_string(), working);
    }
}

#[test]
fn a_spelled_tier_counts_as_picked() {
    let score = score_row(
        &usual(),
        "社会效益指标",
        row("保障情况", "有效保障", "达成预期指标", "10"),
    );
    assert_eq!(score.verdict, Verdict::Met);
    let missed = score_row(
        &usual(),
        "社会效益指标",
        row("保障情况", "有效保障", "未达成年度指标且效果较差", "10"),
    );
    assert_eq!(missed.verdict, Verdict::Missed);
}

#[test]
fn an_actual_value_that_repeats_its_target_is_not_ranked() {
    for (target, actual, unranked) in [
        ("有效保障", "有效保障。", true),
        ("不超过全年预算数", "未超过全年预算数", true),
        ("不超过全年预算数", "超过全年预算数", false),
        ("完成年度申报管理", "已完成年度申报管理", true),
        ("是", "是", true),
        ("是", "否", false),
        ("合规", "基本合规", false),
        ("……", "。。。", false),
    ] {
        let score = score_row(&usual(), "质量指标", row("指标", target, actual, "10"));
        assert_eq!(score.unranked, unranked, "{target} / {actual}");
        assert_eq!(score.verdict, Verdict::Open(Why::NoTier));
        assert_eq!(score.computed, None);
    }
}

#[test]
fn the_nature_column_makes_a_number_qualitative() {
    let mut filed = row("保障情况", "100%", "100%", "10");
    filed.nature = "定性".into();
    let score = score_row(&usual(), "质量指标", filed);
    assert_eq!(score.verdict, Verdict::Open(Why::NoTier));
}

#[test]
fn a_person_may_judge_a_date_by_tier() {
    let mut judged = row("完工时间", "年底", "基本按时", "10");
    judged.tier = Some(Tier::PartlyReached);
    let score = score_row(&usual(), "时效指标", judged);
    assert_eq!(score.verdict, Verdict::Missed);
    assert!(matches!(score.share, Some(Share::Band { .. })));
}
