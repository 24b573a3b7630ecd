//! 各来源预算与执行: what each source of funds was to give, and what was spent of it.

use rust_decimal::{Decimal, dec};

use super::{
    Across, Axis, Chart, Form, Kind, Lack, Mark, Series, Subject,
    words::{amount, clipped, percent, places},
};
use crate::{
    model::{
        figure::MoneyUnit,
        path::Place,
        project::{FundRow, fund},
    },
    score::{ExecutionRate, execution_rate},
};

/// With more rows than this, bars lie, so that their names have room.
const MOST_UPRIGHT: usize = 5;

/// The chart of a project.
pub(super) fn chart(subject: &Subject<'_>) -> Result<Chart, Lack> {
    let total = subject.project.total_fund_row(subject.edition);
    let parts = parts(subject, total);
    let columns = columns(subject);
    let has_amount = |row: &FundRow| {
        columns
            .iter()
            .any(|key| number(subject, row, key).is_some())
    };
    let mut rows: Vec<&FundRow> = parts;
    if !rows.iter().any(|row| has_amount(row)) {
        rows = total.into_iter().filter(|row| has_amount(row)).collect();
    }
    if rows.is_empty() {
        return Err(lack(subject, total, &columns));
    }
    let unit = subject.project.money_unit;
    let shown_unit = fitting_unit(subject, &rows, &columns);
    let series: Vec<Series> = columns
        .iter()
        .enumerate()
        .map(|(lane, key)| Series {
            name: short_caption(subject, key),
            hue: lane,
            lane,
            marks: rows
                .iter()
                .enumerate()
                .map(|(index, row)| mark(subject, row, key, index, (unit, shown_unit)))
                .collect(),
        })
        .collect();
    let marks = series.iter().flat_map(|series| &series.marks);
    let values = marks.filter_map(|mark| mark.value);
    let values = Axis::over("金额", &shown_unit.to_string(), values, (dec!(0), dec!(0)));
    Ok(Chart {
        kind: Kind::Funds,
        title: Kind::Funds.title().to_owned(),
        whose: super::words::name_of(subject.project),
        reading: reading(subject, total, &rows, &columns),
        form: match rows.len() {
            0..=MOST_UPRIGHT => Form::Columns,
            rows if rows <= super::MOST_NAMED => Form::Rows,
            _ => Form::Thin,
        },
        across: Across::Names(rows.iter().map(|row| name_of(row)).collect()),
        values,
        lanes: series.len(),
        series,
        limits: Vec::new(),
        corner: None,
    })
}

fn name_of(row: &FundRow) -> String {
    clipped(row.short_name(), usize::MAX)
}

/// The rows that the total is split into by source.
fn parts<'a>(subject: &Subject<'a>, total: Option<&FundRow>) -> Vec<&'a FundRow> {
    let splits = &subject.edition.funds.splits;
    let of_total = |key: &String| total.is_some_and(|total| total.key == *key);
    let split = splits.iter().find(|split| of_total(&split.total));
    let Some(split) = split.or_else(|| splits.first()) else {
        return Vec::new();
    };
    let rows = subject.project.funds.iter();
    rows.filter(|row| split.parts.contains(&row.key))
        .map(|row| &**row)
        .collect()
}

/// The columns of the budget at the year's start, the budget in force and spending, as far as the edition has them.
fn columns<'a>(subject: &Subject<'a>) -> Vec<&'a str> {
    let policy = &subject.edition.scoring.execution;
    subject.edition.fund_columns_named(&[
        fund::INITIAL,
        fund::ADJUSTED,
        &policy.denominator,
        &policy.numerator,
    ])
}

fn number(subject: &Subject<'_>, row: &FundRow, key: &str) -> Option<Decimal> {
    subject.project.fund_number(row, key, subject.edition)
}

/// 万元 for amounts that would be long in 元, 元 for those that would be less than one 万元.
fn fitting_unit(subject: &Subject<'_>, rows: &[&FundRow], columns: &[&str]) -> MoneyUnit {
    let amounts = rows
        .iter()
        .flat_map(|row| columns.iter().filter_map(|key| number(subject, row, key)));
    let largest = amounts.map(|amount| amount.abs()).max().unwrap_or_default();
    match subject.project.money_unit {
        MoneyUnit::Yuan if largest >= MoneyUnit::TenThousandYuan.in_yuan() => {
            MoneyUnit::TenThousandYuan
        }
        MoneyUnit::TenThousandYuan if largest < Decimal::ONE => MoneyUnit::Yuan,
        unit => unit,
    }
}

fn mark(
    subject: &Subject<'_>,
    row: &FundRow,
    key: &str,
    index: usize,
    (unit, shown_unit): (MoneyUnit, MoneyUnit),
) -> Mark {
    let number = number(subject, row, key);
    let value = number.and_then(|number| unit.convert(number, shown_unit));
    let caption = subject.edition.fund_caption(key);
    Mark {
        index,
        across: None,
        value,
        label: value.map(super::words::at_mark).unwrap_or_default(),
        words: format!(
            "{} {caption} {}",
            name_of(row),
            number.map_or_else(
                || "未填写或不是数字".to_owned(),
                |number| amount(number, unit)
            ),
        ),
        at: subject.project.at(Place::Fund(row.id, key.to_owned())),
    }
}

/// 年初预算 for 年初预算数: beside a legend, 数 says nothing.
fn short_caption(subject: &Subject<'_>, key: &str) -> String {
    let caption = subject.edition.fund_caption(key).replace(['\n', ' '], "");
    let cut = caption.split(['（', '(']).next().unwrap_or_default();
    let cut = cut.strip_suffix('数').unwrap_or(cut);
    if cut.is_empty() {
        caption
    } else {
        cut.to_owned()
    }
}

fn lack(subject: &Subject<'_>, total: Option<&FundRow>, columns: &[&str]) -> Lack {
    let at = total.zip(columns.first());
    Lack {
        kind: Kind::Funds,
        words: "资金表还没有金额。填写后，这里按资金来源对比预算和执行。".to_owned(),
        at: at.map(|(row, key)| {
            let place = Place::Fund(row.id, (*key).to_owned());
            subject.project.at(place)
        }),
    }
}

fn reading(
    subject: &Subject<'_>,
    total: Option<&FundRow>,
    rows: &[&FundRow],
    columns: &[&str],
) -> String {
    let mut parts = Vec::new();
    if let Some(total) = total {
        parts.extend(said_of_total(subject, total));
    }
    parts.extend(lowest(subject, rows));
    let mut text = parts.join("，");
    // What the total lacks was said.
    let is_part = |row: &&FundRow| total.is_none_or(|total| total.id != row.id);
    let others: Vec<&FundRow> = rows.iter().copied().filter(is_part).collect();
    let missing = missing(subject, &others, columns);
    if !missing.is_empty() {
        text.push_str(&format!("；未填写或不是数字：{}", places(&missing)));
    }
    text.push('。');
    text
}

fn said_of_total(subject: &Subject<'_>, total: &FundRow) -> Vec<String> {
    let unit = subject.project.money_unit;
    let policy = &subject.edition.scoring.execution;
    let budget = number(subject, total, &policy.denominator);
    let executed = number(subject, total, &policy.numerator);
    let said = |caption: &str, number: Option<Decimal>| match number {
        Some(number) => format!("{caption} {}", amount(number, unit)),
        None => format!("{caption}合计未填写或不是数字"),
    };
    let mut parts = vec![
        said(&short_caption(subject, &policy.denominator), budget),
        said("执行", executed),
    ];
    match execution_rate(subject.project, total, subject.edition) {
        ExecutionRate::Open(why) if budget.is_some() && executed.is_some() => {
            parts.push(why.to_owned());
        }
        ExecutionRate::Open(_) => {}
        rate => {
            let rate = rate.percent().map(|rate| percent(rate, policy.rate));
            parts.extend(rate.map(|rate| format!("执行率 {rate}")));
        }
    }
    let over = budget
        .zip(executed)
        .and_then(|(budget, executed)| executed.checked_sub(budget))
        .filter(|over| *over > Decimal::ZERO);
    parts.extend(over.map(|over| format!("超出预算 {}", amount(over, unit))));
    parts
}

/// Which of several sources was spent least of its budget.
fn lowest(subject: &Subject<'_>, rows: &[&FundRow]) -> Option<String> {
    let rounding = subject.edition.scoring.execution.rate;
    let rates: Vec<(Decimal, &FundRow)> = rows
        .iter()
        .filter_map(|row| {
            let rate = execution_rate(subject.project, row, subject.edition);
            Some((rate.percent()?, *row))
        })
        .collect();
    let (least, row) = rates.iter().min_by_key(|(rate, _)| *rate)?;
    let most = rates.iter().map(|(rate, _)| rate).max()?;
    (least < most).then(|| {
        let name = clipped(row.short_name(), 20);
        format!("其中{name}最低（{}）", percent(*least, rounding))
    })
}

/// Cells of the drawn rows without a number; a row without any by its name alone.
fn missing(subject: &Subject<'_>, rows: &[&FundRow], columns: &[&str]) -> Vec<String> {
    let mut missing = Vec::new();
    for row in rows {
        let without: Vec<&&str> = columns
            .iter()
            .filter(|key| number(subject, row, key).is_none())
            .collect();
        if without.len() == columns.len() {
            missing.push(name_of(row));
        } else {
            missing.extend(
                without
                    .into_iter()
                    .map(|key| format!("{}的{}", name_of(row), subject.edition.fund_caption(key))),
            );
        }
    }
    missing
}
