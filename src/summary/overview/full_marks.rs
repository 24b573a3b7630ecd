//! 满分情况: how much of what is scored has all its points. A form without a single point lost is looked at twice.

use rust_decimal::Decimal;

use crate::{
    model::project::header,
    summary::{
        facts::{Facts, share_of_counts},
        table::{Filled, Table, Value},
    },
};

struct Row<'f, 'a> {
    facts: &'f Facts<'a>,
    /// What has a weight and a score: rows, groups scored as one, the execution.
    items: usize,
    /// Those with all their points.
    full: usize,
    total: Option<Decimal>,
    weight: Option<Decimal>,
}

impl Row<'_, '_> {
    fn is_total_full(&self) -> bool {
        let most = match self.facts.score.total.per_hundred {
            Some(_) => Some(Decimal::ONE_HUNDRED),
            None => self.weight,
        };
        self.total
            .zip(most)
            .is_some_and(|(total, most)| total >= most)
    }

    fn is_all_full(&self) -> bool {
        self.items > 0 && self.full == self.items
    }
}

/// The table, and what it says in a sentence.
pub(super) fn table(facts: &[Facts<'_>]) -> (Table, Option<String>) {
    let columns: Vec<Filled<Row<'_, '_>>> = vec![
        Filled("project_name", "项目名称", 18, |one| {
            Value::text(one.facts.name())
        }),
        Filled("unit", "实施单位", 12, |one| {
            Value::text(one.facts.header(header::UNIT))
        }),
        Filled("items", "计分项", 4, |one| Value::Count(one.items)),
        Filled("full_items", "满分项", 4, |one| Value::Count(one.full)),
        Filled("full_share", "满分项占比", 5, |one| {
            Value::share(share_of_counts(one.full, one.items))
        }),
        Filled("weight_total", "分值合计", 5, |one| {
            Value::number(one.weight)
        }),
        Filled("score", "总分", 5, |one| Value::number(one.total)),
        Filled("is_total_full", "总分满分", 4, |one| {
            Value::Flag(one.is_total_full())
        }),
        Filled("is_all_full", "各项全部满分", 4, |one| {
            Value::Flag(one.is_all_full())
        }),
    ];
    let rows: Vec<Row<'_, '_>> = facts.iter().map(row).collect();
    let remark = remark(&rows);
    let (items, full) = totals(&rows);
    let table = Table::of("full_marks", "满分情况", &columns, rows);
    let share = Value::share(share_of_counts(full, items));
    let table = table.totalled(&["items", "full_items"], vec![("full_share", share)]);
    (table, remark)
}

fn totals(rows: &[Row<'_, '_>]) -> (usize, usize) {
    let sum = |of: fn(&Row<'_, '_>) -> usize| rows.iter().map(of).sum();
    (sum(|row| row.items), sum(|row| row.full))
}

fn remark(rows: &[Row<'_, '_>]) -> Option<String> {
    let (items, full) = totals(rows);
    let count = |is: fn(&Row<'_, '_>) -> bool| rows.iter().filter(|row| is(row)).count();
    (items > 0).then(|| {
        format!(
            "{} 个项目中 {} 个总分为满分，{} 个各计分项全部满分；{items} 个计分项中 {full} 个为满分。",
            rows.len(),
            count(|row| row.is_total_full()),
            count(|row| row.is_all_full()),
        )
    })
}

fn row<'f, 'a>(facts: &'f Facts<'a>) -> Row<'f, 'a> {
    let weight = &facts.score.total.weight;
    let mut row = Row {
        facts,
        items: 0,
        full: 0,
        total: facts.total(),
        weight: (weight.count > 0).then_some(weight.value),
    };
    let execution = &facts.score.execution;
    row.add(execution.weight, execution.filed);
    for group in facts.sections().flat_map(|section| &section.score.groups) {
        if group.as_one {
            let weight = (group.weight.count > 0).then_some(group.weight.value);
            row.add(weight, (group.filed.count > 0).then_some(group.filed.value));
            continue;
        }
        for member in group.members.iter().filter(|member| member.counts) {
            row.add(member.weight, member.filed);
        }
    }
    row
}

impl Row<'_, '_> {
    /// Counts what is scored; nothing without points can be full.
    fn add(&mut self, weight: Option<Decimal>, filed: Option<Decimal>) {
        if let Some((weight, filed)) = weight.zip(filed)
            && weight > Decimal::ZERO
        {
            self.items += 1;
            self.full += usize::from(filed >= weight);
        }
    }
}
