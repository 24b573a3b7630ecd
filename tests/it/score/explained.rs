//! What the popover and `jiping-cli score` say about a number.

use jiping::{
    model::{
        path::{BlockField, IndicatorField, Place, StatedField},
        policy::{ExecutionBand, ExecutionMethod, NotApplicablePolicy, ReverseFormula},
    },
    score::{Explained, explained},
};
use rust_decimal::dec;

use super::*;

fn explain(edition: &Edition, project: &Project, place: &Place) -> Option<Explained> {
    explained(project, edition, &score_project(project, edition), place)
}

fn of_row(edition: &Edition, row: Indicator) -> Explained {
    let place = Place::Indicator(row.id, IndicatorField::Score);
    let project = form(edition, [group("数量指标", "", [row])]);
    explain(edition, &project, &place).expect("explained")
}

/// 指标值, 实际完成值, 计分办法 → 公式, 结果, 依据是否核实.
#[test]
fn a_row_shows_its_formula_its_numbers_and_what_stands_behind() {
    let ratio = edition(|policy| policy.reverse = ReverseFormula::Ratio);
    for (edition, target, actual, method, formula, result, verified) in [
        (
            usual(),
            "≥10个",
            "7个",
            "",
            "得分＝实际完成值÷指标值×分值",
            "7 ÷ 10 × 15 = 10.50",
            true,
        ),
        (
            usual(),
            "≥10个",
            "12个",
            "",
            "达到指标值得满分",
            "已达成，得满分 15",
            true,
        ),
        (
            usual(),
            "≤100天",
            "150天",
            "",
            "得分＝[1−(实际完成值−指标值)÷指标值]×分值，达到指标值两倍为0",
            "(1 − (150 − 100) ÷ 100) × 15 = 7.50",
            true,
        ),
        (
            ratio,
            "≤100天",
            "150天",
            "",
            "得分＝指标值÷实际完成值×分值",
            "100 ÷ 150 × 15 = 10.00",
            true,
        ),
        (
            usual(),
            "有效保障",
            "有效保障",
            "",
            "达成年度指标得分值的100%～80%，部分达成得80%（不含）～60%，未达成得60%（不含）～0%",
            "定性指标尚未判定完成档次，需人工判分",
            true,
        ),
        (
            usual(),
            "≥90%",
            "85%",
            "每降5%扣1分",
            "按计分办法：每低于指标值5%扣1分（不足5%的按5%计），扣完为止",
            "15 − 1 档 × 1 = 14.00",
            true,
        ),
    ] {
        let mut row = row("指标", target, actual, "15");
        row.method = method.into();
        let said = of_row(&edition, row);
        assert_eq!(
            (said.formula.as_str(), said.result.as_str()),
            (formula, result)
        );
        assert_eq!(said.verified, verified, "{formula}");
        assert_eq!(said.rounding, "四舍五入，保留2位小数");
        assert!(!said.basis.is_empty());
        let actual = ("实际完成值".to_owned(), actual.to_owned());
        assert!(said.inputs.contains(&actual), "{:?}", said.inputs);
    }
}

#[test]
fn an_assumed_comparator_is_told() {
    let said = of_row(&usual(), row("投诉次数", "2次", "3次", "10"));
    let comparator = ("计算符号".to_owned(), "≤（未写，按此理解）".to_owned());
    assert!(said.inputs.contains(&comparator), "{:?}", said.inputs);
}

#[test]
fn a_group_names_the_members_that_are_not_met() {
    let rows = [
        row("活动场次", "≥1场", "1场", ""),
        row("课题数量", "10", "7", ""),
    ];
    let group = group("数量指标", "10", rows);
    let place = Place::Group(group.id, BlockField::Score);
    let said = explain(&usual(), &form(&usual(), [group]), &place).expect("explained");
    assert_eq!(said.result, "(1 + 7 ÷ 10) ÷ 2 × 10 = 8.50");
    assert!(
        said.inputs
            .contains(&("课题数量".into(), "目标10，实际7".into()))
    );
    assert!(!said.verified, "how a group is divided is a convention");
}

#[test]
fn the_execution_tells_both_scores_where_the_shown_rate_gives_another() {
    let funds = [("adjusted", "4764453.11"), ("executed", "4614453.11")];
    let project = with_funds(&usual(), &funds);
    let row = project.funds.first().expect("a row").id;
    let said = explain(&usual(), &project, &Place::Fund(row, "score".into())).expect("explained");
    assert!(said.formula.contains("最高不超过分值"), "{}", said.formula);
    assert!(
        said.rounding
            .ends_with("由表中执行率计算为9.68，两者都可以"),
        "{}",
        said.rounding
    );
    let rate = explain(&usual(), &project, &Place::Fund(row, "rate".into())).expect("explained");
    assert_eq!(rate.result, "4,614,453.11 ÷ 4,764,453.11 = 96.85%");
    assert_eq!(
        explain(&usual(), &project, &Place::Fund(row, "adjusted".into())),
        None
    );
    // 江西
    let tiered = edition(|policy| {
        let band = |from, score| ExecutionBand { from, score };
        policy.execution.method = ExecutionMethod::Tiered(vec![
            band(dec!(100), dec!(10)),
            band(dec!(80), dec!(7)),
            band(dec!(0), dec!(0)),
        ]);
    });
    let said = explain(&tiered, &project, &Place::Fund(row, "score".into())).expect("explained");
    assert_eq!(
        said.formula,
        "按执行率分档计分：≥100%得10分，≥80%得7分，≥0%得0分"
    );
}

#[test]
fn total_and_rating() {
    let per_hundred = edition(|policy| policy.not_applicable = NotApplicablePolicy::PerHundred);
    let mut filed = row("课题数量", "≥10个", "9个", "70");
    filed.score = "63".into();
    let waived = row("不适用", "不适用", "", "—");
    let project = form(
        &per_hundred,
        [
            group("数量指标", "", [filed]),
            group("生态效益指标", "", [waived]),
        ],
    );
    let said = |edition: &Edition, field| {
        explain(edition, &project, &Place::Stated(field)).expect("explained")
    };
    let total = said(&per_hundred, StatedField::TotalScore);
    assert_eq!(total.result, "63 ÷ 80 × 100 = 78.75");
    assert!(total.verified);
    assert_eq!(said(&usual(), StatedField::TotalScore).result, "63");
    let rating = said(&usual(), StatedField::Rating);
    assert_eq!(
        rating.formula,
        "按总分所在的区间定等级：优≥90，良≥80，中≥60，差≥0"
    );
    assert_eq!(rating.result, "63分，评为“中”");
}
