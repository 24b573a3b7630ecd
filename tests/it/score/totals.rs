use jiping::model::{figure::Rating, policy::NotApplicablePolicy};
use rust_decimal::dec;

use super::*;

fn filed(name: &str, weight: &str, score: &str) -> Indicator {
    let mut filed = row(name, "≥10个", "8个", weight);
    filed.score = score.into();
    filed
}

/// 90 points of indicators and 10 of the execution.
fn whole_form(edition: &Edition, groups: impl IntoIterator<Item = Group>) -> Project {
    let mut project = form(edition, groups);
    let total = project.funds.get_mut(0).expect("a fund row");
    for (column, text) in [("adjusted", "100"), ("executed", "90"), ("score", "9")] {
        total.figures.insert(column.into(), text.into());
    }
    project
}

#[test]
fn sums_count_group_scores_once() {
    let mut merged = group(
        "数量指标",
        "50",
        [filed("课题数量", "25", "25"), filed("报告数量", "25", "25")],
    );
    merged.score = "40".into();
    let single = group(
        "质量指标",
        "",
        [filed("合格数", "30", "24"), filed("验收数", "10.5", "")],
    );
    let outcome = score_project(&whole_form(&usual(), [merged, single]), &usual());
    let section = &outcome.goals[0].sections[0];
    assert_eq!(
        (
            section.weight.value,
            section.weight.count,
            section.weight.decimals
        ),
        (dec!(90.5), 3, 1)
    );
    assert_eq!((section.filed.value, section.filed.count), (dec!(64), 2));
    assert_eq!(section.computed, Some(dec!(72.40)));
    assert_eq!(outcome.total.weight.value, dec!(100.5));
    assert_eq!(outcome.total.filed.value, dec!(73));
    assert_eq!(outcome.total.computed, Some(dec!(81.40)));
}

#[test]
fn a_filed_score_stands_in_where_none_is_computed() {
    let mut words = row("保障情况", "有效保障", "有效保障", "10");
    words.score = "9".into();
    let groups = |words| [group("质量指标", "", [filed("合格数", "80", "64"), words])];
    let outcome = score_project(&whole_form(&usual(), groups(words.clone())), &usual());
    assert_eq!(outcome.total.computed, Some(dec!(82)));
    words.score = "".into();
    let outcome = score_project(&whole_form(&usual(), groups(words)), &usual());
    assert_eq!(outcome.total.computed, None);
}

#[test]
fn waived_indicators_are_scored_per_hundred_where_the_edition_says() {
    let groups = || {
        [
            group("数量指标", "", [filed("课题数量", "70", "63")]),
            group("生态效益指标", "", [row("不适用", "不适用", "", "—")]),
        ]
    };
    let per_hundred = edition(|policy| policy.not_applicable = NotApplicablePolicy::PerHundred);
    let outcome = score_project(&whole_form(&per_hundred, groups()), &per_hundred);
    assert_eq!(shown(outcome.total.per_hundred), "90.00");
    assert_eq!(outcome.total.rating, Some(Rating::Excellent));
    let outcome = score_project(&whole_form(&usual(), groups()), &usual());
    assert_eq!(outcome.total.per_hundred, None);
    assert_eq!(outcome.total.rating, Some(Rating::Fair));
    let nothing_waived = [group("数量指标", "", [filed("课题数量", "70", "63")])];
    let outcome = score_project(&whole_form(&per_hundred, nothing_waived), &per_hundred);
    assert_eq!(outcome.total.per_hundred, None);
}

#[test]
fn the_rating_is_that_of_the_printed_total() {
    for (printed, rating) in [
        ("100", Rating::Excellent),
        ("90", Rating::Excellent),
        ("89.99", Rating::Good),
        ("84.47", Rating::Good),
        ("80", Rating::Good),
        ("79.99", Rating::Fair),
        ("60", Rating::Fair),
        ("59.99", Rating::Poor),
        ("0", Rating::Poor),
    ] {
        let mut project = whole_form(
            &usual(),
            [group("数量指标", "", [filed("课题数量", "90", "90")])],
        );
        project.stated.total_score = printed.into();
        let outcome = score_project(&project, &usual());
        assert_eq!(outcome.total.rating, Some(rating), "{printed}");
    }
    let blank = Project::blank(&usual(), &mut CountedIds(0));
    assert_eq!(score_project(&blank, &usual()).total.rating, None);
}

#[test]
fn a_section_cell_stands_only_where_nothing_beneath_it_has_numbers() {
    let mut project = form(
        &usual(),
        [group("数量指标", "", [row("课题数量", "≥1", "", "")])],
    );
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    section.weight = "50".into();
    section.score = "45".into();
    let outcome = score_project(&project, &usual());
    let section = &outcome.goals[0].sections[0];
    assert_eq!(
        (section.weight.value, section.filed.value),
        (dec!(50), dec!(45))
    );
    assert_eq!(section.computed, Some(dec!(45)));
    assert_eq!(outcome.total.weight.value, dec!(60));
}
