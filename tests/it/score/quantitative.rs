use jiping::{
    model::{
        measure::Comparator,
        policy::{ForwardFormula, MissedDate, ReverseFormula, Rounding, RoundingMode},
    },
    score::{Over, Share, Verdict, Why},
};
use rust_decimal::dec;

use super::*;

/// Name, target, actual value, verdict, score of 10 points.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

fn check(edition: &Edition, caption: &str, table: &[Line]) {
    for (name, target, actual, expected, points) in table {
        let score = score_row(edition, caption, row(name, target, actual, "10"));
        assert_eq!(
            (verdict(&score), shown(score.computed).as_str()),
            (*expected, *points),
            "{name}: {target} / {actual} ({})",
            score.working
        );
    }
}

#[test]
fn numbers_against_numbers() {
    check(
        &usual(),
        "数量指标",
        &[
            ("年度课题数量", "10", "7", "未达成", "7.00"),
            ("年度课题数量", "≥10个", "10个", "达成", "10.00"),
            ("年度课题数量", "≥10个", "12", "达成", "10.00"),
            ("年度课题数量", "≥10个", "≥12个", "达成", "10.00"),
            ("年度课题数量", "≥3个", "1个", "未达成", "3.33"),
            ("年度课题数量", "≥3个", "2个", "未达成", "6.67"),
            ("年度课题数量", "≥10个", "-5个", "未达成", "0.00"),
            ("年度课题数量", "=10个", "9个", "未达成", "9.00"),
            ("年度课题数量", "=10个", "11个", "达成", "10.00"),
            ("等待天数", "≤100天", "100天", "达成", "10.00"),
            ("等待天数", "≤100天", "150天", "未达成", "5.00"),
            ("等待天数", "≤100天", "199天", "未达成", "0.10"),
            ("等待天数", "≤100天", "200天", "未达成", "0.00"),
            ("等待天数", "≤100天", "-1天", "达成", "10.00"),
            ("服务对象投诉次数", "1次", "0", "达成", "10.00"),
            ("服务对象投诉次数", "2次", "3次", "未达成", "5.00"),
            ("投诉处理率", "100%", "90%", "未达成", "9.00"),
        ],
    );
    check(
        &usual(),
        "成本指标",
        &[
            ("维护成本", "160万元", "386万元", "未达成", "0.00"),
            ("维护成本", "160万元", "1500000元", "达成", "10.00"),
            ("维护成本", "160万元以内", "200万元", "未达成", "7.50"),
        ],
    );
}

#[test]
fn targets_of_zero_and_below_form_no_ratio() {
    check(
        &usual(),
        "质量指标",
        &[
            ("安全事故", "0起", "0起", "达成", "10.00"),
            ("安全事故", "0起", "1起", "未达成", "0.00"),
            ("安全事故", "≤0起", "1起", "未达成", "0.00"),
            ("差额", "=0", "0", "达成", "10.00"),
            ("差额", "=0", "-1", "达成", "10.00"),
            ("差额", "=0", "1", "未达成", "0.00"),
            ("新增户数", "≥0户", "0户", "达成", "10.00"),
            ("新增户数", "≥0户", "-1户", "未达成", "0.00"),
            ("利润增长", "≥-5%", "-3%", "达成", "10.00"),
            ("利润增长", "≥-5%", "-6%", "未达成", "0.00"),
            ("利润增长", "=-5%", "-4%", "未达成", "0.00"),
            ("温度变化", "≤-2", "-3", "达成", "10.00"),
            ("温度变化", "≤-2", "0", "未达成", "0.00"),
        ],
    );
}

#[test]
fn more_than_and_less_than_exclude_the_number_unless_the_edition_says_otherwise() {
    let table = |at_the_bound, points| {
        [
            ("覆盖村数", ">10个", "10个", at_the_bound, points),
            ("覆盖村数", ">10个", "11个", "达成", "10.00"),
            ("覆盖村数", ">10个", "9个", "未达成", "9.00"),
            ("等待天数", "<5天", "5天", at_the_bound, points),
            ("等待天数", "<5天", "4天", "达成", "10.00"),
        ]
    };
    check(&usual(), "数量指标", &table("未达成", "—"));
    let loose = edition(|policy| policy.strict_comparators = false);
    check(&loose, "数量指标", &table("达成", "10.00"));
}

#[test]
fn formulas_of_the_editions() {
    let ratio = edition(|policy| policy.reverse = ReverseFormula::Ratio);
    check(
        &ratio,
        "数量指标",
        &[
            ("等待天数", "≤100天", "150天", "未达成", "6.67"),
            ("等待天数", "≤100天", "400天", "未达成", "2.50"),
        ],
    );
    let steps = edition(|policy| {
        policy.reverse = ReverseFormula::Steps {
            every_percent: dec!(5),
            deduct: dec!(1),
        };
    });
    check(
        &steps,
        "数量指标",
        &[
            ("等待天数", "≤100天", "101天", "未达成", "9.00"),
            ("等待天数", "≤100天", "105天", "未达成", "9.00"),
            ("等待天数", "≤100天", "106天", "未达成", "8.00"),
            ("等待天数", "≤100天", "300天", "未达成", "0.00"),
        ],
    );
    let pass_mark = edition(|policy| policy.forward = ForwardFormula::ProportionalFrom(dec!(0.6)));
    check(
        &pass_mark,
        "数量指标",
        &[
            ("年度课题数量", "≥10个", "6个", "未达成", "6.00"),
            ("年度课题数量", "≥10个", "5个", "未达成", "0.00"),
        ],
    );
    let all = edition(|policy| policy.forward = ForwardFormula::AllOrNothing);
    check(
        &all,
        "数量指标",
        &[("年度课题数量", "≥10个", "9个", "未达成", "0.00")],
    );
}

#[test]
fn truncation_keeps_what_is_exact() {
    let truncated = edition(|policy| {
        policy.rounding = Rounding {
            mode: RoundingMode::Truncate,
            digits: 2,
        };
    });
    for (target, actual, weight, points) in [
        ("≥3", "2", "10", "6.66"),
        ("≥3", "2", "15", "10.00"),
        ("≥7", "3", "7", "3.00"),
    ] {
        let score = score_row(
            &truncated,
            "数量指标",
            row("课题数量", target, actual, weight),
        );
        assert_eq!(shown(score.computed), points, "{target} {actual} {weight}");
    }
    let whole = edition(|policy| policy.rounding.digits = 0);
    let score = score_row(&whole, "数量指标", row("课题数量", "≥3", "2", "10"));
    assert_eq!(shown(score.computed), "7");
}

#[test]
fn units_that_cannot_be_compared_leave_the_row_open() {
    for (target, actual, why) in [
        ("95%", "20个", Why::DifferentUnits),
        ("160万元", "3次", Why::DifferentUnits),
        ("≥50个", "已完成", Why::DifferentKinds),
        ("≥50个", "2020年9月", Why::DifferentKinds),
        ("≥50个", "50～60个", Why::Range),
        ("80～90人", "95人", Why::Range),
        ("", "5", Why::NoTarget),
        ("≥50个", "", Why::NoActual),
    ] {
        let score = score_row(&usual(), "数量指标", row("数量", target, actual, "10"));
        assert_eq!(score.verdict, Verdict::Open(why), "{target} / {actual}");
        assert_eq!((score.share, score.computed), (None, None));
        assert!(!score.working.to_string().is_empty());
    }
    for (target, actual) in [
        ("20场", "20"),
        ("20", "20场"),
        ("20场", "20次"),
        ("2万人", "20000人次"),
    ] {
        let score = score_row(&usual(), "数量指标", row("数量", target, actual, "10"));
        assert_eq!(score.verdict, Verdict::Met, "{target} / {actual}");
    }
}

#[test]
fn ranges() {
    check(
        &usual(),
        "数量指标",
        &[
            ("参训人数", "80～90人", "80人", "达成", "10.00"),
            ("参训人数", "80～90人", "90人", "达成", "10.00"),
            ("参训人数", "80～90人", "40人", "未达成", "5.00"),
            ("参训人数", "80～90人", "91人", "不能判断", "—"),
            ("参训人数", "≥80～90人", "95人", "达成", "10.00"),
            ("投诉次数", "1～2次", "0次", "达成", "10.00"),
            ("投诉次数", "1～2次", "3次", "未达成", "5.00"),
        ],
    );
}

#[test]
fn dates_are_met_or_missed_and_never_divided() {
    let due = |target: &'static str, actual: &'static str, verdict, points| {
        ("完工时间", target, actual, verdict, points)
    };
    let table = [
        due("2020年12月31日前", "2020年12月31日", "达成", "10.00"),
        due("9月底", "2020年9月12日", "达成", "10.00"),
        due("9月底", "9月", "达成", "10.00"),
        due("9月前", "8月31日", "达成", "10.00"),
        due("9月前", "9月前", "达成", "10.00"),
        due("9月前", "9月15日", "不能判断", "—"),
        due("2020年6月", "2020年7月1日", "未达成", "—"),
        due("年底", "及时", "不能判断", "—"),
        due("年底", "12", "不能判断", "—"),
    ];
    check(&usual(), "时效指标", &table);
    let nothing = edition(|policy| policy.missed_date = MissedDate::Nothing);
    check(
        &nothing,
        "时效指标",
        &[due("2020年6月", "2020年7月1日", "未达成", "0.00")],
    );
    let monthly = edition(|policy| policy.missed_date = MissedDate::PerMonth(dec!(2)));
    check(
        &monthly,
        "时效指标",
        &[
            due("6月底", "2020年7月1日", "未达成", "8.00"),
            due("6月底", "2020年7月31日", "未达成", "8.00"),
            due("6月底", "2020年8月1日", "未达成", "6.00"),
            due("6月15日", "2020年7月15日", "未达成", "8.00"),
            due("6月15日", "2020年7月16日", "未达成", "6.00"),
            due("6月底", "2021年6月30日", "未达成", "0.00"),
        ],
    );
    let late = score_row(
        &monthly,
        "时效指标",
        row("完工时间", "6月底", "8月3日", "10"),
    );
    assert_eq!(late.share, Some(Share::Deduct(dec!(4))));
    assert_eq!(late.working.to_string(), "10 − 2 个月 × 2 = 6.00");
}

#[test]
fn over_fulfilment_exists_only_where_more_is_possible() {
    let over = |name, target, actual| {
        score_row(&usual(), "数量指标", row(name, target, actual, "10")).over
    };
    for (name, target, actual, expected) in [
        ("参加招才引智活动", "2场", "10场", Over::Ratio(dec!(5))),
        ("活动场次", "≥4场", "5场", Over::Ratio(dec!(1.25))),
        ("活动场次", "=4场", "8场", Over::Ratio(dec!(2))),
        ("税收增长率", "≥5%", "10%", Over::Ratio(dec!(2))),
        ("新增户数", "≥0户", "40户", Over::BeyondZero(dec!(40))),
    ] {
        assert_eq!(over(name, target, actual), Some(expected), "{name}");
    }
    for (name, target, actual) in [
        ("服务对象投诉次数", "≤1次", "0"),
        ("安全事故", "0", "0"),
        ("受众人员满意度", "90%", "99%"),
        ("项目完成率", "80", "100"),
        ("完工时间", "9月底", "8月1日"),
        ("活动场次", "4场", "4场"),
        ("活动场次", "≥4场", "3场"),
        ("参训人数", "80～90人", "85人"),
    ] {
        assert_eq!(over(name, target, actual), None, "{name}");
    }
}

#[test]
fn the_comparator_in_force_stands_in_a_column_or_the_target_or_is_assumed() {
    let mut filed = row("覆盖率", "95", "96", "10");
    filed.nature = "≤".into();
    filed.unit = "%".into();
    let score = score_row(&usual(), "数量指标", filed);
    assert_eq!(score.comparator, Some(Comparator::AtMost));
    assert_eq!(score.verdict, Verdict::Missed);
    for (name, target, caption, expected) in [
        ("覆盖率", ">95%", "质量指标", Comparator::MoreThan),
        ("覆盖率", "95%", "质量指标", Comparator::AtLeast),
        ("车辆购置费", "20万元", "成本指标", Comparator::AtMost),
        ("设备故障次数", "2次", "质量指标", Comparator::AtMost),
    ] {
        let score = score_row(&usual(), caption, row(name, target, "1", "10"));
        assert_eq!(score.comparator, Some(expected), "{name}");
    }
}

#[test]
fn the_working_can_be_read_aloud() {
    for (target, actual, expected) in [
        ("≥10个", "7个", "7 ÷ 10 × 15 = 10.50"),
        ("≤100天", "150天", "(1 − (150 − 100) ÷ 100) × 15 = 7.50"),
        ("≤100天", "90天", "已达成，得满分 15"),
        ("≤100天", "250天", "达到指标值的两倍及以上，不得分"),
        (
            "有效保障",
            "有效保障",
            "定性指标尚未判定完成档次，需人工判分",
        ),
    ] {
        let score = score_row(&usual(), "数量指标", row("指标", target, actual, "15"));
        assert_eq!(score.working.to_string(), expected);
    }
}
