//! 计分办法 of single indicators: worked examples, how they are read from the words of forms, and what holds for all of them.

use jiping::model::{
    edition::{IndicatorColumn, IndicatorRole},
    method::{Award, Away, Band, BandOn, Bands, Deduct, Method, Side},
    policy::EqualTarget,
};
use proptest::prelude::*;
use rust_decimal::dec;

use super::*;

/// 计分办法, 指标值, 实际完成值, 分值, 得分, 测算过程.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

fn check(name: &str, table: &[Line]) {
    for (method, target, actual, weight, points, working) in table {
        let mut row = row(name, target, actual, weight);
        row.method = (*method).into();
        let score = score_row(&usual(), "质量指标", row);
        assert_eq!(
            (
                shown(score.computed).as_str(),
                score.working.to_string().as_str()
            ),
            (*points, *working),
            "{method}: {target} / {actual}"
        );
    }
}

/// 满意度赋分: 1.5, "≥90 → full, 80–90 → 8, 60–80 → 5, <60 → 0 of 10".
#[test]
fn satisfaction_by_bands() {
    const M: &str = "满意度≥90%得满分，80%（含）-90%得8分，60%-80%得5分，60%以下不得分";
    check(
        "服务对象满意度",
        &[
            (
                M,
                "≥90%",
                "95%",
                "10",
                "10.00",
                "实际完成值 95，在 90 以上一档，得 10.00",
            ),
            (
                M,
                "≥90%",
                "90%",
                "10",
                "10.00",
                "实际完成值 90，在 90 以上一档，得 10.00",
            ),
            (
                M,
                "≥90%",
                "89.99%",
                "10",
                "8.00",
                "实际完成值 89.99，在 80～90 一档，得 8.00",
            ),
            (
                M,
                "≥85%",
                "87%",
                "10",
                "8.00",
                "实际完成值 87，在 80～90 一档，得 8.00",
            ),
            (
                M,
                "≥90%",
                "80%",
                "10",
                "8.00",
                "实际完成值 80，在 80～90 一档，得 8.00",
            ),
            (
                M,
                "≥90%",
                "60%",
                "10",
                "5.00",
                "实际完成值 60，在 60～80 一档，得 5.00",
            ),
            (
                M,
                "≥90%",
                "59%",
                "10",
                "0.00",
                "实际完成值 59，在 60 以下一档，得 0.00",
            ),
            // Never more than the weight.
            (
                M,
                "≥90%",
                "85%",
                "5",
                "5.00",
                "实际完成值 85，在 80～90 一档，得 5.00",
            ),
            (
                M,
                "≥90%",
                "85",
                "10",
                "8.00",
                "实际完成值 85，在 80～90 一档，得 8.00",
            ),
            (
                M,
                "≥90%",
                "满意",
                "10",
                "—",
                "实际完成值与指标值一个是数字、一个是日期或文字，无法测算",
            ),
            (
                M,
                "≥90%",
                "95个",
                "10",
                "—",
                "实际完成值与指标值的单位不能换算，无法测算",
            ),
        ],
    );
}

/// B1: 成本控制率 ±10 % 5分, ±10–15 % 3分, ±15–20 % 1分, beyond 0.
#[test]
fn cost_control_by_bands_of_deviation() {
    const M: &str = "成本控制率±10%以内得5分；±10%～15%得3分；±15%～20%得1分；超过20%不得分";
    check(
        "成本控制",
        &[
            (
                M,
                "≤100万元",
                "100万元",
                "5",
                "5.00",
                "偏差 0%，在 10% 以下一档，得 5.00",
            ),
            (
                M,
                "≤100万元",
                "110万元",
                "5",
                "5.00",
                "偏差 10%，在 10% 以下一档，得 5.00",
            ),
            (
                M,
                "≤100万元",
                "89万元",
                "5",
                "3.00",
                "偏差 11%，在 10%～15% 一档，得 3.00",
            ),
            (
                M,
                "≤100万元",
                "1200000元",
                "5",
                "1.00",
                "偏差 20%，在 15%～20% 一档，得 1.00",
            ),
            (
                M,
                "≤100万元",
                "121万元",
                "5",
                "0.00",
                "偏差 21%，在 20% 以上一档，得 0.00",
            ),
            (
                M,
                "0万元",
                "1万元",
                "5",
                "—",
                "指标值为0，完成比例无法计算，请人工判分",
            ),
        ],
    );
}

/// 101号 完成比例赋分 with 及格线, and bands of completion with shares of the weight.
#[test]
fn degrees_of_completion() {
    const PASS: &str = "按完成比例计分，低于60%不得分";
    const SHARES: &str =
        "完成比例≥100%得满分；80%～100%得分值的80%；60%～80%得分值的50%；低于60%不得分";
    check(
        "举办培训",
        &[
            (
                "按完成比例计分",
                "≥10场",
                "5场",
                "10",
                "5.00",
                "5 ÷ 10 × 10 = 5.00",
            ),
            (PASS, "≥10场", "6场", "10", "6.00", "6 ÷ 10 × 10 = 6.00"),
            (
                PASS,
                "≥10场",
                "5场",
                "10",
                "0.00",
                "完成比例低于及格线，不得分",
            ),
            (
                SHARES,
                "≥12场",
                "12场",
                "15",
                "15.00",
                "完成比例 100%，在 100% 以上一档，得 15.00",
            ),
            (
                SHARES,
                "≥12场",
                "11场",
                "15",
                "12.00",
                "完成比例 91.67%，在 80%～100% 一档，得 12.00",
            ),
            (
                SHARES,
                "≥12场",
                "8场",
                "15",
                "7.50",
                "完成比例 66.67%，在 60%～80% 一档，得 7.50",
            ),
            (
                SHARES,
                "≥12场",
                "7场",
                "15",
                "0.00",
                "完成比例 58.33%，在 60% 以下一档，得 0.00",
            ),
        ],
    );
}

/// B1: 每降5%扣1分，扣完为止.
#[test]
fn points_off_for_every_step() {
    const FALL: &str = "每降5%扣1分，扣完为止";
    const WHOLE: &str = "每低于指标值5%扣1分（不足5%的不扣），扣完为止";
    const SHORT: &str = "每少一个扣2分";
    const BEYOND: &str = "每超过1天扣2分，扣完为止";
    const EITHER: &str = "每偏离指标值10%扣1分";
    check(
        "合格率",
        &[
            // A target in percent: percentage points.
            (FALL, "≥90%", "90%", "10", "10.00", "已达成，得满分 10"),
            (FALL, "≥90%", "85%", "10", "9.00", "10 − 1 档 × 1 = 9.00"),
            (FALL, "≥90%", "84%", "10", "8.00", "10 − 2 档 × 1 = 8.00"),
            (FALL, "≥90%", "10%", "10", "0.00", "10 − 16 档 × 1 = 0.00"),
            (WHOLE, "≥90%", "84%", "10", "9.00", "10 − 1 档 × 1 = 9.00"),
            (WHOLE, "≥90%", "86%", "10", "10.00", "已达成，得满分 10"),
            // Any other target: percent of the target.
            (FALL, "≥40个", "38个", "10", "9.00", "10 − 1 档 × 1 = 9.00"),
            (FALL, "≥40个", "37个", "10", "8.00", "10 − 2 档 × 1 = 8.00"),
            (SHORT, "≥10个", "7个", "10", "4.00", "10 − 3 档 × 2 = 4.00"),
            (SHORT, "≥10个", "12个", "10", "10.00", "已达成，得满分 10"),
            (
                BEYOND,
                "≤10天",
                "12天",
                "10",
                "6.00",
                "10 − 2 档 × 2 = 6.00",
            ),
            (BEYOND, "10天", "9天", "10", "10.00", "已达成，得满分 10"),
            (
                BEYOND,
                "10天",
                "20天",
                "10",
                "0.00",
                "10 − 10 档 × 2 = 0.00",
            ),
            (
                EITHER,
                "=100人",
                "125人",
                "10",
                "7.00",
                "10 − 3 档 × 1 = 7.00",
            ),
            (
                EITHER,
                "=100人",
                "80人",
                "10",
                "8.00",
                "10 − 2 档 × 1 = 8.00",
            ),
            (
                SHORT,
                "≥10个",
                "7吨",
                "10",
                "—",
                "实际完成值与指标值的单位不能换算，无法测算",
            ),
        ],
    );
    check(
        "完工时间",
        &[
            (
                "每晚1天扣0.5分",
                "2020年6月30日前",
                "2020年7月3日",
                "5",
                "3.50",
                "5 − 3 档 × 0.5 = 3.50",
            ),
            (
                "每逾期1个月扣1分",
                "2020年6月底",
                "2020年8月1日",
                "5",
                "3.00",
                "5 − 2 档 × 1 = 3.00",
            ),
            (
                "每晚1天扣0.5分",
                "2020年6月30日前",
                "2020年6月1日",
                "5",
                "5.00",
                "已达成，得满分 5",
            ),
        ],
    );
}

/// 101号 直接赋分（是/否）.
#[test]
fn all_or_nothing_by_numbers_and_by_words() {
    const M: &str = "达到得满分，未达到不得分";
    const NOT: &str = "未达到，按计分办法不得分";
    const FULL: &str = "已达成，得满分 10";
    check(
        "制度建设",
        &[
            (M, "≥10个", "9个", "10", "0.00", NOT),
            (M, "≥10个", "10个", "10", "10.00", FULL),
            (M, "是", "是", "10", "10.00", FULL),
            (M, "是", "否", "10", "0.00", NOT),
            (M, "完成", "未完成", "10", "0.00", NOT),
            (M, "出台管理办法", "已完成", "10", "10.00", FULL),
            (M, "出台管理办法", "部分完成", "10", "0.00", NOT),
            (M, "无责任事故", "无", "10", "10.00", FULL),
            (M, "未发生", "未发生。", "10", "10.00", FULL),
            (M, "有", "无", "10", "0.00", NOT),
            (M, "1项", "已完成", "10", "10.00", FULL),
            (
                M,
                "出台管理办法",
                "正在起草",
                "10",
                "—",
                "定性指标尚未判定完成档次，需人工判分",
            ),
        ],
    );
    check(
        "校舍安全事故",
        &[
            ("发生即不得分", "0起", "1起", "10", "0.00", NOT),
            ("发生即不得分", "0起", "0起", "10", "10.00", FULL),
        ],
    );
}

#[test]
fn what_a_person_gives_is_not_computed() {
    for method in ["人工判分", "视完成情况酌减"] {
        let mut row = row("举办培训", "≥10场", "7场", "10");
        row.method = method.into();
        let score = score_row(&usual(), "数量指标", row);
        assert_eq!(
            (verdict(&score), score.computed),
            ("未达成", None),
            "{method}"
        );
    }
}

#[test]
fn a_member_with_a_method_counts_by_its_part_of_the_groups_points() {
    let mut banded = row("满意度", "≥90%", "85%", "");
    banded.method = "≥90%得满分；80%～90%得2分".into();
    let mut steps = row("合格率", "≥90%", "85%", "");
    steps.method = "每降5%扣1分".into();
    let rows = [banded, steps, row("活动场次", "≥1场", "1场", "")];
    let score = score_group(&usual(), group("质量指标", "15", rows));
    // 2 of 5, 4 of 5, 5 of 5.
    assert_eq!(shown(score.computed), "11.00");
}

#[test]
fn an_edition_may_ask_for_equality() {
    let strict = edition(|policy| policy.equal = EqualTarget::Missed);
    for (actual, verdict_there, points) in [
        ("10个", "达成", "10.00"),
        ("9个", "未达成", "9.00"),
        ("12个", "未达成", "—"),
    ] {
        let score = score_row(&strict, "数量指标", row("数量", "=10个", actual, "10"));
        assert_eq!(
            (verdict(&score), shown(score.computed).as_str()),
            (verdict_there, points)
        );
    }
}

fn with_column(key: &str) -> Edition {
    let mut edition = usual();
    edition.indicators.columns.push(IndicatorColumn {
        role: IndicatorRole::Extra,
        caption: key.into(),
        key: key.into(),
        limit: None,
        width: None,
    });
    edition
}

/// V10's 得分计算方法, V13's 扣分 and V19's 单项得分 are further columns of the form.
#[test]
fn columns_of_the_form_that_say_how_a_row_is_scored() {
    for (key, text, target, actual, points, working) in [
        (
            "method",
            "每少1场扣2分",
            "≥10场",
            "7场",
            "4.00",
            "10 − 3 档 × 2 = 4.00",
        ),
        (
            "deduction",
            "1.5",
            "≥10场",
            "12场",
            "8.50",
            "已达成，得满分 10，扣 1.5，得 8.50",
        ),
        (
            "deduction",
            "0",
            "≥10场",
            "12场",
            "10.00",
            "已达成，得满分 10",
        ),
        (
            "deduction",
            "20",
            "≥10场",
            "12场",
            "0.00",
            "已达成，得满分 10，扣 20，得 0.00",
        ),
        (
            "single_score",
            "85",
            "有效保障",
            "基本保障",
            "8.50",
            "85 × 10% = 8.50",
        ),
        (
            "single_score",
            "85",
            "≥10场",
            "12场",
            "10.00",
            "已达成，得满分 10",
        ),
        (
            "single_score",
            "120",
            "有效保障",
            "基本保障",
            "—",
            "定性指标尚未判定完成档次，需人工判分",
        ),
    ] {
        let mut row = row("举办培训", target, actual, "10");
        row.extra.insert(key.into(), text.into());
        let score = score_row(&with_column(key), "数量指标", row);
        assert_eq!(
            (
                shown(score.computed).as_str(),
                score.working.to_string().as_str()
            ),
            (points, working),
            "{key} {text}"
        );
    }
}

/// The words of forms, and what they are understood as; nothing where a part is not understood.
#[test]
fn sentences_of_forms() {
    for (text, understood) in [
        ("达到得满分，未达到不得分。", "达到得满分，未达到不得分"),
        ("发生即不得分", "达到得满分，未达到不得分"),
        (
            "完成值达到指标值记满分，未达到按B/A乘以分值",
            "按完成比例计分",
        ),
        ("得分=实际完成值÷指标值×分值", "按完成比例计分"),
        ("按比例得分，60%以下不得分", "按完成比例计分，低于60%不得分"),
        ("专家评分", "人工判分"),
        (
            "90%以上得满分，80%-90%得8分，60%-80%得5分，60%以下不得分",
            "≥90%得满分；80%～90%得8分；60%～80%得5分；低于60%不得分",
        ),
        ("满意度≥90%，得10分", ""),
        (
            "满意度≥９０％得１０分；80%（含）—90%（不含）得8分",
            "≥90%得10分；80%～90%得8分；低于80%不得分",
        ),
        (
            "60%以下不得分；60%～80%得5分；80%以上得10分",
            "≥80%得10分；60%～80%得5分；低于60%不得分",
        ),
        (
            "3次以内得满分，3～5次得6分，超过5次不得分",
            "≤3次得满分；3次～5次得6分；超过5次不得分",
        ),
        (
            "偏差率不超过10%得5分，10%-15%得3分",
            "偏差≤10%得5分；10%～15%得3分；超过15%不得分",
        ),
        (
            "未达到每降低1个百分点扣0.5分",
            "每低于指标值1个百分点扣0.5分（不足1个百分点的按1个百分点计），扣完为止",
        ),
        (
            "每延迟一天扣1分，扣完为止",
            "每超过指标值1天扣1分（不足1天的按1天计），扣完为止",
        ),
        (
            "每降5%扣1分，不足5%不扣，扣完为止",
            "每低于指标值5%扣1分（不足5%的不扣），扣完为止",
        ),
        // Gaps, overlaps, rising points, other words.
        ("≥90%得满分；70%～80%得8分", ""),
        ("≥90%得满分；85%～95%得8分", ""),
        ("≥90%得5分；80%～90%得8分", ""),
        ("≥90%得满分；80%～90%酌情", ""),
        ("高于90%得满分", ""),
        ("80%（不含）～90%得8分；≥90%得满分", ""),
        ("≥90%得满分；80次～90次得8分", ""),
        ("每降0%扣1分", ""),
        ("同上", ""),
        ("视情况扣分", ""),
    ] {
        let read = Method::read(text).map_or_else(String::new, |method| method.to_string());
        assert_eq!(read, understood, "{text}");
    }
}

#[test]
fn methods_that_do_not_hold_together_say_why() {
    let bands = |on, side, bands: &[(i64, Award)]| {
        Method::Banded(Bands {
            on,
            side,
            unit: "%".into(),
            bands: bands
                .iter()
                .map(|(limit, award)| Band {
                    limit: (*limit).into(),
                    award: *award,
                })
                .collect(),
            rest: Award::NOTHING,
        })
    };
    let eight = Award::Points(dec!(8));
    let falling = [(90, Award::Full), (80, eight)];
    for (method, weight, problem) in [
        (bands(BandOn::Actual, Side::AtLeast, &falling), 10, None),
        (
            bands(BandOn::Actual, Side::AtLeast, &falling),
            5,
            Some("各档得分应在0和分值之间"),
        ),
        (
            bands(BandOn::Actual, Side::AtMost, &falling),
            10,
            Some("各档应由好到差排列，界限不能重复"),
        ),
        (
            bands(BandOn::Deviation, Side::AtLeast, &falling),
            10,
            Some("按偏差分档时，各档应写“不超过”的界限"),
        ),
        (
            bands(
                BandOn::Actual,
                Side::AtLeast,
                &[(90, eight), (80, Award::Points(dec!(9)))],
            ),
            10,
            Some("较差的一档得分不能更高"),
        ),
        (
            bands(BandOn::Actual, Side::AtLeast, &[]),
            10,
            Some("至少要有一档"),
        ),
        (
            Method::Proportional {
                pass: Some(dec!(120)),
            },
            10,
            Some("及格线应大于0、不超过100%"),
        ),
        (
            Method::Deduct(Deduct {
                away: Away::Short,
                every: dec!(5),
                unit: "%".into(),
                points: dec!(20),
                begun: true,
            }),
            10,
            Some("每档扣分不能超过分值"),
        ),
    ] {
        assert_eq!(method.problem(Some(weight.into())), problem, "{method}");
    }
}

fn award() -> impl Strategy<Value = Award> {
    prop_oneof![
        (0_u32..=100).prop_map(|points| Award::Points(Decimal::new(points.into(), 1))),
        (1_u32..=100).prop_map(|percent| Award::Share(percent.into())),
        Just(Award::Full),
    ]
}

fn any_method() -> impl Strategy<Value = Method> {
    let limits = prop::collection::btree_set(1_i64..2000, 1..5);
    let unit = prop::sample::select(vec!["%", "次", "个", ""]);
    let banded = (
        prop::sample::select(vec![BandOn::Actual, BandOn::Completion, BandOn::Deviation]),
        any::<bool>(),
        limits,
        prop::collection::vec(award(), 6),
        unit,
    )
        .prop_map(|(on, more, limits, awards, unit)| {
            let side = if more && on != BandOn::Deviation {
                Side::AtLeast
            } else {
                Side::AtMost
            };
            let mut limits: Vec<Decimal> = limits
                .into_iter()
                .map(|limit| Decimal::new(limit, 1))
                .collect();
            if side == Side::AtLeast {
                limits.reverse();
            }
            let rest = awards[limits.len()];
            let bands = limits.into_iter().zip(awards);
            Method::Banded(Bands {
                on,
                side,
                unit: if on == BandOn::Actual { unit } else { "%" }.into(),
                bands: bands.map(|(limit, award)| Band { limit, award }).collect(),
                rest,
            })
        });
    let deduct = (
        prop::sample::select(vec![Away::Short, Away::Beyond, Away::Either]),
        1_i64..100,
        prop::sample::select(vec!["%", "个百分点", "个", "天", "万元"]),
        1_i64..50,
        any::<bool>(),
    )
        .prop_map(|(away, every, unit, points, begun)| {
            Method::Deduct(Deduct {
                away,
                every: Decimal::new(every, 1),
                unit: unit.into(),
                points: Decimal::new(points, 1),
                begun,
            })
        });
    prop_oneof![
        4 => banded,
        3 => deduct,
        1 => (1_i64..=100).prop_map(|pass| Method::Proportional { pass: Some(pass.into()) }),
        1 => prop::sample::select(vec![Method::Proportional { pass: None }, Method::YesNo, Method::Direct]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_sound_method_is_read_back_from_its_own_words(method in any_method()) {
        prop_assume!(method.problem(None).is_none());
        // A band that earns nothing cannot be told from what lies outside.
        if let Method::Banded(bands) = &method {
            let first = bands.bands.first().expect("a band").award;
            prop_assume!(first.of(dec!(10)).is_some_and(|points| points > Decimal::ZERO));
        }
        prop_assert_eq!(Method::read(&method.to_string()), Some(method));
    }

    #[test]
    fn by_any_method_a_score_lies_between_nothing_and_the_points_and_more_is_never_worth_less(
        method in any_method(),
        target in 1_u32..200,
        one in 0_u32..400,
        other in 0_u32..400,
        weight in 0_u32..30,
        unit in prop::sample::select(vec!["%", "个", "次"]),
    ) {
        prop_assume!(method.problem(Some(weight.into())).is_none());
        let edition = usual();
        let of = |sign: &str, actual: u32| {
            let mut row = row("指标", &format!("{sign}{target}{unit}"), &format!("{actual}{unit}"), &weight.to_string());
            row.method = method.to_string().as_str().into();
            score_row(&edition, "质量指标", row).computed
        };
        let (low, high) = (one.min(other), one.max(other));
        for (sign, worse, better) in [("≥", low, high), ("≤", high, low)] {
            let (worse, better) = (of(sign, worse), of(sign, better));
            for score in [worse, better].into_iter().flatten() {
                prop_assert!(score >= Decimal::ZERO && score <= weight.into());
            }
            let turned = match &method {
                Method::Banded(bands) => bands.on == BandOn::Deviation
                    || (bands.side == Side::AtMost) != (sign == "≤"),
                Method::Deduct(deduct) => match deduct.away {
                    Away::Either => true,
                    Away::Short => sign == "≤",
                    Away::Beyond => sign == "≥",
                },
                _ => false,
            };
            if !turned && worse.is_some() && better.is_some() {
                prop_assert!(worse <= better, "{method} {sign} {worse:?} {better:?}");
            }
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in ".{0,60}", words in prop::collection::vec(
        prop::sample::select(vec!["每", "降", "5%", "扣", "1", "分", "得", "满分", "≥", "～", "80", "以上", "（", "）", "；", "不", "低于", "含", "，"]), 0..20)) {
        for text in [text, words.concat()] {
            if let Some(method) = Method::read(&text) {
                prop_assert!(method.problem(None).is_none());
                prop_assert_eq!(Method::read(&method.to_string()), Some(method));
            }
        }
    }
}
