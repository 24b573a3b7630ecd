//! The comparison as text that Excel takes as a table.

use rust_decimal::Decimal;

use super::{Amounts, Comparison, How, IndicatorLine};
use crate::{
    edit::block::Block,
    model::{
        figure::MoneyUnit,
        numeral::{money, plain},
    },
};

/// The columns of amounts.
pub const AMOUNTS: [&str; 3] = ["年初预算数", "全年预算数", "全年执行数"];

impl Comparison {
    /// Funds, total and indicators as lines of cells that tabs part; of the indicators only those that changed, where
    /// `only_changes` says so. Amounts are in `unit`, which is this year's.
    pub fn as_cells(&self, unit: MoneyUnit, only_changes: bool) -> String {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let mut rows: Vec<Vec<String>> = vec![fund_heads(unit)];
        for line in &self.funds {
            let mut row = vec![text(&line.name)];
            row.extend(line.amounts.iter().flat_map(|both| amounts(*both)));
            row.extend(line.rate.map(number));
            rows.push(row);
        }
        let [before, now] = self.total.map(number);
        let [rated, rating] = &self.rating;
        rows.extend([
            Vec::new(),
            owned(&["", "上年", "今年"]),
            vec!["总分".to_owned(), before, now],
            vec!["等级".to_owned(), text(rated), text(rating)],
            Vec::new(),
            owned(&INDICATORS),
        ]);
        let told = self.indicators.iter();
        let told = told.filter(|line| !only_changes || line.is_told());
        rows.extend(told.map(indicator));
        Block::new(rows).to_string()
    }
}

/// The columns of indicators.
const INDICATORS: [&str; 9] = [
    "二级指标",
    "三级指标",
    "上年名称",
    "上年指标值",
    "上年完成值",
    "今年指标值",
    "今年完成值",
    "变化",
    "说明",
];

fn fund_heads(unit: MoneyUnit) -> Vec<String> {
    let of_columns = AMOUNTS
        .iter()
        .flat_map(|caption| ["上年", "今年", "增减", "增减%"].map(|of| format!("{caption}{of}")));
    let rates = ["上年执行率%", "今年执行率%"].map(str::to_owned);
    let first = std::iter::once(format!("项目资金（{unit}）"));
    first.chain(of_columns).chain(rates).collect()
}

fn indicator(line: &IndicatorLine) -> Vec<String> {
    let was = line.was.as_deref().unwrap_or_default();
    let was = match line.how {
        Some(How::Alike) => format!("{was}（可能是）"),
        _ => was.to_owned(),
    };
    [
        &line.group,
        &line.name,
        &was,
        &line.last_target,
        &line.last_actual,
        &line.target,
        &line.actual,
        &line.change.to_string(),
        &line.remark,
    ]
    .map(|cell| text(cell))
    .into()
}

fn amounts(both: Amounts) -> [String; 4] {
    let amount = |amount: Option<Decimal>| amount.map(money).unwrap_or_default();
    [
        amount(both.last),
        amount(both.now),
        amount(both.difference()),
        number(both.percent()),
    ]
}

fn number(number: Option<Decimal>) -> String {
    number.map(plain).unwrap_or_default()
}

/// A text that Excel does not take for a formula.
fn text(text: &str) -> String {
    match text.trim_start().starts_with(['=', '+', '-', '@']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}
