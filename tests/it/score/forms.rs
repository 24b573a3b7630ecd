//! Forms of other regions score by their editions alone.

use super::*;
use crate::editions::{filed_forms, shelf_with_drafts};

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
