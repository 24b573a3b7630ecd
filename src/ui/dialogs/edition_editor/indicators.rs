//! 指标表: columns and levels.

use egui::Ui;

use super::pen::{Asked, Pen, remark, title};
use crate::{
    edit::edition::{
        self,
        faults::role_name,
        indicators::{self, COLUMN_USES},
    },
    model::{
        edition::{FirstLevel, IndicatorRole, Need, ScoredBy, Sense},
        numeral::plain,
    },
};

const SENSES: [(Sense, &str); 10] = [
    (Sense::Other, "按名称判断"),
    (Sense::Quantity, "数量"),
    (Sense::Quality, "质量"),
    (Sense::Timeliness, "时效"),
    (Sense::Cost, "成本"),
    (Sense::Economic, "经济效益"),
    (Sense::Social, "社会效益"),
    (Sense::Ecological, "生态效益"),
    (Sense::Sustainable, "可持续影响"),
    (Sense::Satisfaction, "满意度"),
];

/// How badly a level is needed, in words.
const LEVEL_NEEDS: [(Need, &str); 3] = [
    (Need::Required, "必须设置"),
    (Need::Expected, "一般要设"),
    (Need::Optional, "可以不设"),
];

/// Draws the part.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    pen.text(ui, "标题", "indicators.caption", 1, |edition| {
        Some(&mut edition.indicators.caption)
    });
    title(ui, "列");
    columns(pen, ui);
    let places = [
        (ScoredBy::Row, "每条指标一行一格"),
        (ScoredBy::Group, "二级指标的合并格"),
        (ScoredBy::Nothing, "不计分"),
    ];
    let current = pen.edition.indicators.scored_by;
    let taken = pen.one_of(ui, "分值写在", "indicators.scored_by", current, &places);
    if let Some(scored_by) = taken {
        pen.edition.indicators.scored_by = scored_by;
    }
    title(ui, "一级、二级指标");
    levels(pen, ui);
    let is_free = pen.edition.indicators.free_levels;
    if let Some(is_free) = pen.check(ui, "填报时可以用别的一级、二级指标", is_free) {
        pen.edition.indicators.free_levels = is_free;
    }
    remark(ui, "各级指标的分值在“计分”中填写。");
}

fn columns(pen: &mut Pen<'_>, ui: &mut Ui) {
    let rows: Vec<(String, String)> = pen
        .edition
        .indicators
        .columns
        .iter()
        .map(|column| (column.caption.clone(), role_name(column.role).to_owned()))
        .collect();
    let asked = pen.list(ui, "indicators.columns", "指标列", &rows, column);
    match asked {
        Some(Asked::Add) => {
            let free = COLUMN_USES
                .iter()
                .find(|(role, _)| !pen.edition.has_column(*role));
            let (role, name) = free.copied().unwrap_or((IndicatorRole::Extra, "其他"));
            indicators::add_column(pen.edition, role, name);
            pen.step("添加 指标列");
        }
        Some(Asked::Remove(index)) => {
            indicators::remove_column(pen.edition, index);
            pen.step("删除 指标列");
        }
        Some(Asked::Step(index, is_up)) => {
            edition::step(&mut pen.edition.indicators.columns, index, is_up);
            pen.step("移动 指标列");
        }
        None => {}
    }
}

fn column(pen: &mut Pen<'_>, ui: &mut Ui, index: usize) {
    let Some(column) = pen.edition.indicators.columns.get(index).cloned() else {
        return;
    };
    let place = format!("indicators.columns[{index}]");
    let role = pen.one_of(
        ui,
        "这一列是",
        &format!("{place}.role"),
        column.role,
        COLUMN_USES,
    );
    if let Some(role) = role {
        indicators::set_use(pen.edition, index, role);
    }
    let caption = format!("{place}.caption");
    pen.text(ui, "标题", &caption, 1, |edition| {
        Some(&mut edition.indicators.columns.get_mut(index)?.caption)
    });
    let width = format!("{place}.width");
    if let Some(width) = pen.count(
        ui,
        "列宽",
        &width,
        "（中等宽度为 10，自动则留空）",
        column.width,
    ) && let Some(column) = pen.edition.indicators.columns.get_mut(index)
    {
        column.width = width;
    }
    let limit = format!("{place}.limit");
    if let Some(limit) = pen.count(ui, "字数上限", &limit, "字（不限则留空）", column.limit)
        && let Some(column) = pen.edition.indicators.columns.get_mut(index)
    {
        column.limit = limit;
    }
}

fn levels(pen: &mut Pen<'_>, ui: &mut Ui) {
    let weights = pen.edition.default_weights();
    let about = |level: &FirstLevel| {
        let points = weights.get(level.name.as_str());
        let points = points.map(|points| format!("{}分 · ", plain(*points)));
        let children: Vec<&str> = level
            .children
            .iter()
            .map(|child| child.name.as_str())
            .collect();
        format!("{}{}", points.unwrap_or_default(), children.join("、"))
    };
    let rows: Vec<(String, String)> = pen
        .edition
        .indicators
        .levels
        .iter()
        .map(|level| (level.name.clone(), about(level)))
        .collect();
    let asked = pen.list(ui, "indicators.levels", "一级指标", &rows, level);
    match asked {
        Some(Asked::Add) => {
            indicators::add_level(pen.edition);
            pen.step("添加 一级指标");
        }
        Some(Asked::Remove(index)) => {
            indicators::remove_level(pen.edition, index);
            pen.step("删除 一级指标");
        }
        Some(Asked::Step(index, is_up)) => {
            edition::step(&mut pen.edition.indicators.levels, index, is_up);
            pen.step("移动 一级指标");
        }
        None => {}
    }
}

fn level(pen: &mut Pen<'_>, ui: &mut Ui, index: usize) {
    let Some(level) = pen.edition.indicators.levels.get(index).cloned() else {
        return;
    };
    let place = format!("indicators.levels[{index}]");
    let name = format!("{place}.name");
    let mut renamed = level.name.clone();
    let changed = super::pen::captioned(ui, "名称", |ui, _| {
        let id = egui::Id::unique(("edition", &name));
        let entry = crate::ui::widgets::entry::Entry::new(id, "一级指标名称");
        entry.show(ui, &mut renamed).changed()
    });
    if changed {
        indicators::rename_level(pen.edition, index, &renamed);
        pen.change = Some(("修改 一级指标名称".into(), Some(name)));
    }
    let need = pen.one_of(
        ui,
        "是否必设",
        &format!("{place}.need"),
        level.need,
        &LEVEL_NEEDS,
    );
    if let Some(need) = need
        && let Some(level) = pen.edition.indicators.levels.get_mut(index)
    {
        level.need = need;
    }
    if level.children.is_empty()
        && let Some(sense) = pen.one_of(
            ui,
            "考核内容",
            &format!("{place}.sense"),
            level.sense,
            &SENSES,
        )
        && let Some(level) = pen.edition.indicators.levels.get_mut(index)
    {
        level.sense = sense;
    }
    let has_points = pen
        .edition
        .default_weights()
        .contains_key(level.name.as_str());
    if has_points {
        let is_printed = !level.caption.is_empty() && level.caption != level.name;
        if let Some(is_printed) = pen.check(ui, "名称后面印出分值", is_printed) {
            indicators::set_printed(pen.edition, index, is_printed);
        }
    }
    pen.lines(
        ui,
        "别名",
        &format!("{place}.aliases"),
        "每行一个，导入和校验时认作同一指标",
        |edition| Some(&mut edition.indicators.levels.get_mut(index)?.aliases),
    );
    title(ui, "二级指标");
    children(pen, ui, index);
}

fn children(pen: &mut Pen<'_>, ui: &mut Ui, level: usize) {
    let Some(children) = pen
        .edition
        .indicators
        .levels
        .get(level)
        .map(|level| &level.children)
    else {
        return;
    };
    let rows: Vec<(String, String)> = children
        .iter()
        .map(|child| {
            let points = child.weight.map(|points| format!("{}分", plain(points)));
            (child.name.clone(), points.unwrap_or_default())
        })
        .collect();
    let place = format!("indicators.levels[{level}].children");
    let asked = pen.list(ui, &place, "二级指标", &rows, |pen, ui, index| {
        child(pen, ui, level, index);
    });
    match asked {
        Some(Asked::Add) => {
            indicators::add_child(pen.edition, level);
            pen.step("添加 二级指标");
        }
        Some(Asked::Remove(index)) => {
            indicators::remove_child(pen.edition, level, index);
            pen.step("删除 二级指标");
        }
        Some(Asked::Step(index, is_up)) => {
            if let Some(level) = pen.edition.indicators.levels.get_mut(level) {
                edition::step(&mut level.children, index, is_up);
                pen.step("移动 二级指标");
            }
        }
        None => {}
    }
}

fn child(pen: &mut Pen<'_>, ui: &mut Ui, level: usize, index: usize) {
    let at = |edition: &crate::model::edition::Edition| {
        edition
            .indicators
            .levels
            .get(level)?
            .children
            .get(index)
            .cloned()
    };
    let Some(child) = at(pen.edition) else { return };
    let place = format!("indicators.levels[{level}].children[{index}]");
    pen.text(ui, "名称", &format!("{place}.name"), 1, |edition| {
        let level = edition.indicators.levels.get_mut(level)?;
        Some(&mut level.children.get_mut(index)?.name)
    });
    let mut now = child.clone();
    let need = pen.one_of(
        ui,
        "是否必设",
        &format!("{place}.need"),
        child.need,
        &LEVEL_NEEDS,
    );
    now.need = need.unwrap_or(now.need);
    let sense = pen.one_of(
        ui,
        "考核内容",
        &format!("{place}.sense"),
        child.sense,
        &SENSES,
    );
    now.sense = sense.unwrap_or(now.sense);
    let weight = pen.number(
        ui,
        "规定分值",
        &format!("{place}.weight"),
        "分（自定则留空）",
        child.weight,
    );
    now.weight = weight.unwrap_or(now.weight);
    if now != child
        && let Some(level) = pen.edition.indicators.levels.get_mut(level)
        && let Some(child) = level.children.get_mut(index)
    {
        *child = now;
    }
}
