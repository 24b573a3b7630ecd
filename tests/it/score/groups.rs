use jiping::{
    model::{
        measure::Tier,
        policy::{GroupMembers, MissedDate},
    },
    score::Verdict,
};
use rust_decimal::dec;

use super::*;

fn met(number: usize) -> impl Iterator<Item = Indicator> {
    std::iter::repeat_with(|| row("活动场次", "≥1场", "1场", "")).take(number)
}

#[test]
fn a_group_that_is_met_gives_exactly_its_points() {
    for (points, members) in [("15", 13), ("10", 15), ("30", 11), ("10", 3), ("3.14", 7)] {
        let score = score_group(&usual(), group("数量指标", points, met(members)));
        let expected: Decimal = points.parse().expect("a number");
        assert_eq!(score.computed, Some(expected), "{points} ÷ {members}");
    }
}

#[test]
fn one_member_missed_is_rounded_once() {
    let rows = met(14).chain([row("年度课题数量", "10", "7", "")]);
    let score = score_group(&usual(), group("数量指标", "15", rows));
    assert_eq!(shown(score.computed), "14.70");
    assert_eq!(score.working.to_string(), "(14 + 7 ÷ 10) ÷ 15 × 15 = 14.70");
}

#[test]
fn members_count_at_most_once_and_at_least_nothing() {
    let rows = [
        row("活动场次", "≥2场", "10场", ""),
        row("课题数量", "≥3个", "1个", ""),
        row("报告数量", "≥3个", "1个", ""),
        row("安全事故", "0起", "2起", ""),
    ];
    let score = score_group(&usual(), group("数量指标", "12", rows));
    assert_eq!(shown(score.computed), "5.00");
    assert_eq!(
        score.working.to_string(),
        "(1 + 1 ÷ 3 + 1 ÷ 3) ÷ 4 × 12 = 5.00"
    );
}

#[test]
fn a_member_that_repeats_its_target_counts_as_met() {
    let rows = met(2).chain([row("后勤合规性", "合规", "合规", "")]);
    let score = score_group(&usual(), group("质量指标", "10", rows));
    assert_eq!(shown(score.computed), "10.00");
    assert!(score.members[2].unranked);
}

#[test]
fn a_member_that_cannot_be_judged_leaves_the_group_open() {
    let mut picked = row("后勤合规性", "合规", "合规", "");
    picked.tier = Some(Tier::Reached);
    for member in [
        picked,
        row("后勤合规性", "合规", "基本合规", ""),
        row("完工时间", "年底", "及时", ""),
        row("课题数量", "≥3个", "", ""),
    ] {
        let score = score_group(&usual(), group("质量指标", "10", met(2).chain([member])));
        assert_eq!(score.computed, None);
        assert!(
            score.working.to_string().ends_with("暂不能测算"),
            "{}",
            score.working
        );
    }
}

#[test]
fn weights_of_members_count_where_the_edition_says() {
    let weighted = edition(|policy| policy.group_members = GroupMembers::Weighted);
    let rows = [
        row("活动场次", "≥2场", "2场", "6"),
        row("课题数量", "≥10个", "5个", "2"),
    ];
    let score = score_group(&weighted, group("数量指标", "8", rows.clone()));
    assert_eq!(score.working.to_string(), "(6 + 5 ÷ 10 × 2) ÷ 8 × 8 = 7.00");
    let equal = score_group(&usual(), group("数量指标", "8", rows));
    assert_eq!(shown(equal.computed), "6.00");
    let blank = [
        row("活动场次", "≥2场", "2场", "6"),
        row("课题数量", "≥10个", "5个", ""),
    ];
    assert_eq!(
        score_group(&weighted, group("数量指标", "8", blank)).computed,
        None
    );
}

#[test]
fn points_off_are_taken_from_the_members_part() {
    let monthly = edition(|policy| policy.missed_date = MissedDate::PerMonth(dec!(2)));
    let late = || row("完工时间", "6月底", "7月9日", "");
    let score = score_group(
        &monthly,
        group(
            "时效指标",
            "10",
            [late(), row("完工时间", "6月底", "6月", "")],
        ),
    );
    assert_eq!(shown(score.computed), "8.00");
    let all_gone = score_group(&monthly, group("时效指标", "4", met(3).chain([late()])));
    assert_eq!(shown(all_gone.computed), "3.00");
}

#[test]
fn parts_and_waived_rows_do_not_count() {
    let whole = row("培训人数", "≥10人", "5人", "10");
    let mut part = row("其中:女性", "≥5人", "1人", "");
    part.part_of = Some(whole.id);
    let waived = row("不适用", "不适用", "不适用", "—");
    let score = score_group(&usual(), group("数量指标", "", [whole, part, waived]));
    assert_eq!(shown(score.members[0].computed), "5.00");
    assert_eq!(score.members[1].verdict, Verdict::NotJudged);
    assert!(!score.members[1].counts && !score.members[2].counts);
    assert_eq!((score.weight.value, score.weight.count), (dec!(10), 1));
}

#[test]
fn numbers_of_waived_rows_are_not_added() {
    let waived = group("生态效益指标", "", [row("不适用", "不适用", "", "5")]);
    let score = score_group(&usual(), waived);
    assert!(!score.applicable);
    assert_eq!(score.weight.count, 0);
}
