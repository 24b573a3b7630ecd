//! 年度目标.

use egui::Ui;
use rust_decimal::Decimal;

use super::{
    fields,
    pen::{Asked, Pen, title},
};
use crate::{
    edit::edition::{self, fields::FieldList},
    model::{edition::GoalBlock, numeral::plain, policy::GoalWeights},
};

/// Draws the part.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    pen.text(ui, "标题", "goals.caption", 1, |edition| {
        Some(&mut edition.goals.caption)
    });
    title(ui, "预期目标");
    fields::layout(pen, ui, "goals.expected", &|edition| {
        Some(&mut edition.goals.expected)
    });
    title(ui, "实际完成情况");
    fields::layout(pen, ui, "goals.actual", &|edition| {
        Some(&mut edition.goals.actual)
    });
    title(ui, "其他目标栏");
    fields::show(pen, ui, FieldList::Goals, "目标栏");
    title(ui, "几个目标");
    let most = pen.edition.goals.most_blocks;
    if let Some(most) = pen.count(ui, "最多", "goals.most_blocks", "个目标", Some(most)) {
        pen.edition.goals.most_blocks = most.unwrap_or(1);
    }
    if pen.edition.goals.most_blocks > 1 || !pen.edition.goals.blocks.is_empty() {
        blocks(pen, ui);
    }
}

/// Several goals, each with a part of the indicators.
fn blocks(pen: &mut Pen<'_>, ui: &mut Ui) {
    if let Some(is_on) = pen.check(ui, "每个目标有分值", pen.edition.goals.weighted) {
        pen.edition.goals.weighted = is_on;
        if !is_on {
            pen.edition.scoring.goal_weights = GoalWeights::Points;
            for block in &mut pen.edition.goals.blocks {
                block.weight = None;
            }
        }
    }
    if pen.edition.goals.weighted {
        let meanings = [
            (GoalWeights::Points, "分数：目标下各指标分值之和"),
            (GoalWeights::Ratios, "比重：目标单独评分后按比重折算"),
        ];
        let current = pen.edition.scoring.goal_weights;
        if let Some(meaning) =
            pen.one_of(ui, "分值表示", "scoring.goal_weights", current, &meanings)
        {
            pen.edition.scoring.goal_weights = meaning;
        }
    }
    let about = |weight: Option<Decimal>| weight.map(|points| format!("{}分", plain(points)));
    let rows: Vec<(String, String)> = pen
        .edition
        .goals
        .blocks
        .iter()
        .map(|block| {
            (
                block.caption.clone(),
                about(block.weight).unwrap_or_default(),
            )
        })
        .collect();
    let asked = pen.list(ui, "goals.blocks", "目标", &rows, |pen, ui, index| {
        let place = format!("goals.blocks[{index}]");
        pen.text(ui, "标题", &format!("{place}.caption"), 1, |edition| {
            Some(&mut edition.goals.blocks.get_mut(index)?.caption)
        });
        let weight = pen
            .edition
            .goals
            .blocks
            .get(index)
            .and_then(|block| block.weight);
        if pen.edition.goals.weighted
            && let Some(weight) = pen.number(ui, "分值", &format!("{place}.weight"), "分", weight)
            && let Some(block) = pen.edition.goals.blocks.get_mut(index)
        {
            block.weight = weight;
        }
    });
    let goals = &mut pen.edition.goals;
    match asked {
        Some(Asked::Add) => {
            let caption = format!("年度绩效目标{}", goals.blocks.len() + 1);
            goals.blocks.push(GoalBlock {
                caption,
                weight: None,
            });
            let count = u32::try_from(goals.blocks.len()).unwrap_or(u32::MAX);
            goals.most_blocks = goals.most_blocks.max(count);
            pen.step("添加 目标");
        }
        Some(Asked::Remove(index)) => {
            goals.blocks.remove(index);
            pen.step("删除 目标");
        }
        Some(Asked::Step(index, is_up)) => {
            edition::step(&mut goals.blocks, index, is_up);
            pen.step("移动 目标");
        }
        None => {}
    }
}
