//! A group's points divided over its rows, and several goals that count by ratio.

use jiping::{
    model::{
        path::{GoalField, Place, StatedField},
        policy::{GoalWeights, GroupMembers},
    },
    score::{Split, SplitHow, explained, group_splits},
};
use proptest::prelude::*;
use rust_decimal::dec;

use super::*;

fn splits(edition: &Edition, group: Group) -> Vec<Split> {
    let id = group.id;
    let project = form(edition, [group]);
    let score = score_project(&project, edition);
    group_splits(&project, edition, &score, id)
}

/// 15 points over 13 courses, one of which came to 7 of 10, as the sample form has it.
#[test]
fn conventions_differ_by_a_few_hundredths() {
    let met = std::iter::repeat_with(|| row("活动场次", "≥1场", "1场", "")).take(12);
    let rows = met.chain([row("年度课题数量", "10", "7", "")]);
    let mut whole = group("数量指标", "15", rows);
    whole.score = "15".into();
    let found = splits(&usual(), whole);
    let told: Vec<_> = found
        .iter()
        .map(|split| {
            (
                split.how,
                shown(split.sum),
                shown(split.difference),
                shown(split.total),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                SplitHow::Equal,
                "14.65".into(),
                "-0.35".into(),
                "14.65".into()
            ),
            (
                SplitHow::MemberWise,
                "14.66".into(),
                "-0.34".into(),
                "14.66".into()
            ),
        ]
    );
    let weights: Vec<String> = found[1]
        .rows
        .iter()
        .map(|row| row.weight.to_string())
        .collect();
    // The five hundredths that are left over go to the first rows that are met.
    assert_eq!(
        weights[..6],
        ["1.16", "1.16", "1.16", "1.16", "1.16", "1.15"]
    );
    assert_eq!(weights[12], "1.15");
    // 7 ÷ 10 × 1.15 = 0.805
    assert_eq!(found[1].rows[12].score, Some(dec!(0.81)));
}

#[test]
fn weights_of_rows_are_a_convention_only_where_all_have_one() {
    let rows = || {
        [
            row("课题数量", "≥10个", "5个", "6"),
            row("报告数量", "≥10个", "10个", "4"),
        ]
    };
    let how = |edition: &Edition, group| -> Vec<SplitHow> {
        splits(edition, group)
            .iter()
            .map(|split| split.how)
            .collect()
    };
    let usual_order = [SplitHow::Equal, SplitHow::Weighted, SplitHow::MemberWise];
    assert_eq!(how(&usual(), group("数量指标", "10", rows())), usual_order);
    let weighted = edition(|policy| policy.group_members = GroupMembers::Weighted);
    assert_eq!(
        how(&weighted, group("数量指标", "10", rows()))[0],
        SplitHow::Weighted
    );
    let found = splits(&weighted, group("数量指标", "10", rows()));
    assert_eq!(found[0].sum, Some(dec!(7)));
    let mut some = rows();
    some[0].weight = "".into();
    assert_eq!(
        how(&usual(), group("数量指标", "10", some)),
        [SplitHow::Equal, SplitHow::MemberWise]
    );
    // Scored singly there is nothing to divide.
    assert!(splits(&usual(), group("数量指标", "", rows())).is_empty());
}

#[test]
fn a_member_that_needs_judgement_leaves_the_sum_open() {
    let rows = [
        row("课题数量", "≥10个", "5个", ""),
        row("保障情况", "有效保障", "有所改善", ""),
    ];
    for split in splits(&usual(), group("数量指标", "10", rows)) {
        assert_eq!(
            (split.sum, split.difference, split.total),
            (None, None, None)
        );
        assert_eq!(split.rows.len(), 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn parts_add_up_exactly_and_no_row_earns_more_than_its_points(
        members in prop::collection::vec((1_u32..50, 0_u32..60), 1..20),
        hundredths in 1_u32..6000,
    ) {
        let weight = Decimal::new(hundredths.into(), 2);
        let rows = members
            .iter()
            .map(|(target, actual)| row("数量", &format!("≥{target}"), &actual.to_string(), ""));
        for split in splits(&usual(), group("数量指标", &weight.to_string(), rows)) {
            prop_assert_eq!(split.rows.iter().map(|row| row.weight).sum::<Decimal>(), weight);
            let scores: Option<Decimal> = split.rows.iter().map(|row| row.score).sum();
            prop_assert_eq!(scores, split.sum);
            for row in &split.rows {
                let score = row.score.expect("all can be judged");
                prop_assert!(score >= Decimal::ZERO && score <= row.weight, "{:?}", split);
            }
        }
    }
}

/// The 一体化 module's goal ratio × score: 60 % and 40 % of the 90 points beside the execution's 10.
#[test]
fn goals_count_by_their_ratio() {
    let ratios = edition(|policy| policy.goal_weights = GoalWeights::Ratios);
    let mut project = form(&ratios, []);
    let scored = |ids: &mut CountedIds, weight: &str, points: &str, ratio: &str| {
        let filed = |row: Indicator| Indicator {
            score: points.into(),
            ..row
        };
        let mut goal = project.goals.first().expect("a goal").as_ref().clone();
        let section = goal.sections.get_mut(0).expect("a section");
        let row = filed(row("课题数量", "≥10个", "9个", weight));
        section.groups = [group("数量指标", "", [row])].into_iter().collect();
        goal.id = jiping::model::id::Id::new(ids);
        goal.weight = ratio.into();
        goal
    };
    let mut ids = CountedIds(500);
    let goals = [
        scored(&mut ids, "100", "90", "60%"),
        scored(&mut ids, "50", "40", "40%"),
    ];
    project.goals = goals.into_iter().collect();
    let total = project.funds.get_mut(0).expect("a fund row");
    total.figures.insert("score".into(), "10".into());
    let score = score_project(&project, &ratios);
    let by_ratio: Vec<_> = score
        .goals
        .iter()
        .filter_map(|goal| goal.by_ratio)
        .map(|goal| (goal.weight, shown(goal.filed), shown(goal.computed)))
        .collect();
    // 90 ÷ 100 × 54, 40 ÷ 50 × 36; computed: 0.9 of either.
    assert_eq!(
        by_ratio,
        [
            (dec!(54), "48.60".into(), "48.60".into()),
            (dec!(36), "28.80".into(), "32.40".into()),
        ]
    );
    let said = |place| {
        explained(&project, &ratios, &score, &place)
            .expect("explained")
            .result
    };
    let goal = project.goals.first().expect("a goal").id;
    assert_eq!(
        said(Place::Goal(goal, GoalField::Weight)),
        "90 ÷ 100 × 54 = 48.60"
    );
    assert_eq!(
        said(Place::Stated(StatedField::TotalScore)),
        "10 + 48.6 + 28.8 = 87.4（各项按测算得分合计为91.00）"
    );
    assert_eq!(score.total.weight.value, dec!(100));
    assert_eq!(score.total.filed.value, dec!(87.40));
    // As points, the blocks' indicators simply add up.
    let points = score_project(&project, &usual());
    assert_eq!(points.total.filed.value, dec!(140));
}
