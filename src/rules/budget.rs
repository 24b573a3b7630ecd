//! Family B, adjustments of the budget: what is on record of them against what the form states.

use rust_decimal::Decimal;

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    finding::{CellChange, Fix},
    form::Form,
    fund_table::{FundTable, MONEY_TOLERANCE, fund_hit},
    sink::Sink,
};
use crate::model::{
    budget::BudgetAdjustment,
    edition::FundRole,
    numeral::money,
    path::Place,
    policy::Severity,
    project::{FundRow, fund},
    typed::trim,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[Rule {
    code: "B21",
    name: "登记的预算调整与全年预算数对不上",
    level: Severity::Warning,
    summary: "登记了预算调整，而年初预算数加上各笔调整不等于全年预算数。没有登记预算调整的不比较。",
    why: "复核人员按文号逐笔核对预算，对不上说明少登记、多登记或填错了。",
    basis: "评审实践",
    mend: "核对“预算调整记录”有无遗漏、重复或方向相反的，再核对年初、全年预算数；记录无误的，可以按记录填写全年预算数。",
    example: "登记的预算调整与全年预算数对不上：年度资金总额年初预算数 100.00 万元，登记调整 +20.00 万元，应为 120.00 万元，全年预算数填写 110.00 万元",
    verified: false,
    since: "0.1.0",
    phase: Phase::Targets,
    fix: FixKind::Never,
    silences: &[],
    check: Check::Form(b21),
}];

fn b21(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    for row in table.rows() {
        let Some(ledger) = form.project.budget_ledger(row, form.edition) else {
            continue;
        };
        let (Some(initial), Some(sum), Some(expected), Some(adjusted)) = (
            ledger.initial,
            ledger.sum,
            ledger.expected(),
            ledger.adjusted,
        ) else {
            continue;
        };
        if (expected - adjusted).abs() <= MONEY_TOLERANCE {
            continue;
        }
        let unit = form.project.money_unit;
        let item = format!(
            "{}{} {} {unit}，登记调整 {} {unit}，应为 {} {unit}，{}填写 {} {unit}",
            table.name_of(row),
            form.edition.fund_caption(fund::INITIAL),
            money(initial),
            signed(sum),
            money(expected),
            form.edition.fund_caption(fund::ADJUSTED),
            money(adjusted)
        );
        let hit = fund_hit(
            sink,
            row,
            fund::ADJUSTED,
            "登记的预算调整与全年预算数对不上",
            "核对“预算调整记录”；记录无误的，可以按记录填写全年预算数",
        );
        sink.push(hit.item(item));
    }
}

/// "+20.00", "-5.00"
pub fn signed(amount: Decimal) -> String {
    match amount.is_sign_negative() {
        true => money(amount),
        false => format!("+{}", money(amount)),
    }
}

/// P09 of adjustments of the budget.
pub(super) fn without_document(form: &Form<'_>, lead: &'static str, sink: &mut Sink<'_>) {
    let records = form.project.budget_adjustments.iter();
    for record in records.filter(|record| trim(&record.document_no).is_empty()) {
        let Some(row) = form.project.adjusted_row(record, form.edition) else {
            continue;
        };
        let hint = "在“预算调整记录”中补上批准调整的文号";
        let hit = fund_hit(sink, row, fund::ADJUSTED, lead, hint);
        let amount = trim(record.amount.text());
        let words = [trim(&record.date), &record.way.to_string(), amount].join(" ");
        sink.push(hit.item(format!("{}预算{}", row.short_name(), trim(&words))));
    }
}

/// Whether what is on record tells why the budget was adjusted, for a form that has no column to say so in.
pub(super) fn is_told_by_record(form: &Form<'_>) -> bool {
    let mut records = form.project.budget_adjustments.iter();
    !form.edition.checks.explain_adjustment && records.any(|record| is_telling(record))
}

fn is_telling(record: &BudgetAdjustment) -> bool {
    !trim(&record.reason).is_empty()
}

/// What is on record, written into the row's remark: for a form that has a column for it, and nothing in it.
pub(super) fn record_as_remark(form: &Form<'_>, row: &FundRow) -> Option<Fix> {
    form.edition.fund_column(FundRole::Remark)?;
    let records = form.project.budget_adjustments.iter();
    let told: Vec<String> = records
        .filter(|record| is_telling(record))
        .filter_map(|record| in_words(form, record))
        .collect();
    (!told.is_empty()).then(|| Fix {
        title: "把预算调整记录写入备注".to_owned(),
        changes: vec![CellChange {
            at: form.at(Place::Fund(row.id, "remark".to_owned())),
            new: format!("{}。", told.join("；")),
        }],
    })
}

/// "2020-08-03 调增预算 10.00 万元：年中追加人员经费（川财预〔2020〕1号）"
fn in_words(form: &Form<'_>, record: &BudgetAdjustment) -> Option<String> {
    let unit = form.project.money_unit;
    let amount = record.effect(unit)?;
    let amount = match record.way {
        crate::model::budget::BudgetMove::Transfer => signed(amount),
        _ => money(amount.abs()),
    };
    let date = trim(&record.date);
    let number = match trim(&record.document_no) {
        "" => String::new(),
        number => format!("（{number}）"),
    };
    let words = format!(
        "{date} {}预算 {amount} {unit}：{}{number}",
        record.way,
        trim(&record.reason).trim_end_matches(['。', '；'])
    );
    Some(trim(&words).to_owned())
}
