//! Family B, third part: amounts that do not go with their unit, with the text or with the indicators.

use rust_decimal::{Decimal, dec};

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    finding::Mend,
    form::{Form, Row},
    fund_table::{ColumnSum, FundTable, fund_hit, off_by_ten_thousand, roughly_equal},
    money_text::{ToldAmount, last_chars, told_amounts},
    sink::{Hit, Sink},
};
use crate::model::{
    edition::Sense,
    figure::MoneyUnit,
    measure::Quantity,
    numeral::money,
    path::{GoalField, IndicatorField, Place},
    policy::Severity,
    project::{FundRow, fund},
    typed::trim,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "B10",
        name: "疑似元与万元混用",
        level: Severity::Warning,
        summary: "金额大小与金额单位不相称，或两处金额正好相差一万倍；合计、执行率因此对不上的作错误。",
        why: "单位混用是最常见的金额错误，公开后影响很大。",
        basis: "评审实践；公开自评表中的常见错误",
        mend: "先看表头标明的是元还是万元，再把用错单位的金额换算过来。",
        example: "疑似元与万元混用（3处）：年初预算数 8,108,600.00 万元；全年预算数 8,108,600.00 万元；全年执行数 8,086,475.64 万元",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[
            "B01", "B03", "B04", "B05", "B07", "B08", "B13", "B15", "B16", "B18", "B20", "P08",
        ],
        check: Check::Form(b10),
    },
    Rule {
        code: "B13",
        name: "目标文字中的金额与资金表不一致",
        level: Severity::Warning,
        summary: "目标或完成情况中写明的预算、资金总额在资金表里找不到，或所列各项之和与总额不等。",
        why: "文字和表格说的是同一笔钱，应当一致。",
        basis: "公开自评表中的常见错误",
        mend: "与资金表核对：文字写错的改文字，资金表填错的改资金表。",
        example: "文中的 174万元 在资金表中找不到相同的金额",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b13),
    },
    Rule {
        code: "B18",
        name: "成本指标实际值与全年执行数不一致",
        level: Severity::Warning,
        summary: "项目总成本一类指标的实际完成值与资金表的全年执行数相差超过千分之五。",
        why: "项目总成本就是实际花的钱，应与执行数一致。",
        basis: "公开自评表中的常见错误",
        mend: "与资金表的全年执行数核对，改正不一致的一处；口径不同的，在偏差原因中说明。",
        example: "成本指标实际值与全年执行数不一致：项目总成本 90万元（900,000.00 元），全年执行数 100.00 万元",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b18),
    },
];

const MIXED_UNITS: &str = "疑似元与万元混用";
const MIXED_UNITS_HINT: &str = "核对金额单位，全表按表头标明的单位填写";

fn b10(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let Some(main) = table.main else { return };
    if !unlike_columns(form, &table, main, sink) && !unlike_parts(form, &table, sink) {
        unlikely_size(form, &table, main, sink);
    }
    let totals = main_amounts_in_yuan(form, &table);
    for_each_goal_text(form, |place, text| {
        let told = told_amounts(text).find(|told| {
            names_a_total(told.before)
                && totals
                    .iter()
                    .any(|total| off_by_ten_thousand(*total, told.yuan))
        });
        if let Some(told) = told {
            let mend = mend_of_goal(&place);
            let lead = format!(
                "{MIXED_UNITS}：文中的 {} 与资金表正好相差一万倍",
                told.written
            );
            sink.push(sink.hit(place, lead, MIXED_UNITS_HINT).mend(mend));
        }
    });
}

/// A total of a hundred billion yuan, or one of less than one yuan.
fn unlikely_size(form: &Form<'_>, table: &FundTable<'_>, main: &FundRow, sink: &mut Sink<'_>) {
    const LARGEST: Decimal = dec!(1000000);
    let unit = form.project.money_unit;
    let unlikely = |amount: Decimal| match unit {
        MoneyUnit::TenThousandYuan => amount > LARGEST,
        MoneyUnit::Yuan => amount > Decimal::ZERO && amount < Decimal::ONE,
    };
    for column in table.amount_columns() {
        let Some(amount) = table
            .amount(main, &column.key)
            .filter(|amount| unlikely(*amount))
        else {
            continue;
        };
        let item = format!("{} {} {unit}", column.caption, money(amount));
        let hit = fund_hit(sink, main, &column.key, MIXED_UNITS, MIXED_UNITS_HINT);
        sink.push(hit.item(item).mend(Mend::Now));
    }
}

/// Two columns of the total. Where more was spent than there was, or the sources do not add up either, the unit is the cause
/// beyond doubt.
fn unlike_columns(
    form: &Form<'_>,
    table: &FundTable<'_>,
    main: &FundRow,
    sink: &mut Sink<'_>,
) -> bool {
    const PAIRS: [(&str, &str); 2] = [
        (fund::ADJUSTED, fund::EXECUTED),
        (fund::INITIAL, fund::ADJUSTED),
    ];
    for (left, right) in PAIRS {
        let (Some(first), Some(second)) = (table.amount(main, left), table.amount(main, right))
        else {
            continue;
        };
        if off_by_ten_thousand(first, second) {
            let item = format!(
                "{} {}，{} {}，正好相差一万倍",
                form.edition.fund_caption(left),
                money(first),
                form.edition.fund_caption(right),
                money(second)
            );
            let hit = fund_hit(sink, main, right, MIXED_UNITS, MIXED_UNITS_HINT);
            let is_sure = second > first || sums_are_off(form, table);
            sink.push(mixed(hit.item(item), is_sure));
            return true;
        }
    }
    false
}

/// Whether the sources of some column do not add up.
fn sums_are_off(form: &Form<'_>, table: &FundTable<'_>) -> bool {
    let split = form.edition.funds.splits.first();
    split.is_some_and(|split| {
        table.amount_columns().any(|column| {
            ColumnSum::of(table, split, &column.key).is_some_and(|sum| sum.difference().is_some())
        })
    })
}

/// A slip of the unit: nobody approved it, and whatever sum or rate is off with it is off because of it.
fn mixed(hit: Hit, is_sure: bool) -> Hit {
    let level = match is_sure {
        true => Severity::Error,
        false => hit.level,
    };
    hit.level(level).mend(Mend::Now).about_all()
}

/// A source that is a ten-thousandth of the total is nothing odd unless the sources do not add up.
fn unlike_parts(form: &Form<'_>, table: &FundTable<'_>, sink: &mut Sink<'_>) -> bool {
    let Some(split) = form.edition.funds.splits.first() else {
        return false;
    };
    let mut found = false;
    for column in table.amount_columns() {
        let Some(sum) = ColumnSum::of(table, split, &column.key) else {
            continue;
        };
        let Some((total, _)) = sum.total.zip(sum.difference()) else {
            continue;
        };
        for row in table.rows().filter(|row| split.parts.contains(&row.key)) {
            let Some(amount) = table.amount(row, &column.key) else {
                continue;
            };
            if off_by_ten_thousand(total, amount) {
                let item = format!(
                    "{}的{} {}，与合计 {} 正好相差一万倍",
                    table.name_of(row),
                    column.caption,
                    money(amount),
                    money(total)
                );
                let hit = fund_hit(sink, row, &column.key, MIXED_UNITS, MIXED_UNITS_HINT);
                sink.push(mixed(hit.item(item), true));
                found = true;
            }
        }
    }
    found
}

fn main_amounts_in_yuan(form: &Form<'_>, table: &FundTable<'_>) -> Vec<Decimal> {
    let Some(main) = table.main else {
        return Vec::new();
    };
    amounts_in_yuan(form, table, std::iter::once(main))
}

fn amounts_in_yuan<'a>(
    form: &Form<'_>,
    table: &FundTable<'a>,
    rows: impl Iterator<Item = &'a FundRow>,
) -> Vec<Decimal> {
    let factor = form.project.money_unit.in_yuan();
    rows.flat_map(|row| {
        table
            .amount_columns()
            .filter_map(|column| table.amount(row, &column.key)?.checked_mul(factor))
    })
    .filter(|amount| *amount > Decimal::ZERO)
    .collect()
}

/// Runs `look` over the goal texts that mention money.
fn for_each_goal_text(form: &Form<'_>, mut look: impl FnMut(Place, &str)) {
    for goal in &form.goals {
        for (field, text) in [
            (GoalField::Expected, &goal.expected),
            (GoalField::Actual, &goal.actual),
        ] {
            if text.contains('元') {
                look(Place::Goal(goal.goal.id, field), text);
            }
        }
    }
}

fn mend_of_goal(place: &Place) -> Mend {
    match place {
        Place::Goal(_, GoalField::Expected) => Mend::Approved,
        _ => Mend::Now,
    }
}

fn b13(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let known = amounts_in_yuan(form, &table, table.rows());
    if known.is_empty() {
        return;
    }
    for_each_goal_text(form, |place, text| {
        let mend = mend_of_goal(&place);
        for sentence in text.split(['。', '\n', '\r']) {
            let told: Vec<ToldAmount<'_>> = told_amounts(sentence).collect();
            let Some(lead) = odd_total(&told, &known).or_else(|| odd_parts(&told)) else {
                continue;
            };
            let hit = sink.hit(place.clone(), lead, "与资金表核对，改正不一致的一处");
            sink.push(hit.mend(mend));
        }
    });
}

/// A budget told in the text that no cell of the fund table knows.
fn odd_total(told: &[ToldAmount<'_>], known: &[Decimal]) -> Option<String> {
    let odd = told.iter().find(|told| {
        names_a_total(told.before)
            && !known.iter().any(|amount| {
                roughly_equal(*amount, told.yuan) || off_by_ten_thousand(*amount, told.yuan)
            })
    })?;
    Some(format!("文中的 {} 在资金表中找不到相同的金额", odd.written))
}

fn names_a_total(before: &str) -> bool {
    const NEAR: usize = 10;
    const TOTALS: &[&str] = &[
        "年度预算",
        "全年预算",
        "预算资金",
        "预算总额",
        "预算数",
        "资金总额",
        "总预算",
        "项目资金",
        "项目预算",
        "年初预算",
        "财政资金",
        "专项资金",
    ];
    const PARTS: &[&str] = &[
        "节约", "结余", "其中", "减", "追加", "调增", "增加", "剩余", "超", "每", "用于", "撬动",
        "带动", "配套", "社会",
    ];
    let near = last_chars(before, NEAR);
    TOTALS.iter().any(|word| near.contains(word)) && !PARTS.iter().any(|word| near.contains(word))
}

/// A total in the text that is less than the parts listed after 其中, or differs from those after 分别为.
fn odd_parts(told: &[ToldAmount<'_>]) -> Option<String> {
    let (total, parts) = told.split_first()?;
    let between = parts
        .first()?
        .before
        .get(total.before.len() + total.written.len()..)?;
    let may_be_some = between.contains("其中");
    if parts.len() < 2 || !(may_be_some || between.contains("包括") || between.contains("分别为"))
    {
        return None;
    }
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.yuan))?;
    let differs = !roughly_equal(sum, total.yuan) && (!may_be_some || sum > total.yuan);
    let list: Vec<&str> = parts.iter().map(|part| part.written).collect();
    differs.then(|| {
        format!(
            "文中各项 {} 之和与总额 {} 不等",
            list.join("、"),
            total.written
        )
    })
}

fn b18(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(executed) = FundTable::of(form)
        .main_amount(&form.edition.scoring.execution.numerator)
        .filter(|executed| *executed > Decimal::ZERO)
    else {
        return;
    };
    let Some(executed_yuan) = executed.checked_mul(form.project.money_unit.in_yuan()) else {
        return;
    };
    for row in form.counted().filter(|row| is_total_cost(row)) {
        let Some(actual) =
            money_actual(row).filter(|actual| !roughly_equal(*actual, executed_yuan))
        else {
            continue;
        };
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "成本指标实际值与全年执行数不一致",
            "与资金表的全年执行数核对",
        );
        let item = format!(
            "{} {}（{} 元），全年执行数 {} {}",
            trim(&row.indicator().name),
            trim(row.indicator().actual.text()),
            money(actual),
            money(executed),
            form.project.money_unit
        );
        sink.push(hit.item(item));
    }
}

fn is_total_cost(row: &Row<'_>) -> bool {
    const NAMES: &[&str] = &[
        "总成本",
        "成本总额",
        "项目成本",
        "预算金额",
        "预算总额",
        "资金总额",
        "经费总额",
        "支出总额",
        "总费用",
        "总支出",
        "总经费",
        "总投资",
        "总金额",
    ];
    let name = trim(&row.indicator().name);
    row.sense == Sense::Cost && NAMES.iter().any(|word| name.contains(word))
}

/// The actual value in 元, where it or its target is told in money.
fn money_actual(row: &Row<'_>) -> Option<Decimal> {
    let Quantity::Number { value, unit } = &row.indicator().actual.value()?.quantity else {
        return None;
    };
    let unit = if unit.is_empty() { row.aim?.unit } else { unit };
    let factor = match unit {
        "元" => Decimal::ONE,
        "万元" => dec!(10000),
        "亿元" => dec!(100000000),
        _ => return None,
    };
    value.checked_mul(factor)
}
