//! 汇总表: all projects in one table, and how their ratings are distributed.

use rust_decimal::Decimal;

use super::{
    told::{NOTHING, Told},
    writing::{Pages, cell, figure, row},
};
use crate::{
    model::{
        figure::MoneyUnit,
        numeral::{MONEY_DECIMALS, aligned_money},
    },
    sheet::word::document::{Align, Element, ParagraphStyle, Run, TableRow},
};

/// Relative widths: number, project, unit, budget, spent, rate, total, rating.
const WIDTHS: [u32; 8] = [5, 28, 20, 15, 15, 12, 12, 10];
const CAPTIONS: [&str; 8] = [
    "序号",
    "项目名称",
    "实施单位",
    "全年预算数",
    "全年执行数",
    "执行率",
    "自评总分",
    "评价等级",
];

/// The amounts of all projects in one unit.
struct Amounts {
    unit: MoneyUnit,
    /// 全年预算数 and 全年执行数 by project.
    rows: Vec<[Option<Decimal>; 2]>,
    /// The most decimals of any of them, so that they align.
    decimals: u32,
    /// How many forms state them in another unit.
    converted: usize,
}

impl Amounts {
    /// In the unit of all forms where they agree, else in 万元.
    fn of(told: &[Told]) -> Self {
        let mut units = told.iter().map(|one| one.project.money_unit);
        let unit = match units.next() {
            Some(first) if units.all(|unit| unit == first) => first,
            _ => MoneyUnit::TenThousandYuan,
        };
        let rows: Vec<[Option<Decimal>; 2]> = told
            .iter()
            .map(|one| one.budget_keys().map(|key| one.amount_in(key, unit)))
            .collect();
        let scales = rows.iter().flatten().flatten();
        let scales = scales.map(|amount| amount.normalize().scale());
        let others = told.iter().filter(|one| one.project.money_unit != unit);
        Self {
            unit,
            decimals: scales.max().unwrap_or_default().max(MONEY_DECIMALS),
            converted: others.count(),
            rows,
        }
    }

    fn written(&self, amount: Option<Decimal>) -> String {
        amount.map_or_else(
            || NOTHING.to_owned(),
            |amount| aligned_money(amount, self.decimals),
        )
    }

    /// The sum of a column, and how many projects lack an amount; then there is none.
    fn sum(&self, column: usize) -> (Option<Decimal>, usize) {
        let amounts = self.rows.iter().map(|row| row[column]);
        let missing = amounts.clone().filter(Option::is_none).count();
        let sum = || {
            amounts
                .flatten()
                .try_fold(Decimal::ZERO, Decimal::checked_add)
        };
        ((missing == 0).then(sum).flatten(), missing)
    }
}

/// The appendix with the table of all projects.
pub(super) fn appendix(told: &[Told]) -> Vec<Element> {
    let mut pages = Pages::default();
    pages.heading(1, "附：项目支出绩效自评汇总表");
    let amounts = Amounts::of(told);
    note(&mut pages, format!("金额单位：{}", amounts.unit));
    let lines = told.iter().zip(&amounts.rows).enumerate();
    let mut rows: Vec<TableRow> = lines
        .map(|(index, (one, row))| line(index + 1, one, row.map(|amount| amounts.written(amount))))
        .collect();
    rows.push(sums(&amounts));
    pages.table(&WIDTHS, &CAPTIONS.map(str::to_owned), rows);
    for remark in remarks(&amounts) {
        note(&mut pages, remark);
    }
    pages.0
}

fn note(pages: &mut Pages, text: String) {
    pages.paragraph(vec![Run::of(text)], ParagraphStyle::Note);
}

fn line(number: usize, one: &Told, [budget, executed]: [String; 2]) -> TableRow {
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| NOTHING.to_owned());
    row(vec![
        cell(0, number.to_string(), Align::Centre),
        cell(1, one.name(), Align::Left),
        cell(2, one.unit().unwrap_or(NOTHING), Align::Left),
        figure(3, budget, Align::Right),
        figure(4, executed, Align::Right),
        cell(5, or_nothing(one.rate()), Align::Centre),
        cell(6, or_nothing(one.total()), Align::Centre),
        cell(7, or_nothing(one.rating()), Align::Centre),
    ])
}

/// The last row: sums of the amounts, where every form states one.
fn sums(amounts: &Amounts) -> TableRow {
    let mut name = cell(0, "合计（计算）", Align::Centre);
    name.columns = 3;
    name.style.caption = true;
    let mut cells = vec![name];
    cells.extend((0..2).map(|column| {
        let (sum, _) = amounts.sum(column);
        figure(column + 3, amounts.written(sum), Align::Right)
    }));
    cells.extend((5..8).map(|column| cell(column, NOTHING, Align::Centre)));
    row(cells)
}

/// What is to be said beneath the table.
fn remarks(amounts: &Amounts) -> Vec<String> {
    let mut remarks = Vec::new();
    if amounts.converted > 0 {
        remarks.push(format!(
            "注：有 {} 个项目的自评表以元为单位，表中金额已换算为{}（1 万元 = 10000 元）。",
            amounts.converted, amounts.unit
        ));
    }
    for (column, name) in CAPTIONS[3..5].iter().enumerate() {
        let (_, missing) = amounts.sum(column);
        if missing > 0 {
            remarks.push(format!(
                "注：有 {missing} 个项目没有可以相加的{name}，没有合计。"
            ));
        }
    }
    remarks
}

/// How many projects have which rating, and how many none.
pub(super) fn ratings(pages: &mut Pages, told: &[Told]) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut without = 0;
    for one in told {
        match one.rating() {
            None => without += 1,
            Some(rating) => match counts.iter_mut().find(|(known, _)| *known == rating) {
                Some((_, count)) => *count += 1,
                None => counts.push((rating, 1)),
            },
        }
    }
    let mut said: Vec<String> = counts
        .into_iter()
        .map(|(rating, count)| format!("评价等级为{rating}的 {count} 个"))
        .collect();
    if without > 0 {
        said.push(format!("没有评价等级的 {without} 个"));
    }
    if !said.is_empty() {
        pages.text(format!("{} 个项目中，{}。", told.len(), said.join("，")));
    }
}
