//! Forms of other regions score by their editions alone.

use jiping::score::execution_rate;
use rust_decimal::dec;

use super::*;
use crate::{
    cases,
    editions::{filed_forms, shelf_with_drafts},
};

#[test]
fn filed_forms_of_other_regions_add_up() {
    let shelf = shelf_with_drafts();
    let totals: Vec<String> = filed_forms()
        .into_iter()
        .map(|(number, document, _)| {
            let project = document.projects.first().expect("a project");
            let edition = shelf.get(&project.edition).expect("on the shelf").edition;
            let total = score_project(project, &edition).total;
            format!(
                "{number}: 分值 {} 得分 {} 测算 {} 等级 {}",
                total.weight.value,
                total.filed.value,
                shown(total.computed),
                total
                    .rating
                    .map_or_else(|| "—".into(), |rating| rating.to_string())
            )
        })
        .collect();
    assert_eq!(
        totals,
        [
            // No weights and scores in this form.
            "06: 分值 0 得分 0 测算 — 等级 —",
            // Only a part of the form is known.
            "12: 分值 53 得分 48.8 测算 48.30 等级 差",
            // Nothing was filled in.
            "19: 分值 100 得分 0 测算 — 等级 —",
            "31: 分值 100 得分 98.62 测算 98.62 等级 优",
            // The weights are wrong in the form; its fund row has neither a budget nor a score.
            "32: 分值 110 得分 98 测算 — 等级 优",
            // Points stand in the goal blocks.
            "37: 分值 100 得分 99.6 测算 99.60 等级 优",
        ]
    );
}

/// Nine tenths of what could be spent is spent, in the terms of each edition.
#[test]
fn editions_of_other_regions_score_without_code_of_its_own() {
    for (id, points) in [
        ("sichuan-2022", "9.00"),
        ("hubei-2019", "18.00"),
        ("transfer-2019", "—"),
        ("transfer-2022", "—"),
        ("shanxi-2020", "9.00"),
        ("chongqing-2022", "9.00"),
        ("forestry-2024", "—"),
    ] {
        let edition = cases::edition(id);
        let mut project = cases::clean_project(&edition);
        // In 林草 2024 the base is what is left after 统筹整合: 120 − 20.
        let budget = if id == "forestry-2024" {
            "120.00"
        } else {
            "100.00"
        };
        set_amount(&mut project, "adjusted", budget);
        set_amount(&mut project, "merged", "20.00");
        set_amount(&mut project, "base", "");
        set_amount(&mut project, "executed", "90.00");
        let score = score_project(&project, &edition);
        assert_eq!(shown(score.execution.score), points, "{id}");
        let row = project.funds.first().expect("a row");
        assert_eq!(
            execution_rate(&project, row, &edition).percent(),
            Some(dec!(90)),
            "{id}"
        );
        let rows = project.rows().count();
        let judged = score
            .goals
            .iter()
            .flat_map(|goal| &goal.sections)
            .flat_map(|section| &section.groups);
        let met = judged
            .flat_map(|group| &group.members)
            .filter(|row| row.verdict == Verdict::Met)
            .count();
        assert_eq!(met, rows, "{id}: a clean form meets its targets");
    }
}

fn set_amount(project: &mut Project, column: &str, amount: &str) {
    for index in 0..project.funds.len() {
        let row = project.funds.get_mut(index).expect("in range");
        row.figures.insert(column.to_owned(), amount.into());
    }
}
