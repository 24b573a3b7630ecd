//! Family B, last part: what the form states against what the budget or payment system says.

use rust_decimal::Decimal;

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    form::Form,
    fund_table::{FundTable, fund_hit},
    sink::Sink,
};
use crate::model::{
    figure::{FigureCell, MoneyUnit},
    numeral::money,
    policy::Severity,
    project::{Account, FundRow, fund},
    typed::trim,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[Rule {
    code: "B15",
    name: "预算数或执行数与账面数不一致",
    level: Severity::Warning,
    summary: "合计行的年初预算、全年预算或全年执行与登记的账面数不同；按较粗的小数位数比较，差额不足一个末位单位的不报。没有登记账面数的不比较。",
    why: "复核人员会拿预算批复和支付系统的数核对，对不上要作说明。",
    basis: "第三方复核口径；评审实践",
    mend: "与预算批复、支付明细核对：填错的改正；口径不同的，在备注中说明差在哪里。",
    example: "与账面数不一致：全年执行数填写 100.00 万元，账面 103.50 万元（支付明细.xlsx·1—12月）",
    verified: true,
    since: "0.1.0",
    phase: Phase::Targets,
    fix: FixKind::Never,
    silences: &[],
    check: Check::Form(b15),
}];

fn b15(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(account) = &form.project.account else {
        return;
    };
    let table = FundTable::of(form);
    let Some(row) = table.main else { return };
    for (column, booked, since) in [
        (fund::INITIAL, &account.initial, Phase::Targets),
        (fund::ADJUSTED, &account.adjusted, Phase::Targets),
        (fund::EXECUTED, &account.executed, Phase::Results),
    ] {
        let (Some(stated), Some(booked)) = (
            Statement::in_form(form, &table, row, column),
            Statement::typed(booked, account.money_unit),
        ) else {
            continue;
        };
        if form.phase() < since || stated.agrees_with(&booked) {
            continue;
        }
        let hit = fund_hit(
            sink,
            row,
            column,
            "与账面数不一致",
            "与预算批复、支付明细核对；填写有误的改正，口径不同的在备注中说明",
        );
        let caption = form.edition.fund_caption(column);
        sink.push(hit.item(format!(
            "{caption}填写 {stated}，账面 {booked}{}",
            origin(account)
        )));
    }
}

/// Where the account comes from, in brackets.
fn origin(account: &Account) -> String {
    match trim(&account.source) {
        "" => String::new(),
        source => format!("（{source}）"),
    }
}

/// An amount as somebody states it: its decimals say how exact it is meant to be.
#[derive(Clone, Copy)]
pub(super) struct Statement {
    /// The amount.
    pub amount: Decimal,
    /// Its unit.
    pub unit: MoneyUnit,
}

impl Statement {
    /// What a cell says; `unit` counts where the cell names none.
    pub fn typed(cell: &FigureCell, unit: MoneyUnit) -> Option<Self> {
        let figure = cell.value().filter(|figure| !figure.percent)?;
        Some(Self {
            amount: figure.value,
            unit: figure.unit.unwrap_or(unit),
        })
    }

    /// What the form says in a column, be it typed or derived from others.
    fn in_form(
        form: &Form<'_>,
        table: &FundTable<'_>,
        row: &FundRow,
        column: &str,
    ) -> Option<Self> {
        let unit = form.project.money_unit;
        Self::typed(row.figure(column), unit).or_else(|| {
            let amount = table.amount(row, column)?;
            Some(Self { amount, unit })
        })
    }

    /// Whether the two differ by less than one unit of the last decimal of the coarser one: rounding explains no more.
    /// Amounts too large to be compared are taken to agree.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let in_yuan = |one: &Self| one.unit.convert(one.amount, MoneyUnit::Yuan);
        let difference = in_yuan(self)
            .zip(in_yuan(other))
            .and_then(|(own, other)| own.checked_sub(other));
        difference.is_none_or(|difference| {
            let step = self.last_decimal().max(other.last_decimal());
            difference.abs() < step
        })
    }

    /// One unit of the last decimal, in yuan.
    fn last_decimal(&self) -> Decimal {
        Decimal::new(1, self.amount.scale()) * self.unit.in_yuan()
    }
}

impl std::fmt::Display for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", money(self.amount), self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_agree_as_far_as_the_coarser_one_goes() {
        const YUAN: MoneyUnit = MoneyUnit::Yuan;
        const WAN: MoneyUnit = MoneyUnit::TenThousandYuan;
        for (stated, unit, booked, booked_unit, agree) in [
            ("620.82", WAN, "6208250.00", YUAN, true),
            ("620.83", WAN, "6208250.00", YUAN, true),
            ("620.82", WAN, "620.83", WAN, false),
            ("620.82", WAN, "6208300.00", YUAN, false),
            ("620.8", WAN, "620.82", WAN, true),
            ("100", WAN, "101", WAN, false),
            ("100", WAN, "1000000.00", YUAN, true),
            ("100万元", YUAN, "1,000,000.00", YUAN, true),
            ("0", YUAN, "0.01", YUAN, true),
            ("0.00", YUAN, "0.01", YUAN, false),
            ("-5.00", WAN, "5.00", WAN, false),
            ("1000000000000000", WAN, "0.0000000001", YUAN, false),
        ] {
            let stated = Statement::typed(&stated.into(), unit).expect("an amount");
            let booked = Statement::typed(&booked.into(), booked_unit).expect("an amount");
            assert_eq!(stated.agrees_with(&booked), agree, "{stated} {booked}");
            assert_eq!(booked.agrees_with(&stated), agree, "{booked} {stated}");
        }
    }
}
