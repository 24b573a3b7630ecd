//! A row for each row of the fund tables.

use crate::{
    model::{
        edition::FundRole,
        figure::{FigureCell, MoneyUnit::Yuan},
        project::{FundRow, fund},
    },
    score::execution_rate,
    summary::{
        facts::Facts,
        table::{Filled, Table, Value},
    },
};

struct Row<'f, 'a> {
    facts: &'f Facts<'a>,
    index: usize,
    row: &'a FundRow,
}

/// The table `funds`.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Row<'_, '_>>> = vec![
        Filled("file", "文件", 16, |one| {
            Value::text(&one.facts.subject.file)
        }),
        Filled("project_id", "项目标识", 10, |one| {
            Value::text(one.facts.project.id.to_string())
        }),
        Filled("fund_id", "资金行标识", 10, |one| {
            Value::text(one.row.id.to_string())
        }),
        Filled("number", "行号", 3, |one| Value::Count(one.index + 1)),
        Filled("fund_key", "行代码", 8, |one| Value::text(&one.row.key)),
        Filled("fund_name", "资金名称", 14, |one| {
            Value::text(&one.row.name)
        }),
        Filled("is_total", "是否资金总额", 4, |one| {
            Value::Flag(
                one.facts
                    .total_funds
                    .is_some_and(|total| std::ptr::eq(total, one.row)),
            )
        }),
        Filled("money_unit", "金额单位", 4, |one| {
            Value::text(one.facts.project.money_unit.to_string())
        }),
        Filled("initial_text", "年初预算数（原文）", 8, |one| {
            text(one, fund::INITIAL)
        }),
        Filled("initial", "年初预算数", 8, |one| {
            amount(one, fund::INITIAL)
        }),
        Filled("initial_yuan", "年初预算数（元）", 9, |one| {
            yuan(one, fund::INITIAL)
        }),
        Filled("adjusted_text", "全年预算数（原文）", 8, |one| {
            text(one, fund::ADJUSTED)
        }),
        Filled("adjusted", "全年预算数", 8, |one| {
            amount(one, fund::ADJUSTED)
        }),
        Filled("adjusted_yuan", "全年预算数（元）", 9, |one| {
            yuan(one, fund::ADJUSTED)
        }),
        Filled("executed_text", "全年执行数（原文）", 8, |one| {
            text(one, fund::EXECUTED)
        }),
        Filled("executed", "全年执行数", 8, |one| {
            amount(one, fund::EXECUTED)
        }),
        Filled("executed_yuan", "全年执行数（元）", 9, |one| {
            yuan(one, fund::EXECUTED)
        }),
        Filled("other_amounts", "其他栏目（原文）", 16, others),
        Filled("rate_text", "执行率（原文）", 6, |one| {
            Value::text(cell(one, FundRole::Rate, fund::RATE).text())
        }),
        Filled("rate_stated", "执行率（填报）", 6, |one| {
            super::rate(cell(one, FundRole::Rate, fund::RATE))
        }),
        Filled("rate_computed", "执行率（测算）", 6, |one| {
            let rate = execution_rate(one.facts.project, one.row, one.facts.edition);
            Value::computed(rate)
        }),
        Filled("weight", "分值", 4, |one| {
            Value::number(cell(one, FundRole::Weight, fund::WEIGHT).number())
        }),
        Filled("score_text", "得分（原文）", 4, |one| {
            Value::text(cell(one, FundRole::Score, fund::SCORE).text())
        }),
        Filled("score_stated", "得分（填报）", 4, |one| {
            Value::number(cell(one, FundRole::Score, fund::SCORE).number())
        }),
        Filled("score_computed", "得分（测算）", 4, |one| {
            let execution = &one.facts.score.execution;
            Value::number(execution.score.filter(|_| execution.row == Some(one.index)))
        }),
        Filled("remark", "说明", 16, |one| Value::text(&*one.row.remark)),
    ];
    let rows = facts.iter().flat_map(|facts| {
        let rows = facts.project.funds.iter().enumerate();
        rows.map(move |(index, row)| Row { facts, index, row })
    });
    Table::of("funds", "资金", &columns, rows)
}

fn text(one: &Row<'_, '_>, key: &str) -> Value {
    Value::text(one.row.figure(key).text())
}

fn amount(one: &Row<'_, '_>, key: &str) -> Value {
    Value::number(
        one.facts
            .amount_of(one.row, key, one.facts.project.money_unit),
    )
}

fn yuan(one: &Row<'_, '_>, key: &str) -> Value {
    Value::number(one.facts.amount_of(one.row, key, Yuan))
}

/// The cell in the edition's column of a role.
fn cell<'a>(one: &Row<'_, 'a>, role: FundRole, usual: &str) -> &'a FigureCell {
    let column = one.facts.edition.fund_column(role);
    one.row.figure(column.map_or(usual, |column| &column.key))
}

/// Columns that only some editions have, with their captions.
fn others(one: &Row<'_, '_>) -> Value {
    let named: Vec<String> = one
        .row
        .figures
        .iter()
        .filter(|(key, cell)| !fund::ALL.contains(&key.as_str()) && !cell.is_empty())
        .map(|(key, cell)| format!("{}：{}", one.facts.edition.fund_caption(key), cell.text()))
        .collect();
    Value::text(named.join("；"))
}
