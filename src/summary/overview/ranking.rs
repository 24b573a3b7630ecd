//! 排名: projects by their totals, best first.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::{
    model::project::header,
    summary::{
        facts::Facts,
        table::{Filled, Table, Value},
    },
};

struct Row<'f, 'a> {
    facts: &'f Facts<'a>,
    total: Option<Decimal>,
    rank: Option<usize>,
}

/// The table. Equal totals share a place, in the order of the projects; those without a total have none.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Row<'_, '_>>> = vec![
        Filled("rank", "名次", 3, |one| {
            one.rank.map_or(Value::Blank, Value::Count)
        }),
        Filled("project_name", "项目名称", 18, |one| {
            Value::text(one.facts.name())
        }),
        Filled("unit", "实施单位", 12, |one| {
            Value::text(one.facts.header(header::UNIT))
        }),
        Filled("department", "主管部门", 12, |one| {
            Value::text(one.facts.header(header::DEPARTMENT))
        }),
        Filled("score", "总分", 5, |one| Value::number(one.total)),
        Filled("rating", "等级", 4, |one| {
            let rating = super::ratings::rating_of(one.facts);
            Value::text(rating.map_or(String::new(), |rating| rating.to_string()))
        }),
        Filled("rate", "执行率", 6, |one| {
            Value::computed(one.facts.rate())
        }),
    ];
    let mut rows: Vec<Row<'_, '_>> = facts
        .iter()
        .map(|facts| Row {
            facts,
            total: facts.total(),
            rank: None,
        })
        .collect();
    rows.sort_by_key(|row| Reverse(row.total));
    let mut before = None;
    for (place, row) in (1..).zip(&mut rows) {
        let rank = match before {
            Some((total, rank)) if total == row.total => rank,
            _ => place,
        };
        before = Some((row.total, rank));
        row.rank = row.total.map(|_| rank);
    }
    Table::of("ranking", "排名", &columns, rows)
}
