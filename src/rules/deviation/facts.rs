//! What the form states about a deviation, as it is written into sentences.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Fact;
use crate::{
    model::{
        date::WrittenDate,
        indicator::Aim,
        measure::{Comparator, Measure, Nature, Quantity},
        numeral::{money, plain},
        project::fund,
        typed::trim,
    },
    rules::{
        form::{Form, Row},
        fund_table::FundTable,
    },
    score::converted,
};

/// The facts of an indicator row: 指标, 目标, 实际 and, where both are numbers or days, 差距.
pub(super) fn of_row(form: &Form<'_>, row: &Row<'_>) -> Vec<Fact> {
    let indicator = row.indicator();
    let mut facts = Vec::with_capacity(4);
    let mut state = |name, text: Option<String>| {
        facts.extend(
            text.filter(|text| !text.is_empty())
                .map(|text| (name, text)),
        );
    };
    let name = trim(&indicator.name);
    state("指标", Some(name.to_owned()));
    let Some(aim) = row.aim else { return facts };
    let nature = match indicator.nature.value() {
        Some(Nature::Compared(comparator)) => Some(*comparator),
        _ => None,
    };
    let comparator = nature.filter(|_| aim.measure.comparator.is_none());
    state(
        "目标",
        Some(in_words(
            indicator.target.text(),
            aim.measure,
            comparator,
            &aim,
        )),
    );
    let Some(actual) = indicator.actual.value() else {
        return facts;
    };
    state(
        "实际",
        Some(in_words(indicator.actual.text(), actual, None, &aim)),
    );
    state("差距", gap(form, row, &aim, actual));
    facts
}

/// A value with comparator and unit of their own columns; words of a qualitative indicator in quotation marks.
fn in_words(
    text: &str,
    measure: &Measure,
    comparator: Option<Comparator>,
    aim: &Aim<'_>,
) -> String {
    let text = trim(text);
    if aim.qualitative && !text.is_empty() {
        return format!("“{text}”");
    }
    let sign = comparator.map_or("", Comparator::sign);
    let is_number = matches!(
        measure.quantity,
        Quantity::Number { .. } | Quantity::Range { .. }
    );
    let unit = if is_number && measure.unit().is_empty() {
        aim.unit
    } else {
        ""
    };
    format!("{sign}{text}{unit}")
}

/// How far the actual value lies from the target: "少3场（完成70%）", "高2个百分点", "晚12天".
fn gap(form: &Form<'_>, row: &Row<'_>, aim: &Aim<'_>, actual: &Measure) -> Option<String> {
    if let (Quantity::Date(target), Quantity::Date(done)) =
        (&aim.measure.quantity, &actual.quantity)
    {
        return days_between(form.year?, *target, *done);
    }
    let target = aim.measure.number()?;
    let actual_in_unit = converted(actual.number()?, actual.unit(), aim.unit)?;
    let beyond = actual_in_unit.checked_sub(target)?;
    if beyond.is_zero() {
        return None;
    }
    let by = plain(beyond.abs());
    if matches!(aim.unit, "%" | "％" | "百分比" | "百分点") {
        let way = if beyond > Decimal::ZERO { "高" } else { "低" };
        return Some(format!("{way}{by}个百分点"));
    }
    let is_bound = row.score.comparator.is_some_and(Comparator::is_upper_bound);
    let unit = aim.unit;
    let share = percent(actual_in_unit, target);
    Some(match (beyond > Decimal::ZERO, share) {
        (true, Some(share)) if is_bound => format!("超出{by}{unit}（为上限的{share}%）"),
        (true, Some(share)) => format!("超出{by}{unit}（为目标的{share}%）"),
        (true, None) => format!("超出{by}{unit}"),
        (false, Some(share)) => format!("少{by}{unit}（完成{share}%）"),
        (false, None) => format!("少{by}{unit}"),
    })
}

/// So many days late; `None` where either is not told to the day, or nothing is late.
fn days_between(form_year: i16, target: WrittenDate, done: WrittenDate) -> Option<String> {
    let deadline = target
        .deadline(form_year)
        .filter(|due| !due.is_ambiguous())?;
    let (first, last) = done.days(form_year)?;
    let late = first.since(deadline.strict).ok()?.get_days();
    (first == last && late > 0).then(|| format!("晚{late}天"))
}

/// `part` as a percentage of `of`, half up to one decimal; `None` for a target that is not above 0.
fn percent(part: Decimal, of: Decimal) -> Option<String> {
    if of <= Decimal::ZERO || part < Decimal::ZERO {
        return None;
    }
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(of)?;
    Some(plain(share.round_dp_with_strategy(
        1,
        RoundingStrategy::MidpointAwayFromZero,
    )))
}

/// The facts of the fund table: rate, budget and what was left, the budget before and after, with their unit.
pub(super) fn of_funds(form: &Form<'_>) -> Vec<Fact> {
    let table = FundTable::of(form);
    let policy = &form.edition.scoring.execution;
    let unit = form.project.money_unit;
    let amount = |number: Decimal| format!("{}{unit}", money(number));
    let (budget, executed) = (
        table.main_amount(&policy.denominator),
        table.main_amount(&policy.numerator),
    );
    let (initial, adjusted) = (
        table.main_amount(fund::INITIAL),
        table.main_amount(fund::ADJUSTED),
    );
    let left = budget
        .zip(executed)
        .and_then(|(budget, executed)| budget.checked_sub(executed))
        .filter(|left| *left > Decimal::ZERO);
    let rate = form
        .score
        .execution
        .shown_rate
        .map(|rate| format!("{rate}%"));
    let stated = [
        ("执行率", rate),
        ("预算", budget.map(amount)),
        ("结余", left.map(amount)),
        ("年初", initial.map(amount)),
        ("全年", adjusted.map(amount)),
        (
            "增减",
            initial
                .zip(adjusted)
                .and_then(|(from, to)| change(from, to, amount)),
        ),
    ];
    stated
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
}

/// "增加20.00万元（10%）"; `None` where nothing changed.
fn change(from: Decimal, to: Decimal, amount: impl Fn(Decimal) -> String) -> Option<String> {
    let by = to.checked_sub(from).filter(|by| !by.is_zero())?;
    let way = if by > Decimal::ZERO {
        "增加"
    } else {
        "减少"
    };
    let share = percent(by.abs(), from).map_or_else(String::new, |share| format!("（{share}%）"));
    Some(format!("{way}{}{share}", amount(by.abs())))
}
