//! 项目资金: columns, rows and sums.

use egui::{Ui, WidgetInfo};

use super::pen::{Asked, Pen, remark, title};
use crate::{
    edit::edition::{
        self,
        funds::{self, COLUMN_USES, ColumnUse, ROW_USES, use_of},
    },
    model::{
        edition::{Edition, Formula, FundRole},
        numeral::MAX_DECIMALS,
        project::fund,
    },
    ui::{
        icons,
        widgets::{button, choice},
    },
};

/// Draws the part.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    pen.text(ui, "标题", "funds.caption", 1, |edition| {
        Some(&mut edition.funds.caption)
    });
    title(ui, "列");
    columns(pen, ui);
    title(ui, "行");
    rows(pen, ui);
    if let Some(is_free) = pen.check(ui, "填报时可以自己加行", pen.edition.funds.free_rows)
    {
        pen.edition.funds.free_rows = is_free;
    }
    title(ui, "合计关系");
    splits(pen, ui);
}

fn columns(pen: &mut Pen<'_>, ui: &mut Ui) {
    let rows: Vec<(String, String)> = pen
        .edition
        .funds
        .columns
        .iter()
        .map(|column| (column.caption.clone(), use_of(column).name.to_owned()))
        .collect();
    let asked = pen.list(ui, "funds.columns", "资金列", &rows, column);
    match asked {
        Some(Asked::Add) => {
            let columns = &pen.edition.funds.columns;
            let is_held = |one: &&ColumnUse| columns.iter().any(|column| use_of(column) == **one);
            let free = COLUMN_USES.iter().find(|one| !is_held(one));
            if let Some(free) = free.or(COLUMN_USES.last()).copied() {
                funds::add_column(pen.edition, free);
                pen.step("添加 资金列");
            }
        }
        Some(Asked::Remove(index)) => {
            funds::remove_column(pen.edition, index);
            pen.step("删除 资金列");
        }
        Some(Asked::Step(index, is_up)) => {
            edition::step(&mut pen.edition.funds.columns, index, is_up);
            pen.step("移动 资金列");
        }
        None => {}
    }
}

fn column(pen: &mut Pen<'_>, ui: &mut Ui, index: usize) {
    let Some(column) = pen.edition.funds.columns.get(index).cloned() else {
        return;
    };
    let place = format!("funds.columns[{index}]");
    let uses: Vec<(ColumnUse, &str)> = COLUMN_USES.iter().map(|one| (*one, one.name)).collect();
    let taken = pen.one_of(
        ui,
        "这一列是",
        &format!("{place}.use"),
        use_of(&column),
        &uses,
    );
    if let Some(taken) = taken {
        funds::set_use(pen.edition, index, taken);
    }
    let caption = format!("{place}.caption");
    pen.text(ui, "标题", &caption, 1, |edition| {
        Some(&mut edition.funds.columns.get_mut(index)?.caption)
    });
    if matches!(column.role, FundRole::Weight | FundRole::Remark) {
        return;
    }
    let decimals = format!("{place}.decimals");
    if let Some(decimals) = pen.count(
        ui,
        "小数位数",
        &decimals,
        "位（照填的印则留空）",
        column.decimals,
    ) && let Some(column) = pen.edition.funds.columns.get_mut(index)
    {
        column.decimals = decimals.map(|digits| digits.min(MAX_DECIMALS));
    }
    if column.key == fund::RATE {
        remark(ui, "执行率按“计分”中选定的执行数和预算数计算。");
    } else if column.role != FundRole::Score {
        formula(pen, ui, &place, index);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Sum,
    Difference,
    Ratio,
}

/// How a column follows from others.
fn formula(pen: &mut Pen<'_>, ui: &mut Ui, place: &str, index: usize) {
    const KINDS: [(Kind, &str); 4] = [
        (Kind::None, "直接填写"),
        (Kind::Sum, "几列相加"),
        (Kind::Difference, "一列减一列"),
        (Kind::Ratio, "一列除以一列（%）"),
    ];
    let Some(column) = pen.edition.funds.columns.get(index).cloned() else {
        return;
    };
    let others: Vec<(String, String)> = pen
        .edition
        .funds
        .columns
        .iter()
        .filter(|other| other.key != column.key && is_amount(other.role))
        .map(|other| (other.key.clone(), other.caption.clone()))
        .collect();
    let kind = match &column.formula {
        None => Kind::None,
        Some(Formula::Sum(_)) => Kind::Sum,
        Some(Formula::Difference(..)) => Kind::Difference,
        Some(Formula::Ratio(..)) => Kind::Ratio,
    };
    let formula = format!("{place}.formula");
    let first = |at: usize| {
        others
            .get(at)
            .map(|(key, _)| key.clone())
            .unwrap_or_default()
    };
    if let Some(kind) = pen.one_of(ui, "怎样得来", &formula, kind, &KINDS) {
        set(
            pen.edition,
            index,
            match kind {
                Kind::None => None,
                Kind::Sum => Some(Formula::Sum(
                    others.iter().take(2).map(|(key, _)| key.clone()).collect(),
                )),
                Kind::Difference => Some(Formula::Difference(first(0), first(1))),
                Kind::Ratio => Some(Formula::Ratio(first(0), first(1))),
            },
        );
    }
    let options: Vec<(&str, &str)> = others
        .iter()
        .map(|(key, caption)| (key.as_str(), caption.as_str()))
        .collect();
    match &column.formula {
        None => {}
        Some(Formula::Sum(parts)) => {
            for (key, caption) in &options {
                let is_part = parts.iter().any(|part| part == key);
                if let Some(is_part) = pen.check(ui, &format!("加上：{caption}"), is_part) {
                    let mut parts = parts.clone();
                    parts.retain(|part| part != key);
                    if is_part {
                        parts.push((*key).to_owned());
                    }
                    set(pen.edition, index, Some(Formula::Sum(parts)));
                }
            }
        }
        Some(Formula::Difference(one, other)) => {
            let names = ("被减的列", "减去的列");
            if let Some((one, other)) = two(pen, ui, &formula, names, (one, other), &options) {
                set(pen.edition, index, Some(Formula::Difference(one, other)));
            }
        }
        Some(Formula::Ratio(one, other)) => {
            let names = ("被除的列", "除以的列");
            if let Some((one, other)) = two(pen, ui, &formula, names, (one, other), &options) {
                set(pen.edition, index, Some(Formula::Ratio(one, other)));
            }
        }
    }
}

fn is_amount(role: FundRole) -> bool {
    role == FundRole::Amount
}

fn set(edition: &mut Edition, index: usize, formula: Option<Formula>) {
    if let Some(column) = edition.funds.columns.get_mut(index) {
        column.formula = formula;
    }
}

/// The two columns of a formula; both, where one was changed.
fn two(
    pen: &mut Pen<'_>,
    ui: &mut Ui,
    place: &str,
    (first, second): (&str, &str),
    (one, other): (&str, &str),
    options: &[(&str, &str)],
) -> Option<(String, String)> {
    let new_one = pen.one_of(ui, first, &format!("{place}.first"), one, options);
    let new_other = pen.one_of(ui, second, &format!("{place}.second"), other, options);
    let is_changed = new_one.is_some() || new_other.is_some();
    let (one, other) = (new_one.unwrap_or(one), new_other.unwrap_or(other));
    is_changed.then(|| (one.to_owned(), other.to_owned()))
}

fn rows(pen: &mut Pen<'_>, ui: &mut Ui) {
    let rows: Vec<(String, String)> = pen
        .edition
        .funds
        .rows
        .iter()
        .map(|row| {
            let about = if row.scored {
                "填写分值和得分"
            } else {
                ""
            };
            (row.caption.clone(), about.to_owned())
        })
        .collect();
    let asked = pen.list(ui, "funds.rows", "资金行", &rows, row);
    match asked {
        Some(Asked::Add) => {
            funds::add_row(pen.edition, "其他资金");
            pen.step("添加 资金行");
        }
        Some(Asked::Remove(index)) => {
            funds::remove_row(pen.edition, index);
            pen.step("删除 资金行");
        }
        Some(Asked::Step(index, is_up)) => {
            edition::step(&mut pen.edition.funds.rows, index, is_up);
            pen.step("移动 资金行");
        }
        None => {}
    }
}

fn row(pen: &mut Pen<'_>, ui: &mut Ui, index: usize) {
    let Some(row) = pen.edition.funds.rows.get(index).cloned() else {
        return;
    };
    let place = format!("funds.rows[{index}]");
    let known = ROW_USES.iter().find(|(key, _)| *key == row.key);
    let options: Vec<(Option<&str>, &str)> = ROW_USES
        .iter()
        .map(|(key, words)| (Some(*key), *words))
        .chain([(None, "其他")])
        .collect();
    let current = known.map(|(key, _)| *key);
    if let Some(key) = pen.one_of(ui, "这一行是", &format!("{place}.use"), current, &options) {
        funds::set_row_use(pen.edition, index, key);
    }
    let caption = format!("{place}.caption");
    pen.text(ui, "标题", &caption, 1, |edition| {
        Some(&mut edition.funds.rows.get_mut(index)?.caption)
    });
    if let Some(is_scored) = pen.check(ui, "这一行填写分值和得分", row.scored) {
        funds::set_scored(pen.edition, is_scored.then_some(index));
    }
}

fn splits(pen: &mut Pen<'_>, ui: &mut Ui) {
    remark(ui, "校验时按它核对：各分项相加应等于合计。");
    let rows: Vec<(String, String)> = pen
        .edition
        .funds
        .rows
        .iter()
        .map(|row| (row.key.clone(), row.caption.clone()))
        .collect();
    let options: Vec<(&str, &str)> = rows
        .iter()
        .map(|(key, caption)| (key.as_str(), caption.as_str()))
        .collect();
    let mut removed = None;
    for (index, split) in pen.edition.funds.splits.clone().iter().enumerate() {
        let place = format!("funds.splits[{index}]");
        let total = pen.one_of(ui, "合计行", &place, split.total.as_str(), &options);
        if let Some(total) = total {
            funds::set_total(pen.edition, index, total);
        }
        ui.horizontal_wrapped(|ui| {
            for (key, caption) in rows.iter().filter(|(key, _)| *key != split.total) {
                let mut is_part = split.parts.contains(key);
                let name = format!("相加：{caption}");
                let response =
                    choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_part, caption));
                response.widget_info(|| {
                    WidgetInfo::selected(egui::Role::CheckBox, true, is_part, &name)
                });
                if response.changed() {
                    funds::set_part(pen.edition, index, key, is_part);
                    pen.step("修改 合计关系");
                }
            }
            if button::icon(ui, icons::TRASH, &format!("删除合计关系 {}", index + 1)).clicked()
            {
                removed = Some(index);
            }
        });
    }
    if let Some(index) = removed {
        pen.edition.funds.splits.remove(index);
        pen.step("删除 合计关系");
    }
    let can = rows.len() > 1;
    let add = ui.add_enabled_ui(can, |ui| button::plain(ui, "＋ 添加合计关系"));
    if add.inner.clicked() {
        funds::add_split(pen.edition);
        pen.step("添加 合计关系");
    }
}
